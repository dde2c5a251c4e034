//! From a frozen payload to a letter: the same payload and language always give the same letter. One arm for each kind.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::digest;
use super::error::RenderError;
use super::letter::Letter;
use super::letters::{account, event, result, test};
use crate::domain::language::Language;
use crate::domain::mail::MailKind;

/// Writes a letter.
///
/// # Errors
/// [`RenderError`] if the payload is not one of this kind.
pub fn render(kind: MailKind, payload: &Value, language: Language) -> Result<Letter, RenderError> {
    match kind {
        MailKind::EventConfirmed | MailKind::EventMoved | MailKind::EventCancelled | MailKind::EventReminder => {
            event::write(kind, &read(payload)?, language)
        }
        MailKind::ResultReminder => result::write(&read(payload)?, language),
        MailKind::PasswordReset | MailKind::Invitation => account::write(kind, &read(payload)?, language),
        MailKind::Test => test::write(&read(payload)?, language),
        MailKind::Digest => digest::write(&read(payload)?, language),
        MailKind::RegionDigest => digest::write_region(&read(payload)?, language),
    }
}

fn read<T: DeserializeOwned>(payload: &Value) -> Result<T, RenderError> {
    Ok(T::deserialize(payload)?)
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
