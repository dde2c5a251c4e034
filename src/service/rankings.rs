//! The ranking of an office's venues: which days count is the store's, the order is the domain's, the period and the
//! rights are settled here.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use crate::domain::dates::DateRange;
use crate::domain::id::VenueId;
use crate::domain::outcome::Outcome;
use crate::domain::permission::Read;
use crate::domain::ranking::{Exclusion, Per, Standing, rank};
use crate::domain::region::RegionCode;
use crate::domain::venue::VenueKind;
use crate::store::reports::last_visits::list_last_visits;
use crate::store::reports::ranking::{RankingFilter, RankingRows, read_ranking};

pub use crate::store::reports::ranking::RankedVenue;

/// How long a ranking looks back unless told otherwise, both ends counted.
const PERIOD_DAYS: u64 = 365;

/// What is to be ranked. Without `to` the period ends today, without `from` it is a year long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankVenues {
    pub service: Outcome,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub kind: Option<VenueKind>,
    pub region: Option<RegionCode>,
    pub per: Per,
}

/// All venues of an office in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    pub office: RegionCode,
    pub service: Outcome,
    pub days: DateRange,
    pub per: Per,
    pub venues: Vec<(RankedVenue, Standing<usize>)>,
    pub excluded: Vec<Exclusion>,
}

/// The venues with what they yield, and when each was last visited, in the period or before it.
#[derive(Debug, Clone, PartialEq)]
pub struct VenueMap {
    pub ranking: Ranking,
    pub last_visits: BTreeMap<VenueId, NaiveDate>,
}

impl Default for RankVenues {
    fn default() -> Self {
        Self { service: Outcome::Activated, from: None, to: None, kind: None, region: None, per: Per::Day }
    }
}

impl Services {
    /// Ranks the venues in use, the highest yield first; venues never visited in the period close the list.
    pub async fn rank_venues(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: RankVenues,
    ) -> Result<Ranking, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| rank_at(desk, command)).await
    }

    /// Ranks as [`Services::rank_venues`] and tells when each venue was last visited.
    pub async fn map_venues(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: RankVenues,
    ) -> Result<VenueMap, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let last_visits = list_last_visits(desk.connection, desk.scope(), desk.today())?;
            Ok(VenueMap { ranking: rank_at(desk, command)?, last_visits })
        })
        .await
    }
}

fn rank_at(desk: &mut Desk<'_, Read>, command: RankVenues) -> Result<Ranking, ServiceError> {
    let RankVenues { service, from, to, kind, region, per } = command;
    let days = period(from, to, desk.today())?;
    let filter = RankingFilter { service, days, kind, region };
    let rows = read_ranking(desk.connection, desk.scope(), &filter, desk.today())?;
    let office = desk.office().code.clone();
    let RankingRows { venues, days: sums, excluded } = rows;
    let standings = rank(sums, per).into_iter();
    let named = |standing: Standing<usize>| Some((venues.get(standing.key)?.clone(), standing));
    Ok(Ranking { office, service, days, per, venues: standings.filter_map(named).collect(), excluded })
}

fn period(from: Option<NaiveDate>, to: Option<NaiveDate>, today: NaiveDate) -> Result<DateRange, ServiceError> {
    let to = to.unwrap_or(today);
    let year_before = to.checked_sub_days(Days::new(PERIOD_DAYS - 1)).unwrap_or(to);
    DateRange::new(from.unwrap_or(year_before), to).map_err(|rule| ServiceError::invalid("to", rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_year_to_today_unless_told_otherwise() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let shown = |from, to| period(from, to, day("2026-11-21")).unwrap();
        assert_eq!(
            (shown(None, None).to_string(), shown(None, None).days()),
            ("2025-11-22..2026-11-21".to_owned(), 365)
        );
        assert_eq!(shown(None, Some(day("2024-06-07"))).first(), day("2023-06-09"));
        assert_eq!(shown(Some(day("2026-01-01")), None).last(), day("2026-11-21"));
        assert!(period(Some(day("2026-11-22")), None, day("2026-11-21")).is_err());
    }
}
