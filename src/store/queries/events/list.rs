//! Lists of events, cut after a key.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::children::with_children;
use super::rows::EventRow;
use crate::domain::event::{Event, EventKey, EventKind, EventState, Reporting};
use crate::domain::id::{TeamId, UserId, VenueId};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::OfficeScope;
use crate::store::connection::{AnyConnection, MultiBackend};
use crate::store::error::StoreError;
use crate::store::queries::search::{like_pattern, lower};
use crate::store::schema::{event_officers, event_teams, events, venues};

/// What a list of events is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Events with a day on this date or later.
    pub from: Option<NaiveDate>,
    /// Events with a day on this date or earlier.
    pub to: Option<NaiveDate>,
    /// Events whose last day lies before this date.
    pub ended_before: Option<NaiveDate>,
    /// Any of these; empty: every state.
    pub states: Vec<EventState>,
    pub reporting: Option<Reporting>,
    pub kind: Option<EventKind>,
    pub venue: Option<VenueId>,
    pub team: Option<TeamId>,
    pub officer: Option<UserId>,
    /// In the title, or in the name of the venue.
    pub search: Option<String>,
}

/// One page of the office's events, by first day and id.
pub fn list_events(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    filter: &EventFilter,
    cut: &Cut<EventKey>,
) -> Result<Page<Event>, StoreError> {
    let rows: Vec<EventRow> = narrowed(scope, filter, cut).load(connection)?;
    let page = cut.page(rows);
    Ok(Page { items: with_children(connection, scope, page.items)?, more: page.more })
}

type Columns = diesel::dsl::AsSelect<EventRow, MultiBackend>;
type Narrowed = diesel::dsl::IntoBoxed<'static, diesel::dsl::Select<events::table, Columns>, MultiBackend>;

fn narrowed(scope: OfficeScope, filter: &EventFilter, cut: &Cut<EventKey>) -> Narrowed {
    let office = scope.office_id();
    let mut query = events::table
        .select(EventRow::as_select())
        .into_boxed::<MultiBackend>()
        .filter(events::office_id.eq(office))
        .order((events::first_day, events::id))
        .limit(cut.limit_plus_one());
    if let Some(EventKey { first_day, id }) = cut.after {
        // Written so that the first comparison is one range of the index.
        query =
            query.filter(events::first_day.ge(first_day).and(events::first_day.gt(first_day).or(events::id.gt(id))));
    }
    if let Some(date) = filter.ended_before {
        query = query.filter(events::last_day.lt(date));
    }
    if let Some(from) = filter.from {
        query = query.filter(events::last_day.ge(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(events::first_day.le(to));
    }
    if !filter.states.is_empty() {
        query = query.filter(events::state.eq_any(filter.states.clone()));
    }
    if let Some(reporting) = filter.reporting {
        query = query.filter(events::reporting.eq(reporting));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(events::kind.eq(kind));
    }
    if let Some(venue) = filter.venue {
        query = query.filter(events::venue_id.eq(venue));
    }
    if let Some(team) = filter.team {
        let of_team = event_teams::office_id.eq(office).and(event_teams::team_id.eq(team));
        query = query.filter(events::id.eq_any(event_teams::table.filter(of_team).select(event_teams::event_id)));
    }
    if let Some(officer) = filter.officer {
        let of_officer = event_officers::office_id.eq(office).and(event_officers::user_id.eq(officer));
        query =
            query.filter(events::id.eq_any(event_officers::table.filter(of_officer).select(event_officers::event_id)));
    }
    if let Some(search) = &filter.search {
        let pattern = like_pattern(search);
        let named = venues::office_id.eq(office).and(lower(venues::name).like(pattern.clone()).escape('\\'));
        let at_venue = venues::table.filter(named).select(venues::id.nullable());
        query = query.filter(
            lower(events::title).like(pattern).escape('\\').or(events::venue_id.eq_any(at_venue).assume_not_null()),
        );
    }
    query
}
