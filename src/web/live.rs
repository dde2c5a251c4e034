//! Live pages: while somebody looks at one, this process asks once a second whether anything has changed in the office,
//! once for all who look, and tells them. It works with many server processes, because the mark is read from the database.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::web::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout_at};

use crate::domain::region::RegionCode;
use crate::service::{Caller, ServiceError, Services};

/// How often the mark is read.
const EVERY: Duration = Duration::from_secs(1);

/// A stream ends after so long and the browser opens it again: so a session that was revoked does not look on for ever.
const LIFE: Duration = Duration::from_mins(10);

/// Without news a comment is sent so often: proxies close what is silent, and a reader who left is noticed.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// The offices that somebody looks at now.
#[derive(Debug, Clone, Default)]
pub struct Live(Arc<Mutex<HashMap<RegionCode, watch::Sender<String>>>>);

impl Live {
    /// The marks of an office, the present one first. Whether the reader may look is asked here, once.
    pub async fn watch(
        &self,
        services: &Services,
        caller: &Caller,
        office: &RegionCode,
    ) -> Result<watch::Receiver<String>, ServiceError> {
        let mark = services.read_mark(caller, office).await?;
        let Ok(mut watched) = self.0.lock() else { return Err(ServiceError::internal("a watcher has panicked")) };
        if let Some(sender) = watched.get(office) {
            return Ok(sender.subscribe());
        }
        let (sender, receiver) = watch::channel(mark);
        watched.insert(office.clone(), sender);
        actix_web::rt::spawn(follow(self.clone(), services.clone(), office.clone()));
        Ok(receiver)
    }

    /// Ends every stream: the server stops.
    pub fn close(&self) {
        if let Ok(mut watched) = self.0.lock() {
            watched.clear();
        }
    }

    /// Tells a new mark; false once nobody looks any more.
    fn tell(&self, office: &RegionCode, mark: Option<String>) -> bool {
        let Ok(mut watched) = self.0.lock() else { return false };
        let Some(sender) = watched.get(office) else { return false };
        if sender.receiver_count() == 0 {
            watched.remove(office);
            return false;
        }
        if let Some(mark) = mark {
            sender.send_if_modified(|known| std::mem::replace(known, mark.clone()) != mark);
        }
        true
    }
}

/// Reads the mark of an office for as long as somebody looks.
async fn follow(live: Live, services: Services, office: RegionCode) {
    let caller = Caller::system("live page");
    let mut tick = interval(EVERY);
    // A database that was slow is not asked twice at once for that.
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        // A failure is no news: the pages keep what they show until the next mark.
        let mark = services.read_mark(&caller, &office).await.ok();
        if !live.tell(&office, mark) {
            return;
        }
    }
}

/// The marks as server-sent events.
pub fn events(marks: watch::Receiver<String>) -> impl Stream<Item = Result<Bytes, actix_web::Error>> {
    let end = Instant::now() + LIFE;
    unfold((marks, true), move |(mut marks, first)| async move {
        if !first && !wait(&mut marks, end).await? {
            return Some((Ok(Bytes::from_static(b": still here\n\n")), (marks, false)));
        }
        let event = format!("data: {}\n\n", marks.borrow_and_update().as_str());
        Some((Ok(Bytes::from(event)), (marks, false)))
    })
}

/// True once there is news, false at a heartbeat, none at the end of the stream.
async fn wait(marks: &mut watch::Receiver<String>, end: Instant) -> Option<bool> {
    if Instant::now() >= end {
        return None;
    }
    match timeout_at(end.min(Instant::now() + HEARTBEAT), marks.changed()).await {
        Ok(Ok(())) => Some(true),
        Ok(Err(_)) => None,
        Err(_) => Some(false),
    }
}
