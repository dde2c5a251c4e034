//! The map of venues as people see it. Today is Saturday, 21 November 2026.

use crate::support::{Client, Reply, TestApp};

const VENUES: &str = "code,name,kind,region,latitude,longitude\n\
    SMK,SMK <Negeri> 1,school,33.03.05,-7.39,109.36\n\
    PSR,Pasar Segamas,market,33.03.06,-7.41,109.38\n\
    RS,RSUD,hospital,33.03.06,-7.42,109.33\n\
    BDS,Balai Desa Toyareka,village_hall,33.03.06,-7.45,109.4\n\
    JLN,Tanpa Koordinat,company,33.03.05,,\n";

const RESULTS: &str = "day,venue,team,event_kind,activated\n\
    2026-11-20,SMK,T1,outreach,100\n2026-09-01,PSR,T1,outreach,25\n2024-01-15,RS,T1,outreach,10\n";

async fn office() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    coordinator.import("venues", VENUES).await.expect(200);
    let team = "code,name,operators,capacity_per_day\nT1,Tim 1,2,100\n";
    coordinator.import("teams", team).await.expect(200);
    coordinator.import("results", RESULTS).await.expect(200);
    (app, coordinator)
}

async fn page(client: &Client, query: &str) -> Reply {
    client.page(&format!("/33.03/peta{query}")).await
}

/// The link of a venue on the map, with its mark.
fn mark(reply: &Reply, code: &str) -> Option<String> {
    let start = reply.text.find(&format!("data-code=\"{code}\""))?;
    let start = reply.text[..start].rfind("<a ")?;
    Some(reply.text[start..].split("</a>").next()?.to_owned())
}

fn radius(mark: &str) -> f64 {
    mark.split(" r=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
}

#[actix_web::test]
async fn each_venue_with_coordinates_is_a_link_as_large_as_its_yield_and_filled_by_its_last_visit() {
    let (_app, coordinator) = office().await;
    let reply = page(&coordinator, "").await.expect(200);
    let marks = ["SMK", "PSR", "RS", "BDS"].map(|code| mark(&reply, code).unwrap());
    for (mark, class) in marks.iter().zip(["fresh", "aging", "aging", "never"]) {
        assert!(mark.contains(&format!("class=\"{class}\"")), "{mark}");
    }
    assert!((radius(&marks[0]) - 2.0 * radius(&marks[1])).abs() < 0.11, "four times the yield");
    assert!(marks[0].contains("href=\"/33.03/lokasi/SMK\"") && marks[0].contains("SMK &lt;Negeri&gt; 1"));
    assert!(marks[0].contains("rata-rata 100,0 per hari (n = 1), jemput bola terakhir: kemarin"), "{}", marks[0]);
    assert!(
        marks[2].contains("jemput bola terakhir: 15 Januari 2024") && !marks[2].contains("rata-rata"),
        "{}",
        marks[2]
    );
}

#[actix_web::test]
async fn by_kind_the_marks_differ_in_shape_and_a_venue_without_a_result_is_hollow() {
    let (_app, coordinator) = office().await;
    let reply = page(&coordinator, "?colour=kind").await.expect(200);
    for (code, class) in [("SMK", "circle"), ("PSR", "square"), ("RS", "cross hollow"), ("BDS", "triangle hollow")] {
        assert!(mark(&reply, code).unwrap().contains(&format!("class=\"{class}\"")), "{code}");
    }
    assert!(reply.text.contains("rumah sakit, puskesmas") && !reply.text.contains("perusahaan</span>"));
}

#[actix_web::test]
async fn without_script_the_list_leads_to_every_venue_also_to_those_without_coordinates() {
    let (app, coordinator) = office().await;
    let reply = page(&coordinator, "").await.expect(200);
    assert_eq!(mark(&reply, "JLN"), None);
    let list = &reply.text[reply.text.find("id=\"daftar\"").unwrap()..];
    let places = ["BDS", "RS", "PSR", "SMK", "JLN"].map(|code| list.find(&format!("lokasi/{code}\"")).unwrap());
    assert!(places.is_sorted(), "never visited first, then the longest ago, those without a place last");
    assert!(list.contains("Tanpa koordinat: 1 lokasi") && list.contains("Isi lintang dan bujurnya"));
    let officer = app.as_user("officer").await;
    assert!(page(&officer, "").await.expect(200).text.contains("Minta koordinator mengisi"));
}

#[actix_web::test]
async fn the_map_is_narrowed_by_the_address_and_keeps_it_when_the_colour_changes() {
    let (_app, coordinator) = office().await;
    let reply = page(&coordinator, "?kind=market&region=33.03.06").await.expect(200);
    assert!(mark(&reply, "PSR").is_some() && mark(&reply, "SMK").is_none() && mark(&reply, "BDS").is_none());
    assert!(reply.text.contains("kind=market&#38;region=33.03.06&#38;colour=kind"));
    page(&coordinator, "?kind=pasar").await.expect(422);
    page(&coordinator, "?colour=rainbow").await.expect(200);
}

#[actix_web::test]
async fn an_empty_office_is_told_what_the_map_needs() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let empty = page(&coordinator, "").await.expect(200).text;
    assert!(empty.contains("Belum ada lokasi. Peta menunjukkan") && !empty.contains("<svg class=\"map\""));
    let without = "code,name,kind,region\nA,Pasar A,market,33.03.05\n";
    coordinator.import("venues", without).await.expect(200);
    let reply = page(&coordinator, "").await.expect(200).text;
    assert!(reply.contains("Belum ada lokasi yang punya koordinat.") && reply.contains("lokasi/A\""));
}

#[actix_web::test]
async fn the_yields_of_the_map_are_those_of_the_ranking() {
    let (_app, coordinator) = office().await;
    let ranking = coordinator.get("/rankings/venues").await.expect(200).json();
    let reply = page(&coordinator, "").await.expect(200);
    for item in ranking["items"].as_array().unwrap().iter().filter(|item| !item["rank"].is_null()) {
        let mark = mark(&reply, item["venue_code"].as_str().unwrap()).unwrap();
        let mean = format!("{:.1}", item["yield_per_day"].as_f64().unwrap()).replace('.', ",");
        assert!(mark.contains(&format!("rata-rata {mean} per hari")), "{mark}");
    }
}
