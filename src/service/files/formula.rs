//! Keeps spreadsheets from running what people typed: a text that would begin a formula gets an apostrophe when it is
//! written, and loses it when it is read, so that a file taken out and brought in again changes nothing.

const GUARD: char = '\'';

/// The text as a cell that no spreadsheet takes for a formula.
pub fn with_guard(text: &str) -> String {
    if begins_formula(text) { format!("{GUARD}{text}") } else { text.to_owned() }
}

/// The text that [`with_guard`] was given.
pub fn without_guard(cell: &str) -> &str {
    cell.strip_prefix(GUARD).filter(|rest| begins_formula(rest)).unwrap_or(cell)
}

/// Apostrophes before the sign count in, or one that was there could not be told from one that was added.
fn begins_formula(text: &str) -> bool {
    text.trim_start_matches(GUARD).starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_would_run_is_guarded() {
        for text in ["=1+1", "+62", "-", "@SUM(A1)", "'=1"] {
            assert_eq!(with_guard(text), format!("'{text}"));
        }
        for text in ["Pasar", "'Aisyiyah", "1-2", ""] {
            assert_eq!(with_guard(text), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_and_never_begins_a_formula(text in "['=+@a-]{0,6}") {
            let cell = with_guard(&text);
            prop_assert!(!cell.starts_with(['=', '+', '-', '@']));
            prop_assert_eq!(without_guard(&cell), text);
        }
    }
}
