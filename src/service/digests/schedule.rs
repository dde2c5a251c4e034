//! The letters that are due: for each office what is told is compiled once for each period and day, and written to every
//! reader under his own rights. A subscription moves on and its letter is queued in one transaction, from the moment that
//! was read: so of two processes one finds nothing left to do, and a letter is neither lost nor doubled.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::{DateTime, NaiveDate, Utc};

use super::compile::compile;
use super::readers::{check_reader, payload};
use super::subscriptions::{Subscriber, calendar, with_readers};
use crate::domain::audit::Change;
use crate::domain::digest::{DigestPayload, DigestPeriod, DigestReport, DigestSubscription};
use crate::domain::id::SubscriptionId;
use crate::domain::mail::{MailKind, MailTopic};
use crate::domain::permission::{Action, Govern, Read};
use crate::domain::region::RegionCode;
use crate::domain::staff::User;
use crate::service::delivery::{Draft, enqueue, unsubscribe_address};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::digest_subscriptions as store;

/// Offices that are looked up at once.
const BATCH: i64 = 200;

/// What one look at the clock led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SentDigests {
    pub offices: usize,
    pub letters: usize,
}

/// A subscription that is due, and when it is due again.
#[derive(Debug, Clone)]
struct Due {
    subscription: DigestSubscription,
    next_at: Option<DateTime<Utc>>,
    /// None for a reader who is gone, has lost his rights or his address, or ended the letters; and for a moment that a
    /// holiday has moved.
    letter: Option<DueLetter>,
}

#[derive(Debug, Clone)]
struct DueLetter {
    user: User,
    period: DigestPeriod,
    on: NaiveDate,
    payload: DigestPayload,
}

impl Services {
    /// Queues every digest whose time has come. After an outage the last one of each subscription is sent, not all that
    /// were missed.
    ///
    /// # Errors
    /// The last error of an office that could not be read or written; the others were served, and it is tried again.
    pub async fn send_due_digests(&self) -> Result<SentDigests, ServiceError> {
        let (mut sent, mut failed) = (SentDigests::default(), BTreeMap::new());
        loop {
            let now = self.clock.now();
            let list = move |c: &mut _| Ok::<_, ServiceError>(store::list_due_offices(c, now, BATCH)?);
            let mut offices = self.database.read(list).await?;
            offices.retain(|office| !failed.contains_key(office));
            if offices.is_empty() {
                return failed.into_values().last().map_or(Ok(sent), Err);
            }
            for office in offices {
                match self.send_due_of(&office).await {
                    Ok(letters) => {
                        sent.letters += letters;
                        sent.offices += 1;
                    }
                    Err(error) => {
                        tracing::warn!(%office, error = ?error, "the digests of an office");
                        failed.insert(office, error);
                    }
                }
            }
        }
    }

    async fn send_due_of(&self, office: &RegionCode) -> Result<usize, ServiceError> {
        let caller = Caller::system("digests");
        let site = self.mail.site.clone();
        let due = self.read_office(&caller, office, move |desk: &mut Desk<'_, Read>| find_due(desk, &site)).await?;
        let site = self.mail.site.clone();
        self.write_office(&caller, office, move |desk: &mut Desk<'_, Govern>| queue(desk, &due, &site)).await
    }
}

fn find_due(desk: &mut Desk<'_, Read>, site: &str) -> Result<Vec<Due>, ServiceError> {
    let mut due = store::list_subscriptions(desk.connection, desk.scope())?;
    due.retain(|subscription| subscription.next_at.is_some_and(|next| next <= desk.now));
    let readers: BTreeMap<SubscriptionId, Subscriber> =
        with_readers(desk, due.clone())?.into_iter().map(|reader| (reader.subscription.id, reader)).collect();
    let calendar = calendar(desk)?;
    let (zone, now) = (desk.office().time_zone, desk.now);
    let mut reports = BTreeMap::new();
    let mut found = Vec::new();
    for subscription in due {
        let schedule = subscription.schedule;
        let next_at = schedule.next_after(now, zone, &calendar);
        // A holiday that was entered since the moment was fixed may have moved it.
        let moment = schedule.last_until(now, zone, &calendar).filter(|last| Some(*last) >= subscription.next_at);
        let reader = readers.get(&subscription.id).filter(|reader| reader.is_willing);
        let reader = reader.filter(|reader| check_reader(&reader.user, desk.office()).is_ok());
        let letter = match moment.zip(reader) {
            Some((moment, reader)) => {
                let (period, on) = (schedule.rhythm.period(), schedule.tells_of(moment, zone));
                let mut payload = payload(report(desk, &mut reports, period, on)?, &reader.user, site);
                payload.reader.next = next_at;
                Some(DueLetter { user: reader.user.clone(), period, on, payload })
            }
            None => None,
        };
        found.push(Due { subscription, next_at, letter });
    }
    Ok(found)
}

/// What the readers of one period and day are told, compiled once.
fn report<'a>(
    desk: &mut Desk<'_, Read>,
    reports: &'a mut BTreeMap<(DigestPeriod, NaiveDate), DigestReport>,
    period: DigestPeriod,
    on: NaiveDate,
) -> Result<&'a DigestReport, ServiceError> {
    match reports.entry((period, on)) {
        Entry::Occupied(known) => Ok(known.into_mut()),
        Entry::Vacant(place) => Ok(place.insert(compile(desk, period, on)?)),
    }
}

fn queue(desk: &mut Desk<'_, Govern>, due: &[Due], site: &str) -> Result<usize, ServiceError> {
    let mut drafts = Vec::new();
    for Due { subscription, next_at, letter } in due {
        let moved = store::move_on(desk.connection, desk.scope(), subscription.id, subscription.next_at, *next_at)?;
        if let Some(DueLetter { user, period, on, payload }) = letter.as_ref().filter(|_| moved) {
            drafts.push(draft(desk, user, (*period, *on), payload.clone(), site)?);
        }
    }
    if drafts.is_empty() {
        return Ok(0);
    }
    let office = desk.office().id;
    let letters = enqueue(desk.connection, office, drafts, desk.now)?;
    let change = Change::new("digest.sent", "digest", "schedule").with("letters", letters);
    desk.record(change)?;
    Ok(letters)
}

/// A letter to `user`, known by what it tells: the same is never told to him twice.
pub fn draft<'a, A: Action>(
    desk: &mut Desk<'_, A>,
    user: &'a User,
    (period, on): (DigestPeriod, NaiveDate),
    mut payload: DigestPayload,
    site: &str,
) -> Result<Draft<'a, DigestPayload>, ServiceError> {
    let office = desk.office().id;
    let address = unsubscribe_address(desk.connection, site, office, user.id, MailTopic::Digests)?;
    payload.reader.unsubscribe = Some(address);
    let about = format!("{period}:{on}");
    Ok(Draft { kind: MailKind::Digest, reader: user, about, payload, not_before: None, expires_at: None })
}
