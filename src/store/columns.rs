//! How domain values lie in columns, the same on both engines: ids as native `uuid` or 16 bytes, moments as
//! `timestamptz` or fixed-width UTC text, codes and texts as text. Rows hold domain types, so a row that loads is valid.

use chrono::{DateTime, SecondsFormat, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::expression::AsExpression;
use diesel::internal::derives::as_expression::Bound;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{HasSqlType, Jsonb, Nullable, SingleValue, SqlOrd, SqlType, Text};
use diesel::sqlite::{Sqlite, SqliteValue};

use super::connection::{MultiBackend, MultiRawValue};
use crate::domain::calendar::{HolidayKind, Weekday};
use crate::domain::denominator::DenominatorKind;
use crate::domain::digest::DigestPeriod;
use crate::domain::event::{EventKind, EventState, Precision, Reporting, Slot, SubjectKind};
use crate::domain::feed::FeedKind;
use crate::domain::id::{
    AbsenceId, AuditId, DenominatorId, EntryId, EventId, FeedId, HolidayId, JobId, LeaseId, LockId, MailId,
    ObservationId, OfficeId, PasswordLinkId, PlanId, SessionId, SubscriptionId, TargetId, TeamId, TokenId, TotalId,
    UnitId, UserId, VenueId,
};
use crate::domain::job::{JobKind, JobState};
use crate::domain::language::Language;
use crate::domain::letter::CheckCode;
use crate::domain::mail::{MailFault, MailKind, MailState, MailTopic};
use crate::domain::observation::{ObservationKind, ShareBase};
use crate::domain::outcome::Outcome;
use crate::domain::region::{RegionCode, RegionLevel};
use crate::domain::staff::{Nip, Role, Scope};
use crate::domain::tally::{EntryKind, EntrySource, HeldDecision, HoldReason};
use crate::domain::target::Purpose;
use crate::domain::team::UnitKind;
use crate::domain::text::{Code, Email, Login, Name, Note, Phone};
use crate::domain::total::Channel;
use crate::domain::venue::VenueKind;

/// SQL type of an id. (`table!` matches type names: this one must not be called like a diesel type it knows.)
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Binary"))]
pub struct Uuid;

/// SQL type of a moment.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185), sqlite_type(name = "Text"))]
pub struct Instant;

impl SqlOrd for Instant {}

/// A moment in a column. (A newtype, because `DateTime<Utc>` is not ours to make an expression of.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At(pub DateTime<Utc>);

impl ToSql<Uuid, Pg> for uuid::Uuid {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<diesel::sql_types::Uuid, Pg>::to_sql(self, out)
    }
}

impl FromSql<Uuid, Pg> for uuid::Uuid {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        FromSql::<diesel::sql_types::Uuid, Pg>::from_sql(value)
    }
}

impl ToSql<Uuid, Sqlite> for uuid::Uuid {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.as_bytes().as_slice());
        Ok(IsNull::No)
    }
}

impl FromSql<Uuid, Sqlite> for uuid::Uuid {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<diesel::sql_types::Binary, Sqlite>>::from_sql(value)?;
        Ok(Self::from_slice(&bytes)?)
    }
}

impl ToSql<Instant, Pg> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<diesel::sql_types::Timestamptz, Pg>::to_sql(&self.0, &mut out.reborrow())
    }
}

impl FromSql<Instant, Pg> for At {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        FromSql::<diesel::sql_types::Timestamptz, Pg>::from_sql(value).map(Self)
    }
}

impl ToSql<Instant, Sqlite> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.to_rfc3339_opts(SecondsFormat::Micros, true));
        Ok(IsNull::No)
    }
}

impl FromSql<Instant, Sqlite> for At {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        Ok(Self(DateTime::parse_from_rfc3339(&text)?.with_timezone(&Utc)))
    }
}

/// Lets the backend that stands for both engines carry a SQL type that diesel's derive does not know.
macro_rules! multi {
    ($($sql:ident => $rust:ty),+ $(,)?) => {$(
        impl HasSqlType<$sql> for MultiBackend {
            fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
                MultiBackend::lookup_sql_type::<$sql>(lookup)
            }
        }
        impl ToSql<$sql, MultiBackend> for $rust {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value(($sql, self));
                Ok(IsNull::No)
            }
        }
        impl FromSql<$sql, MultiBackend> for $rust {
            fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
                value.from_sql::<$rust, $sql>()
            }
        }
    )+};
}

multi! { Uuid => uuid::Uuid, Instant => At, Jsonb => serde_json::Value }

/// Makes types of ours usable as values of a SQL type in queries and rows (what `AsExpression` and `FromSqlRow` derive).
macro_rules! expressions {
    ($sql:ty => $($rust:ty),+ $(,)?) => {$(
        impl AsExpression<$sql> for $rust {
            type Expression = Bound<$sql, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl<'a> AsExpression<$sql> for &'a $rust {
            type Expression = Bound<$sql, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl AsExpression<Nullable<$sql>> for $rust {
            type Expression = Bound<Nullable<$sql>, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl<'a> AsExpression<Nullable<$sql>> for &'a $rust {
            type Expression = Bound<Nullable<$sql>, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl<DB: Backend> ToSql<Nullable<$sql>, DB> for $rust where $rust: ToSql<$sql, DB> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                ToSql::<$sql, DB>::to_sql(self, out)
            }
        }
        impl<DB: Backend, ST: SingleValue> diesel::deserialize::Queryable<ST, DB> for $rust where $rust: FromSql<ST, DB> {
            type Row = Self;
            fn build(row: Self) -> deserialize::Result<Self> { Ok(row) }
        }
    )+};
}

expressions! { Instant => At }

macro_rules! id_columns {
    ($($id:ident),+ $(,)?) => {
        expressions! { Uuid => $($id),+ }
        $(
            impl<DB: Backend> ToSql<Uuid, DB> for $id where uuid::Uuid: ToSql<Uuid, DB> {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result { self.0.to_sql(out) }
            }
            impl<DB: Backend> FromSql<Uuid, DB> for $id where uuid::Uuid: FromSql<Uuid, DB> {
                fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                    uuid::Uuid::from_sql(value).map(Self)
                }
            }
        )+
    };
}

/// The id of a row of one of several tables, such as the subject of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnyId(pub uuid::Uuid);

id_columns! {
    AnyId, OfficeId, UserId, SessionId, TokenId, VenueId, TeamId, UnitId, AbsenceId, HolidayId, EventId, EntryId, TotalId,
    AuditId, FeedId, JobId, LeaseId, LockId, MailId, PasswordLinkId, PlanId, SubscriptionId, TargetId,
    DenominatorId, ObservationId,
}

/// Text columns: anything with `as_str` and `FromStr`.
macro_rules! text_columns {
    ($($name:ident),+ $(,)?) => {
        expressions! { Text => $($name),+ }
        $(
            impl<DB: Backend> ToSql<Text, DB> for $name where str: ToSql<Text, DB> {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                    self.as_str().to_sql(out)
                }
            }
            impl<DB: Backend> FromSql<Text, DB> for $name where String: FromSql<Text, DB> {
                fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                    let text = String::from_sql(value)?;
                    text.parse().map_err(|rule| format!("{} cannot be {text:?}: {rule}", stringify!($name)).into())
                }
            }
        )+
    };
}

text_columns! {
    Code, Name, Note, Login, Phone, Email, Nip, Role, Scope, Language, RegionCode, RegionLevel, VenueKind, UnitKind,
    EventKind, EventState, Reporting, Slot, Outcome, EntryKind, EntrySource, HoldReason, HeldDecision,
    HolidayKind, Channel, Precision, SubjectKind, CheckCode, FeedKind,
    JobKind, JobState, MailKind, MailState, MailFault, MailTopic, DigestPeriod, Weekday,
    Purpose, DenominatorKind, ObservationKind, ShareBase,
}
