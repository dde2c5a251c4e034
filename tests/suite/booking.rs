//! Booking events over HTTP: what is asked comes back, what is taken is refused, what is odd is warned of.

use serde_json::{Value, json};

use crate::support::{Client, TestApp, booking};

const SUNDAY: &str = "2026-11-22";
const MONDAY: &str = "2026-11-23";
const TUESDAY: &str = "2026-11-24";
const FRIDAY: &str = "2026-11-27";

async fn book(client: &Client, body: Value) -> Value {
    client.post("/events", body).await.expect(201).json()
}

fn path(event: &Value) -> String {
    format!("/events/{}", event["id"].as_str().unwrap())
}

fn with(mut body: Value, changes: Value) -> Value {
    if let Value::Object(fields) = changes {
        for (name, value) in fields {
            body[name] = value;
        }
    }
    body
}

fn codes(event: &Value) -> Vec<&str> {
    event["warnings"].as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn the_whole_body_comes_back_with_what_the_office_adds() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let body = json!({
        "kind": "outreach", "title": "Jemput bola SMKN 1", "venue": "V-1", "teams": ["T-2", "T-1"], "units": ["KIT-1"],
        "officers": ["officer"],
        "days": [{"date": TUESDAY, "slots": ["evening"]},
            {"date": MONDAY, "slots": ["morning", "afternoon"], "starts": "09.00", "ends": "15:30"}],
        "services": ["ktp_recorded", "activated"], "host_programme": "Tilik Desa",
        "request": {"by": "Kepala sekolah", "received_on": "2026-11-16", "letter_number": "421/017", "expected": 250},
        "notes": "Listrik dari aula.", "state": "proposed"
    });
    let reply = coordinator.post("/events", body).await.expect(201);
    let event = reply.json();
    assert_eq!(reply.header("location"), format!("/api/v1/offices/33.03{}", path(&event)));
    assert_eq!(reply.header("etag"), "\"1\"");
    let expected = json!({
        "kind": "outreach", "title": "Jemput bola SMKN 1", "venue": "V-1", "teams": ["T-1", "T-2"], "units": ["KIT-1"],
        "officers": ["officer"],
        "days": [{"date": MONDAY, "slots": ["morning", "afternoon"], "starts": "09:00", "ends": "15:30"},
            {"date": TUESDAY, "slots": ["evening"], "starts": null, "ends": null}],
        "services": ["activated", "ktp_recorded"], "host_programme": "Tilik Desa",
        "request": {"by": "Kepala sekolah", "received_on": "2026-11-16", "letter_number": "421/017", "expected": 250},
        "notes": "Listrik dari aula.", "state": "proposed", "office": "33.03", "reporting": "unreported",
        "unplanned": false, "entered_late": false, "version": 1, "warnings": [],
        // Two teams, a kit, an officer and the venue, on three slots.
        "claims_held": 15
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&event[name], value, "{name}");
    }
    let shown = coordinator.get(&path(&event)).await.expect(200);
    assert_eq!((shown.json(), shown.header("etag")), (event, "\"1\""));
}

#[actix_web::test]
async fn units_and_officers_come_from_the_teams_unless_they_are_named() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let event = book(&coordinator, with(booking("V-1", "T-1", MONDAY), json!({"teams": ["T-1", "T-2"]}))).await;
    assert_eq!((&event["units"], &event["officers"]), (&json!(["CAR-1", "CAR-2"]), &json!(["officer", "officer2"])));
    assert_eq!((&event["services"], &event["state"]), (&json!(["activated"]), &json!("draft")));
    let nobody = with(booking("V-2", "T-1", TUESDAY), json!({"units": [], "officers": [], "kind": "briefing"}));
    let event = book(&coordinator, nobody).await;
    assert_eq!((&event["units"], &event["officers"], &event["services"]), (&json!([]), &json!([]), &json!([])));
    let hours =
        with(booking("V-3", "T-1", FRIDAY), json!({"days": [{"date": FRIDAY, "starts": "08:00", "ends": "11:00"}]}));
    assert_eq!(book(&coordinator, hours).await["days"][0]["slots"], json!(["dawn", "morning"]));
}

#[actix_web::test]
async fn every_clash_is_listed_in_order_and_nothing_of_the_refused_booking_stays() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let both = json!([{"date": TUESDAY, "slots": ["dawn", "morning"]}, {"date": MONDAY, "slots": ["afternoon"]}]);
    let held = book(&coordinator, with(booking("V-1", "T-1", MONDAY), json!({"days": both, "units": ["KIT-1"]}))).await;
    let refused = coordinator
        .post(
            "/events",
            with(
                booking("V-1", "T-2", MONDAY),
                json!({"days": both, "units": ["KIT-1"], "teams": ["T-1", "T-2"], "officers": ["officer2", "officer"]}),
            ),
        )
        .await
        .expect(409);
    let mut expected = Vec::new();
    for moment in ["2026-11-23 afternoon", "2026-11-24 dawn", "2026-11-24 morning"] {
        for subject in ["officer officer", "team T-1", "unit KIT-1", "venue V-1"] {
            expected.push(format!("{subject} {moment}"));
        }
    }
    assert_eq!(refused.clashes(), expected);
    let first = &refused.json()["clashes"][0];
    assert_eq!((&first["event"], &first["event_title"]), (&held["id"], &json!("Jemput bola V-1")));
    assert_eq!(refused.json()["title"], "Sudah dipesan");
    // The other team and its officer are still free, and only one event is there.
    book(&coordinator, booking("V-2", "T-2", TUESDAY)).await;
    assert_eq!(coordinator.get("/events").await.json()["items"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn each_kind_of_subject_clashes_and_another_slot_or_day_does_not() {
    let (app, coordinator) = TestApp::with_registry().await;
    app.add_user("bebas", "officer", "33.03").await;
    let alone = |venue: &str, team: &str, units: Value, officers: Value| {
        with(booking(venue, team, MONDAY), json!({"units": units, "officers": officers}))
    };
    book(&coordinator, alone("V-1", "T-1", json!(["CAR-1"]), json!(["officer"]))).await;
    for (body, clash) in [
        (alone("V-1", "T-2", json!([]), json!([])), "venue V-1"),
        (alone("V-2", "T-1", json!([]), json!([])), "team T-1"),
        (alone("V-2", "T-2", json!(["CAR-1"]), json!([])), "unit CAR-1"),
        (alone("V-2", "T-2", json!([]), json!(["officer"])), "officer officer"),
    ] {
        let refused = coordinator.post("/events", body).await.expect(409);
        assert_eq!(refused.clashes(), [format!("{clash} 2026-11-23 morning")]);
    }
    let afternoon = json!({"days": [{"date": MONDAY, "slots": ["afternoon"]}]});
    book(&coordinator, with(booking("V-1", "T-1", MONDAY), afternoon)).await;
    book(&coordinator, booking("V-1", "T-1", TUESDAY)).await;
    book(&coordinator, alone("V-2", "T-2", json!(["CAR-2"]), json!(["bebas"]))).await;
}

#[actix_web::test]
async fn of_twenty_bookings_at_once_through_two_servers_exactly_one_wins() {
    let (app, coordinator) = TestApp::with_registry().await;
    let second = app.second_server();
    let clients = [coordinator.at(&app.url), coordinator.at(&second.url)];
    for (round, date) in [MONDAY, TUESDAY, FRIDAY].into_iter().enumerate() {
        let attempts = (0..20).map(|n| {
            // Half of them meet in the team, half in the venue, so that each waits for several others.
            let (venue, team) = (["V-1", "V-2"][n % 2], ["T-1", "T-2"][n / 2 % 2]);
            let body = with(booking(venue, team, date), json!({"officers": ["officer"], "units": []}));
            let client = clients[n % 2].at(if n % 2 == 0 { &app.url } else { &second.url });
            actix_web::rt::spawn(async move { client.post("/events", body).await.status })
        });
        let attempts: Vec<_> = attempts.collect();
        let mut statuses = Vec::new();
        for attempt in attempts {
            statuses.push(attempt.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!((statuses[0], &statuses[1..]), (201, &[409; 19][..]), "{date}");
        let stored = coordinator.get("/events").await.json()["items"].as_array().unwrap().len();
        assert_eq!(stored, round + 1);
    }
}

#[actix_web::test]
async fn what_is_odd_is_warned_of_in_the_reader_s_language_and_booked() {
    let (app, coordinator) = TestApp::with_registry().await;
    let market = json!({"code": "PASAR", "name": "Pasar Badog", "kind": "market", "region": "33.03.05",
        "weekdays": ["sun"]});
    coordinator.post("/venues", market).await.expect(201);
    app.add_user("pusat", "admin", "").await;
    let holiday = json!({"date": FRIDAY, "kind": "public_holiday", "name": "Hari uji"});
    app.as_user("pusat").await.post("/api/v1/holidays", holiday).await.expect(201);
    let body = with(
        booking("PASAR", "T-1", FRIDAY),
        json!({"days": [{"date": FRIDAY, "starts": "09:00", "ends": "12:00"}], "request": {"expected": 1200}}),
    );
    let event = book(&coordinator, body).await;
    assert_eq!(codes(&event), ["over_capacity", "holiday", "venue_closed", "friday_prayer"]);
    let messages: Vec<_> =
        event["warnings"].as_array().unwrap().iter().map(|w| w["message"].as_str().unwrap()).collect();
    assert!(
        messages[0].contains("1.200 orang") && messages[1].contains("Jumat, 27 November 2026 hari libur: Hari uji")
    );
    let get = coordinator.request(reqwest::Method::GET, &path(&event)).header("accept-language", "en");
    let english = coordinator.send(get).await.expect(200).json();
    assert!(english["warnings"][0]["message"].as_str().unwrap().contains("1,200 people"));
    assert!(english["warnings"][2]["message"].as_str().unwrap().starts_with("Pasar Badog is closed on Friday"));
    assert_eq!(english["warnings"][1]["date"], FRIDAY);
    let list = coordinator.get("/events").await.expect(200).json();
    assert_eq!(list["items"][0]["warnings"], event["warnings"]);
}

#[actix_web::test]
async fn an_absent_officer_is_refused_also_when_he_came_with_the_team() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let away = json!({"login": "officer", "from": MONDAY, "to": TUESDAY, "reason": "cuti"});
    coordinator.post("/absences", away).await.expect(201);
    let refused = coordinator.post("/events", booking("V-1", "T-1", MONDAY)).await.expect(422);
    assert_eq!(refused.errors(), ["officers: officer_absent"]);
    assert!(refused.json()["errors"][0]["message"].as_str().unwrap().contains("Senin, 23 November 2026"));
    let event = book(&coordinator, booking("V-1", "T-1", "2026-11-25")).await;
    // An absence entered over a booking is somebody's decision: other changes of the event still pass.
    let later = json!({"login": "officer", "from": "2026-11-25", "to": "2026-11-25"});
    coordinator.post("/absences", later).await.expect(201);
    coordinator.patch_version(&path(&event), 1, json!({"title": "Judul lain"})).await.expect(200);
    let moved = json!({"days": [{"date": TUESDAY, "slots": ["morning"]}]});
    coordinator.patch_version(&path(&event), 2, moved).await.expect(422);
}

#[actix_web::test]
async fn what_does_not_exist_is_named_by_its_place_and_archived_things_do_not_exist() {
    let (app, coordinator) = TestApp::with_registry().await;
    app.add_user("tetangga", "officer", "33.04").await;
    coordinator.delete("/venues/V-3").await.expect(204);
    let body = with(
        booking("V-3", "T-1", MONDAY),
        json!({"teams": ["T-1", "T-9"], "units": ["KIT-9"], "officers": ["officer", "tetangga", "siapa"]}),
    );
    let refused = coordinator.post("/events", body).await.expect(422);
    let expected = [
        "venue: not_found",
        "teams[1]: not_found",
        "units[0]: not_found",
        "officers[1]: not_found",
        "officers[2]: not_found",
    ];
    assert_eq!(refused.errors(), expected);
    let broken = json!({"kind": "pesta", "title": " ", "teams": [], "notes": "NIK 3303 0507 0624 0001", "state": "ongoing",
        "days": [{"date": MONDAY, "slots": []}]});
    let errors = coordinator.post("/events", broken).await.expect(422).errors();
    for error in ["kind: unknown_code", "title: required", "days[0].slots: required", "notes: nik_like"] {
        assert!(errors.contains(&error.to_owned()), "{error} in {errors:?}");
    }
    let unknown = with(booking("V-1", "T-1", MONDAY), json!({"nik": "x"}));
    assert_eq!(coordinator.post("/events", unknown).await.expect(422).errors(), ["nik: unknown_field"]);
    let no_venue = with(booking("V-1", "T-1", MONDAY), json!({"venue": null, "teams": []}));
    assert_eq!(
        coordinator.post("/events", no_venue).await.expect(422).errors(),
        ["venue: required", "teams: required"]
    );
    assert_eq!(coordinator.get("/events").await.json()["items"], json!([]));
}

#[actix_web::test]
async fn what_happened_already_is_entered_as_done_and_said_to_be_late() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let done = with(booking("V-1", "T-1", "2026-11-19"), json!({"state": "done"}));
    let event = book(&coordinator, done).await;
    assert_eq!((&event["state"], &event["entered_late"]), (&json!("done"), &json!(true)));
    assert_eq!(codes(&event), ["entered_late"]);
    let ahead = with(booking("V-1", "T-1", MONDAY), json!({"state": "done"}));
    assert_eq!(coordinator.post("/events", ahead).await.expect(422).errors(), ["state: not_past"]);
}

#[actix_web::test]
async fn a_patch_needs_the_version_that_was_seen() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let event = book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    coordinator.patch(&path(&event), json!({"title": "A"})).await.expect(428);
    coordinator.patch_version(&path(&event), 7, json!({"title": "A"})).await.expect(412);
    let reply = coordinator.patch_version(&path(&event), 1, json!({"title": "A", "notes": "B"})).await.expect(200);
    assert_eq!((reply.header("etag"), &reply.json()["title"]), ("\"2\"", &json!("A")));
    coordinator.patch_version(&path(&event), 1, json!({"title": "C"})).await.expect(412);
    let refused = coordinator.patch_version(&path(&event), 2, json!({"state": "confirmed"})).await.expect(422);
    assert_eq!(refused.errors(), ["state: fixed"]);
    coordinator.delete(&path(&event)).await.expect(428);
    coordinator.delete_version(&path(&event), 1).await.expect(412);
    assert_eq!(coordinator.get(&path(&event)).await.json()["title"], "A");
}

#[actix_web::test]
async fn a_patch_moves_days_and_teams_with_their_claims_and_cannot_take_what_is_taken() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let event = book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    let other = book(&coordinator, booking("V-2", "T-2", TUESDAY)).await;
    let two_days =
        json!({"days": [{"date": MONDAY, "slots": ["morning", "evening"]}, {"date": FRIDAY, "slots": ["dawn"]}]});
    let moved = coordinator.patch_version(&path(&event), 1, two_days).await.expect(200).json();
    assert_eq!((&moved["claims_held"], &moved["version"]), (&json!(12), &json!(2)));
    let taken =
        json!({"days": [{"date": TUESDAY, "slots": ["morning"]}], "teams": ["T-2"], "officers": null, "units": null});
    let refused = coordinator.patch_version(&path(&event), 2, taken).await.expect(409);
    assert_eq!(
        refused.clashes(),
        ["officer officer2 2026-11-24 morning", "team T-2 2026-11-24 morning", "unit CAR-2 2026-11-24 morning"]
    );
    assert_eq!(coordinator.get(&path(&event)).await.json(), moved);
    // What the event gave back by moving is free for others.
    let away =
        json!({"days": [{"date": FRIDAY, "slots": ["dawn"]}], "teams": ["T-2"], "officers": null, "units": null});
    let changed = coordinator.patch_version(&path(&event), 2, away).await.expect(200).json();
    assert_eq!((&changed["officers"], &changed["units"]), (&json!(["officer2"]), &json!(["CAR-2"])));
    book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    let swapped = json!({"days": [{"date": MONDAY, "slots": ["evening"]}]});
    coordinator.patch_version(&path(&other), 1, swapped).await.expect(200);
}

#[actix_web::test]
async fn a_draft_disappears_and_what_was_announced_stays_as_cancelled() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let draft = book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    coordinator.delete_version(&path(&draft), 1).await.expect(204);
    coordinator.get(&path(&draft)).await.expect(404);
    coordinator.delete_version(&path(&draft), 1).await.expect(404);
    let confirmed = book(&coordinator, with(booking("V-1", "T-1", MONDAY), json!({"state": "confirmed"}))).await;
    coordinator.delete_version(&path(&confirmed), 1).await.expect(204);
    let left = coordinator.get(&path(&confirmed)).await.expect(200).json();
    assert_eq!((&left["state"], &left["claims_held"]), (&json!("cancelled"), &json!(0)));
    coordinator.delete_version(&path(&confirmed), 2).await.expect(204);
    let done = with(booking("V-1", "T-1", "2026-11-19"), json!({"state": "done"}));
    let done = book(&coordinator, done).await;
    coordinator.delete_version(&path(&done), 1).await.expect(409);
}

#[actix_web::test]
async fn rights_end_at_the_role_and_at_the_office() {
    let (app, coordinator) = TestApp::with_registry().await;
    let event = book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    for login in ["officer", "head", "viewer"] {
        let client = app.as_user(login).await;
        client.get(&path(&event)).await.expect(200);
        client.post("/events", booking("V-2", "T-2", MONDAY)).await.expect(403);
        client.patch(&path(&event), json!({"title": "A"})).await.expect(403);
        client.delete(&path(&event)).await.expect(403);
        client.post_nothing(&format!("{}/confirm", path(&event))).await.expect(403);
        client.post_nothing(&format!("{}/verify", path(&event))).await.expect(403);
    }
    app.add_user("tetangga", "coordinator", "33.04").await;
    let neighbour = app.as_user("tetangga").await;
    neighbour.get(&path(&event)).await.expect(404);
    neighbour.post("/events", booking("V-2", "T-2", MONDAY)).await.expect(404);
    coordinator.get("/events/0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11").await.expect(404);
    coordinator.get("/events/satu").await.expect(404);
}

#[actix_web::test]
async fn a_list_is_narrowed_and_goes_on_where_its_cursor_says() {
    let (_app, coordinator) = TestApp::with_registry().await;
    for (venue, team, date, state) in [
        ("V-1", "T-1", FRIDAY, "confirmed"),
        ("V-1", "T-1", SUNDAY, "proposed"),
        ("V-2", "T-2", MONDAY, "confirmed"),
        ("V-3", "T-2", TUESDAY, "draft"),
    ] {
        book(&coordinator, with(booking(venue, team, date), json!({"state": state}))).await;
    }
    let titles = async |query: &str| {
        let page = coordinator.get(&format!("/events{query}")).await.expect(200).json();
        let titles: Vec<_> = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| format!("{} {}", e["venue"], e["days"][0]["date"]))
            .collect();
        (titles.join(", ").replace('"', ""), page["next_cursor"].as_str().unwrap_or_default().to_owned())
    };
    let all = "V-1 2026-11-22, V-2 2026-11-23, V-3 2026-11-24, V-1 2026-11-27";
    assert_eq!(titles("").await, (all.to_owned(), String::new()));
    assert_eq!(titles("?from=2026-11-24&to=2026-11-26").await.0, "V-3 2026-11-24");
    assert_eq!(titles("?state=draft,proposed").await.0, "V-1 2026-11-22, V-3 2026-11-24");
    assert_eq!(titles("?team=T-2&venue=V-2").await.0, "V-2 2026-11-23");
    assert_eq!(titles("?officer=officer&kind=outreach&reporting=unreported").await.0, "V-1 2026-11-22, V-1 2026-11-27");
    let (mut seen, mut query) = (Vec::new(), "?limit=1".to_owned());
    loop {
        let (title, next) = titles(&query).await;
        seen.push(title);
        if next.is_empty() {
            break;
        }
        query = format!("?limit=1&cursor={next}");
    }
    assert_eq!(seen.join(", "), all);
    for (query, error) in [
        ("?venue=V-9", "venue: not_found"),
        ("?officer=siapa", "officer: not_found"),
        ("?state=late", "state: unknown_code"),
        ("?from=2026-11-24&to=2026-11-23", "to: ends_before_start"),
        ("?cursor=venues-33.03~A", "cursor: foreign_cursor"),
        ("?cursor=events-33.03~A", "cursor: foreign_cursor"),
        ("?sort=title", "sort: unknown_field"),
    ] {
        assert_eq!(coordinator.get(&format!("/events{query}")).await.expect(422).errors(), [error]);
    }
}
