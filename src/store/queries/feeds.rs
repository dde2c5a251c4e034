//! Calendar feeds of an office. A feed is found by its office and the hash of its secret; whose rights it carries comes
//! with it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::feed::{CalendarFeed, FeedKind, FeedSubject};
use crate::domain::id::{FeedId, OfficeId, TeamId, UserId};
use crate::domain::language::Language;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{OfficeScope, SignedIn};
use crate::domain::region::RegionCode;
use crate::domain::staff::{Role, Scope};
use crate::domain::text::Login;
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend};
use crate::store::error::StoreError;
use crate::store::schema::{calendar_feeds, offices, users};

type Row = (FeedId, FeedKind, Option<TeamId>, UserId, At);
type OwnerColumns = (Login, Role, Scope, Option<Language>);
type Columns = (
    calendar_feeds::id,
    calendar_feeds::kind,
    calendar_feeds::team_id,
    calendar_feeds::owner_id,
    calendar_feeds::created_at,
);
const COLUMNS: Columns = (
    calendar_feeds::id,
    calendar_feeds::kind,
    calendar_feeds::team_id,
    calendar_feeds::owner_id,
    calendar_feeds::created_at,
);

/// A feed as its secret finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFeed {
    pub feed: CalendarFeed,
    pub owner: SignedIn,
    pub office: RegionCode,
}

/// The feed in force with this secret, whose owner is active.
pub fn find_feed_by_secret(
    connection: &mut AnyConnection,
    office: OfficeId,
    secret_hash: &str,
) -> Result<Option<FoundFeed>, StoreError> {
    let found: Option<(Row, OwnerColumns, RegionCode)> = calendar_feeds::table
        .inner_join(users::table.on(users::id.eq(calendar_feeds::owner_id)))
        .inner_join(offices::table.on(offices::id.eq(calendar_feeds::office_id)))
        .filter(calendar_feeds::office_id.eq(office).and(calendar_feeds::secret_hash.eq(secret_hash)))
        .filter(calendar_feeds::revoked_at.is_null().and(users::archived_at.is_null()))
        .select((COLUMNS, (users::login, users::role, users::scope, users::language), offices::code))
        .get_result(connection)
        .optional()?;
    let Some((row, (login, role, scope, language), office)) = found else { return Ok(None) };
    let feed = feed(row)?;
    let owner = SignedIn { user: feed.owner, login, role, scope, language, token_scopes: None };
    Ok(Some(FoundFeed { feed, owner, office }))
}

/// One page of the feeds in force, newest first: all of the office, or those of one owner.
pub fn list_feeds(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    owner: Option<UserId>,
    cut: &Cut<FeedId>,
) -> Result<Page<CalendarFeed>, StoreError> {
    let mut query = calendar_feeds::table
        .filter(calendar_feeds::office_id.eq(scope.office_id()).and(calendar_feeds::revoked_at.is_null()))
        .order(calendar_feeds::id.desc())
        .limit(cut.limit_plus_one())
        .select(COLUMNS)
        .into_boxed::<MultiBackend>();
    if let Some(owner) = owner {
        query = query.filter(calendar_feeds::owner_id.eq(owner));
    }
    if let Some(after) = cut.after {
        query = query.filter(calendar_feeds::id.lt(after));
    }
    let rows: Vec<Row> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(feed).collect::<Result<_, _>>()?))
}

/// A feed in force.
pub fn find_feed(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: FeedId,
) -> Result<Option<CalendarFeed>, StoreError> {
    let row: Option<Row> = calendar_feeds::table
        .filter(calendar_feeds::office_id.eq(scope.office_id()).and(calendar_feeds::id.eq(id)))
        .filter(calendar_feeds::revoked_at.is_null())
        .select(COLUMNS)
        .first(connection)
        .optional()?;
    row.map(feed).transpose()
}

pub fn insert_feed(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    feed: &CalendarFeed,
    secret_hash: &str,
) -> Result<(), StoreError> {
    diesel::insert_into(calendar_feeds::table)
        .values((
            calendar_feeds::office_id.eq(scope.office_id()),
            calendar_feeds::id.eq(feed.id),
            calendar_feeds::kind.eq(feed.subject.kind()),
            calendar_feeds::team_id.eq(feed.subject.team()),
            calendar_feeds::owner_id.eq(feed.owner),
            calendar_feeds::secret_hash.eq(secret_hash),
            calendar_feeds::created_at.eq(At(feed.created_at)),
        ))
        .execute(connection)?;
    Ok(())
}

/// Ends a feed; false if it has ended before.
pub fn revoke_feed(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: FeedId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let in_force = calendar_feeds::table
        .filter(calendar_feeds::office_id.eq(scope.office_id()).and(calendar_feeds::id.eq(id)))
        .filter(calendar_feeds::revoked_at.is_null());
    Ok(diesel::update(in_force).set(calendar_feeds::revoked_at.eq(At(now))).execute(connection)? == 1)
}

fn feed((id, kind, team, owner, created_at): Row) -> Result<CalendarFeed, StoreError> {
    let subject = match (kind, team) {
        (FeedKind::Office, None) => FeedSubject::Office,
        (FeedKind::Team, Some(team)) => FeedSubject::Team(team),
        (FeedKind::Officer, None) => FeedSubject::Owner,
        _ => return Err(StoreError::broken(format!("calendar feed {id} is of {kind} with team {team:?}"))),
    };
    Ok(CalendarFeed { id, subject, owner, created_at: created_at.0 })
}
