//! What a reader is told of a warning, with its date and numbers as he reads them.

use super::messages::{message, message_id};
use super::{dates, numbers};
use crate::domain::event::warnings::Warning;
use crate::domain::language::Language;

/// The text of a warning.
pub fn warning_message(language: Language, warning: &Warning) -> String {
    let date = warning.date.map(|date| ("date", dates::date(language, date)));
    let shown = |(name, value): &(&'static str, String)| (*name, readable(language, name, value));
    let args: Vec<_> = date.into_iter().chain(warning.args.iter().map(shown)).collect();
    message(language, &message_id("warning", warning.code.as_str()), &args)
}

/// Numbers are grouped; names stay as they are.
fn readable(language: Language, name: &str, value: &str) -> String {
    let number = ["expected", "capacity", "counted", "most"].contains(&name).then(|| value.parse().ok()).flatten();
    number.map_or_else(|| value.to_owned(), |number| numbers::count(language, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::warnings::WarningCode;

    fn text(language: Language, code: WarningCode, args: &[(&'static str, &str)]) -> String {
        let args = args.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        warning_message(language, &Warning { code, date: "2026-11-27".parse().ok(), slot: None, args })
    }

    #[test]
    fn a_warning_shows_its_date_and_numbers_in_the_reader_s_way() {
        let args = [("expected", "1200"), ("capacity", "300")];
        assert!(text(Language::Indonesian, WarningCode::OverCapacity, &args).contains("1.200 orang"));
        assert!(text(Language::English, WarningCode::OverCapacity, &args).contains("1,200 people"));
        assert!(text(Language::Indonesian, WarningCode::FridayPrayer, &[]).starts_with("Jumat, 27 November 2026"));
        let closed = text(Language::English, WarningCode::VenueClosed, &[("venue", "Pasar Badog")]);
        assert!(closed.starts_with("Pasar Badog is closed on Friday, 27 November 2026"));
    }

    #[test]
    fn every_warning_fills_its_message() {
        let args = ["name", "venue", "expected", "capacity", "counted", "most"].map(|name| (name, "7"));
        for code in WarningCode::ALL {
            let message = text(Language::Indonesian, *code, &args);
            assert!(!message.contains(['{', '$']) && message.contains(' '), "{code}: {message}");
        }
    }
}
