//! The text of a workbook's cell, as a CSV file would hold it: dates as `2026-11-21`, hours as `08:00`, numbers as they
//! are shown. What a spreadsheet has lost already is refused, never guessed.

use calamine::{DataRef, ExcelDateTime, Style};

use crate::domain::nik::looks_like_nik;
use crate::domain::rule::Rule;

/// From here on a spreadsheet keeps no units: it rounds to fifteen digits.
const EXACT_BELOW: f64 = 1e15;

/// Decimals that a number may have; the rest is noise of the machine.
const DECIMALS: usize = 12;

/// The text of a cell; empty for an empty one.
///
/// # Errors
/// [`Rule::FailedFormula`], [`Rule::LongNumber`], or [`Rule::NikLike`] for a long number that may be a NIK.
pub fn cell_text(value: &DataRef<'_>, style: Option<&Style>) -> Result<String, Rule> {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => return number_text(*number, format_of(style)),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::DateTimeIso(text) => iso_text(text),
        DataRef::Error(error) => return Err(Rule::FailedFormula(error.to_string())),
    })
}

/// The name that a spreadsheet gives a column: `A`, …, `Z`, `AA`.
pub fn column_letters(at: usize) -> String {
    let (mut rest, mut letters) = (at, Vec::new());
    loop {
        let letter = u32::try_from(rest % 26).ok().and_then(|letter| char::from_digit(letter + 10, 36));
        letters.extend(letter.map(|letter| letter.to_ascii_uppercase()));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => return letters.into_iter().rev().collect(),
        }
    }
}

fn format_of(style: Option<&Style>) -> &str {
    style.and_then(|style| style.number_format.as_ref()).map_or("", |format| format.format_code.as_str())
}

/// A number as its format shows it, as far as the format says what it is: a share, or a code with leading zeros.
fn number_text(number: f64, format: &str) -> Result<String, Rule> {
    if number.abs() >= EXACT_BELOW {
        return Err(if looks_like_nik(&number.to_string()) { Rule::NikLike } else { Rule::LongNumber });
    }
    if is_percent(format) {
        return Ok(format!("{}%", plain_number(number * 100.0)));
    }
    let text = plain_number(number);
    let is_code = format.len() > 1 && format.bytes().all(|digit| digit == b'0');
    Ok(if is_code && text.bytes().all(|digit| digit.is_ascii_digit()) {
        format!("{text:0>width$}", width = format.len())
    } else {
        text
    })
}

/// True if a number format shows per cent: a `%` that is neither quoted nor escaped.
fn is_percent(format: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    for c in format.chars() {
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            '\\' if !quoted => escaped = true,
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

/// The number in fifteen digits, as a spreadsheet keeps it, without an exponent and without zeros that say nothing.
fn plain_number(number: f64) -> String {
    let kept: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let text = kept.to_string();
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let text = if decimals > DECIMALS { format!("{kept:.DECIMALS$}") } else { text };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A date, an hour, or both: a date without an hour stands at midnight, an hour without a date on day zero.
fn moment_text(moment: &ExcelDateTime) -> String {
    let serial = moment.as_f64();
    if moment.is_duration() || (0.0..1.0).contains(&serial) {
        return hour_text(serial);
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if serial.fract() == 0.0 { date } else { format!("{date} {}", hour_text(serial.fract())) }
}

/// A part of a day as `08:00`; the seconds are shown only if there are some.
fn hour_text(day: f64) -> String {
    let seconds = (day * 86_400.0).round();
    let part = |unit: f64, of: f64| (seconds / unit).floor() % of;
    let (hours, minutes, rest) = ((seconds / 3_600.0).floor(), part(60.0, 60.0), seconds % 60.0);
    if rest == 0.0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{rest:02}") }
}

/// A date as ISO 8601 writes it, without the midnight that some programs add.
fn iso_text(text: &str) -> String {
    match text.split_once('T') {
        Some((date, hour)) if hour.bytes().all(|b| b"0:.Z".contains(&b)) => date.to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    fn moment(serial: f64) -> String {
        moment_text(&ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false))
    }

    #[test]
    fn a_number_is_written_as_people_read_it() {
        for (number, format, text) in [
            (30.0, "General", "30"),
            (1_200.0, "#,##0.00", "1200"),
            (0.1 + 0.2, "General", "0.3"),
            (123_456.7, "", "123456.7"),
            (-7.3885, "0.0000", "-7.3885"),
            (-0.026_330_345_678_901_2, "", "-0.026330345679"),
            (0.0, "", "0"),
            (-1e-20, "", "0"),
            (0.3, "0%", "30%"),
            (0.0383, "0.00%", "3.83%"),
            (0.3, "0.0\" % nya\"", "0.3"),
            (0.3, "0\\%", "0.3"),
            (7.0, "000", "007"),
            (7.5, "000", "7.5"),
            (81_234_567_890.0, "", "81234567890"),
        ] {
            assert_eq!(number_text(number, format).as_deref(), Ok(text), "{number} {format}");
        }
    }

    #[test]
    fn a_number_whose_end_is_lost_is_refused() {
        assert_eq!(number_text(198_001_012_005_011_001.0, ""), Err(Rule::LongNumber));
        assert_eq!(number_text(3_303_050_706_240_001.0, ""), Err(Rule::NikLike));
        assert_eq!(number_text(f64::INFINITY, ""), Err(Rule::LongNumber));
    }

    #[test]
    fn dates_and_hours_have_the_form_that_files_have() {
        assert_eq!(moment(46_347.0), "2026-11-21");
        assert_eq!(moment(46_347.5), "2026-11-21 12:00");
        assert_eq!(moment(7.0 / 24.0), "07:00");
        assert_eq!(moment(0.312_5), "07:30");
        assert_eq!(moment(0.000_011_574_074), "00:00:01");
        let duration = ExcelDateTime::new(1.25, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(moment_text(&duration), "30:00");
        assert_eq!(moment(-5.0), "1899-12-31");
        assert_eq!(iso_text("2026-11-21T00:00:00.000"), "2026-11-21");
        assert_eq!(iso_text("2026-11-21T08:00:00"), "2026-11-21T08:00:00");
    }

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        let names: Vec<_> = [0, 25, 26, 51, 701, 702].map(column_letters).into();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "ZZ", "AAA"]);
    }
}
