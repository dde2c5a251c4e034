//! What people read, in both languages: messages, numbers, dates. Values of the domain in, texts out.
//! Called by every floor above; it knows no page, no letter and no status code.

pub mod dates;
pub mod messages;
pub mod numbers;
pub mod pace;
pub mod rules;
pub mod trail;
pub mod warnings;
