//! Puts the layers of a configuration on top of each other: shipped, file, environment.

use std::path::Path;

use toml::{Table, Value};

use super::{Config, ConfigError};

/// What an environment variable that configures begins with.
const PREFIX: &str = "WENYUAN_";

impl Config {
    /// Reads the file, where there is one, and puts the environment above it.
    ///
    /// `environment` holds names and values of environment variables; those that are not `WENYUAN_SECTION__KEY` are
    /// passed over.
    ///
    /// # Errors
    /// A file that can't be read, an unknown key or a bad value, with its line or the variable's name.
    pub fn load(file: Option<&Path>, environment: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let mut table = match file {
            Some(path) => read(path)?,
            None => Table::new(),
        };
        for (name, value) in environment {
            let Some((section, key)) = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once("__")) else {
                continue;
            };
            overlay(
                &mut table,
                &name,
                (&section.to_lowercase(), &key.to_lowercase()),
                &value,
            )?;
        }
        let config: Self = table
            .try_into()
            .map_err(|error: toml::de::Error| ConfigError::Environment {
                name: PREFIX.to_owned(),
                message: error.message().to_owned(),
            })?;
        config.check()?;
        Ok(config)
    }

    /// The configuration as TOML, every key written out.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }
}

/// Reads a file, refusing it with the line of what is wrong.
fn read(path: &Path) -> Result<Table, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|reason| ConfigError::Unreadable {
        path: path.to_owned(),
        reason,
    })?;
    let refused = |error: toml::de::Error| ConfigError::Refused {
        path: path.to_owned(),
        line: error
            .span()
            .and_then(|span| text.get(..span.start))
            .map_or(1, |before| before.matches('\n').count() + 1),
        message: error.message().to_owned(),
    };
    // Read once for the checks and their lines, and once as the layer: only what the file names may cover what is below.
    toml::from_str::<Config>(&text).map_err(refused)?;
    toml::from_str::<Table>(&text).map_err(refused)
}

/// Puts one value of the environment on top, as TOML reads it (a number, a list, ...), else as text.
fn overlay(table: &mut Table, name: &str, (section, key): (&str, &str), value: &str) -> Result<(), ConfigError> {
    let read: Option<Value> = toml::from_str::<Table>(&format!("value = {value}"))
        .ok()
        .and_then(|mut one| one.remove("value"));
    let mut message = String::new();
    for candidate in read.into_iter().chain([Value::String(value.to_owned())]) {
        let alone = Table::from_iter([(
            section.to_owned(),
            Value::Table(Table::from_iter([(key.to_owned(), candidate.clone())])),
        )]);
        match Config::deserialize_table(alone) {
            Ok(()) => {
                let below = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
                if let Some(below) = below.as_table_mut() {
                    below.insert(key.to_owned(), candidate);
                }
                return Ok(());
            }
            Err(error) if message.is_empty() => message = error.message().to_owned(),
            Err(_) => {}
        }
    }
    Err(ConfigError::Environment {
        name: name.to_owned(),
        message,
    })
}

impl Config {
    /// Refuses values that are out of range.
    fn check(&self) -> Result<(), ConfigError> {
        let sections = [
            ("corpus", self.corpus.faults()),
            ("index", self.index.faults()),
            ("dense", self.dense.faults()),
            ("server", self.server.faults()),
            ("doors", self.doors.faults()),
        ];
        for (section, faults) in sections {
            if let Some((key, message)) = faults.into_iter().next() {
                return Err(ConfigError::Value { section, key, message });
            }
        }
        Ok(())
    }

    fn deserialize_table(table: Table) -> Result<(), toml::de::Error> {
        table.try_into::<Self>().map(|_| ())
    }
}
