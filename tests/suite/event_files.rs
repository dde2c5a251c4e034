//! Files of events, results and totals.

use jemputbola::service::files::FileKind::{Events, Results, Totals, Venues};
use jemputbola::service::importing::ImportOptions;
use serde_json::{Value, json};

use crate::support::files::{correct, export, import, import_with, told};
use crate::support::{Client, OFFICE, TestApp};

const HEADER: &str = "day,venue,team,event_kind,operators,hours,precision,activated,ktp_recorded\n";

/// An office with two venues and two teams, of four and two operators; the first can serve 80 people a day.
async fn office() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    for (code, kind) in [("PASAR", "market"), ("SMA", "school")] {
        let body = json!({"code": code, "name": format!("Lokasi {code}"), "kind": kind, "region": "33.03.05"});
        coordinator.post("/venues", body).await.expect(201);
    }
    for (code, operators, capacity) in [("T-1", 4, 80), ("T-2", 2, 40)] {
        let body = json!({"code": code, "name": code, "operators": operators, "capacity_per_day": capacity,
            "members": if code == "T-1" { json!(["officer"]) } else { json!([]) }});
        coordinator.post("/teams", body).await.expect(201);
    }
    (app, coordinator)
}

async fn ranked(client: &Client, query: &str) -> Value {
    client.get(&format!("/rankings/venues?{query}")).await.expect(200).json()
}

#[actix_web::test]
async fn a_results_file_makes_done_events_once_and_says_so_when_it_comes_again() {
    let (app, coordinator) = office().await;
    let file = format!(
        "{HEADER}2026-11-18,PASAR,T-1,outreach,,3.5,,40,\n2026-11-18,PASAR,T-2,outreach,3,,,20,0\n18/11/2026,SMA,T-1,outreach,,2,,55,80\n"
    );
    assert_eq!(told(&import(&app, Results, &file).await.unwrap()), (3, 3, 0, 0));
    assert_eq!(told(&import(&app, Results, &file).await.unwrap()), (3, 0, 0, 3));
    let ranking = ranked(&coordinator, "").await;
    let first = &ranking["items"][0];
    // Both teams at the market are one event of one day.
    assert_eq!(
        (&first["venue_code"], &first["event_days"], &first["activations"]),
        (&json!("PASAR"), &json!(1), &json!(60))
    );
    assert_eq!((&first["yield_per_team_day"], first.get("yield_per_officer_hour")), (&json!(30.0), Some(&Value::Null)));
    let second = &ranking["items"][1];
    assert_eq!((&second["yield_per_day"], &second["yield_per_officer_hour"]), (&json!(55.0), &json!(6.88)));
    assert_eq!(ranked(&coordinator, "service=ktp_recorded").await["items"][0]["activations"], 80);
    // An empty cell was not counted: the market has a day of recording because its other team counted zero.
    assert_eq!(ranked(&coordinator, "service=ktp_recorded").await["items"][1]["event_days"], 1);
    assert_eq!(ranked(&coordinator, "service=kk_renewed").await["items"][0]["event_days"], 0);
}

#[actix_web::test]
async fn other_counts_are_refused_until_a_reason_is_given_and_then_the_ledger_keeps_both() {
    let (app, coordinator) = office().await;
    let file =
        |n: u32| format!("{HEADER}2026-11-18,PASAR,T-1,outreach,,,,{n},5\n2026-11-18,PASAR,T-2,outreach,,,,7,\n");
    import(&app, Results, &file(40)).await.unwrap();
    assert_eq!(import(&app, Results, &file(41)).await, Err(vec!["2:activated:differs_from_stored".to_owned()]));
    let corrected = correct(&app, Results, &file(41), "salah ketik").await.unwrap();
    assert_eq!(told(&corrected), (2, 0, 1, 1));
    assert_eq!(told(&import(&app, Results, &file(41)).await.unwrap()), (2, 0, 0, 2));
    assert_eq!(ranked(&coordinator, "").await["items"][0]["activations"], 48);
    let entries = coordinator.get("/results").await.expect(200).json();
    let mut kinds: Vec<_> =
        entries["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap().to_owned()).collect();
    kinds.sort();
    assert_eq!(kinds, ["tally", "tally", "tally", "void"]);
    let reasons = entries["items"].as_array().unwrap().iter().filter(|entry| entry["reason"] == "salah ketik");
    assert_eq!(reasons.count(), 2);
    let exported = export(&app, OFFICE, Results).await;
    assert!(exported.contains("2026-11-18,PASAR,T-1,outreach,4,,exact,41,5\n"), "{exported}");
    // Nothing counted is not the same as zero counted.
    let zero = format!("{HEADER}2026-11-18,PASAR,T-2,outreach,,,,7,0\n");
    assert!(import(&app, Results, &zero).await.is_ok(), "the day knows recordings, by the other team");
}

#[actix_web::test]
async fn what_the_desk_is_refused_a_file_is_refused_row_by_row_and_nothing_is_stored() {
    let (app, coordinator) = office().await;
    coordinator.post("/locks", json!({"from": "2026-10-01", "to": "2026-10-31"})).await.expect(201);
    let cancelled = "venue,date,kind,teams,slots,state\nSMA,2026-11-19,outreach,T-1,morning,cancelled\n";
    import(&app, Events, cancelled).await.unwrap();
    let file = format!(
        "{HEADER}2026-11-22,PASAR,T-1,outreach,,,,1,\n2026-10-31,PASAR,T-1,outreach,,,,1,\n\
         2026-11-19,SMA,T-1,outreach,,,,1,\n2026-11-19,X,T-9,outreach,,,,1,\n2026-11-19,PASAR,T-1,outreach,,,,1,\n"
    );
    let expected = [
        "2:day:future",
        "3:day:period_locked",
        "4:venue:state_takes_no_results",
        "5:venue:not_found",
        "5:team:not_found",
    ];
    assert_eq!(import(&app, Results, &file).await, Err(expected.map(str::to_owned).to_vec()));
    assert_eq!(export(&app, OFFICE, Results).await, "day,venue,team,event_kind,operators,hours,precision,activated\n");
}

#[actix_web::test]
async fn an_implausible_row_is_stored_and_warned_of() {
    let (app, coordinator) = office().await;
    let file = format!("{HEADER}2026-11-18,PASAR,T-1,outreach,,,,241,\n2026-11-18,SMA,T-1,outreach,,,,240,\n");
    let report = import(&app, Results, &file).await.unwrap();
    let warned: Vec<_> = report.warnings.iter().map(|warning| (warning.line, warning.code)).collect();
    assert_eq!(warned, [(2, "implausible")]);
    assert_eq!(ranked(&coordinator, "").await["items"][0]["activations"], 241);
}

#[actix_web::test]
async fn a_row_belongs_to_the_booked_event_of_its_team_and_reports_it() {
    let (app, coordinator) = office().await;
    let events = "venue,teams,date,slots,starts,ends,kind,title,state,notes\n\
        SMA,T-1,2026-11-17,,08.00,12.00,outreach,Hari sekolah,done,\n\
        SMA,T-1,2026-11-18,,08.00,12.00,outreach,Hari sekolah,done,\n";
    assert_eq!(told(&import(&app, Events, events).await.unwrap()), (2, 2, 0, 0));
    let before = ranked(&coordinator, "").await;
    assert_eq!(before["excluded"][0], json!({"reason": "unreported", "event_days": 2, "activations": 0, "venues": 1}));
    let file = format!("{HEADER}2026-11-17,SMA,T-1,outreach,3,4,,30,\n2026-11-18,SMA,T-1,outreach,,,±,50,\n");
    assert_eq!(import(&app, Results, &file).await, Err(vec!["3:precision:unknown_code".to_owned()]));
    let file = format!("{HEADER}2026-11-17,SMA,T-1,outreach,3,4,,30,\n2026-11-18,SMA,T-1,outreach,,,,500-an,\n");
    assert_eq!(told(&import(&app, Results, &file).await.unwrap()), (2, 2, 0, 0));
    let after = ranked(&coordinator, "").await;
    let school = &after["items"][0];
    assert_eq!((&school["event_days"], &school["activations"]), (&json!(1), &json!(30)));
    assert_eq!(school["yield_per_officer_hour"], 2.5);
    assert_eq!(after["excluded"], json!([{"reason": "approximate", "event_days": 1, "activations": 500, "venues": 1}]));
    // Both days belong to the one event that was booked.
    let events = coordinator.get("/results").await.json();
    let ids: std::collections::BTreeSet<_> =
        events["items"].as_array().unwrap().iter().map(|entry| entry["event"].to_string()).collect();
    assert_eq!(ids.len(), 1);
}

#[actix_web::test]
async fn a_team_that_comes_later_joins_the_event_of_the_other_rows() {
    let (app, coordinator) = office().await;
    let one = format!("{HEADER}2026-11-18,PASAR,T-1,outreach,,,,40,\n");
    import(&app, Results, &one).await.unwrap();
    let both = format!("{one}2026-11-18,PASAR,T-2,outreach,,,,20,\n");
    assert_eq!(told(&import(&app, Results, &both).await.unwrap()), (2, 1, 0, 1));
    let first = &ranked(&coordinator, "").await["items"][0];
    assert_eq!((&first["event_days"], &first["activations"]), (&json!(1), &json!(60)));
    assert_eq!(first["yield_per_team_day"], 30.0);
}

#[actix_web::test]
async fn events_of_a_file_are_booked_like_any_other() {
    let (app, coordinator) = office().await;
    let header = "venue,teams,date,slots,kind,title,state\n";
    let first = format!("{header}PASAR,T-1,2026-11-24,dawn,outreach,Pasar,confirmed\n");
    import(&app, Events, &first).await.unwrap();
    assert_eq!(told(&import(&app, Events, &first).await.unwrap()), (1, 0, 0, 1));
    let clash = format!(
        "{header}SMA,T-1,2026-11-24,dawn morning,outreach,Sekolah,draft\nSMA,T-2,2026-11-25,dawn,outreach,Sekolah,draft\nPASAR,T-2,2026-11-25,dawn,outreach,Pasar,draft\n"
    );
    // The team is taken by what is stored, and by the row that came first.
    assert_eq!(import(&app, Events, &clash).await, Err(vec!["2:teams:taken".to_owned(), "4:teams:taken".to_owned()]));
    let changed = first.replace("confirmed", "draft");
    assert_eq!(import(&app, Events, &changed).await, Err(vec!["2:state:differs_from_stored".to_owned()]));
    let absence = json!({"login": "officer", "from": "2026-11-26", "to": "2026-11-27"});
    coordinator.post("/absences", absence).await.expect(201);
    let absent = format!(
        "{header}SMA,T-1,2026-11-26,dawn,outreach,Sekolah,draft\nSMA,,2026-11-28,dawn,outreach,Sekolah,draft\n"
    );
    assert_eq!(import(&app, Events, &absent).await, Err(vec!["3:teams:required".to_owned()]));
    let absent = format!("{header}SMA,T-1,2026-11-26,dawn,outreach,Sekolah,draft\n");
    assert_eq!(import(&app, Events, &absent).await, Err(vec!["2:teams:officer_absent".to_owned()]));
    let early = format!("{header}SMA,T-1,2026-11-28,dawn,outreach,Sekolah,done\n");
    assert_eq!(import(&app, Events, &early).await, Err(vec!["2:state:not_past".to_owned()]));
}

#[actix_web::test]
async fn another_figure_withdraws_the_total_that_was_told_before() {
    let (app, _) = office().await;
    let header = "date,channel,venue_kind,figure,source\n";
    let file = format!("{header}2024-06-05,all,,205,Indonewsportal\n31/05/2024,outreach,company,500-an,Locus Jatim\n");
    assert_eq!(told(&import(&app, Totals, &file).await.unwrap()), (2, 2, 0, 0));
    assert_eq!(told(&import(&app, Totals, &file).await.unwrap()), (2, 0, 0, 2));
    let other = file.replace(",205,", ",6000-7000,");
    assert_eq!(told(&import(&app, Totals, &other).await.unwrap()), (2, 0, 1, 1));
    let expected =
        format!("{header}2024-05-31,outreach,company,±500,Locus Jatim\n2024-06-05,all,,6000-7000,Indonewsportal\n");
    assert_eq!(export(&app, OFFICE, Totals).await, expected);
    let bad =
        format!("{header}2024-06-05,all,,29.89,x\n2027-01-01,loket,,1,\n2024-06-05,all,,1,x\n05/06/2024,all,,1,x\n");
    let expected = ["2:figure:figure", "3:date:future", "3:channel:unknown_code", "3:source:required", "5::repeated"];
    assert_eq!(import(&app, Totals, &bad).await, Err(expected.map(str::to_owned).to_vec()));
}

#[actix_web::test]
async fn figures_that_came_by_other_ways_for_one_day_come_back_unchanged() {
    let (app, coordinator) = office().await;
    for figure in ["±500", "40", "40"] {
        let body = json!({"date": "2026-11-18", "channel": "outreach", "figure": figure, "source": "laporan"});
        coordinator.post("/totals", body).await.expect(201);
    }
    let exported = export(&app, OFFICE, Totals).await;
    assert_eq!(exported.lines().count(), 3, "{exported}");
    assert_eq!(told(&import(&app, Totals, &exported).await.unwrap()), (2, 0, 0, 2));
    // Something new of the day takes the place of all that was stored for it and is not said again.
    let other =
        "date,channel,venue_kind,figure,source\n2026-11-18,outreach,,40,laporan\n2026-11-18,outreach,,60,laporan\n";
    import(&app, Totals, other).await.unwrap();
    assert!(!export(&app, OFFICE, Totals).await.contains("±500"));
}

#[actix_web::test]
async fn events_of_one_kind_at_one_venue_and_day_come_back_unchanged() {
    let (app, coordinator) = office().await;
    for (team, slot) in [("T-1", "morning"), ("T-2", "afternoon")] {
        let body = json!({"kind": "outreach", "title": "Jemput bola", "venue": "PASAR", "teams": [team],
            "days": [{"date": "2026-11-25", "slots": [slot]}]});
        coordinator.post("/events", body).await.expect(201);
    }
    let exported = export(&app, OFFICE, Events).await;
    assert_eq!(told(&import(&app, Events, &exported).await.unwrap()), (2, 0, 0, 2), "{exported}");
    let twice = format!("{exported}{}\n", exported.lines().last().unwrap());
    assert_eq!(import(&app, Events, &twice).await, Err(vec!["4::repeated".to_owned()]));
}

#[actix_web::test]
async fn hours_operators_and_precision_are_corrected_like_counts_and_stay_where_nothing_is_said() {
    let (app, _) = office().await;
    let row = |operators: &str, hours: &str, n: &str| {
        format!("{HEADER}2026-11-18,PASAR,T-1,outreach,{operators},{hours},,{n},\n")
    };
    import(&app, Results, &row("2", "4", "5")).await.unwrap();
    assert_eq!(told(&import(&app, Results, &row("", "", "5")).await.unwrap()), (1, 0, 0, 1));
    for (file, column) in
        [(row("3", "4", "5"), "operators"), (row("2", "6", "5"), "hours"), (row("2", "4", "±5"), "activated")]
    {
        let refused = import(&app, Results, &file).await.unwrap_err();
        let column = if column == "activated" { "precision" } else { column };
        assert_eq!(refused, [format!("2:{column}:differs_from_stored")]);
    }
    assert_eq!(told(&correct(&app, Results, &row("", "6", "5"), "jam salah").await.unwrap()), (1, 0, 1, 0));
    let short = "day,venue,team,event_kind,activated\n2026-11-18,PASAR,T-1,outreach,7\n";
    assert_eq!(told(&correct(&app, Results, short, "salah ketik").await.unwrap()), (1, 0, 1, 0));
    let exported = export(&app, OFFICE, Results).await;
    assert!(exported.contains("2026-11-18,PASAR,T-1,outreach,2,6,exact,7"), "{exported}");
}

#[actix_web::test]
async fn what_an_office_exports_another_imports_and_exports_again() {
    let (app, coordinator) = office().await;
    let neighbour = "33.04";
    app.services
        .add_office(&jemputbola::service::Caller::system("test"), neighbour.parse().unwrap(), None)
        .await
        .unwrap();
    let venues = "code,name,kind,region\nPASAR,Lokasi PASAR,market,33.04.01\nSMA,Lokasi SMA,school,33.04.01\n";
    import_with(&app, neighbour, Venues, venues, ImportOptions::default()).await.unwrap();
    for code in ["T-1", "T-2"] {
        let body = json!({"code": code, "name": code, "operators": 2, "capacity_per_day": 40});
        app.as_admin_of("33.04").await.post("/api/v1/offices/33.04/teams", body).await.expect(201);
    }
    let events = "venue,teams,date,slots,starts,ends,kind,title,state,notes\n\
        SMA,T-1 T-2,2026-11-17,morning,09:00,12:00,outreach,Hari sekolah,done,\"dua baris\nkedua\"\n\
        SMA,T-1 T-2,2026-11-18,morning afternoon,09:00,13:00,outreach,Hari sekolah,done,\"dua baris\nkedua\"\n\
        PASAR,,2026-11-18,dawn,,,counter,=Loket,not_held,\n\
        PASAR,T-1,2026-11-24,dawn,,,briefing,Bimtek,postponed,\n";
    import(&app, Events, events).await.unwrap();
    let results = format!(
        "{HEADER}2026-11-17,SMA,T-1,outreach,3,1.25,,30,0\n2026-11-17,SMA,T-2,outreach,,,,±20,\n2026-11-19,PASAR,T-1,counter,,,,9,\n"
    );
    import(&app, Results, &results).await.unwrap();
    import(&app, Totals, "date,channel,figure,source\n2026-11-19,all,\"3,83%\",Radar\n").await.unwrap();
    let tally = json!({"device": "hp", "sent_at": "2026-11-21T02:00:00Z", "waiting": 0, "entries": []});
    coordinator.post("/results/batch", tally).await.expect(200);
    for kind in [Events, Results, Totals] {
        let exported = export(&app, OFFICE, kind).await;
        let report = import_with(&app, neighbour, kind, &exported, ImportOptions::default()).await.unwrap();
        assert!(report.added > 0 && report.unchanged == 0, "{kind}: {report:?}");
        assert_eq!(export(&app, neighbour, kind).await, exported, "{kind}");
        let again = import(&app, kind, &exported).await.unwrap();
        assert_eq!((again.added, again.changed), (0, 0), "{kind}");
    }
}
