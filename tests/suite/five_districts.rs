//! Five districts.
