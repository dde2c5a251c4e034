//! A digest that somebody asks for: the schedule's letter of any day, to one reader or to the heads; or a try of it to
//! oneself, which may be repeated.

use chrono::NaiveDate;

use super::compile::compile;
use super::readers::{check_reader, find_reader, list_heads, payload};
use super::schedule::draft;
use crate::domain::audit::Change;
use crate::domain::digest::{DigestPeriod, check_recipient};
use crate::domain::id::MailId;
use crate::domain::permission::{ActionKind, Export};
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::staff::User;
use crate::domain::text::Login;
use crate::service::delivery::{Signer, enqueue};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;

/// What is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendDigest {
    pub on: NaiveDate,
    pub period: DigestPeriod,
    pub to: DigestAddressees,
    /// A try: the letter leaves even if the same one was sent before.
    pub is_test: bool,
}

/// To whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DigestAddressees {
    /// The office's heads, whether they subscribed or not.
    Heads,
    Reader(Login),
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SentDigest {
    /// Letters that were put into the outbox.
    pub queued: usize,
    /// Readers who had the same letter before.
    pub known: usize,
    pub readers: Vec<Login>,
    /// Heads without an address.
    pub without_email: Vec<Login>,
}

impl Services {
    /// Puts the digest of a day into the outbox. Whoever may read digests may send one to himself; to others, who governs.
    ///
    /// # Errors
    /// [`Rule::Future`] on `on` for a day that has not come; the broken rule on `to` for somebody who may not read it.
    pub async fn send_digest(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: SendDigest,
    ) -> Result<SentDigest, ServiceError> {
        let (site, try_id) = (self.mail.site.clone(), MailId::new(self.clock.now()));
        self.check_own(caller, office, &command.to).await?;
        // Compiled outside the transaction that queues: reading takes longer than writing.
        let asked = command.clone();
        let (report, readers) = self
            .read_office(caller, office, move |desk: &mut Desk<'_, Export>| {
                check_day(desk.today(), asked.on)?;
                let readers = readers(desk, &asked.to)?;
                Ok((compile(desk, asked.period, asked.on)?, readers))
            })
            .await?;
        let (with_email, without): (Vec<User>, Vec<User>) =
            readers.into_iter().partition(|user| check_recipient(user).is_ok());
        let without_email = without.into_iter().map(|user| user.login).collect();
        self.write_office(caller, office, move |desk: &mut Desk<'_, Export>| {
            let office = desk.office().id;
            let signer = Signer::load(desk.connection, office)?;
            let mut drafts = Vec::new();
            for user in &with_email {
                let about = (command.period, command.on);
                let mut draft = draft(&signer, user, about, payload(&report, user, &site), &site)?;
                if command.is_test {
                    draft.about = format!("test:{try_id}");
                }
                drafts.push(draft);
            }
            let all = drafts.len();
            let queued = enqueue(desk.connection, office, drafts, desk.now)?;
            let change = Change::new("digest.sent", "digest", command.on).with("period", command.period);
            desk.record(change.with("letters", queued))?;
            let readers = with_email.iter().map(|user| user.login.clone()).collect();
            Ok(SentDigest { queued, known: all - queued, readers, without_email: Vec::clone(&without_email) })
        })
        .await
    }

    /// Lets those through who govern, and everybody who may read digests for his own.
    async fn check_own(&self, caller: &Caller, office: &RegionCode, to: &DigestAddressees) -> Result<(), ServiceError> {
        let to = to.clone();
        self.read_office(caller, office, move |desk: &mut Desk<'_, Export>| {
            let actor = desk.permit.actor();
            let own = actor.signed_in().map(|user| &user.login);
            let is_own = matches!(&to, DigestAddressees::Reader(login) if Some(login) == own);
            let may = actor.may(ActionKind::Govern) || (is_own && actor.may(ActionKind::ManageSelf));
            if may { Ok(()) } else { Err(ServiceError::Forbidden) }
        })
        .await
    }
}

/// No digest is of a day that has not come.
///
/// # Errors
/// [`Rule::Future`] on `on`.
pub fn check_day(today: NaiveDate, on: NaiveDate) -> Result<(), ServiceError> {
    if on > today { Err(ServiceError::invalid("on", Rule::Future)) } else { Ok(()) }
}

fn readers(desk: &mut Desk<'_, Export>, to: &DigestAddressees) -> Result<Vec<User>, ServiceError> {
    match to {
        DigestAddressees::Heads => list_heads(desk),
        DigestAddressees::Reader(login) => Ok(vec![find_reader(desk, "to", login, check_reader)?]),
    }
}
