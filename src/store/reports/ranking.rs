//! What the ranking of one office's venues is made of: sums per venue over ranked event-days, and what was left out by
//! reason. Three statements, whatever the number of venues; called by the ranking use case, which puts them in order.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Double, Nullable, Text};

use crate::domain::dates::DateRange;
use crate::domain::figure::FigureKind;
use crate::domain::id::VenueId;
use crate::domain::outcome::Outcome;
use crate::domain::permission::OfficeScope;
use crate::domain::ranking::{Exclusion, ExclusionReason, VenueDays};
use crate::domain::region::RegionCode;
use crate::domain::text::{Code, Name};
use crate::domain::venue::{Position, VenueKind};
use crate::store::columns::Uuid;
use crate::store::connection::{AnyConnection, MultiBackend};
use crate::store::error::StoreError;
use crate::store::reports::unsplit::list_unsplit_figures;
use crate::store::schema::venues;

/// Which event-days are ranked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankingFilter {
    pub service: Outcome,
    pub days: DateRange,
    pub kind: Option<VenueKind>,
    /// The region or anything inside it.
    pub region: Option<RegionCode>,
}

/// A venue as a ranking names it.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedVenue {
    pub id: VenueId,
    pub code: Code,
    pub name: Name,
    pub kind: VenueKind,
    pub region: RegionCode,
    pub position: Option<Position>,
}

/// The venues in use, by code; their sums in the same order, keyed by the place in it; and what was left out.
#[derive(Debug, Clone, PartialEq)]
pub struct RankingRows {
    pub venues: Vec<RankedVenue>,
    pub days: Vec<VenueDays<usize>>,
    pub excluded: Vec<Exclusion>,
}

/// The event-days of a venue (or of none yet) that share a class.
#[derive(QueryableByName)]
struct ClassRow {
    #[diesel(sql_type = Nullable<Uuid>)]
    venue: Option<VenueId>,
    /// `ranked`, or the code of a reason.
    #[diesel(sql_type = Text)]
    class: String,
    #[diesel(sql_type = BigInt)]
    event_days: i64,
    #[diesel(sql_type = BigInt)]
    team_days: i64,
    #[diesel(sql_type = BigInt)]
    activations: i64,
    #[diesel(sql_type = BigInt)]
    hours_activations: i64,
    #[diesel(sql_type = Double)]
    officer_hours: f64,
    #[diesel(sql_type = Date)]
    last_visit: NaiveDate,
}

/// Puts each event-day of the period into one class and sums the classes by venue. An event-day is ranked if it was
/// outreach, exact, and counted the service; a row in `event_day_counts` says that it did, be it 0. A count stands also
/// where nobody pressed "start": else results would be in no ranking and in no list of what was left out. So what was counted
/// before an event was cancelled or postponed is listed as not held. What was never to take place (bookings to come, the
/// uncounted days of cancelled and postponed events) is in no class. A day without any count of an event that took
/// place is unreported even if other days of it are not. A count below zero waits for entries on their way and is 0 until
/// then. $1 the service as a word of a list, $2 today, $3 the service, $4 the office, $5 and $6 the period (SQLite numbers
/// them by where they are first used).
const CLASSES: &str = "
SELECT g.venue, g.class, COUNT(*) AS event_days,
    CAST(SUM(g.teams) AS BIGINT) AS team_days,
    CAST(SUM(g.n) AS BIGINT) AS activations,
    CAST(SUM(CASE WHEN g.officer_hours IS NULL THEN 0 ELSE g.n END) AS BIGINT) AS hours_activations,
    CAST(COALESCE(SUM(g.officer_hours), 0) AS DOUBLE PRECISION) AS officer_hours,
    MAX(g.date) AS last_visit
FROM (
    SELECT e.venue_id AS venue, d.date, d.teams, d.officer_hours, CASE WHEN c.n > 0 THEN c.n ELSE 0 END AS n,
        CASE
            WHEN e.state = 'not_held' THEN
                CASE WHEN e.kind = 'outreach' AND (c.n IS NOT NULL OR (' ' || e.services || ' ') LIKE $1)
                    THEN 'not_held' END
            WHEN e.state IN ('cancelled', 'postponed') THEN
                CASE WHEN e.kind = 'outreach' AND c.n IS NOT NULL THEN 'not_held' END
            WHEN e.kind <> 'outreach' THEN
                CASE WHEN c.n IS NOT NULL OR (d.date <= $2 AND e.state IN ('ongoing', 'done'))
                    OR (d.date < $2 AND e.state = 'confirmed') THEN e.kind END
            WHEN c.n IS NOT NULL AND e.reporting <> 'unreported' THEN
                CASE d.precision WHEN 'exact' THEN 'ranked' ELSE 'approximate' END
            WHEN (' ' || e.services || ' ') LIKE $1
                AND (e.state = 'done' OR (d.date < $2 AND e.state IN ('confirmed', 'ongoing')))
                AND (e.reporting = 'unreported' OR NOT EXISTS (
                    SELECT 1 FROM event_day_counts x
                    WHERE x.office_id = d.office_id AND x.event_id = d.event_id AND x.date = d.date)
                ) THEN 'unreported'
        END AS class
    FROM event_days d
    JOIN events e ON e.office_id = d.office_id AND e.id = d.event_id
    LEFT JOIN event_day_counts c
        ON c.office_id = d.office_id AND c.event_id = d.event_id AND c.date = d.date AND c.outcome = $3
    WHERE d.office_id = $4 AND d.date >= $5 AND d.date <= $6
) g
WHERE g.class IS NOT NULL
GROUP BY g.venue, g.class";

/// Reads the rows of a ranking. `today` tells which bookings should have been reported by now.
pub fn read_ranking(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &RankingFilter,
    today: NaiveDate,
) -> Result<RankingRows, StoreError> {
    let places = load_venues(connection, scope, filter)?;
    let mut days: Vec<VenueDays<usize>> = (0..places.venues.len()).map(never_visited).collect();
    let mut left_out = LeftOut::default();
    for row in load_classes(connection, scope, filter, today)? {
        let place = match row.venue {
            Some(id) => places.by_id.get(&id).copied(),
            None => (filter.kind.is_none() && filter.region.is_none()).then_some(Place::None),
        };
        // A venue that the filter leaves out leaves its event-days out, too.
        let Some(place) = place else { continue };
        match (row.class.parse::<ExclusionReason>(), place) {
            (Ok(reason), _) => left_out.add(reason, &row),
            (Err(_), Place::Archived) => left_out.add(ExclusionReason::Archived, &row),
            (Err(_), Place::InUse(at)) => {
                if let Some(venue) = days.get_mut(at) {
                    *venue = ranked(at, &row)?;
                }
            }
            (Err(_), Place::None) => left_out.add(ExclusionReason::NoVenue, &row),
        }
    }
    add_totals(connection, scope, filter, &mut left_out)?;
    Ok(RankingRows { venues: places.venues, days, excluded: left_out.into_list() })
}

#[derive(Debug, Clone, Copy)]
enum Place {
    InUse(usize),
    Archived,
    /// An unplanned event that nobody has given a venue yet.
    None,
}

struct Places {
    venues: Vec<RankedVenue>,
    by_id: BTreeMap<VenueId, Place>,
}

fn load_venues(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &RankingFilter,
) -> Result<Places, StoreError> {
    type Row = (VenueId, Code, Name, VenueKind, RegionCode, Option<f64>, Option<f64>, bool);
    let mut query = venues::table
        .filter(venues::office_id.eq(scope.office_id()))
        .select((
            venues::id,
            venues::code,
            venues::name,
            venues::kind,
            venues::region_code,
            venues::latitude,
            venues::longitude,
            venues::archived_at.is_not_null(),
        ))
        .into_boxed::<MultiBackend>();
    if let Some(kind) = filter.kind {
        query = query.filter(venues::kind.eq(kind));
    }
    if let Some(region) = &filter.region {
        query = query.filter(venues::region_code.eq(region).or(venues::region_code.like(format!("{region}.%"))));
    }
    let mut rows: Vec<Row> = query.load(connection)?;
    // By the bytes of the code, which is how ties are broken: an engine may sort by the rules of a language.
    rows.sort_by(|a, b| a.1.cmp(&b.1));
    let mut places = Places { venues: Vec::with_capacity(rows.len()), by_id: BTreeMap::new() };
    for (id, code, name, kind, region, latitude, longitude, archived) in rows {
        let place = if archived { Place::Archived } else { Place::InUse(places.venues.len()) };
        places.by_id.insert(id, place);
        if !archived {
            let position = latitude.zip(longitude).map(|(latitude, longitude)| Position::new(latitude, longitude));
            let position = position.transpose().map_err(StoreError::broken)?;
            places.venues.push(RankedVenue { id, code, name, kind, region, position });
        }
    }
    Ok(places)
}

fn load_classes(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &RankingFilter,
    today: NaiveDate,
) -> Result<Vec<ClassRow>, StoreError> {
    let rows = diesel::sql_query(CLASSES)
        .bind::<Text, _>(format!("% {} %", filter.service))
        .bind::<Date, _>(today)
        .bind::<Text, _>(filter.service)
        .bind::<Uuid, _>(scope.office_id())
        .bind::<Date, _>(filter.days.first())
        .bind::<Date, _>(filter.days.last())
        .load(connection)?;
    Ok(rows)
}

/// Totals of outreach days that nobody has split into exact counts. They count activations only, and lie in no region
/// below the office; their count is the lowest that the figure stands for.
fn add_totals(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &RankingFilter,
    left_out: &mut LeftOut,
) -> Result<(), StoreError> {
    if filter.service != Outcome::Activated || filter.region.is_some() {
        return Ok(());
    }
    for figure in list_unsplit_figures(connection, scope, filter.days, filter.kind)? {
        let reason = match figure.kind() {
            FigureKind::Approximate => ExclusionReason::Approximate,
            FigureKind::Range => ExclusionReason::Range,
            FigureKind::Exact | FigureKind::Share => continue,
        };
        left_out.add_figure(reason, figure.low().unwrap_or_default());
    }
    Ok(())
}

fn never_visited(key: usize) -> VenueDays<usize> {
    VenueDays {
        key,
        event_days: 0,
        team_days: 0,
        activations: 0,
        hours_activations: 0,
        officer_hours: 0.0,
        last_visit: None,
    }
}

fn ranked(key: usize, row: &ClassRow) -> Result<VenueDays<usize>, StoreError> {
    let days = |count: i64| u32::try_from(count).map_err(StoreError::broken);
    Ok(VenueDays {
        key,
        event_days: days(row.event_days)?,
        team_days: days(row.team_days)?,
        activations: row.activations,
        hours_activations: row.hours_activations,
        officer_hours: row.officer_hours,
        last_visit: Some(row.last_visit),
    })
}

/// The sums of what was left out, by reason.
#[derive(Default)]
struct LeftOut {
    sums: BTreeMap<ExclusionReason, (i64, i64, BTreeSet<VenueId>)>,
}

impl LeftOut {
    fn add(&mut self, reason: ExclusionReason, row: &ClassRow) {
        let (event_days, activations, venues) = self.sums.entry(reason).or_default();
        *event_days += row.event_days;
        *activations += row.activations;
        venues.extend(row.venue);
    }

    fn add_figure(&mut self, reason: ExclusionReason, count: i64) {
        let (event_days, activations, _) = self.sums.entry(reason).or_default();
        *event_days += 1;
        *activations += count;
    }

    fn into_list(self) -> Vec<Exclusion> {
        let count = |venues: BTreeSet<VenueId>| i64::try_from(venues.len()).unwrap_or(i64::MAX);
        let exclusion = |(reason, (event_days, activations, venues))| Exclusion {
            reason,
            event_days,
            activations,
            venues: count(venues),
        };
        self.sums.into_iter().map(exclusion).collect()
    }
}
