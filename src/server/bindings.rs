//! What the bindings bring: their routes, and how each says what went wrong.

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::MethodRouter;

use super::keys::{Access, Rules};
use super::problem::Problem;
use super::state::Server;

/// The routes of one or several bindings, who may use them, and how they say what went wrong where that is not problem
/// details.
#[derive(Default)]
pub struct Bindings {
    pub(super) routes: Router<Server>,
    /// What answers at every other address; problem details where there is nothing.
    pub(super) elsewhere: Option<MethodRouter<Server>>,
    pub(super) dialects: Vec<Dialect>,
    pub(super) rules: Rules,
}

/// How what went wrong is said at the addresses below a prefix.
#[derive(Clone, Copy)]
pub(crate) struct Dialect {
    /// The prefix, such as `/dify`: it covers itself and every address that goes on with a slash.
    pub(crate) prefix: &'static str,
    /// The answer for a problem, status included.
    pub(crate) say: fn(&Problem) -> Response,
}

impl From<Router<Server>> for Bindings {
    fn from(routes: Router<Server>) -> Self {
        Self {
            routes,
            ..Self::default()
        }
    }
}

impl Bindings {
    /// These and others.
    #[must_use]
    pub fn and(mut self, others: impl Into<Self>) -> Self {
        let Self {
            routes,
            elsewhere,
            dialects,
            rules,
        } = others.into();
        self.routes = self.routes.merge(routes);
        self.elsewhere = self.elsewhere.or(elsewhere);
        self.dialects.extend(dialects);
        self.rules.extend(rules);
        self
    }

    /// Says what these routes need, by their patterns; every other needs a key to search with.
    #[must_use]
    pub(crate) fn needing(mut self, access: Access, patterns: &[&'static str]) -> Self {
        for pattern in patterns {
            self.rules.set(pattern, access);
        }
        self
    }

    /// Says what answers at addresses where nothing is.
    #[must_use]
    pub(crate) fn elsewhere(mut self, answer: MethodRouter<Server>) -> Self {
        self.elsewhere = Some(answer);
        self
    }

    /// Routes whose problems are said in a dialect.
    pub(crate) fn speaking(routes: Router<Server>, dialect: Dialect) -> Self {
        Self {
            routes,
            dialects: vec![dialect],
            ..Self::default()
        }
    }
}

impl Dialect {
    fn covers(self, path: &str) -> bool {
        path.strip_prefix(self.prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Says a problem as the callers of the address expect it, wherever on the way it arose.
pub(super) async fn speak(State(dialects): State<Vec<Dialect>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let dialect = dialects.iter().copied().find(|dialect| dialect.covers(path));
    let mut response = next.run(request).await;
    match (dialect, response.extensions_mut().remove::<Problem>()) {
        (Some(dialect), Some(problem)) => {
            let mut said = (dialect.say)(&problem);
            problem.mark(&mut said);
            said
        }
        (None, Some(problem)) => {
            response.extensions_mut().insert(problem);
            response
        }
        (_, None) => response,
    }
}
