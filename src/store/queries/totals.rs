//! Office-day totals. A row is never changed: a correction withdraws it and adds another.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::domain::id::{TotalId, UserId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::text::Note;
use crate::domain::total::{Channel, OfficeTotal, TotalDetails, TotalKey};
use crate::domain::venue::VenueKind;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::schema::office_totals;

type Row = (TotalId, NaiveDate, Channel, Option<VenueKind>, String, Note);
type Columns = (
    office_totals::id,
    office_totals::date,
    office_totals::channel,
    office_totals::venue_kind,
    office_totals::figure,
    office_totals::source,
);
const COLUMNS: Columns = (
    office_totals::id,
    office_totals::date,
    office_totals::channel,
    office_totals::venue_kind,
    office_totals::figure,
    office_totals::source,
);

/// Which totals to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TotalFilter {
    /// First and last date, both included.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub channel: Option<Channel>,
}

/// One page of the totals that are not withdrawn, by date.
pub fn list_totals(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &TotalFilter,
    cut: &Cut<TotalKey>,
) -> Result<Page<OfficeTotal>, StoreError> {
    let mut query = office_totals::table
        .filter(office_totals::office_id.eq(scope.office_id()).and(office_totals::withdrawn_at.is_null()))
        .order((office_totals::date, office_totals::id))
        .limit(cut.limit_plus_one())
        .select(COLUMNS)
        .into_boxed::<MultiBackend>();
    if let Some(from) = filter.from {
        query = query.filter(office_totals::date.ge(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(office_totals::date.le(to));
    }
    if let Some(channel) = filter.channel {
        query = query.filter(office_totals::channel.eq(channel));
    }
    if let Some(after) = cut.after {
        let same = office_totals::date.eq(after.date).and(office_totals::id.gt(after.id));
        query = query.filter(office_totals::date.gt(after.date).or(same));
    }
    let rows: Vec<Row> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(total).collect::<Result<_, _>>()?))
}

/// The total with this id, unless it is withdrawn.
pub fn find_total(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: TotalId,
) -> Result<Option<OfficeTotal>, StoreError> {
    let row: Option<Row> = office_totals::table
        .filter(
            office_totals::office_id
                .eq(scope.office_id())
                .and(office_totals::id.eq(id))
                .and(office_totals::withdrawn_at.is_null()),
        )
        .select(COLUMNS)
        .first(connection)
        .optional()?;
    row.map(total).transpose()
}

pub fn insert_totals(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    totals: &[OfficeTotal],
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in totals.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|OfficeTotal { id, details }| {
                (
                    office_totals::office_id.eq(scope.office_id()),
                    office_totals::id.eq(*id),
                    office_totals::date.eq(details.date),
                    office_totals::channel.eq(details.channel),
                    office_totals::venue_kind.eq(details.venue_kind),
                    office_totals::figure.eq(details.figure.to_string()),
                    office_totals::source.eq(&details.source),
                    office_totals::recorded_at.eq(At(now)),
                    office_totals::recorded_by.eq(by),
                )
            })
            .collect();
        each!(connection, |c| diesel::insert_into(office_totals::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Takes a total out of force; false if it was not in force.
pub fn withdraw_total(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: TotalId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let valid = office_totals::table.filter(
        office_totals::office_id
            .eq(scope.office_id())
            .and(office_totals::id.eq(id))
            .and(office_totals::withdrawn_at.is_null()),
    );
    Ok(diesel::update(valid).set(office_totals::withdrawn_at.eq(At(now))).execute(connection)? == 1)
}

fn total((id, date, channel, venue_kind, figure, source): Row) -> Result<OfficeTotal, StoreError> {
    let figure = figure.parse().map_err(StoreError::broken)?;
    Ok(OfficeTotal { id, details: TotalDetails { date, channel, venue_kind, figure, source } })
}
