//! The board of an office and what is done on it: events of a range in one view, moving and copying them, and clashes
//! told so that people understand them. The rules are those of [`super::planning`].

mod board;
mod clashes;
mod copy;
mod holders;
mod relocate;
mod week_copy;

pub use board::{Board, BoardDay, BoardEvent, BoardQuery};
pub use clashes::ClashCause;
pub use copy::CopyEvent;
pub use holders::HolderEvent;
pub use relocate::Relocation;
pub use week_copy::{CopyFate, CopyItem, CopyWeek};
