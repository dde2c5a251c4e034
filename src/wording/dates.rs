//! Dates and hours as people read them: "Sabtu, 21 November 2026", "08.00 WIB". A moment is always shown in a named zone.

use chrono::{DateTime, Datelike, Locale, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use super::messages::label;
use crate::domain::calendar::Pasaran;
use crate::domain::dates::DateRange;
use crate::domain::language::Language;
use crate::domain::time_zone::abbreviation;

/// "Sabtu, 21 November 2026".
pub fn date(language: Language, date: NaiveDate) -> String {
    format(language, date, "%A, %-d %B %Y")
}

/// "Sabtu Pahing, 21 November 2026".
pub fn date_with_pasaran(language: Language, date: NaiveDate) -> String {
    let pasaran = label(language, "pasaran", Pasaran::of(date).as_str());
    format!("{} {pasaran}, {}", format(language, date, "%A"), format(language, date, "%-d %B %Y"))
}

/// "21 November 2026".
pub fn long_date(language: Language, date: NaiveDate) -> String {
    format(language, date, "%-d %B %Y")
}

/// "21 November", with the year if it is not that of `near`.
pub fn day_and_month(language: Language, date: NaiveDate, near: NaiveDate) -> String {
    format(language, date, if date.year() == near.year() { "%-d %B" } else { "%-d %B %Y" })
}

/// "21 Nov 2026".
pub fn short_date(language: Language, date: NaiveDate) -> String {
    format(language, date, "%-d %b %Y")
}

/// "Sen 23 Nov": the head of a column.
pub fn column_date(language: Language, date: NaiveDate) -> String {
    format(language, date, "%a %-d %b")
}

/// "Jumat".
pub fn weekday(language: Language, date: NaiveDate) -> String {
    format(language, date, "%A")
}

/// "Jumat 27 November": a day of a year that nobody doubts.
pub fn day_of_year(language: Language, date: NaiveDate) -> String {
    format(language, date, "%A %-d %B")
}

/// "November 2026".
pub fn month(language: Language, date: NaiveDate) -> String {
    format(language, date, "%B %Y")
}

/// "16–22 November 2026", "30 November–6 Desember 2026", "21 Desember 2026–2 Januari 2027".
pub fn period(language: Language, range: DateRange) -> String {
    let (first, last) = (range.first(), range.last());
    let start = match (first.year() == last.year(), first.month() == last.month()) {
        _ if first == last => return format(language, last, "%-d %B %Y"),
        (true, true) => "%-d",
        (true, false) => "%-d %B",
        (false, _) => "%-d %B %Y",
    };
    format!("{}–{}", format(language, first, start), format(language, last, "%-d %B %Y"))
}

/// "Jul", or "Jan 2024": a month under an axis.
pub fn month_of_axis(language: Language, date: NaiveDate, with_year: bool) -> String {
    format(language, date, if with_year { "%b %Y" } else { "%b" })
}

/// "08.00", in English "08:00".
pub fn time(language: Language, time: NaiveTime) -> String {
    let pattern = match language {
        Language::Indonesian => "%H.%M",
        Language::English => "%H:%M",
    };
    time.format(pattern).to_string()
}

/// "08.00 WIB".
pub fn time_in_zone(language: Language, hour: NaiveTime, zone: Tz) -> String {
    format!("{} {}", time(language, hour), abbreviation(zone))
}

/// "08.00–12.00 WIB".
pub fn hours(language: Language, from: NaiveTime, to: NaiveTime, zone: Tz) -> String {
    format!("{}–{}", time(language, from), time_in_zone(language, to, zone))
}

/// "Sabtu, 21 November 2026, 08.00 WIB": a moment on the clocks of `zone`.
pub fn moment(language: Language, at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone).naive_local();
    format!("{}, {}", date(language, local.date()), time_in_zone(language, local.time(), zone))
}

fn format(language: Language, date: NaiveDate, pattern: &str) -> String {
    let locale = match language {
        Language::Indonesian => Locale::id_ID,
        Language::English => Locale::en_GB,
    };
    date.format_localized(pattern, locale).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, Indonesian};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_names_its_day_and_pads_nothing() {
        assert_eq!(date(Indonesian, day("2026-11-21")), "Sabtu, 21 November 2026");
        assert_eq!(date(English, day("2026-11-21")), "Saturday, 21 November 2026");
        assert_eq!(date(Indonesian, day("2008-02-05")), "Selasa, 5 Februari 2008");
        assert_eq!(date_with_pasaran(Indonesian, day("2024-06-07")), "Jumat Kliwon, 7 Juni 2024");
        assert_eq!(short_date(Indonesian, day("2026-08-05")), "5 Agu 2026");
        assert_eq!(short_date(English, day("2026-08-05")), "5 Aug 2026");
        assert_eq!(month(Indonesian, day("2026-08-05")), "Agustus 2026");
        assert_eq!(column_date(Indonesian, day("2026-11-23")), "Sen 23 Nov");
        assert_eq!(column_date(English, day("2026-11-23")), "Mon 23 Nov");
        assert_eq!(day_of_year(Indonesian, day("2026-11-27")), "Jumat 27 November");
    }

    #[test]
    fn the_names_of_days_and_months_are_those_that_people_write() {
        let days: Vec<_> = day("2026-11-16").iter_days().take(7).map(|d| format(Indonesian, d, "%A")).collect();
        assert_eq!(days, ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]);
        let months = |pattern: &str| {
            let of = |number| format(Indonesian, NaiveDate::from_ymd_opt(2026, number, 1).unwrap(), pattern);
            (1..=12).map(of).collect::<Vec<_>>().join(" ")
        };
        let full = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember";
        assert_eq!(months("%B"), full);
        assert_eq!(months("%b"), "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des");
    }

    #[test]
    fn a_period_says_month_and_year_once_where_they_are_the_same() {
        let shown = |text: &str| period(Indonesian, text.parse().unwrap());
        assert_eq!(shown("2026-11-16..2026-11-22"), "16–22 November 2026");
        assert_eq!(shown("2026-11-30..2026-12-06"), "30 November–6 Desember 2026");
        assert_eq!(shown("2025-12-01..2026-12-06"), "1 Desember 2025–6 Desember 2026");
        assert_eq!(shown("2026-12-21..2027-01-02"), "21 Desember 2026–2 Januari 2027");
        assert_eq!(shown("2026-11-16"), "16 November 2026");
    }

    #[test]
    fn hours_carry_the_zone_of_the_office() {
        let eight = NaiveTime::from_hms_opt(8, 0, 0).unwrap();
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
        assert_eq!(time_in_zone(Indonesian, eight, Tz::Asia__Jakarta), "08.00 WIB");
        assert_eq!(time_in_zone(English, eight, Tz::Asia__Makassar), "08:00 WITA");
        assert_eq!(hours(Indonesian, eight, noon, Tz::Asia__Jayapura), "08.00–12.00 WIT");
        assert_eq!(time_in_zone(Indonesian, eight, Tz::Asia__Pontianak), "08.00 WIB");
    }

    #[test]
    fn a_moment_is_told_by_the_clocks_of_its_zone() {
        let at = "2026-11-20T23:30:00Z".parse().unwrap();
        assert_eq!(moment(Indonesian, at, Tz::Asia__Jakarta), "Sabtu, 21 November 2026, 06.30 WIB");
        assert_eq!(moment(English, at, Tz::Asia__Jayapura), "Saturday, 21 November 2026, 08:30 WIT");
    }
}
