//! Who receives the letters of a demo: the heads, each Monday at seven, from the day after the demo's own. The letter of
//! that day itself is asked for by whoever loads the demo.

use chrono::{DateTime, TimeDelta, Utc};

use super::registry::broken;
use crate::domain::calendar::{Holiday, HolidayCalendar, Weekday};
use crate::domain::dates::parse_time;
use crate::domain::digest::{DigestSchedule, DigestSubscription, Rhythm};
use crate::domain::id::SubscriptionId;
use crate::domain::office::Office;
use crate::domain::scenario::ScenarioIds;
use crate::domain::staff::{Role, User};
use crate::service::error::ServiceError;

/// Subscribes the heads of an office, as if they had asked for it at `at`.
pub fn subscriptions(
    office: &Office,
    users: &[User],
    holidays: &[Holiday],
    at: DateTime<Utc>,
    ids: &mut ScenarioIds,
) -> Result<Vec<DigestSubscription>, ServiceError> {
    let calendar = HolidayCalendar::new(holidays.iter().cloned(), &office.code);
    let time = parse_time("07:00").map_err(broken)?;
    let schedule = DigestSchedule { rhythm: Rhythm::Weekly(Weekday::Monday), time, quiet: true };
    let next_at = schedule.next_after(at + TimeDelta::days(1), office.time_zone, &calendar);
    let heads = users.iter().filter(|user| user.details.role == Role::Head);
    let subscribed = heads.map(|head| DigestSubscription {
        id: SubscriptionId(ids.next_at(at)),
        recipient: head.id,
        schedule,
        next_at,
    });
    Ok(subscribed.collect())
}
