//! One office under one policy for a year. Every week's plan is judged by the planner's own judge before anybody sets out.

use jemputbola::domain::planner::{Certificate, Claims, Instance, Visit, check, score::score};

use super::office::{Office, WEEKS};
use super::policy::Policy;
use super::simulated::place::World;

/// What a year brought.
#[derive(Debug, Clone)]
pub struct Season {
    /// Activations so far, after each week.
    pub by_week: Vec<f64>,
    /// Days on which a team was out.
    pub staff_days: u32,
}

impl Season {
    pub fn activations(&self) -> f64 {
        self.by_week.last().copied().unwrap_or_default()
    }
}

/// Lives through the year.
pub fn live(policy: &Policy, world: World, seed: u64) -> Season {
    let mut office = Office::new(world, seed);
    let mut season = Season { by_week: Vec::new(), staff_days: 0 };
    for week in 0..WEEKS {
        let (mut visits, brief) = policy.plan(&mut office, week);
        judge(&brief.instance, &visits);
        visits.sort_by_key(|visit| (visit.day, visit.venue));
        for visit in visits {
            season.staff_days += visit.crew.teams().count() as u32;
            office.visit(visit.venue, visit.crew, brief.date(visit.day));
        }
        season.by_week.push(office.activated());
    }
    season
}

/// Every rule of a plan: calendars, reach, open days, gaps, number of visits.
fn judge(instance: &Instance, visits: &[Visit]) {
    let mut visits = visits.to_vec();
    visits.sort_unstable();
    let score = score(instance, &visits);
    let free = Certificate {
        scale: 1,
        claimed: 0,
        lambda: vec![0; instance.days * instance.teams.len()],
        mu: vec![0; instance.teams.len()],
        nu: vec![0; instance.floors.len()],
    };
    let claims = Claims {
        objective: score.objective,
        gain: score.gain,
        shortfall: 0,
        // It claims nothing: what is judged are the visits.
        bound: i64::MAX,
        certificate: free,
        visits,
    };
    let verdict = check(instance, &claims);
    assert!(verdict.is_valid(), "{:?}", verdict.faults);
}
