//! Two tabs, two phones, two officers on one phone.

use super::{Ground, Phone};
use crate::support::browser::{Browsers, Fault};

#[actix_web::test]
async fn two_tabs_of_one_phone_count_into_the_same_entry_and_send_it_once() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    phone.tap_often("activated", "plus", 4).await;
    phone.open_second_tab().await;
    phone.open(&ground.event).await;
    phone.until_counted("main", 4).await;
    phone.tap_often("activated", "plus", 3).await;
    phone.until_counted("main", 7).await;
    phone.try_to_send().await;
    phone.go_to_tab(0).await;
    phone.until_counted("main", 7).await;
    phone.send_all().await;
    // Leaving the first tab for the second had it send what it had.
    assert_eq!(ground.office_has(&ground.event, "activated").await, 7);
    assert!(phone.rows().await.is_empty());
}

#[actix_web::test]
async fn two_phones_at_one_event_add_up_and_each_shows_its_own() {
    let Some(browsers) = Browsers::start(2).await else { return };
    let ground = Ground::of(&["officer", "colleague"]).await;
    let one = Phone::of(&browsers, "satu", &ground, "officer").await;
    let other = Phone::of(&browsers, "dua", &ground, "colleague").await;
    for (phone, taps) in [(&one, 11), (&other, 6)] {
        phone.open(&ground.event).await;
        phone.tap_often("activated", "plus", taps).await;
    }
    one.tap_often("refused_trust", "plus", 2).await;
    one.send_all().await;
    other.send_all().await;
    assert_eq!(ground.office_has(&ground.event, "activated").await, 17);
    assert_eq!(ground.office_has(&ground.event, "refused_trust").await, 2);
    one.until_counted("main", 11).await;
    other.until_counted("main", 6).await;
    one.visit().await;
    one.open(&ground.event).await;
    one.browser.js("history.back()").await;
    one.browser.click("[data-action=ready]").await;
    one.open(&ground.event).await;
    one.browser.until_said("Kantor mencatat 17 dari semua petugas").await;
}

#[actix_web::test]
async fn signing_out_with_unsent_rows_warns_and_another_officer_never_sends_them() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer", "colleague"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    ground.proxy.fault("results/batch", Fault::BadGateway);
    phone.tap_often("activated", "plus", 4).await;
    phone.until_counted("main", 4).await;
    phone.browser.js("location.hash = '#/'").await;
    for answer in ["no", "yes"] {
        phone.browser.click("[data-screen=schedule] [data-action=sign-out]").await;
        phone.browser.until_shown("dialog[open]").await;
        assert!(phone.browser.text("dialog").await.contains("1 catatan belum terkirim"));
        phone.answer(answer).await;
    }
    phone.browser.until("location.pathname === '/masuk'").await;
    ground.proxy.heal();
    phone.browser.sign_in(&ground.proxy.url, "colleague").await;
    phone.until_ready().await;
    phone.browser.until_shown("[data-alert=others]").await;
    assert!(phone.browser.text("[data-alert=others]").await.contains("1 catatan milik officer"));
    phone.open(&ground.event).await;
    phone.until_counted("main", 0).await;
    phone.tap("plus").await;
    phone.until_counted("main", 1).await;
    phone.send_all().await;
    assert_eq!(ground.tallies().await, ["colleague: 1"]);
    assert_eq!(phone.rows().await.len(), 1);
    phone.browser.js("location.hash = '#/'").await;
    phone.browser.click("[data-screen=schedule] [data-action=sign-out]").await;
    phone.browser.until("location.pathname === '/masuk'").await;
    phone.browser.sign_in(&ground.proxy.url, "officer").await;
    phone.until_ready().await;
    phone.send_all().await;
    assert_eq!(ground.tallies().await, ["colleague: 1", "officer: 4"]);
}

#[actix_web::test]
async fn whoever_has_no_right_to_the_field_sees_nothing_of_the_phones_owner_and_loses_nothing_of_his() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let mut ground = Ground::of(&["officer"]).await;
    ground.app.add_user("kepala", "head", "33.03").await;
    ground.app.with_password("kepala").await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    ground.proxy.fault("results/batch", Fault::BadGateway);
    phone.tap_often("activated", "plus", 3).await;
    phone.until_counted("main", 3).await;
    phone
        .browser
        .js("await fetch('/keluar', {method: 'POST', redirect: 'manual'});
             await fetch('/masuk', {method: 'POST', redirect: 'manual',
               body: new URLSearchParams({login: 'kepala', password: 'kata sandi panjang', kembali: '/lapangan/'})})")
        .await;
    ground.proxy.heal();
    phone.visit().await;
    phone.browser.until_shown("[data-screen=guest]:not([hidden])").await;
    let shown = phone.browser.text("main").await;
    assert!(shown.contains("kepala") && !shown.contains("Siap berangkat"), "{shown}");
    // Also after the phone was switched off and on again, without signal.
    ground.proxy.stop().await;
    phone.browser.js("location.reload()").await;
    phone.browser.until_shown("[data-screen=guest]:not([hidden])").await;
    ground.proxy.go_on();
    phone.browser.click("[data-screen=guest] [data-action=sign-out]").await;
    phone.browser.until("location.pathname === '/masuk'").await;
    phone.browser.sign_in(&ground.proxy.url, "officer").await;
    phone.until_ready().await;
    phone.browser.until_shown("[data-screen=schedule]:not([hidden])").await;
    phone.send_all().await;
    assert_eq!(ground.tallies().await, ["officer: 3"]);
}

#[actix_web::test]
async fn what_the_office_has_is_shown_anew_after_each_sending() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    assert!(phone.browser.text("[data-slot=office-count]").await.contains("Belum ada hitungan"));
    phone.tap_often("activated", "plus", 3).await;
    phone.until_counted("main", 3).await;
    phone.send_all().await;
    phone.browser.until_said("Kantor mencatat 3 dari semua petugas").await;
}

#[actix_web::test]
async fn a_page_that_has_not_noticed_the_change_of_hands_cannot_pass_rows_off_as_the_new_officers() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer", "colleague"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    phone.tap_often("activated", "plus", 2).await;
    phone.until_counted("main", 2).await;
    // In another tab somebody else signs in; this one still believes in the first.
    phone
        .browser
        .js("await fetch('/keluar', {method: 'POST', redirect: 'manual'});
             await fetch('/masuk', {method: 'POST', redirect: 'manual',
               body: new URLSearchParams({login: 'colleague', password: 'kata sandi panjang', kembali: '/lapangan/'})})")
        .await;
    phone.try_to_send().await;
    phone.browser.until_shown("[data-alert=others]").await;
    assert_eq!(ground.tallies().await, [""; 0]);
    assert_eq!(phone.rows().await.len(), 1);
}
