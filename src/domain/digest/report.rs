//! What a digest tells, frozen when it is enqueued: figures and names as they were, no words. Whatever is printed later
//! is a function of this value and a language alone; so texts here are plain, for they have been read and are only shown.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::period::DigestPeriod;
use super::shortlist::Shortlist;
use super::standing::Standing;
use super::yields::{FadingVenue, VenueYield};
use crate::domain::dates::DateRange;
use crate::domain::event::EventState;
use crate::domain::id::EventId;
use crate::domain::outcome::Outcome;

/// One letter: what it tells, and who reads it where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DigestPayload {
    pub report: DigestReport,
    pub reader: DigestReader,
}

/// Who reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestReader {
    pub name: String,
    /// How the installation is reached, without a slash at the end.
    pub public_url: String,
    /// May enter results and ask a team for them.
    pub may_plan: bool,
    /// May change who receives digests.
    pub may_govern: bool,
    /// When the next letter comes; none if this one was asked for and belongs to no schedule.
    pub next: Option<DateTime<Utc>>,
    /// The address at which one request ends these letters.
    pub unsubscribe: Option<String>,
}

/// The office, the days, and everything that is told of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DigestReport {
    pub office: DigestOffice,
    pub period: DigestPeriod,
    /// The last day that is told of: nothing counted later is in any figure.
    pub on: NaiveDate,
    pub days: DateRange,
    /// When it was compiled, if that was later than any schedule does: results that came in meanwhile are in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compiled_on: Option<NaiveDate>,
    pub exceptions: Exceptions,
    pub standing: Standing,
    pub activity: Activity,
    pub best: Vec<VenueYield>,
    pub fading: Shortlist<FadingVenue>,
    pub ahead: BookedWeek,
    pub obstacles: Shortlist<Obstacle>,
}

/// The office as a letter names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestOffice {
    pub code: String,
    pub name: String,
    /// Name of the zone, such as Asia/Jakarta.
    pub zone: String,
}

/// What somebody must do something about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exceptions {
    /// Of these days.
    pub not_held: Shortlist<EventLine>,
    /// Over before `on`, without a result.
    pub unreported: Shortlist<EventLine>,
    /// Reported within these days, two days or more after they were over.
    pub late: Shortlist<EventLine>,
    /// With entries that exceed what a team can do and wait for a coordinator.
    pub implausible: Shortlist<EventLine>,
    /// Entries of any kind that wait.
    pub waiting: i64,
    /// Those among them that exceed what a team can do.
    pub doubted: i64,
}

/// An event in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLine {
    pub id: EventId,
    pub title: String,
    pub state: EventState,
    /// Name of the venue; none for an unplanned event without one.
    pub venue: Option<String>,
    /// Village and district of the venue, as far as they are known: "Karangjambe, Padamara".
    pub region: Option<String>,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub teams: Vec<String>,
    /// Why it is in its state.
    pub reason: Option<String>,
    /// In a list of late reports the days until the first result came; in one of doubtful entries their number.
    pub number: i64,
}

/// What was done in the days of the letter, by outreach.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Event-days with a count, be it zero.
    pub event_days: i64,
    /// Figures of the whole office for one of the days.
    pub office_totals: i64,
    /// In-area activations.
    pub activated: i64,
    /// Everyone whom the digital ID was offered to.
    pub reached: i64,
    /// In-area activations of the days that these are compared with.
    pub activated_before: Option<i64>,
    /// The last day up to `on` with any count.
    pub last_counted: Option<NaiveDate>,
}

/// The bookings of the week after `on`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookedWeek {
    pub days: DateRange,
    pub events: Shortlist<EventLine>,
    pub teams: usize,
    /// Neither confirmed nor called off.
    pub unconfirmed: usize,
    /// People whom the teams can serve on their days.
    pub capacity: i64,
}

/// Why people were not activated, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obstacle {
    pub outcome: Outcome,
    pub n: i64,
}

impl DigestReport {
    /// True if nothing at all took place or was told in the days of the letter: it says "nihil" first.
    pub fn is_silent(&self) -> bool {
        let unreported = self.exceptions.unreported.rows.iter().any(|line| self.days.contains(line.last_day));
        let took_place = self.activity.event_days > 0 || self.activity.office_totals > 0 || unreported;
        !took_place && self.exceptions.not_held.is_empty()
    }
}

impl Exceptions {
    pub fn is_empty(&self) -> bool {
        let lists = [&self.not_held, &self.unreported, &self.late, &self.implausible];
        lists.iter().all(|list| list.is_empty()) && self.waiting == 0
    }
}
