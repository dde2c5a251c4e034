//! What the next visits are expected to bring: when it is computed, what it stands on, and how good it is. Today is Saturday,
//! 21 November 2026.
#![allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "simulated numbers are small, and what is stored must come back the same"
)]

use jemputbola::domain::job::JobKind;
use jemputbola::domain::ranking::{Spread, estimate, rank_intervals};
use jemputbola::service::Caller;
use serde_json::Value;

use crate::support::{Client, TestApp};

#[allow(dead_code, reason = "the bench has more worlds")]
#[path = "../bench/estimates/district.rs"]
mod district;
#[allow(dead_code, reason = "the bench prints more")]
#[path = "../bench/estimates/score.rs"]
mod score;
#[allow(dead_code, reason = "another bench asks more of it")]
#[path = "../bench/simulated/mod.rs"]
mod simulated;

use district::District;
use simulated::place::World;

const TEAMS: &str = "code,name,operators,capacity_per_day\nT1,Tim 1,2,500\n";
const KEYS: [&str; 5] = ["estimate", "low", "high", "rank_low", "rank_high"];

/// Ten markets of 10, 20, … 100 on two days each, a school that is nearly exhausted, and a market never visited.
async fn office() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let coordinator = app.as_coordinator().await;
    let markets: String = (1..=10).map(|n| format!("M{n:02},Pasar {n},market,33.03.05,\n")).collect();
    let venues = format!(
        "code,name,kind,region,eligible\n{markets}SMK,SMK 1,school,33.03.06,110\nNEW,Pasar Baru,market,33.03.06,\n"
    );
    coordinator.import("venues", &venues).await.expect(200);
    coordinator.import("teams", TEAMS).await.expect(200);
    let days = (1..=10).map(|n| {
        format!("2026-09-{n:02},M{n:02},T1,outreach,{}\n2026-10-{n:02},M{n:02},T1,outreach,{}\n", 8 * n, 12 * n)
    });
    let results: String = days.collect();
    let school = "2026-09-21,SMK,T1,outreach,60\n2026-10-21,SMK,T1,outreach,44\n";
    coordinator.import("results", &format!("day,venue,team,event_kind,activated\n{results}{school}")).await.expect(200);
    (app, coordinator)
}

async fn ranking(client: &Client, query: &str) -> Value {
    client.get(&format!("/rankings/venues?{query}")).await.expect(200).json()
}

fn item<'a>(ranking: &'a Value, code: &str) -> &'a Value {
    ranking["items"].as_array().unwrap().iter().find(|item| item["venue_code"] == code).unwrap()
}

fn numbers(ranking: &Value, code: &str) -> [f64; 5] {
    KEYS.map(|key| item(ranking, code)[key].as_f64().unwrap_or_else(|| panic!("{code} has no {key}")))
}

#[actix_web::test]
async fn every_venue_has_an_estimate_and_its_order_gives_also_the_never_visited_a_place() {
    let (_app, coordinator) = office().await;
    let by_mean = ranking(&coordinator, "").await;
    assert_eq!(item(&by_mean, "NEW")["rank"], Value::Null, "by mean the never-visited have no place");
    let answer = ranking(&coordinator, "sort=estimate").await;
    let items = answer["items"].as_array().unwrap();
    let ranks: Vec<u64> = items.iter().map(|item| item["rank"].as_u64().unwrap()).collect();
    assert_eq!(ranks, (1..=12).collect::<Vec<_>>());
    let estimates: Vec<f64> = items.iter().map(|item| item["estimate"].as_f64().unwrap()).collect();
    assert!(estimates.is_sorted_by(|a, b| a >= b), "{estimates:?}");
    for code in ["M01", "M10", "SMK", "NEW"] {
        let [value, low, high, first, last] = numbers(&answer, code);
        assert!(low <= value && value <= high && first <= last && last <= 12.0, "{code}");
        assert_eq!(numbers(&by_mean, code), [value, low, high, first, last]);
    }
    let [lucky, ..] = numbers(&answer, "M10");
    assert!(lucky < 100.0 && lucky > 60.0, "the best market is drawn towards the others: {lucky}");
    let [exhausted, ..] = numbers(&answer, "SMK");
    assert!(exhausted < 15.0, "104 of 110 are activated: {exhausted}");
    let [cold, low, high, ..] = numbers(&answer, "NEW");
    assert!((30.0..80.0).contains(&cold) && low < 40.0 && high > 60.0, "{low} {cold} {high}");
}

#[actix_web::test]
async fn an_estimate_uses_every_result_up_to_the_last_day_whatever_else_is_asked() {
    let (_app, coordinator) = office().await;
    let today = ranking(&coordinator, "").await;
    for query in ["from=2026-10-15", "kind=market", "per=officer_hour", "to=2026-12-31"] {
        assert_eq!(numbers(&ranking(&coordinator, query).await, "M05")[..3], numbers(&today, "M05")[..3], "{query}");
    }
    let [.., first, last] = numbers(&ranking(&coordinator, "region=33.03.06").await, "NEW");
    assert!(first >= 1.0 && last <= 2.0, "places are among the venues of the list");
    let september = ranking(&coordinator, "to=2026-09-30").await;
    assert!(numbers(&september, "M05")[0] < numbers(&today, "M05")[0], "it had brought 40, not yet 60");
    assert!(numbers(&september, "M05")[2] - numbers(&september, "M05")[1] > 10.0);
    let before = ranking(&coordinator, "to=2026-08-31").await;
    assert!(KEYS.iter().all(|key| item(&before, "M05").get(key).is_none()), "nothing was known then");
}

#[actix_web::test]
async fn what_came_after_the_last_computation_is_in_the_next_answer() {
    let (app, coordinator) = office().await;
    let before = ranking(&coordinator, "").await;
    let more = "day,venue,team,event_kind,activated\n2026-11-20,NEW,T1,outreach,140\n";
    coordinator.import("results", more).await.expect(200);
    let after = ranking(&coordinator, "").await;
    assert!(numbers(&after, "NEW")[0] > numbers(&before, "NEW")[0] + 10.0);
    coordinator.import("venues", "code,name,kind,region\nLATE,Pasar Sore,market,33.03.05\n").await.expect(200);
    numbers(&ranking(&coordinator, "").await, "LATE");
    coordinator.import("venues", "code,name,kind,region,eligible\nSMK,SMK 1,school,33.03.06,900\n").await.expect(200);
    let registered = ranking(&coordinator, "").await;
    assert!(numbers(&registered, "SMK")[0] > numbers(&before, "SMK")[0] + 20.0, "more people are left");
    coordinator.delete("/venues/M10").await.expect(204);
    assert_eq!(ranking(&coordinator, "").await["items"].as_array().unwrap().len(), 12);
    app.set_now("2026-11-22T02:00:00Z");
    assert_eq!(numbers(&ranking(&coordinator, "").await, "NEW")[..3], numbers(&registered, "NEW")[..3]);
}

#[actix_web::test]
async fn the_job_leaves_what_a_reader_would_have_computed() {
    let (app, coordinator) = office().await;
    let office = "33.03".parse().unwrap();
    app.services.refresh_estimates(&office).await.unwrap();
    let stored = ranking(&coordinator, "sort=estimate").await;
    let more = "day,venue,team,event_kind,activated\n2026-11-20,NEW,T1,outreach,140\n";
    coordinator.import("results", more).await.expect(200);
    let caller = Caller::system("test");
    let found = app.services.find_estimates(&caller, &office, "activated".parse().unwrap(), None).await.unwrap();
    assert_eq!(found.by_venue.len(), 12);
    assert_ne!(ranking(&coordinator, "sort=estimate").await["items"], stored["items"]);
    app.services.queue_estimates().await.unwrap();
    assert!(app.services.claim_job(JobKind::ALL).await.unwrap().is_none(), "nothing happened since somebody looked");
    coordinator
        .import("results", "day,venue,team,event_kind,activated\n2026-11-19,M01,T1,outreach,9\n")
        .await
        .expect(200);
    app.services.queue_estimates().await.unwrap();
    app.services.queue_estimates().await.unwrap();
    let job = app.services.claim_job(JobKind::ALL).await.unwrap().unwrap();
    assert_eq!(job.office.map(|office| office.to_string()).as_deref(), Some("33.03"));
    assert!(app.services.claim_job(JobKind::ALL).await.unwrap().is_none(), "an office waits once");
}

#[actix_web::test]
async fn another_service_has_estimates_of_its_own_and_takes_nobody_from_those_left() {
    let (_app, coordinator) = office().await;
    let results = "day,venue,team,event_kind,ktp_recorded\n2026-11-03,SMK,T1,outreach,100\n\
        2026-11-04,M01,T1,outreach,50\n";
    coordinator.import("results", results).await.expect(200);
    let recorded = ranking(&coordinator, "service=ktp_recorded").await;
    assert!(numbers(&recorded, "SMK")[0] > 40.0);
    let activated = ranking(&coordinator, "").await;
    assert!(numbers(&activated, "SMK")[0] < 15.0);
    let none = ranking(&coordinator, "service=kk_renewed").await;
    assert!(item(&none, "SMK").get("estimate").is_none());
}

#[actix_web::test]
async fn a_file_has_the_estimates_in_columns_of_their_own() {
    let (_app, coordinator) = office().await;
    let csv = coordinator.page("/33.03/peringkat/unduh?format=csv").await.expect(200).text;
    let mut lines = csv.trim_start_matches('\u{feff}').lines();
    assert!(lines.next().unwrap().ends_with(";last_visit;estimate;low;high;rank_low;rank_high"), "{csv}");
    assert!(lines.all(|line| line.split(';').skip(11).all(|cell| !cell.is_empty())), "{csv}");
}

/// A small version of `cargo bench --bench estimates`; its bounds are wide, for few districts are drawn.
#[test]
fn where_the_truth_is_known_the_estimate_orders_better_than_the_mean_and_its_intervals_hold() {
    let mut sums = [0.0; 6];
    let sets = 3;
    for seed in 0..sets {
        let District { known, truth } = District::new(World::WellSpecified, seed);
        let estimates = estimate(&known).unwrap().venues;
        let means: Vec<f64> = estimates.iter().map(|estimate| estimate.forecast.mean).collect();
        let plain = score::plain_means(&known);
        let spreads: Vec<Spread> = estimates.iter().map(|estimate| estimate.spread).collect();
        assert_eq!(rank_intervals(&spreads), rank_intervals(&spreads), "draws have a fixed seed");
        let found = [
            score::kendall(&means, &truth) - score::kendall(&plain, &truth),
            score::regret(&plain, &truth) - score::regret(&means, &truth),
            score::rmse(&plain, &truth) - score::rmse(&means, &truth),
            score::coverage(&estimates, &truth, false),
            score::coverage(&estimates, &truth, true),
        ];
        for (sum, value) in sums.iter_mut().zip(found) {
            *sum += value / f64::from(u32::try_from(sets).unwrap());
        }
    }
    let [tau, regret, rmse, visited, cold, _] = sums;
    assert!(tau > 0.2 && regret > 0.03 && rmse > 5.0, "{sums:?}");
    assert!((0.86..0.95).contains(&visited) && (0.78..0.99).contains(&cold), "{sums:?}");
}
