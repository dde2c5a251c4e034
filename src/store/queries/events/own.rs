//! The events of one officer: those he is named for, and those of his teams.

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::children::with_children;
use super::rows::EventRow;
use crate::domain::event::{Event, EventState};
use crate::domain::id::UserId;
use crate::domain::permission::OfficeScope;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::schema::{event_officers, event_teams, events, team_members};

/// His events with a day between these dates, drafts left out, by first day and id; at most `limit`.
pub fn list_own_events(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    user: UserId,
    (from, to): (NaiveDate, NaiveDate),
    limit: i64,
) -> Result<Vec<Event>, StoreError> {
    let office = scope.office_id();
    let named = event_officers::office_id
        .eq(office)
        .and(event_officers::event_id.eq(events::id))
        .and(event_officers::user_id.eq(user));
    let membership = team_members::office_id
        .eq(event_teams::office_id)
        .and(team_members::team_id.eq(event_teams::team_id))
        .and(team_members::user_id.eq(user));
    let of_team = event_teams::office_id.eq(office).and(event_teams::event_id.eq(events::id));
    let rows: Vec<EventRow> = events::table
        .filter(events::office_id.eq(office).and(events::last_day.ge(from)).and(events::first_day.le(to)))
        .filter(events::state.ne(EventState::Draft))
        .filter(
            exists(event_officers::table.filter(named))
                .or(exists(event_teams::table.inner_join(team_members::table.on(membership)).filter(of_team))),
        )
        .order((events::first_day, events::id))
        .limit(limit)
        .select(EventRow::as_select())
        .load(connection)?;
    with_children(connection, scope, rows)
}
