//! An event in a few lines of text: for a WhatsApp group, and for the contact person of the venue.

use super::hours::hours_of;
use crate::domain::event::EventDay;
use crate::domain::staff::User;
use crate::service::event_sheets::EventSheet;
use crate::web::pages::Shell;

/// A link that opens WhatsApp with the event as text; the reader chooses to whom it goes.
pub fn share_link(shell: &Shell, sheet: &EventSheet) -> String {
    shell.whatsapp("", &text(shell, sheet))
}

/// The text itself: what, when, where, who.
pub fn text(shell: &Shell, sheet: &EventSheet) -> String {
    let mut lines = vec![format!("*{}*", sheet.booked.event.title)];
    lines.extend(sheet.booked.event.days.iter().map(|day| day_line(shell, day)));
    lines.extend(sheet.place().map(|place| shell.t1("share-place", "place", place)));
    let teams = sheet.teams.iter().map(|team| team.details.name.to_string()).collect::<Vec<_>>();
    if !teams.is_empty() {
        lines.push(shell.t1("share-teams", "teams", teams.join(", ")));
    }
    let officers = sheet.officers.iter().map(|officer| officer.details.name.to_string()).collect::<Vec<_>>();
    if !officers.is_empty() {
        lines.push(shell.t1("share-officers", "officers", officers.join(", ")));
    }
    let units = sheet.units.iter().map(|unit| unit.name.to_string()).collect::<Vec<_>>();
    if !units.is_empty() {
        lines.push(shell.t1("share-units", "units", units.join(", ")));
    }
    lines.push(shell.t1("share-state", "state", shell.label("event-state", sheet.booked.event.state.as_str())));
    lines.join("\n")
}

/// A link to the contact person of the venue with a greeting and the days; none without a number.
pub fn contact_link(shell: &Shell, sheet: &EventSheet) -> Option<String> {
    let phone = sheet.venue.as_ref()?.details.contact.phone.as_ref()?;
    let days = sheet.booked.event.days.iter().map(|day| day_line(shell, day)).collect::<Vec<_>>().join("; ");
    let office = shell.office.as_ref().map(|office| office.name.to_string()).unwrap_or_default();
    let text = shell
        .tv("share-contact", &[("office", office), ("title", sheet.booked.event.title.to_string()), ("days", days)]);
    Some(shell.whatsapp(phone.as_str(), &text))
}

/// The officers whom no letter reaches but a phone does: name, and a link with the event as text.
pub fn untold(shell: &Shell, sheet: &EventSheet) -> Vec<(String, String)> {
    let without = sheet.officers.iter().filter(|officer| officer.details.email.is_none());
    let told = |officer: &User| {
        let (name, phone) = (officer.details.name.to_string(), officer.details.phone.as_ref()?);
        let greeting = shell.t1("event-tell-text", "name", &name);
        let words = format!("{greeting}\n{}", text(shell, sheet));
        Some((name, shell.whatsapp(phone.as_str(), &words)))
    };
    without.filter_map(told).collect()
}

fn day_line(shell: &Shell, day: &EventDay) -> String {
    let date = shell.full_date(&day.date());
    hours_of(shell, day).map_or_else(|| date.clone(), |hours| format!("{date}, {hours}"))
}
