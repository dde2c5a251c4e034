//! The query of an address. Every parameter is read as text and parsed by the handler, so that its error can name it.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;

use crate::domain::rule::Rule;
use crate::web::error::WebError;

/// The parameters of a query; an unknown or repeated one is an error.
#[derive(Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Params<T> {
    type Error = WebError;
    type Future = Ready<Result<Self, WebError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = actix_web::web::Query::<T>::from_query(request.query_string());
        ready(read.map(|query| Self(query.into_inner())).map_err(|error| {
            let words = error.to_string();
            let name = words.split('`').nth(1).unwrap_or("query").to_owned();
            let rule = if words.contains("duplicate field") { Rule::DuplicateField } else { Rule::UnknownField };
            WebError::invalid(name, rule)
        }))
    }
}

/// A parameter that is `true` or `false`; left out it is false.
///
/// # Errors
/// Any other word, by the name of the parameter: a slip must not pass for a "no".
pub fn read_flag(name: &'static str, value: Option<&str>) -> Result<bool, WebError> {
    match value {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(WebError::invalid(name, Rule::UnknownCode { allowed: "true | false".to_owned() })),
    }
}
