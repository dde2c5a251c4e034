//! `[mail]`: the way that letters leave.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::error::{SettingRule, SettingsError, refuse};
use crate::domain::mail::{MailRoute, RouteError, Sender};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// `smtp://…`, `smtp://…?tls=required`, `smtps://…`, `file:FOLDER`, or empty: letters wait.
    pub url: MailUrl,
    pub from: String,
    /// Certificates (PEM) that are trusted beside those of the program; empty: none.
    pub ca_file: PathBuf,
    pub max_connections: u32,
}

/// An address that may hold a password.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct MailUrl(pub String);

impl MailSettings {
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        self.route()?;
        self.sender()?;
        if (1..=64).contains(&self.max_connections) {
            Ok(())
        } else {
            refuse("mail.max_connections", SettingRule::Between(1, 64))
        }
    }

    pub fn route(&self) -> Result<MailRoute, SettingsError> {
        match self.url.0.parse() {
            Ok(route) => Ok(route),
            Err(RouteError::Form) => refuse("mail.url", SettingRule::MailUrl),
            Err(RouteError::PasswordInClear) => refuse("mail.url", SettingRule::PasswordInClear),
        }
    }

    pub fn sender(&self) -> Result<Sender, SettingsError> {
        self.from.parse().or_else(|_| refuse("mail.from", SettingRule::Sender))
    }

    pub fn ca_file(&self) -> Option<&Path> {
        if self.ca_file.as_os_str().is_empty() { None } else { Some(&self.ca_file) }
    }
}

impl std::fmt::Debug for MailUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scheme = self.0.split(':').next().unwrap_or_default();
        write!(f, "MailUrl({scheme}:…)")
    }
}
