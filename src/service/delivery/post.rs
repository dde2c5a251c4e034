//! Emptying the outbox: up to `mail.max_connections` couriers share a queue of letters whose time has come. A server that
//! hangs holds the courier that speaks to it, and no other.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinSet;

use crate::domain::id::{MailId, OfficeId};
use crate::domain::mail::MailState;
use crate::service::desk::Services;
use crate::service::error::ServiceError;
use crate::store::queries::{outbox, password_links};

/// Letters that are looked up at once.
const BATCH: i64 = 500;

type Queue = Arc<Mutex<VecDeque<(OfficeId, MailId)>>>;

/// The couriers of one process.
#[derive(Debug)]
pub struct Post {
    services: Services,
    queue: Queue,
    couriers: JoinSet<()>,
}

impl Post {
    pub fn new(services: Services) -> Self {
        Self { services, queue: Queue::default(), couriers: JoinSet::new() }
    }

    /// Looks for letters whose time has come and sends couriers off with them; true if there are any under way.
    ///
    /// # Errors
    /// If the outbox cannot be read.
    pub async fn dispatch(&mut self) -> Result<bool, ServiceError> {
        while self.couriers.try_join_next().is_some() {}
        if !self.services.mail.mailer.is_on() {
            return Ok(false);
        }
        let mut waiting = lock(&self.queue).len();
        if waiting == 0 {
            let now = self.services.clock.now();
            let list = move |c: &mut _| Ok::<_, ServiceError>(outbox::list_due(c, now, BATCH)?);
            let due = self.services.database.read(list).await?;
            waiting = due.len();
            lock(&self.queue).extend(due);
        }
        let free = self.services.mail.mailer.connections().saturating_sub(self.couriers.len());
        for _ in 0..free.min(waiting) {
            self.couriers.spawn(walk(self.services.clone(), Arc::clone(&self.queue)));
        }
        Ok(!self.couriers.is_empty())
    }

    /// Waits until a courier is free again; for ever if none is under way.
    pub async fn courier_free(&mut self) {
        if self.couriers.join_next().await.is_none() {
            std::future::pending::<()>().await;
        }
    }

    /// Takes no further letter and waits for those under way, each within the mailer's patience.
    pub async fn finish(mut self) {
        lock(&self.queue).clear();
        while self.couriers.join_next().await.is_some() {}
    }
}

impl Services {
    /// Sends every letter whose time has come, and waits for all of them.
    ///
    /// # Errors
    /// If the outbox cannot be read.
    pub async fn deliver_due(&self) -> Result<(), ServiceError> {
        let mut post = Post::new(self.clone());
        while post.dispatch().await? {
            post.courier_free().await;
        }
        Ok(())
    }

    /// Gives up letters that are pointless by now, forgets those that are old, and notes how many there are.
    ///
    /// # Errors
    /// If the outbox cannot be read or written.
    pub async fn tidy_letters(&self) -> Result<(), ServiceError> {
        let now = self.clock.now();
        self.database
            .write(move |c| {
                outbox::expire_letters(c, now)?;
                outbox::forget_letters(c, now - KEPT)?;
                Ok::<_, ServiceError>(password_links::forget_links(c, now - KEPT).map(drop)?)
            })
            .await?;
        self.note_letters().await
    }

    /// Notes how many letters wait and how many were given up.
    ///
    /// # Errors
    /// If the outbox cannot be read.
    pub async fn note_letters(&self) -> Result<(), ServiceError> {
        let count = |c: &mut _| {
            let waiting = outbox::count_letters(c, MailState::Queued)? + outbox::count_letters(c, MailState::Leased)?;
            Ok::<_, ServiceError>((waiting, outbox::count_letters(c, MailState::Dead)?))
        };
        let (waiting, dead) = self.database.read(count).await?;
        self.mail.figures.note_outbox(waiting, dead);
        Ok(())
    }
}

/// How long letters are kept for people to look up: they name people and their addresses.
const KEPT: chrono::TimeDelta = chrono::TimeDelta::days(180);

/// One courier's walk: letter after letter over one connection, until none is left.
async fn walk(services: Services, queue: Queue) {
    let room = Arc::clone(&services.mail);
    let mut courier = room.mailer.courier();
    loop {
        let Some((office, id)) = lock(&queue).pop_front() else { break };
        if let Err(error) = services.carry(&mut courier, office, id).await {
            tracing::error!(letter = %id, error = ?error, "a letter could not be taken or marked");
        }
    }
    courier.finish().await;
}

/// A courier that panicked leaves a queue that is whole all the same.
fn lock(queue: &Queue) -> std::sync::MutexGuard<'_, VecDeque<(OfficeId, MailId)>> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}
