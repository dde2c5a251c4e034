//! Server processes that are killed while a letter is on its way, and two that share one outbox: by real processes, a real
//! database and a mail server on a socket.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::Connection;
use diesel::connection::SimpleConnection;
use jemputbola::domain::id::MailId;
use jemputbola::domain::language::Language;
use jemputbola::domain::mail::MailKind;
use jemputbola::service::{Caller, ServiceError};
use jemputbola::store::queries::outbox::{self, NewLetter};
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::process::ServerProcess;
use crate::support::smtp::{Answer, Received, SmtpSink};

const SITI: &str = "siti@dukcapil.example";

/// The clock of the processes, which is that of the machine.
#[allow(clippy::disallowed_methods, reason = "a process of its own has no clock of the test's")]
fn real_now() -> DateTime<Utc> {
    Utc::now()
}

/// Puts one letter to each of these addresses into the office's outbox, due for processes with a clock of their own.
async fn enqueue(app: &TestApp, recipients: &[String]) {
    let now = real_now() - TimeDelta::minutes(1);
    let office = app.services.list_offices(&Caller::system("test")).await.unwrap()[0].id;
    let letter = |recipient: &String| NewLetter {
        id: MailId::new(now),
        dedupe_key: format!("test:{recipient}"),
        kind: MailKind::Test,
        user: None,
        recipient: recipient.parse().unwrap(),
        recipient_name: None,
        language: Language::Indonesian,
        payload: json!({"address": "http://jb.example", "route": "uji", "at": now, "zone": "Asia/Jakarta"}),
        not_before: now,
        expires_at: now + TimeDelta::days(4),
    };
    let letters: Vec<NewLetter> = recipients.iter().map(letter).collect();
    let write = move |c: &mut _| Ok::<_, ServiceError>(outbox::enqueue(c, office, &letters, now)?);
    app.services.database.write(write).await.unwrap();
}

async fn listed(app: &TestApp, state: &str) -> Vec<Value> {
    let coordinator = app.as_coordinator().await;
    let list = coordinator.get(&format!("/letters?limit=500&state={state}")).await.expect(200).json();
    list["items"].as_array().unwrap().clone()
}

fn copies(all: &[Received], to: &str) -> Vec<Received> {
    all.iter().filter(|letter| letter.to == to).cloned().collect()
}

/// Somebody who keeps the database from being written, until dropped.
enum Block {
    Sqlite(#[allow(dead_code, reason = "held")] diesel::SqliteConnection),
    Postgres(#[allow(dead_code, reason = "held")] diesel::PgConnection),
}

impl Block {
    /// Waits for those who write now, and lets nobody write any more.
    fn take(url: &str) -> Self {
        if let Some(path) = url.strip_prefix("sqlite://") {
            let mut connection = diesel::SqliteConnection::establish(path).unwrap();
            connection.batch_execute("PRAGMA busy_timeout = 30000; BEGIN IMMEDIATE").unwrap();
            return Self::Sqlite(connection);
        }
        let mut connection = diesel::PgConnection::establish(url).unwrap();
        connection.batch_execute("BEGIN; LOCK TABLE outbox IN SHARE ROW EXCLUSIVE MODE").unwrap();
        Self::Postgres(connection)
    }
}

/// Two processes that die with the letter: one while the server is silent after the final dot, one after it said 250 and
/// before this could be noted. Then a third, after the lease has ended.
#[actix_web::test]
async fn a_killed_process_leaves_a_letter_that_comes_again_as_the_same_message() {
    for says_250 in [false, true] {
        let app = TestApp::start().await;
        let block: Arc<Mutex<Option<Block>>> = Arc::default();
        let (held, url) = (Arc::clone(&block), app.settings.database.url.clone());
        let sink = SmtpSink::answering(move |to, before| {
            match (to == SITI && before == 0, says_250) {
                (true, false) => return Answer::Hang,
                // The lease is written by now; nothing can be from here on.
                (true, true) => *held.lock().unwrap() = Some(Block::take(&url)),
                (false, _) => (),
            }
            Answer::Take
        });
        enqueue(&app, &[SITI.to_owned()]).await;
        let mut server = ServerProcess::start_mailing(&app.settings.database.url, &sink.url());
        if says_250 {
            sink.wait_for_answers(1);
        } else {
            sink.wait_for(|all| all.len() == 1);
        }
        server.kill();
        *block.lock().unwrap() = None;
        let leased = listed(&app, "leased").await;
        assert_eq!((leased.len(), leased[0]["attempts"].as_i64()), (1, Some(1)), "250 said: {says_250}");

        // As long as the lease holds nobody else takes it: another process sends what else there is, and not this.
        enqueue(&app, &["budi@dukcapil.example".to_owned()]).await;
        let mut server = ServerProcess::start_mailing(&app.settings.database.url, &sink.url());
        let all = sink.wait_for(|all| !copies(all, "budi@dukcapil.example").is_empty());
        assert_eq!(copies(&all, SITI).len(), 1);
        server.terminate();

        // As the processes count days: by the clocks of Jakarta.
        let tomorrow = (real_now().with_timezone(&chrono_tz::Asia::Jakarta) + TimeDelta::days(1)).date_naive();
        let mut server = ServerProcess::start_on_day(&app.settings.database.url, &sink.url(), &tomorrow.to_string());
        let all = sink.wait_for(|all| copies(all, SITI).len() == 2);
        // Asked to end, it notes what is under way first.
        server.terminate();
        let both = copies(&all, SITI);
        assert_eq!(both[0].id, both[1].id, "one Message-ID, by which mail programs know the copy");
        assert_eq!(both[0].id, format!("<{}@localhost>", leased[0]["id"].as_str().unwrap()));
        let sent = listed(&app, "sent").await;
        let siti = sent.iter().find(|letter| letter["recipient"] == SITI).unwrap();
        assert_eq!(siti["attempts"], 2);
        assert_eq!(copies(&sink.received(), SITI).len(), 2);
    }
}

#[actix_web::test]
async fn two_processes_on_one_database_never_send_a_letter_twice() {
    let (app, sink) = (TestApp::start().await, SmtpSink::start());
    let all: Vec<String> = (0..300).map(|n| format!("petugas.{n}@dukcapil.example")).collect();
    enqueue(&app, &all).await;
    let mut first = ServerProcess::start_mailing(&app.settings.database.url, &sink.url());
    let mut second = ServerProcess::start_mailing(&app.settings.database.url, &sink.url());
    sink.wait_for(|received| received.len() >= all.len());
    // Whatever either of them still had in hand is out after this.
    assert_eq!((first.terminate(), second.terminate()), (Some(0), Some(0)));
    let received = sink.received();
    assert_eq!(received.len(), all.len(), "none twice");
    for address in &all {
        assert_eq!(copies(&received, address).len(), 1, "{address}");
    }
    assert_eq!(listed(&app, "sent").await.len(), all.len());
}
