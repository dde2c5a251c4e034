//! `/{office}/papan`: teams and days with the events on them, by week or month; moving and copying events there, and
//! the week as a text for WhatsApp.

mod address;
mod cards;
mod copying;
mod month;
mod moving;
mod proposed;
mod show;
mod week;
mod week_copying;
mod whatsapp;
mod words;

use actix_web::web::ServiceConfig;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show::show_board);
    config.service(moving::open_move).service(moving::move_event).service(moving::drop_event);
    config.service(copying::open_copy).service(copying::copy_event);
    config.service(week_copying::preview_copy).service(week_copying::copy_week);
    config.service(whatsapp::show_text);
}
