//! Entries from phones and the desk over HTTP, and what they come to.

use std::slice::from_ref;

use jemputbola::domain::event::EventState;
use serde_json::{Value, json};

use crate::support::field::{batch, entry, fates, new_id, tally, void};
use crate::support::{Client, TestApp};

const TODAY: &str = "2026-11-21";

/// A started service with one team, its officer, and an event that runs today.
async fn field() -> (TestApp, Client, String) {
    let app = TestApp::start().await;
    app.add_team("T-1", 80, &["officer"]).await;
    let event = app.add_event("T-1", EventState::Confirmed, &["2026-11-20", TODAY], "activated ktp_recorded").await;
    let officer = app.as_user("officer").await;
    (app, officer, event)
}

async fn send(client: &Client, entries: &[Value]) -> Vec<String> {
    fates(&client.post("/results/batch", batch(entries)).await.expect(200).json())
}

async fn counts(client: &Client, event: &str) -> Value {
    client.get(&format!("/events/{event}/counts")).await.expect(200).json()
}

#[actix_web::test]
async fn the_day_of_sumenep_shows_56_reached_40_activated_and_71_4_per_cent() {
    let (_app, officer, event) = field().await;
    let day =
        json!({"activated": 40, "no_smartphone": 6, "device_unsupported": 3, "refused_no_need": 5, "face_mismatch": 2});
    assert_eq!(send(&officer, &[tally(&event, TODAY, day)]).await, ["accepted"]);
    let shown = counts(&officer, &event).await;
    for sum in [&shown["days"][0], &shown["total"]] {
        assert_eq!((&sum["reached"], &sum["activated"], &sum["rate"]), (&json!(56), &json!(40), &json!(71.4)));
    }
    assert_eq!(shown["days"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn the_school_of_madiun_records_80_and_activates_55() {
    let (_app, officer, event) = field().await;
    send(&officer, &[tally(&event, TODAY, json!({"ktp_recorded": 80, "activated": 55}))]).await;
    let total = counts(&officer, &event).await["total"].clone();
    assert_eq!(total["counts"], json!({"activated": 55, "ktp_recorded": 80}));
    assert_eq!((&total["reached"], &total["rate"]), (&json!(55), &json!(100.0)));
}

#[actix_web::test]
async fn a_batch_sent_again_changes_nothing_and_is_told_so() {
    let (_app, officer, event) = field().await;
    let entries = [tally(&event, TODAY, json!({"activated": 3})), entry(&event, TODAY, "start")];
    assert_eq!(send(&officer, &entries).await, ["accepted", "accepted"]);
    assert_eq!(send(&officer, &entries).await, ["duplicate", "duplicate"]);
    let twice = [entries[0].clone(), tally(&event, TODAY, json!({"activated": 1})), entries[0].clone()];
    assert_eq!(send(&officer, &twice).await, ["duplicate", "accepted", "duplicate"]);
    let fresh = tally(&event, TODAY, json!({"activated": 5}));
    assert_eq!(send(&officer, &[fresh.clone(), fresh]).await, ["accepted", "duplicate"]);
    assert_eq!(counts(&officer, &event).await["total"]["activated"], 9);
}

#[actix_web::test]
async fn an_id_with_other_content_is_a_conflict_and_the_first_stands() {
    let (_app, officer, event) = field().await;
    let first = tally(&event, TODAY, json!({"activated": 3}));
    let mut other = first.clone();
    other["counts"] = json!({"activated": 4});
    assert_eq!(send(&officer, &[first.clone(), other.clone()]).await, ["accepted", "rejected: id_conflict"]);
    assert_eq!(send(&officer, &[other]).await, ["rejected: id_conflict"]);
    assert_eq!(counts(&officer, &event).await["total"]["activated"], 3);
}

#[actix_web::test]
async fn whatever_may_be_wrong_with_a_well_formed_entry_is_held() {
    let (app, officer, event) = field().await;
    let cancelled = app.add_event("T-1", EventState::Cancelled, &[TODAY], "activated").await;
    app.add_team("T-2", 80, &[]).await;
    let others = app.add_event("T-2", EventState::Ongoing, &[TODAY], "activated").await;
    let coordinator = app.as_coordinator().await;
    coordinator.post("/locks", json!({"from": "2026-11-20", "to": "2026-11-20"})).await.expect(201);
    let one = || json!({"activated": 1});
    let entries = [
        tally(&new_id(), TODAY, one()),
        tally(&cancelled, TODAY, one()),
        tally(&others, TODAY, one()),
        tally(&event, "2026-11-22", one()),
        tally(&event, "2026-11-19", one()),
        tally(&event, "2026-11-20", one()),
        tally(&event, TODAY, json!({"activated": 241})),
        tally(&event, TODAY, json!({"activated": 240})),
    ];
    let told = [
        "held: event_unknown",
        "held: event_cancelled",
        "held: not_on_team",
        "held: future",
        "held: outside_days",
        "held: period_locked",
        "held: implausible",
        "accepted",
    ];
    assert_eq!(send(&officer, &entries).await, told);
    assert_eq!(send(&officer, &entries).await, ["duplicate"; 8]);
    assert_eq!(counts(&officer, &event).await["total"]["activated"], 240);
    assert_eq!(send(&coordinator, &[tally(&others, TODAY, one())]).await, ["accepted"], "any event");
}

#[actix_web::test]
async fn what_is_malformed_is_sent_back_with_its_rules_and_the_rest_is_taken() {
    let (app, officer, event) = field().await;
    app.services
        .add_office(&jemputbola::service::Caller::system("test"), "33.04".parse().unwrap(), None)
        .await
        .unwrap();
    let good = || tally(&event, TODAY, json!({"activated": 1}));
    let with = |field: &str, value: Value| {
        let mut bad = good();
        bad[field] = value;
        bad
    };
    let entries = [
        with("counts", json!({"activated": 1001})),
        with("counts", json!({"pingsan": 1})),
        with("note", json!("NIK 3303050706240001")),
        with("counts", json!({"activated": "3"})),
        with("counts", json!({"activated": 1.5})),
        with("date", json!("21/11/2026")),
        with("nama", json!("x")),
        with("id", json!("7")),
        json!("no entry at all"),
        good(),
    ];
    let reply = officer.post("/results/batch", batch(&entries)).await.expect(200).json();
    let told = [
        "rejected: out_of_range",
        "rejected: unknown_outcome",
        "rejected: nik_like",
        "rejected: malformed",
        "rejected: malformed",
        "rejected: malformed",
        "rejected: malformed",
        "rejected: malformed",
        "rejected: malformed",
        "accepted",
    ];
    assert_eq!(fates(&reply), told);
    let errors = |place: usize| reply["results"][place]["errors"][0].clone();
    assert_eq!((&errors(0)["field"], &errors(0)["code"]), (&json!("counts.activated"), &json!("out_of_range")));
    assert_eq!((&errors(3)["field"], &errors(3)["code"]), (&json!("counts.activated"), &json!("wrong_type")));
    assert!(
        errors(0)["message"].as_str().unwrap().contains("1000")
            || errors(0)["message"].as_str().unwrap().contains("1.000")
    );
    assert_eq!((&reply["results"][7]["id"], &reply["results"][8]["id"]), (&Value::Null, &Value::Null));
    assert_eq!(reply["results"][0]["id"], entries[0]["id"]);
    // What was rejected is judged anew once it is put right.
    let mut right = entries[0].clone();
    right["counts"] = json!({"activated": 2});
    assert_eq!(send(&officer, &[right]).await, ["accepted"]);
}

#[actix_web::test]
async fn an_event_of_another_office_is_out_of_reach() {
    let (app, _, event) = field().await;
    let system = jemputbola::service::Caller::system("test");
    app.services.add_office(&system, "33.04".parse().unwrap(), None).await.unwrap();
    app.add_user("tetangga", "officer", "33.04").await;
    let neighbour = app.as_user("tetangga").await;
    let address = "/api/v1/offices/33.04/results/batch";
    let sent = batch(&[tally(&event, TODAY, json!({"activated": 1}))]);
    assert_eq!(fates(&neighbour.post(address, sent.clone()).await.expect(200).json()), ["rejected: another_office"]);
    neighbour.post("/results/batch", sent).await.expect(404);
}

#[actix_web::test]
async fn a_batch_has_bounds_and_needs_the_right_to_tally() {
    let (app, officer, event) = field().await;
    let many: Vec<Value> = (0..501).map(|_| tally(&event, TODAY, json!({"activated": 1}))).collect();
    assert_eq!(officer.post("/results/batch", batch(&many)).await.expect(422).errors(), ["entries: too_many"]);
    assert_eq!(send(&officer, &many[..500]).await, ["accepted"; 500]);
    assert_eq!(counts(&officer, &event).await["total"]["activated"], 500);
    let mut large = batch(&[]);
    large["device"] = json!("x".repeat(1024 * 1024));
    officer.post("/results/batch", large).await.expect(413);
    assert_eq!(officer.post("/results/batch", json!({})).await.expect(422).errors(), ["entries: required"]);
    assert_eq!(send(&officer, &[]).await, Vec::<String>::new());
    for login in ["head", "viewer"] {
        app.as_user(login).await.post("/results/batch", batch(&[])).await.expect(403);
    }
    app.as_stranger().post("/results/batch", batch(&[])).await.expect(401);
}

#[actix_web::test]
async fn a_single_entry_gets_a_single_answer() {
    let (_app, officer, event) = field().await;
    let sent = tally(&event, TODAY, json!({"activated": 2}));
    let told = officer.post("/results", sent.clone()).await.expect(200).json();
    assert_eq!(told, json!({"id": sent["id"], "status": "accepted"}));
    assert_eq!(officer.post("/results", sent).await.expect(200).json()["status"], "duplicate");
    assert_eq!(officer.post("/results", json!([])).await.expect(422).errors(), ["body: wrong_type"]);
}

#[actix_web::test]
async fn an_event_made_on_the_spot_takes_its_tallies_wherever_it_stands_in_the_batch() {
    let (_app, officer, _) = field().await;
    let event = new_id();
    let mut new = entry(&event, TODAY, "event_new");
    new["event_new"] = json!({"title": "RW 3", "place": "Balai RW 3", "services": ["activated"]});
    let before = tally(&event, TODAY, json!({"activated": 2}));
    let after = tally(&event, TODAY, json!({"activated": 3}));
    assert_eq!(send(&officer, &[before.clone(), new.clone(), after]).await, ["accepted"; 3]);
    assert_eq!(send(&officer, &[new, before]).await, ["duplicate"; 2]);
    assert_eq!(counts(&officer, &event).await["total"]["activated"], 5);
}

#[actix_web::test]
async fn tallies_that_came_before_their_event_are_taken_out_of_waiting() {
    let (app, officer, _) = field().await;
    app.add_user("officer2", "officer", "33.03").await;
    let other = app.as_user("officer2").await;
    let event = new_id();
    let own = tally(&event, TODAY, json!({"activated": 2}));
    assert_eq!(
        send(&officer, &[own.clone(), tally(&event, "2026-11-22", json!({}))]).await,
        ["held: event_unknown"; 2]
    );
    assert_eq!(send(&other, &[tally(&event, TODAY, json!({"activated": 7}))]).await, ["held: event_unknown"]);
    let mut new = entry(&event, TODAY, "event_new");
    new["event_new"] = json!({"title": "RW 3", "venue": "TIDAK-ADA", "services": ["activated"]});
    assert_eq!(send(&officer, &[new]).await, ["accepted"]);
    assert_eq!(counts(&officer, &event).await["total"]["activated"], 2);
    assert_eq!(send(&officer, &[own]).await, ["duplicate"]);
    let waiting = officer.get("/held?decision=waiting").await.expect(200).json();
    let reasons: Vec<_> = waiting["items"].as_array().unwrap().iter().map(|held| held["reason"].clone()).collect();
    assert_eq!(reasons, ["future", "not_on_team"]);
}

#[actix_web::test]
async fn a_void_may_overtake_its_target_and_one_of_another_event_takes_nothing() {
    let (app, officer, event) = field().await;
    let second = app.add_event("T-1", EventState::Ongoing, &[TODAY], "activated").await;
    let target = tally(&event, TODAY, json!({"activated": 4}));
    assert_eq!(send(&officer, &[void(&event, TODAY, &target)]).await, ["accepted"]);
    assert_eq!(send(&officer, from_ref(&target)).await, ["accepted"]);
    assert_eq!(send(&officer, &[void(&event, "2026-11-20", &target)]).await, ["accepted"]);
    assert_eq!(counts(&officer, &event).await["total"]["activated"], 0);
    let stays = tally(&event, TODAY, json!({"activated": 6}));
    assert_eq!(send(&officer, &[stays.clone(), void(&second, TODAY, &stays)]).await, ["accepted"; 2]);
    assert_eq!(counts(&officer, &event).await["total"]["activated"], 6);
    let ledger = officer.get(&format!("/results?event={event}")).await.expect(200).json();
    let voided: Vec<_> = ledger["items"].as_array().unwrap().iter().filter(|row| row["voided"] == true).collect();
    assert_eq!((voided.len(), &voided[0]["id"]), (1, &target["id"]));
}

#[actix_web::test]
async fn an_undo_that_came_first_is_shown_as_zero_with_a_warning() {
    let (_app, officer, event) = field().await;
    send(&officer, &[tally(&event, TODAY, json!({"activated": -2, "no_email": 1}))]).await;
    let day = counts(&officer, &event).await["days"][0].clone();
    assert_eq!(
        (&day["activated"], &day["reached"], &day["warnings"][0]["code"]),
        (&json!(0), &json!(1), &json!("negative_count"))
    );
    send(&officer, &[tally(&event, TODAY, json!({"activated": 90}))]).await;
    let day = counts(&officer, &event).await["days"][0].clone();
    assert_eq!((&day["activated"], &day["warnings"][0]["code"]), (&json!(88), &json!("day_above_capacity")));
}

#[actix_web::test]
async fn two_phones_at_one_event_add_up() {
    let (app, officer, event) = field().await;
    app.add_user("officer2", "officer", "33.03").await;
    app.add_team("T-2", 40, &["officer2"]).await;
    assert_eq!(send(&officer, &[tally(&event, TODAY, json!({"activated": 3}))]).await, ["accepted"]);
    let second = app.as_user("officer2").await;
    assert_eq!(send(&second, &[tally(&event, TODAY, json!({"activated": 4}))]).await, ["held: not_on_team"]);
    let own = app.as_coordinator().await;
    assert_eq!(send(&own, &[tally(&event, TODAY, json!({"activated": 5}))]).await, ["accepted"]);
    assert_eq!(counts(&officer, &event).await["total"]["activated"], 8);
}

#[actix_web::test]
async fn a_first_tally_counts_every_service_of_the_day_also_with_nobody() {
    let (_app, officer, event) = field().await;
    send(&officer, &[tally(&event, TODAY, json!({}))]).await;
    assert_eq!(counts(&officer, &event).await["total"]["counts"], json!({"activated": 0, "ktp_recorded": 0}));
}

#[actix_web::test]
async fn start_and_finish_move_the_event_and_the_first_tally_reports_it() {
    let (app, officer, event) = field().await;
    let draft = app.add_event("T-1", EventState::Draft, &[TODAY], "activated").await;
    let stands = async |id: &str| app.event_stands(id).await;
    assert_eq!(stands(&event).await, "confirmed unreported 1");
    send(&officer, &[entry(&event, TODAY, "start"), entry(&draft, TODAY, "finish")]).await;
    assert_eq!(
        (stands(&event).await, stands(&draft).await),
        ("ongoing unreported 2".into(), "draft unreported 1".into())
    );
    send(&officer, &[tally(&event, TODAY, json!({"activated": 1})), entry(&event, TODAY, "finish")]).await;
    send(&officer, &[entry(&draft, TODAY, "start")]).await;
    assert_eq!((stands(&event).await, stands(&draft).await), ("done reported 4".into(), "ongoing unreported 2".into()));
    send(&officer, &[tally(&event, TODAY, json!({"activated": 1})), entry(&event, TODAY, "start")]).await;
    assert_eq!(stands(&event).await, "done reported 4");
}

#[actix_web::test]
async fn the_desk_is_refused_all_or_nothing_where_the_field_is_held() {
    let (app, officer, event) = field().await;
    let cancelled = app.add_event("T-1", EventState::Cancelled, &[TODAY], "activated").await;
    let coordinator = app.as_coordinator().await;
    let desk = |entries: &[Value]| {
        let mut batch = batch(entries);
        batch["device"] = json!("desk");
        batch
    };
    let good = tally(&event, TODAY, json!({"activated": 3}));
    let bad = [
        good.clone(),
        tally(&cancelled, TODAY, json!({"activated": 1})),
        tally(&event, "2026-11-19", json!({"activated": 1})),
        tally(&event, "2026-11-22", json!({"activated": 1})),
        tally(&new_id(), TODAY, json!({"activated": 1})),
        tally(&event, TODAY, json!({"activated": 1001})),
        void(&event, TODAY, &json!({"id": new_id()})),
    ];
    let errors = [
        "entries[1].event: state_takes_no_results",
        "entries[2].date: outside_days",
        "entries[3].date: future",
        "entries[4].event: not_found",
        "entries[5].counts.activated: out_of_range",
        "entries[6].voids: not_found",
    ];
    assert_eq!(coordinator.post("/results/batch", desk(&bad)).await.expect(422).errors(), errors);
    assert_eq!(counts(&officer, &event).await["days"], json!([]));

    let wrong = tally(&event, TODAY, json!({"activated": 300}));
    let reply = coordinator.post("/results/batch", desk(from_ref(&wrong))).await.expect(200).json();
    assert_eq!(
        (fates(&reply), &reply["results"][0]["warnings"]),
        (vec!["accepted".to_owned()], &json!(["implausible"]))
    );
    let mut silent = void(&event, TODAY, &wrong);
    silent["reason"] = Value::Null;
    let refused = coordinator.post("/results/batch", desk(&[silent])).await.expect(422);
    assert_eq!(refused.errors(), ["entries[0].reason: reason_required"]);
    let mut single = tally(&event, "2026-11-22", json!({}));
    single["device"] = json!("desk");
    assert_eq!(coordinator.post("/results", single).await.expect(422).errors(), ["date: future"]);

    let mut right = tally(&event, TODAY, json!({"activated": 30}));
    right["reason"] = json!("salah ketik");
    coordinator.post("/results/batch", desk(&[void(&event, TODAY, &wrong), right])).await.expect(200);
    assert_eq!(counts(&officer, &event).await["total"]["activated"], 30);
    let ledger = officer.get(&format!("/results?event={event}&from={TODAY}")).await.expect(200).json();
    let rows = ledger["items"].as_array().unwrap();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row["source"] == "desk" && row["user"] == "coordinator" && row["team"] == "T-1"));
    assert_eq!(rows.iter().filter(|row| row["reason"] == "salah ketik" && row["voided"] == false).count(), 1);
    // An officer is in the field whatever the phone is called.
    let held = officer.post("/results/batch", desk(&[tally(&event, "2026-11-22", json!({}))])).await.expect(200).json();
    assert_eq!(fates(&held), ["held: future"]);
}

#[actix_web::test]
async fn the_ledger_is_listed_in_pages_with_who_counted_when_and_on_what() {
    let (_app, officer, event) = field().await;
    let entries: Vec<Value> = (1..=5).map(|n| tally(&event, TODAY, json!({"activated": n}))).collect();
    send(&officer, &entries).await;
    let mut seen = Vec::new();
    let mut address = "/results?limit=2".to_owned();
    loop {
        let page = officer.get(&address).await.expect(200).json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|row| row["counts"]["activated"].as_i64().unwrap()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        address = format!("/results?limit=2&cursor={cursor}");
    }
    assert_eq!(seen, [1, 2, 3, 4, 5]);
    let row = officer.get("/results?limit=1").await.json()["items"][0].clone();
    let told = json!({"id": entries[0]["id"], "event": event, "date": TODAY, "kind": "tally", "counts": {"activated": 1},
        "voided": false, "source": "field", "user": "officer", "team": "T-1", "device": "hp-1",
        "at": "2026-11-21T02:30:00.000000Z", "received_at": "2026-11-21T02:00:00.000000Z"});
    assert_eq!(row, told);
    assert_eq!(officer.get("/results?to=2026-11-20").await.json()["items"], json!([]));
}

#[actix_web::test]
async fn a_token_for_results_sends_and_reads_nothing() {
    let (app, _, event) = field().await;
    let phone = app.as_user_with("officer", &["results"]).await;
    assert_eq!(send(&phone, &[tally(&event, TODAY, json!({"activated": 1}))]).await, ["accepted"]);
    phone.get("/results").await.expect(403);
    phone.post("/totals", json!({})).await.expect(403);
}

#[actix_web::test]
async fn eight_phones_that_send_the_same_at_once_are_counted_once() {
    let (app, officer, event) = field().await;
    let spot = new_id();
    let mut new = entry(&spot, TODAY, "event_new");
    new["event_new"] = json!({"title": "RW 3", "services": ["activated"]});
    let mut entries: Vec<Value> = (0..30).map(|_| tally(&event, TODAY, json!({"activated": 1}))).collect();
    entries.push(tally(&spot, TODAY, json!({"activated": 5})));
    entries.push(new);
    let phones = (0..8).map(|phone| {
        let (client, entries) = (officer.clone(), entries.clone());
        async move {
            let mut sent = Vec::new();
            for round in 0..6 {
                let start = (phone * 5 + round * 7) % entries.len();
                let part: Vec<Value> = entries.iter().cycle().skip(start).take(12).cloned().collect();
                sent.push(client.post("/results/batch", batch(&part)).await.expect(200));
            }
            client.post("/results/batch", batch(&entries)).await.expect(200);
        }
    });
    join(phones).await;
    assert_eq!(counts(&officer, &event).await["total"]["activated"], 30);
    assert_eq!(counts(&officer, &spot).await["total"]["activated"], 5);
    assert_eq!(officer.get("/held?decision=waiting").await.json()["items"], json!([]));
    let figures = app.services.recording.read();
    assert_eq!((figures.accepted + figures.held, figures.rejected), (32, 0));
}

/// Runs all of them at once.
async fn join(tasks: impl Iterator<Item = impl Future<Output = ()> + 'static>) {
    let running: Vec<_> = tasks.map(actix_web::rt::spawn).collect();
    for task in running {
        task.await.unwrap();
    }
}
