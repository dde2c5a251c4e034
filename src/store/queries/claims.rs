//! Claims: the unique key that makes double booking impossible. Whoever inserts fewer claims than asked has lost, reads
//! who holds the others, and rolls back.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::dates::DateRange;
use crate::domain::event::{Claim, Slot, Subject, SubjectKind};
use crate::domain::id::{EventId, OfficeId};
use crate::domain::permission::OfficeScope;
use crate::domain::text::Name;
use crate::store::columns::AnyId;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::queries::ROWS_PER_INSERT;
use crate::store::schema::{claims, events};

#[derive(Insertable)]
#[diesel(table_name = claims, treat_none_as_default_value = false)]
struct ClaimRow {
    office_id: OfficeId,
    subject_kind: SubjectKind,
    subject: AnyId,
    date: NaiveDate,
    slot: Slot,
    event_id: EventId,
}

/// A claim and the event that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub claim: Claim,
    pub event: EventId,
    pub event_title: Name,
}

/// Inserts claims in their order, so that two bookings wait for each other and never deadlock; answers how many were
/// free.
pub fn insert_claims(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    wanted: &[(EventId, Claim)],
) -> Result<usize, StoreError> {
    use claims::{date, office_id, slot, subject, subject_kind};
    let mut sorted: Vec<_> = wanted.to_vec();
    sorted.sort_by_key(|(event, claim)| (*claim, *event));
    let mut inserted = 0;
    for chunk in sorted.chunks(ROWS_PER_INSERT) {
        let rows: Vec<ClaimRow> = chunk.iter().map(|(event, claim)| row(scope, *event, claim)).collect();
        inserted += each!(connection, |c| diesel::insert_into(claims::table)
            .values(&rows)
            .on_conflict((office_id, subject_kind, subject, date, slot))
            .do_nothing()
            .execute(c))?;
    }
    Ok(inserted)
}

/// Who holds those of these claims that are held, in the order of claims.
pub fn list_holders(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    wanted: &[Claim],
) -> Result<Vec<Holder>, StoreError> {
    type Row = (SubjectKind, AnyId, NaiveDate, Slot, EventId, Name);
    let wanted: BTreeSet<Claim> = wanted.iter().copied().collect();
    let subjects: BTreeSet<AnyId> = wanted.iter().map(|claim| AnyId(claim.subject.id())).collect();
    let dates: BTreeSet<NaiveDate> = wanted.iter().map(|claim| claim.date).collect();
    let of_event = events::office_id.eq(claims::office_id).and(events::id.eq(claims::event_id));
    let rows: Vec<Row> = claims::table
        .inner_join(events::table.on(of_event))
        .filter(
            claims::office_id
                .eq(scope.office_id())
                .and(claims::subject_kind.eq_any(SubjectKind::ALL))
                .and(claims::subject.eq_any(subjects))
                .and(claims::date.eq_any(dates)),
        )
        .select((claims::subject_kind, claims::subject, claims::date, claims::slot, claims::event_id, events::title))
        .load(connection)?;
    let holder = |(kind, subject, date, slot, event, event_title): Row| Holder {
        claim: Claim { date, slot, subject: Subject::from_parts(kind, subject.0) },
        event,
        event_title,
    };
    let mut holders: Vec<Holder> = rows.into_iter().map(holder).filter(|held| wanted.contains(&held.claim)).collect();
    holders.sort_by_key(|held| held.claim);
    Ok(holders)
}

/// Who and what is claimed on some slot of each of these days.
pub fn list_taken_days(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    days: DateRange,
) -> Result<BTreeSet<(Subject, NaiveDate)>, StoreError> {
    let rows: Vec<(SubjectKind, AnyId, NaiveDate)> = claims::table
        .filter(claims::office_id.eq(scope.office_id()).and(claims::subject_kind.eq_any(SubjectKind::ALL)))
        .filter(claims::date.between(days.first(), days.last()))
        .select((claims::subject_kind, claims::subject, claims::date))
        .load(connection)?;
    Ok(rows.into_iter().map(|(kind, id, date)| (Subject::from_parts(kind, id.0), date)).collect())
}

/// Gives back the claims of an event, all of them or those from a date on; answers how many.
pub fn delete_claims(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    event: EventId,
    from: Option<NaiveDate>,
) -> Result<usize, StoreError> {
    let of_event = claims::office_id.eq(scope.office_id()).and(claims::event_id.eq(event));
    let deleted = match from {
        Some(from) => diesel::delete(claims::table.filter(of_event.and(claims::date.ge(from)))).execute(connection)?,
        None => diesel::delete(claims::table.filter(of_event)).execute(connection)?,
    };
    Ok(deleted)
}

fn row(scope: OfficeScope, event: EventId, claim: &Claim) -> ClaimRow {
    ClaimRow {
        office_id: scope.office_id(),
        subject_kind: claim.subject.kind(),
        subject: AnyId(claim.subject.id()),
        date: claim.date,
        slot: claim.slot,
        event_id: event,
    }
}
