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

/// A parameter that is `true` or `false`. Any other word is an error: a slip must not pass for a "no".
pub fn parse_flag(text: &str) -> Result<bool, Rule> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Rule::UnknownCode { allowed: "true | false".to_owned() }),
    }
}
