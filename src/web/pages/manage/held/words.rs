//! A held entry in words, and why it could not be decided.

use crate::domain::tally::{Entry, EntryKind};
use crate::service::{Conflict, ServiceError};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Shell};

/// What an entry says: "12 aktivasi (dalam daerah), 3 tidak punya HP".
pub fn in_words(shell: &Shell, entry: &Entry) -> String {
    match entry.kind {
        EntryKind::Tally if entry.counts.is_empty() => shell.t("manage-entry-nihil"),
        EntryKind::Tally => {
            let count = |(outcome, n): (crate::domain::outcome::Outcome, i64)| {
                format!("{} {}", shell.count(n), shell.label("outcome", outcome.as_str()))
            };
            entry.counts.iter().map(count).collect::<Vec<_>>().join(", ")
        }
        EntryKind::Void => shell.t("manage-entry-void"),
        EntryKind::Start => shell.t("manage-entry-start"),
        EntryKind::Finish => shell.t("manage-entry-finish"),
        EntryKind::EventNew => {
            let title = entry.event_new.as_ref().map(|new| new.title.to_string()).unwrap_or_default();
            shell.t1("manage-entry-new", "title", title)
        }
    }
}

/// The form with the reason for which an entry was not decided; somebody else may have been faster.
pub fn refused(shell: &Shell, fields: FormFields, error: ServiceError) -> Result<Form, WebError> {
    if let ServiceError::Conflict(Conflict::State { .. }) = error {
        let problem = Some(shell.t("manage-held-decided-meanwhile"));
        return Ok(Form { problem, ..Form::open(fields) });
    }
    Form::refused(fields, error.into(), shell.language)
}
