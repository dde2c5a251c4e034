//! What each day needs, what it brings, and where that leads: bars that are readable without pictures, then sentences.

use super::rich::Rich;
use super::view::{Bar, Button, ChartView, Section};
use super::words::Words;
use crate::domain::digest::{Answer, CurrentPace, PaceProjection, Span};
use crate::domain::pace::{DayKind, Missing};
use crate::pictures::PaceCard;
use crate::wording::dates;

/// The name under which the letter carries its picture.
pub const CHART: &str = "laju";

/// The heading and the sentences.
pub fn section(words: Words<'_>) -> Section {
    let standing = &words.report().standing;
    let mut sentences = ahead(words, &standing.projections);
    if standing.pace.known().is_some_and(|pace| pace.told == 1) {
        sentences.push(words.say("digest-one-day", &[]));
    }
    if let Some(told) = &standing.told_day {
        let args = [("date", words.date(told.date)), ("count", words.target_link(&words.people(told.count)))];
        sentences.push(words.say("digest-told-day", &args));
        sentences.extend(ahead(words, &told.projections));
    }
    if let Answer::Unknown(why) = standing.needed
        && standing.target.is_some()
        && why != Missing::Reached
    {
        sentences.push(words.say("digest-no-need", &[("why", words.why(why))]));
    }
    let page = Button { label: words.plain("digest-see-pace", &[]), href: words.target_page() };
    Section { title: words.plain("digest-pace", &[]), sentences, page: Some(page), ..Section::default() }
}

/// Needed in three ways of counting days, and the office's own.
pub fn bars(words: Words<'_>) -> Vec<Bar> {
    let standing = &words.report().standing;
    let needed = standing.needed.known();
    let rows = [
        needed.map(|needed| (words.plain("digest-need-calendar", &[]), needed.calendar_day, false)),
        needed.and_then(|needed| Some((words.plain("digest-need-weekday", &[]), needed.weekday?, false))),
        needed.and_then(|needed| Some((words.plain("digest-need-working", &[]), needed.working_day?, false))),
        standing.pace.known().map(|pace| (own_label(words, pace), pace.value, true)),
    ];
    let rows: Vec<(String, Span, bool)> = rows.into_iter().flatten().collect();
    let widest = rows.iter().map(|(_, span, _)| span.high).fold(0.0, f64::max);
    let bar = |(label, span, is_own): (String, Span, bool)| Bar {
        label,
        value: Rich::cut(&words.target_link(&words.pace(span))),
        width: width(span.high, widest),
        is_own,
    };
    rows.into_iter().map(bar).collect()
}

/// The picture's place in the letter, if there is anything to draw.
pub fn chart(words: Words<'_>) -> Option<ChartView> {
    let card = card(words)?;
    Some(ChartView { cid: CHART, alt: card.label, href: words.target_page() })
}

/// What the picture shows: how many there are, where they must be at the end, and where the pace leads.
pub fn card(words: Words<'_>) -> Option<PaceCard> {
    let standing = &words.report().standing;
    let (target, achieved) = (standing.target.as_ref()?, standing.achieved.as_ref()?);
    let (goal, (_, achieved_count)) = (target.value?, achieved.figure.bounds()?);
    let first = standing.projections.iter().find(|projection| projection.per == DayKind::Calendar);
    let count = words.count(achieved_count);
    let day = words.day(achieved.as_of);
    let mut args = vec![
        ("day", day.clone()),
        ("achieved", count.clone()),
        ("target", words.people(goal)),
        ("end", words.day(target.window.last())),
    ];
    let end = first.map(|projection| {
        args.extend([("pace", words.pace(projection.pace)), ("projected", words.people(projection.end))]);
        words.plain("digest-chart-end", &args)
    });
    let id = if end.is_some() { "digest-chart-alt" } else { "digest-chart-alt-plain" };
    let needed = standing
        .needed
        .known()
        .map(|needed| words.plain("digest-chart-needed", &[("needed", words.pace(needed.calendar_day))]));
    Some(PaceCard {
        window: target.window,
        as_of: achieved.as_of,
        achieved: whole(achieved_count),
        target: goal.high,
        end: first.map(|projection| (projection.end.low, projection.end.high)),
        interval: first.and_then(|projection| projection.end_interval).map(|span| (span.low, span.high)),
        label: words.plain(id, &args),
        first_day: dates::month(words.language, target.window.first()),
        last_day: words.day(target.window.last()),
        target_label: words.plain("digest-chart-target", &args),
        achieved_label: words.plain("digest-chart-achieved", &args),
        end_label: end,
        needed_label: needed,
    })
}

fn own_label(words: Words<'_>, pace: &CurrentPace) -> String {
    let days = pace.days;
    if days.first() == days.last() {
        return words.plain("digest-own-day", &[("date", words.date(days.last()))]);
    }
    words.plain("digest-own-days", &[("days", dates::period(words.language, days)), ("n", words.count(pace.told))])
}

/// Where a pace leads, in each way of counting days; one that is nothing leads nowhere in all of them.
fn ahead(words: Words<'_>, projections: &[PaceProjection]) -> Vec<Rich> {
    let stands_still = |projection: &PaceProjection| projection.pace.high <= 0.0;
    let window = words.report().standing.target.as_ref().map(|target| target.window);
    match (projections.first(), window) {
        (Some(first), Some(window)) if projections.iter().all(stands_still) => {
            let args = [("end", words.target_link(&words.people(first.end))), ("last", words.day(window.last()))];
            vec![words.say("digest-projected-standstill", &args)]
        }
        _ => projections.iter().filter_map(|projection| projected(words, projection)).collect(),
    }
}

/// "Bila tetap 205 per hari kalender, …": one sentence for each way of counting days.
fn projected(words: Words<'_>, projection: &PaceProjection) -> Option<Rich> {
    let window = words.report().standing.target.as_ref()?.window;
    let number = |text: String| words.target_link(&text);
    let end = projection.end_share.map_or_else(|| words.people(projection.end), |share| words.percent(share));
    let reached = projection.reached.map(|(earliest, latest)| {
        let (earliest, latest) = (words.date(earliest), words.date(latest));
        if earliest == latest { earliest } else { format!("{earliest}–{latest}") }
    });
    let interval = projection.end_interval.map(|span| number(words.people(span)));
    let args = [
        ("pace", number(words.pace(projection.pace))),
        ("per", words.label("digest-per", projection.per.as_str())),
        ("last", words.day(window.last())),
        ("end", number(end)),
        ("reached", reached.clone().map(number).unwrap_or_default()),
        ("interval", interval.clone().unwrap_or_default()),
    ];
    let id = match (reached.is_some(), interval.is_some()) {
        (true, true) => "digest-projected-interval",
        (true, false) => "digest-projected",
        (false, true) => "digest-projected-end-interval",
        (false, false) => "digest-projected-end",
    };
    Some(words.say(id, &args))
}

/// In per cent of the widest, at least one.
#[allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value lies between 1 and 100"
)]
fn width(value: f64, widest: f64) -> u8 {
    if widest > 0.0 { (100.0 * value / widest).round().clamp(1.0, 100.0) as u8 } else { 1 }
}

#[allow(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts of people stay far below 2^53")]
fn whole(count: i64) -> f64 {
    count as f64
}
