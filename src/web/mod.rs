//! HTTP in: extractors turn a request into a caller and a command, one service call answers, a view goes out.
//! No SQL, no rule of the business; the whole URL map is in [`routes`].

pub mod api;
mod authenticate;
pub mod error;
mod extract;
mod language;
pub mod metrics;
pub mod problem;
pub mod routes;
mod same_site;
mod sign_in;
pub mod site;

pub use metrics::Figures;
pub use routes::configure;
