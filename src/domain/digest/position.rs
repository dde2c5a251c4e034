//! From the pace of a target to what a letter tells of it: the same figures, frozen.

use super::region::TargetLine;
use super::standing::{
    Achieved, Answer, Baseline, CurrentPace, DigestTarget, NeededPace, PaceProjection, Span, Standing, ToldPace,
};
use crate::domain::figure::Figure;
use crate::domain::observation::Observation;
use crate::domain::pace::{Amount, Basis, Computed, Line, Missing, Official, Pace, Projection, Rate, Rates, Share};
use crate::domain::target::Goal;

impl Standing {
    /// Where the office stands by the pace of its main target; `latest` is the last official figure, for offices without a
    /// target.
    pub fn of(main: Option<&Pace>, latest: Option<&Observation>) -> Self {
        main.map_or_else(|| Self::without_target(latest), Self::of_target)
    }

    fn without_target(latest: Option<&Observation>) -> Self {
        let achieved = latest.map(|observation| Achieved {
            figure: observation.details.figure,
            as_of: observation.details.as_of,
            is_official: true,
            source: Some(observation.details.source.to_string()),
            baseline: None,
        });
        let why = match &achieved {
            Some(Achieved { figure: Figure::Share(_), .. }) => Missing::ShareOnly,
            _ => Missing::NoFigure,
        };
        Self { achieved, ..Self::unknown(why) }
    }

    fn of_target(pace: &Pace) -> Self {
        let line = pace.headline();
        let (goal, details) = (pace.target.details.goal, &pace.target.details);
        Self {
            target: Some(DigestTarget {
                value: pace.goal.ok().map(Span::from),
                share: if let Goal::Share(share) = goal { Some(share) } else { None },
                denominator: details.denominator,
                denominator_value: pace.denominator.as_ref().ok().map(|used| used.amount.into()),
                window: details.window,
            }),
            achieved: achieved(pace),
            field: Some(pace.field.amount.into()),
            share_of_denominator: answer(pace.of_denominator),
            share_of_target: answer(pace.of_target),
            gap: answer(pace.gap),
            needed: needed(pace.needed),
            pace: line.and_then(current).map_or(Answer::Unknown(Missing::NoDay), Answer::Known),
            // Once the last day has come nothing leads there any more.
            projections: line
                .filter(|_| pace.left.calendar > 0)
                .map(|line| line.projections.iter().map(projection).collect())
                .unwrap_or_default(),
            told_day: pace.told_day().filter(|_| pace.left.calendar > 0).map(told_day),
            gap_points: pace.gap_points,
        }
    }
}

impl TargetLine {
    /// The main target of an office in three figures.
    pub fn of(pace: &Pace) -> Self {
        Self {
            of_target: answer(pace.of_target),
            of_denominator: answer(pace.of_denominator),
            gap: answer(pace.gap),
            is_over: pace.left.calendar == 0 && matches!(pace.needed, Err(Missing::WindowOver)),
        }
    }
}

fn achieved(pace: &Pace) -> Option<Achieved> {
    let official = pace.official.as_ref().ok().filter(|_| pace.basis == Basis::Official);
    let told = official.and_then(|official| official.share).map(|(_, share)| Figure::Share(share));
    let counted = || pace.achieved.ok().map(figure);
    Some(Achieved {
        figure: told.or_else(counted)?,
        as_of: official.map_or(pace.as_of, |official| official.as_of),
        is_official: official.is_some(),
        source: official.map(|official| official.observation.details.source.to_string()),
        baseline: official.and_then(|official| baseline(official, pace)),
    })
}

/// A share is of the whole; from a count of a campaign's days that of the day before is taken away, if there is one.
fn baseline(official: &Official, pace: &Pace) -> Option<Baseline> {
    let first = pace.target.details.window.first();
    match official.baseline {
        Some(date) => Some(Baseline::Known(date)),
        None => official.counts_whole().then_some(Baseline::Unknown(first)),
    }
}

fn told_day(line: &Line) -> ToldPace {
    let projections = line.projections.iter().map(projection).collect();
    ToldPace { date: line.days.last(), count: line.total.into(), projections }
}

fn figure(amount: Amount) -> Figure {
    if amount.low != amount.high {
        Figure::Range { low: amount.low, high: amount.high }
    } else if amount.approximate {
        Figure::Approximate(amount.low)
    } else {
        Figure::Exact(amount.low)
    }
}

fn needed(rates: Computed<Rates>) -> Answer<NeededPace> {
    let needed = |rates: Rates| {
        let calendar_day = rates.calendar.ok_or(Missing::NoDaysLeft)?.into();
        let (weekday, working_day) = (rates.weekday.map(Span::from), rates.working.map(Span::from));
        Ok(NeededPace { calendar_day, weekday, working_day })
    };
    match rates.and_then(needed) {
        Ok(needed) => Answer::Known(needed),
        Err(missing) => Answer::Unknown(missing),
    }
}

fn current(line: &Line) -> Option<CurrentPace> {
    Some(CurrentPace { value: line.rates.calendar?.into(), days: line.days, told: line.known_days })
}

fn projection(projection: &Projection) -> PaceProjection {
    PaceProjection {
        per: projection.per,
        pace: projection.rate.into(),
        end: projection.end.into(),
        end_interval: projection.interval.as_ref().map(|interval| interval.end.into()),
        end_share: projection.of_denominator.ok().map(Span::from),
        reached: projection.completion.ok().map(|completion| (completion.earliest, completion.latest)),
    }
}

fn answer<T: Into<Span>>(computed: Computed<T>) -> Answer<Span> {
    match computed {
        Ok(figure) => Answer::Known(figure.into()),
        Err(missing) => Answer::Unknown(missing),
    }
}

impl From<Amount> for Span {
    fn from(Amount { low, high, approximate }: Amount) -> Self {
        Self { low: real(low), high: real(high), approximate }
    }
}

impl From<Share> for Span {
    fn from(Share { low, high, approximate }: Share) -> Self {
        Self { low, high, approximate }
    }
}

impl From<Rate> for Span {
    fn from(Rate { low, high, approximate }: Rate) -> Self {
        Self { low, high, approximate }
    }
}

#[allow(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts of people stay far below 2^53")]
fn real(count: i64) -> f64 {
    count as f64
}
