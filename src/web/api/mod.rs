//! `/api/v1`: one file per kind of thing; each has its bodies, its views and handlers of about ten lines.

pub mod openapi;
pub mod venues;
