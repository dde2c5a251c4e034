//! Who may do what where. A use case asks for a [`Permit`], which only this file can make; queries of office data take
//! the [`OfficeScope`] that only a permit yields. So a permission cannot be forgotten, only refused.

use std::marker::PhantomData;

use super::code::codes;
use super::id::{OfficeId, UserId};
use super::language::Language;
use super::office::Office;
use super::staff::{Role, Scope};
use super::text::Login;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    User(SignedIn),
    /// A job or the command line, and why it acts; audited so.
    System(&'static str),
}

/// A user as a request presents him: by session or by token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    pub user: UserId,
    pub login: Login,
    pub role: Role,
    pub scope: Scope,
    pub language: Option<Language>,
    /// What the token allows; a session allows all that the role does.
    pub token_scopes: Option<Vec<TokenScope>>,
}

codes! {
    /// What an API token may be used for, never beyond its user's role.
    pub enum TokenScope {
        Read = "read",
        /// Everything the role allows.
        Write = "write",
        /// Sending tallies from the field, nothing else.
        Results = "results",
    }
}

impl Actor {
    pub fn user_id(&self) -> Option<UserId> {
        self.signed_in().map(|user| user.user)
    }

    pub fn signed_in(&self) -> Option<&SignedIn> {
        match self {
            Self::User(user) => Some(user),
            Self::System(_) => None,
        }
    }

    /// True for field officers, whose rights end at their own teams' events.
    pub fn is_officer(&self) -> bool {
        self.signed_in().is_some_and(|user| user.role == Role::Officer)
    }

    /// Whether role and token allow an action at all. A page asks it to show or hide a button; what may be done is
    /// decided by a permit.
    pub fn may(&self, action: ActionKind) -> bool {
        match self {
            Self::System(_) => true,
            Self::User(user) => {
                role_allows(user.role, action)
                    && user.token_scopes.as_ref().is_none_or(|scopes| scopes_allow(scopes, action))
            }
        }
    }

    fn sees(&self, office: &Office) -> bool {
        self.signed_in().is_none_or(|user| user.scope.contains(&office.code))
    }
}

codes! {
    /// The rows of the rights table, and reading.
    pub enum ActionKind {
        Read = "read",
        Tally = "tally",
        Plan = "plan",
        Govern = "govern",
        Export = "export",
        Administer = "administer",
        ReadTrail = "read_trail",
        ReadWideTrail = "read_wide_trail",
        ManageSelf = "manage_self",
    }
}

fn role_allows(role: Role, action: ActionKind) -> bool {
    use Role::{Admin, Coordinator, Head, Officer, Viewer};
    match action {
        ActionKind::Read | ActionKind::ManageSelf => true,
        ActionKind::Tally => matches!(role, Officer | Coordinator | Admin),
        ActionKind::Plan => matches!(role, Coordinator | Admin),
        ActionKind::Govern | ActionKind::ReadTrail => matches!(role, Coordinator | Head | Admin),
        ActionKind::Export => matches!(role, Coordinator | Head | Viewer | Admin),
        ActionKind::Administer | ActionKind::ReadWideTrail => role == Admin,
    }
}

fn scopes_allow(scopes: &[TokenScope], action: ActionKind) -> bool {
    let has = |scope| scopes.contains(&scope);
    match action {
        ActionKind::Read | ActionKind::Export | ActionKind::ReadTrail | ActionKind::ReadWideTrail => {
            has(TokenScope::Read) || has(TokenScope::Write)
        }
        ActionKind::Tally => has(TokenScope::Results) || has(TokenScope::Write),
        ActionKind::Plan | ActionKind::Govern | ActionKind::Administer | ActionKind::ManageSelf => {
            has(TokenScope::Write)
        }
    }
}

/// A row of the rights table as a type, so that a function's signature says what it needs.
pub trait Action {
    const KIND: ActionKind;
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}
        impl Action for $name {
            const KIND: ActionKind = ActionKind::$name;
        }
    )+};
}

actions! {
    /// Reading within one's scope.
    Read,
    /// Counting outcomes at one's own team's events, making an unplanned one.
    Tally,
    /// Booking and everything a coordinator decides: events, held entries, venues, teams, absences, import.
    Plan,
    /// Locking a period; targets, denominators, observations, digest recipients.
    Govern,
    /// Taking data out.
    Export,
    /// Users, settings, holidays.
    Administer,
    /// The audit trail of an office.
    ReadTrail,
    /// The audit trail of the installation.
    ReadWideTrail,
    /// One's own language, password, sessions and tokens: everybody's right, but not a reading token's.
    ManageSelf,
}

/// Why a permit was refused. What lies outside the scope does not exist for the actor; what lies inside may be forbidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    #[error("outside the actor's scope")]
    Hidden,
    #[error("the actor's role or token does not allow it")]
    NotAllowed,
}

/// Proof that `actor` may do `A` in `office`.
#[derive(Debug, Clone)]
pub struct Permit<A: Action> {
    actor: Actor,
    office: Office,
    action: PhantomData<A>,
}

impl<A: Action> Permit<A> {
    /// Asks for the permit.
    ///
    /// # Errors
    /// [`Denied::Hidden`] if the office is outside the actor's scope, [`Denied::NotAllowed`] if the rights do not suffice.
    pub fn grant(actor: &Actor, office: Office) -> Result<Self, Denied> {
        if !actor.sees(&office) {
            Err(Denied::Hidden)
        } else if actor.may(A::KIND) {
            Ok(Self { actor: actor.clone(), office, action: PhantomData })
        } else {
            Err(Denied::NotAllowed)
        }
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub fn office(&self) -> &Office {
        &self.office
    }

    pub fn scope(&self) -> OfficeScope {
        OfficeScope(self.office.id)
    }
}

/// The right to touch one office's rows, handed to every query of office data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeScope(OfficeId);

impl OfficeScope {
    pub fn office_id(self) -> OfficeId {
        self.0
    }
}

/// Proof that `actor` may do `A` on what no single office owns: users, offices, holidays, tokens.
#[derive(Debug, Clone)]
pub struct WidePermit<A: Action> {
    actor: Actor,
    action: PhantomData<A>,
}

impl<A: Action> WidePermit<A> {
    /// Asks for the permit; what it reaches is still bounded by [`WidePermit::covers`].
    ///
    /// # Errors
    /// [`Denied::NotAllowed`] if role or token do not allow the action.
    pub fn grant(actor: &Actor) -> Result<Self, Denied> {
        if actor.may(A::KIND) {
            Ok(Self { actor: actor.clone(), action: PhantomData })
        } else {
            Err(Denied::NotAllowed)
        }
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The regions within which the permit holds.
    pub fn reach(&self) -> Scope {
        self.actor.signed_in().map_or(Scope::NATION, |user| user.scope.clone())
    }

    /// True if everything in `scope` is within the permit's reach.
    pub fn covers(&self, scope: &Scope) -> bool {
        self.reach().covers(scope)
    }
}
