//! The pages of "Kelola": each job is done through its form and read back through the API; what is refused says why, keeps
//! what was typed, and nobody is shown a button that he may not press.

use serde_json::{Value, json};

use crate::support::field::{batch, tally};
use crate::support::{Client, Reply, TestApp, booking};

#[actix_web::test]
async fn a_team_is_added_changed_and_offers_its_people_to_the_events_to_come() {
    let (app, coordinator) = TestApp::with_registry().await;
    let new = [
        ("code", "tim-9"),
        ("name", "Tim <Slamet>"),
        ("operators", "3"),
        ("capacity_per_day", "120"),
        ("members", "officer"),
        ("units", "KIT-1"),
    ];
    let added = coordinator.submit("/33.03/tim/baru", &new).await.expect(303);
    assert_eq!(added.header("location"), "/33.03/tim/TIM-9");
    let stored = coordinator.get("/teams/TIM-9").await.expect(200).json();
    assert_eq!((&stored["members"], &stored["units"]), (&json!(["officer"]), &json!(["KIT-1"])));
    let page = coordinator.page("/33.03/tim/TIM-9").await.expect(200);
    assert!(page.text.contains("Tim &#60;Slamet&#62;") && !page.text.contains("<Slamet>"), "{}", page.text);

    let event = coordinator.post("/events", booking("V-1", "TIM-9", "2026-12-01")).await.expect(201).json();
    let change = [
        ("version", "1"),
        ("name", "Tim Slamet"),
        ("operators", "3"),
        ("capacity_per_day", "120"),
        ("members", "officer2"),
    ];
    coordinator.submit("/33.03/tim/TIM-9/ubah", &change).await.expect(303);
    let page = coordinator.page("/33.03/tim/TIM-9").await.expect(200);
    assert!(page.text.contains("Perbarui 1 kegiatan") && page.text.contains("officer2 uji"), "{}", page.text);
    coordinator.submit("/33.03/tim/TIM-9/perbarui-kegiatan", &[]).await.expect(303);
    let path = format!("/events/{}", event["id"].as_str().unwrap());
    assert_eq!(coordinator.get(&path).await.expect(200).json()["officers"], json!(["officer2"]));
    assert!(!coordinator.page("/33.03/tim/TIM-9").await.expect(200).text.contains("perbarui-kegiatan"));
    coordinator.submit("/33.03/tim/TIM-9/arsipkan", &[]).await.expect(303);
    assert_eq!(coordinator.get("/teams/TIM-9").await.expect(200).json()["archived"], json!(true));
    drop(app);
}

#[actix_web::test]
async fn a_refused_team_keeps_what_was_typed_and_names_each_field_once() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let typed = [("code", "T 9"), ("name", "Tim Lama"), ("operators", "banyak"), ("members", "officer2")];
    let page = coordinator.submit("/33.03/tim/baru", &typed).await.expect(422);
    for kept in ["T 9", "Tim Lama", "banyak", "value=\"officer2\" checked"] {
        assert!(page.text.contains(kept), "{kept} is lost: {}", page.text);
    }
    for wrong in ["e-operators", "e-capacity_per_day", "e-code"] {
        assert_eq!(page.text.matches(&format!("id=\"{wrong}\"")).count(), 1, "{wrong}: {}", page.text);
    }
    assert!(page.text.contains("href=\"#f-operators\""));
}

#[actix_web::test]
async fn a_unit_is_added_changed_archived_and_brought_back() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    assert!(coordinator.page("/33.03/alat").await.expect(200).text.contains("Belum ada kendaraan atau alat"));
    let new = [("code", "mobil-1"), ("name", "Mobil 1"), ("kind", "vehicle")];
    coordinator.submit("/33.03/alat/baru", &new).await.expect(303);
    assert!(coordinator.submit("/33.03/alat/baru", &new).await.expect(422).text.contains("id=\"e-code\""));
    let change = [("version", "1"), ("name", "Mobil Satu"), ("kind", "vehicle")];
    coordinator.submit("/33.03/alat/MOBIL-1/ubah", &change).await.expect(303);
    assert_eq!(coordinator.get("/units/MOBIL-1").await.expect(200).json()["name"], json!("Mobil Satu"));
    let stale = coordinator.submit("/33.03/alat/MOBIL-1/ubah", &change).await.expect(422);
    assert!(stale.text.contains("baru saja diubah orang lain"));
    coordinator.submit("/33.03/alat/MOBIL-1/arsipkan", &[]).await.expect(303);
    assert!(!coordinator.page("/33.03/alat").await.expect(200).text.contains("Mobil Satu"));
    coordinator.submit("/33.03/alat/MOBIL-1/pulihkan", &[]).await.expect(303);
    assert!(coordinator.page("/33.03/alat").await.expect(200).text.contains("Mobil Satu"));
}

#[actix_web::test]
async fn an_absence_over_a_booking_is_entered_and_its_page_lists_the_event() {
    let (_app, coordinator) = TestApp::with_registry().await;
    coordinator.post("/events", booking("V-1", "T-1", "2026-12-01")).await.expect(201);
    let typed = [("login", "officer"), ("from", "2026-12-01"), ("to", "2026-11-30"), ("reason", "cuti")];
    let refused = coordinator.submit("/33.03/cuti/baru", &typed).await.expect(422);
    assert!(refused.text.contains("id=\"e-to\"") && refused.text.contains("value=\"officer\" selected"));
    let typed = [("login", "officer"), ("from", "2026-11-30"), ("to", "2026-12-02"), ("reason", "cuti")];
    let added = coordinator.submit("/33.03/cuti/baru", &typed).await.expect(303);
    let place = added.header("location").to_owned();
    let page = coordinator.page(&place).await.expect(200);
    assert!(page.text.contains("Jemput bola V-1") && page.text.contains("cari pengganti"), "{}", page.text);
    assert!(coordinator.page("/33.03/cuti").await.expect(200).text.contains("officer uji"));
    coordinator.submit(&format!("{place}/hapus"), &[]).await.expect(303);
    assert_eq!(coordinator.get("/absences").await.expect(200).json()["items"], json!([]));
}

#[actix_web::test]
async fn a_user_is_added_found_reset_archived_and_erased_after_the_login_is_typed() {
    let app = TestApp::start().await;
    let admin = app.as_admin().await;
    let new = [("name", "Siti Rahayu"), ("login", "siti.r"), ("role", "officer"), ("scope", "33.03"), ("nip", "12")];
    let refused = admin.submit("/33.03/pengguna/baru", &new).await.expect(422);
    assert!(refused.text.contains("id=\"e-nip\"") && refused.text.contains("Siti Rahayu"), "{}", refused.text);
    admin.submit("/33.03/pengguna/baru", &new[..4]).await.expect(303);
    let found = admin.page("/33.03/pengguna?cari=RAHAYU").await.expect(200);
    assert!(found.text.contains("siti.r") && !found.text.contains("viewer uji"), "{}", found.text);

    let coordinator = app.as_coordinator().await;
    let short = coordinator.submit("/33.03/pengguna/siti.r/kata-sandi", &[("password", "pendek")]).await.expect(422);
    assert!(!short.text.contains("pendek\"") && short.text.contains("id=\"e-password\""));
    let password = [("password", "kata sandi panjang")];
    coordinator.submit("/33.03/pengguna/siti.r/kata-sandi", &password).await.expect(303);
    coordinator.submit("/33.03/pengguna/admin/kata-sandi", &password).await.expect(403);
    assert!(app.services.sign_in("siti.r", "kata sandi panjang", None, "uji").await.is_ok());

    let place = "/33.03/pengguna/siti.r/anonimkan";
    assert!(admin.page(place).await.expect(200).text.contains("tidak dapat dibatalkan"));
    admin.submit(place, &[("login", "siti")]).await.expect(422);
    admin.get("/api/v1/users/siti.r").await.expect(200);
    let erased = admin.submit(place, &[("login", "siti.r")]).await.expect(303);
    assert!(erased.header("location").starts_with("/33.03/pengguna/anon-"), "{}", erased.header("location"));
    admin.get("/api/v1/users/siti.r").await.expect(404);
}

#[actix_web::test]
async fn held_entries_are_decided_together_and_one_that_cannot_be_says_why() {
    let (app, coordinator) = TestApp::with_registry().await;
    let event = coordinator.post("/events", booking("V-1", "T-2", "2026-11-21")).await.expect(201).json();
    let id = event["id"].as_str().unwrap();
    coordinator.post_nothing(&format!("/events/{id}/confirm")).await.expect(200);
    let stranger = "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d99";
    let officer = app.as_user("officer").await;
    let counted = |event, n: i64| tally(event, "2026-11-21", json!({"activated": n}));
    let entries = [counted(id, 7), counted(stranger, 5)];
    officer.post("/results/batch", batch(&entries)).await.expect(200);
    let waiting = coordinator.get("/held?decision=waiting").await.expect(200).json();
    let ids: Vec<String> =
        waiting["items"].as_array().unwrap().iter().map(|held| held["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 2, "{waiting}");

    let page = coordinator.page("/33.03/perlu-keputusan").await.expect(200);
    assert!(page.text.contains("Jemput bola V-1") && page.text.contains("7 aktivasi (dalam daerah)"), "{}", page.text);
    let nothing = coordinator.submit("/33.03/perlu-keputusan", &[("keputusan", "abaikan")]).await.expect(422);
    assert!(nothing.text.contains("role=\"alert\""));
    let both = [("id", ids[0].as_str()), ("id", ids[1].as_str()), ("keputusan", "terima")];
    let partly = coordinator.submit("/33.03/perlu-keputusan", &both).await.expect(422);
    assert!(partly.text.contains("1 catatan diterima, 1 belum") && partly.text.contains("belum dikenal"));
    let left = coordinator.get("/held?decision=waiting").await.expect(200).json();
    let left = left["items"][0]["id"].as_str().unwrap().to_owned();
    let accept = [("event", id), ("date", "2026-11-21"), ("reason", "salah kegiatan")];
    coordinator.submit(&format!("/33.03/perlu-keputusan/{left}/terima"), &accept).await.expect(303);
    let counts = coordinator.get(&format!("/events/{id}/counts")).await.expect(200).json();
    assert_eq!(counts["total"]["activated"], json!(12));
    assert_eq!(coordinator.get("/held?decision=waiting").await.expect(200).json()["items"], json!([]));
}

#[actix_web::test]
async fn a_total_keeps_the_kind_of_its_figure_and_is_corrected_and_withdrawn() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let typed = |figure| [("date", "2026-11-20"), ("figure", figure), ("channel", "outreach"), ("source", "Radar")];
    let refused = coordinator.submit("/33.03/total/baru", &typed("29.89")).await.expect(422);
    assert!(refused.text.contains("id=\"e-figure\"") && refused.text.contains("29.89"));
    coordinator.submit("/33.03/total/baru", &typed("500-an")).await.expect(303);
    let page = coordinator.page("/33.03/total").await.expect(200);
    assert!(page.text.contains("±500") && page.text.contains("belum dirinci"), "{}", page.text);
    let id = only(&coordinator, "/totals").await;
    coordinator.submit(&format!("/33.03/total/{id}/ubah"), &typed("6000-7000")).await.expect(303);
    assert!(coordinator.page("/33.03/total?tahun=2026").await.expect(200).text.contains("6.000–7.000"));
    let id = only(&coordinator, "/totals").await;
    coordinator.submit(&format!("/33.03/total/{id}/cabut"), &[]).await.expect(303);
    assert_eq!(coordinator.get("/totals").await.expect(200).json()["items"], json!([]));
}

#[actix_web::test]
async fn an_office_keeps_its_own_holidays_and_sees_their_versions_but_not_the_nation_s() {
    let app = TestApp::start().await;
    let admin = app.as_admin().await;
    let typed = |name, region| [("date", "2026-12-18"), ("name", name), ("kind", "public_holiday"), ("region", region)];
    let wide = admin.submit("/33.03/libur/baru", &typed("Hari Jadi", "")).await.expect(422);
    assert!(wide.text.contains("id=\"e-region\""), "{}", wide.text);
    admin.submit("/33.03/libur/baru", &typed("Hari Jadi", "33.03")).await.expect(303);
    let page = admin.page("/33.03/libur?tahun=2026").await.expect(200);
    assert!(page.text.contains("Hari Jadi") && page.text.contains("Tahun Baru"), "{}", page.text);
    assert_eq!(page.text.matches("/ubah\"").count(), 1, "only its own may be corrected");
    let start = page.text.find("/33.03/libur/0").unwrap();
    let place = page.text[start..].split('"').next().unwrap().to_owned();
    admin.submit(&place, &typed("Hari Jadi Purbalingga", "33.03")).await.expect(303);
    let versions = admin.page("/33.03/libur?tahun=2026&versi=1").await.expect(200);
    assert_eq!(versions.text.matches("Hari Jadi").count() - versions.text.matches("Ubah Hari Jadi").count(), 2);
    assert!(versions.text.contains("Dicabut"));
}

#[actix_web::test]
async fn a_period_is_locked_and_reopened_with_a_reason_and_the_papers_have_a_letterhead() {
    let app = TestApp::start().await;
    let head = app.as_user("head").await;
    let page = head.page("/33.03/pengaturan").await.expect(200);
    assert!(page.text.contains("/pengaturan/kunci") && !page.text.contains("/pengaturan/surat"));
    let backwards = [("from", "2026-10-31"), ("to", "2026-10-01")];
    assert!(head.submit("/33.03/pengaturan/kunci", &backwards).await.expect(422).text.contains("id=\"e-to\""));
    head.submit("/33.03/pengaturan/kunci", &[("from", "2026-10-01"), ("to", "2026-10-31")]).await.expect(303);
    let id = only(&head, "/locks").await;
    let place = format!("/33.03/pengaturan/kunci/{id}/buka");
    head.submit(&place, &[]).await.expect(422);
    head.submit(&place, &[("reason", "angka provinsi")]).await.expect(303);
    let again = head.submit(&place, &[("reason", "sekali lagi")]).await.expect(422);
    assert!(again.text.contains("sudah dibuka kembali oleh orang lain"));

    let admin = app.as_admin().await;
    let paper = [("agency", "Dinas <Dukcapil>"), ("signer_name", "Drs. Sutrisno"), ("signer_nip", "12")];
    let refused = admin.submit("/33.03/pengaturan/surat", &paper).await.expect(422);
    assert!(refused.text.contains("id=\"e-signer_nip\"") && refused.text.contains("Dinas &#60;Dukcapil&#62;"));
    admin.submit("/33.03/pengaturan/surat", &paper[..2]).await.expect(303);
    assert!(admin.page("/33.03/pengaturan").await.expect(200).text.contains("Drs. Sutrisno"));
    let office = [("name", "Dindukcapil Purbalingga"), ("time_zone", "Asia/Makassar")];
    admin.submit("/33.03/pengaturan/kantor", &office).await.expect(303);
    let stored = admin.get("/api/v1/offices/33.03").await.expect(200).json();
    assert_eq!((&stored["name"], &stored["time_zone"]), (&json!("Dindukcapil Purbalingga"), &json!("Asia/Makassar")));
}

#[actix_web::test]
async fn the_trail_tells_in_words_who_did_what_and_is_narrowed_by_person_and_day() {
    let (app, coordinator) = TestApp::with_registry().await;
    app.set_now("2026-11-23T02:00:00Z");
    app.as_admin().await.submit("/33.03/tim/T-1/arsipkan", &[]).await.expect(303);
    let page = coordinator.page("/33.03/jejak").await.expect(200);
    assert!(page.text.contains("Tim diarsipkan") && page.text.contains("Lokasi ditambahkan"), "{}", page.text);
    let by = coordinator.page("/33.03/jejak?pengguna=admin").await.expect(200);
    assert!(by.text.contains("Tim diarsipkan") && !by.text.contains("Lokasi ditambahkan"));
    let before = coordinator.page("/33.03/jejak?sampai=2026-11-22").await.expect(200);
    assert!(!before.text.contains("Tim diarsipkan") && before.text.contains("Lokasi ditambahkan"));
    let since = coordinator.page("/33.03/jejak?dari=2026-11-23").await.expect(200);
    assert!(since.text.contains("Tim diarsipkan") && !since.text.contains("Lokasi ditambahkan"));
    app.as_user("officer").await.page("/33.03/jejak").await.expect(403);
}

#[actix_web::test]
async fn a_file_is_tried_told_row_by_row_and_taken_in_without_choosing_it_again() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let bad = "code;kind;name\nM-1;vehicle;Mobil 1\nM-2;kapal;Perahu\n";
    let report = upload(&coordinator, "periksa", &[("jenis", "units")], Some(bad)).await.expect(422);
    assert!(report.text.contains("role=\"alert\" tabindex=\"-1\" autofocus"), "the focus goes to what is wrong");
    assert!(report.text.contains("Baris 3") && report.text.contains("<code>kind</code>"), "{}", report.text);
    let good = "code;kind;name\nM-1;vehicle;Mobil 1\nM-2;kit;Set A\n";
    let report = upload(&coordinator, "periksa", &[("jenis", "units")], Some(good)).await.expect(200);
    assert_eq!(coordinator.get("/units").await.expect(200).json()["items"], json!([]), "a trial stores nothing");
    let hex = report.text.split("name=\"isi\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    upload(&coordinator, "impor", &[("jenis", "units"), ("isi", &hex)], None).await.expect(303);
    let stored = coordinator.get("/units").await.expect(200).json();
    assert_eq!(stored["items"].as_array().unwrap().len(), 2);
    let again = upload(&coordinator, "periksa", &[("jenis", "units")], Some(good)).await.expect(200);
    assert!(again.text.contains("Semua baris sudah tersimpan persis begini"));
    let none = upload(&coordinator, "periksa", &[("jenis", "units")], None).await.expect(422);
    assert!(none.text.contains("id=\"e-berkas\""));
    let csv = coordinator.page("/33.03/berkas/ekspor?jenis=units&format=csv%3B").await.expect(200);
    assert!(csv.text.contains("M-1;vehicle;Mobil 1") && csv.header("content-disposition").contains("units-33.03.csv"));
    let workbook = coordinator.page("/33.03/berkas/ekspor?jenis=units&format=xlsx").await.expect(200);
    assert!(workbook.header("content-type").contains("spreadsheetml"));
    upload(&coordinator, "periksa", &[("jenis", "holidays")], Some("date\n")).await.expect(403);
}

#[actix_web::test]
async fn an_officer_reads_what_concerns_him_and_finds_no_button() {
    let (app, _coordinator) = TestApp::with_registry().await;
    let officer = app.as_user("officer").await;
    let index = officer.page("/33.03/kelola").await.expect(200);
    assert!(index.text.contains("/33.03/tim\"") && !index.text.contains("/33.03/pengguna\""), "{}", index.text);
    for page in ["tim", "tim/T-1", "alat", "cuti", "libur", "total", "perlu-keputusan"] {
        let text = officer.page(&format!("/33.03/{page}")).await.expect(200).text;
        let main = text.split("<main").nth(1).unwrap();
        assert!(!main.contains("method=\"post\"") && !main.contains("/baru") && !main.contains("/ubah"), "{page}");
    }
    for page in ["tim/baru", "alat/baru", "cuti/baru", "libur/baru", "total/baru", "pengguna", "pengaturan", "berkas"] {
        officer.page(&format!("/33.03/{page}")).await.expect(403);
    }
    let posts = [
        "tim/baru",
        "tim/T-1/arsipkan",
        "tim/T-1/perbarui-kegiatan",
        "alat/baru",
        "alat/CAR-1/arsipkan",
        "cuti/baru",
        "libur/baru",
        "total/baru",
        "pengguna/baru",
        "pengguna/head/arsipkan",
        "pengguna/head/anonimkan",
        "perlu-keputusan",
        "pengaturan/kunci",
        "pengaturan/surat",
    ];
    for post in posts {
        officer.submit(&format!("/33.03/{post}"), &[]).await.expect(403);
    }
}

#[actix_web::test]
async fn every_page_speaks_english_and_shows_an_empty_office() {
    let app = TestApp::start().await;
    let admin = app.as_admin().await;
    admin.patch("/api/v1/me", json!({"language": "en"})).await.expect(200);
    for page in [
        "kelola",
        "tim",
        "alat",
        "cuti",
        "libur",
        "pengguna",
        "jejak",
        "pengaturan",
        "total",
        "berkas",
        "perlu-keputusan",
    ] {
        let text = admin.page(&format!("/33.03/{page}")).await.expect(200).text;
        assert!(text.contains("lang=\"en\"") && !text.contains("manage-"), "{page}: {text}");
    }
}

#[actix_web::test]
async fn one_s_own_account_sets_language_password_and_tokens() {
    let app = TestApp::start().await;
    let viewer = app.as_user("viewer").await;
    viewer.page("/akun").await.expect(200);
    viewer.submit("/akun/bahasa", &[("language", "en")]).await.expect(303);
    assert!(viewer.page("/akun").await.expect(200).text.contains("My account"));
    let wrong = [("current", "salah sekali ini"), ("new", "kata sandi panjang")];
    let refused = viewer.submit("/akun/kata-sandi", &wrong).await.expect(422);
    assert!(refused.text.contains("id=\"e-current\"") && !refused.text.contains("salah sekali"));
    let made =
        viewer.submit("/akun/token", &[("name", "Lembar"), ("scopes", "read"), ("days", "30")]).await.expect(201);
    let secret = made.text.split("class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let other = Client::new(&app.url, Some(secret));
    other.get("/venues").await.expect(200);
    let tokens = viewer.get("/api/v1/tokens").await.expect(200).json();
    let own = tokens["items"].as_array().unwrap().iter().find(|token| token["name"] == json!("Lembar")).unwrap();
    let id = own["id"].as_str().unwrap().to_owned();
    assert!(!viewer.page("/akun").await.expect(200).text.contains("jb_"));
    viewer.submit(&format!("/akun/token/{id}/cabut"), &[]).await.expect(303);
    other.get("/venues").await.expect(401);
}

/// The id of the only item of a list.
async fn only(client: &Client, list: &str) -> String {
    let body: Value = client.get(list).await.expect(200).json();
    let items = body["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{body}");
    items[0]["id"].as_str().unwrap().to_owned()
}

/// Sends the form of the files page as a browser does.
async fn upload(client: &Client, step: &str, fields: &[(&str, &str)], file: Option<&str>) -> Reply {
    let mut body = String::new();
    for (name, value) in fields {
        body += &format!("--grens\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    let (name, text) = (if file.is_some() { "a.csv" } else { "" }, file.unwrap_or_default());
    body += &format!(
        "--grens\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"{name}\"\r\n\
        Content-Type: text/csv\r\n\r\n{text}\r\n--grens--\r\n"
    );
    client.submit_raw(&format!("/33.03/berkas/{step}"), "multipart/form-data; boundary=grens", body).await
}
