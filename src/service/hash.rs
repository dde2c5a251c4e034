//! SHA-256 in hexadecimal: what is stored of secrets, and what tells a repeated entry from another one.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The digest of `bytes` in 64 hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing into a String cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}
