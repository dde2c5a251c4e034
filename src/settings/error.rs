//! Why a setting cannot be used, by its key.

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Unreadable, unknown or of the wrong type; the message names file and key.
    #[error("{0}")]
    Read(#[from] config::ConfigError),
    #[error("{key}: {rule}")]
    Value { key: &'static str, rule: String },
}

/// The refusal of a value.
pub(super) fn refuse<T>(key: &'static str, rule: impl Into<String>) -> Result<T, SettingsError> {
    Err(SettingsError::Value { key, rule: rule.into() })
}
