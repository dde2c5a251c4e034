//! The digest of a region as its reader would see it, on any day: looked at, or sent by hand.

use chrono::NaiveDate;

use super::compile::{compile_region, today};
use super::readers::{find_region_reader, payload};
use crate::domain::audit::Change;
use crate::domain::digest::{DigestPeriod, RegionPayload, check_recipient};
use crate::domain::id::{MailId, OfficeId};
use crate::domain::language::Language;
use crate::domain::mail::{MailKind, MailTopic};
use crate::domain::permission::{Action, Export, ManageSelf, WidePermit};
use crate::domain::staff::User;
use crate::domain::text::Login;
use crate::mail;
use crate::service::delivery::{Draft, enqueue, unsubscribe_address};
use crate::service::desk::{Caller, Services, WideDesk};
use crate::service::digests::preview::compose;
use crate::service::digests::readers::actor_of;
use crate::service::digests::send::{SentDigest, check_day};
use crate::service::error::ServiceError;
use crate::store::AnyConnection;

/// A letter as it would be written now.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionLetter {
    pub payload: RegionPayload,
    pub language: Language,
    pub subject: String,
    pub text: String,
    /// A whole document without pictures.
    pub html: String,
    /// The message of RFC 5322; none for a reader without an address.
    pub message: Option<Vec<u8>>,
}

/// What is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendRegion {
    pub on: NaiveDate,
    pub period: DigestPeriod,
    /// None: the caller. Only the program itself names another.
    pub to: Option<Login>,
    /// A try: the letter leaves even if the same one was sent before.
    pub is_test: bool,
}

impl Services {
    /// Writes the digest of a reader's region without sending it; `to` as in [`SendRegion`].
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for readers of one office; `on` for a day that has not come; the broken rule on `to`.
    pub async fn preview_region_digest(
        &self,
        caller: &Caller,
        command: SendRegion,
        language: Option<Language>,
    ) -> Result<RegionLetter, ServiceError> {
        let SendRegion { on, period, to, .. } = command;
        let (payload, user) = self
            .read_wide(caller, move |desk: &mut WideDesk<'_, Export>| {
                check_day(today(desk.now), on)?;
                let user = find_region_reader(desk, to.as_ref())?;
                Ok((written(desk, &user, period, on)?, user))
            })
            .await?;
        let language = language.or(user.details.language).unwrap_or_default();
        let (sender, now) = (self.mail.mailer.sender().clone(), self.clock.now());
        let write = move || {
            let frozen = serde_json::to_value(&payload).map_err(ServiceError::internal)?;
            let letter = mail::render(MailKind::RegionDigest, &frozen, language).map_err(ServiceError::internal)?;
            let message = compose(&letter, &user, language, &sender, now)?;
            let mail::Letter { subject, text, html, .. } = letter;
            Ok(RegionLetter { payload, language, subject, text, html, message })
        };
        tokio::task::spawn_blocking(write).await.map_err(ServiceError::internal)?
    }

    /// Puts the digest of a reader's region into the outbox: the schedule's letter, of any day that has come.
    ///
    /// # Errors
    /// As [`Services::preview_region_digest`]; the broken rule on `to` for a reader without an address.
    pub async fn send_region_digest(&self, caller: &Caller, command: SendRegion) -> Result<SentDigest, ServiceError> {
        let try_id = MailId::new(self.clock.now());
        self.write_wide(caller, move |desk: &mut WideDesk<'_, ManageSelf>| {
            let SendRegion { on, period, to, is_test } = &command;
            check_day(today(desk.now), *on)?;
            let user = find_region_reader(desk, to.as_ref())?;
            check_recipient(&user).map_err(|rule| ServiceError::invalid("to", rule))?;
            let payload = written(desk, &user, *period, *on)?;
            let about = if *is_test { format!("test:{try_id}") } else { format!("{period}:{on}") };
            let draft = draft(desk.connection, &user, about, payload)?;
            let queued = enqueue(desk.connection, OfficeId::NATION, vec![draft], desk.now)?;
            let change = Change::new("digest.sent", "digest", on).with("period", period).with("letters", queued);
            desk.record(&user.details.scope, change)?;
            Ok(SentDigest { queued, known: 1 - queued.min(1), readers: vec![user.login], without_email: Vec::new() })
        })
        .await
    }
}

/// What the letter tells, under the rights of its reader.
fn written<A: Action>(
    desk: &mut WideDesk<'_, A>,
    user: &User,
    period: DigestPeriod,
    on: NaiveDate,
) -> Result<RegionPayload, ServiceError> {
    let permit = WidePermit::<Export>::grant(&actor_of(user))?;
    let report = compile_region(desk.connection, &permit, period, on, desk.now)?;
    Ok(payload(report, user, &desk.mail.site))
}

/// A letter to `user`, with the address that ends such letters.
pub fn draft<'a>(
    connection: &mut AnyConnection,
    user: &'a User,
    about: String,
    mut payload: RegionPayload,
) -> Result<Draft<'a, RegionPayload>, ServiceError> {
    let site = payload.reader.public_url.clone();
    let address = unsubscribe_address(connection, &site, OfficeId::NATION, user.id, MailTopic::Digests)?;
    payload.reader.unsubscribe = Some(address);
    Ok(Draft { kind: MailKind::RegionDigest, reader: user, about, payload, not_before: None, expires_at: None })
}
