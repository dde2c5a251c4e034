//! Cuts Rust source into tokens, which is all that the checks need: comments and the inside of literals disappear,
//! so that a path in a comment or a brace in a string never counts. Items under `#[cfg(test)]` can be cut away.

/// A word, a literal (shown as `""` or `0`), `::`, or one character of punctuation, with its line (from 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

impl Token {
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// True for identifiers and keywords.
    pub fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// Every token of `source`.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer { chars: source.chars().collect(), at: 0, line: 1, found: Vec::new() };
    while lexer.at < lexer.chars.len() {
        lexer.step();
    }
    lexer.found
}

/// `tokens` without the items that only tests see (`#[cfg(test)] mod tests { … }` and its like).
pub fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        match attribute(rest) {
            Some(inner) if is_test_only(inner) => {
                if rest[1].is("!") {
                    return kept;
                }
                at += item_length(rest);
            }
            _ => {
                kept.push(tokens[at].clone());
                at += 1;
            }
        }
    }
    kept
}

/// The position of the bracket that closes the one at `open`, or the end.
pub fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len()
}

/// What stands between the brackets, if `tokens` begin with an attribute.
fn attribute(tokens: &[Token]) -> Option<&[Token]> {
    if !tokens.first()?.is("#") {
        return None;
    }
    let open = if tokens.get(1)?.is("!") { 2 } else { 1 };
    if !tokens.get(open)?.is("[") {
        return None;
    }
    tokens.get(open + 1..closing(tokens, open))
}

fn is_test_only(attribute: &[Token]) -> bool {
    let has = |word: &str| attribute.iter().any(|token| token.is(word));
    attribute.first().is_some_and(|token| token.is("cfg")) && has("test") && !has("not") && !has("any")
}

/// Tokens of the item that `tokens` begin with, its attributes and visibility included.
fn item_length(tokens: &[Token]) -> usize {
    let mut at = 0;
    while attribute(&tokens[at..]).is_some() {
        at = closing(tokens, at + 1) + 1;
    }
    let ends_with_semicolon = tokens[at..]
        .iter()
        .find(|token| {
            ["use", "const", "static", "type", "let", "mod", "fn", "impl", "struct", "enum"].contains(&&*token.text)
        })
        .is_some_and(|token| ["use", "const", "static", "type", "let"].contains(&&*token.text));
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            ";" => return at + 1,
            "{" | "(" | "[" => {
                let braces = tokens[at].is("{");
                at = closing(tokens, at);
                if braces && !ends_with_semicolon {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    tokens.len()
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
    found: Vec<Token>,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn advance(&mut self, count: usize) {
        for _ in 0..count {
            if self.peek(0) == '\n' {
                self.line += 1;
            }
            self.at += 1;
        }
    }

    fn push(&mut self, text: impl Into<String>) {
        self.found.push(Token { text: text.into(), line: self.line });
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.skip_until(|lexer| lexer.peek(0) == '\n'),
            ('/', '*') => self.block_comment(),
            ('"', _) => self.string(),
            ('\'', _) => self.quote(),
            (':', ':') => {
                self.push("::");
                self.advance(2);
            }
            (c, _) if c.is_alphabetic() || c == '_' => self.word(),
            (c, _) if c.is_ascii_digit() => {
                self.push("0");
                self.skip_until(|lexer| !lexer.peek(0).is_alphanumeric() && lexer.peek(0) != '_');
            }
            (c, _) => {
                if !c.is_whitespace() {
                    self.push(c);
                }
                self.advance(1);
            }
        }
    }

    fn skip_until(&mut self, stop: impl Fn(&Self) -> bool) {
        while self.at < self.chars.len() && !stop(self) {
            self.advance(1);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        loop {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ if self.at >= self.chars.len() => return,
                _ => {
                    self.advance(1);
                    continue;
                }
            }
            self.advance(2);
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        self.push("\"\"");
        self.advance(1);
        while self.at < self.chars.len() && self.peek(0) != '"' {
            self.advance(if self.peek(0) == '\\' { 2 } else { 1 });
        }
        self.advance(1);
    }

    /// A character, or a lifetime, which is dropped.
    fn quote(&mut self) {
        if self.peek(1) == '\\' {
            self.push("\"\"");
            self.advance(3);
            self.skip_until(|lexer| lexer.peek(0) == '\'');
            self.advance(1);
        } else if self.peek(2) == '\'' {
            self.push("\"\"");
            self.advance(3);
        } else {
            self.advance(1);
            self.skip_until(|lexer| !lexer.peek(0).is_alphanumeric() && lexer.peek(0) != '_');
        }
    }

    /// A word, or a literal that begins with a letter: `b"…"`, `r#"…"#`, `b'x'`; `r#type` loses its mark.
    fn word(&mut self) {
        let mut length = 0;
        while self.peek(length).is_alphanumeric() || self.peek(length) == '_' {
            length += 1;
        }
        let word: String = (0..length).map(|ahead| self.peek(ahead)).collect();
        let rest = self.chars.iter().skip(self.at + length);
        let hashes = rest.take_while(|c| **c == '#').count();
        let raw = ["r", "br", "cr"].contains(&word.as_str());
        match self.peek(length + hashes) {
            '"' if raw => self.raw_string(length, hashes),
            '"' if ["b", "c"].contains(&word.as_str()) => {
                self.advance(length);
                self.string();
            }
            '\'' if word == "b" => {
                self.advance(length);
                self.quote();
            }
            _ if word == "r" && hashes == 1 => self.advance(2),
            _ => {
                self.push(word);
                self.advance(length);
            }
        }
    }

    fn raw_string(&mut self, prefix: usize, hashes: usize) {
        self.push("\"\"");
        self.advance(prefix + hashes + 1);
        self.skip_until(|lexer| lexer.peek(0) == '"' && (1..=hashes).all(|ahead| lexer.peek(ahead) == '#'));
        self.advance(1 + hashes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<String> {
        without_tests(&tokens(source)).into_iter().filter(Token::is_word).map(|token| token.text).collect()
    }

    #[test]
    fn comments_literals_and_lifetimes_leave_no_words() {
        let source = r##"a /* b /* c */ d */ "e \" f" r#"g " h"# 'i' '\'' b"j" b'k' '\u{1F}' 'life l // m"##;
        assert_eq!(words(source), ["a", "l"]);
    }

    #[test]
    fn a_raw_identifier_is_its_word() {
        assert_eq!(words("r#type"), ["type"]);
    }

    #[test]
    fn what_only_tests_see_is_cut_away_and_nothing_after_it() {
        let source = "a #[cfg(test)] mod tests { use b; { c } } d #[cfg(test)] use e::{f, g}; h
                      #[cfg(test)] #[rustfmt::skip] fn i() -> [u8; 2] { j } k #[cfg(test)] mod l; m";
        assert_eq!(words(source), ["a", "d", "h", "k", "m"]);
        assert_eq!(words("#[cfg(not(test))] fn n() {}"), ["cfg", "not", "test", "fn", "n"]);
    }

    #[test]
    fn lines_are_counted_through_literals() {
        let found = tokens("\"\n\n\" a");
        assert_eq!(found[1], Token { text: "a".to_owned(), line: 3 });
    }
}
