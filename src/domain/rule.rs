//! The rules that a value from outside can break, and the errors that name field and rule.
//! Every parser of the domain answers with a [`Rule`]; `wording` turns it into the reader's language.
//! Nothing here knows a language, a status code or a form.

use std::fmt;

/// A rule that a value broke. [`Rule::code`] is public API (`errors[].code`), `wording` has a message per code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.code())]
pub enum Rule {
    /// Missing, or empty where something must stand.
    Required,
    /// A key or column that does not exist.
    UnknownField,
    /// The same column stands twice in a header.
    DuplicateField,
    /// A value of another type: what was expected, as serde names it.
    WrongType(String),
    /// Longer than `0` characters.
    TooLong(usize),
    /// More than `0` items.
    TooMany(usize),
    /// Outside `min..=max`.
    OutOfRange { min: String, max: String },
    /// Not of the form that such a value has; an example of a good one.
    Format { example: &'static str },
    /// Not one of the codes of its list.
    UnknownCode { allowed: String },
    /// Names something that does not exist (any more) in this office.
    NotFound,
    /// No region of the country's list has this code.
    UnknownRegion,
    /// Another row already has this value.
    Taken,
    /// Stands twice in one list.
    Repeated,
    /// Control characters, marks that turn the direction of writing, or line breaks in a one-line text.
    ControlCharacter,
    /// A file that is no UTF-8.
    NotUtf8,
    /// Looks like a NIK: personal data of a citizen, which nobody may enter anywhere.
    NikLike,
    /// Ends before it starts.
    EndsBeforeStart,
    /// Outside the office's own area.
    OutsideOffice,
    /// Lies in the future where only the past can be.
    Future,
    /// Only a state with days in the past allows it.
    NotPast,
    /// The event has not begun: its first day lies ahead.
    NotBegun { date: String },
    /// Only proposing an event takes new days.
    DaysNotTaken,
    /// Somebody of a wider scope: two offices could book him for the same hour.
    NotOfThisOffice,
    /// A reason must be given.
    ReasonRequired,
    /// A count with groups of other than three digits, or none at all.
    Figure,
    /// The officer is absent on that date.
    OfficerAbsent { officer: String, date: String },
    /// The period is locked.
    PeriodLocked { date: String },
    /// The password is too short: at least `0` characters.
    PasswordTooShort(usize),
    /// Current password is wrong.
    WrongPassword,
    /// Not the code that the service printed.
    WrongSetUpCode,
    /// Stored counts differ, and no reason for a correction was given.
    DiffersFromStored,
    /// A cursor that another list gave.
    ForeignCursor,
    /// The event's state does not take results.
    StateTakesNoResults { state: String },
    /// The date is none of the event's days.
    OutsideDays { date: String },
    /// The day has results, so the event keeps it.
    DayHasResults { date: String },
    /// The team has results at the event, so the event keeps it.
    TeamHasResults { team: String },
    /// A value that never changes once it is stored.
    Fixed,
    /// A broader role or scope than the one who gives it has.
    BeyondOwnRights,
    /// The event has no result yet.
    NotReported,
    /// The person has no e-mail address, and a letter needs one.
    NoEmail,
    /// Field officers have no right to digests.
    ReadsNoDigests,
    /// A row of a file has more or fewer cells than its header.
    ColumnCount { expected: usize, found: usize },
    /// So many more errors than are listed.
    MoreErrors(usize),
    /// No workbook of the form XLSX, or a damaged one.
    BrokenWorkbook,
    /// A workbook that holds more than anybody types once it is unpacked.
    WorkbookTooLarge,
    /// A cell whose formula failed: what stands in it, such as `#N/A`.
    FailedFormula(String),
    /// A cell whose formula nobody has computed yet.
    UncomputedFormula,
    /// A number with more digits than a spreadsheet keeps: its end is lost.
    LongNumber,
    /// A visit of a team that is only supposed.
    SupposedTeam,
    /// Not a letter that was given up.
    NotDead,
    /// Both a value and a share where exactly one must stand.
    ValueOrShare,
    /// A count where a share must stand, or the other way round.
    FigureOfOtherKind,
    /// Only a share is a share of something.
    ShareOnly,
    /// Another target of the same scope, channel and purpose holds on some of these days.
    Overlaps { starts: String, ends: String },
    /// A bare share has several readings, and somebody must choose one.
    ReadingRequired,
    /// What the share is said to be of would need more people than there are.
    ImpossibleReading,
    /// The total cannot be split, or not into these events.
    NotSplittable,
}

impl Rule {
    /// The stable code, as `errors[].code` shows it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::UnknownField => "unknown_field",
            Self::DuplicateField => "duplicate_field",
            Self::WrongType(_) => "wrong_type",
            Self::TooLong(_) => "too_long",
            Self::TooMany(_) => "too_many",
            Self::OutOfRange { .. } => "out_of_range",
            Self::Format { .. } => "format",
            Self::UnknownCode { .. } => "unknown_code",
            Self::NotFound => "not_found",
            Self::UnknownRegion => "unknown_region",
            Self::Taken => "taken",
            Self::Repeated => "repeated",
            Self::ControlCharacter => "control_character",
            Self::NotUtf8 => "not_utf8",
            Self::NikLike => "nik_like",
            Self::EndsBeforeStart => "ends_before_start",
            Self::OutsideOffice => "outside_office",
            Self::Future => "future",
            Self::NotPast => "not_past",
            Self::NotBegun { .. } => "not_begun",
            Self::DaysNotTaken => "days_not_taken",
            Self::NotOfThisOffice => "not_of_this_office",
            Self::ReasonRequired => "reason_required",
            Self::Figure => "figure",
            Self::OfficerAbsent { .. } => "officer_absent",
            Self::PeriodLocked { .. } => "period_locked",
            Self::PasswordTooShort(_) => "password_too_short",
            Self::WrongPassword => "wrong_password",
            Self::WrongSetUpCode => "wrong_set_up_code",
            Self::DiffersFromStored => "differs_from_stored",
            Self::ForeignCursor => "foreign_cursor",
            Self::StateTakesNoResults { .. } => "state_takes_no_results",
            Self::OutsideDays { .. } => "outside_days",
            Self::DayHasResults { .. } => "day_has_results",
            Self::TeamHasResults { .. } => "team_has_results",
            Self::Fixed => "fixed",
            Self::BeyondOwnRights => "beyond_own_rights",
            Self::NotReported => "not_reported",
            Self::NoEmail => "no_email",
            Self::ReadsNoDigests => "reads_no_digests",
            Self::ColumnCount { .. } => "column_count",
            Self::MoreErrors(_) => "more_errors",
            Self::BrokenWorkbook => "broken_workbook",
            Self::WorkbookTooLarge => "workbook_too_large",
            Self::FailedFormula(_) => "failed_formula",
            Self::UncomputedFormula => "uncomputed_formula",
            Self::LongNumber => "long_number",
            Self::SupposedTeam => "supposed_team",
            Self::NotDead => "not_dead",
            Self::ValueOrShare => "value_or_share",
            Self::FigureOfOtherKind => "figure_of_other_kind",
            Self::ShareOnly => "share_only",
            Self::Overlaps { .. } => "overlaps",
            Self::ReadingRequired => "reading_required",
            Self::ImpossibleReading => "impossible_reading",
            Self::NotSplittable => "not_splittable",
        }
    }

    /// The values that the message of this rule shows, by name.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::WrongType(expected) => vec![("expected", expected.clone())],
            Self::TooLong(max) | Self::TooMany(max) => vec![("max", max.to_string())],
            Self::PasswordTooShort(min) => vec![("min", min.to_string())],
            Self::OutOfRange { min, max } => vec![("min", min.clone()), ("max", max.clone())],
            Self::Format { example } => vec![("example", (*example).to_owned())],
            Self::UnknownCode { allowed } => vec![("allowed", allowed.clone())],
            Self::OfficerAbsent { officer, date } => vec![("officer", officer.clone()), ("date", date.clone())],
            Self::PeriodLocked { date }
            | Self::OutsideDays { date }
            | Self::DayHasResults { date }
            | Self::NotBegun { date } => vec![("date", date.clone())],
            Self::TeamHasResults { team } => vec![("team", team.clone())],
            Self::StateTakesNoResults { state } => vec![("state", state.clone())],
            Self::ColumnCount { expected, found } => {
                vec![("expected", expected.to_string()), ("found", found.to_string())]
            }
            Self::Overlaps { starts, ends } => vec![("starts", starts.clone()), ("ends", ends.clone())],
            Self::MoreErrors(count) => vec![("count", count.to_string())],
            Self::FailedFormula(shown) => vec![("shown", shown.clone())],
            _ => Vec::new(),
        }
    }

    /// The range rule for any pair of bounds that can be shown.
    pub fn out_of_range(min: impl fmt::Display, max: impl fmt::Display) -> Self {
        Self::OutOfRange { min: min.to_string(), max: max.to_string() }
    }
}

/// One broken rule and the field it was broken in; `field` is a path such as `days[0].slots`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub rule: Rule,
}

impl FieldError {
    pub fn new(field: impl Into<String>, rule: Rule) -> Self {
        Self { field: field.into(), rule }
    }
}

/// Collects the broken rules of one input, so that the reader sees all of them at once.
#[derive(Debug, Default)]
pub struct Check {
    errors: Vec<FieldError>,
}

impl Check {
    pub fn new() -> Self {
        Self::default()
    }

    /// The value, or `None` after noting the broken rule under `field`.
    pub fn field<T>(&mut self, field: impl Into<String>, parsed: Result<T, Rule>) -> Option<T> {
        parsed.map_err(|rule| self.fail(field, rule)).ok()
    }

    /// As [`Check::field`] for a value that may be absent: `Some(None)` when it is, `None` when it is wrong.
    pub fn optional<T, U>(
        &mut self,
        field: impl Into<String>,
        value: Option<T>,
        parse: impl FnOnce(T) -> Result<U, Rule>,
    ) -> Option<Option<U>> {
        match value {
            None => Some(None),
            Some(value) => self.field(field, parse(value)).map(Some),
        }
    }

    /// As [`Check::field`] for a value that must be there.
    pub fn required<T, U>(
        &mut self,
        field: impl Into<String>,
        value: Option<T>,
        parse: impl FnOnce(T) -> Result<U, Rule>,
    ) -> Option<U> {
        self.field(field, value.ok_or(Rule::Required).and_then(parse))
    }

    /// The value of a part that was checked by itself, or `None` after taking over its errors.
    pub fn part<T>(&mut self, checked: Result<T, Vec<FieldError>>) -> Option<T> {
        checked.map_err(|errors| self.errors.extend(errors)).ok()
    }

    pub fn fail(&mut self, field: impl Into<String>, rule: Rule) {
        self.errors.push(FieldError::new(field, rule));
    }

    pub fn extend(&mut self, errors: impl IntoIterator<Item = FieldError>) {
        self.errors.extend(errors);
    }

    pub fn is_clean(&self) -> bool {
        self.errors.is_empty()
    }

    /// The built value if nothing was noted; every noted error otherwise.
    pub fn finish<T>(self, built: Option<T>) -> Result<T, Vec<FieldError>> {
        match built {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(self.errors),
        }
    }
}
