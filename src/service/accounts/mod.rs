//! Who may come in: users, passwords, sessions, API tokens, and the brake on guessing.

mod guard;
mod passwords;
mod secret;
mod sessions;
mod tokens;
mod users;

pub use guard::{SignInGuard, SignInLimits};
pub use passwords::hash_password;
pub use sessions::{Session, SignedInSession};
pub use tokens::{ApiToken, MintToken, MintedToken};
pub use users::{AddUser, ChangeUser};
