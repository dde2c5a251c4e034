//! `plan solve` and `plan check` as programs use them: files in, files out, no database.

use std::io::Write;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::instances::{Size, instance};
use crate::support::process::{BINARY, Finished};

const SMALL: Size = Size { days: 21, teams: 3, venues: 14, areas: 3 };

/// A folder with files; no database anywhere.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        std::fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    fn write_json(&self, name: &str, value: &Value) -> String {
        self.write(name, value.to_string().as_bytes())
    }

    fn read_json(&self, name: &str) -> Value {
        serde_json::from_slice(&std::fs::read(self.path(name)).unwrap()).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Finished {
        let output = Command::new(BINARY).current_dir(self.0.path()).args(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Finished { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Solves an instance and returns the plan.
    fn solve(&self, instance: &str, plan: &str, more: &[&str]) -> Value {
        let plan_file = self.path(plan);
        let solved = self.run(&[&["plan", "solve", instance, "-o", &plan_file], more].concat());
        assert_eq!(solved.code, 0, "{}", solved.stderr);
        self.read_json(plan)
    }

    /// What `plan solve` says to a wrong instance.
    fn refusal(&self, change: impl FnOnce(&mut Value)) -> String {
        let mut wrong = instance(1, SMALL);
        change(&mut wrong);
        let file = self.write_json("wrong.json", &wrong);
        let refused = self.run(&["--lang", "en", "plan", "solve", &file, "--steps", "1"]);
        assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{}", refused.stderr);
        refused.stderr
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_solved_plan_passes_its_judge_plain_and_packed() {
    let desk = Desk::new();
    let text = instance(1, SMALL).to_string();
    let plain = desk.write("one.json", text.as_bytes());
    let gz = desk.write("one.json.gz", &packed(text.as_bytes()));
    let mut from_plain = desk.solve(&plain, "plan.json", &["--steps", "60"]);
    let mut from_gz = desk.solve(&gz, "plan-gz.json", &["--steps", "60", "--threads", "1"]);
    assert_eq!(from_plain["solver"]["stopped_by"], "steps");
    assert!(from_plain["visits"].as_array().unwrap().len() > 10);
    let checked = desk.run(&["plan", "check", &gz, &desk.path("plan.json")]);
    assert_eq!((checked.code, checked.stderr.as_str()), (0, ""));
    let verdict: Value = serde_json::from_str(&checked.stdout).unwrap();
    assert_eq!(verdict["valid"], true);
    assert_eq!((&verdict["objective"], &verdict["bound"]), (&from_plain["objective"], &from_plain["bound"]));
    for plan in [&mut from_plain, &mut from_gz] {
        plan.as_object_mut().unwrap().remove("solver");
    }
    assert_eq!(from_plain, from_gz, "threads and packing change nothing");
}

#[test]
fn a_plan_that_claims_too_much_fails_with_exit_code_1() {
    let desk = Desk::new();
    let file = desk.write_json("one.json", &instance(2, SMALL));
    let mut plan = desk.solve(&file, "plan.json", &["--time-limit", "0.4s"]);
    plan["bound"] = json!(plan["bound"].as_i64().unwrap() - 1);
    let doctored = desk.write_json("doctored.json", &plan);
    let checked = desk.run(&["--lang", "en", "plan", "check", &file, &doctored]);
    assert_eq!(checked.code, 1);
    assert!(checked.stderr.contains("bound: claims"), "{}", checked.stderr);
    assert!(checked.stdout.contains("\"valid\":false"), "{}", checked.stdout);
}

#[test]
fn joint_visits_pins_and_exclusions_are_read_and_written() {
    let desk = Desk::new();
    let mut two = instance(3, SMALL);
    two["format"] = json!("jbplan-2");
    let visits = two["venues"][0]["max_visits"].as_u64().unwrap();
    let gain: Vec<u64> = (0..visits).map(|_| 400_000).collect();
    two["venues"][0]["joint"] = json!([{"teams": [0, 2], "travel_min": 20, "gain": gain}]);
    two["venues"][0]["open"] = json!([1]);
    two["teams"][0]["days"] = json!("1".repeat(21));
    two["teams"][2]["days"] = json!("1".repeat(21));
    two["excluded"] = json!([5]);
    two["pins"] = json!([{"venue": 0, "day": 20}]);
    let file = desk.write_json("two.json", &two);
    let plan = desk.solve(&file, "plan.json", &["--steps", "60"]);
    assert!(plan["visits"].as_array().unwrap().contains(&json!({"venue": 0, "teams": [0, 2], "day": 1})));
    assert_eq!(plan["pins_missed"], json!([0]));
    let left_out = plan["left_out"].as_array().unwrap();
    assert!(left_out.iter().any(|venue| venue["venue"] == 5 && venue["reason"] == "excluded"));
    assert_eq!(desk.run(&["plan", "check", &file, &desk.path("plan.json")]).code, 0);
    two["format"] = json!("jbplan-1");
    let said = desk.refusal(|wrong| *wrong = two);
    assert!(said.contains("venues[0].joint: is not part of the format jbplan-1"), "{said}");
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_place() {
    type Spoil = fn(&mut Value);
    let desk = Desk::new();
    let cases: [(Spoil, &str); 8] = [
        (|wrong| wrong["teams"][1]["days"] = json!("12"), "teams[1].days: has 2 entries, must have 21"),
        (|wrong| wrong["venues"][2]["reach"][0]["gain"] = json!([1]), "venues[2].reach[0].gain: has 1 entries"),
        (|wrong| wrong["venues"][2]["reach"][0]["gain"][0] = json!(-5), "venues[2].reach[0].gain[0]: "),
        (|wrong| wrong["shortfall_penalty"] = json!(1_000_000_001), "shortfall_penalty: "),
        (|wrong| wrong["teams"][0]["colour"] = json!("red"), "teams[0].colour: unknown field `colour`"),
        (|wrong| wrong["venues"][0]["xy"] = json!([0, 1e12]), "venues[0].xy[1]: "),
        (|wrong| wrong["fixed"] = json!([{"team": 0, "venue": 99, "day": 0}]), "fixed[0].venue: there are only 14"),
        (|wrong| wrong["teams"] = json!([]), "teams: must lie between 1"),
    ];
    for (change, place) in cases {
        let said = desk.refusal(change);
        assert!(said.contains(place), "{place}: {said}");
    }
}

#[test]
fn a_cut_off_gzip_file_and_text_that_is_no_json_are_refused() {
    let desk = Desk::new();
    let whole = packed(instance(1, SMALL).to_string().as_bytes());
    let cut = desk.write("cut.json.gz", &whole[..whole.len() / 2]);
    let refused = desk.run(&["--lang", "en", "plan", "solve", &cut, "--steps", "1"]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("damaged or cut off"), "{}", refused.stderr);
    let text = desk.write("text.json", b"halo");
    assert_eq!(desk.run(&["plan", "check", &text, &text]).code, 1);
    assert_eq!(desk.run(&["plan", "solve", &text, "--time-limit", "soon"]).code, 2);
}
