//! The pace of an office on one day: for the page and the API of one office, and for many offices at once in a constant
//! number of queries. Letters call [`report_pace`] inside their own transaction.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::choose::targets_of_day;
use super::facts::OfficeFacts;
use crate::domain::calendar::{Holiday, HolidayCalendar};
use crate::domain::dates::DateRange;
use crate::domain::denominator::Denominator;
use crate::domain::id::OfficeId;
use crate::domain::observation::{Observation, ObservationKind};
use crate::domain::office::Office;
use crate::domain::pace::{
    CountedDay, DaySeries, Pace, PaceFacts, ShareChange, ToldDay, add_parts, pace, share_change,
};
use crate::domain::permission::{Action, Read};
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::target::Target;
use crate::domain::total::Channel;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::AnyConnection;
use crate::store::queries::holidays::{Validity, list_holidays};
use crate::store::reports::pace::{list_counted_days, list_first_counted, list_told_days};

/// How far back a pace looks beyond the days of its target.
const LOOK_BACK: u64 = 28;

/// Where an office stands on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct PaceReport {
    pub office: Office,
    pub as_of: NaiveDate,
    /// The targets of that day; of a day without any those that ended last, else those that begin next.
    pub targets: Vec<Pace>,
    /// How the last two published shares of one thing differ; it needs no target.
    pub share_change: Option<ShareChange>,
    /// What was known that day, the oldest first.
    pub observations: Vec<Observation>,
    pub denominators: Vec<Denominator>,
    pub series: DaySeries,
}

impl PaceReport {
    /// The target that a sentence is about: of the whole office and all channels, of the year before a campaign.
    pub fn main(&self) -> Option<&Pace> {
        let rank = |pace: &&Pace| {
            let details = &pace.target.details;
            (
                details.scope != self.office.code,
                details.channel != Channel::All,
                details.purpose,
                details.window.first(),
            )
        };
        self.targets.iter().min_by_key(rank)
    }
}

impl Services {
    /// Where an office stands on `as_of`, by default today.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] for a day that has not come.
    pub async fn pace(
        &self,
        caller: &Caller,
        office: &RegionCode,
        as_of: Option<NaiveDate>,
    ) -> Result<PaceReport, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let as_of = as_of.unwrap_or_else(|| desk.today());
            if as_of > desk.today() {
                return Err(ServiceError::invalid("as_of", Rule::Future));
            }
            report_pace(desk, as_of)
        })
        .await
    }
}

/// Where the office of a desk stands on a day.
pub fn report_pace<A: Action>(desk: &mut Desk<'_, A>, as_of: NaiveDate) -> Result<PaceReport, ServiceError> {
    let office = desk.office().clone();
    let mut reports = read_paces(desk.connection, std::slice::from_ref(&office), as_of)?;
    reports.remove(&office.id).ok_or(ServiceError::NotFound)
}

/// Where each of these offices stands on a day: seven queries, however many they are.
pub fn read_paces(
    connection: &mut AnyConnection,
    offices: &[Office],
    as_of: NaiveDate,
) -> Result<BTreeMap<OfficeId, PaceReport>, ServiceError> {
    let ids: Vec<OfficeId> = offices.iter().map(|office| office.id).collect();
    let facts = OfficeFacts::read(connection, offices)?;
    let chosen: BTreeMap<OfficeId, Vec<Target>> =
        facts.iter().map(|(office, facts)| (*office, targets_of_day(facts.targets(as_of), as_of))).collect();
    let days = days_of(chosen.values().flatten(), as_of)?;
    let last = chosen.values().flatten().map(|target| target.details.window.last()).max().unwrap_or(as_of).max(as_of);
    let holidays = list_holidays(connection, days.first(), last, Validity::Now)?;
    let ground = Ground::read(connection, &ids, days)?;
    let report = |office: &Office| {
        let (facts, targets) = (facts.get(&office.id)?, chosen.get(&office.id)?);
        Some((office.id, report(office, facts, targets, &holidays, &ground.of(office.id), as_of)))
    };
    Ok(offices.iter().filter_map(report).collect())
}

fn days_of<'a>(targets: impl Iterator<Item = &'a Target>, as_of: NaiveDate) -> Result<DateRange, ServiceError> {
    let back = as_of.checked_sub_days(Days::new(LOOK_BACK)).unwrap_or(as_of);
    let first = targets.map(|target| target.details.window.first()).chain([back]).min().unwrap_or(back);
    DateRange::new(first, as_of).map_err(|rule| ServiceError::invalid("as_of", rule))
}

/// What was counted and told, by office.
#[derive(Debug, Default)]
struct Ground {
    counted: BTreeMap<OfficeId, Vec<(Option<RegionCode>, CountedDay)>>,
    told: BTreeMap<OfficeId, Vec<ToldDay>>,
    first: BTreeMap<OfficeId, NaiveDate>,
}

/// The same of one office.
#[derive(Debug, Clone, Copy)]
struct OwnGround<'a> {
    counted: &'a [(Option<RegionCode>, CountedDay)],
    told: &'a [ToldDay],
    first: Option<NaiveDate>,
}

impl Ground {
    fn read(connection: &mut AnyConnection, offices: &[OfficeId], days: DateRange) -> Result<Self, ServiceError> {
        let mut ground = Self { first: list_first_counted(connection, offices)?, ..Self::default() };
        for (office, region, day) in list_counted_days(connection, offices, days)? {
            ground.counted.entry(office).or_default().push((region, day));
        }
        for (office, day) in list_told_days(connection, offices, days)? {
            ground.told.entry(office).or_default().push(day);
        }
        Ok(ground)
    }

    fn of(&self, office: OfficeId) -> OwnGround<'_> {
        OwnGround {
            counted: self.counted.get(&office).map(Vec::as_slice).unwrap_or_default(),
            told: self.told.get(&office).map(Vec::as_slice).unwrap_or_default(),
            first: self.first.get(&office).copied(),
        }
    }
}

fn report(
    office: &Office,
    facts: &OfficeFacts,
    targets: &[Target],
    holidays: &[Holiday],
    ground: &OwnGround<'_>,
    as_of: NaiveDate,
) -> PaceReport {
    let (denominators, observations) = (facts.denominators(as_of), facts.observations(as_of));
    let holidays = HolidayCalendar::new(holidays.iter().cloned(), &office.code);
    let mut paces: Vec<Pace> = Vec::with_capacity(targets.len());
    for target in targets {
        let series = ground.series(&office.code, &target.details.scope, target.details.channel, &observations);
        let facts = PaceFacts {
            as_of,
            denominators: &denominators,
            observations: &observations,
            series: &series,
            holidays: &holidays,
        };
        paces.push(pace(target, &facts));
    }
    add_parts(&mut paces);
    let share_change = share_change(&observations, &denominators, as_of);
    let series = ground.series(&office.code, &office.code, Channel::All, &observations);
    PaceReport { office: office.clone(), as_of, targets: paces, share_change, observations, denominators, series }
}

impl OwnGround<'_> {
    /// The days of one place and channel. Totals are of the whole office; an official figure of a day stands before one.
    fn series(
        &self,
        office: &RegionCode,
        scope: &RegionCode,
        channel: Channel,
        observations: &[Observation],
    ) -> DaySeries {
        let is_office = scope == office;
        let inside = |region: &Option<RegionCode>| is_office || region.as_ref().is_some_and(|own| scope.contains(own));
        let counted: Vec<CountedDay> =
            self.counted.iter().filter(|(region, _)| inside(region)).map(|(_, day)| *day).collect();
        let of_day = |o: &&Observation| o.details.kind == ObservationKind::Day && o.details.scope == *scope;
        let official: BTreeMap<NaiveDate, ToldDay> =
            observations.iter().filter(of_day).map(|o| (o.details.as_of, told(o))).collect();
        let is_open = |day: &&ToldDay| is_office && !(day.channel == Channel::All && official.contains_key(&day.date));
        let all = self.told.iter().filter(is_open).chain(official.values()).copied();
        DaySeries::new(&counted, &all.collect::<Vec<_>>(), channel, self.first)
    }
}

fn told(observation: &Observation) -> ToldDay {
    let details = &observation.details;
    ToldDay { date: details.as_of, channel: Channel::All, kind: None, figure: details.figure, is_split: false }
}
