//! Venues of an office.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::domain::id::{OfficeId, VenueId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::region::RegionCode;
use crate::domain::text::{Code, Name, Note, Phone};
use crate::domain::venue::{Contact, Position, Venue, VenueDetails, VenueKind};
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::queries::search::{like_pattern, lower};
use crate::store::schema::venues;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = venues, treat_none_as_default_value = false, treat_none_as_null = true)]
struct VenueRow {
    office_id: OfficeId,
    id: VenueId,
    code: Code,
    name: Name,
    kind: VenueKind,
    region_code: RegionCode,
    latitude: Option<f64>,
    longitude: Option<f64>,
    people: Option<i64>,
    eligible: Option<i64>,
    phone_share: Option<f64>,
    opening: serde_json::Value,
    contact_name: Option<Name>,
    contact_phone: Option<Phone>,
    notes: Option<Note>,
    as_reported: Option<Note>,
    version: i64,
    created_at: At,
    archived_at: Option<At>,
}

/// What a list of venues is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VenueFilter {
    pub kind: Option<VenueKind>,
    /// The region or anything inside it.
    pub region: Option<RegionCode>,
    /// Part of the name or code, in any case.
    pub search: Option<String>,
    pub archived: bool,
}

/// The venue with this code, archived or not.
pub fn find_venue(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    code: &Code,
) -> Result<Option<Venue>, StoreError> {
    let row: Option<VenueRow> = venues::table
        .filter(venues::office_id.eq(scope.office_id()).and(venues::code.eq(code)))
        .select(VenueRow::as_select())
        .first(connection)
        .optional()?;
    row.map(Venue::try_from).transpose()
}

/// The venues with these ids, in the order of their codes.
pub fn list_venues_by_id(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    ids: &[VenueId],
) -> Result<Vec<Venue>, StoreError> {
    let rows: Vec<VenueRow> = venues::table
        .filter(venues::office_id.eq(scope.office_id()).and(venues::id.eq_any(ids)))
        .order(venues::code)
        .select(VenueRow::as_select())
        .load(connection)?;
    rows.into_iter().map(Venue::try_from).collect()
}

/// The venues with these codes, archived or not, in the order of their codes.
pub fn list_venues_by_code(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    codes: &[Code],
) -> Result<Vec<Venue>, StoreError> {
    let rows: Vec<VenueRow> = venues::table
        .filter(venues::office_id.eq(scope.office_id()).and(venues::code.eq_any(codes)))
        .order(venues::code)
        .select(VenueRow::as_select())
        .load(connection)?;
    rows.into_iter().map(Venue::try_from).collect()
}

/// Every venue in use, by code.
pub fn list_all_venues(connection: &mut AnyConnection, scope: OfficeScope) -> Result<Vec<Venue>, StoreError> {
    let rows: Vec<VenueRow> = venues::table
        .filter(venues::office_id.eq(scope.office_id()).and(venues::archived_at.is_null()))
        .order(venues::code)
        .select(VenueRow::as_select())
        .load(connection)?;
    rows.into_iter().map(Venue::try_from).collect()
}

/// One page of the office's venues, in the order of their codes.
pub fn list_venues(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &VenueFilter,
    cut: &Cut<Code>,
) -> Result<Page<Venue>, StoreError> {
    let mut query = venues::table
        .filter(venues::office_id.eq(scope.office_id()))
        .order(venues::code)
        .limit(cut.limit_plus_one())
        .select(VenueRow::as_select())
        .into_boxed::<MultiBackend>();
    if !filter.archived {
        query = query.filter(venues::archived_at.is_null());
    }
    if let Some(after) = &cut.after {
        query = query.filter(venues::code.gt(after));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(venues::kind.eq(kind));
    }
    if let Some(region) = &filter.region {
        query = query.filter(venues::region_code.eq(region).or(venues::region_code.like(format!("{region}.%"))));
    }
    if let Some(search) = &filter.search {
        let pattern = like_pattern(search);
        query = query.filter(
            lower(venues::name).like(pattern.clone()).escape('\\').or(lower(venues::code).like(pattern).escape('\\')),
        );
    }
    let rows: Vec<VenueRow> = query.load(connection)?;
    let venues = rows.into_iter().map(Venue::try_from).collect::<Result<_, _>>()?;
    Ok(cut.page(venues))
}

/// Adds a venue; [`StoreError::Taken`] if the code is in use.
pub fn insert_venue(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    venue: &Venue,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    insert_venues(connection, scope, std::slice::from_ref(venue), now)
}

/// Adds many venues in few statements.
pub fn insert_venues(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    venues: &[Venue],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in venues.chunks(super::ROWS_PER_INSERT) {
        let rows = chunk.iter().map(|venue| row(scope, venue, now)).collect::<Result<Vec<_>, _>>()?;
        each!(connection, |c| diesel::insert_into(venues::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Stores a changed venue if its stored version is still `known`; false if somebody else was first.
pub fn update_venue(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    venue: &Venue,
    known: i64,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let row = row(scope, venue, now)?;
    let stored = venues::table
        .filter(venues::office_id.eq(scope.office_id()).and(venues::id.eq(venue.id)).and(venues::version.eq(known)));
    let changed = diesel::update(stored)
        .set((
            venues::name.eq(row.name),
            venues::kind.eq(row.kind),
            venues::region_code.eq(row.region_code),
            venues::latitude.eq(row.latitude),
            venues::longitude.eq(row.longitude),
            venues::people.eq(row.people),
            venues::eligible.eq(row.eligible),
            venues::phone_share.eq(row.phone_share),
            venues::opening.eq(row.opening),
            venues::contact_name.eq(row.contact_name),
            venues::contact_phone.eq(row.contact_phone),
            venues::notes.eq(row.notes),
            venues::as_reported.eq(row.as_reported),
            venues::version.eq(row.version),
            venues::archived_at.eq(row.archived_at),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

/// Keeps others from changing the office's venues until the transaction ends: on PostgreSQL, where what was loaded could
/// be stale when it is replaced; SQLite has one writer.
pub fn lock_venues(connection: &mut AnyConnection, scope: OfficeScope) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(postgres) = connection {
        let own = venues::table.filter(venues::office_id.eq(scope.office_id())).order(venues::id);
        own.select(venues::id).for_update().load::<VenueId>(postgres)?;
    }
    Ok(())
}

/// Stores other details of many venues, loaded under [`lock_venues`].
pub fn replace_venues(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    venues: &[Venue],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chunk in venues.chunks(super::ROWS_PER_INSERT) {
        let rows = chunk.iter().map(|venue| row(scope, venue, now)).collect::<Result<Vec<_>, _>>()?;
        each!(connection, |c| {
            diesel::insert_into(venues::table)
                .values(&rows)
                .on_conflict((venues::office_id, venues::id))
                .do_update()
                .set((
                    venues::name.eq(excluded(venues::name)),
                    venues::kind.eq(excluded(venues::kind)),
                    venues::region_code.eq(excluded(venues::region_code)),
                    venues::latitude.eq(excluded(venues::latitude)),
                    venues::longitude.eq(excluded(venues::longitude)),
                    venues::people.eq(excluded(venues::people)),
                    venues::eligible.eq(excluded(venues::eligible)),
                    venues::phone_share.eq(excluded(venues::phone_share)),
                    venues::opening.eq(excluded(venues::opening)),
                    venues::contact_name.eq(excluded(venues::contact_name)),
                    venues::contact_phone.eq(excluded(venues::contact_phone)),
                    venues::notes.eq(excluded(venues::notes)),
                    venues::as_reported.eq(excluded(venues::as_reported)),
                    venues::version.eq(excluded(venues::version)),
                ))
                .execute(c)
        })?;
    }
    Ok(())
}

fn row(scope: OfficeScope, venue: &Venue, now: DateTime<Utc>) -> Result<VenueRow, StoreError> {
    let details = venue.details.clone();
    Ok(VenueRow {
        office_id: scope.office_id(),
        id: venue.id,
        code: venue.code.clone(),
        name: details.name,
        kind: details.kind,
        region_code: details.region,
        latitude: details.position.map(Position::latitude),
        longitude: details.position.map(Position::longitude),
        people: details.people,
        eligible: details.eligible,
        phone_share: details.phone_share,
        opening: serde_json::to_value(&details.opening).map_err(StoreError::broken)?,
        contact_name: details.contact.name,
        contact_phone: details.contact.phone,
        notes: details.notes,
        as_reported: details.as_reported,
        version: venue.version,
        created_at: At(now),
        archived_at: venue.archived.then_some(At(now)),
    })
}

impl TryFrom<VenueRow> for Venue {
    type Error = StoreError;

    fn try_from(row: VenueRow) -> Result<Self, StoreError> {
        let position = row.latitude.zip(row.longitude).map(|(latitude, longitude)| Position::new(latitude, longitude));
        Ok(Self {
            id: row.id,
            code: row.code,
            details: VenueDetails {
                name: row.name,
                kind: row.kind,
                region: row.region_code,
                position: position.transpose().map_err(StoreError::broken)?,
                people: row.people,
                eligible: row.eligible,
                phone_share: row.phone_share,
                opening: serde_json::from_value(row.opening).map_err(StoreError::broken)?,
                contact: Contact { name: row.contact_name, phone: row.contact_phone },
                notes: row.notes,
                as_reported: row.as_reported,
            },
            version: row.version,
            archived: row.archived_at.is_some(),
        })
    }
}
