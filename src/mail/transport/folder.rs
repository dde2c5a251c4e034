//! Messages as files, one each, named by the letter: a repetition replaces the file.

use std::path::{Path, PathBuf};

use super::delivery::Delivery;
use crate::domain::mail::MailFault;
use crate::mail::message::Parcel;

/// Writes the message whole or not at all.
pub async fn put(folder: &Path, parcel: &Parcel) -> Delivery {
    let (path, bytes) = (folder.join(format!("{}.eml", parcel.id)), parcel.bytes.clone());
    // People read this on a page: where the folder lies is nobody's business there.
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match tokio::task::spawn_blocking(move || write(&path, &bytes)).await {
        Ok(Ok(())) => Delivery::Sent(name),
        Ok(Err(error)) => Delivery::Failed(MailFault::Folder, format!("{name}: {error}")),
        Err(panic) => Delivery::Failed(MailFault::Folder, panic.to_string()),
    }
}

fn write(path: &PathBuf, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let unfinished = path.with_extension("part");
    std::fs::write(&unfinished, bytes)?;
    std::fs::rename(&unfinished, path)
}
