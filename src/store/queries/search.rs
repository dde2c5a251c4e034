//! Searching a text column for a part of it, whatever its case, on either engine.

diesel::define_sql_function! {
    /// Lower case, as far as the engine knows the letters (SQLite: ASCII).
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// A LIKE pattern for a text anywhere in a lower-case column, its own wildcards taken literally.
pub fn like_pattern(search: &str) -> String {
    let literal = search.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}
