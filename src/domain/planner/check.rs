//! The judge: every rule of a plan, its exact objective, and the bound that its prices prove, computed plainly and
//! without any part of the solver. `plan check` and the tests ask it; it repairs nothing.

use std::collections::BTreeSet;

use super::fault::{Fault, FaultKind, Faults};
use super::instance::{Duty, Instance, Pin};
use super::plan::{Certificate, gap};
use super::visit::Visit;

/// The part of a plan that a judge needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    pub visits: Vec<Visit>,
    pub objective: i64,
    pub gain: i64,
    pub shortfall: i64,
    pub bound: i64,
    pub certificate: Certificate,
}

/// What the judge found.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Empty if the plan keeps every rule and claims nothing wrong.
    pub faults: Vec<Fault>,
    pub objective: i64,
    pub gain: i64,
    pub shortfall: i64,
    /// What the certificate's prices prove, rounded up to whole centi-activations; none if they prove nothing.
    pub bound: Option<i64>,
}

impl Verdict {
    pub fn is_valid(&self) -> bool {
        self.faults.is_empty()
    }

    /// The gap that is proven, as a fraction.
    pub fn gap(&self) -> Option<f64> {
        self.bound.map(|bound| gap(bound, self.objective))
    }
}

/// Judges the claims of a plan against its instance. O(visits log visits) for the rules, and one dynamic program over
/// days and visits for each venue for the bound.
pub fn check(instance: &Instance, claims: &Claims) -> Verdict {
    let mut faults = Faults::default();
    let visits = known_visits(instance, &claims.visits, &mut faults);
    check_teams(instance, &visits, &mut faults);
    let gain = check_venues(instance, &visits, &mut faults);
    let shortfall = shortfall(instance, &visits);
    let objective =
        gain - instance.shortfall_penalty * shortfall - instance.pin_penalty * pins_missed(instance, &visits);
    check_fixed(instance, &visits, &mut faults);
    let claimed = [
        ("objective", claims.objective, objective),
        ("gain", claims.gain, gain),
        ("shortfall", claims.shortfall, shortfall),
    ];
    for (place, claimed, actual) in claimed {
        if claimed != actual {
            faults.add(place, FaultKind::Claim { claimed, actual });
        }
    }
    let bound = check_bound(instance, claims, &mut faults);
    Verdict { faults: faults.into_vec(), objective, gain, shortfall, bound }
}

/// The visits whose indices exist, by venue and day, each with its place in the plan.
fn known_visits(instance: &Instance, visits: &[Visit], faults: &mut Faults) -> Vec<(Visit, usize)> {
    let mut known = Vec::with_capacity(visits.len());
    for (at, visit) in visits.iter().enumerate() {
        let venue = faults.index(|| format!("visits[{at}].venue"), visit.venue, instance.venues.len());
        let day = faults.index(|| format!("visits[{at}].day"), visit.day, instance.days);
        let team = |team| faults.index(|| format!("visits[{at}].team"), team, instance.teams.len());
        if visit.crew.teams().map(team).fold(venue && day, |all, one| all && one) {
            known.push((*visit, at));
        }
    }
    known.sort_unstable();
    known
}

/// One venue for a team and day, no work on days off, overtime within its limit.
fn check_teams(instance: &Instance, visits: &[(Visit, usize)], faults: &mut Faults) {
    let mut taken = BTreeSet::new();
    let mut overtime = vec![0; instance.teams.len()];
    for (visit, at) in visits {
        for team in visit.crew.teams() {
            if !taken.insert((team, visit.day)) {
                faults.add(format!("visits[{at}]"), FaultKind::TeamTaken { team, day: visit.day });
            }
            match instance.teams[team].calendar[visit.day] {
                Duty::Off => faults.add(format!("visits[{at}]"), FaultKind::TeamOff { team, day: visit.day }),
                Duty::Regular => {}
                Duty::Overtime => overtime[team] += 1,
            }
        }
    }
    for (at, (team, used)) in instance.teams.iter().zip(overtime).enumerate() {
        let max = usize::try_from(team.overtime_max).unwrap_or(usize::MAX);
        if used > max {
            faults.add(format!("teams[{at}]"), FaultKind::TooMuchOvertime { max, found: used });
        }
    }
}

/// Open days, reach, gap and number of visits of each venue; the gain of all.
fn check_venues(instance: &Instance, visits: &[(Visit, usize)], faults: &mut Faults) -> i64 {
    let mut gain = 0;
    for of_one in visits.chunk_by(|(a, _), (b, _)| a.venue == b.venue) {
        for (nth, (visit, at)) in of_one.iter().enumerate() {
            let venue = &instance.venues[visit.venue];
            if !venue.open.iter().any(|open| usize::from(*open) == visit.day) {
                faults.add(format!("visits[{at}]"), FaultKind::Closed { day: visit.day });
            }
            if !venue.reach.iter().any(|reach| reach.crew == visit.crew) {
                faults.add(format!("visits[{at}]"), FaultKind::OutOfReach);
            }
            gain += instance.gain(visit.venue, visit.crew, nth).unwrap_or(0);
            let before = nth.checked_sub(1).map(|before| of_one[before].0.day);
            if let Some(earlier) = before.filter(|earlier| visit.day - earlier < venue.min_gap) {
                let kind = FaultKind::TooClose { earlier, later: visit.day, gap: venue.min_gap };
                faults.add(format!("visits[{at}]"), kind);
            }
            if nth + 1 == of_one.len() && of_one.len() > venue.max_visits {
                let kind = FaultKind::TooManyVisits { max: venue.max_visits, found: of_one.len() };
                faults.add(format!("venues[{}]", visit.venue), kind);
            }
        }
    }
    gain
}

fn shortfall(instance: &Instance, visits: &[(Visit, usize)]) -> i64 {
    let mut missing: Vec<i64> = instance.floors.iter().map(|floor| i64::from(*floor)).collect();
    for (visit, _) in visits {
        missing[instance.venues[visit.venue].area] -= 1;
    }
    missing.into_iter().map(|missing| missing.max(0)).sum()
}

fn pins_missed(instance: &Instance, visits: &[(Visit, usize)]) -> i64 {
    let of_one = |venue: usize| {
        let from = visits.partition_point(|(visit, _)| visit.venue < venue);
        visits[from..].iter().take_while(move |(visit, _)| visit.venue == venue).enumerate()
    };
    let met = |pin: &&Pin| of_one(pin.venue).any(|(nth, (visit, _))| pin.is_met_by(visit, nth));
    let missed = instance.pins.len() - instance.pins.iter().filter(met).count();
    i64::try_from(missed).unwrap_or(i64::MAX)
}

fn check_fixed(instance: &Instance, visits: &[(Visit, usize)], faults: &mut Faults) {
    for (at, fixed) in instance.fixed.iter().enumerate() {
        if visits.binary_search_by(|(visit, _)| visit.cmp(fixed)).is_err() {
            faults.add(format!("fixed[{at}]"), FaultKind::FixedLost);
        }
    }
}

fn check_bound(instance: &Instance, claims: &Claims, faults: &mut Faults) -> Option<i64> {
    let certificate = &claims.certificate;
    check_prices(instance, certificate, faults).then(|| {
        let proven = proven_value(instance, certificate);
        let scale = i128::from(certificate.scale);
        if i128::from(claims.bound) * scale < proven {
            faults.add("bound", FaultKind::BoundTooLow { claimed: claims.bound, proven: div_ceil(proven, scale) });
        }
        i64::try_from(div_ceil(proven, scale)).unwrap_or(i64::MAX)
    })
}

/// Whether the prices are such as a certificate may have.
fn check_prices(instance: &Instance, certificate: &Certificate, faults: &mut Faults) -> bool {
    let Certificate { scale, lambda, mu, nu, .. } = certificate;
    let mut good = true;
    let mut fail = |place: String, kind| {
        faults.add(place, kind);
        good = false;
    };
    if *scale < 1 {
        fail("certificate.scale".to_owned(), FaultKind::OutOfRange { min: 1, max: i64::MAX, found: *scale });
    }
    let penalty = i128::from(*scale) * i128::from(instance.shortfall_penalty);
    let lists = [
        ("lambda", lambda, instance.days * instance.teams.len(), i128::MAX),
        ("mu", mu, instance.teams.len(), i128::MAX),
        ("nu", nu, instance.floors.len(), penalty),
    ];
    for (name, prices, wanted, max) in lists {
        if prices.len() != wanted {
            let kind = FaultKind::Length { wanted, found: prices.len() };
            fail(format!("certificate.{name}"), kind);
        }
        if let Some(at) = prices.iter().position(|price| *price < 0 || i128::from(*price) > max) {
            fail(format!("certificate.{name}[{at}]"), FaultKind::PriceOutOfRange);
        }
    }
    good
}

/// The Lagrangian value of prices: all team-days and overtime sold at their price, every venue on its best path.
/// No plan is worth more (weak duality), whatever the prices. In 1/scale centi-activations. The prices have the lengths
/// that the instance wants.
pub fn proven_value(instance: &Instance, certificate: &Certificate) -> i128 {
    let Certificate { scale, mu, nu, .. } = certificate;
    let (prices, mut value) = price_list(instance, certificate);
    for (at, team) in instance.teams.iter().enumerate() {
        let booked = instance.fixed.iter().filter(|visit| visit.crew.includes(at));
        let overtime = booked.filter(|visit| team.calendar[visit.day] == Duty::Overtime).count();
        value += (i128::from(team.overtime_max) - overtime as i128) * i128::from(mu[at]);
    }
    for (floor, price) in instance.floors.iter().zip(nu) {
        value -= i128::from(*floor) * i128::from(*price);
    }
    value -= instance.pins.len() as i128 * i128::from(instance.pin_penalty) * i128::from(*scale);
    let mut wishes = vec![Wishes::default(); instance.venues.len()];
    instance.fixed.iter().for_each(|visit| wishes[visit.venue].fixed.push(*visit));
    instance.pins.iter().for_each(|pin| wishes[pin.venue].pins.push(*pin));
    instance.excluded.iter().for_each(|venue| wishes[*venue].is_excluded = true);
    for (at, wishes) in wishes.iter().enumerate() {
        let bonus = i128::from(nu[instance.venues[at].area]);
        value += best_path(instance, at, wishes, &prices, i128::from(*scale), bonus);
    }
    value
}

/// What each team's day costs a venue, by day, then team; none where nothing is for sale. Also the sum of all λ of sale.
fn price_list(instance: &Instance, certificate: &Certificate) -> (Vec<Option<i128>>, i128) {
    let teams = instance.teams.len();
    let held: BTreeSet<(usize, usize)> =
        instance.fixed.iter().flat_map(|fixed| fixed.crew.teams().map(|team| (team, fixed.day))).collect();
    let mut prices = vec![None; instance.days * teams];
    let mut supply = 0;
    for (at, team) in instance.teams.iter().enumerate() {
        for (day, duty) in team.calendar.iter().enumerate() {
            let slot = day * teams + at;
            let price = i128::from(certificate.lambda[slot]);
            let overtime = if *duty == Duty::Overtime { i128::from(certificate.mu[at]) } else { 0 };
            if *duty != Duty::Off && !held.contains(&(at, day)) {
                supply += price;
                prices[slot] = Some(price + overtime);
            }
        }
    }
    (prices, supply)
}

/// What is already decided or wished for one venue.
#[derive(Debug, Clone, Default)]
struct Wishes {
    fixed: Vec<Visit>,
    pins: Vec<Pin>,
    is_excluded: bool,
}

/// The best chronological sequence of visits to one venue: gap, number of visits and fixed bookings kept.
/// O(open days × crews × visits).
fn best_path(
    instance: &Instance,
    at: usize,
    wishes: &Wishes,
    prices: &[Option<i128>],
    scale: i128,
    bonus: i128,
) -> i128 {
    let venue = &instance.venues[at];
    let mut rows: Vec<Vec<Option<i128>>> = vec![vec![None; venue.max_visits + 1]];
    rows[0][0] = Some(0);
    for day in venue.open.iter().map(|day| usize::from(*day)) {
        let booked = wishes.fixed.iter().find(|visit| visit.day == day);
        // Without a visit on the day of a fixed booking there is no plan.
        let mut row = if booked.is_none() { rows[rows.len() - 1].clone() } else { vec![None; venue.max_visits + 1] };
        let since = venue.open.partition_point(|open| usize::from(*open) + venue.min_gap <= day);
        let jumps = wishes.fixed.iter().any(|visit| visit.day < day && visit.day + venue.min_gap > day);
        for reach in &venue.reach {
            let visit = Visit { venue: at, day, crew: reach.crew };
            let price = match booked {
                _ if jumps => None,
                Some(booked) => (*booked == visit).then_some(0),
                None if wishes.is_excluded => None,
                None => reach.crew.teams().map(|team| prices[day * instance.teams.len() + team]).sum(),
            };
            let Some(price) = price else { continue };
            for (nth, gain) in reach.gain.iter().enumerate().take(venue.max_visits) {
                let pins = wishes.pins.iter().filter(|pin| pin.is_met_by(&visit, nth)).count() as i128;
                let gain = i128::from(*gain) + pins * i128::from(instance.pin_penalty);
                let worth = gain * scale + bonus - price;
                row[nth + 1] = row[nth + 1].max(rows[since][nth].map(|before| before + worth));
            }
        }
        rows.push(row);
    }
    rows.last().into_iter().flatten().flatten().copied().max().unwrap_or(0)
}

/// Rounded up.
pub(super) fn ceil_div(value: i64, by: i64) -> i64 {
    i64::try_from(div_ceil(i128::from(value), i128::from(by))).unwrap_or(i64::MAX)
}

fn div_ceil(value: i128, by: i128) -> i128 {
    let floor = value.div_euclid(by);
    if floor * by == value { floor } else { floor + 1 }
}
