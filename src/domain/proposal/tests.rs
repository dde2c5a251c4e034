//! Proposals over small offices: whatever an office looks like, what is proposed can be booked as it stands.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::staffing::Stay;
use super::*;
use crate::domain::calendar::{Holiday, HolidayCalendar, HolidayKind, Weekday};
use crate::domain::dates::DateRange;
use crate::domain::event::Subject;
use crate::domain::id::{AbsenceId, EventId, HolidayId, TeamId, UnitId, UserId, VenueId};
use crate::domain::opening::{OpeningCells, OpeningRule};
use crate::domain::planner::{Budget, Spent, Start, keep_visits, solve};
use crate::domain::ranking::Forecast;
use crate::domain::team::{Absence, Team, TeamDetails};
use crate::domain::venue::{Contact, Position, Venue, VenueDetails, VenueKind};

fn id(number: usize) -> uuid::Uuid {
    uuid::Uuid::from_u128(u128::try_from(number).unwrap() + 1)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[allow(clippy::unnecessary_wraps, reason = "a place may be unknown, and is told so")]
fn at(kilometres: u32) -> Option<Position> {
    Some(Position::new(-7.39 + f64::from(kilometres) / 111.2, 109.36).unwrap())
}

fn team(number: usize, units: &[usize], members: &[usize]) -> Team {
    Team {
        id: TeamId(id(number)),
        code: format!("T-{number}").parse().unwrap(),
        details: TeamDetails {
            name: format!("Tim {number}").parse().unwrap(),
            operators: 1,
            capacity_per_day: 60 + i64::try_from(number).unwrap() * 10,
            base: at(0),
            units: units.iter().map(|unit| UnitId(id(*unit))).collect(),
            members: members.iter().map(|member| UserId(id(*member))).collect(),
        },
        version: 1,
        archived: false,
    }
}

fn venue(number: usize, kind: VenueKind, weekdays: &str, kilometres: u32) -> Venue {
    let cells = OpeningCells { weekdays: weekdays.to_owned(), ..OpeningCells::default() };
    Venue {
        id: VenueId(id(number)),
        code: format!("V-{number}").parse().unwrap(),
        details: VenueDetails {
            name: format!("Tempat {number}").parse().unwrap(),
            kind,
            region: format!("33.03.{:02}", number % 3 + 1).parse().unwrap(),
            position: at(kilometres),
            people: None,
            eligible: Some(500),
            phone_share: None,
            opening: OpeningRule::from_cells(&cells).unwrap(),
            contact: Contact::default(),
            notes: None,
            as_reported: None,
        },
        version: 1,
        archived: false,
    }
}

/// December 2026 for two teams with a car of their own and a kit that they share.
fn ground() -> Ground {
    let holiday = Holiday {
        id: HolidayId(id(1)),
        date: day("2026-12-25"),
        kind: HolidayKind::PublicHoliday,
        name: "Natal".parse().unwrap(),
        region: None,
        decided_on: None,
    };
    let venues: Vec<Venue> = (0..6).map(|n| venue(n, VenueKind::VillageHall, "", 5)).collect();
    let forecast = |(n, venue): (usize, &Venue)| {
        let mean = 20.0 + 10.0 * f64::from(u32::try_from(n).unwrap());
        (venue.id, Forecast { shape: 4.0, mean, eligible_left: Some(500.0) })
    };
    Ground {
        calendar: HolidayCalendar::new([holiday], &"33.03".parse().unwrap()),
        teams: vec![team(0, &[0], &[0, 1]), team(1, &[1], &[2])],
        officers: (0..3).map(|n| UserId(id(n))).collect(),
        units: (0..2).map(|n| UnitId(id(n))).collect(),
        forecasts: venues.iter().enumerate().map(forecast).collect(),
        venues,
        ..Ground::default()
    }
}

fn december() -> PlanRequest {
    PlanRequest::over(DateRange::new(day("2026-12-01"), day("2026-12-31")).unwrap())
}

fn proposal_of(ground: &Ground, request: &PlanRequest) -> Proposal {
    let brief = brief(ground, request).unwrap();
    let budget = Budget { steps: 60, seed: 1, threads: 1 };
    let plan = solve(&brief.instance, &budget, &Start::default(), &|_| Spent::NOTHING);
    describe(ground, request, &brief, &plan, &[])
}

/// What a proposal breaks of the rules at the desk; nothing if it can be booked as it stands.
fn refusals(ground: &Ground, proposal: &Proposal) -> Vec<String> {
    let mut claimed = ground.taken.clone();
    let mut refusals = Vec::new();
    for visit in &proposal.visits {
        let teams: Vec<&Team> =
            visit.teams.iter().flatten().map(|id| ground.teams.iter().find(|team| team.id == *id).unwrap()).collect();
        let units = teams.iter().flat_map(|team| team.details.units.iter().map(|unit| Subject::Unit(*unit)));
        let officers = visit.officers.iter().map(|officer| Subject::Officer(*officer));
        let of_teams = teams.iter().map(|team| Subject::Team(team.id));
        for subject in units.chain(officers).chain(of_teams).chain([Subject::Venue(visit.venue)]) {
            if !claimed.insert((subject, visit.date)) {
                refusals.push(format!("{subject:?} is taken on {}", visit.date));
            }
        }
        for officer in &visit.officers {
            if ground.absences.iter().any(|absence| absence.covers(*officer, visit.date)) {
                refusals.push(format!("{officer} is absent on {}", visit.date));
            }
        }
        let venue = ground.venues.iter().find(|venue| venue.id == visit.venue).unwrap();
        if !venue.details.opening.is_open_on(visit.date) || ground.calendar.on(visit.date).next().is_some() {
            refusals.push(format!("{} is closed on {}", venue.code, visit.date));
        }
    }
    refusals
}

/// Days between two visits to one venue, booked ones included, that are closer than its gap.
fn too_close(ground: &Ground, proposal: &Proposal) -> Vec<String> {
    let mut close = Vec::new();
    for venue in &ground.venues {
        let gap = i64::try_from(default_gap(venue.details.kind)).unwrap();
        let proposed = proposal.visits.iter().filter(|visit| visit.venue == venue.id).map(|visit| visit.date);
        let booked = ground.booked.iter().filter(|visit| visit.venue == venue.id).map(|visit| visit.date);
        let before = ground.last_visits.get(&venue.id).copied();
        let known: Vec<NaiveDate> = booked.chain(before).collect();
        let proposed: Vec<NaiveDate> = proposed.collect();
        for (at, date) in proposed.iter().enumerate() {
            let others = proposed.iter().skip(at + 1).chain(&known);
            close.extend(
                others
                    .filter(|other| (**other - *date).num_days().abs() < gap)
                    .map(|other| format!("{}: {date} and {other} with a gap of {gap}", venue.code)),
            );
        }
    }
    close
}

#[test]
fn a_month_is_proposed_with_all_that_is_known_about_it() {
    let (ground, request) = (ground(), december());
    let proposal = proposal_of(&ground, &request);
    assert_eq!((refusals(&ground, &proposal), too_close(&ground, &proposal)), (vec![], vec![]));
    let outcome = &proposal.outcome;
    // Six halls rest for four weeks: in 31 days the earliest of them can be seen twice.
    assert!(proposal.visits.len() >= 6, "{}", proposal.visits.len());
    assert!(outcome.left_out.is_empty() && outcome.missed_floors.is_empty(), "{outcome:?}");
    assert!(outcome.bound >= outcome.objective && outcome.low < outcome.gain && outcome.gain < outcome.high);
    assert!(outcome.rival <= outcome.bound);
    assert!(proposal.visits.iter().all(|visit| visit.why.contains(&Why::NeverVisited) || visit.why == [Why::Yield]));
}

#[test]
fn every_venue_that_is_left_out_has_its_reason() {
    let mut ground = ground();
    ground.venues[0] = venue(0, VenueKind::VillageHall, "", 300);
    ground.venues[1].details.opening = OpeningRule::from_cells(&OpeningCells {
        blackout: "2026-12-01..2026-12-31".to_owned(),
        ..OpeningCells::default()
    })
    .unwrap();
    ground.last_visits.insert(ground.venues[2].id, day("2026-11-30"));
    let request = PlanRequest {
        days: DateRange::new(day("2026-12-07"), day("2026-12-07")).unwrap(),
        excluded: ["V-3".parse().unwrap()].into(),
        ..december()
    };
    ground.teams.truncate(1);
    let proposal = proposal_of(&ground, &request);
    let reasons: BTreeMap<VenueId, &Omission> =
        proposal.outcome.left_out.iter().map(|left| (left.venue, &left.reason)).collect();
    assert!(matches!(reasons[&ground.venues[0].id], Omission::OutOfReach { minutes: 840, limit: 90 }), "{reasons:?}");
    assert_eq!(reasons[&ground.venues[1].id], &Omission::Closed);
    let too_soon = Omission::TooSoon { last: day("2026-11-30"), earliest: day("2026-12-28"), gap_days: 28 };
    assert_eq!(reasons[&ground.venues[2].id], &too_soon);
    assert_eq!(reasons[&ground.venues[3].id], &Omission::Excluded);
    let Omission::Beaten(instead) = reasons[&ground.venues[4].id] else { panic!("{reasons:?}") };
    assert_eq!((instead.displaced.len(), instead.displaced[0].venue), (1, ground.venues[5].id));
    assert!(instead.difference > 0);
    assert_eq!(proposal.visits.len(), 1);
}

#[test]
fn what_two_teams_share_goes_to_and_fro_and_who_is_away_stays_behind() {
    let mut ground = ground();
    // The same car and the same capacity.
    ground.teams[1].details.units = vec![UnitId(id(0))];
    ground.teams[1].details.capacity_per_day = ground.teams[0].details.capacity_per_day;
    let days = DateRange::new(day("2026-12-01"), day("2026-12-04")).unwrap();
    let Staffing { crews, stays } = staff(&ground, days);
    let car = Stay::Unit(UnitId(id(0)));
    assert_eq!((stays.len(), stays.values().all(|stay| *stay == car)), (4, true));
    let teams: Vec<usize> =
        days.iter().map(|date| usize::from(crews.contains_key(&(ground.teams[1].id, date)))).collect();
    assert_eq!((crews.len(), teams), (4, vec![0, 1, 0, 1]));
    let away = |officer| Absence {
        id: AbsenceId(id(officer)),
        user: UserId(id(officer)),
        days: DateRange::new(day("2026-12-02"), day("2026-12-02")).unwrap(),
        reason: None,
        version: 1,
    };
    ground.absences = vec![away(0), away(2)];
    let crews = staff(&ground, days).crews;
    assert_eq!(crews[&(ground.teams[0].id, day("2026-12-02"))], [UserId(id(1))]);
    ground.absences.push(away(1));
    let stays = staff(&ground, days).stays;
    assert_eq!(stays[&(ground.teams[0].id, day("2026-12-02"))], Stay::Officers, "nobody is left");
}

#[test]
fn what_is_booked_stays_and_its_venue_rests() {
    let mut ground = ground();
    let (team, venue) = (ground.teams[0].id, ground.venues[5].id);
    let date = day("2026-12-09");
    ground.booked.push(BookedVisit { event: EventId(id(7)), venue, date, teams: vec![team] });
    ground.taken.extend([Subject::Team(team), Subject::Unit(UnitId(id(0))), Subject::Venue(venue)].map(|s| (s, date)));
    let proposal = proposal_of(&ground, &december());
    assert_eq!((refusals(&ground, &proposal), too_close(&ground, &proposal)), (vec![], vec![]));
    assert_eq!(proposal.outcome.booked, [Booked { event: EventId(id(7)), venue, date }]);
    assert!(proposal.outcome.booked_gain > 0 && proposal.outcome.gain > proposal.outcome.booked_gain);
    // Two days in a row are closer than any plan would put them: they stand beside it.
    let next = day("2026-12-10");
    ground.booked.push(BookedVisit { event: EventId(id(7)), venue, date: next, teams: vec![team] });
    ground.taken.extend([(Subject::Team(team), next), (Subject::Venue(venue), next)]);
    let proposal = proposal_of(&ground, &december());
    assert_eq!((refusals(&ground, &proposal), too_close(&ground, &proposal)), (vec![], vec![]));
    assert_eq!(proposal.outcome.booked.len(), 2);
}

#[test]
fn planning_again_moves_only_what_must_move() {
    let (mut ground, request) = (ground(), december());
    let before = proposal_of(&ground, &request);
    let lost = before.visits[0].clone();
    ground.absences = lost
        .officers
        .iter()
        .map(|officer| Absence {
            id: AbsenceId(officer.0),
            user: *officer,
            days: DateRange::new(lost.date, lost.date).unwrap(),
            reason: None,
            version: 1,
        })
        .collect();
    let brief = brief(&ground, &request).unwrap();
    let earlier: Vec<_> = before
        .visits
        .iter()
        .map(|visit| crate::domain::planner::Visit {
            venue: brief.venues.iter().position(|venue| *venue == visit.venue).unwrap(),
            day: usize::try_from((visit.date - brief.first).num_days()).unwrap(),
            crew: crate::domain::planner::Crew::one(
                u16::try_from(brief.teams.iter().position(|team| team.id == visit.teams[0]).unwrap()).unwrap(),
            ),
        })
        .collect();
    let kept = keep_visits(&brief.instance, &earlier).unwrap();
    let budget = Budget { steps: 60, seed: 1, threads: 1 };
    let plan = solve(&kept.instance, &budget, &Start::default(), &|_| Spent::NOTHING);
    let after = describe(&ground, &request, &brief, &plan, &earlier);
    let (gone, _) = moved(&before.visits, &after.visits);
    assert_eq!(gone.len(), 1, "{gone:?}");
    assert_eq!((gone[0].date, gone[0].venue), (lost.date, lost.venue));
    assert_eq!(refusals(&ground, &after), Vec::<String>::new());
    assert!(after.visits.iter().filter(|visit| visit.why.contains(&Why::Kept)).count() == before.visits.len() - 1);
}

/// A random office: teams that share cars and people, venues of several kinds, absences, bookings of all shapes.
fn offices() -> impl Strategy<Value = Ground> {
    let teams = prop::collection::vec(
        (prop::collection::btree_set(0..4_usize, 0..3), prop::collection::btree_set(0..6_usize, 0..4)),
        1..4,
    );
    let weekdays = prop::sample::select(vec!["", "mon tue", "sat sun", "wed", "mon wed fri sat"]);
    let kinds =
        prop::sample::select(vec![VenueKind::Market, VenueKind::School, VenueKind::CrowdEvent, VenueKind::Mall]);
    let venues = prop::collection::vec((kinds, weekdays, 0..40_u32, 1.0..200.0_f64, prop::option::of(1..40_u64)), 1..7);
    let booked = prop::collection::vec((0..7_usize, 0..35_u64, prop::collection::btree_set(0..4_usize, 1..3)), 0..6);
    let absences = prop::collection::vec((0..6_usize, 0..28_u64, 0..4_u64), 0..5);
    let taken = prop::collection::vec((0..4_u8, 0..6_usize, 0..28_u64), 0..12);
    (teams, venues, booked, absences, taken).prop_map(|(teams, venues, booked, absences, taken)| {
        let first = day("2026-12-01");
        let on = |days: u64| first.checked_add_days(Days::new(days)).unwrap();
        let mut ground = Ground {
            calendar: ground().calendar,
            officers: (0..6).map(|n| UserId(id(n))).collect(),
            units: (0..4).map(|n| UnitId(id(n))).collect(),
            ..Ground::default()
        };
        for (n, (units, members)) in teams.into_iter().enumerate() {
            ground.teams.push(team(n, &Vec::from_iter(units), &Vec::from_iter(members)));
        }
        for (n, (kind, weekdays, kilometres, mean, last)) in venues.into_iter().enumerate() {
            let venue = venue(n, kind, weekdays, kilometres);
            ground.forecasts.insert(venue.id, Forecast { shape: 3.0, mean, eligible_left: Some(mean * 5.0) });
            let last = last.and_then(|days| first.checked_sub_days(Days::new(days)));
            ground.last_visits.extend(last.map(|last| (venue.id, last)));
            ground.venues.push(venue);
        }
        for (officer, from, length) in absences {
            let days = DateRange::new(on(from), on(from + length)).unwrap();
            let absence =
                Absence { id: AbsenceId(id(officer)), user: UserId(id(officer)), days, reason: None, version: 1 };
            ground.absences.push(absence);
        }
        for (event, (venue, days, teams)) in booked.into_iter().enumerate() {
            let (venue, date) = (VenueId(id(venue)), on(days));
            let teams: Vec<TeamId> = teams.into_iter().map(|team| TeamId(id(team))).collect();
            let subjects: BTreeSet<Subject> =
                teams.iter().map(|team| Subject::Team(*team)).chain([Subject::Venue(venue)]).collect();
            // Claims exclude each other.
            if subjects.iter().all(|subject| !ground.taken.contains(&(*subject, date))) {
                ground.taken.extend(subjects.into_iter().map(|subject| (subject, date)));
                ground.booked.push(BookedVisit { event: EventId(id(event)), venue, date, teams });
            }
        }
        ground.booked.sort_by_key(|visit| (visit.date, visit.event));
        let subject = |kind: u8, n: usize| match kind {
            0 => Subject::Team(TeamId(id(n))),
            1 => Subject::Unit(UnitId(id(n))),
            2 => Subject::Officer(UserId(id(n))),
            _ => Subject::Venue(VenueId(id(n))),
        };
        ground.taken.extend(taken.into_iter().map(|(kind, n, days)| (subject(kind, n), on(days))));
        ground
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn whatever_an_office_looks_like_its_proposal_can_be_booked_as_it_stands(
        ground in offices(),
        overtime in 0..4_u32,
        floor in 0..3_u32,
        extra_teams in 0..2_u32,
    ) {
        let days = DateRange::new(day("2026-12-01"), day("2026-12-28")).unwrap();
        let request = PlanRequest { days, floor, overtime, extra_teams, ..december() };
        let proposal = proposal_of(&ground, &request);
        prop_assert_eq!(refusals(&ground, &proposal), Vec::<String>::new());
        prop_assert_eq!(too_close(&ground, &proposal), Vec::<String>::new());
        let weekend = |visit: &&ProposedVisit| !Weekday::of(visit.date).is_office_day();
        for team in &ground.teams {
            let worked = proposal.visits.iter().filter(weekend).filter(|visit| visit.teams.contains(&Some(team.id)));
            prop_assert!(u32::try_from(worked.count()).unwrap() <= overtime);
        }
        prop_assert!(proposal.outcome.objective <= proposal.outcome.bound);
        let told: BTreeSet<VenueId> = proposal.visits.iter().map(|visit| visit.venue)
            .chain(proposal.outcome.left_out.iter().map(|left| left.venue))
            .chain(proposal.outcome.booked.iter().map(|booked| booked.venue)).collect();
        let all: BTreeSet<VenueId> = ground.venues.iter().map(|venue| venue.id).collect();
        prop_assert!(told.is_superset(&all), "every venue is visited, booked, or left out for a reason");
    }
}
