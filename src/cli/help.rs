//! The command line explained in the reader's language. Its own library knows English only, so every text it shows is set
//! here from `config/i18n/*/help.ftl`, by the names of commands and arguments.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

use crate::domain::language::Language;
use crate::wording::messages::message;

/// Place of the first argument that every command takes, in lists of help.
const GLOBAL: usize = 100;

/// The language that `--lang` asks for, read before anything else so that also refusals are given in it.
pub fn asked_language(arguments: impl IntoIterator<Item = OsString>) -> Language {
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let value = match argument.to_str() {
            Some("--lang") => arguments.next().and_then(|value| value.into_string().ok()),
            Some(text) => text.strip_prefix("--lang=").map(str::to_owned),
            None => None,
        };
        if let Some(language) = value.and_then(|code| code.parse().ok()) {
            return language;
        }
    }
    Language::Indonesian
}

/// The command with its flags, and all that it shows, in a language.
pub fn explained(command: Command, language: Language) -> Command {
    let flag = |name: &'static str, short, action| Arg::new(name).long(name).short(short).action(action).global(true);
    let flags = [flag("help", 'h', ArgAction::Help), flag("version", 'V', ArgAction::Version)];
    in_words(command.args(flags), "help", language)
}

fn in_words(command: Command, id: &str, language: Language) -> Command {
    let say = |id: &str| message(language, id, &[]);
    let mut place = 0;
    let inner = |argument: Arg| {
        place += 1;
        // What every command takes comes after its own.
        let place = if argument.is_global_set() { GLOBAL + place } else { place };
        argument_in_words(argument, id, language).display_order(place)
    };
    let below = |command: Command| {
        let id = format!("{id}-{}", command.get_name());
        in_words(command, &id, language)
    };
    command
        .about(say(id))
        .help_template(format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}", say("help-heading-usage")))
        .subcommand_help_heading(say("help-heading-commands"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .mut_args(inner)
        .mut_subcommands(below)
}

fn argument_in_words(argument: Arg, id: &str, language: Language) -> Arg {
    let id = format!("{id}-{}", argument.get_id().as_str().replace('_', "-"));
    let mut words = vec![message(language, &id, &[])];
    let takes_values = argument.get_action().takes_values();
    if takes_values {
        let defaults: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        let choices: Vec<_> = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
        if !defaults.is_empty() {
            words.push(message(language, "help-default", &[("value", defaults.join(" "))]));
        }
        if !choices.is_empty() {
            words.push(message(language, "help-choices", &[("values", choices.join(" "))]));
        }
    }
    let heading = if argument.is_positional() { "help-heading-arguments" } else { "help-heading-options" };
    let heading = message(language, heading, &[]);
    let argument = argument.help(words.join(" ")).help_heading(heading);
    // What stands in the words already; a flag has neither, and may not hide them.
    argument.hide_default_value(takes_values).hide_possible_values(takes_values)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Arguments;

    /// Every text that was not found, by its id.
    fn missing(command: &Command) -> Vec<String> {
        let own = command.get_about().into_iter().chain(command.get_arguments().filter_map(Arg::get_help));
        let mut missing: Vec<String> = own.map(ToString::to_string).filter(|text| text.starts_with("help")).collect();
        missing.extend(command.get_subcommands().flat_map(self::missing));
        missing
    }

    #[test]
    fn every_command_and_argument_is_explained_in_both_languages() {
        for language in [Language::Indonesian, Language::English] {
            let mut command = explained(Arguments::command(), language);
            command.build();
            assert_eq!(missing(&command), Vec::<String>::new(), "{language}");
        }
    }

    #[test]
    fn help_is_in_the_language_that_was_asked_for() {
        let language = |arguments: &[&str]| asked_language(arguments.iter().map(OsString::from));
        assert_eq!(language(&["jemputbola", "--lang", "en", "rank"]), Language::English);
        assert_eq!(language(&["jemputbola", "rank", "--lang=en"]), Language::English);
        for unclear in [&["jemputbola"][..], &["jemputbola", "--lang"], &["jemputbola", "--lang", "jv"]] {
            assert_eq!(language(unclear), Language::Indonesian);
        }
        let help = |language| explained(Arguments::command(), language).render_help().to_string();
        let indonesian = help(Language::Indonesian);
        assert!(indonesian.contains("Cara pakai: jemputbola"), "{indonesian}");
        for english in ["Usage", "Options:", "Print", "default", "possible"] {
            assert!(!indonesian.contains(english), "{english}: {indonesian}");
        }
        assert!(help(Language::English).contains("Usage: jemputbola"));
        let order = ["<KIND>", "<FILE>", "--office", "--dry-run", "--correct", "--config", "--lang", "--help"];
        let mut command = explained(Arguments::command(), Language::Indonesian);
        command.build();
        let import = command.find_subcommand_mut("import").unwrap().render_help().to_string();
        let list = import.split_once("Argumen:").unwrap().1;
        let places: Vec<_> = order.iter().map(|argument| list.find(&format!("{argument} ")).unwrap_or(0)).collect();
        assert!(places.is_sorted() && places[0] > 0, "{import}");
    }
}
