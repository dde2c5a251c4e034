//! Who receives digests of an office: heads, coordinators and admins decide for all, everybody with a right to digests for
//! himself. Subscribing takes back an earlier wish for no digests.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::readers::{check_reader, check_rights, find_reader};
use crate::domain::audit::Change;
use crate::domain::calendar::HolidayCalendar;
use crate::domain::digest::{DigestSchedule, DigestSubscription, SubscriptionInput, SubscriptionTerms};
use crate::domain::id::{SubscriptionId, UserId};
use crate::domain::mail::MailTopic;
use crate::domain::page::{Cut, LIMIT_MAX, Page};
use crate::domain::permission::{Action, ActionKind, Export};
use crate::domain::region::RegionCode;
use crate::domain::staff::{Scope, User};
use crate::service::delivery::willing;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::digest_subscriptions as store;
use crate::store::queries::holidays::{Validity, list_holidays};
use crate::store::queries::users::StaffFilter;
use crate::store::queries::{mail_optouts, users};

/// A subscription with its reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscriber {
    pub subscription: DigestSubscription,
    pub user: User,
    /// False once the reader has ended digests by the address in a letter.
    pub is_willing: bool,
}

impl Services {
    /// The subscriptions of an office: all of them for those who decide, else the reader's own.
    pub async fn list_subscribers(
        &self,
        caller: &Caller,
        office: &RegionCode,
        cut: Cut<SubscriptionId>,
    ) -> Result<Page<Subscriber>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Export>| {
            let mut all = store::list_subscriptions(desk.connection, desk.scope())?;
            if !decides(desk) {
                let own = desk.permit.actor().user_id();
                all.retain(|subscription| Some(subscription.recipient) == own);
            }
            // An office has few; those of people who are gone are none.
            let mut subscribers = with_readers(desk, all)?;
            subscribers.retain(|subscriber| cut.after.is_none_or(|after| subscriber.subscription.id > after));
            subscribers.truncate(usize::try_from(cut.limit_plus_one()).unwrap_or(usize::MAX));
            Ok(cut.page(subscribers))
        })
        .await
    }

    pub async fn find_subscriber(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: SubscriptionId,
    ) -> Result<Subscriber, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Export>| {
            let subscription = load(desk, id)?;
            if !decides(desk) && Some(subscription.recipient) != desk.permit.actor().user_id() {
                return Err(ServiceError::NotFound);
            }
            with_readers(desk, vec![subscription])?.pop().ok_or(ServiceError::NotFound)
        })
        .await
    }

    /// Who can be let receive digests of an office, by login: for those who decide everybody with a right to them, else the
    /// reader himself.
    pub async fn list_digest_readers(&self, caller: &Caller, office: &RegionCode) -> Result<Vec<User>, ServiceError> {
        self.read_office(caller, office, |desk: &mut Desk<'_, Export>| {
            let own = desk.permit.actor().signed_in().map(|user| user.login.clone());
            let own = users::list_users_by_login(desk.connection, &Vec::from_iter(own))?;
            if !decides(desk) {
                return Ok(own);
            }
            let scope = Scope::region(desk.office().code.clone());
            let staff =
                users::list_staff(desk.connection, &[scope], &StaffFilter::default(), &Cut::new(LIMIT_MAX, None))?;
            let mut readers = staff.items;
            readers.retain(|user| check_rights(user, desk.office()).is_ok());
            readers.extend(
                own.into_iter().filter(|own| !readers.iter().any(|user| user.id == own.id)).collect::<Vec<_>>(),
            );
            readers.sort_by(|a, b| a.login.cmp(&b.login));
            Ok(readers)
        })
        .await
    }

    /// Lets somebody receive digests.
    ///
    /// # Errors
    /// [`crate::service::Conflict::Taken`] on `period` if he receives them of this period already.
    pub async fn add_subscription(
        &self,
        caller: &Caller,
        office: &RegionCode,
        input: SubscriptionInput,
    ) -> Result<Subscriber, ServiceError> {
        let id = SubscriptionId::new(self.clock.now());
        self.write_office(caller, office, move |desk: &mut Desk<'_, Export>| {
            let SubscriptionTerms { recipient, schedule } = input.clone().check()?;
            let user = find_reader(desk, "recipient", &recipient, check_reader)?;
            check_right(desk, user.id)?;
            let next_at = next(desk, schedule)?;
            let subscription = DigestSubscription { id, recipient: user.id, schedule, next_at };
            store::insert_subscription(desk.connection, desk.scope(), &subscription, desk.now)
                .map_err(ServiceError::taken("period"))?;
            let office = desk.office().id;
            mail_optouts::delete_optout(desk.connection, office, user.id, MailTopic::Digests)?;
            desk.record(described(Change::new("digest.subscribed", "digest", id), &user, &subscription))?;
            Ok(Subscriber { subscription, user, is_willing: true })
        })
        .await
    }

    /// Changes when a subscription's letters leave; its reader stays.
    pub async fn change_subscription(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: SubscriptionId,
        input: SubscriptionInput,
    ) -> Result<Subscriber, ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Export>| {
            let stored = load(desk, id)?;
            check_right(desk, stored.recipient)?;
            let Subscriber { user, is_willing, .. } =
                with_readers(desk, vec![stored])?.pop().ok_or(ServiceError::NotFound)?;
            let input = SubscriptionInput { recipient: Some(user.login.to_string()), ..input.clone() };
            let schedule = input.check()?.schedule;
            let next_at = next(desk, schedule)?;
            let subscription = DigestSubscription { id, recipient: user.id, schedule, next_at };
            let saved = store::update_subscription(desk.connection, desk.scope(), &subscription)
                .map_err(ServiceError::taken("period"))?;
            if !saved {
                return Err(ServiceError::NotFound);
            }
            desk.record(described(Change::new("digest.changed", "digest", id), &user, &subscription))?;
            Ok(Subscriber { subscription, user, is_willing })
        })
        .await
    }

    pub async fn remove_subscription(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: SubscriptionId,
    ) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, Export>| {
            let stored = load(desk, id)?;
            check_right(desk, stored.recipient)?;
            store::delete_subscription(desk.connection, desk.scope(), id)?;
            desk.record(
                Change::new("digest.unsubscribed", "digest", id).with("period", stored.schedule.rhythm.period()),
            )
        })
        .await
    }
}

/// The holidays that a schedule may be moved by around `now`.
pub fn calendar<A: Action>(desk: &mut Desk<'_, A>) -> Result<HolidayCalendar, ServiceError> {
    let today = desk.today();
    let first = today.checked_sub_days(DigestSchedule::LOOKS_BACK).unwrap_or(today);
    let last = today.checked_add_days(DigestSchedule::LOOKS_AHEAD).unwrap_or(today);
    let holidays = list_holidays(desk.connection, first, last, Validity::Now)?;
    Ok(HolidayCalendar::new(holidays, &desk.office().code))
}

/// Subscriptions with their readers; those of people who are gone are left out.
pub fn with_readers<A: Action>(
    desk: &mut Desk<'_, A>,
    subscriptions: Vec<DigestSubscription>,
) -> Result<Vec<Subscriber>, ServiceError> {
    let ids: Vec<UserId> = subscriptions.iter().map(|subscription| subscription.recipient).collect();
    let readers: BTreeMap<UserId, User> =
        users::list_users_by_id(desk.connection, &ids)?.into_iter().map(|user| (user.id, user)).collect();
    let willing = willing(desk.connection, desk.office().id, MailTopic::Digests, &ids)?;
    let with_reader = |subscription: DigestSubscription| {
        let user = readers.get(&subscription.recipient)?.clone();
        Some(Subscriber { is_willing: willing.contains(&user.id), subscription, user })
    };
    Ok(subscriptions.into_iter().filter_map(with_reader).collect())
}

fn load<A: Action>(desk: &mut Desk<'_, A>, id: SubscriptionId) -> Result<DigestSubscription, ServiceError> {
    store::find_subscription(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)
}

fn decides<A: Action>(desk: &Desk<'_, A>) -> bool {
    desk.permit.actor().may(ActionKind::Govern)
}

/// One's own digests are everybody's to decide who may read any, if not a reading token's.
fn check_right<A: Action>(desk: &Desk<'_, A>, recipient: UserId) -> Result<(), ServiceError> {
    let actor = desk.permit.actor();
    let is_own = actor.user_id() == Some(recipient) && actor.may(ActionKind::ManageSelf);
    if is_own || decides(desk) { Ok(()) } else { Err(ServiceError::Forbidden) }
}

fn next<A: Action>(desk: &mut Desk<'_, A>, schedule: DigestSchedule) -> Result<Option<DateTime<Utc>>, ServiceError> {
    let calendar = calendar(desk)?;
    Ok(schedule.next_after(desk.now, desk.office().time_zone, &calendar))
}

fn described(change: Change, user: &User, subscription: &DigestSubscription) -> Change {
    let schedule = subscription.schedule;
    change.with("login", &user.login).with("period", schedule.rhythm.period()).with("time", schedule.time)
}
