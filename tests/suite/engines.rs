//! What both engines promise: the same tables, migrations that may race, writes that fail alone and recover.

use std::collections::BTreeSet;
use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use jemputbola::store::{Address, AnyConnection, Database, StoreError, migrate};

use crate::support::{TestDatabase, postgres_server};

const BINARY: &str = env!("CARGO_BIN_EXE_jemputbola");

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    required: i64,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// `table.column`, with `!` where a value is required.
fn columns(connection: &mut AnyConnection) -> BTreeSet<String> {
    let statement = match connection {
        AnyConnection::Sqlite(_) => {
            "SELECT t.name AS table_name, c.name AS name, CASE WHEN c.\"notnull\" = 1 THEN 1 ELSE 0 END AS required \
             FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"
        }
        AnyConnection::Postgres(_) => {
            "SELECT table_name::TEXT, column_name::TEXT AS name, CASE WHEN is_nullable = 'NO' THEN 1 ELSE 0 END::BIGINT AS required \
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let rows: Vec<Column> = diesel::sql_query(statement).load(connection).unwrap();
    rows.into_iter()
        .filter(|row| !row.table_name.starts_with("__diesel"))
        .map(|row| format!("{}.{}{}", row.table_name, row.name, if row.required == 1 { "!" } else { "" }))
        .collect()
}

/// The same list, read from the tables as diesel sees them.
fn declared_columns() -> BTreeSet<String> {
    let source = include_str!("../../src/store/schema.rs");
    let mut table = String::new();
    let mut found = BTreeSet::new();
    for line in source.lines().map(str::trim) {
        if let Some((name, rest)) = line.split_once(" (") {
            if rest.ends_with(") {") {
                name.clone_into(&mut table);
            }
        } else if let Some((column, kind)) = line.split_once(" -> ") {
            let mark = if kind.starts_with("Nullable") { "" } else { "!" };
            found.insert(format!("{table}.{column}{mark}"));
        }
    }
    found
}

#[test]
fn the_tables_are_those_that_the_queries_are_written_for() {
    let database = TestDatabase::create();
    let mut connection = Address::parse(&database.url()).unwrap().open().unwrap();
    assert_eq!(columns(&mut connection), declared_columns());
}

#[test]
fn migrations_can_be_undone_and_done_again() {
    let database = TestDatabase::create();
    let address = Address::parse(&database.url()).unwrap();
    migrate::revert_all(&address).unwrap();
    assert_eq!(columns(&mut address.open().unwrap()), BTreeSet::new());
    assert!(matches!(migrate::check(&address), Err(StoreError::NotMigrated)));
    let migrated = migrate::run(&address, None, |_| Ok(())).unwrap();
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).unwrap();
    assert_eq!(migrated.applied.len(), folders.count());
    assert_eq!(columns(&mut address.open().unwrap()), declared_columns());
}

#[test]
fn processes_that_migrate_together_do_it_once() {
    let database = TestDatabase::create();
    migrate::revert_all(&Address::parse(&database.url()).unwrap()).unwrap();
    let start = || {
        let mut command = Command::new(BINARY);
        command.args(["--database", &database.url(), "migrate"]).stdout(std::process::Stdio::piped());
        command.spawn().unwrap()
    };
    let racers: Vec<_> = (0..4).map(|_| start()).collect();
    let outputs: Vec<_> = racers.into_iter().map(|racer| racer.wait_with_output().unwrap()).collect();
    assert!(outputs.iter().all(|output| output.status.success()), "{outputs:?}");
    let applied = outputs.iter().filter(|output| !output.stdout.is_empty()).count();
    assert_eq!(applied, 1, "{outputs:?}");
    let mut connection = Address::parse(&database.url()).unwrap().open().unwrap();
    for (table, expected) in [("regions", 8_913), ("holidays", 135)] {
        let count: Number =
            diesel::sql_query(format!("SELECT COUNT(*) AS n FROM {table}")).get_result(&mut connection).unwrap();
        assert_eq!(count.n, expected, "{table}");
    }
}

#[actix_web::test]
async fn a_write_that_fails_or_panics_undoes_only_itself() {
    let fixture = TestDatabase::create();
    let database = Database::open(&Address::parse(&fixture.url()).unwrap(), 4).unwrap();
    let insert = |code: &'static str| {
        move |connection: &mut AnyConnection| {
            let row = format!("INSERT INTO regions (code, level, name) VALUES ('{code}', 'province', 'Uji')");
            Ok::<_, StoreError>(connection.batch_execute(&row)?)
        }
    };
    let good = database.write(insert("01"));
    let bad = database.write(move |connection| {
        insert("02")(connection)?;
        Err::<(), _>(StoreError::broken("on purpose"))
    });
    let panicking = database.write(move |connection| {
        insert("03")(connection)?;
        assert_eq!(1, 2, "on purpose");
        Ok::<_, StoreError>(())
    });
    let last = database.write(insert("04"));
    let (good, bad, panicking, last) = tokio::join!(good, bad, panicking, last);
    assert!(good.is_ok() && bad.is_err() && panicking.is_err() && last.is_ok());
    let codes: Vec<String> = database.read(codes_below_ten).await.unwrap();
    assert_eq!(codes, ["01", "04"]);
}

#[actix_web::test]
async fn queries_of_one_reading_see_one_moment_and_cannot_write() {
    let fixture = TestDatabase::create();
    let database = Database::open(&Address::parse(&fixture.url()).unwrap(), 2).unwrap();
    let insert = "INSERT INTO regions (code, level, name) VALUES ('01', 'province', 'Uji')";
    let (read_once, first_is_read) = tokio::sync::oneshot::channel();
    let (committed, commit) = std::sync::mpsc::channel();
    let reading = database.read(move |connection| {
        let before = codes_below_ten(connection)?;
        read_once.send(()).unwrap();
        commit.recv().unwrap();
        Ok::<_, StoreError>((before, codes_below_ten(connection)?))
    });
    let writing = async {
        first_is_read.await.unwrap();
        database.write(move |connection| Ok::<_, StoreError>(connection.batch_execute(insert)?)).await.unwrap();
        committed.send(()).unwrap();
    };
    let (seen, ()) = tokio::join!(reading, writing);
    assert_eq!(seen.unwrap(), (vec![], vec![]));
    assert_eq!(database.read(codes_below_ten).await.unwrap(), ["01"]);
    let refused = database.read(move |connection| Ok::<_, StoreError>(connection.batch_execute(insert)?)).await;
    assert!(refused.is_err());
    assert_eq!(database.read(codes_below_ten).await.unwrap(), ["01"]);
}

fn codes_below_ten(connection: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    #[derive(QueryableByName)]
    struct Code {
        #[diesel(sql_type = Text)]
        code: String,
    }
    let rows: Vec<Code> =
        diesel::sql_query("SELECT code FROM regions WHERE code < '10' ORDER BY code").load(connection)?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

#[actix_web::test]
async fn a_full_disk_is_told_as_unavailable_and_recovers_by_itself() {
    if postgres_server().is_some() {
        println!("SKIPPED on PostgreSQL: its disk cannot be filled from here");
        return;
    }
    let fixture = TestDatabase::create();
    let database = Database::open(&Address::parse(&fixture.url()).unwrap(), 2).unwrap();
    let fill = |connection: &mut AnyConnection| {
        // As full as it is: the file may not grow by a single page.
        connection.batch_execute("PRAGMA max_page_count = 1")?;
        let row =
            format!("INSERT INTO regions (code, level, name) VALUES ('05', 'province', '{}')", "x".repeat(100_000));
        Ok::<_, StoreError>(connection.batch_execute(&row)?)
    };
    let full = database.write(fill).await;
    assert!(matches!(full, Err(StoreError::Unavailable(_))), "{full:?}");
    let after = database
        .write(|connection| {
            connection.batch_execute("PRAGMA max_page_count = 1000000")?;
            let row = "INSERT INTO regions (code, level, name) VALUES ('06', 'province', 'Uji')";
            Ok::<_, StoreError>(connection.batch_execute(row)?)
        })
        .await;
    assert!(after.is_ok(), "{after:?}");
    assert_eq!(database.read(codes_below_ten).await.unwrap(), ["06"]);
}

#[actix_web::test]
async fn a_writer_of_another_process_is_waited_for() {
    let fixture = TestDatabase::create();
    let address = Address::parse(&fixture.url()).unwrap();
    let database = Database::open(&address, 2).unwrap();
    let (locked, wait) = std::sync::mpsc::channel();
    let other = std::thread::spawn(move || {
        let mut connection = address.open().unwrap();
        let begin = if matches!(connection, AnyConnection::Sqlite(_)) { "BEGIN IMMEDIATE" } else { "BEGIN" };
        connection.batch_execute(begin).unwrap();
        connection.batch_execute("UPDATE regions SET name = name WHERE code = '33'").unwrap();
        locked.send(()).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(300));
        connection.batch_execute("COMMIT").unwrap();
    });
    wait.recv().unwrap();
    let write = |connection: &mut AnyConnection| {
        Ok::<_, StoreError>(connection.batch_execute("UPDATE regions SET name = 'Jateng' WHERE code = '33'")?)
    };
    database.write(write).await.unwrap();
    other.join().unwrap();
}
