//! The synthetic year's bookings: week by week, a kind of event, a venue that is open, and teams that are free.
//! It keeps the booking rule (no team, officer, unit or venue twice in a slot) and leaves gaps between visits.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::domain::text::{Code, Login};

use super::claims::{Claims, Subject};
use super::days::{ScenarioDays, plus};
use super::district::District;
use super::history::{SyntheticDay, SyntheticTeam};
use super::kinds::{KINDS, SUBDISTRICT_OFFICE, is_counter};
use super::opening::session;
use super::rng::Rng;
use super::staffing::Staff;
use super::venues::Place;

/// A visit that holds its claims; what came of it is decided later.
#[derive(Debug, Clone)]
pub struct Booking<'a> {
    pub kind: &'static str,
    pub place: &'a Place,
    pub teams: Vec<&'a SyntheticTeam>,
    pub units: Vec<Code>,
    pub officers: Vec<Login>,
    pub days: Vec<SyntheticDay>,
}

impl Booking<'_> {
    pub fn first_day(&self) -> NaiveDate {
        self.days.first().map(|day| day.date).unwrap_or_default()
    }

    pub fn last_day(&self) -> NaiveDate {
        self.days.last().map(|day| day.date).unwrap_or_default()
    }
}

/// Days between two visits of one venue, and between two counter days or briefings there.
const GAP: i64 = 35;
const COUNTER_GAP: i64 = 6;
/// A venue is visited again as long as it has this many eligible people for every team-day there.
const PEOPLE_PER_VISIT: u32 = 70;
const TRIES: u32 = 60;

/// Every booking of the window, by first day, start and venue.
pub fn book_year<'a>(
    district: &District,
    days: &'a ScenarioDays,
    places: &'a [Place],
    staff: &'a Staff,
) -> Vec<Booking<'a>> {
    let rng = Rng::named(&format!("{}/{}/schedule", district.code(), days.today()));
    let mut diary = Diary::new(days, places, staff, rng);
    diary.book_today();
    let monday = plus(days.first(), -i64::from(days.first().weekday().num_days_from_monday()));
    for week in monday.iter_weeks().take_while(|week| *week <= days.last()) {
        diary.book_week(week, district.profile.teams * 3);
    }
    let mut bookings = diary.bookings;
    bookings.sort_by_key(|booking| {
        let starts = booking.days.first().map(|day| day.starts);
        (booking.first_day(), starts, booking.place.venue.code.clone())
    });
    bookings
}

struct Diary<'a> {
    days: &'a ScenarioDays,
    staff: &'a Staff,
    by_kind: BTreeMap<&'static str, Vec<&'a Place>>,
    claims: Claims,
    /// The days of each venue's visits, once per team.
    visits: BTreeMap<&'a Code, Vec<NaiveDate>>,
    /// Events of each team so far: the least busy is asked first.
    load: BTreeMap<&'a Code, u32>,
    bookings: Vec<Booking<'a>>,
    rng: Rng,
}

impl<'a> Diary<'a> {
    fn new(days: &'a ScenarioDays, places: &'a [Place], staff: &'a Staff, rng: Rng) -> Self {
        let mut by_kind: BTreeMap<&'static str, Vec<&'a Place>> = BTreeMap::new();
        for place in places.iter().filter(|place| !place.untried) {
            by_kind.entry(place.traits.code).or_default().push(place);
        }
        Self {
            days,
            staff,
            by_kind,
            claims: Claims::default(),
            visits: BTreeMap::new(),
            load: BTreeMap::new(),
            bookings: Vec::new(),
            rng,
        }
    }

    /// The first team has something to do today, if today is a day to work, so that a demo's phone is not empty.
    fn book_today(&mut self) {
        let today = [self.days.today()];
        let first = self.staff.teams.first();
        for _ in 0..TRIES * 10 {
            if self.try_book("outreach", &today, first) {
                return;
            }
        }
    }

    fn book_week(&mut self, monday: NaiveDate, quota: u32) {
        let week: Vec<NaiveDate> = monday.iter_days().take(7).collect();
        for _ in 0..quota + self.rng.below(3) {
            let kind = self.rng.weighted(&[("outreach", 82), ("counter", 14), ("briefing", 4)]);
            for _ in 0..TRIES {
                if self.try_book(kind, &week, None) {
                    break;
                }
            }
        }
    }

    /// Books one event on one of the dates, with `wanted` among its teams; false if this draw did not fit.
    fn try_book(&mut self, kind: &'static str, dates: &[NaiveDate], wanted: Option<&'a SyntheticTeam>) -> bool {
        let Some(place) = self.draw_place(kind) else { return false };
        let Some(days) = self.draw_days(kind, place, dates) else { return false };
        let venue = subject("venue", &place.venue.code);
        if !self.claims.is_free(&venue, &days) {
            return false;
        }
        let wished = self.team_count(kind, place);
        let teams = self.free_teams(&days, wished, wanted);
        if teams.is_empty() {
            return false;
        }
        let booking = self.equip(kind, place, teams, days);
        self.enter(booking, &venue);
        true
    }

    fn draw_place(&mut self, kind: &str) -> Option<&'a Place> {
        let place_kind = match kind {
            "counter" => self.rng.weighted(&[(SUBDISTRICT_OFFICE, 7), ("public_service_mall", 3)]),
            "briefing" => self.rng.weighted(&[(SUBDISTRICT_OFFICE, 3), ("village_hall", 1)]),
            _ => self.rng.weighted(&KINDS.map(|traits| (traits.code, traits.visits))),
        };
        let places = self.by_kind.get(place_kind)?;
        let count = u32::try_from(places.len()).unwrap_or_default();
        // The lower of two draws: some venues are favourites, as in real offices.
        let index = self.rng.below(count).min(self.rng.below(count));
        places.get(usize::try_from(index).ok()?).copied()
    }

    /// The days of a visit that starts on one of the dates: usable, open, and far enough from other visits.
    fn draw_days(&mut self, kind: &str, place: &'a Place, dates: &[NaiveDate]) -> Option<Vec<SyntheticDay>> {
        let visits = self.visits.get(&place.venue.code).map_or(&[][..], Vec::as_slice);
        let outreach = kind == "outreach";
        let worth = 1 + place.venue.eligible / PEOPLE_PER_VISIT;
        if outreach && u32::try_from(visits.len()).unwrap_or(u32::MAX) >= worth {
            return None;
        }
        let gap = if outreach { GAP } else { COUNTER_GAP };
        let fits = |date: &NaiveDate| self.days.is_usable(*date) && place.opening.is_open(*date);
        let rested = |date: &NaiveDate| visits.iter().all(|visit| (*date - *visit).num_days().abs() >= gap);
        let starts: Vec<NaiveDate> = dates.iter().copied().filter(|date| fits(date) && rested(date)).collect();
        if starts.is_empty() {
            return None;
        }
        let start = self.rng.pick(&starts);
        let length = visit_length(kind, place, &mut self.rng);
        let first = session(place.traits.code, start, &mut self.rng);
        let following = start.iter_days().skip(1).take_while(fits).take(length - 1);
        let others: Vec<SyntheticDay> = following.map(|date| SyntheticDay { date, ..first.clone() }).collect();
        let days: Vec<SyntheticDay> = std::iter::once(first).chain(others).collect();
        days.iter().all(|day| place.opening.covers(day)).then_some(days)
    }

    fn team_count(&mut self, kind: &str, place: &Place) -> usize {
        let two_in_a_thousand = match (kind, place.traits.code) {
            ("outreach", "company") if place.venue.eligible > 600 => 450,
            ("outreach", "campus" | "crowd_event") => 450,
            ("outreach", "school") if place.venue.people > 900 => 250,
            ("outreach", "mall") => 200,
            _ => 0,
        };
        if self.rng.chance(two_in_a_thousand) { 2 } else { 1 }
    }

    /// Up to `wished` teams that are free, the least busy first; a team seldom has two events on one day.
    fn free_teams(
        &mut self,
        days: &[SyntheticDay],
        wished: usize,
        wanted: Option<&'a SyntheticTeam>,
    ) -> Vec<&'a SyntheticTeam> {
        let mut teams = self.rng.shuffled(self.staff.teams.iter().collect::<Vec<_>>());
        teams.sort_by_key(|team| (wanted.is_some_and(|w| w.code != team.code), self.load.get(&team.code).copied()));
        let dates: Vec<NaiveDate> = days.iter().map(|day| day.date).collect();
        let also_busy_days = self.rng.chance(120);
        let staff = self.staff;
        let claims = &self.claims;
        let can = |team: &&SyntheticTeam| {
            let team_subject = subject("team", &team.code);
            claims.is_free(&team_subject, days)
                && (also_busy_days || claims.is_idle(&team_subject, days))
                && staff.present(team, &dates).next().is_some()
        };
        teams.into_iter().filter(can).take(wished).collect()
    }

    /// Adds the officers who are there and, for outreach, the teams' own units that are still free.
    fn equip(
        &self,
        kind: &'static str,
        place: &'a Place,
        teams: Vec<&'a SyntheticTeam>,
        days: Vec<SyntheticDay>,
    ) -> Booking<'a> {
        let dates: Vec<NaiveDate> = days.iter().map(|day| day.date).collect();
        let officers = teams.iter().flat_map(|team| self.staff.present(team, &dates)).cloned().collect();
        let wants_units = kind == "outreach" && !is_counter(place.traits.code);
        let own = teams.iter().flat_map(|team| &team.units).filter(|_| wants_units);
        let mut units: Vec<Code> =
            own.filter(|unit| self.claims.is_free(&subject("unit", unit), &days)).cloned().collect();
        units.sort();
        units.dedup();
        Booking { kind, place, teams, units, officers, days }
    }

    fn enter(&mut self, booking: Booking<'a>, venue: &Subject) {
        let teams = booking.teams.iter().map(|team| subject("team", &team.code));
        let units = booking.units.iter().map(|unit| subject("unit", unit));
        let officers = booking.officers.iter().map(|login| subject("officer", login));
        for held in teams.chain(units).chain(officers).chain([venue.clone()]) {
            self.claims.hold(&held, &booking.days);
        }
        for team in &booking.teams {
            *self.load.entry(&team.code).or_default() += 1;
        }
        let visits = self.visits.entry(&booking.place.venue.code).or_default();
        visits.extend(booking.teams.iter().flat_map(|_| booking.days.iter().map(|day| day.date)));
        self.bookings.push(booking);
    }
}

fn subject(kind: &'static str, name: &impl ToString) -> Subject {
    (kind, name.to_string())
}

/// Schools often get two days, a campus up to three, a big company two.
fn visit_length(kind: &str, place: &Place, rng: &mut Rng) -> usize {
    match (kind, place.traits.code) {
        ("outreach", "school") if rng.chance(300) => 2,
        ("outreach", "campus") => rng.weighted(&[(1, 4), (2, 3), (3, 2)]),
        ("outreach", "company") if place.venue.eligible > 500 && rng.chance(200) => 2,
        ("outreach", "pesantren") if rng.chance(120) => 2,
        _ => 1,
    }
}
