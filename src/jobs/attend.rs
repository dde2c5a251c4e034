//! How long work is watched: while it goes on, its lease is renewed and its progress stored at most twice a second, and
//! the work hears when it is to stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::domain::job::{Lease, Pulse};
use crate::service::Services;

/// Progress is stored at most so often.
const BEAT: Duration = Duration::from_millis(500);

/// Without any news the lease is renewed, and the wish to stop heard, each so many beats.
const QUIET_BEATS: u32 = 2;

/// The line between a job at work and those who wait for it; cheap to clone, also into blocking threads.
#[derive(Debug, Clone, Default)]
pub struct Signal(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    stop: AtomicBool,
    cancelled: AtomicBool,
    news: Mutex<Option<String>>,
}

impl Signal {
    /// True once the work is to stop; asked by the work as often as it likes.
    pub fn is_stopped(&self) -> bool {
        self.0.stop.load(Ordering::Relaxed)
    }

    /// True if it is to stop because somebody asked, not because the process ends or the job was lost.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// Tells how far the work is (JSON of the kind's own shape). Only the latest news is kept until it is stored.
    pub fn tell(&self, progress: String) {
        *self.0.news.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
    }

    fn take_news(&self) -> Option<String> {
        self.0.news.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn stop(&self) {
        self.0.stop.store(true, Ordering::Relaxed);
    }

    fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
        self.stop();
    }
}

/// Runs `work` and renews the lease meanwhile. `shutdown` turns true when the process is to end.
pub async fn attend<T>(
    services: &Services,
    lease: Lease,
    signal: &Signal,
    mut shutdown: watch::Receiver<bool>,
    work: impl Future<Output = T>,
) -> T {
    tokio::pin!(work);
    let mut beats = tokio::time::interval(BEAT);
    let mut quiet = 0;
    loop {
        tokio::select! {
            done = &mut work => return done,
            () = end_of_process(&mut shutdown), if !signal.is_stopped() => signal.stop(),
            _ = beats.tick() => {
                let news = signal.take_news();
                quiet = if news.is_some() { 0 } else { quiet + 1 };
                if news.is_some() || quiet >= QUIET_BEATS {
                    quiet = 0;
                    renew(services, lease, signal, news).await;
                }
            }
        }
    }
}

async fn end_of_process(shutdown: &mut watch::Receiver<bool>) {
    // Whoever could tell is gone: that is the end too.
    drop(shutdown.wait_for(|told| *told).await);
}

async fn renew(services: &Services, lease: Lease, signal: &Signal, news: Option<String>) {
    match services.renew_job(lease, news).await {
        Ok(Pulse::GoOn) => (),
        Ok(Pulse::Cancel) => signal.cancel(),
        Ok(Pulse::Lost) => signal.stop(),
        // The lease lasts for many beats: the next one may succeed.
        Err(error) => tracing::warn!(error = ?error, job = %lease.job, "the lease was not renewed"),
    }
}
