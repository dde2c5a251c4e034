//! A form that carries a file (`multipart/form-data`, RFC 7578), read whole within its bound: the few fields of our own
//! forms and one file.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web;
use actix_web::{FromRequest, HttpRequest};

use super::FormFields;
use crate::web::error::WebError;

/// Largest form that is taken: that of the largest file which the API takes.
const BODY_MAX: usize = 32 * 1024 * 1024;

/// Most parts of one form: ours have a handful.
const PARTS_MAX: usize = 32;

/// The fields of a form and the file that came with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Upload {
    pub fields: FormFields,
    /// None if no file was chosen.
    pub file: Option<Vec<u8>>,
}

impl FromRequest for Upload {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let boundary = boundary_of(kind);
        let payload = web::Payload::from_request(request, payload);
        Box::pin(async move {
            let boundary = boundary.ok_or(WebError::WrongType)?;
            let payload = payload.await.map_err(|_| WebError::Unreadable)?;
            let body = match payload.to_bytes_limited(BODY_MAX).await {
                Ok(Ok(body)) => body,
                Ok(Err(_)) => return Err(WebError::Unreadable),
                Err(_) => return Err(WebError::TooLarge),
            };
            parse(&body, &boundary).ok_or(WebError::Unreadable)
        })
    }
}

/// What stands between the parts, out of `multipart/form-data; boundary=…`.
fn boundary_of(content_type: &str) -> Option<String> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("boundary="))?;
    let boundary = boundary.trim_matches('"');
    (!boundary.is_empty()).then(|| boundary.to_owned())
}

/// The form; none if the body is cut off or not of the form that browsers send.
fn parse(body: &[u8], boundary: &str) -> Option<Upload> {
    let (opening, between) = (format!("--{boundary}"), format!("\r\n--{boundary}"));
    let mut rest = body.strip_prefix(opening.as_bytes())?;
    let mut pairs = Vec::new();
    let mut file = None;
    for _ in 0..PARTS_MAX {
        if rest.starts_with(b"--") {
            return Some(Upload { fields: pairs.into_iter().collect(), file });
        }
        let part = rest.strip_prefix(b"\r\n")?;
        let (head, after) = split_at_mark(part, b"\r\n\r\n")?;
        let (content, next) = split_at_mark(after, between.as_bytes())?;
        let head = std::str::from_utf8(head).ok()?;
        let name = parameter(head, "name")?;
        match parameter(head, "filename") {
            // A file field without a choice comes with an empty name.
            Some(chosen) if chosen.is_empty() => {}
            Some(_) => file = Some(content.to_vec()),
            None => pairs.push((name, String::from_utf8(content.to_vec()).ok()?)),
        }
        rest = next;
    }
    None
}

/// What stands before the first `mark`, and what behind it.
fn split_at_mark<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let mut from = 0;
    // The marks begin with a carriage return: only these places are looked at closely.
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| *byte == b'\r')?;
        let (before, after) = bytes.split_at_checked(at)?;
        if let Some(behind) = after.strip_prefix(mark) {
            return Some((before, behind));
        }
        from = at + 1;
    }
}

/// `name="…"` out of the headers of a part. Browsers write quotes inside names as %22.
fn parameter(head: &str, name: &str) -> Option<String> {
    let disposition = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let marks = [format!("; {name}=\""), format!(";{name}=\"")];
    let value = marks.iter().find_map(|mark| disposition.split_once(mark.as_str()))?.1;
    value.split('"').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Vec<u8> {
        text.replace('\n', "\r\n").into_bytes()
    }

    #[test]
    fn fields_and_the_file_come_out_as_they_were_sent() {
        let text = "--xYz\nContent-Disposition: form-data; name=\"jenis\"\n\nvenues\n--xYz\n\
            Content-Disposition: form-data; name=\"berkas\"; filename=\"a.csv\"\nContent-Type: text/csv\n\n\
            code,name\nA,--xY\n\n--xYz--\n";
        let upload = parse(&body(text), "xYz").unwrap();
        assert_eq!(upload.fields.raw("jenis"), "venues");
        assert_eq!(upload.file.as_deref(), Some(b"code,name\r\nA,--xY\r\n".as_slice()));
    }

    #[test]
    fn no_choice_is_no_file_and_an_empty_file_is_one() {
        let part = |name: &str| {
            format!("--b\nContent-Disposition: form-data; name=\"berkas\"; filename=\"{name}\"\n\n\n--b--\n")
        };
        assert_eq!(parse(&body(&part("")), "b").unwrap().file, None);
        assert_eq!(parse(&body(&part("kosong.csv")), "b").unwrap().file, Some(Vec::new()));
    }

    #[test]
    fn what_is_cut_off_or_endless_is_no_form() {
        let text = body("--b\nContent-Disposition: form-data; name=\"jenis\"\n\nvenues\n--b--\n");
        for end in 0..text.len() - 4 {
            assert_eq!(parse(&text[..end], "b"), None, "{end}");
        }
        let part = "--b\nContent-Disposition: form-data; name=\"x\"\n\ny\n";
        assert_eq!(parse(&body(&(part.repeat(PARTS_MAX + 1) + "--b--\n")), "b"), None);
        assert_eq!(boundary_of("application/x-www-form-urlencoded"), None);
        assert_eq!(boundary_of("multipart/form-data; boundary=\"a b\"").as_deref(), Some("a b"));
    }
}
