//! The days of an event as rows of a form: each a date, or a first and a last one, with the hours and slots of its days.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};

use crate::domain::dates::{DateRange, parse_date, parse_time, print_time};
use crate::domain::event::day::MAX_DAYS;
use crate::domain::event::input::DayInput;
use crate::domain::event::{EventDay, Slot};
use crate::domain::rule::{FieldError, Rule};
use crate::service::ServiceError;
use crate::web::pages::FormFields;

/// One row as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayRow {
    pub date: String,
    pub until: String,
    pub starts: String,
    pub ends: String,
    pub slots: Vec<String>,
}

/// The days that rows come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedDays {
    pub days: Vec<DayInput>,
    /// For each day the row that it came from.
    rows: Vec<usize>,
    /// What the rows themselves are wrong about.
    pub errors: Vec<FieldError>,
}

/// The rows of a form, those that are empty left out but for the first.
pub fn rows_of(fields: &FormFields) -> Vec<DayRow> {
    let field = |row: usize, name: &str| format!("days[{row}].{name}");
    let sent = |row: usize| fields.iter().any(|(name, _)| name.starts_with(&format!("days[{row}].")));
    let row = |row: usize| DayRow {
        date: fields.raw(&field(row, "date")).trim().to_owned(),
        until: fields.raw(&field(row, "until")).trim().to_owned(),
        starts: fields.raw(&field(row, "starts")).trim().to_owned(),
        ends: fields.raw(&field(row, "ends")).trim().to_owned(),
        slots: fields.all(&field(row, "slots")),
    };
    let rows = (0..MAX_DAYS).take_while(|number| sent(*number)).map(row);
    let mut kept: Vec<DayRow> = rows.filter(|row| !(row.date.is_empty() && row.until.is_empty())).collect();
    if kept.is_empty() {
        kept.push(if sent(0) { row(0) } else { DayRow::default() });
    }
    kept
}

impl TypedDays {
    pub fn of(rows: &[DayRow]) -> Self {
        let mut typed = Self::default();
        for (number, row) in rows.iter().enumerate() {
            let dates = match row.dates() {
                Ok(dates) => dates,
                Err(rule) => {
                    typed.errors.push(FieldError::new(format!("days[{number}].until"), rule));
                    vec![row.date.clone()]
                }
            };
            typed.rows.extend(dates.iter().map(|_| number));
            typed.days.extend(dates.into_iter().map(|date| row.day(&date)));
        }
        typed
    }

    /// An error about a day by its place among all days, told by its row: `days[4].date` of the second row is
    /// `days[1].date`.
    pub fn by_row(&self, error: FieldError) -> FieldError {
        let place = error.field.strip_prefix("days[").and_then(|rest| rest.split_once(']'));
        let row = place.and_then(|(place, rest)| Some((self.rows.get(place.parse::<usize>().ok()?)?, rest)));
        match row {
            Some((row, rest)) => FieldError::new(format!("days[{row}]{rest}"), error.rule),
            None if error.field == "days" => FieldError::new("days[0].date", error.rule),
            None => error,
        }
    }
}

impl TypedDays {
    /// The errors of a use case, told by rows.
    pub fn by_rows(&self, error: ServiceError) -> ServiceError {
        match error {
            ServiceError::Invalid(errors) => {
                ServiceError::Invalid(errors.into_iter().map(|error| self.by_row(error)).collect())
            }
            other => other,
        }
    }
}

impl DayRow {
    /// A row that a new event opens with.
    pub fn proposed(date: Option<NaiveDate>, hours: (NaiveTime, NaiveTime)) -> Self {
        Self {
            date: date.map(|date| date.to_string()).unwrap_or_default(),
            starts: print_time(hours.0),
            ends: print_time(hours.1),
            ..Self::default()
        }
    }

    /// The rows of stored days: days that follow one another and are alike share one.
    pub fn of_days(days: &[EventDay]) -> Vec<Self> {
        let mut rows: Vec<(NaiveDate, Self)> = Vec::new();
        for day in days {
            let row = Self::of_day(day);
            match rows.last_mut() {
                Some((last, before)) if last.succ_opt() == Some(day.date()) && before.is_like(&row) => {
                    *last = day.date();
                    before.until = row.date;
                }
                _ => rows.push((day.date(), row)),
            }
        }
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn of_day(day: &EventDay) -> Self {
        let proposed = day.starts().map(|starts| Slot::covering(starts, day.ends().unwrap_or(starts)));
        let slots = day.slots().iter().map(|slot| slot.as_str().to_owned()).collect();
        Self {
            date: day.date().to_string(),
            until: String::new(),
            starts: day.starts().map(print_time).unwrap_or_default(),
            ends: day.ends().map(print_time).unwrap_or_default(),
            // Slots that follow from the hours are left to them.
            slots: if proposed.as_ref() == Some(day.slots()) { Vec::new() } else { slots },
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        self.starts == other.starts && self.ends == other.ends && self.slots == other.slots
    }

    fn dates(&self) -> Result<Vec<String>, Rule> {
        if self.until.is_empty() || self.until == self.date {
            return Ok(vec![self.date.clone()]);
        }
        let until = parse_date(&self.until)?;
        // A first date that cannot be read is told as that of its day.
        let Ok(first) = parse_date(&self.date) else { return Ok(vec![self.date.clone()]) };
        let range = DateRange::new(first, until)?;
        if range.days() > i64::try_from(MAX_DAYS).unwrap_or(i64::MAX) {
            return Err(Rule::TooMany(MAX_DAYS));
        }
        Ok(range.iter().map(|date| date.to_string()).collect())
    }

    fn day(&self, date: &str) -> DayInput {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        DayInput { date: given(date), slots: self.slots.clone(), starts: given(&self.starts), ends: given(&self.ends) }
    }

    /// The slots that its days reserve, as far as the row can be read.
    pub fn wanted_slots(&self) -> BTreeSet<Slot> {
        let chosen: BTreeSet<Slot> = self.slots.iter().filter_map(|slot| slot.parse().ok()).collect();
        let starts = parse_time(&self.starts).ok();
        match starts {
            Some(starts) if chosen.is_empty() => Slot::covering(starts, parse_time(&self.ends).unwrap_or(starts)),
            _ => chosen,
        }
    }

    /// Its dates, as far as the row can be read.
    pub fn wanted_dates(&self) -> Vec<NaiveDate> {
        let dates = self.dates().unwrap_or_default();
        dates.iter().filter_map(|date| parse_date(date).ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(date: &str, until: &str) -> DayRow {
        DayRow { date: date.to_owned(), until: until.to_owned(), starts: "08.00".to_owned(), ..DayRow::default() }
    }

    fn dates(typed: &TypedDays) -> Vec<String> {
        typed.days.iter().map(|day| day.date.clone().unwrap_or_default()).collect()
    }

    #[test]
    fn a_row_with_a_last_date_is_a_day_for_each_date_and_errors_come_back_to_their_row() {
        let typed = TypedDays::of(&[row("2026-12-01", "2026-12-03"), row("2026-12-07", "")]);
        assert_eq!(dates(&typed), ["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-07"]);
        let told = |field: &str| typed.by_row(FieldError::new(field, Rule::Required)).field;
        assert_eq!((told("days[2].slots"), told("days[3].date")), ("days[0].slots".into(), "days[1].date".into()));
        assert_eq!((told("days"), told("title")), ("days[0].date".into(), "title".into()));
    }

    #[test]
    fn a_last_date_before_the_first_or_too_far_is_told_in_its_own_field() {
        let typed = TypedDays::of(&[row("2026-12-03", "2026-12-01"), row("2026-12-03", "2027-12-01")]);
        let told: Vec<_> = typed.errors.iter().map(|error| format!("{}: {}", error.field, error.rule)).collect();
        assert_eq!(told, ["days[0].until: ends_before_start", "days[1].until: too_many"]);
    }

    #[test]
    fn stored_days_become_as_few_rows_as_they_differ() {
        let day = |date: &str, slots: &[Slot], hours: Option<(&str, &str)>| {
            let (starts, ends) = hours.map(|(a, b)| (parse_time(a).unwrap(), parse_time(b).unwrap())).unzip();
            EventDay::new(date.parse().unwrap(), slots.iter().copied().collect(), starts, ends).unwrap()
        };
        let hours = Some(("09:00", "12:00"));
        let days = [
            day("2026-12-01", &[Slot::Morning], hours),
            day("2026-12-02", &[Slot::Morning], hours),
            day("2026-12-03", &[Slot::Evening], None),
            day("2026-12-05", &[Slot::Morning], hours),
        ];
        let rows = DayRow::of_days(&days);
        let shown: Vec<_> = rows.iter().map(|row| format!("{}–{} {:?}", row.date, row.until, row.slots)).collect();
        assert_eq!(shown, ["2026-12-01–2026-12-02 []", "2026-12-03– [\"evening\"]", "2026-12-05– []"]);
    }
}
