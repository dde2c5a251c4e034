//! The guard against requests that another site makes in a signed-in browser: a change must come from our own pages.
//! Browsers say so by Sec-Fetch-Site; those on plain HTTP in a local network, which leave it out, by Origin.

use actix_web::HttpRequest;
use actix_web::http::header::{HOST, ORIGIN};

use super::error::WebError;

/// Refuses a change that did not come from our own pages.
pub fn check(request: &HttpRequest) -> Result<(), WebError> {
    if request.method().is_safe() {
        return Ok(());
    }
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let own = match (header("sec-fetch-site"), header(ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => {
            let host = header(HOST.as_str()).unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, origin_host)| origin_host == host)
        }
        // No browser leaves both out on a request that a page makes.
        (None, None) => true,
    };
    if own { Ok(()) } else { Err(WebError::CrossSite) }
}
