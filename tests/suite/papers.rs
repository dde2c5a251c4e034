//! The papers of an event: the letter of assignment and the page that vouches for it, the report, the tally sheet; and
//! what the office puts on them.

use serde_json::json;

use crate::support::{Client, OFFICE, TestApp, booking};
use jemputbola::domain::office_settings::OfficeSettingsInput;
use jemputbola::service::Caller;

const TUESDAY: &str = "2026-11-24";

async fn book(coordinator: &Client) -> String {
    let mut body = booking("V-1", "T-1", TUESDAY);
    body["title"] = json!("Jemput bola <b>SMKN</b>");
    body["request"] = json!({"by": "Kepala SMKN 1", "letter_number": "421/017"});
    let event = coordinator.post("/events", body).await.expect(201).json();
    format!("/33.03/kegiatan/{}", event["id"].as_str().unwrap())
}

/// An office whose letterhead and signer are known.
async fn fill_settings(app: &TestApp) {
    let given = |text: &str| Some(text.to_owned());
    let input = OfficeSettingsInput {
        government: given("PEMERINTAH KABUPATEN PURBALINGGA"),
        agency: given("DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL"),
        address: given("Jalan Letkol Isdiman 17"),
        city: given("Purbalingga"),
        legal_basis: given("Undang-Undang Nomor 24 Tahun 2013"),
        number_pattern: given("400.12/{nomor}/{bulan}/{tahun}"),
        signer_name: given("Muhammad Fadhlan, S.H."),
        signer_title: given("Kepala Dinas"),
        signer_rank: given("Pembina Utama Muda, IV/c"),
        signer_nip: given("196801012005011001"),
        ..OfficeSettingsInput::default()
    };
    let office = OFFICE.parse().unwrap();
    app.services.change_office_settings(&Caller::system("test"), &office, input).await.unwrap();
}

fn letter(number: &str) -> Vec<(&str, &str)> {
    vec![
        ("number", number),
        ("issued_on", "2026-11-23"),
        ("city", "Purbalingga"),
        ("basis", "Undang-Undang Nomor 24 Tahun 2013\nSurat permohonan Kepala SMKN 1"),
        ("task", "Melaksanakan pelayanan <i>jemput bola</i>"),
        ("equipment", "Genset"),
        ("signer_name", "Muhammad Fadhlan, S.H."),
        ("signer_title", "Kepala Dinas"),
        ("signer_rank", "Pembina Utama Muda, IV/c"),
        ("signer_nip", "196801012005011001"),
    ]
}

#[actix_web::test]
async fn a_letter_opens_with_what_settings_and_event_know_and_is_printed_as_it_was_written() {
    let (app, coordinator) = TestApp::with_registry().await;
    fill_settings(&app).await;
    let admin = app.as_admin().await;
    let officer = json!({"name": "Siti Rahayu", "rank": "Penata Muda, III/a", "nip": "198001012005011001"});
    admin.patch("/api/v1/users/officer", officer).await.expect(200);
    let page = book(&coordinator).await;
    // Without a letter there is one to write.
    let place = format!("{page}/surat-tugas");
    let lead = coordinator.page(&place).await.expect(303);
    let form = coordinator.page(lead.header("location")).await.expect(200).text;
    for proposed in ["400.12/..../XI/2026", "Kepala SMKN 1", "Nomor 421/017", "aktivasi", "Kepala Dinas"] {
        assert!(form.contains(proposed), "{proposed}: {form}");
    }
    let written = coordinator.submit(&format!("{place}/isi"), &letter("400.12/77/XI/2026")).await.expect(303);
    assert_eq!(written.header("location"), place);
    let printed = coordinator.page(&place).await.expect(200).text;
    for stands in [
        "PEMERINTAH KABUPATEN PURBALINGGA",
        "Jalan Letkol Isdiman 17",
        "SURAT TUGAS",
        "Nomor: 400.12/77/XI/2026",
        "Siti Rahayu",
        "NIP 198001012005011001",
        "Penata Muda, III/a",
        "Selasa, 24 November 2026",
        "Tempat 1",
        "CAR-1, Genset",
        "Ditetapkan di Purbalingga",
        "23 November 2026",
        "NIP 196801012005011001",
        "&#60;i&#62;jemput bola",
    ] {
        assert!(printed.contains(stands), "{stands}: {printed}");
    }
    assert!(!printed.contains("<i>jemput"), "{printed}");
    // Other settings change no letter that was written.
    let other = OfficeSettingsInput { signer_name: Some("Orang Lain".to_owned()), ..OfficeSettingsInput::default() };
    app.services.change_office_settings(&Caller::system("test"), &OFFICE.parse().unwrap(), other).await.unwrap();
    assert!(!coordinator.page(&place).await.expect(200).text.contains("Orang Lain"));
}

#[actix_web::test]
async fn a_letter_that_is_not_complete_is_refused_with_what_was_typed() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let page = book(&coordinator).await;
    let mut fields = letter("");
    fields.push(("signer_nip", "12"));
    fields.retain(|field| *field != ("signer_nip", "196801012005011001"));
    let form = coordinator.submit(&format!("{page}/surat-tugas/isi"), &fields).await.expect(422).text;
    assert!(form.contains("#f-number") && form.contains("#f-signer_nip") && form.contains("Genset"), "{form}");
}

#[actix_web::test]
async fn whoever_holds_a_letter_learns_that_it_is_genuine_and_nobody_s_name() {
    let (app, coordinator) = TestApp::with_registry().await;
    let page = book(&coordinator).await;
    coordinator.submit(&format!("{page}/surat-tugas/isi"), &letter("400.12/77")).await.expect(303);
    let printed = coordinator.page(&format!("{page}/surat-tugas")).await.expect(200).text;
    let code = printed.split_once("/periksa/").unwrap().1.split_once('<').unwrap().0.to_owned();
    let stranger = app.as_stranger();
    let seen = stranger.page(&format!("/periksa/{code}")).await.expect(200).text;
    for stands in ["Surat ini diterbitkan kantor", "400.12/77", "Tempat 1", "24 November 2026"] {
        assert!(seen.contains(stands), "{stands}: {seen}");
    }
    for name in ["Muhammad", "officer", "1968", "SMKN"] {
        assert!(!seen.contains(name), "{name}: {seen}");
    }
    // Written anew it keeps its code; called off, the page says so.
    coordinator.submit(&format!("{page}/surat-tugas/isi"), &letter("400.12/78")).await.expect(303);
    coordinator.submit(&format!("{page}/langkah"), &[("step", "cancel"), ("reason", "hujan")]).await.expect(303);
    let seen = stranger.page(&format!("/periksa/{code}")).await.expect(200).text;
    assert!(seen.contains("400.12/78") && seen.contains("tidak berlaku lagi"), "{seen}");
    for unknown in ["33.03-0000-0000-0000", "35.29-0000-0000-0000", "apa", "33.03-"] {
        let page = stranger.page(&format!("/periksa/{unknown}")).await.expect(404).text;
        assert!(page.contains("Surat ini tidak dikenal"), "{unknown}: {page}");
    }
}

#[actix_web::test]
async fn the_report_shows_the_counts_and_the_tally_sheet_has_boxes_for_every_day() {
    let (app, coordinator) = TestApp::with_registry().await;
    fill_settings(&app).await;
    let mut body = booking("V-1", "T-1", "2026-11-19");
    body["days"] = json!([{"date": "2026-11-19", "slots": ["morning"]}, {"date": "2026-11-20", "slots": ["morning"]}]);
    body["state"] = json!("done");
    let event = coordinator.post("/events", body).await.expect(201).json();
    let page = format!("/33.03/kegiatan/{}", event["id"].as_str().unwrap());
    let tally = [
        ("entry", "0193a1f0-6f2e-7c1a-9b57-2f4f1f0a7d11"),
        ("date", "2026-11-20"),
        ("counts.activated", "40"),
        ("counts.network_down", "2"),
        ("note", "Sinyal hilang pukul 10"),
    ];
    coordinator.submit(&format!("{page}/hasil"), &tally).await.expect(303);
    let report = coordinator.page(&format!("{page}/laporan")).await.expect(200).text;
    for stands in [
        "LAPORAN KEGIATAN",
        "40 dari 42",
        "95,2\u{a0}%",
        "Sinyal hilang pukul 10",
        "jaringan gangguan: 2",
        "Mengetahui",
    ] {
        assert!(report.contains(stands), "{stands}: {report}");
    }
    let sheet = coordinator.page(&format!("{page}/lembar-hitung")).await.expect(200).text;
    assert_eq!(sheet.matches("LEMBAR HITUNG").count(), 2);
    assert!(sheet.contains("Kamis Kliwon, 19 November 2026") && sheet.contains("Tempat 1"), "{sheet}");
    assert!(!sheet.contains("cetak KTP-el"), "a service that is not offered: {sheet}");
    let viewer = app.as_user("officer").await;
    viewer.page(&format!("{page}/laporan")).await.expect(200);
    viewer.page(&format!("{page}/surat-tugas")).await.expect(403);
}

#[actix_web::test]
async fn only_an_admin_changes_what_stands_on_papers_and_the_trail_names_no_values() {
    let (app, coordinator) = TestApp::with_registry().await;
    fill_settings(&app).await;
    let trail = coordinator.get("/audit?subject=33.03").await.expect(200).text;
    assert!(trail.contains("office.settings_changed") && trail.contains("letterhead"), "{trail}");
    assert!(!trail.contains("Fadhlan") && !trail.contains("196801012005011001"), "{trail}");
}
