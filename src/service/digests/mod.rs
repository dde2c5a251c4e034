//! Digests: who receives them, what stands in one of a given day, and how they leave. The schedule and a person who asks
//! get the same letter, because both ask here; what is told is frozen when the letter is put into the outbox.

mod compile;
mod deliveries;
mod lines;
mod preview;
mod readers;
mod region;
mod schedule;
mod send;
mod standing;
mod subscriptions;

pub use preview::{DigestLetter, PreviewDigest};
pub use region::{OwnRegion, RegionLetter, SendRegion, ZONE as REGION_ZONE};
pub use schedule::SentDigests;
pub use send::{DigestAddressees, SendDigest, SentDigest};
pub use subscriptions::Subscriber;
