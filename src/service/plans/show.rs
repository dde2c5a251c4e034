//! Proposals as they are shown: with the names of their venues and teams, where their computation stands, and what
//! moved against the proposal that they are based on.

use std::collections::{BTreeMap, BTreeSet};

use super::ask::load_plan;
use super::solve::SolveProgress;
use crate::domain::code::codes;
use crate::domain::id::{PlanId, TeamId, UnitId, VenueId};
use crate::domain::job::{JobState, JobStatus};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::{Action, Read};
use crate::domain::proposal::{KeptVisit, Moved, Omission, Outcome, PlanRecord, moved};
use crate::domain::region::RegionCode;
use crate::domain::team::{Team, Unit};
use crate::domain::venue::Venue;
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::service::planning::Names;
use crate::store::queries::regions::list_regions_by_code;
use crate::store::queries::units::list_units_by_id;
use crate::store::queries::{jobs, plans as store};

codes! {
    /// Where a proposal stands.
    pub enum PlanState {
        Queued = "queued",
        Computing = "computing",
        Ready = "ready",
        Failed = "failed",
        Cancelled = "cancelled",
    }
}

/// A proposal in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPlan {
    pub record: PlanRecord,
    pub state: PlanState,
    /// Visits that were accepted.
    pub accepted: i64,
}

/// A proposal with everything that its page shows.
#[derive(Debug, Clone)]
pub struct PlanSheet {
    pub record: PlanRecord,
    pub state: PlanState,
    /// While it is computed.
    pub progress: Option<SolveProgress>,
    pub visits: Vec<KeptVisit>,
    /// Venues and teams by id, archived or not.
    pub venues: BTreeMap<VenueId, Venue>,
    pub teams: BTreeMap<TeamId, Team>,
    /// Units that teams had to stay behind for.
    pub units: BTreeMap<UnitId, Unit>,
    /// Names of the kecamatan of all venues, by code.
    pub districts: BTreeMap<RegionCode, String>,
    pub base: Option<Comparison>,
}

/// What differs from the proposal before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub record: PlanRecord,
    /// Visits of the earlier one that are no more, and new ones; empty if it was made without keeping.
    pub gone: Vec<Moved>,
    pub new: Vec<Moved>,
}

impl ListedPlan {
    pub fn of(record: PlanRecord, job: Option<&JobStatus>, accepted: i64) -> Self {
        Self { state: state_of(record.outcome.is_some(), job.map(|job| job.state)), record, accepted }
    }
}

impl PlanSheet {
    pub fn outcome(&self) -> Option<&Outcome> {
        self.record.outcome.as_ref()
    }

    /// The name of a venue's kecamatan.
    pub fn district(&self, venue: VenueId) -> Option<&str> {
        let region = &self.venues.get(&venue)?.details.region;
        self.districts.iter().find(|(code, _)| code.contains(region)).map(|(_, name)| name.as_str())
    }

    /// Visits that can still be accepted.
    pub fn open(&self) -> impl Iterator<Item = &KeptVisit> {
        self.visits.iter().filter(|kept| kept.event.is_none() && kept.is_real())
    }
}

impl Services {
    /// One page of proposals, the newest first.
    pub async fn list_plans(
        &self,
        caller: &Caller,
        office: &RegionCode,
        cut: Cut<PlanId>,
    ) -> Result<Page<ListedPlan>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let page = store::list_plans(desk.connection, desk.scope(), &cut)?;
            let ids: Vec<_> = page.items.iter().map(|plan| plan.id).collect();
            let accepted = store::count_acceptances(desk.connection, desk.scope(), &ids)?;
            let ids: Vec<_> = page.items.iter().map(|plan| plan.job).collect();
            let jobs = jobs::list_jobs(desk.connection, desk.scope(), &ids)?;
            Ok(page.map(|record| {
                let job = jobs.iter().find(|job| job.id == record.job);
                let accepted = accepted.get(&record.id).copied().unwrap_or_default();
                ListedPlan::of(record, job, accepted)
            }))
        })
        .await
    }

    pub async fn find_plan(&self, caller: &Caller, office: &RegionCode, id: PlanId) -> Result<PlanSheet, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| load_sheet(desk, id)).await
    }
}

/// A proposal with its names, for a use case that has a desk.
pub fn load_sheet<A: Action>(desk: &mut Desk<'_, A>, id: PlanId) -> Result<PlanSheet, ServiceError> {
    let record = load_plan(desk, id)?;
    let visits = store::list_plan_visits(desk.connection, desk.scope(), id)?;
    let base = match record.based_on {
        None => None,
        Some(base) => compare(desk, base, &record, &visits)?,
    };
    let (venue_ids, team_ids) = named(&record, &visits, base.as_ref());
    let names = Names::load(desk, venue_ids, team_ids, BTreeSet::new(), BTreeSet::new())?;
    let job = jobs::find_job(desk.connection, desk.scope(), record.job)?;
    let state = state_of(record.outcome.is_some(), job.as_ref().map(|job| job.state));
    let progress = job.and_then(|job| job.progress).and_then(|text| serde_json::from_str(&text).ok());
    Ok(PlanSheet {
        state,
        progress: progress.filter(|_| state == PlanState::Computing),
        districts: districts_of(desk, &names, &record)?,
        venues: names.venues,
        teams: names.teams,
        units: scarce_units(desk, &record)?,
        visits,
        record,
        base,
    })
}

fn scarce_units<A: Action>(
    desk: &mut Desk<'_, A>,
    record: &PlanRecord,
) -> Result<BTreeMap<UnitId, Unit>, ServiceError> {
    let idle = record.outcome.iter().flat_map(|outcome| &outcome.idle);
    let ids: Vec<UnitId> = idle.filter_map(|idle| idle.unit).collect();
    let found = list_units_by_id(desk.connection, desk.scope(), &ids)?;
    Ok(found.into_iter().map(|unit| (unit.id, unit)).collect())
}

fn state_of(is_answered: bool, job: Option<JobState>) -> PlanState {
    match (is_answered, job) {
        (true, _) => PlanState::Ready,
        (false, Some(JobState::Queued)) => PlanState::Queued,
        // An answer is stored together with the end of its job: it came after the proposal was read, and before the job was.
        (false, Some(JobState::Leased | JobState::Done)) => PlanState::Computing,
        (false, Some(JobState::Cancelled)) => PlanState::Cancelled,
        // Also a job that is forgotten by now.
        (false, Some(JobState::Failed) | None) => PlanState::Failed,
    }
}

fn compare<A: Action>(
    desk: &mut Desk<'_, A>,
    base: PlanId,
    record: &PlanRecord,
    visits: &[KeptVisit],
) -> Result<Option<Comparison>, ServiceError> {
    let Some(earlier) = store::find_plan(desk.connection, desk.scope(), base)? else { return Ok(None) };
    if !record.keeps || record.outcome.is_none() {
        return Ok(Some(Comparison { record: earlier, gone: Vec::new(), new: Vec::new() }));
    }
    let before = store::list_plan_visits(desk.connection, desk.scope(), base)?;
    let before: Vec<_> = before.into_iter().filter(|kept| kept.event.is_none()).map(|kept| kept.visit).collect();
    let after: Vec<_> = visits.iter().map(|kept| kept.visit.clone()).collect();
    let (gone, new) = moved(&before, &after);
    Ok(Some(Comparison { record: earlier, gone, new }))
}

/// Every venue and team that the sheet names.
fn named(
    record: &PlanRecord,
    visits: &[KeptVisit],
    base: Option<&Comparison>,
) -> (BTreeSet<VenueId>, BTreeSet<TeamId>) {
    let mut venues: BTreeSet<VenueId> = visits.iter().map(|kept| kept.visit.venue).collect();
    let mut teams: BTreeSet<TeamId> =
        visits.iter().flat_map(|kept| kept.visit.teams.iter().flatten().copied()).collect();
    let mut moves: Vec<&Moved> = base.iter().flat_map(|base| base.gone.iter().chain(&base.new)).collect();
    for left in record.outcome.iter().flat_map(|outcome| &outcome.left_out) {
        if let Omission::Beaten(instead) = &left.reason {
            moves.extend(&instead.displaced);
            teams.extend(instead.teams.iter().flatten());
        }
        venues.insert(left.venue);
    }
    for moved in moves {
        venues.insert(moved.venue);
        teams.extend(moved.teams.iter().flatten());
    }
    for booked in record.outcome.iter().flat_map(|outcome| &outcome.booked) {
        venues.insert(booked.venue);
    }
    (venues, teams)
}

fn districts_of<A: Action>(
    desk: &mut Desk<'_, A>,
    names: &Names,
    record: &PlanRecord,
) -> Result<BTreeMap<RegionCode, String>, ServiceError> {
    let mut codes: BTreeSet<RegionCode> = BTreeSet::new();
    for venue in names.venues.values() {
        codes.insert(venue.details.region.clone());
        codes.extend(venue.details.region.parent());
    }
    codes.extend(
        record.outcome.iter().flat_map(|outcome| outcome.missed_floors.iter().map(|floor| floor.district.clone())),
    );
    codes.retain(|code| code.level() == crate::domain::region::RegionLevel::District);
    let found = list_regions_by_code(desk.connection, &Vec::from_iter(codes))?;
    Ok(found.into_iter().map(|region| (region.code, region.name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_that_was_read_just_before_its_answer_is_not_called_failed() {
        assert_eq!(state_of(false, Some(JobState::Done)), PlanState::Computing);
        assert_eq!(state_of(false, Some(JobState::Failed)), PlanState::Failed);
        assert_eq!(state_of(false, None), PlanState::Failed);
        assert_eq!(state_of(true, None), PlanState::Ready);
    }
}
