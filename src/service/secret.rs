//! Secrets of tokens and sessions: 256 random bits, shown once, stored as their SHA-256. They carry enough entropy that
//! a fast hash is enough, and so each request can be checked by one look-up.

use crate::service::error::ServiceError;
use crate::service::hash::{hex, sha256_hex};

/// 256 random bits in hexadecimal.
pub fn new_secret() -> Result<String, ServiceError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| ServiceError::internal(error.to_string()))?;
    Ok(hex(&bytes))
}

/// A code for a person to copy from one screen to another: three groups of four, 60 random bits. Letters and digits that
/// are taken for one another (I and 1, O and 0) are left out.
pub fn new_code() -> Result<String, ServiceError> {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut bytes = [0_u8; 12];
    getrandom::fill(&mut bytes).map_err(|error| ServiceError::internal(error.to_string()))?;
    let letters: Vec<char> =
        bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32))).map(|l| char::from(*l)).collect();
    Ok(letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// What is stored of a secret.
pub fn hash_of(secret: &str) -> String {
    sha256_hex(secret.as_bytes())
}
