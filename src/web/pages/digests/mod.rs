//! `/{office}/ringkasan`: the letter that heads read, of any day, as it would come; who receives it and when; and what
//! became of those that left.

mod choice;
mod letter;
mod recipients;
pub mod region;
mod show;

use actix_web::web::ServiceConfig;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show::show_digest).service(show::send_digest).service(show::resend_failed);
    config.service(letter::show_letter).service(letter::show_picture);
    config.service(recipients::open_new).service(recipients::add);
    config.service(recipients::open).service(recipients::change).service(recipients::remove);
}
