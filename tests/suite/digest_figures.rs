//! Every figure of the letter that heads read, computed anew from the rows behind it and by nothing of the service.
#![allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small counts"
)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use jemputbola::domain::digest::{Answer, DigestPeriod, Span};
use jemputbola::service::files::FileKind;
use serde_json::Value;

use super::digests::{NEWS, demo, preview};
use crate::support::files::export;
use crate::support::{OFFICE, TestApp};

/// What the files of an office say, added up here and not by the service.
struct Rows {
    /// By venue: the exact counts of its outreach days.
    visits: BTreeMap<String, Vec<(String, i64)>>,
    /// By outcome: the counts of outreach days.
    counts: BTreeMap<String, i64>,
    days: BTreeSet<(String, String)>,
}

async fn rows(app: &TestApp, office: &str, from: &str, to: &str) -> Rows {
    let csv = export(app, office, FileKind::Results).await;
    let mut lines = csv.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let at = |name: &str| head.iter().position(|column| column.trim_start_matches('\u{feff}') == name).unwrap();
    let (day, venue, kind, precision) = (at("day"), at("venue"), at("event_kind"), at("precision"));
    let mut rows = Rows { visits: BTreeMap::new(), counts: BTreeMap::new(), days: BTreeSet::new() };
    let outcomes: Vec<(usize, String)> =
        head.iter().enumerate().skip(precision + 1).map(|(at, name)| (at, name.clone())).collect();
    let mut sums: BTreeMap<(String, String), i64> = BTreeMap::new();
    for row in lines.filter(|row| row[kind] == "outreach" && row[day].as_str() <= to) {
        let activated = row[at("activated")].parse::<i64>();
        if let Ok(n) = activated
            && row[precision] == "exact"
        {
            *sums.entry((row[venue].clone(), row[day].clone())).or_default() += n;
        }
        if row[day].as_str() < from {
            continue;
        }
        rows.days.insert((row[venue].clone(), row[day].clone()));
        for (at, name) in &outcomes {
            if let Ok(n) = row[*at].trim_start_matches('±').parse::<i64>() {
                *rows.counts.entry(name.clone()).or_default() += n;
            }
        }
    }
    for ((venue, day), n) in sums {
        rows.visits.entry(venue).or_default().push((day, n));
    }
    rows
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

/// The rows of a file by the names of its columns.
fn records(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.deserialize::<BTreeMap<String, String>>();
    rows.map(Result::unwrap).collect()
}

/// The days after `from` up to `to`.
fn days_between(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    from.iter_days().skip(1).take_while(move |day| *day <= to)
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "asked of the items of an iterator")]
fn is_weekday(day: &NaiveDate) -> bool {
    day.weekday().number_from_monday() <= 5
}

/// Where the office stands, by the arithmetic of this test alone: from its files of targets, denominators, official figures
/// and daily totals, and the list of holidays.
#[actix_web::test]
async fn the_standing_of_the_letter_is_what_its_rows_add_up_to() {
    let app = demo();
    let report = preview(&app, "33.03", NEWS, DigestPeriod::Weekly).await.payload.report;
    let on: NaiveDate = NEWS.parse().unwrap();
    let rows = async |kind: FileKind| records(&export(&app, "33.03", kind).await);
    let number = |row: &BTreeMap<String, String>, column: &str| row[column].parse::<f64>().unwrap();
    let until = |rows: Vec<BTreeMap<String, String>>, column: &str| -> Vec<BTreeMap<String, String>> {
        rows.into_iter().filter(|row| row[column].as_str() <= NEWS).collect()
    };
    let target = rows(FileKind::Targets).await;
    let target = target.iter().find(|row| row["starts"].as_str() <= NEWS && row["ends"].as_str() >= NEWS).unwrap();
    let recorded = until(rows(FileKind::Denominators).await, "as_of");
    let denominator = recorded.iter().rfind(|row| row["kind"] == target["denominator"]).unwrap();
    let denominator = number(denominator, "value");
    let goal = (denominator * number(target, "share") / 100.0).ceil();
    let official = until(rows(FileKind::Observations).await, "as_of");
    let official = official.iter().rfind(|row| row["kind"] == "cumulative").unwrap();
    let achieved = number(official, "figure");
    let total = until(rows(FileKind::Totals).await, "date");
    let pace = number(total.last().unwrap(), "figure");

    let standing = &report.standing;
    let near = |told: f64, expected: f64| assert!((told - expected).abs() < 1e-6, "{told} is not {expected}");
    let known = |answer: Answer<Span>| answer.known().unwrap().low;
    near(standing.target.as_ref().unwrap().value.unwrap().low, goal);
    near(known(standing.gap), goal - achieved);
    near(known(standing.share_of_denominator), 100.0 * achieved / denominator);
    near(known(standing.share_of_target), 100.0 * achieved / goal);
    assert_eq!(standing.achieved.as_ref().unwrap().as_of.to_string(), official["as_of"]);

    let last: NaiveDate = target["ends"].parse().unwrap();
    let address = format!("/api/v1/holidays?from=2024-06-08&to={last}&office=33.03&limit=500");
    let holidays = app.as_user("coordinator@purbalingga.example").await.get(&address).await.expect(200).json();
    let holidays: BTreeSet<&str> =
        holidays["items"].as_array().unwrap().iter().map(|holiday| holiday["date"].as_str().unwrap()).collect();
    let left = days_between(on, last).count() as f64;
    let weekdays = days_between(on, last).filter(is_weekday).count() as f64;
    let is_working = |day: &NaiveDate| is_weekday(day) && !holidays.contains(day.to_string().as_str());
    let working = days_between(on, last).filter(is_working).count() as f64;
    let needed = standing.needed.known().unwrap();
    near(needed.calendar_day.low, (goal - achieved) / left);
    near(needed.weekday.unwrap().low, (goal - achieved) / weekdays);
    near(needed.working_day.unwrap().low, (goal - achieved) / working);
    assert_eq!((left, weekdays, working), (207.0, 147.0, 141.0));

    near(standing.pace.known().unwrap().value.low, pace);
    let wanted = ((goal - achieved) / pace).ceil() as usize;
    let reached = |is_counted: fn(&NaiveDate) -> bool| on.iter_days().skip(1).filter(is_counted).nth(wanted - 1);
    for (projection, days, reached) in
        [(&standing.projections[0], left, reached(|_| true)), (&standing.projections[1], weekdays, reached(is_weekday))]
    {
        near(projection.end.low, achieved + pace * days);
        near(projection.end_share.unwrap().low, 100.0 * (achieved + pace * days) / denominator);
        assert_eq!(projection.reached, reached.map(|day| (day, day)));
    }
}

#[actix_web::test]
async fn every_figure_of_the_letter_is_that_of_the_rows() {
    let app = demo();
    for (office, slug) in [
        ("33.03", "purbalingga"),
        ("35.77", "madiun"),
        ("33.28", "tegal"),
        ("35.28", "pamekasan"),
        ("35.29", "sumenep"),
    ] {
        let client = app.as_user(&format!("coordinator@{slug}.example")).await;
        let letter = preview(&app, office, "2026-11-20", DigestPeriod::Weekly).await;
        let report = &letter.payload.report;
        assert_eq!(report.days.to_string(), "2026-11-14..2026-11-20");
        let rows = rows(&app, office, "2026-11-14", "2026-11-20").await;
        let of = |name: &str| rows.counts.get(name).copied().unwrap_or_default();
        assert_eq!(report.activity.activated, of("activated"), "{office}");
        let reached: i64 = rows
            .counts
            .iter()
            .filter(|(name, _)| !name.starts_with("kt") && !name.starts_with("kk"))
            .map(|(_, n)| n)
            .sum();
        assert_eq!(report.activity.reached, reached, "{office}");
        assert_eq!(report.activity.event_days, i64::try_from(rows.days.len()).unwrap(), "{office}");
        for obstacle in &report.obstacles.rows {
            assert_eq!(obstacle.n, of(obstacle.outcome.as_str()), "{office} {}", obstacle.outcome);
        }
        // The best venues are the first of the ranking over the same year.
        let ranking = client
            .get(&format!("/api/v1/offices/{office}/rankings/venues?from=2025-11-21&to=2026-11-20&sort=mean&limit=3"))
            .await
            .expect(200)
            .json();
        let ranked: Vec<(&str, f64)> = ranking["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| (item["venue_code"].as_str().unwrap(), item["yield_per_day"].as_f64().unwrap()))
            .collect();
        let told: Vec<(&str, f64)> =
            report.best.iter().map(|venue| (venue.code.as_str(), (venue.mean * 100.0).round() / 100.0)).collect();
        assert_eq!(told, ranked, "{office}");
        for venue in &report.fading.rows {
            let visits: Vec<i64> = rows.visits[&venue.code]
                .iter()
                .filter(|(day, _)| day.as_str() >= "2025-11-21")
                .map(|(_, n)| *n)
                .collect();
            let (before, now) = visits.split_at(visits.len() - 2);
            let mean = |counts: &[i64]| counts.iter().sum::<i64>() as f64 / counts.len() as f64;
            assert!((venue.before - mean(before)).abs() < 1e-9 && (venue.now - mean(now)).abs() < 1e-9, "{venue:?}");
        }
        // Unreported events, and the bookings of the week after.
        let events = async |query: &str| {
            let list =
                client.get(&format!("/api/v1/offices/{office}/events?limit=500&{query}")).await.expect(200).json();
            list["items"].as_array().unwrap().clone()
        };
        let past = events("to=2026-11-19&reporting=unreported&kind=outreach").await;
        let missing = past.iter().filter(|event| {
            let last = event["days"].as_array().unwrap().last().unwrap()["date"].as_str().unwrap().to_owned();
            ["confirmed", "ongoing", "done"].contains(&event["state"].as_str().unwrap()) && last.as_str() < "2026-11-20"
        });
        assert_eq!(report.exceptions.unreported.total(), missing.count(), "{office}");
        let ahead = events("from=2026-11-23&to=2026-11-29").await;
        let booked = ahead
            .iter()
            .filter(|event| !["not_held", "cancelled", "postponed"].contains(&event["state"].as_str().unwrap()));
        let booked: Vec<&Value> = booked.collect();
        assert_eq!(report.ahead.events.total(), booked.len(), "{office}");
        let teams: BTreeSet<&str> = booked.iter().flat_map(|event| texts(&event["teams"])).collect();
        assert_eq!(report.ahead.teams, teams.len(), "{office}");
        let open = booked.iter().filter(|event| event["state"] == "draft" || event["state"] == "proposed");
        assert_eq!(report.ahead.unconfirmed, open.count(), "{office}");
        // Each team serves what it can on each day that it is out; briefings serve nobody.
        let list = client.get(&format!("/api/v1/offices/{office}/teams?limit=500")).await.expect(200).json();
        let capacity: BTreeMap<&str, i64> = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|team| (team["code"].as_str().unwrap(), team["capacity_per_day"].as_i64().unwrap()))
            .collect();
        let serving = booked.iter().filter(|event| event["kind"] != "briefing");
        let team_days: BTreeSet<(&str, &str)> = serving
            .flat_map(|event| {
                let days = event["days"].as_array().unwrap().iter().map(|day| day["date"].as_str().unwrap());
                let days = days.filter(|day| ("2026-11-23"..="2026-11-29").contains(day)).collect::<Vec<_>>();
                let teams = texts(&event["teams"]);
                teams.into_iter().flat_map(move |team| days.clone().into_iter().map(move |day| (team, day)))
            })
            .collect();
        assert_eq!(report.ahead.capacity, team_days.iter().map(|(team, _)| capacity[team]).sum::<i64>(), "{office}");
        let not_held = events("from=2026-11-14&to=2026-11-20&state=not_held").await;
        assert_eq!(report.exceptions.not_held.total(), not_held.len(), "{office}");
        let before = self::rows(&app, office, "2026-11-07", "2026-11-13").await;
        let before = before.counts.get("activated").copied().unwrap_or_default();
        assert_eq!(report.activity.activated_before, Some(before), "{office}");
        let totals = records(&export(&app, office, FileKind::Totals).await);
        let in_days = |row: &&BTreeMap<String, String>| ("2026-11-14"..="2026-11-20").contains(&row["date"].as_str());
        let told = totals.iter().filter(in_days).count();
        assert_eq!(report.activity.office_totals, i64::try_from(told).unwrap(), "{office}");
        assert_eq!(report.ahead.days.to_string(), "2026-11-23..2026-11-29");
    }
}

#[actix_web::test]
async fn nothing_of_a_later_day_is_in_a_letter_of_an_earlier_one() {
    let (app, coordinator) = TestApp::with_registry().await;
    let add = async |day: &str, n: i64| {
        let csv = format!("day,venue,team,event_kind,precision,activated\n{day},V-1,T-1,outreach,exact,{n}\n");
        coordinator.import("results", &csv).await.expect(200);
    };
    add("2026-11-10", 40).await;
    let before = preview(&app, OFFICE, "2026-11-12", DigestPeriod::Weekly).await.payload.report;
    add("2026-11-13", 70).await;
    let after = preview(&app, OFFICE, "2026-11-12", DigestPeriod::Weekly).await.payload.report;
    assert_eq!(before, after);
    let next = preview(&app, OFFICE, "2026-11-13", DigestPeriod::Weekly).await.payload.report;
    assert_eq!((before.activity.activated, next.activity.activated), (40, 110));
}

#[actix_web::test]
async fn every_figure_leads_to_the_page_of_the_letters_day_that_shows_it() {
    let app = demo();
    for (office, slug, on) in [("33.03", "purbalingga", NEWS), ("33.03", "purbalingga", "2026-11-20")] {
        let reader = app.as_user(&format!("coordinator@{slug}.example")).await;
        let letter = preview(&app, office, on, DigestPeriod::Weekly).await;
        let site = app.services.mail.site.clone();
        let mut pages = BTreeMap::<String, String>::new();
        let links = letter.html.split("<a href=\"").skip(1).filter_map(|rest| {
            let (href, rest) = rest.split_once('"')?;
            let (_, rest) = rest.split_once('>')?;
            let text = rest.split("</a>").next()?.replace('\u{a0}', " ");
            Some((href.replace("&#38;", "&").replace("&amp;", "&"), text))
        });
        let mut shown = 0;
        for (href, text) in links {
            let path = href.strip_prefix(&site).unwrap_or_else(|| panic!("{href} leads elsewhere")).to_owned();
            if !pages.contains_key(&path) {
                let page = reader.page(&path).await.expect(200).text.replace('\u{a0}', " ");
                pages.insert(path.clone(), page);
            }
            let is_figure = text.starts_with(|first: char| first.is_ascii_digit());
            if path.contains("/target?") && is_figure {
                assert!(pages[&path].contains(&text), "{text} is not shown at {path}");
                shown += 1;
            }
            if path.contains("/kegiatan?laporan=belum") {
                assert!(pages[&path].contains("Jemput bola"), "{path} shows no event");
            }
        }
        assert!(shown >= 6, "{shown} figures of {on} lead to the page of the target");
    }
}
