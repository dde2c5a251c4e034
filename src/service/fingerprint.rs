//! The fingerprint of a ledger entry's content, by which a repetition is told from another entry under the same id.

use sha2::{Digest, Sha256};

use crate::domain::tally::Entry;

/// SHA-256 over the entry's canonical bytes, in hexadecimal.
pub fn content_hash(entry: &Entry) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or('0');
    let digest = Sha256::digest(entry.content_digest_input());
    digest.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
