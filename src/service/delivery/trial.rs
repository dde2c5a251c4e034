//! The letter that shows whether letters arrive: sent at once, past the outbox, so that the answer can be told.

use chrono_tz::Tz;

use crate::domain::id::MailId;
use crate::domain::language::Language;
use crate::domain::mail::{MailFault, MailKind};
use crate::domain::text::Email;
use crate::mail::payload::TestLetter;
use crate::mail::{self, Address, Delivery, Envelope};
use crate::service::desk::Services;
use crate::service::error::ServiceError;

/// What the server said: its reply, or why the letter did not leave.
pub type Tried = Result<String, (MailFault, String)>;

impl Services {
    /// Sends a test letter to this address.
    ///
    /// # Errors
    /// [`ServiceError::Internal`] if the letter cannot be written.
    pub async fn try_mail(&self, address: Email, language: Language) -> Result<Tried, ServiceError> {
        let (now, mailer) = (self.clock.now(), &self.mail.mailer);
        let zone = Tz::Asia__Jakarta.name().to_owned();
        let payload = TestLetter { address: self.mail.site.clone(), route: mailer.route(), at: now, zone };
        let payload = serde_json::to_value(payload).map_err(ServiceError::internal)?;
        let letter = mail::render(MailKind::Test, &payload, language).map_err(ServiceError::internal)?;
        let to = Address { name: None, email: address };
        let envelope = Envelope { id: MailId::new(now), to, language, date: now };
        let parcel = mail::compose(&letter, &envelope, mailer.sender()).map_err(ServiceError::internal)?;
        let mut courier = mailer.courier();
        let delivery = courier.deliver(&parcel).await;
        courier.finish().await;
        Ok(match delivery {
            Delivery::Sent(reply) => Ok(reply),
            Delivery::Failed(fault, told) => Err((fault, told)),
        })
    }
}
