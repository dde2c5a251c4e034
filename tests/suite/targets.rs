//! Targets, denominators and official figures: what they take, what they refuse, and that reports stay what they were.

use serde_json::{Value, json};

use crate::support::files::fetch;
use crate::support::{Client, TestApp};

#[allow(clippy::needless_pass_by_value, reason = "called with a literal")]
fn target(changes: Value) -> Value {
    let mut body = json!({
        "denominator": "recorded", "share": 30, "starts": "2026-01-01", "ends": "2026-12-31", "source": "SK Bupati"
    });
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

fn denominator(value: i64, as_of: &str) -> Value {
    json!({"kind": "recorded", "value": value, "as_of": as_of, "source": "DKB"})
}

fn observation(kind: &str, figure: &str, as_of: &str) -> Value {
    json!({"kind": kind, "figure": figure, "as_of": as_of, "source": "Kepala Dinas"})
}

async fn main_target(client: &Client, as_of: &str) -> Value {
    client.get(&format!("/pace?as_of={as_of}")).await.expect(200).json()["targets"][0].clone()
}

#[actix_web::test]
async fn bad_targets_are_refused_by_field_and_rule() {
    let app = TestApp::start().await;
    let head = app.as_user("head").await;
    for (changes, error) in [
        (json!({"share": 0}), "share: out_of_range"),
        (json!({"share": 100.5}), "share: out_of_range"),
        (json!({"share": null, "value": 0}), "value: out_of_range"),
        (json!({"value": 100}), "value: value_or_share"),
        (json!({"share": null}), "value: required"),
        (json!({"denominator": null}), "denominator: required"),
        (json!({"denominator": "penduduk"}), "denominator: unknown_code"),
        (json!({"ends": "2025-12-31"}), "ends: ends_before_start"),
        (json!({"scope": "33.04"}), "scope: outside_office"),
        (json!({"scope": "33.03.99"}), "scope: not_found"),
        (json!({"source": "NIK 3303051708450001"}), "source: nik_like"),
    ] {
        assert_eq!(head.post("/targets", target(changes.clone())).await.expect(422).errors(), [error], "{changes}");
    }
    let future = head.post("/denominators", denominator(779_454, "2026-11-22")).await.expect(422);
    assert_eq!(future.errors(), ["as_of: future"]);
    let future = head.post("/observations", observation("cumulative", "1", "2026-11-22")).await.expect(422);
    assert_eq!(future.errors(), ["as_of: future"]);
}

#[actix_web::test]
async fn windows_of_one_purpose_may_not_overlap_and_a_campaign_may_lie_in_the_year() {
    let app = TestApp::start().await;
    let head = app.as_user("head").await;
    head.post("/targets", target(json!({}))).await.expect(201);
    let again = head.post("/targets", target(json!({"starts": "2026-12-31", "ends": "2027-06-30"}))).await.expect(422);
    assert_eq!(again.errors(), ["starts: overlaps"]);
    assert!(again.json()["errors"][0]["message"].as_str().unwrap().contains("1 Januari 2026"), "{}", again.text);
    let campaign = json!({"purpose": "campaign", "starts": "2026-05-01", "ends": "2026-05-31"});
    head.post("/targets", target(campaign)).await.expect(201);
    head.post("/targets", target(json!({"scope": "33.03.05", "share": null, "value": 500}))).await.expect(201);
    let counter = head.post("/targets", target(json!({"channel": "counter"}))).await.expect(201);
    // A target may keep its own days when it changes.
    head.patch(counter.header("location"), json!({"share": 5})).await.expect(200);
    head.patch(counter.header("location"), json!({"channel": "all"})).await.expect(422);
}

#[actix_web::test]
async fn a_report_of_an_earlier_day_keeps_the_target_and_the_figures_of_its_day() {
    let app = TestApp::start().await;
    let head = app.as_user("head").await;
    let added = head.post("/targets", target(json!({}))).await.expect(201);
    head.post("/denominators", denominator(779_454, "2026-11-20")).await.expect(201);
    head.post("/observations", observation("cumulative", "29.890", "2026-11-20")).await.expect(201);
    let before = main_target(&head, "2026-11-21").await;
    assert_eq!((&before["goal"]["low"], &before["share_of_denominator"]["low"]), (&json!(233_837), &json!(3.83)));

    app.set_now("2026-11-25T02:00:00Z");
    let revised = head.patch(added.header("location"), json!({"share": 40})).await.expect(200).json();
    assert_eq!((&revised["version"], &revised["id"]), (&json!(2), &added.json()["id"]));
    // Published late, of a day before: the series falls.
    head.post("/denominators", denominator(770_000, "2026-11-21")).await.expect(201);
    head.post("/observations", observation("cumulative", "29.000", "2026-11-21")).await.expect(201);
    assert_eq!(main_target(&head, "2026-11-21").await, before);
    let now = main_target(&head, "2026-11-25").await;
    assert_eq!((&now["goal"]["low"], &now["achieved"]["low"]), (&json!(308_000), &json!(29_000)));

    head.delete(added.header("location")).await.expect(204);
    head.get(added.header("location")).await.expect(404);
    assert_eq!(main_target(&head, "2026-11-21").await["goal"]["low"], json!(233_837));
    assert_eq!(main_target(&head, "2026-11-25").await, Value::Null);
    let history = head.at(&app.url).page("/33.03/target/riwayat").await.expect(200).text;
    assert!(history.contains("versi 1") && history.contains("versi 2"));
}

#[actix_web::test]
async fn only_those_who_govern_write_and_everybody_in_scope_reads() {
    let app = TestApp::start().await;
    let admin = app.as_admin().await;
    admin.post("/targets", target(json!({}))).await.expect(201);
    app.as_coordinator().await.post("/denominators", denominator(1, "2026-11-20")).await.expect(201);
    for login in ["officer", "viewer"] {
        let reader = app.as_user(login).await;
        reader.post("/targets", target(json!({"purpose": "campaign"}))).await.expect(403);
        reader.post("/denominators", denominator(2, "2026-11-20")).await.expect(403);
        reader.post("/observations", observation("day", "5", "2026-11-20")).await.expect(403);
        assert_eq!(reader.get("/targets").await.expect(200).json()["items"].as_array().unwrap().len(), 1);
        assert_eq!(reader.get("/pace").await.expect(200).json()["targets"].as_array().unwrap().len(), 1);
    }
    let trail = admin.get("/audit").await.expect(200).text;
    assert!(trail.contains("target.added") && trail.contains("denominator.added"));
}

#[actix_web::test]
async fn parts_of_a_target_are_added_up() {
    let app = TestApp::start().await;
    let head = app.as_user("head").await;
    for changes in [
        json!({"share": null, "value": 1000}),
        json!({"share": null, "value": 400, "scope": "33.03.05"}),
        json!({"share": null, "value": 500, "scope": "33.03.06"}),
        json!({"share": null, "value": 1000, "channel": "outreach"}),
    ] {
        head.post("/targets", target(changes)).await.expect(201);
    }
    let report = head.get("/pace").await.expect(200).json();
    let whole = report["targets"].as_array().unwrap().iter().find(|pace| !pace["parts"].is_null()).unwrap();
    let parts = &whole["parts"];
    assert_eq!((&parts["by_region"]["count"], &parts["by_region"]["difference"]["low"]), (&json!(2), &json!(-100)));
    assert_eq!((&parts["by_channel"]["count"], &parts["by_channel"]["difference"]["low"]), (&json!(1), &json!(0)));
}

#[actix_web::test]
async fn files_of_the_three_kinds_come_in_once_and_go_out_as_they_came() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let files = [
        (
            "targets",
            "scope,channel,purpose,denominator,share,value,starts,ends,source\n\
             33.03,all,year,recorded,30,,2024-01-01,2024-12-31,SK\n33.03,all,campaign,,,15.000,01/11/2023,31/12/2023,SK\n",
        ),
        ("denominators", "kind,value,as_of,source\nrecorded,779.454,2024-06-07,DKB\n"),
        (
            "observations",
            "as_of,scope,kind,figure,denominator,source\n2024-06-07,33.03,cumulative,29.890,,Berita\n\
             2024-06-07,33.03,share,\"3,83%\",recorded,Berita\n",
        ),
    ];
    let told = |report: &Value| ["rows", "added", "changed", "unchanged"].map(|key| report[key].as_u64().unwrap());
    for (kind, file) in files {
        let rows = u64::try_from(file.lines().count()).unwrap() - 1;
        assert_eq!(told(&coordinator.import(kind, file).await.expect(200).json()), [rows, rows, 0, 0], "{kind}");
        assert_eq!(told(&coordinator.import(kind, file).await.expect(200).json()), [rows, 0, 0, rows], "{kind}");
        let out = String::from_utf8(fetch(&coordinator, &format!("/export/{kind}")).await).unwrap();
        assert_eq!(told(&coordinator.import(kind, &out).await.expect(200).json()), [rows, 0, 0, rows], "{out}");
    }
    let other = files[0].1.replace(",30,", ",35,");
    assert_eq!(told(&coordinator.import("targets", &other).await.expect(200).json()), [2, 0, 1, 1]);
    let bad = "scope,channel,purpose,denominator,share,value,starts,ends,source\n\
               33.03,all,year,recorded,130,,2025-01-01,2025-12-31,SK\n33.03,all,year,recorded,20,,2024-12-31,2025-12-31,SK\n";
    let refused = coordinator.import("targets", bad).await.expect(422).errors();
    assert_eq!(refused, ["lines[2].share: out_of_range", "lines[3].starts: overlaps"]);
    let bare = "as_of,scope,kind,figure,source\n2024-06-08,33.03,share,\"3,9%\",Berita\n";
    let asked = coordinator.import("observations", bare).await.expect(422).errors();
    assert_eq!(asked, ["lines[2].denominator: reading_required"]);
}

#[actix_web::test]
async fn a_share_of_nothing_that_is_known_is_kept_as_it_stands() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let bare = "as_of,scope,kind,figure,source\n2023-12-31,33.03,share,\"1,87%\",Berita\n2024-05-31,33.03,share,\"2,17%\",Berita\n";
    coordinator.import("observations", bare).await.expect(200);
    let items = coordinator.get("/observations").await.expect(200).json()["items"].clone();
    assert_eq!((&items[0]["denominator"], &items[1]["figure"]), (&json!("not_stated"), &json!("2,17%")));
    coordinator.import("observations", bare).await.expect(200);
    let change = coordinator.get("/pace").await.expect(200).json()["share_change"].clone();
    assert_eq!(change["points"], 0.3);
}
