//! The small sections.

use std::num::NonZeroU32;
use std::path::PathBuf;

use serde::Deserialize;

use super::error::{SettingRule, SettingsError, refuse};

/// `[metrics]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricsSettings {
    /// loopback | token | off
    pub access: String,
}

impl MetricsSettings {
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        match self.access.as_str() {
            "loopback" | "token" | "off" => Ok(()),
            _ => refuse("metrics.access", SettingRule::OneOf("loopback | token | off")),
        }
    }
}

/// `[database]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseSettings {
    pub url: String,
    /// Connections that read; on PostgreSQL all connections of this process.
    pub readers: u32,
}

impl DatabaseSettings {
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        if (1..=256).contains(&self.readers) {
            Ok(())
        } else {
            refuse("database.readers", SettingRule::Between(1, 256))
        }
    }
}

/// `[sign_in]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInSettings {
    pub tries_per_address: u32,
    pub tries_per_login: u32,
}

impl SignInSettings {
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        self.limits().map(drop)
    }

    /// Tries per minute, by address and by login.
    pub fn limits(&self) -> Result<(NonZeroU32, NonZeroU32), SettingsError> {
        let positive = |key, value| match NonZeroU32::new(value) {
            Some(value) => Ok(value),
            None => refuse(key, SettingRule::AtLeast(1)),
        };
        Ok((
            positive("sign_in.tries_per_address", self.tries_per_address)?,
            positive("sign_in.tries_per_login", self.tries_per_login)?,
        ))
    }
}

/// `[backup]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupSettings {
    /// Where `migrate` puts its copy of an SQLite file; empty: beside the file.
    pub folder: PathBuf,
}

/// `[log]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogSettings {
    pub filter: String,
    /// text | json
    pub format: String,
}

impl LogSettings {
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        match self.format.as_str() {
            "text" | "json" => Ok(()),
            _ => refuse("log.format", SettingRule::OneOf("text | json")),
        }
    }
}
