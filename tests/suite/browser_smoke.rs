//! The means of the browser tests themselves: a page opens, a picture is made, the network can be made bad.

use crate::support::TestApp;
use crate::support::browser::{Browsers, Fault, Proxy, variable};

#[actix_web::test]
async fn a_browser_opens_a_page_of_the_service_and_takes_its_picture() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let app = TestApp::start().await;
    let phone = browsers.phone("uji").await;
    phone.visit(&format!("{}/healthz", app.url)).await;
    assert_eq!(phone.js("return [screen.width, navigator.language]").await, serde_json::json!([360, "id-ID"]));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("layar.png");
    phone.picture(&file).await;
    assert!(std::fs::read(file).unwrap().starts_with(b"\x89PNG"));
}

#[actix_web::test]
async fn the_network_of_a_test_can_lose_change_and_repeat_what_passes() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let app = TestApp::start().await;
    let mut proxy = Proxy::start(&app.url);
    let desk = browsers.desk("uji").await;
    desk.visit(&format!("{}/healthz", proxy.url)).await;
    let ask = "try { const a = await fetch('/healthz?x', {redirect: 'error', signal: AbortSignal.timeout(300)});
        return a.status } catch (e) { return e.name }";
    proxy.next("x", &[Fault::Unauthorized, Fault::BadGateway, Fault::Portal, Fault::Redirect]);
    for expected in [401.into(), 502.into(), 200.into(), serde_json::json!("TypeError")] {
        assert_eq!(desk.js(ask).await, expected);
    }
    proxy.fault("x", Fault::Hang);
    assert_eq!(desk.js(ask).await, "TimeoutError");
    proxy.heal();
    assert_eq!(desk.js(ask).await, 200);
    assert_eq!(proxy.seen("?x").len(), 6);
    proxy.stop().await;
    assert_eq!(desk.js(ask).await, "TypeError");
    proxy.go_on();
    assert_eq!(desk.js(ask).await, 200);
}

#[actix_web::test]
async fn what_is_wrong_with_a_page_is_found() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let app = TestApp::start().await;
    let desk = browsers.desk("uji").await;
    desk.visit(&format!("{}/masuk", app.url)).await;
    assert_eq!((desk.axe().await, desk.complaints().await), (vec![], vec![]));
    desk.js("document.body.insertAdjacentHTML('beforeend', '<img src=/tidak-ada.png><p style=\"color: red\">')").await;
    desk.until("performance.getEntriesByName(`${location.origin}/tidak-ada.png`).length").await;
    let found = desk.axe().await;
    assert!(variable("AXE_CORE").is_none() || found.iter().any(|wrong| wrong.contains("image-alt")), "{found:?}");
    let complaints = desk.complaints().await.join("\n");
    assert!(complaints.contains("404") && complaints.contains("Content Security Policy"), "{complaints}");
}
