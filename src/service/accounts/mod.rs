//! Who may come in: users, passwords, sessions and API tokens.

mod links;
mod me;
mod passwords;
mod sessions;
mod staff;
mod tokens;
mod users;

pub use links::LinkOwner;
pub(super) use links::invite;
pub use me::OwnProfile;
pub use passwords::{hash_password, verify_password};
pub use sessions::{Session, SignedInSession};
pub use staff::{StaffFilter, scopes_over};
pub use tokens::{ApiToken, MintToken, MintedToken, parse_days};
pub(super) use users::enrol;
pub use users::{AddUser, ChangeUser};
