//! Conditions on the facts of hits, as a client writes them.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::document::Scalar;
use crate::query::{Comparison, Condition, Operation};
use crate::server::FieldFault;

/// What is expected of a part of a condition.
const EXPECTED: &str = r#"{"all": [...]}, {"any": [...]}, {"not": {...}} or {"field": ..., "op": ..., "value": ...}"#;

/// A condition: a comparison, or a combination of conditions.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionNode {
    /// All of these hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<Vec<ConditionNode>>,
    /// One of these holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    any: Option<Vec<ConditionNode>>,
    /// This does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    not: Option<Box<ConditionNode>>,
    /// The fact compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// How it is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    op: Option<String>,
    /// With what.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Values>,
}

/// One value, or several for `in` and `nin`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Values {
    One(Value),
    Several(Vec<Value>),
}

/// A value to compare with.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Value {
    Flag(bool),
    Number(f64),
    Text(String),
}

impl JsonSchema for ConditionNode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Condition".into()
    }

    fn inline_schema() -> bool {
        true
    }

    /// Any object: hosts that import descriptions give up on types that hold themselves.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "additionalProperties": true})
    }
}

impl ConditionNode {
    /// The condition, or what is wrong with which part of it.
    pub(crate) fn resolve(self, place: &str) -> Result<Condition, FieldFault> {
        let fault = |message: &str| Err(FieldFault::new(place, message, EXPECTED));
        let Self {
            all,
            any,
            not,
            field,
            op,
            value,
        } = self;
        match (all, any, not, field, op, value) {
            (Some(parts), None, None, None, None, None) => Ok(Condition::All(each(parts, place, "all")?)),
            (None, Some(parts), None, None, None, None) => Ok(Condition::Any(each(parts, place, "any")?)),
            (None, None, Some(part), None, None, None) => {
                Ok(Condition::Not(Box::new(part.resolve(&format!("{place}.not"))?)))
            }
            (None, None, None, Some(field), Some(op), value) => {
                let values = match value {
                    None => Vec::new(),
                    Some(Values::One(value)) => vec![value.into()],
                    Some(Values::Several(values)) => values.into_iter().map(Scalar::from).collect(),
                };
                let Some(operation) = Operation::named(&op) else {
                    return Err(FieldFault::new(
                        format!("{place}.op"),
                        format!("there is no operation {op:?}"),
                        format!("one of {}", Operation::ALL.map(Operation::name).join(", ")),
                    ));
                };
                Ok(Condition::Compare(Comparison {
                    field,
                    operation,
                    values,
                }))
            }
            (None, None, None, None, None, None) => fault("it is empty"),
            (None, None, None, Some(_), None, _) => fault("it has a field and no op"),
            (None, None, None, None, ..) => fault("it has no field"),
            _ => fault("it is more than one thing at once"),
        }
    }
}

fn each(parts: Vec<ConditionNode>, place: &str, name: &str) -> Result<Vec<Condition>, FieldFault> {
    let parts = parts.into_iter().enumerate();
    parts
        .map(|(number, part)| part.resolve(&format!("{place}.{name}[{number}]")))
        .collect()
}

impl From<Condition> for ConditionNode {
    fn from(condition: Condition) -> Self {
        let each = |parts: Vec<Condition>| Some(parts.into_iter().map(Self::from).collect());
        match condition {
            Condition::All(parts) => Self {
                all: each(parts),
                ..Self::default()
            },
            Condition::Any(parts) => Self {
                any: each(parts),
                ..Self::default()
            },
            Condition::Not(part) => Self {
                not: Some(Box::new((*part).into())),
                ..Self::default()
            },
            Condition::Compare(Comparison {
                field,
                operation,
                mut values,
            }) => Self {
                field: Some(field),
                op: Some(operation.name().to_owned()),
                value: match (operation, values.len()) {
                    (Operation::In | Operation::Nin, _) | (_, 2..) => {
                        Some(Values::Several(values.into_iter().map(Value::from).collect()))
                    }
                    _ => values.pop().map(|value| Values::One(value.into())),
                },
                ..Self::default()
            },
        }
    }
}

impl From<Value> for Scalar {
    fn from(value: Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text),
            Value::Number(number) => Self::Number(number),
            Value::Flag(flag) => Self::Flag(flag),
        }
    }
}

impl From<Scalar> for Value {
    fn from(scalar: Scalar) -> Self {
        match scalar {
            Scalar::Text(text) => Self::Text(text),
            Scalar::Number(number) => Self::Number(number),
            Scalar::Flag(flag) => Self::Flag(flag),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::ConditionNode;
    use crate::query::{Condition, Operation};

    fn read(value: serde_json::Value) -> Result<Condition, String> {
        let node: ConditionNode = serde_json::from_value(value).map_err(|error| error.to_string())?;
        node.resolve("filter")
            .map_err(|fault| format!("{}: {}", fault.field, fault.message))
    }

    #[test]
    fn every_condition_is_written_as_it_was_read() {
        let names = Operation::ALL.map(|operation| json!({"field": "year", "op": operation.name(), "value": 2020.0}));
        let tree = json!({"any": [{"all": names}, {"not": {"field": "doi", "op": "empty"}},
            {"field": "lang", "op": "in", "value": ["zh"]}, {"field": "open", "op": "eq", "value": true}]});
        let mut written = tree.clone();
        // One value of a list is still a list.
        for place in [6, 7] {
            written["any"][0]["all"][place]["value"] = json!([2020.0]);
        }
        let read = read(tree).unwrap();
        assert_eq!(serde_json::to_value(ConditionNode::from(read)).unwrap(), written);
    }

    #[test]
    fn a_condition_that_says_nothing_or_two_things_names_its_place() {
        for (wrong, place) in [
            (json!({}), "filter: it is empty"),
            (json!({"all": [{"any": []}, {}]}), "filter.all[1]: it is empty"),
            (json!({"not": {"field": "x"}}), "filter.not: it has a field and no op"),
            (json!({"op": "eq", "value": 1}), "filter: it has no field"),
            (
                json!({"all": [], "any": []}),
                "filter: it is more than one thing at once",
            ),
        ] {
            assert_eq!(read(wrong).unwrap_err(), place);
        }
        let unknown = read(json!({"any": [{"field": "x", "op": "like", "value": 1}]}));
        assert_eq!(unknown.unwrap_err(), "filter.any[0].op: there is no operation \"like\"");
    }
}
