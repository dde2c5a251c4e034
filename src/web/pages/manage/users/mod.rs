//! `/{office}/pengguna`: who may sign in. Admins add and change; a coordinator finds his officers and resets a password.

mod edit;
mod erase;
mod list;
mod one;

use actix_web::web::ServiceConfig;

pub fn configure(config: &mut ServiceConfig) {
    config.service(list::list_users);
    config.service(edit::open_new_user).service(edit::add_user);
    config.service(list::show_user).service(edit::open_user).service(edit::change_user);
    config.service(edit::reset_password);
    config.service(erase::archive_user).service(erase::restore_user);
    config.service(erase::ask_anonymise).service(erase::anonymise_user);
}
