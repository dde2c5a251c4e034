//! The digest of a province or the nation: compiled from the offices that its reader may see; looked at, sent by hand,
//! subscribed to by the reader himself, and sent when its hour has come.

mod compile;
mod readers;
mod schedule;
mod subscription;
mod write;

pub use compile::ZONE;
pub use subscription::OwnRegion;
pub use write::{RegionLetter, SendRegion};
