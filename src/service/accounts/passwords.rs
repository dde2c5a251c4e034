//! Argon2id over passwords, always on a blocking thread: a hash costs some 20 ms and 19 MiB on purpose.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::domain::staff::Password;
use crate::service::error::ServiceError;

/// The PHC string of a password.
///
/// # Errors
/// [`ServiceError::Internal`] if there is no randomness or no memory.
pub async fn hash_password(password: Password) -> Result<String, ServiceError> {
    let hash = move || Argon2::default().hash_password(password.reveal().as_bytes()).map(|hash| hash.to_string());
    tokio::task::spawn_blocking(hash)
        .await
        .map_err(ServiceError::internal)?
        .map_err(|error| ServiceError::internal(error.to_string()))
}

/// True if `typed` is the password of `stored`. Without a stored hash the work is done all the same, so that the time
/// of the answer does not tell which logins exist.
pub async fn verify_password(stored: Option<String>, typed: String) -> Result<bool, ServiceError> {
    let verify = move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| DECOY.to_owned());
        let matches = PasswordHash::new(&stored)
            .is_ok_and(|hash| Argon2::default().verify_password(typed.as_bytes(), &hash).is_ok());
        known && matches
    };
    tokio::task::spawn_blocking(verify).await.map_err(ServiceError::internal)
}

/// A hash of the default cost that no password is meant to match.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$CcaVgMhvAr+nkTVn4VLxZ2RGfLT3VwZtZ8XNyDyEyj4";

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_itself_matches() {
        let hash = hash_password("kata sandi panjang".parse().unwrap()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify_password(Some(hash.clone()), "kata sandi panjang".to_owned()).await.unwrap());
        assert!(!verify_password(Some(hash), "kata sandi pendek".to_owned()).await.unwrap());
        assert!(!verify_password(None, "kata sandi panjang".to_owned()).await.unwrap());
    }

    #[test]
    fn the_decoy_can_be_read_so_that_it_costs_time() {
        assert!(PasswordHash::new(DECOY).is_ok());
    }
}
