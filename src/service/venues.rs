//! The venue registry: adding, finding, changing and archiving the places that teams go to.

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use crate::domain::audit::Change;
use crate::domain::id::VenueId;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Plan, Read};
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::text::Code;
use crate::domain::venue::{Contact, Venue, VenueDetails};
use crate::store::queries::regions;
use crate::store::queries::venues as store;

pub use crate::store::queries::venues::VenueFilter;

/// A new venue.
#[derive(Debug, Clone, PartialEq)]
pub struct AddVenue {
    pub code: Code,
    pub details: VenueDetails,
}

/// Another set of details for a venue, and whether it is archived.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeVenue {
    pub code: Code,
    pub details: VenueDetails,
    pub archived: bool,
    /// The version that the caller saw; without one the change applies to whatever is stored.
    pub known: Option<i64>,
}

impl Services {
    /// One page of the registry, by code.
    pub async fn list_venues(
        &self,
        caller: &Caller,
        office: &RegionCode,
        filter: VenueFilter,
        cut: Cut<Code>,
    ) -> Result<Page<Venue>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            Ok(store::list_venues(desk.connection, desk.scope(), &filter, &cut)?)
        })
        .await
    }

    pub async fn find_venue(&self, caller: &Caller, office: &RegionCode, code: Code) -> Result<Venue, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| load_venue(desk, &code)).await
    }

    /// Adds a venue; a code in use is a conflict.
    pub async fn add_venue(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: AddVenue,
    ) -> Result<Venue, ServiceError> {
        let id = VenueId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let AddVenue { code, details } = command.clone();
            check_region(desk, &details.region)?;
            let venue = Venue { id, code, details, version: 1, archived: false };
            store::insert_venue(desk.connection, desk.scope(), &venue, desk.now)
                .map_err(ServiceError::taken("code"))?;
            desk.record(Change::new("venue.added", "venue", &venue.code))?;
            Ok(venue)
        })
        .await
    }

    /// Gives a venue other details, or takes it out of the registry and back.
    pub async fn change_venue(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: ChangeVenue,
    ) -> Result<Venue, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let ChangeVenue { code, details, archived, known } = command.clone();
            let stored = load_venue(desk, &code)?;
            if details.region != stored.details.region {
                check_region(desk, &details.region)?;
            }
            let fields = stored.details.changed_fields(&details);
            let changed = Venue { details, archived, version: stored.version + 1, ..stored.clone() };
            save(desk, &stored, &changed, known)?;
            desk.record(Change::new("venue.changed", "venue", &code).fields(&fields).with("archived", archived))?;
            Ok(changed)
        })
        .await
    }

    /// Takes a venue out of the registry; its history stays.
    pub async fn archive_venue(
        &self,
        caller: &Caller,
        office: &RegionCode,
        code: Code,
        known: Option<i64>,
    ) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            let stored = load_venue(desk, &code)?;
            let archived = Venue { archived: true, version: stored.version + 1, ..stored.clone() };
            save(desk, &stored, &archived, known)?;
            desk.record(Change::new("venue.archived", "venue", &code))
        })
        .await
    }

    /// Erases a venue's contact person, who may ask for it at any time. No table and no trail keeps the old values.
    pub async fn erase_venue_contact(
        &self,
        caller: &Caller,
        office: &RegionCode,
        code: Code,
        known: Option<i64>,
    ) -> Result<Venue, ServiceError> {
        let erase = move |desk: &mut Desk<'_, Plan>| {
            let stored = load_venue(desk, &code)?;
            let details = VenueDetails { contact: Contact::default(), ..stored.details.clone() };
            let erased = Venue { details, version: stored.version + 1, ..stored.clone() };
            save(desk, &stored, &erased, known)?;
            desk.record(Change::new("venue.contact_erased", "venue", &code).fields(&["contact"]))?;
            Ok(erased)
        };
        let erased = self.write_office(caller, office, erase).await?;
        self.leave_no_copy().await;
        Ok(erased)
    }
}

fn load_venue<A: Action>(desk: &mut Desk<'_, A>, code: &Code) -> Result<Venue, ServiceError> {
    store::find_venue(desk.connection, desk.scope(), code)?.ok_or(ServiceError::NotFound)
}

fn save(desk: &mut Desk<'_, Plan>, stored: &Venue, changed: &Venue, known: Option<i64>) -> Result<(), ServiceError> {
    let known = known.unwrap_or(stored.version);
    let saved = store::update_venue(desk.connection, desk.scope(), changed, known, desk.now)?;
    ServiceError::stale_unless(saved)
}

/// A venue lies in a known kecamatan or village of its own office.
pub(super) fn check_region<A: Action>(desk: &mut Desk<'_, A>, region: &RegionCode) -> Result<(), ServiceError> {
    let refuse = |rule| Err(ServiceError::invalid("region", rule));
    if !desk.office().code.contains(region) || *region == desk.office().code {
        return refuse(Rule::OutsideOffice);
    }
    match regions::find_region(desk.connection, region)? {
        Some(_) => Ok(()),
        None => refuse(Rule::NotFound),
    }
}
