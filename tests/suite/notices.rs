//! What teams are told by letter: confirmed, moved, cancelled, tomorrow, and results that are missing.

use jemputbola::service::Services;
use serde_json::{Value, json};

use crate::support::smtp::SmtpSink;
use crate::support::{Client, TestApp, booking};

const TUESDAY: &str = "2026-11-24";

/// An office with two teams of one officer each, who have addresses, as their coordinator has; the first one reads English.
async fn office() -> (TestApp, Client, SmtpSink) {
    let (app, coordinator) = TestApp::with_registry().await;
    let admin = app.as_admin().await;
    for (login, language) in [("officer", "en"), ("officer2", "id"), ("coordinator", "id")] {
        let details = json!({"email": format!("{login}@dukcapil.example"), "language": language});
        admin.patch_version(&format!("/api/v1/users/{login}"), 1, details).await.expect(200);
    }
    (app, coordinator, SmtpSink::start())
}

/// Sends what is due to the sink.
async fn deliver(app: &TestApp, sink: &SmtpSink) {
    let sender = "Jemput Bola <jb@dukcapil.example>".parse().unwrap();
    let mailer = jemputbola::mail::Mailer::new(sink.url().parse().unwrap(), sender, None, 2).unwrap();
    let mail = jemputbola::service::mail_room::MailRoom::new(mailer, "http://jb.example".to_owned());
    let services = Services { mail: std::sync::Arc::new(mail), ..app.services.clone() };
    services.deliver_due().await.unwrap();
}

async fn book(client: &Client, date: &str, state: &str) -> (String, i64) {
    let mut body = booking("V-1", "T-1", date);
    body["state"] = json!(state);
    let event = client.post("/events", body).await.expect(201).json();
    (format!("/events/{}", event["id"].as_str().unwrap()), event["version"].as_i64().unwrap())
}

/// The letters of the office, oldest first: kind and recipient.
async fn letters(app: &TestApp) -> Vec<String> {
    let list = app.as_admin().await.get("/letters?limit=500").await.expect(200).json();
    let items = list["items"].as_array().unwrap();
    let told = |letter: &Value| {
        let name = letter["recipient"].as_str().unwrap().split('@').next().unwrap();
        format!("{} {name}", letter["kind"].as_str().unwrap())
    };
    items.iter().rev().map(told).collect()
}

/// The calendar entries in a message, decoded.
fn calendars(message: &str) -> Vec<String> {
    use base64::Engine;
    let parts = message.split("Content-Type: text/calendar").skip(1);
    let decode = |part: &str| {
        let (head, body) = part.split_once("\r\n\r\n").unwrap();
        let body = body.split("\r\n--").next().unwrap();
        if head.contains("base64") {
            let bytes = base64::engine::general_purpose::STANDARD.decode(body.replace("\r\n", "")).unwrap();
            return String::from_utf8(bytes).unwrap();
        }
        body.replace("=\r\n", "").replace("=3D", "=").replace("=0D=0A", "\r\n").replace("=0D", "\r")
    };
    parts.map(decode).collect()
}

fn line<'a>(calendar: &'a str, key: &str) -> &'a str {
    calendar.lines().find(|line| line.starts_with(key)).unwrap_or_else(|| panic!("no {key} in {calendar}")).trim_end()
}

#[actix_web::test]
async fn a_team_is_told_when_its_event_is_confirmed_moved_and_cancelled_and_its_calendars_follow() {
    let (app, coordinator, sink) = office().await;
    let (event, _) = book(&coordinator, TUESDAY, "draft").await;
    assert_eq!(letters(&app).await, [""; 0], "a draft is nobody's business");
    coordinator.post(&format!("{event}/confirm"), json!({})).await.expect(200);
    let mut moved = booking("V-1", "T-1", "2026-11-25");
    moved["title"] = json!("Jemput bola V-1");
    let version = coordinator.get(&event).await.json()["version"].as_i64().unwrap();
    coordinator.patch_version(&event, version, json!({"days": moved["days"]})).await.expect(200);
    coordinator.patch_version(&event, version + 1, json!({"notes": "bawa kabel"})).await.expect(200);
    coordinator.post(&format!("{event}/cancel"), json!({"reason": "hujan lebat"})).await.expect(200);
    let expected = ["event_confirmed officer", "event_moved officer", "event_cancelled officer"];
    assert_eq!(letters(&app).await, expected, "notes are no news");

    deliver(&app, &sink).await;
    let all = sink.received();
    let (mut entries, mut subjects) = (Vec::new(), Vec::new());
    for letter in &all {
        let entry = calendars(&letter.text).remove(0);
        subjects.push(letter.text.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap().to_owned());
        // What is cancelled says so in its text, too, which is what many programs show.
        let told = entry.replace("\r\n ", "").to_lowercase();
        assert_eq!(told.contains("method:cancel"), told.contains("state: cancelled"), "{entry}");
        entries.push(
            [line(&entry, "METHOD"), line(&entry, "UID"), line(&entry, "SEQUENCE"), line(&entry, "DTSTART")]
                .map(str::to_owned),
        );
        assert!(
            entry.contains("ORGANIZER")
                && entry.contains("ATTENDEE")
                && entry.contains("mailto:officer@dukcapil.example"),
            "{entry}"
        );
    }
    entries.sort_by_key(|entry| entry[2].clone());
    assert!(entries.iter().all(|entry| entry[1] == entries[0][1]), "one entry of the calendar: {entries:?}");
    let course: Vec<_> = entries.iter().map(|entry| (entry[0].as_str(), entry[3].as_str())).collect();
    let expected = [
        ("METHOD:REQUEST", "DTSTART:20261124T020000Z"),
        ("METHOD:REQUEST", "DTSTART:20261125T020000Z"),
        ("METHOD:CANCEL", "DTSTART:20261125T020000Z"),
    ];
    assert_eq!(course, expected);
    subjects.sort();
    assert!(subjects[0].starts_with("Cancelled: ") && subjects[2].starts_with("Confirmed: "), "English: {subjects:?}");
}

#[actix_web::test]
async fn another_team_brings_news_for_those_who_come_and_those_who_need_not() {
    let (app, coordinator, sink) = office().await;
    let (event, version) = book(&coordinator, TUESDAY, "confirmed").await;
    coordinator.patch_version(&event, version, json!({"teams": ["T-2"], "officers": ["officer2"]})).await.expect(200);
    let mut told = letters(&app).await;
    told.sort();
    assert_eq!(told, ["event_cancelled officer", "event_confirmed officer", "event_confirmed officer2"]);
    deliver(&app, &sink).await;
    let entry = calendars(&sink.only_to("officer2@dukcapil.example").text).remove(0);
    assert_eq!(line(&entry, "METHOD"), "METHOD:REQUEST");
}

#[actix_web::test]
async fn what_is_over_is_no_news() {
    let (app, coordinator, _sink) = office().await;
    book(&coordinator, "2026-11-19", "done").await;
    assert_eq!(letters(&app).await, [""; 0]);
}

#[actix_web::test]
async fn the_day_before_the_team_is_reminded_once_by_the_offices_clock() {
    let (app, coordinator, _sink) = office().await;
    book(&coordinator, TUESDAY, "confirmed").await;
    for (moment, reminders) in [
        // Monday 14.59 and 15.00 WIB, then again and again.
        ("2026-11-23T07:59:00Z", 0),
        ("2026-11-23T08:00:00Z", 1),
        ("2026-11-23T08:10:00Z", 1),
        ("2026-11-23T13:50:00Z", 1),
        ("2026-11-24T08:10:00Z", 1),
    ] {
        app.set_now(moment);
        app.services.remind_staff().await.unwrap();
        let told = letters(&app).await;
        assert_eq!(
            told.iter().filter(|told| *told == "event_reminder officer").count(),
            reminders,
            "{moment}: {told:?}"
        );
    }
}

#[actix_web::test]
async fn a_missing_result_is_asked_of_the_officer_and_a_day_later_of_the_coordinator() {
    let (app, coordinator, sink) = office().await;
    book(&coordinator, TUESDAY, "confirmed").await;
    let of_results = |told: Vec<String>| told.into_iter().filter(|told| told.starts_with("result")).collect::<Vec<_>>();
    for (moment, expected) in [
        ("2026-11-24T10:00:00Z", &[][..]),
        ("2026-11-25T00:59:00Z", &[][..]),
        ("2026-11-25T01:00:00Z", &["result_reminder officer"][..]),
        ("2026-11-25T09:00:00Z", &["result_reminder officer"][..]),
        ("2026-11-26T01:00:00Z", &["result_reminder officer", "result_reminder coordinator"][..]),
        ("2026-11-28T01:00:00Z", &["result_reminder officer", "result_reminder coordinator"][..]),
    ] {
        app.set_now(moment);
        app.services.remind_staff().await.unwrap();
        assert_eq!(of_results(letters(&app).await), expected, "{moment}");
    }
    deliver(&app, &sink).await;
    assert!(
        sink.received().iter().all(|letter| letter.text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
            == letter.text.contains("/berhenti/"))
    );
}

#[actix_web::test]
async fn one_click_ends_reminders_and_only_those_of_the_one_whose_letter_it_was() {
    let (app, coordinator, sink) = office().await;
    let mut body = booking("V-1", "T-1", TUESDAY);
    (body["teams"], body["state"]) = (json!(["T-1", "T-2"]), json!("confirmed"));
    coordinator.post("/events", body).await.expect(201);
    app.set_now("2026-11-23T08:00:00Z");
    app.services.remind_staff().await.unwrap();
    deliver(&app, &sink).await;
    let reminder = sink
        .received()
        .into_iter()
        .find(|letter| letter.to.starts_with("officer@") && letter.text.contains("List-Unsubscribe"))
        .unwrap();
    let link = reminder.text.lines().find_map(|line| line.strip_prefix("List-Unsubscribe: <")).unwrap();
    let path =
        link.trim_end_matches('>').split_once("/berhenti").map(|(_, token)| format!("/berhenti{token}")).unwrap();

    let stranger = app.as_stranger();
    let page = stranger.page(&path).await.expect(200);
    assert!(page.text.contains("reminders of schedule"), "the reader's language: {}", page.text);
    let tampered = path.replace(".reminders.", ".digests.");
    stranger.page(&tampered).await.expect(404);
    // As a mail program does it: from elsewhere, without cookies.
    let one_click = reqwest::Client::new()
        .post(format!("{}{path}", app.url))
        .header("origin", "https://mail.example")
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("List-Unsubscribe=One-Click");
    assert_eq!(one_click.send().await.unwrap().status(), 200);

    let mut next = booking("V-2", "T-1", "2026-11-25");
    (next["teams"], next["state"]) = (json!(["T-1", "T-2"]), json!("confirmed"));
    app.as_coordinator().await.post("/events", next).await.expect(201);
    app.set_now("2026-11-24T08:00:00Z");
    app.services.remind_staff().await.unwrap();
    let told = letters(&app).await;
    let reminders: Vec<_> = told.iter().filter(|told| told.starts_with("event_reminder")).collect();
    assert_eq!(reminders, ["event_reminder officer", "event_reminder officer2", "event_reminder officer2"]);
    stranger.submit(&path, &[("lagi", "ya")]).await.expect(200);
}
