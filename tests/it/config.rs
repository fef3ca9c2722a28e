//! The shipped `config.toml` and the settings of the program are the same thing.

use toml::{Table, Value};
use wenyuan::config::{Config, SHIPPED};

/// Keys that have no value of their own to ship, as section and key: their default depends on the machine, or is none.
const COMMENTED: [(&str, &str); 2] = [("server", "max_concurrent_searches"), ("server", "public_url")];

fn keys(table: &Table) -> Vec<(String, String)> {
    let mut keys = Vec::new();
    for (section, value) in table {
        let Value::Table(inner) = value else {
            panic!("{section} is no section")
        };
        keys.extend(inner.keys().map(|key| (section.clone(), key.clone())));
    }
    keys.sort();
    keys
}

#[test]
fn the_shipped_file_is_the_default() {
    let shipped: Config = toml::from_str(SHIPPED).expect("the shipped file is good");
    assert_eq!(shipped, Config::default());
}

#[test]
fn every_setting_is_in_the_shipped_file_and_no_other() {
    // The keys that are commented out are given a value, so that both sides name all.
    let text: Vec<&str> = SHIPPED
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if COMMENTED.iter().any(|(_, key)| rest.starts_with(&format!("{key} = "))) => rest,
            _ => line,
        })
        .collect();
    let shipped: Table = toml::from_str(&text.join("\n")).expect("good with them too");
    let config: Config = shipped.clone().try_into().expect("good values");
    let all: Table = toml::from_str(&config.to_toml()).expect("TOML");
    assert_eq!(keys(&shipped), keys(&all));
    for (section, key) in COMMENTED {
        assert!(
            keys(&all).contains(&(section.to_owned(), key.to_owned())),
            "{section}.{key} is gone"
        );
    }
}

#[test]
fn every_key_has_a_sentence_above_it() {
    let lines: Vec<&str> = SHIPPED.lines().collect();
    for (place, line) in lines.iter().enumerate() {
        if line.contains(" = ") && !line.starts_with("# ") {
            let above = place.checked_sub(1).and_then(|place| lines.get(place)).copied();
            assert!(
                above.is_some_and(|above| above.starts_with("# ") && above.ends_with('.')),
                "line {}: `{line}` has no sentence above it",
                place + 1
            );
        }
    }
}
