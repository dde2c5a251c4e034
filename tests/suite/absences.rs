//! Absences over HTTP, and the bookings that they overlap.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date, Text};
use jemputbola::service::ServiceError;
use jemputbola::store::columns::{At, Instant, Uuid};
use jemputbola::store::{AnyConnection, StoreError};
use serde_json::json;

use crate::support::{OFFICE, TestApp, booking};

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = Uuid)]
    id: uuid::Uuid,
}

/// Books an officer on a day for two slots, as an event would.
async fn book(app: &TestApp, login: &'static str, date: &str, title: &'static str) -> uuid::Uuid {
    let (event, date, now) =
        (jemputbola::domain::id::EventId::new(app.now()).0, date.parse::<NaiveDate>().unwrap(), At(app.now()));
    let book = move |connection: &mut AnyConnection| {
        let id = |table: &str, column: &str, value: &str, connection: &mut AnyConnection| {
            let query = diesel::sql_query(format!("SELECT id FROM {table} WHERE {column} = $1"));
            query.bind::<Text, _>(value.to_owned()).get_result::<Id>(connection).map(|row| row.id)
        };
        let (office, user) = (id("offices", "code", OFFICE, connection)?, id("users", "login", login, connection)?);
        diesel::sql_query(
            "INSERT INTO events (office_id, id, kind, title, services, state, reporting, unplanned, reserves, \
             entered_late, first_day, last_day, version, created_at, updated_at) \
             VALUES ($1, $2, 'outreach', $3, 'activated', 'confirmed', 'unreported', $4, $5, $4, $6, $6, 1, $7, $7)",
        )
        .bind::<Uuid, _>(office)
        .bind::<Uuid, _>(event)
        .bind::<Text, _>(title.to_owned())
        .bind::<Bool, _>(false)
        .bind::<Bool, _>(true)
        .bind::<Date, _>(date)
        .bind::<Instant, _>(now)
        .execute(connection)?;
        for slot in ["morning", "afternoon"] {
            diesel::sql_query(
                "INSERT INTO claims (office_id, subject_kind, subject, date, slot, event_id) \
                 VALUES ($1, 'officer', $2, $3, $4, $5)",
            )
            .bind::<Uuid, _>(office)
            .bind::<Uuid, _>(user)
            .bind::<Date, _>(date)
            .bind::<Text, _>(slot.to_owned())
            .bind::<Uuid, _>(event)
            .execute(connection)?;
        }
        Ok::<_, diesel::result::Error>(())
    };
    let write =
        move |connection: &mut AnyConnection| book(connection).map_err(|e| ServiceError::Store(StoreError::from(e)));
    app.services.database.write(write).await.unwrap();
    event
}

#[actix_web::test]
async fn an_absence_is_entered_over_bookings_and_lists_each_of_them_once() {
    let app = TestApp::start().await;
    book(&app, "officer", "2026-11-22", "Sebelumnya").await;
    let second = book(&app, "officer", "2026-11-25", "SMKN 1").await;
    let first = book(&app, "officer", "2026-11-23", "Pasar Bukateja").await;
    book(&app, "head", "2026-11-24", "Orang lain").await;
    let coordinator = app.as_coordinator().await;
    let body = json!({"login": "officer", "from": "2026-11-23", "to": "25/11/2026", "reason": "Cuti"});
    let added = coordinator.post("/absences", body).await.expect(201).json();
    assert_eq!(
        (&added["from"], &added["to"], &added["reason"]),
        (&json!("2026-11-23"), &json!("2026-11-25"), &json!("Cuti"))
    );
    let expected = json!([
        {"code": "booked", "event": first, "date": "2026-11-23",
            "message": "officer sudah dijadwalkan pada Senin, 23 November 2026: Pasar Bukateja. Cari pengganti."},
        {"code": "booked", "event": second, "date": "2026-11-25",
            "message": "officer sudah dijadwalkan pada Rabu, 25 November 2026: SMKN 1. Cari pengganti."},
    ]);
    assert_eq!(added["warnings"], expected);

    let path = format!("/absences/{}", added["id"].as_str().unwrap());
    assert_eq!(coordinator.get(&path).await.expect(200).json(), added);
    let shorter = coordinator.patch(&path, json!({"to": "2026-11-24", "reason": null})).await.expect(200).json();
    assert_eq!((shorter["warnings"].as_array().unwrap().len(), shorter.get("reason")), (1, None));
    coordinator.patch_version(&path, 1, json!({"to": "2026-11-30"})).await.expect(412);
    let stale = coordinator.request(reqwest::Method::DELETE, &path).header("if-match", "\"1\"");
    coordinator.send(stale).await.expect(412);
    coordinator.delete(&path).await.expect(204);
    coordinator.get(&path).await.expect(404);
}

#[actix_web::test]
async fn absences_are_listed_by_person_and_by_days_that_touch_a_range() {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    for (login, from, to) in [
        ("officer", "2026-11-01", "2026-11-05"),
        ("head", "2026-11-04", "2026-11-20"),
        ("officer", "2026-12-01", "2026-12-01"),
    ] {
        coordinator.post("/absences", json!({"login": login, "from": from, "to": to})).await.expect(201);
    }
    for (query, expected) in [
        ("", vec!["2026-11-01", "2026-11-04", "2026-12-01"]),
        ("?login=officer", vec!["2026-11-01", "2026-12-01"]),
        ("?from=2026-11-05&to=2026-11-30", vec!["2026-11-01", "2026-11-04"]),
        ("?from=2026-11-06&login=officer", vec!["2026-12-01"]),
        ("?to=2026-11-03", vec!["2026-11-01"]),
    ] {
        let list = coordinator.get(&format!("/absences{query}")).await.expect(200).json();
        let from: Vec<_> =
            list["items"].as_array().unwrap().iter().map(|item| item["from"].as_str().unwrap()).collect();
        assert_eq!(from, expected, "{query}");
    }
    let page = coordinator.get("/absences?limit=2").await.expect(200).json();
    let rest = coordinator.get(&format!("/absences?limit=2&cursor={}", page["next_cursor"].as_str().unwrap())).await;
    assert_eq!(rest.json()["items"][0]["from"], "2026-12-01");
}

#[actix_web::test]
async fn an_absence_that_breaks_a_rule_is_refused() {
    let app = TestApp::start().await;
    app.add_user("tetangga", "officer", "33.04").await;
    let coordinator = app.as_coordinator().await;
    for (body, errors) in [
        (json!({}), vec!["login: required", "from: required", "to: required"]),
        (json!({"login": "siapa", "from": "2026-11-23", "to": "2026-11-23"}), vec!["login: not_found"]),
        (json!({"login": "tetangga", "from": "2026-11-23", "to": "2026-11-23"}), vec!["login: not_found"]),
        (json!({"login": "officer", "from": "2026-11-23", "to": "2026-11-22"}), vec!["to: ends_before_start"]),
        (
            json!({"login": "officer", "from": "besok", "to": "2026-11-22", "reason": "NIK 3303050706240001"}),
            vec!["from: format", "reason: nik_like"],
        ),
    ] {
        assert_eq!(coordinator.post("/absences", body).await.expect(422).errors(), errors);
    }
    assert_eq!(coordinator.get("/absences?login=siapa").await.expect(422).errors(), ["login: not_found"]);
    coordinator.get("/absences/bukan-id").await.expect(404);
}

#[actix_web::test]
async fn of_an_absence_and_a_booking_at_the_same_moment_one_knows_of_the_other() {
    let (app, coordinator) = TestApp::with_registry().await;
    let second = app.second_server();
    let other = coordinator.at(&second.url);
    for day in 1..=24 {
        let date = format!("2026-12-{day:02}");
        let absence = json!({"login": "officer", "from": date, "to": date});
        let booking = booking("V-1", "T-1", &date);
        let (absent, booked) = tokio::join!(coordinator.post("/absences", absence), other.post("/events", booking));
        let warnings = absent.expect(201).json()["warnings"].as_array().unwrap().len();
        match booked.status {
            201 => assert_eq!(warnings, 1, "{date}: the absence overlooked the booking"),
            _ => assert_eq!((warnings, booked.errors()), (0, vec!["officers: officer_absent".to_owned()]), "{date}"),
        }
    }
}
