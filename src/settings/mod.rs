//! The settings: `config/default.toml` (embedded, every key explained there), then a file, then the environment
//! (`JEMPUTBOLA__SECTION__KEY`). Unknown keys are errors; each section checks itself and names the key that is wrong.

mod error;
mod http;
mod mail;
mod sections;

use std::path::Path;

use config::{Config, Environment, File, FileFormat};
use serde::Deserialize;

pub use error::{SettingRule, SettingsError};
pub use http::HttpSettings;
pub use mail::{MailSettings, MailUrl};
pub use sections::{BackupSettings, DatabaseSettings, LogSettings, MetricsSettings, SignInSettings};

/// Everything that can be set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub http: HttpSettings,
    pub metrics: MetricsSettings,
    pub database: DatabaseSettings,
    pub mail: MailSettings,
    pub sign_in: SignInSettings,
    pub backup: BackupSettings,
    pub log: LogSettings,
    /// What file and environment say, without the defaults.
    #[serde(skip)]
    given: Config,
}

const DEFAULTS: &str = include_str!("../../config/default.toml");
const PREFIX: &str = "JEMPUTBOLA";

impl Settings {
    /// Reads defaults, `file` and environment, the later over the earlier.
    ///
    /// # Errors
    /// The first key that is unknown, has the wrong type, or a value out of its range.
    pub fn read(file: Option<&Path>) -> Result<Self, SettingsError> {
        let mut given = Config::builder();
        if let Some(path) = file {
            given = given.add_source(File::from(path).format(FileFormat::Toml));
        }
        // A list is written with commas: JEMPUTBOLA__HTTP__TRUSTED_PROXIES=10.0.0.1,10.0.0.2
        let environment = Environment::with_prefix(PREFIX)
            .prefix_separator("__")
            .separator("__")
            .try_parsing(true)
            .list_separator(",")
            .with_list_parse_key("http.trusted_proxies");
        let given = given.add_source(environment).build()?;
        let defaults = File::from_str(DEFAULTS, FileFormat::Toml);
        let all = Config::builder().add_source(defaults).add_source(given.clone()).build()?;
        let settings = Self { given, ..all.try_deserialize()? };
        settings.http.check()?;
        settings.metrics.check()?;
        settings.database.check()?;
        settings.mail.check()?;
        settings.sign_in.check()?;
        settings.log.check()?;
        Ok(settings)
    }

    /// True if file or environment set this key, such as `database.url`, be it to its default.
    pub fn is_set(&self, key: &str) -> bool {
        self.given.get::<config::Value>(key).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_valid() {
        let settings = Settings::read(None).unwrap();
        assert_eq!(settings.http.bind.to_string(), "127.0.0.1:8080");
    }

    #[test]
    fn a_key_is_set_by_the_file_also_to_its_default_and_not_by_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("jb.toml");
        std::fs::write(&file, "[http]\nbind = \"127.0.0.1:8080\"\n").unwrap();
        let settings = Settings::read(Some(&file)).unwrap();
        assert!(settings.is_set("http.bind") && !settings.is_set("database.url"));
    }

    #[test]
    fn what_cannot_be_used_is_named_by_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("jb.toml");
        let refused = |text: &str| {
            std::fs::write(&file, text).unwrap();
            Settings::read(Some(&file)).unwrap_err()
        };
        let unknown = refused("[http]\nport = 80\n");
        assert!(matches!(&unknown, SettingsError::UnknownKey { key } if key == "http.port"), "{unknown:?}");
        let section = refused("[htp]\nbind = \"127.0.0.1:8080\"\n");
        assert!(matches!(&section, SettingsError::UnknownKey { key } if key == "htp"), "{section:?}");
        let wrong = refused("[database]\nreaders = \"banyak\"\n");
        assert!(matches!(&wrong, SettingsError::WrongType { key, .. } if key == "database.readers"), "{wrong:?}");
        for (line, key) in [
            ("url = \"http://mail.example\"", "mail.url"),
            ("url = \"smtp://a:b@mail.example\"", "mail.url"),
            ("from = \"Jemput Bola\"", "mail.from"),
            ("max_connections = 0", "mail.max_connections"),
        ] {
            let wrong = refused(&format!("[mail]\n{line}\n"));
            assert!(matches!(&wrong, SettingsError::Value { key: named, .. } if *named == key), "{wrong:?}");
        }
        let address = refused("[http]\nbind = \"di sini\"\n");
        assert!(matches!(&address, SettingsError::WrongType { key, .. } if key == "http.bind"), "{address:?}");
        let none = refused("[database]\nreaders = 0\n");
        let expected = SettingRule::Between(1, 256);
        assert!(matches!(none, SettingsError::Value { key: "database.readers", rule } if rule == expected), "{none:?}");
        assert!(matches!(refused("[http"), SettingsError::File(_)));
        assert!(matches!(Settings::read(Some(&folder.path().join("lain.toml"))), Err(SettingsError::File(_))));
    }
}
