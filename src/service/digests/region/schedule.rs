//! The letters of regions that are due. A subscription moves on and its letter is queued in one transaction, as an office's.

use chrono::{DateTime, Utc};

use super::compile::{ZONE, calendar, compile_region};
use super::readers::{check_region_reader, is_willing, payload};
use super::write::draft;
use crate::domain::digest::{RegionPayload, RegionSubscription, check_recipient};
use crate::domain::id::OfficeId;
use crate::domain::permission::{Export, WidePermit};
use crate::domain::staff::User;
use crate::service::delivery::enqueue;
use crate::service::desk::Services;
use crate::service::digests::readers::actor_of;
use crate::service::error::ServiceError;
use crate::store::AnyConnection;
use crate::store::queries::{region_digests as store, users};

/// Subscriptions that are looked up at once.
const BATCH: i64 = 200;

impl Services {
    /// Queues the digests of regions whose time has come; answers how many letters that were. One that cannot be written
    /// does not hold up the others.
    ///
    /// # Errors
    /// The last failure, after all had their turn; it is tried again.
    pub async fn send_due_regions(&self) -> Result<usize, ServiceError> {
        let now = self.clock.now();
        let list = move |c: &mut _| Ok::<_, ServiceError>(store::list_due_regions(c, now, BATCH)?);
        let (mut letters, mut outcome) = (0, Ok(()));
        for due in self.database.read(list).await? {
            match self.send_region(due, now).await {
                Ok(queued) => letters += usize::from(queued),
                Err(error) => {
                    tracing::warn!(reader = %due.reader, error = ?error, "the digest of a region");
                    outcome = Err(error);
                }
            }
        }
        outcome.map(|()| letters)
    }

    async fn send_region(&self, due: RegionSubscription, now: DateTime<Utc>) -> Result<bool, ServiceError> {
        let site = self.mail.site.clone();
        let (next_at, letter) = self.database.read(move |c| find_due(c, due, &site, now)).await?;
        self.database
            .write(move |c| {
                if !store::move_region_on(c, due.reader, due.next_at, next_at)? {
                    return Ok(false);
                }
                let Some((user, about, payload)) = letter.clone() else { return Ok(false) };
                let draft = draft(c, &user, about, payload)?;
                Ok::<_, ServiceError>(enqueue(c, OfficeId::NATION, vec![draft], now)? == 1)
            })
            .await
    }
}

type DueLetter = (User, String, RegionPayload);

/// When the next letter comes, and the one that is due: none for a reader who is gone, has lost his rights or his address,
/// or ended the letters; and for a moment that a holiday has moved.
fn find_due(
    connection: &mut AnyConnection,
    due: RegionSubscription,
    site: &str,
    now: DateTime<Utc>,
) -> Result<(Option<DateTime<Utc>>, Option<DueLetter>), ServiceError> {
    let schedule = due.schedule;
    let Some(user) = users::list_users_by_id(connection, &[due.reader])?.pop() else { return Ok((None, None)) };
    let calendar = calendar(connection, &user, now)?;
    let next_at = schedule.next_after(now, ZONE, &calendar);
    let moment = schedule.last_until(now, ZONE, &calendar).filter(|last| Some(*last) >= due.next_at);
    let permit = WidePermit::<Export>::grant(&actor_of(&user)).ok();
    let is_reader = !user.archived && check_region_reader(&user).is_ok() && check_recipient(&user).is_ok();
    let (Some(moment), Some(permit), true) = (moment, permit, is_reader && is_willing(connection, &user)?) else {
        return Ok((next_at, None));
    };
    let (period, on) = (schedule.rhythm.period(), schedule.tells_of(moment, ZONE));
    let report = compile_region(connection, &permit, period, on, now)?;
    let mut payload = payload(report, &user, site);
    payload.reader.next = next_at;
    Ok((next_at, Some((user, format!("{period}:{on}"), payload))))
}
