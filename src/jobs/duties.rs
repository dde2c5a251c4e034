//! All periodic work, one line each.

use chrono::TimeDelta;

use super::digests;
use super::duty::Duty;
use super::estimates;

/// In the order in which they are looked at.
pub const ALL: &[Duty] = &[TIDY, REMINDERS, LETTERS, estimates::LOOK, digests::DIGESTS];

/// Jobs that ended long ago are forgotten.
const TIDY: Duty = Duty {
    name: "jobs.tidy",
    every: TimeDelta::hours(6),
    lease: TimeDelta::minutes(10),
    run: |services| Box::pin(async move { services.tidy_jobs().await }),
};

/// Letters are forgotten after half a year.
const LETTERS: Duty = Duty {
    name: "letters.tidy",
    every: TimeDelta::hours(6),
    lease: TimeDelta::minutes(10),
    run: |services| Box::pin(async move { services.tidy_letters().await }),
};

/// Tomorrow's teams, and held events without a result, by each office's own clock.
const REMINDERS: Duty = Duty {
    name: "letters.remind",
    every: TimeDelta::minutes(10),
    lease: TimeDelta::minutes(10),
    run: |services| Box::pin(async move { services.remind_staff().await }),
};
