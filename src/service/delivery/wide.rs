//! The letters to users of a whole province or the nation, which belong to no office: for the admins whose reach covers
//! these users.

use super::letters::{LetterFilter, SECOND_LIFE, SentLetter, ShownLetter, shown};
use crate::domain::audit::Change;
use crate::domain::id::{MailId, OfficeId};
use crate::domain::mail::{MailKind, MailState};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Administer};
use crate::service::desk::{Caller, Services, WideDesk};
use crate::service::error::{Conflict, ServiceError};
use crate::store::queries::{outbox, users};

impl Services {
    /// One page of the letters to users of wide scope within the caller's reach, newest first.
    pub async fn list_wide_outbox(
        &self,
        caller: &Caller,
        filter: LetterFilter,
        cut: Cut<MailId>,
    ) -> Result<Page<SentLetter>, ServiceError> {
        self.read_wide(caller, move |desk: &mut WideDesk<'_, Administer>| {
            Ok(outbox::list_wide_letters(desk.connection, &desk.permit.reach(), &filter, &cut)?)
        })
        .await
    }

    /// One of them as its reader sees it; letters that open an account are never shown.
    pub async fn find_wide_letter(&self, caller: &Caller, id: MailId) -> Result<ShownLetter, ServiceError> {
        self.read_wide(caller, move |desk: &mut WideDesk<'_, Administer>| load(desk, id).map(shown)).await
    }

    /// Queues one of them again that was given up.
    ///
    /// # Errors
    /// [`Conflict::NotDead`] if it was not given up, or if its content is gone because it opened an account.
    pub async fn resend_wide_letter(&self, caller: &Caller, id: MailId) -> Result<SentLetter, ServiceError> {
        self.write_wide(caller, move |desk: &mut WideDesk<'_, Administer>| {
            let letter = load(desk, id)?;
            if letter.state != MailState::Dead || letter.kind.is_secret() {
                return Err(Conflict::NotDead.into());
            }
            let until = desk.now + SECOND_LIFE;
            if !outbox::requeue_dead(desk.connection, OfficeId::NATION, id, desk.now, until)? {
                return Err(Conflict::NotDead.into());
            }
            let reader = users::list_users_by_id(desk.connection, &Vec::from_iter(letter.user))?.pop();
            let scope = reader.ok_or(ServiceError::NotFound)?.details.scope;
            desk.record(&scope, Change::new("letter.resent", "letter", id).with("kind", letter.kind))?;
            load(desk, id)
        })
        .await
    }

    /// Queues every letter of a kind again that was given up and whose reader is within the caller's reach; answers how many
    /// that were.
    pub async fn resend_failed_wide(&self, caller: &Caller, kind: MailKind) -> Result<usize, ServiceError> {
        self.write_wide(caller, move |desk: &mut WideDesk<'_, Administer>| {
            let (reach, until) = (desk.permit.reach(), desk.now + SECOND_LIFE);
            let queued = outbox::requeue_wide_dead(desk.connection, &reach, kind, desk.now, until)?;
            if queued > 0 {
                desk.record(&reach, Change::new("letter.resent", "letter", kind).with("letters", queued))?;
            }
            Ok(queued)
        })
        .await
    }
}

fn load<A: Action>(desk: &mut WideDesk<'_, A>, id: MailId) -> Result<SentLetter, ServiceError> {
    outbox::find_wide_letter(desk.connection, &desk.permit.reach(), id)?.ok_or(ServiceError::NotFound)
}
