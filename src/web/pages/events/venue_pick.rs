//! Which venue is meant by what was typed: a choice of the list ("SMKN 1 Bukateja · SMKN-1"), a code, or a part of a name.

use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::region::RegionCode;
use crate::domain::rule::{FieldError, Rule};
use crate::domain::text::Code;
use crate::domain::venue::Venue;
use crate::service::venues::VenueFilter;
use crate::service::{Caller, ServiceError, Services};

/// Between the name and the code of a choice.
const BETWEEN: &str = " · ";

/// Choices that the page carries; what lies beyond is found by typing.
const CHOICES: usize = 150;

/// What typing came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Pick {
    /// Nothing was typed.
    Nothing,
    Found(Box<Venue>),
    /// Several fit: the reader chooses.
    Several(Vec<Venue>),
    Unknown,
}

impl Pick {
    pub fn code(&self) -> Option<&Code> {
        match self {
            Self::Found(venue) => Some(&venue.code),
            _ => None,
        }
    }

    pub fn venue(&self) -> Option<&Venue> {
        match self {
            Self::Found(venue) => Some(venue),
            _ => None,
        }
    }

    /// Why no venue follows from it.
    pub fn error(&self) -> Option<FieldError> {
        match self {
            Self::Found(_) | Self::Nothing => None,
            Self::Several(_) | Self::Unknown => Some(FieldError::new("venue", Rule::NotFound)),
        }
    }
}

/// A venue as the list offers it.
pub fn choice(venue: &Venue) -> String {
    format!("{}{BETWEEN}{}", venue.details.name, venue.code)
}

/// The venues that the list offers: those that fit what was typed, or the first ones.
pub async fn list_choices(
    services: &Services,
    caller: &Caller,
    office: &RegionCode,
) -> Result<Vec<Venue>, ServiceError> {
    Ok(services.list_venues(caller, office, VenueFilter::default(), Cut::new(CHOICES, None)).await?.items)
}

/// The venue that was meant.
pub async fn pick(
    services: &Services,
    caller: &Caller,
    office: &RegionCode,
    typed: &str,
) -> Result<Pick, ServiceError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Pick::Nothing);
    }
    let code = typed.rsplit_once(BETWEEN).map_or(typed, |(_, code)| code);
    if let Ok(code) = code.trim().to_uppercase().parse::<Code>() {
        match services.find_venue(caller, office, code).await {
            Ok(venue) => return Ok(Pick::Found(Box::new(venue))),
            Err(ServiceError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let filter = VenueFilter { search: Some(typed.to_owned()), ..VenueFilter::default() };
    let found = services.list_venues(caller, office, filter, Cut::new(LIMIT_MAX, None)).await?.items;
    Ok(chosen(typed, found))
}

/// A name typed in full is meant even if others contain it.
fn chosen(typed: &str, mut found: Vec<Venue>) -> Pick {
    let is_full = |venue: &Venue| venue.details.name.as_str().to_lowercase() == typed.to_lowercase();
    if found.iter().filter(|venue| is_full(venue)).count() == 1 {
        found.retain(is_full);
    }
    match found.len() {
        0 => Pick::Unknown,
        1 => found.pop().map_or(Pick::Unknown, |venue| Pick::Found(Box::new(venue))),
        _ => Pick::Several(found),
    }
}
