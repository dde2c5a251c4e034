//! How a reader ends letters of a topic: by an address in the letter itself, which needs no sign-in and is signed.

use std::collections::BTreeSet;

use super::sign::{is_signed, sign};
use crate::domain::audit::Change;
use crate::domain::id::{OfficeId, UserId};
use crate::domain::language::Language;
use crate::domain::mail::MailTopic;
use crate::domain::permission::Actor;
use crate::domain::staff::Scope;
use crate::domain::text::Name;
use crate::service::desk::Services;
use crate::service::error::ServiceError;
use crate::service::secret::new_secret;
use crate::store::AnyConnection;
use crate::store::queries::{audit, mail_optouts, offices, users};

/// What a signed address is about, as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub office: Option<Name>,
    pub topic: MailTopic,
    pub reader: Name,
    pub language: Language,
    /// False once the reader does without.
    pub is_on: bool,
}

/// Signs the addresses of one office.
#[derive(Clone)]
pub struct Signer {
    office: OfficeId,
    key: String,
}

impl Signer {
    /// The office's key is made on the first call, in the transaction in hand.
    pub fn load(connection: &mut AnyConnection, office: OfficeId) -> Result<Self, ServiceError> {
        Ok(Self { office, key: key_of(connection, office)? })
    }

    /// The address that ends letters of `topic` to `reader`.
    pub fn address(&self, site: &str, reader: UserId, topic: MailTopic) -> Result<String, ServiceError> {
        let text = signed_text(self.office, reader, topic);
        let signature = sign(&self.key, &text).ok_or_else(|| ServiceError::internal("a key that cannot sign"))?;
        Ok(format!("{site}/berhenti/{text}.{signature}"))
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.office)
    }
}

/// The address that ends letters of `topic` from `office` to one reader; for many readers take a [`Signer`].
pub fn unsubscribe_address(
    connection: &mut AnyConnection,
    site: &str,
    office: OfficeId,
    reader: UserId,
    topic: MailTopic,
) -> Result<String, ServiceError> {
    Signer::load(connection, office)?.address(site, reader, topic)
}

/// Those of these users who still want letters of this topic from this office.
pub fn willing(
    connection: &mut AnyConnection,
    office: OfficeId,
    topic: MailTopic,
    readers: &[UserId],
) -> Result<BTreeSet<UserId>, ServiceError> {
    let without: BTreeSet<UserId> =
        mail_optouts::list_optouts(connection, office, topic, readers)?.into_iter().collect();
    Ok(readers.iter().copied().filter(|reader| !without.contains(reader)).collect())
}

fn key_of(connection: &mut AnyConnection, office: OfficeId) -> Result<String, ServiceError> {
    if let Some(key) = mail_optouts::find_key(connection, office)? {
        return Ok(key);
    }
    mail_optouts::insert_key(connection, office, &new_secret()?)?;
    // Another process may have been faster; its key is the key.
    mail_optouts::find_key(connection, office)?.ok_or_else(|| ServiceError::internal("no key to sign with"))
}

fn signed_text(office: OfficeId, reader: UserId, topic: MailTopic) -> String {
    format!("{}.{}.{topic}", office.0.simple(), reader.0.simple())
}

impl Services {
    /// What the signed address with this token is about.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if the token is not signed by us, or its reader is gone.
    pub async fn find_subscription(&self, token: &str) -> Result<Subscription, ServiceError> {
        let token = token.to_owned();
        self.database
            .read(move |connection| {
                let (office, reader, topic) = read_token(connection, &token)?;
                show(connection, office, reader, topic)
            })
            .await
    }

    /// Ends letters, or lets them come again. Doing so twice is as good as once.
    ///
    /// # Errors
    /// As [`Services::find_subscription`].
    pub async fn set_subscription(&self, token: &str, is_on: bool) -> Result<Subscription, ServiceError> {
        let (token, now) = (token.to_owned(), self.clock.now());
        self.database
            .write(move |connection| {
                let (office, reader, topic) = read_token(connection, &token)?;
                let changed = if is_on {
                    mail_optouts::delete_optout(connection, office, reader, topic)?
                } else {
                    mail_optouts::insert_optout(connection, office, reader, topic, now)?
                };
                if changed {
                    let login = users::list_logins(connection, &[reader])?.pop().map(|(_, login)| login);
                    let login = login.ok_or(ServiceError::NotFound)?;
                    let action = if is_on { "letters.resumed" } else { "letters.ended" };
                    let change = Change::new(action, "user", login).with("topic", topic);
                    let record = change.by(&Actor::System("letter"), None, now);
                    audit::insert_audit(connection, office, &Scope::NATION, &record, now)?;
                }
                show(connection, office, reader, topic)
            })
            .await
    }
}

fn read_token(connection: &mut AnyConnection, token: &str) -> Result<(OfficeId, UserId, MailTopic), ServiceError> {
    const LOST: ServiceError = ServiceError::NotFound;
    let (text, signature) = token.rsplit_once('.').ok_or(LOST)?;
    let mut parts = text.split('.');
    let mut part = || parts.next().ok_or(LOST);
    let office: OfficeId = part()?.parse().map_err(|_| LOST)?;
    let reader: UserId = part()?.parse().map_err(|_| LOST)?;
    let topic: MailTopic = part()?.parse().map_err(|_| LOST)?;
    let key = mail_optouts::find_key(connection, office)?.ok_or(LOST)?;
    // The text is written anew, so that one right has one token.
    if is_signed(&key, &signed_text(office, reader, topic), signature) {
        Ok((office, reader, topic))
    } else {
        Err(LOST)
    }
}

fn show(
    connection: &mut AnyConnection,
    office: OfficeId,
    reader: UserId,
    topic: MailTopic,
) -> Result<Subscription, ServiceError> {
    let user = users::list_users_by_id(connection, &[reader])?.pop().ok_or(ServiceError::NotFound)?;
    let is_on = mail_optouts::list_optouts(connection, office, topic, &[reader])?.is_empty();
    Ok(Subscription {
        office: offices::find_office_by_id(connection, office)?.map(|office| office.name),
        topic,
        reader: user.details.name,
        language: user.details.language.unwrap_or_default(),
        is_on,
    })
}
