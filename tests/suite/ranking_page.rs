//! The ranking as people see it. Today is Saturday, 21 November 2026.

use serde_json::json;

use crate::support::{Client, Reply, TestApp};

const VENUES: &str = "code,name,kind,region\n\
    SMK,SMK <Negeri> 1,school,33.03.05\n\
    SMA,SMA Negeri 2,school,33.03.05.2004\n\
    PSR,Pasar Segamas,market,33.03.06\n\
    BDS,Balai Desa Toyareka,village_hall,33.03.06\n";

const RESULTS: &str = "day,venue,team,event_kind,hours,activated,ktp_recorded\n\
    2026-11-02,SMK,T1,outreach,8,90,5\n2026-11-03,SMK,T1,outreach,8,61,\n\
    2026-11-04,SMA,T1,outreach,,40,\n2025-12-01,PSR,T1,outreach,2,76,\n\
    2026-11-05,PSR,T1,counter,,200,\n2026-11-06,PSR,T1,outreach,,\u{b1}50,\n";

async fn office() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    coordinator.import("venues", VENUES).await.expect(200);
    let team = "code,name,operators,capacity_per_day\nT1,Tim 1,2,100\n";
    coordinator.import("teams", team).await.expect(200);
    coordinator.import("results", RESULTS).await.expect(200);
    (app, coordinator)
}

/// The page in the order of the means.
async fn page(client: &Client, query: &str) -> Reply {
    let by = if query.is_empty() { "?sort=mean" } else { "&sort=mean" };
    client.page(&format!("/33.03/peringkat{query}{by}")).await
}

/// The codes of the venues that the page links to, in its order.
fn codes(reply: &Reply) -> Vec<String> {
    let parts = reply.text.split("href=\"/33.03/lokasi/").skip(1);
    parts.map(|part| part.split('"').next().unwrap().to_owned()).collect()
}

/// The text of the page without its marks, white space made single.
fn words(reply: &Reply) -> String {
    let text: String = reply.text.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[actix_web::test]
async fn the_page_ranks_as_the_api_does_and_says_first_what_yields_most() {
    let (_app, coordinator) = office().await;
    let reply = page(&coordinator, "").await.expect(200);
    assert_eq!(codes(&reply), ["PSR", "SMK", "SMA", "BDS"], "the venue without a visit closes the page");
    let words = words(&reply);
    assert!(
        words.contains("Sekolah paling menghasilkan: rata-rata 63,7 per hari kegiatan (3 hari kegiatan di 2 lokasi).")
    );
    assert!(words.contains("22 November 2025–21 November 2026"), "{words}");
    assert!(words.contains("Tanpa peringkat: 1 lokasi"), "{words}");
    assert!(reply.text.contains("SMK &#60;Negeri&#62; 1") && !reply.text.contains("<Negeri>"), "a name is escaped");
}

#[actix_web::test]
async fn the_page_opens_with_the_estimates_and_says_of_whom_nobody_knows_anything() {
    let (_app, coordinator) = office().await;
    let reply = coordinator.page("/33.03/peringkat").await.expect(200);
    let api = coordinator.get("/rankings/venues?sort=estimate").await.expect(200).json();
    let order: Vec<&str> =
        api["items"].as_array().unwrap().iter().map(|item| item["venue_code"].as_str().unwrap()).collect();
    assert_eq!(codes(&reply), order, "also the venue that was never visited has its place");
    let words = words(&reply);
    assert!(words.contains("4 lokasi, diurutkan menurut taksiran"), "{words}");
    assert!(words.contains("Belum pernah dikunjungi. Taksiran dari lokasi sejenis: balai desa/kelurahan."), "{words}");
    assert!(words.contains("Kunjungan berikutnya paling menjanjikan di"), "{words}");
    assert!(words.contains("bisa 1–"), "{words}");
    assert!(reply.text.contains("band-solid") && !words.contains("Tanpa peringkat"), "{words}");
    let per_hour = coordinator.page("/33.03/peringkat?per=officer_hour").await.expect(200);
    assert!(!self::words(&per_hour).contains("diurutkan menurut taksiran"), "an estimate is one of a day");
}

#[actix_web::test]
async fn a_venue_tells_what_its_next_visit_is_expected_to_bring_and_an_event_what_was_expected_of_it() {
    let (_app, coordinator) = office().await;
    let venue = words(&coordinator.page("/33.03/lokasi/SMK").await.expect(200));
    assert!(venue.contains("Kunjungan berikutnya") && venue.contains("Dari 2 hari kunjungan"), "{venue}");
    let cold = words(&coordinator.page("/33.03/lokasi/BDS").await.expect(200));
    assert!(cold.contains("Belum pernah dikunjungi"), "{cold}");
    let events = coordinator.get("/events?venue=SMK").await.expect(200).json();
    let mut pages = Vec::new();
    for event in events["items"].as_array().unwrap() {
        let id = event["id"].as_str().unwrap();
        pages.push(words(&coordinator.page(&format!("/33.03/kegiatan/{id}")).await.expect(200)));
    }
    let projected: Vec<_> = pages.iter().filter(|page| page.contains("Perkiraan sebelum kegiatan")).collect();
    assert_eq!(projected.len(), 1, "before the first school nothing was known of schools, not even what came there");
    assert!(pages.iter().any(|page| page.contains("Hasil 61") && page.contains("Dari 1 hari kunjungan")), "{pages:?}");
}

#[actix_web::test]
async fn what_was_left_out_is_listed_with_the_reason_in_words() {
    let (_app, coordinator) = office().await;
    let words = words(&page(&coordinator, "").await.expect(200));
    assert!(words.contains("Tidak diikutkan: 2 hari"), "{words}");
    assert!(words.contains("Loket bukan jemput bola; hasilnya tetap masuk jumlah kantor."), "{words}");
    assert!(words.contains("sedikitnya 50"), "{words}");
}

#[actix_web::test]
async fn service_kind_kecamatan_period_and_divisor_stand_in_the_address() {
    let (_app, coordinator) = office().await;
    let of = async |query: &str| codes(&page(&coordinator, query).await.expect(200));
    assert_eq!(of("?kind=school").await, ["SMK", "SMA"]);
    assert_eq!(of("?region=33.03.06&kind=").await, ["PSR", "BDS"]);
    assert_eq!(of("?from=2026-01-01&to=2026-11-21").await, ["SMK", "SMA", "BDS", "PSR"]);
    assert_eq!(of("?per=officer_hour").await, ["PSR", "SMK", "SMA", "BDS"], "a venue without hours follows unranked");
    assert_eq!(of("?service=ktp_recorded&kind=school").await, ["SMK", "SMA"]);
    let kept = page(&coordinator, "?kind=school&from=2026-01-01").await.expect(200).text;
    assert!(kept.contains("<option value=\"school\" selected>") && kept.contains("value=\"2026-01-01\""));
}

#[actix_web::test]
async fn a_filter_that_cannot_be_read_is_named_and_nothing_breaks() {
    let (_app, coordinator) = office().await;
    for query in ["?kind=sekolah", "?from=besok", "?from=2026-11-21&to=2026-11-01", "?per=week", "?region=abc"] {
        let reply = page(&coordinator, query).await.expect(422);
        assert!(reply.text.contains("class=\"error\"") && codes(&reply).is_empty(), "{query}");
    }
    for query in ["?after=-1", "?after=99999999999999999999", "?after=900", "?unknown=1", "?kind=%ff"] {
        let status = page(&coordinator, query).await.status;
        assert!(status == 200 || status == 422, "{query}: {status}");
    }
}

#[actix_web::test]
async fn an_office_without_venues_or_results_is_told_what_to_do() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    assert!(words(&page(&coordinator, "").await.expect(200)).contains("Belum ada lokasi."));
    coordinator.import("venues", VENUES).await.expect(200);
    assert!(words(&page(&coordinator, "").await.expect(200)).contains("Belum ada lokasi yang dapat diperingkat."));
    let none = words(&page(&coordinator, "?kind=bank").await.expect(200));
    assert!(none.contains("Tidak ada lokasi untuk saringan ini.") && none.contains("Hapus saringan"), "{none}");
}

#[actix_web::test]
async fn a_long_ranking_is_paged_and_every_venue_stands_on_one_page() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let rows: String = (0..120).map(|n| format!("V{n:03},Lokasi {n},school,33.03.05\n")).collect();
    coordinator.import("venues", &format!("code,name,kind,region\n{rows}")).await.expect(200);
    let mut seen = Vec::new();
    let mut query = String::new();
    for _ in 0..3 {
        let reply = page(&coordinator, &query).await.expect(200);
        seen.extend(codes(&reply));
        let next = reply.text.split("&#38;after=").nth(1).map(|part| part.split('"').next().unwrap().to_owned());
        query = next.map(|after| format!("?after={after}")).unwrap_or_default();
    }
    assert_eq!((seen.len(), query.as_str()), (120, ""));
    assert!(seen.is_sorted());
}

#[actix_web::test]
async fn the_ranking_is_taken_away_as_csv_and_as_a_workbook_by_those_who_may() {
    let (app, coordinator) = office().await;
    let csv = coordinator.page("/33.03/peringkat/unduh?format=csv&kind=school").await.expect(200);
    assert!(csv.text.trim_start_matches('\u{feff}').starts_with("rank;venue_code;"), "{}", csv.text);
    assert_eq!(csv.text.lines().count(), 3);
    let workbook = coordinator.page("/33.03/peringkat/unduh?format=xlsx").await.expect(200);
    assert!(workbook.header("content-disposition").contains("ranking-33.03.xlsx"));
    coordinator.page("/33.03/peringkat/unduh?format=doc").await.expect(422);
    coordinator.page("/33.03/peringkat/unduh?kind=doc").await.expect(422);
    let officer = app.as_user("officer").await;
    officer.page("/33.03/peringkat/unduh").await.expect(403);
    assert!(!page(&officer, "").await.expect(200).text.contains("unduh"));
}

#[actix_web::test]
async fn a_reader_of_english_gets_the_page_in_english() {
    let (_app, coordinator) = office().await;
    let request =
        coordinator.request(reqwest::Method::GET, "/33.03/peringkat?sort=mean").header("accept-language", "en");
    let words = words(&coordinator.send(request).await.expect(200));
    assert!(words.contains("School yields most: 63.7 per event-day on average"), "{words}");
}

#[actix_web::test]
async fn nobody_sees_the_ranking_of_another_office() {
    let (app, _) = office().await;
    app.services
        .add_office(&jemputbola::service::Caller::system("test"), "33.04".parse().unwrap(), None)
        .await
        .unwrap();
    app.as_coordinator().await.page("/33.04/peringkat").await.expect(404);
    app.as_coordinator().await.page("/33.04/peta").await.expect(404);
    assert_eq!(app.as_stranger().page("/33.03/peringkat").await.status, 303);
}

#[actix_web::test]
async fn a_visit_that_nobody_reported_is_no_never_on_any_page() {
    let (_app, coordinator) = office().await;
    let unvisited = coordinator.page("/33.03/peringkat").await.expect(200);
    assert!(words(&unvisited).contains("Belum pernah dikunjungi"));
    let (_, rest) = unvisited.text.split_once("Belum pernah dikunjungi").unwrap();
    assert!(!rest.is_empty());
    let before = unvisited.text.split_once("Belum pernah dikunjungi").unwrap().0;
    let code = before.rsplit_once("/lokasi/").unwrap().1.split('"').next().unwrap().to_owned();
    let event = json!({"kind": "outreach", "title": "Kunjungan", "venue": code, "teams": ["T1"], "state": "done",
        "days": [{"date": "2026-11-19", "slots": ["morning"]}]});
    coordinator.post("/events", event).await.expect(201);
    for page in ["/33.03/peringkat".to_owned(), format!("/33.03/lokasi/{code}")] {
        let shown = words(&coordinator.page(&page).await.expect(200));
        assert!(shown.contains("Didatangi 19 Nov 2026, tetapi hasilnya belum dilaporkan"), "{page}: {shown}");
        assert!(!shown.contains("Belum pernah dikunjungi"), "{page}: {shown}");
    }
    let map = words(&coordinator.page("/33.03/peta").await.expect(200));
    assert!(map.contains("2 hari lalu, hasil belum dilaporkan"), "{map}");
}
