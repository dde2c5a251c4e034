//! `/{office}/perlu-keputusan`: entries from the field that broke a rule. A coordinator takes them into the ledger or leaves
//! them out, several at once or one with another event or date.

mod decide;
mod list;
mod one;
mod words;

use actix_web::web::ServiceConfig;

pub fn configure(config: &mut ServiceConfig) {
    config.service(list::list_held).service(decide::decide_many);
    config.service(one::show_held).service(one::accept_held).service(one::dismiss_held);
}
