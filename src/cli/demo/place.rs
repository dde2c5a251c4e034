//! Where the demo's database lies: where it was told, or in a temporary folder that goes when the demo does.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use crate::cli::context::{CliError, Context};
use crate::domain::id::AuditId;
use crate::wording::messages::message;

/// A database address, and the folder that is removed when this is dropped.
#[derive(Debug)]
pub struct Place {
    url: String,
    letters: PathBuf,
    temporary: Option<PathBuf>,
    keep: bool,
}

const FILE: &str = "demo.db";
const LETTERS: &str = "surat";

impl Place {
    /// `data` or `--database` if one of them is given, else `database.url` if it is set, else a new temporary folder.
    pub fn choose(context: &Context, data: Option<&Path>, keep: bool) -> Result<Self, CliError> {
        let name = format!("jemputbola-demo-{}", AuditId::new(context.clock.now()));
        let own = std::env::temp_dir().join(&name);
        // Letters lie beside the database; those of a database elsewhere in a folder of their own.
        let given = |url: String, letters: PathBuf| Self { url, letters, temporary: None, keep };
        match data {
            Some(_) if context.has_database_flag => {
                Err(CliError::usage(message(context.language, "demo-two-places", &[])))
            }
            Some(folder) => {
                fs::create_dir_all(folder)?;
                Ok(given(url_in(folder)?, folder.join(LETTERS)))
            }
            None if context.has_database_flag || context.settings.is_set("database.url") => {
                Ok(given(context.settings.database.url.clone(), own.join(LETTERS)))
            }
            None => {
                let folder = own;
                let url = url_in(&folder)?;
                fs::DirBuilder::new().mode(0o700).create(&folder)?;
                Ok(Self { url, letters: folder.join(LETTERS), temporary: Some(folder), keep })
            }
        }
    }

    /// Where letters go unless a mail server is set.
    pub fn letters(&self) -> &Path {
        &self.letters
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// The temporary folder, if it stays.
    pub fn kept(&self) -> Option<&Path> {
        self.temporary.as_deref().filter(|_| self.keep)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let (Some(folder), false) = (&self.temporary, self.keep) {
            // Nothing can be done about a folder that does not go; the system empties its own temporary folder.
            fs::remove_dir_all(folder).ok();
        }
    }
}

fn url_in(folder: &Path) -> Result<String, CliError> {
    let path = folder.join(FILE);
    let path = path.to_str().ok_or_else(|| CliError::usage(format!("{}: not UTF-8", path.display())))?;
    Ok(format!("sqlite://{path}"))
}
