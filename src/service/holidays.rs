//! Holidays and joint leave, versioned: a correction withdraws a holiday and adds another, so that what was known when
//! stays known. Read by everybody; written by an admin, within his own scope.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::desk::{Caller, Services, WideDesk};
use super::error::{Conflict, ServiceError};
use crate::domain::audit::Change;
use crate::domain::calendar::Holiday;
use crate::domain::dates::{DateRange, parse_date};
use crate::domain::id::HolidayId;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Administer, Read};
use crate::domain::region::{RegionCode, RegionLevel};
use crate::domain::rule::Rule;
use crate::domain::staff::Scope;
use crate::store::queries::holidays::{self as store, Validity};
use crate::store::queries::regions;

pub use crate::store::queries::holidays::HolidayVersion;

/// Place of a holiday in the list: by date, then in the order they were entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HolidayKey {
    date: NaiveDate,
    id: HolidayId,
}

impl HolidayKey {
    pub fn of(holiday: &Holiday) -> Self {
        Self { date: holiday.date, id: holiday.id }
    }
}

impl fmt::Display for HolidayKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.date, self.id)
    }
}

impl FromStr for HolidayKey {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        let (date, id) = text.split_once('_').ok_or(Rule::ForeignCursor)?;
        Ok(Self { date: parse_date(date)?, id: id.parse()? })
    }
}

impl Services {
    /// One page of the holidays in force on `days`, by date; with an office those that it observes.
    pub async fn list_holidays(
        &self,
        caller: &Caller,
        days: DateRange,
        office: Option<RegionCode>,
        cut: Cut<HolidayKey>,
    ) -> Result<Page<Holiday>, ServiceError> {
        self.read_wide(caller, move |desk: &mut WideDesk<'_, Read>| {
            let mut found = store::list_holidays(desk.connection, days.first(), days.last(), Validity::Now)?;
            found.retain(|holiday| office.as_ref().is_none_or(|office| holiday.applies_to(office)));
            found.sort_by_key(HolidayKey::of);
            found.retain(|holiday| cut.after.is_none_or(|after| HolidayKey::of(holiday) > after));
            found.truncate(cut.limit() + 1);
            Ok(cut.page(found))
        })
        .await
    }

    /// The holidays that an office observes on `days`, with when they were entered; `withdrawn` ones too if that is asked.
    pub async fn list_holiday_versions(
        &self,
        caller: &Caller,
        days: DateRange,
        office: RegionCode,
        withdrawn: bool,
    ) -> Result<Vec<HolidayVersion>, ServiceError> {
        self.read_wide(caller, move |desk: &mut WideDesk<'_, Read>| {
            let validity = if withdrawn { Validity::Ever } else { Validity::Now };
            let mut found = store::list_versions(desk.connection, days.first(), days.last(), validity)?;
            found.retain(|version| version.holiday.applies_to(&office));
            Ok(found)
        })
        .await
    }

    pub async fn find_holiday(&self, caller: &Caller, id: HolidayId) -> Result<Holiday, ServiceError> {
        self.read_wide(caller, move |desk: &mut WideDesk<'_, Read>| load(desk, id)).await
    }

    /// Adds a holiday of the nation, a province or an office. Its id says nothing: a new one is given.
    pub async fn add_holiday(&self, caller: &Caller, holiday: Holiday) -> Result<Holiday, ServiceError> {
        let holiday = Holiday { id: HolidayId::new(self.clock.now()), ..holiday };
        self.write_wide(caller, move |desk: &mut WideDesk<'_, Administer>| {
            insert(desk, &holiday)?;
            desk.record(&scope_of(&holiday), describe("holiday.added", &holiday))?;
            Ok(holiday.clone())
        })
        .await
    }

    /// Withdraws a holiday and adds `corrected` in its place, under a new id.
    pub async fn correct_holiday(
        &self,
        caller: &Caller,
        id: HolidayId,
        corrected: Holiday,
    ) -> Result<Holiday, ServiceError> {
        let holiday = Holiday { id: HolidayId::new(self.clock.now()), ..corrected };
        self.write_wide(caller, move |desk: &mut WideDesk<'_, Administer>| {
            withdraw(desk, id)?;
            insert(desk, &holiday)?;
            desk.record(&scope_of(&holiday), describe("holiday.corrected", &holiday).with("replaces", id))?;
            Ok(holiday.clone())
        })
        .await
    }

    /// Takes a holiday out of force.
    pub async fn withdraw_holiday(&self, caller: &Caller, id: HolidayId) -> Result<(), ServiceError> {
        self.write_wide(caller, move |desk: &mut WideDesk<'_, Administer>| {
            let holiday = withdraw(desk, id)?;
            desk.record(&scope_of(&holiday), describe("holiday.withdrawn", &holiday))
        })
        .await
    }
}

fn load<A: Action>(desk: &mut WideDesk<'_, A>, id: HolidayId) -> Result<Holiday, ServiceError> {
    store::find_holiday(desk.connection, id)?.ok_or(ServiceError::NotFound)
}

fn insert(desk: &mut WideDesk<'_, Administer>, holiday: &Holiday) -> Result<(), ServiceError> {
    if !covers(desk, holiday) {
        return Err(ServiceError::invalid("region", Rule::BeyondOwnRights));
    }
    if let Some(region) = &holiday.region {
        check_region(desk, region)?;
    }
    let same_day = store::list_holidays(desk.connection, holiday.date, holiday.date, Validity::Now)?;
    let is_same = |other: &Holiday| other.kind == holiday.kind && other.region == holiday.region;
    if same_day.iter().any(|other| is_same(other) && other.name == holiday.name) {
        return Err(ServiceError::Conflict(Conflict::Taken("date")));
    }
    Ok(store::insert_holidays(desk.connection, std::slice::from_ref(holiday), desk.now)?)
}

fn withdraw(desk: &mut WideDesk<'_, Administer>, id: HolidayId) -> Result<Holiday, ServiceError> {
    let stored = load(desk, id)?;
    if !covers(desk, &stored) {
        return Err(ServiceError::Forbidden);
    }
    // Somebody else may have been first.
    if store::withdraw_holiday(desk.connection, id, desk.now)? { Ok(stored) } else { Err(ServiceError::NotFound) }
}

/// An admin of one office does not decide the days off of others.
fn covers(desk: &WideDesk<'_, Administer>, holiday: &Holiday) -> bool {
    desk.permit.covers(&scope_of(holiday))
}

/// Where it holds.
pub(super) fn scope_of(holiday: &Holiday) -> Scope {
    holiday.region.clone().map_or(Scope::NATION, Scope::region)
}

/// Only a province, kabupaten or kota has offices that could observe it.
fn check_region(desk: &mut WideDesk<'_, Administer>, region: &RegionCode) -> Result<(), ServiceError> {
    if !matches!(region.level(), RegionLevel::Province | RegionLevel::Regency) {
        return Err(ServiceError::invalid("region", Rule::Format { example: "33.03" }));
    }
    match regions::find_region(desk.connection, region)? {
        Some(_) => Ok(()),
        None => Err(ServiceError::invalid("region", Rule::NotFound)),
    }
}

fn describe(action: &'static str, holiday: &Holiday) -> Change {
    Change::new(action, "holiday", holiday.id).with("date", holiday.date).with("name", &holiday.name)
}
