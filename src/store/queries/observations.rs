//! Official figures of an office. A row is never changed: a correction withdraws it and adds another.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::domain::id::{ObservationId, OfficeId, UserId};
use crate::domain::observation::{Observation, ObservationDetails, ObservationKey, ObservationKind, ShareBase};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::region::RegionCode;
use crate::domain::text::Note;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::schema::observations;

type Row = (ObservationId, NaiveDate, RegionCode, ObservationKind, String, Option<ShareBase>, Note);
type Columns = (
    observations::id,
    observations::as_of,
    observations::scope_code,
    observations::kind,
    observations::figure,
    observations::base,
    observations::source,
);
const COLUMNS: Columns = (
    observations::id,
    observations::as_of,
    observations::scope_code,
    observations::kind,
    observations::figure,
    observations::base,
    observations::source,
);

/// Which official figures to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObservationFilter {
    /// First and last date, both included.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub kind: Option<ObservationKind>,
}

/// An official figure with the time in which it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservationVersion {
    pub observation: Observation,
    pub recorded_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// One page of the figures that are not withdrawn, by date.
pub fn list_observations(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &ObservationFilter,
    cut: &Cut<ObservationKey>,
) -> Result<Page<Observation>, StoreError> {
    let mut query = observations::table
        .filter(observations::office_id.eq(scope.office_id()).and(observations::withdrawn_at.is_null()))
        .order((observations::as_of, observations::id))
        .limit(cut.limit_plus_one())
        .select(COLUMNS)
        .into_boxed::<MultiBackend>();
    if let Some(from) = filter.from {
        query = query.filter(observations::as_of.ge(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(observations::as_of.le(to));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(observations::kind.eq(kind));
    }
    if let Some(after) = cut.after {
        let same = observations::as_of.eq(after.as_of).and(observations::id.gt(after.id));
        query = query.filter(observations::as_of.gt(after.as_of).or(same));
    }
    let rows: Vec<Row> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(observation).collect::<Result<_, _>>()?))
}

/// Every version of every official figure of these offices, as they were recorded.
pub fn list_observation_versions(
    connection: &mut AnyConnection,
    offices: &[OfficeId],
) -> Result<Vec<(OfficeId, ObservationVersion)>, StoreError> {
    let rows: Vec<(OfficeId, Row, At, Option<At>)> = observations::table
        .filter(observations::office_id.eq_any(offices))
        .order((observations::office_id, observations::as_of, observations::recorded_at, observations::id))
        .select((observations::office_id, COLUMNS, observations::recorded_at, observations::withdrawn_at))
        .load(connection)?;
    let version = |(office, row, recorded, withdrawn): (OfficeId, Row, At, Option<At>)| {
        let (observation, withdrawn_at) = (observation(row)?, withdrawn.map(|at| at.0));
        Ok((office, ObservationVersion { observation, recorded_at: recorded.0, withdrawn_at }))
    };
    rows.into_iter().map(version).collect()
}

/// The official figure with this id, unless it is withdrawn.
pub fn find_observation(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: ObservationId,
) -> Result<Option<Observation>, StoreError> {
    let row: Option<Row> = observations::table
        .filter(observations::office_id.eq(scope.office_id()).and(observations::id.eq(id)))
        .filter(observations::withdrawn_at.is_null())
        .select(COLUMNS)
        .first(connection)
        .optional()?;
    row.map(observation).transpose()
}

pub fn insert_observations(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    all: &[Observation],
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in all.chunks(super::ROWS_PER_INSERT) {
        let row = |Observation { id, details }: &Observation| {
            (
                observations::office_id.eq(scope.office_id()),
                observations::id.eq(*id),
                observations::as_of.eq(details.as_of),
                observations::scope_code.eq(details.scope.clone()),
                observations::kind.eq(details.kind),
                observations::figure.eq(details.figure.to_string()),
                observations::base.eq(details.base),
                observations::source.eq(details.source.clone()),
                observations::recorded_at.eq(At(now)),
                observations::recorded_by.eq(by),
            )
        };
        let rows: Vec<_> = chunk.iter().map(row).collect();
        each!(connection, |c| diesel::insert_into(observations::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Takes official figures out of force; says how many were in force.
pub fn withdraw_observations(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[ObservationId],
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let mut withdrawn = 0;
    for chunk in ids.chunks(super::ROWS_PER_INSERT) {
        let valid = observations::table
            .filter(observations::office_id.eq(scope.office_id()).and(observations::id.eq_any(chunk)))
            .filter(observations::withdrawn_at.is_null());
        withdrawn += diesel::update(valid).set(observations::withdrawn_at.eq(At(now))).execute(connection)?;
    }
    Ok(withdrawn)
}

fn observation((id, as_of, scope, kind, figure, base, source): Row) -> Result<Observation, StoreError> {
    let figure = figure.parse().map_err(StoreError::broken)?;
    Ok(Observation { id, details: ObservationDetails { as_of, scope, kind, figure, base, source } })
}
