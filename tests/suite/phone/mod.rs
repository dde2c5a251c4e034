//! The phone at `/lapangan/` in a real browser, over a network that is lost, lies and comes back.

mod keeping;
mod newer;
mod outcomes;
mod people;
mod random;
mod sending;
mod version;
mod weight;

use fantoccini::Locator;
use jemputbola::domain::event::EventState;
use serde_json::{Value, json};

use crate::support::browser::{Browsers, Proxy, Session};
use crate::support::{Client, START, TestApp};

const TODAY: &str = "2026-11-21";

/// A service behind a network that can be made bad, and an event of today for these officers.
pub struct Ground {
    pub app: TestApp,
    pub proxy: Proxy,
    pub coordinator: Client,
    pub event: String,
}

impl Ground {
    /// `officer` is there already, others are added; all of them are one team.
    pub async fn of(officers: &[&str]) -> Self {
        let app = TestApp::start().await;
        for login in officers {
            if *login != "officer" {
                app.add_user(login, "officer", "33.03").await;
            }
            app.with_password(login).await;
        }
        app.add_team("T-1", 80, officers).await;
        let event = app.add_event("T-1", EventState::Confirmed, &[TODAY], "activated ktp_recorded").await;
        let proxy = Proxy::start(&app.url);
        Self { coordinator: app.as_coordinator().await, proxy, app, event }
    }

    /// What the office counts of an outcome at an event; nothing if it was never counted.
    pub async fn office_has(&self, event: &str, outcome: &str) -> Value {
        let counts = self.coordinator.get(&format!("/events/{event}/counts")).await.expect(200).json();
        counts["total"]["counts"][outcome].clone()
    }

    /// `login: activated` of every tally in the ledger, sorted.
    pub async fn tallies(&self) -> Vec<String> {
        let ledger = self.coordinator.get(&format!("/results?event={}", self.event)).await.expect(200).json();
        let tallies = ledger["items"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "tally");
        let line = |entry: &Value| format!("{}: {}", entry["user"].as_str().unwrap(), entry["counts"]["activated"]);
        let mut lines: Vec<_> = tallies.map(line).collect();
        lines.sort();
        lines
    }
}

/// An officer's phone.
pub struct Phone {
    pub browser: Session,
    place: String,
}

impl Phone {
    /// Signs an officer in on a phone, which then holds his schedule and the page.
    pub async fn of(browsers: &Browsers, name: &str, ground: &Ground, login: &str) -> Self {
        let phone = Self::again(browsers, name, ground).await;
        phone.browser.sign_in(&ground.proxy.url, login).await;
        phone.until_ready().await;
        phone.browser.until("'kept' in document.documentElement.dataset").await;
        phone
    }

    /// A phone that is switched on again, or for the first time.
    pub async fn again(browsers: &Browsers, name: &str, ground: &Ground) -> Self {
        let browser = browsers.phone(name).await;
        browser.pretend_now(START).await;
        Self { browser, place: format!("{}/lapangan/", ground.proxy.url) }
    }

    pub async fn until_ready(&self) {
        self.browser.until("'ready' in document.documentElement.dataset").await;
    }

    /// Opens the app, or loads it anew.
    pub async fn visit(&self) {
        self.browser.visit("about:blank").await;
        self.browser.visit(&self.place).await;
        self.until_ready().await;
    }

    /// Opens the card of an event.
    pub async fn open(&self, event: &str) {
        self.browser.until_shown(&format!("[data-event='{event}']")).await;
        self.browser.js(&format!("document.querySelector(\"[data-event='{event}']\").click()")).await;
        self.browser.until(&format!("location.hash.includes('{event}')")).await;
        self.browser.until_shown("[data-screen=event]:not([hidden])").await;
    }

    /// Taps a button of the dock with a finger.
    pub async fn tap(&self, action: &str) {
        self.browser.click(&format!(".dock [data-action={action}]")).await;
    }

    /// Taps so many times as fast as a page can take it, and waits until taps upwards are stored and shown: until then
    /// the phone has nothing to send.
    pub async fn tap_often(&self, outcome: &str, action: &str, times: usize) {
        let shown = format!("Number(document.querySelector('[data-count={outcome}]').textContent)");
        let button = format!("[data-action={action}][data-outcome={outcome}]");
        let taps = format!(
            "const b = document.querySelector('{button}'); const before = {shown};
             for (let i = 0; i < {times}; i += 1) b.click(); return before"
        );
        let before = self.browser.js(&taps).await;
        if action == "plus" {
            self.browser.until(&format!("{shown} >= {before} + {times}")).await;
        }
    }

    /// Waits until the phone shows this count.
    pub async fn until_counted(&self, outcome: &str, n: i64) {
        self.browser.until(&format!("document.querySelector('[data-count={outcome}]').textContent === '{n}'")).await;
    }

    pub async fn until_sync(&self, state: &str) {
        self.browser.until(&format!("document.querySelector('.sync').dataset.sync === '{state}'")).await;
    }

    /// Asks the phone to send, and waits until the office has everything.
    pub async fn send_all(&self) {
        self.browser.js("document.querySelector('[data-action=send]').click()").await;
        self.until_empty().await;
    }

    pub async fn until_empty(&self) {
        self.browser.until("document.querySelector('[data-queue=phone]').textContent === '0'").await;
        self.until_sync("ok").await;
    }

    /// Waits until the office has so many entries of this phone.
    pub async fn until_received(&self, n: usize) {
        self.browser.until(&format!("document.querySelector('[data-queue=received]').textContent === '{n}'")).await;
    }

    /// Presses "Kirim", for better or worse.
    pub async fn try_to_send(&self) {
        self.browser.js("document.querySelector('[data-action=send]').click()").await;
    }

    /// The rows that the phone keeps, as they lie in its database.
    pub async fn rows(&self) -> Vec<Value> {
        let rows = self
            .browser
            .js("const db = await new Promise(done => { const r = indexedDB.open('lapangan'); r.onsuccess = () => done(r.result) });
                 const rows = await new Promise(done => { const r = db.transaction('entries').objectStore('entries').getAll();
                   r.onsuccess = () => done(r.result) });
                 db.close(); return rows")
            .await;
        rows.as_array().unwrap().clone()
    }

    /// Opens another window of the same app, and goes there.
    pub async fn open_second_tab(&self) {
        let tab = self.browser.client.new_window(true).await.unwrap();
        self.browser.client.switch_to_window(tab.handle).await.unwrap();
        self.browser.pretend_now(START).await;
        self.visit().await;
    }

    pub async fn go_to_tab(&self, place: usize) {
        let tab = self.browser.client.windows().await.unwrap()[place].clone();
        self.browser.client.switch_to_window(tab).await.unwrap();
    }

    /// Answers the question that the phone asks.
    pub async fn answer(&self, value: &str) {
        self.browser.until_shown("dialog[open]").await;
        self.browser.click(&format!("dialog[open] [data-answer={value}]")).await;
    }

    pub async fn type_into(&self, selector: &str, text: &str) {
        self.browser.client.find(Locator::Css(selector)).await.unwrap().send_keys(text).await.unwrap();
    }
}

/// The moment that the phone believes in, moved by so many seconds.
pub async fn skew(phone: &Phone, seconds: i64) {
    let shift = json!(seconds * 1000);
    phone.browser.js(&format!("const before = Date.now; Date.now = () => before.call(Date) + {shift}")).await;
}
