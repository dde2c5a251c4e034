//! The rules of a plan said once more, as plainly as the documentation says them: pair by pair, and a venue's best
//! path by trying every one. Shares nothing with judge or solver, is far slower, and decides what the judge must say.

use crate::domain::planner::{Certificate, Claims, Duty, Instance, Visit};

/// Whether a plan with these claims must be accepted.
pub fn must_accept(instance: &Instance, claims: &Claims) -> bool {
    are_known(instance, &claims.visits)
        && keeps_rules(instance, &claims.visits)
        && worth(instance, &claims.visits) == (claims.objective, claims.gain, claims.shortfall)
        && is_proof(instance, &claims.certificate)
        && i128::from(claims.bound) * i128::from(claims.certificate.scale) >= lagrangian(instance, &claims.certificate)
}

/// Objective, gain and shortfall of visits that exist.
pub fn worth(instance: &Instance, visits: &[Visit]) -> (i64, i64, i64) {
    let nth = |visit: &Visit| visits.iter().filter(|other| other.venue == visit.venue && other.day < visit.day).count();
    let gain = |visit: &Visit| {
        let reach = instance.venues[visit.venue].reach.iter().find(|reach| reach.crew == visit.crew);
        reach.and_then(|reach| reach.gain.get(nth(visit))).map_or(0, |gain| i64::from(*gain))
    };
    let gain: i64 = visits.iter().map(gain).sum();
    let short = |(area, floor): (usize, &u32)| {
        let visits = visits.iter().filter(|visit| instance.venues[visit.venue].area == area).count();
        (i64::from(*floor) - i64::try_from(visits).unwrap()).max(0)
    };
    let shortfall: i64 = instance.floors.iter().enumerate().map(short).sum();
    let is_missed = |pin: &&crate::domain::planner::Pin| !visits.iter().any(|visit| pin.is_met_by(visit, nth(visit)));
    let missed = i64::try_from(instance.pins.iter().filter(is_missed).count()).unwrap();
    (gain - instance.shortfall_penalty * shortfall - instance.pin_penalty * missed, gain, shortfall)
}

/// Whether venue, day and teams of all visits exist.
pub fn are_known(instance: &Instance, visits: &[Visit]) -> bool {
    visits.iter().all(|visit| {
        visit.venue < instance.venues.len()
            && visit.day < instance.days
            && visit.crew.teams().all(|team| team < instance.teams.len())
    })
}

/// Open, in reach, on duty; one venue for a team and day; gap, visits, overtime; every fixed booking stands.
/// Exclusions bind the planner, not the judge: an excluded venue may be visited by hand.
fn keeps_rules(instance: &Instance, visits: &[Visit]) -> bool {
    let is_possible = |visit: &Visit| {
        let venue = &instance.venues[visit.venue];
        venue.open.iter().any(|day| usize::from(*day) == visit.day)
            && venue.reach.iter().any(|reach| reach.crew == visit.crew)
            && visit.crew.teams().all(|team| instance.teams[team].calendar[visit.day] != Duty::Off)
    };
    let may_both = |a: &Visit, b: &Visit| {
        let share_team = a.day == b.day && a.crew.teams().any(|team| b.crew.includes(team));
        let too_close = a.venue == b.venue && a.day.abs_diff(b.day) < instance.venues[a.venue].min_gap;
        !share_team && !too_close
    };
    let pairs = || visits.iter().enumerate().flat_map(|(at, a)| visits[at + 1..].iter().map(move |b| (a, b)));
    let few_enough = |(venue, of_venue): (usize, &crate::domain::planner::Venue)| {
        visits.iter().filter(|visit| visit.venue == venue).count() <= of_venue.max_visits
    };
    let within_overtime = |(team, of_team): (usize, &crate::domain::planner::Team)| {
        let works = |visit: &&Visit| visit.crew.includes(team) && of_team.calendar[visit.day] == Duty::Overtime;
        visits.iter().filter(works).count() <= of_team.overtime_max as usize
    };
    visits.iter().all(is_possible)
        && pairs().all(|(a, b)| may_both(a, b))
        && instance.venues.iter().enumerate().all(few_enough)
        && instance.teams.iter().enumerate().all(within_overtime)
        && instance.fixed.iter().all(|fixed| visits.contains(fixed))
}

/// Whether prices are such as weak duality wants.
fn is_proof(instance: &Instance, certificate: &Certificate) -> bool {
    let Certificate { scale, lambda, mu, nu, .. } = certificate;
    let penalty = i128::from(instance.shortfall_penalty) * i128::from(*scale);
    *scale >= 1
        && (lambda.len(), mu.len(), nu.len())
            == (instance.days * instance.teams.len(), instance.teams.len(), instance.floors.len())
        && lambda.iter().chain(mu).chain(nu).all(|price| *price >= 0)
        && nu.iter().all(|price| i128::from(*price) <= penalty)
}

/// What the prices prove, in 1/scale: supply at its price, and every venue on the best of all its paths.
fn lagrangian(instance: &Instance, certificate: &Certificate) -> i128 {
    let wide = |number: usize| i128::try_from(number).unwrap();
    let price = |team: usize, day: usize| i128::from(certificate.lambda[day * instance.teams.len() + team]);
    let mut value = -wide(instance.pins.len()) * i128::from(instance.pin_penalty) * i128::from(certificate.scale);
    for (at, team) in instance.teams.iter().enumerate() {
        let is_booked = |day: usize| instance.fixed.iter().any(|visit| visit.day == day && visit.crew.includes(at));
        let sold = (0..instance.days).filter(|day| team.calendar[*day] != Duty::Off && !is_booked(*day));
        value += sold.map(|day| price(at, day)).sum::<i128>();
        let used = (0..instance.days).filter(|day| team.calendar[*day] == Duty::Overtime && is_booked(*day)).count();
        value += (i128::from(team.overtime_max) - wide(used)) * i128::from(certificate.mu[at]);
    }
    for (floor, bonus) in instance.floors.iter().zip(&certificate.nu) {
        value -= i128::from(*floor) * i128::from(*bonus);
    }
    (0..instance.venues.len())
        .map(|venue| {
            let mut paths = AllPaths { instance, certificate, venue, best: None };
            paths.extend(&mut Vec::new(), 0);
            paths.best.unwrap()
        })
        .sum::<i128>()
        + value
}

/// Every path of one venue, one by one.
struct AllPaths<'a> {
    instance: &'a Instance,
    certificate: &'a Certificate,
    venue: usize,
    best: Option<i128>,
}

impl AllPaths<'_> {
    fn extend(&mut self, path: &mut Vec<Visit>, from: usize) {
        let venue = &self.instance.venues[self.venue];
        if path.len() > venue.max_visits {
            return;
        }
        let mut fixed = self.instance.fixed.iter().filter(|visit| visit.venue == self.venue);
        if fixed.all(|visit| path.contains(visit)) {
            let value = self.value(path);
            self.best = Some(self.best.map_or(value, |best| best.max(value)));
        }
        for day in venue.open.iter().map(|day| usize::from(*day)).filter(|day| *day >= from) {
            for crew in venue.reach.iter().map(|reach| reach.crew) {
                let visit = Visit { venue: self.venue, day, crew };
                if self.instance.fixed.contains(&visit) || self.is_for_sale(&visit) {
                    path.push(visit);
                    self.extend(path, day + venue.min_gap);
                    path.pop();
                }
            }
        }
    }

    fn is_for_sale(&self, visit: &Visit) -> bool {
        let is_free = |team: usize| {
            let is_on = self.instance.teams[team].calendar[visit.day] != Duty::Off;
            is_on && !self.instance.fixed.iter().any(|fixed| fixed.day == visit.day && fixed.crew.includes(team))
        };
        !self.instance.excluded.contains(&self.venue) && visit.crew.teams().all(is_free)
    }

    /// Gains, pins and bonuses of a path less its prices.
    fn value(&self, path: &[Visit]) -> i128 {
        let Self { instance, certificate, .. } = self;
        let scale = i128::from(certificate.scale);
        let of_one = |(nth, visit): (usize, &Visit)| {
            let reach = instance.venues[self.venue].reach.iter().find(|reach| reach.crew == visit.crew).unwrap();
            let pins = instance.pins.iter().filter(|pin| pin.is_met_by(visit, nth)).count();
            let gain = i128::from(reach.gain[nth]) + i128::try_from(pins).unwrap() * i128::from(instance.pin_penalty);
            let price = |team: usize| {
                let slot = i128::from(certificate.lambda[visit.day * instance.teams.len() + team]);
                let is_overtime = instance.teams[team].calendar[visit.day] == Duty::Overtime;
                slot + if is_overtime { i128::from(certificate.mu[team]) } else { 0 }
            };
            let price = if instance.fixed.contains(visit) { 0 } else { visit.crew.teams().map(price).sum() };
            gain * scale + i128::from(certificate.nu[instance.venues[self.venue].area]) - price
        };
        path.iter().enumerate().map(of_one).sum()
    }
}
