//! The wish of a reader for the digest of his region: his own to make, to change and to end.

use super::compile::{ZONE, calendar};
use super::readers::{is_willing, own};
use crate::domain::audit::Change;
use crate::domain::digest::{RegionSubscription, SubscriptionInput, check_recipient};
use crate::domain::id::OfficeId;
use crate::domain::mail::MailTopic;
use crate::domain::permission::{Export, ManageSelf};
use crate::service::desk::{Caller, Services, WideDesk};
use crate::service::error::ServiceError;
use crate::store::queries::{mail_optouts, region_digests as store};

/// The caller's own subscription, and whether letters come by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnRegion {
    pub subscription: Option<RegionSubscription>,
    /// False once he ended the letters by the address in one.
    pub is_willing: bool,
    pub has_email: bool,
}

impl Services {
    /// What the caller has subscribed to.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for readers of one office.
    pub async fn find_own_region(&self, caller: &Caller) -> Result<OwnRegion, ServiceError> {
        self.read_wide(caller, |desk: &mut WideDesk<'_, Export>| {
            let user = own(desk)?;
            let subscription = store::find_region_subscription(desk.connection, user.id)?;
            let is_willing = is_willing(desk.connection, &user)?;
            Ok(OwnRegion { subscription, is_willing, has_email: user.details.email.is_some() })
        })
        .await
    }

    /// Lets the digest of his region come to the caller, or come at other times. It takes back an earlier wish for none.
    ///
    /// # Errors
    /// Every broken field of `input`, whose recipient is the caller; a caller without an address on `recipient`.
    pub async fn subscribe_to_region(
        &self,
        caller: &Caller,
        input: SubscriptionInput,
    ) -> Result<RegionSubscription, ServiceError> {
        self.write_wide(caller, move |desk: &mut WideDesk<'_, ManageSelf>| {
            let user = own(desk)?;
            let input = SubscriptionInput { recipient: Some(user.login.to_string()), ..input.clone() };
            let schedule = input.check()?.schedule;
            check_recipient(&user).map_err(|rule| ServiceError::invalid("recipient", rule))?;
            let next_at = schedule.next_after(desk.now, ZONE, &calendar(desk.connection, &user, desk.now)?);
            let subscription = RegionSubscription { reader: user.id, schedule, next_at };
            store::replace_region_subscription(desk.connection, &subscription, desk.now)?;
            mail_optouts::delete_optout(desk.connection, OfficeId::NATION, user.id, MailTopic::Digests)?;
            let change = Change::new("digest.subscribed", "digest", "region").with("login", &user.login);
            let change = change.with("period", schedule.rhythm.period()).with("time", schedule.time);
            desk.record(&user.details.scope, change)?;
            Ok(subscription)
        })
        .await
    }

    /// Ends the caller's subscription. Doing so twice is as good as once.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for readers of one office.
    pub async fn leave_region(&self, caller: &Caller) -> Result<(), ServiceError> {
        self.write_wide(caller, |desk: &mut WideDesk<'_, ManageSelf>| {
            let user = own(desk)?;
            let Some(stored) = store::find_region_subscription(desk.connection, user.id)? else { return Ok(()) };
            store::delete_region_subscription(desk.connection, user.id)?;
            let change = Change::new("digest.unsubscribed", "digest", "region");
            desk.record(&user.details.scope, change.with("period", stored.schedule.rhythm.period()))
        })
        .await
    }
}
