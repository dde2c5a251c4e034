//! The place of an event in lists: by its first day, then by its id, which sorts by the time of its making.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::Event;
use crate::domain::id::EventId;
use crate::domain::rule::Rule;

/// Where an event stands in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventKey {
    pub first_day: NaiveDate,
    pub id: EventId,
}

impl EventKey {
    pub fn of(event: &Event) -> Self {
        let first_day = event.days.dates().next().unwrap_or_default();
        Self { first_day, id: event.id }
    }
}

impl fmt::Display for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}", self.first_day, self.id)
    }
}

impl FromStr for EventKey {
    type Err = Rule;
    fn from_str(text: &str) -> Result<Self, Rule> {
        let (first_day, id) = text.split_once('~').ok_or(Rule::ForeignCursor)?;
        let first_day = first_day.parse().map_err(|_| Rule::ForeignCursor)?;
        Ok(Self { first_day, id: id.parse()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_the_way_through_a_cursor() {
        let text = "2026-11-21~01936f1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f";
        assert_eq!(text.parse::<EventKey>().unwrap().to_string(), text);
        assert!("2026-11-21".parse::<EventKey>().is_err() && "x~y".parse::<EventKey>().is_err());
    }
}
