//! What thumbs can do: outcomes, undo, notes, the course of an event, an event made on the spot.

use serde_json::{Value, json};

use super::{Ground, Phone, TODAY, skew};
use crate::support::browser::Browsers;

#[actix_web::test]
async fn an_undo_takes_back_the_last_tap_before_and_after_it_was_sent() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    phone.tap_often("activated", "plus", 3).await;
    phone.tap_often("refused_no_need", "plus", 1).await;
    phone.until_counted("refused_no_need", 1).await;
    phone.tap("undo").await;
    phone.until_counted("refused_no_need", 0).await;
    phone.send_all().await;
    assert_eq!(ground.office_has(&ground.event, "activated").await, 3);
    assert_eq!(ground.office_has(&ground.event, "refused_no_need").await, json!(null));
    phone.tap("undo").await;
    phone.until_counted("main", 2).await;
    phone.send_all().await;
    assert_eq!(ground.office_has(&ground.event, "activated").await, 2);
    phone.tap_often("activated", "minus", 5).await;
    phone.until_counted("main", 0).await;
    phone.send_all().await;
    assert_eq!(ground.office_has(&ground.event, "activated").await, 0);
}

#[actix_web::test]
async fn start_note_and_finish_reach_the_office_and_a_note_that_looks_like_a_nik_does_not() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    phone.browser.click("[data-action=start]").await;
    phone.browser.until("document.activeElement.matches('.dock .plus')").await;
    phone.until_received(1).await;
    assert!(ground.app.event_stands(&ground.event).await.starts_with("ongoing unreported"));
    phone.type_into("#note", "Warga 3303050706240001").await;
    phone.browser.until("!document.getElementById('note-error').hidden").await;
    phone.browser.js("document.querySelector('[data-action=note]').click()").await;
    assert_eq!(phone.rows().await, [json!(null); 0]);
    phone.browser.fill("#note", "Genset rusak").await;
    phone.browser.js("document.querySelector('[data-action=note]').click()").await;
    phone.browser.until("document.getElementById('note').value === ''").await;
    // A note alone would say that nobody came: it waits for the first count.
    phone.try_to_send().await;
    phone.tap("plus").await;
    phone.until_counted("main", 1).await;
    phone.send_all().await;
    phone.browser.js("document.querySelector('[data-action=finish]').click()").await;
    phone.answer("no").await;
    phone.browser.js("document.querySelector('[data-action=finish]').click()").await;
    phone.answer("yes").await;
    phone.until_received(3).await;
    assert!(ground.app.event_stands(&ground.event).await.starts_with("done reported"));
    let ledger = ground.coordinator.get(&format!("/results?event={}", ground.event)).await.expect(200).json();
    let line = |entry: &Value| format!("{} {}", entry["kind"].as_str().unwrap(), entry["note"].as_str().unwrap_or("-"));
    let lines: Vec<_> = ledger["items"].as_array().unwrap().iter().map(line).collect();
    assert_eq!(lines, ["start -", "tally Genset rusak", "finish -"]);
}

#[actix_web::test]
async fn an_event_made_without_signal_takes_taps_at_once_and_is_the_offices_later() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let mut ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    ground.proxy.stop().await;
    phone.browser.click("[data-action=new]").await;
    phone.browser.fill("#new-title", "Arisan RW 3").await;
    phone.browser.fill("#new-place", "Balai RW 3").await;
    phone.browser.click("[data-screen=new] .button.main").await;
    phone.browser.until_shown("[data-screen=event]:not([hidden])").await;
    phone.tap_often("activated", "plus", 8).await;
    phone.until_counted("main", 8).await;
    phone.visit().await;
    ground.proxy.go_on();
    phone.send_all().await;
    let events = ground.coordinator.get(&format!("/events?from={TODAY}&to={TODAY}")).await.expect(200).json();
    let made =
        events["items"].as_array().unwrap().iter().find(|event| event["title"] == "Arisan RW 3").unwrap().clone();
    assert_eq!((&made["unplanned"], &made["place"]), (&json!(true), &json!("Balai RW 3")));
    assert_eq!(ground.office_has(made["id"].as_str().unwrap(), "activated").await, 8);
    phone.browser.click("[data-action=ready]").await;
    phone.open(made["id"].as_str().unwrap()).await;
    phone.until_counted("main", 8).await;
}

#[actix_web::test]
async fn an_officer_who_is_no_longer_on_the_team_sees_that_the_office_must_decide() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    phone.tap("plus").await;
    phone.until_counted("main", 1).await;
    let step = format!("/events/{}/cancel", ground.event);
    ground.coordinator.post(&step, json!({"reason": "banjir"})).await.expect(200);
    phone.send_all().await;
    phone.browser.until_shown("[data-entry=held]").await;
    phone.until_counted("main", 1).await;
    assert_eq!(ground.coordinator.get("/held").await.expect(200).json()["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_wrong_clock_is_shown_and_counts_all_the_same_on_the_events_day() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    assert_eq!(phone.browser.count("[data-alert=skew]").await, 0);
    skew(&phone, 3 * 24 * 3600).await;
    phone.browser.click("[data-action=ready]").await;
    phone.browser.until_shown("[data-alert=skew]").await;
    phone.open(&ground.event).await;
    phone.tap("plus").await;
    phone.until_counted("main", 1).await;
    phone.send_all().await;
    assert_eq!(ground.office_has(&ground.event, "activated").await, 1);
}

#[actix_web::test]
async fn the_phones_guard_against_niks_judges_as_the_offices_does() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::again(&browsers, "hp", &ground).await;
    phone.visit().await;
    let cases = include_str!("../../support/nik_cases.json");
    let wrong = phone
        .browser
        .js(&format!(
            "const {{ looksLikeNik }} = await import('/lapangan/aset/0/nik.js'); const cases = {cases};
             return [...cases.refused.filter(text => !looksLikeNik(text)), ...cases.passed.filter(looksLikeNik)]"
        ))
        .await;
    assert_eq!(wrong, json!([]));
}

#[actix_web::test]
async fn ids_made_on_the_phone_are_version_7_and_rise_even_when_the_clock_falls_back() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::again(&browsers, "hp", &ground).await;
    phone.visit().await;
    let ids = phone
        .browser
        .js("const { uuid7 } = await import('/lapangan/aset/0/uuid7.js');
             const ids = []; for (let i = 0; i < 9000; i += 1) ids.push(uuid7(1795226400000 - (i % 3)));
             return [ids.every((id, i) => i === 0 || ids[i - 1] < id), ids[0], ids[8999]]")
        .await;
    assert_eq!(ids[0], true);
    for id in [&ids[1], &ids[2]] {
        let id: uuid::Uuid = id.as_str().unwrap().parse().unwrap();
        assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122));
    }
    assert!(ids[1].as_str().unwrap().starts_with("01a1fbd4"), "{ids}");
}
