//! Who may come in: users, passwords, sessions and API tokens.

mod passwords;
mod secret;
mod sessions;
mod tokens;
mod users;

pub use passwords::{hash_password, verify_password};
pub use sessions::{Session, SignedInSession};
pub use tokens::{ApiToken, MintToken, MintedToken};
pub use users::{AddUser, ChangeUser};
