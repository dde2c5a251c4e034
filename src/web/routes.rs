//! The whole URL map.

use actix_web::web::{Data, PayloadConfig, ServiceConfig, scope};
use actix_web::{HttpResponse, middleware, web};

use super::api::operations::{Described, Operations};
use super::api::{
    absences, audit, calendars, denominators, devices, digests, event_counts, event_steps, events, field, files, held,
    holidays, ledger, letters, locks, me, observations, offices, openapi, pace, plans, rankings, region_digests,
    regions, results, targets, teams, tokens, totals, units, users, venues,
};
use super::{authenticate, metrics, pages, ready};

/// Largest body of an ordinary request.
const BODY_MAX: usize = 1024 * 1024;

/// Every address of the service.
pub fn configure(config: &mut ServiceConfig) {
    config.app_data(PayloadConfig::new(BODY_MAX));
    config.app_data(Data::new(ready::Readiness::default()));
    config.configure(state).service(metrics::show_metrics);
    let members = scope("")
        .wrap(middleware::from_fn(authenticate::require_caller))
        .configure(signed_in)
        .default_service(web::to(unknown));
    config.service(scope(API).configure(about).service(members));
    config.configure(pages::configure);
}

/// The OpenAPI description of every address that programs use, as JSON.
pub fn describe_api() -> String {
    let mut told = Described::default();
    state(&mut told);
    told.under(API, |api| {
        about(api);
        signed_in(api);
    });
    openapi::write(told)
}

/// What all addresses of the API begin with.
const API: &str = "/api/v1";

/// Whether the service lives, for whoever watches over it.
fn state(operations: &mut impl Operations) {
    operations.service(ready::show_health).service(ready::show_readiness);
}

fn about(operations: &mut impl Operations) {
    operations.service(openapi::show_openapi);
}

/// Addresses are tried in this order: what every phone sends comes first.
fn signed_in(operations: &mut impl Operations) {
    counts(operations);
    places(operations);
    bookings(operations);
    goals(operations);
    people(operations);
}

/// The registries: where teams go, who goes, what they bring.
fn places(operations: &mut impl Operations) {
    operations
        .service(venues::list_venues)
        .service(venues::add_venue)
        .service(venues::show_venue)
        .service(venues::change_venue)
        .service(venues::archive_venue)
        .service(venues::erase_contact);
    operations
        .service(teams::list_teams)
        .service(teams::add_team)
        .service(teams::show_team)
        .service(teams::change_team)
        .service(teams::archive_team);
    operations
        .service(units::list_units)
        .service(units::add_unit)
        .service(units::show_unit)
        .service(units::change_unit)
        .service(units::archive_unit);
    operations
        .service(absences::list_absences)
        .service(absences::add_absence)
        .service(absences::show_absence)
        .service(absences::change_absence)
        .service(absences::delete_absence);
}

/// Proposals, events and their course.
fn bookings(operations: &mut impl Operations) {
    operations
        .service(plans::list_plans)
        .service(plans::ask_plan)
        .service(plans::show_plan)
        .service(plans::accept_plan)
        .service(plans::cancel_plan)
        .service(plans::dismiss_plan);
    operations
        .service(events::list_events)
        .service(events::book_event)
        .service(events::show_event)
        .service(events::revise_event)
        .service(events::remove_event);
    operations
        .service(event_steps::propose_event)
        .service(event_steps::confirm_event)
        .service(event_steps::start_event)
        .service(event_steps::finish_event)
        .service(event_steps::cancel_event)
        .service(event_steps::postpone_event)
        .service(event_steps::mark_not_held)
        .service(event_steps::reopen_event)
        .service(event_steps::report_nihil)
        .service(event_steps::verify_event);
    operations
        .service(calendars::list_calendars)
        .service(calendars::open_calendar)
        .service(calendars::show_calendar)
        .service(calendars::revoke_calendar);
}

/// What was counted, and what it says.
fn counts(operations: &mut impl Operations) {
    operations
        .service(results::record_batch)
        .service(results::record_entry)
        .service(ledger::list_entries)
        .service(event_counts::count_event);
    operations.service(field::show_field_pack).service(devices::list_devices);
    operations.service(held::list_held).service(held::show_held).service(held::accept_held).service(held::dismiss_held);
    operations
        .service(locks::list_locks)
        .service(locks::lock_period)
        .service(locks::show_lock)
        .service(locks::reopen_lock)
        .service(locks::lift_lock);
    operations
        .service(totals::list_totals)
        .service(totals::add_total)
        .service(totals::show_total)
        .service(totals::correct_total)
        .service(totals::withdraw_total)
        .service(totals::split_total)
        .service(totals::join_total);
    operations
        .service(digests::list_digests)
        .service(digests::add_digest)
        .service(digests::preview_digest)
        .service(digests::send_digest)
        .service(digests::list_deliveries)
        .service(digests::resend_failed)
        .service(digests::show_digest)
        .service(digests::change_digest)
        .service(digests::remove_digest);
    operations
        .service(region_digests::show_own_digest)
        .service(region_digests::set_own_digest)
        .service(region_digests::end_own_digest)
        .service(region_digests::preview_own_digest)
        .service(region_digests::send_own_digest)
        .service(region_digests::list_region_deliveries)
        .service(region_digests::resend_failed_regions);
    operations.service(rankings::rank_venues);
    operations.service(files::import_file).service(files::export_file);
    operations.service(files::import_wide_file).service(files::export_wide_file);
}

/// What is to be achieved, and how it goes.
fn goals(operations: &mut impl Operations) {
    operations
        .service(targets::list_targets)
        .service(targets::add_target)
        .service(targets::show_target)
        .service(targets::revise_target)
        .service(targets::withdraw_target);
    operations
        .service(denominators::list_denominators)
        .service(denominators::add_denominator)
        .service(denominators::show_denominator)
        .service(denominators::correct_denominator)
        .service(denominators::withdraw_denominator);
    operations
        .service(observations::list_observations)
        .service(observations::add_observation)
        .service(observations::show_observation)
        .service(observations::correct_observation)
        .service(observations::withdraw_observation);
    operations.service(pace::show_pace).service(pace::read_share);
}

/// People, and what the installation knows of the country.
fn people(operations: &mut impl Operations) {
    operations
        .service(users::list_users)
        .service(users::add_user)
        .service(users::show_user)
        .service(users::change_user)
        .service(users::archive_user)
        .service(users::reset_password)
        .service(users::anonymise_user);
    operations
        .service(me::show_me)
        .service(me::change_me)
        .service(me::change_own_password)
        .service(me::list_own_letters)
        .service(me::set_own_letters)
        .service(me::list_own_sessions)
        .service(me::revoke_own_session);
    operations
        .service(tokens::list_tokens)
        .service(tokens::mint_token)
        .service(tokens::show_token)
        .service(tokens::revoke_token);
    operations
        .service(offices::list_offices)
        .service(offices::add_office)
        .service(offices::show_office)
        .service(offices::change_office);
    operations.service(regions::list_regions).service(regions::show_region);
    operations
        .service(holidays::list_holidays)
        .service(holidays::add_holiday)
        .service(holidays::show_holiday)
        .service(holidays::correct_holiday)
        .service(holidays::withdraw_holiday);
    operations.service(letters::list_letters).service(letters::show_letter).service(letters::resend_letter);
    operations
        .service(letters::list_wide_letters)
        .service(letters::show_wide_letter)
        .service(letters::resend_wide_letter);
    operations.service(audit::list_audit).service(audit::list_wide_audit);
}

/// An address that does not exist, told only to those who are signed in.
async fn unknown() -> HttpResponse {
    HttpResponse::NotFound().finish()
}
