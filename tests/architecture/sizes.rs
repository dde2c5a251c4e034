//! What reads badly because it is long: a note for the next reader of the code, never a failure.

use super::tokens::{Token, closing, tokens, without_tests};

const LONG_FUNCTION: usize = 50;
const LONG_FILE: usize = 300;

/// One line per long file and per function with a long body, tests left out.
pub fn long_pieces(file: &str, text: &str) -> Vec<String> {
    let lines = text.lines().count();
    let whole = (lines > LONG_FILE).then(|| format!("src/{file}: {lines} lines"));
    let tokens = without_tests(&tokens(text));
    let functions = (0..tokens.len()).filter_map(|at| body(&tokens, at));
    let long = functions.filter(|(_, _, lines)| *lines > LONG_FUNCTION);
    whole
        .into_iter()
        .chain(long.map(|(name, line, lines)| format!("src/{file}:{line}: fn {name} has {lines} lines")))
        .collect()
}

/// Name, line and length of the body of the function that begins at `at`.
fn body(tokens: &[Token], at: usize) -> Option<(&str, usize, usize)> {
    let name = tokens.get(at + 1).filter(|name| tokens[at].is("fn") && name.is_word())?;
    let mut open = at;
    while !tokens.get(open)?.is("{") {
        match tokens[open].text.as_str() {
            ";" => return None,
            "(" | "[" => open = closing(tokens, open) + 1,
            _ => open += 1,
        }
    }
    let end = tokens.get(closing(tokens, open))?;
    Some((&name.text, tokens[at].line, (end.line - tokens[open].line).saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_body_is_noted_and_a_test_is_not() {
        let long = |name: &str| format!("fn {name}(a: [u8; 2]) -> u8 {{\n{}}}\n", "    a();\n".repeat(51));
        let text = format!("trait T {{ fn short(&self); }}\n{}#[cfg(test)]\nmod tests {{ {} }}", long("f"), long("g"));
        assert_eq!(long_pieces("a.rs", &text), ["src/a.rs:2: fn f has 51 lines"]);
        assert_eq!(long_pieces("b.rs", &"\n".repeat(301)), ["src/b.rs: 301 lines"]);
    }
}
