//! A database for one test: a copy of a migrated template, which is made once. A temporary SQLite file, or a database
//! of its own on the PostgreSQL server that `TEST_POSTGRES_URL` names.

use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use jemputbola::app;
use jemputbola::settings::Settings;
use tempfile::TempDir;

/// Removed with all it holds when dropped.
pub enum TestDatabase {
    Sqlite(TempDir),
    Postgres { server: String, name: String },
}

/// The migrated template of SQLite, as bytes.
static SQLITE_TEMPLATE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("template.db");
    migrate(format!("sqlite://{}", file.display()));
    std::fs::read(file).unwrap()
});

/// The name of the migrated template on the PostgreSQL server. Made anew by each test process.
static POSTGRES_TEMPLATE: LazyLock<String> = LazyLock::new(|| {
    let (server, name) = (postgres_server().unwrap(), format!("jb_template_{}", std::process::id()));
    on_server(&server, &format!("DROP DATABASE IF EXISTS {name}"));
    on_server(&server, &format!("CREATE DATABASE {name}"));
    migrate(database_url(&server, &name));
    name
});

/// The day of the tests' demo.
pub const DEMO_DAY: &str = "2026-11-21";

/// The five districts as of [`DEMO_DAY`] in a file of SQLite, as bytes; loaded by the command itself.
static SQLITE_DEMO: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("demo.db");
    load_demo(&format!("sqlite://{}", file.display()));
    // What was written last may lie beside the file.
    let mut connection = SqliteConnection::establish(&file.display().to_string()).unwrap();
    connection.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    std::fs::read(file).unwrap()
});

/// The same as a template on the PostgreSQL server.
static POSTGRES_DEMO: LazyLock<String> = LazyLock::new(|| {
    let (server, name) = (postgres_server().unwrap(), format!("jb_demo_{}", std::process::id()));
    on_server(&server, &format!("DROP DATABASE IF EXISTS {name}"));
    on_server(&server, &format!("CREATE DATABASE {name}"));
    load_demo(&database_url(&server, &name));
    name
});

fn load_demo(database: &str) {
    super::process::run(database, &["demo", "--load-only", "--json", "--today", DEMO_DAY]);
}

impl TestDatabase {
    /// A database with the five districts as of [`DEMO_DAY`].
    pub fn create_demo() -> Self {
        let Some(server) = postgres_server() else {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("test.db"), &*SQLITE_DEMO).unwrap();
            return Self::Sqlite(folder);
        };
        Self::copy(server, &POSTGRES_DEMO)
    }

    pub fn create() -> Self {
        let Some(server) = postgres_server() else {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("test.db"), &*SQLITE_TEMPLATE).unwrap();
            return Self::Sqlite(folder);
        };
        Self::copy(server, &POSTGRES_TEMPLATE)
    }

    fn copy(server: String, template: &str) -> Self {
        let name = format!("jb_test_{}", fresh_number());
        on_server(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
        Self::Postgres { server, name }
    }

    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite://{}", Self::file(folder).display()),
            Self::Postgres { server, name } => database_url(server, name),
        }
    }

    fn file(folder: &TempDir) -> PathBuf {
        folder.path().join("test.db")
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Self::Postgres { server, name } = self {
            let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            // A server with autovacuum refuses while its own worker is inside, for a moment only.
            if try_on_server(server, &statement).is_err() {
                std::thread::sleep(std::time::Duration::from_secs(1));
                on_server(server, &statement);
            }
        }
    }
}

/// A number that no other test of any process has.
fn fresh_number() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The server that tests may use, without a database name at its end.
pub fn postgres_server() -> Option<String> {
    #[allow(clippy::disallowed_methods, reason = "the test suite has no settings file")]
    std::env::var("TEST_POSTGRES_URL").ok()
}

/// The URL of another database on the same server.
pub fn database_url(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').map_or((server, String::new()), |(base, q)| (base, format!("?{q}")));
    let base = base.rsplit_once('/').map_or(base, |(base, _)| base);
    format!("{base}/{name}{query}")
}

/// Runs a statement on the server, outside any test's database.
pub fn on_server(server: &str, statement: &str) {
    try_on_server(server, statement).unwrap();
}

fn try_on_server(server: &str, statement: &str) -> diesel::QueryResult<()> {
    let mut connection = diesel::PgConnection::establish(server).unwrap();
    connection.batch_execute(statement)
}

fn migrate(url: String) {
    let mut settings = Settings::read(None).unwrap();
    settings.database.url = url;
    app::migrate_database(&settings, &app::system_clock()).unwrap();
}
