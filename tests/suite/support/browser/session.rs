//! One browser: what a person does in it, and what a test may ask it. Waiting means asking a condition again until it
//! holds, with an upper bound; nothing waits a time and hopes.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use base64::prelude::*;
use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::PASSWORD;

/// How long a condition may take to come true before the test fails. Generous: the machine may be busy.
const PATIENCE: Duration = Duration::from_mins(1);

/// More presses of Tab than a page has things to go to.
const TABS_MAX: usize = 200;

/// What the browser runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// 360 × 740, touch.
    Phone,
    /// 1280 × 800, mouse.
    Desk,
}

/// One browser with a profile of its own. Call [`Self::close`] to end it before its test ends.
pub struct Session {
    pub client: Client,
}

impl Session {
    /// Starts a browser on this profile folder.
    pub(super) async fn open(driver: &str, profile: &Path, shape: Shape, languages: &str) -> Self {
        let capabilities = capabilities(profile, shape, languages);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().unwrap().clone())
            .connect(driver)
            .await
            .unwrap_or_else(|error| panic!("no browser could be started: {error}"));
        Self { client }
    }

    pub async fn close(self) {
        self.client.close().await.unwrap();
    }

    /// Opens an address, and returns when the page has loaded.
    pub async fn visit(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Path and query of the page that is open.
    pub async fn place(&self) -> String {
        let url = self.client.current_url().await.unwrap();
        url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
    }

    /// Signs in through the form of `/masuk` at this server, with the password of [`PASSWORD`].
    pub async fn sign_in(&self, server: &str, login: &str) {
        self.visit(&format!("{server}/masuk")).await;
        self.fill("[name=login]", login).await;
        self.fill("[name=password]", PASSWORD).await;
        self.submit("form[action='/masuk'] button").await;
        let place = self.place().await;
        assert!(!place.starts_with("/masuk"), "not signed in: {}", self.text("main").await);
    }

    /// Runs the body of an async function in the page and answers what it returns.
    pub async fn js(&self, body: &str) -> Value {
        self.try_js(body).await.unwrap_or_else(|error| panic!("{error}\nin: {body}"))
    }

    /// As [`Self::js`], where the page may be on its way to another.
    pub async fn try_js(&self, body: &str) -> Result<Value, CmdError> {
        self.client.execute(&format!("return (async () => {{ {body} }})()"), vec![]).await
    }

    /// A command of Chromium's own protocol, such as `Network.clearBrowserCookies`.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        let answer = self.client.issue_cmd(Vendor(http::Method::POST, "goog/cdp/execute", body)).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Waits until an expression of the page is true.
    pub async fn until(&self, expression: &str) {
        self.until_within(expression, PATIENCE).await;
    }

    /// As [`Self::until`], for what takes its time.
    pub async fn until_within(&self, expression: &str, patience: Duration) {
        let given_up = Instant::now() + patience;
        loop {
            let answer = self.try_js(&format!("return Boolean({expression})")).await;
            if matches!(answer, Ok(Value::Bool(true))) {
                return;
            }
            if Instant::now() > given_up {
                let page = self.try_js("return document.body.innerText").await;
                panic!("never true: {expression} ({answer:?})\nat {}: {page:?}", self.place().await);
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits until something that matches this selector is on the page.
    pub async fn until_shown(&self, selector: &str) {
        self.until(&format!("document.querySelector({})", json!(selector))).await;
    }

    /// Waits until the page says this somewhere.
    pub async fn until_said(&self, text: &str) {
        self.until(&format!("document.body.innerText.includes({})", json!(text))).await;
    }

    /// The text a reader sees in the first element that matches.
    pub async fn text(&self, selector: &str) -> String {
        let body = format!("return document.querySelector({})?.innerText ?? ''", json!(selector));
        self.js(&body).await.as_str().unwrap_or_default().to_owned()
    }

    /// How many elements match.
    pub async fn count(&self, selector: &str) -> u64 {
        self.js(&format!("return document.querySelectorAll({}).length", json!(selector))).await.as_u64().unwrap()
    }

    /// Clicks or taps as a person would: what is covered or outside the page fails the test.
    pub async fn click(&self, selector: &str) {
        let element = self.client.find(Locator::Css(selector)).await;
        let clicked = element.unwrap_or_else(|error| panic!("{selector}: {error}")).click().await;
        clicked.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Clicks what leads to another page, and returns when that one has loaded.
    pub async fn submit(&self, selector: &str) {
        self.js("window.leaving = true").await;
        self.click(selector).await;
        self.until("!window.leaving && document.readyState === 'complete'").await;
    }

    /// Types a text into a field in place of what it holds.
    pub async fn fill(&self, selector: &str, text: &str) {
        let element = self.client.find(Locator::Css(selector)).await;
        let element = element.unwrap_or_else(|error| panic!("{selector}: {error}"));
        element.clear().await.unwrap();
        element.send_keys(text).await.unwrap();
    }

    /// Sets what a date, time or select field holds, where typing depends on the reader's language.
    pub async fn choose(&self, selector: &str, value: &str) {
        let (field, value) = (json!(selector), json!(value));
        let found = self
            .js(&format!(
                "const field = document.querySelector({field}); if (!field) return false; field.value = {value};
                 field.dispatchEvent(new Event('input', {{bubbles: true}}));
                 field.dispatchEvent(new Event('change', {{bubbles: true}})); return field.value === {value}"
            ))
            .await;
        assert_eq!(found, json!(true), "{field} cannot hold {value}");
    }

    /// Types a text where the focus is.
    pub async fn type_here(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    /// Presses one key.
    pub async fn press(&self, key: Key) {
        let value: char = key.into();
        let keys = KeyActions::new("keyboard".to_owned());
        let keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Goes on with the Tab key until the focus is on what matches.
    pub async fn tab_to(&self, selector: &str) {
        for _ in 0..TABS_MAX {
            let there = format!("return Boolean(document.activeElement?.matches({}))", json!(selector));
            if self.js(&there).await == json!(true) {
                return;
            }
            self.press(Key::Tab).await;
        }
        panic!("the keyboard does not reach {selector} at {}", self.place().await);
    }

    /// Drags with the mouse from the middle of what matches the first selector to the middle of the second.
    pub async fn drag(&self, from: &str, to: &str) {
        let middles = self
            .js(&format!(
                "document.querySelector({from}).scrollIntoView({{block: 'center'}});
                 return [{from}, {to}].map(selector => {{
                   const box = document.querySelector(selector).getBoundingClientRect();
                   return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
                 }})",
                from = json!(from),
                to = json!(to)
            ))
            .await;
        let [(x, y), (to_x, to_y)]: [(f64, f64); 2] = serde_json::from_value(middles).unwrap();
        let go = |x, y| PointerAction::MoveTo { duration: Some(Duration::from_millis(50)), x, y };
        let mouse = MouseActions::new("mouse".to_owned())
            .then(go(x, y))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(go(f64::midpoint(x, to_x), f64::midpoint(y, to_y)))
            .then(go(to_x, to_y))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(mouse).await.unwrap();
    }

    /// Makes the page believe that it is this moment (RFC 3339), from its next load on. A worker is not fooled.
    pub async fn pretend_now(&self, moment: &str) {
        let source = format!(
            "{{ const skew = Date.parse({}) - Date.now(), Real = Date;
               Date = class extends Real {{
                 constructor(...given) {{ given.length ? super(...given) : super(Real.now() + skew); }}
                 static now() {{ return Real.now() + skew; }}
               }}; }}",
            json!(moment)
        );
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": source})).await;
    }

    /// The page's width and colours from now on: 360 pixels by night, or 1280 by day.
    pub async fn look(&self, width: u32, scheme: &str) {
        let metrics = json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false});
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.cdp("Emulation.setEmulatedMedia", features).await;
    }

    /// How far the open page has jumped since it began to load: Chromium's cumulative layout shift. What follows a press
    /// or a key is no jump.
    pub async fn jump(&self) -> f64 {
        let shifts = "const observer = new PerformanceObserver(() => {});
            observer.observe({ type: 'layout-shift', buffered: true });
            const shifts = observer.takeRecords().filter(shift => !shift.hadRecentInput);
            return shifts.reduce((sum, shift) => sum + shift.value, 0)";
        self.js(shifts).await.as_f64().unwrap()
    }

    /// The fields of choice whose chosen words do not fit: each is compared with one as wide as it likes.
    pub async fn cut_choices(&self) -> Vec<String> {
        let cut = "const isCut = (select) => {
                const free = select.cloneNode(false);
                free.append(select.selectedOptions[0].cloneNode(true));
                Object.assign(free.style, { inlineSize: 'max-content', maxInlineSize: 'none', position: 'absolute' });
                select.after(free);
                const wanted = free.offsetWidth;
                free.remove();
                return wanted > select.offsetWidth;
            };
            const shown = [...document.querySelectorAll('select')].filter(one => one.offsetWidth && one.selectedOptions[0]);
            return shown.filter(isCut).map(one => `${one.name}: ${one.selectedOptions[0].text}`)";
        serde_json::from_value(self.js(cut).await).unwrap()
    }

    /// Bytes of the open page with everything that it needs, as they came over the wire or were kept from before. What
    /// is fetched more than once, as the phone asks anew where it found no network, weighs once.
    pub async fn weight(&self) -> u64 {
        self.parts().await.values().sum()
    }

    /// What the open page consists of: path and bytes of each part.
    pub async fn parts(&self) -> BTreeMap<String, u64> {
        let parts = "const parts = ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind));
            return Object.fromEntries(parts.map(part => [part.name.replace(origin, ''), part.encodedBodySize]))";
        serde_json::from_value(self.js(parts).await).unwrap()
    }

    /// What the browser complained of since it was asked last: scripts that failed, files that are missing, what the
    /// content policy blocked.
    pub async fn complaints(&self) -> Vec<String> {
        let log = Vendor(http::Method::POST, "se/log", json!({"type": "browser"}));
        let entries = self.client.issue_cmd(log).await.unwrap_or_else(|error| panic!("{error}"));
        let grave = entries.as_array().unwrap().iter().filter(|entry| entry["level"] == "SEVERE");
        grave.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Writes a picture of the whole page, however long, as PNG.
    pub async fn picture(&self, file: &Path) {
        let height = self.js("return document.documentElement.scrollHeight").await;
        self.picture_of_top(file, height.as_f64().unwrap(), 1.0).await;
    }

    /// As [`Self::picture`], of so many CSS pixels from the top, and smaller.
    pub async fn picture_of_top(&self, file: &Path, height: f64, scale: f64) {
        let width = self.js("return document.documentElement.clientWidth").await;
        let clip = json!({"x": 0, "y": 0, "width": width, "height": height, "scale": scale});
        let parameters = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
        let answer = self.cdp("Page.captureScreenshot", parameters).await;
        std::fs::write(file, BASE64_STANDARD.decode(answer["data"].as_str().unwrap()).unwrap()).unwrap();
    }
}

fn capabilities(profile: &Path, shape: Shape, languages: &str) -> Value {
    let mut options = json!({"args": [
        "--headless=new", "--no-sandbox", "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
        "--force-device-scale-factor=1", "--window-size=1280,800", "--hide-scrollbars",
        format!("--accept-lang={languages}"), format!("--user-data-dir={}", profile.display()),
    ]});
    if let Some(binary) = super::variable("CHROMIUM") {
        options["binary"] = json!(binary);
    }
    if shape == Shape::Phone {
        let metrics = json!({"width": 360, "height": 740, "pixelRatio": 2.0, "touch": true});
        options["mobileEmulation"] = json!({"deviceMetrics": metrics});
    }
    let patience = PATIENCE.as_millis();
    json!({"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "WARNING"},
        "timeouts": {"script": 3 * patience, "pageLoad": 3 * patience}})
}

/// A command beyond the standard: method, place below the session, body.
#[derive(Debug)]
struct Vendor(http::Method, &'static str, Value);

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.1))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (self.0.clone(), (self.0 == http::Method::POST).then(|| self.2.to_string()))
    }
}
