//! From a person and a payload to a row of the outbox, in the transaction of what the letter tells of.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::domain::id::{MailId, OfficeId};
use crate::domain::mail::MailKind;
use crate::domain::staff::User;
use crate::service::error::ServiceError;
use crate::store::AnyConnection;
use crate::store::queries::outbox::{self, NewLetter};

/// A letter to somebody of the staff.
#[derive(Debug, Clone)]
pub struct Draft<'a, P: Serialize> {
    pub kind: MailKind,
    pub reader: &'a User,
    /// What the letter tells, without whom: `EVENT:VERSION`.
    pub about: String,
    /// What `mail::render` reads for this kind.
    pub payload: P,
    /// None: now.
    pub not_before: Option<DateTime<Utc>>,
    /// None: after four days, as long as mail servers usually try.
    pub expires_at: Option<DateTime<Utc>>,
}

/// How long a letter is of use unless something else is said.
const USEFUL: TimeDelta = TimeDelta::days(4);

/// Puts letters into the outbox. Readers without an address are left out, and so is what was told already; answers how many
/// letters were new.
pub fn enqueue<P: Serialize>(
    connection: &mut AnyConnection,
    office: OfficeId,
    drafts: Vec<Draft<'_, P>>,
    now: DateTime<Utc>,
) -> Result<usize, ServiceError> {
    let letters: Vec<NewLetter> =
        drafts.into_iter().filter_map(|draft| letter(draft, now).transpose()).collect::<Result<_, _>>()?;
    Ok(outbox::enqueue(connection, office, &letters, now)?)
}

fn letter<P: Serialize>(draft: Draft<'_, P>, now: DateTime<Utc>) -> Result<Option<NewLetter>, ServiceError> {
    let Draft { kind, reader, about, payload, not_before, expires_at } = draft;
    let Some(recipient) = reader.details.email.clone() else { return Ok(None) };
    Ok(Some(NewLetter {
        id: MailId::new(now),
        dedupe_key: format!("{kind}:{about}:{}", reader.id),
        kind,
        user: Some(reader.id),
        recipient,
        recipient_name: Some(reader.details.name.to_string()),
        language: reader.details.language.unwrap_or_default(),
        payload: serde_json::to_value(payload).map_err(ServiceError::internal)?,
        not_before: not_before.unwrap_or(now),
        expires_at: expires_at.unwrap_or(now + USEFUL),
    }))
}
