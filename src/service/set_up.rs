//! The first minutes of an installation: while nobody can sign in, a code that `serve` prints on the operator's
//! terminal lets whoever has it make the first office and its admin in the browser.

use super::accounts::hash_password;
use super::desk::{Caller, Services, WideDesk};
use super::error::ServiceError;
use super::secret::new_code;
use crate::domain::id::{OfficeId, UserId};
use crate::domain::permission::Administer;
use crate::domain::region::RegionCode;
use crate::domain::rule::{FieldError, Rule};
use crate::domain::staff::{Password, UserDetails};
use crate::domain::text::{Login, Name};
use crate::store::queries::users;

/// The first office and its admin.
#[derive(Debug)]
pub struct SetUp {
    pub code: String,
    pub office: RegionCode,
    pub office_name: Option<Name>,
    pub login: Login,
    pub admin: UserDetails,
    pub password: Password,
}

impl Services {
    /// Makes a new set-up code, to be shown to the operator once.
    pub fn issue_set_up_code(&self) -> Result<String, ServiceError> {
        let code = new_code()?;
        self.set_up.hold(&code);
        Ok(code)
    }

    /// Makes office and admin, once, for whoever knows the code.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] once there is a user; [`ServiceError::Invalid`] for a wrong code or a region that
    /// cannot have an office; [`ServiceError::TooMany`] when codes are being guessed.
    pub async fn set_up(&self, command: SetUp, address: Option<std::net::IpAddr>) -> Result<(), ServiceError> {
        self.guard.count(address, &command.login)?;
        if !self.set_up.is(&command.code) {
            return Err(ServiceError::invalid("set_up_code", Rule::WrongSetUpCode));
        }
        let SetUp { office, office_name, login, admin, password, .. } = command;
        let (hash, now) = (hash_password(password).await?, self.clock.now());
        let (office_id, user_id) = (OfficeId::new(now), UserId::new(now));
        self.write_wide(&Caller::system("set-up"), move |desk: &mut WideDesk<'_, Administer>| {
            if users::any_user(desk.connection)? {
                return Err(ServiceError::NotFound);
            }
            super::offices::open_office(desk, office_id, &office, office_name.clone()).map_err(of_office)?;
            super::accounts::enrol(desk, user_id, &login, &admin, Some(&hash)).map(drop)
        })
        .await
    }
}

/// What is wrong with the office's code is said of the field that asks for it here.
fn of_office(error: ServiceError) -> ServiceError {
    let ServiceError::Invalid(errors) = error else { return error };
    let renamed = |error: FieldError| match error.field.as_str() {
        "code" => FieldError { field: "office".to_owned(), ..error },
        _ => error,
    };
    ServiceError::Invalid(errors.into_iter().map(renamed).collect())
}
