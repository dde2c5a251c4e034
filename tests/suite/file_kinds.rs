//! Files of users, absences, holidays and offices: all or nothing, within one's rights, unchanged when they come again.

use serde_json::{Value, json};

use crate::support::files::{fetch, send_workbook};
use crate::support::process::try_run;
use crate::support::{Client, OFFICE, Reply, TestApp, booking};

const USERS: &str = "login,name,role,scope,email,phone,rank,nip\n\
    Siti.Rahayu,Siti Rahayu,officer,33.03,siti@dukcapil.example,0812-3456-7890,Penata Muda / III-a,19800101 200501 1 001\n\
    +budi,=Budi,coordinator,33.03,,,,\n";

async fn import_wide(client: &Client, kind: &str, file: &str) -> Reply {
    let request = client.request(reqwest::Method::POST, &format!("/api/v1/import/{kind}"));
    client.send(request.header("content-type", "text/csv").body(file.to_owned())).await
}

/// `rows added changed unchanged` of a report.
fn told(reply: Reply) -> [i64; 4] {
    let report = reply.expect(200).json();
    ["rows", "added", "changed", "unchanged"].map(|key| report[key].as_i64().unwrap())
}

async fn nation(app: &TestApp) -> Client {
    app.add_user("pusat", "admin", "").await;
    app.as_user("pusat").await
}

/// `action subject` of the newest records of an office's trail, or of the installation's.
async fn trail(client: &Client, path: &str) -> Vec<String> {
    let list = client.get(path).await.expect(200).json();
    let text =
        |record: &Value| format!("{} {}", record["action"].as_str().unwrap(), record["subject"].as_str().unwrap());
    list["items"].as_array().unwrap().iter().map(text).collect()
}

#[actix_web::test]
async fn users_are_added_and_changed_and_a_column_that_is_missing_changes_nothing() {
    let app = TestApp::start().await;
    let admin = app.as_admin().await;
    assert_eq!(told(import_wide(&admin, "users?dry_run=true", USERS).await), [2, 2, 0, 0]);
    admin.get("/api/v1/users/siti.rahayu").await.expect(404);
    assert_eq!(told(import_wide(&admin, "users", USERS).await), [2, 2, 0, 0]);
    assert_eq!(told(import_wide(&admin, "users", USERS).await), [2, 0, 0, 2]);
    let siti = admin.get("/api/v1/users/siti.rahayu").await.expect(200).json();
    assert_eq!(
        (&siti["nip"], &siti["phone"], &siti["version"]),
        (&json!("198001012005011001"), &json!("+6281234567890"), &json!(1))
    );
    assert!(app.services.sign_in("siti.rahayu", "", None, "uji").await.is_err());

    let promoted = "login,role,phone\nsiti.rahayu,head,\n";
    assert_eq!(told(import_wide(&admin, "users", promoted).await), [1, 0, 1, 0]);
    let siti = admin.get("/api/v1/users/siti.rahayu").await.json();
    assert_eq!(
        (&siti["role"], siti.get("phone"), &siti["email"]),
        (&json!("head"), None, &json!("siti@dukcapil.example"))
    );
    assert_eq!(siti["version"], 2);
    let audited = trail(&admin, "/audit").await;
    assert!(audited.contains(&"user.changed siti.rahayu".to_owned()), "{audited:?}");
    assert_eq!(audited.iter().filter(|record| *record == "file.imported users").count(), 2, "{audited:?}");
}

#[actix_web::test]
async fn users_go_out_without_secrets_and_come_back_unchanged() {
    let app = TestApp::start().await;
    let admin = app.as_admin().await;
    told(import_wide(&admin, "users", USERS).await);
    let csv = admin.get("/api/v1/export/users").await.expect(200);
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"users.csv\"");
    assert!(
        csv.text.starts_with("login,name,role,scope,email,phone,rank,nip\n'+budi,'=Budi,coordinator,33.03,,,,\nadmin,"),
        "{}",
        csv.text
    );
    assert_eq!(told(import_wide(&admin, "users", &csv.text).await), [7, 0, 0, 7]);
    let of_office = admin.get("/export/users").await.expect(200);
    assert_eq!(of_office.text, csv.text);
    assert_eq!(told(admin.import("users", &csv.text).await), [7, 0, 0, 7]);
    let workbook = fetch(&admin, "/api/v1/export/users?format=xlsx").await;
    assert_eq!(told(send_workbook(&admin, "/api/v1/import/users", workbook).await), [7, 0, 0, 7]);

    // Who has the whole nation keeps it; nobody else gets it by an empty cell.
    let nation = nation(&app).await;
    let all = nation.get("/api/v1/export/users").await.expect(200).text;
    assert!(all.contains("\npusat,pusat uji,admin,,"), "{all}");
    assert_eq!(told(import_wide(&nation, "users", &all).await), [8, 0, 0, 8]);
    let refused = import_wide(&nation, "users", "login,name,role,scope\nbaru,Baru,officer,\n").await.expect(422);
    assert_eq!(refused.errors(), ["lines[2].scope: required"]);
}

#[actix_web::test]
async fn every_bad_user_is_named_and_nobody_gives_more_than_he_has() {
    let app = TestApp::start().await;
    app.add_user("tetangga", "officer", "33.04").await;
    let admin = app.as_admin().await;
    let file = "login,name,role,scope,nip\n\
        a b,A,officer,33.03,\n\
        satu,,boss,33.03.05,12\n\
        dua,Dua,officer,33,\n\
        tiga,Tiga,officer,33.04,\n\
        tetangga,Baru,officer,33.03,\n\
        empat,Empat,officer,33.03,\n\
        EMPAT,Empat,officer,33.03,\n";
    let common = |outside: &str| {
        vec![
            "lines[2].login: format".to_owned(),
            "lines[3].name: required".to_owned(),
            "lines[3].role: unknown_code".to_owned(),
            "lines[3].scope: format".to_owned(),
            "lines[3].nip: format".to_owned(),
            format!("lines[4].scope: {outside}"),
            format!("lines[5].scope: {outside}"),
            "lines[6].login: taken".to_owned(),
            "lines[8].login: repeated".to_owned(),
        ]
    };
    assert_eq!(import_wide(&admin, "users", file).await.expect(422).errors(), common("beyond_own_rights"));
    assert_eq!(admin.import("users", file).await.expect(422).errors(), common("outside_office"));
    admin.get("/api/v1/users/empat").await.expect(404);
    // In an office's file the scope may be left out.
    assert_eq!(told(admin.import("users", "login,name,role\nempat,Empat,officer\n").await), [1, 1, 0, 0]);
    assert_eq!(admin.get("/api/v1/users/empat").await.json()["scope"], OFFICE);
}

#[actix_web::test]
async fn who_moves_to_another_office_loses_his_sessions_and_his_teams() {
    let (app, coordinator) = TestApp::with_registry().await;
    let nation = nation(&app).await;
    app.services
        .add_office(&jemputbola::service::Caller::system("test"), "33.04".parse().unwrap(), None)
        .await
        .unwrap();
    let password = "kata sandi panjang";
    nation.post("/api/v1/users/officer/password", json!({"password": password})).await.expect(204);
    app.services.sign_in("officer", password, None, "uji").await.unwrap();
    let sessions = || async { app.as_user("officer").await.get("/api/v1/me/sessions").await.expect(200).json() };
    assert_eq!(sessions().await["items"].as_array().unwrap().len(), 1);
    assert_eq!(coordinator.get("/teams/T-1").await.json()["members"], json!(["officer"]));
    assert_eq!(told(import_wide(&nation, "users", "login,scope\nofficer,33.04\nofficer2,33\n").await), [2, 0, 2, 0]);
    assert_eq!(sessions().await["items"], json!([]));
    assert_eq!(coordinator.get("/teams/T-1").await.json()["members"], json!([]));
    // Who works for a whole province could be booked by two offices at once.
    assert_eq!(coordinator.get("/teams/T-2").await.json()["members"], json!([]));
}

#[actix_web::test]
async fn absences_come_in_with_a_warning_where_somebody_is_booked() {
    let (app, coordinator) = TestApp::with_registry().await;
    coordinator.post("/events", booking("V-1", "T-1", "2026-12-08")).await.expect(201);
    let file = "login,from,to,reason\nofficer,2026-12-07,2026-12-09,Cuti tahunan\nofficer2,2026-12-07,09/12/2026,\n";
    let report = coordinator.import("absences", file).await.expect(200).json();
    assert_eq!(report["warnings"], json!([{"line": 2, "code": "booked"}]));
    assert_eq!(told(coordinator.import("absences", file).await), [2, 0, 0, 2]);
    let listed = coordinator.get("/absences").await.json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    // Without a reason in the file the days alone tell which absence is meant.
    assert_eq!(
        told(coordinator.import("absences", "login,from,to\nofficer,2026-12-07,2026-12-09\n").await),
        [1, 0, 0, 1]
    );
    let exported = coordinator.get("/export/absences").await.expect(200).text;
    assert_eq!(
        exported,
        "login,from,to,reason\nofficer,2026-12-07,2026-12-09,Cuti tahunan\nofficer2,2026-12-07,2026-12-09,\n"
    );
    let bad = "login,from,to\nnobody,2026-12-07,2026-12-08\nofficer,2026-12-09,2026-12-07\nofficer,2026-12-10,2026-12-10\n\
        officer,2026-12-10,10/12/2026\nofficer,,\n";
    let expected = [
        "lines[2].login: not_found",
        "lines[3].to: ends_before_start",
        "lines[5]: repeated",
        "lines[6].from: required",
        "lines[6].to: required",
    ];
    assert_eq!(coordinator.import("absences", bad).await.expect(422).errors(), expected);
    // What is stored of somebody who has left may come again; he cannot be absent anew.
    app.as_admin().await.delete("/api/v1/users/officer").await.expect(204);
    assert_eq!(told(coordinator.import("absences", &exported).await), [2, 0, 0, 2]);
    let anew = coordinator.import("absences", "login,from,to\nofficer,2026-12-20,2026-12-21\n").await.expect(422);
    assert_eq!(anew.errors(), ["lines[2].login: not_found"]);
    assert!(trail(&app.as_admin().await, "/audit").await.contains(&"file.imported absences".to_owned()));
}

#[actix_web::test]
async fn holidays_are_corrected_by_a_decree_and_never_twice_the_same() {
    let app = TestApp::start().await;
    let nation = nation(&app).await;
    let shipped = nation.get("/api/v1/export/holidays").await.expect(200).text;
    let rows = i64::try_from(shipped.lines().count()).unwrap() - 1;
    assert!(rows > 100 && shipped.starts_with("date,kind,name,region,decided_on\n"));
    assert_eq!(told(import_wide(&nation, "holidays", &shipped).await), [rows, 0, 0, rows]);
    let workbook = fetch(&nation, "/api/v1/export/holidays?format=xlsx").await;
    assert_eq!(told(send_workbook(&nation, "/api/v1/import/holidays", workbook).await), [rows, 0, 0, rows]);

    let undecided =
        "date,kind,name,region\n2026-12-21,public_holiday,Hari Jadi,33.03\n21/12/2026,public_holiday,Hari Jadi,33\n";
    assert_eq!(told(import_wide(&nation, "holidays", undecided).await), [2, 2, 0, 0]);
    let decided = "date,kind,name,region,decided_on\n2026-12-21,public_holiday,Hari Jadi,33.03,2026-11-02\n";
    assert_eq!(told(import_wide(&nation, "holidays", decided).await), [1, 0, 1, 0]);
    assert_eq!(told(import_wide(&nation, "holidays", undecided).await), [2, 0, 0, 2]);
    let day = nation.get("/api/v1/holidays?from=2026-12-21&to=2026-12-21&office=33.03").await.json();
    let decrees: Vec<_> =
        day["items"].as_array().unwrap().iter().map(|holiday| holiday["decided_on"].clone()).collect();
    assert!(decrees.len() == 2 && decrees.contains(&json!("2026-11-02")), "{day}");
    let audited = trail(&nation, "/api/v1/audit?limit=10").await.join(" ");
    assert!(audited.contains("holiday.corrected") && audited.contains("holiday.added"), "{audited}");
}

#[actix_web::test]
async fn an_admin_decides_the_days_off_of_his_own_office_only() {
    let app = TestApp::start().await;
    let admin = app.as_admin().await;
    let file = "date,kind,name,region\n2026-12-21,public_holiday,Hari Jadi,33.03\n2026-12-22,public_holiday,Libur,\n\
        2026-12-22,public_holiday,Libur,33.04\n2026-12-23,holiday,Libur,33.03\n";
    let expected =
        ["lines[3].region: beyond_own_rights", "lines[4].region: beyond_own_rights", "lines[5].kind: unknown_code"];
    assert_eq!(import_wide(&admin, "holidays", file).await.expect(422).errors(), expected);
    // All of the nation's holidays may stand in his file as long as he changes none of them.
    let all = admin.get("/api/v1/export/holidays").await.text;
    let more = format!("{all}2026-12-21,public_holiday,Hari Jadi,33.03,\n");
    let rows = i64::try_from(all.lines().count()).unwrap();
    assert_eq!(told(import_wide(&admin, "holidays", &more).await), [rows, 1, 0, rows - 1]);
    let nation = nation(&app).await;
    let file = "date,kind,name,region\n2026-12-24,public_holiday,A,33.99\n2026-12-24,public_holiday,B,33.03.05\n";
    let refused = import_wide(&nation, "holidays", file).await.expect(422);
    assert_eq!(refused.errors(), ["lines[2].region: not_found", "lines[3].region: format"]);
}

#[actix_web::test]
async fn offices_take_name_and_zone_from_their_region_unless_the_file_says_otherwise() {
    let app = TestApp::start().await;
    let nation = nation(&app).await;
    let file = "code,name,time_zone\n33.04,,\n73.71,Dukcapil Makassar,Asia/Makassar\n33.03,Dukcapil Purbalingga,\n";
    assert_eq!(told(import_wide(&nation, "offices?dry_run=true", file).await), [3, 2, 1, 0]);
    assert_eq!(told(import_wide(&nation, "offices", file).await), [3, 2, 1, 0]);
    assert_eq!(told(import_wide(&nation, "offices", file).await), [3, 0, 0, 3]);
    let exported = nation.get("/api/v1/export/offices").await.expect(200).text;
    assert!(exported.contains("\n33.03,Dukcapil Purbalingga,Asia/Jakarta\n33.04,Dinas Dukcapil "), "{exported}");
    assert!(exported.contains("\n73.71,Dukcapil Makassar,Asia/Makassar\n"), "{exported}");
    assert_eq!(told(import_wide(&nation, "offices", &exported).await), [3, 0, 0, 3]);
    let workbook = fetch(&nation, "/api/v1/export/offices?format=xlsx").await;
    assert_eq!(told(send_workbook(&nation, "/api/v1/import/offices", workbook).await), [3, 0, 0, 3]);
    assert!(trail(&nation, "/audit").await.contains(&"office.changed 33.03".to_owned()));

    let admin = app.as_admin().await;
    assert_eq!(
        admin.get("/api/v1/export/offices").await.text,
        "code,name,time_zone\n33.03,Dukcapil Purbalingga,Asia/Jakarta\n"
    );
    let bad = "code,name,time_zone\n33.05,Lain,\n33.03.05,Camat,\n33.03,A,WIB\n33.04,Baru,\n33.04,Baru,\n";
    let expected = [
        "lines[2].code: beyond_own_rights",
        "lines[3].code: format",
        "lines[4].time_zone: unknown_code",
        "lines[5].code: beyond_own_rights",
        "lines[6].code: repeated",
        "lines[6].code: beyond_own_rights",
    ];
    assert_eq!(import_wide(&admin, "offices", bad).await.expect(422).errors(), expected);
    let refused = import_wide(&nation, "offices", "code\n99.99\n").await.expect(422);
    assert_eq!(refused.errors(), ["lines[2].code: unknown_region"]);
}

#[actix_web::test]
async fn each_kind_has_its_place_and_its_rights() {
    let app = TestApp::start().await;
    app.add_user("tetangga", "admin", "33.04").await;
    // Import and export of users, holidays and offices of the installation; of users and absences of the office.
    for (login, wide, lists, users, absences) in [
        ("admin", [422, 422, 422], [200, 200, 200], [422, 200], [422, 200]),
        ("coordinator", [403, 403, 403], [403, 200, 200], [403, 403], [422, 200]),
        ("head", [403, 403, 403], [403, 200, 200], [403, 403], [403, 200]),
        ("officer", [403, 403, 403], [403, 403, 403], [403, 403], [403, 403]),
        ("tetangga", [422, 422, 422], [200, 200, 200], [404, 404], [404, 404]),
    ] {
        let client = app.as_user(login).await;
        for (at, kind) in ["users", "holidays", "offices"].into_iter().enumerate() {
            assert_eq!(import_wide(&client, kind, "no file of ours").await.status, wide[at], "{login} {kind}");
            assert_eq!(client.get(&format!("/api/v1/export/{kind}")).await.status, lists[at], "{login} {kind}");
        }
        for (kind, [import, export]) in [("users", users), ("absences", absences)] {
            assert_eq!(client.import(kind, "no file of ours").await.status, import, "{login} {kind}");
            assert_eq!(client.get(&format!("/export/{kind}")).await.status, export, "{login} {kind}");
        }
    }
    import_wide(&app.as_stranger(), "users", "").await.expect(401);
    let admin = app.as_admin().await;
    for kind in ["venues", "absences", "citizens"] {
        import_wide(&admin, kind, USERS).await.expect(404);
        admin.get(&format!("/api/v1/export/{kind}")).await.expect(404);
    }
    for kind in ["holidays", "offices"] {
        admin.import(kind, USERS).await.expect(404);
        admin.get(&format!("/export/{kind}")).await.expect(404);
    }
}

#[actix_web::test]
async fn on_the_command_line_a_file_is_an_offices_or_the_installations() {
    let app = TestApp::start().await;
    let run = |arguments: &[&str], input: &str| try_run(&app.settings.database.url, arguments, input);
    assert_eq!(
        run(&["import", "offices", "-", "--lang", "en"], "code\n33.04\n").stdout,
        "1 row: 1 new, 0 changed, 0 as before.\n"
    );
    assert_eq!(run(&["import", "users", "-"], USERS).code, 0);
    let office = run(&["import", "users", "-", "--office", "33.04"], "login,name,role\nani,Ani,officer\n");
    assert_eq!(office.stdout, "1 baris: 1 baru, 0 berubah, 0 tetap.\n");
    assert_eq!(
        run(&["export", "users", "--office", "33.04"], "").stdout.lines().last(),
        Some("ani,Ani,officer,33.04,,,,")
    );
    assert_eq!(run(&["export", "users"], "").stdout.lines().count(), 1 + 5 + 2 + 1);
    assert!(run(&["export", "holidays", "--format", "json"], "").stdout.contains("\"joint_leave\""));
    for (arguments, code) in [
        (vec!["export", "venues"], 2),
        (vec!["export", "offices", "--office", "33.03"], 2),
        (vec!["import", "holidays", "-", "--office", "33.03"], 2),
        (vec!["export", "absences", "--office", "33.99"], 1),
        (vec!["import", "absences", "-", "--office", "33.03"], 1),
    ] {
        assert_eq!(run(&arguments, "").code, code, "{arguments:?}");
    }
}
