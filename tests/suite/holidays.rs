//! Holidays and regions over HTTP: facts that all offices share.

use serde_json::{Value, json};

use crate::support::TestApp;

fn names(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn the_shipped_holidays_are_listed_by_date_in_pages() {
    let app = TestApp::start().await;
    let viewer = app.as_user("viewer").await;
    let year = "/api/v1/holidays?from=2026-01-01&to=2026-12-31";
    let all = viewer.get(year).await.expect(200).json();
    let dates: Vec<_> =
        all["items"].as_array().unwrap().iter().map(|h| h["date"].as_str().unwrap().to_owned()).collect();
    assert_eq!((dates.len(), dates.is_sorted()), (25, true));
    let mut paged = Vec::new();
    let mut address = format!("{year}&limit=7");
    loop {
        let page = viewer.get(&address).await.expect(200).json();
        paged.extend(page["items"].as_array().unwrap().iter().map(|h| h["date"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        address = format!("{year}&limit=7&cursor={cursor}");
    }
    assert_eq!(paged, dates);
    let backwards = viewer.get("/api/v1/holidays?from=2026-02-01&to=2026-01-01").await.expect(422);
    assert_eq!(backwards.errors(), ["to: ends_before_start"]);
}

#[actix_web::test]
async fn an_office_observes_the_nations_its_provinces_and_its_own_holidays() {
    let app = TestApp::start().await;
    app.add_user("pusat", "admin", "").await;
    let nation = app.as_user("pusat").await;
    for (name, region) in
        [("Nasional", json!(null)), ("Jateng", json!("33")), ("Purbalingga", json!("33.03")), ("Tegal", json!("33.28"))]
    {
        let body = json!({"date": "2026-11-24", "kind": "public_holiday", "name": name, "region": region});
        nation.post("/api/v1/holidays", body).await.expect(201);
    }
    let day = "/api/v1/holidays?from=2026-11-24&to=2026-11-24";
    let observed = nation.get(&format!("{day}&office=33.03")).await.expect(200).json();
    assert_eq!(names(&observed), ["Nasional", "Jateng", "Purbalingga"]);
    assert_eq!(names(&nation.get(day).await.json()).len(), 4);
}

#[actix_web::test]
async fn a_correction_withdraws_a_holiday_and_adds_another() {
    let app = TestApp::start().await;
    app.add_user("pusat", "admin", "").await;
    let nation = app.as_user("pusat").await;
    let body = json!({"date": "2026-11-24", "kind": "joint_leave", "name": "Cuti bersama", "decided_on": "2026-10-01"});
    let added = nation.post("/api/v1/holidays", body.clone()).await.expect(201);
    assert_eq!(nation.post("/api/v1/holidays", body).await.expect(409).errors(), ["date: taken"]);
    let old = added.header("location").to_owned();
    let corrected = nation.patch(&old, json!({"date": "2026-11-25"})).await.expect(200);
    let new = corrected.header("location").to_owned();
    assert_ne!(new, old);
    assert_eq!((&corrected.json()["date"], &corrected.json()["name"]), (&json!("2026-11-25"), &json!("Cuti bersama")));
    nation.get(&old).await.expect(404);
    nation.patch(&old, json!({"name": "Lain"})).await.expect(404);
    assert_eq!(nation.get(&new).await.expect(200).json(), corrected.json());
    nation.delete(&new).await.expect(204);
    nation.delete(&new).await.expect(404);
    let left = nation.get("/api/v1/holidays?from=2026-11-24&to=2026-11-25").await.expect(200).json();
    assert_eq!(left["items"], json!([]));
}

#[actix_web::test]
async fn an_admin_decides_holidays_of_his_own_scope_only() {
    let app = TestApp::start().await;
    let admin = app.as_admin().await;
    let body =
        |region: Value| json!({"date": "2026-12-18", "kind": "public_holiday", "name": "Hari jadi", "region": region});
    admin.post("/api/v1/holidays", body(json!("33.03"))).await.expect(201);
    for (region, error) in [
        (json!(null), "region: beyond_own_rights"),
        (json!("33"), "region: beyond_own_rights"),
        (json!("33.04"), "region: beyond_own_rights"),
        (json!("33.03.05"), "region: format"),
    ] {
        assert_eq!(admin.post("/api/v1/holidays", body(region)).await.expect(422).errors(), [error]);
    }
    let list = admin.get("/api/v1/holidays?from=2026-12-25&to=2026-12-25").await.expect(200).json();
    let christmas = format!("/api/v1/holidays/{}", list["items"][0]["id"].as_str().unwrap());
    admin.delete(&christmas).await.expect(403);
    admin.patch(&christmas, json!({"region": "33.03"})).await.expect(403);
    let wrong = admin.post("/api/v1/holidays", json!({"date": "besok", "kind": "libur"})).await.expect(422);
    assert_eq!(wrong.errors(), ["date: format", "kind: unknown_code", "name: required"]);
}

#[actix_web::test]
async fn regions_are_found_by_code_parent_and_level() {
    let app = TestApp::start().await;
    let viewer = app.as_user("viewer").await;
    let expected = json!({"code": "33.03", "level": "regency", "parent": "33", "name": "Kabupaten Purbalingga",
        "time_zone": "Asia/Jakarta"});
    assert_eq!(viewer.get("/api/v1/regions/33.03").await.expect(200).json(), expected);
    let districts = viewer.get("/api/v1/regions?parent=33.03&limit=500").await.expect(200).json();
    assert_eq!(districts["items"].as_array().unwrap().len(), 18);
    let provinces = viewer.get("/api/v1/regions?level=province&limit=10").await.expect(200).json();
    assert_eq!(provinces["items"].as_array().unwrap().len(), 10);
    let cursor = provinces["next_cursor"].as_str().unwrap();
    let rest =
        viewer.get(&format!("/api/v1/regions?level=province&limit=100&cursor={cursor}")).await.expect(200).json();
    assert_eq!(rest["items"].as_array().unwrap().len(), 28);
    viewer.get("/api/v1/regions/99.99").await.expect(404);
    viewer.get("/api/v1/regions/purbalingga").await.expect(404);
    let wrong = viewer.get("/api/v1/regions?level=kecamatan&parent=x").await.expect(422);
    assert_eq!(wrong.errors(), ["parent: format", "level: unknown_code"]);
}
