//! A lock on a period: what was reported to the province stays as it was. A locked date takes no result until it is
//! reopened, with a reason. Asked by the judge of entries and by every correction.

use chrono::{DateTime, NaiveDate, Utc};

use super::id::LockId;
use super::rule::{FieldError, Rule};
use super::text::Note;

/// A lock on the dates `first..=last`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodLock {
    pub id: LockId,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub note: Option<Note>,
    pub locked_at: DateTime<Utc>,
    pub reopened: Option<Reopening>,
}

/// When and why a lock was lifted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopening {
    pub at: DateTime<Utc>,
    pub reason: Note,
}

impl PeriodLock {
    /// A lock from now on; fails on `to`, as the form calls its last day.
    pub fn new(id: LockId, first: NaiveDate, last: NaiveDate, now: DateTime<Utc>) -> Result<Self, FieldError> {
        if last < first {
            return Err(FieldError::new("to", Rule::EndsBeforeStart));
        }
        Ok(Self { id, first, last, note: None, locked_at: now, reopened: None })
    }

    /// The lock, lifted. The first reopening stands.
    pub fn reopen(&self, now: DateTime<Utc>, reason: Note) -> Self {
        let reopened = self.reopened.clone().unwrap_or(Reopening { at: now, reason });
        Self { reopened: Some(reopened), ..self.clone() }
    }

    /// True if this lock, still in force, covers `date`.
    pub fn locks(&self, date: NaiveDate) -> bool {
        self.reopened.is_none() && (self.first..=self.last).contains(&date)
    }
}

/// True if any lock in force covers `date`; locks may overlap.
pub fn is_locked(locks: &[PeriodLock], date: NaiveDate) -> bool {
    locks.iter().any(|lock| lock.locks(date))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn both_ends_are_locked_until_the_lock_is_reopened_and_others_still_hold() {
        let now: DateTime<Utc> = "2026-11-21T01:00:00Z".parse().unwrap();
        let lock = |first, last| PeriodLock::new(LockId::new(now), date(first), date(last), now).unwrap();
        let (october, late) = (lock("2026-10-01", "2026-10-31"), lock("2026-10-30", "2026-11-02"));
        let both = [october.clone(), late.clone()];
        for (day, locked) in [
            ("2026-09-30", false),
            ("2026-10-01", true),
            ("2026-10-31", true),
            ("2026-11-02", true),
            ("2026-11-03", false),
        ] {
            assert_eq!(is_locked(&both, date(day)), locked, "{day}");
        }
        let reopened = october.reopen(now, "angka provinsi".parse().unwrap());
        let left = [reopened, late];
        assert!(!is_locked(&left, date("2026-10-01")) && is_locked(&left, date("2026-10-31")));
    }

    #[test]
    fn a_period_does_not_end_before_it_starts() {
        let now: DateTime<Utc> = "2026-11-21T01:00:00Z".parse().unwrap();
        let backwards = PeriodLock::new(LockId::new(now), date("2026-10-02"), date("2026-10-01"), now);
        assert_eq!(backwards, Err(FieldError::new("to", Rule::EndsBeforeStart)));
    }
}
