//! The synthetic part of the shipped five-district scenario: a year of made-up outreach, the same for the same date.
//! The demo calls [`synthesize`] with regions, holidays and published campaigns, and writes the rows like any import.
//! It reads no file and no clock; the published facts lie in `config/scenarios/five_districts/` and are not known here.

mod centres;
mod claims;
mod days;
mod district;
mod events;
mod fate;
mod history;
mod ids;
mod kinds;
mod names;
mod opening;
mod outcomes;
mod rng;
mod schedule;
mod staffing;
mod totals;
mod venues;

#[cfg(test)]
mod tests;

use super::rule::Rule;

pub use days::ScenarioDays;
pub use district::{District, PROFILES, Profile};
pub use history::{
    LABEL, OpeningCells, SyntheticAbsence, SyntheticDay, SyntheticEvent, SyntheticHistory, SyntheticRequest,
    SyntheticResult, SyntheticTeam, SyntheticTotal, SyntheticUnit, SyntheticUser, SyntheticVenue,
};
pub use ids::ScenarioIds;

/// The district's synthetic year around the day of `days`. Fails only if a region's name breaks a rule of texts.
pub fn synthesize(district: &District, days: &ScenarioDays) -> Result<SyntheticHistory, Rule> {
    let places = venues::build_venues(district, days)?;
    let staff = staffing::build_staff(district, days)?;
    let bookings = schedule::book_year(district, days, &places, &staff);
    let events = events::build_events(district, days, &bookings)?;
    let totals = totals::build_totals(district, days, &events)?;
    Ok(SyntheticHistory {
        units: staff.units,
        users: staff.users,
        teams: staff.teams,
        absences: staff.absences,
        venues: places.into_iter().map(|place| place.venue).collect(),
        events,
        totals,
    })
}
