//! Backups of an SQLite database: taken under a running server, put back only when nobody uses the file.

use tempfile::TempDir;

use crate::support::process::{Finished, ServerProcess, run, try_run};
use crate::support::{TestApp, postgres_server};

/// A database of its own in a folder.
struct Place(TempDir);

impl Place {
    /// With one office.
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        run(&place.database(), &["office", "add", "33.03"]);
        place
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn database(&self) -> String {
        format!("sqlite://{}", self.path("jb.db"))
    }

    fn command(&self, arguments: &[&str]) -> Finished {
        try_run(&self.database(), arguments, "")
    }

    /// Whether the office has this venue.
    fn has_venue(&self, code: &str) -> bool {
        run(&self.database(), &["export", "venues", "--office", "33.03"]).contains(&format!("\n{code},"))
    }

    fn add_venue(&self, code: &str) {
        let file = format!("code,name,kind,region\n{code},Lokasi,other,33.03.05\n");
        let added = try_run(&self.database(), &["import", "venues", "-", "--office", "33.03"], &file);
        assert_eq!(added.code, 0, "{}", added.stderr);
    }

    /// Files whose names begin so.
    fn files(&self, prefix: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with(prefix)).collect()
    }
}

#[test]
fn a_backup_is_taken_while_a_server_runs_and_restored_only_after_it_has_stopped() {
    let place = Place::new();
    let backup = place.path("cadangan.db");
    let mut server = ServerProcess::start(&place.database());
    place.add_venue("LAMA");
    assert_eq!(place.command(&["backup", &backup]).code, 0);
    place.add_venue("BARU");

    let refused = place.command(&["restore", &backup]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("sedang dipakai"), "{}", refused.stderr);
    assert!(place.has_venue("BARU"));

    // Killed, so that its last writes are only in the log beside the file.
    server.kill();
    let restored = place.command(&["restore", &backup]);
    assert_eq!(restored.code, 0, "{}", restored.stderr);
    assert!(place.has_venue("LAMA") && !place.has_venue("BARU"));

    let kept = place.files("jb.db.before-restore-");
    let kept = kept.iter().find(|name| !name.ends_with("-wal") && !name.ends_with("-shm")).unwrap();
    assert!(restored.stderr.contains(kept.as_str()), "{}", restored.stderr);
    let again = place.command(&["restore", &place.path(kept)]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(place.has_venue("LAMA") && place.has_venue("BARU"), "the kept file is whole");
}

#[test]
fn a_backup_overwrites_nothing_and_only_a_whole_backup_is_restored() {
    let place = Place::new();
    place.add_venue("LAMA");
    let backup = place.path("cadangan.db");
    assert_eq!(place.command(&["backup", &backup]).code, 0);
    let bytes = std::fs::read(&backup).unwrap();
    let refused = place.command(&["backup", &backup]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("cadangan.db: berkas ini sudah ada."), "{}", refused.stderr);
    assert_eq!(std::fs::read(&backup).unwrap(), bytes);
    assert_eq!(place.files("cadangan.db"), ["cadangan.db"]);

    let damaged = place.path("rusak.db");
    let torn: Vec<u8> = bytes.iter().take(bytes.len() / 2).copied().collect();
    std::fs::write(&damaged, torn).unwrap();
    let text = place.path("teks.db");
    std::fs::write(&text, "bukan basis data").unwrap();
    let missing = place.path("tidak-ada.db");
    for file in [&damaged, &text, &missing] {
        let refused = place.command(&["restore", file]);
        assert_eq!(refused.code, 1, "{file}");
        assert!(refused.stderr.contains(file.as_str()), "{}", refused.stderr);
    }
    assert!(place.has_venue("LAMA"));
    assert_eq!(place.files("jb.db.before-restore-"), Vec::<String>::new());
    assert_eq!(place.files("jb.db.restoring"), Vec::<String>::new());
    assert!(!std::path::Path::new(&missing).exists(), "looking for a backup makes none");
    assert_eq!(place.command(&["backup"]).code, 2);
}

#[test]
fn a_backup_is_restored_where_no_database_was_and_the_trail_remembers_it() {
    let place = Place::new();
    place.add_venue("LAMA");
    let backup = place.path("cadangan.db");
    assert_eq!(place.command(&["backup", &backup]).code, 0);
    let elsewhere = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", elsewhere.path().join("lain.db").display());
    let nothing = try_run(&database, &["backup", &place.path("kosong.db")], "");
    assert_eq!(nothing.code, 1, "a database that is not there is not made to be copied");
    let restored = try_run(&database, &["restore", &backup], "");
    assert_eq!((restored.code, restored.stderr.as_str()), (0, ""));
    assert!(run(&database, &["export", "venues", "--office", "33.03"]).contains("LAMA"));
}

#[actix_web::test]
async fn postgresql_is_sent_to_its_own_tools() {
    if postgres_server().is_none() {
        return;
    }
    let app = TestApp::start().await;
    for command in ["backup", "restore"] {
        let refused = try_run(&app.settings.database.url, &[command, "/tmp/no-such-file"], "");
        assert_eq!(refused.code, 1);
        assert!(refused.stderr.contains("pg_dump"), "{}", refused.stderr);
    }
}
