//! Letters on their way: who may look at them, how they leave, and how a reader ends them. What is told to whom is decided
//! elsewhere (`notices`, `digests`, `accounts`); those put letters into the outbox, and this room empties it.

mod courier;
mod draft;
mod letters;
mod own;
mod post;
mod sign;
mod trial;
mod unsubscribe;
mod wide;

pub use draft::{Draft, enqueue};
pub use letters::{LetterContent, LetterFilter, SentLetter, ShownLetter};
pub use own::OwnLetters;
pub use post::Post;
pub use unsubscribe::{Signer, Subscription, unsubscribe_address, willing};
