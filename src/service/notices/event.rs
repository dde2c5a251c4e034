//! Letters to the team of an event when what they were told no longer holds. Who is on duty is what a confirmed event says;
//! drafts and proposals are nobody's business yet.

use std::collections::BTreeSet;

use super::plan::{last_day, page_of, plan_of};
use crate::domain::event::{Event, EventState};
use crate::domain::id::UserId;
use crate::domain::mail::MailKind;
use crate::domain::permission::Action;
use crate::domain::staff::User;
use crate::mail::payload::{Ending, EventLetter};
use crate::service::calendars::invite::{Invited, Inviter};
use crate::service::delivery::{Draft, enqueue};
use crate::service::desk::Desk;
use crate::service::error::ServiceError;
use crate::store::queries::users;

/// What one officer is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News {
    OnDuty,
    Moved,
    Off(Ending),
}

/// Tells the officers of an event that was just booked.
pub fn tell_new<A: Action>(desk: &mut Desk<'_, A>, event: &Event) -> Result<(), ServiceError> {
    tell(desk, None, event)
}

/// Tells the officers of an event what changed from `stored` to `changed`.
pub fn tell_team<A: Action>(desk: &mut Desk<'_, A>, stored: &Event, changed: &Event) -> Result<(), ServiceError> {
    tell(desk, Some(stored), changed)
}

fn tell<A: Action>(desk: &mut Desk<'_, A>, stored: Option<&Event>, changed: &Event) -> Result<(), ServiceError> {
    let news = news(stored, changed);
    let today = desk.today();
    let lies_ahead = |event: &Event| last_day(event).is_some_and(|last| last >= today);
    // What is over is no news, however late it is entered.
    if news.is_empty() || !(lies_ahead(changed) || stored.is_some_and(lies_ahead)) {
        return Ok(());
    }
    let ids: Vec<UserId> = news.iter().map(|(officer, _)| *officer).collect();
    let officers = users::list_users_by_id(desk.connection, &ids)?;
    if officers.iter().all(|officer| officer.details.email.is_none()) {
        return Ok(());
    }
    let told: Vec<Event> = stored.into_iter().chain([changed]).cloned().collect();
    let inviter = Inviter::load(desk, &told)?;
    let drafts = officers
        .iter()
        .filter(|officer| officer.details.email.is_some())
        .filter_map(|officer| {
            let (_, news) = news.iter().find(|(id, _)| *id == officer.id)?;
            Some(draft(desk, &inviter, stored, changed, officer, *news))
        })
        .collect();
    let (office, now) = (desk.scope().office_id(), desk.now);
    enqueue(desk.connection, office, drafts, now).map(drop)
}

/// Who is told what.
fn news(stored: Option<&Event>, changed: &Event) -> Vec<(UserId, News)> {
    // Reopening what was done is the office's own book-keeping.
    if stored.is_some_and(|stored| stored.state == EventState::Done) {
        return Vec::new();
    }
    let before = stored.map(on_duty).unwrap_or_default();
    let after = on_duty(changed);
    let moved = stored.is_some_and(|stored| has_moved(stored, changed));
    let ending = match changed.state {
        EventState::Cancelled => Some(Ending::Cancelled),
        EventState::Postponed => Some(Ending::Postponed),
        EventState::Confirmed | EventState::Ongoing => Some(Ending::Relieved),
        // Back to the drawing board is told when there is a new plan; the rest is over.
        _ => None,
    };
    let news = |officer: &UserId| match (before.contains(officer), after.contains(officer)) {
        (false, true) => Some(News::OnDuty),
        (true, true) if moved => Some(News::Moved),
        (true, false) => ending.map(News::Off),
        _ => None,
    };
    before.union(&after).filter_map(|officer| news(officer).map(|news| (*officer, news))).collect()
}

fn on_duty(event: &Event) -> BTreeSet<UserId> {
    match event.state {
        EventState::Confirmed | EventState::Ongoing => event.officers.iter().copied().collect(),
        _ => BTreeSet::new(),
    }
}

/// True if whoever goes by what he was told comes to the wrong place, or at the wrong time.
fn has_moved(stored: &Event, changed: &Event) -> bool {
    (&stored.days, stored.venue, &stored.place) != (&changed.days, changed.venue, &changed.place)
}

fn draft<'a, A: Action>(
    desk: &Desk<'_, A>,
    inviter: &Inviter,
    stored: Option<&Event>,
    changed: &Event,
    reader: &'a User,
    news: News,
) -> Draft<'a, EventLetter> {
    let invited = Invited { reader, organizer: desk.mail.mailer.sender(), site: &desk.mail.site };
    // Whoever is off is told of the plan that he knew.
    let known = stored.unwrap_or(changed);
    let (kind, told, calendar) = match news {
        News::OnDuty => (MailKind::EventConfirmed, changed, inviter.request(desk, changed, None, invited)),
        News::Moved => (MailKind::EventMoved, changed, inviter.request(desk, changed, stored, invited)),
        News::Off(_) => {
            (MailKind::EventCancelled, known, inviter.cancel(desk, known, (changed.version, changed.state), invited))
        }
    };
    let payload = EventLetter {
        office: desk.office().name.to_string(),
        zone: desk.office().time_zone.name().to_owned(),
        reader: reader.details.name.to_string(),
        title: changed.title.to_string(),
        plan: plan_of(inviter, told),
        before: if news == News::Moved { stored.map(|stored| plan_of(inviter, stored)) } else { None },
        teams: inviter.teams_of(told),
        ending: if let News::Off(ending) = news { Some(ending) } else { None },
        reason: match news {
            News::Off(Ending::Cancelled | Ending::Postponed) => changed.state_reason.as_ref().map(ToString::to_string),
            _ => None,
        },
        address: page_of(desk, changed),
        calendar,
        unsubscribe: None,
    };
    let about = format!("{}:{}", changed.id, changed.version);
    Draft { kind, reader, about, payload, not_before: None, expires_at: None }
}
