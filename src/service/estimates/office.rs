//! The stored estimates of an office: computed anew when the day has changed or anything that speaks of a yield, read
//! otherwise.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::histories::Histories;
use crate::domain::id::VenueId;
use crate::domain::outcome::Outcome;
use crate::domain::permission::{Action, Read};
use crate::domain::ranking::{RankInterval, Spread, estimate, rank_intervals};
use crate::domain::region::RegionCode;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::estimates::{self as store, EstimateRun, VenueEstimate};
use crate::store::reports::histories::{HistoryFilter, is_counted_after, read_mark};

/// The estimates of an office for one service.
#[derive(Debug, Clone, PartialEq)]
pub struct OfficeEstimates {
    pub service: Outcome,
    /// The last day whose results are in them.
    pub as_of: NaiveDate,
    /// One for each venue in use; nothing while no result speaks of a yield.
    pub by_venue: BTreeMap<VenueId, VenueEstimate>,
}

impl OfficeEstimates {
    /// Nothing is expected of any venue.
    pub fn none(service: Outcome, as_of: NaiveDate) -> Self {
        Self { service, as_of, by_venue: BTreeMap::new() }
    }
}

/// What a look at the store found: estimates that stand, or what is missing for them.
#[derive(Debug)]
pub enum Look {
    Standing(OfficeEstimates),
    /// The histories are those of the stored estimates; only that has to be noted.
    Unchanged(OfficeEstimates, EstimateRun),
    /// To be computed; of a day in the past nothing is kept.
    ToCompute {
        service: Outcome,
        as_of: NaiveDate,
        histories: Histories,
        keep: Option<EstimateRun>,
    },
}

/// Nobody asked for it: estimates follow from the ledger.
pub(super) fn caller() -> Caller {
    Caller::system("estimates")
}

impl Services {
    /// The estimates as of today, or as of an earlier day; each venue in use has one as soon as any result speaks of a
    /// yield. Computes and stores them first if they are not up to date.
    pub async fn find_estimates(
        &self,
        caller: &Caller,
        office: &RegionCode,
        service: Outcome,
        to: Option<NaiveDate>,
    ) -> Result<OfficeEstimates, ServiceError> {
        let look = self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| look(desk, service, to)).await?;
        self.settle(office, look).await
    }

    /// Turns a look into estimates. Computes outside of any transaction and of the async threads; what was computed is the
    /// answer also if it cannot be stored.
    pub(in crate::service) async fn settle(
        &self,
        office: &RegionCode,
        look: Look,
    ) -> Result<OfficeEstimates, ServiceError> {
        let (estimates, keep, is_new) = match look {
            Look::Standing(estimates) => return Ok(estimates),
            Look::Unchanged(estimates, run) => (estimates, Some(run), false),
            Look::ToCompute { service, as_of, histories, keep } => {
                let work = move || compute(service, as_of, &histories);
                let computed = tokio::task::spawn_blocking(work).await.map_err(ServiceError::internal)?;
                (computed, keep, true)
            }
        };
        if let Some(run) = keep
            && let Err(error) = self.keep(office, &estimates, run, is_new).await
        {
            tracing::warn!(error = ?error, office = %office, "the estimates were not stored and are computed again");
        }
        Ok(estimates)
    }

    async fn keep(
        &self,
        office: &RegionCode,
        estimates: &OfficeEstimates,
        run: EstimateRun,
        is_new: bool,
    ) -> Result<(), ServiceError> {
        let service = estimates.service;
        let all: Vec<VenueEstimate> = if is_new { estimates.by_venue.values().copied().collect() } else { Vec::new() };
        self.write_office(&caller(), office, move |desk: &mut Desk<'_, Read>| {
            let (scope, now) = (desk.scope(), desk.now);
            if is_new {
                store::replace_estimates(desk.connection, scope, service, &run, &all, now)?;
            } else {
                store::store_run(desk.connection, scope, service, &run, now)?;
            }
            Ok(())
        })
        .await
    }
}

/// Looks whether the stored estimates stand; if not, reads what they are to be computed from.
pub fn look<A: Action>(desk: &mut Desk<'_, A>, service: Outcome, to: Option<NaiveDate>) -> Result<Look, ServiceError> {
    let (scope, today) = (desk.scope(), desk.today());
    let as_of = to.unwrap_or(today);
    if as_of < today || (as_of > today && is_counted_after(desk.connection, scope, today)?) {
        let histories = Histories::read(desk, HistoryFilter { service, to: as_of, kind: None })?;
        return Ok(Look::ToCompute { service, as_of, histories, keep: None });
    }
    let as_of = today;
    // The mark is read first: what comes between the two is in the histories, and only looked at once more.
    let mark = read_mark(desk.connection, scope)?;
    let before = store::find_run(desk.connection, scope, service)?;
    if before.as_ref().is_some_and(|run| run.as_of == as_of && run.mark == mark) {
        return Ok(Look::Standing(stored(desk, service, as_of)?));
    }
    let histories = Histories::read(desk, HistoryFilter { service, to: as_of, kind: None })?;
    let run = EstimateRun { as_of, mark, histories: histories.digest() };
    if before.is_some_and(|before| before.histories == run.histories) {
        return Ok(Look::Unchanged(stored(desk, service, as_of)?, run));
    }
    Ok(Look::ToCompute { service, as_of, histories, keep: Some(run) })
}

fn stored<A: Action>(
    desk: &mut Desk<'_, A>,
    service: Outcome,
    as_of: NaiveDate,
) -> Result<OfficeEstimates, ServiceError> {
    let rows = store::list_estimates(desk.connection, desk.scope(), service)?;
    Ok(OfficeEstimates { service, as_of, by_venue: rows.into_iter().map(|row| (row.venue, row)).collect() })
}

fn compute(service: Outcome, as_of: NaiveDate, histories: &Histories) -> OfficeEstimates {
    let found = estimate(&histories.of_venues).map(|estimates| estimates.venues).unwrap_or_default();
    let in_use: Vec<_> = histories.in_use().zip(found).filter_map(|(venue, found)| Some((venue?, found))).collect();
    let spreads: Vec<Spread> = in_use.iter().map(|(_, estimate)| estimate.spread).collect();
    let places: Vec<RankInterval> = rank_intervals(&spreads);
    let row = |((venue, estimate), places)| (venue, VenueEstimate { venue, estimate, places });
    OfficeEstimates { service, as_of, by_venue: in_use.into_iter().zip(places).map(row).collect() }
}
