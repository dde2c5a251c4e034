//! What the disk answers a command, in the reader's words: every command that reads or writes a file says it so.

use std::io::{self, ErrorKind};

use crate::domain::language::Language;
use crate::wording::messages::message;

/// The usual reasons by name; of a rare one what the system says of it.
pub fn words(language: Language, error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "disk-not-found",
        ErrorKind::AlreadyExists => "disk-exists",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "disk-forbidden",
        ErrorKind::IsADirectory => "disk-folder",
        ErrorKind::NotADirectory => "disk-no-folder",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "disk-full",
        _ => return message(language, "disk-other", &[("told", error.to_string())]),
    };
    message(language, known, &[])
}

/// The disk's answer that lies behind another error.
pub fn behind<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a io::Error> {
    std::iter::successors(Some(error), |error| error.source()).find_map(|error| error.downcast_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;

    #[test]
    fn a_reason_is_told_in_the_reader_s_language() {
        let full = io::Error::from(ErrorKind::StorageFull);
        assert_eq!(words(Language::Indonesian, &full), "ruang simpan penuh.");
        assert_eq!(words(Language::English, &full), "there is no space left.");
        let rare = io::Error::other("a rare reason");
        assert!(words(Language::Indonesian, &rare).contains("a rare reason"));
    }

    #[test]
    fn the_disk_is_found_behind_the_error_of_the_database() {
        let error = StoreError::unavailable(io::Error::from(ErrorKind::AlreadyExists));
        assert_eq!(behind(&error).map(io::Error::kind), Some(ErrorKind::AlreadyExists));
        assert!(behind(&StoreError::Address).is_none());
    }
}
