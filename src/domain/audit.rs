//! The audit trail: who did what to what, and which fields changed. Values of personal or secret fields never enter it:
//! a change names fields, and only the few facts that a reader needs (a state, a reason, a count) carry a value.

use std::collections::BTreeMap;
use std::fmt::Display;

use chrono::{DateTime, Utc};

use super::id::{AuditId, UserId};
use super::permission::Actor;

/// A change as the use case that makes it describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    action: &'static str,
    subject_kind: &'static str,
    subject: String,
    details: BTreeMap<String, String>,
}

/// A change with its actor, ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    pub id: AuditId,
    pub user: Option<UserId>,
    /// Login of the actor, or `system: why`.
    pub actor: String,
    pub action: &'static str,
    pub subject_kind: &'static str,
    pub subject: String,
    pub details: BTreeMap<String, String>,
    pub request_id: Option<String>,
}

/// A record as the trail shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    pub id: AuditId,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub action: String,
    pub subject_kind: String,
    pub subject: String,
    pub details: BTreeMap<String, String>,
    pub request_id: Option<String>,
}

impl Change {
    /// `action` is `subject_kind.verb` in the past tense: `venue.added`.
    pub fn new(action: &'static str, subject_kind: &'static str, subject: impl Display) -> Self {
        Self { action, subject_kind, subject: subject.to_string(), details: BTreeMap::new() }
    }

    /// Names the fields that changed.
    pub fn fields(self, names: &[&str]) -> Self {
        self.with("fields", names.join(" "))
    }

    /// Adds a fact that is neither personal nor secret.
    pub fn with(mut self, key: &str, value: impl Display) -> Self {
        self.details.insert(key.to_owned(), value.to_string());
        self
    }

    pub fn by(self, actor: &Actor, request_id: Option<&str>, now: DateTime<Utc>) -> AuditRecord {
        let name = match actor {
            Actor::User(user) => user.login.to_string(),
            Actor::System(why) => format!("system: {why}"),
        };
        AuditRecord {
            id: AuditId::new(now),
            user: actor.user_id(),
            actor: name,
            action: self.action,
            subject_kind: self.subject_kind,
            subject: self.subject,
            details: self.details,
            request_id: request_id.map(str::to_owned),
        }
    }
}
