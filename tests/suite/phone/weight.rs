//! What a first visit costs on a slow network, and whether everybody can use what it brings.

use super::{Ground, Phone};
use crate::support::browser::Browsers;

#[actix_web::test]
async fn a_first_visit_with_everything_kept_is_at_most_60_kilobytes() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::again(&browsers, "hp", &ground).await;
    phone.browser.visit(&format!("{}/healthz", ground.proxy.url)).await;
    phone
        .browser
        .js("await fetch('/masuk', {method: 'POST', redirect: 'manual',
               body: new URLSearchParams({login: 'officer', password: 'kata sandi panjang'})})")
        .await;
    let before = ground.proxy.bytes_down();
    phone.visit().await;
    phone.browser.until("'kept' in document.documentElement.dataset").await;
    phone.browser.until_shown("[data-event]").await;
    let bytes = ground.proxy.bytes_down() - before;
    println!("first visit of the phone: {bytes} bytes, heads included");
    assert!(bytes <= 60 * 1024, "{bytes} bytes: {:?}", ground.proxy.seen("/"));
}

#[actix_web::test]
async fn the_screens_of_the_phone_have_no_grave_barrier_and_nothing_scrolls_sideways() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let ground = Ground::of(&["officer"]).await;
    let phone = Phone::of(&browsers, "hp", &ground, "officer").await;
    assert_eq!(phone.browser.axe().await, [""; 0]);
    phone.open(&ground.event).await;
    phone.browser.js("document.querySelectorAll('details').forEach(box => { box.open = true })").await;
    assert_eq!(phone.browser.axe().await, [""; 0]);
    let small = phone
        .browser
        .js("const shown = [...document.querySelectorAll('button, a, summary, input, textarea')].filter(e => e.offsetParent);
             return shown.filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))")
        .await;
    assert_eq!(small, serde_json::json!([]));
    assert_eq!(phone.browser.js("return document.documentElement.scrollWidth").await, 360);
    phone.browser.js("location.hash = '#/baru'").await;
    phone.browser.until_shown("[data-screen=new]:not([hidden])").await;
    assert_eq!(phone.browser.axe().await, [""; 0]);
}
