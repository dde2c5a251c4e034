//! How a page comes by its [`Shell`]: who asks, from the session; which office, from the address; both in one query. Pages
//! name the shell as an argument; error pages and the phone ask here by themselves.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use chrono::{DateTime, Utc};

use super::notice::take_notice;
use super::shell::{Reader, Shell};
use crate::domain::office::parse_office_code;
use crate::domain::region::{RegionCode, RegionLevel};
use crate::service::frame::Frame;
use crate::service::{Caller, ServiceError, Services};
use crate::web::error::WebError;
use crate::web::extract::caller_of;
use crate::web::language::language_of;

/// Characters of the code of a kabupaten or kota.
const REGENCY_CODE: usize = 5;

impl FromRequest for Shell {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { build(&request).await })
    }
}

async fn build(request: &HttpRequest) -> Result<Shell, WebError> {
    let services = request.app_data::<Data<Services>>().ok_or(ServiceError::NotFound)?;
    let mut shell = without_reader(request, services.clock.now());
    let Some(caller) = caller_of(request) else { return Ok(shell) };
    let Frame { user, office } = match request.match_info().get("office") {
        Some(text) => {
            let code = parse_office_code(text).map_err(|_| ServiceError::NotFound)?;
            services.find_frame(&caller, Some(code)).await?
        }
        None => own_frame(services, &caller).await?,
    };
    shell.reader = Some(Reader { caller, user });
    shell.office = office;
    Ok(shell)
}

/// The frame of a page that belongs to no office, such as the account: readers of one office keep theirs around it.
async fn own_frame(services: &Services, caller: &Caller) -> Result<Frame, ServiceError> {
    match services.find_frame(caller, only_office(caller)).await {
        // There is no office of that region, or not yet.
        Err(ServiceError::NotFound) => services.find_frame(caller, None).await,
        found => found,
    }
}

fn only_office(caller: &Caller) -> Option<RegionCode> {
    let region = caller.actor.signed_in()?.scope.as_region()?;
    let regency = region.as_str().get(..REGENCY_CODE).filter(|_| region.level() >= RegionLevel::Regency)?;
    parse_office_code(regency).ok()
}

/// The frame of an error page: with its reader and his office where both can be found.
pub async fn of_refused(request: &HttpRequest, now: DateTime<Utc>) -> Shell {
    let mut shell = without_reader(request, now);
    let services = request.app_data::<Data<Services>>();
    let Some((services, caller)) = services.zip(caller_of(request)) else { return shell };
    if let Ok(found) = build(request).await {
        return found;
    }
    // The address named an office that is not the reader's.
    if let Ok(Frame { user, office }) = own_frame(services, &caller).await {
        shell.reader = Some(Reader { caller, user });
        shell.office = office;
    }
    shell
}

/// The frame of a page before anything is known of its reader but his browser: also that of an error page.
pub fn without_reader(request: &HttpRequest, now: DateTime<Utc>) -> Shell {
    Shell {
        language: language_of(request),
        reader: None,
        office: None,
        notice: take_notice(request),
        address: request.uri().path_and_query().map_or_else(String::new, ToString::to_string),
        now,
    }
}
