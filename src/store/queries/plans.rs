//! Schedule proposals with their visits and what became of them.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::domain::id::{EventId, JobId, OfficeId, PlanId, TeamId, UserId, VenueId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::domain::proposal::{KeptVisit, Outcome, PlanRecord, ProposedVisit};
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, MultiBackend, each};
use crate::store::error::StoreError;
use crate::store::schema::{plan_acceptances, plan_visits, plans};

#[derive(Queryable, Selectable)]
#[diesel(table_name = plans)]
struct PlanRow {
    id: PlanId,
    job_id: JobId,
    based_on: Option<PlanId>,
    keeps: bool,
    request: String,
    outcome: Option<String>,
    created_at: At,
    dismissed_at: Option<At>,
}

#[derive(Insertable)]
#[diesel(table_name = plan_visits, treat_none_as_default_value = false)]
struct VisitRow {
    office_id: OfficeId,
    plan_id: PlanId,
    n: i64,
    venue_id: VenueId,
    date: NaiveDate,
    teams: String,
    officers: String,
    gain: i64,
    why: String,
}

/// In the place of a team that is only supposed.
const SUPPOSED: &str = "-";

pub fn insert_plan(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    plan: &PlanRecord,
    by: Option<UserId>,
) -> Result<(), StoreError> {
    let request = serde_json::to_string(&plan.request).map_err(StoreError::broken)?;
    let row = (
        plans::office_id.eq(scope.office_id()),
        plans::id.eq(plan.id),
        plans::job_id.eq(plan.job),
        plans::based_on.eq(plan.based_on),
        plans::keeps.eq(plan.keeps),
        plans::first_day.eq(plan.request.days.first()),
        plans::last_day.eq(plan.request.days.last()),
        plans::request.eq(request),
        plans::created_at.eq(At(plan.created_at)),
        plans::created_by.eq(by),
    );
    diesel::insert_into(plans::table).values(row).execute(connection)?;
    Ok(())
}

pub fn find_plan(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: PlanId,
) -> Result<Option<PlanRecord>, StoreError> {
    let row: Option<PlanRow> = plans::table
        .filter(plans::office_id.eq(scope.office_id()).and(plans::id.eq(id)))
        .select(PlanRow::as_select())
        .first(connection)
        .optional()?;
    row.map(record).transpose()
}

/// One page of the proposals that are not dismissed, the newest first.
pub fn list_plans(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    cut: &Cut<PlanId>,
) -> Result<Page<PlanRecord>, StoreError> {
    let mut query = plans::table
        .filter(plans::office_id.eq(scope.office_id()).and(plans::dismissed_at.is_null()))
        .order(plans::id.desc())
        .limit(cut.limit_plus_one())
        .select(PlanRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(before) = cut.after {
        query = query.filter(plans::id.lt(before));
    }
    let rows: Vec<PlanRow> = query.load(connection)?;
    Ok(cut.page(rows.into_iter().map(record).collect::<Result<_, _>>()?))
}

/// Stores the planner's answer; false if there is one already.
pub fn answer_plan(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: PlanId,
    visits: &[ProposedVisit],
    outcome: &Outcome,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = serde_json::to_string(outcome).map_err(StoreError::broken)?;
    let open = plans::office_id.eq(scope.office_id()).and(plans::id.eq(id)).and(plans::outcome.is_null());
    let answered = diesel::update(plans::table.filter(open))
        .set((plans::outcome.eq(outcome), plans::computed_at.eq(At(now))))
        .execute(connection)?;
    if answered == 0 {
        return Ok(false);
    }
    let rows: Vec<VisitRow> = (0..).zip(visits).map(|(n, visit)| visit_row(scope, id, n, visit)).collect();
    for chunk in rows.chunks(super::ROWS_PER_INSERT) {
        each!(connection, |c| diesel::insert_into(plan_visits::table).values(chunk).execute(c))?;
    }
    Ok(true)
}

/// The visits of a proposal by number.
pub fn list_plan_visits(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    plan: PlanId,
) -> Result<Vec<KeptVisit>, StoreError> {
    type Row = (i64, VenueId, NaiveDate, String, String, i64, String, Option<EventId>);
    let same = plan_acceptances::office_id
        .eq(plan_visits::office_id)
        .and(plan_acceptances::plan_id.eq(plan_visits::plan_id))
        .and(plan_acceptances::n.eq(plan_visits::n));
    let rows: Vec<Row> = plan_visits::table
        .left_join(plan_acceptances::table.on(same))
        .filter(plan_visits::office_id.eq(scope.office_id()).and(plan_visits::plan_id.eq(plan)))
        .order(plan_visits::n)
        .select((
            plan_visits::n,
            plan_visits::venue_id,
            plan_visits::date,
            plan_visits::teams,
            plan_visits::officers,
            plan_visits::gain,
            plan_visits::why,
            plan_acceptances::event_id.nullable(),
        ))
        .load(connection)?;
    let kept = |(n, venue, date, teams, officers, gain, why, event): Row| {
        let teams = teams.split_whitespace().map(read_team).collect::<Result<Vec<Option<TeamId>>, _>>()?;
        let visit = ProposedVisit { venue, date, teams, officers: words(&officers)?, gain, why: words(&why)? };
        Ok(KeptVisit { n, visit, event })
    };
    rows.into_iter().map(kept).collect()
}

/// How many visits of each of these proposals were accepted; those without one are missing.
pub fn count_acceptances(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    plans: &[PlanId],
) -> Result<BTreeMap<PlanId, i64>, StoreError> {
    let rows: Vec<(PlanId, i64)> = plan_acceptances::table
        .filter(plan_acceptances::office_id.eq(scope.office_id()).and(plan_acceptances::plan_id.eq_any(plans)))
        .group_by(plan_acceptances::plan_id)
        .select((plan_acceptances::plan_id, count_star()))
        .load(connection)?;
    Ok(rows.into_iter().collect())
}

/// Remembers which drafts accepted visits became; [`StoreError::Taken`] if one of them was accepted before.
pub fn insert_acceptances(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    plan: PlanId,
    accepted: &[(i64, EventId)],
) -> Result<(), StoreError> {
    for chunk in accepted.chunks(super::ROWS_PER_INSERT) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|(n, event)| {
                (
                    plan_acceptances::office_id.eq(scope.office_id()),
                    plan_acceptances::plan_id.eq(plan),
                    plan_acceptances::n.eq(*n),
                    plan_acceptances::event_id.eq(*event),
                )
            })
            .collect();
        each!(connection, |c| diesel::insert_into(plan_acceptances::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Takes a proposal off the list; false if it was taken off before.
pub fn dismiss_plan(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    id: PlanId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let listed = plans::office_id.eq(scope.office_id()).and(plans::id.eq(id)).and(plans::dismissed_at.is_null());
    let set = plans::dismissed_at.eq(At(now));
    Ok(diesel::update(plans::table.filter(listed)).set(set).execute(connection)? == 1)
}

fn record(row: PlanRow) -> Result<PlanRecord, StoreError> {
    let outcome = row.outcome.map(|text| serde_json::from_str(&text)).transpose().map_err(StoreError::broken)?;
    Ok(PlanRecord {
        id: row.id,
        job: row.job_id,
        request: serde_json::from_str(&row.request).map_err(StoreError::broken)?,
        based_on: row.based_on,
        keeps: row.keeps,
        created_at: row.created_at.0,
        dismissed_at: row.dismissed_at.map(|at| at.0),
        outcome,
    })
}

fn visit_row(scope: OfficeScope, plan: PlanId, n: i64, visit: &ProposedVisit) -> VisitRow {
    let team = |team: &Option<TeamId>| team.map_or_else(|| SUPPOSED.to_owned(), |id| id.to_string());
    VisitRow {
        office_id: scope.office_id(),
        plan_id: plan,
        n,
        venue_id: visit.venue,
        date: visit.date,
        teams: visit.teams.iter().map(team).collect::<Vec<_>>().join(" "),
        officers: visit.officers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        gain: visit.gain,
        why: visit.why.iter().map(|why| why.as_str()).collect::<Vec<_>>().join(" "),
    }
}

fn read_team(word: &str) -> Result<Option<TeamId>, StoreError> {
    if word == SUPPOSED { Ok(None) } else { word.parse().map(Some).map_err(StoreError::broken) }
}

fn words<T: FromStr<Err = crate::domain::rule::Rule>>(column: &str) -> Result<Vec<T>, StoreError> {
    column.split_whitespace().map(|word| word.parse().map_err(StoreError::broken)).collect()
}
