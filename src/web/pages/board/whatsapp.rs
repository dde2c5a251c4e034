//! The week as a text that is ready for WhatsApp: to copy, or to open there.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde::Deserialize;

use super::address::Address;
use super::cards::{hours, place_of, team_names};
use crate::domain::calendar::Holiday;
use crate::domain::dates::DateRange;
use crate::domain::event::EventState;
use crate::domain::language::Language;
use crate::service::Services;
use crate::service::schedule::{Board, BoardDay, BoardEvent};
use crate::web::error::WebError;
use crate::web::pages::{Shell, page};
use crate::wording::dates;

#[derive(Template)]
#[template(path = "board/whatsapp.html", config = "src/web/pages/askama.toml")]
struct TextPage {
    shell: Shell,
    period: String,
    text: String,
    rows: usize,
    link: String,
    /// The two languages of the text: query, name, whether it is this one.
    languages: Vec<(String, String, bool)>,
    back: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pekan: String,
    /// The language of the text; Indonesian, as the office speaks, if nothing is said.
    bahasa: String,
}

#[get("/papan/wa")]
pub async fn show_text(services: Data<Services>, shell: Shell, asked: Query<Asked>) -> Result<HttpResponse, WebError> {
    let address = Address { pekan: asked.pekan.clone(), ..Address::default() };
    let span = address.span(shell.today());
    let query = address.query(span)?;
    let days = query.days;
    let board = services.show_board(shell.caller()?, &shell.office()?.code, query).await?;
    let language: Language = asked.bahasa.parse().unwrap_or_default();
    let text = text(&Shell { language, ..shell.clone() }, &board, days);
    let languages = Language::ALL.iter().map(|own| {
        let query = format!("{}&bahasa={own}", address.at(span));
        (query, shell.label("language", own.as_str()), *own == language)
    });
    let template = TextPage {
        period: dates::period(shell.language, days),
        rows: text.lines().count() + 1,
        link: shell.whatsapp("", &text),
        languages: languages.collect(),
        back: shell.place(&format!("papan?{}", address.at(span))),
        text,
        shell,
    };
    page(StatusCode::OK, &template.shell.clone(), &template)
}

/// The week, a paragraph for each day that has something.
fn text(shell: &Shell, board: &Board, days: DateRange) -> String {
    let period = dates::period(shell.language, days);
    let office = shell.office.as_ref().map(|office| office.name.to_string()).unwrap_or_default();
    let mut lines = vec![shell.t1("board-text-title", "period", period), office];
    let mut count = 0;
    for day in &board.days {
        let here: Vec<&BoardEvent> = board.events.iter().filter(|event| is_told(event, day)).collect();
        count += here.len();
        if !here.is_empty() || !day.holidays.is_empty() {
            lines.push(String::new());
            lines.extend(paragraph(shell, board, day, here));
        }
    }
    lines.push(String::new());
    lines.push(match count {
        0 => shell.t("board-text-none"),
        count => shell.t1("board-text-count", "count", shell.count(count)),
    });
    lines.join("\n")
}

/// What will not take place is not announced.
fn is_told(event: &BoardEvent, day: &BoardDay) -> bool {
    let event = &event.booked.event;
    event.state.holds_claims() && event.days.contains_date(day.date)
}

fn paragraph(shell: &Shell, board: &Board, day: &BoardDay, mut events: Vec<&BoardEvent>) -> Vec<String> {
    let start = |event: &BoardEvent| {
        let own = event.booked.event.days.iter().find(|own| own.date() == day.date);
        own.map(|own| (own.slots().first().copied(), own.starts()))
    };
    events.sort_by_cached_key(|event| (start(event), place_of(event)));
    let holiday = |holiday: &Holiday| format!("_{}_", holiday.name);
    let mut lines = vec![format!("*{}*", dates::date_with_pasaran(shell.language, day.date))];
    lines.extend(day.holidays.iter().map(holiday));
    lines.extend(events.into_iter().filter_map(|event| told(shell, board, day, event)));
    lines
}

/// "• 08.00–12.00 Balai Desa Kutabawa (Karangreja): Tim Slamet, Mobil 1".
fn told(shell: &Shell, board: &Board, day: &BoardDay, event: &BoardEvent) -> Option<String> {
    let own = event.booked.event.days.iter().find(|own| own.date() == day.date)?;
    let district = event.district.as_ref().map(|district| format!(" ({district})")).unwrap_or_default();
    let units = event.units.iter().map(ToString::to_string);
    let who: Vec<String> = team_names(board, event, None).into_iter().chain(units).collect();
    let who = if who.is_empty() { String::new() } else { format!(": {}", who.join(", ")) };
    let open = matches!(event.booked.event.state, EventState::Draft | EventState::Proposed);
    let open = if open { format!(" _{}_", shell.t("board-text-open")) } else { String::new() };
    Some(format!("• {} {}{district}{who}{open}", hours(shell, own), place_of(event)))
}
