//! `/{office}/`: the day at an office. The page renews itself when anything has changed.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING};
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;

use super::events::unreported_list;
use super::{Shell, page};
use crate::domain::calendar::{Pasaran, Weekday};
use crate::domain::event::{Event, EventDay, EventKind, EventState};
use crate::domain::outcome::Outcome;
use crate::domain::staff::User;
use crate::pictures;
use crate::service::Services;
use crate::service::planning::{Overdue, TodayEvent, TodaySheet, WeekDay};
use crate::service::recording::Device;
use crate::web::error::WebError;
use crate::web::live::{Live, events};
use crate::wording::warnings::warning_message;
use crate::wording::{dates, numbers};

#[derive(Template)]
#[template(path = "today/today.html", config = "src/web/pages/askama.toml")]
struct TodayPage {
    shell: Shell,
    /// "10.42 WIB"
    read_at: String,
    sheet: TodaySheet,
    rows: Vec<Row>,
    /// "2 catatan menunggu keputusan"
    held_waiting: String,
    /// The list of every event that was not reported.
    all_unreported: String,
    todo: Vec<Todo>,
    week: WeekView,
    warnings: Vec<(String, String, Vec<String>)>,
    /// Phones that still keep entries: (officer, how many, when it last said so).
    phones: Vec<(String, String, String)>,
}

/// An event of today.
struct Row {
    place: String,
    name: String,
    /// Where and by whom.
    sub: String,
    state: &'static str,
    state_words: String,
    hours: String,
    activated: Option<String>,
    expected: Option<String>,
    meter: Option<String>,
    reached: String,
    last: Option<String>,
    /// More than half an hour without an entry from an event that is on.
    is_silent: bool,
}

/// One thing that somebody must do.
struct Todo {
    place: String,
    name: String,
    what: String,
    sub: String,
    /// Address and words of the button, for whoever can act on it.
    action: Option<(String, String)>,
}

struct WeekView {
    title: String,
    activated: String,
    of: String,
    /// None while there is nothing to draw.
    chart: Option<String>,
}

pub fn configure(config: &mut ServiceConfig) {
    config.service(show_today).service(stream);
}

#[get("/")]
async fn show_today(services: Data<Services>, shell: Shell) -> Result<HttpResponse, WebError> {
    let (caller, office) = (shell.caller()?, &shell.office()?.code);
    let sheet = services.find_today(caller, office).await?;
    let devices = if shell.may_plan() { services.list_devices(caller, office).await? } else { Vec::new() };
    page(StatusCode::OK, &shell.clone(), &view(shell, sheet, &devices))
}

/// Says whenever something has changed in the office.
#[get("/hari-ini/kabar")]
async fn stream(services: Data<Services>, live: Data<Live>, shell: Shell) -> Result<HttpResponse, WebError> {
    let marks = live.watch(&services, shell.caller()?, &shell.office()?.code).await?;
    // Compression would hold small messages back.
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header((CACHE_CONTROL, "no-store"))
        // nginx would gather what is small.
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events(marks)))
}

fn view(shell: Shell, sheet: TodaySheet, devices: &[Device]) -> TodayPage {
    TodayPage {
        read_at: dates::time_in_zone(shell.language, shell.local_time(shell.now), shell.zone()),
        rows: sheet.events.iter().map(|event| row(&shell, event)).collect(),
        held_waiting: shell.t1("held-waiting", "count", shell.count(sheet.held)),
        all_unreported: shell.place(&unreported_list()),
        todo: todo(&shell, &sheet),
        week: week(&shell, &sheet),
        warnings: warnings(&shell, &sheet),
        phones: devices.iter().filter(|device| device.report.waiting > 0).map(|device| phone(&shell, device)).collect(),
        shell,
        sheet,
    }
}

fn todo(shell: &Shell, sheet: &TodaySheet) -> Vec<Todo> {
    let silent = sheet.events.iter().filter(|today| is_over_and_silent(shell, today)).map(|today| silent(shell, today));
    let overdue = sheet.overdue.iter().map(|one| overdue(shell, one));
    silent.chain(overdue).chain(sheet.unconfirmed.iter().map(|event| unconfirmed(shell, event))).collect()
}

/// True for an outreach event whose hours of today are over and of which nothing has come in today.
fn is_over_and_silent(shell: &Shell, today: &TodayEvent) -> bool {
    let event = &today.event;
    let took_place = matches!(event.state, EventState::Confirmed | EventState::Ongoing | EventState::Done);
    let is_over = today.day.ends().is_some_and(|ends| ends < shell.local_time(shell.now));
    let nothing_came = today.last_received.is_none() && today.counts.is_empty();
    event.kind == EventKind::Outreach && took_place && is_over && nothing_came
}

fn event_place(shell: &Shell, event: &Event) -> String {
    shell.place(&format!("kegiatan/{}", event.id))
}

fn row(shell: &Shell, today: &TodayEvent) -> Row {
    let TodayEvent { event, venue, counts, .. } = today;
    let venue_name = venue.as_ref().map(|venue| venue.details.name.to_string());
    let name = venue_name.or_else(|| event.place.as_ref().map(ToString::to_string));
    let teams = today.teams.iter().map(|team| team.details.name.to_string()).collect::<Vec<_>>().join(", ");
    let officers = shell.t1("officers", "count", event.officers.len());
    let sub = today.region.iter().cloned().chain([teams, officers]).filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let has_counts = !counts.is_empty();
    let activated = counts.get(Outcome::Activated).max(0);
    let reached: i64 = counts.iter().filter(|(outcome, _)| outcome.is_reached()).map(|(_, n)| n.max(0)).sum();
    let expected = event.request.as_ref().and_then(|request| request.expected).filter(|expected| *expected > 0);
    let is_on = event.state == EventState::Ongoing;
    Row {
        place: event_place(shell, event),
        name: name.unwrap_or_else(|| event.title.to_string()),
        sub: sub.join(" · "),
        state: event.state.as_str(),
        state_words: shell.label("event-state", event.state.as_str()),
        hours: hours(shell, &today.day),
        activated: has_counts.then(|| shell.count(activated)),
        meter: expected
            .filter(|_| has_counts)
            .map(|expected| pictures::meter(drawn(activated), f64::from(expected), None)),
        expected: expected.map(|expected| shell.count(expected)),
        reached: shell.count(reached),
        is_silent: is_on && today.last_received.is_some_and(|at| (shell.now - at).num_minutes() > 30),
        last: today.last_received.map(|at| dates::time_in_zone(shell.language, shell.local_time(at), shell.zone())),
    }
}

fn hours(shell: &Shell, day: &EventDay) -> String {
    match (day.starts(), day.ends()) {
        (Some(starts), Some(ends)) => format!("{}–{}", shell.time(&starts), shell.time(&ends)),
        _ => day.slots().iter().map(|slot| shell.label("slot", slot.as_str())).collect::<Vec<_>>().join(", "),
    }
}

/// A count of people as a length; far below any limit of the conversion.
fn drawn(count: i64) -> f64 {
    f64::from(i32::try_from(count).unwrap_or(i32::MAX))
}

fn overdue(shell: &Shell, overdue: &Overdue) -> Todo {
    let event = &overdue.event;
    let last = event.days.dates().last().unwrap_or(shell.today());
    let teams = overdue.teams.iter().map(|team| team.details.name.to_string()).collect::<Vec<_>>().join(", ");
    let (title, date) = (event.title.to_string(), shell.date(&last));
    let place = event_place(shell, event);
    let action = reminder(shell, event, &overdue.officers, last);
    let sub = shell.t2("overdue-since", ("date", &date), ("teams", &teams));
    Todo { place, name: title, what: shell.t("overdue"), sub, action }
}

/// What a coordinator can do: ask an officer whose number is known, else open the event.
fn reminder(shell: &Shell, event: &Event, officers: &[User], day: NaiveDate) -> Option<(String, String)> {
    if !shell.may_plan() {
        return None;
    }
    let text = shell.t2("remind-text", ("event", event.title.as_str()), ("date", &shell.date(&day)));
    let phone = officers.iter().find_map(|user| user.details.phone.as_ref());
    Some(match phone {
        Some(phone) => (shell.whatsapp(phone.as_str(), &text), shell.t("remind-by-whatsapp")),
        None => (event_place(shell, event), shell.t("open-event")),
    })
}

/// An event of today that is over by the clock: nothing has been sent of it.
fn silent(shell: &Shell, today: &TodayEvent) -> Todo {
    let place = event_place(shell, &today.event);
    let teams = today.teams.iter().map(|team| team.details.name.to_string()).collect::<Vec<_>>().join(", ");
    Todo {
        name: today.event.title.to_string(),
        what: shell.t("over-and-silent"),
        sub: [hours(shell, &today.day), teams]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        action: reminder(shell, &today.event, &today.officers, shell.today()),
        place,
    }
}

fn unconfirmed(shell: &Shell, event: &Event) -> Todo {
    let place = event_place(shell, event);
    let first = event.days.dates().next().unwrap_or(shell.today());
    let state = shell.label("event-state", event.state.as_str());
    Todo {
        name: event.title.to_string(),
        what: shell.t1("not-confirmed", "state", state),
        sub: shell.full_date(&first),
        action: shell.may_plan().then(|| (place.clone(), shell.t("open-event"))),
        place,
    }
}

fn phone(shell: &Shell, device: &Device) -> (String, String, String) {
    let waiting = shell.t1("phone-keeps", "count", shell.count(device.report.waiting));
    (device.name.to_string(), waiting, shell.moment(&device.report.received_at))
}

fn warnings(shell: &Shell, sheet: &TodaySheet) -> Vec<(String, String, Vec<String>)> {
    let words = |(event, warnings): &(Event, Vec<crate::domain::event::warnings::Warning>)| {
        let texts = warnings.iter().map(|warning| warning_message(shell.language, warning)).collect();
        (event_place(shell, event), event.title.to_string(), texts)
    };
    sheet.warnings.iter().map(words).collect()
}

fn week(shell: &Shell, sheet: &TodaySheet) -> WeekView {
    let week = &sheet.week;
    let dates: Vec<_> = week.days.iter().map(|day| day.date).collect();
    let range = dates.first().zip(dates.last()).and_then(|(a, b)| crate::domain::dates::DateRange::new(*a, *b).ok());
    let period = range.map(|range| dates::period(shell.language, range)).unwrap_or_default();
    let args = [
        ("capacity", shell.count(week.capacity)),
        ("teamdays", shell.count(week.team_days)),
        ("missing", shell.count(week.unreported())),
    ];
    let of = if week.unreported() > 0 { "week-of-missing" } else { "week-of" };
    WeekView {
        title: shell.t1("week-title", "period", period),
        activated: shell.count(week.activated()),
        of: shell.tv(of, &args),
        chart: chart(shell, sheet),
    }
}

/// The days as bars; none while no day has a count and none lacks one.
fn chart(shell: &Shell, sheet: &TodaySheet) -> Option<String> {
    if sheet.week.days.iter().all(|day| day.activated == 0 && day.unreported == 0) {
        return None;
    }
    let bars: Vec<pictures::DayBar> = sheet.week.days.iter().map(|day| bar(shell, sheet, day)).collect();
    let told =
        bars.iter().map(|bar| format!("{} {} {}", bar.weekday, bar.day, bar.mark)).collect::<Vec<_>>().join(", ");
    Some(pictures::week_bars(&shell.t1("week-label", "days", told), &bars))
}

fn bar(shell: &Shell, sheet: &TodaySheet, day: &WeekDay) -> pictures::DayBar {
    let is_ahead = day.date > sheet.today;
    let mark = if is_ahead { String::new() } else { numbers::count(shell.language, day.activated) };
    pictures::DayBar {
        value: drawn(day.activated),
        mark,
        missing: (day.unreported > 0).then(|| "+ ?".to_owned()),
        weekday: shell.label("weekday-short", Weekday::of(day.date).as_str()),
        day: day.date.format("%-d").to_string(),
        market_day: shell.label("pasaran", Pasaran::of(day.date).as_str()),
        is_today: day.date == sheet.today,
    }
}
