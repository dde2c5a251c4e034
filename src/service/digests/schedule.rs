//! The letters that are due: for each office what is told is compiled once for each period and day, and written to every
//! reader under his own rights. A subscription moves on and its letter is queued in one transaction, from the moment that
//! was read: so of two processes one finds nothing left to do, and a letter is neither lost nor doubled.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::compile::compile;
use super::readers::{check_reader, payload};
use super::subscriptions::{Subscriber, calendar, with_readers};
use crate::domain::audit::Change;
use crate::domain::digest::{DigestPayload, DigestPeriod, DigestReport, DigestSubscription};
use crate::domain::id::SubscriptionId;
use crate::domain::mail::{MailKind, MailTopic};
use crate::domain::permission::{Govern, Read};
use crate::domain::region::RegionCode;
use crate::domain::staff::User;
use crate::service::delivery::{Draft, Signer, enqueue};
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
    let moved = move_on(desk, due)?;
    let letters = due.iter().filter(|due| moved.contains(&due.subscription.id)).filter_map(|due| due.letter.as_ref());
    let letters: Vec<&DueLetter> = letters.collect();
    if letters.is_empty() {
        return Ok(0);
    }
    let office = desk.office().id;
    let signer = Signer::load(desk.connection, office)?;
    let drafts = letters
        .into_iter()
        .map(|DueLetter { user, period, on, payload }| draft(&signer, user, (*period, *on), payload.clone(), site));
    let drafts = drafts.collect::<Result<Vec<_>, _>>()?;
    let letters = enqueue(desk.connection, office, drafts, desk.now)?;
    let change = Change::new("digest.sent", "digest", "schedule").with("letters", letters);
    desk.record(change)?;
    Ok(letters)
}

/// Moves the subscriptions on; answers those that nobody else had moved. Those of one hour move together.
fn move_on(desk: &mut Desk<'_, Govern>, due: &[Due]) -> Result<BTreeSet<SubscriptionId>, ServiceError> {
    let mut hours = BTreeMap::<_, Vec<SubscriptionId>>::new();
    for Due { subscription, next_at, .. } in due {
        hours.entry((subscription.next_at, *next_at)).or_default().push(subscription.id);
    }
    let mut moved = BTreeSet::new();
    for ((known, next), ids) in hours {
        moved.extend(store::move_on(desk.connection, desk.scope(), &ids, known, next)?);
    }
    Ok(moved)
}

/// A letter to `user`, known by what it tells: the same is never told to him twice.
pub fn draft<'a>(
    signer: &Signer,
    user: &'a User,
    (period, on): (DigestPeriod, NaiveDate),
    mut payload: DigestPayload,
    site: &str,
) -> Result<Draft<'a, DigestPayload>, ServiceError> {
    payload.reader.unsubscribe = Some(signer.address(site, user.id, MailTopic::Digests)?);
    let about = format!("{period}:{on}");
    Ok(Draft { kind: MailKind::Digest, reader: user, about, payload, not_before: None, expires_at: None })
}
