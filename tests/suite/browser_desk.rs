//! A coordinator at the desk, in a real browser: signs in, books by form and by keyboard, drags on the board, is told
//! clashes in words, and hands out a calendar.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::support::browser::{Browsers, Session};
use crate::support::{Client, TestApp, booking};

/// A Tuesday after the tests' today; its week begins on the 23rd.
const TUESDAY: &str = "2026-11-24";
const WEEK: &str = "/33.03/papan?pekan=2026-11-23";

/// A signed-in coordinator with something to book.
struct Desk {
    app: TestApp,
    coordinator: Client,
    browser: Session,
    _browsers: Browsers,
}

impl Desk {
    async fn open() -> Option<Self> {
        let browsers = Browsers::start(1).await?;
        let (app, coordinator) = TestApp::with_registry().await;
        app.with_password("coordinator").await;
        let browser = browsers.desk("meja").await;
        browser.sign_in(&app.url, "coordinator").await;
        Some(Self { app, coordinator, browser, _browsers: browsers })
    }

    async fn visit(&self, path: &str) {
        self.browser.visit(&format!("{}{path}", self.app.url)).await;
    }

    async fn events(&self) -> Vec<Value> {
        self.coordinator.get("/events").await.expect(200).json()["items"].as_array().unwrap().clone()
    }

    async fn book(&self, venue: &str, team: &str, date: &str) -> String {
        let body = booking(venue, team, date);
        self.coordinator.post("/events", body).await.expect(201).json()["id"].as_str().unwrap().to_owned()
    }

    /// Venue, morning hours and team in the form of a new event.
    async fn fill_in(&self, venue: &str, date: &str, team: &str) {
        self.browser.fill("[name=venue]", venue).await;
        self.browser.choose("[name='days[0].date']", date).await;
        self.browser.fill("[name='days[0].starts']", "09.00").await;
        self.browser.fill("[name='days[0].ends']", "11.30").await;
        self.until_calm().await;
        self.browser.click(&format!("[name=teams][value={team}]")).await;
    }

    /// Waits until the form has stopped asking what is free.
    async fn until_calm(&self) {
        self.browser.js("document.activeElement.blur()").await;
        self.browser.until("!document.querySelector('[aria-busy=true]')").await;
    }
}

/// Date, first slot and teams of an event.
fn told(event: &Value) -> String {
    let day = &event["days"][0];
    format!("{} {} {} {}", event["venue"], day["date"], day["slots"], event["teams"]).replace('"', "")
}

#[actix_web::test]
async fn who_is_not_signed_in_is_led_to_the_page_for_it_and_back() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let app = TestApp::start().await;
    app.with_password("coordinator").await;
    let desk = browsers.desk("meja").await;
    desk.visit(&format!("{}/33.03/lokasi?cari=pasar", app.url)).await;
    desk.fill("[name=login]", "coordinator").await;
    desk.fill("[name=password]", "bukan ini").await;
    desk.submit("main form .button.main").await;
    assert!(desk.text("[role=alert]").await.contains("tidak cocok"));
    desk.fill("[name=password]", crate::support::browser::PASSWORD).await;
    desk.submit("main form .button.main").await;
    assert_eq!(desk.place().await, "/33.03/lokasi?cari=pasar");
}

#[actix_web::test]
async fn a_coordinator_books_from_home_in_eight_steps() {
    let Some(desk) = Desk::open().await else { return };
    desk.visit("/33.03/").await;
    desk.browser.submit(".menu a[href$='/papan']").await;
    desk.browser.submit("main a[href*='/kegiatan/baru'].main").await;
    // Venue, day, from, to, team: five; and the two above, and the button below.
    desk.fill_in("V-1", TUESDAY, "T-1").await;
    desk.browser.submit("button[name=state][value=confirmed]").await;
    let events = desk.events().await;
    assert_eq!(events.iter().map(told).collect::<Vec<_>>(), [format!("V-1 {TUESDAY} [morning] [T-1]")]);
    assert_eq!(events[0]["state"], "confirmed");
    assert_eq!(desk.browser.place().await, format!("/33.03/kegiatan/{}", events[0]["id"].as_str().unwrap()));
}

#[actix_web::test]
async fn a_booking_that_clashes_is_refused_in_words_and_keeps_what_was_typed() {
    let Some(desk) = Desk::open().await else { return };
    desk.book("V-1", "T-1", TUESDAY).await;
    desk.visit("/33.03/kegiatan/baru").await;
    desk.fill_in("V-2", TUESDAY, "T-1").await;
    desk.browser.submit("button[name=state][value=confirmed]").await;
    let said = desk.browser.text("[role=alert]").await;
    assert!(said.contains("Jemput bola V-1") && said.contains("24 November 2026"), "{said}");
    assert_eq!(desk.browser.js("return document.activeElement.id").await, "refused");
    let typed = desk.browser.js("return document.querySelector('[name=venue]').value").await;
    assert!(typed.as_str().unwrap().contains("V-2"), "{typed}");
    assert_eq!(desk.events().await.len(), 1);
}

#[actix_web::test]
async fn an_event_is_booked_with_the_keyboard_alone() {
    let Some(desk) = Desk::open().await else { return };
    let keys = &desk.browser;
    desk.visit("/33.03/papan").await;
    keys.tab_to("main a[href*='/kegiatan/baru']").await;
    keys.js("window.leaving = true").await;
    keys.press(Key::Enter).await;
    keys.until("!window.leaving && document.readyState === 'complete'").await;
    keys.tab_to("[name=venue]").await;
    keys.type_here("V-3").await;
    // Enter asks what is free and leaves page and focus as they are.
    keys.js("window.stays = true").await;
    keys.press(Key::Enter).await;
    keys.until("document.querySelector('[name=venue]').value !== 'V-3'").await;
    keys.until("window.stays && document.activeElement.name === 'venue'").await;
    keys.tab_to("[name='days[0].date']").await;
    keys.type_here("11242026").await;
    keys.tab_to("[name='days[0].starts']").await;
    keys.type_here("13.00").await;
    keys.tab_to("[name='days[0].ends']").await;
    keys.type_here("15.00").await;
    keys.tab_to("[name=teams][value=T-2]").await;
    keys.until("!document.querySelector('[aria-busy=true]')").await;
    keys.press(Key::Space).await;
    keys.tab_to("button[name=state][value=confirmed]").await;
    keys.js("window.leaving = true").await;
    keys.press(Key::Enter).await;
    keys.until("!window.leaving && document.readyState === 'complete'").await;
    let events = desk.events().await;
    let told: Vec<_> = events.iter().map(told).collect();
    assert_eq!(told, [format!("V-3 {TUESDAY} [afternoon] [T-2]")], "{}", keys.text("main").await);
    keys.until("document.activeElement.matches('.after-action')").await;
}

#[actix_web::test]
async fn an_event_is_dragged_to_another_day_and_team_and_a_clash_puts_it_back_in_words() {
    let Some(desk) = Desk::open().await else { return };
    let moved = desk.book("V-1", "T-1", TUESDAY).await;
    desk.book("V-2", "T-2", "2026-11-26").await;
    desk.visit(WEEK).await;
    let card = format!(".card[data-event='{moved}']");
    let cell = |team: &str, date: &str| format!("td[data-team={team}][data-date='{date}']");
    desk.browser.drag(&card, &cell("T-2", "2026-11-25")).await;
    desk.browser.until_shown("#pesan-papan .notice[data-tone=ok]").await;
    desk.browser.until_shown(&format!("{} {card}", cell("T-2", "2026-11-25"))).await;
    let told_of = |events: &[Value]| told(events.iter().find(|event| event["id"] == json!(moved)).unwrap());
    assert_eq!(told_of(&desk.events().await), "V-1 2026-11-25 [morning] [T-2]");
    desk.browser.drag(&card, &cell("T-2", "2026-11-26")).await;
    desk.browser.until_shown("#pesan-papan .notice[data-tone=bad]").await;
    let said = desk.browser.text("#pesan-papan").await;
    assert!(said.contains("Jemput bola V-2") || said.contains("Tempat 2"), "{said}");
    desk.browser.until_shown(&format!("{} {card}:not(.lifted)", cell("T-2", "2026-11-25"))).await;
    assert_eq!(told_of(&desk.events().await), "V-1 2026-11-25 [morning] [T-2]");
}

#[actix_web::test]
async fn a_calendar_address_is_shown_once_copied_and_revoked() {
    let Some(desk) = Desk::open().await else { return };
    desk.book("V-1", "T-1", TUESDAY).await;
    desk.visit("/33.03/kalender").await;
    let grant = json!({"permission": {"name": "clipboard-write"}, "setting": "granted", "origin": desk.app.url});
    desk.browser.cdp("Browser.setPermission", grant).await;
    desk.browser.choose("[name=kind]", "team:T-1").await;
    desk.browser.submit("main form .button.main").await;
    desk.browser.click("[data-copy-from]").await;
    desk.browser.until_said("Tersalin").await;
    let address = desk.browser.js("return document.getElementById('alamat').value").await;
    let path = address.as_str().unwrap().split_once("/kalender/").unwrap().1;
    let path = format!("/kalender/{path}");
    let stranger = desk.app.as_stranger();
    assert!(stranger.get(&path).await.expect(200).text.contains("SUMMARY:Jemput bola V-1"));
    desk.visit("/33.03/kalender").await;
    assert_eq!(desk.browser.count("#alamat").await, 0);
    desk.browser.submit("form[action$='/cabut'] button").await;
    assert!(desk.browser.text(".notice").await.contains("dicabut"));
    stranger.get(&path).await.expect(404);
}
