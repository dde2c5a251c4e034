//! What is wrong with an instance or a plan, and where. The place is written as a path into the file
//! (`teams[3].days`), also for instances that never were a file. Words for people are made elsewhere from code and
//! arguments; `Display` gives the English ones.

use std::fmt;

/// One fault and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// A path into the instance or plan: `fixed[2]`, `venues[7].reach[0].gain`.
    pub place: String,
    pub kind: FaultKind,
}

/// What is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    #[error("must lie between {min} and {max}, is {found}")]
    OutOfRange { min: i64, max: i64, found: i64 },
    #[error("there are only {count} (counted from 0), not {found}")]
    NoSuch { count: usize, found: usize },
    #[error("has {found} entries, must have {wanted}")]
    Length { wanted: usize, found: usize },
    #[error("must ascend without repetition")]
    NotAscending,
    #[error("stands twice")]
    Repeated,
    #[error("must be written with the digits 0, 1 and 2")]
    CalendarDigit,
    #[error("must name one team, or two different ones")]
    NoCrew,
    #[error("two different teams make a joint visit")]
    SameTeamTwice,
    #[error("the format {format} does not have this")]
    NotInFormat { format: &'static str },
    #[error("the venue is closed on day {day}")]
    Closed { day: usize },
    #[error("team {team} is off on day {day}")]
    TeamOff { team: usize, day: usize },
    #[error("the venue is out of reach of this team")]
    OutOfReach,
    #[error("team {team} is already taken on day {day}")]
    TeamTaken { team: usize, day: usize },
    #[error("days {earlier} and {later} are closer than the gap of {gap} days")]
    TooClose { earlier: usize, later: usize, gap: usize },
    #[error("{found} visits, at most {max} are allowed")]
    TooManyVisits { max: usize, found: usize },
    #[error("{found} days of overtime, at most {max} are allowed")]
    TooMuchOvertime { max: usize, found: usize },
    #[error("this fixed booking is not in the plan")]
    FixedLost,
    #[error("claims {claimed}, is {actual}")]
    Claim { claimed: i64, actual: i64 },
    #[error("claims {claimed}, the certificate proves only {proven}")]
    BoundTooLow { claimed: i64, proven: i128 },
    #[error("a price is negative or above the penalty")]
    PriceOutOfRange,
}

impl FaultKind {
    /// The stable name of this kind, for messages in other languages.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OutOfRange { .. } => "out-of-range",
            Self::NoSuch { .. } => "no-such",
            Self::Length { .. } => "length",
            Self::NotAscending => "not-ascending",
            Self::Repeated => "repeated",
            Self::CalendarDigit => "calendar-digit",
            Self::NoCrew => "no-crew",
            Self::SameTeamTwice => "same-team-twice",
            Self::NotInFormat { .. } => "not-in-format",
            Self::Closed { .. } => "closed",
            Self::TeamOff { .. } => "team-off",
            Self::OutOfReach => "out-of-reach",
            Self::TeamTaken { .. } => "team-taken",
            Self::TooClose { .. } => "too-close",
            Self::TooManyVisits { .. } => "too-many-visits",
            Self::TooMuchOvertime { .. } => "too-much-overtime",
            Self::FixedLost => "fixed-lost",
            Self::Claim { .. } => "claim",
            Self::BoundTooLow { .. } => "bound-too-low",
            Self::PriceOutOfRange => "price-out-of-range",
        }
    }

    /// The values that belong into the words, by name.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let two = |a: (&'static str, &dyn fmt::Display), b: (&'static str, &dyn fmt::Display)| {
            vec![(a.0, a.1.to_string()), (b.0, b.1.to_string())]
        };
        match self {
            Self::OutOfRange { min, max, found } => {
                vec![("min", min.to_string()), ("max", max.to_string()), ("found", found.to_string())]
            }
            Self::NoSuch { count, found } => two(("count", count), ("found", found)),
            Self::Length { wanted, found } => two(("wanted", wanted), ("found", found)),
            Self::NotInFormat { format } => vec![("format", (*format).to_owned())],
            Self::Closed { day } => vec![("day", day.to_string())],
            Self::TeamOff { team, day } | Self::TeamTaken { team, day } => two(("team", team), ("day", day)),
            Self::TooClose { earlier, later, gap } => {
                vec![("earlier", earlier.to_string()), ("later", later.to_string()), ("gap", gap.to_string())]
            }
            Self::TooManyVisits { max, found } | Self::TooMuchOvertime { max, found } => {
                two(("max", max), ("found", found))
            }
            Self::Claim { claimed, actual } => two(("claimed", claimed), ("actual", actual)),
            Self::BoundTooLow { claimed, proven } => two(("claimed", claimed), ("proven", proven)),
            Self::NotAscending
            | Self::Repeated
            | Self::CalendarDigit
            | Self::NoCrew
            | Self::SameTeamTwice
            | Self::OutOfReach
            | Self::FixedLost
            | Self::PriceOutOfRange => Vec::new(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.kind)
    }
}

impl std::error::Error for Fault {}

/// Gathers faults, so that all of them are told at once.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn add(&mut self, place: impl Into<String>, kind: FaultKind) {
        self.0.push(Fault { place: place.into(), kind });
    }

    /// Notes a number outside `min..=max`.
    pub(super) fn range(&mut self, place: impl FnOnce() -> String, found: i64, min: i64, max: i64) {
        if !(min..=max).contains(&found) {
            self.add(place(), FaultKind::OutOfRange { min, max, found });
        }
    }

    /// Notes an index beyond a list; true if it is inside.
    pub(super) fn index(&mut self, place: impl FnOnce() -> String, found: usize, count: usize) -> bool {
        if found >= count {
            self.add(place(), FaultKind::NoSuch { count, found });
        }
        found < count
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_vec(self) -> Vec<Fault> {
        self.0
    }
}
