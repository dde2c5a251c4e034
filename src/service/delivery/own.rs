//! Which letters the caller gets of his own accord, office by office: he sees them on his account and ends them there, or by
//! the address in a letter (`unsubscribe`). Letters of his own events, passwords and invitations are not for him to end.

use std::collections::BTreeMap;

use crate::domain::audit::Change;
use crate::domain::digest::DigestSubscription;
use crate::domain::id::OfficeId;
use crate::domain::mail::MailTopic;
use crate::domain::office::Office;
use crate::domain::permission::{ActionKind, ManageSelf, Read, SignedIn};
use crate::domain::region::RegionCode;
use crate::domain::staff::{Role, Scope};
use crate::service::desk::{Caller, Desk, Services, WideDesk};
use crate::service::error::ServiceError;
use crate::store::queries::{digest_subscriptions, mail_optouts, offices};

/// Letters of one topic from one office to the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnLetters {
    pub office: Office,
    pub topic: MailTopic,
    /// False once he does without.
    pub is_on: bool,
    /// When they come, of digests; none if nothing is scheduled.
    pub subscriptions: Vec<DigestSubscription>,
}

impl Services {
    /// The letters that come to the caller, or would, by office and topic.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for a caller who is nobody's account.
    pub async fn list_own_letters(&self, caller: &Caller) -> Result<Vec<OwnLetters>, ServiceError> {
        self.read_wide(caller, |desk: &mut WideDesk<'_, Read>| {
            let reader = desk.permit.actor().signed_in().cloned().ok_or(ServiceError::Forbidden)?;
            let reads_digests = desk.permit.actor().may(ActionKind::Export);
            let all = offices::list_offices(desk.connection, &reader.scope)?;
            let ids: Vec<OfficeId> = all.iter().map(|office| office.id).collect();
            let without = mail_optouts::list_optouts_of(desk.connection, &ids, reader.user)?;
            let mut subscriptions: BTreeMap<OfficeId, Vec<DigestSubscription>> = BTreeMap::new();
            for (office, subscription) in
                digest_subscriptions::list_subscriptions_of(desk.connection, &ids, reader.user)?
            {
                subscriptions.entry(office).or_default().push(subscription);
            }
            let letters = |office: Office, topic: MailTopic| {
                let digests = if topic == MailTopic::Digests { subscriptions.get(&office.id) } else { None };
                let is_on = !without.contains(&(office.id, topic));
                let comes = match topic {
                    MailTopic::Digests => digests.is_some() || (reads_digests && is_of(&reader, &office)),
                    MailTopic::Reminders => is_reminded(&reader, &office),
                };
                let subscriptions = digests.cloned().unwrap_or_default();
                (comes || !is_on).then_some(OwnLetters { office, topic, is_on, subscriptions })
            };
            let pairs =
                all.into_iter().flat_map(|office| MailTopic::ALL.iter().map(move |topic| (office.clone(), *topic)));
            Ok(pairs.filter_map(|(office, topic)| letters(office, topic)).collect())
        })
        .await
    }

    /// Ends letters of a topic to the caller, or lets them come again. Doing so twice is as good as once.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for an office outside his scope.
    pub async fn set_own_letters(
        &self,
        caller: &Caller,
        office: &RegionCode,
        topic: MailTopic,
        is_on: bool,
    ) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, ManageSelf>| {
            let reader = desk.permit.actor().signed_in().cloned().ok_or(ServiceError::Forbidden)?;
            let (office, now) = (desk.office().id, desk.now);
            let changed = if is_on {
                mail_optouts::delete_optout(desk.connection, office, reader.user, topic)?
            } else {
                mail_optouts::insert_optout(desk.connection, office, reader.user, topic, now)?
            };
            if !changed {
                return Ok(());
            }
            let action = if is_on { "letters.resumed" } else { "letters.ended" };
            desk.record(Change::new(action, "user", &reader.login).with("topic", topic))
        })
        .await
    }
}

/// True for somebody of this office alone.
fn is_of(reader: &SignedIn, office: &Office) -> bool {
    reader.scope == Scope::region(office.code.clone())
}

/// Reminders go to those who are on duty, and of results to coordinators, too.
fn is_reminded(reader: &SignedIn, office: &Office) -> bool {
    is_of(reader, office) && matches!(reader.role, Role::Officer | Role::Coordinator)
}
