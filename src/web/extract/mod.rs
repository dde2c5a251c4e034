//! What handlers take out of a request: who calls, the checked body, the query, where a page starts, a known version.

mod body;
mod caller;
mod merge;
mod paging;
mod params;
mod version;

pub use body::{Body, OptionalBody, Typed, read_value};
pub use caller::{SignedInBy, caller_of};
pub use merge::merge_patch;
pub use paging::{ListView, cursor, list_view, page_cut};
pub use params::{Params, parse_flag};
pub use version::{IfMatch, with_etag};
