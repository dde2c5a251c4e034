//! Where the office stands: four figures, each with what it is a figure of.

use super::rich::{Rich, clean};
use super::view::{KeyFigure, Section};
use super::words::Words;
use crate::domain::digest::{Answer, Baseline, Span};
use crate::domain::pace::Missing;
use crate::wording::numbers;

/// The heading and what stands below the figures.
pub fn section(words: Words<'_>) -> Section {
    let standing = &words.report().standing;
    let title = words.plain("digest-position", &[("date", words.date(words.report().on))]);
    let sentences = [field(words), points(words)].into_iter().flatten().collect();
    let page = standing
        .target
        .is_none()
        .then(|| super::view::Button { label: words.plain("digest-add-target", &[]), href: words.page("target") });
    Section { title, sentences, page: page.filter(|_| words.payload.reader.may_govern), ..Section::default() }
}

/// Achieved, missing, share of the denominator, share of the target.
pub fn figures(words: Words<'_>) -> Vec<KeyFigure> {
    vec![achieved(words), gap(words), of_denominator(words), of_target(words)]
}

fn achieved(words: Words<'_>) -> KeyFigure {
    let label = words.plain("digest-achieved", &[]);
    let Some(achieved) = &words.report().standing.achieved else {
        return KeyFigure { label, value: none(words), note: words.plain("digest-achieved-none", &[]) };
    };
    let own = if achieved.is_official { "digest-achieved-official" } else { "digest-achieved-field" };
    let (id, baseline) = match achieved.baseline {
        Some(Baseline::Known(date)) => ("digest-achieved-since", Some(date)),
        Some(Baseline::Unknown(date)) => ("digest-achieved-whole", Some(date)),
        None => (own, None),
    };
    let baseline = baseline.map(|date| words.date(date)).unwrap_or_default();
    KeyFigure {
        label,
        value: Rich::cut(&words.target_link(&numbers::figure(words.language, achieved.figure))),
        note: words.plain(id, &[("date", words.date(achieved.as_of)), ("baseline", baseline)]),
    }
}

fn gap(words: Words<'_>) -> KeyFigure {
    let standing = &words.report().standing;
    let target = standing.target.as_ref().and_then(|target| target.value);
    let note = target.map(|value| words.plain("digest-gap-of", &[("target", words.people(value))]));
    figure(words, "digest-gap", standing.gap, |span| words.people(span), note)
}

fn of_denominator(words: Words<'_>) -> KeyFigure {
    let standing = &words.report().standing;
    let target = standing.target.as_ref();
    let kind = target.and_then(|target| target.denominator).map(|kind| words.label("denominator", kind.as_str()));
    let note = target
        .and_then(|target| target.denominator_value)
        .zip(kind)
        .map(|(value, kind)| words.plain("digest-share-of", &[("denominator", words.people(value)), ("kind", kind)]));
    figure(words, "digest-of-denominator", standing.share_of_denominator, |span| words.percent(span), note)
}

fn of_target(words: Words<'_>) -> KeyFigure {
    let standing = &words.report().standing;
    let note = standing.target.as_ref().map(|target| match target.share {
        Some(share) => {
            let kind = target.denominator.map(|kind| words.label("denominator", kind.as_str())).unwrap_or_default();
            let share = numbers::percent_as_given(words.language, share);
            words.plain("digest-target-share", &[("share", share), ("kind", kind)])
        }
        None => words.plain("digest-target-until", &[("date", words.date(target.window.last()))]),
    });
    figure(words, "digest-of-target", standing.share_of_target, |span| words.percent(span), note)
}

fn figure(
    words: Words<'_>,
    id: &str,
    answer: Answer<Span>,
    text: impl Fn(Span) -> String,
    note: Option<String>,
) -> KeyFigure {
    let label = words.plain(id, &[]);
    let is_without_target = words.report().standing.target.is_none();
    match answer {
        Answer::Known(span) => {
            KeyFigure { label, value: Rich::cut(&words.target_link(&text(span))), note: note.unwrap_or_default() }
        }
        // Without a target nothing can be missing to it, whatever else is known.
        Answer::Unknown(why) if is_without_target && (why == Missing::NoFigure || id != "digest-of-denominator") => {
            KeyFigure { label, value: none(words), note: words.plain("digest-no-target-yet", &[]) }
        }
        Answer::Unknown(why) => {
            // A target that was given as a number waits for no denominator.
            let is_number = words.report().standing.target.as_ref().is_some_and(|target| target.denominator.is_none());
            let note = if is_number && why == Missing::NoDenominator {
                words.plain("digest-target-is-number", &[])
            } else {
                words.why(why)
            };
            KeyFigure { label, value: none(words), note }
        }
    }
}

/// "tidak dapat dihitung", with the page that shows what is there.
fn none(words: Words<'_>) -> Rich {
    Rich::cut(&words.target_link(&words.plain("digest-not-computable", &[])))
}

/// What was counted in the field, beside an official figure.
fn field(words: Words<'_>) -> Option<Rich> {
    let standing = &words.report().standing;
    let field = standing.field.filter(|_| standing.achieved.as_ref().is_some_and(|achieved| achieved.is_official))?;
    let window = standing.target.as_ref()?.window;
    let args = [("field", words.target_link(&words.people(field))), ("since", clean(&words.date(window.first())))];
    Some(words.say("digest-field-sum", &args))
}

/// Where only shares are known: how many percentage points are missing.
fn points(words: Words<'_>) -> Option<Rich> {
    let standing = &words.report().standing;
    let points = standing.gap_points.filter(|_| standing.gap.known().is_none())?;
    Some(words.say("digest-gap-points", &[("points", words.target_link(&numbers::decimal(words.language, points, 2)))]))
}
