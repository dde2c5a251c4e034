//! Letters to the team of an event: confirmed, moved, cancelled, tomorrow.

use chrono_tz::Tz;

use crate::domain::language::Language;
use crate::domain::mail::MailKind;
use crate::mail::error::RenderError;
use crate::mail::letter::Letter;
use crate::mail::notice::{Button, Fact, Notice};
use crate::mail::payload::{Ending, EventLetter, EventPlan, LetterDay};
use crate::mail::short::for_subject;
use crate::mail::zone::find_zone;
use crate::wording::dates;
use crate::wording::messages::message;

pub fn write(kind: MailKind, letter: &EventLetter, language: Language) -> Result<Letter, RenderError> {
    let words = Words { language, zone: find_zone(&letter.zone)?, letter };
    let what = words.what(kind);
    let say = |part: &str| message(language, &format!("mail-event-{what}-{part}"), &words.args(&letter.title));
    let subject = message(language, &format!("mail-event-{what}-subject"), &words.args(&for_subject(&letter.title)));
    let notice = Notice {
        language,
        office: letter.office.clone(),
        subject,
        heading: say("heading"),
        lead: vec![say("lead")],
        facts: words.facts(),
        button: Some(Button { label: message(language, "mail-event-open", &[]), address: letter.address.clone() }),
        closing: words.closing(),
        footer: message(language, "mail-event-footer", &[("reader", letter.reader.clone())]),
        calendar: letter.calendar.clone(),
        unsubscribe: letter.unsubscribe.clone(),
    };
    notice.into_letter()
}

struct Words<'a> {
    language: Language,
    zone: Tz,
    letter: &'a EventLetter,
}

impl Words<'_> {
    /// The part of the message ids that tells the letters apart.
    fn what(&self, kind: MailKind) -> &'static str {
        match (kind, self.letter.ending) {
            (MailKind::EventMoved, _) if self.is_elsewhere() => "relocated",
            (MailKind::EventMoved, _) => "moved",
            (MailKind::EventReminder, _) => "reminder",
            (MailKind::EventCancelled, Some(Ending::Postponed)) => "postponed",
            (MailKind::EventCancelled, Some(Ending::Relieved)) => "relieved",
            (MailKind::EventCancelled, _) => "cancelled",
            _ => "confirmed",
        }
    }

    /// True if the days stayed and the venue did not.
    fn is_elsewhere(&self) -> bool {
        let (plan, before) = (&self.letter.plan, self.letter.before.as_ref());
        plan.place.is_some() && before.is_some_and(|before| before.days == plan.days && before.place != plan.place)
    }

    fn args(&self, title: &str) -> [(&'static str, String); 4] {
        let plan = &self.letter.plan;
        let first = plan.days.first();
        [
            ("title", title.to_owned()),
            ("date", first.map(|day| dates::date(self.language, day.date)).unwrap_or_default()),
            ("hours", first.map(|day| self.hours(day)).unwrap_or_default()),
            ("reader", self.letter.reader.clone()),
        ]
    }

    fn facts(&self) -> Vec<Fact> {
        let label = |id: &str| message(self.language, id, &[]);
        let (plan, before) = (&self.letter.plan, self.letter.before.as_ref());
        let days = |plan: &EventPlan| plan.days.iter().map(|day| self.day(day)).collect::<Vec<_>>();
        let earlier_days = before.filter(|before| before.days != plan.days).map(days).unwrap_or_default();
        let earlier_place = before.filter(|before| before.place != plan.place).and_then(|before| before.place.clone());
        let facts = [
            Fact::new(label("mail-event-when"), days(plan)),
            Fact::new(label("mail-event-when-before"), earlier_days),
            Fact::new(label("mail-event-where"), plan.place.iter().cloned().collect()),
            Fact::new(label("mail-event-where-before"), earlier_place.into_iter().collect()),
            Fact::new(label("mail-event-teams"), self.letter.teams.clone()),
            Fact::new(label("mail-event-reason"), self.letter.reason.iter().cloned().collect()),
        ];
        facts.into_iter().flatten().collect()
    }

    fn closing(&self) -> Vec<String> {
        let id = if self.letter.calendar.is_empty() {
            return Vec::new();
        } else if self.letter.ending.is_some() {
            "mail-event-calendar-cancel"
        } else {
            "mail-event-calendar"
        };
        vec![message(self.language, id, &[])]
    }

    fn day(&self, day: &LetterDay) -> String {
        format!("{}, {}", dates::date_with_pasaran(self.language, day.date), self.hours(day))
    }

    fn hours(&self, day: &LetterDay) -> String {
        dates::hours(self.language, day.starts, day.ends, self.zone)
    }
}
