//! The OpenAPI 3.0.3 description, made from the table of operations.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::operations::{Input, Operation, operations};
use crate::server::parameters::{Field, Fields};
use crate::server::{Base, ProblemDetails};

/// The description with the one address it is served under.
pub(crate) fn describe(base: &Base) -> Value {
    static WITHOUT_SERVER: LazyLock<Value> = LazyLock::new(without_server);
    let mut description = WITHOUT_SERVER.clone();
    if let Some(members) = description.as_object_mut() {
        members.insert("servers".to_owned(), json!([{"url": base.as_str()}]));
    }
    description
}

fn without_server() -> Value {
    let mut settings = SchemaSettings::openapi3().for_serialize();
    settings.meta_schema = None;
    settings.transforms.push(Box::new(RecursiveTransform(OneEnum)));
    settings
        .transforms
        .push(Box::new(RecursiveTransform(NullableReference)));
    let mut generator = settings.into_generator();
    let problem = generator.subschema_for::<ProblemDetails>();
    let mut paths = Map::new();
    for operation in operations() {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            let described = describe_operation(&operation, &problem, &mut generator);
            path.insert(operation.method.name().to_owned(), described);
        }
    }
    let schemas = generator.take_definitions(true);
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Wenyuan 文渊",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Passage search over bilingual (Chinese/English) scholarly articles, with the references \
                each passage cites. Errors are RFC 9457 problem details, sent as application/problem+json. \
                Where the server has keys, every request must show one: Authorization: Bearer KEY, or X-API-Key: KEY.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn describe_operation(operation: &Operation, problem: &Schema, generator: &mut SchemaGenerator) -> Value {
    let mut parameters = Vec::new();
    for (name, description) in operation.path_parts() {
        let schema = match name {
            "number" => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
            _ => json!({"type": "string", "minLength": 1, "maxLength": 96}),
        };
        parameters.push(json!({
            "name": name,
            "in": "path",
            "required": true,
            "description": description,
            "schema": schema,
        }));
    }
    if let Input::Query(fields) = operation.input {
        parameters.extend(fields().iter().map(parameter));
    }
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "description": operation.description,
        "responses": {
            "200": {
                "description": "The answer.",
                "content": {"application/json": {"schema": (operation.answer)(generator)}},
            },
            "default": {
                "description": "A problem, with the fields at fault where there are any.",
                "content": {"application/json": {"schema": problem}},
            },
        },
    });
    if let Some(members) = described.as_object_mut() {
        if !parameters.is_empty() {
            members.insert("parameters".to_owned(), Value::Array(parameters));
        }
        if let Input::Body(fields) = operation.input {
            let body = json!({
                "required": true,
                "content": {"application/json": {"schema": body(fields())}},
            });
            members.insert("requestBody".to_owned(), body);
        }
    }
    described
}

fn parameter(field: &Field) -> Value {
    let mut described = json!({
        "name": field.name,
        "in": "query",
        "required": field.required,
        "description": field.description,
        "schema": field.schema_in_query(),
    });
    if let (Some(example), Some(members)) = (&field.example, described.as_object_mut()) {
        members.insert("example".to_owned(), example.clone());
    }
    described
}

fn body(fields: &Fields) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields.iter() {
        let mut schema = field.schema();
        schema.insert("description".to_owned(), Value::from(field.description.as_str()));
        if let Some(example) = &field.example {
            schema.insert("example".to_owned(), example.clone());
        }
        if field.required {
            required.push(field.name.as_str());
        } else {
            schema.insert("nullable".to_owned(), Value::Bool(true));
            // A null that an enumeration does not list would be refused by strict readers of the description.
            if let Some(choices) = schema.get_mut("enum").and_then(Value::as_array_mut) {
                choices.push(Value::Null);
            }
        }
        properties.insert(field.name.clone(), Value::Object(schema));
    }
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// Writes alternatives that are single words as one enumeration, which every reader of descriptions understands.
#[derive(Debug, Clone)]
struct OneEnum;

impl Transform for OneEnum {
    fn transform(&mut self, schema: &mut Schema) {
        let Some(alternatives) = schema.get("oneOf").and_then(Value::as_array) else {
            return;
        };
        let words: Option<Vec<Value>> = alternatives
            .iter()
            .map(|alternative| match alternative.get("enum")?.as_array()?.as_slice() {
                [word @ Value::String(_)] => Some(word.clone()),
                _ => None,
            })
            .collect();
        if let Some(words) = words {
            schema.remove("oneOf");
            schema.insert("type".to_owned(), Value::from("string"));
            schema.insert("enum".to_owned(), Value::Array(words));
        }
    }
}

/// Writes "this or null" with the one word OpenAPI 3.0 has for it, instead of an alternative that is only null.
#[derive(Debug, Clone)]
struct NullableReference;

impl Transform for NullableReference {
    fn transform(&mut self, schema: &mut Schema) {
        let Some([one, null]) = schema.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) else {
            return;
        };
        if null.get("nullable") == Some(&Value::Bool(true)) && null.get("type").is_none() {
            let one = one.clone();
            schema.remove("anyOf");
            schema.insert("allOf".to_owned(), Value::Array(vec![one]));
            schema.insert("nullable".to_owned(), Value::Bool(true));
        }
    }
}
