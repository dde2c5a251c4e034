//! What became of the digests that were sent, reader by reader, with what the mail server said; and another try for those
//! that failed, and for no other.

use chrono::TimeDelta;

use crate::domain::audit::Change;
use crate::domain::id::MailId;
use crate::domain::mail::{MailKind, MailState};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::Govern;
use crate::domain::region::RegionCode;
use crate::service::delivery::{LetterFilter, SentLetter};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::outbox;

/// How long a letter is of use that is tried again.
const SECOND_LIFE: TimeDelta = TimeDelta::days(4);

impl Services {
    /// One page of the digests that were sent, the latest first.
    pub async fn list_digest_deliveries(
        &self,
        caller: &Caller,
        office: &RegionCode,
        state: Option<MailState>,
        cut: Cut<MailId>,
    ) -> Result<Page<SentLetter>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Govern>| {
            let filter = LetterFilter { state, kind: Some(MailKind::Digest) };
            Ok(outbox::list_letters(desk.connection, desk.scope(), &filter, &cut)?)
        })
        .await
    }

    /// Queues every digest again that was given up; answers how many that were.
    pub async fn resend_failed_digests(&self, caller: &Caller, office: &RegionCode) -> Result<usize, ServiceError> {
        self.write_office(caller, office, |desk: &mut Desk<'_, Govern>| {
            let (office, until) = (desk.scope().office_id(), desk.now + SECOND_LIFE);
            let queued = outbox::requeue_all_dead(desk.connection, office, MailKind::Digest, desk.now, until)?;
            if queued > 0 {
                desk.record(Change::new("digest.resent", "digest", "failed").with("letters", queued))?;
            }
            Ok(queued)
        })
        .await
    }
}
