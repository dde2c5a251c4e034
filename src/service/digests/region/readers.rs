//! Who reads the digest of a region: a user whose scope is a province or the nation, who has a right to digests. It is his
//! own; only the program itself writes it for somebody else.

use crate::domain::digest::{RegionPayload, RegionReport};
use crate::domain::id::OfficeId;
use crate::domain::mail::MailTopic;
use crate::domain::permission::{Action, ActionKind, Actor};
use crate::domain::region::RegionLevel;
use crate::domain::rule::Rule;
use crate::domain::staff::User;
use crate::domain::text::Login;
use crate::service::delivery::willing;
use crate::service::desk::WideDesk;
use crate::service::digests::readers::{actor_of, reader_of};
use crate::service::error::ServiceError;
use crate::store::AnyConnection;
use crate::store::queries::users;

/// The reader whom a letter is for: the caller himself, or whom the program names.
///
/// # Errors
/// [`ServiceError::Forbidden`] for another's letter; the broken rule on `to` for somebody who has none.
pub fn find_region_reader<A: Action>(desk: &mut WideDesk<'_, A>, to: Option<&Login>) -> Result<User, ServiceError> {
    let is_own = |login: &Login| desk.permit.actor().signed_in().is_some_and(|user| user.login == *login);
    let Some(login) = to.filter(|login| !is_own(login)) else { return own(desk) };
    if !matches!(desk.permit.actor(), Actor::System(_)) {
        return Err(ServiceError::Forbidden);
    }
    let none = || ServiceError::invalid("to", Rule::NotFound);
    let user = users::find_user(desk.connection, login)?.filter(|user| !user.archived).ok_or_else(none)?;
    if !actor_of(&user).may(ActionKind::Export) {
        return Err(ServiceError::invalid("to", Rule::ReadsNoDigests));
    }
    check_region_reader(&user).map_err(|_| none())?;
    Ok(user)
}

/// The caller, if he reads more than one office and digests at all.
pub fn own<A: Action>(desk: &mut WideDesk<'_, A>) -> Result<User, ServiceError> {
    if !desk.permit.actor().may(ActionKind::Export) {
        return Err(ServiceError::Forbidden);
    }
    let login = desk.permit.actor().signed_in().map(|user| user.login.clone()).ok_or(ServiceError::Forbidden)?;
    let user = users::find_user(desk.connection, &login)?.ok_or(ServiceError::NotFound)?;
    check_region_reader(&user)?;
    Ok(user)
}

pub fn check_region_reader(user: &User) -> Result<(), ServiceError> {
    let is_wide = user.details.scope.as_region().is_none_or(|region| region.level() == RegionLevel::Province);
    if is_wide { Ok(()) } else { Err(ServiceError::NotFound) }
}

pub fn is_willing(connection: &mut AnyConnection, user: &User) -> Result<bool, ServiceError> {
    Ok(willing(connection, OfficeId::NATION, MailTopic::Digests, &[user.id])?.contains(&user.id))
}

/// What a letter to `user` is written from.
pub fn payload(report: RegionReport, user: &User, site: &str) -> RegionPayload {
    RegionPayload { report, reader: reader_of(user, site) }
}
