//! The page of the day: who is out, what came in, what is missing; and that a live page hears of changes, also of those
//! that another server process makes.

use serde_json::json;

use crate::support::field::{batch, tally};
use crate::support::process::ServerProcess;
use crate::support::{TestApp, booking};

#[actix_web::test]
async fn an_office_without_anything_is_told_the_first_steps() {
    let app = TestApp::start().await;
    let page = app.as_coordinator().await.page("/33.03/").await.expect(200).text;
    assert!(page.contains("Mulai di sini") && page.contains("Sabtu Pahing, 21 November 2026"), "{page}");
}

#[actix_web::test]
async fn the_day_shows_who_is_out_what_came_in_and_what_nobody_reported() {
    let (app, coordinator) = TestApp::with_registry().await;
    let mut event = booking("V-1", "T-1", "2026-11-21");
    event["state"] = "confirmed".into();
    event["request"] = json!({"expected": 40});
    let id = coordinator.post("/events", event).await.expect(201).json()["id"].as_str().unwrap().to_owned();
    let mut past = booking("V-2", "T-2", "2026-11-19");
    past["state"] = "done".into();
    coordinator.post("/events", past).await.expect(201);
    let officer = app.as_user("officer").await;
    let entry = tally(&id, "2026-11-21", json!({"activated": 12, "no_smartphone": 3}));
    officer.post("/results/batch", batch(&[entry])).await.expect(200);
    let page = coordinator.page("/33.03/").await.expect(200).text;
    assert!(page.contains("Tempat 1") && page.contains(">12<") && page.contains("dari perkiraan 40"), "{page}");
    assert!(page.contains("Jemput bola V-2") && page.contains("belum dilaporkan"), "{page}");
    assert!(page.contains("tanpa 1 kegiatan yang belum dilaporkan"), "{page}");
    let viewer = app.as_user("viewer").await.page("/33.03/").await.expect(200).text;
    assert!(!viewer.contains("wa.me") && !viewer.contains("kegiatan/baru"), "a viewer reminds nobody");
}

#[actix_web::test]
async fn a_live_page_hears_of_a_change_that_another_server_made() {
    let (app, coordinator) = TestApp::with_registry().await;
    let other = app.second_server();
    let mut news = coordinator.at(&other.url).open("/33.03/hari-ini/kabar").await;
    assert_eq!(news.headers()["content-type"], "text/event-stream");
    let first = news.chunk().await.unwrap().unwrap();
    assert!(first.starts_with(b"data: "), "{first:?}");
    coordinator.post("/events", booking("V-1", "T-1", "2026-11-24")).await.expect(201);
    let second = news.chunk().await.unwrap().unwrap();
    assert!(second.starts_with(b"data: ") && second != first, "{second:?}");
}

#[actix_web::test]
async fn a_live_page_is_told_to_its_end_when_the_server_stops() {
    let (app, coordinator) = TestApp::with_registry().await;
    let mut server = ServerProcess::start(&app.settings.database.url);
    let mut news = coordinator.at(&server.url).open("/33.03/hari-ini/kabar").await;
    assert!(news.chunk().await.unwrap().unwrap().starts_with(b"data: "));
    assert_eq!(server.terminate(), Some(0));
    // A stream that the server had to cut off would be an error here.
    assert_eq!(news.chunk().await.unwrap(), None);
}

#[actix_web::test]
async fn nobody_looks_into_another_office() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    coordinator.page("/33.28/hari-ini/kabar").await.expect(404);
    app.as_stranger().page("/33.03/hari-ini/kabar").await.expect(303);
}
