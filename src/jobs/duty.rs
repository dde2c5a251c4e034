//! Periodic work: what it is called, how often it is due, and what it does. One process at a time does it, and a process
//! that dies leaves it to the others; so a duty must bear to be begun twice (letters carry dedupe keys for that).

use chrono::TimeDelta;
use futures_util::future::BoxFuture;

use crate::service::{ServiceError, Services};

/// Work that is due again and again, by the service's clock.
#[derive(Debug, Clone, Copy)]
pub struct Duty {
    /// The name of its row; never changed.
    pub name: &'static str,
    /// From the end of one run to the start of the next.
    pub every: TimeDelta,
    /// After so long without an end another process begins anew.
    pub lease: TimeDelta,
    pub run: fn(Services) -> BoxFuture<'static, Result<(), ServiceError>>,
}

impl Duty {
    /// Does the work if it is due and no other process is at it; true if it was done.
    pub async fn run_if_due(&self, services: &Services) -> Result<bool, ServiceError> {
        if !services.take_duty(self.name, self.lease).await? {
            return Ok(false);
        }
        let outcome = (self.run)(services.clone()).await;
        // Also after a failure: what fails now is tried again at its next time, not each second.
        services.return_duty(self.name, self.every).await?;
        outcome.map(|()| true)
    }
}
