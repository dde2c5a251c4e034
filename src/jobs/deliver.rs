//! The loop that empties the outbox. It looks for letters whose time has come each second, and at once when a courier is
//! free again; at the end of the process it takes no further letter and waits for those under way.

use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::service::Services;
use crate::service::delivery::Post;

/// How often the outbox is asked while nothing is under way.
const TICK: Duration = Duration::from_secs(1);

/// How often the letters of the outbox are counted for `/metrics`.
const COUNT: Duration = Duration::from_secs(15);

/// Sends letters until it is told to stop.
pub async fn run(services: Services, mut stopped: watch::Receiver<bool>) {
    let mut post = Post::new(services.clone());
    let mut counted: Option<Instant> = None;
    while !*stopped.borrow() {
        if counted.is_none_or(|at| at.elapsed() >= COUNT) {
            counted = Some(Instant::now());
            // The next count tells what this one could not.
            services.note_letters().await.ok();
        }
        if let Err(error) = post.dispatch().await {
            tracing::warn!(error = ?error, "the outbox");
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            () = post.courier_free() => {}
            _ = stopped.changed() => {}
        }
    }
    post.finish().await;
}
