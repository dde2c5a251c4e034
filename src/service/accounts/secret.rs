//! Secrets of tokens and sessions: 256 random bits, shown once, stored as their SHA-256. They carry enough entropy that
//! a fast hash is enough, and so each request can be checked by one look-up.

use crate::service::digest::{hex, sha256_hex};
use crate::service::error::ServiceError;

/// 256 random bits in hexadecimal.
pub fn new_secret() -> Result<String, ServiceError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| ServiceError::internal(error.to_string()))?;
    Ok(hex(&bytes))
}

/// What is stored of a secret.
pub fn hash_of(secret: &str) -> String {
    sha256_hex(secret.as_bytes())
}
