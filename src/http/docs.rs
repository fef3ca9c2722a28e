//! A page for people that shows the API: made on the server from its description, without scripts or outside hosts.

use serde_json::Value;

use super::openapi;
use super::operations::{Input, Method, Operation, operations};
use crate::server::parameters::Fields;
use crate::server::{Base, ProblemKind};

/// The page's style sheet.
pub(crate) const STYLE: &str = include_str!("docs.css");

/// The page, for a server at `base`.
pub(crate) fn page(base: &Base) -> String {
    let operations = operations();
    let mut html = String::from(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Wenyuan API</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"stylesheet\" href=\"/docs/style.css\"></head><body>\
         <header><h1>Wenyuan <span lang=\"zh\">文渊</span> API</h1>\
         <p>Passage search over bilingual scholarly articles, with the references each passage cites. \
         The same as a machine reads it: <a href=\"/openapi.json\">openapi.json</a>. \
         Figures for Prometheus: <a href=\"/metrics\">metrics</a>.</p></header>",
    );
    html.push_str("<nav aria-label=\"Operations\"><ul>");
    for operation in &operations {
        html.push_str(&format!(
            "<li><a href=\"#{}\"><b>{}</b> <code>{}</code></a></li>",
            operation.id,
            verb(operation.method),
            escape(operation.path),
        ));
    }
    html.push_str("<li><a href=\"#schemas\">Schemas</a></li><li><a href=\"#problems\">Problems</a></li>");
    html.push_str("</ul></nav><main>");
    for operation in &operations {
        html.push_str(&section(operation, base));
    }
    html.push_str(&schemas(&openapi::describe(base)));
    html.push_str(&problems());
    html.push_str("</main></body></html>\n");
    html
}

fn verb(method: Method) -> String {
    method.name().to_uppercase()
}

fn section(operation: &Operation, base: &Base) -> String {
    let mut html = format!(
        "<section id=\"{}\"><h2><b>{}</b> <code>{}</code></h2><p><strong>{}.</strong> {}</p>",
        operation.id,
        verb(operation.method),
        escape(operation.path),
        escape(operation.summary),
        escape(operation.description),
    );
    let path_rows = operation.path_parts().map(|(name, description)| {
        format!(
            "<tr><th scope=\"row\"><code>{name}</code></th><td>in the path</td><td>{}</td></tr>",
            escape(description)
        )
    });
    let rows = match operation.input {
        Input::Nothing => String::new(),
        Input::Query(fields) | Input::Body(fields) => rows(fields()),
    };
    let rows = path_rows.collect::<String>() + &rows;
    if !rows.is_empty() {
        let place = if matches!(operation.input, Input::Body(_)) {
            "JSON field"
        } else {
            "Parameter"
        };
        html.push_str(&format!(
            "<table><thead><tr><th scope=\"col\">{place}</th><th scope=\"col\">Takes</th>\
             <th scope=\"col\">Meaning</th></tr></thead><tbody>{rows}</tbody></table>"
        ));
    }
    let address = base.as_str();
    let call = match operation.method {
        Method::Get => format!("curl '{address}{}'", operation.example),
        Method::Post => format!(
            "curl '{address}{}' -H 'Content-Type: application/json' -d '{}'",
            operation.path, operation.example
        ),
    };
    html.push_str(&format!("<pre><code>{}</code></pre>", escape(&call)));
    if operation.method == Method::Get && operation.path_parts.is_empty() {
        html.push_str(&format!("<p><a href=\"{}\">Try it</a></p>", escape(operation.example)));
    }
    html.push_str("</section>");
    html
}

fn rows(fields: &Fields) -> String {
    fields
        .iter()
        .map(|field| {
            let need = if field.required { " (required)" } else { "" };
            format!(
                "<tr><th scope=\"row\"><code>{}</code>{need}</th><td>{}</td><td>{}</td></tr>",
                escape(&field.name),
                escape(&field.expected()),
                escape(&field.description),
            )
        })
        .collect()
}

fn schemas(description: &Value) -> String {
    let mut html = String::from("<section id=\"schemas\"><h2>Schemas</h2>");
    let schemas = description.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        html.push_str(&format!(
            "<details id=\"schema-{name}\"><summary><code>{name}</code></summary><p>{}</p>",
            escape(text)
        ));
        let properties = schema.get("properties").and_then(Value::as_object);
        let rows: String = properties
            .into_iter()
            .flatten()
            .map(|(name, property)| {
                let text = property.get("description").and_then(Value::as_str).unwrap_or_default();
                format!(
                    "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td></tr>",
                    escape(name),
                    kind(property),
                    escape(text)
                )
            })
            .collect();
        if rows.is_empty() {
            html.push_str(&format!("<p>{}</p>", kind(schema)));
        } else {
            html.push_str(&format!("<table><tbody>{rows}</tbody></table>"));
        }
        html.push_str("</details>");
    }
    html.push_str("</section>");
    html
}

/// A schema in a few words, with links to the schemas it names.
fn kind(schema: &Value) -> String {
    let text = |name: &str| schema.get(name).and_then(Value::as_str);
    if let Some(target) = text("$ref") {
        let name = escape(target.rsplit('/').next().unwrap_or_default());
        return format!("<a href=\"#schema-{name}\">{name}</a>");
    }
    let null = if schema.get("nullable") == Some(&Value::Bool(true)) {
        " or null"
    } else {
        ""
    };
    for joined in ["allOf", "anyOf", "oneOf"] {
        if let Some(parts) = schema.get(joined).and_then(Value::as_array) {
            let parts: Vec<String> = parts.iter().map(kind).filter(|part| !part.is_empty()).collect();
            return parts.join(" or ") + null;
        }
    }
    if let Some(choices) = schema.get("enum").and_then(Value::as_array) {
        let choices: Vec<&str> = choices.iter().filter_map(Value::as_str).collect();
        return escape(&choices.join(" | ")) + null;
    }
    match (text("type"), schema.get("items"), schema.get("additionalProperties")) {
        (Some("array"), Some(items), _) => format!("list of {}{null}", kind(items)),
        (Some("object"), _, Some(values)) if values.is_object() => format!("names with {}{null}", kind(values)),
        (Some(name), _, _) => format!("{}{null}", escape(name)),
        (None, _, _) => String::new(),
    }
}

fn problems() -> String {
    let mut html = String::from(
        "<section id=\"problems\"><h2>Problems</h2><p>A request that is not answered gets an RFC 9457 problem as \
         <code>application/problem+json</code>: its <code>type</code> never changes, <code>errors</code> names each \
         field at fault and what would be right.</p><table><thead><tr><th scope=\"col\">type</th>\
         <th scope=\"col\">Status</th><th scope=\"col\">Meaning</th></tr></thead><tbody>",
    );
    for problem in ProblemKind::ALL {
        let (name, status, title) = problem.describe();
        html.push_str(&format!(
            "<tr id=\"{name}\"><th scope=\"row\"><code>/problems/{name}</code></th><td>{}</td><td>{title}</td></tr>",
            status.as_u16()
        ));
    }
    html.push_str("</tbody></table></section>");
    html
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
