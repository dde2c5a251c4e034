//! One letter on its way: taken by lease, written, handed to the server outside any transaction, marked. If this process
//! dies in between, the lease runs out and the letter is sent again under the same Message-ID.

use std::time::Duration;

use chrono::TimeDelta;

use crate::domain::id::{MailId, OfficeId};
use crate::domain::mail::{MailFault, Verdict, judge};
use crate::mail::{self, Address, Courier, Delivery, Envelope, Parcel};
use crate::service::desk::Services;
use crate::service::error::ServiceError;
use crate::store::queries::outbox::{self, Leased};

/// Waits between the tries to mark a letter: what is not marked will be sent twice.
const MARK_AGAIN: [Duration; 4] =
    [Duration::from_millis(200), Duration::from_secs(1), Duration::from_secs(5), Duration::from_secs(15)];

impl Services {
    /// Sends one letter if it is still to be sent.
    pub(super) async fn carry(
        &self,
        courier: &mut Courier<'_>,
        office: OfficeId,
        id: MailId,
    ) -> Result<(), ServiceError> {
        let Some(letter) = self.lease(office, id).await? else { return Ok(()) };
        let delivery = if self.clock.now() >= letter.expires_at {
            Delivery::Failed(MailFault::Expired, String::new())
        } else {
            match self.pack(&letter).await {
                Ok(parcel) => courier.deliver(&parcel).await,
                Err(told) => Delivery::Failed(MailFault::Broken, told),
            }
        };
        self.mark(letter, delivery).await
    }

    async fn lease(&self, office: OfficeId, id: MailId) -> Result<Option<Leased>, ServiceError> {
        let now = self.clock.now();
        // Twice the longest try, and some time to mark it.
        let patience = TimeDelta::from_std(self.mail.mailer.patience()).unwrap_or(TimeDelta::minutes(1));
        let until = now + patience * 2 + TimeDelta::minutes(1);
        self.database.write(move |c| Ok::<_, ServiceError>(outbox::lease_letter(c, office, id, now, until)?)).await
    }

    /// Writes the letter, off the async threads: a chart is drawn on the way. What goes wrong is told, for it is a bug.
    async fn pack(&self, letter: &Leased) -> Result<Parcel, String> {
        let (letter, sender) = (letter.clone(), self.mail.mailer.sender().clone());
        let write = move || {
            let written = mail::render(letter.kind, &letter.payload, letter.language).map_err(|e| e.to_string())?;
            let envelope = Envelope {
                id: letter.id,
                to: Address { name: letter.recipient_name, email: letter.recipient },
                language: letter.language,
                date: letter.created_at,
            };
            mail::compose(&written, &envelope, &sender).map_err(|e| e.to_string())
        };
        tokio::task::spawn_blocking(write).await.unwrap_or_else(|panic| Err(panic.to_string()))
    }

    async fn mark(&self, letter: Leased, delivery: Delivery) -> Result<(), ServiceError> {
        let mut waits = MARK_AGAIN.into_iter();
        loop {
            match (self.mark_once(&letter, &delivery).await, waits.next()) {
                (Err(error), Some(wait)) if error.is_busy() => tokio::time::sleep(wait).await,
                (marked, _) => return marked,
            }
        }
    }

    async fn mark_once(&self, letter: &Leased, delivery: &Delivery) -> Result<(), ServiceError> {
        let (letter, delivery, now) = (letter.clone(), delivery.clone(), self.clock.now());
        let id = letter.id;
        let figures = &self.mail.figures;
        let verdict = match &delivery {
            Delivery::Sent(_) => None,
            Delivery::Failed(fault, told) => {
                tracing::warn!(letter = %id, %fault, told, "a letter did not leave");
                Some(judge(*fault, letter.attempt, id, now, letter.expires_at))
            }
        };
        let marked = self
            .database
            .write(move |c| {
                Ok::<_, ServiceError>(match (&delivery, verdict) {
                    (Delivery::Sent(reply), _) => outbox::mark_sent(c, &letter, reply, now)?,
                    (Delivery::Failed(fault, told), Some(Verdict::TryAgain(next))) => {
                        outbox::postpone(c, &letter, *fault, told, next)?
                    }
                    (Delivery::Failed(fault, told), _) => outbox::mark_dead(c, &letter, *fault, told)?,
                })
            })
            .await?;
        if !marked {
            tracing::warn!(letter = %id, "the lease ended before the letter was marked; it may be sent twice");
        }
        match verdict {
            None => figures.count_sent(),
            Some(Verdict::TryAgain(_)) => figures.count_deferred(),
            Some(Verdict::GiveUp(_)) => figures.count_given_up(),
        }
        Ok(())
    }
}
