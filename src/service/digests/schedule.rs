//! The letters that are due: for each office what is told is compiled once for each period and day, and written to every
//! reader under his own rights. A subscription moves on and its letter is queued in one transaction, from the moment that
//! was read: so of two processes one finds nothing left to do, and a letter is neither lost nor doubled.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::compile::compile;
use super::readers::{check_reader, payload};
use super::subscriptions::{Subscriber, calendar, with_readers};
use crate::domain::audit::Change;
use crate::domain::digest::{DigestPayload, DigestPeriod, DigestReport};
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

/// A subscription that is due, with the letter that it asks for, if it is to have one.
#[derive(Debug, Clone)]
struct Due {
    subscriber: Subscriber,
    next_at: Option<DateTime<Utc>>,
    letter: Option<(DigestPeriod, NaiveDate, DigestPayload)>,
}

impl Services {
    /// Queues every digest whose time has come. After an outage the last one of each subscription is sent, not all that
    /// were missed.
    ///
    /// # Errors
    /// If an office cannot be read or written; what was queued before stays so.
    pub async fn send_due_digests(&self) -> Result<SentDigests, ServiceError> {
        let mut sent = SentDigests::default();
        loop {
            let now = self.clock.now();
            let list = move |c: &mut _| Ok::<_, ServiceError>(store::list_due_offices(c, now, BATCH)?);
            let offices = self.database.read(list).await?;
            if offices.is_empty() {
                return Ok(sent);
            }
            for office in offices {
                sent.letters += self.send_due_of(&office).await?;
                sent.offices += 1;
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
    let calendar = calendar(desk)?;
    let (zone, now) = (desk.office().time_zone, desk.now);
    let mut reports: BTreeMap<(DigestPeriod, NaiveDate), DigestReport> = BTreeMap::new();
    let mut found = Vec::new();
    for subscriber in with_readers(desk, due)? {
        let schedule = subscriber.subscription.schedule;
        let next_at = schedule.next_after(now, zone, &calendar);
        // A holiday that was entered since the moment was fixed may have moved it.
        let moment =
            schedule.last_until(now, zone, &calendar).filter(|last| Some(*last) >= subscriber.subscription.next_at);
        let may_read = subscriber.is_willing && check_reader(&subscriber.user, desk.office()).is_ok();
        let letter = match moment.filter(|_| may_read) {
            Some(moment) => {
                let key = (schedule.rhythm.period(), schedule.tells_of(moment, zone));
                let report = match reports.remove(&key) {
                    Some(report) => report,
                    None => compile(desk, key.0, key.1)?,
                };
                let mut payload = payload(&report, &subscriber.user, site);
                payload.reader.next = next_at;
                reports.insert(key, report);
                Some((key.0, key.1, payload))
            }
            None => None,
        };
        found.push(Due { subscriber, next_at, letter });
    }
    Ok(found)
}

fn queue(desk: &mut Desk<'_, Govern>, due: &[Due], site: &str) -> Result<usize, ServiceError> {
    let mut drafts = Vec::new();
    for Due { subscriber, next_at, letter } in due {
        let subscription = &subscriber.subscription;
        let known = subscription.next_at;
        if store::move_on(desk.connection, desk.scope(), subscription.id, known, *next_at)?
            && let Some((period, on, payload)) = letter
        {
            drafts.push(draft(desk, &subscriber.user, (*period, *on), payload.clone(), site)?);
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
