//! The letter that heads read: what it says of the news, who receives it when, and that nobody gets it twice. Its figures
//! are computed anew in `digest_figures`.
use std::collections::BTreeSet;

use jemputbola::app;
use jemputbola::domain::clock::Clock;
use jemputbola::domain::digest::DigestPeriod;
use jemputbola::domain::mail::{MailKind, MailState};
use jemputbola::domain::page::Cut;
use jemputbola::service::digests::{DigestAddressees, DigestLetter, PreviewDigest, SendDigest};
use jemputbola::service::{Caller, Services};
use serde_json::{Value, json};

use crate::support::process::try_run;
use crate::support::{Client, DEMO_DAY, OFFICE, TestApp, TestDatabase, booking};

pub const NEWS: &str = "2024-06-07";

pub fn demo() -> TestApp {
    TestApp::start_on(TestDatabase::create_demo())
}

pub async fn preview(app: &TestApp, office: &str, on: &str, period: DigestPeriod) -> DigestLetter {
    let command = PreviewDigest { on: on.parse().unwrap(), period, to: DigestAddressees::Heads, language: None };
    let letters = app.services.preview_digest(&Caller::system("test"), &office.parse().unwrap(), command).await;
    letters.unwrap().remove(0)
}

/// The letters of an office that wait or have left, as (recipient, period, day).
async fn queued(services: &Services) -> Vec<(String, String, String)> {
    let caller = Caller::system("test");
    let cut = Cut::new(500, None);
    let page = services.list_digest_deliveries(&caller, &OFFICE.parse().unwrap(), None, cut).await.unwrap();
    let mut letters: Vec<_> = page
        .items
        .iter()
        .map(|letter| {
            assert_eq!(letter.kind, MailKind::Digest);
            let report = &letter.payload["report"];
            let text = |name: &str| report[name].as_str().unwrap().to_owned();
            (letter.recipient.to_string(), text("period"), text("on"))
        })
        .collect();
    letters.sort();
    letters
}

/// Gives the test's people an address.
async fn with_addresses(app: &TestApp) {
    let admin = app.as_admin().await;
    for login in ["head", "coordinator", "viewer", "admin", "officer"] {
        let address = format!("/api/v1/users/{login}");
        admin.patch(&address, json!({"email": format!("{login}@dukcapil.example")})).await.expect(200);
    }
}

async fn subscribe(client: &Client, body: Value) -> Value {
    client.post("/digests", body).await.expect(201).json()
}

#[actix_web::test]
async fn the_news_of_purbalingga_arrive_to_the_digit_with_the_factory_held_and_unreported() {
    let app = demo();
    let letter = preview(&app, "33.03", NEWS, DigestPeriod::Weekly).await;
    for figure in [
        "29.890",
        "3,83\u{a0}%",
        "12,78\u{a0}%",
        "203.947",
        "Perlu per hari kalender: 985",
        "Perlu per hari Senin–Jumat: 1.387",
        "Perlu per hari kerja (tanpa libur dan cuti bersama): 1.446",
        "Bila tetap 205 per hari kalender: 9,28\u{a0}%",
        "27 Februari 2027",
        "Bila tetap 205 per hari Senin–Jumat: 7,70\u{a0}%",
        "31 Maret 2028",
        "1 hari data",
        "Pabrik Sampoerna, Karangjambe, Padamara, 6 Juni. Kegiatan terlaksana, hasil belum masuk.",
    ] {
        assert!(letter.text.contains(figure), "{figure} is missing in\n{}", letter.text);
    }
    assert_eq!(letter.subject, "Kurang 203.947 aktivasi; hasil Pabrik Sampoerna 6 Juni belum dilaporkan");
    assert!(letter.picture.is_some() && letter.html.contains("cid:laju"));
    let same = preview(&app, "33.03", NEWS, DigestPeriod::Daily).await;
    assert!(same.text.contains("203.947") && same.text.contains("Ringkasan harian · Jumat Kliwon, 7 Juni 2024"));
}

#[actix_web::test]
async fn the_demo_of_that_day_says_the_same_beside_what_its_own_events_counted() {
    let app = TestApp::start_empty();
    app.services.load_demo(&Caller::system("test"), NEWS.parse().unwrap()).await.unwrap();
    let letter = preview(&app, "33.03", NEWS, DigestPeriod::Weekly).await;
    for figure in [
        "28 hari data",
        "Angka seluruh dinas pada 5 Juni 2024: 205 (1 hari data, tanpa selang).",
        "Bila tetap 205 per hari kalender: 9,28\u{a0}% pada 31 Desember, target tercapai 27 Februari 2027.",
        "Bila tetap 205 per hari Senin–Jumat: 7,70\u{a0}% pada 31 Desember, target tercapai 31 Maret 2028.",
        "Pabrik Sampoerna, Karangjambe, Padamara, 6 Juni. Kegiatan terlaksana, hasil belum masuk.",
    ] {
        assert!(letter.text.contains(figure), "{figure} is missing in\n{}", letter.text);
    }
}

#[actix_web::test]
async fn the_command_that_loads_the_demo_leaves_each_head_the_letter_of_its_day_and_no_older_one() {
    let app = demo();
    let letters = queued(&app.services).await;
    assert_eq!(letters, [("head@purbalingga.example".to_owned(), "weekly".to_owned(), DEMO_DAY.to_owned())]);
    let due = app.services.send_due_digests().await.unwrap();
    assert_eq!(due.letters, 0);
}

#[actix_web::test]
async fn what_was_not_held_late_or_doubted_stands_first_and_a_quiet_week_says_nihil() {
    let (app, coordinator) = TestApp::with_registry().await;
    let letter = preview(&app, OFFICE, "2026-11-20", DigestPeriod::Weekly).await;
    assert!(letter.subject.starts_with("Nihil 14–20 November 2026"), "{}", letter.subject);
    assert!(letter.text.contains("Nihil: tidak ada kegiatan terlaksana"), "{}", letter.text);
    let past = |venue: &str, day: &str, state: &str| {
        let mut body = booking(venue, "T-1", day);
        body["state"] = json!(state);
        body
    };
    let unreported = past("V-1", "2026-11-17", "done");
    coordinator.post("/events", unreported).await.expect(201);
    let not_held = coordinator.post("/events", past("V-2", "2026-11-18", "confirmed")).await.expect(201).json();
    let id = not_held["id"].as_str().unwrap();
    coordinator.post(&format!("/events/{id}/not_held"), json!({"reason": "Jalan longsor"})).await.expect(200);
    let report = preview(&app, OFFICE, "2026-11-20", DigestPeriod::Weekly).await;
    assert!(report.text.contains("Tempat 2, Purbalingga, 18 November. Alasan: Jalan longsor."), "{}", report.text);
    assert!(report.text.contains("Tempat 1, Purbalingga, 17 November. Kegiatan terlaksana, hasil belum masuk."));
    assert!(!report.text.contains("Nihil"), "{}", report.text);
    // Its result comes three days after it was over.
    let csv = "day,venue,team,event_kind,precision,activated\n2026-11-17,V-1,T-1,outreach,exact,31\n";
    app.set_now("2026-11-20T03:00:00Z");
    coordinator.import("results", csv).await.expect(200);
    let report = preview(&app, OFFICE, "2026-11-20", DigestPeriod::Weekly).await;
    assert!(report.text.contains("Hasil masuk 3 hari kemudian."), "{}", report.text);
    assert_eq!(report.payload.report.exceptions.unreported.total(), 0);
}

#[actix_web::test]
async fn a_letter_leaves_at_the_hour_of_the_office_once_whoever_looks_at_the_clock() {
    let app = TestApp::start().await;
    with_addresses(&app).await;
    let head = app.as_user("head").await;
    // Saturday 21 November, 09.00 WIB.
    let weekly = subscribe(&head, json!({"recipient": "head", "period": "weekly"})).await;
    assert_eq!(weekly["next_at"], "2026-11-23T00:00:00.000000Z", "Monday at seven");
    subscribe(&head, json!({"recipient": "coordinator", "period": "daily", "time": "16.00"})).await;
    assert_eq!(app.services.send_due_digests().await.unwrap().letters, 0);
    app.set_now("2026-11-23T00:00:00Z");
    let now = app.now();
    let other = app::build_services(&app.settings, Clock::new(move || now)).unwrap();
    let (here, there) = tokio::join!(app.services.send_due_digests(), other.send_due_digests());
    assert_eq!(here.unwrap().letters + there.unwrap().letters, 1);
    assert_eq!(queued(&app.services).await, [("head@dukcapil.example".into(), "weekly".into(), "2026-11-22".into())]);
    assert_eq!(app.services.send_due_digests().await.unwrap().letters, 0);
    app.set_now("2026-11-23T09:00:00Z");
    app.services.send_due_digests().await.unwrap();
    let all = queued(&app.services).await;
    assert!(all.contains(&("coordinator@dukcapil.example".into(), "daily".into(), "2026-11-23".into())), "{all:?}");
    // The same by hand is the same letter.
    let sent = head.post("/digests/send", json!({"on": "2026-11-22", "to": "head"})).await.expect(200).json();
    assert_eq!((&sent["queued"], &sent["known"]), (&json!(0), &json!(1)));
    // A server that was away for a month sends the last letter, not all of them.
    app.set_now("2026-12-28T09:30:00Z");
    app.services.send_due_digests().await.unwrap();
    let weekly: Vec<_> = queued(&app.services).await.into_iter().filter(|(_, period, _)| period == "weekly").collect();
    assert_eq!(weekly.len(), 2, "{weekly:?}");
}

#[actix_web::test]
async fn a_year_of_the_clock_sends_one_letter_for_each_working_day_and_none_on_holidays() {
    let app = TestApp::start().await;
    with_addresses(&app).await;
    let head = app.as_user("head").await;
    app.set_now("2026-12-30T00:00:00Z");
    subscribe(&head, json!({"recipient": "head", "period": "daily", "time": "16:00", "quiet": true})).await;
    subscribe(&head, json!({"recipient": "head", "period": "monthly", "time": "07:00", "month_day": 1})).await;
    let mut now = app.now();
    let end: chrono::DateTime<chrono::Utc> = "2027-04-01T12:00:00Z".parse().unwrap();
    while now < end {
        now += chrono::TimeDelta::hours(6);
        app.set_now(&now.to_rfc3339());
        app.services.send_due_digests().await.unwrap();
    }
    let all = queued(&app.services).await;
    let of = |period: &str| -> Vec<String> {
        all.iter().filter(|(_, own, _)| own == period).map(|(_, _, on)| on.clone()).collect()
    };
    let daily = of("daily");
    // New Year's Day, two Saturdays and Sundays, Idulfitri with its joint leave.
    for quiet in ["2027-01-01", "2027-01-02", "2027-01-03", "2027-03-10", "2027-03-11", "2027-03-12", "2027-03-15"] {
        assert!(!daily.contains(&quiet.to_owned()), "{quiet}: {daily:?}");
    }
    for working in ["2026-12-30", "2026-12-31", "2027-01-04", "2027-03-16", "2027-03-31"] {
        assert!(daily.contains(&working.to_owned()), "{working}: {daily:?}");
    }
    // The first of January is a holiday, the second a Saturday, the third a Sunday: the letter of Monday is of Sunday.
    assert_eq!(of("monthly"), ["2027-01-03", "2027-01-31", "2027-02-28", "2027-03-31"]);
    let once: BTreeSet<_> = all.iter().collect();
    assert_eq!(once.len(), all.len());
}

#[actix_web::test]
async fn a_letter_is_written_under_the_rights_of_its_reader_and_only_to_those_who_have_any() {
    let app = TestApp::start().await;
    with_addresses(&app).await;
    let head = app.as_user("head").await;
    for (recipient, error) in [("officer", "recipient: reads_no_digests"), ("nobody", "recipient: not_found")] {
        let body = json!({"recipient": recipient, "period": "weekly"});
        assert_eq!(head.post("/digests", body).await.expect(422).errors(), [error]);
    }
    app.add_user("head-other", "head", "33.28").await;
    app.add_user("nomail", "viewer", OFFICE).await;
    for (recipient, error) in [("head-other", "recipient: not_found"), ("nomail", "recipient: no_email")] {
        let body = json!({"recipient": recipient, "period": "weekly"});
        assert_eq!(head.post("/digests", body).await.expect(422).errors(), [error]);
    }
    // A viewer decides for himself only, an officer for nobody.
    let viewer = app.as_user("viewer").await;
    let own = subscribe(&viewer, json!({"recipient": "viewer", "period": "monthly", "month_day": 31})).await;
    viewer.post("/digests", json!({"recipient": "head", "period": "monthly"})).await.expect(403);
    app.as_user("officer").await.get("/digests").await.expect(403);
    app.as_user_with("viewer", &["read"])
        .await
        .delete(&format!("/digests/{}", own["id"].as_str().unwrap()))
        .await
        .expect(403);
    let weekly = subscribe(&head, json!({"recipient": "head", "period": "weekly"})).await;
    let id = weekly["id"].as_str().unwrap();
    viewer.get(&format!("/digests/{id}")).await.expect(404);
    assert_eq!(viewer.get("/digests").await.json()["items"].as_array().unwrap().len(), 1);
    assert_eq!(head.get("/digests").await.json()["items"].as_array().unwrap().len(), 2);
    head.post("/digests", json!({"recipient": "head", "period": "weekly"})).await.expect(409);
    let changed =
        head.patch(&format!("/digests/{id}"), json!({"weekday": "fri", "time": "15:30"})).await.expect(200).json();
    assert_eq!((&changed["weekday"], &changed["next_at"]), (&json!("fri"), &json!("2026-11-27T08:30:00.000000Z")));
    // Whoever is gone receives nothing more.
    app.as_admin().await.delete("/api/v1/users/viewer").await.expect(204);
    app.set_now("2027-02-01T00:00:00Z");
    app.services.send_due_digests().await.unwrap();
    let readers: BTreeSet<String> = queued(&app.services).await.into_iter().map(|(reader, _, _)| reader).collect();
    assert_eq!(readers, BTreeSet::from(["head@dukcapil.example".to_owned()]));
    head.delete(&format!("/digests/{id}")).await.expect(204);
    head.get(&format!("/digests/{id}")).await.expect(404);
}

#[actix_web::test]
async fn bad_wishes_are_named_and_a_day_to_come_has_no_letter() {
    let app = TestApp::start().await;
    with_addresses(&app).await;
    let head = app.as_user("head").await;
    let body = json!({"recipient": "head", "period": "hourly", "time": "25.00", "weekday": "senin", "month_day": 32});
    let errors = head.post("/digests", body).await.expect(422).errors();
    let expected = ["period: unknown_code", "time: format", "weekday: unknown_code", "month_day: out_of_range"];
    assert_eq!(errors, expected);
    assert_eq!(head.get("/digests/preview?on=2026-11-22").await.expect(422).errors(), ["on: future"]);
    assert_eq!(head.get("/digests/preview?on=besok&period=x").await.expect(422).errors().len(), 2);
    assert_eq!(head.post("/digests/send", json!({"on": "2026-11-22"})).await.expect(422).errors(), ["on: future"]);
    head.get("/digests/preview?on=2026-11-21&period=monthly").await.expect(200);
    for on in ["1900-01-01", "2199-12-31", "0001-01-01"] {
        for period in ["daily", "weekly", "monthly"] {
            head.get(&format!("/digests/preview?on={on}&period={period}")).await.expect(422);
        }
    }
}

#[actix_web::test]
async fn only_what_failed_is_sent_again() {
    let app = TestApp::start().await;
    with_addresses(&app).await;
    let head = app.as_user("head").await;
    let send = SendDigest {
        on: "2026-11-20".parse().unwrap(),
        period: DigestPeriod::Weekly,
        to: DigestAddressees::Heads,
        is_test: false,
    };
    let office = OFFICE.parse().unwrap();
    let sent = app.services.send_digest(&Caller::system("test"), &office, send).await.unwrap();
    assert_eq!((sent.queued, sent.readers.len()), (1, 1));
    assert_eq!(head.post("/digests/deliveries/resend", json!({})).await.expect(200).json()["queued"], 0);
    let list = head.get("/digests/deliveries").await.expect(200).json();
    let item = &list["items"][0];
    assert_eq!(
        (&item["state"], &item["on"], &item["period"]),
        (&json!("queued"), &json!("2026-11-20"), &json!("weekly"))
    );
    assert_eq!(head.get("/digests/deliveries?state=dead").await.expect(200).json()["items"], json!([]));
    let state = MailState::Queued;
    assert_eq!(item["state"], state.as_str());
    app.as_user("viewer").await.get("/digests/deliveries").await.expect(403);
}

#[actix_web::test]
async fn the_page_shows_the_letter_sends_it_and_keeps_its_readers() {
    let app = TestApp::start().await;
    with_addresses(&app).await;
    let head = app.as_user("head").await;
    let page = head.page("/33.03/ringkasan?per=2026-11-20&jenis=weekly").await.expect(200).text;
    assert!(page.contains("Nihil 14–20 November 2026"), "{page}");
    let letter = head.page("/33.03/ringkasan/surat?per=2026-11-20&jenis=weekly").await.expect(200);
    let policy = letter.header("content-security-policy").to_owned();
    assert!(policy.contains("sandbox") && policy.contains("frame-ancestors 'self'"), "{policy}");
    assert!(letter.text.contains("<base target=\"_top\">"));
    let wrong = head.page("/33.03/ringkasan?per=2026-12-24").await.expect(422).text;
    assert!(wrong.contains("aria-invalid"), "{wrong}");
    app.as_user("officer").await.page("/33.03/ringkasan").await.expect(403);
    let added = [("recipient", "head"), ("period", "weekly"), ("time", "07:00"), ("weekday", "mon"), ("quiet", "1")];
    head.submit("/33.03/ringkasan/penerima/baru", &added).await.expect(303);
    let refused = head.submit("/33.03/ringkasan/penerima/baru", &added).await.expect(422).text;
    assert!(refused.contains("value=\"07:00\""), "what was typed is kept: {refused}");
    let page = head.page("/33.03/ringkasan").await.expect(200).text;
    assert!(page.contains("setiap Senin pukul 07.00 WIB, tidak pada hari libur"), "{page}");
    assert!(page.contains("Senin, 23 November 2026, 07.00 WIB"), "{page}");
    let send = [("per", "2026-11-20"), ("jenis", "weekly"), ("untuk", "head")];
    head.submit("/33.03/ringkasan/kirim", &send).await.expect(303);
    head.submit("/33.03/ringkasan/kirim", &send).await.expect(303);
    assert_eq!(queued(&app.services).await.len(), 1, "the same letter is sent once");
    let again = [("per", "2026-11-20"), ("jenis", "weekly"), ("coba", "1")];
    head.submit("/33.03/ringkasan/kirim", &again).await.expect(303);
    head.submit("/33.03/ringkasan/kirim", &again).await.expect(303);
    assert_eq!(queued(&app.services).await.len(), 3, "a try may be repeated");
    assert!(head.page("/33.03/ringkasan").await.expect(200).text.contains("dalam antrean"));
}

#[actix_web::test]
async fn the_command_prints_the_schedules_letter_and_queues_it_once() {
    let app = demo();
    let run = |arguments: &[&str]| {
        let done = try_run(&app.settings.database.url, arguments, "");
        (done.code, done.stdout, done.stderr)
    };
    let (code, text, errors) = run(&["digest", "--office", "33.03", "--on", NEWS, "--dry-run"]);
    assert_eq!(code, 0, "{errors}");
    assert!(text.starts_with("Kurang 203.947 aktivasi; hasil Pabrik Sampoerna"), "{text}");
    assert!(text.contains("9,28\u{a0}%") && text.contains("31 Maret 2028"));
    let (_, html, _) = run(&["digest", "--office", "33.03", "--on", NEWS, "--format", "html", "--dry-run"]);
    assert!(html.starts_with("<!doctype html>"), "{html}");
    let (_, message, _) = run(&["digest", "--office", "33.03", "--on", NEWS, "--format", "eml", "--dry-run"]);
    assert!(message.contains("MIME-Version: 1.0") && message.contains("Content-Type: image/png"), "{message}");
    // The letter of the demo's own day, and nothing of a dry run.
    assert!(queued(&app.services).await.iter().all(|(_, _, on)| on == DEMO_DAY), "a dry run queues nothing");
    let (code, first, errors) = run(&["digest", "--office", "33.03", "--on", NEWS]);
    assert_eq!(code, 0, "{errors}");
    assert!(first.contains("1 surat masuk antrean"), "{first}");
    let (_, again, _) = run(&["digest", "--office", "33.03", "--on", NEWS]);
    assert!(again.contains("0 surat masuk antrean, 1 sudah pernah dikirim"), "{again}");
    assert_eq!(queued(&app.services).await.iter().filter(|(_, _, on)| on == NEWS).count(), 1);
    assert_eq!(run(&["digest", "--office", "33.03", "--on", "kemarin"]).0, 2);
    assert_eq!(run(&["digest", "--office", "99.99", "--on", NEWS]).0, 1);
}
