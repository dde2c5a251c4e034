//! The messages of `config/i18n/<language>/*.ftl`, one file for each area, by id. A code of a closed list has the id `<list>-<code>`, with
//! hyphens for underscores. A message that a language lacks is given in Indonesian; a test keeps both files alike.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent::{FluentArgs, FluentValue};
use i18n_embed::fluent::{FluentLanguageLoader, fluent_language_loader};
use i18n_embed::unic_langid::LanguageIdentifier;
use i18n_embed::{I18nAssets, LanguageLoader};
use rust_embed::RustEmbed;

use crate::domain::language::Language;

#[derive(RustEmbed)]
#[folder = "config/i18n"]
struct Files;

/// All files of a language as one set of messages: the library itself reads a single file for each language.
struct Areas;

impl I18nAssets for Areas {
    fn get_files(&self, file_path: &str) -> Vec<Cow<'_, [u8]>> {
        let Some((language, _)) = file_path.split_once('/') else { return Vec::new() };
        files_of(language).filter_map(|path| Files::get(&path)).map(|file| file.data).collect()
    }

    fn filenames_iter(&self) -> Box<dyn Iterator<Item = String> + '_> {
        Box::new(Language::ALL.iter().map(|language| format!("{language}/messages.ftl")))
    }
}

fn files_of(language: &str) -> impl Iterator<Item = String> {
    let folder = format!("{language}/");
    Files::iter().filter(move |path| path.starts_with(&folder)).map(Cow::into_owned)
}

/// One loader for each language, both over the same parsed messages.
struct Loaders {
    indonesian: FluentLanguageLoader,
    english: FluentLanguageLoader,
}

static LOADERS: LazyLock<Loaders> = LazyLock::new(Loaders::load);

/// The message `id` with its variables filled in; the id itself if no language has it, so that a gap can be seen.
/// Numbers, dates and hours come as ready texts of [`super::numbers`] and [`super::dates`]. A value that is exactly "1" also
/// chooses between `[one]` and `*[other]`: no other count is singular in our languages, and "1" reads the same either way.
pub fn message(language: Language, id: &str, args: &[(&str, String)]) -> String {
    let loader = LOADERS.of(language);
    if !loader.has(id) {
        return id.to_owned();
    }
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        values.set(*name, if value == "1" { FluentValue::from(1) } else { FluentValue::from(value.as_str()) });
    }
    loader.get_args_fluent(id, Some(&values))
}

/// The name of a code of a closed list: `label(language, "venue-kind", VenueKind::School.as_str())` is "sekolah".
pub fn label(language: Language, list: &str, code: &str) -> String {
    message(language, &message_id(list, code), &[])
}

/// A text with a capital first letter: names of codes are written small, for they stand inside sentences.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The id of a code's message.
pub fn message_id(list: &str, code: &str) -> String {
    format!("{list}-{}", code.replace('_', "-"))
}

impl Loaders {
    fn load() -> Self {
        let loader = fluent_language_loader!();
        let languages: Vec<LanguageIdentifier> =
            Language::ALL.iter().filter_map(|language| language.as_str().parse().ok()).collect();
        if let Err(error) = loader.load_languages(&Areas, &languages) {
            // The files are part of the binary, so tests meet this before anyone else.
            tracing::error!(%error, "messages cannot be loaded");
        }
        // A reader's texts are shown as they are: marks around variables would end up in files, mails and comparisons.
        loader.set_use_isolating(false);
        let of = |language: Language| {
            let wanted: Vec<&LanguageIdentifier> =
                languages.iter().filter(|known| known.language.as_str() == language.as_str()).collect();
            loader.select_languages(&wanted)
        };
        Self { indonesian: of(Language::Indonesian), english: of(Language::English) }
    }

    fn of(&self, language: Language) -> &FluentLanguageLoader {
        match language {
            Language::Indonesian => &self.indonesian,
            Language::English => &self.english,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::domain::calendar::{HolidayKind, Pasaran, Weekday};
    use crate::domain::event::TransitionKind;
    use crate::domain::event::warnings::WarningCode;
    use crate::domain::figure::FigureKind;
    use crate::domain::region::RegionLevel;

    /// Each message of a file with the variables that it names.
    fn variables(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let files = files_of(language.as_str()).map(|path| Files::get(&path).unwrap().data.to_vec());
        let text: String = files.map(|bytes| String::from_utf8(bytes).unwrap() + "\n").collect();
        assert!(fluent::FluentResource::try_new(text.clone()).is_ok(), "{language}: does not parse");
        let mut found = BTreeMap::new();
        // A message with forms for one and for many goes on in lines that begin with a space or a brace.
        let text = text.replace("\n ", " ").replace("\n}", " }");
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (id, value) = line.split_once(" = ").unwrap_or_else(|| panic!("{language}: not one line: {line}"));
            let names = value.split("{ $").skip(1).map(|rest| rest.split(' ').next().unwrap().to_owned());
            assert!(found.insert(id.to_owned(), names.collect()).is_none(), "{language}: {id} stands twice");
        }
        found
    }

    fn assert_labels(list: &str, codes: &[&str]) {
        let known = variables(Language::Indonesian);
        for code in codes {
            let id = message_id(list, code);
            assert!(known.contains_key(&id), "{id} has no message");
        }
    }

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_variables() {
        assert_eq!(variables(Language::Indonesian), variables(Language::English));
    }

    #[test]
    fn variables_are_filled_in_without_isolation_marks() {
        let args = [
            ("subject", "Mobil 2".to_owned()),
            ("event", "SMKN 1 Bukateja".to_owned()),
            ("date", "24 November 2026".to_owned()),
            ("slot", label(Language::Indonesian, "slot", "morning")),
        ];
        let expected = "Mobil 2 sudah dipakai SMKN 1 Bukateja pada 24 November 2026, pagi.";
        assert_eq!(message(Language::Indonesian, "clash", &args), expected);
        assert!(
            message(Language::English, "clash", &args).starts_with("Mobil 2 is already used by SMKN 1 Bukateja on")
        );
    }

    #[test]
    fn one_thing_is_told_in_the_singular_and_any_other_number_in_the_plural() {
        let held = |count: &str| message(Language::English, "held-waiting", &[("count", count.to_owned())]);
        assert_eq!(held("1"), "1 entry waits for a decision");
        assert_eq!((held("0"), held("2")), (held("2").replace('2', "0"), "2 entries wait for a decision".to_owned()));
        assert_eq!(held("1,001"), "1,001 entries wait for a decision");
        // A value that happens to be "1" stays the text that it is.
        assert_eq!(message(Language::English, "event-letter-number", &[("number", "1".to_owned())]), "Letter no. 1");
    }

    #[test]
    fn a_message_that_nobody_wrote_shows_its_id() {
        assert_eq!(message(Language::English, "no-such-message", &[]), "no-such-message");
        assert_eq!(label(Language::Indonesian, "venue-kind", "village_hall"), "balai desa/kelurahan");
    }

    #[test]
    fn every_code_of_the_lists_has_a_message() {
        assert_labels("weekday", &Weekday::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
        assert_labels("pasaran", &Pasaran::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
        assert_labels("holiday-kind", &HolidayKind::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
        assert_labels("figure-kind", &FigureKind::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
        assert_labels("region-level", &RegionLevel::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
        assert_labels("language", &Language::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
        assert_labels("slot", &["dawn", "morning", "afternoon", "evening"]);
        assert_labels("slot", &["dawn-hours", "morning-hours", "afternoon-hours", "evening-hours"]);
        assert_labels("subject-kind", &["team", "officer", "unit", "venue"]);
        assert_labels("event-kind", &["outreach", "counter", "briefing"]);
        assert_labels("reporting", &["unreported", "reported", "verified"]);
        assert_labels("role", &["admin", "coordinator", "officer", "head", "viewer"]);
        assert_labels("denominator", &["residents", "obliged", "recorded", "holders"]);
        assert_labels("channel", &["all", "outreach", "counter", "other"]);
        assert_labels("purpose", &["year", "campaign"]);
        assert_labels("pace", &["per_calendar_day", "per_weekday", "per_working_day"]);
        let states = ["draft", "proposed", "confirmed", "ongoing", "done", "not_held", "cancelled", "postponed"];
        assert_labels("event-state", &states);
        assert_labels("venue-kind", &VENUE_KINDS);
        assert_labels("outcome", &OUTCOMES);
        assert_labels("warning", &WarningCode::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
        assert_labels("warning", &["officer_absent"]);
        assert_labels("event-step", &TransitionKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>());
        assert_labels("event-state", &["waiting", "accepted", "dismissed", "reopened"]);
        assert_labels("event-step", &["nihil", "verify", "accept", "dismiss"]);
    }

    #[test]
    fn every_problem_has_a_title_without_a_full_stop_and_a_detail() {
        for code in PROBLEMS {
            let title = label(Language::Indonesian, "problem", code);
            assert!(title != message_id("problem", code) && !title.ends_with('.'), "{code}: {title}");
            assert_labels("problem", &[&format!("{code}-detail")]);
        }
    }

    const PROBLEMS: [&str; 18] = [
        "bad-request",
        "unauthorized",
        "forbidden",
        "not-found",
        "method-not-allowed",
        "conflict",
        "clash",
        "wrong-state",
        "in-use",
        "period-locked",
        "stale-version",
        "if-match-missing",
        "too-large",
        "wrong-media-type",
        "invalid",
        "too-many-requests",
        "unavailable",
        "internal",
    ];

    const VENUE_KINDS: [&str; 20] = [
        "school",
        "campus",
        "pesantren",
        "market",
        "company",
        "government_office",
        "village_hall",
        "neighbourhood",
        "mall",
        "crowd_event",
        "hospital",
        "health_centre",
        "worship",
        "public_service_mall",
        "subdistrict_office",
        "bank",
        "community",
        "institution",
        "home_visit",
        "other",
    ];

    const OUTCOMES: [&str; 23] = [
        "activated",
        "activated_out_of_area",
        "reactivated",
        "ktp_recorded",
        "ktp_printed",
        "kk_renewed",
        "no_smartphone",
        "device_unsupported",
        "refused_no_need",
        "refused_trust",
        "underage",
        "not_recorded",
        "face_sync",
        "already_active",
        "no_email",
        "no_quota_signal",
        "left_queue",
        "face_mismatch",
        "siak_down",
        "network_down",
        "power_down",
        "data_issue",
        "other",
    ];
}
