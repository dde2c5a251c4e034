//! A week as a table of teams and days, and as a list of days for narrow screens.

use chrono::NaiveDate;

use super::address::{Address, Span};
use super::cards::{Card, card, needs_attention};
use super::proposed::{Proposed, ProposedCard};
use crate::domain::calendar::{Holiday, HolidayKind, Pasaran, Weekday};
use crate::domain::event::EventState;
use crate::domain::team::Team;
use crate::domain::text::Name;
use crate::pictures;
use crate::service::schedule::{Board, BoardDay, BoardEvent};
use crate::web::pages::Shell;
use crate::wording::dates;

/// The whole week.
#[derive(Debug, Clone)]
pub struct Week {
    pub heads: Vec<DayHead>,
    pub rows: Vec<Row>,
    pub days: Vec<DayList>,
    pub summary: String,
    pub warned: Option<String>,
    pub events: usize,
}

impl Week {
    /// True if there is nothing to be seen, neither booked nor proposed.
    pub fn is_empty(&self) -> bool {
        self.events == 0 && self.days.iter().all(|day| day.proposed.is_empty())
    }
}

/// The head of a day.
#[derive(Debug, Clone)]
pub struct DayHead {
    pub date: NaiveDate,
    /// "Sen 23 Nov".
    pub name: String,
    pub pasaran: String,
    pub ticks: String,
    pub off: bool,
    /// A Saturday or Sunday without events: shown narrow.
    pub weekend: bool,
    pub today: bool,
    pub holidays: Vec<String>,
}

/// A team's row, or that of events without one.
#[derive(Debug, Clone)]
pub struct Row {
    pub code: String,
    pub name: String,
    pub about: String,
    pub meter: String,
    pub used: String,
    pub cells: Vec<Cell>,
}

/// A day of a row, or several for one event that lasts so long.
#[derive(Debug, Clone)]
pub struct Cell {
    pub date: NaiveDate,
    pub span: usize,
    pub off: bool,
    pub cards: Vec<Card>,
    pub proposed: Vec<ProposedCard>,
    pub absent: Option<String>,
    /// Where an event is added, and what that link is called aloud.
    pub add: Option<(String, String)>,
}

/// A day with its events in the order of the clock.
#[derive(Debug, Clone)]
pub struct DayList {
    pub head: DayHead,
    pub title: String,
    pub cards: Vec<Card>,
    pub proposed: Vec<ProposedCard>,
    pub add: Option<(String, String)>,
}

/// Consecutive days of one event within the week, as places of the week.
struct Run<'a> {
    event: &'a BoardEvent,
    first: usize,
    last: usize,
}

pub fn week(shell: &Shell, board: &Board, address: &Address, proposed: Option<&Proposed>) -> Week {
    let mut heads: Vec<DayHead> = board.days.iter().map(|day| head(shell, day)).collect();
    for head in &mut heads {
        // A narrow column has no room for cards.
        head.weekend &= board.events.iter().all(|event| !event.booked.event.days.contains_date(head.date))
            && proposed.is_none_or(|proposed| proposed.on(head.date).is_empty());
    }
    let rows = rows(shell, board, proposed);
    let days = board.days.iter().zip(&heads).map(|(day, head)| day_list(shell, board, day, head, proposed)).collect();
    let warned = board.events.iter().filter(|event| needs_attention(event)).count();
    Week {
        summary: summary(shell, board, address),
        warned: (warned > 0).then(|| shell.t1("board-warned", "count", shell.count(warned))),
        events: board.events.len(),
        heads,
        rows,
        days,
    }
}

pub fn head(shell: &Shell, day: &BoardDay) -> DayHead {
    let holiday = |holiday: &Holiday| {
        let id = match holiday.kind {
            HolidayKind::PublicHoliday => "board-holiday",
            HolidayKind::JointLeave => "board-joint-leave",
        };
        shell.t1(id, "name", &holiday.name)
    };
    DayHead {
        date: day.date,
        name: dates::column_date(shell.language, day.date),
        pasaran: shell.label("pasaran", Pasaran::of(day.date).as_str()),
        ticks: pictures::pasaran_ticks(Pasaran::of(day.date)),
        off: !day.working,
        weekend: !Weekday::of(day.date).is_office_day(),
        today: day.date == shell.today(),
        holidays: day.holidays.iter().map(holiday).collect(),
    }
}

fn rows(shell: &Shell, board: &Board, proposed: Option<&Proposed>) -> Vec<Row> {
    let mut rows: Vec<Row> = board.teams.iter().map(|team| team_row(shell, board, team, proposed)).collect();
    let plain = |event: &&BoardEvent| event.booked.event.teams.is_empty() && !event.booked.event.unplanned;
    let without: Vec<&BoardEvent> = board.events.iter().filter(plain).collect();
    let unplanned: Vec<&BoardEvent> = board.events.iter().filter(|event| event.booked.event.unplanned).collect();
    rows.extend(loose_row(shell, board, "board-no-team", &without));
    rows.extend(loose_row(shell, board, "board-unplanned", &unplanned));
    rows
}

fn team_row(shell: &Shell, board: &Board, team: &Team, proposed: Option<&Proposed>) -> Row {
    let of_team = |event: &&BoardEvent| event.booked.event.teams.contains(&team.id) && !event.booked.event.unplanned;
    let events: Vec<&BoardEvent> = board.events.iter().filter(of_team).collect();
    let (used, extra) = used_days(board, team);
    let working = working_days(board);
    let used_text = shell.t2("board-used", ("used", &shell.count(used)), ("working", &shell.count(working)));
    let extra = (extra > 0).then(|| shell.t1("board-used-off", "count", shell.count(extra)));
    let (operators, capacity) = (team.details.operators, team.details.capacity_per_day);
    Row {
        code: team.code.to_string(),
        name: team.details.name.to_string(),
        about: shell.t2("board-team", ("operators", &shell.count(operators)), ("capacity", &shell.count(capacity))),
        meter: pictures::meter(length(used), length(working), None),
        used: std::iter::once(used_text).chain(extra).collect::<Vec<_>>().join(", "),
        cells: cells(shell, board, Some(team), &events, proposed),
    }
}

fn loose_row(shell: &Shell, board: &Board, id: &str, events: &[&BoardEvent]) -> Option<Row> {
    (!events.is_empty()).then(|| Row {
        code: String::new(),
        name: shell.t(id),
        about: shell.t(&format!("{id}-about")),
        meter: String::new(),
        used: String::new(),
        cells: cells(shell, board, None, events, None),
    })
}

fn cells(
    shell: &Shell,
    board: &Board,
    team: Option<&Team>,
    events: &[&BoardEvent],
    proposed: Option<&Proposed>,
) -> Vec<Cell> {
    let runs: Vec<Run<'_>> = events.iter().flat_map(|event| runs_of(board, event)).collect();
    let (mut cells, mut place) = (Vec::with_capacity(board.days.len()), 0);
    while let Some(day) = board.days.get(place) {
        let span = joint_days(&runs, place);
        let dates: Vec<NaiveDate> = board.days.iter().skip(place).take(span).map(|day| day.date).collect();
        let here = runs.iter().filter(|run| run.first <= place && place <= run.last);
        let mut cards: Vec<Card> = here.filter_map(|run| card(shell, board, run.event, team, &dates)).collect();
        cards.sort_by(|a, b| (&a.hours, &a.place).cmp(&(&b.hours, &b.place)));
        let add = team.filter(|team| shell.may_plan() && !team.archived).map(|team| {
            let when = dates::day_of_year(shell.language, day.date);
            let name = shell.t2("board-add-to", ("team", team.details.name.as_str()), ("day", &when));
            (format!("{}?tanggal={}&tim={}", shell.place("kegiatan/baru"), day.date, team.code), name)
        });
        let last = dates.last().copied().unwrap_or(day.date);
        let proposed = team.zip(proposed).map(|(team, all)| all.of_team(team.id, day.date, last)).unwrap_or_default();
        cells.push(Cell {
            date: day.date,
            span,
            off: span == 1 && !day.working,
            add: add.filter(|_| cards.is_empty() && proposed.is_empty()),
            proposed,
            absent: team.and_then(|team| absent(shell, board, team, day.date)),
            cards,
        });
        place += span;
    }
    cells
}

/// How many days from this place on are one cell: all that is there are events of exactly these days.
fn joint_days(runs: &[Run<'_>], place: usize) -> usize {
    let Some(run) = runs.iter().find(|run| run.first <= place && place <= run.last) else { return 1 };
    let meets = |other: &&Run<'_>| other.first <= run.last && run.first <= other.last;
    let alike = runs.iter().filter(meets).all(|other| (other.first, other.last) == (run.first, run.last));
    if alike && run.first == place { run.last - run.first + 1 } else { 1 }
}

fn runs_of<'a>(board: &Board, event: &'a BoardEvent) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    for (place, day) in board.days.iter().enumerate() {
        if !event.booked.event.days.contains_date(day.date) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.last + 1 == place => run.last = place,
            _ => runs.push(Run { event, first: place, last: place }),
        }
    }
    runs
}

fn absent(shell: &Shell, board: &Board, team: &Team, date: NaiveDate) -> Option<String> {
    let names = board.absent.get(&(team.id, date))?;
    let names: Vec<&str> = names.iter().map(Name::as_str).collect();
    Some(shell.t1("board-absent", "names", names.join(", ")))
}

fn day_list(shell: &Shell, board: &Board, day: &BoardDay, head: &DayHead, proposed: Option<&Proposed>) -> DayList {
    let here = board.events.iter().filter(|event| event.booked.event.days.contains_date(day.date));
    let mut cards: Vec<Card> = here.filter_map(|event| card(shell, board, event, None, &[day.date])).collect();
    cards.sort_by(|a, b| (&a.hours, &a.place).cmp(&(&b.hours, &b.place)));
    let title = dates::day_of_year(shell.language, day.date);
    let add = shell.may_plan().then(|| {
        let name = shell.t1("board-add-on", "day", &title);
        (format!("{}?tanggal={}", shell.place("kegiatan/baru"), day.date), name)
    });
    let proposed = proposed.map(|all| all.on(day.date)).unwrap_or_default();
    DayList { head: head.clone(), title, cards, proposed, add }
}

fn summary(shell: &Shell, board: &Board, address: &Address) -> String {
    let events = shell.count(board.events.len());
    if address.is_narrow() {
        return shell.t1("board-summary-narrow", "count", events);
    }
    let in_use = board.teams.iter().filter(|team| !team.archived);
    let used: usize = in_use.clone().map(|team| used_days(board, team).0).sum();
    let all = in_use.count() * working_days(board);
    let args = [("count", events), ("used", shell.count(used)), ("all", shell.count(all))];
    shell.tv("board-summary", &args)
}

/// The working days on which a team is out, and its other days.
fn used_days(board: &Board, team: &Team) -> (usize, usize) {
    let holds = |event: &&BoardEvent| {
        let event = &event.booked.event;
        event.teams.contains(&team.id)
            && !matches!(event.state, EventState::Cancelled | EventState::Postponed | EventState::NotHeld)
    };
    let busy = |day: &&BoardDay| {
        board.events.iter().filter(holds).any(|event| event.booked.event.days.contains_date(day.date))
    };
    let (working, off): (Vec<&BoardDay>, Vec<&BoardDay>) = board.days.iter().filter(busy).partition(|day| day.working);
    (working.len(), off.len())
}

fn working_days(board: &Board) -> usize {
    board.days.iter().filter(|day| day.working).count()
}

fn length(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// The week that a day lies in, for a link.
pub fn week_of(address: &Address, date: NaiveDate) -> String {
    address.at(Span::Week(super::address::monday_of(date)))
}
