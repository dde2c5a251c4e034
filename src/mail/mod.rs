//! Letters: what stands in them (a pure function of a frozen payload and a language), how they become messages, and how a
//! message leaves. The use cases decide who gets which letter and when; nothing here asks a database or a clock.

mod digest;
mod error;
#[cfg(test)]
mod golden;
pub mod letter;
mod letters;
pub mod message;
mod notice;
pub mod payload;
mod render;
mod short;
pub mod transport;
mod zone;

pub use error::RenderError;
pub use letter::{CalendarMethod, CalendarPart, InlinePicture, Letter};
pub use message::{Address, ComposeError, Envelope, Parcel, compose};
pub use render::render;
pub use transport::{Courier, Delivery, Mailer, MailerError};
