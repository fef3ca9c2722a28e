//! What every tool is: a name, what it takes and gives, and one call of the library.

use std::sync::Arc;

use rmcp::model::{CallToolResult, ContentBlock, JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::{Value, json};

use crate::retrieve::{Results, Search};
use crate::server::parameters::{self, Parameters};
use crate::server::{Base, Problem, Server};

/// What a tool works with.
pub(crate) struct Desk {
    /// Reaches the searcher.
    pub(crate) server: Server,
    /// Where people read what is found.
    pub(crate) base: Base,
}

impl Desk {
    /// Runs one search.
    pub(crate) async fn search(&self, search: Search) -> Result<Results, Problem> {
        Ok(self.server.search(search).await?.results)
    }
}

/// One tool; its arguments are the type that implements it.
pub(crate) trait Callable: Parameters {
    /// Its name.
    const NAME: &'static str;
    /// Its name for people.
    const TITLE: &'static str;
    /// What it is for, for the model that chooses among tools.
    const DESCRIPTION: &'static str;
    /// What it gives: always an object.
    type Answer: Serialize + JsonSchema;

    /// Does it.
    fn call(self, desk: &Desk) -> impl Future<Output = Result<Self::Answer, Problem>> + Send;
}

/// A tool as it is listed.
pub(crate) fn listed<T: Callable>() -> Tool {
    let annotations = ToolAnnotations::with_title(T::TITLE)
        .read_only(true)
        .destructive(false)
        .idempotent(true)
        .open_world(false);
    Tool::new(T::NAME, T::DESCRIPTION, taken::<T>())
        .with_title(T::TITLE)
        .with_raw_output_schema(Arc::new(given::<T>()))
        .with_annotations(annotations)
}

/// The schema of the arguments.
fn taken<T: Callable>() -> JsonObject {
    let mut properties = JsonObject::new();
    let mut required = Vec::new();
    for field in T::fields().iter() {
        let mut schema = field.schema();
        schema.insert("description".to_owned(), Value::from(field.description.as_str()));
        properties.insert(field.name.clone(), Value::Object(schema));
        if field.required {
            required.push(field.name.as_str());
        }
    }
    let schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    object(schema)
}

/// The schema of the answer.
fn given<T: Callable>() -> JsonObject {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    object(
        settings
            .for_serialize()
            .into_generator()
            .into_root_schema_for::<T::Answer>()
            .to_value(),
    )
}

fn object(value: Value) -> JsonObject {
    match value {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}

/// Calls a tool. What is wrong with the arguments, or with the server, is told in words the model can act on.
pub(crate) async fn called<T: Callable>(desk: &Desk, arguments: JsonObject) -> CallToolResult {
    let answer = match parameters::from_object::<T>(arguments) {
        Ok(arguments) => arguments.call(desk).await,
        Err(problem) => Err(problem),
    };
    answer
        .and_then(|answer| written(&answer))
        .unwrap_or_else(|problem| CallToolResult::error(vec![ContentBlock::text(problem.spoken())]))
}

/// An answer as structured content and, for clients that show text alone, as the same JSON in words.
fn written(answer: &impl Serialize) -> Result<CallToolResult, Problem> {
    let unwritable = |error: serde_json::Error| Problem::internal(error.to_string());
    let text = serde_json::to_string(answer).map_err(unwritable)?;
    // From the text, not from the answer: a figure of 32 bits would get more digits on its way into a value.
    let structured = serde_json::from_str(&text).map_err(unwritable)?;
    let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
    result.structured_content = Some(structured);
    Ok(result)
}
