//! Opens the doors that are switched on, and what their handlers have in common.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Extension, FromRequestParts};
use axum::http::request::Parts;
use axum::routing::MethodRouter;

use super::{Settings, dify, dify_dataset, open_webui, openai, ragflow, searxng};
use crate::server::{Base, Bindings, Dialect, Problem, ProblemKind, RawBody, Searched, Server};

/// The doors that are switched on.
pub fn doors(settings: &Settings) -> Bindings {
    let all: [(bool, fn() -> Door); 6] = [
        (settings.dify, dify::door),
        (settings.dify_dataset, dify_dataset::door),
        (settings.searxng, searxng::door),
        (settings.open_webui, open_webui::door),
        (settings.ragflow, ragflow::door),
        (settings.openai, openai::door),
    ];
    let settings = Arc::new(settings.clone());
    let mut bindings = Bindings::default();
    for (_, door) in all.into_iter().filter(|(on, _)| *on) {
        let Door { dialect, routes } = door();
        let mut router = Router::new();
        for (path, method) in routes {
            let prefix = dialect.prefix;
            // An address registered with a slash at its end makes callers write two.
            router = router
                .route(&format!("{prefix}{path}"), method.clone())
                .route(&format!("{prefix}/{path}"), method);
        }
        bindings = bindings.and(Bindings::speaking(
            router.layer(Extension(Arc::clone(&settings))),
            dialect,
        ));
    }
    bindings
}

/// One door.
pub(super) struct Door {
    /// Its prefix, and how it says what went wrong.
    pub(super) dialect: Dialect,
    /// What it serves below the prefix, each path with a slash before it.
    pub(super) routes: Vec<(&'static str, MethodRouter<Server>)>,
}

/// The answer of a door to a search, with what the log may know of it.
pub(super) type Answer<T> = Result<(Extension<Searched>, axum::Json<T>), Problem>;

/// What a handler of a door knows besides the request.
pub(super) struct Asked {
    /// The address its callers reach the server by.
    pub(super) base: Base,
    settings: Arc<Settings>,
}

impl FromRequestParts<Server> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let settings = parts.extensions.get::<Arc<Settings>>().cloned();
        Ok(Self {
            base: Base::from_request_parts(parts, server).await?,
            settings: settings.unwrap_or_default(),
        })
    }
}

impl Asked {
    /// What the operator set.
    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Refuses what is not the one collection there is. `field` is where the caller named it.
    pub(super) fn collection(&self, named: &str, field: &'static str) -> Result<(), Problem> {
        if named == self.settings.collection || named == "default" {
            return Ok(());
        }
        let known = &self.settings.collection;
        Err(Problem::new(
            ProblemKind::UnknownCollection,
            format!(
                "There is no collection of this name ({field}); the one there is is called {known:?} or \"default\"."
            ),
        ))
    }
}

/// Reads a JSON body, whatever its type is said to be.
pub(super) fn json<T: serde::de::DeserializeOwned>(body: &RawBody) -> Result<T, Problem> {
    let RawBody { headers: _, bytes } = body;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::new(
            ProblemKind::MalformedRequest,
            "The request has no body; it must be JSON.",
        ));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        Problem::new(
            ProblemKind::MalformedRequest,
            format!("The body can't be read: {error}."),
        )
    })
}
