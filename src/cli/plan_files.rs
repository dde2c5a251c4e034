//! Reads the files of `plan solve` and `plan check`, plain or packed with gzip; what is wrong is told with its place.

use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde::de::DeserializeOwned;

use super::context::{CliError, Context};
use crate::domain::language::Language;
use crate::domain::planner::format::InstanceFile;
use crate::domain::planner::{Fault, Instance};
use crate::wording::messages::message;

/// How a file begins that is packed with gzip.
const PACKED: [u8; 2] = [0x1f, 0x8b];
/// Faults that are told one by one.
const TOLD: usize = 20;

pub fn read_instance(context: &Context, path: &Path) -> Result<Instance, CliError> {
    let file: InstanceFile = read_file(context, path)?;
    file.into_instance().map_err(|faults| refused(context, path, &faults))
}

/// Reads JSON. A fault is looked for twice: the second reader is slower, but knows the place.
pub fn read_file<T: DeserializeOwned>(context: &Context, path: &Path) -> Result<T, CliError> {
    let text = read_text(context, path)?;
    serde_json::from_slice(&text).map_err(|error| {
        let mut reader = serde_json::Deserializer::from_slice(&text);
        let place = match serde_path_to_error::deserialize::<_, T>(&mut reader) {
            Err(error) if error.path().iter().len() > 0 => format!("{}: ", error.path()),
            _ => String::new(),
        };
        unreadable(context, path, &format!("{place}{error}"))
    })
}

/// The faults of a file, each on a line of its own.
pub fn refused(context: &Context, path: &Path, faults: &[Fault]) -> CliError {
    let mut lines: Vec<String> = faults.iter().take(TOLD).map(|fault| fault_words(context.language, fault)).collect();
    if faults.len() > TOLD {
        lines.push("…".to_owned());
    }
    let lines: Vec<String> = lines.into_iter().map(|line| format!("{}: {line}", path.display())).collect();
    CliError::failed(lines.join("\n"))
}

/// The place and what is wrong there.
pub fn fault_words(language: Language, fault: &Fault) -> String {
    let words = message(language, &format!("plan-fault-{}", fault.kind.code()), &fault.kind.args());
    format!("{}: {words}", fault.place)
}

fn read_text(context: &Context, path: &Path) -> Result<Vec<u8>, CliError> {
    let bytes = std::fs::read(path).map_err(|error| context.disk_failure(path, &error))?;
    if !bytes.starts_with(&PACKED) {
        return Ok(bytes);
    }
    let mut text = Vec::new();
    MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut text).map_err(|error| {
        let args = [("told", error.to_string())];
        unreadable(context, path, &message(context.language, "plan-file-packed", &args))
    })?;
    Ok(text)
}

fn unreadable(context: &Context, path: &Path, told: &str) -> CliError {
    let args = [("file", path.display().to_string()), ("told", told.to_owned())];
    CliError::failed(message(context.language, "plan-file-unreadable", &args))
}
