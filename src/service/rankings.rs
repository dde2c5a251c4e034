//! The ranking of an office's venues: which days count is the store's, the order is the domain's, the period and the
//! rights are settled here.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use super::estimates::{OfficeEstimates, look};
use crate::domain::dates::DateRange;
use crate::domain::id::VenueId;
use crate::domain::outcome::Outcome;
use crate::domain::permission::Read;
use crate::domain::ranking::{Exclusion, Per, RankBy, Standing, rank, rank_by_estimate, rank_intervals};
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::venue::VenueKind;
use crate::store::queries::regions;
use crate::store::reports::last_visits::list_last_visits;
use crate::store::reports::ranking::{RankingFilter, RankingRows, read_ranking};

pub use super::estimates::VenueEstimate;
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
    pub by: RankBy,
    /// Also tells when each venue was last visited: a page shows it, and it costs nearly as much as the ranking itself.
    pub with_last_visits: bool,
}

/// All venues of an office in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    pub office: RegionCode,
    pub service: Outcome,
    pub days: DateRange,
    pub per: Per,
    /// What it is ordered by: the mean also where an estimate was asked for and there is none.
    pub by: RankBy,
    pub venues: Vec<(RankedVenue, Standing<usize>)>,
    /// Of every venue of the list, with its place among these; nothing while no result speaks of a yield.
    pub estimates: BTreeMap<VenueId, VenueEstimate>,
    pub excluded: Vec<Exclusion>,
    /// When each venue was last visited, reported or not, in the period or before it; nothing unless it was asked for.
    pub last_visits: BTreeMap<VenueId, NaiveDate>,
}

impl Default for RankVenues {
    fn default() -> Self {
        Self {
            service: Outcome::Activated,
            from: None,
            to: None,
            kind: None,
            region: None,
            per: Per::Day,
            by: RankBy::Mean,
            with_last_visits: false,
        }
    }
}

impl Services {
    /// Ranks the venues in use, the highest yield or estimate first; venues without it close the list. Estimates that are
    /// not up to date are computed before the answer.
    pub async fn rank_venues(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: RankVenues,
    ) -> Result<Ranking, ServiceError> {
        let by = command.by;
        let (found, look) = self
            .read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
                let look = look(desk, command.service, command.to)?;
                Ok((find(desk, command)?, look))
            })
            .await?;
        let estimates = self.settle(office, look).await?;
        let put_in_order = move || found.in_order(by, estimates);
        tokio::task::spawn_blocking(put_in_order).await.map_err(ServiceError::internal)
    }

    /// Ranks by what was counted, without any estimate.
    pub async fn map_venues(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: RankVenues,
    ) -> Result<Ranking, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let estimates = OfficeEstimates::none(command.service, desk.today());
            Ok(find(desk, command)?.in_order(RankBy::Mean, estimates))
        })
        .await
    }
}

/// What was counted, before it is put in order.
struct Found {
    office: RegionCode,
    service: Outcome,
    days: DateRange,
    per: Per,
    /// Only a part of the venues was asked for.
    is_narrow: bool,
    rows: RankingRows,
    last_visits: BTreeMap<VenueId, NaiveDate>,
}

fn find(desk: &mut Desk<'_, Read>, command: RankVenues) -> Result<Found, ServiceError> {
    let RankVenues { service, from, to, kind, region, per, by: _, with_last_visits } = command;
    let days = period(from, to, desk.today())?;
    if let Some(region) = &region {
        check_region(desk, region)?;
    }
    let is_narrow = kind.is_some() || region.is_some();
    let filter = RankingFilter { service, days, kind, region };
    let rows = read_ranking(desk.connection, desk.scope(), &filter, desk.today())?;
    let last_visits =
        if with_last_visits { list_last_visits(desk.connection, desk.scope(), desk.today())? } else { BTreeMap::new() };
    Ok(Found { office: desk.office().code.clone(), service, days, per, is_narrow, rows, last_visits })
}

/// A ranking is narrowed to a known region of its own office; one that the office lies in leaves nothing out.
fn check_region(desk: &mut Desk<'_, Read>, region: &RegionCode) -> Result<(), ServiceError> {
    let office = &desk.office().code;
    if !office.contains(region) && !region.contains(office) {
        return Err(ServiceError::invalid("region", Rule::OutsideOffice));
    }
    let known = regions::find_region(desk.connection, region)?.is_some();
    if known { Ok(()) } else { Err(ServiceError::invalid("region", Rule::UnknownRegion)) }
}

impl Found {
    fn in_order(self, by: RankBy, all: OfficeEstimates) -> Ranking {
        let Self { office, service, days, per, is_narrow, rows, last_visits } = self;
        let RankingRows { venues, days: sums, excluded } = rows;
        let estimates = among(&venues, all, is_narrow);
        let by = if estimates.is_empty() { RankBy::Mean } else { by };
        let expected = |at: &usize| Some(estimates.get(&venues.get(*at)?.id)?.estimate.forecast.mean);
        let standings = match by {
            RankBy::Mean => rank(sums, per),
            RankBy::Estimate => rank_by_estimate(sums, expected),
        };
        let named = |standing: Standing<usize>| Some((venues.get(standing.key)?.clone(), standing));
        let in_order = standings.into_iter().filter_map(named).collect();
        Ranking { office, service, days, per, by, venues: in_order, estimates, excluded, last_visits }
    }
}

/// The estimates of these venues. Where a filter leaves venues out, places are those among the rest.
fn among(venues: &[RankedVenue], mut all: OfficeEstimates, is_narrow: bool) -> BTreeMap<VenueId, VenueEstimate> {
    let mut chosen: Vec<VenueEstimate> = venues.iter().filter_map(|venue| all.by_venue.remove(&venue.id)).collect();
    if is_narrow {
        let spreads: Vec<_> = chosen.iter().map(|row| row.estimate.spread).collect();
        for (row, places) in chosen.iter_mut().zip(rank_intervals(&spreads)) {
            row.places = places;
        }
    }
    chosen.into_iter().map(|row| (row.venue, row)).collect()
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
