//! The letters of assignment: written by a coordinator, printed alike again, and vouched for to whoever holds one.

use chrono::NaiveDate;

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use crate::domain::audit::Change;
use crate::domain::id::EventId;
use crate::domain::letter::{AssignmentLetter, CheckCode, LetterInput};
use crate::domain::permission::{Action, Plan, Read};
use crate::domain::region::RegionCode;
use crate::domain::text::Name;
use crate::store::queries::{events, letters as store, venues};

/// What a stranger who holds a letter may learn of it: no names, and nothing that the paper does not say itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GenuineLetter {
    pub office: Name,
    pub number: Name,
    pub issued_on: NaiveDate,
    pub place: Option<Name>,
    pub days: Vec<NaiveDate>,
    /// True if the event was called off after the letter was written.
    pub is_void: bool,
}

impl Services {
    /// The letter of an event, if one was written.
    pub async fn find_letter(
        &self,
        caller: &Caller,
        office: &RegionCode,
        event: EventId,
    ) -> Result<Option<AssignmentLetter>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            load_event_exists(desk, event)?;
            Ok(store::find_letter(desk.connection, desk.scope(), event)?)
        })
        .await
    }

    /// Writes the letter of an event, or writes it anew under the same code.
    pub async fn write_letter(
        &self,
        caller: &Caller,
        office: &RegionCode,
        event: EventId,
        input: LetterInput,
    ) -> Result<AssignmentLetter, ServiceError> {
        let mut random = [0; 12];
        getrandom::fill(&mut random).map_err(|error| ServiceError::internal(error.to_string()))?;
        self.write_office(caller, office, move |desk: &mut Desk<'_, Plan>| {
            load_event_exists(desk, event)?;
            let text = input.clone().check()?;
            let before = store::find_letter(desk.connection, desk.scope(), event)?;
            let code = before.map_or_else(|| CheckCode::of(random), |letter| letter.code);
            let letter = AssignmentLetter { event, code, text, written_at: desk.now };
            store::save_letter(desk.connection, desk.scope(), &letter)?;
            let change = Change::new("event.letter_written", "event", event).with("number", &letter.text.number);
            desk.record(change)?;
            Ok(letter)
        })
        .await
    }

    /// What may be said of a letter to whoever holds it.
    pub async fn find_genuine_letter(
        &self,
        office: &RegionCode,
        code: CheckCode,
    ) -> Result<GenuineLetter, ServiceError> {
        self.read_office(&Caller::system("letter check"), office, move |desk: &mut Desk<'_, Read>| {
            let letter = store::find_letter_by_code(desk.connection, desk.office().id, &code)?;
            let letter = letter.ok_or(ServiceError::NotFound)?;
            let event = events::find_event(desk.connection, desk.scope(), letter.event)?;
            let event = event.ok_or(ServiceError::NotFound)?;
            let venues = venues::list_venues_by_id(desk.connection, desk.scope(), &Vec::from_iter(event.venue))?;
            let venue = venues.into_iter().next().map(|venue| venue.details.name);
            Ok(GenuineLetter {
                office: desk.office().name.clone(),
                number: letter.text.number,
                issued_on: letter.text.issued_on,
                place: venue.or(event.place),
                days: event.days.dates().collect(),
                is_void: !event.state.holds_claims(),
            })
        })
        .await
    }
}

fn load_event_exists<A: Action>(desk: &mut Desk<'_, A>, event: EventId) -> Result<(), ServiceError> {
    let found = events::find_event(desk.connection, desk.scope(), event)?;
    found.map(drop).ok_or(ServiceError::NotFound)
}
