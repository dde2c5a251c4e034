//! The digest of a province or the nation: a line for each office that its reader may see, with the figures of the office's
//! own letter; sent by the schedule once, to nobody who may not read it.

use chrono::NaiveDate;
use jemputbola::app;
use jemputbola::domain::clock::Clock;
use jemputbola::domain::digest::DigestPeriod;
use jemputbola::service::Caller;
use jemputbola::service::digests::{DigestAddressees, PreviewDigest};
use serde_json::{Value, json};

use crate::support::{Client, TestApp, TestDatabase};

const NEWS: &str = "2024-06-07";

/// The five districts, and a reader of Central Java with an address.
async fn province() -> (TestApp, Client) {
    let app = TestApp::start_on(TestDatabase::create_demo());
    app.add_user("pusat", "admin", "").await;
    let body = json!({"login": "kabid", "name": "Kepala Bidang", "role": "head", "scope": "33",
        "email": "kabid@prov.example", "language": "id"});
    app.as_user("pusat").await.post("/api/v1/users", body).await.expect(201);
    let reader = app.as_user("kabid").await;
    (app, reader)
}

/// The letter of a day as the page frames it, without tags.
async fn letter(reader: &Client, on: &str) -> String {
    let html = reader.page(&format!("/ringkasan/surat?per={on}&jenis=weekly")).await.expect(200).text;
    let text: String = html.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect();
    text.replace('\u{a0}', " ")
}

/// Letters to the reader: kind and payload.
async fn queued(app: &TestApp) -> Vec<Value> {
    let page = app.as_user("pusat").await.page("/surat-keluar?tentang=region_digest").await.expect(200).text;
    let ids = page.split("href=\"/surat-keluar/").skip(1).filter_map(|rest| rest.split('"').next());
    ids.map(|id| json!(id)).collect()
}

#[actix_web::test]
async fn a_reader_of_a_province_gets_a_line_for_each_of_its_offices_and_no_other() {
    let (app, reader) = province().await;
    let text = letter(&reader, NEWS).await;
    assert!(text.contains("Jawa Tengah"), "{text}");
    assert!(text.contains("Dindukcapil Kabupaten Purbalingga: 12,78 % dari target, kurang 203.947."), "{text}");
    assert!(text.contains("Tegal: ") && !text.contains("Sumenep") && !text.contains("Madiun"), "{text}");
    assert!(text.contains("Dindukcapil Kabupaten Purbalingga: 1 kegiatan"), "the factory is unreported: {text}");

    // The nation sees all five, and each line tells what the office's own letter tells.
    let nation = letter(&app.as_user("pusat").await, NEWS).await;
    for office in ["33.03", "33.28", "35.28", "35.29", "35.77"] {
        let command = PreviewDigest {
            on: NEWS.parse::<NaiveDate>().unwrap(),
            period: DigestPeriod::Weekly,
            to: DigestAddressees::Heads,
            language: None,
        };
        let caller = Caller::system("test");
        let own = app.services.preview_digest(&caller, &office.parse().unwrap(), command).await.unwrap().remove(0);
        let name = own.payload.report.office.name.clone();
        let line = nation.split("capaian terendah dulu").nth(1).unwrap();
        let line = line.split(&format!("{name}: ")).nth(1).unwrap_or_else(|| panic!("{name} is missing in {nation}"));
        if let Some(gap) = own.payload.report.standing.gap.known().filter(|gap| gap.is_number() && gap.low > 0.0) {
            let shown = format!("kurang {}", jemputbola::wording::numbers::decimal(own.language, gap.low, 0));
            assert!(line.contains(&shown), "{office}: {shown} in {line}");
        }
    }
}

#[actix_web::test]
async fn the_letter_leaves_when_its_hour_has_come_once_and_can_be_ended() {
    let (app, reader) = province().await;
    let weekly = [("period", "weekly"), ("time", "07:00"), ("weekday", "mon"), ("month_day", "1"), ("quiet", "1")];
    reader.submit("/ringkasan/jadwal", &weekly).await.expect(303);
    let page = reader.page("/ringkasan").await.expect(200).text;
    assert!(page.contains("Surat berikutnya Senin, 23 November 2026, 07.00"), "{page}");
    assert_eq!(app.services.send_due_regions().await.unwrap(), 0);
    app.set_now("2026-11-23T00:00:00Z");
    let now = app.now();
    let other = app::build_services(&app.settings, Clock::new(move || now)).unwrap();
    let (here, there) = tokio::join!(app.services.send_due_regions(), other.send_due_regions());
    assert_eq!(here.unwrap() + there.unwrap(), 1, "two processes queue it once");
    assert_eq!(app.services.send_due_regions().await.unwrap(), 0);
    let all = queued(&app).await;
    assert_eq!(all.len(), 1);
    let one = app.as_user("pusat").await.page(&format!("/surat-keluar/{}", all[0].as_str().unwrap())).await;
    assert!(one.expect(200).text.contains("Ringkasan mingguan"));

    // An earlier try is no reason not to send; the address in the letter ends it, saving a schedule takes that back.
    reader.submit("/ringkasan/kirim", &[("per", "2026-11-20"), ("jenis", "weekly")]).await.expect(303);
    reader.submit("/ringkasan/kirim", &[("per", "2026-11-20"), ("jenis", "weekly")]).await.expect(303);
    assert_eq!(queued(&app).await.len(), 3);
    let html = app.as_user("pusat").await;
    let html = html.page(&format!("/surat-keluar/{}/html", all[0].as_str().unwrap())).await.expect(200).text;
    let stop = html.split("/berhenti/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    app.as_stranger().submit(&format!("/berhenti/{stop}"), &[("List-Unsubscribe", "One-Click")]).await.expect(200);
    assert!(reader.page("/ringkasan").await.expect(200).text.contains("Anda menghentikannya lewat surat"));
    app.set_now("2026-11-30T00:00:00Z");
    assert_eq!(app.services.send_due_regions().await.unwrap(), 0);
    reader.submit("/ringkasan/jadwal", &weekly).await.expect(303);
    app.set_now("2026-12-07T00:00:00Z");
    assert_eq!(app.services.send_due_regions().await.unwrap(), 1);
    reader.submit("/ringkasan/hentikan", &[]).await.expect(303);
    app.set_now("2026-12-14T00:00:00Z");
    assert_eq!(app.services.send_due_regions().await.unwrap(), 0);
}

#[actix_web::test]
async fn whoever_may_not_read_it_gets_none_and_wrong_wishes_are_named() {
    let (app, reader) = province().await;
    app.add_user("lapangan", "officer", "33").await;
    app.add_user("tanpa.surel", "viewer", "33").await;
    app.as_user("lapangan").await.page("/ringkasan").await.expect(403);
    app.as_user("head@purbalingga.example").await.page("/ringkasan").await.expect(404);
    let without = app.as_user("tanpa.surel").await;
    assert!(without.page("/ringkasan").await.expect(200).text.contains("belum punya alamat e-mail"));
    without.submit("/ringkasan/jadwal", &[("period", "weekly")]).await.expect(422);
    without.submit("/ringkasan/kirim", &[("per", NEWS)]).await.expect(422);

    let wrong = [("period", "weekly"), ("time", "25.00"), ("weekday", "senin"), ("month_day", "32")];
    let page = reader.submit("/ringkasan/jadwal", &wrong).await.expect(422).text;
    assert!(page.contains("aria-invalid") && page.contains("25.00"), "what was typed is kept: {page}");
    assert!(reader.page("/ringkasan?per=2026-12-24").await.expect(422).text.contains("aria-invalid"));
    reader.page("/ringkasan/surat?per=2026-12-24").await.expect(422);
    for on in ["1900-01-01", "2199-12-31", "0001-01-01", "besok"] {
        reader.page(&format!("/ringkasan?per={on}&jenis=monthly")).await.expect(422);
    }
    // Whoever loses his rights gets nothing more.
    reader.submit("/ringkasan/jadwal", &[("period", "daily"), ("time", "16:00")]).await.expect(303);
    app.as_user("pusat").await.patch("/api/v1/users/kabid", json!({"role": "officer"})).await.expect(200);
    app.set_now("2026-11-24T10:00:00Z");
    assert_eq!(app.services.send_due_regions().await.unwrap(), 0);
}
