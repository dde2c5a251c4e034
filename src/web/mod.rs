//! HTTP in: extractors turn a request into a caller and a command, one service call answers, a view goes out.
//! No SQL, no rule of the business; the whole URL map is in [`routes`].

pub mod api;
mod assets;
mod authenticate;
pub mod describe;
mod download;
pub mod error;
mod extract;
pub mod figure_views;
pub mod headers;
mod language;
mod live;
pub mod metrics;
pub mod pages;
pub mod problem;
mod ready;
pub mod routes;
mod same_site;
pub mod site;

pub use live::Live;
pub use metrics::Figures;
pub use routes::{configure, describe_api};
