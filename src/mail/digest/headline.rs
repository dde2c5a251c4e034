//! The point of the letter in one line: for the subject without links, for its heading with them.

use super::exceptions::is_positive;
use super::rich::Rich;
use super::words::Words;
use crate::domain::digest::{Answer, EventLine, Shortlist};
use crate::domain::pace::Missing;
use crate::wording::dates;

/// "Kurang 203.947 aktivasi; hasil Pabrik Sampoerna 6 Juni belum dilaporkan".
pub fn subject(words: Words<'_>) -> String {
    let report = words.report();
    let silent = || words.plain("digest-subject-silent", &[("days", dates::period(words.language, report.days))]);
    let silent = report.is_silent().then(silent);
    let parts = [silent, Some(point(words)), urgent(words)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let joined = parts.join("; ");
    let mut letters = joined.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "Kurang 203.947 aktivasi. Perlu 985 per hari kalender, laju terakhir 205."
pub fn headline(words: Words<'_>) -> Rich {
    let standing = &words.report().standing;
    let number = |text: String| words.target_link(&text);
    let Some(gap) = standing.gap.known().copied() else { return without_gap(words) };
    if !is_positive(gap) {
        return words.say("digest-headline-reached", &[]);
    }
    let gap = ("gap", number(words.people(gap)));
    if let Some(last) = over(words) {
        return words.say("digest-headline-over", &[gap, last]);
    }
    let needed = standing.needed.known().map(|needed| ("needed", number(words.pace(needed.calendar_day))));
    let pace = standing.pace.known().map(|pace| ("pace", number(words.pace(pace.value))));
    match (needed, pace) {
        (Some(needed), Some(pace)) => words.say("digest-headline", &[gap, needed, pace]),
        (Some(needed), None) => words.say("digest-headline-needed", &[gap, needed]),
        (None, _) => words.say("digest-headline-gap", &[gap]),
    }
}

fn without_gap(words: Words<'_>) -> Rich {
    let standing = &words.report().standing;
    let achieved = standing.achieved.as_ref().map(|achieved| {
        let text = crate::wording::numbers::figure(words.language, achieved.figure);
        ("achieved", words.target_link(&text))
    });
    match (&standing.target, achieved) {
        (None, Some(achieved)) => words.say("digest-headline-no-target", &[achieved]),
        (None, None) => words.say("digest-headline-nothing", &[]),
        (Some(_), Some(achieved)) => words.say("digest-headline-no-gap", &[achieved, why(words)]),
        (Some(_), None) => words.say("digest-headline-no-figure", &[why(words)]),
    }
}

fn why(words: Words<'_>) -> (&'static str, String) {
    let why = match words.report().standing.gap {
        Answer::Unknown(unknown) => words.why(unknown),
        Answer::Known(_) => String::new(),
    };
    ("why", why)
}

fn point(words: Words<'_>) -> String {
    let standing = &words.report().standing;
    match (standing.gap.known(), &standing.achieved) {
        (Some(gap), _) if is_positive(*gap) => {
            let gap = ("gap", words.people(*gap));
            match over(words) {
                Some(last) => words.plain("digest-subject-over", &[gap, last]),
                None => words.plain("digest-subject-gap", &[gap]),
            }
        }
        (Some(_), _) => words.plain("digest-subject-reached", &[]),
        (None, Some(achieved)) => {
            let text = crate::wording::numbers::figure(words.language, achieved.figure);
            words.plain("digest-subject-achieved", &[("achieved", text)])
        }
        (None, None) => words.plain("digest-subject-no-target", &[]),
    }
}

/// The last day of a target that is over.
fn over(words: Words<'_>) -> Option<(&'static str, String)> {
    let standing = &words.report().standing;
    let is_over = standing.needed == Answer::Unknown(Missing::WindowOver);
    standing.target.as_ref().filter(|_| is_over).map(|target| ("last", words.date(target.window.last())))
}

/// The exception that a head should hear of before he opens the letter.
fn urgent(words: Words<'_>) -> Option<String> {
    let exceptions = &words.report().exceptions;
    let lists =
        [("unreported", &exceptions.unreported), ("not-held", &exceptions.not_held), ("late", &exceptions.late)];
    lists.into_iter().find_map(|(what, list)| told(words, what, list))
}

fn told(words: Words<'_>, what: &str, list: &Shortlist<EventLine>) -> Option<String> {
    let first = list.rows.first()?;
    let several = || words.plain(&format!("digest-subject-{what}-many"), &[("n", words.whole(list.total()))]);
    let one = || {
        let place = first.venue.as_deref().unwrap_or(&first.title);
        let args = [("place", words.short(place)), ("day", words.day(first.last_day))];
        words.plain(&format!("digest-subject-{what}"), &args)
    };
    Some(if list.total() > 1 { several() } else { one() })
}
