//! `/{office}/perlu-keputusan`: entries from the field that broke a rule. A coordinator takes them into the ledger or leaves
//! them out, several at once or one with another event or date.

mod decide;
mod list;
mod one;

use actix_web::web::ServiceConfig;

use crate::domain::tally::{Entry, EntryKind};
use crate::service::{Conflict, ServiceError};
use crate::web::error::WebError;
use crate::web::pages::{Form, FormFields, Shell};

pub fn configure(config: &mut ServiceConfig) {
    config.service(list::list_held).service(decide::decide_many);
    config.service(one::show_held).service(one::accept_held).service(one::dismiss_held);
}

/// What an entry says: "12 aktivasi (dalam daerah), 3 tidak punya HP".
fn in_words(shell: &Shell, entry: &Entry) -> String {
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
fn refused(shell: &Shell, fields: FormFields, error: ServiceError) -> Result<Form, WebError> {
    if let ServiceError::Conflict(Conflict::State { .. }) = error {
        let problem = Some(shell.t("manage-held-decided-meanwhile"));
        return Ok(Form { problem, ..Form::open(fields) });
    }
    Form::refused(fields, error.into(), shell.language)
}
