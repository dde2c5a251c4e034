//! The figures of a pace in the words of the page: ready texts for the template, which computes nothing.

use crate::domain::denominator::DenominatorKind;
use crate::domain::pace::{
    Amount, Basis, Computed, DayKind, Interval, Line, Missing, Pace, Projection, Rate, Rates, Share, Span,
};
use crate::domain::target::{Goal, Purpose, TargetDetails};
use crate::domain::total::Channel;
use crate::web::pages::Shell;
use crate::wording::pace as words;

/// One figure: what it is, the number, what it is of.
pub struct FigureText {
    pub label: String,
    pub value: String,
    /// False where a reason stands in place of a number.
    pub is_known: bool,
    pub note: String,
}

/// A row of the table of paces.
pub struct PaceRow {
    pub name: String,
    pub note: String,
    pub calendar: String,
    pub weekday: String,
    pub working: String,
    pub end: String,
    pub date: String,
}

pub fn amount(shell: &Shell, figure: Computed<Amount>) -> (String, bool) {
    figure.map_or_else(|missing| (shell.missing(missing), false), |a| (words::amount(shell.language, a), true))
}

pub fn share(shell: &Shell, figure: Computed<Share>) -> (String, bool) {
    figure.map_or_else(|missing| (shell.missing(missing), false), |s| (words::share(shell.language, s), true))
}

impl Shell {
    /// "Tidak dapat dihitung (penyebut tidak ada)".
    pub fn missing(&self, missing: Missing) -> String {
        let text = words::missing(self.language, missing);
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

/// "Target 2024", "Kampanye 1 November–31 Desember 2023".
pub fn name(shell: &Shell, target: &TargetDetails) -> String {
    let days = shell.period(&target.window);
    let whole_year = target.window.days() >= 365 && target.purpose == Purpose::Year;
    let when = if whole_year { target.window.last().format("%Y").to_string() } else { days };
    shell.t1(&format!("target-name-{}", target.purpose), "when", when)
}

/// "30 % dari perekaman KTP-el", "15.000 aktivasi".
pub fn goal(shell: &Shell, target: &TargetDetails) -> String {
    match target.goal {
        Goal::Value(value) => shell.t1("target-goal-value", "count", shell.count(value)),
        Goal::Share(goal) => {
            let of = target.denominator.map(|kind| denominator(shell, kind)).unwrap_or_default();
            shell.t2("target-goal-share", ("share", &plain_share(shell, goal.as_f64())), ("of", &of))
        }
    }
}

/// A share that was decreed: without decimals that say nothing.
fn plain_share(shell: &Shell, share: f64) -> String {
    let decimals = if share.fract().abs() < 1e-9 { 0 } else { 2 };
    format!("{}\u{a0}%", shell.decimal(&share, decimals))
}

pub fn denominator(shell: &Shell, kind: DenominatorKind) -> String {
    shell.label("denominator", kind.as_str())
}

/// Place and channel, where they are not the whole office.
pub fn part(shell: &Shell, target: &TargetDetails) -> String {
    let place = shell.office.as_ref().filter(|office| office.code != target.scope).map(|_| target.scope.to_string());
    let channel = (target.channel != Channel::All).then(|| shell.label("channel", target.channel.as_str()));
    let parts: Vec<String> = place.into_iter().chain(channel).collect();
    if parts.is_empty() { shell.t("target-whole-office") } else { parts.join(" · ") }
}

/// The sentence that the page opens with.
pub fn headline(shell: &Shell, pace: &Pace) -> String {
    let last = shell.long_date(pace.target.details.window.last());
    match (pace.gap, &pace.needed) {
        (Ok(gap), _) if gap.is_zero() => shell.t1("target-reached", "date", last),
        (Ok(gap), Err(Missing::WindowOver)) => {
            shell.t2("target-over", ("gap", &words::amount(shell.language, gap)), ("date", &last))
        }
        (Ok(gap), _) => shell.t2("target-gap", ("gap", &words::amount(shell.language, gap)), ("date", &last)),
        (Err(_), _) => match pace.gap_points {
            Some(points) => shell.t2("target-gap-points", ("points", &shell.decimal(&points, 2)), ("date", &last)),
            None => shell.t1("target-gap-unknown", "date", last),
        },
    }
}

/// What is needed, what the pace is, where it leads.
pub fn lead(shell: &Shell, pace: &Pace) -> String {
    let mut sentences = Vec::new();
    if let Ok(rate) =
        pace.needed.as_ref().map_err(|missing| *missing).and_then(|n| n.calendar.ok_or(Missing::NoDaysLeft))
    {
        sentences.push(shell.t1("target-lead-need", "rate", words::rate(shell.language, rate)));
    }
    if let Some(line) = pace.headline() {
        let rate = line.rates.calendar.map(|rate| words::rate(shell.language, rate)).unwrap_or_default();
        let span = span_in_sentence(shell, line);
        sentences.push(shell.t2("target-lead-pace", ("rate", &rate), ("span", &span)));
        sentences.extend(line.projections.first().and_then(|first| lead_projection(shell, pace, first)));
    }
    sentences.join(" ")
}

fn lead_projection(shell: &Shell, pace: &Pace, projection: &Projection) -> Option<String> {
    let running = pace.left.calendar > 0;
    let last = shell.long_date(pace.target.details.window.last());
    let end = match projection.of_denominator.or(projection.of_target) {
        Ok(share) => words::share(shell.language, share),
        Err(_) => words::amount(shell.language, projection.end),
    };
    let completion = projection.completion.ok().map(|days| words::completion(shell.language, days));
    match (running, completion) {
        (true, Some(date)) => Some(shell.tv("target-lead-both", &[("end", end), ("last", last), ("date", date)])),
        (true, None) => Some(shell.t2("target-lead-end", ("end", &end), ("last", &last))),
        (false, Some(date)) => Some(shell.t1("target-lead-date", "date", date)),
        (false, None) => None,
    }
}

fn span_in_sentence(shell: &Shell, line: &Line) -> String {
    if line.span == Span::LastDay {
        return shell.t1("target-span-last-day", "date", shell.date(&line.days.first()));
    }
    shell.t(&format!("target-span-{}", line.span.as_str().replace('_', "-")))
}

/// The four figures of the position.
pub fn position(shell: &Shell, pace: &Pace) -> Vec<FigureText> {
    let figure =
        |label: String, (value, is_known): (String, bool), note: String| FigureText { label, value, is_known, note };
    let achieved = match (&pace.official, pace.basis) {
        (Ok(official), Basis::Official) => {
            let source = shell.long_date(official.as_of);
            let note = shell.t1("target-achieved-official", "date", source);
            let since = official.baseline.map(|date| shell.t1("target-since", "date", shell.long_date(date)));
            let first = || shell.long_date(pace.target.details.window.first());
            let whole = official.counts_whole().then(|| shell.t1("target-counts-whole", "date", first()));
            since.into_iter().chain(whole).fold(note, |note, since| format!("{note}, {since}"))
        }
        _ => shell.t1("target-achieved-field", "date", shell.long_date(pace.field.since)),
    };
    let denominator_note = match &pace.denominator {
        Ok(used) => {
            let people = words::amount(shell.language, used.amount);
            let id = if used.given.is_some() { "target-of-people" } else { "target-of-people-implied" };
            let date = shell.long_date(used.as_of);
            shell.tv(id, &[("people", people), ("of", denominator(shell, used.kind)), ("date", date)])
        }
        Err(_) => pace.target.details.denominator.map(|kind| denominator(shell, kind)).unwrap_or_default(),
    };
    let target_note = match pace.goal {
        Ok(people) => {
            let people = words::amount(shell.language, people);
            shell.t2("target-of-target", ("people", &people), ("goal", &goal(shell, &pace.target.details)))
        }
        Err(_) => goal(shell, &pace.target.details),
    };
    let days = [
        ("calendar", shell.count(pace.left.calendar)),
        ("weekday", shell.count(pace.left.weekdays)),
        ("working", shell.count(pace.left.working)),
    ];
    let mut figures = vec![figure(shell.t("target-achieved"), amount(shell, pace.achieved), achieved)];
    if pace.target.details.denominator.is_some() {
        figures.push(figure(
            shell.t("target-share-of-denominator"),
            share(shell, pace.of_denominator),
            denominator_note,
        ));
    }
    figures.push(figure(shell.t("target-share-of-target"), share(shell, pace.of_target), target_note));
    let left = if pace.left.calendar > 0 { shell.tv("target-days-left", &days) } else { String::new() };
    figures.push(figure(shell.t("target-left"), amount(shell, pace.gap), left));
    figures
}

/// What is needed, and each pace with where it leads.
pub fn paces(shell: &Shell, pace: &Pace) -> Vec<PaceRow> {
    let last = pace.target.details.window.last();
    let mut rows = Vec::new();
    let whole = match pace.of_denominator {
        Ok(_) => goal(shell, &pace.target.details),
        Err(_) => amount(shell, pace.goal).0,
    };
    let needed = rates(shell, pace.needed);
    rows.push(PaceRow {
        name: shell.t("target-needed"),
        note: pace.needed.err().map(|missing| shell.missing(missing)).unwrap_or_default(),
        end: whole,
        date: shell.long_date(last),
        ..needed
    });
    for (span, line) in &pace.lines {
        let name = shell.t(&format!("target-row-{}", span.as_str().replace('_', "-")));
        match line {
            Err(missing) => rows.push(PaceRow { name, note: shell.missing(*missing), ..PaceRow::empty() }),
            Ok(line) => rows.extend(rows_of(shell, name, line)),
        }
    }
    rows
}

/// One row for each way of carrying the pace on; of a line without projections one row.
fn rows_of(shell: &Shell, name: String, line: &Line) -> Vec<PaceRow> {
    let note = line_note(shell, line);
    let known = rates(shell, Ok(line.rates));
    if line.projections.is_empty() {
        return vec![PaceRow { name, note, ..known }];
    }
    let row = |projection: &Projection| {
        let per = shell.t(&format!("target-carried-{}", projection.per.as_str()));
        let own = words::rate(shell.language, projection.rate);
        let (calendar, weekday) = match projection.per {
            DayKind::Calendar => (own, String::new()),
            DayKind::Weekday | DayKind::Working => (String::new(), own),
        };
        let working = if projection.per == DayKind::Weekday && !line.is_of_single_days() {
            known.working.clone()
        } else {
            String::new()
        };
        PaceRow {
            name: format!("{name}, {per}"),
            note: note.clone(),
            calendar,
            weekday,
            working,
            end: end(shell, projection),
            date: date(shell, projection),
        }
    };
    line.projections.iter().map(row).collect()
}

fn line_note(shell: &Shell, line: &Line) -> String {
    let basis = shell.label("basis", line.basis.as_str());
    if line.span == Span::LastDay {
        let day = shell.t1("target-days-of-data", "count", shell.count(1_i64));
        return format!("{}, {day}", shell.date(&line.days.first()));
    }
    let days = shell.t1("target-days-of-data", "count", shell.count(line.known_days));
    format!("{basis}, {}, {days}", shell.period(&line.days))
}

fn end(shell: &Shell, projection: &Projection) -> String {
    let people = words::amount(shell.language, projection.end);
    let own = match projection.of_denominator.or(projection.of_target) {
        Ok(share) => format!("{} ({people})", words::share(shell.language, share)),
        Err(_) => people,
    };
    projection.interval.as_ref().map_or_else(
        || own.clone(),
        |interval| format!("{own}; {}", shell.t1("target-interval", "range", interval_end(shell, interval))),
    )
}

fn interval_end(shell: &Shell, interval: &Interval) -> String {
    words::amount(shell.language, interval.end)
}

fn date(shell: &Shell, projection: &Projection) -> String {
    let own = match projection.completion {
        Ok(days) => words::completion(shell.language, days),
        Err(missing) => return shell.missing(missing),
    };
    let Some(interval) = &projection.interval else { return own };
    let day = |date: Option<chrono::NaiveDate>| {
        date.map_or_else(|| shell.t("target-nobody-knows"), |date| shell.long_date(date))
    };
    format!(
        "{own}; {}",
        shell.t1("target-interval", "range", format!("{} – {}", day(interval.earliest), day(interval.latest)))
    )
}

fn rates(shell: &Shell, rates: Computed<Rates>) -> PaceRow {
    let text = |rate: Option<Rate>| rate.map(|rate| words::rate(shell.language, rate)).unwrap_or_default();
    match rates {
        Ok(rates) => PaceRow {
            calendar: text(rates.calendar),
            weekday: text(rates.weekday),
            working: text(rates.working),
            ..PaceRow::empty()
        },
        Err(_) => PaceRow::empty(),
    }
}

impl PaceRow {
    /// True if only a reason stands in it.
    pub fn is_empty(&self) -> bool {
        [&self.calendar, &self.weekday, &self.working, &self.end].into_iter().all(String::is_empty)
    }

    fn empty() -> Self {
        let none = String::new;
        Self {
            name: none(),
            note: none(),
            calendar: none(),
            weekday: none(),
            working: none(),
            end: none(),
            date: none(),
        }
    }
}
