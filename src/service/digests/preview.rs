//! A digest as its reader would see it, on any day, without sending it: for the page, the API and the command line.

use chrono::{DateTime, NaiveDate, Utc};

use super::compile::compile;
use super::readers::{check_rights, find_reader, list_heads, payload};
use super::send::{DigestAddressees, check_day};
use crate::domain::digest::{DigestPayload, DigestPeriod};
use crate::domain::id::MailId;
use crate::domain::language::Language;
use crate::domain::mail::MailKind;
use crate::domain::permission::{ActionKind, Export};
use crate::domain::region::RegionCode;
use crate::domain::staff::User;
use crate::mail::{self, Address, Envelope, Letter};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;

/// What is to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewDigest {
    pub on: NaiveDate,
    pub period: DigestPeriod,
    pub to: DigestAddressees,
    /// None: the reader's own.
    pub language: Option<Language>,
}

/// A letter as it would be written now.
#[derive(Debug, Clone, PartialEq)]
pub struct DigestLetter {
    pub payload: DigestPayload,
    pub language: Language,
    pub subject: String,
    pub text: String,
    /// A whole document, whose picture is named `cid:…`.
    pub html: String,
    /// The picture of the HTML: its name there, and a PNG.
    pub picture: Option<(String, Vec<u8>)>,
    /// The message of RFC 5322; none for a reader without an address.
    pub message: Option<Vec<u8>>,
}

impl Services {
    /// Writes the digest of a day to its readers without sending it. Everybody sees the letter that he would get; who
    /// governs sees others' too.
    ///
    /// # Errors
    /// As [`Services::send_digest`].
    pub async fn preview_digest(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: PreviewDigest,
    ) -> Result<Vec<DigestLetter>, ServiceError> {
        let site = self.mail.site.clone();
        let asked = command.clone();
        let readers = self
            .read_office(caller, office, move |desk: &mut Desk<'_, Export>| {
                check_day(desk.today(), asked.on)?;
                let readers = readers(desk, &asked.to)?;
                let report = compile(desk, asked.period, asked.on)?;
                let written = |user: User| (payload(&report, &user, &site), user);
                Ok(readers.into_iter().map(written).collect::<Vec<_>>())
            })
            .await?;
        let (sender, now) = (self.mail.mailer.sender().clone(), self.clock.now());
        let write = move || {
            let written = readers.into_iter().map(|(payload, user)| {
                let language = command.language.or(user.details.language).unwrap_or_default();
                let letter = render(&payload, language)?;
                let message = compose(&letter, &user, language, &sender, now)?;
                Ok(show(letter, payload, language, message))
            });
            written.collect::<Result<Vec<_>, ServiceError>>()
        };
        tokio::task::spawn_blocking(write).await.map_err(ServiceError::internal)?
    }
}

fn readers(desk: &mut Desk<'_, Export>, to: &DigestAddressees) -> Result<Vec<User>, ServiceError> {
    let governs = desk.permit.actor().may(ActionKind::Govern);
    match to {
        DigestAddressees::Heads if governs => list_heads(desk),
        DigestAddressees::Heads => Err(ServiceError::Forbidden),
        DigestAddressees::Reader(login) => {
            let own = desk.permit.actor().signed_in().is_some_and(|user| user.login == *login);
            if !own && !governs {
                return Err(ServiceError::Forbidden);
            }
            Ok(vec![find_reader(desk, "to", login, check_rights)?])
        }
    }
}

fn render(payload: &DigestPayload, language: Language) -> Result<Letter, ServiceError> {
    let frozen = serde_json::to_value(payload).map_err(ServiceError::internal)?;
    mail::render(MailKind::Digest, &frozen, language).map_err(ServiceError::internal)
}

/// The letter as a message; none for a reader without an address.
pub fn compose(
    letter: &Letter,
    user: &User,
    language: Language,
    sender: &crate::domain::mail::Sender,
    now: DateTime<Utc>,
) -> Result<Option<Vec<u8>>, ServiceError> {
    let Some(email) = user.details.email.clone() else { return Ok(None) };
    let to = Address { name: Some(user.details.name.to_string()), email };
    let envelope = Envelope { id: MailId::new(now), to, language, date: now };
    mail::compose(letter, &envelope, sender).map(|parcel| Some(parcel.bytes)).map_err(ServiceError::internal)
}

fn show(letter: Letter, payload: DigestPayload, language: Language, message: Option<Vec<u8>>) -> DigestLetter {
    let picture = letter.pictures.into_iter().next().map(|picture| (picture.cid, picture.png));
    DigestLetter { payload, language, subject: letter.subject, text: letter.text, html: letter.html, picture, message }
}
