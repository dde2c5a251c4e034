//! What the board shows, as it stands in the address: a week or a month, and what it is narrowed to.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::dates::{DateRange, parse_date};
use crate::service::ServiceError;
use crate::service::schedule::BoardQuery;

/// The query of the address, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// A day of the week to show.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pekan: String,
    /// The month to show: `2026-11`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub bulan: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kecamatan: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub keadaan: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tim: String,
    /// A schedule proposal to show beside what is booked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub usulan: String,
}

/// The days that a board shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// From this Monday on.
    Week(NaiveDate),
    /// From this first day on.
    Month(NaiveDate),
}

impl Address {
    /// What is asked for; a date that cannot be read was typed by hand and means now.
    pub fn span(&self, today: NaiveDate) -> Span {
        if let Ok(first) = parse_date(&format!("{}-01", self.bulan)) {
            return Span::Month(first);
        }
        Span::Week(monday_of(parse_date(&self.pekan).unwrap_or(today)))
    }

    /// # Errors
    /// [`ServiceError::NotFound`] at the end of the calendar.
    pub fn query(&self, span: Span) -> Result<BoardQuery, ServiceError> {
        Ok(BoardQuery {
            days: span.days()?,
            district: self.kecamatan.parse().ok(),
            state: self.keadaan.parse().ok(),
            team: self.tim.parse().ok(),
        })
    }

    pub fn is_narrow(&self) -> bool {
        [&self.kecamatan, &self.keadaan, &self.tim].into_iter().any(|text| !text.is_empty())
    }

    /// The query of another week or month with the same filters.
    pub fn at(&self, span: Span) -> String {
        let (pekan, bulan) = match span {
            Span::Week(monday) => (monday.to_string(), String::new()),
            Span::Month(first) => (String::new(), first.format("%Y-%m").to_string()),
        };
        Self { pekan, bulan, ..self.clone() }.to_query()
    }

    /// The same days without filters.
    pub fn cleared(span: Span) -> String {
        Self::default().at(span)
    }

    /// The same days with the events of one state.
    pub fn in_state(&self, span: Span, state: &str) -> String {
        Self { keadaan: state.to_owned(), ..self.clone() }.at(span)
    }

    fn to_query(&self) -> String {
        serde_urlencoded::to_string(self).unwrap_or_default()
    }
}

impl Span {
    /// The days of the board: whole weeks.
    pub fn days(self) -> Result<DateRange, ServiceError> {
        let range = match self {
            Self::Week(monday) => monday.checked_add_days(Days::new(6)).map(|sunday| DateRange::new(monday, sunday)),
            Self::Month(first) => last_of_month(first).map(|last| DateRange::new(monday_of(first), sunday_of(last))),
        };
        range.and_then(Result::ok).ok_or(ServiceError::NotFound)
    }

    pub fn before(self) -> Option<Self> {
        match self {
            Self::Week(monday) => monday.checked_sub_days(Days::new(7)).map(Self::Week),
            Self::Month(first) => first.checked_sub_months(Months::new(1)).map(Self::Month),
        }
    }

    pub fn after(self) -> Option<Self> {
        match self {
            Self::Week(monday) => monday.checked_add_days(Days::new(7)).map(Self::Week),
            Self::Month(first) => first.checked_add_months(Months::new(1)).map(Self::Month),
        }
    }
}

/// The Monday of the week of a date.
pub fn monday_of(date: NaiveDate) -> NaiveDate {
    let back = Days::new(date.weekday().num_days_from_monday().into());
    date.checked_sub_days(back).unwrap_or(date)
}

fn sunday_of(date: NaiveDate) -> NaiveDate {
    monday_of(date).checked_add_days(Days::new(6)).unwrap_or(date)
}

fn last_of_month(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_add_months(Months::new(1))?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_begins_on_monday_and_nonsense_means_now() {
        let today = date("2026-11-21");
        for (pekan, monday) in [("2026-11-29", "2026-11-23"), ("", "2026-11-16"), ("besok", "2026-11-16")] {
            let address = Address { pekan: pekan.to_owned(), ..Address::default() };
            assert_eq!(address.span(today), Span::Week(date(monday)), "{pekan}");
        }
        let bad = Address { bulan: "2026-13".to_owned(), ..Address::default() };
        assert_eq!(bad.span(today), Span::Week(date("2026-11-16")));
    }

    #[test]
    fn a_month_is_shown_in_whole_weeks() {
        let november = Address { bulan: "2026-11".to_owned(), ..Address::default() }.span(date("2026-01-01"));
        let days = november.days().unwrap();
        assert_eq!((days.first(), days.last()), (date("2026-10-26"), date("2026-12-06")));
        assert_eq!(november.after(), Some(Span::Month(date("2026-12-01"))));
    }

    #[test]
    fn an_address_keeps_its_filters_from_week_to_week() {
        let address = Address { keadaan: "draft".to_owned(), bulan: "2026-11".to_owned(), ..Address::default() };
        assert_eq!(address.at(Span::Week(date("2026-11-23"))), "pekan=2026-11-23&keadaan=draft");
        assert_eq!(Address::cleared(Span::Month(date("2026-11-01"))), "bulan=2026-11");
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_boards() {
        assert!(Span::Week(date("2199-12-30")).days().is_err());
        assert!(Span::Month(date("1900-01-01")).before().unwrap().days().is_err());
    }
}
