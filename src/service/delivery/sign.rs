//! The signature in addresses that end letters: HMAC-SHA-256 (RFC 2104) under a key of the office, so that nobody can end
//! another's letters, and no session is needed to end one's own.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::service::hash::hex;

/// The signature of `text`, in hexadecimal.
pub fn sign(key: &str, text: &str) -> Option<String> {
    Some(hex(&mac(key, text)?.finalize().into_bytes()))
}

/// True if `signature` is that of `text`; takes as long whichever digit is wrong.
pub fn is_signed(key: &str, text: &str, signature: &str) -> bool {
    let bytes: Option<Vec<u8>> = signature
        .as_bytes()
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect();
    bytes.zip(mac(key, text)).is_some_and(|(bytes, mac)| mac.verify_slice(&bytes).is_ok())
}

fn mac(key: &str, text: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(text.as_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_standard_and_holds_for_its_text_and_key_only() {
        // RFC 4231, test case 2.
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(sign("Jefe", "what do ya want for nothing?").unwrap(), expected);
        assert!(is_signed("Jefe", "what do ya want for nothing?", expected));
        assert!(!is_signed("Jefe", "what do ya want for nothing!", expected));
        assert!(!is_signed("Jeff", "what do ya want for nothing?", expected));
        assert!(!is_signed("Jefe", "what do ya want for nothing?", &expected[..62]));
        assert!(!is_signed("Jefe", "what do ya want for nothing?", "é"));
    }
}
