//! Brings the index on a cluster up to date with a corpus: beside the live generation, and published in one step.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tantivy::tokenizer::TokenizerManager;

use super::super::generation::{Current, hex};
use super::super::ledger::{Held, Ledger};
use super::super::mining::Mining;
use super::super::run::{Base, Run};
use super::super::schema::{Columns, SCHEMA_VERSION};
use super::super::{Enrich, IndexError, Input, Mode, Outcome, Progress, Recipe, Settings, Share, Step};
use super::address::read;
use super::article_writer::{ArticleWriter, Shared};
use super::blobs;
use super::client::{Client, ClientError};
use super::copies;
use super::document::Encoder;
use super::generations::{ADMINISTER, About, Generations, LAYOUT_VERSION, named};
use super::lease::Lease;
use super::mapping::Layout;
use super::publish::{MINED, SOURCES, Sealing, refresh};
use super::settings::Cluster;
use super::stale::each;
use super::vocabulary::{self, Vocabulary};

/// How often is looked whether the other parts are done.
const LOOK: Duration = Duration::from_secs(1);

/// What an index on a cluster is made from and with.
pub struct Remote<'a> {
    /// Where the cluster is.
    pub settings: &'a Settings,
    /// What decides the contents.
    pub recipe: &'a Recipe,
    /// Make terms.
    pub tokenizers: TokenizerManager,
    /// Knows what to index besides.
    pub enrich: &'a dyn Enrich,
    /// Which articles this process writes.
    pub share: Share,
}

/// Brings the index up to date.
pub fn build(
    remote: &Remote<'_>,
    mode: Mode,
    input: &dyn Input,
    progress: &mut dyn Progress,
) -> Result<Outcome, IndexError> {
    let cluster = Cluster::of(remote.settings);
    let client = Arc::new(Client::new(&cluster)?);
    let generations = Generations::new(&client, &cluster);
    let Share { part, parts } = remote.share;
    let _lease = Lease::take(&client, &cluster, &format!("part-{part}-of-{parts}"))?;

    let mut files = input.files()?;
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files.dedup_by(|left, right| left.path == right.path);
    let digests = files
        .iter()
        .map(|file| Ok(format!("{:032x}", input.digest(file)?)))
        .collect::<Result<Vec<_>, IndexError>>()?;

    let building = Building {
        remote,
        cluster: &cluster,
        client: &client,
        generations: &generations,
    };
    let base = building.base(mode)?;
    let key = building.key(base.as_ref(), mode);
    let preparing = Lease::take(&client, &cluster, "preparing")?;
    let found = building.find(&key)?;
    if let (None, Some(base)) = (found, base.as_ref().filter(|base| base.unchanged(&files, &digests))) {
        return Ok(as_it_was(base));
    }
    let number = match found {
        Some(number) => {
            // Who built it may have ended when it was sealed and not yet published.
            generations.unseal(number)?;
            number
        }
        None => building.make(&key, base.as_ref())?,
    };
    generations.sweep(Some(number))?;
    drop(preparing);

    let index = generations.index(number);
    copies::stand(&client, &cluster, &[index.clone(), generations.terms(number)])?;
    refresh(&client, &index)?;
    let columns = Columns::new();
    let shared = Shared {
        client: Arc::clone(&client),
        index: index.clone(),
        encoder: Encoder::new(&columns, &Layout::new(&columns), remote.tokenizers.clone()),
        vocabulary: Vocabulary::new(&generations.terms(number)),
        bulk_bytes: cluster.bulk_bytes,
        doubtful: found.is_some(),
    };
    let mining = match &base {
        Some(base) => Mining::upon(building.mined(base.current.number)?),
        None => Mining::default(),
    };
    let mut run = Run {
        columns,
        writer: ArticleWriter::new(shared, cluster.threads, remote.share),
        ledger: Ledger::new(building.held(&index)?),
        enrich: remote.enrich,
        mining,
        step: Step {
            files_total: files.len() as u64,
            bytes_total: files.iter().map(|file| file.bytes).sum(),
            ..Step::default()
        },
        written: 0,
        removed: 0,
        renamed: Vec::new(),
    };
    let files = files.into_iter().zip(digests).collect::<Vec<_>>();
    let sources = run.read_all(input, &files, base.as_ref(), progress)?;
    progress.finishing();
    let Run {
        mut writer,
        mining,
        step,
        written,
        removed,
        renamed,
        ..
    } = run;
    super::super::writer::Store::commit(&mut writer)?;
    writer.close()?;

    let manifest = if building.others_are_done(&key, number, (step, progress))? {
        let _publishing = Lease::take(&client, &cluster, "publishing")?;
        match generations.about(number, ADMINISTER)?.manifest {
            // Another part was faster.
            Some(manifest) if generations.live(ADMINISTER)? == Some(number) => manifest,
            _ => {
                refresh(&client, &index)?;
                let sealing = Sealing {
                    client: &client,
                    generations: &generations,
                    number,
                    key: &key,
                    recipe: remote.recipe,
                };
                let manifest = sealing.seal(&sources, &mining.finish(&building.held(&index)?))?;
                generations.sweep(None)?;
                manifest
            }
        }
    } else {
        let about = generations.about(number, ADMINISTER)?;
        about.manifest.ok_or(IndexError::Interrupted)?
    };
    Ok(Outcome {
        generation: number,
        published: true,
        resumed: found.is_some(),
        written,
        removed,
        renamed,
        filled: None,
        manifest,
    })
}

/// The outcome of a run that published nothing.
fn as_it_was(base: &Base) -> Outcome {
    Outcome {
        generation: base.current.number,
        published: false,
        resumed: false,
        written: 0,
        removed: 0,
        renamed: Vec::new(),
        filled: None,
        manifest: base.manifest.clone(),
    }
}

struct Building<'a> {
    remote: &'a Remote<'a>,
    cluster: &'a Cluster,
    client: &'a Client,
    generations: &'a Generations<'a>,
}

impl Building<'_> {
    /// The live generation, where it can be built upon.
    fn base(&self, mode: Mode) -> Result<Option<Base>, IndexError> {
        if mode == Mode::Rebuild {
            return Ok(None);
        }
        let Some(number) = self.generations.live(ADMINISTER)? else {
            return Ok(None);
        };
        let about = match self.generations.about(number, ADMINISTER) {
            Ok(about) => about,
            Err(IndexError::Outdated { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let Some(manifest) = about.manifest else {
            return Ok(None);
        };
        if about.layout != LAYOUT_VERSION || manifest.agrees(self.remote.recipe).is_err() {
            return Ok(None);
        }
        let index = self.generations.index(number);
        let bytes = blobs::read(self.client, &index, SOURCES, ADMINISTER)?;
        let sources: Vec<super::super::SourceEntry> =
            serde_json::from_slice(&bytes).map_err(|error| IndexError::Record(error.to_string()))?;
        let text = serde_json::to_vec(&manifest).map_err(|error| IndexError::Record(error.to_string()))?;
        Ok(Some(Base {
            current: Current {
                number,
                manifest: hex(&text),
            },
            manifest,
            sources: sources
                .into_iter()
                .map(|source| (source.path.clone(), source))
                .collect(),
        }))
    }

    fn mined(&self, number: u64) -> Result<crate::lexicon::Mined, IndexError> {
        let bytes = blobs::read(self.client, &self.generations.index(number), MINED, ADMINISTER)?;
        postcard::from_bytes(&bytes).map_err(|error| IndexError::Record(error.to_string()))
    }

    /// Names what a generation is built for: a run with another key must not take it up.
    fn key(&self, base: Option<&Base>, mode: Mode) -> String {
        let Recipe {
            corpus,
            analyzer,
            lexicon,
        } = self.remote.recipe;
        let base = base.map_or("none", |base| base.current.manifest.as_str());
        let parts = self.remote.share.parts;
        let text =
            format!("{LAYOUT_VERSION}\0{SCHEMA_VERSION}\0{corpus}\0{analyzer}\0{lexicon}\0{base}\0{mode:?}\0{parts}");
        hex(text.as_bytes()).chars().take(16).collect()
    }

    /// A generation that is being built for this, or was built and not yet published.
    fn find(&self, key: &str) -> Result<Option<u64>, IndexError> {
        let live = self.generations.live(ADMINISTER)?;
        let all = self.generations.all()?;
        let fits = |about: &About| about.key == key && about.layout == LAYOUT_VERSION;
        let mut found = all
            .into_iter()
            .filter(|(number, about)| live.is_none_or(|live| *number > live) && about.as_ref().is_some_and(fits));
        Ok(found.next_back().map(|(number, _)| number))
    }

    /// Makes a generation to build in: empty, or with all that the live one holds.
    fn make(&self, key: &str, base: Option<&Base>) -> Result<u64, IndexError> {
        let number = self.generations.all()?.last_key_value().map_or(1, |(last, _)| last + 1);
        let about = About {
            layout: LAYOUT_VERSION,
            key: key.to_owned(),
            manifest: None,
        };
        let pairs = [
            (
                self.generations.terms(number),
                base.map(|base| self.generations.terms(base.current.number)),
            ),
            (
                self.generations.index(number),
                base.map(|base| self.generations.index(base.current.number)),
            ),
        ];
        for (index, from) in pairs {
            match from {
                // A clone shares the files of what it is made from, until they are merged.
                Some(from) => {
                    let body = json!({"settings": {
                        "index.blocks.write": null, "index.number_of_replicas": self.cluster.replicas,
                        "index.refresh_interval": "-1",
                    }});
                    let path = format!("/{from}/_clone/{index}?wait_for_active_shards=1");
                    self.made(self.client.put(&path, &body, ADMINISTER))?;
                }
                None if index == self.generations.terms(number) => {
                    let made = self
                        .client
                        .put(&format!("/{index}"), &vocabulary::made_with(self.cluster), ADMINISTER);
                    self.made(made)?;
                }
                None => {
                    let layout = Layout::new(&Columns::new());
                    let body = json!({
                        "settings": layout.settings(self.cluster),
                        "mappings": layout.mapping(&json!(about)),
                    });
                    self.made(self.client.put(&format!("/{index}"), &body, ADMINISTER))?;
                }
            }
        }
        if base.is_some() {
            self.generations.describe(number, &about)?;
        }
        Ok(number)
    }

    /// What a second try finds made was made by the first.
    fn made(&self, outcome: Result<Value, ClientError>) -> Result<(), IndexError> {
        match outcome {
            Ok(_) => Ok(()),
            Err(ClientError::Refused { reason, .. }) if reason.starts_with("resource_already_exists") => Ok(()),
            Err(error) => Err(IndexError::Cluster(format!(
                "{}: {error}",
                named(self.cluster).display()
            ))),
        }
    }

    /// The articles an index holds.
    fn held(&self, index: &str) -> Result<Vec<Held>, IndexError> {
        let mut held = Vec::new();
        let columns = ["owner", "content", "source"];
        each(
            self.client,
            index,
            (&json!({"term": {"kind": "article"}}), &columns),
            &mut |hit| {
                let number = |name| hit.number(name).map(read).unwrap_or_default();
                held.push(Held {
                    owner: number("owner"),
                    content: number("content"),
                    source: number("source"),
                });
                Ok(())
            },
        )?;
        Ok(held)
    }

    /// Says that this part is done, and waits for the others. False where one of them has published meanwhile.
    fn others_are_done(
        &self,
        key: &str,
        number: u64,
        (step, progress): (Step, &mut dyn Progress),
    ) -> Result<bool, IndexError> {
        let Share { part, parts } = self.remote.share;
        if parts <= 1 {
            return Ok(true);
        }
        let lock = format!("/{}-lock", self.cluster.name);
        let done = |part: u64| format!("{lock}/_doc/done-{key}-{number}-{part}");
        let _: Value = self.client.put(&done(part), &json!({"holder": "done"}), ADMINISTER)?;
        for other in 0..parts {
            loop {
                match self.client.get::<Value>(&done(other), ADMINISTER) {
                    Ok(_) => break,
                    Err(error) if error.status() == Some(404) => {}
                    Err(error) => return Err(error.into()),
                }
                if !progress.step(step) {
                    return Err(IndexError::Interrupted);
                }
                thread::sleep(LOOK);
            }
        }
        Ok(self.generations.live(ADMINISTER)? != Some(number))
    }
}
