//! The board itself, by week or by month.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::{Datelike, Days, NaiveDate};

use super::address::{Address, Span, monday_of};
use super::month::{Month, month};
use super::proposed::Proposed;
use super::week::{Week, week};
use crate::domain::event::{EventState, Reporting};
use crate::service::Services;
use crate::service::schedule::Board;
use crate::web::error::WebError;
use crate::web::pages::{Shell, page};
use crate::wording::dates;
use crate::wording::messages::capitalised;

#[derive(Template)]
#[template(path = "board/week.html", config = "src/web/pages/askama.toml")]
struct WeekPage {
    shell: Shell,
    frame: Frame,
    monday: NaiveDate,
    week: Week,
    proposed: Option<Proposed>,
}

#[derive(Template)]
#[template(path = "board/month.html", config = "src/web/pages/askama.toml")]
struct MonthPage {
    shell: Shell,
    frame: Frame,
    month: Month,
    proposed: Option<Proposed>,
}

/// What stands around week and month: where to go, what to narrow to, what is left out.
struct Frame {
    address: Address,
    /// "23–29 November 2026" or "November 2026".
    period: String,
    before: Option<String>,
    now: String,
    after: Option<String>,
    as_week: String,
    as_month: String,
    is_week: bool,
    cleared: String,
    districts: Vec<(String, String)>,
    states: Vec<(&'static str, String)>,
    /// What a card says that is done and not reported.
    unreported: String,
    teams: Vec<(String, String)>,
    /// Cancelled events that are not shown, and the address that shows them.
    cancelled: Option<(String, String)>,
    has_teams: bool,
    more: bool,
}

#[get("/papan")]
pub async fn show_board(
    services: Data<Services>,
    shell: Shell,
    address: Query<Address>,
) -> Result<HttpResponse, WebError> {
    let address = address.into_inner();
    let span = address.span(shell.today());
    let query = address.query(span)?;
    let board = services.show_board(shell.caller()?, &shell.office()?.code, query).await?;
    let frame = frame(&shell, &board, address, span)?;
    let proposed = Proposed::find(&services, &shell, &frame.address, span).await?;
    match span {
        Span::Week(monday) => {
            let week = week(&shell, &board, &frame.address, proposed.as_ref());
            page(StatusCode::OK, &shell.clone(), &WeekPage { shell, frame, monday, week, proposed })
        }
        Span::Month(first) => {
            let month = month(&shell, &board, &frame.address, first, proposed.as_ref());
            page(StatusCode::OK, &shell.clone(), &MonthPage { shell, frame, month, proposed })
        }
    }
}

fn frame(shell: &Shell, board: &Board, address: Address, span: Span) -> Result<Frame, WebError> {
    let today = shell.today();
    let month_of = |date: NaiveDate| date.format("%Y-%m").to_string();
    let (is_week, first) = match span {
        Span::Week(monday) => (true, monday),
        Span::Month(first) => (false, first),
    };
    // From a month the week of today if it lies there, else its first.
    let week_day = if !is_week && month_of(first) == month_of(today) { today } else { first };
    let first_of = |date: NaiveDate| date.with_day(1).unwrap_or(date);
    let now = if is_week { Span::Week(monday_of(today)) } else { Span::Month(first_of(today)) };
    let cancelled = (board.cancelled > 0).then(|| {
        let text = shell.t1("board-cancelled", "count", shell.count(board.cancelled));
        (text, address.in_state(span, EventState::Cancelled.as_str()))
    });
    Ok(Frame {
        period: if is_week { dates::period(shell.language, span.days()?) } else { dates::month(shell.language, first) },
        before: span.before().map(|span| address.at(span)),
        now: address.at(now),
        after: span.after().map(|span| address.at(span)),
        as_week: address.at(Span::Week(monday_of(week_day))),
        as_month: address.at(Span::Month(first_of(if is_week { thursday_of(first) } else { first }))),
        is_week,
        cleared: Address::cleared(span),
        districts: board.districts.iter().map(|d| (d.code.to_string(), d.name.clone())).collect(),
        states: EventState::ALL
            .iter()
            .map(|s| (s.as_str(), capitalised(&shell.label("event-state", s.as_str()))))
            .collect(),
        unreported: capitalised(&shell.label("reporting", Reporting::Unreported.as_str())),
        teams: board.all_teams.iter().map(|t| (t.code.to_string(), t.details.name.to_string())).collect(),
        cancelled,
        has_teams: !board.all_teams.is_empty() || !board.teams.is_empty(),
        more: board.more,
        address,
    })
}

/// A week belongs to the month of its Thursday.
fn thursday_of(monday: NaiveDate) -> NaiveDate {
    monday.checked_add_days(Days::new(3)).unwrap_or(monday)
}
