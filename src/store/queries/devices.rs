//! What each phone said last about what it still keeps.

use chrono::{DateTime, Utc};
use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType, Nullable, Text};

use crate::domain::id::{OfficeId, UserId};
use crate::domain::permission::OfficeScope;
use crate::domain::text::{Login, Name};
use crate::store::columns::{At, Instant, Uuid};
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::schema::{devices, users};

/// A phone's word about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceReport {
    pub user: UserId,
    pub device: Name,
    /// Entries left on the phone.
    pub waiting: i64,
    /// By the phone's clock.
    pub sent_at: Option<DateTime<Utc>>,
    pub received_at: DateTime<Utc>,
}

/// A phone with the name of its officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub login: Login,
    pub name: Name,
    pub report: DeviceReport,
}

/// Remembers what a phone says in place of what it said before.
pub fn save_device(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    report: &DeviceReport,
) -> Result<(), StoreError> {
    let save = Save {
        office: scope.office_id(),
        user: report.user,
        device: report.device.as_str(),
        waiting: report.waiting,
        sent_at: report.sent_at.map(At),
        received_at: At(report.received_at),
    };
    each!(connection, |c| save.execute(c))?;
    Ok(())
}

/// The phones that were heard of since then: those that keep most first, then the latest heard.
pub fn list_devices(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    since: DateTime<Utc>,
) -> Result<Vec<Device>, StoreError> {
    type Row = (UserId, Login, Name, Name, i64, Option<At>, At);
    let rows: Vec<Row> = devices::table
        .inner_join(users::table.on(users::id.eq(devices::user_id)))
        .filter(devices::office_id.eq(scope.office_id()).and(devices::received_at.ge(At(since))))
        .order((devices::waiting.desc(), devices::received_at.desc(), devices::device))
        .select((
            devices::user_id,
            users::login,
            users::name,
            devices::device,
            devices::waiting,
            devices::sent_at,
            devices::received_at,
        ))
        .load(connection)?;
    let device = |(user, login, name, device, waiting, sent_at, received_at): Row| Device {
        login,
        name,
        report: DeviceReport { user, device, waiting, sent_at: sent_at.map(|at| at.0), received_at: received_at.0 },
    };
    Ok(rows.into_iter().map(device).collect())
}

/// The upsert written out, because diesel prepares its own upserts anew each time and every batch of every phone comes
/// through here.
struct Save<'a> {
    office: OfficeId,
    user: UserId,
    device: &'a str,
    waiting: i64,
    sent_at: Option<At>,
    received_at: At,
}

impl QueryId for Save<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C> RunQueryDsl<C> for Save<'_> {}

impl<DB> QueryFragment<DB> for Save<'_>
where
    DB: Backend + HasSqlType<Uuid> + HasSqlType<Instant>,
    OfficeId: ToSql<Uuid, DB>,
    UserId: ToSql<Uuid, DB>,
    At: ToSql<Instant, DB>,
    str: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
    Option<At>: ToSql<Nullable<Instant>, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("INSERT INTO devices (office_id, user_id, device, waiting, sent_at, received_at) VALUES (");
        out.push_bind_param::<Uuid, _>(&self.office)?;
        out.push_sql(", ");
        out.push_bind_param::<Uuid, _>(&self.user)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(self.device)?;
        out.push_sql(", ");
        out.push_bind_param::<BigInt, _>(&self.waiting)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Instant>, _>(&self.sent_at)?;
        out.push_sql(", ");
        out.push_bind_param::<Instant, _>(&self.received_at)?;
        out.push_sql(
            ") ON CONFLICT (office_id, user_id, device) DO UPDATE SET waiting = excluded.waiting, \
             sent_at = excluded.sent_at, received_at = excluded.received_at",
        );
        Ok(())
    }
}
