//! `/{office}/lokasi`: the registry of venues, and each venue with its history, opening days and contact.

mod edit;
mod list;
pub mod opening;
mod show;

use actix_web::web::ServiceConfig;

pub fn configure(config: &mut ServiceConfig) {
    config.service(list::list_venues);
    // Before the page of one venue: codes have no small letters, so no venue is ever called "baru".
    config.service(edit::open_new_venue).service(edit::add_venue);
    config.service(show::show_venue);
    config.service(edit::open_venue).service(edit::change_venue);
    config.service(edit::archive_venue).service(edit::restore_venue).service(edit::erase_contact);
}
