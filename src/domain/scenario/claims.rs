//! Who is taken when: the scenario's own copy of the booking rule, so that the year it makes can be booked as it stands.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::history::SyntheticDay;

/// A team, officer, unit or venue, by its code or login.
pub type Subject = (&'static str, String);

/// Every (subject, day, slot) that an event holds.
#[derive(Debug, Default)]
pub struct Claims {
    held: BTreeSet<(Subject, NaiveDate, &'static str)>,
}

impl Claims {
    pub fn is_free(&self, subject: &Subject, days: &[SyntheticDay]) -> bool {
        claims_of(subject, days).all(|claim| !self.held.contains(&claim))
    }

    /// True if no slot of these days is taken.
    pub fn is_idle(&self, subject: &Subject, days: &[SyntheticDay]) -> bool {
        days.iter().all(|day| {
            let (from, to) = ((subject.clone(), day.date, ""), (subject.clone(), day.date, "~"));
            self.held.range(from..to).next().is_none()
        })
    }

    pub fn hold(&mut self, subject: &Subject, days: &[SyntheticDay]) {
        self.held.extend(claims_of(subject, days));
    }
}

fn claims_of<'a>(
    subject: &'a Subject,
    days: &'a [SyntheticDay],
) -> impl Iterator<Item = (Subject, NaiveDate, &'static str)> + 'a {
    days.iter().flat_map(move |day| day.slots.iter().map(move |slot| (subject.clone(), day.date, *slot)))
}
