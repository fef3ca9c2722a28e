//! Whether a condition holds of the plain facts of what was found.

use crate::document::{Fact, Scalar};
use crate::query::{Comparison, Condition, Operation};
use crate::text::fold;

use super::{Found, SearchError};

/// The most comparisons and combinations in one condition.
pub const LARGEST_CONDITION: usize = 256;

/// The deepest nesting of a condition.
pub const DEEPEST_CONDITION: usize = 16;

/// The most values of one comparison.
pub const MOST_VALUES: usize = 1000;

/// Refuses a condition that is too large, or a comparison with the wrong number of values.
pub(super) fn check(condition: &Condition) -> Result<(), SearchError> {
    // Depth first: the size of a tree that is too deep is not worth counting.
    for (found, limit) in [
        (condition.depth(), DEEPEST_CONDITION),
        (condition.size(), LARGEST_CONDITION),
    ] {
        if found > limit {
            return Err(SearchError::TooMany {
                field: "filter",
                found,
                limit,
            });
        }
    }
    check_values(condition)
}

fn check_values(condition: &Condition) -> Result<(), SearchError> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().try_for_each(check_values),
        Condition::Not(part) => check_values(part),
        Condition::Compare(comparison) => {
            let (from, to) = match comparison.operation {
                Operation::In | Operation::Nin => (0, MOST_VALUES),
                Operation::Empty | Operation::NotEmpty => (0, 0),
                _ => (1, 1),
            };
            let found = comparison.values.len();
            if (from..=to).contains(&found) {
                return Ok(());
            }
            Err(SearchError::Values {
                fact: comparison.field.clone(),
                operation: comparison.operation.name(),
                found,
                from,
                to,
            })
        }
    }
}

/// Whether the condition holds of what was found.
pub(super) fn holds(condition: &Condition, found: &Found) -> bool {
    let facts = match found {
        Found::Passage(placed) => placed.facts(),
        Found::Reference(placed) => placed.facts(),
    };
    of_facts(condition, &facts)
}

fn of_facts(condition: &Condition, facts: &[Fact]) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| of_facts(part, facts)),
        Condition::Any(parts) => parts.iter().any(|part| of_facts(part, facts)),
        Condition::Not(part) => !of_facts(part, facts),
        Condition::Compare(comparison) => {
            let fact = facts.iter().find(|fact| fact.name == comparison.field);
            let meets = |operation| fact.is_some_and(|fact| met(fact, operation, comparison));
            match comparison.operation {
                Operation::Ne => !meets(Operation::Eq),
                Operation::Nin => !meets(Operation::In),
                Operation::NotContains => !meets(Operation::Contains),
                Operation::Empty => !meets(Operation::NotEmpty),
                operation => meets(operation),
            }
        }
    }
}

/// Whether a form of the fact meets a positive comparison.
fn met(fact: &Fact, operation: Operation, comparison: &Comparison) -> bool {
    let shown = std::iter::once(&fact.value);
    shown.chain(&fact.forms).any(|form| match operation {
        Operation::NotEmpty => !matches!(form, Scalar::Text(text) if text.trim().is_empty()),
        Operation::In => comparison
            .values
            .iter()
            .any(|value| compare(form, value).is_some_and(|order| order.is_eq())),
        _ => comparison
            .values
            .first()
            .is_some_and(|value| one(form, operation, value)),
    })
}

fn one(form: &Scalar, operation: Operation, value: &Scalar) -> bool {
    let ordered = |wanted: fn(std::cmp::Ordering) -> bool| compare(form, value).is_some_and(wanted);
    match operation {
        Operation::Eq => ordered(std::cmp::Ordering::is_eq),
        Operation::Lt => ordered(std::cmp::Ordering::is_lt),
        Operation::Lte => ordered(std::cmp::Ordering::is_le),
        Operation::Gt => ordered(std::cmp::Ordering::is_gt),
        Operation::Gte => ordered(std::cmp::Ordering::is_ge),
        Operation::Before => dated(form, value, std::cmp::Ordering::is_lt),
        Operation::After => dated(form, value, std::cmp::Ordering::is_gt),
        Operation::Contains => folded(form).contains(&folded(value)),
        Operation::StartsWith => folded(form).starts_with(&folded(value)),
        Operation::EndsWith => folded(form).ends_with(&folded(value)),
        // The others are the opposites of these, or look at all values.
        Operation::Ne
        | Operation::In
        | Operation::Nin
        | Operation::NotContains
        | Operation::Empty
        | Operation::NotEmpty => false,
    }
}

/// The order of a fact's form and a value: of numbers where both are or read as one, else of folded texts. Yes and no
/// compare with themselves and with the words for them.
fn compare(form: &Scalar, value: &Scalar) -> Option<std::cmp::Ordering> {
    match (number(form), number(value)) {
        (Some(form), Some(value)) => form.partial_cmp(&value),
        // A number and a text that is none have no order; but they are not equal either.
        (Some(_), None) | (None, Some(_)) if !both_text(form, value) => None,
        _ => Some(folded(form).cmp(&folded(value))),
    }
}

fn both_text(form: &Scalar, value: &Scalar) -> bool {
    matches!((form, value), (Scalar::Text(_), Scalar::Text(_)))
}

fn number(scalar: &Scalar) -> Option<f64> {
    match scalar {
        Scalar::Number(number) => Some(*number),
        Scalar::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        Scalar::Flag(_) => None,
    }
}

fn folded(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Text(text) => fold(text.trim()).text().to_owned(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Flag(flag) => flag.to_string(),
    }
}

/// The order of two dates as far as the less exact of them goes: nothing in 2024 is before or after 2024.
fn dated(form: &Scalar, value: &Scalar, wanted: fn(std::cmp::Ordering) -> bool) -> bool {
    let (form, value) = (date(form), date(value));
    let exact = form.len().min(value.len());
    exact > 0 && wanted(form.get(..exact).cmp(&value.get(..exact)))
}

/// Year, month and day of a date, as far as it has them.
fn date(scalar: &Scalar) -> Vec<u32> {
    let text = folded(scalar);
    let day = text.split(['t', ' ']).next().unwrap_or_default();
    let parts = day.split(['-', '/', '.']).take(3);
    parts.map_while(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{check, of_facts};
    use crate::document::{Fact, Scalar};
    use crate::query::{Comparison, Condition, Operation};

    fn text(text: &str) -> Scalar {
        Scalar::Text(text.to_owned())
    }

    fn facts() -> Vec<Fact> {
        let fact = |name: &str, value: Scalar, forms: Vec<Scalar>| Fact {
            name: name.to_owned(),
            value,
            forms,
        };
        vec![
            fact("title", text("土壤氮素"), vec![text("土壤氮素"), text("Soil nitrogen")]),
            fact("authors", text("Wang X; Li Y"), vec![text("Wang X"), text("Li Y")]),
            fact("year", Scalar::Number(2024.0), Vec::new()),
            fact("date", text("2024-03"), Vec::new()),
            fact("open", Scalar::Flag(true), Vec::new()),
            fact("note", text(" "), Vec::new()),
        ]
    }

    fn compare(field: &str, operation: Operation, values: &[Scalar]) -> Condition {
        Condition::Compare(Comparison {
            field: field.to_owned(),
            operation,
            values: values.to_vec(),
        })
    }

    #[test]
    fn each_operation_does_what_its_name_says() {
        use Operation::*;
        let number = Scalar::Number;
        let cases: Vec<(&str, Operation, Vec<Scalar>, bool)> = vec![
            ("year", Eq, vec![number(2024.0)], true),
            ("year", Eq, vec![text("2024")], true),
            ("year", Ne, vec![number(2024.0)], false),
            ("year", Lt, vec![number(2024.0)], false),
            ("year", Lte, vec![number(2024.0)], true),
            ("year", Gt, vec![number(999.0)], true),
            ("year", Gte, vec![text("soon")], false),
            ("year", In, vec![number(2023.0), number(2024.0)], true),
            ("year", Nin, vec![number(2023.0)], true),
            ("year", In, vec![], false),
            ("title", Eq, vec![text("soil NITROGEN")], true),
            ("title", Contains, vec![text("土壤")], true),
            ("title", Contains, vec![text("nitro")], true),
            ("title", NotContains, vec![text("nitro")], false),
            ("title", StartsWith, vec![text("Soil")], true),
            ("title", EndsWith, vec![text("氮素")], true),
            ("authors", Eq, vec![text("li y")], true),
            ("authors", Ne, vec![text("Li Y")], false),
            ("authors", Eq, vec![text("Wang X; Li Y")], true),
            ("authors", Nin, vec![text("Zhao")], true),
            ("date", Before, vec![text("2024-04-01")], true),
            ("date", Before, vec![text("2024")], false),
            ("date", After, vec![number(2023.0)], true),
            ("year", After, vec![text("2024-05-06")], false),
            ("open", Eq, vec![Scalar::Flag(true)], true),
            ("open", Eq, vec![text("TRUE")], true),
            ("open", Eq, vec![number(1.0)], false),
            ("note", Empty, vec![], true),
            ("note", NotEmpty, vec![], false),
            ("year", NotEmpty, vec![], true),
            // A fact that is not there.
            ("doi", Eq, vec![text("10.1/x")], false),
            ("doi", Ne, vec![text("10.1/x")], true),
            ("doi", Nin, vec![], true),
            ("doi", NotContains, vec![text("10")], true),
            ("doi", Lt, vec![number(1.0)], false),
            ("doi", Empty, vec![], true),
            ("doi", NotEmpty, vec![], false),
        ];
        for (field, operation, values, holds) in cases {
            let condition = compare(field, operation, &values);
            check(&condition).unwrap();
            assert_eq!(
                of_facts(&condition, &facts()),
                holds,
                "{field} {operation:?} {values:?}"
            );
            let not = Condition::Not(Box::new(condition));
            assert_eq!(of_facts(&not, &facts()), !holds, "not {field} {operation:?} {values:?}");
        }
    }

    #[test]
    fn combinations_hold_as_in_logic() {
        let yes = || compare("year", Operation::Eq, &[Scalar::Number(2024.0)]);
        let no = || compare("year", Operation::Eq, &[Scalar::Number(1.0)]);
        for (condition, holds) in [
            (Condition::All(vec![yes(), no()]), false),
            (Condition::All(vec![yes(), yes()]), true),
            (Condition::All(vec![]), true),
            (Condition::Any(vec![no(), yes()]), true),
            (Condition::Any(vec![]), false),
        ] {
            assert_eq!(of_facts(&condition, &facts()), holds, "{condition:?}");
        }
    }

    #[test]
    fn a_condition_too_large_or_with_too_few_values_is_refused() {
        let mut deep = compare("year", Operation::Empty, &[]);
        for _ in 0..16 {
            deep = Condition::Not(Box::new(deep));
        }
        assert!(check(&deep).is_err());
        let wide = Condition::All(vec![compare("year", Operation::Empty, &[]); 256]);
        assert!(check(&wide).is_err());
        assert!(check(&compare("year", Operation::Eq, &[])).is_err());
        assert!(check(&compare("year", Operation::Empty, &[text("x")])).is_err());
    }
}
