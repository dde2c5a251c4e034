//! From the rows of an office to what a digest of a day tells: the same number of statements, whatever the office holds.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use crate::domain::calendar::HolidayCalendar;
use crate::domain::dates::DateRange;
use crate::domain::digest::{
    Activity, BookedWeek, DigestOffice, DigestPeriod, DigestReport, EventLine, Exceptions, Obstacle, Shortlist,
    best_venues, fading_venues, week_after,
};
use crate::domain::event::{EventKind, EventState};
use crate::domain::id::EventId;
use crate::domain::outcome::{Counts, Outcome, OutcomeGroup};
use crate::domain::permission::Action;
use crate::domain::rule::Rule;
use crate::domain::tally::HoldReason;
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::store::queries::holidays::{Validity, list_holidays};
use crate::store::reports::{digest as rows, today};

use super::lines::Lines;
use super::standing::standing;

/// How far the means of venues look back, both ends counted, as the ranking does.
const RANKING_DAYS: u64 = 365;

/// A report is late from so many days after the event on.
const LATE_AFTER: i64 = 2;

/// So long before the letter's days an event can have ended whose report came within them.
const LATE_WITHIN: Days = Days::new(14);

/// Days before `on` whose holidays matter to a letter.
const HOLIDAYS_BACK: Days = Days::new(31);

/// A schedule compiles a letter on its own day or the day after.
const COMPILED_WITHIN: i64 = 1;

/// Compiles the digest of `on`: nothing of a later date is in any of its sums.
///
/// # Errors
/// [`Rule::OutOfRange`] on `on` for a date at either end of the calendar.
pub fn compile<A: Action>(
    desk: &mut Desk<'_, A>,
    period: DigestPeriod,
    on: NaiveDate,
) -> Result<DigestReport, ServiceError> {
    let out_of_range = |rule: Rule| ServiceError::invalid("on", rule);
    let calendar = calendar(desk, on)?;
    let days = period.days(on, &calendar).map_err(out_of_range)?;
    let week = week_after(on).map_err(out_of_range)?;
    let named = Named::find(desk, days, week, on)?;
    let lines = Lines::load(desk, &named.ids())?;
    let visits = rows::list_counted_visits(desk.connection, desk.scope(), back_from(on, RANKING_DAYS)?)?;
    let (activity, obstacles) = activity(desk, period, days, on)?;
    let office = desk.office();
    let office = DigestOffice {
        code: office.code.to_string(),
        name: office.name.to_string(),
        zone: office.time_zone.name().to_owned(),
    };
    Ok(DigestReport {
        office,
        period,
        on,
        days,
        compiled_on: compiled_on(desk.today(), on),
        exceptions: named.exceptions(&lines),
        standing: standing(desk, on)?,
        activity,
        best: best_venues(&visits),
        fading: Shortlist::of(fading_venues(&visits, on)),
        ahead: named.ahead(&lines, week),
        obstacles,
    })
}

/// The day of compiling, if it is later than a schedule's.
pub fn compiled_on(today: NaiveDate, on: NaiveDate) -> Option<NaiveDate> {
    Some(today).filter(|today| (*today - on).num_days() > COMPILED_WITHIN)
}

fn calendar<A: Action>(desk: &mut Desk<'_, A>, on: NaiveDate) -> Result<HolidayCalendar, ServiceError> {
    let first = on.checked_sub_days(HOLIDAYS_BACK).unwrap_or(on);
    let holidays = list_holidays(desk.connection, first, on, Validity::Now)?;
    Ok(HolidayCalendar::new(holidays, &desk.office().code))
}

fn back_from(on: NaiveDate, days: u64) -> Result<DateRange, ServiceError> {
    let first = on.checked_sub_days(Days::new(days.saturating_sub(1))).unwrap_or(on);
    DateRange::new(first, on).map_err(|rule| ServiceError::invalid("on", rule))
}

/// The events that a digest names, by list, before they have names.
struct Named {
    not_held: Vec<EventId>,
    unreported: Vec<EventId>,
    all_unreported: i64,
    late: Vec<(EventId, i64)>,
    waiting: Vec<(EventId, HoldReason, i64)>,
    booked: Vec<(EventId, NaiveDate)>,
}

impl Named {
    fn find<A: Action>(
        desk: &mut Desk<'_, A>,
        days: DateRange,
        week: DateRange,
        on: NaiveDate,
    ) -> Result<Self, ServiceError> {
        let scope = desk.scope();
        let limit = i64::try_from(Shortlist::<EventLine>::ROWS).unwrap_or(i64::MAX);
        Ok(Self {
            not_held: rows::list_not_held(desk.connection, scope, days)?,
            unreported: rows::list_unreported(desk.connection, scope, on, limit)?,
            all_unreported: today::count_unreported(desk.connection, scope, on)?,
            late: late(desk, days)?,
            waiting: rows::list_waiting(desk.connection, scope, on)?,
            booked: rows::list_booked_days(desk.connection, scope, week)?,
        })
    }

    fn ids(&self) -> Vec<EventId> {
        let late = self.late.iter().map(|(event, _)| *event);
        let waiting = self.waiting.iter().map(|(event, _, _)| *event);
        let booked = self.booked.iter().map(|(event, _)| *event);
        let lists = self.not_held.iter().chain(&self.unreported).copied();
        let ids: BTreeSet<EventId> = lists.chain(late).chain(waiting).chain(booked).collect();
        ids.into_iter().collect()
    }

    fn exceptions(&self, lines: &Lines) -> Exceptions {
        let line = |event: &EventId| lines.find(*event);
        let numbered = |event: EventId, number: i64| lines.find(event).map(|line| EventLine { number, ..line });
        let doubted: Vec<(EventId, i64)> = self
            .waiting
            .iter()
            .filter(|(_, reason, _)| *reason == HoldReason::Implausible)
            .map(|(event, _, n)| (*event, *n))
            .collect();
        let total = usize::try_from(self.all_unreported).unwrap_or(usize::MAX);
        Exceptions {
            not_held: Shortlist::of(self.not_held.iter().filter_map(line).collect()),
            unreported: Shortlist::counted(self.unreported.iter().filter_map(line).collect(), total),
            late: Shortlist::of(self.late.iter().filter_map(|(event, days)| numbered(*event, *days)).collect()),
            implausible: Shortlist::of(doubted.iter().filter_map(|(event, n)| numbered(*event, *n)).collect()),
            waiting: self.waiting.iter().map(|(_, _, n)| n).sum(),
            doubted: doubted.iter().map(|(_, n)| n).sum(),
        }
    }

    fn ahead(&self, lines: &Lines, days: DateRange) -> BookedWeek {
        let mut seen = BTreeSet::new();
        let events: Vec<EventLine> = self
            .booked
            .iter()
            .filter(|(event, _)| seen.insert(*event))
            .filter_map(|(event, _)| lines.find(*event))
            .collect();
        let is_open = |event: &&EventLine| matches!(event.state, EventState::Draft | EventState::Proposed);
        // Briefings take the time of a team and serve nobody.
        let serving = self.booked.iter().filter(|(event, _)| lines.kind(*event) != Some(EventKind::Briefing));
        let team_days: BTreeMap<_, i64> = serving
            .flat_map(|(event, date)| {
                lines.teams(*event).iter().map(|team| ((team.team, *date), team.capacity_per_day))
            })
            .collect();
        let teams: BTreeSet<_> =
            self.booked.iter().flat_map(|(event, _)| lines.teams(*event)).map(|t| t.team).collect();
        BookedWeek {
            days,
            teams: teams.len(),
            unconfirmed: events.iter().filter(is_open).count(),
            capacity: team_days.values().sum(),
            events: Shortlist::of(events),
        }
    }
}

/// Events whose first result came within `days`, two days or more after they were over, and how many days that were.
fn late<A: Action>(desk: &mut Desk<'_, A>, days: DateRange) -> Result<Vec<(EventId, i64)>, ServiceError> {
    let first = days.first().checked_sub_days(LATE_WITHIN).unwrap_or(days.first());
    let ended = DateRange::new(first, days.last()).map_err(|rule| ServiceError::invalid("on", rule))?;
    let received = rows::list_first_received(desk.connection, desk.scope(), ended)?;
    let office = desk.office();
    let late = received.into_iter().filter_map(|(event, last_day, at)| {
        let date = office.local_date(at);
        let waited = (date - last_day).num_days();
        (days.contains(date) && waited >= LATE_AFTER).then_some((event, waited))
    });
    Ok(late.collect())
}

/// What the field did in the days, what it did before, and what stood in its way.
fn activity<A: Action>(
    desk: &mut Desk<'_, A>,
    period: DigestPeriod,
    days: DateRange,
    on: NaiveDate,
) -> Result<(Activity, Shortlist<Obstacle>), ServiceError> {
    let before = period.days_before(on);
    let first = before.map_or(days.first(), |before| before.first().min(days.first()));
    let span = DateRange::new(first, on).map_err(|rule| ServiceError::invalid("on", rule))?;
    let counted = rows::list_counts(desk.connection, desk.scope(), span)?;
    let of = |range: DateRange| counted.iter().filter(move |(_, date, _, _)| range.contains(*date));
    let counts: Counts = of(days).map(|(_, _, outcome, n)| (*outcome, *n)).collect();
    let event_days: BTreeSet<_> = of(days).map(|(event, date, _, _)| (*event, *date)).collect();
    let activated_before = before.map(|before| {
        of(before).filter(|(_, _, outcome, _)| *outcome == Outcome::Activated).map(|(_, _, _, n)| *n).sum()
    });
    let activity = Activity {
        event_days: i64::try_from(event_days.len()).unwrap_or(i64::MAX),
        office_totals: rows::count_totals(desk.connection, desk.scope(), days)?,
        activated: counts.get(Outcome::Activated),
        reached: counts.reached(),
        activated_before,
        last_counted: rows::find_last_counted(desk.connection, desk.scope(), on)?,
    };
    Ok((activity, obstacles(&counts)))
}

/// Why people were not activated, the commonest first.
fn obstacles(counts: &Counts) -> Shortlist<Obstacle> {
    let reasons = counts.iter().filter(|(outcome, n)| outcome.group() != OutcomeGroup::Service && *n > 0);
    let mut reasons: Vec<Obstacle> = reasons.map(|(outcome, n)| Obstacle { outcome, n }).collect();
    reasons.sort_by_key(|obstacle| (std::cmp::Reverse(obstacle.n), obstacle.outcome));
    Shortlist::of(reasons)
}
