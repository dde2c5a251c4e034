//! The people of an office as a list, searched and paged; one of them with what he may do.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::one::{find, may_reset, place_of};
use crate::domain::page::{Cut, Page};
use crate::domain::permission::ActionKind;
use crate::domain::staff::User;
use crate::service::Services;
use crate::service::accounts::StaffFilter;
use crate::web::error::WebError;
use crate::web::pages::manage::list::PAGE;
use crate::web::pages::{Form, Shell, page};

#[derive(Template)]
#[template(path = "manage/users.html", config = "src/web/pages/askama.toml")]
struct UserList {
    shell: Shell,
    users: Page<User>,
    query: UserQuery,
}

#[derive(Template)]
#[template(path = "manage/user.html", config = "src/web/pages/askama.toml")]
struct UserPage {
    shell: Shell,
    user: User,
    place: String,
    may_reset: bool,
    /// The reader himself, who cannot take himself out.
    is_self: bool,
    /// The form of a new password.
    form: Form,
}

/// What the list is narrowed to; it stands in the address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UserQuery {
    cari: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    arsip: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sesudah: String,
}

impl UserQuery {
    fn filter(&self) -> StaffFilter {
        let search = Some(self.cari.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        StaffFilter { search, archived: !self.arsip.is_empty() }
    }

    fn next(&self, users: &Page<User>) -> String {
        let Some(last) = users.items.last().filter(|_| users.more) else { return String::new() };
        let next = Self { sesudah: last.login.to_string(), ..self.clone() };
        serde_urlencoded::to_string(next).unwrap_or_default()
    }
}

#[get("/pengguna")]
pub async fn list_users(
    services: Data<Services>,
    shell: Shell,
    query: Query<UserQuery>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let query = query.into_inner();
    let cut = Cut::new(PAGE, query.sesudah.parse().ok());
    let users = services.list_staff(shell.caller()?, &shell.office()?.code, query.filter(), cut).await?;
    page(StatusCode::OK, &shell.clone(), &UserList { shell, users, query })
}

#[get("/pengguna/{login}")]
pub async fn show_user(
    services: Data<Services>,
    shell: Shell,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shell.require(ActionKind::Plan)?;
    let user = find(&services, &shell, &path.1).await?;
    show_one(shell, StatusCode::OK, user, Form::default())
}

pub fn show_one(shell: Shell, status: StatusCode, user: User, form: Form) -> Result<HttpResponse, WebError> {
    let (place, may_reset, is_self) =
        (place_of(&shell, &user.login), may_reset(&shell, &user), shell.is_reader(user.id));
    page(status, &shell.clone(), &UserPage { shell, user, place, may_reset, is_self, form })
}
