//! Typed ids: a venue's id cannot be taken for an event's. All are UUIDs of version 7, sortable by creation time;
//! result entries and unplanned events get theirs on the phone.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::{NoContext, Timestamp, Uuid};

use super::rule::Rule;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id for something made at `now`.
            pub fn new(now: DateTime<Utc>) -> Self {
                Self(new_uuid(now))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = Rule;
            fn from_str(text: &str) -> Result<Self, Rule> {
                Uuid::parse_str(text).map(Self).map_err(|_| Rule::Format { example: "01936f1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f" })
            }
        }
    )+};
}

ids! {
    /// An office; nil stands for the whole nation.
    OfficeId,
    UserId,
    SessionId,
    TokenId,
    VenueId,
    TeamId,
    UnitId,
    AbsenceId,
    HolidayId,
    EventId,
    /// A ledger entry, made on the phone that counted.
    EntryId,
    /// An office-day total.
    TotalId,
    LockId,
    AuditId,
}

impl OfficeId {
    /// Rows that belong to no single office carry this.
    pub const NATION: Self = Self(Uuid::nil());
}

/// A version 7 UUID whose time part is `now`, so that ids sort as the clock of the service does (also in tests).
fn new_uuid(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos()))
}
