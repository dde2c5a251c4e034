//! Trying a file and taking it in. The trial stores nothing; its page carries the file on if it is small.

use std::fmt::Write as _;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};

use super::choose::{is_wide, may_import, read_kind, show};
use super::report::{Outcome, show_report};
use crate::domain::rule::{FieldError, Rule};
use crate::service::files::{FileKind, ImportReport};
use crate::service::importing::ImportOptions;
use crate::service::{ServiceError, Services};
use crate::web::error::WebError;
use crate::web::pages::upload::Upload;
use crate::web::pages::{Form, FormFields, Noticed, Shell, see_other};

/// Largest file that the page of a trial carries on to the import; a larger one is chosen again.
const CARRIED_MAX: usize = 256 * 1024;

/// A file to import, and how.
struct Import {
    kind: FileKind,
    bytes: Vec<u8>,
    options: ImportOptions,
}

/// Says what an import would do.
#[post("/berkas/periksa")]
pub async fn try_import(services: Data<Services>, shell: Shell, upload: Upload) -> Result<HttpResponse, WebError> {
    let fields = upload.fields.clone();
    let import = match read(&shell, upload, true) {
        Ok(import) => import,
        Err(error) => return refuse(shell, fields, error),
    };
    let carried = (import.bytes.len() <= CARRIED_MAX).then(|| to_hex(&import.bytes));
    let kind = import.kind;
    match run(&services, &shell, import).await {
        Ok(report) => show_report(&shell, StatusCode::OK, kind, &fields, Outcome::Tried { report, carried }),
        Err(ServiceError::File(errors)) => {
            show_report(&shell, StatusCode::UNPROCESSABLE_ENTITY, kind, &fields, Outcome::Broken(errors))
        }
        Err(error) => refuse(shell, fields, error),
    }
}

/// Takes the file in, all of it or nothing.
#[post("/berkas/impor")]
pub async fn import_file(services: Data<Services>, shell: Shell, upload: Upload) -> Result<HttpResponse, WebError> {
    let fields = upload.fields.clone();
    let import = match read(&shell, upload, false) {
        Ok(import) => import,
        Err(error) => return refuse(shell, fields, error),
    };
    let kind = import.kind;
    match run(&services, &shell, import).await {
        Ok(report) => {
            let kind = shell.label("file-kind", kind.as_str());
            let [added, changed, unchanged] =
                [report.added, report.changed, report.unchanged].map(|rows| shell.count(rows));
            let args = [("kind", kind.as_str()), ("added", &added), ("changed", &changed), ("unchanged", &unchanged)];
            Ok(see_other(&shell.place("berkas")).noticed("done-imported", &args).finish())
        }
        Err(ServiceError::File(errors)) => {
            show_report(&shell, StatusCode::UNPROCESSABLE_ENTITY, kind, &fields, Outcome::Broken(errors))
        }
        Err(error) => refuse(shell, fields, error),
    }
}

async fn run(services: &Services, shell: &Shell, import: Import) -> Result<ImportReport, ServiceError> {
    let Import { kind, bytes, options } = import;
    let caller = shell.caller()?;
    if is_wide(kind) {
        services.import_wide_file(caller, kind, bytes, options).await
    } else {
        services.import_file(caller, &shell.office()?.code, kind, bytes, options).await
    }
}

fn refuse(shell: Shell, fields: FormFields, error: ServiceError) -> Result<HttpResponse, WebError> {
    let form = Form::refused(fields, error.into(), shell.language)?;
    show(shell, StatusCode::UNPROCESSABLE_ENTITY, form)
}

fn read(shell: &Shell, upload: Upload, dry_run: bool) -> Result<Import, ServiceError> {
    let Upload { fields, file } = upload;
    let kind = read_kind(&fields)?;
    if !may_import(shell, kind) {
        return Err(ServiceError::Forbidden);
    }
    let carried = fields.text("isi").and_then(|hex| from_hex(&hex));
    let bytes = file.or(carried);
    let bytes = bytes.ok_or_else(|| ServiceError::Invalid(vec![FieldError::new("berkas", Rule::Required)]))?;
    let correct = fields.text("alasan").map(|text| text.parse()).transpose();
    let correct = correct.map_err(|rule| ServiceError::invalid("alasan", rule))?;
    Ok(Import { kind, bytes, options: ImportOptions { dry_run, correct, ..ImportOptions::default() } })
}

/// Bytes as a hidden field can carry them: browsers change line ends and what is no text.
fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(high)? * 16 + digit(low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carried_file_comes_back_byte_for_byte() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(from_hex(&to_hex(&bytes)), Some(bytes));
        assert_eq!(from_hex("0g"), None);
        assert_eq!(from_hex("abc"), None);
    }
}
