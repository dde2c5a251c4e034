//! The words of one letter: its language, its pages, and figures as people read them, each with the page behind it.
#![allow(clippy::unused_self, reason = "templates say everything by way of the letter's words")]

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::rich::{Rich, clean, linked, sentence};
use super::spans;
use crate::domain::digest::{DigestPayload, DigestReport, EventLine, Span};
use crate::domain::language::Language;
use crate::domain::pace::Missing;
use crate::mail::short;
use crate::wording::messages::label;
use crate::wording::{dates, numbers};

/// What every part of a digest speaks with.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    pub language: Language,
    pub payload: &'a DigestPayload,
    pub zone: Tz,
}

/// The longest source in the foot.
const SOURCE_MAX: usize = 120;

impl<'a> Words<'a> {
    pub fn report(self) -> &'a DigestReport {
        &self.payload.report
    }

    /// The message `id` as a sentence with links.
    pub fn say(self, id: &str, args: &[(&str, String)]) -> Rich {
        Rich::cut(&sentence(self.language, id, args))
    }

    /// The message `id` as plain text.
    pub fn plain(self, id: &str, args: &[(&str, String)]) -> String {
        self.say(id, args).text()
    }

    pub fn label(self, list: &str, code: &str) -> String {
        label(self.language, list, code)
    }

    /// The whole address of a page of the office.
    pub fn page(self, path: &str) -> String {
        format!("{}/{}/{path}", self.payload.reader.public_url, self.report().office.code)
    }

    /// Targets and pace as of the letter's day.
    pub fn target_page(self) -> String {
        self.page(&format!("target?tanggal={}", self.report().on))
    }

    pub fn event_page(self, event: &EventLine) -> String {
        self.page(&format!("kegiatan/{}", event.id))
    }

    /// A variable that leads to a page.
    pub fn link(self, text: &str, page: &str) -> String {
        linked(text, page)
    }

    /// A figure of targets and pace as a variable.
    pub fn target_link(self, text: &str) -> String {
        linked(text, &self.target_page())
    }

    pub fn count(self, number: i64) -> String {
        numbers::count(self.language, number)
    }

    pub fn whole(self, number: usize) -> String {
        self.count(i64::try_from(number).unwrap_or(i64::MAX))
    }

    pub fn people(self, span: Span) -> String {
        spans::people(self.language, span)
    }

    pub fn pace(self, span: Span) -> String {
        spans::pace(self.language, span)
    }

    pub fn percent(self, span: Span) -> String {
        spans::percent(self.language, span)
    }

    /// "7 Juni 2024".
    pub fn date(self, date: NaiveDate) -> String {
        dates::long_date(self.language, date)
    }

    /// "7 Juni" in the year of the letter, else with its year.
    pub fn day(self, date: NaiveDate) -> String {
        dates::day_and_month(self.language, date, self.report().on)
    }

    /// The days of an event: "6 Juni" or "5–6 Juni 2024".
    pub fn days_of(self, event: &EventLine) -> String {
        let days = crate::domain::dates::DateRange::new(event.first_day, event.last_day);
        match days {
            Ok(days) if event.first_day != event.last_day => dates::period(self.language, days),
            _ => self.day(event.last_day),
        }
    }

    /// "Pabrik Sampoerna, Karangjambe, Padamara"; the title of an event without a venue.
    pub fn place_of(self, event: &EventLine) -> String {
        let name = event.venue.as_deref().unwrap_or(&event.title);
        let region = event.region.as_deref().map(|region| format!(", {region}")).unwrap_or_default();
        clean(&format!("{name}{region}"))
    }

    /// Why a figure cannot be given, as half a sentence.
    pub fn why(self, missing: Missing) -> String {
        label(self.language, "digest-missing", missing.as_str())
    }

    /// A name cut to what a subject can hold.
    pub fn short(self, name: &str) -> String {
        short::for_subject(&clean(name))
    }

    /// A source cut to what the foot can hold.
    pub fn source(self, source: &str) -> String {
        short::cut(&clean(source.trim_end_matches('.')), SOURCE_MAX)
    }
}
