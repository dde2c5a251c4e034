//! `/{office}/kegiatan`: events are booked, changed, moved through their states, counted and corrected at the desk, and
//! printed. What may be done is decided by the use cases; a page shows only the buttons that its reader may press.

mod days;
mod desk;
mod edit;
mod edit_page;
mod hours;
mod letter;
mod list;
mod prefill;
mod print;
mod projection;
mod reporting;
mod results;
mod share;
mod show;
mod step_views;
mod steps;
mod suggest;
mod typed;
mod venue_pick;

pub use letter::configure_check;
pub use list::unreported_list;

use actix_web::web::ServiceConfig;

pub fn configure(config: &mut ServiceConfig) {
    config.service(list::list_events);
    // Before the page of one event: "baru" is no id.
    config.service(edit::open_new_event).service(edit::book_event);
    config.service(show::show_event);
    config.service(edit::open_event).service(edit::revise_event);
    config.service(steps::move_event).service(steps::report_nihil).service(steps::verify_event);
    config.service(steps::remove_event);
    config.service(desk::open_tally).service(desk::enter_tally);
    config.service(desk::open_correction).service(desk::correct_entry);
    config.service(letter::show_letter).service(letter::open_letter_form).service(letter::write_letter);
    config.service(print::show_report).service(print::show_tally_sheet);
}
