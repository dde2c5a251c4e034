//! The pages: one file or folder for each area, its templates in `templates/<area>`. A handler takes the [`Shell`] and
//! what was typed, asks one use case and fills a template; rules and rights are those of the API.

mod account;
mod answer;
mod board;
mod calendars;
mod digests;
mod events;
mod field;
mod forgotten;
mod form;
mod frame;
mod home;
mod manage;
mod map;
mod menu;
mod narrowing;
mod notice;
mod own_letters;
mod path;
mod plans;
mod ranking;
mod reference;
mod refusal;
mod set_up;
mod shell;
mod sign_in;
mod target;
mod today;
mod unsubscribe;
mod upload;
mod venues;
mod whole;
mod wide_letters;

use actix_web::middleware;
use actix_web::web::{self, ServiceConfig};

pub use answer::{page, see_other};
pub use form::{Form, FormFields};
pub use notice::Noticed;
pub use refusal::refuse;
pub use shell::Shell;

use super::{assets, authenticate};

/// The path of an office's pages: its kabupaten/kota code.
const OFFICE: &str = r"/{office:\d\d\.\d\d}";

/// Every page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(assets::show_asset);
    let anybody = web::scope("/masuk").wrap(middleware::from_fn(authenticate::know_caller));
    config.service(anybody.configure(sign_in::configure).configure(forgotten::configure));
    let anybody = web::scope("/berhenti").wrap(middleware::from_fn(authenticate::know_caller));
    config.service(anybody.configure(unsubscribe::configure));
    config.service(
        web::scope("/siapkan").wrap(middleware::from_fn(authenticate::know_caller)).configure(set_up::configure),
    );
    config.service(sign_in::sign_out).service(sign_in::choose_language);
    config.service(
        web::scope("/akun").wrap(middleware::from_fn(authenticate::require_reader)).configure(account::configure),
    );
    config.service(
        web::scope("/surat-keluar")
            .wrap(middleware::from_fn(authenticate::require_reader))
            .configure(wide_letters::configure),
    );
    config.service(
        web::scope("/ringkasan")
            .wrap(middleware::from_fn(authenticate::require_reader))
            .configure(digests::region::configure),
    );
    config.service(web::scope(OFFICE).wrap(middleware::from_fn(authenticate::require_reader)).configure(office_pages));
    config.service(calendars::show_feed);
    field::configure(config);
    events::configure_check(config);
    reference::configure(config);
    home::configure(config);
}

/// The pages of one office, by area.
fn office_pages(config: &mut ServiceConfig) {
    config.configure(today::configure);
    config.configure(board::configure);
    config.configure(plans::configure);
    config.configure(venues::configure);
    config.configure(calendars::configure);
    config.configure(ranking::configure);
    config.configure(map::configure);
    config.configure(target::configure);
    config.configure(events::configure);
    config.configure(manage::configure);
    config.configure(digests::configure);
}
