//! What letters are made of: values as they were when the letter was put into the outbox, frozen there as JSON, so that a
//! letter that waits or is sent again says the same. Names and titles are texts, dates are dates; the language comes later.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::letter::CalendarPart;
use crate::domain::staff::Role;

/// About one event, to somebody of its team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLetter {
    /// The office's name, above every letter.
    pub office: String,
    /// Zone of the days, such as Asia/Jakarta.
    pub zone: String,
    /// The reader's own name.
    pub reader: String,
    pub title: String,
    pub plan: EventPlan,
    /// What the reader was told before, where it differs.
    pub before: Option<EventPlan>,
    pub teams: Vec<String>,
    /// Why it is cancelled; None in every other letter.
    pub ending: Option<Ending>,
    pub reason: Option<String>,
    /// Page of the event.
    pub address: String,
    pub calendar: Vec<CalendarPart>,
    pub unsubscribe: Option<String>,
}

/// Where and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventPlan {
    /// Name and region of the venue, or the place as it was typed.
    pub place: Option<String>,
    pub days: Vec<LetterDay>,
}

/// A day on the office's clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterDay {
    pub date: NaiveDate,
    pub starts: NaiveTime,
    pub ends: NaiveTime,
}

/// Why an event is no longer in the reader's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    Cancelled,
    Postponed,
    /// The event takes place, without the reader.
    Relieved,
}

/// A held event without a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultLetter {
    pub office: String,
    pub reader: String,
    pub title: String,
    pub place: Option<String>,
    pub last_day: NaiveDate,
    pub teams: Vec<String>,
    /// True for the one who counts; false for the coordinator, who hears of it a day later.
    pub is_officer: bool,
    /// The page where results are entered.
    pub address: String,
    pub unsubscribe: Option<String>,
}

/// Opens an account once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLetter {
    /// The office's name, or that of the installation for users of several offices.
    pub office: String,
    pub zone: String,
    pub reader: String,
    pub login: String,
    pub role: Role,
    /// The address with the secret.
    pub address: String,
    pub until: DateTime<Utc>,
}

/// Shows that letters arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestLetter {
    /// Where the service is reached.
    pub address: String,
    /// The way that the letter took: the server's name, or the folder.
    pub route: String,
    pub at: DateTime<Utc>,
    pub zone: String,
}
