//! Two weeks run side by side: the seven-day week and the Javanese five-day market week (pasaran).
//! Together they repeat every 35 days (weton).

use chrono::{Datelike, NaiveDate};

use crate::domain::code::codes;

codes! {
    /// A day of the week; Monday starts it.
    pub enum Weekday {
        Monday = "mon",
        Tuesday = "tue",
        Wednesday = "wed",
        Thursday = "thu",
        Friday = "fri",
        Saturday = "sat",
        Sunday = "sun",
    }
}

codes! {
    /// A day of the Javanese market week. The Javanese day turns at sunset; markets go by the civil date.
    pub enum Pasaran {
        Legi = "legi",
        Pahing = "pahing",
        Pon = "pon",
        Wage = "wage",
        Kliwon = "kliwon",
    }
}

impl Weekday {
    pub fn of(date: NaiveDate) -> Self {
        date.weekday().into()
    }

    /// Monday to Friday.
    pub fn is_office_day(self) -> bool {
        !matches!(self, Self::Saturday | Self::Sunday)
    }
}

impl From<chrono::Weekday> for Weekday {
    fn from(day: chrono::Weekday) -> Self {
        match day {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}

impl Pasaran {
    /// Days of the common era modulo five; 17 August 1945 was Jumat Legi.
    pub fn of(date: NaiveDate) -> Self {
        match date.num_days_from_ce().rem_euclid(5) {
            0 => Self::Legi,
            1 => Self::Pahing,
            2 => Self::Pon,
            3 => Self::Wage,
            _ => Self::Kliwon,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_dates_fall_on_their_published_market_day() {
        use Pasaran::{Kliwon, Legi, Pahing, Pon, Wage};
        use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
        let published = [
            ("1633-07-08", Friday, Legi),
            ("1945-08-17", Friday, Legi),
            ("1970-01-01", Thursday, Wage),
            ("2019-07-27", Saturday, Pon),
            ("2021-01-24", Sunday, Kliwon),
            ("2024-09-01", Sunday, Legi),
            ("2024-09-02", Monday, Pahing),
            ("2024-09-03", Tuesday, Pon),
            ("2024-09-04", Wednesday, Wage),
            ("2024-12-01", Sunday, Pahing),
            ("2024-12-02", Monday, Pon),
            ("2024-12-03", Tuesday, Wage),
            ("2024-12-04", Wednesday, Kliwon),
            ("2024-12-05", Thursday, Legi),
            ("2024-12-09", Monday, Kliwon),
            ("2025-06-26", Thursday, Wage),
            ("2025-06-27", Friday, Kliwon),
            ("2026-11-21", Saturday, Pahing),
            ("2026-11-24", Tuesday, Kliwon),
            ("2026-11-25", Wednesday, Legi),
        ];
        for (date, weekday, pasaran) in published {
            let day: NaiveDate = date.parse().unwrap();
            assert_eq!((Weekday::of(day), Pasaran::of(day)), (weekday, pasaran), "{date}");
        }
    }

    #[test]
    fn the_week_starts_on_monday_and_has_five_office_days() {
        assert_eq!(Weekday::ALL.first(), Some(&Weekday::Monday));
        assert!(Weekday::Monday < Weekday::Sunday);
        assert_eq!(Weekday::ALL.iter().filter(|day| day.is_office_day()).count(), 5);
    }
}
