//! The letters of assignment that an office wrote, one for each event.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::id::{EventId, OfficeId};
use crate::domain::letter::{AssignmentLetter, CheckCode, LetterText};
use crate::domain::permission::OfficeScope;
use crate::domain::staff::Nip;
use crate::domain::text::{Name, Note};
use crate::store::columns::At;
use crate::store::connection::{AnyConnection, each};
use crate::store::error::StoreError;
use crate::store::schema::assignment_letters;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = assignment_letters, primary_key(office_id, event_id))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
struct LetterRow {
    office_id: OfficeId,
    event_id: EventId,
    check_code: CheckCode,
    number: Name,
    issued_on: NaiveDate,
    city: Option<Name>,
    basis: Note,
    task: Note,
    equipment: Option<Name>,
    signer_name: Name,
    signer_title: Name,
    signer_rank: Option<Name>,
    signer_nip: Option<Nip>,
    written_at: At,
}

/// The letter of an event, if one was written.
pub fn find_letter(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    event: EventId,
) -> Result<Option<AssignmentLetter>, StoreError> {
    use assignment_letters::{event_id, office_id};
    let row: Option<LetterRow> = assignment_letters::table
        .filter(office_id.eq(scope.office_id()).and(event_id.eq(event)))
        .select(LetterRow::as_select())
        .first(connection)
        .optional()?;
    Ok(row.map(AssignmentLetter::from))
}

/// The letter of an office with this code. Whoever holds the paper may ask, so no scope is needed: only the office that
/// its code names.
pub fn find_letter_by_code(
    connection: &mut AnyConnection,
    office: OfficeId,
    code: &CheckCode,
) -> Result<Option<AssignmentLetter>, StoreError> {
    use assignment_letters::{check_code, office_id};
    let row: Option<LetterRow> = assignment_letters::table
        .filter(office_id.eq(office).and(check_code.eq(code)))
        .select(LetterRow::as_select())
        .first(connection)
        .optional()?;
    Ok(row.map(AssignmentLetter::from))
}

/// Stores the letter of an event in the place of the one before.
pub fn save_letter(
    connection: &mut AnyConnection,
    scope: OfficeScope,
    letter: &AssignmentLetter,
) -> Result<(), StoreError> {
    use assignment_letters::{event_id, office_id};
    let row = row(scope, letter);
    each!(connection, |c| diesel::insert_into(assignment_letters::table)
        .values(&row)
        .on_conflict((office_id, event_id))
        .do_update()
        .set(&row)
        .execute(c))?;
    Ok(())
}

fn row(scope: OfficeScope, letter: &AssignmentLetter) -> LetterRow {
    let text = letter.text.clone();
    LetterRow {
        office_id: scope.office_id(),
        event_id: letter.event,
        check_code: letter.code.clone(),
        number: text.number,
        issued_on: text.issued_on,
        city: text.city,
        basis: text.basis,
        task: text.task,
        equipment: text.equipment,
        signer_name: text.signer_name,
        signer_title: text.signer_title,
        signer_rank: text.signer_rank,
        signer_nip: text.signer_nip,
        written_at: At(letter.written_at),
    }
}

impl From<LetterRow> for AssignmentLetter {
    fn from(row: LetterRow) -> Self {
        Self {
            event: row.event_id,
            code: row.check_code,
            text: LetterText {
                number: row.number,
                issued_on: row.issued_on,
                city: row.city,
                basis: row.basis,
                task: row.task,
                equipment: row.equipment,
                signer_name: row.signer_name,
                signer_title: row.signer_title,
                signer_rank: row.signer_rank,
                signer_nip: row.signer_nip,
            },
            written_at: row.written_at.0,
        }
    }
}
