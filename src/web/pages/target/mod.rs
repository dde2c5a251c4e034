//! `/{office}/target`: where the office stands against its target and how it goes on; targets, denominators and official
//! figures with their forms; the readings of a share; what held before.

mod chart;
mod denominators;
mod figures;
mod history;
mod observations;
mod readings;
mod scopes;
mod show;
mod targets;

use actix_web::web::ServiceConfig;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show::show_target).service(history::show_history);
    targets::configure(config);
    denominators::configure(config);
    observations::configure(config);
}
