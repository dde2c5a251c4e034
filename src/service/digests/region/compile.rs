//! From the rows of many offices to what the digest of a region tells: the same number of statements however many they are.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::domain::calendar::{Holiday, HolidayCalendar};
use crate::domain::dates::DateRange;
use crate::domain::digest::{DigestPeriod, DigestSchedule, OfficeLine, RegionReport, TargetLine};
use crate::domain::id::OfficeId;
use crate::domain::permission::{Export, WidePermit};
use crate::domain::region::RegionCode;
use crate::domain::staff::{Scope, User};
use crate::service::digests::compile::compiled_on;
use crate::service::digests::standing::named_on;
use crate::service::error::ServiceError;
use crate::service::targets::{PaceReport, read_paces};
use crate::store::AnyConnection;
use crate::store::queries::holidays::{Validity, list_holidays};
use crate::store::queries::{offices, regions};
use crate::store::reports::offices::list_standings;

/// Hours of letters of several offices: those of Jakarta, as in the list of offices.
pub const ZONE: Tz = Tz::Asia__Jakarta;

/// Compiles the digest of everything that `permit` reaches.
pub fn compile_region(
    connection: &mut AnyConnection,
    permit: &WidePermit<Export>,
    period: DigestPeriod,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<RegionReport, ServiceError> {
    let reach = permit.reach();
    let all = offices::list_offices(connection, &reach)?;
    let days_off = national_holidays(connection, on, on)?;
    let days = period.days(on, &HolidayCalendar::new(days_off, &anywhere(&reach)?));
    let days: DateRange = days.map_err(|rule| ServiceError::invalid("on", rule))?;
    let ids: Vec<OfficeId> = all.iter().map(|office| office.id).collect();
    let standings = list_standings(connection, &ids, on, days)?;
    let paces = read_paces(connection, &all, on).map_err(named_on)?;
    let region = match reach.as_region() {
        Some(code) => regions::find_region(connection, code)?.map(|region| region.name),
        None => None,
    };
    let line = |office: crate::domain::office::Office| {
        let standing = standings.get(&office.id).copied().unwrap_or_default();
        OfficeLine {
            code: office.code.to_string(),
            name: office.name.to_string(),
            target: paces.get(&office.id).and_then(PaceReport::main).map(TargetLine::of),
            activated: standing.activated,
            unreported: standing.unreported,
            last_counted: standing.last_activity,
        }
    };
    let report = RegionReport {
        region,
        zone: ZONE.name().to_owned(),
        period,
        on,
        days,
        compiled_on: compiled_on(today(now), on),
        offices: all.into_iter().map(line).collect(),
    };
    Ok(report.in_order())
}

/// The date on the clocks of [`ZONE`].
pub fn today(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&ZONE).date_naive()
}

/// The holidays that may move a letter.
pub fn calendar(
    connection: &mut AnyConnection,
    user: &User,
    now: DateTime<Utc>,
) -> Result<HolidayCalendar, ServiceError> {
    let today = today(now);
    let first = today.checked_sub_days(DigestSchedule::LOOKS_BACK).unwrap_or(today);
    let last = today.checked_add_days(DigestSchedule::LOOKS_AHEAD).unwrap_or(today);
    let holidays = national_holidays(connection, first, last)?;
    Ok(HolidayCalendar::new(holidays, &anywhere(&user.details.scope)?))
}

/// Holidays of the whole nation from a month before `first` on. One office's own day off stops no letter of a region.
fn national_holidays(
    connection: &mut AnyConnection,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Holiday>, ServiceError> {
    let first = first.checked_sub_signed(TimeDelta::days(31)).unwrap_or(first);
    let mut holidays = list_holidays(connection, first, last, Validity::Now)?;
    holidays.retain(|holiday| holiday.region.is_none());
    Ok(holidays)
}

/// Some region of a scope, to ask for its holidays.
fn anywhere(scope: &Scope) -> Result<RegionCode, ServiceError> {
    scope.as_region().cloned().map_or_else(|| "31".parse().map_err(ServiceError::internal), Ok)
}
