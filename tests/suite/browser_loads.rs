//! How heavy the pages are and how long they take at the edge of a mobile network (400 kbit/s, 400 ms there and back).
//! Measured, printed, never asserted: `cargo test --test suite loads -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::browser::{Browsers, Link, Proxy, Session};
use crate::support::{TestApp, TestDatabase};

const ADMIN: &str = "admin@purbalingga.example";
const OFFICER: &str = "officer1@purbalingga.example";

/// The pages that people open most, as kinds of a tour.
const MAIN: [&str; 10] = [
    "/33.03/",
    "/33.03/papan",
    "/33.03/kegiatan",
    "/33.03/kegiatan/baru",
    "/33.03/kegiatan/*",
    "/33.03/lokasi",
    "/33.03/lokasi/*",
    "/33.03/peringkat",
    "/33.03/peta",
    "/33.03/kelola",
];

#[actix_web::test]
#[ignore = "prints how long pages take over a slow network"]
async fn loads_of_the_desk_over_a_slow_network() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let app = TestApp::start_on(TestDatabase::create_demo());
    app.with_password(ADMIN).await;
    let slow = Proxy::start_slow(&app.url, Link::EDGE);
    let desk = browsers.desk("meja").await;
    println!("| page | KB first | requests | s first | KB again | s again |\n|---|---|---|---|---|---|");
    measure(&desk, &slow, "/masuk").await;
    desk.sign_in(&app.url, ADMIN).await;
    let measured = async |kind: &str| {
        if MAIN.contains(&kind) {
            let path = desk.place().await;
            measure(&desk, &slow, &path).await;
        }
    };
    desk.tour(&app.url, &["/33.03/"], &["/33.03/"], measured).await;
}

/// Prints the first visit of a page and the next one.
async fn measure(desk: &Session, slow: &Proxy, path: &str) {
    desk.cdp("Network.clearBrowserCache", json!({})).await;
    let first = load(desk, slow, path).await;
    let again = load(desk, slow, path).await;
    let (kb, requests, seconds) = first;
    println!("| `{path}` | {kb:.0} | {requests} | {seconds:.1} | {:.0} | {:.1} |", again.0, again.2);
}

/// Kilobytes, requests and seconds of one visit.
async fn load(desk: &Session, slow: &Proxy, path: &str) -> (f64, usize, f64) {
    let (bytes, requests) = (slow.bytes_down(), slow.seen("").len());
    desk.visit(&format!("{}{path}", slow.url)).await;
    desk.until("performance.getEntriesByType('navigation')[0].loadEventEnd > 0").await;
    let ended = desk.js("return performance.getEntriesByType('navigation')[0].loadEventEnd").await;
    let kilobytes = f64::from(u32::try_from(slow.bytes_down() - bytes).unwrap()) / 1000.0;
    (kilobytes, slow.seen("").len() - requests, ended.as_f64().unwrap() / 1000.0)
}

#[actix_web::test]
#[ignore = "prints how long the phone takes over a slow network"]
async fn loads_of_the_phone_over_a_slow_network_and_without_one() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let app = TestApp::start_on(TestDatabase::create_demo());
    app.with_password(OFFICER).await;
    let mut slow = Proxy::start_slow(&app.url, Link::EDGE);
    let phone = browsers.phone("hp").await;
    phone.sign_in(&app.url, OFFICER).await;
    phone.cdp("Network.clearBrowserCache", json!({})).await;
    let before = slow.bytes_down();
    say("first visit, usable", start(&phone, &slow).await);
    phone.until("document.documentElement.dataset.kept === ''").await;
    phone.until("navigator.serviceWorker.controller").await;
    println!("{} KB with all that it keeps", (slow.bytes_down() - before) / 1000);
    say("installed, slow network", start(&phone, &slow).await);
    phone.close().await;
    slow.stop().await;
    let phone = browsers.phone("hp").await;
    say("installed, cold start, no network", start(&phone, &slow).await);
}

/// Opens the phone's page and tells how long it took to be usable: by the driver's clock, its own waiting included, and
/// by the page's.
async fn start(phone: &Session, slow: &Proxy) -> (Duration, f64) {
    let begin = Instant::now();
    phone.visit(&format!("{}/lapangan/", slow.url)).await;
    phone.until("document.documentElement.dataset.ready === '' && document.querySelector('.field-card')").await;
    let took = begin.elapsed();
    let of_page = phone.js("return performance.getEntriesByName('usable')[0].startTime").await;
    (took, of_page.as_f64().unwrap() / 1000.0)
}

fn say(what: &str, (took, of_page): (Duration, f64)) {
    println!("{what}: {:.2} s, by the page's own clock {of_page:.2} s", took.as_secs_f64());
}
