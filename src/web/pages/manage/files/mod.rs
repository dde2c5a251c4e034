//! `/{office}/berkas`: data in from CSV and workbooks, and out again. An import is tried first and told row by row; what was
//! tried is then stored without choosing the file again, if it is not large.

mod choose;
mod import;
mod report;

use actix_web::web::ServiceConfig;

pub fn configure(config: &mut ServiceConfig) {
    config.service(choose::show_files).service(choose::export_file);
    config.service(import::try_import).service(import::import_file);
}
