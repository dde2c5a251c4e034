//! Why a command line cannot be understood, in the reader's language: its library would say so in English only.

use std::error::Error as _;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::domain::language::Language;
use crate::domain::rule::Rule;
use crate::wording::messages::message;
use crate::wording::rules::rule_message;

/// What is wrong, how the command is used, and where more is said.
pub fn refusal(error: &Error, language: Language) -> String {
    let mut lines = vec![what_is_wrong(error, language)];
    lines.extend(suggestion(error).map(|suggested| message(language, "usage-suggestion", &[("suggested", suggested)])));
    if let Some(usage) = text(error, ContextKind::Usage) {
        let usage = usage.trim_start_matches("Usage:").trim().to_owned();
        lines.push(format!("\n{}: {usage}", message(language, "help-heading-usage", &[])));
    }
    lines.push(message(language, "usage-more-help", &[]));
    lines.join("\n")
}

fn what_is_wrong(error: &Error, language: Language) -> String {
    let say = |id: &str, args: &[(&str, String)]| message(language, id, args);
    let of = |kind| text(error, kind).unwrap_or_default();
    let argument = ("argument", of(ContextKind::InvalidArg));
    let given = ("given", of(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::UnknownArgument => say("usage-unknown-argument", &[("given", argument.1)]),
        ErrorKind::InvalidSubcommand => say("usage-unknown-command", &[("given", of(ContextKind::InvalidSubcommand))]),
        ErrorKind::InvalidValue if given.1.is_empty() => say("usage-no-value", &[argument]),
        ErrorKind::InvalidValue => say("usage-no-choice", &[argument, given, ("allowed", of(ContextKind::ValidValue))]),
        ErrorKind::ValueValidation => say("usage-wrong-value", &[argument, given, ("told", told(error, language))]),
        ErrorKind::MissingRequiredArgument => say("usage-missing", &[("arguments", argument.1)]),
        ErrorKind::MissingSubcommand => say("usage-missing-command", &[]),
        ErrorKind::ArgumentConflict => match of(ContextKind::PriorArg) {
            // Said twice is a conflict with itself.
            other if other.is_empty() || other == argument.1 => say("usage-repeated", &[argument]),
            other => say("usage-conflict", &[argument, ("other", other)]),
        },
        ErrorKind::NoEquals | ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            say("usage-wrong-number", &[argument])
        }
        ErrorKind::InvalidUtf8 => say("usage-not-utf-8", &[]),
        _ => say("usage-unreadable", &[]),
    }
}

/// What the reading of a value says: a rule in words, or the reason as it stands.
fn told(error: &Error, language: Language) -> String {
    let Some(source) = error.source() else { return String::new() };
    source.downcast_ref::<Rule>().map_or_else(|| source.to_string(), |rule| rule_message(language, rule))
}

fn suggestion(error: &Error) -> Option<String> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    kinds.into_iter().find_map(|kind| text(error, kind))
}

fn text(error: &Error, kind: ContextKind) -> Option<String> {
    let text = match error.get(kind)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::{Arguments, help};

    fn refused(language: Language, line: &str) -> String {
        let command = help::explained(Arguments::command(), language);
        refusal(&command.try_get_matches_from(line.split(' ')).unwrap_err(), language)
    }

    #[test]
    fn each_fault_is_named_in_the_readers_language() {
        let cases = [
            ("jemputbola rank --ofice 33.03", "Argumen --ofice tidak dikenal.\nMungkin maksudnya --office?"),
            ("jemputbola rnak", "Perintah rnak tidak dikenal.\nMungkin maksudnya rank?"),
            ("jemputbola rank --office", "--office <OFFICE>: nilainya belum diisi."),
            ("jemputbola rank", "Masih kurang: --office <OFFICE>"),
            (
                "jemputbola rank --office 33.03 --format pdf",
                "--format <FORMAT>: pdf tidak ada dalam pilihan. Pilih salah satu: table, json, csv",
            ),
            ("jemputbola demo --today besok", "--today <DATE>: besok tidak dapat dipakai. "),
            ("jemputbola demo --json --json", "--json hanya boleh disebut sekali."),
            ("jemputbola serve sekarang", "Argumen sekarang tidak dikenal."),
        ];
        for (line, words) in cases {
            let told = refused(Language::Indonesian, line);
            assert!(told.starts_with(words), "{line}: {told}");
            assert!(told.ends_with("\nKeterangan lengkap: tambahkan --help") && !told.contains("Usage"), "{told}");
        }
        let unknown = refused(Language::Indonesian, "jemputbola rank --ofice 33.03");
        assert!(unknown.contains("\n\nCara pakai: jemputbola rank "), "{unknown}");
        let english = refused(Language::English, "jemputbola rank --ofice 33.03");
        assert!(english.starts_with("The argument --ofice is not known.\nDid you mean --office?\n"), "{english}");
    }
}
