//! Names cut to what a line can hold: subjects are read on phones, where what stands behind a long name is never seen.

/// The longest name in a subject, in letters.
const SUBJECT_NAME_MAX: usize = 48;

/// A name as a subject can hold it.
pub fn for_subject(name: &str) -> String {
    cut(name, SUBJECT_NAME_MAX)
}

/// The text itself, or its beginning with an ellipsis: `most` letters in all.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_with_an_ellipsis_within_its_limit() {
        assert_eq!(cut("Pasar Bobotsari", 15), "Pasar Bobotsari");
        assert_eq!(cut("Pasar Bobotsari", 14), "Pasar Bobotsa…");
        assert_eq!(cut("Pasar Bobotsari", 7), "Pasar…");
        assert_eq!((cut("é", 1).as_str(), cut("éé", 1).as_str(), cut("", 0).as_str()), ("é", "…", ""));
        assert_eq!(for_subject(&"é".repeat(300)).chars().count(), 48);
    }
}
