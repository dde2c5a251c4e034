//! What was tapped reaches the office exactly once, whatever the network does.

use super::{Ground, Phone, TODAY};
use crate::support::browser::{Browsers, Fault};
use crate::support::process::ServerProcess;
use serde_json::json;

#[actix_web::test]
async fn thirty_taps_survive_every_kind_of_lost_answer_and_count_once() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    for _ in 0..5 {
        phone.tap("plus").await;
    }
    phone.tap_often("activated", "plus", 25).await;
    phone.until_counted("main", 30).await;
    for fault in [
        Fault::DropBefore,
        Fault::DropAfter,
        Fault::Reset,
        Fault::Truncate,
        Fault::BadGateway,
        Fault::Portal,
        Fault::Redirect,
    ] {
        // Chromium repeats what it believes to be lost by itself.
        ground.proxy.fault("results/batch", fault);
        phone.try_to_send().await;
        phone
            .browser
            .until("['offline', 'busy', 'strange'].includes(document.querySelector('.sync').dataset.sync)")
            .await;
        assert!(!phone.rows().await.is_empty(), "{fault:?}");
        ground.proxy.heal();
    }
    ground.proxy.next("results/batch", &[Fault::Duplicate]);
    phone.send_all().await;
    phone.visit().await;
    phone.open(&ground.event).await;
    phone.until_counted("main", 30).await;
    assert_eq!(ground.office_has(&ground.event, "activated").await, 30);
    assert_eq!(phone.rows().await, [json!(null); 0]);
}

#[actix_web::test]
async fn the_phone_sends_by_itself_once_the_server_is_back() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let mut ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    ground.proxy.stop().await;
    phone.tap_often("activated", "plus", 3).await;
    phone.try_to_send().await;
    phone.until_sync("offline").await;
    assert!(phone.browser.text("section.sync").await.contains("Tanpa sinyal"));
    ground.proxy.go_on();
    phone.until_empty().await;
    assert_eq!(ground.office_has(&ground.event, "activated").await, 3);
}

#[actix_web::test]
async fn an_ended_session_keeps_every_row_until_the_officer_has_signed_in_again() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    phone.tap("plus").await;
    phone.until_counted("main", 1).await;
    phone.browser.js("await fetch('/keluar', {method: 'POST', redirect: 'manual'})").await;
    phone.try_to_send().await;
    phone.until_sync("signin").await;
    phone.browser.until_said("Masuk lagi untuk mengirim 1 catatan").await;
    phone.tap("plus").await;
    phone.until_counted("main", 2).await;
    assert!(!phone.rows().await.is_empty());
    phone.browser.submit("[data-slot=sign-in]").await;
    phone.browser.sign_in(&ground.proxy.url, "officer").await;
    phone.until_ready().await;
    phone.send_all().await;
    assert_eq!(ground.office_has(&ground.event, "activated").await, 2);
}

#[actix_web::test]
async fn an_app_whose_server_process_was_killed_opens_cold_counts_and_delivers_later() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let mut server = ServerProcess::start(&ground.app.settings.database.url);
    // The process has the clock of the machine.
    let date =
        reqwest::get(format!("{}/healthz", server.url)).await.unwrap().headers()["date"].to_str().unwrap().to_owned();
    let now = chrono::DateTime::parse_from_rfc2822(&date).unwrap();
    ground.app.set_now(&now.to_rfc3339());
    let today = ground.app.as_user("officer").await.get("/field").await.expect(200).json()["today"]
        .as_str()
        .unwrap()
        .to_owned();
    let event =
        ground.app.add_event("T-1", jemputbola::domain::event::EventState::Confirmed, &[&today], "activated").await;
    ground.proxy.lead_to(&server.url);
    let phone = Phone { browser: browsers.phone("hp").await, place: format!("{}/lapangan/", ground.proxy.url) };
    phone.browser.sign_in(&ground.proxy.url, "officer").await;
    phone.until_ready().await;
    phone.browser.until("'kept' in document.documentElement.dataset").await;
    phone.browser.close().await;
    server.kill();
    let phone = Phone { browser: browsers.phone("hp").await, ..phone };
    phone.visit().await;
    phone.open(&event).await;
    phone.tap_often("activated", "plus", 30).await;
    phone.until_counted("main", 30).await;
    phone.visit().await;
    phone.open(&event).await;
    phone.until_counted("main", 30).await;
    let again = ServerProcess::start(&ground.app.settings.database.url);
    ground.proxy.lead_to(&again.url);
    phone.send_all().await;
    let coordinator = ground.app.as_coordinator().await;
    let counts = coordinator.get(&format!("/events/{event}/counts")).await.expect(200).json();
    assert_eq!(counts["total"]["activated"], 30);
}

#[actix_web::test]
async fn what_the_office_rejects_stays_on_the_phone_until_the_officer_throws_it_away() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    phone.tap("plus").await;
    phone.until_counted("main", 1).await;
    // An id that the office has with other content: as if two phones had made the same.
    phone.browser.js("document.querySelector('[data-action=send]').click()").await;
    phone.until_empty().await;
    phone.tap("plus").await;
    phone.until_counted("main", 2).await;
    let taken = ground.coordinator.get(&format!("/results?event={}", ground.event)).await.expect(200).json();
    let id = taken["items"][0]["id"].as_str().unwrap();
    forge(&phone, id).await;
    phone.try_to_send().await;
    phone.until_sync("rejected").await;
    phone.browser.until_shown("[data-entry=rejected]").await;
    assert_eq!(ground.office_has(&ground.event, "activated").await, 2);
    phone.browser.js("document.querySelector('[data-action=discard]').click()").await;
    phone.answer("yes").await;
    phone.until_sync("ok").await;
    assert_eq!(phone.rows().await, [json!(null); 0]);
}

/// Puts a sealed row under an id that is in use into the phone's database.
async fn forge(phone: &Phone, id: &str) {
    let script = format!(
        "const db = await new Promise(done => {{ const r = indexedDB.open('lapangan'); r.onsuccess = () => done(r.result) }});
         const store = db.transaction('entries', 'readwrite').objectStore('entries');
         const [row] = await new Promise(done => {{ const r = store.getAll(); r.onsuccess = () => done(r.result) }});
         store.put({{...row, id: '{id}', state: 'sealed', kind: 'tally', counts: {{activated: 5}}, at: '{TODAY}T02:00:00Z'}});
         await new Promise(done => {{ store.transaction.oncomplete = done }}); db.close()"
    );
    phone.browser.js(&script).await;
}
