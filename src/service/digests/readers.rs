//! Who reads a digest: a user whose scope has the office, who has a right to digests and an address. A letter is written
//! under the rights of its reader, whoever asked for it.

use crate::domain::digest::{DigestPayload, DigestReader, DigestReport, check_recipient};
use crate::domain::office::Office;
use crate::domain::page::Cut;
use crate::domain::permission::{Action, ActionKind, Actor, Export, Permit, SignedIn};
use crate::domain::rule::Rule;
use crate::domain::staff::{Role, Scope, User};
use crate::domain::text::Login;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::store::queries::users::{StaffFilter, find_user, list_staff};

/// Heads of one office: far more than any has.
const HEADS_MAX: usize = 100;

/// The actor that a user is.
pub fn actor_of(user: &User) -> Actor {
    Actor::User(SignedIn {
        user: user.id,
        login: user.login.clone(),
        role: user.details.role,
        scope: user.details.scope.clone(),
        language: user.details.language,
        token_scopes: None,
    })
}

/// Whether a user may receive digests of an office.
///
/// # Errors
/// [`Rule::NotFound`] for somebody who is gone or does not see the office; see [`check_recipient`] for the rest.
pub fn check_reader(user: &User, office: &Office) -> Result<(), Rule> {
    check_rights(user, office)?;
    check_recipient(user)
}

/// As [`check_reader`], for a letter that is only looked at and needs no address.
pub fn check_rights(user: &User, office: &Office) -> Result<(), Rule> {
    match Permit::<Export>::grant(&actor_of(user), office.clone()) {
        Ok(_) if !user.archived => Ok(()),
        Err(_) if user.details.role == Role::Officer => Err(Rule::ReadsNoDigests),
        _ => Err(Rule::NotFound),
    }
}

/// The user with this login, who may read digests of the desk's office.
///
/// # Errors
/// The broken rule, on `field`.
pub fn find_reader<A: Action>(
    desk: &mut Desk<'_, A>,
    field: &str,
    login: &Login,
    check: fn(&User, &Office) -> Result<(), Rule>,
) -> Result<User, ServiceError> {
    let user = find_user(desk.connection, login)?.ok_or_else(|| ServiceError::invalid(field, Rule::NotFound))?;
    check(&user, desk.office()).map_err(|rule| ServiceError::invalid(field, rule))?;
    Ok(user)
}

/// The heads of the desk's office, by login.
pub fn list_heads<A: Action>(desk: &mut Desk<'_, A>) -> Result<Vec<User>, ServiceError> {
    let scope = Scope::region(desk.office().code.clone());
    let staff = list_staff(desk.connection, &[scope], &StaffFilter::default(), &Cut::new(HEADS_MAX, None))?;
    Ok(staff.items.into_iter().filter(|user| user.details.role == Role::Head).collect())
}

/// What a letter to `user` is written from.
pub fn payload(report: &DigestReport, user: &User, site: &str) -> DigestPayload {
    DigestPayload { report: report.clone(), reader: reader_of(user, site) }
}

/// `user` as a letter needs to know him; `site` begins the addresses in it.
pub fn reader_of(user: &User, site: &str) -> DigestReader {
    let actor = actor_of(user);
    DigestReader {
        name: user.details.name.to_string(),
        public_url: site.to_owned(),
        may_plan: actor.may(ActionKind::Plan),
        may_govern: actor.may(ActionKind::Govern),
        next: None,
        unsubscribe: None,
    }
}
