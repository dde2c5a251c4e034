//! Sentences with links inside. A message has its figures as variables; a figure goes in with its address between marks
//! of Unicode's private use, and the finished sentence is cut at them. So translators see whole sentences, and no text
//! from outside can make a link.

use crate::domain::language::Language;
use crate::wording::messages::message;

/// A sentence in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rich(Vec<Piece>);

/// A stretch of text, with the page behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub href: Option<String>,
}

const OPEN: char = '\u{e000}';
const MIDDLE: char = '\u{e001}';
const CLOSE: char = '\u{e002}';

/// A variable that becomes a link.
pub fn linked(text: &str, href: &str) -> String {
    format!("{OPEN}{}{MIDDLE}{}{CLOSE}", clean(href), clean(text))
}

/// The message `id` with links among its variables. Beside each linked variable stands its text alone, as `NAME-count`: by
/// that a message chooses its plural.
pub fn sentence(language: Language, id: &str, args: &[(&str, String)]) -> String {
    let linked = args.iter().filter(|(_, value)| value.starts_with(OPEN));
    let counts: Vec<(String, String)> =
        linked.map(|(name, value)| (format!("{name}-count"), Rich::cut(value).text())).collect();
    let counts = counts.iter().map(|(name, count)| (name.as_str(), count.clone()));
    message(language, id, &args.iter().cloned().chain(counts).collect::<Vec<_>>())
}

/// A text from outside as a variable: without marks, and in one line.
pub fn clean(text: &str) -> String {
    let shown = |letter: char| match letter {
        OPEN | MIDDLE | CLOSE => None,
        letter if letter.is_control() => Some(' '),
        letter => Some(letter),
    };
    text.chars().filter_map(shown).collect()
}

impl Rich {
    /// Cuts a finished sentence at its marks.
    pub fn cut(sentence: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = sentence;
        while let Some((before, marked)) = rest.split_once(OPEN) {
            pieces.push(Piece { text: before.to_owned(), href: None });
            let (inside, after) = marked.split_once(CLOSE).unwrap_or((marked, ""));
            let (href, text) = inside.split_once(MIDDLE).unwrap_or(("", inside));
            pieces.push(Piece { text: text.to_owned(), href: Some(href.to_owned()) });
            rest = after;
        }
        pieces.push(Piece { text: rest.to_owned(), href: None });
        pieces.retain(|piece| !piece.text.is_empty());
        Self(pieces)
    }

    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The sentence without its links.
    pub fn text(&self) -> String {
        self.0.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// The first page that it leads to.
    pub fn address(&self) -> Option<&str> {
        self.0.iter().find_map(|piece| piece.href.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_cut_at_its_links_and_reads_the_same_without_them() {
        let sentence = format!("Kurang {} aktivasi, laju {}.", linked("203.947", "/a"), linked("205", "/b"));
        let rich = Rich::cut(&sentence);
        let pieces: Vec<_> = rich.pieces().iter().map(|piece| (piece.text.as_str(), piece.href.as_deref())).collect();
        let expected =
            [("Kurang ", None), ("203.947", Some("/a")), (" aktivasi, laju ", None), ("205", Some("/b")), (".", None)];
        assert_eq!(pieces, expected);
        assert_eq!((rich.text().as_str(), rich.address()), ("Kurang 203.947 aktivasi, laju 205.", Some("/a")));
    }

    #[test]
    fn a_linked_figure_chooses_its_plural() {
        let row = |n: &str| {
            let args = [("office", "Madiun".to_owned()), ("n", linked(n, "/35.77/kegiatan"))];
            Rich::cut(&sentence(Language::English, "digest-region-unreported-row", &args)).text()
        };
        assert_eq!((row("1").as_str(), row("21").as_str()), ("Madiun: 1 event", "Madiun: 21 events"));
    }

    #[test]
    fn a_name_cannot_bring_a_link_of_its_own() {
        let evil = format!("Pasar{OPEN}https://x.example{MIDDLE}klik{CLOSE}\r\nBcc: x");
        let rich = Rich::cut(&linked(&evil, "/33.03/lokasi"));
        assert_eq!(rich.pieces().len(), 1);
        assert_eq!(rich.address(), Some("/33.03/lokasi"));
        assert!(!rich.text().contains(['\r', '\n']));
        assert_eq!(Rich::cut(&format!("{OPEN}only")).text(), "only");
    }
}
