//! Somebody who talks to the service over HTTP.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use super::OFFICE;

/// An HTTP client with somebody's token, or nobody's.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    token: Option<String>,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Client {
    pub fn new(url: &str, token: Option<String>) -> Self {
        // The server ends what is idle for five seconds: a request must not meet a connection that is just being closed.
        let idle = std::time::Duration::from_secs(2);
        let redirect = reqwest::redirect::Policy::none();
        let http = reqwest::Client::builder().redirect(redirect).no_proxy().pool_idle_timeout(idle).build().unwrap();
        Self { http, url: url.to_owned(), token }
    }

    /// The same person at another server.
    pub fn at(&self, url: &str) -> Self {
        Self::new(url, self.token.clone())
    }

    /// The address of something in the test's office: `/venues` is `/api/v1/offices/33.03/venues`; an address that
    /// begins with `/api`, or is outside the API (a page of an office begins with its code), stays.
    fn address(&self, path: &str) -> String {
        let outside = ["/api", "/masuk", "/keluar", "/healthz", "/readyz", "/metrics", "/kalender"];
        let is_page = path.trim_start_matches('/').starts_with(|first: char| first.is_ascii_digit());
        if is_page || outside.iter().any(|prefix| path.starts_with(prefix)) {
            format!("{}{path}", self.url)
        } else {
            format!("{}/api/v1/offices/{OFFICE}{path}", self.url)
        }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.signed(self.http.request(method, self.address(path)))
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    /// Sends a CSV file to be imported: `import("venues", …)`, or `import("venues?dry_run=true", …)`.
    pub async fn import(&self, kind: &str, file: &str) -> Reply {
        let request = self.request(Method::POST, &format!("/import/{kind}")).header("content-type", "text/csv");
        self.send(request.body(file.to_owned())).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send(self.request(Method::PATCH, path).json(&body)).await
    }

    /// PATCH with `If-Match`.
    pub async fn patch_version(&self, path: &str, version: i64, body: Value) -> Reply {
        let request = self.request(Method::PATCH, path).header("if-match", format!("\"{version}\""));
        self.send(request.json(&body)).await
    }

    /// POST without a body.
    pub async fn post_nothing(&self, path: &str) -> Reply {
        self.send(self.request(Method::POST, path)).await
    }

    /// DELETE with `If-Match`.
    pub async fn delete_version(&self, path: &str, version: i64) -> Reply {
        self.send(self.request(Method::DELETE, path).header("if-match", format!("\"{version}\""))).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// A page as a browser asks for it: `page("/33.03/lokasi")`.
    pub async fn page(&self, path: &str) -> Reply {
        let request = self.http.get(format!("{}{path}", self.url)).header("accept", "text/html");
        self.send(self.signed(request)).await
    }

    /// An answer that goes on for as long as it is read.
    pub async fn open(&self, path: &str) -> reqwest::Response {
        self.signed(self.http.get(format!("{}{path}", self.url))).send().await.unwrap()
    }

    /// Sends the form of a page as a browser does.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = serde_urlencoded::to_string(fields).unwrap();
        self.submit_raw(path, "application/x-www-form-urlencoded", body).await
    }

    /// Sends the body of a form as it is.
    pub async fn submit_raw(&self, path: &str, content_type: &str, body: String) -> Reply {
        let request = self.http.post(format!("{}{path}", self.url)).header("accept", "text/html");
        let request = request.header("content-type", content_type).body(body);
        self.send(self.signed(request)).await
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn send(&self, request: RequestBuilder) -> Reply {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Reply { status, headers, text: response.text().await.unwrap() }
    }
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// Asserts the status, showing the body if it is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// `field: code` of each broken rule.
    pub fn errors(&self) -> Vec<String> {
        let body = self.json();
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|e| format!("{}: {}", e["field"].as_str().unwrap(), e["code"].as_str().unwrap())).collect()
    }

    /// `kind subject date slot` of each clash.
    pub fn clashes(&self) -> Vec<String> {
        let body = self.json();
        let text = |clash: &Value| {
            let fields =
                ["subject_kind", "subject", "date", "slot"].map(|field| clash[field].as_str().unwrap().to_owned());
            fields.join(" ")
        };
        body["clashes"].as_array().unwrap().iter().map(text).collect()
    }

    pub fn header(&self, name: &str) -> &str {
        let name: HeaderName = name.parse().unwrap();
        self.headers.get(name).map(HeaderValue::to_str).and_then(Result::ok).unwrap_or_default()
    }
}
