//! The rules that keep one schema good for SQLite, PostgreSQL and a database sharded by office: what belongs to an
//! office is keyed by it first, and nothing is used that one of the engines lacks. Read from the migrations themselves.

use super::sql::{Schema, Table, statements};

const OFFICE: &str = "office_id";

/// Tables that no office owns, and why each may be one.
const SHARED: [(&str, &str); 7] = [
    ("offices", "names the offices"),
    ("regions", "the same for all"),
    ("holidays", "decreed for the nation or a region"),
    ("users", "a user's scope may hold many offices"),
    ("api_tokens", "belong to users"),
    ("sessions", "belong to users"),
    ("leases", "one leader among processes"),
];

/// Words that some engine lacks or that take time and ids away from the program, with the reason.
const FORBIDDEN: [(&[&str], &str); 12] = [
    (&["serial"], "ids are made by the program"),
    (&["bigserial"], "ids are made by the program"),
    (&["autoincrement"], "ids are made by the program"),
    (&["generated", "always", "as", "identity"], "ids are made by the program"),
    (&["generated", "by", "default", "as", "identity"], "ids are made by the program"),
    (&["now", "("], "time comes from the program's clock"),
    (&["current_timestamp"], "time comes from the program's clock"),
    (&["trigger"], "sharded tables have no triggers"),
    (&["set", "null"], "ON DELETE SET NULL cannot hold where the key leads with office_id"),
    (&["set", "default"], "ON DELETE SET DEFAULT cannot hold where the key leads with office_id"),
    (&["alter", "column"], "SQLite cannot"),
    (&["add", "constraint"], "SQLite cannot"),
];

/// One line per broken rule; `migrations` are (name, text of up.sql) in the order in which they run.
pub fn violations(migrations: &[(String, String)]) -> Vec<String> {
    let mut schema = Schema::default();
    let mut found = Vec::new();
    for (name, sql) in migrations {
        schema.read(sql);
        found.extend(schema.unread.drain(..).map(|statement| format!("{name}: cannot read: {statement}")));
        found.extend(statements(sql).iter().flat_map(|s| forbidden(s)).map(|why| format!("{name}: {why}")));
    }
    found.extend(schema.tables.iter().flat_map(|(name, table)| check_table(&schema, name, table)));
    found
}

fn forbidden(statement: &[String]) -> Vec<String> {
    let has = |words: &[&str]| statement.windows(words.len()).any(|window| window == words);
    let mut found: Vec<String> = FORBIDDEN
        .iter()
        .filter(|(words, _)| has(words))
        .map(|(words, why)| format!("`{}`: {why}", words.join(" ")))
        .collect();
    if has(&["index", "on"]) || has(&["index", "if", "not", "exists", "on"]) {
        found.push(format!("an index without a name: {}", statement.join(" ")));
    }
    found
}

fn check_table(schema: &Schema, name: &str, table: &Table) -> Vec<String> {
    let Some(office) = table.columns.get(OFFICE) else { return check_shared(schema, name, table) };
    let mut found = Vec::new();
    if !office.not_null {
        found.push(format!("{name}: {OFFICE} is not NOT NULL"));
    }
    match &table.primary_key {
        Some(key) if leads(key) => {}
        key => found.push(format!("{name}: the primary key {key:?} does not begin with {OFFICE}")),
    }
    let loose = table.unique.iter().filter(|key| !leads(key));
    found.extend(loose.map(|key| format!("{name}: the unique key {key:?} does not begin with {OFFICE}")));
    let to_offices = table.foreign_keys.iter().filter(|key| !is_shared(schema, &key.table));
    let loose = to_offices.filter(|key| !leads(&key.columns) || !leads(&key.to));
    found.extend(loose.map(|key| {
        format!(
            "{name}: the foreign key {:?} to {} {:?} does not begin with {OFFICE} on both sides",
            key.columns, key.table, key.to
        )
    }));
    found
}

fn check_shared(schema: &Schema, name: &str, table: &Table) -> Vec<String> {
    let mut found = Vec::new();
    if !SHARED.iter().any(|(shared, _)| *shared == name) {
        found.push(format!("{name}: no {OFFICE}, and not among the tables that all offices share"));
    }
    if table.primary_key.is_none() {
        found.push(format!("{name}: no primary key"));
    }
    let owned = table.foreign_keys.iter().filter(|key| !is_shared(schema, &key.table));
    found.extend(owned.map(|key| format!("{name}: a shared table cannot refer to {}, which offices own", key.table)));
    found
}

fn leads(key: &[String]) -> bool {
    key.first().is_some_and(|column| column == OFFICE)
}

fn is_shared(schema: &Schema, table: &str) -> bool {
    schema.tables.get(table).is_some_and(|table| !table.columns.contains_key(OFFICE))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "
        CREATE TABLE offices (id UUID NOT NULL PRIMARY KEY, code TEXT NOT NULL UNIQUE);
        CREATE TABLE venues ( -- the registry; all of it
            office_id UUID NOT NULL REFERENCES offices (id), id UUID NOT NULL, code TEXT NOT NULL DEFAULT 'a, b; (c',
            name TEXT NOT NULL CHECK (length(name) > 0 AND name NOT IN ('x', 'y')),
            CONSTRAINT venues_pkey PRIMARY KEY (office_id, id), UNIQUE (office_id, code));
        CREATE UNIQUE INDEX venues_by_name ON venues (office_id, lower(name)) WHERE name <> '';
        CREATE TABLE events (office_id UUID NOT NULL, id UUID NOT NULL, venue_id UUID, PRIMARY KEY (office_id, id),
            FOREIGN KEY (office_id, venue_id) REFERENCES venues (office_id, id) ON DELETE CASCADE);
        ALTER TABLE events ADD COLUMN title TEXT NOT NULL DEFAULT '';";

    fn check(sql: &str) -> Vec<String> {
        violations(&[("one".to_owned(), GOOD.to_owned()), ("two".to_owned(), sql.to_owned())])
    }

    fn one_complaint(sql: &str, about: &str) {
        let found = check(sql);
        assert!(found.len() == 1 && found[0].contains(about), "{sql}\n{found:?}");
    }

    #[test]
    fn a_good_schema_passes() {
        assert_eq!(check(""), [""; 0]);
    }

    #[test]
    fn an_office_table_is_keyed_by_its_office_first() {
        one_complaint("CREATE TABLE a (office_id UUID, id UUID NOT NULL, PRIMARY KEY (office_id, id))", "NOT NULL");
        one_complaint("CREATE TABLE a (office_id UUID NOT NULL, id UUID NOT NULL PRIMARY KEY)", "primary key");
        one_complaint(
            "CREATE TABLE a (office_id UUID NOT NULL, id UUID NOT NULL, PRIMARY KEY (id, office_id))",
            "primary key",
        );
        one_complaint("CREATE TABLE a (office_id UUID NOT NULL, id UUID NOT NULL)", "primary key");
        one_complaint("CREATE TABLE a (office_id UUID NOT NULL PRIMARY KEY, b TEXT UNIQUE)", "unique");
        one_complaint("CREATE TABLE a (office_id UUID NOT NULL PRIMARY KEY, b TEXT, UNIQUE (b, office_id))", "unique");
        one_complaint("CREATE UNIQUE INDEX venues_id ON venues (id)", "unique");
        one_complaint("CREATE UNIQUE INDEX v ON venues (lower(name), office_id)", "unique");
    }

    #[test]
    fn a_foreign_key_between_office_tables_carries_the_office_on_both_sides() {
        let table = |key: &str| format!("CREATE TABLE a (office_id UUID NOT NULL PRIMARY KEY, v UUID {key})");
        one_complaint(&table("REFERENCES venues (id)"), "foreign key");
        one_complaint(&table(", FOREIGN KEY (v, office_id) REFERENCES venues (id, office_id)"), "foreign key");
        one_complaint(&table(", FOREIGN KEY (office_id, v) REFERENCES venues"), "foreign key");
        one_complaint(&table(", FOREIGN KEY (v) REFERENCES missing (id)"), "foreign key");
        assert_eq!(check(&table(", FOREIGN KEY (v) REFERENCES offices (id)")), [""; 0]);
        one_complaint("CREATE TABLE users (id UUID PRIMARY KEY, v UUID REFERENCES venues (id))", "shared table");
        one_complaint("ALTER TABLE venues ADD COLUMN parent UUID REFERENCES venues (id)", "foreign key");
    }

    #[test]
    fn a_table_that_no_office_owns_is_on_the_list() {
        one_complaint("CREATE TABLE notes (id UUID NOT NULL PRIMARY KEY)", "not among");
        one_complaint("CREATE TABLE leases (name TEXT)", "no primary key");
    }

    #[test]
    fn what_an_engine_lacks_is_refused() {
        let table = |column: &str| format!("CREATE TABLE leases (id {column} PRIMARY KEY)");
        for (bad, about) in [
            ("SERIAL", "serial"),
            ("UUID DEFAULT now()", "now"),
            ("INTEGER AUTOINCREMENT", "ids"),
            ("UUID REFERENCES offices (id) ON DELETE SET NULL", "SET NULL"),
        ] {
            one_complaint(&table(bad), about);
        }
        one_complaint("CREATE INDEX ON venues (office_id)", "without a name");
        one_complaint("CREATE TRIGGER t AFTER INSERT ON venues BEGIN SELECT 1; END", "trigger");
        assert!(!check("ALTER TABLE venues ADD CONSTRAINT c CHECK (true)").is_empty());
        assert!(!check("ALTER TABLE venues ALTER COLUMN code DROP NOT NULL").is_empty());
        assert_eq!(check("CREATE INDEX venues_plain ON venues (office_id, name); -- now() a trigger"), [""; 0]);
    }

    #[test]
    fn a_statement_that_cannot_be_read_is_no_silent_pass() {
        one_complaint("CREATE UNIQUE INDEX i ON nowhere (id)", "cannot read");
    }
}
