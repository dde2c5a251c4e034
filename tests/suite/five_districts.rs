//! The shipped five-district scenario: published facts as they were published, and a synthetic year around them.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};

use jemputbola::service::demo::PASSWORD;
use jemputbola::service::files::FileKind;
use jemputbola::service::importing::ImportOptions;
use jemputbola::service::{Caller, Conflict, ServiceError};
use serde_json::{Value, json};

use crate::support::files::{export, import_with, told};
use crate::support::process::BINARY;
use crate::support::{Client, DEMO_DAY, TestApp, TestDatabase};

const OFFICES: [(&str, &str); 5] =
    [("33.03", "purbalingga"), ("33.28", "tegal"), ("35.28", "pamekasan"), ("35.29", "sumenep"), ("35.77", "madiun")];

/// The demo as of 21 November 2026, at nine o'clock.
fn demo() -> TestApp {
    TestApp::start_on(TestDatabase::create_demo())
}

/// The demo as of another date; the clock stands at the same moment.
async fn demo_of(today: &str) -> TestApp {
    let app = TestApp::start_empty();
    app.services.load_demo(&Caller::system("test"), today.parse().unwrap()).await.unwrap();
    app
}

/// Somebody of one district, with the addresses of the district's office.
struct Staff {
    client: Client,
    office: &'static str,
}

impl Staff {
    async fn of(app: &TestApp, role: &str, district: &str) -> Self {
        let office = OFFICES.iter().find(|(_, slug)| *slug == district).unwrap().0;
        Self { client: app.as_user(&format!("{role}@{district}.example")).await, office }
    }

    fn address(&self, path: &str) -> String {
        format!("/api/v1/offices/{}{path}", self.office)
    }

    async fn get(&self, path: &str) -> Value {
        self.client.get(&self.address(path)).await.expect(200).json()
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        self.client.post(&self.address(path), body).await.expect(201).json()
    }

    /// Every venue of the ranking.
    async fn ranked(&self, query: &str) -> Vec<Value> {
        let page = self.get(&format!("/rankings/venues?limit=500&{query}")).await;
        assert_eq!(page["next_cursor"], Value::Null);
        page["items"].as_array().unwrap().clone()
    }

    /// What a ranking leaves out for a reason: event-days, activations, venues.
    async fn left_out(&self, query: &str, reason: &str) -> Option<(i64, i64, i64)> {
        let ranking = self.get(&format!("/rankings/venues?{query}")).await;
        let found = ranking["excluded"].as_array().unwrap().iter().find(|left| left["reason"] == reason)?.clone();
        let number = |name: &str| found[name].as_i64().unwrap();
        Some((number("event_days"), number("activations"), number("venues")))
    }

    async fn import(&self, app: &TestApp, kind: FileKind, text: &str) -> (usize, usize, usize, usize) {
        told(&import_with(app, self.office, kind, text, ImportOptions::default()).await.unwrap())
    }
}

fn of_venue<'a>(items: &'a [Value], code: &str) -> &'a Value {
    items.iter().find(|item| item["venue_code"] == code).unwrap_or_else(|| panic!("{code} is not ranked"))
}

/// The rows of an exported file by column.
fn column(csv: &str, name: &str) -> Vec<String> {
    let mut lines = csv.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let at = lines.next().unwrap().iter().position(|column| column == name).unwrap();
    lines.map(|line| line[at].clone()).collect()
}

#[actix_web::test]
async fn every_role_of_every_district_signs_in_and_nothing_is_loaded_twice() {
    let app = demo();
    let accounts = app.services.list_demo_accounts(&Caller::system("test")).await.unwrap();
    let logins: BTreeSet<String> = accounts.iter().map(|account| account.login.to_string()).collect();
    for (office, slug) in OFFICES {
        for role in ["admin", "coordinator", "head", "viewer", "officer1"] {
            assert!(logins.contains(&format!("{role}@{slug}.example")), "{role} of {office}");
        }
    }
    let stranger = app.as_stranger();
    let form = format!("login=officer1%40madiun.example&password={PASSWORD}");
    let request = stranger.request(reqwest::Method::POST, "/masuk");
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
    stranger.send(request).await.expect(303);
    let again = app.services.load_demo(&Caller::system("test"), DEMO_DAY.parse().unwrap()).await;
    assert!(matches!(again, Err(ServiceError::Conflict(Conflict::InUse))), "{again:?}");
    // A district's staff sees its own office only.
    let officer = app.as_user("officer1@madiun.example").await;
    officer.get("/api/v1/offices/35.77/venues").await.expect(200);
    officer.get("/api/v1/offices/33.03/venues").await.expect(404);
}

#[actix_web::test]
async fn the_same_date_gives_the_same_rows_and_another_date_others() {
    let (first, second, other) = (demo(), demo_of(DEMO_DAY).await, demo_of("2026-11-20").await);
    for (office, slug) in OFFICES {
        for kind in [FileKind::Venues, FileKind::Events, FileKind::Results, FileKind::Totals] {
            let exported = export(&first, office, kind).await;
            assert_eq!(exported, export(&second, office, kind).await, "{office} {kind}");
            assert!(exported.lines().count() > 5, "{office} {kind}");
        }
        assert_ne!(
            export(&first, office, FileKind::Events).await,
            export(&other, office, FileKind::Events).await,
            "{office}"
        );
        // Ids are the same, too.
        let mut seen = Vec::new();
        for app in [&first, &second] {
            let head = Staff::of(app, "head", slug).await;
            let (events, results) = (head.get("/events?limit=500").await, head.get("/results?limit=500").await);
            seen.push((
                events["items"].clone(),
                results["items"].clone(),
                head.get("/totals").await,
                head.get("/teams").await,
            ));
        }
        assert_eq!(seen[0], seen[1], "{office}");
    }
}

#[actix_web::test]
async fn sumenep_counters_add_to_totals_and_a_rough_figure_waits_to_be_split() {
    let app = demo();
    let head = Staff::of(&app, "head", "sumenep").await;
    let ranked = head.ranked("").await;
    let visited = ranked.iter().filter(|item| item["event_days"].as_i64().unwrap() > 0);
    let kinds: BTreeSet<&str> = visited.map(|item| item["kind"].as_str().unwrap()).collect();
    assert!(
        kinds.contains("company") && !kinds.contains("subdistrict_office") && !kinds.contains("public_service_mall")
    );
    let (days, activations, venues) = head.left_out("", "counter").await.unwrap();
    assert!(days > 20 && activations > 500 && venues > 1, "{days} {activations} {venues}");

    // "500-an", one day, several companies.
    let period = "from=2024-05-01&to=2024-05-31";
    assert_eq!(head.left_out(period, "approximate").await, Some((1, 500, 0)));
    assert!(head.ranked(period).await.iter().all(|item| item["rank"].is_null()));
    let totals = head.get("/totals?from=2024-05-01&to=2024-05-31").await;
    let total = &totals["items"][0];
    assert_eq!(
        (&total["figure"], &total["channel"], &total["venue_kind"]),
        (&json!("±500"), &json!("outreach"), &json!("company"))
    );

    // Desa Karduluk lies in Kecamatan Pragaan.
    let codes =
        |items: &[Value]| items.iter().map(|item| item["venue_code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert!(codes(&head.ranked("region=35.29.11").await).contains(&"KARDULUK".to_owned()));
    assert!(!codes(&head.ranked("region=35.29.12").await).contains(&"KARDULUK".to_owned()));
    assert_eq!(of_venue(&ranked, "KARDULUK")["event_days"], 0);

    // People without a capable phone are an outcome: 40 of 56 reached are activated.
    let results = "day,venue,team,event_kind,activated,no_smartphone,device_unsupported,refused_no_need,face_mismatch\n\
        2026-11-21,KARDULUK,T-01,outreach,40,6,3,5,2\n";
    assert_eq!(head.import(&app, FileKind::Results, results).await, (1, 1, 0, 0));
    let entry = head.get("/results?from=2026-11-21&limit=500").await;
    let entries = entry["items"].as_array().unwrap();
    let event = entries.iter().find(|entry| entry["counts"]["no_smartphone"] == 6).unwrap()["event"].as_str().unwrap();
    let counted = head.get(&format!("/events/{event}/counts")).await;
    assert_eq!((&counted["total"]["reached"], &counted["total"]["activated"]), (&json!(56), &json!(40)));
    assert_eq!(counted["total"]["rate"], 71.4);
}

#[actix_web::test]
async fn madiun_ranks_a_school_by_activations_alone_and_a_crowd_keeps_its_dates() {
    let app = demo();
    let coordinator = Staff::of(&app, "coordinator", "madiun").await;
    let results = "day,venue,team,event_kind,activated,ktp_recorded\n2026-11-20,SMKN-1,T-01,outreach,55,80\n";
    coordinator.import(&app, FileKind::Results, results).await;
    let day = "from=2026-11-20&to=2026-11-20";
    let ranked = coordinator.ranked(day).await;
    assert_eq!(of_venue(&ranked, "SMKN-1")["yield_per_day"], 55.0);
    let recorded = coordinator.ranked(&format!("{day}&service=ktp_recorded")).await;
    assert_eq!(of_venue(&recorded, "SMKN-1")["yield_per_day"], 80.0);

    let crowd = json!({"code": "HARI-JADI", "name": "Hari jadi kota", "kind": "crowd_event", "region": "35.77.03",
        "dates": ["2027-06-20"]});
    coordinator.post("/venues", crowd).await;
    let booking = |date: &str| {
        json!({"kind": "outreach", "title": "Hari jadi", "venue": "HARI-JADI", "teams": ["T-01"],
        "days": [{"date": date, "slots": ["morning"]}], "services": ["activated"]})
    };
    let codes = |event: &Value| {
        let warnings = event["warnings"].as_array().unwrap();
        warnings.iter().map(|warning| warning["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(!codes(&coordinator.post("/events", booking("2027-06-20")).await).contains(&"venue_closed".to_owned()));
    assert!(codes(&coordinator.post("/events", booking("2027-06-21")).await).contains(&"venue_closed".to_owned()));
}

#[actix_web::test]
async fn pamekasan_briefings_take_a_teams_time_and_yield_nothing_and_campaigns_stay_untouched() {
    let app = demo();
    let coordinator = Staff::of(&app, "coordinator", "pamekasan").await;
    let (days, activations, _) = coordinator.left_out("", "briefing").await.unwrap();
    assert!(days > 5 && activations == 0, "{days} {activations}");
    let briefing = json!({"kind": "briefing", "title": "Bimtek perangkat desa", "venue": "S-001", "teams": ["T-01"],
        "days": [{"date": "2027-03-08", "slots": ["morning"]}], "services": [], "state": "confirmed"});
    let briefing = coordinator.post("/events", briefing).await;
    let visit = json!({"kind": "outreach", "title": "Pasar", "venue": "S-002", "teams": ["T-01"],
        "days": [{"date": "2027-03-08", "slots": ["morning"]}], "services": ["activated"]});
    let refused = coordinator.client.post(&coordinator.address("/events"), visit).await.expect(409).json();
    let clashes = refused["clashes"].as_array().unwrap();
    assert!(clashes.iter().any(|clash| clash["subject"] == "T-01" && clash["event"] == briefing["id"]), "{refused}");

    // The published campaign ran from 27 February to 31 December 2024.
    let inside = demo_of("2024-11-20").await;
    let dates = column(&export(&inside, "35.28", FileKind::Events).await, "date");
    assert!(dates.len() > 50 && dates.iter().all(|date| date.as_str() < "2024-02-27" || date.as_str() > "2024-12-31"));
    assert!(
        column(&export(&inside, "33.28", FileKind::Events).await, "date")
            .iter()
            .any(|date| date.starts_with("2024-06"))
    );
}

#[actix_web::test]
async fn purbalingga_keeps_the_offices_day_apart_from_the_factory() {
    let app = demo();
    let head = Staff::of(&app, "head", "purbalingga").await;
    let june = "from=2024-06-01&to=2024-06-30";
    let totals = head.get(&format!("/totals?{june}")).await;
    let total = &totals["items"].as_array().unwrap()[..];
    assert_eq!(total.len(), 1);
    assert_eq!(
        (&total[0]["date"], &total[0]["figure"], &total[0]["channel"]),
        (&json!("2024-06-05"), &json!("205"), &json!("all"))
    );
    // The factory's result was never published: held, not reported, and no 205 anywhere.
    assert_eq!(head.left_out(june, "unreported").await, Some((1, 0, 1)));
    let ranking = head.get(&format!("/rankings/venues?{june}")).await;
    assert_eq!(ranking["excluded"].as_array().unwrap().len(), 1, "{ranking}");
    assert!(head.ranked(june).await.iter().all(|item| item["activations"] == 0 && item["rank"].is_null()));
    let factory = head.get("/venues/SAMPOERNA").await;
    assert_eq!((&factory["name"], &factory["region"]), (&json!("Pabrik Sampoerna"), &json!("33.03.15.2003")));
    assert_eq!(factory["as_reported"], "perusahaan rokok Sampurna, Desa Karang Jambe");
    let events = head.get("/events?from=2024-06-06&to=2024-06-06").await;
    let event = &events["items"][0];
    assert_eq!(
        (&event["state"], &event["reporting"], &event["teams"]),
        (&json!("done"), &json!("unreported"), &json!([]))
    );

    // Should the result turn up, it belongs to the event whose team nobody knew.
    let results = "day,venue,team,event_kind,activated\n2024-06-06,SAMPOERNA,T-01,outreach,120\n";
    head.import(&app, FileKind::Results, results).await;
    assert_eq!(of_venue(&head.ranked(june).await, "SAMPOERNA")["yield_per_day"], 120.0);
    assert_eq!(head.left_out(june, "unreported").await, None);
    assert_eq!(head.get("/events?from=2024-06-06&to=2024-06-06").await["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn tegal_warns_of_more_guests_than_operators_can_serve_and_rides_on_a_host_programme() {
    let app = demo();
    let coordinator = Staff::of(&app, "coordinator", "tegal").await;
    let team = coordinator.get("/teams/T-01").await;
    let (operators, capacity) = (team["operators"].as_i64().unwrap(), team["capacity_per_day"].as_i64().unwrap());
    assert_eq!(capacity % operators, 0, "so many people for each operator");
    let visit = |date: &str, expected: i64| {
        json!({"kind": "outreach", "title": "Tilik Desa", "venue": "S-100", "teams": ["T-01"],
        "host_programme": "Tilik Desa", "request": {"by": "Camat", "expected": expected},
        "days": [{"date": date, "slots": ["morning"]}], "services": ["activated"]})
    };
    let warned =
        |event: &Value| event["warnings"].as_array().unwrap().iter().any(|warning| warning["code"] == "over_capacity");
    let fits = coordinator.post("/events", visit("2027-03-08", capacity)).await;
    let crowded = coordinator.post("/events", visit("2027-03-09", capacity + 1)).await;
    assert_eq!((warned(&fits), warned(&crowded)), (false, true));
    assert_eq!(crowded["host_programme"], "Tilik Desa");
}

fn run_demo(temporary: &std::path::Path, arguments: &[&str]) -> Output {
    Command::new(BINARY).arg("demo").args(arguments).env("TMPDIR", temporary).output().unwrap()
}

#[test]
fn the_command_prints_accounts_and_overwrites_no_office() {
    let (folder, database) = (tempfile::tempdir().unwrap(), TestDatabase::create());
    let url = database.url();
    let load = ["--load-only", "--json", "--today", DEMO_DAY, "--database", &url];
    let output = run_demo(folder.path(), &load);
    assert!(output.status.success(), "{output:?}");
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed["url"], "http://127.0.0.1:8080");
    let account =
        json!({"office": "35.77", "role": "officer", "login": "officer1@madiun.example", "password": PASSWORD});
    assert!(printed["accounts"].as_array().unwrap().contains(&account), "{printed}");
    assert_eq!(run_demo(folder.path(), &load).status.code(), Some(1));
    let kept = run_demo(folder.path(), &[&load[..], &["--keep"]].concat());
    assert_eq!(serde_json::from_slice::<Value>(&kept.stdout).unwrap(), printed);
    for wrong in [&["--bind", "0.0.0.0:8080"][..], &["--data", "x", "--database", &url]] {
        assert_eq!(run_demo(folder.path(), wrong).status.code(), Some(2), "{wrong:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_command_serves_on_loopback_and_leaves_no_folder_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = Command::new(BINARY)
        .args(["demo", "--json", "--bind", "127.0.0.1:0"])
        .env("TMPDIR", folder.path())
        .env("JEMPUTBOLA__LOG__FILTER", "error")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(demo.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let printed: Value = serde_json::from_str(&line).unwrap();
    let address = printed["url"].as_str().unwrap().strip_prefix("http://").unwrap();
    assert!(std::net::TcpStream::connect(address).is_ok(), "{address}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let told = Command::new("kill").arg(demo.id().to_string()).status().unwrap();
    assert!(told.success() && demo.wait().unwrap().success());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
