//! The board as people see it: teams and days, moving and copying events on it, and refusals in words.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Client, OFFICE, Reply, TestApp, booking};

const MONDAY: &str = "2026-11-23";
const TUESDAY: &str = "2026-11-24";
const WEEK: &str = "/papan?pekan=2026-11-23";
const NEXT_WEEK: &str = "/papan?pekan=2026-11-30";

/// A page of the office.
async fn open(client: &Client, path: &str) -> Reply {
    read(client, path, "id").await.expect(200)
}

async fn read(client: &Client, path: &str, language: &str) -> Reply {
    let request = client.request(Method::GET, &format!("/{OFFICE}{path}")).header("accept-language", language);
    client.send(request.header("accept", "text/html")).await
}

/// Sends a form of the office's pages.
async fn send(client: &Client, path: &str, fields: &[(&str, &str)]) -> Reply {
    send_in(client, path, fields, "id").await
}

async fn send_in(client: &Client, path: &str, fields: &[(&str, &str)], language: &str) -> Reply {
    let body = serde_urlencoded::to_string(fields).unwrap();
    let request = client.request(Method::POST, &format!("/{OFFICE}{path}"));
    let request = request.header("accept", "text/html").header("accept-language", language);
    client.send(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await
}

async fn book(client: &Client, body: Value) -> String {
    client.post("/events", body).await.expect(201).json()["id"].as_str().unwrap().to_owned()
}

async fn event(client: &Client, id: &str) -> Value {
    client.get(&format!("/events/{id}")).await.expect(200).json()
}

/// The fields of a card dropped from one day and team on another.
fn drop_on<'a>(version: &'a str, from: [&'a str; 2], to: [&'a str; 2]) -> [(&'a str, &'a str); 5] {
    [("version", version), ("dari", from[0]), ("tim_dari", from[1]), ("ke", to[0]), ("tim_ke", to[1])]
}

/// The fields of the form that moves an event of one day.
fn form<'a>(version: &'a str, date: &'a str, team: &'a str, unit: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("version", version), ("days[0].date", date), ("days[0].slots", "morning"), ("teams", team), ("units", unit)]
}

#[actix_web::test]
async fn the_week_is_a_table_of_teams_and_days_with_its_holidays_and_market_days() {
    let (app, coordinator) = TestApp::with_registry().await;
    let holiday = json!({"date": TUESDAY, "kind": "joint_leave", "name": "Cuti uji", "region": "33.03"});
    app.as_admin().await.post("/api/v1/holidays", holiday).await.expect(201);
    let id = book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    let page = open(&coordinator, WEEK).await.text;
    for text in [
        "<h1>Papan 23–29 November 2026</h1>",
        "<caption class=\"unseen\">Kegiatan per tim dan hari, 23–29 November 2026</caption>",
        "Sen 23 Nov",
        "Kliwon",
        "Cuti bersama: Cuti uji",
        "1 kegiatan, memakai 1 dari 8 hari-tim kerja.",
        "2 operator · 100 orang per hari",
        "Tempat 1",
        "kegiatan/baru?tanggal=2026-11-25&#38;tim=T-2",
    ] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    let card = format!("data-event=\"{id}\" data-version=\"1\" data-date=\"{MONDAY}\" data-team=\"T-1\" data-movable");
    assert!(page.contains(&card), "{page}");
    assert!(page.contains("data-team=\"T-2\" data-date=\"2026-11-29\""));
    let english = read(&coordinator, WEEK, "en").await.expect(200).text;
    assert!(english.contains("<h1>Board 23–29 November 2026</h1>") && english.contains("Joint leave: Cuti uji"));
}

#[actix_web::test]
async fn an_event_of_two_days_that_lie_side_by_side_is_one_card() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let mut two_days = booking("V-1", "T-1", MONDAY);
    two_days["days"] = json!([{"date": MONDAY, "slots": ["morning"]}, {"date": TUESDAY, "slots": ["morning"]}]);
    book(&coordinator, two_days).await;
    let page = open(&coordinator, WEEK).await.text;
    assert_eq!(page.matches("colspan=\"2\"").count(), 1);
    assert_eq!(page.matches("data-event=").count(), 1);
    // With something else on one of the days each day is a cell of its own again.
    let mut evening = booking("V-2", "T-1", TUESDAY);
    evening["days"] = json!([{"date": TUESDAY, "slots": ["evening"]}]);
    book(&coordinator, evening).await;
    let page = open(&coordinator, WEEK).await.text;
    assert_eq!((page.matches("colspan=").count(), page.matches("data-event=").count()), (0, 3));
    assert!(page.contains("hari 2 dari 2"));
}

#[actix_web::test]
async fn filters_stand_in_the_address_and_stay_from_week_to_week() {
    let (_app, coordinator) = TestApp::with_registry().await;
    book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    let gone = book(&coordinator, booking("V-2", "T-2", MONDAY)).await;
    coordinator.post(&format!("/events/{gone}/cancel"), json!({"reason": "hujan"})).await.expect(200);
    let page = open(&coordinator, WEEK).await.text;
    assert!(!page.contains("Tempat 2") && page.contains("1 kegiatan yang dibatalkan tidak ditampilkan."));
    let cancelled = open(&coordinator, &format!("{WEEK}&keadaan=cancelled")).await.text;
    assert!(cancelled.contains("Tempat 2") && !cancelled.contains("Tempat 1"));
    assert!(cancelled.contains("?pekan=2026-11-30&#38;keadaan=cancelled"));
    let elsewhere = open(&coordinator, &format!("{WEEK}&kecamatan=33.03.01")).await.text;
    assert!(elsewhere.contains("Tidak ada kegiatan yang cocok dengan saringan"));
    let team = open(&coordinator, &format!("{WEEK}&tim=T-2")).await.text;
    assert!(!team.contains("data-team=\"T-1\"") && team.contains("data-team=\"T-2\""));
    // What nobody can mean is no error.
    for odd in ["?pekan=kapan", "?bulan=2026-99", "?tim=%00&keadaan=x&kecamatan=33", "?bulan=2026-11"] {
        open(&coordinator, &format!("/papan{odd}")).await;
    }
    assert_eq!(read(&coordinator, "/papan?pekan=2199-12-31", "id").await.status, 404);
}

#[actix_web::test]
async fn the_month_lists_events_by_day() {
    let (_app, coordinator) = TestApp::with_registry().await;
    book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    let page = open(&coordinator, "/papan?bulan=2026-11").await.text;
    assert!(page.contains("<h1>Papan November 2026</h1>"));
    assert_eq!(page.matches("<td").count(), 42);
    let (_, after) = page.split_once("Senin 23 November").unwrap();
    let day = after.split("</td>").next().unwrap();
    assert!(day.contains("Tempat 1") && day.contains("Tim 1"), "{day}");
}

#[actix_web::test]
async fn a_dropped_card_moves_the_event_with_what_its_team_brings() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let mut body = booking("V-1", "T-1", MONDAY);
    body["units"] = json!(["CAR-1", "KIT-1"]);
    let id = book(&coordinator, body).await;
    let to = drop_on("1", [MONDAY, "T-1"], ["2026-11-26", "T-2"]);
    let reply = send(&coordinator, &format!("/papan/geser/{id}"), &to).await.expect(200);
    assert!(reply.text.contains("Tempat 1 dipindahkan ke tim lain, Kamis 26 November."), "{}", reply.text);
    let moved = event(&coordinator, &id).await;
    assert_eq!((&moved["days"][0]["date"], &moved["teams"]), (&json!("2026-11-26"), &json!(["T-2"])));
    // The kit of nobody stays with the event, the car goes with its team.
    assert_eq!((&moved["units"], &moved["officers"]), (&json!(["CAR-2", "KIT-1"]), &json!(["officer2"])));
}

#[actix_web::test]
async fn a_refused_drop_says_in_both_languages_who_holds_what_and_what_is_free() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let mut other = booking("V-2", "T-2", TUESDAY);
    other["units"] = json!(["CAR-1"]);
    book(&coordinator, other).await;
    let id = book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    let path = format!("/papan/geser/{id}");
    let same_car = drop_on("1", [MONDAY, "T-1"], [TUESDAY, "T-1"]);
    let refused = send(&coordinator, &path, &same_car).await.expect(409);
    assert!(refused.text.contains("Tempat 1 belum dipindahkan."), "{}", refused.text);
    let words = "CAR-1 sudah dipakai Tim 2 di Tempat 2, Selasa 24 November pagi. Yang bebas: CAR-2.";
    assert!(refused.text.contains(words), "{}", refused.text);
    let english = send_in(&coordinator, &path, &same_car, "en").await.expect(409);
    let words = "CAR-1 is already used by Tim 2 at Tempat 2, Tuesday 24 November morning. Free instead: CAR-2.";
    assert!(english.text.contains(words), "{}", english.text);
    assert_eq!(event(&coordinator, &id).await["version"], 1);
    // The form offers another car, and that settles it.
    let form_path = format!("/papan/pindah/{id}");
    let opened = open(&coordinator, &format!("{form_path}?dari={MONDAY}&ke={TUESDAY}&tim_dari=T-1&tim_ke=T-1")).await;
    assert!(opened.text.contains(&format!("value=\"{TUESDAY}\"")) && opened.text.contains("CAR-2, bebas"));
    let moved = send(&coordinator, &form_path, &form("1", TUESDAY, "T-1", "CAR-2")).await.expect(303);
    assert_eq!(moved.header("location"), format!("/{OFFICE}{WEEK}"));
    let now = event(&coordinator, &id).await;
    assert_eq!((&now["days"][0]["date"], &now["units"]), (&json!(TUESDAY), &json!(["CAR-2"])));
}

#[actix_web::test]
async fn the_form_keeps_what_was_typed_and_tells_what_is_wrong() {
    let (_app, coordinator) = TestApp::with_registry().await;
    book(&coordinator, booking("V-2", "T-2", TUESDAY)).await;
    let id = book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    let path = format!("/papan/pindah/{id}");
    let taken = send(&coordinator, &path, &form("1", TUESDAY, "T-2", "CAR-1")).await.expect(409);
    assert!(taken.text.contains("Tim 2 sudah bertugas di Tempat 2, Selasa 24 November pagi. Yang bebas: Tim 1."));
    assert!(!taken.text.contains("officer2 uji sudah bertugas"), "told by the team: {}", taken.text);
    assert!(taken.text.contains("name=\"teams\" value=\"T-2\" checked"), "{}", taken.text);
    let broken = send(&coordinator, &path, &[("version", "1"), ("days[0].date", "besok"), ("teams", "T-1")]).await;
    assert_eq!(broken.status, 422);
    assert!(broken.text.contains("id=\"e-days[0].date\"") && broken.text.contains("value=\"besok\""));
    let nobody =
        send(&coordinator, &path, &[("version", "1"), ("days[0].date", MONDAY), ("days[0].slots", "dawn")]).await;
    assert_eq!(nobody.status, 422);
    // Looking at what is free changes nothing.
    let mut look = form("1", TUESDAY, "T-1", "CAR-1");
    look.push(("lihat", "1"));
    let looked = send(&coordinator, &path, &look).await.expect(200);
    assert!(looked.text.contains("Tim 2, dipakai Jemput bola V-2 (Selasa 24 November pagi)"), "{}", looked.text);
    assert_eq!(event(&coordinator, &id).await["version"], 1);
}

#[actix_web::test]
async fn an_officer_who_is_out_with_another_team_is_named() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let mut alone = booking("V-2", "T-2", TUESDAY);
    alone["officers"] = json!(["officer"]);
    book(&coordinator, alone).await;
    let id = book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    let drop = drop_on("1", [MONDAY, "T-1"], [TUESDAY, "T-1"]);
    let refused = send(&coordinator, &format!("/papan/geser/{id}"), &drop).await.expect(409);
    let words = "officer uji sudah bertugas bersama Tim 2 di Tempat 2, Selasa 24 November pagi.";
    assert!(refused.text.contains(words), "{}", refused.text);
}

#[actix_web::test]
async fn an_event_that_somebody_else_changed_is_not_moved_over_it() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let id = book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    let path = format!("/papan/geser/{id}");
    send(&coordinator, &path, &drop_on("1", [MONDAY, "T-1"], [TUESDAY, "T-1"])).await.expect(200);
    let late = send(&coordinator, &path, &drop_on("1", [MONDAY, "T-1"], ["2026-11-27", "T-1"])).await.expect(412);
    assert!(late.text.contains("Sekarang: Selasa 24 November pagi."), "{}", late.text);
    assert_eq!(event(&coordinator, &id).await["days"][0]["date"], TUESDAY);
    for odd in [drop_on("x", [MONDAY, "T-1"], [TUESDAY, "T-1"]), drop_on("2", ["?", "T-1"], [TUESDAY, "T-1"])] {
        assert_eq!(send(&coordinator, &path, &odd).await.status, 400);
    }
    assert_eq!(
        send(&coordinator, &path, &drop_on("2", ["1900-01-01", "T-1"], ["2199-12-31", "T-1"])).await.status,
        422
    );
}

#[actix_web::test]
async fn a_copy_is_a_draft_on_another_day_without_the_letter_that_asked_for_the_first() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let mut body = booking("V-1", "T-1", MONDAY);
    body["request"] = json!({"by": "Kepala sekolah", "letter_number": "421/017"});
    body["state"] = json!("confirmed");
    let id = book(&coordinator, body).await;
    let path = format!("/papan/salin/{id}");
    assert!(open(&coordinator, &path).await.text.contains("value=\"2026-11-30\""));
    let fields = [("date", "2026-12-01"), ("teams", "T-2")];
    let copied = send(&coordinator, &path, &fields).await.expect(303);
    assert_eq!(copied.header("location"), format!("/{OFFICE}{NEXT_WEEK}"));
    let listed = coordinator.get("/events?from=2026-12-01&to=2026-12-01").await.expect(200).json();
    let copy = &listed["items"][0];
    assert_eq!((&copy["state"], &copy["venue"], &copy["teams"]), (&json!("draft"), &json!("V-1"), &json!(["T-2"])));
    assert_eq!((&copy["officers"], &copy["units"]), (&json!(["officer2"]), &json!(["CAR-2"])));
    assert!(copy.get("request").is_none());
    let again = send(&coordinator, &path, &fields).await.expect(409);
    assert!(again.text.contains("Tempat 1 belum disalin.") && again.text.contains("sudah didatangi Tim 2"));
}

#[actix_web::test]
async fn a_week_is_copied_as_it_was_shown_without_what_clashes_or_falls_on_a_day_off() {
    let (app, coordinator) = TestApp::with_registry().await;
    let holiday = json!({"date": "2026-12-02", "kind": "public_holiday", "name": "Libur uji", "region": "33.03"});
    app.as_admin().await.post("/api/v1/holidays", holiday).await.expect(201);
    let monday = book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    let tuesday = book(&coordinator, booking("V-2", "T-1", TUESDAY)).await;
    let wednesday = book(&coordinator, booking("V-3", "T-1", "2026-11-25")).await;
    let cancelled = book(&coordinator, booking("V-3", "T-2", MONDAY)).await;
    coordinator.post(&format!("/events/{cancelled}/cancel"), json!({"reason": "hujan"})).await.expect(200);
    // In the way of Tuesday's.
    book(&coordinator, booking("V-2", "T-2", "2026-12-01")).await;

    let preview = open(&coordinator, "/papan/salin-pekan?pekan=2026-11-23").await.text;
    assert!(preview.contains("Salin 1 kegiatan</button>"), "{preview}");
    assert!(preview.contains("Tidak disalin: 2 kegiatan") && preview.contains("Bentrok dengan Tim 2 di Tempat 2."));
    assert!(preview.contains("Ikutkan 1 kegiatan yang jatuh pada hari libur") && preview.contains("Libur uji"));
    assert!(preview.contains(&monday) && !preview.contains(&tuesday) && !preview.contains(&wednesday));
    let with = open(&coordinator, "/papan/salin-pekan?pekan=2026-11-23&libur=ikut").await.text;
    assert!(with.contains("Salin 2 kegiatan</button>") && with.contains(&wednesday));

    let fields = [("pekan", MONDAY), ("libur", "ikut"), ("event", &*monday), ("event", &*wednesday)];
    let copied = send(&coordinator, "/papan/salin-pekan", &fields).await.expect(303);
    assert_eq!(copied.header("location"), format!("/{OFFICE}{NEXT_WEEK}"));
    let next = coordinator.get("/events?from=2026-11-30&to=2026-12-06").await.expect(200).json();
    let days: Vec<_> =
        next["items"].as_array().unwrap().iter().map(|e| e["days"][0]["date"].as_str().unwrap()).collect();
    assert_eq!(days, ["2026-11-30", "2026-12-01", "2026-12-02"]);
    // A second press finds the places taken: nothing is stored, and the page says why.
    let again = send(&coordinator, "/papan/salin-pekan", &fields).await.expect(409);
    assert!(again.text.contains("Pekan ini belum disalin; tidak ada yang tersimpan."), "{}", again.text);
    assert_eq!(coordinator.get("/events?from=2026-11-30&to=2026-12-06").await.json(), next);
    let stranger = [("pekan", MONDAY), ("event", &*cancelled)];
    assert_eq!(send(&coordinator, "/papan/salin-pekan", &stranger).await.status, 412);
}

#[actix_web::test]
async fn an_absent_officer_keeps_an_event_out_of_the_copied_week() {
    let (_app, coordinator) = TestApp::with_registry().await;
    book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    let absence = json!({"login": "officer", "from": "2026-11-30", "to": "2026-11-30", "reason": "cuti"});
    coordinator.post("/absences", absence).await.expect(201);
    let preview = open(&coordinator, "/papan/salin-pekan?pekan=2026-11-23").await.text;
    assert!(preview.contains("officer uji tidak bertugas pada Senin 30 November."), "{preview}");
    assert!(preview.contains("Tidak ada yang dapat disalin."));
    assert!(open(&coordinator, NEXT_WEEK).await.text.contains("Cuti: officer uji"));
}

#[actix_web::test]
async fn the_week_is_ready_as_a_text_for_whatsapp() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let mut body = booking("V-1", "T-1", MONDAY);
    body["days"] = json!([{"date": MONDAY, "slots": ["morning"], "starts": "09:00", "ends": "12:00"}]);
    body["state"] = json!("confirmed");
    book(&coordinator, body).await;
    book(&coordinator, booking("V-2", "T-2", TUESDAY)).await;
    let gone = book(&coordinator, booking("V-3", "T-2", "2026-11-25")).await;
    coordinator.post(&format!("/events/{gone}/cancel"), json!({"reason": "hujan"})).await.expect(200);
    let page = read(&coordinator, "/papan/wa?pekan=2026-11-25", "en").await.expect(200).text;
    let text = page.split("readonly>").nth(1).unwrap().split("</textarea>").next().unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "*Jadwal jemput bola 23–29 November 2026*");
    assert_eq!(lines[3], "*Senin Wage, 23 November 2026*");
    assert!(lines[4].starts_with("• 09.00–12.00 Tempat 1 (") && lines[4].ends_with("): Tim 1, CAR-1"), "{text}");
    assert!(lines[7].ends_with("): Tim 2, CAR-2 _(belum pasti)_"), "{text}");
    assert!(!text.contains("Tempat 3") && text.ends_with("Jumlah: 2 kegiatan."), "{text}");
    assert!(page.contains("https://wa.me/?text=*Jadwal%20jemput"), "{page}");
    let english = read(&coordinator, "/papan/wa?pekan=2026-11-25&bahasa=en", "id").await.expect(200).text;
    assert!(english.contains("*Outreach schedule 23–29 November 2026*") && english.contains("Monday Wage"));
}

#[actix_web::test]
async fn those_who_may_not_plan_see_the_board_and_can_move_nothing() {
    let (app, coordinator) = TestApp::with_registry().await;
    let id = book(&coordinator, booking("V-1", "T-1", MONDAY)).await;
    for role in ["officer", "head", "viewer"] {
        let reader = app.as_user(role).await;
        let page = open(&reader, WEEK).await.text;
        assert!(page.contains("Tempat 1"), "{role}");
        for hidden in ["papan/pindah", "papan/salin", "kegiatan/baru", "data-movable", "data-drop"] {
            assert!(!page.contains(hidden), "{role}: {hidden}");
        }
        open(&reader, "/papan/wa").await;
        for path in [format!("/papan/pindah/{id}"), format!("/papan/salin/{id}"), "/papan/salin-pekan".to_owned()] {
            assert_eq!(read(&reader, &path, "id").await.status, 403, "{role} {path}");
            assert_eq!(send(&reader, &path, &[("pekan", MONDAY)]).await.status, 403, "{role} {path}");
        }
        let drop = drop_on("1", [MONDAY, "T-1"], [TUESDAY, "T-1"]);
        assert_eq!(send(&reader, &format!("/papan/geser/{id}"), &drop).await.status, 403, "{role}");
    }
    let stranger = app.as_admin_of("33.28").await;
    assert_eq!(read(&stranger, WEEK, "id").await.status, 404);
    assert_eq!(event(&coordinator, &id).await["version"], 1);
}

#[actix_web::test]
async fn an_empty_board_says_what_to_press() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let page = open(&coordinator, WEEK).await.text;
    assert!(page.contains("Belum ada tim") && page.contains(&format!("href=\"/{OFFICE}/tim\">Tambah tim")));
    let (_app, coordinator) = TestApp::with_registry().await;
    let page = open(&coordinator, WEEK).await.text;
    assert!(page.contains("Belum ada kegiatan pada pekan ini") && page.contains("kegiatan/baru?tanggal=2026-11-23"));
}
