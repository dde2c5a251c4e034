//! Erasing the person behind a user from every table that could tell him: his own row, his sessions and tokens, the
//! reasons of his absences, the letters to him, and the trail, where the new login takes the place of the old one.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::id::OfficeId;
use crate::domain::staff::{Scope, User};
use crate::store::columns::At;
use crate::store::connection::AnyConnection;
use crate::store::error::StoreError;
use crate::store::queries::{offices, outbox, region_digests};
use crate::store::schema::{absences, api_tokens, audit, mail_optouts, password_links, sessions, team_members, users};

/// Makes `anonymous` of `stored`, everywhere; false if somebody else changed the user meanwhile.
pub fn erase_user(
    connection: &mut AnyConnection,
    stored: &User,
    anonymous: &User,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    if !replace_row(connection, stored, anonymous, now)? {
        return Ok(false);
    }
    diesel::delete(api_tokens::table.filter(api_tokens::user_id.eq(stored.id))).execute(connection)?;
    // The scope may have been another one before: what he left behind can lie in any office, or in none.
    let mut everywhere: Vec<OfficeId> =
        offices::list_offices(connection, &Scope::NATION)?.into_iter().map(|office| office.id).collect();
    everywhere.push(OfficeId::NATION);
    let own = sessions::office_id.eq_any(&everywhere).and(sessions::user_id.eq(stored.id));
    diesel::delete(sessions::table.filter(own)).execute(connection)?;
    let own = team_members::office_id.eq_any(&everywhere).and(team_members::user_id.eq(stored.id));
    diesel::delete(team_members::table.filter(own)).execute(connection)?;
    let own = absences::office_id.eq_any(&everywhere).and(absences::user_id.eq(stored.id));
    diesel::update(absences::table.filter(own)).set(absences::reason.eq(None::<String>)).execute(connection)?;
    let own = password_links::office_id.eq_any(&everywhere).and(password_links::user_id.eq(stored.id));
    diesel::delete(password_links::table.filter(own)).execute(connection)?;
    let own = mail_optouts::office_id.eq_any(&everywhere).and(mail_optouts::user_id.eq(stored.id));
    diesel::delete(mail_optouts::table.filter(own)).execute(connection)?;
    region_digests::delete_region_subscription(connection, stored.id)?;
    outbox::erase_letters_of(connection, &everywhere, stored.id)?;
    rename_in_trail(connection, &everywhere, stored, anonymous)?;
    Ok(true)
}

fn replace_row(
    connection: &mut AnyConnection,
    stored: &User,
    anonymous: &User,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let known = users::table.filter(users::id.eq(stored.id).and(users::version.eq(stored.version)));
    let changed = diesel::update(known)
        .set((
            users::login.eq(&anonymous.login),
            users::name.eq(&anonymous.details.name),
            users::email.eq(None::<String>),
            users::phone.eq(None::<String>),
            users::rank.eq(None::<String>),
            users::nip.eq(None::<String>),
            users::language.eq(None::<String>),
            users::password_hash.eq(None::<String>),
            users::version.eq(anonymous.version),
            users::archived_at.eq(Some(At(now))),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

fn rename_in_trail(
    connection: &mut AnyConnection,
    everywhere: &[OfficeId],
    stored: &User,
    anonymous: &User,
) -> Result<(), StoreError> {
    let login = anonymous.login.as_str();
    let done_by = audit::office_id.eq_any(everywhere).and(audit::user_id.eq(stored.id));
    diesel::update(audit::table.filter(done_by)).set(audit::actor.eq(login)).execute(connection)?;
    let about = audit::office_id.eq_any(everywhere).and(audit::subject.eq(stored.login.as_str()));
    diesel::update(audit::table.filter(about.and(audit::subject_kind.eq("user"))))
        .set(audit::subject.eq(login))
        .execute(connection)?;
    Ok(())
}
