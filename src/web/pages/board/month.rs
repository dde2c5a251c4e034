//! A month as a calendar: each day with its events in short.

use chrono::{Datelike, NaiveDate};

use super::address::Address;
use super::cards::{Card, card};
use super::proposed::{Proposed, ProposedCard};
use super::week::{DayHead, head, week_of};
use crate::service::schedule::{Board, BoardDay};
use crate::web::pages::Shell;
use crate::wording::dates;

#[derive(Debug, Clone)]
pub struct Month {
    /// The days of the week by name.
    pub weekdays: Vec<String>,
    pub weeks: Vec<Vec<MonthDay>>,
    pub events: usize,
}

#[derive(Debug, Clone)]
pub struct MonthDay {
    pub head: DayHead,
    pub number: u32,
    /// "Senin 23 November".
    pub title: String,
    /// False for the days of the weeks that the month begins and ends in.
    pub inside: bool,
    pub cards: Vec<Card>,
    pub proposed: Vec<ProposedCard>,
    /// The query of its week.
    pub week: String,
}

impl MonthDay {
    /// True if a list of days may leave it out.
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty() && self.proposed.is_empty() && self.head.holidays.is_empty()
    }
}

pub fn month(shell: &Shell, board: &Board, address: &Address, first: NaiveDate, proposed: Option<&Proposed>) -> Month {
    let of_day = |day| month_day(shell, board, address, day, first, proposed);
    let days: Vec<MonthDay> = board.days.iter().map(of_day).collect();
    let weekday = |day: &&BoardDay| dates::weekday(shell.language, day.date);
    Month {
        weekdays: board.days.iter().take(7).map(|day| weekday(&day)).collect(),
        events: board.events.len(),
        weeks: days.chunks(7).map(<[MonthDay]>::to_vec).collect(),
    }
}

fn month_day(
    shell: &Shell,
    board: &Board,
    address: &Address,
    day: &BoardDay,
    first: NaiveDate,
    proposed: Option<&Proposed>,
) -> MonthDay {
    let here = board.events.iter().filter(|event| event.booked.event.days.contains_date(day.date));
    let mut cards: Vec<Card> = here.filter_map(|event| card(shell, board, event, None, &[day.date])).collect();
    cards.sort_by(|a, b| (&a.hours, &a.place).cmp(&(&b.hours, &b.place)));
    MonthDay {
        head: head(shell, day),
        number: day.date.day(),
        title: dates::day_of_year(shell.language, day.date),
        inside: (day.date.year(), day.date.month()) == (first.year(), first.month()),
        cards,
        proposed: proposed.map(|all| all.on(day.date)).unwrap_or_default(),
        week: week_of(address, day.date),
    }
}
