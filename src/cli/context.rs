//! What every command starts from, and how it fails.

use std::fmt;
use std::path::Path;
use std::time::Instant;

use super::disk;
use crate::app;
use crate::domain::clock::Clock;
use crate::domain::language::Language;
use crate::domain::rule::{FieldError, Rule};
use crate::mail::MailerError;
use crate::service::files::{FileError, FileErrors};
use crate::service::{Caller, Conflict, ServiceError, Services};
use crate::settings::{SettingRule, Settings, SettingsError};
use crate::store::StoreError;
use crate::wording::messages::message;
use crate::wording::rules::rule_message;

/// Settings, clock and language of one command.
#[derive(Debug)]
pub struct Context {
    pub settings: Settings,
    pub clock: Clock,
    pub language: Language,
    /// True if `--database` was given, which wins over every setting.
    pub has_database_flag: bool,
    /// When the program began to read its settings: limits of time count from here.
    pub started: Instant,
}

/// Why a command failed, in words for the person at the terminal.
#[derive(Debug)]
pub struct CliError {
    words: String,
    code: u8,
}

impl Context {
    pub fn read(config: Option<&Path>, database: Option<String>, language: Language) -> Result<Self, CliError> {
        let started = Instant::now();
        let mut settings = Settings::read(config).map_err(|error| CliError::usage(setting_words(language, &error)))?;
        let has_database_flag = database.is_some();
        if let Some(url) = database {
            settings.database.url = url;
        }
        Ok(Self { settings, clock: app::system_clock(), language, has_database_flag, started })
    }

    /// The use cases over the database of the settings.
    pub fn services(&self) -> Result<Services, CliError> {
        app::check_mail(&self.settings).map_err(|error| CliError::usage(self.mail_words(&error)))?;
        app::build_services(&self.settings, self.clock.clone()).map_err(|error| self.failure(&error))
    }

    /// A use case's error in the language of this command.
    pub fn failure(&self, error: &ServiceError) -> CliError {
        let say = |name: &str| message(self.language, name, &[]);
        let words = match error {
            ServiceError::Invalid(errors) => {
                let line =
                    |error: &FieldError| format!("{}: {}", error.field, rule_message(self.language, &error.rule));
                errors.iter().map(line).collect::<Vec<_>>().join("\n")
            }
            ServiceError::File(errors) => self.file_failure(errors),
            ServiceError::NotFound => say("cli-not-found"),
            ServiceError::Conflict(Conflict::Taken(field)) => {
                format!("{field}: {}", rule_message(self.language, &Rule::Taken))
            }
            ServiceError::Store(StoreError::NotMigrated) => say("cli-not-migrated"),
            ServiceError::Store(StoreError::Address) => say("cli-address"),
            ServiceError::Store(cause) if let Some(disk) = disk::behind(cause) => {
                format!("{} {}", say("cli-store"), disk::words(self.language, disk))
            }
            ServiceError::Store(cause) => {
                format!("{} ({cause}: {})", say("cli-store"), causes(cause))
            }
            ServiceError::Forbidden => say("problem-forbidden-detail"),
            ServiceError::Stale => say("problem-stale-version-detail"),
            ServiceError::Conflict(Conflict::NotDead) => rule_message(self.language, &Rule::NotDead),
            ServiceError::Conflict(Conflict::InUse) => say("problem-in-use-detail"),
            ServiceError::Conflict(Conflict::PeriodLocked) => say("problem-period-locked-detail"),
            ServiceError::Internal(cause) => format!("{} ({cause})", say("problem-internal-detail")),
            other => other.to_string(),
        };
        CliError::failed(words)
    }
}

impl Context {
    /// Arguments that cannot be used: wrong usage.
    pub fn wrong(&self, errors: Vec<FieldError>) -> CliError {
        CliError::usage(self.failure(&ServiceError::Invalid(errors)).to_string())
    }

    /// A file that the disk does not give or take.
    pub fn disk_failure(&self, path: &Path, error: &std::io::Error) -> CliError {
        CliError::failed(format!("{}: {}", path.display(), disk::words(self.language, error)))
    }

    /// Which setting of the mail cannot be used, and why.
    fn mail_words(&self, error: &MailerError) -> String {
        let path = ("path", self.settings.mail.ca_file.display().to_string());
        let (id, args) = match error {
            MailerError::CaFile(cause) => {
                ("setting-ca-file-unreadable", vec![path, ("told", disk::words(self.language, cause))])
            }
            MailerError::Certificates => ("setting-ca-file-empty", vec![path]),
            MailerError::Tls(cause) => ("setting-tls", vec![("told", cause.to_string())]),
        };
        message(self.language, id, &args)
    }

    /// Every bad row of a file on a line of its own.
    fn file_failure(&self, errors: &FileErrors) -> String {
        let line = |error: &FileError| {
            let args = [
                ("line", error.line.to_string()),
                ("column", error.column.clone()),
                ("message", rule_message(self.language, &error.rule)),
            ];
            message(self.language, if error.column.is_empty() { "file-error-row" } else { "file-error" }, &args)
        };
        let mut lines: Vec<String> = errors.listed().iter().map(line).collect();
        let more = errors.total().saturating_sub(lines.len());
        if more > 0 {
            lines.push(rule_message(self.language, &Rule::MoreErrors(more)));
        }
        lines.join("\n")
    }
}

impl CliError {
    pub fn failed(words: impl Into<String>) -> Self {
        Self { words: words.into(), code: 1 }
    }

    /// What was asked cannot be asked this way.
    pub fn usage(words: impl Into<String>) -> Self {
        Self { words: words.into(), code: 2 }
    }

    pub fn exit_code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl From<std::io::Error> for CliError {
    fn from(error: std::io::Error) -> Self {
        Self::failed(error.to_string())
    }
}

/// The caller that commands act as.
pub fn caller() -> Caller {
    Caller::system("command line")
}

/// What is wrong with a setting, and what to write instead.
fn setting_words(language: Language, error: &SettingsError) -> String {
    let text = |value: &str| value.to_owned();
    let (id, args) = match error {
        SettingsError::File(told) => ("setting-file", vec![("told", text(told))]),
        SettingsError::UnknownKey { key } => ("setting-unknown", vec![("key", text(key))]),
        SettingsError::WrongType { key, told } => {
            ("setting-wrong-type", vec![("key", text(key)), ("told", text(told))])
        }
        SettingsError::Value { key, rule } => {
            let (id, mut args) = match rule {
                SettingRule::PlainUrl => ("setting-plain-url", Vec::new()),
                SettingRule::MailUrl => ("setting-mail-url", Vec::new()),
                SettingRule::PasswordInClear => ("setting-password-in-clear", Vec::new()),
                SettingRule::Sender => ("setting-sender", Vec::new()),
                SettingRule::OneOf(allowed) => ("setting-one-of", vec![("allowed", text(allowed))]),
                SettingRule::Between(min, max) => {
                    ("setting-between", vec![("min", min.to_string()), ("max", max.to_string())])
                }
                SettingRule::AtLeast(min) => ("setting-at-least", vec![("min", min.to_string())]),
            };
            args.push(("key", text(key)));
            (id, args)
        }
    };
    message(language, id, &args)
}

fn causes(error: &dyn std::error::Error) -> String {
    let mut words = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        words.push(cause.to_string());
        next = cause.source();
    }
    words.join(": ")
}
