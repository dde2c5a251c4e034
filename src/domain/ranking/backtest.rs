//! How well the forecast would have done on what really happened: at the start of each month everything later is hidden,
//! each venue is estimated, and its next visit is compared with what came (rolling origin). Beside it what people do
//! without a model: the mean of the last three visits. Called by `rank backtest`.

use chrono::{Datelike, Months, NaiveDate};

use super::estimate::{Estimates, VenueHistory, Visit, estimate};

/// Months that are tried at most, the latest ones.
const ORIGINS: usize = 12;

/// Visits that must be known before a month is tried: without them nobody forecasts.
const KNOWN_LEAST: usize = 10;

/// Visits that the plain forecast takes the mean of.
const LAST: usize = 3;

/// The part of the days that the interval of the count is to hold.
const LEVEL: f64 = 0.9;

/// What came of all forecasts, and of those for venues visited before and for those never visited.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backtest {
    /// Months that were tried.
    pub origins: u32,
    /// The first and the last of them.
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub all: Comparison,
    pub visited: Comparison,
    pub never_visited: Comparison,
}

/// Errors in activations over so many visits; none where there were none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Comparison {
    pub visits: u32,
    pub errors: Option<Errors>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Errors {
    /// Mean of what came.
    pub counted: f64,
    pub forecast: Error,
    /// Mean of the last three visits; before the first, of the kind's visits.
    pub plain: Error,
    /// The part of the counts inside the forecast's interval of 90 %.
    pub held: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Error {
    pub mean_absolute: f64,
    pub root_mean_square: f64,
    /// Mean of forecast less count.
    pub bias: f64,
}

/// Compares month by month; none if no month has enough visits before it and one in it.
pub fn backtest(venues: &[VenueHistory]) -> Option<Backtest> {
    let told = || venues.iter().flat_map(|venue| &venue.visits).filter(|visit| visit.tells);
    let first = told().map(|visit| visit.day).min()?;
    let last = told().map(|visit| visit.day).max()?;
    let mut trials = Vec::new();
    let mut origins = Vec::new();
    let mut origin = last.with_day(1)?;
    while origin > first && origins.len() < ORIGINS {
        if told().filter(|visit| visit.day < origin).count() >= KNOWN_LEAST {
            let found = try_month(venues, origin);
            if !found.is_empty() {
                origins.push(origin);
            }
            trials.extend(found);
        }
        origin = origin.checked_sub_months(Months::new(1))?;
    }
    let compared =
        |chosen: &dyn Fn(&Trial) -> bool| compare(&trials.iter().filter(|trial| chosen(trial)).collect::<Vec<_>>());
    Some(Backtest {
        origins: u32::try_from(origins.len()).unwrap_or(u32::MAX),
        first: *origins.last()?,
        last: *origins.first()?,
        all: compared(&|_| true),
        visited: compared(&|trial| !trial.cold),
        never_visited: compared(&|trial| trial.cold),
    })
}

/// One forecast and what came.
#[derive(Debug, Clone, Copy)]
struct Trial {
    counted: f64,
    forecast: f64,
    plain: f64,
    held: bool,
    cold: bool,
}

/// The first visit to each venue within a month from `origin`, forecast by what was known before.
fn try_month(venues: &[VenueHistory], origin: NaiveDate) -> Vec<Trial> {
    let end = origin.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
    let known: Vec<VenueHistory> = venues.iter().map(|venue| before(venue, origin)).collect();
    let Some(estimates) = estimate(&known) else { return Vec::new() };
    let next = |venue: &VenueHistory| {
        venue.visits.iter().copied().find(|visit| visit.tells && visit.day >= origin && visit.day < end)
    };
    let trials = venues.iter().enumerate().filter_map(|(at, venue)| {
        let visit = next(venue)?;
        Some(trial(&known, at, &estimates, visit))
    });
    trials.collect()
}

fn before(venue: &VenueHistory, day: NaiveDate) -> VenueHistory {
    let visits = venue.visits.iter().copied().filter(|visit| visit.day < day).collect();
    VenueHistory { visits, ..venue.clone() }
}

fn trial(known: &[VenueHistory], at: usize, estimates: &Estimates, visit: Visit) -> Trial {
    let venue = &known[at];
    let estimate = estimates.venues[at];
    let on_the_day = estimate.forecast.times(estimates.days.factor(venue.kind, visit.day));
    let (low, high) = on_the_day.count_interval(LEVEL);
    Trial {
        counted: f64::from(visit.activations),
        forecast: on_the_day.mean,
        plain: plain(known, venue),
        held: (low..=high).contains(&visit.activations),
        cold: estimate.cold_start,
    }
}

/// The mean of the last visits; of a venue without any, of all visits to its kind, or of all there are.
fn plain(known: &[VenueHistory], venue: &VenueHistory) -> f64 {
    let counts = |venue: &VenueHistory| -> Vec<f64> {
        venue.visits.iter().filter(|visit| visit.tells).map(|visit| f64::from(visit.activations)).collect()
    };
    let own = counts(venue);
    let of_kind = known.iter().filter(|other| other.kind == venue.kind);
    let all = || known.iter().flat_map(counts).collect::<Vec<f64>>();
    mean(&own[own.len().saturating_sub(LAST)..])
        .or_else(|| mean(&of_kind.flat_map(counts).collect::<Vec<f64>>()))
        .or_else(|| mean(&all()))
        .unwrap_or_default()
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn compare(trials: &[&Trial]) -> Comparison {
    let part = |of: &dyn Fn(&Trial) -> f64| mean(&trials.iter().map(|trial| of(trial)).collect::<Vec<f64>>());
    let error = |forecast: &dyn Fn(&Trial) -> f64| {
        let miss = |trial: &Trial| forecast(trial) - trial.counted;
        Some(Error {
            mean_absolute: part(&|trial| miss(trial).abs())?,
            root_mean_square: part(&|trial| miss(trial).powi(2))?.sqrt(),
            bias: part(&miss)?,
        })
    };
    let errors = || {
        Some(Errors {
            counted: part(&|trial| trial.counted)?,
            forecast: error(&|trial| trial.forecast)?,
            plain: error(&|trial| trial.plain)?,
            held: part(&|trial| f64::from(u8::from(trial.held)))?,
        })
    };
    Comparison { visits: u32::try_from(trials.len()).unwrap_or(u32::MAX), errors: errors() }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "of whole numbers")]
mod tests {
    use super::*;

    fn venue(kind: u16, visits: &[(&str, u32)]) -> VenueHistory {
        let visit = |(day, activations): &(&str, u32)| Visit {
            day: day.parse().unwrap(),
            activations: *activations,
            tells: true,
            capacity: None,
            hours: None,
        };
        VenueHistory { kind, eligible: None, visits: visits.iter().map(visit).collect() }
    }

    #[test]
    fn each_month_is_forecast_by_what_was_known_before_it() {
        let steady: Vec<VenueHistory> = (0..6)
            .map(|_| venue(0, &[("2026-08-03", 40), ("2026-09-07", 42), ("2026-10-05", 38)]))
            .chain([venue(0, &[("2026-10-20", 44)])])
            .collect();
        let found = backtest(&steady).unwrap();
        assert_eq!((found.origins, found.all.visits, found.visited.visits, found.never_visited.visits), (1, 7, 6, 1));
        let errors = found.visited.errors.unwrap();
        assert_eq!((errors.counted, errors.plain.mean_absolute), (38.0, 3.0));
        assert!((errors.forecast.bias - 3.0).abs() < 1.0 && errors.held == 1.0, "{errors:?}");
        assert_eq!(found.first.to_string(), "2026-10-01");
    }

    #[test]
    fn without_a_month_that_can_be_forecast_there_is_nothing_to_compare() {
        assert_eq!(backtest(&[]), None);
        assert_eq!(backtest(&[venue(0, &[("2026-10-05", 38), ("2026-11-05", 38)])]), None);
    }
}
