//! What the next visit to each venue is expected to bring, as the last computation left it. Derived from the ledger like its
//! day counts, so no audit line tells of it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::domain::id::VenueId;
use crate::domain::outcome::Outcome;
use crate::domain::permission::OfficeScope;
use crate::domain::ranking::{Estimate, Forecast, RankInterval, Spread};
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::schema::{estimate_runs, estimates};

/// What the estimates of a service stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EstimateRun {
    /// The last day whose results are in it.
    pub as_of: NaiveDate,
    /// See [`crate::store::reports::histories::read_mark`].
    pub mark: String,
    /// Digest of the histories.
    pub histories: String,
}

/// The estimate of one venue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VenueEstimate {
    pub venue: VenueId,
    pub estimate: Estimate,
    /// Its place among all venues in use.
    pub places: RankInterval,
}

#[derive(Clone, Copy, Queryable)]
struct Row {
    venue: VenueId,
    shape: f64,
    mean: f64,
    eligible_left: Option<f64>,
    low: f64,
    high: f64,
    rank_low: i64,
    rank_high: i64,
    visits: i64,
    cold_start: bool,
}

/// The last computation for a service; none before the first.
pub fn find_run(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    service: Outcome,
) -> Result<Option<EstimateRun>, StoreError> {
    let row: Option<(NaiveDate, String, String)> = estimate_runs::table
        .filter(estimate_runs::office_id.eq(scope.office_id()).and(estimate_runs::service.eq(service)))
        .select((estimate_runs::as_of, estimate_runs::mark, estimate_runs::histories))
        .first(connection)
        .optional()?;
    Ok(row.map(|(as_of, mark, histories)| EstimateRun { as_of, mark, histories }))
}

/// The stored estimates of a service, one for each venue that was in use; by an index that begins with the office.
pub fn list_estimates(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    service: Outcome,
) -> Result<Vec<VenueEstimate>, StoreError> {
    let rows: Vec<Row> = estimates::table
        .filter(estimates::office_id.eq(scope.office_id()).and(estimates::service.eq(service)))
        .select((
            estimates::venue_id,
            estimates::shape,
            estimates::mean,
            estimates::eligible_left,
            estimates::low,
            estimates::high,
            estimates::rank_low,
            estimates::rank_high,
            estimates::visits,
            estimates::cold_start,
        ))
        .load(connection)?;
    rows.into_iter().map(read).collect()
}

/// Puts a computation in the place of the one before.
pub fn replace_estimates(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    service: Outcome,
    run: &EstimateRun,
    all: &[VenueEstimate],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    store_run(connection, scope, service, run, now)?;
    let before = estimates::office_id.eq(scope.office_id()).and(estimates::service.eq(service));
    diesel::delete(estimates::table.filter(before)).execute(connection)?;
    for chunk in all.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|VenueEstimate { venue, estimate, places }| {
                (
                    estimates::office_id.eq(scope.office_id()),
                    estimates::service.eq(service),
                    estimates::venue_id.eq(*venue),
                    estimates::shape.eq(estimate.forecast.shape),
                    estimates::mean.eq(estimate.forecast.mean),
                    estimates::eligible_left.eq(estimate.forecast.eligible_left),
                    estimates::low.eq(estimate.spread.low),
                    estimates::high.eq(estimate.spread.high),
                    estimates::rank_low.eq(i64::from(places.low)),
                    estimates::rank_high.eq(i64::from(places.high)),
                    estimates::visits.eq(i64::from(estimate.visits)),
                    estimates::cold_start.eq(estimate.cold_start),
                )
            })
            .collect();
        each!(connection, |c| diesel::insert_into(estimates::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Says that the stored estimates stand on this: the histories are those of the computation before.
pub fn store_run(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    service: Outcome,
    run: &EstimateRun,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let key = (estimate_runs::office_id.eq(scope.office_id()), estimate_runs::service.eq(service));
    let values = (
        estimate_runs::as_of.eq(run.as_of),
        estimate_runs::mark.eq(&run.mark),
        estimate_runs::histories.eq(&run.histories),
        estimate_runs::computed_at.eq(At(now)),
    );
    each!(connection, |c| diesel::insert_into(estimate_runs::table)
        .values((key, values))
        .on_conflict((estimate_runs::office_id, estimate_runs::service))
        .do_update()
        .set(values)
        .execute(c))?;
    Ok(())
}

fn read(row: Row) -> Result<VenueEstimate, StoreError> {
    let whole = |number: i64| u32::try_from(number).map_err(StoreError::broken);
    Ok(VenueEstimate {
        venue: row.venue,
        estimate: Estimate {
            forecast: Forecast { shape: row.shape, mean: row.mean, eligible_left: row.eligible_left },
            spread: Spread { low: row.low, high: row.high },
            visits: whole(row.visits)?,
            cold_start: row.cold_start,
        },
        places: RankInterval { low: whole(row.rank_low)?, high: whole(row.rank_high)? },
    })
}
