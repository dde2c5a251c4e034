//! When a venue can be visited: in words, and as four weeks of days.

use chrono::{Datelike, NaiveDate};

use crate::domain::calendar::{Pasaran, Weekday};
use crate::domain::dates::DateRange;
use crate::domain::event::EventState;
use crate::domain::opening::OpeningRule;
use crate::service::venue_sheets::VenueSheet;
use crate::web::pages::Shell;
use crate::wording::dates;

/// One day of the strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDay {
    /// "30", on the first of a month and of the strip "1 Jul".
    pub number: String,
    /// "7 Des": where the days are a list, each stands for itself.
    pub date: String,
    pub weekday: String,
    pub pasaran: String,
    /// booked, holiday, open; none if there is nothing to say.
    pub state: Option<&'static str>,
    pub words: String,
    /// The event that is booked, as (address, title).
    pub event: Option<(String, String)>,
    pub is_past: bool,
}

/// "Senin, Kamis, Legi, 05.00–09.00 WIB"; "setiap hari" without any rule.
pub fn in_words(shell: &Shell, rule: &OpeningRule) -> String {
    let parts = rule.parts();
    let weekdays = parts.weekdays.iter().map(|day| shell.label("weekday", day.as_str()));
    let pasaran = parts.pasaran.iter().map(|day| shell.label("pasaran", day.as_str()));
    let dates = parts.dates.iter().map(|date| shell.short_date(date));
    let mut words: Vec<String> = weekdays.chain(pasaran).chain(dates).collect();
    if words.is_empty() {
        words.push(shell.t("open-every-day"));
    }
    let hours = match (parts.opens, parts.closes) {
        (Some(opens), Some(closes)) => {
            Some(format!("{}–{} {}", shell.time(&opens), shell.time(&closes), shell.zone_name()))
        }
        (Some(opens), None) => Some(shell.t1("open-from", "time", shell.time(&opens))),
        (None, Some(closes)) => Some(shell.t1("open-until", "time", shell.time(&closes))),
        (None, None) => None,
    };
    words.extend(hours);
    words.join(", ")
}

/// The days on which it is closed whatever else is said.
pub fn closed_in_words(shell: &Shell, rule: &OpeningRule) -> Vec<String> {
    let period = |range: &DateRange| dates::period(shell.language, *range);
    rule.parts().blackouts.iter().filter(|range| range.last() >= shell.today()).map(period).collect()
}

/// The four weeks ahead, by week.
pub fn strip(shell: &Shell, sheet: &VenueSheet) -> Vec<Vec<OpenDay>> {
    let days: Vec<OpenDay> = sheet.ahead.iter().map(|date| open_day(shell, sheet, date)).collect();
    days.chunks(7).map(<[OpenDay]>::to_vec).collect()
}

fn open_day(shell: &Shell, sheet: &VenueSheet, date: NaiveDate) -> OpenDay {
    let (state, words, event) = what_is_on(shell, sheet, date);
    let begins = date.day() == 1 || date == sheet.ahead.first();
    let number = if begins { short_day(shell, date) } else { date.day().to_string() };
    OpenDay {
        number,
        date: short_day(shell, date),
        weekday: shell.label("weekday-short", Weekday::of(date).as_str()),
        pasaran: shell.label("pasaran", Pasaran::of(date).as_str()),
        state,
        words,
        event,
        is_past: date < shell.today(),
    }
}

/// "1 Jul": a short date without its year.
fn short_day(shell: &Shell, date: NaiveDate) -> String {
    shell.short_date(&date).rsplit_once(' ').map_or_else(String::new, |(day, _)| day.to_owned())
}

type OnADay = (Option<&'static str>, String, Option<(String, String)>);

fn what_is_on(shell: &Shell, sheet: &VenueSheet, date: NaiveDate) -> OnADay {
    let gone = [EventState::Cancelled, EventState::Postponed, EventState::NotHeld];
    let booked = sheet.visits.iter().find(|visit| visit.date == date && !gone.contains(&visit.state));
    if let Some(visit) = booked {
        let place = shell.place(&format!("kegiatan/{}", visit.event));
        return (Some("booked"), String::new(), Some((place, visit.title.to_string())));
    }
    let is_open = sheet.listed.venue.details.opening.is_open_on(date);
    let holiday = sheet.calendar.on(date).next().map(|holiday| holiday.name.to_string());
    match (is_open, holiday) {
        (true, Some(name)) => (Some("holiday"), name, None),
        (true, None) if date >= shell.today() => (Some("open"), shell.t("open-day"), None),
        _ => (None, String::new(), None),
    }
}
