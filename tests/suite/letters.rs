//! The outbox against a mail server that takes, puts off, refuses, hangs up or is silent: every letter arrives, none twice
//! unless the answer to it was lost, and what cannot arrive is told.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use jemputbola::app;
use jemputbola::domain::clock::Clock;
use jemputbola::domain::id::MailId;
use jemputbola::domain::language::Language;
use jemputbola::domain::mail::MailKind;
use jemputbola::mail::Mailer;
use jemputbola::service::mail_room::MailRoom;
use jemputbola::service::{ServiceError, Services};
use jemputbola::store::queries::outbox::{self, NewLetter};
use serde_json::{Value, json};

use crate::support::process::try_run;
use crate::support::smtp::{Answer, Protection, SmtpSink, ca_file};
use crate::support::{TestApp, TestDatabase};

fn letter(app: &TestApp, recipient: &str) -> NewLetter {
    NewLetter {
        id: MailId::new(app.now()),
        dedupe_key: format!("test:{recipient}"),
        kind: MailKind::Test,
        user: None,
        recipient: recipient.parse().unwrap(),
        recipient_name: Some("Siti".to_owned()),
        language: Language::Indonesian,
        payload: json!({"address": "http://jb.example", "route": "uji", "at": "2026-11-21T02:00:00Z",
            "zone": "Asia/Jakarta"}),
        not_before: app.now(),
        expires_at: app.now() + TimeDelta::days(4),
    }
}

/// Puts one letter to each of these addresses into the office's outbox.
async fn enqueue(app: &TestApp, recipients: &[String]) {
    let offices = app.services.list_offices(&jemputbola::service::Caller::system("test")).await.unwrap();
    let (office, now) = (offices[0].id, app.now());
    let letters: Vec<NewLetter> = recipients.iter().map(|recipient| letter(app, recipient)).collect();
    let write = move |c: &mut _| Ok::<_, ServiceError>(outbox::enqueue(c, office, &letters, now)?);
    app.services.database.write(write).await.unwrap();
}

/// The use cases of another process, with this way out.
fn process(app: &TestApp, url: &str, connections: usize, patience: Duration) -> Services {
    let now = app.now();
    let mut services = app::build_services(&app.settings, Clock::new(move || now)).unwrap();
    let sender = "Jemput Bola <jb@dukcapil.example>".parse().unwrap();
    let mailer = Mailer::new(url.parse().unwrap(), sender, None, connections).unwrap().with_patience(patience);
    services.mail = Arc::new(MailRoom::new(mailer, "http://jb.example".to_owned()));
    services
}

async fn listed(app: &TestApp, state: &str) -> Vec<Value> {
    let coordinator = app.as_coordinator().await;
    let list = coordinator.get(&format!("/letters?limit=500&state={state}")).await.expect(200).json();
    list["items"].as_array().unwrap().clone()
}

const PATIENT: Duration = Duration::from_secs(20);

#[actix_web::test]
async fn a_letter_is_sent_once_and_listed_with_the_servers_reply() {
    let (app, sink) = (TestApp::start().await, SmtpSink::start());
    enqueue(&app, &["siti@dukcapil.example".to_owned()]).await;
    let services = process(&app, &sink.url(), 4, PATIENT);
    services.deliver_due().await.unwrap();
    services.deliver_due().await.unwrap();
    let received = sink.only_to("siti@dukcapil.example");
    let sent = listed(&app, "sent").await;
    assert_eq!((sent[0]["last_reply"].as_str(), sent[0]["attempts"].as_i64()), (Some("250 2.0.0 taken"), Some(1)));
    assert_eq!(received.id, format!("<{}@dukcapil.example>", sent[0]["id"].as_str().unwrap()));
    assert_eq!((services.mail.figures.read().sent, sink.connections()), (1, 1));
}

#[actix_web::test]
async fn a_deferred_letter_waits_longer_each_time_and_a_refused_one_is_dead_at_once() {
    let app = TestApp::start().await;
    let sink = SmtpSink::answering(|to, before| match to {
        "nanti@dukcapil.example" if before < 2 => Answer::Defer,
        "bukan@dukcapil.example" => Answer::RefuseAddress,
        "tolak@dukcapil.example" => Answer::Refuse,
        _ => Answer::Take,
    });
    let all = ["nanti@dukcapil.example", "bukan@dukcapil.example", "tolak@dukcapil.example", "siti@dukcapil.example"];
    enqueue(&app, &all.map(str::to_owned)).await;
    process(&app, &sink.url(), 4, PATIENT).deliver_due().await.unwrap();
    let dead = listed(&app, "dead").await;
    let mut faults: Vec<_> = dead.iter().map(|letter| letter["fault"].as_str().unwrap()).collect();
    faults.dedup();
    assert_eq!((dead.len(), faults), (2, vec!["refused"]));
    assert!(dead.iter().any(|letter| letter["last_reply"].as_str().unwrap().contains("no such person")), "{dead:?}");
    let waiting = listed(&app, "queued").await;
    assert_eq!((waiting.len(), waiting[0]["fault"].as_str()), (1, Some("deferred")));

    // Not before its time, and one address that is bad sends nothing to the others again.
    process(&app, &sink.url(), 4, PATIENT).deliver_due().await.unwrap();
    for (minutes, tries) in [(2, 2), (9, 3)] {
        app.set_now(&(app.now() + TimeDelta::minutes(minutes)).to_rfc3339());
        process(&app, &sink.url(), 4, PATIENT).deliver_due().await.unwrap();
        let tried = sink.received().iter().filter(|letter| letter.to.starts_with("nanti")).count();
        assert_eq!(tried, tries);
    }
    sink.only_to("siti@dukcapil.example");
    assert_eq!((listed(&app, "queued").await.len(), listed(&app, "sent").await.len()), (0, 2));
}

#[actix_web::test]
async fn a_server_that_is_silent_holds_one_courier_and_no_other() {
    let app = TestApp::start().await;
    let sink = SmtpSink::answering(|to, _| if to.starts_with("diam") { Answer::Hang } else { Answer::Take });
    let mut all: Vec<String> = (0..40).map(|n| format!("petugas{n}@dukcapil.example")).collect();
    all.insert(0, "diam@dukcapil.example".to_owned());
    enqueue(&app, &all).await;
    let services = process(&app, &sink.url(), 2, Duration::from_secs(6));
    let started = Instant::now();
    services.deliver_due().await.unwrap();
    assert!(started.elapsed() < Duration::from_mins(1), "{:?}", started.elapsed());
    assert_eq!(sink.received().iter().filter(|letter| letter.taken).count(), 40);
    let waiting = listed(&app, "queued").await;
    assert_eq!((waiting.len(), waiting[0]["fault"].as_str()), (1, Some("timeout")));
    // Two of ours, and the one that was given up, which the silent server still holds.
    assert!(sink.peak() <= 3, "{} connections", sink.peak());
}

/// Ten thousand letters by `LETTERS=10000`; a thousand else.
#[actix_web::test]
async fn letters_through_a_faulty_server_and_two_processes_arrive_and_none_twice_without_a_reason() {
    #[allow(clippy::disallowed_methods, reason = "the size of the run is the caller's choice")]
    let count: usize = std::env::var("LETTERS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000);
    let app = TestApp::start().await;
    // The fault is told by the address, so that a run can be repeated: of eight letters five are taken at once.
    let sink = SmtpSink::answering(|to, before| {
        let number: usize = to.split(['.', '@']).nth(1).unwrap().parse().unwrap();
        match (number.wrapping_mul(2_654_435_761) >> 7) % 8 {
            0 if before < 2 => Answer::Defer,
            1 if before == 0 => Answer::HangUpBefore,
            2 if before == 0 => Answer::HangUpAfter,
            _ => Answer::Take,
        }
    });
    let all: Vec<String> = (0..count).map(|n| format!("petugas.{n}@dukcapil.example")).collect();
    enqueue(&app, &all).await;
    let started = Instant::now();
    for _ in 0..4 {
        let first = process(&app, &sink.url(), 8, PATIENT);
        let second = process(&app, &sink.url(), 8, PATIENT);
        let (one, other) = tokio::join!(first.deliver_due(), second.deliver_due());
        one.and(other).unwrap();
        app.set_now(&(app.now() + TimeDelta::minutes(90)).to_rfc3339());
    }
    println!(
        "{count} letters through faults in {:.1} s, {} connections",
        started.elapsed().as_secs_f64(),
        sink.connections()
    );
    let mut by_address: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
    for letter in sink.received() {
        by_address.entry(letter.to).or_default().push((letter.id, letter.taken));
    }
    assert_eq!(by_address.len(), count, "every letter arrived");
    for (address, copies) in by_address {
        assert_eq!(copies.iter().filter(|(_, taken)| *taken).count(), 1, "{address}: taken once: {copies:?}");
        assert!(copies.iter().all(|(id, _)| *id == copies[0].0), "{address}: a repetition is the same letter");
    }
    assert!(sink.peak() <= 16, "{} connections", sink.peak());
}

#[actix_web::test]
async fn a_process_that_dies_between_sending_and_marking_leaves_a_letter_that_is_sent_again_as_the_same() {
    let (app, sink) = (TestApp::start().await, SmtpSink::start());
    enqueue(&app, &["siti@dukcapil.example".to_owned()]).await;
    let now = app.now();
    let until = now + TimeDelta::minutes(3);
    let take = move |c: &mut _| {
        let due = outbox::list_due(c, now, 10)?;
        Ok::<_, ServiceError>(outbox::lease_letter(c, due[0].0, due[0].1, now, until)?)
    };
    // The one that dies: it took the letter, and nobody knows how far it came.
    let taken = app.services.database.write(take).await.unwrap().unwrap();
    process(&app, &sink.url(), 2, PATIENT).deliver_due().await.unwrap();
    assert!(sink.received().is_empty(), "the lease holds");
    app.set_now(&(until + TimeDelta::seconds(1)).to_rfc3339());
    process(&app, &sink.url(), 2, PATIENT).deliver_due().await.unwrap();
    assert_eq!(sink.only_to("siti@dukcapil.example").id, format!("<{}@dukcapil.example>", taken.id));
    // The dead one's word does not count any more.
    let late = move |c: &mut _| {
        Ok::<_, ServiceError>(outbox::mark_dead(c, &taken, jemputbola::domain::mail::MailFault::Timeout, "")?)
    };
    assert!(!app.services.database.write(late).await.unwrap());
    assert_eq!(listed(&app, "sent").await[0]["attempts"], 2);
}

/// What becomes of a test letter on this way.
async fn tried(url: &str, trusts_ours: bool) -> Result<String, String> {
    let app = TestApp::start_empty();
    let mut services = process(&app, "file:/nowhere", 1, PATIENT);
    let sender = "jb@dukcapil.example".parse().unwrap();
    let own = ca_file();
    let mailer = Mailer::new(url.parse().unwrap(), sender, trusts_ours.then_some(own.as_path()), 1).unwrap();
    services.mail = Arc::new(MailRoom::new(mailer, "http://jb.example".to_owned()));
    let tried = services.try_mail("siti@dukcapil.example".parse().unwrap(), Language::Indonesian).await.unwrap();
    tried.map_err(|(fault, told)| format!("{fault}: {told}"))
}

#[actix_web::test]
async fn tls_is_required_where_it_was_asked_for_and_only_with_a_certificate_that_is_trusted() {
    let starttls = SmtpSink::protected(Protection::StartTls, |_, _| Answer::Take);
    let tls = SmtpSink::protected(Protection::Tls, |_, _| Answer::Take);
    let plain = SmtpSink::start();
    let address =
        |scheme: &str, host: &str, sink: &SmtpSink, query: &str| format!("{scheme}://{host}:{}{query}", sink.port);
    for (url, trusts, expected) in [
        (address("smtp", "localhost", &starttls, "?tls=required"), true, Ok(())),
        (address("smtps", "localhost", &tls, ""), true, Ok(())),
        // Nobody vouches for this certificate.
        (address("smtp", "localhost", &starttls, "?tls=required"), false, Err("insecure")),
        (address("smtps", "localhost", &tls, ""), false, Err("insecure")),
        // The certificate is for another name.
        (address("smtps", "127.0.0.1", &tls, ""), true, Err("insecure")),
        // The server offers no TLS.
        (address("smtp", "localhost", &plain, "?tls=required"), true, Err("insecure")),
        (address("smtp", "siti:rahasia@localhost", &plain, ""), false, Err("sign_in")),
    ] {
        let outcome = tried(&url, trusts).await;
        match expected {
            Ok(()) => assert_eq!(outcome, Ok("250 2.0.0 taken".to_owned()), "{url}"),
            Err(fault) => assert!(outcome.as_ref().unwrap_err().starts_with(fault), "{url}: {outcome:?}"),
        }
    }
    assert!(plain.received().is_empty(), "nothing was sent in the clear");
}

#[actix_web::test]
async fn an_unreachable_server_keeps_the_letter_and_a_failed_one_can_be_sent_again() {
    let app = TestApp::start().await;
    enqueue(&app, &["siti@dukcapil.example".to_owned()]).await;
    let gone = SmtpSink::start().url();
    process(&app, &gone, 1, PATIENT).deliver_due().await.unwrap();
    let waiting = listed(&app, "queued").await;
    assert_eq!((waiting.len(), waiting[0]["fault"].as_str()), (1, Some("unreachable")));
    let path = format!("/letters/{}", waiting[0]["id"].as_str().unwrap());
    let coordinator = app.as_coordinator().await;
    let early = coordinator.post_nothing(&format!("{path}/resend")).await.expect(409);
    assert_eq!(early.errors(), ["state: not_dead"]);
    app.set_now("2026-11-26T02:00:00Z");
    process(&app, &gone, 1, PATIENT).deliver_due().await.unwrap();
    let coordinator = app.as_coordinator().await;
    let shown = coordinator.get(&path).await.expect(200).json();
    assert_eq!((&shown["state"], &shown["fault"]), (&json!("dead"), &json!("expired")));
    assert!(shown["text"].as_str().unwrap().contains("http://jb.example"), "{shown}");
    coordinator.post_nothing(&format!("{path}/resend")).await.expect(200);
    let sink = SmtpSink::start();
    process(&app, &sink.url(), 1, PATIENT).deliver_due().await.unwrap();
    assert!(sink.only_to("siti@dukcapil.example").id.contains(shown["id"].as_str().unwrap()));
}

#[actix_web::test]
async fn letters_of_an_office_are_for_those_who_answer_for_it() {
    let app = TestApp::start().await;
    enqueue(&app, &["siti@dukcapil.example".to_owned()]).await;
    for (login, status) in [("admin", 200), ("coordinator", 200), ("head", 200), ("officer", 403), ("viewer", 403)] {
        let user = app.as_user(login).await;
        user.get("/letters").await.expect(status);
        user.page("/33.03/surat-keluar").await.expect(status);
    }
    app.as_admin_of("35.29").await.get("/letters").await.expect(404);
    assert_eq!(
        app.as_coordinator().await.get("/letters?state=hilang").await.expect(422).errors(),
        ["state: unknown_code"]
    );
}

#[actix_web::test]
async fn a_folder_takes_letters_as_files_named_by_the_letter() {
    let (app, folder) = (TestApp::start().await, tempfile::tempdir().unwrap());
    enqueue(&app, &["siti@dukcapil.example".to_owned()]).await;
    process(&app, &format!("file:{}/surat", folder.path().display()), 2, PATIENT).deliver_due().await.unwrap();
    let sent = listed(&app, "sent").await;
    let file = folder.path().join(format!("surat/{}.eml", sent[0]["id"].as_str().unwrap()));
    assert!(std::fs::read_to_string(file).unwrap().contains("To: Siti <siti@dukcapil.example>"));
}

#[actix_web::test]
async fn a_forgotten_password_is_set_once_by_a_letter_and_nobody_learns_who_exists() {
    let sink = SmtpSink::start();
    let app = TestApp::start_with(TestDatabase::create(), |settings| settings.mail.url.0 = sink.url());
    app.services
        .add_office(&jemputbola::service::Caller::system("test"), "33.03".parse().unwrap(), None)
        .await
        .unwrap();
    app.add_user("admin", "admin", "33.03").await;
    app.add_user("tanpa.surel", "officer", "33.03").await;
    let body = json!({"login": "siti", "name": "Siti Rahayu", "role": "officer", "scope": "33.03",
        "email": "siti@dukcapil.example"});
    app.as_admin().await.post("/api/v1/users", body).await.expect(201);
    app.services.deliver_due().await.unwrap();
    let invitation = sink.only_to("siti@dukcapil.example");
    assert!(invitation.text.contains("Undangan ke Jemput Bola") || invitation.text.contains("Subject: =?utf-8?"));

    let stranger = app.as_stranger();
    let mut answers = Vec::new();
    for login in ["siti", "tanpa.surel", "tidak.ada", "bukan nama"] {
        let reply = stranger.submit("/masuk/lupa", &[("login", login)]).await;
        answers.push((reply.status, reply.header("location").to_owned(), reply.text));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]) && answers[0].0 == 303, "{answers:?}");
    app.services.deliver_due().await.unwrap();
    let letters: Vec<_> = sink.received().into_iter().filter(|letter| letter.to == "siti@dukcapil.example").collect();
    assert_eq!((letters.len(), sink.received().len()), (2, 2));
    let link = link_in(&letters[1].text, "/masuk/sandi/");
    let page = stranger.page(&link).await.expect(200);
    assert!(page.text.contains("Siti Rahayu") && page.header("referrer-policy") == "no-referrer", "{}", page.text);
    stranger.submit(&link, &[("password", "pendek")]).await.expect(422);
    stranger.submit(&link, &[("password", "kata sandi panjang")]).await.expect(303);
    app.services.sign_in("siti", "kata sandi panjang", None, "uji").await.unwrap();
    // Used up, and so is the invitation; the outbox keeps no secret.
    stranger.submit(&link, &[("password", "kata sandi lain lagi")]).await.expect(404);
    stranger.page(&link_in(&invitation.text, "/masuk/sandi/")).await.expect(404);
    let secret = link.rsplit('-').next().unwrap().to_owned();
    let admin = app.as_admin().await;
    let listed = admin.get("/letters?kind=password_reset").await.expect(200).json();
    let path = format!("/letters/{}", listed["items"][0]["id"].as_str().unwrap());
    let shown = admin.get(&path).await.expect(200);
    assert!(!shown.text.contains(&secret) && shown.json().get("text").is_none(), "{}", shown.text);
}

#[actix_web::test]
async fn a_link_of_a_letter_ends_and_letters_to_one_user_are_few() {
    let sink = SmtpSink::start();
    let app = TestApp::start_with(TestDatabase::create(), |settings| settings.mail.url.0 = sink.url());
    app.services
        .add_office(&jemputbola::service::Caller::system("test"), "33.03".parse().unwrap(), None)
        .await
        .unwrap();
    app.add_user("admin", "admin", "33.03").await;
    let body =
        json!({"login": "siti", "name": "Siti", "role": "officer", "scope": "33.03", "email": "siti@dukcapil.example"});
    app.as_admin().await.post("/api/v1/users", body).await.expect(201);
    // The invitation leaves first: couriers work side by side, in no order among letters that are due together.
    app.services.deliver_due().await.unwrap();
    let stranger = app.as_stranger();
    let mut statuses = Vec::new();
    for _ in 0..7 {
        statuses.push(stranger.submit("/masuk/lupa", &[("login", "siti")]).await.status);
    }
    assert!(statuses.contains(&429), "{statuses:?}");
    app.services.deliver_due().await.unwrap();
    assert_eq!(sink.received().len(), 3, "an invitation and two letters within the hour");
    let link = link_in(&sink.received()[2].text, "/masuk/sandi/");
    stranger.page(&link).await.expect(200);
    app.set_now("2026-11-21T03:00:01Z");
    stranger.page(&link).await.expect(404);
}

/// The path in a quoted-printable message that begins so.
pub fn link_in(message: &str, start: &str) -> String {
    let text = message.replace("=\r\n", "").replace("=3D", "=");
    let from = text.find(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    text[from..].split(|c: char| c.is_whitespace() || c == '"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn a_file_of_certificates_that_cannot_be_used_is_named_with_the_reason() {
    let database = TestDatabase::create();
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("catatan.txt");
    std::fs::write(&empty, "bukan sertifikat").unwrap();
    for (file, language, said) in [
        (folder.path().join("tidak-ada.pem"), "id", "mail.ca_file: berkas"),
        (folder.path().join("tidak-ada.pem"), "en", "cannot be read"),
        (empty.clone(), "id", "mail.ca_file: tidak ada sertifikat PEM"),
        (empty, "en", "mail.ca_file: no readable PEM certificate"),
    ] {
        let settings = folder.path().join("mail.toml");
        std::fs::write(&settings, format!("[mail]\nurl = \"smtps://localhost\"\nca_file = \"{}\"\n", file.display()))
            .unwrap();
        let arguments =
            ["--lang", language, "--config", settings.to_str().unwrap(), "mail", "test", "siti@dukcapil.example"];
        let end = try_run(&database.url(), &arguments, "");
        let path = file.display().to_string();
        assert!(end.code == 2 && end.stderr.contains(said) && end.stderr.contains(&path), "{end:?}");
    }
}
