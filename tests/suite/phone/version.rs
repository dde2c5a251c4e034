//! A new version of the page arrives while the phone is full of rows.

use serde_json::json;

use super::newer::{NEWER, Newer};
use super::{Ground, Phone};
use crate::support::browser::{Browsers, Fault};

const CACHES: &str = "return (await caches.keys()).sort()";
const CHECK: &str =
    "const r = await navigator.serviceWorker.getRegistration(); try { await r.update() } catch {}; return true";

#[actix_web::test]
async fn a_new_version_asks_first_and_brings_every_row_along() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    let newer = Newer::of(&ground.app.url);
    ground.proxy.lead_to(&newer.url);
    ground.proxy.fault("results/batch", Fault::BadGateway);
    phone.open(&ground.event).await;
    phone.tap_often("activated", "plus", 9).await;
    phone.until_counted("main", 9).await;
    phone.browser.js(CHECK).await;
    phone.browser.until_shown("[data-action=update]").await;
    let old = phone.browser.js("return document.documentElement.dataset.version").await;
    assert_ne!(old, NEWER);
    // It waits, also through a reload, and the thumb goes on.
    phone.browser.js("location.reload()").await;
    phone
        .browser
        .until(&format!(
            "document.documentElement.dataset.version === {old} && 'ready' in document.documentElement.dataset"
        ))
        .await;
    phone.tap_often("activated", "plus", 1).await;
    phone.until_counted("main", 10).await;
    phone.browser.until_shown("[data-action=update]").await;
    phone.browser.js("document.querySelector('[data-action=update]').click()").await;
    phone
        .browser
        .until(&format!(
            "document.documentElement.dataset.version === '{NEWER}' && 'ready' in document.documentElement.dataset"
        ))
        .await;
    phone.until_counted("main", 10).await;
    ground.proxy.heal();
    phone.send_all().await;
    assert_eq!(ground.office_has(&ground.event, "activated").await, 10);
    assert_eq!(phone.browser.js(CACHES).await, json!([format!("lapangan-{NEWER}")]));
}

#[actix_web::test]
async fn a_version_that_cannot_be_fetched_whole_leaves_the_old_one_and_no_half_filled_cache() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let mut ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    let before = phone.browser.js(CACHES).await;
    let newer = Newer::of(&ground.app.url);
    ground.proxy.lead_to(&newer.url);
    for (path, fault) in [("view.js", Fault::BadGateway), ("store.js", Fault::Portal), ("lapangan/", Fault::Portal)] {
        ground.proxy.fault(path, fault);
        phone.browser.js(CHECK).await;
        phone.browser.until("(await navigator.serviceWorker.getRegistration()).installing === null").await;
        assert_eq!(phone.browser.js(CACHES).await, before, "{path}");
        ground.proxy.heal();
    }
    ground.proxy.stop().await;
    phone.visit().await;
    ground.proxy.go_on();
    phone.browser.js(CHECK).await;
    phone.browser.until_shown("[data-action=update]").await;
}

#[actix_web::test]
async fn the_language_is_changed_on_the_phone_and_stays_without_signal() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let mut ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    phone.browser.js("document.querySelector('[data-action=language]').click()").await;
    phone.browser.until("document.documentElement.lang === 'en' && 'ready' in document.documentElement.dataset").await;
    ground.proxy.stop().await;
    phone.visit().await;
    assert!(phone.browser.text("[data-action=ready]").await.contains("Ready to leave"));
}
