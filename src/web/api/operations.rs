//! What the operations of the API are handed to: the service, which answers them, and the description, which tells of
//! them. One list of addresses serves both, and a worker that starts does not write a description nobody asked for.

use std::fmt;

use actix_web::dev::HttpServiceFactory;
use actix_web::web::ServiceConfig;
use utoipa::openapi::path::{Paths, PathsMap};
use utoipa::openapi::{ComponentsBuilder, OpenApi, RefOr, Schema};
use utoipa_actix_web::OpenApiFactory;

/// Takes operations, one after the other.
pub trait Operations {
    fn service(&mut self, operation: impl HttpServiceFactory + OpenApiFactory + 'static) -> &mut Self;
}

impl Operations for ServiceConfig {
    fn service(&mut self, operation: impl HttpServiceFactory + OpenApiFactory + 'static) -> &mut Self {
        Self::service(self, operation)
    }
}

/// Operations as the description tells of them.
#[derive(Default)]
pub struct Described {
    paths: Paths,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl fmt::Debug for Described {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Described").field("paths", &self.paths.paths.len()).finish_non_exhaustive()
    }
}

impl Operations for Described {
    fn service(&mut self, operation: impl HttpServiceFactory + OpenApiFactory + 'static) -> &mut Self {
        self.paths.merge(operation.paths());
        operation.schemas(&mut self.schemas);
        self
    }
}

impl Described {
    /// Adds operations whose addresses begin with `prefix`.
    pub fn under(&mut self, prefix: &str, tell: impl FnOnce(&mut Self)) {
        let mut inner = Self::default();
        tell(&mut inner);
        let paths: PathsMap<_, _> =
            inner.paths.paths.into_iter().map(|(path, item)| (format!("{prefix}{path}"), item)).collect();
        self.paths.paths.extend(paths);
        self.schemas.extend(inner.schemas);
    }

    /// Puts what was told into a description.
    pub fn add_to(self, api: &mut OpenApi) {
        api.paths.merge(self.paths);
        let schemas = ComponentsBuilder::new().schemas_from_iter(self.schemas).build().schemas;
        api.components.get_or_insert_default().schemas.extend(schemas);
    }
}
