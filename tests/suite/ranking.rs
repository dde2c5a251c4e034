//! Which venues yield most per day, and what was left out. Today is Saturday, 21 November 2026.

use jemputbola::domain::event::EventState;
use serde_json::{Value, json};

use crate::support::field::{batch, entry, new_id, tally};
use crate::support::{Client, TestApp};

const TEAMS: &str = "code,name,operators,capacity_per_day\nT1,Tim 1,2,100\nT2,Tim 2,2,100\n";

/// An office with these venues (`code,kind,region`), two teams, and results.
async fn office(venues: &[&str], results: &str) -> (TestApp, Client) {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let named = |row: &&str| {
        let (code, rest) = row.split_once(',').unwrap();
        format!("{code},Lokasi {code},{rest}\n")
    };
    let venues: String = venues.iter().map(named).collect();
    coordinator.import("venues", &format!("code,name,kind,region\n{venues}")).await.expect(200);
    coordinator.import("teams", TEAMS).await.expect(200);
    if !results.is_empty() {
        coordinator.import("results", results).await.expect(200);
    }
    (app, coordinator)
}

async fn ranking(client: &Client, query: &str) -> Value {
    client.get(&format!("/rankings/venues?{query}")).await.expect(200).json()
}

/// `rank code event_days activations yield` of each item, the yield under this key.
fn lines(ranking: &Value, key: &str) -> Vec<String> {
    let line = |item: &Value| {
        let fields = [&item["rank"], &item["venue_code"], &item["event_days"], &item["activations"], &item[key]];
        fields.map(|field| field.to_string().replace('"', "")).join(" ")
    };
    ranking["items"].as_array().unwrap().iter().map(line).collect()
}

#[actix_web::test]
async fn the_mean_per_event_day_decides_then_more_days_then_the_code() {
    let venues = ["C,school,33.03.05", "B,school,33.03.05", "A,school,33.03.05", "TOP,market,33.03.05.2004"];
    let more = ["NIHIL,market,33.03.05", "Z-NEVER,market,33.03.05", "A-NEVER,market,33.03.05"];
    let results = "day,venue,team,event_kind,activated\n\
        2026-11-02,C,T1,outreach,50\n\
        2026-11-03,B,T1,outreach,40\n\
        2026-11-04,B,T1,outreach,60\n\
        2026-11-05,A,T1,outreach,50\n\
        2026-11-06,TOP,T1,outreach,51\n\
        2026-11-07,NIHIL,T1,outreach,0\n";
    let (_app, coordinator) = office(&[&venues[..], &more[..]].concat(), results).await;
    let expected = [
        "1 TOP 1 51 51.0",
        "2 B 2 100 50.0",
        "3 A 1 50 50.0",
        "4 C 1 50 50.0",
        "5 NIHIL 1 0 0.0",
        "null A-NEVER 0 0 null",
        "null Z-NEVER 0 0 null",
    ];
    assert_eq!(lines(&ranking(&coordinator, "").await, "yield_per_day"), expected);
}

#[actix_web::test]
async fn an_answer_has_the_keys_of_the_contract() {
    let results = "day,venue,team,event_kind,hours,activated\n\
        2026-11-02,A,T1,outreach,4,10\n2026-11-03,A,T1,outreach,2,10\n2026-11-04,A,T1,outreach,1,13\n\
        2026-11-04,A,T1,counter,,200\n";
    let (app, _) = office(&["A,school,33.03.05"], results).await;
    let mut answer = ranking(&app.as_user("viewer").await, "").await;
    let expected = ["estimate", "low", "high", "rank_low", "rank_high"];
    let [estimate, low, high, first, last] =
        expected.map(|key| answer["items"][0].as_object_mut().unwrap().remove(key).unwrap().as_f64().unwrap());
    assert!(low < estimate && estimate < high && (9.0..14.0).contains(&estimate), "{low} {estimate} {high}");
    assert_eq!((first, last), (1.0, 1.0));
    let item = json!({"rank": 1, "venue_code": "A", "venue_name": "Lokasi A", "kind": "school", "region": "33.03.05",
        "event_days": 3, "activations": 33, "yield_per_day": 11.0, "yield_per_team_day": 11.0,
        "yield_per_officer_hour": 2.36, "last_visit": "2026-11-04"});
    let excluded = json!([{"reason": "counter", "event_days": 1, "activations": 200, "venues": 1}]);
    let expected = json!({"office": "33.03", "service": "activated", "from": "2025-11-22", "to": "2026-11-21",
        "per": "day", "items": [item], "excluded": excluded, "next_cursor": null});
    assert_eq!(answer, expected);
}

#[actix_web::test]
async fn per_team_day_and_per_officer_hour_divide_by_what_was_spent() {
    let results = "day,venue,team,event_kind,operators,hours,activated\n\
        2026-11-02,A,T1,outreach,2,4,25\n\
        2026-11-02,A,T2,outreach,2,4,25\n\
        2026-11-03,B,T1,outreach,,,30\n\
        2026-11-04,C,T1,outreach,2,5,10\n\
        2026-11-05,C,T1,outreach,2,,100\n";
    let (_app, coordinator) = office(&["A,school,33.03.05", "B,school,33.03.05", "C,school,33.03.05"], results).await;
    let per_team_day = ranking(&coordinator, "per=team_day").await;
    let expected = ["1 C 2 110 55.0", "2 B 1 30 30.0", "3 A 1 50 25.0"];
    assert_eq!(lines(&per_team_day, "yield_per_team_day"), expected);
    let per_hour = ranking(&coordinator, "per=officer_hour").await;
    let expected = ["1 A 1 50 3.13", "2 C 2 110 1.0", "null B 1 30 null"];
    assert_eq!(lines(&per_hour, "yield_per_officer_hour"), expected, "only days whose hours are known count there");
}

#[actix_web::test]
async fn a_ranking_names_one_service_and_narrows_by_kind_region_and_period() {
    let results = "day,venue,team,event_kind,activated,ktp_recorded\n\
        2024-06-06,A,T1,outreach,5,\n\
        2026-11-02,A,T1,outreach,55,80\n\
        2026-11-03,B,T1,outreach,40,\n\
        2026-11-04,C,T1,outreach,30,90\n";
    let (_app, coordinator) =
        office(&["A,school,33.03.05", "B,market,33.03.05.2004", "C,market,33.03.06"], results).await;
    for (query, expected) in [
        ("service=ktp_recorded", vec!["1 C 1 90 90.0", "2 A 1 80 80.0", "null B 0 0 null"]),
        ("kind=market", vec!["1 B 1 40 40.0", "2 C 1 30 30.0"]),
        ("region=33.03.05", vec!["1 A 1 55 55.0", "2 B 1 40 40.0"]),
        ("region=33.03.05.2004", vec!["1 B 1 40 40.0"]),
        ("region=33", vec!["1 A 1 55 55.0", "2 B 1 40 40.0", "3 C 1 30 30.0"]),
        ("kind=market&to=2026-11-03", vec!["1 B 1 40 40.0", "null C 0 0 null"]),
        ("kind=school&from=2024-06-06", vec!["1 A 2 60 30.0"]),
        ("kind=school&to=07/06/2024", vec!["1 A 1 5 5.0"]),
    ] {
        assert_eq!(lines(&ranking(&coordinator, query).await, "yield_per_day"), expected, "{query}");
    }
}

#[actix_web::test]
async fn whatever_is_left_out_is_listed_with_its_reason() {
    let venues = ["A,school,33.03.05", "B,market,33.03.05", "C,company,33.03.06", "D,mall,33.03.06"];
    let results = "day,venue,team,event_kind,precision,activated\n\
        2026-11-02,A,T1,counter,,200\n\
        2026-11-03,B,T1,outreach,approximate,300\n\
        2026-11-04,B,T1,outreach,,±150\n\
        2026-11-05,D,T1,outreach,,70\n\
        2026-11-06,A,T1,outreach,,40\n";
    let (_app, coordinator) = office(&venues, results).await;
    let events = "venue,teams,date,slots,kind,title,state\n\
        A,T2,2026-11-09,morning,briefing,Bimtek,done\n\
        A,T2,2026-11-10,morning,outreach,Lupa lapor,done\n\
        C,T2,2026-11-11,morning,outreach,Lupa lapor,done\n\
        C,T2,2026-11-12,morning,outreach,Hujan,not_held\n\
        C,T2,2026-11-13,morning,outreach,Batal,cancelled\n\
        C,T2,2026-12-01,morning,outreach,Nanti,confirmed\n\
        C,T2,2026-12-02,morning,counter,Nanti,confirmed\n";
    coordinator.import("events", events).await.expect(200);
    let totals = "date,channel,venue_kind,figure,source\n\
        2026-11-14,outreach,company,±500,Media\n\
        2026-11-15,outreach,,6000-7000,Media\n\
        2026-11-16,all,,±900,Media\n\
        2026-11-17,counter,,±80,Media\n\
        2026-11-18,outreach,,205,Media\n";
    coordinator.import("totals", totals).await.expect(200);
    coordinator.delete("/venues/D").await.expect(204);

    let answer = ranking(&coordinator, "").await;
    let expected = ["1 A 1 40 40.0", "null B 0 0 null", "null C 0 0 null"];
    assert_eq!(lines(&answer, "yield_per_day"), expected);
    let reasons = |answer: &Value| -> Vec<String> {
        let line = |row: &Value| {
            let reason = row["reason"].as_str().unwrap();
            format!("{reason} {} {} {}", row["event_days"], row["activations"], row["venues"])
        };
        answer["excluded"].as_array().unwrap().iter().map(line).collect()
    };
    let expected = [
        "counter 1 200 1",
        "briefing 1 0 1",
        "approximate 3 950 1",
        "range 1 6000 0",
        "unreported 2 0 2",
        "not_held 1 0 1",
        "archived 1 70 1",
    ];
    assert_eq!(reasons(&answer), expected);
    let companies = ranking(&coordinator, "kind=company").await;
    assert_eq!(reasons(&companies), ["approximate 1 500 0", "unreported 1 0 1", "not_held 1 0 1"]);
    let district = ranking(&coordinator, "region=33.03.05").await;
    let expected = ["counter 1 200 1", "briefing 1 0 1", "approximate 2 450 1", "unreported 1 0 1"];
    assert_eq!(reasons(&district), expected, "a total of the whole office lies in no kecamatan");
    let recorded = ranking(&coordinator, "service=ktp_recorded").await;
    assert!(!reasons(&recorded).iter().any(|line| line.starts_with("range")), "totals count activations");
}

#[actix_web::test]
async fn a_confirmed_day_that_has_passed_without_a_word_is_unreported() {
    let (app, coordinator) = office(&["A,school,33.03.05"], "").await;
    let booked = "venue,teams,date,slots,kind,title,state\nA,T1,2026-11-24,morning,outreach,Besok,confirmed\n";
    coordinator.import("events", booked).await.expect(200);
    assert_eq!(ranking(&coordinator, "to=2026-11-30").await["excluded"], json!([]));
    app.set_now("2026-11-25T02:00:00Z");
    let expected = json!([{"reason": "unreported", "event_days": 1, "activations": 0, "venues": 1}]);
    assert_eq!(ranking(&coordinator, "").await["excluded"], expected);
}

#[actix_web::test]
async fn a_count_below_zero_is_none_until_its_other_half_comes_and_a_silent_day_of_an_event_is_told() {
    let app = TestApp::start().await;
    app.add_team("T1", 80, &["officer"]).await;
    let event = app.add_event("T1", EventState::Confirmed, &["2026-11-20", "2026-11-21"], "activated").await;
    let officer = app.as_user("officer").await;
    let send = async |n: i64| {
        let undone = tally(&event, "2026-11-21", json!({"activated": n}));
        officer.post("/results/batch", batch(&[undone])).await.expect(200);
    };
    send(-3).await;
    let early = ranking(&officer, "").await;
    assert_eq!(lines(&early, "yield_per_day"), ["1 SEKOLAH 1 0 0.0"]);
    let silent = json!([{"reason": "unreported", "event_days": 1, "activations": 0, "venues": 1}]);
    assert_eq!(early["excluded"], silent);
    send(10).await;
    assert_eq!(lines(&ranking(&officer, "").await, "yield_per_day"), ["1 SEKOLAH 1 7 7.0"]);
}

#[actix_web::test]
async fn pages_follow_the_order_and_a_cursor_belongs_to_one_ranking() {
    let venues: Vec<String> = (1..=7).map(|n| format!("V-{n},school,33.03.05")).collect();
    let venues: Vec<&str> = venues.iter().map(String::as_str).collect();
    let results = "day,venue,team,event_kind,activated\n2026-11-02,V-5,T1,outreach,50\n2026-11-03,V-3,T1,outreach,40\n";
    let (_app, coordinator) = office(&venues, results).await;
    let mut seen = Vec::new();
    let mut query = "limit=3".to_owned();
    loop {
        let page = ranking(&coordinator, &query).await;
        seen.extend(page["items"].as_array().unwrap().iter().map(|v| v["venue_code"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        query = format!("limit=3&cursor={cursor}");
    }
    assert_eq!(seen, ["V-5", "V-3", "V-1", "V-2", "V-4", "V-6", "V-7"]);
    let first = ranking(&coordinator, "limit=3").await;
    let cursor = first["next_cursor"].as_str().unwrap();
    for (query, error) in [
        (format!("kind=school&cursor={cursor}"), "cursor: foreign_cursor"),
        ("cursor=venues-33.03~V-1".to_owned(), "cursor: foreign_cursor"),
        ("limit=501".to_owned(), "limit: out_of_range"),
        ("per=week".to_owned(), "per: unknown_code"),
        ("service=activation".to_owned(), "service: unknown_code"),
        ("sort=best".to_owned(), "sort: unknown_code"),
        ("from=2026-13-01".to_owned(), "from: format"),
        ("from=2026-11-02&to=2026-11-01".to_owned(), "to: ends_before_start"),
        ("days=7".to_owned(), "days: unknown_field"),
    ] {
        let refused = coordinator.get(&format!("/rankings/venues?{query}")).await.expect(422);
        assert_eq!(refused.errors(), [error], "{query}");
    }
    assert_eq!(ranking(&coordinator, "sort=estimate").await["items"][0]["venue_code"], "V-5");
}

#[actix_web::test]
async fn nobody_sees_the_ranking_of_another_office() {
    let (app, _) = office(&["A,school,33.03.05"], "").await;
    app.add_user("tetangga", "coordinator", "33.04").await;
    app.as_user("tetangga").await.get("/rankings/venues").await.expect(404);
    app.as_stranger().get("/rankings/venues?x=1").await.expect(401);
    app.as_user("officer").await.get("/rankings/venues").await.expect(200);
}

#[actix_web::test]
async fn what_was_counted_before_an_event_was_called_off_is_listed_as_not_held() {
    let (_app, coordinator) = office(&["A,school,33.03.05", "B,school,33.03.05"], "").await;
    let mut events = Vec::new();
    for (venue, team) in [("A", "T1"), ("B", "T2")] {
        let day = |date: &str| json!({"date": date, "slots": ["morning"]});
        let body = json!({"kind": "outreach", "title": "Dua hari", "venue": venue, "teams": [team], "state": "confirmed",
            "days": [day("2026-11-20"), day("2026-11-23")]});
        let event = coordinator.post("/events", body).await.expect(201).json();
        events.push(event["id"].as_str().unwrap().to_owned());
    }
    let results = "day,venue,team,event_kind,activated\n2026-11-20,A,T1,outreach,12\n2026-11-20,B,T2,outreach,5\n";
    coordinator.import("results", results).await.expect(200);
    assert_eq!(ranking(&coordinator, "").await["excluded"], json!([]));
    for (event, verb) in events.iter().zip(["cancel", "postpone"]) {
        coordinator.post(&format!("/events/{event}/{verb}"), json!({"reason": "banjir"})).await.expect(200);
    }
    let listed = json!([{"reason": "not_held", "event_days": 2, "activations": 17, "venues": 2}]);
    assert_eq!(ranking(&coordinator, "to=2026-11-30").await["excluded"], listed);
}

#[actix_web::test]
async fn what_an_event_without_a_venue_yielded_is_listed_until_it_has_one_and_is_ranked_from_then() {
    let app = TestApp::start().await;
    app.add_team("T1", 80, &["officer"]).await;
    let (officer, coordinator) = (app.as_user("officer").await, app.as_coordinator().await);
    coordinator.import("venues", "code,name,kind,region\nA,Lokasi A,school,33.03.05\n").await.expect(200);
    let spot = new_id();
    let mut made = entry(&spot, "2026-11-21", "event_new");
    made["event_new"] = json!({"title": "RW 3", "place": "Balai RW 3", "services": ["activated"]});
    let counted = tally(&spot, "2026-11-21", json!({"activated": 9}));
    officer.post("/results/batch", batch(&[made, counted])).await.expect(200);
    let told = ranking(&coordinator, "").await;
    assert_eq!((&told["without_venue"], &told["excluded"]), (&json!({"event_days": 1, "activations": 9}), &json!([])));
    let narrowed = ranking(&coordinator, "kind=school").await;
    assert_eq!(narrowed.get("without_venue"), None, "nobody knows yet whether it was a school");
    let page = coordinator.page("/33.03/peringkat?sort=mean").await.expect(200).text;
    assert!(page.contains("Tanpa lokasi") && page.contains("belum diberi lokasi"), "{page}");

    let event = format!("/events/{spot}");
    let version = coordinator.get(&event).await.expect(200).json()["version"].as_i64().unwrap();
    coordinator.patch_version(&event, version, json!({"venue": "A"})).await.expect(200);
    let ranked = ranking(&coordinator, "").await;
    assert_eq!((ranked.get("without_venue"), lines(&ranked, "yield_per_day")), (None, vec!["1 A 1 9 9.0".to_owned()]));
}

#[actix_web::test]
async fn a_total_leaves_the_list_once_its_day_is_split_into_exact_counts() {
    let venues = ["A,company,33.03.05", "B,company,33.03.05", "C,school,33.03.05"];
    let (_app, coordinator) = office(&venues, "").await;
    let totals = "date,channel,venue_kind,figure,source\n2026-11-12,outreach,company,±500,Media\n\
        2026-11-13,outreach,,60-70,Media\n";
    coordinator.import("totals", totals).await.expect(200);
    let reasons = async || {
        let answer = ranking(&coordinator, "").await;
        let rows = answer["excluded"].as_array().unwrap().clone();
        rows.iter().map(|row| row["reason"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let header = "day,venue,team,event_kind,activated\n";
    let part = "2026-11-12,A,T1,outreach,300\n2026-11-12,C,T2,outreach,400\n2026-11-13,C,T2,outreach,59\n";
    coordinator.import("results", &format!("{header}{part}")).await.expect(200);
    assert_eq!(reasons().await, ["approximate", "range"], "the school is no company, and 59 is not yet 60");
    let rest = "2026-11-12,B,T2,outreach,183\n2026-11-13,A,T1,outreach,4\n";
    coordinator.import("results", &format!("{header}{rest}")).await.expect(200);
    assert_eq!(reasons().await, Vec::<String>::new());
}

#[actix_web::test]
async fn a_ranking_is_narrowed_to_known_regions_of_its_own_office() {
    let (_app, coordinator) = TestApp::with_registry().await;
    for (region, rule) in [("33.28", "outside_office"), ("33.03.99", "unknown_region")] {
        let refused = coordinator.get(&format!("/rankings/venues?region={region}")).await.expect(422);
        assert_eq!(refused.errors(), [format!("region: {rule}")]);
    }
    coordinator.get("/rankings/venues?region=33.03.05").await.expect(200);
}
