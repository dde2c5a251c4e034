//! The pages of events: booked by form, followed through their states, counted and corrected at the desk.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::field::{batch, tally};
use crate::support::{Client, TestApp, booking};

const YESTERDAY: &str = "2026-11-20";
const TUESDAY: &str = "2026-11-24";

const NEW: &str = "/33.03/kegiatan/baru";

fn form(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut fields = vec![
        ("venue", "Tempat 1 · V-1"),
        ("days[0].date", TUESDAY),
        ("days[0].starts", "08.00"),
        ("days[0].ends", "11.00"),
        ("teams", "T-1"),
        ("kind", "outreach"),
        ("services", "activated"),
        ("state", "confirmed"),
    ];
    for change in changes {
        fields.retain(|(name, _)| *name != change.0);
        fields.push(*change);
    }
    fields
}

async fn book(coordinator: &Client, changes: &[(&'static str, &'static str)]) -> String {
    coordinator.submit(NEW, &form(changes)).await.expect(303).header("location").to_owned()
}

/// The event of a page's address, as the API tells it.
async fn event(coordinator: &Client, page: &str) -> Value {
    let id = page.rsplit('/').next().unwrap();
    coordinator.get(&format!("/events/{id}")).await.expect(200).json()
}

/// The value of a hidden field.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
    rest.split_once('"').unwrap().0
}

#[actix_web::test]
async fn a_form_books_an_event_named_after_its_venue_with_what_the_team_brings() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let page = book(&coordinator, &[("days[0].until", "2026-11-25")]).await;
    let booked = event(&coordinator, &page).await;
    assert_eq!((&booked["title"], &booked["state"]), (&json!("Jemput bola Tempat 1"), &json!("confirmed")));
    assert_eq!((&booked["units"], &booked["officers"]), (&json!(["CAR-1"]), &json!(["officer"])));
    let days: Vec<_> = booked["days"].as_array().unwrap().iter().map(|day| day["date"].clone()).collect();
    assert_eq!(days, [json!(TUESDAY), json!("2026-11-25")]);
    assert_eq!(booked["days"][0]["slots"], json!(["dawn", "morning"]));
    let shown = coordinator.page(&page).await.expect(200).text;
    assert!(shown.contains("Tempat 1") && shown.contains("08.00–11.00 WIB"), "{shown}");
}

#[actix_web::test]
async fn a_refused_form_keeps_what_was_typed_and_says_what_is_wrong_in_words() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let wrong =
        form(&[("notes", "Warga 3303050706240001"), ("teams", ""), ("title", "Judul <script>"), ("days[0].date", "")]);
    let page = coordinator.submit(NEW, &wrong).await.expect(422).text;
    assert!(page.contains("menyerupai NIK") && page.contains("3303050706240001"), "{page}");
    assert!(page.contains("Judul &#60;script&#62;") && !page.contains("Judul <script>"), "{page}");
    for field in ["f-notes", "f-teams", "f-days[0].date"] {
        assert!(page.contains(&format!("href=\"#{field}\"")), "{field}: {page}");
    }
    assert_eq!(coordinator.get("/events").await.json()["items"], json!([]));
}

#[actix_web::test]
async fn a_clash_is_told_with_names_and_with_what_is_free_instead() {
    let (_app, coordinator) = TestApp::with_registry().await;
    book(&coordinator, &[]).await;
    let page = coordinator.submit(NEW, &form(&[("venue", "V-2")])).await.expect(409).text;
    assert!(page.contains("Tim 1 sudah dipakai Jemput bola Tempat 1"), "{page}");
    assert!(page.contains("Yang bebas: Tim 2.") && page.contains("Yang bebas: CAR-2."), "{page}");
}

#[actix_web::test]
async fn checking_shows_who_is_free_and_stores_nothing() {
    let (_app, coordinator) = TestApp::with_registry().await;
    book(&coordinator, &[]).await;
    let mut check = form(&[("venue", "tempat")]);
    check.retain(|(name, _)| *name != "state");
    let page = coordinator.submit(NEW, &check).await.expect(200).text;
    assert!(page.contains("dipakai Jemput bola Tempat 1") && page.contains("3 lokasi cocok"), "{page}");
    assert!(page.contains("Selasa Kliwon, 24 November 2026"), "{page}");
    assert_eq!(coordinator.get("/events").await.json()["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_venue_that_nobody_knows_can_be_added_and_one_of_several_is_asked_for() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let unknown = coordinator.submit(NEW, &form(&[("venue", "Alun-alun")])).await.expect(422).text;
    assert!(unknown.contains("Tidak ada lokasi dengan nama atau kode ini"), "{unknown}");
    assert!(unknown.contains("/33.03/lokasi/baru"), "{unknown}");
    let several = coordinator.submit(NEW, &form(&[("venue", "Tempat")])).await.expect(422).text;
    assert!(several.contains("3 lokasi cocok") && several.contains("Pilih salah satu di bawah"), "{several}");
    assert!(!several.contains("Tidak ditemukan") && !several.contains("/lokasi/baru"), "{several}");
}

#[actix_web::test]
async fn a_day_in_a_blackout_is_not_blamed_on_the_hours() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let opening = json!({"blackout": ["2026-11-23..2026-11-25"]});
    coordinator.patch("/venues/V-1", opening).await.expect(200);
    let fields: Vec<_> = form(&[]).into_iter().filter(|(name, _)| *name != "state").collect();
    let shown = coordinator.submit(NEW, &fields).await.expect(200).text;
    assert!(shown.contains("24 Nov 2026: lokasi tutup pada tanggal ini"), "{shown}");
    assert!(!shown.contains("menurut jam bukanya"), "{shown}");
}

#[actix_web::test]
async fn nobody_owes_a_report_before_the_day_has_passed_and_what_is_on_is_ended_before_it_is_verified() {
    let (app, coordinator) = TestApp::with_registry().await;
    let ahead = coordinator.page(&book(&coordinator, &[]).await).await.expect(200).text;
    assert!(!ahead.contains("data-state=\"unreported\""), "{ahead}");
    let past = book(&coordinator, &[("venue", "V-2"), ("days[0].date", YESTERDAY), ("state", "done")]).await;
    assert!(coordinator.page(&past).await.expect(200).text.contains("data-state=\"unreported\""));
    let today = book(&coordinator, &[("venue", "V-3"), ("teams", "T-2"), ("days[0].date", "2026-11-21")]).await;
    coordinator.submit(&format!("{today}/langkah"), &[("step", "start"), ("version", "")]).await.expect(303);
    let id = today.rsplit('/').next().unwrap();
    let entry = tally(id, "2026-11-21", json!({"activated": 3}));
    app.as_user("officer2").await.post("/results/batch", batch(&[entry])).await.expect(200);
    let shown = coordinator.page(&today).await.expect(200).text;
    assert!(shown.contains("<button class=\"button main\" name=\"step\" value=\"finish\">"), "{shown}");
    assert!(shown.contains("Catatan yang diterima, menurut pengirim: officer2 uji: 1."), "{shown}");
    assert_eq!(shown.matches("button main").count(), 1, "{shown}");
}

#[actix_web::test]
async fn what_happened_already_is_entered_as_done_and_other_states_are_not_offered_for_it() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let past = [("days[0].date", YESTERDAY), ("state", "done")];
    let page = book(&coordinator, &past).await;
    assert_eq!(event(&coordinator, &page).await["state"], json!("done"));
    assert!(coordinator.page(&page).await.text.contains("baru dicatat setelah harinya lewat"));
    let form = coordinator.page("/33.03/kegiatan/baru?tanggal=2026-11-20&lokasi=V-2&tim=T-2").await.expect(200).text;
    assert!(form.contains("Simpan sebagai selesai") && form.contains("Tempat 2 · V-2"), "{form}");
}

#[actix_web::test]
async fn nobody_is_told_to_send_another_team_to_what_is_over() {
    let (app, coordinator) = TestApp::with_registry().await;
    let page = book(&coordinator, &[("request.expected", "500")]).await;
    let advice = "kapasitas tim 100 orang";
    assert!(coordinator.page(&page).await.text.contains(advice));
    app.set_now("2026-11-25T02:00:00Z");
    assert!(!coordinator.page(&page).await.expect(200).text.contains(advice));
}

#[actix_web::test]
async fn nobody_is_called_free_before_a_day_is_chosen() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let form = coordinator.page(NEW).await.expect(200).text;
    assert!(form.contains("Tim 1, 2 operator") && !form.contains("· bebas"), "{form}");
    let form = coordinator.page(&format!("{NEW}?tanggal={TUESDAY}")).await.expect(200).text;
    assert!(form.contains("· bebas"), "{form}");
}

#[actix_web::test]
async fn a_copy_opens_with_everything_but_the_day() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let page = book(&coordinator, &[("notes", "Bawa kabel panjang.")]).await;
    let id = page.rsplit('/').next().unwrap();
    let copy = coordinator.page(&format!("{NEW}?dari={id}&tanggal=2026-12-01")).await.expect(200).text;
    assert!(copy.contains("Bawa kabel panjang.") && copy.contains("value=\"2026-12-01\""), "{copy}");
    assert!(!copy.contains(TUESDAY), "{copy}");
}

#[actix_web::test]
async fn steps_are_taken_from_the_page_and_a_missing_reason_is_asked_for() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let page = book(&coordinator, &[("state", "proposed")]).await;
    let step = |step, reason| [("step", step), ("reason", reason), ("version", "")];
    coordinator.submit(&format!("{page}/langkah"), &step("confirm", "")).await.expect(303);
    let refused = coordinator.submit(&format!("{page}/langkah"), &step("cancel", " ")).await.expect(422).text;
    assert!(refused.contains("Alasan wajib ditulis"), "{refused}");
    let nik = coordinator.submit(&format!("{page}/langkah"), &step("cancel", "NIK 3303050706240001")).await;
    assert!(nik.expect(422).text.contains("menyerupai NIK"));
    coordinator.submit(&format!("{page}/langkah"), &step("postpone", "tuan rumah berhalangan")).await.expect(303);
    let again =
        [("step", "propose"), ("days[0].date", "2026-12-02"), ("days[0].starts", "09.00"), ("days[0].ends", "11.00")];
    coordinator.submit(&format!("{page}/langkah"), &again).await.expect(303);
    let moved = event(&coordinator, &page).await;
    assert_eq!((&moved["state"], &moved["days"][0]["date"]), (&json!("proposed"), &json!("2026-12-02")));
    let wrong = coordinator.submit(&format!("{page}/langkah"), &step("finish", "")).await.expect(409).text;
    assert!(wrong.contains("Statusnya diusulkan"), "{wrong}");
}

#[actix_web::test]
async fn a_stale_form_shows_both_values_and_saves_when_it_is_sent_again() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let page = book(&coordinator, &[]).await;
    let opened = coordinator.page(&format!("{page}/ubah")).await.expect(200).text;
    let other = event(&coordinator, &page).await;
    let path = format!("/events/{}", other["id"].as_str().unwrap());
    coordinator.patch_version(&path, 1, json!({"title": "Judul Kartika"})).await.expect(200);
    let typed = |version: &'static str| form(&[("title", "Judul saya"), ("version", version), ("save", "1")]);
    assert_eq!(hidden(&opened, "version"), "1");
    let stale = coordinator.submit(&format!("{page}/ubah"), &typed("1")).await.expect(412).text;
    assert!(stale.contains("Judul Kartika") && stale.contains("Judul saya"), "{stale}");
    assert!(stale.contains("Kegiatan ini baru saja diubah coordinator"), "{stale}");
    assert!(!stale.contains("Muat ulang halaman"), "one notice says one thing: {stale}");
    assert_eq!(stale.matches("autofocus").count(), 1, "the focus goes to what differs");
    assert_eq!(hidden(&stale, "version"), "2");
    coordinator.submit(&format!("{page}/ubah"), &typed("2")).await.expect(303);
    assert_eq!(event(&coordinator, &page).await["title"], json!("Judul saya"));
}

#[actix_web::test]
async fn a_paper_tally_is_entered_corrected_and_verified_and_the_trail_tells_it_in_both_languages() {
    let (app, coordinator) = TestApp::with_registry().await;
    let page = book(&coordinator, &[("days[0].date", YESTERDAY), ("state", "done")]).await;
    let open = coordinator.page(&format!("{page}/hasil")).await.expect(200).text;
    let empty = [("entry", hidden(&open, "entry")), ("date", YESTERDAY)];
    coordinator.submit(&format!("{page}/hasil"), &empty).await.expect(422);
    let wrong = [("entry", hidden(&open, "entry")), ("date", YESTERDAY), ("counts.no_smartphone", "12a")];
    let wrong = coordinator.submit(&format!("{page}/hasil"), &wrong).await.expect(422).text;
    assert!(wrong.contains("contoh ini: 12") && !wrong.contains("3,83"), "{wrong}");
    assert!(wrong.contains("Tidak punya HP Android/iPhone: "), "{wrong}");
    let tally = [
        ("entry", hidden(&open, "entry")),
        ("date", YESTERDAY),
        ("counts.activated", "40"),
        ("counts.no_smartphone", "6"),
        ("counts.device_unsupported", "3"),
        ("counts.refused_no_need", "5"),
        ("counts.siak_down", "2"),
    ];
    coordinator.submit(&format!("{page}/hasil"), &tally).await.expect(303);
    // Sent twice, as by a double click: counted once.
    coordinator.submit(&format!("{page}/hasil"), &tally).await.expect(303);
    let shown = coordinator.page(&page).await.expect(200).text;
    assert!(shown.contains("71,4\u{a0}%") && shown.contains("40 dari 56"), "{shown}");
    let (_, link) = shown.split_once("/koreksi/").unwrap();
    let correction = format!("{page}/koreksi/{}", link.split_once('"').unwrap().0);
    let open = coordinator.page(&correction).await.expect(200).text;
    let mut fields = vec![("entry", hidden(&open, "entry")), ("void", hidden(&open, "void")), ("date", YESTERDAY)];
    fields.extend([("counts.activated", "41"), ("counts.no_smartphone", "6")]);
    coordinator.submit(&correction, &fields).await.expect(422);
    fields.push(("reason", "satu lembar tertinggal"));
    coordinator.submit(&correction, &fields).await.expect(303);
    coordinator.submit(&format!("{page}/verifikasi"), &[("version", "")]).await.expect(303);
    let shown = coordinator.page(&page).await.expect(200).text;
    assert!(shown.contains("41 dari 47") && shown.contains("diverifikasi"), "{shown}");
    assert!(shown.contains("satu lembar tertinggal") && shown.contains("tidak dihitung lagi"), "{shown}");
    assert!(shown.contains("Hasil diverifikasi") && shown.contains("Hasil dicatat di kantor"), "{shown}");
    let reader = app.as_coordinator().await;
    let request = reader.request(Method::GET, &page).header("accept", "text/html").header("accept-language", "en");
    let english = reader.send(request).await.expect(200).text;
    assert!(english.contains("Results verified") && english.contains("at the office"), "{english}");
    assert!(english.contains("no longer counts"), "{english}");
}

#[actix_web::test]
async fn officers_and_viewers_see_an_event_without_buttons_and_cannot_press_them_either() {
    let (app, coordinator) = TestApp::with_registry().await;
    let page = book(&coordinator, &[("title", "<script>alert(1)</script>")]).await;
    app.add_user("pemantau", "viewer", "33.03").await;
    for login in ["officer", "pemantau"] {
        let reader = app.as_user(login).await;
        let shown = reader.page(&page).await.expect(200).text;
        assert!(!shown.contains("/langkah") && !shown.contains("/ubah") && !shown.contains("/hasil\""), "{shown}");
        assert!(!shown.contains("<script>alert") && shown.contains("&#60;script&#62;alert"), "{shown}");
        reader.page(NEW).await.expect(403);
        reader.page(&format!("{page}/hasil")).await.expect(403);
        reader.submit(&format!("{page}/langkah"), &[("step", "cancel"), ("reason", "x")]).await.expect(403);
        reader.submit(NEW, &form(&[])).await.expect(403);
    }
    let stranger = app.as_admin_of("35.29").await;
    stranger.page(&page).await.expect(404);
}

#[actix_web::test]
async fn the_list_is_searched_and_finds_what_is_over_and_not_reported() {
    let (_app, coordinator) = TestApp::with_registry().await;
    coordinator.post("/events", booking("V-1", "T-1", TUESDAY)).await.expect(201);
    book(&coordinator, &[("venue", "V-2"), ("days[0].date", YESTERDAY), ("state", "done")]).await;
    let list = async |query: &str| coordinator.page(&format!("/33.03/kegiatan?{query}")).await.expect(200).text;
    let all = list("").await;
    assert!(all.contains("Jemput bola V-1") && all.contains("Jemput bola Tempat 2"), "{all}");
    let by_venue = list("cari=tempat+2").await;
    assert!(!by_venue.contains("Jemput bola V-1") && by_venue.contains("Jemput bola Tempat 2"), "{by_venue}");
    let missing = list("laporan=belum").await;
    assert!(!missing.contains("Jemput bola V-1") && missing.contains("Jemput bola Tempat 2"), "{missing}");
    assert!(list("cari=tidak+ada+begini").await.contains("Hapus saringan"));
}
