//! The one table of tools: the list and the calls are both made from it.

use std::sync::LazyLock;

use rmcp::model::{CallToolResult, JsonObject, Tool};

use super::asked::SearchPassages;
use super::cite::Cite;
use super::fetch::Fetch;
use super::search::Search;
use super::tool::{Callable, Desk, called, listed};

macro_rules! table {
    ($($tool:ty),+) => {
        /// Every tool, always in the same order.
        pub(crate) fn tools() -> &'static [Tool] {
            static TOOLS: LazyLock<Vec<Tool>> = LazyLock::new(|| vec![$(listed::<$tool>()),+]);
            &TOOLS
        }

        /// Calls the tool of this name, where there is one.
        pub(crate) async fn call(name: &str, desk: &Desk, arguments: JsonObject) -> Option<CallToolResult> {
            match name {
                $(<$tool>::NAME => Some(called::<$tool>(desk, arguments).await),)+
                _ => None,
            }
        }
    };
}

table!(Search, Fetch, SearchPassages, Cite);
