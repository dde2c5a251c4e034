//! The sums of the ledger by event-day and outcome, kept in the transaction that adds to the ledger.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Date, HasSqlType, Text};

use crate::domain::id::{EventId, OfficeId};
use crate::domain::outcome::{Counts, Outcome};
use crate::domain::permission::OfficeScope;
use crate::store::columns::Uuid;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::queries::ROWS_PER_INSERT;
use crate::store::schema::event_day_counts;

/// One sum and what is added to it.
struct Addition {
    office: OfficeId,
    event: EventId,
    date: NaiveDate,
    outcome: Outcome,
    n: i64,
}

/// Adds to the sums of event-days. A zero makes its row too: it was counted.
pub fn add_to_day_counts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    changes: &BTreeMap<(EventId, NaiveDate), Counts>,
) -> Result<(), StoreError> {
    let office = scope.office_id();
    let additions: Vec<_> = changes
        .iter()
        .flat_map(|((event, date), counts)| counts.iter().map(|(outcome, n)| (*event, *date, outcome, n)))
        .map(|(event, date, outcome, n)| Addition { office, event, date, outcome, n })
        .collect();
    for part in additions.chunks(ROWS_PER_INSERT) {
        each!(connection, |c| AddAll(part).execute(c))?;
    }
    Ok(())
}

/// The statement that adds: an upsert written out, because diesel prepares its own upserts anew each time and every
/// tally of every phone comes through here.
struct AddAll<'a>(&'a [Addition]);

/// Additions up to this many (one event-day has at most as many outcomes) are prepared once for each number of them.
const PREPARED_ONCE: usize = Outcome::ALL.len();

impl QueryId for AddAll<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C> RunQueryDsl<C> for AddAll<'_> {}

impl<DB> QueryFragment<DB> for AddAll<'_>
where
    DB: Backend + HasSqlType<Uuid>,
    uuid::Uuid: ToSql<Uuid, DB>,
    NaiveDate: ToSql<Date, DB>,
    str: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.0.len() > PREPARED_ONCE {
            out.unsafe_to_cache_prepared();
        }
        out.push_sql("INSERT INTO event_day_counts (office_id, event_id, date, outcome, n) VALUES ");
        for (place, addition) in self.0.iter().enumerate() {
            out.push_sql(if place == 0 { "(" } else { ", (" });
            out.push_bind_param::<Uuid, _>(&addition.office)?;
            out.push_sql(", ");
            out.push_bind_param::<Uuid, _>(&addition.event)?;
            out.push_sql(", ");
            out.push_bind_param::<Date, _>(&addition.date)?;
            out.push_sql(", ");
            out.push_bind_param::<Text, _>(&addition.outcome)?;
            out.push_sql(", ");
            out.push_bind_param::<BigInt, _>(&addition.n)?;
            out.push_sql(")");
        }
        out.push_sql(
            " ON CONFLICT (office_id, event_id, date, outcome) DO UPDATE SET n = event_day_counts.n + excluded.n",
        );
        Ok(())
    }
}

/// The sums of these events by day, as they stand: a count may be below zero.
pub fn list_day_counts(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    events: &[EventId],
) -> Result<BTreeMap<(EventId, NaiveDate), Counts>, StoreError> {
    let rows: Vec<(EventId, NaiveDate, Outcome, i64)> = event_day_counts::table
        .filter(event_day_counts::office_id.eq(scope.office_id()).and(event_day_counts::event_id.eq_any(events)))
        .select((event_day_counts::event_id, event_day_counts::date, event_day_counts::outcome, event_day_counts::n))
        .load(connection)?;
    let mut days: BTreeMap<(EventId, NaiveDate), Counts> = BTreeMap::new();
    for (event, date, outcome, n) in rows {
        days.entry((event, date)).or_default().count(outcome, n);
    }
    Ok(days)
}
