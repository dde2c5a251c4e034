//! Digests leave when their hour has come: each minute those that are due are compiled and put into the outbox.

use chrono::TimeDelta;

use super::duty::Duty;

/// A process that dies on the way leaves the rest to the next one; what was queued is not queued again.
pub const DIGESTS: Duty = Duty {
    name: "digests.send",
    every: TimeDelta::minutes(1),
    lease: TimeDelta::minutes(15),
    run: |services| {
        Box::pin(async move {
            let sent = services.send_due_digests().await?;
            if sent.offices > 0 {
                tracing::info!(offices = sent.offices, letters = sent.letters, "digests were queued");
            }
            let regions = services.send_due_regions().await?;
            if regions > 0 {
                tracing::info!(letters = regions, "digests of regions were queued");
            }
            Ok(())
        })
    },
};
