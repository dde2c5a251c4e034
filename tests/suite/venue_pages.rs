//! The registry on pages: lists and one venue, the form, what it refuses, archiving, the contact person.

use serde_json::json;

use crate::support::{TestApp, booking};

const NEW: [(&str, &str); 9] = [
    ("code", "PSR-1"),
    ("name", "Pasar <Segamas>"),
    ("kind", "market"),
    ("region", "33.03.05"),
    ("weekdays", "mon"),
    ("weekdays", "thu"),
    ("opens", "05.00"),
    ("contact_name", "Bu Hadi"),
    ("contact_phone", "0812-3456-7890"),
];

#[actix_web::test]
async fn a_venue_is_added_by_its_form_shown_changed_archived_and_brought_back() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    coordinator.page("/33.03/lokasi/baru").await.expect(200);
    let added = coordinator.submit("/33.03/lokasi/baru", &NEW).await.expect(303);
    assert_eq!(added.header("location"), "/33.03/lokasi/PSR-1");
    let stored = coordinator.get("/venues/PSR-1").await.expect(200).json();
    assert_eq!((&stored["weekdays"], &stored["opens"]), (&json!(["mon", "thu"]), &json!("05:00")));
    let page = coordinator.page("/33.03/lokasi/PSR-1").await.expect(200);
    assert!(page.text.contains("Pasar &#60;Segamas&#62;") && !page.text.contains("<Segamas>"), "{}", page.text);
    assert!(page.text.contains("Senin, Kamis, mulai 05.00") && page.text.contains("https://wa.me/6281234567890?text="));

    let form = coordinator.page("/33.03/lokasi/PSR-1/ubah").await.expect(200);
    assert!(form.text.contains(r#"name="version" value="1""#) && form.text.contains(r#"value="mon" checked"#));
    let change = [("version", "1"), ("name", "Pasar Segamas"), ("kind", "market"), ("region", "33.03.05")];
    coordinator.submit("/33.03/lokasi/PSR-1/ubah", &change).await.expect(303);
    let stale = coordinator.submit("/33.03/lokasi/PSR-1/ubah", &change).await.expect(422);
    assert!(stale.text.contains("baru saja diubah orang lain"), "{}", stale.text);

    coordinator.submit("/33.03/lokasi/PSR-1/arsipkan", &[]).await.expect(303);
    assert!(!coordinator.page("/33.03/lokasi").await.expect(200).text.contains("/lokasi/PSR-1"));
    assert!(coordinator.page("/33.03/lokasi?arsip=1").await.expect(200).text.contains("/lokasi/PSR-1"));
    coordinator.submit("/33.03/lokasi/PSR-1/pulihkan", &[]).await.expect(303);
    assert!(coordinator.page("/33.03/lokasi").await.expect(200).text.contains("/lokasi/PSR-1"));
}

#[actix_web::test]
async fn a_refused_form_keeps_what_was_typed_and_says_which_field_is_wrong_and_why() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let fields = [
        ("code", "PSR-2"),
        ("name", "Pasar Kliwon"),
        ("kind", "market"),
        ("region", "33.28.01"),
        ("people", "29.89"),
        ("notes", "Hubungi 3303012401950001"),
    ];
    let page = coordinator.submit("/33.03/lokasi/baru", &fields).await.expect(422);
    for kept in ["Pasar Kliwon", "29.89", "PSR-2"] {
        assert!(page.text.contains(kept), "{kept} is lost");
    }
    for wrong in ["e-people", "e-notes"] {
        assert!(page.text.contains(&format!("id=\"{wrong}\"")), "{wrong}: {}", page.text);
    }
    assert!(page.text.contains("role=\"alert\"") && page.text.contains(">Jumlah orang: "), "{}", page.text);
    coordinator.get("/venues/PSR-2").await.expect(404);
    coordinator.submit("/33.03/lokasi/baru", &NEW).await.expect(303);
    assert!(coordinator.submit("/33.03/lokasi/baru", &NEW).await.expect(422).text.contains("id=\"e-code\""));
}

#[actix_web::test]
async fn only_who_plans_sees_the_buttons_and_may_press_them() {
    let app = TestApp::start().await;
    app.as_coordinator().await.submit("/33.03/lokasi/baru", &NEW).await.expect(303);
    for login in ["head", "viewer", "officer"] {
        let reader = app.as_user(login).await;
        let page = reader.page("/33.03/lokasi/PSR-1").await.expect(200);
        assert!(!page.text.contains("/ubah") && !page.text.contains("arsipkan"), "{login}");
        reader.page("/33.03/lokasi/baru").await.expect(403);
        reader.submit("/33.03/lokasi/PSR-1/arsipkan", &[]).await.expect(403);
    }
}

#[actix_web::test]
async fn the_list_is_searched_narrowed_and_paged() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    assert!(coordinator.page("/33.03/lokasi").await.expect(200).text.contains("Belum ada lokasi"));
    let mut file = "code,name,kind,region\n".to_owned();
    for n in 1..=60 {
        file.push_str(&format!("V-{n:03},Balai Desa {n},village_hall,33.03.05\n"));
    }
    file.push_str("W-1,Pasar Hewan,market,33.03.07\n");
    coordinator.import("venues", &file).await.expect(200);
    let first = coordinator.page("/33.03/lokasi").await.expect(200).text;
    assert!(first.contains("/lokasi/V-050\"") && !first.contains("/lokasi/V-051\"") && first.contains("sesudah=V-050"));
    let second = coordinator.page("/33.03/lokasi?sesudah=V-050").await.expect(200).text;
    assert!(
        second.contains("/lokasi/V-051\"") && second.contains("/lokasi/W-1\"") && !second.contains("/lokasi/V-050\"")
    );
    let markets = coordinator.page("/33.03/lokasi?jenis=market&wilayah=33.03.07&cari=hewan").await.expect(200).text;
    assert!(markets.contains("/lokasi/W-1\"") && !markets.contains("/lokasi/V-001\""));
    assert!(coordinator.page("/33.03/lokasi?cari=tidakada").await.expect(200).text.contains("Hapus saringan"));
}

#[actix_web::test]
async fn a_contact_is_erased_by_a_button_and_the_page_says_so() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    coordinator.submit("/33.03/lokasi/baru", &NEW).await.expect(303);
    let erased = coordinator.submit("/33.03/lokasi/PSR-1/hapus-narahubung", &[]).await.expect(303);
    assert!(erased.header("set-cookie").contains("done-contact-erased"), "{:?}", erased.headers);
    let page = coordinator.page("/33.03/lokasi/PSR-1").await.expect(200);
    assert!(!page.text.contains("Bu Hadi") && !page.text.contains("6281234567890"));
}

#[actix_web::test]
async fn the_page_of_a_venue_draws_its_visits_and_says_what_they_brought() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let file = "day,venue,team,event_kind,activated\n2026-11-02,V-1,T-1,outreach,40\n2026-11-09,V-1,T-1,outreach,61\n";
    coordinator.import("results", file).await.expect(200);
    coordinator.post("/events", booking("V-1", "T-1", "2026-11-24")).await.expect(201);
    let page = coordinator.page("/33.03/lokasi/V-1").await.expect(200).text;
    assert!(page.contains("Rata-rata 50,5 aktivasi per hari dari 2 hari kegiatan"), "{page}");
    assert!(page.contains("role=\"img\"") && page.contains("2 Nov 40, 9 Nov 61"), "{page}");
    assert!(page.contains("data-day=\"booked\""), "{page}");
}
