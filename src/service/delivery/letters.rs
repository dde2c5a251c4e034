//! The letters of an office for those who answer for them: what was told to whom, what became of it, and another try for
//! what failed.

use chrono::TimeDelta;

use crate::domain::audit::Change;
use crate::domain::id::MailId;
use crate::domain::mail::MailState;
use crate::domain::page::{Cut, Page};
use crate::domain::permission::Govern;
use crate::domain::region::RegionCode;
use crate::mail::{self, InlinePicture, Letter};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::{Conflict, ServiceError};
use crate::store::queries::outbox;

pub use crate::store::queries::outbox::{Letter as SentLetter, LetterFilter};

/// A letter with its content, if it is still kept.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownLetter {
    pub letter: SentLetter,
    pub content: Option<LetterContent>,
}

/// What a letter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterContent {
    pub subject: String,
    pub text: String,
    /// A whole document whose pictures are named by `cid:`.
    pub html: String,
    pictures: Vec<InlinePicture>,
}

impl LetterContent {
    /// The document with its pictures in it, to be shown outside a mail program.
    pub fn html_alone(&self) -> String {
        self.pictures.iter().fold(self.html.clone(), |html, picture| {
            html.replace(&format!("cid:{}", picture.cid), &format!("data:image/png;base64,{}", base64(&picture.png)))
        })
    }
}

/// Base64 (RFC 4648 section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let three = [0, 1, 2].map(|at| u32::from(chunk.get(at).copied().unwrap_or_default()));
        let group = three.into_iter().fold(0, |group, byte| group << 8 | byte);
        for place in 0..4_usize {
            let at = usize::try_from(group >> (18 - 6 * place) & 63).unwrap_or_default();
            let letter = LETTERS.get(at).copied().map_or('=', char::from);
            text.push(if place > chunk.len() { '=' } else { letter });
        }
    }
    text
}

/// How long a letter that is queued again is tried.
pub(super) const SECOND_LIFE: TimeDelta = TimeDelta::days(4);

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
        self.read_office(caller, office, move |desk: &mut Desk<'_, Govern>| load(desk, id).map(shown)).await
    }

    /// Queues a letter again that was given up.
    ///
    /// # Errors
    /// [`Conflict::NotDead`] if it was not given up, or if its content is gone because it opened an account.
    pub async fn resend_letter(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: MailId,
    ) -> Result<SentLetter, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let letter = load(desk, id)?;
            if letter.state != MailState::Dead || letter.kind.is_secret() {
                return Err(Conflict::NotDead.into());
            }
            let until = desk.now + SECOND_LIFE;
            if !outbox::requeue_dead(desk.connection, desk.scope().office_id(), id, desk.now, until)? {
                return Err(Conflict::NotDead.into());
            }
            desk.record(Change::new("letter.resent", "letter", id).with("kind", letter.kind))?;
            load(desk, id)
        })
        .await
    }
}

/// A letter with its content, unless that opens an account.
pub(super) fn shown(letter: SentLetter) -> ShownLetter {
    let is_open = !letter.kind.is_secret();
    let written = if is_open { mail::render(letter.kind, &letter.payload, letter.language).ok() } else { None };
    let content =
        written.map(|Letter { subject, text, html, pictures, .. }| LetterContent { subject, text, html, pictures });
    ShownLetter { letter, content }
}

fn load(desk: &mut Desk<'_, Govern>, id: MailId) -> Result<SentLetter, ServiceError> {
    outbox::find_letter(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648 section 10.
        let expected = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        for (length, expected) in expected.into_iter().enumerate() {
            assert_eq!(base64(&b"foobar"[..length]), expected);
        }
    }
}
