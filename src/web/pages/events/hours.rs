//! When an event takes place on a day, in words.

use crate::domain::event::EventDay;
use crate::web::pages::Shell;
use crate::wording::dates;

/// "08.00–12.00 WIB"; none if nobody said when it begins.
pub fn hours_of(shell: &Shell, day: &EventDay) -> Option<String> {
    let starts = day.starts()?;
    let zone = shell.office.as_ref().map_or(chrono_tz::Asia::Jakarta, |office| office.time_zone);
    Some(match day.ends() {
        Some(ends) => dates::hours(shell.language, starts, ends, zone),
        None => dates::time_in_zone(shell.language, starts, zone),
    })
}
