//! What the chart of the way to the target shows: official figures, the target, the need and where the pace leads.

use chrono::{Datelike, NaiveDate};

use crate::domain::dates::DateRange;
use crate::domain::observation::ObservationKind;
use crate::domain::pace::{Amount, Pace};
use crate::domain::target::Purpose;
use crate::pictures::{Course, PaceChart, PacePoint, TargetLine, Width};
use crate::service::targets::PaceReport;
use crate::web::pages::Shell;
use crate::wording::{dates, numbers, pace as words};

/// The chart in both widths; none without a target in people.
pub fn chart(shell: &Shell, report: &PaceReport, pace: &Pace) -> Option<(String, String)> {
    let target = pace.goal.ok()?;
    let window = pace.target.details.window;
    let points = points(shell, report, pace);
    let first = points.first().map_or(window.first(), |point| point.date.min(window.first()));
    // Of a target that ended long ago the axis ends with it, or with what was told of it later; not today.
    let last = points.last().map_or(window.last(), |point| point.date.max(window.last()));
    let days = DateRange::new(first, last).ok()?;
    let drawn = PaceChart {
        label: label(shell, pace, target),
        ticks: ticks(shell, days),
        target: Some(TargetLine {
            days: window,
            value: middle(target),
            text: shell.t1("target-chart-target", "count", words::amount(shell.language, target)),
        }),
        need: need(shell, pace, target),
        carried: carried(shell, pace),
        fan: fan(pace),
        points,
        days,
    };
    let number = |value: f64| numbers::decimal(shell.language, value, 0);
    Some((drawn.draw(Width::Wide, &number), drawn.draw(Width::Narrow, &number)))
}

/// Official counts of the target's place: of a campaign those of its days, of a year up to two years back.
fn points(shell: &Shell, report: &PaceReport, pace: &Pace) -> Vec<PacePoint> {
    let details = &pace.target.details;
    let window = details.window;
    let earliest = match details.purpose {
        Purpose::Campaign => window.first(),
        Purpose::Year => window.first().checked_sub_days(chrono::Days::new(730)).unwrap_or(window.first()),
    };
    let fits = report.observations.iter().filter(|observation| {
        let own = &observation.details;
        own.kind == ObservationKind::Cumulative && own.scope == details.scope && own.as_of >= earliest
    });
    let point = |observation: &crate::domain::observation::Observation| {
        let amount = Amount::of(observation.details.figure)?;
        let shown = words::amount(shell.language, amount);
        let date = observation.details.as_of;
        Some(PacePoint {
            date,
            low: real(amount.low),
            high: real(amount.high),
            text: format!("{}: {shown}", shell.long_date(date)),
            short: shown,
        })
    };
    // A campaign that takes an earlier figure away does not stand on the scale of that figure.
    let has_baseline = pace.official.as_ref().is_ok_and(|official| official.baseline.is_some());
    if has_baseline { achieved_point(shell, pace).into_iter().collect() } else { fits.filter_map(point).collect() }
}

fn achieved_point(shell: &Shell, pace: &Pace) -> Option<PacePoint> {
    let amount = pace.achieved.ok()?;
    let shown = words::amount(shell.language, amount);
    let date = outset(pace);
    let text = format!("{}: {shown}", shell.long_date(date));
    Some(PacePoint { date, low: real(amount.low), high: real(amount.high), text, short: shown })
}

/// The day that what is achieved is of.
fn outset(pace: &Pace) -> NaiveDate {
    pace.official.as_ref().map_or(pace.as_of, |official| official.as_of)
}

fn need(shell: &Shell, pace: &Pace, target: Amount) -> Option<Course> {
    let (achieved, needed) = (pace.achieved.ok()?, pace.needed.ok()?);
    let rate = words::rate(shell.language, needed.calendar?);
    let weekday = needed.weekday.map(|rate| words::rate(shell.language, rate));
    Some(Course {
        from: (outset(pace), middle(achieved)),
        to: (pace.target.details.window.last(), middle(target)),
        text: shell.t1("target-chart-need", "rate", &rate),
        below: weekday.into_iter().map(|rate| shell.t1("target-chart-need-weekday", "rate", rate)).collect(),
        short: shell.t1("target-chart-need-short", "rate", &rate),
    })
}

fn carried(shell: &Shell, pace: &Pace) -> Option<Course> {
    let (achieved, line) = (pace.achieved.ok()?, pace.headline()?);
    let projection = line.projections.first().filter(|_| pace.left.calendar > 0)?;
    let rate = words::rate(shell.language, projection.rate);
    let end = words::amount(shell.language, projection.end);
    let share = projection.of_denominator.ok().map(|share| words::share(shell.language, share));
    let share = share.map(|share| shell.t1("target-chart-share", "share", share));
    let interval = projection.interval.as_ref().map(|interval| words::amount(shell.language, interval.end));
    let interval = interval.map_or_else(
        || shell.t1("target-days-of-data", "count", shell.count(line.known_days)),
        |range| shell.t1("target-interval", "range", range),
    );
    Some(Course {
        from: (outset(pace), middle(achieved)),
        to: (pace.target.details.window.last(), middle(projection.end)),
        text: shell.t2("target-chart-carried", ("rate", &rate), ("end", &end)),
        below: share.into_iter().chain([interval]).collect(),
        short: shell.t2("target-chart-carried-short", ("rate", &rate), ("end", &end)),
    })
}

fn fan(pace: &Pace) -> Option<(f64, f64)> {
    let interval = pace.headline()?.projections.first()?.interval.as_ref()?;
    Some((real(interval.end.low), real(interval.end.high)))
}

fn label(shell: &Shell, pace: &Pace, target: Amount) -> String {
    let target = words::amount(shell.language, target);
    let last = shell.long_date(pace.target.details.window.last());
    let achieved = pace.achieved.map_or_else(
        |missing| shell.missing(missing),
        |achieved| format!("{} {}", shell.long_date(outset(pace)), words::amount(shell.language, achieved)),
    );
    shell.tv("target-chart-label", &[("achieved", achieved), ("target", target), ("date", last)])
}

/// Months, as many as there is room for: each, each third or each twelfth.
fn ticks(shell: &Shell, days: DateRange) -> Vec<(NaiveDate, String)> {
    let step = match days.days() {
        0..=200 => 1,
        201..=500 => 3,
        501..=1_500 => 6,
        _ => 12,
    };
    let month = |date: &NaiveDate| date.day() == 1 && date.month0().is_multiple_of(step);
    let months: Vec<NaiveDate> = days.iter().filter(month).collect();
    let name = |(place, date): (usize, &NaiveDate)| {
        (*date, dates::month_of_axis(shell.language, *date, place == 0 || date.month() == 1))
    };
    months.iter().enumerate().map(name).collect()
}

fn middle(amount: Amount) -> f64 {
    f64::midpoint(real(amount.low), real(amount.high))
}

fn real(count: i64) -> f64 {
    i32::try_from(count).map_or(f64::from(i32::MAX), f64::from)
}
