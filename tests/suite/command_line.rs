//! Files and the ranking on the command line: what is printed, and the exit codes 0 done, 1 failed, 2 wrong usage.

use serde_json::Value;

use crate::support::TestApp;
use crate::support::process::{Finished, try_run};

const VENUES: &str = "code,name,kind,region\nA,SMKN 1,school,33.03.05\nB,=Pasar,market,33.03.05.2004\n";
const RESULTS: &str = "day,venue,team,event_kind,activated\n2026-11-02,A,T1,outreach,40\n2026-11-03,A,T1,counter,7\n";

fn run(app: &TestApp, arguments: &[&str], input: &str) -> Finished {
    try_run(&app.settings.database.url, arguments, input)
}

#[actix_web::test]
async fn a_file_goes_in_and_out_while_a_server_runs() {
    let app = TestApp::start().await;
    let import = |more: &[&str]| run(&app, &[&["import", "venues", "-", "--office", "33.03"], more].concat(), VENUES);
    let tried = import(&["--dry-run"]);
    assert_eq!((tried.code, tried.stderr.as_str()), (0, ""), "no progress without a terminal");
    assert!(tried.stdout.starts_with("Percobaan, tidak ada yang disimpan. 2 baris: 2 baru"), "{}", tried.stdout);
    assert_eq!(import(&["--lang", "en"]).stdout, "2 rows: 2 new, 0 changed, 0 as before.\n");
    let again = import(&["--lang", "en"]);
    assert_eq!((again.code, again.stdout.as_str()), (0, "2 rows: all stored already, nothing has changed.\n"));

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lokasi.csv").display().to_string();
    let written = run(&app, &["export", "venues", "--office", "33.03", "--separator", ";", "-o", &file], "");
    assert_eq!((written.code, written.stdout.as_str()), (0, ""));
    assert!(std::fs::read_to_string(&file).unwrap().contains("\nB;'=Pasar;market;"));
    let read = run(&app, &["import", "venues", &file, "--office", "33.03"], "");
    assert_eq!(read.stdout, "2 baris: semuanya sudah tersimpan, tidak ada yang berubah.\n");
    let shown = run(&app, &["export", "venues", "--office", "33.03", "--format", "json"], "");
    let shown: Value = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!(shown[1]["name"], "=Pasar");
}

#[actix_web::test]
async fn a_ranking_is_printed_for_people_programs_and_spreadsheets() {
    let app = TestApp::start().await;
    // The command line has the real clock, so every period is named.
    let period = ["--from", "2025-11-22", "--to", "2026-11-21"];
    let rank = |more: &[&str]| run(&app, &[&["rank", "--office", "33.03"], &period[..], more].concat(), "");
    let coordinator = app.as_coordinator().await;
    coordinator.import("venues", VENUES).await.expect(200);
    coordinator.import("teams", "code,name,operators,capacity_per_day\nT1,Tim 1,2,100\n").await.expect(200);
    coordinator.import("results", RESULTS).await.expect(200);

    let printed: Value = serde_json::from_str(&rank(&["--format", "json"]).stdout).unwrap();
    let served = coordinator.get("/rankings/venues?from=2025-11-22&to=2026-11-21").await.json();
    assert_eq!(printed, served);
    let rows = "rank,venue_code,venue_name,kind,region,event_days,activations,yield_per_day,yield_per_team_day,\
        yield_per_officer_hour,last_visit,estimate,low,high,rank_low,rank_high\n\
        1,A,SMKN 1,school,33.03.05,1,40,40,40,,2026-11-02,\n\
        ,B,'=Pasar,market,33.03.05.2004,0,0,,,,,\n";
    let csv = rank(&["--format", "csv"]).stdout;
    for (line, start) in csv.lines().zip(rows.lines()) {
        assert!(line.starts_with(start), "{csv}");
    }
    assert!(csv.lines().skip(1).all(|line| line.split(',').skip(11).filter(|cell| !cell.is_empty()).count() == 5));
    let table = rank(&[]).stdout;
    let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    let has = |start: &[&str], end: &str| lines.iter().any(|line| line.starts_with(start) && line.ends_with(&[end]));
    assert!(has(&["1", "A", "SMKN", "1", "sekolah", "1", "40", "40,00"], "2026-11-02"), "{table}");
    assert!(has(&["–", "B", "=Pasar", "pasar", "0", "0", "–"], "–"), "{table}");
    assert!(lines.iter().filter(|line| line.contains(&"1–2")).count() == 2, "either may be first: {table}");
    assert!(lines.contains(&vec!["loket", "1", "7", "1"]), "{table}");
    let english = rank(&["--lang", "en", "--per", "team_day", "--sort", "mean", "--kind", "school"]).stdout;
    assert!(english.contains("per team-day") && english.contains("40.00") && !english.contains("=Pasar"), "{english}");
}

#[actix_web::test]
async fn forecasts_are_tested_on_what_the_office_counted() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let backtest = |more: &[&str]| run(&app, &[&["rank", "backtest", "--office", "33.03"], more].concat(), "");
    assert!(backtest(&[]).stdout.starts_with("Belum cukup hasil"), "{}", backtest(&[]).stdout);
    let venues: String = (1..=12).map(|n| format!("V{n},Pasar {n},market,33.03.05\n")).collect();
    coordinator.import("venues", &format!("code,name,kind,region\n{venues}")).await.expect(200);
    coordinator.import("teams", "code,name,operators,capacity_per_day\nT1,Tim 1,2,500\n").await.expect(200);
    let days = (1..=12)
        .map(|n| format!("2024-01-{n:02},V{n},T1,outreach,{}\n2024-02-{n:02},V{n},T1,outreach,{}\n", 5 * n, 5 * n + 3));
    let results: String = days.collect();
    coordinator.import("results", &format!("day,venue,team,event_kind,activated\n{results}")).await.expect(200);
    let printed: Value = serde_json::from_str(&backtest(&["--format", "json"]).stdout).unwrap();
    assert_eq!((&printed["months"], &printed["first"]), (&1.into(), &"2024-02-01".into()));
    assert_eq!(printed["visited"]["visits"], 12);
    assert_eq!(printed["visited"]["last_three"]["mean_absolute"], 3.0);
    assert!(printed["visited"]["forecast"]["mean_absolute"].as_f64().unwrap() < 15.0, "{printed}");
    assert_eq!(printed["never_visited"], Value::Null);
    let table = backtest(&["--lang", "en"]).stdout;
    assert!(table.contains("mean of the last three") && table.contains("visited before"), "{table}");
    assert_eq!(backtest(&["--service", "lulus"]).code, 2);
    assert_eq!(run(&app, &["rank", "backtest"], "").code, 2);
    assert_eq!(run(&app, &["rank"], "").code, 2, "an office must be named");
}

#[actix_web::test]
async fn exit_codes_tell_failure_from_wrong_usage() {
    let app = TestApp::start().await;
    let bad_row = "code,name,kind,region\nA,,skool,33.03.05\n";
    for (arguments, code, words) in [
        (vec!["import", "venues", "-", "--office", "33.03"], 1, "baris 2, kolom name: Isian ini wajib diisi."),
        (vec!["import", "venues", "-", "--office", "33.04"], 1, "Tidak ditemukan"),
        (
            vec!["import", "venues", "/no/such/file.csv", "--office", "33.03"],
            1,
            "/no/such/file.csv: berkas atau foldernya tidak ada.",
        ),
        (vec!["import", "venues", "-", "--office", "3303"], 2, "--office"),
        (vec!["import", "venues", "-"], 2, "--office"),
        (vec!["import", "citizens", "-", "--office", "33.03"], 2, "venues"),
        (vec!["import", "venues", "-", "--office", "33.03", "--correct", " "], 2, "--correct"),
        (vec!["export", "venues", "--office", "33.04"], 1, "Tidak ditemukan"),
        (
            vec!["export", "venues", "--office", "33.03", "-o", "/no/such/folder/x.csv"],
            1,
            "/no/such/folder/x.csv: berkas atau foldernya tidak ada.",
        ),
        (vec!["export", "venues", "--office", "33.03", "--separator", "|"], 2, "|"),
        (vec!["rank", "--office", "33.04"], 1, "Tidak ditemukan. Periksa kode"),
        (vec!["rank", "--office", "33.03", "--per", "week"], 2, "per"),
        (vec!["rank", "--office", "33.03", "--from", "2026-02-30"], 2, "from"),
        (vec!["rank"], 2, "--office"),
    ] {
        let ended = run(&app, &arguments, bad_row);
        assert_eq!(ended.code, code, "{arguments:?}: {}{}", ended.stdout, ended.stderr);
        assert!(ended.stderr.contains(words), "{arguments:?}: {}", ended.stderr);
        assert_eq!(ended.stdout, "", "{arguments:?}");
    }
}

#[actix_web::test]
async fn a_wrong_setting_is_told_by_its_key_in_the_language_that_was_asked_for() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jb.toml");
    std::fs::write(&file, "[log]\nformat = \"xml\"\n").unwrap();
    let rank = ["rank", "--office", "33.03", "--config", file.to_str().unwrap()];
    let told = run(&app, &rank, "");
    assert_eq!((told.code, told.stdout.as_str()), (2, ""));
    assert_eq!(told.stderr, "log.format: pilihan ini tidak dikenal. Pilih salah satu: text | json\n");
    let english = run(&app, &[&rank[..], &["--lang", "en"]].concat(), "");
    assert_eq!(english.stderr, "log.format: there is no such choice. Choose one of: text | json\n");
    let elsewhere = try_run("mysql://x", &["rank", "--office", "33.03"], "");
    assert!(elsewhere.code != 0 && elsewhere.stderr.contains("sqlite://BERKAS"), "{}", elsewhere.stderr);
}
