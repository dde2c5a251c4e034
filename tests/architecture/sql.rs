//! Reads the few statements that migrations are made of: CREATE TABLE, CREATE INDEX, ALTER and DROP TABLE.
//! Enough of SQL for the checks of `schema`; what it cannot read it reports.

use std::collections::BTreeMap;

/// All tables after all migrations.
#[derive(Debug, Default)]
pub struct Schema {
    pub tables: BTreeMap<String, Table>,
    /// What could not be read, one line each.
    pub unread: Vec<String>,
}

#[derive(Debug, Default)]
pub struct Table {
    pub columns: BTreeMap<String, Column>,
    pub primary_key: Option<Vec<String>>,
    /// Unique constraints and unique indexes.
    pub unique: Vec<Vec<String>>,
    pub foreign_keys: Vec<ForeignKey>,
}

#[derive(Debug, Default)]
pub struct Column {
    pub not_null: bool,
}

#[derive(Debug)]
pub struct ForeignKey {
    pub columns: Vec<String>,
    pub table: String,
    pub to: Vec<String>,
}

impl Schema {
    /// Takes in one migration.
    pub fn read(&mut self, sql: &str) {
        for statement in statements(sql) {
            let words: Vec<&str> = statement.iter().map(String::as_str).collect();
            if self.statement(&words).is_none() {
                self.unread.push(words.join(" "));
            }
        }
    }

    fn statement(&mut self, words: &[&str]) -> Option<()> {
        match words {
            ["create", "table", "if", "not", "exists", rest @ ..] | ["create", "table", rest @ ..] => self.create(rest),
            ["create", "unique", "index", rest @ ..] => self.unique_index(rest),
            ["alter", "table", name, "rename", "to", new] => {
                let table = self.tables.remove(*name)?;
                self.tables.insert((*new).to_owned(), table);
                Some(())
            }
            ["alter", "table", name, "add", "column", rest @ ..] => self.tables.get_mut(*name)?.column(rest),
            ["alter", "table", name, "rename", "column", old, "to", new] => {
                let columns = &mut self.tables.get_mut(*name)?.columns;
                let column = columns.remove(*old)?;
                columns.insert((*new).to_owned(), column);
                Some(())
            }
            ["alter", "table", name, "drop", "column", column] => {
                self.tables.get_mut(*name)?.columns.remove(*column).map(|_| ())
            }
            ["drop", "table", "if", "exists", name, ..] | ["drop", "table", name, ..] => {
                self.tables.remove(*name).map(|_| ())
            }
            ["alter", ..] => None,
            _ => Some(()),
        }
    }

    fn create(&mut self, words: &[&str]) -> Option<()> {
        let (name, rest) = words.split_first()?;
        let mut table = Table::default();
        for item in items(group(rest)?) {
            table.item(item)?;
        }
        self.tables.insert((*name).to_owned(), table);
        Some(())
    }

    /// `name ON table (…) [WHERE …]`, the name perhaps missing.
    fn unique_index(&mut self, words: &[&str]) -> Option<()> {
        let on = words.iter().position(|word| *word == "on")?;
        let table = self.tables.get_mut(*words.get(on + 1)?)?;
        table.unique.push(columns(group(words.get(on + 2..)?)?));
        Some(())
    }
}

impl Table {
    /// One line of a table: a constraint or a column.
    fn item(&mut self, words: &[&str]) -> Option<()> {
        match words {
            ["constraint", _, rest @ ..] => self.item(rest),
            ["primary", "key", rest @ ..] => {
                self.primary_key = Some(columns(group(rest)?));
                Some(())
            }
            ["unique", rest @ ..] if rest.first() == Some(&"(") => {
                self.unique.push(columns(group(rest)?));
                Some(())
            }
            ["foreign", "key", rest @ ..] => {
                let own = columns(group(rest)?);
                let at = rest.iter().position(|word| *word == "references")?;
                self.foreign_key(own, &rest[at + 1..])
            }
            ["check", ..] => Some(()),
            _ => self.column(words),
        }
    }

    fn column(&mut self, words: &[&str]) -> Option<()> {
        let (name, rest) = words.split_first()?;
        let follows = |first: &str, second: &str| rest.windows(2).any(|pair| pair == [first, second]);
        self.columns.insert((*name).to_owned(), Column { not_null: follows("not", "null") });
        if follows("primary", "key") {
            self.primary_key = Some(vec![(*name).to_owned()]);
        }
        if rest.contains(&"unique") {
            self.unique.push(vec![(*name).to_owned()]);
        }
        match rest.iter().position(|word| *word == "references") {
            Some(at) => self.foreign_key(vec![(*name).to_owned()], &rest[at + 1..]),
            None => Some(()),
        }
    }

    fn foreign_key(&mut self, columns_here: Vec<String>, target: &[&str]) -> Option<()> {
        let (table, rest) = target.split_first()?;
        let to = if rest.first() == Some(&"(") { columns(group(rest)?) } else { Vec::new() };
        self.foreign_keys.push(ForeignKey { columns: columns_here, table: (*table).to_owned(), to });
        Some(())
    }
}

/// The words of each statement in lower case, without comments and quotes; a text literal is `''`.
pub fn statements(sql: &str) -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(statement) = found.last_mut() else { break };
        match c {
            '-' if chars.peek() == Some(&'-') => while chars.next().is_some_and(|c| c != '\n') {},
            '/' if chars.peek() == Some(&'*') => {
                let mut last = ' ';
                while let Some(c) = chars.next().filter(|c| !(last == '*' && *c == '/')) {
                    last = c;
                }
            }
            '\'' => {
                while chars.next().is_some_and(|c| c != '\'') {}
                statement.push("''".to_owned());
            }
            ';' => found.push(Vec::new()),
            '"' => {}
            c if c.is_alphanumeric() || c == '_' => {
                let mut word = c.to_lowercase().to_string();
                while let Some(c) = chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
                    word.extend(c.to_lowercase());
                }
                statement.push(word);
            }
            c if c.is_whitespace() => {}
            c => statement.push(c.to_string()),
        }
    }
    found.retain(|statement| !statement.is_empty());
    found
}

/// What stands between the first bracket and the one that closes it.
fn group<'a, 'b>(words: &'a [&'b str]) -> Option<&'a [&'b str]> {
    let open = words.iter().position(|word| *word == "(")?;
    let mut depth = 0_usize;
    for (at, word) in words.iter().enumerate().skip(open) {
        match *word {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return words.get(open + 1..at);
        }
    }
    None
}

/// The parts between the commas that stand in no bracket.
fn items<'a, 'b>(words: &'a [&'b str]) -> Vec<&'a [&'b str]> {
    let mut depth = 0_usize;
    let mut found = Vec::new();
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        match *word {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            "," if depth == 0 => {
                found.push(&words[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&words[start..]);
    found
}

/// The columns of a key; an expression such as `lower(name)` is one entry.
fn columns(words: &[&str]) -> Vec<String> {
    items(words)
        .iter()
        .map(|item| if item.len() > 2 { item.concat() } else { item.first().unwrap_or(&"").to_string() })
        .collect()
}
