//! The digest as a letter: a pure function of its frozen payload and a language. One file for each part of it, in the
//! order in which it is read; two templates, for programs that show HTML and for those that do not.

mod exceptions;
mod headline;
mod outlook;
mod pace;
mod picture;
mod position;
mod region;
mod rich;
mod spans;
mod view;
mod words;

use askama::Template;

use self::picture::draw;
use self::rich::{Rich, clean};
use self::view::DigestView;
use self::words::Words;
use super::error::RenderError;
use super::letter::{InlinePicture, Letter};
use super::zone::find_zone;
use crate::domain::digest::{DigestPayload, RegionPayload};
use crate::domain::language::Language;
use crate::domain::time_zone::abbreviation;
use crate::wording::dates;
use crate::wording::messages::message;

#[derive(Template)]
#[template(path = "digest.html", config = "src/mail/askama.toml")]
struct HtmlLetter<'a> {
    v: &'a DigestView,
    unsubscribe: Option<&'a str>,
    stop: String,
}

#[derive(Template)]
#[template(path = "digest.txt", config = "src/mail/askama.toml")]
struct TextLetter<'a> {
    v: &'a DigestView,
    unsubscribe: Option<&'a str>,
    stop: String,
}

/// Writes a digest.
///
/// # Errors
/// [`RenderError`] if the payload names no zone of ours, or the picture cannot be drawn.
pub fn write(payload: &DigestPayload, language: Language) -> Result<Letter, RenderError> {
    let zone = find_zone(&payload.report.office.zone)?;
    let words = Words { language, payload, zone };
    let view = view(words);
    let pictures = pace::card(words).map(|card| draw(&card)).transpose()?.into_iter().collect();
    print(&view, pictures, payload.reader.unsubscribe.as_deref())
}

/// Writes the digest of a province or the nation.
///
/// # Errors
/// As [`write()`].
pub fn write_region(payload: &RegionPayload, language: Language) -> Result<Letter, RenderError> {
    print(&region::view(payload, language)?, Vec::new(), payload.reader.unsubscribe.as_deref())
}

fn print(view: &DigestView, pictures: Vec<InlinePicture>, unsubscribe: Option<&str>) -> Result<Letter, RenderError> {
    let stop = || message(view.language, "digest-stop", &[]);
    Ok(Letter {
        subject: view.subject.clone(),
        text: TextLetter { v: view, unsubscribe, stop: stop() }.render()?,
        html: HtmlLetter { v: view, unsubscribe, stop: stop() }.render()?,
        pictures,
        calendar: Vec::new(),
        unsubscribe: unsubscribe.map(str::to_owned),
    })
}

fn view(words: Words<'_>) -> DigestView {
    let alert = exceptions::alert(words);
    let first = alert.groups.first().and_then(|group| group.rows.first()).map(Rich::text);
    DigestView {
        language: words.language,
        subject: headline::subject(words),
        preview: first.or_else(|| alert.calm.clone()).unwrap_or_default(),
        office: clean(&words.report().office.name),
        kicker: kicker(words),
        headline: headline::headline(words),
        alert,
        position: position::section(words),
        figures: position::figures(words),
        pace: pace::section(words),
        bars: pace::bars(words),
        chart: pace::chart(words),
        field: outlook::field(words),
        ahead: outlook::ahead(words),
        foot: foot(words),
    }
}

/// "Ringkasan mingguan 1–7 Juni 2024 · Jumat Kliwon, 7 Juni 2024".
fn kicker(words: Words<'_>) -> String {
    let report = words.report();
    let args = [
        ("days", dates::period(words.language, report.days)),
        ("date", dates::date_with_pasaran(words.language, report.on)),
    ];
    words.plain(&format!("digest-kicker-{}", report.period), &args)
}

/// Where the figures are from, in which zone the hours are, when the next letter comes.
fn foot(words: Words<'_>) -> Vec<Rich> {
    let reader = &words.payload.reader;
    let source = words.report().standing.achieved.as_ref().and_then(|achieved| achieved.source.as_deref());
    let source = source.map(|source| words.say("digest-source", &[("source", words.source(source))]));
    let zone = words.say("digest-zone", &[("zone", abbreviation(words.zone).to_owned())]);
    let next =
        reader.next.map(|next| words.say("digest-next", &[("next", dates::moment(words.language, next, words.zone))]));
    let settings = words.link(&words.plain("digest-settings", &[]), &words.page("ringkasan"));
    let reader = words.say("digest-reader", &[("reader", clean(&reader.name)), ("settings", settings)]);
    let report = words.report();
    let later = report
        .compiled_on
        .map(|day| words.say("digest-compiled-later", &[("date", words.date(day)), ("on", words.date(report.on))]));
    [later, source, Some(zone), next, Some(reader)].into_iter().flatten().collect()
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
