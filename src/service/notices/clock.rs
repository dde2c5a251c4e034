//! Letters that the clock writes: the day before an event, and when a held event still has no result. Looked at several times
//! an hour by each office's own clock; a letter that was written is known by its key and not written again.

use chrono::{DateTime, Days, NaiveDate, TimeZone, Timelike, Utc};

use super::plan::{last_day, page_of, plan_of};
use crate::domain::event::{Event, EventKey, EventKind, EventState, Hours, Reporting};
use crate::domain::id::UserId;
use crate::domain::mail::{MailKind, MailTopic};
use crate::domain::office::Office;
use crate::domain::page::{Cut, LIMIT_MAX};
use crate::domain::permission::Plan;
use crate::domain::staff::{Role, Scope, User};
use crate::mail::payload::{EventLetter, ResultLetter};
use crate::service::calendars::invite::Inviter;
use crate::service::delivery::{Draft, Signer, enqueue, willing};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::events::{self, EventFilter};
use crate::store::queries::users;

/// When the team is reminded of tomorrow, by the office's clock: while people still plan their evening.
const REMINDER_HOURS: std::ops::Range<u32> = 15..21;

/// When missing results are asked for.
const NUDGE_HOURS: std::ops::Range<u32> = 8..18;

/// How many days after its end an event is still asked about: whoever starts to use letters is not asked about last year.
const NUDGE_DAYS: u64 = 14;

impl Services {
    /// Writes every letter that the clock asks for now, office by office; an office that fails does not hold up the others.
    ///
    /// # Errors
    /// The first failure, after all offices had their turn.
    pub async fn remind_staff(&self) -> Result<(), ServiceError> {
        let caller = Caller::system("reminders");
        let mut outcome = Ok(());
        for office in self.list_offices(&caller).await? {
            let hour = self.clock.now().with_timezone(&office.time_zone).hour();
            if !REMINDER_HOURS.contains(&hour) && !NUDGE_HOURS.contains(&hour) {
                continue;
            }
            let reminded = self.write_office(&caller, &office.code, move |desk: &mut Desk<'_, Plan>| {
                if REMINDER_HOURS.contains(&hour) {
                    remind_of_tomorrow(desk)?;
                }
                if NUDGE_HOURS.contains(&hour) { ask_for_results(desk) } else { Ok(()) }
            });
            outcome = outcome.and(reminded.await);
        }
        outcome
    }
}

/// The day before: everybody who is on duty tomorrow.
fn remind_of_tomorrow(desk: &mut Desk<'_, Plan>) -> Result<(), ServiceError> {
    let Some(tomorrow) = desk.today().checked_add_days(Days::new(1)) else { return Ok(()) };
    let states = vec![EventState::Confirmed, EventState::Ongoing];
    let filter = EventFilter { from: Some(tomorrow), to: Some(tomorrow), states, ..EventFilter::default() };
    let mut all = list(desk, &filter)?;
    all.retain(|event| event.days.contains_date(tomorrow));
    let people = Readers::load(desk, all.iter().flat_map(|event| event.officers.iter().copied()).collect())?;
    if people.0.is_empty() {
        return Ok(());
    }
    let inviter = Inviter::load(desk, &all)?;
    let mut drafts = Vec::new();
    for event in &all {
        for (reader, unsubscribe) in people.of(&event.officers) {
            let mut plan = plan_of(&inviter, event);
            plan.days.retain(|day| day.date == tomorrow);
            let payload = EventLetter {
                office: desk.office().name.to_string(),
                zone: desk.office().time_zone.name().to_owned(),
                reader: reader.details.name.to_string(),
                title: event.title.to_string(),
                plan,
                before: None,
                teams: inviter.teams_of(event),
                ending: None,
                reason: None,
                address: page_of(desk, event),
                calendar: Vec::new(),
                unsubscribe: Some(unsubscribe.clone()),
            };
            let about = format!("{}:{tomorrow}", event.id);
            let expires_at = begins(desk.office(), event, tomorrow);
            drafts.push(Draft { kind: MailKind::EventReminder, reader, about, payload, not_before: None, expires_at });
        }
    }
    let (office, now) = (desk.scope().office_id(), desk.now);
    enqueue(desk.connection, office, drafts, now).map(drop)
}

/// Held and unreported: the officers from the day after, the coordinators a day later.
fn ask_for_results(desk: &mut Desk<'_, Plan>) -> Result<(), ServiceError> {
    let today = desk.today();
    let filter = EventFilter {
        from: today.checked_sub_days(Days::new(NUDGE_DAYS)),
        ended_before: Some(today),
        states: vec![EventState::Confirmed, EventState::Ongoing, EventState::Done],
        reporting: Some(Reporting::Unreported),
        ..EventFilter::default()
    };
    let mut all = list(desk, &filter)?;
    // Nothing is counted at a briefing.
    all.retain(|event| event.kind != EventKind::Briefing);
    if all.is_empty() {
        return Ok(());
    }
    let officers = Readers::load(desk, all.iter().flat_map(|event| event.officers.iter().copied()).collect())?;
    let reach = Scope::region(desk.office().code.clone());
    let staff = users::list_all_users(desk.connection, &reach)?;
    let leading: Vec<UserId> =
        staff.iter().filter(|user| user.details.role == Role::Coordinator).map(|user| user.id).collect();
    let coordinators = Readers::load(desk, leading.clone())?;
    let inviter = Inviter::load(desk, &all)?;
    let mut drafts = Vec::new();
    for event in &all {
        let Some(last) = last_day(event) else { continue };
        let is_later = last.checked_add_days(Days::new(1)).is_some_and(|next| next < today);
        let asked = officers.of(&event.officers).map(|reader| (reader, true));
        let leading = if is_later { leading.as_slice() } else { &[] };
        let told = coordinators.of(leading).map(|reader| (reader, false));
        for ((reader, unsubscribe), is_officer) in asked.chain(told) {
            let payload = ResultLetter {
                office: desk.office().name.to_string(),
                reader: reader.details.name.to_string(),
                title: event.title.to_string(),
                place: inviter.place(event),
                last_day: last,
                teams: inviter.teams_of(event),
                is_officer,
                address: page_of(desk, event),
                unsubscribe: Some(unsubscribe.clone()),
            };
            let about = format!("{}:{last}", event.id);
            drafts.push(Draft {
                kind: MailKind::ResultReminder,
                reader,
                about,
                payload,
                not_before: None,
                expires_at: None,
            });
        }
    }
    let (office, now) = (desk.scope().office_id(), desk.now);
    enqueue(desk.connection, office, drafts, now).map(drop)
}

fn list(desk: &mut Desk<'_, Plan>, filter: &EventFilter) -> Result<Vec<Event>, ServiceError> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = events::list_events(desk.connection, desk.scope(), filter, &Cut::new(LIMIT_MAX, after))?;
        after = page.items.last().map(EventKey::of);
        all.extend(page.items);
        if !page.more {
            return Ok(all);
        }
    }
}

/// Those with an address who want reminders, each with the address that ends them.
struct Readers(Vec<(User, String)>);

impl Readers {
    fn load(desk: &mut Desk<'_, Plan>, mut ids: Vec<UserId>) -> Result<Self, ServiceError> {
        ids.sort_unstable();
        ids.dedup();
        let office = desk.scope().office_id();
        let mut people = users::list_users_by_id(desk.connection, &ids)?;
        people.retain(|user| user.details.email.is_some());
        let ids: Vec<UserId> = people.iter().map(|user| user.id).collect();
        let willing = willing(desk.connection, office, MailTopic::Reminders, &ids)?;
        people.retain(|user| willing.contains(&user.id));
        let mut readers = Vec::with_capacity(people.len());
        if people.is_empty() {
            return Ok(Self(readers));
        }
        let signer = Signer::load(desk.connection, office)?;
        for user in people {
            let address = signer.address(&desk.mail.site, user.id, MailTopic::Reminders)?;
            readers.push((user, address));
        }
        Ok(Self(readers))
    }

    fn of<'a>(&'a self, ids: &'a [UserId]) -> impl Iterator<Item = (&'a User, &'a String)> {
        self.0.iter().filter(|(user, _)| ids.contains(&user.id)).map(|(user, address)| (user, address))
    }
}

/// When a day of an event begins: from then on a reminder is pointless.
fn begins(office: &Office, event: &Event, date: NaiveDate) -> Option<DateTime<Utc>> {
    let Hours { starts, .. } = event.days.iter().find(|day| day.date() == date)?.hours();
    office.time_zone.from_local_datetime(&date.and_time(starts)).earliest().map(|at| at.to_utc())
}
