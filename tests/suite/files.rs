//! Files over HTTP: all or nothing, every bad row named, and what goes out comes back in unchanged.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

const VENUES: &str = "code,name,kind,region,latitude,longitude,people,phone_share,weekdays,opens,contact_phone,notes\n\
    SMKN-1,SMKN 1 Purbalingga,school,33.03.05,\"-7,3885\",109.3613,1.200,\"92,5%\",mon tue,07.00,0812-3456-7890,\n\
    PASAR,=Pasar Segamas,market,33.03.05.2004,,,,,,,,\"parkir, di \"\"belakang\"\"\nsinyal lemah\"\n";

/// `rows added changed unchanged` of a report.
fn report(report: &Value) -> [i64; 4] {
    ["rows", "added", "changed", "unchanged"].map(|key| report[key].as_i64().unwrap())
}

async fn imported(client: &Client, kind: &str, file: &str) -> [i64; 4] {
    report(&client.import(kind, file).await.expect(200).json())
}

#[actix_web::test]
async fn a_file_adds_changes_and_when_it_comes_again_leaves_everything_as_it_is() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    assert_eq!(imported(&coordinator, "venues", VENUES).await, [2, 2, 0, 0]);
    assert_eq!(imported(&coordinator, "venues", VENUES).await, [2, 0, 0, 2]);
    let stored = coordinator.get("/venues/SMKN-1").await.json();
    assert_eq!(
        (&stored["people"], &stored["latitude"], &stored["version"]),
        (&json!(1200), &json!(-7.3885), &json!(1))
    );
    assert_eq!(stored["contact_phone"], "+6281234567890");
    assert_eq!(coordinator.get("/venues/PASAR").await.json()["name"], "=Pasar Segamas");

    let fewer_columns =
        "\u{feff}Region;Kind;Name;Code\r\n33.03.05;school;SMK Negeri 1;SMKN-1\r\n33.03.06;mall;Mal;MAL\r\n";
    assert_eq!(imported(&coordinator, "venues", fewer_columns).await, [2, 1, 1, 0]);
    let stored = coordinator.get("/venues/SMKN-1").await.json();
    assert_eq!((&stored["name"], &stored["people"]), (&json!("SMK Negeri 1"), &json!(1200)));
    assert_eq!((&stored["opens"], &stored["version"]), (&json!("07:00"), &json!(2)));
    let emptied = "code,name,kind,region,people\nSMKN-1,SMK Negeri 1,school,33.03.05,\n";
    assert_eq!(imported(&coordinator, "venues", emptied).await, [1, 0, 1, 0]);
    assert_eq!(coordinator.get("/venues/SMKN-1").await.json().get("people"), None);
}

#[actix_web::test]
async fn every_bad_row_is_named_by_line_and_column_and_nothing_is_stored() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let file = "code,name,kind,region,latitude,longitude,notes\n\
        A,Baik,school,33.03.05,,,\n\
        B,,skool,33.03.05,,,\n\
        A,Ganda,school,33.03.05,,,\n\
        C,Jauh,school,35.29.01,,,\n\
        D,Tidak ada,school,33.03.99,,,\n\
        E,Kantor,school,33.03,,,\n\
        F,Titik,school,33.03.05,-7.3.8,,\n\
        G,NIK,school,33.03.05,,,3303 0507 0624 0001\n\
        H,Kurang,school\n";
    let refused = coordinator.import("venues", file).await.expect(422);
    let expected = [
        "lines[3].name: required",
        "lines[3].kind: unknown_code",
        "lines[4].code: repeated",
        "lines[5].region: outside_office",
        "lines[6].region: not_found",
        "lines[7].region: outside_office",
        "lines[8].latitude: format",
        "lines[9].notes: nik_like",
        "lines[10]: column_count",
    ];
    assert_eq!(refused.errors(), expected);
    assert!(!refused.text.contains("0624"), "a NIK is repeated nowhere");
    assert_eq!(coordinator.get("/venues").await.json()["items"], json!([]));
    for (file, errors) in [
        ("", vec!["lines[1]: required"]),
        ("code,name,kind,region,nik,name\n", vec!["lines[1].nik: unknown_field", "lines[1].name: duplicate_field"]),
        ("code,name\n", vec!["lines[1].kind: required", "lines[1].region: required"]),
    ] {
        assert_eq!(coordinator.import("venues", file).await.expect(422).errors(), errors);
    }
    let latin = coordinator.request(Method::POST, "/import/venues").header("content-type", "text/csv");
    let latin = latin.body(&b"code,name,kind,region\nA,Caf\xe9,other,33.03.05\n"[..]);
    assert_eq!(coordinator.send(latin).await.expect(422).errors(), ["lines[2].name: not_utf8"]);
}

#[actix_web::test]
async fn a_dry_run_tells_what_would_happen_and_stores_nothing() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let told = coordinator.import("venues?dry_run=true", VENUES).await.expect(200).json();
    let expected = json!({"rows": 2, "added": 2, "changed": 0, "unchanged": 0, "dry_run": true});
    assert_eq!(told, expected);
    assert_eq!(coordinator.get("/venues").await.json()["items"], json!([]));
    coordinator.import("venues?dry_run=true", "code\n").await.expect(422);
    assert_eq!(imported(&coordinator, "venues", VENUES).await, [2, 2, 0, 0]);
}

#[actix_web::test]
async fn teams_name_their_units_and_members_join_them() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    app.add_user("tetangga", "officer", "33.04").await;
    let units = "code,kind,name\nMOBIL-1,vehicle,Mobil 1\nKIT-1,kit,@Alat 1\n";
    assert_eq!(imported(&coordinator, "units", units).await, [2, 2, 0, 0]);
    let teams = "code,name,operators,capacity_per_day,latitude,longitude,units\n\
        T1,Tim 1,4,200,-7.39,109.36,KIT-1 MOBIL-1\nT2,Tim 2,2,100,,,\n";
    assert_eq!(imported(&coordinator, "teams", teams).await, [2, 2, 0, 0]);
    let members = "team,login\nT1,officer\nT1,coordinator\n";
    assert_eq!(imported(&coordinator, "members", members).await, [2, 2, 0, 0]);
    assert_eq!(imported(&coordinator, "members", members).await, [2, 0, 0, 2]);
    let team = coordinator.get("/teams/T1").await.json();
    assert_eq!((&team["units"], &team["members"]), (&json!(["KIT-1", "MOBIL-1"]), &json!(["coordinator", "officer"])));

    let changed = "code,name,operators,capacity_per_day\nT1,Tim Satu,5,200\nT2,Tim 2,2,100\n";
    assert_eq!(imported(&coordinator, "teams", changed).await, [2, 0, 1, 1]);
    let team = coordinator.get("/teams/T1").await.json();
    assert_eq!(
        (&team["operators"], &team["units"][0], &team["members"][1]),
        (&json!(5), &json!("KIT-1"), &json!("officer"))
    );
    assert_eq!(imported(&coordinator, "units", "code,kind,name\nKIT-1,kit,Alat satu\n").await, [1, 0, 1, 0]);

    let wrong = "code,name,operators,capacity_per_day,units\nT3,Tim 3,0,100,KIT-1\nT4,Tim 4,2,100,KIT-9\n";
    let refused = coordinator.import("teams", wrong).await.expect(422);
    assert_eq!(refused.errors(), ["lines[2].operators: out_of_range", "lines[3].units: not_found"]);
    let refused = coordinator.import("members", "team,login\nT9,officer\nT1,tetangga\nT1,nobody\n").await.expect(422);
    let expected = ["lines[2].team: not_found", "lines[3].login: not_found", "lines[4].login: not_found"];
    assert_eq!(refused.errors(), expected);
}

#[actix_web::test]
async fn what_is_taken_out_comes_back_in_unchanged() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    imported(&coordinator, "venues", VENUES).await;
    imported(&coordinator, "units", "code,kind,name\nKIT-1,kit,+Alat 1\n").await;
    imported(&coordinator, "teams", "code,name,operators,capacity_per_day,units\nT1,-Tim,4,200,KIT-1\n").await;
    app.add_user("-siti", "officer", "33.03").await;
    imported(&coordinator, "members", "team,login\nT1,officer\nT1,-siti\n").await;
    for kind in ["venues", "teams", "units", "members"] {
        for separator in ["%2C", "%3B"] {
            let file = coordinator.get(&format!("/export/{kind}?separator={separator}")).await.expect(200);
            let disposition = format!("attachment; filename=\"{kind}-33.03.csv\"");
            assert_eq!(file.header("content-disposition"), disposition);
            assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
            let [rows, added, changed, unchanged] = imported(&coordinator, kind, &file.text).await;
            assert_eq!((added, changed, unchanged), (0, 0, rows), "{kind}: {}", file.text);
            assert!(rows > 0, "{kind}");
        }
    }
    let csv = coordinator.get("/export/venues").await.text;
    assert!(csv.contains("PASAR,'=Pasar Segamas,market"), "{csv}");
    let json = coordinator.get("/export/venues?format=json").await.expect(200);
    assert_eq!(json.header("content-disposition"), "attachment; filename=\"venues-33.03.json\"");
    assert_eq!(json.json()[0]["name"], "=Pasar Segamas");
    assert_eq!(json.json()[1]["people"], 1200);
}

#[actix_web::test]
async fn an_archived_venue_is_not_taken_out_and_not_brought_back_by_a_file() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    imported(&coordinator, "venues", VENUES).await;
    coordinator.delete("/venues/PASAR").await.expect(204);
    assert!(!coordinator.get("/export/venues").await.text.contains("PASAR"));
    assert_eq!(imported(&coordinator, "venues", VENUES).await, [2, 0, 0, 2]);
    assert_eq!(coordinator.get("/venues/PASAR").await.json()["archived"], true);
}

#[actix_web::test]
async fn rights_and_forms_are_checked_before_a_file_is_read() {
    let app = TestApp::start().await;
    app.add_user("tetangga", "coordinator", "33.04").await;
    for (login, import, export) in
        [("officer", 403, 403), ("head", 403, 200), ("viewer", 403, 200), ("tetangga", 404, 404), ("admin", 422, 200)]
    {
        let client = app.as_user(login).await;
        client.import("venues", "no file of ours").await.expect(import);
        client.get("/export/venues").await.expect(export);
    }
    app.as_stranger().import("venues", "").await.expect(401);
    app.as_stranger().get("/export/venues").await.expect(401);

    let coordinator = app.as_coordinator().await;
    coordinator.import("citizens", VENUES).await.expect(404);
    coordinator.get("/export/citizens").await.expect(404);
    coordinator.post("/import/venues", json!([])).await.expect(415);
    for (query, error) in [
        ("export/venues?format=pdf", "format: unknown_code"),
        ("export/venues?separator=%7C", "separator: unknown_code"),
        ("export/venues?name=..%2Fetc", "name: unknown_field"),
    ] {
        assert_eq!(coordinator.get(&format!("/{query}")).await.expect(422).errors(), [error]);
    }
    let refused = coordinator.import("venues?dry_run=maybe", VENUES).await.expect(422);
    assert_eq!(refused.errors(), ["dry_run: wrong_type"]);
    let refused = coordinator.import("venues?correct=3303050706240001", VENUES).await.expect(422);
    assert_eq!(refused.errors(), ["correct: nik_like"]);
}

#[actix_web::test]
async fn a_file_may_be_large_but_not_endless() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let row = |n: usize| format!("V-{n},Lokasi {n},other,33.03.05,{}\n", "catatan panjang ".repeat(60));
    let large: String = (0..2_000).map(row).collect();
    assert!(large.len() > 1024 * 1024);
    let file = format!("code,name,kind,region,notes\n{large}");
    assert_eq!(imported(&coordinator, "venues", &file).await, [2_000, 2_000, 0, 0]);
    assert_eq!(imported(&coordinator, "venues", &file).await, [2_000, 0, 0, 2_000]);
    let renamed = file.replace("Lokasi", "Tempat");
    assert_eq!(imported(&coordinator, "venues", &renamed).await, [2_000, 0, 2_000, 0]);
    let endless = "x".repeat(32 * 1024 * 1024 + 1);
    coordinator.import("venues", &endless).await.expect(413);
}

#[actix_web::test]
async fn a_team_at_two_events_of_a_kind_at_one_venue_and_day_is_one_row_that_comes_back_unchanged() {
    let (_app, coordinator) = TestApp::with_registry().await;
    let mut events = Vec::new();
    for (slot, n) in [("morning", 30), ("afternoon", 12)] {
        let body = json!({"kind": "outreach", "title": slot, "venue": "V-1", "teams": ["T-1"], "state": "done",
            "days": [{"date": "2026-11-20", "slots": [slot]}]});
        let event = coordinator.post("/events", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        let entries = [crate::support::field::tally(&event, "2026-11-20", json!({"activated": n}))];
        coordinator.post("/results/batch", crate::support::field::batch(&entries)).await.expect(200);
        events.push(event);
    }
    let file = coordinator.get("/export/results").await.expect(200).text;
    assert_eq!(file.lines().count(), 2, "{file}");
    assert!(file.contains("2026-11-20,V-1,T-1,outreach"), "{file}");
    assert_eq!(imported(&coordinator, "results", &file).await, [1, 0, 0, 1]);

    let other = "day,venue,team,event_kind,activated\n2026-11-20,V-1,T-1,outreach,40\n";
    let refused = coordinator.import("results", other).await.expect(422);
    assert_eq!(refused.errors(), ["lines[2].activated: differs_from_stored"]);
    let corrected = report(&coordinator.import("results?correct=salah+hitung", other).await.expect(200).json());
    assert_eq!(corrected, [1, 0, 1, 0]);
    let mut sum = 0;
    for event in &events {
        sum += coordinator.get(&format!("/events/{event}/counts")).await.json()["total"]["counts"]["activated"]
            .as_i64()
            .unwrap_or_default();
    }
    assert_eq!(sum, 40);
    assert_eq!(imported(&coordinator, "results", other).await, [1, 0, 0, 1]);
}
