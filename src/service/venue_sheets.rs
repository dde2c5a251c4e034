//! Venues as their pages show them: the registry with what past visits brought, and one venue with its history, its
//! saturation and the days on which it can be visited next.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use super::venues::VenueFilter;
use crate::domain::calendar::HolidayCalendar;
use crate::domain::dates::DateRange;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Read};
use crate::domain::region::{Region, RegionCode, RegionLevel};
use crate::domain::text::Code;
use crate::domain::venue::Venue;
use crate::store::queries::holidays::{Validity, list_holidays};
use crate::store::queries::regions::{list_regions_by_code, list_regions_inside};
use crate::store::queries::venues as store;
use crate::store::reports::visits::{self, CountedDay};

pub use crate::store::reports::visits::Visit;

/// How far back a mean looks: the ranking's ordinary period.
const MEAN_DAYS: u64 = 364;

/// How far back the history of a venue goes.
const HISTORY_DAYS: u64 = 2 * 365;

/// The days ahead for which a venue's openings are shown: four weeks, from the Monday of this one.
const AHEAD_DAYS: u64 = 27;

/// What the visits of the past year brought.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Yield {
    pub days: u32,
    pub activations: i64,
    pub last: Option<NaiveDate>,
}

/// A venue in the registry.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedVenue {
    pub venue: Venue,
    /// Name of its kecamatan, and of its desa if it is known.
    pub district: String,
    pub village: Option<String>,
    pub past_year: Yield,
}

/// A venue with all that its page shows.
#[derive(Debug, Clone)]
pub struct VenueSheet {
    pub listed: ListedVenue,
    /// Two years back to four weeks ahead, oldest first.
    pub visits: Vec<Visit>,
    /// Everybody that was ever activated here.
    pub activated: i64,
    /// From the Monday of this week.
    pub ahead: DateRange,
    pub calendar: HolidayCalendar,
}

/// A kecamatan and its villages, both by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    pub region: Region,
    pub villages: Vec<Region>,
}

impl Yield {
    /// The plain mean per event-day.
    pub fn mean(&self) -> Option<f64> {
        let activations = i32::try_from(self.activations).ok()?;
        (self.days > 0).then(|| f64::from(activations) / f64::from(self.days))
    }
}

impl Services {
    /// One page of the registry, by code, with what the past year brought.
    pub async fn list_venue_sheets(
        &self,
        caller: &Caller,
        office: &RegionCode,
        filter: VenueFilter,
        cut: Cut<Code>,
    ) -> Result<Page<ListedVenue>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let page = store::list_venues(desk.connection, desk.scope(), &filter, &cut)?;
            Ok(Page { items: list(desk, page.items)?, more: page.more })
        })
        .await
    }

    /// One venue with its history.
    pub async fn find_venue_sheet(
        &self,
        caller: &Caller,
        office: &RegionCode,
        code: Code,
    ) -> Result<VenueSheet, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let venue = store::find_venue(desk.connection, desk.scope(), &code)?.ok_or(ServiceError::NotFound)?;
            let id = venue.id;
            let listed = list(desk, vec![venue])?.pop().ok_or(ServiceError::NotFound)?;
            let ahead = four_weeks(desk.today())?;
            let known = days_back(ahead.last(), HISTORY_DAYS + AHEAD_DAYS)?;
            let visits = visits::list_visits(desk.connection, desk.scope(), id, known)?;
            let activated = visits::sum_activated(desk.connection, desk.scope(), id)?;
            let holidays = list_holidays(desk.connection, ahead.first(), ahead.last(), Validity::Now)?;
            let calendar = HolidayCalendar::new(holidays, &desk.office().code);
            Ok(VenueSheet { listed, visits, activated, ahead, calendar })
        })
        .await
    }

    /// What lies inside an office's area: each kecamatan by name, with its villages as far as they are known.
    pub async fn list_districts(&self, caller: &Caller, office: &RegionCode) -> Result<Vec<District>, ServiceError> {
        self.read_office(caller, office, |desk: &mut Desk<'_, Read>| {
            let code = desk.office().code.clone();
            Ok(group(list_regions_inside(desk.connection, &code)?))
        })
        .await
    }
}

fn list<A: Action>(desk: &mut Desk<'_, A>, venues: Vec<Venue>) -> Result<Vec<ListedVenue>, ServiceError> {
    let ids: Vec<_> = venues.iter().map(|venue| venue.id).collect();
    let year = days_back(desk.today(), MEAN_DAYS)?;
    let mut yields: BTreeMap<_, Yield> = BTreeMap::new();
    for CountedDay { venue, date, activated } in
        visits::list_counted_days(desk.connection, desk.scope(), &ids, year.first())?
    {
        let sum = yields.entry(venue).or_default();
        sum.days += 1;
        sum.activations += activated;
        sum.last = sum.last.max(Some(date));
    }
    let names = region_names(desk, &venues)?;
    let listed = |venue: Venue| {
        let region = &venue.details.region;
        let name = |code: &RegionCode| names.get(code).cloned();
        let village = (region.level() == RegionLevel::Village).then(|| name(region)).flatten();
        let district = district_of(region).as_ref().and_then(name).unwrap_or_default();
        let past_year = yields.get(&venue.id).copied().unwrap_or_default();
        ListedVenue { venue, district, village, past_year }
    };
    Ok(venues.into_iter().map(listed).collect())
}

fn group(mut regions: Vec<Region>) -> Vec<District> {
    regions.sort_by(|a, b| a.name.cmp(&b.name));
    let (districts, rest): (Vec<_>, Vec<_>) =
        regions.into_iter().partition(|region| region.level == RegionLevel::District);
    let district = |region: Region| {
        let villages = rest.iter().filter(|village| village.code.parent().as_ref() == Some(&region.code));
        District { villages: villages.cloned().collect(), region }
    };
    districts.into_iter().map(district).collect()
}

/// The kecamatan that a venue's region is, or lies in.
fn district_of(region: &RegionCode) -> Option<RegionCode> {
    if region.level() == RegionLevel::Village { region.parent() } else { Some(region.clone()) }
}

fn region_names<A: Action>(
    desk: &mut Desk<'_, A>,
    venues: &[Venue],
) -> Result<BTreeMap<RegionCode, String>, ServiceError> {
    let own = venues.iter().map(|venue| venue.details.region.clone());
    let districts = venues.iter().filter_map(|venue| district_of(&venue.details.region));
    let codes: BTreeSet<RegionCode> = own.chain(districts).collect();
    let regions = list_regions_by_code(desk.connection, &Vec::from_iter(codes))?;
    Ok(regions.into_iter().map(|region| (region.code, region.name)).collect())
}

/// Four weeks from the Monday of the week of `today`.
fn four_weeks(today: NaiveDate) -> Result<DateRange, ServiceError> {
    let monday = today.week(chrono::Weekday::Mon).first_day();
    let last = monday.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(monday);
    DateRange::new(monday, last).map_err(ServiceError::internal)
}

fn days_back(last: NaiveDate, days: u64) -> Result<DateRange, ServiceError> {
    let first = last.checked_sub_days(Days::new(days)).unwrap_or(last);
    DateRange::new(first, last).map_err(ServiceError::internal)
}
