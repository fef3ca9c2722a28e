//! The ranked output of a system for all topics, in TREC form.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

/// One passage in a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Identifier the judgements use.
    pub passage: String,
    /// Score; higher is better.
    pub score: f32,
}

/// The ranked passages by topic.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    by_topic: BTreeMap<String, Vec<Ranked>>,
}

impl Run {
    /// Sets the passages found for a topic, in any order.
    pub fn insert(&mut self, topic: &str, found: Vec<Ranked>) {
        self.by_topic.insert(topic.to_owned(), found);
    }

    /// The identifiers found for a topic as trec_eval ranks them: by score, equal scores by descending identifier.
    pub fn ranking(&self, topic: &str) -> Vec<&str> {
        let mut found: Vec<&Ranked> = self.by_topic.get(topic).into_iter().flatten().collect();
        found.sort_by(|one, other| {
            other
                .score
                .total_cmp(&one.score)
                .then_with(|| other.passage.cmp(&one.passage))
        });
        found.into_iter().map(|ranked| ranked.passage.as_str()).collect()
    }

    /// Writes the run, a line `topic Q0 passage rank score tag` for each passage.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(&self, tag: &str, to: &mut dyn Write) -> io::Result<()> {
        for (topic, found) in &self.by_topic {
            for (place, ranked) in found.iter().enumerate() {
                writeln!(to, "{topic} Q0 {} {} {} {tag}", ranked.passage, place + 1, ranked.score)?;
            }
        }
        Ok(())
    }

    /// Reads a run: lines of six words as [`Run::write`] makes them, or of three, `topic passage score`.
    ///
    /// # Errors
    /// What the reader says, or the number of a line that is neither.
    pub fn read(from: &mut dyn BufRead) -> io::Result<Self> {
        let mut run = Self::default();
        for (place, line) in from.lines().enumerate() {
            let line = line?;
            let words: Vec<&str> = line.split_whitespace().collect();
            let (topic, passage, score) = match words.as_slice() {
                [] => continue,
                [topic, passage, score] => (topic, passage, score),
                [topic, _, passage, _, score, ..] => (topic, passage, score),
                _ => return Err(bad_line(place)),
            };
            let score = score.parse().map_err(|_| bad_line(place))?;
            run.by_topic.entry((*topic).to_owned()).or_default().push(Ranked {
                passage: (*passage).to_owned(),
                score,
            });
        }
        Ok(run)
    }
}

fn bad_line(place: usize) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("line {}: not `topic Q0 passage rank score tag`", place + 1),
    )
}

#[cfg(test)]
mod tests {
    use super::{Ranked, Run};

    #[test]
    fn a_written_run_reads_back() {
        let mut run = Run::default();
        let found = [("a", 2.5), ("b", 0.125)];
        run.insert(
            "q1",
            found
                .iter()
                .map(|(passage, score)| Ranked {
                    passage: (*passage).to_owned(),
                    score: *score,
                })
                .collect(),
        );
        let mut bytes = Vec::new();
        run.write("wenyuan", &mut bytes).expect("writing to memory");
        assert_eq!(
            String::from_utf8_lossy(&bytes),
            "q1 Q0 a 1 2.5 wenyuan\nq1 Q0 b 2 0.125 wenyuan\n"
        );
        assert_eq!(Run::read(&mut bytes.as_slice()).expect("our own run"), run);
    }

    #[test]
    fn equal_scores_rank_by_descending_identifier_as_trec_eval_does() {
        let run = Run::read(&mut "q a 1\nq c 1\nq b 2\n".as_bytes()).expect("a run");
        assert_eq!(run.ranking("q"), ["b", "c", "a"]);
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = Run::read(&mut "q a 1\nq a\n".as_bytes()).expect_err("a line of two words");
        assert!(error.to_string().starts_with("line 2:"), "{error}");
    }
}
