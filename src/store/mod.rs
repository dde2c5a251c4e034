//! The database: SQLite or PostgreSQL behind one connection type. Every query of office data takes the
//! [`OfficeScope`](crate::domain::permission::OfficeScope) of a permit and filters by its office first.
//! Functions take a connection, so that the caller owns the transaction.

pub mod backup;
pub mod columns;
pub mod connection;
pub mod database;
pub mod error;
pub mod migrate;
pub mod queries;
pub mod reports;
mod schema;
mod usage;
mod writer;

pub use connection::{Address, AnyConnection, Engine};
pub use database::{Database, Retry, StoreFigures};
pub use error::StoreError;
