//! The code that opens the set-up of this process; it is stored nowhere and ends with it.

use std::sync::Mutex;

#[derive(Debug, Default)]
pub struct SetUpCode(Mutex<Option<String>>);

impl SetUpCode {
    /// From now on this is the code.
    pub fn hold(&self, code: &str) {
        if let Ok(mut held) = self.0.lock() {
            *held = Some(code.to_owned());
        }
    }

    /// True if `typed` is the code; letters' case and the hyphens do not matter.
    pub fn is(&self, typed: &str) -> bool {
        let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
        self.0.lock().is_ok_and(|held| held.as_ref().is_some_and(|code| plain(code) == plain(typed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_typed_and_nothing_is_a_code_before_one_was_made() {
        let code = SetUpCode::default();
        assert!(!code.is("") && !code.is("ABCD-EFGH-JKLM"));
        code.hold("ABCD-EFGH-JKLM");
        assert!(code.is("abcd efgh jklm") && !code.is("ABCD-EFGH-JKLN") && !code.is(""));
    }
}
