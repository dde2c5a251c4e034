//! Typed ids: a venue's id cannot be taken for an event's. All are UUIDs of version 7, sortable by creation time;
//! result entries and unplanned events get theirs on the phone.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::{Timestamp, Uuid};

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
    /// A target with all its versions.
    TargetId,
    DenominatorId,
    ObservationId,
    LockId,
    AuditId,
    /// An address under which a calendar program reads events.
    FeedId,
    JobId,
    /// One attempt of one process at a job.
    LeaseId,
    /// A letter of the outbox, also the left half of its Message-ID.
    MailId,
    /// A standing wish for digests.
    SubscriptionId,
    /// A schedule proposal.
    PlanId,
    /// An address that lets somebody set a password once.
    PasswordLinkId,
}

impl OfficeId {
    /// Rows that belong to no single office carry this.
    pub const NATION: Self = Self(Uuid::nil());
}

/// Ids made by this process. Ids of the same millisecond sort by it: a trail or a list reads in the order of what happened.
static MADE: AtomicU32 = AtomicU32::new(0);

/// A version 7 UUID whose time part is `now`, so that ids sort as the clock of the service does (also in tests). Below
/// the time stands the count of ids (RFC 9562 section 6.2, method 1), below that 42 random bits.
fn new_uuid(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    let made = MADE.fetch_add(1, Ordering::Relaxed);
    Uuid::new_v7(Timestamp::from_unix_time(seconds, now.timestamp_subsec_nanos(), made.into(), 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_then_by_the_order_they_were_made_in() {
        let early: DateTime<Utc> = "2026-11-21T02:00:00.001Z".parse().unwrap();
        let late = early + chrono::TimeDelta::milliseconds(1);
        let mut ids = vec![EventId::new(late)];
        ids.extend((0..2_000).map(|_| EventId::new(early)));
        ids.rotate_left(1);
        assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!((ids[0].0.get_version_num(), ids[0].0.get_variant()), (7, uuid::Variant::RFC4122));
    }
}
