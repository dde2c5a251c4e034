//! A file that the reader takes away: its type and its name.

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;

use crate::service::files::{ExportedFile, FileFormat};

/// What a browser calls a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The answer that makes a browser save the file.
pub fn download(file: ExportedFile) -> HttpResponse {
    let media_type = match file.format {
        FileFormat::Csv => "text/csv; charset=utf-8",
        FileFormat::Xlsx => XLSX,
        FileFormat::Json => "application/json",
    };
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)))
        .body(file.bytes)
}
