//! The audit trail: rows are only ever added, in the transaction of the change they tell of.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::audit::{AuditEntry, AuditRecord};
use crate::domain::id::{AuditId, OfficeId, UserId};
use crate::domain::page::{Cut, Page};
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::schema::audit;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = audit, treat_none_as_default_value = false)]
struct AuditRow {
    office_id: OfficeId,
    id: AuditId,
    at: At,
    user_id: Option<UserId>,
    actor: String,
    action: String,
    subject_kind: String,
    subject: String,
    details: serde_json::Value,
    request_id: Option<String>,
}

/// Adds a record under `office` (nil: the installation).
pub fn insert_audit(
    connection: &mut AnyConnection,
    office: OfficeId,
    record: &AuditRecord,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    insert_audits(connection, office, std::slice::from_ref(record), at)
}

/// Adds many records.
pub fn insert_audits(
    connection: &mut AnyConnection,
    office: OfficeId,
    records: &[AuditRecord],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in records.chunks(super::ROWS_PER_INSERT) {
        let rows = chunk.iter().map(|record| row(office, record, at)).collect::<Result<Vec<_>, _>>()?;
        each!(connection, |c| diesel::insert_into(audit::table).values(&rows).execute(c))?;
    }
    Ok(())
}

fn row(office: OfficeId, record: &AuditRecord, at: DateTime<Utc>) -> Result<AuditRow, StoreError> {
    Ok(AuditRow {
        office_id: office,
        id: record.id,
        at: At(at),
        user_id: record.user,
        actor: record.actor.clone(),
        action: record.action.to_owned(),
        subject_kind: record.subject_kind.to_owned(),
        subject: record.subject.clone(),
        details: serde_json::to_value(&record.details).map_err(StoreError::broken)?,
        request_id: record.request_id.clone(),
    })
}

/// One page of the trail under `office`, newest first, of one subject or of all.
pub fn list_audit(
    connection: &mut AnyConnection,
    office: OfficeId,
    subject: Option<&str>,
    cut: &Cut<AuditId>,
) -> Result<Page<AuditEntry>, StoreError> {
    let mut query = audit::table
        .filter(audit::office_id.eq(office))
        .order(audit::id.desc())
        .limit(cut.limit_plus_one())
        .select(AuditRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(subject) = subject {
        query = query.filter(audit::subject.eq(subject.to_owned()));
    }
    if let Some(after) = cut.after {
        query = query.filter(audit::id.lt(after));
    }
    let rows: Vec<AuditRow> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(AuditEntry::try_from).collect::<Result<_, _>>()?))
}

impl TryFrom<AuditRow> for AuditEntry {
    type Error = StoreError;

    fn try_from(row: AuditRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            at: row.at.0,
            actor: row.actor,
            action: row.action,
            subject_kind: row.subject_kind,
            subject: row.subject,
            details: serde_json::from_value(row.details).map_err(StoreError::broken)?,
            request_id: row.request_id,
        })
    }
}
