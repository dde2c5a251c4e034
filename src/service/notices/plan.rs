//! An event as letters tell it.

use chrono::NaiveDate;

use crate::domain::event::{Event, Hours};
use crate::domain::permission::Action;
use crate::mail::payload::{EventPlan, LetterDay};
use crate::service::calendars::invite::Inviter;
use crate::service::desk::Desk;

/// Where and when.
pub fn plan_of(inviter: &Inviter, event: &Event) -> EventPlan {
    let day = |day: &crate::domain::event::EventDay| {
        let Hours { starts, ends } = day.hours();
        LetterDay { date: day.date(), starts, ends }
    };
    EventPlan { place: inviter.place(event), days: event.days.iter().map(day).collect() }
}

/// The page of an event.
pub fn page_of<A: Action>(desk: &Desk<'_, A>, event: &Event) -> String {
    desk.mail.page(&format!("/{}/kegiatan/{}", desk.office().code, event.id))
}

/// The last day of an event.
pub fn last_day(event: &Event) -> Option<NaiveDate> {
    event.days.dates().max()
}
