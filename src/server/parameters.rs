//! Checks what a client sends against the same schema that a binding's description publishes.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};

use super::problem::{FieldFault, Problem, ProblemKind};
use super::query_string;

/// The longest value repeated in a message, in characters.
const LONGEST_ECHO: usize = 40;

/// Parameters of an operation, read from a query string or a JSON object of the same names.
pub(crate) trait Parameters: DeserializeOwned + JsonSchema + Send + 'static {
    /// Their description, made once.
    fn fields() -> &'static Fields;
}

/// The fields of one set of parameters: what must be given first, then by name.
#[derive(Debug)]
pub(crate) struct Fields(Vec<Field>);

/// One field and what it takes.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: String,
    /// Whether it must be given.
    pub(crate) required: bool,
    /// What it is for.
    pub(crate) description: String,
    /// A good value, where one says more than the description.
    pub(crate) example: Option<Value>,
    takes: Takes,
}

impl Field {
    /// Its JSON schema, of one type, as OpenAPI and MCP take it.
    pub(crate) fn schema(&self) -> Map<String, Value> {
        let schema = match &self.takes {
            Takes::Whole { from, to } => json!({"type": "integer", "minimum": from, "maximum": to}),
            Takes::Number { from, to } => json!({"type": "number", "minimum": from, "maximum": to}),
            Takes::OneOf(choices) => json!({"type": "string", "enum": choices}),
            Takes::Text { shortest, longest } => {
                json!({"type": "string", "minLength": shortest, "maxLength": longest})
            }
            Takes::Flag => json!({"type": "boolean"}),
            Takes::List {
                most,
                shortest,
                longest,
            } => json!({"type": "array", "maxItems": most,
                "items": {"type": "string", "minLength": shortest, "maxLength": longest}}),
            Takes::Object => json!({"type": "object", "additionalProperties": true}),
        };
        match schema {
            Value::Object(schema) => schema,
            _ => Map::new(),
        }
    }

    /// Its OpenAPI schema in a query string, where an object is written as JSON text.
    pub(crate) fn schema_in_query(&self) -> Map<String, Value> {
        match self.takes {
            Takes::Object => Map::from_iter([("type".to_owned(), Value::from("string"))]),
            _ => self.schema(),
        }
    }

    /// What it takes, in words.
    pub(crate) fn expected(&self) -> String {
        self.takes.in_words()
    }
}

#[derive(Debug)]
enum Takes {
    Whole {
        from: i64,
        to: i64,
    },
    Number {
        from: f64,
        to: f64,
    },
    OneOf(Vec<String>),
    Text {
        shortest: usize,
        longest: usize,
    },
    Flag,
    List {
        most: usize,
        shortest: usize,
        longest: usize,
    },
    Object,
}

impl Takes {
    fn in_words(&self) -> String {
        match self {
            Self::Whole { from, to } => format!("a whole number from {from} to {to}"),
            Self::Number { from, to } => format!("a number from {from} to {to}"),
            Self::OneOf(choices) => format!("one of {}", choices.join(", ")),
            Self::Text { shortest, longest } => format!("text of {shortest} to {longest} characters"),
            Self::Flag => "true or false".to_owned(),
            Self::List {
                most,
                shortest,
                longest,
            } => {
                format!("a list of at most {most} texts of {shortest} to {longest} characters")
            }
            Self::Object => "an object".to_owned(),
        }
    }

    /// A value as a query string writes it.
    fn read_text(&self, text: String) -> Value {
        let read = match self {
            // Written as the description says, so without a plus or leading zeros.
            Self::Whole { .. } => text
                .parse::<i64>()
                .ok()
                .filter(|number| number.to_string() == text)
                .map(Value::from),
            Self::Number { .. } if text.trim() == text => serde_json::from_str(&text).ok().map(Value::Number),
            Self::Flag => text.parse::<bool>().ok().map(Value::Bool),
            Self::Object => serde_json::from_str(&text).ok(),
            Self::Number { .. } | Self::OneOf(_) | Self::Text { .. } | Self::List { .. } => None,
        };
        read.unwrap_or(Value::String(text))
    }

    /// What is wrong with a value, if anything.
    fn refuse(&self, value: &Value) -> Option<String> {
        match (self, value) {
            (Self::Whole { from, to }, Value::Number(number)) => match number.as_i64() {
                Some(number) if (*from..=*to).contains(&number) => None,
                _ => Some(format!("it is {number}")),
            },
            (Self::Number { from, to }, Value::Number(number)) => match number.as_f64() {
                Some(value) if (*from..=*to).contains(&value) => None,
                _ => Some(format!("it is {number}")),
            },
            (Self::OneOf(choices), Value::String(text)) => {
                (!choices.contains(text)).then(|| format!("it is {}", echo(text)))
            }
            (Self::Text { shortest, longest }, Value::String(text)) => match text.chars().count() {
                0 if *shortest > 0 => Some("it is empty".to_owned()),
                length if (*shortest..=*longest).contains(&length) => None,
                length => Some(format!("it has {length} characters")),
            },
            (Self::Flag, Value::Bool(_)) | (Self::Object, Value::Object(_)) => None,
            (Self::List { most, .. }, Value::Array(items)) if items.len() > *most => {
                Some(format!("it has {} items", items.len()))
            }
            (Self::List { shortest, longest, .. }, Value::Array(items)) => {
                let item = Self::Text {
                    shortest: *shortest,
                    longest: *longest,
                };
                items.iter().enumerate().find_map(|(place, value)| {
                    let wrong = item.refuse(value)?;
                    Some(format!("item {place}, counted from 0: {wrong}"))
                })
            }
            (_, Value::String(text)) => Some(format!("it is {}", echo(text))),
            (_, Value::Number(_)) => Some("it is a number".to_owned()),
            (_, Value::Bool(_)) => Some("it is true or false".to_owned()),
            (_, Value::Array(_)) => Some("it is an array".to_owned()),
            (_, Value::Object(_)) => Some("it is an object".to_owned()),
            (_, Value::Null) => Some("it is null".to_owned()),
        }
    }
}

fn echo(text: &str) -> String {
    let short: String = text.chars().take(LONGEST_ECHO).collect();
    let dots = if short.len() < text.len() { "…" } else { "" };
    format!("\"{short}{dots}\"")
}

impl Fields {
    /// The fields of `T`, from its schema.
    pub(crate) fn of<T: JsonSchema>() -> Self {
        let settings = SchemaSettings::openapi3().with(|settings| settings.inline_subschemas = true);
        let schema = settings.into_generator().into_root_schema_for::<T>();
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let properties = schema.get("properties").and_then(Value::as_object);
        let fields = properties
            .into_iter()
            .flatten()
            .filter_map(|(name, schema)| Some((name, schema.as_object()?)))
            .map(|(name, schema)| Field {
                name: name.clone(),
                required: required.contains(&name.as_str()),
                takes: takes(schema),
                description: text(schema, "description").to_owned(),
                example: schema.get("example").cloned(),
            });
        let mut fields: Vec<Field> = fields.collect();
        fields.sort_by_key(|field| !field.required);
        Self(fields)
    }

    /// The fields in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Field> {
        self.0.iter()
    }

    fn named(&self, name: &str) -> Option<&Field> {
        self.0.iter().find(|field| field.name == name)
    }

    /// Checks every given value; nulls count as not given.
    fn check(&self, given: Vec<(String, Value)>) -> Result<Map<String, Value>, Problem> {
        let mut faults = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in &given {
            let Some(field) = self.named(name) else {
                faults.push(FieldFault::new(
                    short(name),
                    "there is no such parameter",
                    self.nearest(name),
                ));
                continue;
            };
            if seen.contains(&name.as_str()) {
                faults.push(FieldFault::new(name, "it is given more than once", "one value"));
                continue;
            }
            seen.push(name);
            if !value.is_null()
                && let Some(message) = field.takes.refuse(value)
            {
                faults.push(FieldFault::new(name, message, field.takes.in_words()));
            }
        }
        for field in self.0.iter().filter(|field| field.required) {
            let missing = given.iter().all(|(name, value)| *name != field.name || value.is_null());
            if missing {
                faults.push(FieldFault::new(&field.name, "it is missing", field.takes.in_words()));
            }
        }
        if faults.is_empty() {
            Ok(given.into_iter().filter(|(_, value)| !value.is_null()).collect())
        } else {
            Err(Problem::invalid_parameters(faults))
        }
    }

    fn nearest(&self, name: &str) -> String {
        let best = self
            .0
            .iter()
            .map(|field| (distance(&field.name, name), &field.name))
            .filter(|(distance, field)| *distance * 2 <= field.chars().count().max(2))
            .min();
        let all = self
            .0
            .iter()
            .map(|field| field.name.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        match best {
            Some((_, field)) => format!("{field}, or one of {all}"),
            None if all.is_empty() => "no parameters".to_owned(),
            None => format!("one of {all}"),
        }
    }
}

fn short(name: &str) -> String {
    name.chars().take(LONGEST_ECHO).collect()
}

fn text<'schema>(schema: &'schema Map<String, Value>, name: &str) -> &'schema str {
    schema.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn takes(schema: &Map<String, Value>) -> Takes {
    let whole = |name: &str| schema.get(name).and_then(Value::as_i64);
    let number = |name: &str| schema.get(name).and_then(Value::as_f64);
    let length = |name: &str| schema.get(name).and_then(Value::as_u64).map(|length| length as usize);
    let choices = choices(schema);
    if !choices.is_empty() {
        Takes::OneOf(choices)
    } else if text(schema, "type") == "integer" {
        Takes::Whole {
            from: whole("minimum").unwrap_or(0),
            to: whole("maximum").unwrap_or(i64::from(u32::MAX)),
        }
    } else if text(schema, "type") == "number" {
        Takes::Number {
            from: number("minimum").unwrap_or(f64::MIN),
            to: number("maximum").unwrap_or(f64::MAX),
        }
    } else if text(schema, "type") == "boolean" {
        Takes::Flag
    } else if text(schema, "type") == "object" {
        Takes::Object
    } else if text(schema, "type") == "array" {
        let inner = |name: &str| schema.get("items")?.get(name)?.as_u64().map(|length| length as usize);
        Takes::List {
            most: length("maxItems").unwrap_or(usize::MAX),
            shortest: inner("minLength").unwrap_or(0),
            longest: inner("maxLength").unwrap_or(usize::MAX),
        }
    } else {
        Takes::Text {
            shortest: length("minLength").unwrap_or(0),
            longest: length("maxLength").unwrap_or(usize::MAX),
        }
    }
}

/// The strings a schema allows, however deep its alternatives nest.
fn choices(schema: &Map<String, Value>) -> Vec<String> {
    let listed = |name: &str| schema.get(name).and_then(Value::as_array).into_iter().flatten();
    listed("enum")
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .chain(
            ["oneOf", "anyOf", "allOf"]
                .into_iter()
                .flat_map(listed)
                .filter_map(Value::as_object)
                .flat_map(choices),
        )
        .collect()
}

/// How many letters must be changed, added or dropped to turn one name into the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        let mut next = vec![left];
        for (place, across) in other.iter().enumerate() {
            let above = row.get(place + 1).copied().unwrap_or(usize::MAX - 1);
            left = (diagonal + usize::from(letter != *across)).min(above + 1).min(left + 1);
            diagonal = above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// Reads parameters from a query string.
pub(crate) fn from_query<T: Parameters>(query: &str) -> Result<T, Problem> {
    let fields = T::fields();
    let mut given: Vec<(String, Value)> = Vec::new();
    for (name, text) in query_string::read(query)? {
        match fields.named(&name).map(|field| &field.takes) {
            // A list is written by giving the name again.
            Some(Takes::List { .. }) => match given.iter_mut().find(|(known, _)| *known == name) {
                Some((_, Value::Array(items))) => items.push(Value::String(text)),
                _ => given.push((name, Value::Array(vec![Value::String(text)]))),
            },
            Some(takes) => given.push((name, takes.read_text(text))),
            None => given.push((name, Value::String(text))),
        }
    }
    typed(fields.check(given)?)
}

/// Reads parameters from a JSON object.
pub(crate) fn from_json<T: Parameters>(body: &[u8]) -> Result<T, Problem> {
    let malformed = |detail: String| Problem::new(ProblemKind::MalformedRequest, detail);
    if let Err(error) = std::str::from_utf8(body) {
        return Err(malformed(format!(
            "The body is not UTF-8 from byte {} on.",
            error.valid_up_to()
        )));
    }
    let Members(members) = serde_json::from_slice(body)
        .map_err(|error| malformed(format!("The body is not a JSON object that can be read: {error}.")))?;
    typed(T::fields().check(members)?)
}

/// Reads parameters from an object that was read already.
pub(crate) fn from_object<T: Parameters>(object: Map<String, Value>) -> Result<T, Problem> {
    typed(T::fields().check(object.into_iter().collect())?)
}

fn typed<T: Parameters>(values: Map<String, Value>) -> Result<T, Problem> {
    // Everything was checked but what objects hold.
    let name = T::fields().iter().find(|field| matches!(field.takes, Takes::Object));
    let name = name.map_or("body", |field| &field.name);
    serde_json::from_value(Value::Object(values))
        .map_err(|error| Problem::invalid_parameters(vec![FieldFault::new(name, error.to_string(), "other values")]))
}

/// The members of a JSON object in order, repeated names and all.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_single_letter_changes() {
        assert_eq!(distance("limit", "limit"), 0);
        assert_eq!(distance("limit", "limits"), 1);
        assert_eq!(distance("lang", "lnag"), 2);
        assert_eq!(distance("", "ab"), 2);
    }
}
