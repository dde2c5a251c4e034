//! What was to be expected of one day at one venue before it came, for the pages of venues and events. Only venues of its
//! kind are asked, so that a page need not wait for the whole office.

use chrono::{Days, NaiveDate};

use super::histories::{Histories, kind_number};
use crate::domain::id::VenueId;
use crate::domain::outcome::Outcome;
use crate::domain::permission::Read;
use crate::domain::ranking::{Estimate, estimate};
use crate::domain::region::RegionCode;
use crate::domain::text::Code;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::venues::find_venue;
use crate::store::reports::histories::HistoryFilter;

/// The part of the days whose count lies between the bounds.
const LEVEL: f64 = 0.9;

/// What one day was expected to bring.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projection {
    /// The last day whose results were known.
    pub as_of: NaiveDate,
    pub expected: f64,
    /// Nine such days in ten bring a count between these.
    pub low: u32,
    pub high: u32,
    /// Visits to the venue that told something.
    pub visits: u32,
    /// No visit did: it is what venues of its kind bring.
    pub cold_start: bool,
    /// How many times a usual day the day of the week and of the market week makes it; 1 if they make no difference.
    pub day_factor: f64,
}

impl Services {
    /// What a visit on `day` was expected to bring by what was known the day before; none while nothing is known of venues
    /// of its kind.
    pub async fn project_visit(
        &self,
        caller: &Caller,
        office: &RegionCode,
        venue: Code,
        day: NaiveDate,
    ) -> Result<Option<Projection>, ServiceError> {
        let found = self
            .read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
                let venue = find_venue(desk.connection, desk.scope(), &venue)?.ok_or(ServiceError::NotFound)?;
                let as_of = day.checked_sub_days(Days::new(1)).unwrap_or(day).min(desk.today());
                let kind = venue.details.kind;
                let filter = HistoryFilter { service: Outcome::Activated, to: as_of, kind: Some(kind) };
                let histories = Histories::read(desk, filter)?;
                Ok((histories, venue.id, kind_number(kind), as_of))
            })
            .await?;
        let work = move || {
            let (histories, venue, kind, as_of) = found;
            project(&histories, venue, kind, as_of, day)
        };
        tokio::task::spawn_blocking(work).await.map_err(ServiceError::internal)
    }
}

fn project(histories: &Histories, venue: VenueId, kind: u16, as_of: NaiveDate, day: NaiveDate) -> Option<Projection> {
    let estimates = estimate(&histories.of_venues)?;
    let Estimate { forecast, visits, cold_start, .. } = *estimates.venues.get(histories.place_of(venue)?)?;
    let day_factor = estimates.days.factor(kind, day);
    let on_the_day = forecast.times(day_factor);
    let (low, high) = on_the_day.count_interval(LEVEL);
    Some(Projection { as_of, expected: on_the_day.mean, low, high, visits, cold_start, day_factor })
}
