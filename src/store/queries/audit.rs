//! The audit trail: rows are only ever added, in the transaction of the change they tell of.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::audit::{AuditEntry, AuditRecord};
use crate::domain::id::{AuditId, OfficeId, UserId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::region::RegionCode;
use crate::domain::staff::Scope;
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
    /// What a record of the installation is about; none for a record of an office.
    scope: Option<Scope>,
}

/// Adds records of an office.
pub fn insert_audits(
    connection: &mut AnyConnection,
    office: OfficeScope,
    records: &[AuditRecord],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in records.chunks(super::ROWS_PER_INSERT) {
        let row = |record| row(office.office_id(), None, record, at);
        let rows = chunk.iter().map(row).collect::<Result<Vec<_>, _>>()?;
        each!(connection, |c| diesel::insert_into(audit::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Adds records of the installation, each about somebody or something of its scope.
pub fn insert_wide_audits(
    connection: &mut AnyConnection,
    records: &[(Scope, AuditRecord)],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in records.chunks(super::ROWS_PER_INSERT) {
        let row = |(scope, record): &(Scope, AuditRecord)| row(OfficeId::NATION, Some(scope.clone()), record, at);
        let rows = chunk.iter().map(row).collect::<Result<Vec<_>, _>>()?;
        each!(connection, |c| diesel::insert_into(audit::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Adds a record about somebody or something of this scope: to the trail of `home`, or of the installation if it is nil.
pub fn insert_audit(
    connection: &mut AnyConnection,
    home: OfficeId,
    scope: &Scope,
    record: &AuditRecord,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let scope = (home == OfficeId::NATION).then(|| scope.clone());
    let row = row(home, scope, record, at)?;
    diesel::insert_into(audit::table).values(row).execute(connection)?;
    Ok(())
}

fn row(
    office: OfficeId,
    scope: Option<Scope>,
    record: &AuditRecord,
    at: DateTime<Utc>,
) -> Result<AuditRow, StoreError> {
    Ok(AuditRow {
        office_id: office,
        scope,
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

/// Which records of a trail to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Code, id or login of one thing.
    pub subject: Option<String>,
    /// Login of the one who acted.
    pub actor: Option<String>,
    /// Only records made at this moment or later.
    pub from: Option<DateTime<Utc>>,
    /// Only records made before this moment.
    pub before: Option<DateTime<Utc>>,
}

/// The smallest id that a record of this moment can have: ids begin with the time, and the trail is in their order.
fn first_id_of(at: DateTime<Utc>) -> AuditId {
    let millis = u128::try_from(at.timestamp_millis()).unwrap_or_default();
    AuditId(uuid::Uuid::from_u128(millis << 80))
}

/// One page of an office's trail, newest first: its own records, and those of the installation that are about it alone.
pub fn list_audit(
    connection: &mut AnyConnection,
    office: OfficeScope,
    region: &RegionCode,
    filter: &AuditFilter,
    cut: &Cut<AuditId>,
) -> Result<Page<AuditEntry>, StoreError> {
    let own: Vec<AuditRow> = trail(office.office_id(), filter, cut).load(connection)?;
    let about = audit::scope.eq(Some(Scope::region(region.clone())));
    let wide: Vec<AuditRow> = trail(OfficeId::NATION, filter, cut).filter(about).load(connection)?;
    let mut rows: Vec<AuditRow> = own.into_iter().chain(wide).collect();
    rows.sort_by_key(|row| Reverse(row.id));
    rows.truncate(cut.limit() + 1);
    page(rows, cut)
}

/// One page of the installation's trail within `reach`, newest first. Records from before scopes were noted are the
/// nation's.
pub fn list_wide_audit(
    connection: &mut AnyConnection,
    reach: &Scope,
    filter: &AuditFilter,
    cut: &Cut<AuditId>,
) -> Result<Page<AuditEntry>, StoreError> {
    let mut query = trail(OfficeId::NATION, filter, cut);
    if let Some(region) = reach.as_region() {
        query = query.filter(audit::scope.eq(Some(reach.clone())).or(audit::scope.like(format!("{region}.%"))));
    }
    page(query.load(connection)?, cut)
}

type Columns = diesel::dsl::AsSelect<AuditRow, MultiBackend>;
type Trail = diesel::dsl::IntoBoxed<'static, diesel::dsl::Select<audit::table, Columns>, MultiBackend>;

fn trail(office: OfficeId, filter: &AuditFilter, cut: &Cut<AuditId>) -> Trail {
    let mut query = audit::table
        .select(AuditRow::as_select())
        .into_boxed::<MultiBackend>()
        .filter(audit::office_id.eq(office))
        .order(audit::id.desc())
        .limit(cut.limit_plus_one());
    if let Some(subject) = &filter.subject {
        query = query.filter(audit::subject.eq(subject.clone()));
    }
    if let Some(actor) = &filter.actor {
        query = query.filter(audit::actor.eq(actor.clone()));
    }
    if let Some(from) = filter.from {
        query = query.filter(audit::id.ge(first_id_of(from)));
    }
    if let Some(before) = filter.before {
        query = query.filter(audit::id.lt(first_id_of(before)));
    }
    if let Some(after) = cut.after {
        query = query.filter(audit::id.lt(after));
    }
    query
}

fn page(rows: Vec<AuditRow>, cut: &Cut<AuditId>) -> Result<Page<AuditEntry>, StoreError> {
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
