//! Why a setting cannot be used: by its key, and without any words of its own, so that the command line can tell it in
//! either language.

use config::ConfigError;

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A file that cannot be read, or is no TOML; what the reader of files said.
    #[error("{0}")]
    File(String),
    #[error("{key}: unknown")]
    UnknownKey { key: String },
    /// Of another type or form than the key has; what the reader of values said.
    #[error("{key}: {told}")]
    WrongType { key: String, told: String },
    #[error("{key}: {rule:?}")]
    Value { key: &'static str, rule: SettingRule },
}

/// What a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingRule {
    /// `http(s)://HOST[:PORT]` and nothing more.
    PlainUrl,
    OneOf(&'static str),
    /// `smtp://HOST[:PORT]`, `smtps://…`, `file:FOLDER` or nothing.
    MailUrl,
    /// A password in an address without TLS.
    PasswordInClear,
    /// `NAME <ADDRESS>`.
    Sender,
    Between(u32, u32),
    AtLeast(u32),
}

/// The refusal of a value.
pub(super) fn refuse<T>(key: &'static str, rule: SettingRule) -> Result<T, SettingsError> {
    Err(SettingsError::Value { key, rule })
}

impl From<ConfigError> for SettingsError {
    fn from(error: ConfigError) -> Self {
        let (key, error) = innermost(String::new(), error);
        match error {
            ConfigError::Message(told) => {
                match told.strip_prefix("unknown field `").and_then(|t| t.split('`').next()) {
                    Some(field) => Self::UnknownKey { key: joined(&key, field) },
                    None => Self::WrongType { key, told },
                }
            }
            ConfigError::NotFound(field) => Self::WrongType { key: joined(&key, &field), told: String::new() },
            ConfigError::Type { key: inner, unexpected, expected, .. } => {
                let key = inner.map_or_else(|| key.clone(), |inner| joined(&key, &inner));
                Self::WrongType { key, told: format!("{unexpected} ({expected})") }
            }
            other => Self::File(other.to_string()),
        }
    }
}

/// The cause of an error, and the key that it lies under.
fn innermost(key: String, error: ConfigError) -> (String, ConfigError) {
    match error {
        ConfigError::At { error, key: Some(inner), .. } => innermost(joined(&key, &inner), *error),
        ConfigError::At { error, .. } => innermost(key, *error),
        other => (key, other),
    }
}

fn joined(key: &str, inner: &str) -> String {
    if key.is_empty() { inner.to_owned() } else { format!("{key}.{inner}") }
}
