//! Every page in a real browser: nothing that shuts anybody out, nothing that scrolls sideways, nothing heavy, nothing
//! that the content policy or a missing file breaks. And the pictures of all pages, by a command of their own.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::support::browser::{Browsers, Session, Shape, variable};
use crate::support::{TestApp, TestDatabase, booking};

/// Where the walks begin; the pages that no link of a signed-in reader leads to are named.
const STARTS: [&str; 6] = ["/", "/33.03/", "/akun", "/33.03/kalender", MISSING, "/api/docs"];
/// The page that says that there is no such thing.
const MISSING: &str = "/33.03/tidak-ada";
const WITHIN: [&str; 3] = ["/33.03/", "/akun", "/api/docs"];

/// The demo, whose admin and first officer of Purbalingga can sign in.
async fn demo() -> TestApp {
    let app = TestApp::start_on(TestDatabase::create_demo());
    for login in [ADMIN, OFFICER] {
        app.with_password(login).await;
    }
    app
}

const ADMIN: &str = "admin@purbalingga.example";
const OFFICER: &str = "officer1@purbalingga.example";

/// Walks through the pages of the desk in a language and says what is wrong with each.
async fn wrongs_of_the_desk(language: &str) -> Option<Vec<String>> {
    let browsers = Browsers::start(1).await?;
    let app = demo().await;
    let desk = browsers.open("meja", Shape::Desk, language).await;
    let mut wrongs = Vec::new();
    desk.visit(&format!("{}/masuk", app.url)).await;
    wrongs.extend(wrongs_of_page(&desk, "/masuk", &DESK).await);
    desk.sign_in(&app.url, ADMIN).await;
    let visited = std::cell::Cell::new(0);
    let look = async |kind: &str| {
        visited.set(visited.get() + 1);
        let jump = desk.jump().await;
        if jump > JUMP_MAX {
            wrongs.push(format!("{kind} jumps by {jump:.3} while it loads"));
        }
        wrongs.extend(wrongs_of_page(&desk, kind, &DESK).await);
    };
    desk.tour(&app.url, &STARTS, &WITHIN, look).await;
    println!("{} pages visited ({language})", visited.get());
    Some(wrongs)
}

/// So far may a page jump while it loads: a fifth of what is called good (0.1, web.dev "Cumulative Layout Shift").
const JUMP_MAX: f64 = 0.02;

/// By day at a desk and by night on a phone.
const DESK: [(u32, &str); 2] = [(1280, "light"), (360, "dark")];
const PHONE: [(u32, &str); 2] = [(360, "light"), (360, "dark")];

/// What is wrong with the open page at these widths and in these colours.
async fn wrongs_of_page(page: &Session, kind: &str, looks: &[(u32, &str)]) -> Vec<String> {
    let mut wrongs = Vec::new();
    for &(width, scheme) in looks {
        page.look(width, scheme).await;
        wrongs.extend(page.cut_choices().await.into_iter().map(|cut| format!("{kind} ({width}) cuts a choice, {cut}")));
        wrongs.extend(page.axe().await.into_iter().map(|wrong| format!("{kind} ({width}): {wrong}")));
        let reach = page.js("return document.documentElement.scrollWidth - innerWidth").await;
        if reach.as_i64() > Some(0) {
            wrongs.push(format!("{kind} scrolls sideways by {reach} px at {width}"));
        }
    }
    let status = page.js("return performance.getEntriesByType('navigation')[0].responseStatus").await;
    let expected = if kind == MISSING { 404 } else { 200 };
    if status != expected {
        wrongs.push(format!("{kind} answers {status}"));
    }
    let kilobytes = page.weight().await / 1000;
    if kilobytes > 100 {
        wrongs.push(format!("{kind} weighs {kilobytes} KB"));
    }
    // The page for what is missing is visited on purpose, and every other missing page is told above.
    let complaints = page.complaints().await.into_iter().filter(|complaint| !complaint.contains("404 (Not Found)"));
    wrongs.extend(complaints.map(|complaint| format!("{kind}: {complaint}")));
    wrongs
}

#[actix_web::test]
async fn every_page_of_the_desk_is_open_to_everybody_in_indonesian() {
    let Some(wrongs) = wrongs_of_the_desk("id").await else { return };
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
}

#[actix_web::test]
async fn every_page_of_the_desk_is_open_to_everybody_in_english() {
    let Some(wrongs) = wrongs_of_the_desk("en").await else { return };
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
}

#[actix_web::test]
async fn the_phone_is_open_to_everybody_and_light() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let app = demo().await;
    let phone = browsers.phone("hp").await;
    phone.sign_in(&app.url, OFFICER).await;
    phone.pretend_now(&app.now().to_rfc3339()).await;
    phone.visit(&format!("{}/lapangan/", app.url)).await;
    let mut wrongs = Vec::new();
    for screen in ["schedule", "event", "new"] {
        open_screen(&phone, screen).await;
        wrongs.extend(wrongs_of_page(&phone, screen, &PHONE).await);
    }
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
    let parts = phone.parts().await;
    assert!(parts.values().sum::<u64>() <= 60_000, "{parts:#?}");
    // The second time it opens from what it holds, at once and in one piece.
    phone.visit(&format!("{}/lapangan/", app.url)).await;
    phone.until("navigator.serviceWorker.controller && document.querySelector('.field-card')").await;
    let jump = phone.jump().await;
    assert!(jump < JUMP_MAX, "the phone jumps by {jump:.3} while it opens");
}

/// Shows one of the screens of the phone's one page.
async fn open_screen(phone: &Session, screen: &str) {
    // A phone that found the office busy at first asks again by itself.
    phone.until("document.querySelector('.field-card')").await;
    let address = match screen {
        "event" => "document.querySelector('.field-card').hash",
        "new" => "'#/baru'",
        _ => "'#/'",
    };
    phone.js(&format!("location.hash = {address}")).await;
    phone.until_shown(&format!("[data-screen={screen}]:not([hidden])")).await;
}

/// Names as long as an input takes them, in one word: they are broken, and no page scrolls sideways for them.
#[actix_web::test]
async fn no_name_is_so_long_that_a_page_scrolls_sideways() {
    let Some(browsers) = Browsers::start(1).await else { return };
    let (app, coordinator) = TestApp::with_registry().await;
    let long = "Sekolahmenengahkejuruan".repeat(5);
    let venue = json!({"code": "V-9", "name": long, "kind": "school", "region": "33.03.05", "latitude": -7.39,
        "longitude": 109.36});
    coordinator.post("/venues", venue).await.expect(201);
    let team = json!({"code": "T-9", "name": long, "operators": 2, "capacity_per_day": 100});
    coordinator.post("/teams", team).await.expect(201);
    let mut event = booking("V-9", "T-9", "2026-11-20");
    event["title"] = long.clone().into();
    event["state"] = "done".into();
    let id = coordinator.post("/events", event).await.expect(201).json()["id"].as_str().unwrap().to_owned();
    let admin = app.as_admin().await;
    admin.patch("/api/v1/users/coordinator", json!({"name": "Kartikasari".repeat(16)})).await.expect(200);
    let office = "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Purbalingga Provinsi Jawa Tengah";
    admin.patch("", json!({"name": office})).await.expect(200);
    app.with_password("coordinator").await;
    let desk = browsers.desk("meja").await;
    desk.sign_in(&app.url, "coordinator").await;
    let event = format!("kegiatan/{id}");
    let papers = ["laporan", "lembar-hitung", "ubah"].map(|paper| format!("{event}/{paper}"));
    let pages =
        ["", "papan", "papan?bulan=2026-11", "papan/salin-pekan", "kegiatan", "kegiatan/baru", "lokasi", "lokasi/V-9"];
    let more =
        ["peta", "peringkat", "tim", "pengguna", event.as_str()].into_iter().chain(papers.iter().map(String::as_str));
    let mut wrongs = Vec::new();
    for page in pages.into_iter().chain(more) {
        desk.visit(&format!("{}/33.03/{page}", app.url)).await;
        for width in [1280, 900, 360] {
            desk.look(width, "light").await;
            let reach = desk.js("return document.documentElement.scrollWidth - innerWidth").await;
            if reach.as_i64() != Some(0) {
                wrongs.push(format!("{page}: {reach} px at {width}"));
            }
        }
    }
    // Whoever cannot find the way out stays signed in.
    desk.look(900, "light").await;
    assert_eq!(desk.js("return document.querySelector('form[action=\"/keluar\"] button').getBoundingClientRect().right <= innerWidth").await, true);
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
}

/// `SCREENS_DIR=/tmp/layar cargo test --test suite screens -- --ignored`
#[actix_web::test]
#[ignore = "makes pictures for people, into SCREENS_DIR"]
async fn screens_of_every_page_at_both_widths_in_both_languages() {
    let folder = PathBuf::from(variable("SCREENS_DIR").expect("SCREENS_DIR says where the pictures go"));
    std::fs::create_dir_all(&folder).unwrap();
    let Some(browsers) = Browsers::start(1).await else { return };
    let app = demo().await;
    for language in ["id", "en"] {
        let page = browsers.open(language, Shape::Desk, language).await;
        page.visit(&format!("{}/masuk", app.url)).await;
        shoot(&page, &folder, language, "/masuk").await;
        page.sign_in(&app.url, ADMIN).await;
        page.tour(&app.url, &STARTS, &WITHIN, async |kind| shoot(&page, &folder, language, kind).await).await;
        page.close().await;
        let phone = browsers.open(&format!("hp-{language}"), Shape::Phone, language).await;
        phone.sign_in(&app.url, OFFICER).await;
        phone.pretend_now(&app.now().to_rfc3339()).await;
        phone.visit(&format!("{}/lapangan/", app.url)).await;
        for screen in ["schedule", "event", "new"] {
            open_screen(&phone, screen).await;
            phone.picture(&file(&folder, language, &format!("/lapangan/{screen}"), 360, "light")).await;
        }
        phone.close().await;
    }
}

/// `PICTURES_DIR=docs/pictures cargo test --test suite pictures -- --ignored`
#[actix_web::test]
#[ignore = "makes the pictures of the README, into PICTURES_DIR"]
async fn pictures_for_the_readme_of_the_board_the_ranking_and_the_phone() {
    let folder = PathBuf::from(variable("PICTURES_DIR").expect("PICTURES_DIR says where the pictures go"));
    let Some(browsers) = Browsers::start(1).await else { return };
    let app = demo().await;
    let desk = browsers.desk("meja").await;
    desk.sign_in(&app.url, ADMIN).await;
    desk.look(1280, "light").await;
    for (path, name) in [("papan?pekan=2026-11-16", "board"), ("peringkat", "ranking")] {
        desk.visit(&format!("{}/33.03/{path}", app.url)).await;
        desk.picture_of_top(&folder.join(format!("{name}.png")), 860.0, 0.6).await;
    }
    desk.close().await;
    let phone = browsers.phone("hp").await;
    phone.sign_in(&app.url, OFFICER).await;
    phone.pretend_now(&app.now().to_rfc3339()).await;
    phone.visit(&format!("{}/lapangan/", app.url)).await;
    open_screen(&phone, "event").await;
    for counted in 1..=7 {
        phone.js("document.querySelector('.dock .plus').click()").await;
        phone.until(&format!("document.querySelector('[data-count=main]').textContent === '{counted}'")).await;
    }
    phone.js("document.activeElement.blur()").await;
    phone.picture_of_top(&folder.join("phone.png"), 740.0, 0.4).await;
}

async fn shoot(page: &Session, folder: &Path, language: &str, kind: &str) {
    for (width, scheme) in [(1280, "light"), (360, "light"), (1280, "dark")] {
        page.look(width, scheme).await;
        page.picture(&file(folder, language, kind, width, scheme)).await;
    }
}

/// `33.03-lokasi-one.360.id.light.png`
fn file(folder: &Path, language: &str, kind: &str, width: u32, scheme: &str) -> PathBuf {
    let name = kind.trim_matches('/').replace('*', "one").replace('/', "-");
    let name = if name.is_empty() { "home".to_owned() } else { name };
    folder.join(format!("{name}.{width}.{language}.{scheme}.png"))
}
