//! What must hold for every district and date: bookable, deterministic, in range, and away from published campaigns.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};

use super::centres::Centre;
use super::days::is_school_day;
use super::*;
use crate::domain::calendar::Pasaran;
use crate::domain::region::RegionCode;
use crate::domain::text::{Code, Name};

const DATES: [&str; 4] = ["2024-03-05", "2025-07-20", "2026-11-21", "2027-01-04"];

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Kecamatan and villages like those of the district: 27 in Sumenep, 3 in a city, 18 elsewhere; some kelurahan.
fn district(profile: &'static Profile) -> District {
    let (subdistricts, villages) = match profile.code {
        "35.29" => (27, 12),
        "35.77" => (3, 9),
        _ => (18, 13),
    };
    let mut regions: Vec<(RegionCode, Name)> = vec![("11.01.01".parse().unwrap(), "Di luar".parse().unwrap())];
    for k in 1..=subdistricts {
        let code = format!("{}.{k:02}", profile.code);
        regions.push((code.parse().unwrap(), format!("Kecamatan{k}").parse().unwrap()));
        for v in 1..=villages {
            let kind = if profile.city || v == 1 { 1 } else { 2 };
            let name = format!("Desa{k}x{v}");
            regions.push((format!("{code}.{kind}{v:03}").parse().unwrap(), name.parse().unwrap()));
        }
    }
    District::new(profile, &regions).unwrap()
}

fn pamekasan_campaigns() -> Vec<std::ops::RangeInclusive<NaiveDate>> {
    vec![date("2023-11-01")..=date("2023-12-31"), date("2024-02-27")..=date("2024-12-31")]
}

fn days(profile: &Profile, today: &str) -> ScenarioDays {
    let campaigns = if profile.code == "35.28" { pamekasan_campaigns() } else { Vec::new() };
    ScenarioDays::new(date(today), BTreeSet::from([date("2026-08-17"), date("2026-12-25")]), campaigns)
}

fn history(profile: &'static Profile, today: &str) -> SyntheticHistory {
    synthesize(&district(profile), &days(profile, today)).unwrap()
}

/// Every district on every date, made once for all tests.
static YEARS: LazyLock<Vec<(&Profile, NaiveDate, SyntheticHistory)>> = LazyLock::new(|| {
    let days = PROFILES.iter().flat_map(|profile| DATES.map(|today| (profile, today)));
    days.map(|(profile, today)| (profile, date(today), history(profile, today))).collect()
});

fn every_history(check: impl Fn(&'static Profile, NaiveDate, &SyntheticHistory)) {
    for (profile, today, history) in YEARS.iter() {
        check(profile, *today, history);
    }
}

/// The five years around the date that most counts are checked on.
fn on_2026_11_21() -> impl Iterator<Item = &'static SyntheticHistory> {
    YEARS.iter().filter(|(_, today, _)| *today == date("2026-11-21")).map(|(_, _, history)| history)
}

fn activated(event: &SyntheticEvent) -> u32 {
    event.results.iter().map(|result| result.counts["activated"]).sum()
}

fn kinds(history: &SyntheticHistory) -> BTreeMap<&Code, &'static str> {
    history.venues.iter().map(|venue| (&venue.code, venue.kind)).collect()
}

#[test]
fn no_team_officer_unit_or_venue_is_booked_twice_in_a_slot() {
    every_history(|profile, _, history| {
        let mut held = BTreeSet::new();
        for event in &history.events {
            let teams = event.teams.iter().map(|code| ("team", code.as_str()));
            let units = event.units.iter().map(|code| ("unit", code.as_str()));
            let officers = event.officers.iter().map(|login| ("officer", login.as_str()));
            let subjects: Vec<_> =
                teams.chain(units).chain(officers).chain([("venue", event.venue.as_str())]).collect();
            for day in &event.days {
                for slot in &day.slots {
                    for subject in &subjects {
                        assert!(held.insert((*subject, day.date, *slot)), "{} {subject:?} {}", profile.slug, day.date);
                    }
                }
            }
        }
    });
}

#[test]
fn the_same_date_gives_the_same_data_and_another_date_other_events_at_the_same_venues() {
    let first = history(&PROFILES[0], "2026-11-21");
    assert_eq!(first, history(&PROFILES[0], "2026-11-21"));
    let later = history(&PROFILES[0], "2026-11-22");
    assert_ne!(first.events, later.events);
    assert_ne!(first.totals, later.totals);
    let places = |h: &SyntheticHistory| h.venues.iter().map(|v| (v.code.clone(), v.name.clone())).collect::<Vec<_>>();
    assert_eq!(places(&first), places(&later));
    assert_ne!(places(&first), places(&history(&PROFILES[1], "2026-11-21")));
}

#[test]
fn venues_are_of_every_kind_inside_the_district_and_labelled() {
    every_history(|profile, _, history| {
        let office: RegionCode = profile.code.parse().unwrap();
        assert!((60..=300).contains(&history.venues.len()), "{}: {}", profile.slug, history.venues.len());
        assert_eq!(kinds(history).values().collect::<BTreeSet<_>>().len(), 20);
        assert_eq!(history.venues.iter().map(|venue| &venue.name).collect::<BTreeSet<_>>().len(), history.venues.len());
        for venue in &history.venues {
            assert!(office.contains(&venue.region) && venue.region != office, "{}", venue.region);
            assert!(venue.code.as_str().starts_with("S-") && venue.notes.as_str().starts_with(LABEL));
            assert!(venue.contact_name.as_str().ends_with("(contoh)"));
            assert!(venue.eligible > 0 && venue.eligible <= venue.people && venue.phone_share <= 100);
        }
    });
}

#[test]
fn venues_lie_with_the_others_of_their_kecamatan_and_teams_set_out_from_the_office() {
    every_history(|profile, _, history| {
        for venue in &history.venues {
            let kecamatan = &venue.region.as_str()[..8];
            let Some(centre) = Centre::of(kecamatan) else { continue };
            let away = [(venue.latitude, centre.latitude), (venue.longitude, centre.longitude)]
                .map(|(at, middle)| (at * 1e6 - f64::from(middle)).abs());
            let far = f64::from(centre.reach) + 4_001.0;
            assert!(away.iter().all(|away| *away <= far), "{} {kecamatan} {away:?}", profile.slug);
        }
        for team in &history.teams {
            let (latitude, longitude) = profile.centre;
            let away = (team.latitude * 1e6 - f64::from(latitude)).hypot(team.longitude * 1e6 - f64::from(longitude));
            assert!(away < 9_000.0, "{}: {away}", profile.slug);
        }
    });
}

#[test]
fn every_shipped_kecamatan_of_the_five_districts_has_a_place_of_its_own() {
    let shipped = include_str!("../../../config/regions/regions.csv");
    let codes = shipped.lines().filter_map(|line| line.split(',').next()).filter(|code| code.len() == 8);
    let inside = codes.filter(|code| PROFILES.iter().any(|profile| code.starts_with(profile.code)));
    let places: BTreeSet<_> = inside
        .map(|code| Centre::of(code).unwrap_or_else(|| panic!("{code} has no place")))
        .map(|centre| (centre.latitude, centre.longitude))
        .collect();
    assert_eq!(places.len(), 79, "two kecamatan share a place");
}

#[test]
fn staff_have_example_logins_and_two_to_five_operators_a_team() {
    every_history(|profile, _, history| {
        assert!((3..=8).contains(&history.teams.len()));
        let logins: BTreeSet<&str> = history.users.iter().map(|user| user.login.as_str()).collect();
        for role in ["admin", "coordinator", "head", "viewer", "officer1"] {
            assert!(logins.contains(format!("{role}@{}.example", profile.slug).as_str()), "{role}");
        }
        let members: Vec<_> = history.teams.iter().flat_map(|team| &team.members).collect();
        assert_eq!(members.iter().collect::<BTreeSet<_>>().len(), members.len(), "an officer is in one team only");
        for team in &history.teams {
            assert!((2..=5).contains(&team.operators) && team.members.iter().all(|m| logins.contains(m.as_str())));
        }
        assert!(history.users.iter().filter_map(|user| user.nip.as_ref()).all(|nip| nip.len() == 18));
    });
}

#[test]
fn absent_officers_are_never_booked() {
    every_history(|_, _, history| {
        assert!(!history.absences.is_empty());
        for absence in &history.absences {
            let booked = history.events.iter().filter(|event| event.officers.contains(&absence.login));
            assert!(!booked.flat_map(|e| &e.days).any(|day| (absence.from..=absence.to).contains(&day.date)));
        }
        assert!(history.events.iter().all(|event| !event.officers.is_empty()));
    });
}

#[test]
fn events_stay_in_the_window_and_out_of_published_campaigns() {
    every_history(|profile, today, history| {
        let days = days(profile, &today.to_string());
        assert!(history.events.iter().flat_map(|event| &event.days).all(|day| days.is_usable(day.date)));
        assert!(history.totals.iter().all(|total| days.is_usable(total.date) && total.date < today));
    });
    let inside = history(&PROFILES[2], "2024-11-20");
    assert!(!inside.events.is_empty() && inside.events.iter().all(|e| e.days[0].date < date("2024-02-27")));
}

#[test]
fn schools_are_visited_in_term_only_and_pasaran_markets_on_their_day() {
    every_history(|_, _, history| {
        let kinds = kinds(history);
        let markets: BTreeMap<&Code, &OpeningCells> =
            history.venues.iter().filter(|v| v.kind == "market").map(|v| (&v.code, &v.opening)).collect();
        for event in history.events.iter().filter(|event| event.kind == "outreach") {
            for day in &event.days {
                if kinds[&event.venue] == "school" {
                    assert!(is_school_day(day.date) && day.date.weekday().num_days_from_monday() < 6, "{}", day.date);
                }
                if let Some(cells) = markets.get(&event.venue) {
                    assert!(
                        cells.pasaran.is_empty()
                            || cells.pasaran.split(' ').any(|name| name == Pasaran::of(day.date).as_str())
                    );
                    assert_eq!(day.slots, ["dawn"]);
                }
            }
        }
        assert!(markets.values().any(|cells| !cells.pasaran.is_empty()));
    });
}

#[test]
fn yields_lie_where_offices_report_them() {
    let mut yields = Vec::new();
    for history in on_2026_11_21() {
        for event in history.events.iter().filter(|event| event.kind == "outreach") {
            let mut by_day: BTreeMap<NaiveDate, u32> = BTreeMap::new();
            for result in event.results.iter().filter(|result| result.precision == "exact") {
                *by_day.entry(result.date).or_default() += result.counts["activated"];
            }
            yields.extend(by_day.into_values());
        }
    }
    yields.sort_unstable();
    let at = |per_cent: usize| yields[yields.len() * per_cent / 100];
    assert!((12..=30).contains(&at(5)), "5 %: {}", at(5));
    assert!((35..=60).contains(&at(50)), "median: {}", at(50));
    assert!((90..=170).contains(&at(95)), "95 %: {}", at(95));
    assert!(yields.last().is_some_and(|most| (200..=320).contains(most)), "most: {:?}", yields.last());
}

#[test]
fn about_three_in_a_hundred_are_unreported_and_as_many_not_held() {
    let (mut past, mut unreported, mut not_held, mut dropped, mut verified, mut two_teams) = (0, 0, 0, 0, 0, 0);
    let today = date("2026-11-21");
    for history in on_2026_11_21() {
        for event in &history.events {
            two_teams += usize::from(event.teams.len() == 2);
            if event.days.iter().any(|day| day.date >= today) {
                assert!(event.state != "done" && event.state != "not_held", "{event:?}");
                continue;
            }
            past += 1;
            unreported += usize::from((event.state, event.reporting) == ("done", "unreported"));
            not_held += usize::from(event.state == "not_held");
            dropped += usize::from(matches!(event.state, "cancelled" | "postponed"));
            verified += usize::from(event.reporting == "verified");
            let needs_reason = matches!(event.state, "not_held" | "cancelled" | "postponed");
            assert_eq!(event.reason.is_some(), needs_reason);
            let has_results = event.state == "done" && event.reporting != "unreported" && event.kind != "briefing";
            assert_eq!(!event.results.is_empty(), has_results, "{event:?}");
        }
    }
    for (what, n) in [("unreported", unreported), ("not held", not_held), ("cancelled or postponed", dropped)] {
        assert!((past * 2 / 100..=past * 5 / 100).contains(&n), "{what}: {n} of {past}");
    }
    assert!(verified > past / 2 && verified < past * 95 / 100);
    assert!(two_teams > past / 50, "{two_teams} of {past}");
}

#[test]
fn five_districts_make_four_to_six_thousand_events_and_the_first_team_has_work_today() {
    let mut events = 0;
    for profile in &PROFILES {
        let history = history(profile, "2026-11-19");
        events += history.events.len();
        let mine = |event: &&SyntheticEvent| event.teams.contains(&history.teams[0].code);
        assert!(history.events.iter().filter(mine).any(|e| e.days[0].date == date("2026-11-19")), "{}", profile.slug);
    }
    assert!((4_000..=6_000).contains(&events), "{events}");
}

#[test]
fn repeat_visits_yield_less_and_schools_record_more_than_they_activate() {
    let (mut first, mut later, mut recorded, mut at_schools) = (Vec::new(), Vec::new(), 0, 0);
    for history in on_2026_11_21() {
        let kinds = kinds(history);
        let mut seen = BTreeSet::new();
        for event in history.events.iter().filter(|event| event.kind == "outreach" && !event.results.is_empty()) {
            let per_team_day = activated(event) / u32::try_from(event.results.len()).unwrap();
            let visits = if seen.insert(&event.venue) { &mut first } else { &mut later };
            visits.push(per_team_day);
            if kinds[&event.venue] == "school" {
                recorded += event.results.iter().filter_map(|r| r.counts.get("ktp_recorded")).sum::<u32>();
                at_schools += activated(event);
            }
        }
    }
    let mean = |yields: &[u32]| yields.iter().sum::<u32>() / u32::try_from(yields.len()).unwrap();
    assert!(mean(&later) * 10 < mean(&first) * 9, "{} then {}", mean(&first), mean(&later));
    assert!(recorded > at_schools, "{recorded} recorded, {at_schools} activated");
    assert!(later.len() > first.len() / 2);
}
