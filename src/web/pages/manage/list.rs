//! What the lists of "Kelola" share.

/// Lines on one page of a list.
pub const PAGE: usize = 50;
