//! A plan file, `jbplan-solution-1`: written by `plan solve`, read by `plan check`. What a judge does not need may be
//! missing when it is read.

use serde::{Deserialize, Serialize};

use crate::domain::planner::check::Claims;
use crate::domain::planner::fault::{Fault, FaultKind, Faults};
use crate::domain::planner::instance::Instance;
use crate::domain::planner::plan::{Certificate, Inclusion, LeftOut, Plan, Reason};
use crate::domain::planner::visit::{Crew, Visit};

/// The file as it is written, without the line `solver`.
#[derive(Debug, Serialize)]
pub struct PlanFile<'a> {
    format: &'static str,
    instance: &'a str,
    objective: i64,
    gain: i64,
    shortfall: u64,
    bound: i64,
    gap: f64,
    visits: Vec<VisitLine>,
    left_out: Vec<LeftOutLine>,
    floors_missed: Vec<FloorLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pins_missed: Option<&'a [usize]>,
    certificate: CertificateLine,
    solver: SolverLine,
}

/// How the plan was made: the only part that differs from run to run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SolverLine {
    pub seed: u64,
    pub steps: u64,
    pub passes: u64,
    pub moves: u64,
    pub cpu_seconds: f64,
    pub wall_seconds: f64,
    pub threads: usize,
    pub stopped_by: &'static str,
}

#[derive(Debug, Serialize, Deserialize)]
struct VisitLine {
    venue: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    team: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    teams: Option<Vec<usize>>,
    day: usize,
}

#[derive(Debug, Serialize)]
struct LeftOutLine {
    venue: usize,
    reason: &'static str,
    detail: Detail,
}

/// The detail of a reason: only the keys that it has.
#[derive(Debug, Default, Serialize)]
struct Detail {
    #[serde(skip_serializing_if = "Option::is_none")]
    last_visit: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    earliest: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    teams: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    visit: Option<VisitLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beaten_by: Option<Vec<VisitLine>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<i64>,
}

#[derive(Debug, Serialize)]
struct FloorLine {
    kecamatan: usize,
    wanted: u32,
    reached: u32,
    attainable: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct CertificateLine {
    scale: i64,
    #[serde(default)]
    claimed: i64,
    lambda: Vec<i64>,
    mu: Vec<i64>,
    nu: Vec<i64>,
}

impl<'a> PlanFile<'a> {
    pub fn new(instance: &Instance, plan: &'a Plan, solver: SolverLine) -> Self {
        let has_joint = instance.has_joint_visits();
        let line = |visit: &Visit| VisitLine::write(visit, has_joint);
        Self {
            format: "jbplan-solution-1",
            instance: &plan.instance,
            objective: plan.objective,
            gain: plan.gain,
            shortfall: plan.shortfall,
            bound: plan.bound,
            gap: plan.gap(),
            visits: plan.visits.iter().map(line).collect(),
            left_out: plan.left_out.iter().map(|venue| LeftOutLine::write(venue, has_joint)).collect(),
            floors_missed: plan
                .floors_missed
                .iter()
                .map(|missed| FloorLine {
                    kecamatan: missed.area,
                    wanted: missed.wanted,
                    reached: missed.reached,
                    attainable: missed.attainable,
                })
                .collect(),
            pins_missed: (!instance.pins.is_empty()).then_some(plan.pins_missed.as_slice()),
            certificate: CertificateLine::write(&plan.certificate),
            solver,
        }
    }
}

impl VisitLine {
    fn write(visit: &Visit, has_joint: bool) -> Self {
        let teams: Vec<usize> = visit.crew.teams().collect();
        let team = teams.first().copied().filter(|_| !has_joint);
        Self { venue: visit.venue, team, teams: has_joint.then_some(teams), day: visit.day }
    }

    fn read(&self, at: usize, faults: &mut Faults) -> Option<Visit> {
        let index = |team: usize| u16::try_from(team).unwrap_or(u16::MAX);
        let crew = match (self.team, self.teams.as_deref()) {
            (Some(team), None) | (None, Some(&[team])) => Some(Crew::one(index(team))),
            (None, Some(&[a, b])) => Crew::pair(index(a), index(b)),
            _ => None,
        };
        if crew.is_none() {
            faults.add(format!("visits[{at}].team"), FaultKind::NoCrew);
        }
        Some(Visit { venue: self.venue, day: self.day, crew: crew? })
    }
}

impl LeftOutLine {
    fn write(left_out: &LeftOut, has_joint: bool) -> Self {
        let line = |visit: &Visit| VisitLine::write(visit, has_joint);
        let detail = match &left_out.reason {
            Reason::Closed | Reason::Excluded => Detail::default(),
            Reason::TooSoon { last_visit, earliest } => {
                Detail { last_visit: Some(*last_visit), earliest: Some(*earliest), ..Detail::default() }
            }
            Reason::OutOfReach { teams } => Detail { teams: Some(*teams), ..Detail::default() },
            Reason::Beaten(Inclusion { visit, displaced, difference }) => Detail {
                visit: Some(line(visit)),
                beaten_by: Some(displaced.iter().map(line).collect()),
                difference: Some(*difference),
                ..Detail::default()
            },
        };
        Self { venue: left_out.venue, reason: left_out.reason.code(), detail }
    }
}

impl CertificateLine {
    fn write(certificate: &Certificate) -> Self {
        let Certificate { scale, claimed, lambda, mu, nu } = certificate.clone();
        Self { scale, claimed, lambda, mu, nu }
    }
}

/// A plan file as a judge reads it.
#[derive(Debug, Deserialize)]
pub struct ClaimsFile {
    objective: i64,
    gain: i64,
    shortfall: i64,
    bound: i64,
    visits: Vec<VisitLine>,
    certificate: CertificateLine,
}

impl ClaimsFile {
    /// What the file claims; a visit without a crew is a fault with its place.
    pub fn into_claims(self) -> Result<Claims, Vec<Fault>> {
        let mut faults = Faults::default();
        let visits = self.visits.iter().enumerate().filter_map(|(at, visit)| visit.read(at, &mut faults)).collect();
        let CertificateLine { scale, claimed, lambda, mu, nu } = self.certificate;
        let certificate = Certificate { scale, claimed, lambda, mu, nu };
        let Self { objective, gain, shortfall, bound, .. } = self;
        let claims = Claims { visits, objective, gain, shortfall, bound, certificate };
        if faults.is_empty() { Ok(claims) } else { Err(faults.into_vec()) }
    }
}
