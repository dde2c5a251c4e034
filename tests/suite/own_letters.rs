//! What a reader sees and changes of the letters that come to him, and who sees letters that belong to no office.

use serde_json::{Value, json};

use crate::support::{Client, TestApp};

/// The office's head, coordinator and officer with addresses; the head gets a letter each day at four.
async fn office() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let admin = app.as_admin().await;
    for login in ["head", "coordinator", "officer"] {
        let email = json!({"email": format!("{login}@dukcapil.example")});
        admin.patch(&format!("/api/v1/users/{login}"), email).await.expect(200);
    }
    let head = app.as_user("head").await;
    head.post("/digests", json!({"recipient": "head", "period": "daily", "time": "16:00"})).await.expect(201);
    (app, head)
}

async fn own(client: &Client) -> Vec<String> {
    let list = client.get("/api/v1/me/letters").await.expect(200).json();
    let line = |item: &Value| {
        let scheduled: Vec<&str> = item["scheduled"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
        let state = if item["on"] == true { "on" } else { "off" };
        format!("{} {state} {}", item["topic"].as_str().unwrap(), scheduled.join("+")).trim_end().to_owned()
    };
    list["items"].as_array().unwrap().iter().map(line).collect()
}

/// How many digests the office has queued, with a day gone by.
async fn digests_after(app: &TestApp, day: &str) -> usize {
    app.set_now(&format!("{day}T09:30:00Z"));
    app.services.send_due_digests().await.unwrap();
    let list = app.as_user("head").await.get("/letters?kind=digest").await.expect(200).json();
    list["items"].as_array().unwrap().len()
}

#[actix_web::test]
async fn a_reader_sees_which_letters_come_and_ends_them_on_his_account() {
    let (app, head) = office().await;
    assert_eq!(own(&head).await, ["digests on daily"]);
    assert_eq!(own(&app.as_user("coordinator").await).await, ["digests on", "reminders on"]);
    assert_eq!(own(&app.as_user("officer").await).await, ["reminders on"]);
    assert_eq!(digests_after(&app, "2026-11-23").await, 1);

    let page = head.page("/akun").await.expect(200).text;
    assert!(page.contains("Surat yang Anda terima") && page.contains("setiap hari pukul 16.00"), "{page}");
    let change = |on: &'static str| [("office", "33.03"), ("topic", "digests"), ("on", on)];
    head.submit("/akun/surat", &change("0")).await.expect(303);
    head.submit("/akun/surat", &change("0")).await.expect(303);
    assert_eq!(own(&head).await, ["digests off daily"]);
    assert!(head.page("/akun").await.expect(200).text.contains("Dihentikan"));
    assert_eq!(digests_after(&app, "2026-11-24").await, 1, "ended");
    head.submit("/akun/surat", &change("1")).await.expect(303);
    assert_eq!(digests_after(&app, "2026-11-25").await, 2, "taken up again");

    // The trail tells it once each time, and what another reader gets is his own.
    let trail = head.get("/audit?limit=500").await.expect(200).json();
    let told = |action: &str| trail["items"].as_array().unwrap().iter().filter(|line| line["action"] == action).count();
    assert_eq!((told("letters.ended"), told("letters.resumed")), (1, 1));
    assert_eq!(own(&app.as_user("coordinator").await).await, ["digests on", "reminders on"]);
}

#[actix_web::test]
async fn letters_are_ended_over_the_api_by_their_reader_alone() {
    let (app, head) = office().await;
    head.patch("/api/v1/me/letters/33.03/digests", json!({"on": false})).await.expect(204);
    assert_eq!(own(&head).await, ["digests off daily"]);
    let errors = head.patch("/api/v1/me/letters/33.03/digests", json!({})).await.expect(422).errors();
    assert_eq!(errors, ["on: required"]);
    for path in ["33.03/spam", "33.99/digests", "x/digests", "35.29/digests"] {
        head.patch(&format!("/api/v1/me/letters/{path}"), json!({"on": false})).await.expect(404);
    }
    let reading = app.as_user_with("head", &["read"]).await;
    reading.patch("/api/v1/me/letters/33.03/digests", json!({"on": true})).await.expect(403);
    reading.get("/api/v1/me/letters").await.expect(200);
    app.as_stranger().page("/akun").await.expect(303);
    head.submit("/akun/surat", &[("office", "x"), ("topic", "digests"), ("on", "0")]).await.expect(422);
}

#[actix_web::test]
async fn letters_to_users_of_a_province_are_seen_by_the_admins_over_them() {
    let app = TestApp::start().await;
    for (login, role, scope) in
        [("pusat", "admin", ""), ("jateng", "admin", "33"), ("jatim", "admin", "35"), ("kepala.jateng", "head", "33")]
    {
        app.add_user(login, role, scope).await;
    }
    let body = json!({"login": "kabid", "name": "Kepala Bidang", "role": "viewer", "scope": "33",
        "email": "kabid@prov.example"});
    app.as_user("pusat").await.post("/api/v1/users", body).await.expect(201);

    for (login, sees) in [("pusat", true), ("jateng", true), ("jatim", false), ("admin", false)] {
        let client = app.as_user(login).await;
        let page = client.page("/surat-keluar").await.expect(200).text;
        assert_eq!(page.contains("Kepala Bidang") && page.contains("Undangan pengguna"), sees, "{login}: {page}");
        let Some(place) = page.split("href=\"/surat-keluar/").nth(1).and_then(|rest| rest.split('"').next()) else {
            assert!(!sees, "{login}");
            continue;
        };
        let one = client.page(&format!("/surat-keluar/{place}")).await.expect(200).text;
        assert!(one.contains("Isi surat ini membuka akun") && !one.contains("/masuk/sandi/"), "{one}");
        client.page(&format!("/surat-keluar/{place}/html")).await.expect(404);
        client.submit(&format!("/surat-keluar/{place}/ulang"), &[]).await.expect(409);
        app.as_user("jatim").await.page(&format!("/surat-keluar/{place}")).await.expect(404);
    }
    app.as_user("kepala.jateng").await.page("/surat-keluar").await.expect(403);
    // They belong to no office.
    let office = app.as_coordinator().await.page("/33.03/surat-keluar").await.expect(200).text;
    assert!(!office.contains("Kepala Bidang"), "{office}");
}
