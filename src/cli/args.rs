//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::document::SectionRole;
use crate::index::Share;

use super::evidence::{Cite, Context};

/// Searches bilingual (Chinese/English) scholarly articles, passage by passage, with the references each passage cites.
#[derive(Debug, Parser)]
#[command(
    name = "wenyuan",
    version,
    after_help = "Without a command, `serve`.\n\n\
        Exit codes: 0 done; 1 nothing found, or `check` found errors; 2 wrong use; 3 the configuration was refused; \
        4 the corpus or the index can't be used (the message says what to do); 5 the server could not be started."
)]
pub struct Arguments {
    /// Configuration file [default: config.toml where there is one, else the shipped defaults].
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of articles, in place of the configured one.
    #[arg(long, global = true, value_name = "DIR")]
    pub corpus: Option<PathBuf>,
    /// Folder of the index, in place of the configured one.
    #[arg(long, global = true, value_name = "DIR")]
    pub index: Option<PathBuf>,
    /// Where the index is kept, in place of the configured one.
    #[arg(long, global = true, value_enum, value_name = "ENGINE")]
    pub engine: Option<Engine>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Where an index is kept.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Engine {
    /// In a folder of this machine.
    Embedded,
    /// On the configured cluster of OpenSearch.
    Opensearch,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Brings the index up to date with the corpus, then serves it over HTTP.
    Serve(Serve),
    /// Answers an assistant over standard input and output (Model Context Protocol).
    Mcp,
    /// Brings the index up to date with the corpus.
    Index(Index),
    /// Searches passages, or references with `--scope references`.
    Search(Search),
    /// Gathers evidence for a chatbot's answer, in a budget of tokens.
    Context(Context),
    /// Tells why a passage is a hit of a search, or none.
    Explain(Explain),
    /// Shows a passage with its references and neighbours, or an article with its sections, by identifier.
    Show(Show),
    /// Cites a passage, an article or a reference, in a style or for a reference manager.
    Cite(Cite),
    /// Lists the articles indexed.
    Articles(Articles),
    /// Reads the corpus and prints every fault with file, line and reason.
    Check(Check),
    /// Measures how well judged queries are answered, on a throw-away index.
    Eval(Eval),
    /// Shows which terms mean the same, and who says so.
    Lexicon(Lexicon),
    /// Makes, lists and revokes the keys that callers of the server show.
    Key(super::key::Key),
    /// Prints the configuration in force.
    Config(ShowConfig),
    /// Prints a completion script for a shell.
    Completions(Completions),
}

/// Options of `serve`.
#[derive(Debug, Default, Args)]
pub struct Serve {
    /// Address to listen on, in place of the configured one.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub bind: Option<String>,
}

/// Options of `index`.
#[derive(Debug, Args)]
pub struct Index {
    /// Build anew from the corpus, beside the old index, whatever state that is in.
    #[arg(long)]
    pub rebuild: bool,
    /// Write a share of the articles only, as one of several processes on one cluster: 2/3 is the second of three.
    #[arg(long, value_name = "I/N", value_parser = share)]
    pub part: Option<Share>,
    /// Print what was done as JSON.
    #[arg(long)]
    pub json: bool,
}

/// A share of the articles as it is typed: the second of three is `2/3`.
fn share(text: &str) -> Result<Share, String> {
    let read = |text: &str| text.parse::<u64>().ok();
    let pair = text
        .split_once('/')
        .and_then(|(part, parts)| Some((read(part)?, read(parts)?)));
    match pair {
        Some((part, parts)) if (1..=parts).contains(&part) && parts <= 256 => Ok(Share { part: part - 1, parts }),
        _ => Err("it must be like 2/3: the second of three, at most 256".to_owned()),
    }
}

/// Options of `search`.
#[derive(Debug, Args)]
pub struct Search {
    /// Words, "a phrase", -excluded (after `--`), or an expression with AND, OR, NOT.
    #[arg(required = true)]
    pub query: Vec<String>,
    /// How many hits, 1 to 100.
    #[arg(long, short = 'n', default_value_t = 10, value_name = "N")]
    pub limit: usize,
    /// How many of the best to skip, at most 1000.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: usize,
    /// What must hold of the hits.
    #[command(flatten)]
    pub only: Only,
    /// What is searched.
    #[arg(long, value_enum, default_value_t = ScopeName::Passages)]
    pub scope: ScopeName,
    /// The order of the hits.
    #[arg(long, value_enum, default_value_t = SortName::Relevance)]
    pub sort: SortName,
    /// What comes with each hit.
    #[arg(long, value_enum, default_value_t = ExpandName::Nothing)]
    pub expand: ExpandName,
    /// Count all matches by article, part, language and year.
    #[arg(long)]
    pub facets: bool,
    /// Say what the query was taken for, and why each hit has its score.
    #[arg(long)]
    pub explain: bool,
    /// Print the answer as the HTTP API gives it.
    #[arg(long)]
    pub json: bool,
}

/// What must hold of what is found.
#[derive(Debug, Args)]
pub struct Only {
    /// Language of the passages.
    #[arg(long, value_enum, default_value_t = LanguageName::Any)]
    pub lang: LanguageName,
    /// Only in this article.
    #[arg(long, value_name = "ID")]
    pub article: Option<String>,
    /// Only in the section with this id, number or title, or below it.
    #[arg(long, value_name = "SECTION")]
    pub section: Option<String>,
    /// Published in this year or later.
    #[arg(long, value_name = "YEAR")]
    pub year_from: Option<u16>,
    /// Published in this year or earlier.
    #[arg(long, value_name = "YEAR")]
    pub year_to: Option<u16>,
    /// Leave out hits of less relevance, 0 to 1.
    #[arg(long, default_value_t = 0.0, value_name = "RELEVANCE")]
    pub min_relevance: f32,
    /// Only in sections that play this part; may be repeated.
    #[arg(long, value_parser = SectionRole::ALL.map(SectionRole::name), value_name = "ROLE")]
    pub role: Vec<String>,
    /// A condition on the facts of a hit as JSON: {"field": "year", "op": "gte", "value": 2020}; see the API's `filter`.
    #[arg(long, value_name = "JSON")]
    pub filter: Option<String>,
    /// An earlier question of the conversation; may be repeated, the newest last.
    #[arg(long, value_name = "QUESTION")]
    pub history: Vec<String>,
    /// Another name of a term that is not to be looked for; may be repeated.
    #[arg(long, value_name = "NAME")]
    pub without: Vec<String>,
    /// Take the query as typed: not as pinyin, with its slips, and with names apart (CD 34).
    #[arg(long)]
    pub as_typed: bool,
    /// Hits of many articles rather than the best whatever they are from.
    #[arg(long)]
    pub diversify: bool,
}

/// A language as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LanguageName {
    /// Any language.
    Any,
    /// Chinese.
    Zh,
    /// English.
    En,
    /// The language of the query.
    Same,
}

/// What is searched, as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ScopeName {
    /// Abstracts and body.
    Passages,
    /// Entries of reference lists.
    References,
}

/// The order of hits, as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SortName {
    /// Best first.
    Relevance,
    /// The latest year first.
    Newest,
    /// The earliest year first.
    Oldest,
}

/// What comes with a hit, as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExpandName {
    /// Nothing.
    Nothing,
    /// The passages before and after it.
    Neighbors,
    /// The passages of its section.
    Section,
}

/// Options of `show`.
#[derive(Debug, Args)]
pub struct Show {
    /// Identifier of a passage or an article.
    pub id: String,
    /// Print as the HTTP API gives it.
    #[arg(long)]
    pub json: bool,
}

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// What was searched for, as one argument.
    pub query: String,
    /// Identifier of the passage.
    pub id: String,
    /// How many hits the search returned, 1 to 100.
    #[arg(long, short = 'n', default_value_t = 10, value_name = "N")]
    pub limit: usize,
    /// What had to hold of the hits.
    #[command(flatten)]
    pub only: Only,
    /// Print the answer as the HTTP API gives it.
    #[arg(long)]
    pub json: bool,
}

/// Options of `articles`.
#[derive(Debug, Args)]
pub struct Articles {
    /// How many, 1 to 100.
    #[arg(long, short = 'n', default_value_t = 100, value_name = "N")]
    pub limit: usize,
    /// How many to skip.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: usize,
    /// Print as the HTTP API gives it.
    #[arg(long)]
    pub json: bool,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// A folder or file, in place of the configured corpus.
    pub path: Option<PathBuf>,
    /// Print one JSON object: the faults and their counts.
    #[arg(long)]
    pub json: bool,
}

/// Options of `eval`.
#[derive(Debug, Args)]
#[command(
    after_help = "The corpus is that of --corpus (a folder, or one file), else the configured one. The index is \
    made with the configuration in force and thrown away.\n\n\
    A judgement names a passage, a section (ARTICLE#SECTION) or an article. A hit counts under the narrowest of its \
    names that any judgement uses."
)]
pub struct Eval {
    /// Queries: JSON lines with `id`, `text` and perhaps `lang`; gzip too.
    #[arg(long, value_name = "FILE", requires = "qrels")]
    pub queries: Option<PathBuf>,
    /// Judgements: tab-separated `query passage grade`, a header line allowed; or TREC's four columns.
    #[arg(long, value_name = "FILE", requires = "queries")]
    pub qrels: Option<PathBuf>,
    /// A folder of judged collections with a `tasks.json`, in place of one set of queries.
    #[arg(long, value_name = "DIR", conflicts_with = "queries")]
    pub tasks: Option<PathBuf>,
    /// Only these tasks of the folder.
    #[arg(long, value_name = "NAME", num_args = 1.., requires = "tasks")]
    pub task: Vec<String>,
    /// Put the passages of all tasks into one index, and drop those outside the task from what is found.
    #[arg(long, requires = "tasks")]
    pub all_in_one: bool,
    /// Look at so many hits of each query, 10 to 2000 [default: 100; with --all-in-one 1000, as many are dropped].
    #[arg(long, value_name = "HITS", value_parser = clap::value_parser!(u16).range(10..=2000))]
    pub depth: Option<u16>,
    /// Write what was found as a TREC run; for several tasks, a folder of `TASK.run`.
    #[arg(long, value_name = "FILE")]
    pub run_out: Option<PathBuf>,
    /// Compare with this older run, query by query; for several tasks, a folder of `TASK.run`.
    #[arg(long, value_name = "RUN")]
    pub against: Option<PathBuf>,
    /// Show how far `relevance` and `answerable` can be relied on, too. Nothing answers a query without a relevant
    /// passage; each task of a folder is asked queries of other collections besides, as ones that nothing answers.
    #[arg(long)]
    pub reliability: bool,
    /// Language of the passages.
    #[arg(long, value_enum, default_value_t = LanguageName::Any, conflicts_with = "tasks")]
    pub lang: LanguageName,
    /// Print the figures as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Options of `lexicon`.
#[derive(Debug, Args)]
pub struct Lexicon {
    /// What to show.
    #[command(subcommand)]
    pub what: LexiconWhat,
}

/// What to show of the lexicon.
#[derive(Debug, Subcommand)]
pub enum LexiconWhat {
    /// Lists the pairs mined from the corpus, those of most articles first, and how much the other sources hold.
    List(LexiconList),
    /// Explains a term: what else it is called, who says so, and what it consists of.
    Explain(LexiconExplain),
    /// Prints your own and the mined pairs as tab-separated rows, in the form of the shipped lists.
    Export,
}

/// Options of `lexicon list`.
#[derive(Debug, Args)]
pub struct LexiconList {
    /// How many pairs.
    #[arg(long, short = 'n', default_value_t = 100, value_name = "N")]
    pub limit: usize,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Options of `lexicon explain`.
#[derive(Debug, Args)]
pub struct LexiconExplain {
    /// The term, in either language.
    #[arg(required = true)]
    pub term: Vec<String>,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Options of `config`.
#[derive(Debug, Args)]
pub struct ShowConfig {
    /// Print the shipped file with every key explained, instead of what is in force.
    #[arg(long)]
    pub shipped: bool,
}

/// Options of `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// Which shell.
    pub shell: Shell,
}
