//! `/{office}/rencana`: a proposal is asked for, watched while it is computed, read, accepted in parts and planned anew.

mod act;
mod ask;
mod left;
mod ready;
mod show;
mod venue;
mod words;

use actix_web::web::ServiceConfig;

pub fn configure(config: &mut ServiceConfig) {
    config.service(ask::list_plans).service(ask::ask_plan);
    config.service(show::show_plan).service(venue::show_venue);
    config.service(act::accept_visits).service(act::cancel_plan).service(act::dismiss_plan).service(act::plan_again);
}
