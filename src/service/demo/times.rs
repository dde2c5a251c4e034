//! Local times of an office as moments.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

/// A local moment of an office. (No zone of the country skips or repeats an hour.)
pub fn moment(zone: Tz, date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let local = date.and_time(time);
    zone.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |moment| moment.with_timezone(&Utc))
}

/// Midnight, by which a local day begins.
pub fn start_of(zone: Tz, date: NaiveDate) -> DateTime<Utc> {
    moment(zone, date, NaiveTime::MIN)
}
