//! What an action did, told on the page that comes after it: the message rides in a cookie that the next page takes.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponseBuilder};

use crate::web::language::language_of;
use crate::wording::messages::message;

/// The cookie between the action and the page after it.
const COOKIE: &str = "jb_notice";

/// Longest text that a notice may carry: names are cut, cookies have an end.
const VALUE_MAX: usize = 200;

/// Messages of notices, and nothing else, begin so: a cookie that somebody planted can show no other text.
const PREFIX: &str = "done-";

/// A message about what has been done, already in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub text: String,
    /// Where to go on from here, and what that is called.
    pub link: Option<(String, String)>,
}

/// Adds a notice to an answer that leads to another page.
pub trait Noticed {
    /// `id` begins with `done-`; its variables are shown as they are.
    fn noticed(&mut self, id: &str, args: &[(&str, &str)]) -> &mut Self;
}

impl Noticed for HttpResponseBuilder {
    fn noticed(&mut self, id: &str, args: &[(&str, &str)]) -> &mut Self {
        let cut = |text: &str| text.chars().take(VALUE_MAX).collect::<String>();
        let mut pairs = vec![("id".to_owned(), id.to_owned())];
        pairs.extend(args.iter().map(|(name, value)| ((*name).to_owned(), cut(value))));
        let value = serde_urlencoded::to_string(pairs).unwrap_or_default();
        self.cookie(Cookie::build(COOKIE, value).path("/").http_only(true).same_site(SameSite::Lax).finish())
    }
}

/// The notice that the action before this page left.
pub fn take_notice(request: &HttpRequest) -> Option<Notice> {
    let cookie = request.cookie(COOKIE)?;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(cookie.value()).ok()?;
    let (_, id) = pairs.iter().find(|(name, _)| name == "id")?;
    if !id.starts_with(PREFIX) {
        return None;
    }
    let args: Vec<(&str, String)> = pairs.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let text = message(language_of(request), id, &args);
    // An id that no message file knows is not ours.
    (text != *id).then_some(Notice { text, link: None })
}

/// Takes the cookie back once its notice was shown.
pub fn forget_notice(response: &mut HttpResponseBuilder) {
    let mut gone = Cookie::build(COOKIE, "").path("/").finish();
    gone.make_removal();
    response.cookie(gone);
}
