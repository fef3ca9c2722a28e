//! Conditions on the facts of hits as front ends write them, read into the one tree.

use serde::Deserialize;
use serde_json::Value;

use crate::document::Scalar;
use crate::query::{Comparison, Condition, Operation};
use crate::server::{FieldFault, Problem};

/// Dify's `metadata_condition`, which RAGFlow writes nearly the same.
#[derive(Deserialize)]
pub(super) struct MetadataCondition {
    /// Dify's name for how the conditions are joined.
    logical_operator: Option<String>,
    /// RAGFlow's name for it.
    logic: Option<String>,
    conditions: Option<Vec<Option<MetadataComparison>>>,
}

#[derive(Deserialize)]
struct MetadataComparison {
    name: Option<OneOrMany>,
    comparison_operator: Option<String>,
    value: Option<Value>,
}

/// Older callers write a list of names.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl MetadataCondition {
    /// The condition; none where it asks for nothing.
    pub(super) fn resolve(self) -> Result<Option<Condition>, Problem> {
        let Self {
            logical_operator,
            logic,
            conditions,
        } = self;
        let any = match logical_operator.or(logic).as_deref().map(str::trim) {
            None | Some("") => false,
            Some(joined) if joined.eq_ignore_ascii_case("and") => false,
            Some(joined) if joined.eq_ignore_ascii_case("or") => true,
            Some(other) => {
                return Err(fault("metadata_condition.logical_operator", other, "and, or"));
            }
        };
        let mut parts = Vec::new();
        for comparison in conditions.into_iter().flatten().flatten() {
            parts.extend(comparison.resolve()?);
        }
        Ok(match parts.len() {
            0 => None,
            _ if any => Some(Condition::Any(parts)),
            _ => Some(Condition::All(parts)),
        })
    }
}

impl MetadataComparison {
    fn resolve(self) -> Result<Option<Condition>, Problem> {
        let Self {
            name,
            comparison_operator,
            value,
        } = self;
        let names = match name {
            None => Vec::new(),
            Some(OneOrMany::One(name)) => vec![name],
            Some(OneOrMany::Many(names)) => names,
        };
        let written = comparison_operator.unwrap_or_default();
        let Some(operation) = operation(&written) else {
            let known = "contains, not contains, start with, end with, is, is not, empty, not empty, in, not in, =, ≠, >, \
                         <, ≥, ≤, before, after";
            return Err(fault(
                "metadata_condition.conditions.comparison_operator",
                &written,
                known,
            ));
        };
        let values = match operation {
            Operation::Empty | Operation::NotEmpty => Vec::new(),
            // A comparison with nothing restricts nothing; Dify passes it over too.
            _ => match value {
                None | Some(Value::Null) => return Ok(None),
                Some(Value::String(list)) if matches!(operation, Operation::In | Operation::Nin) => list
                    .split(',')
                    .map(|part| Scalar::Text(part.trim().to_owned()))
                    .collect(),
                Some(value) => scalars(value, "metadata_condition.conditions.value")?,
            },
        };
        Ok(compare(&names, operation, values))
    }
}

/// The operation that Dify or RAGFlow write so.
fn operation(written: &str) -> Option<Operation> {
    Some(match written.trim().to_lowercase().as_str() {
        "contains" => Operation::Contains,
        "not contains" => Operation::NotContains,
        "start with" => Operation::StartsWith,
        "end with" => Operation::EndsWith,
        "is" | "=" | "==" => Operation::Eq,
        "is not" | "not is" | "≠" | "!=" => Operation::Ne,
        "empty" | "null" => Operation::Empty,
        "not empty" | "not null" => Operation::NotEmpty,
        "in" => Operation::In,
        "not in" => Operation::Nin,
        ">" => Operation::Gt,
        "<" => Operation::Lt,
        "≥" | ">=" => Operation::Gte,
        "≤" | "<=" => Operation::Lte,
        "before" => Operation::Before,
        "after" => Operation::After,
        _ => return None,
    })
}

/// OpenAI's filter: a comparison, or a combination of filters.
#[derive(Deserialize)]
pub(super) struct StoreFilter {
    #[serde(rename = "type")]
    kind: Option<String>,
    key: Option<String>,
    value: Option<Value>,
    filters: Option<Vec<StoreFilter>>,
}

impl StoreFilter {
    /// The condition; none where it asks for nothing, as `{}` does.
    pub(super) fn resolve(self) -> Result<Option<Condition>, Problem> {
        let Self {
            kind,
            key,
            value,
            filters,
        } = self;
        let Some(kind) = kind else {
            return match (key, filters) {
                (None, None) => Ok(None),
                _ => Err(fault("filters.type", "", TYPES)),
            };
        };
        if kind == "and" || kind == "or" {
            let mut parts = Vec::new();
            for filter in filters.unwrap_or_default() {
                parts.extend(filter.resolve()?);
            }
            return Ok(match parts.len() {
                0 => None,
                _ if kind == "or" => Some(Condition::Any(parts)),
                _ => Some(Condition::All(parts)),
            });
        }
        let operation = Operation::named(&kind).filter(|operation| STORE_OPERATIONS.contains(operation));
        let Some(operation) = operation else {
            return Err(fault("filters.type", &kind, TYPES));
        };
        let (Some(key), Some(value)) = (key, value) else {
            return Err(fault("filters", &kind, "a comparison with type, key and value"));
        };
        Ok(compare(&[key], operation, scalars(value, "filters.value")?))
    }
}

/// What OpenAI's comparisons can be.
const STORE_OPERATIONS: [Operation; 8] = [
    Operation::Eq,
    Operation::Ne,
    Operation::Gt,
    Operation::Gte,
    Operation::Lt,
    Operation::Lte,
    Operation::In,
    Operation::Nin,
];

const TYPES: &str = "eq, ne, gt, gte, lt, lte, in, nin, and, or";

/// Facts compared with values: where there are several and the operation takes one, a positive comparison holds where
/// one does, a negative one where all do.
fn compare(names: &[String], operation: Operation, values: Vec<Scalar>) -> Option<Condition> {
    let each: Vec<Vec<Scalar>> = match operation {
        Operation::In | Operation::Nin | Operation::Empty | Operation::NotEmpty => vec![values],
        _ => values.into_iter().map(|value| vec![value]).collect(),
    };
    let mut parts = Vec::new();
    for name in names {
        for values in &each {
            parts.push(Condition::Compare(Comparison {
                field: fact(name).to_owned(),
                operation,
                values: values.clone(),
            }));
        }
    }
    let negative = matches!(operation, Operation::Ne | Operation::Nin | Operation::NotContains);
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ if negative => Some(Condition::All(parts)),
        _ => Some(Condition::Any(parts)),
    }
}

/// Our name of a fact that other products call otherwise.
fn fact(name: &str) -> &str {
    match name.trim() {
        "document_id" | "doc_id" | "file_id" => "article_id",
        "document_name" | "file_name" | "filename" => "title",
        "author" => "authors",
        "language" => "lang",
        other => other,
    }
}

fn scalars(value: Value, field: &'static str) -> Result<Vec<Scalar>, Problem> {
    let values = match value {
        Value::Array(values) => values,
        one => vec![one],
    };
    let read = values
        .into_iter()
        .filter(|value| !value.is_null())
        .map(|value| match value {
            Value::String(text) => Ok(Scalar::Text(text)),
            Value::Bool(flag) => Ok(Scalar::Flag(flag)),
            Value::Number(number) => Ok(Scalar::Number(number.as_f64().unwrap_or(f64::NAN))),
            other => Err(fault(
                field,
                &other.to_string(),
                "text, a number, true or false, or a list of them",
            )),
        });
    read.collect()
}

fn fault(field: &str, found: &str, expected: &str) -> Problem {
    let found: String = found.chars().take(40).collect();
    Problem::invalid_parameters(vec![FieldFault::new(
        field,
        format!("it is {found:?}"),
        format!("one of {expected}"),
    )])
}
