//! Who may come in: users, passwords, sessions, API tokens, and the brake on guessing.

mod guard;
mod me;
mod passwords;
mod secret;
mod sessions;
mod tokens;
mod users;

pub use guard::{SignInGuard, SignInLimits};
pub use me::OwnProfile;
pub use passwords::hash_password;
pub use sessions::{Session, SignedInSession};
pub use tokens::{ApiToken, MintToken, MintedToken, parse_days};
pub use users::{AddUser, ChangeUser};
