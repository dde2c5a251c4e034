//! The letters of an office for those who answer for them: what was told to whom, what became of it, and another try for
//! what failed.

use chrono::TimeDelta;

use crate::domain::audit::Change;
use crate::domain::id::MailId;
use crate::domain::mail::MailState;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::Govern;
use crate::domain::region::RegionCode;
use crate::mail;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::{Conflict, ServiceError};
use crate::store::queries::outbox;

pub use crate::store::queries::outbox::{Letter as SentLetter, LetterFilter};

/// A letter with its content, if it is still kept.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownLetter {
    pub letter: SentLetter,
    pub content: Option<mail::Letter>,
}

/// How long a letter that is queued again is tried.
const SECOND_LIFE: TimeDelta = TimeDelta::days(4);

impl Services {
    /// One page of an office's letters, newest first.
    pub async fn list_outbox(
        &self,
        caller: &Caller,
        office: &RegionCode,
        filter: LetterFilter,
        cut: Cut<MailId>,
    ) -> Result<Page<SentLetter>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            Ok(outbox::list_letters(desk.connection, desk.scope(), &filter, &cut)?)
        })
        .await
    }

    /// A letter as its reader sees it. Letters that open an account are never shown to others.
    pub async fn find_outbox_letter(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: MailId,
    ) -> Result<ShownLetter, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let letter = load(desk, id)?;
            let shown = !letter.kind.is_secret();
            let content = if shown { mail::render(letter.kind, &letter.payload, letter.language).ok() } else { None };
            Ok(ShownLetter { letter, content })
        })
        .await
    }

    /// Queues a letter again that was given up.
    ///
    /// # Errors
    /// [`Conflict::State`] if it was not given up, or if its content is gone because it opened an account.
    pub async fn resend_letter(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: MailId,
    ) -> Result<SentLetter, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let letter = load(desk, id)?;
            let refused = || Conflict::State { from: letter.state.as_str(), step: "resend" };
            if letter.state != MailState::Dead || letter.kind.is_secret() {
                return Err(refused().into());
            }
            let until = desk.now + SECOND_LIFE;
            if !outbox::requeue_dead(desk.connection, desk.scope(), id, desk.now, until)? {
                return Err(refused().into());
            }
            desk.record(Change::new("letter.resent", "letter", id).with("kind", letter.kind))?;
            load(desk, id)
        })
        .await
    }
}

fn load(desk: &mut Desk<'_, Govern>, id: MailId) -> Result<SentLetter, ServiceError> {
    outbox::find_letter(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)
}
