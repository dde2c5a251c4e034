//! Letters as they were looked at lie in `tests/golden`. `UPDATE_GOLDEN=1` writes them anew: look at them before they are
//! committed.

use std::path::PathBuf;

use super::letter::Letter;
use crate::domain::language::Language;

/// Compares a letter with the files of its name: `FOLDER/NAME.LANGUAGE.txt` (the subject above the text) and `….html`.
pub fn assert_as_looked_at(folder: &str, name: &str, language: Language, letter: &Letter) {
    let text = format!("{}\n\n{}", letter.subject, letter.text);
    for (kind, now) in [("txt", text.as_str()), ("html", letter.html.as_str())] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(folder);
        let path = folder.join(format!("{name}.{language}.{kind}"));
        if std::env::vars().any(|(name, _)| name == "UPDATE_GOLDEN") {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, now).unwrap();
        }
        let known = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(known == now, "{} differs; UPDATE_GOLDEN=1 writes it anew:\n{now}", path.display());
    }
}
