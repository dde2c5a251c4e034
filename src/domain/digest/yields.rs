//! Which venues yield most, and which yield less than they did: plain means over event-days whose counts are exact, with
//! the number of days beside them. The rules of what counts are the store's, the same as the ranking's.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// One counted event-day of a venue. A venue's visits share one code and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedVisit {
    pub code: String,
    pub name: String,
    pub date: NaiveDate,
    /// In-area activations.
    pub activated: i64,
}

/// The plain mean of a venue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VenueYield {
    pub code: String,
    pub name: String,
    pub event_days: usize,
    /// Activations per event-day.
    pub mean: f64,
}

/// A venue whose last visits yielded clearly less than those before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FadingVenue {
    pub code: String,
    pub name: String,
    /// Activations per event-day of the visits before.
    pub before: f64,
    pub event_days_before: usize,
    /// Of the last `RECENT` event-days.
    pub now: f64,
    pub last: NaiveDate,
}

/// So many best venues are named.
const BEST: usize = 3;

/// Event-days at the end of a venue's visits that are compared with those before, of which there must be as many.
const RECENT: usize = 2;

/// A venue fades if it lost at least this part of what it yielded.
const LOSS: f64 = 0.25;

/// A venue that yielded less than this has little to lose.
const WORTH: f64 = 10.0;

/// A venue where nobody was for so long is not fading but resting.
const RESTING: Days = Days::new(120);

/// The venues with the highest means: more event-days and then the code decide between equals, as in the ranking.
pub fn best_venues(visits: &[CountedVisit]) -> Vec<VenueYield> {
    let yielded = |(code, of_venue): (&str, Vec<&CountedVisit>)| VenueYield {
        code: code.to_owned(),
        name: of_venue.first().map(|visit| visit.name.clone()).unwrap_or_default(),
        event_days: of_venue.len(),
        mean: mean(&of_venue),
    };
    let mut venues: Vec<VenueYield> =
        by_venue(visits).into_iter().map(yielded).filter(|venue| venue.mean > 0.0).collect();
    venues.sort_by(|a, b| b.mean.total_cmp(&a.mean).then(b.event_days.cmp(&a.event_days)).then(a.code.cmp(&b.code)));
    venues.truncate(BEST);
    venues
}

/// The venues that lost most activations per event-day, the greatest loss first.
pub fn fading_venues(visits: &[CountedVisit], on: NaiveDate) -> Vec<FadingVenue> {
    let rests_since = on.checked_sub_days(RESTING).unwrap_or(on);
    let mut venues: Vec<FadingVenue> =
        by_venue(visits).into_iter().filter_map(|(code, visits)| faded(code, &visits)).collect();
    venues.retain(|venue| venue.last >= rests_since);
    let loss = |venue: &FadingVenue| venue.before - venue.now;
    venues.sort_by(|a, b| loss(b).total_cmp(&loss(a)).then(a.code.cmp(&b.code)));
    venues
}

fn faded(code: &str, visits: &[&CountedVisit]) -> Option<FadingVenue> {
    let split = visits.len().checked_sub(RECENT).filter(|earlier| *earlier >= RECENT)?;
    let (earlier, recent) = visits.split_at_checked(split)?;
    let (before, now, last) = (mean(earlier), mean(recent), recent.last()?);
    let fades = before >= WORTH && now <= before * (1.0 - LOSS);
    let venue = || FadingVenue {
        code: code.to_owned(),
        name: last.name.clone(),
        before,
        event_days_before: earlier.len(),
        now,
        last: last.date,
    };
    fades.then(venue)
}

/// The visits of each venue, oldest first.
fn by_venue(visits: &[CountedVisit]) -> BTreeMap<&str, Vec<&CountedVisit>> {
    let mut venues: BTreeMap<&str, Vec<&CountedVisit>> = BTreeMap::new();
    for visit in visits {
        venues.entry(visit.code.as_str()).or_default().push(visit);
    }
    for of_venue in venues.values_mut() {
        of_venue.sort_by_key(|visit| visit.date);
    }
    venues
}

#[allow(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts of people and days stay far below 2^53")]
fn mean(visits: &[&CountedVisit]) -> f64 {
    let sum: i64 = visits.iter().map(|visit| visit.activated).sum();
    if visits.is_empty() { 0.0 } else { sum as f64 / visits.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on() -> NaiveDate {
        "2026-11-20".parse().unwrap()
    }

    /// Visits a week apart, the last one a week before [`on`].
    fn visits(code: &str, counts: &[i64]) -> Vec<CountedVisit> {
        let last = u64::try_from(counts.len()).unwrap();
        let visit = |(place, activated): (u64, &i64)| CountedVisit {
            code: code.to_owned(),
            name: format!("Lokasi {code}"),
            date: on() - Days::new(7 * (last - place)),
            activated: *activated,
        };
        (0..).zip(counts).map(visit).collect()
    }

    #[test]
    fn the_best_are_those_with_the_highest_mean_and_more_days_decide_between_equals() {
        let all =
            [visits("A", &[40]), visits("B", &[30, 50]), visits("C", &[90]), visits("D", &[0]), visits("E", &[40])];
        let best = best_venues(&all.concat());
        let told: Vec<_> = best.iter().map(|venue| (venue.code.as_str(), venue.event_days)).collect();
        assert_eq!(told, [("C", 1), ("B", 2), ("A", 1)]);
        assert!(best_venues(&[]).is_empty() && best_venues(&visits("D", &[0, 0])).is_empty());
    }

    #[test]
    fn a_venue_fades_when_its_last_two_days_lost_a_quarter_of_the_mean_before() {
        let fading = |counts: &[i64]| fading_venues(&visits("A", counts), on());
        let found = fading(&[80, 68, 40, 36]);
        assert_eq!((found[0].before, found[0].now, found[0].event_days_before), (74.0, 38.0, 2));
        assert!(fading(&[40, 40, 31, 31]).is_empty(), "a loss below a quarter");
        assert_eq!(fading(&[40, 40, 30, 30]).len(), 1);
        assert!(fading(&[80, 20, 20]).is_empty(), "one day before is no mean");
        assert!(fading(&[9, 9, 0, 0]).is_empty(), "little to lose");
    }

    #[test]
    fn the_greatest_loss_comes_first_and_a_venue_that_rests_is_left_out() {
        let mut all = [visits("A", &[40, 40, 10, 10]), visits("B", &[90, 90, 20, 20])].concat();
        let mut resting = visits("C", &[200, 200, 10, 10]);
        for visit in &mut resting {
            visit.date = visit.date - Days::new(200);
        }
        all.extend(resting);
        let codes: Vec<_> = fading_venues(&all, on()).into_iter().map(|venue| venue.code).collect();
        assert_eq!(codes, ["B", "A"]);
    }
}
