//! What the phone keeps: told when it cannot, taken out of it when all else fails.

use super::{Ground, Phone};
use crate::support::browser::Browsers;

#[actix_web::test]
async fn a_full_phone_says_so_and_shows_no_tap_that_it_did_not_store() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    phone.tap("plus").await;
    phone.until_counted("main", 1).await;
    phone
        .browser
        .js("globalThis.put = IDBObjectStore.prototype.put;
             IDBObjectStore.prototype.put = () => { throw new DOMException('penuh', 'QuotaExceededError') }")
        .await;
    phone.tap("plus").await;
    phone.browser.until_shown("[data-alert=storage]").await;
    assert!(phone.browser.text("[data-alert=storage]").await.contains("HP penuh"));
    phone.until_counted("main", 1).await;
    phone.browser.js("IDBObjectStore.prototype.put = globalThis.put").await;
    phone.tap("plus").await;
    phone.until_counted("main", 2).await;
    phone.browser.until("!document.querySelector('[data-alert=storage]')").await;
}

#[actix_web::test]
async fn an_export_holds_every_row_in_the_form_that_the_office_can_take() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let mut ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.open(&ground.event).await;
    ground.proxy.stop().await;
    phone.tap_often("activated", "plus", 5).await;
    phone.until_counted("main", 5).await;
    phone.try_to_send().await;
    phone.until_sync("offline").await;
    phone.browser.js("URL.createObjectURL = blob => { globalThis.exported = blob; return '#' }").await;
    phone.browser.js("document.querySelector('[data-action=export]').click()").await;
    phone.browser.until("globalThis.exported").await;
    let text = phone.browser.js("return await globalThis.exported.text()").await;
    let file: serde_json::Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
    let reply = ground.app.as_user("officer").await.post("/results/batch", file).await.expect(200).json();
    assert_eq!(reply["results"][0]["status"], "accepted", "{reply}");
    assert_eq!(ground.office_has(&ground.event, "activated").await, 5);
    // The phone sends the same entry some day, and it still counts once.
    ground.proxy.go_on();
    phone.browser.js("location.hash = '#/'").await;
    phone.send_all().await;
    assert_eq!(ground.office_has(&ground.event, "activated").await, 5);
}
