//! The arguments, declared once: `--help`, completions and the manual page derive from here.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::Config;
use crate::runtime::{settings, themes};
use crate::search::connected::MOST_CHAINS;

/// A personal wiki in the terminal: read, walk and tend a folder of plain Markdown.
#[derive(Debug, Parser)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that is given or not")]
#[command(
    name = "ken",
    version,
    about,
    disable_help_subcommand = true,
    after_help = AFTER_HELP,
)]
pub(crate) struct Arguments {
    /// A folder, a page inside one, a single file, or - for standard input.
    ///
    /// Without it: $KEN_WIKI, the config's `wiki`, the nearest folder upwards that holds .ken.toml or
    /// .obsidian, else the sample wiki.
    #[expect(clippy::doc_markdown, reason = "it is the text of --help")]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,

    /// A page of it: path, name, title or alias
    #[arg(value_name = "PAGE", requires = "path")]
    pub(crate) page: Option<String>,

    /// Read line by line, without a full screen: for screen readers and plain terminals
    ///
    /// What is typed is a line each: a number follows a link, ? lists the rest. Where TERM is `dumb` this
    /// is so by itself.
    #[arg(long)]
    pub(crate) linear: bool,

    /// Use the full screen whatever TERM says
    #[arg(long, conflicts_with = "linear")]
    pub(crate) screen: bool,

    /// The wiki that a command works on
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) wiki: Option<PathBuf>,

    /// The theme, by name
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) theme: Option<String>,

    /// Plain ASCII for borders and signs
    #[arg(long, global = true)]
    pub(crate) ascii: bool,

    /// Leave the mouse to the terminal
    #[arg(long)]
    pub(crate) no_mouse: bool,

    /// Begin with only the page on the screen
    #[arg(long)]
    pub(crate) focus: bool,

    /// Begin anew: without the page, history, filter and panes of the last time
    #[arg(long)]
    pub(crate) fresh: bool,

    /// Read every page anew, and keep nothing for the next start
    #[arg(long, global = true)]
    pub(crate) no_cache: bool,

    /// Do not look for changes while it is open: R reads the wiki again
    #[arg(long)]
    pub(crate) no_watch: bool,

    #[command(subcommand)]
    pub(crate) task: Option<Task>,
}

const AFTER_HELP: &str = "\
In the program: ? shows the keys, q quits.
Exit codes: 0 done, 1 nothing found (of check: something), 2 error.
Environment: KEN_WIKI (the wiki without PATH), NO_COLOR, CLICOLOR_FORCE, FORCE_HYPERLINK, VISUAL
and EDITOR.";

/// The help of commands that open no wiki: the options of all others mean nothing there.
const PLAIN_HELP: &str = "{about}\n\n{usage-heading} {usage}\n\nArguments:\n{positionals}\n\n";
const MAN_HELP: &str = "{about}\n\n{usage-heading} {usage}\n";

impl Arguments {
    /// The user's settings, with what the arguments say of all commands.
    ///
    /// # Errors
    /// As of [`settings::config`], and where there is no such theme as `--theme` names.
    pub(crate) fn config(&self) -> Result<Config> {
        let mut config = settings::config()?;
        if let Some(theme) = &self.theme {
            themes::known(theme)?;
        }
        config.cache &= !self.no_cache;
        config.watch &= !self.no_watch;
        Ok(config)
    }
}

/// What to do without opening the program.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Print a page as it is shown
    Show(Show),
    /// Print a page that was pasted without its marks, with headings, code and tables restored
    Repair(Repair),
    /// List pages, all or those that meet a query
    Ls(Ls),
    /// List links, of the whole wiki or of one page
    Links(Links),
    /// List who links to a page, each with its sentence
    Backlinks(OnePage),
    /// List tags with the number of pages that carry them
    Tags(Listing),
    /// List the saved queries with the number of pages that meet each
    Queries(Listing),
    /// List properties with the number of pages that have them, or those of one page
    Properties(Properties),
    /// Search the text of all pages, the best first: words, "phrases", /regex/, -without, tag:x
    ///
    /// All of them must be met: there is no OR and there are no groups, but /one|other/ finds either, and
    /// line:(a b) and section:(a b) want words to stand together.
    ///
    /// Parts of words are found, too: lock finds clock. Pages with the word itself come first, then those where
    /// a word begins with it (locks), then those that hold it inside of words only. /\block\b/ finds the word
    /// alone.
    Search(Search),
    /// Name a page by chance, of all or of those that meet a query
    Random(Ls),
    /// Report missing pages and files, ambiguous and broken links, orphans, dead ends, odd pages, conflicts
    ///
    /// Exit codes: 0 nothing found, 1 something found, 2 error.
    Check(Check),
    /// List missing pages with the number of links that ask for them, the most wanted first, then missing files
    Unresolved(Listing),
    /// List pages that no other page links to
    Orphans(Listing),
    /// List pages that link to no other page
    Deadends(Listing),
    /// Explain why a link leads where it leads, what a query means, or where a tag comes from
    ///
    /// Exit codes: 0 it leads somewhere, meets or stands on a page; 1 it does not; 2 error.
    Explain(Explain),
    /// Tell how two pages are connected: the shortest chains of links between them
    Path(TwoPages),
    /// Print pages and their links as a graph, of the whole wiki or around one page
    Graph(Graph),
    /// List the headings of a page
    Outline(OnePage),
    /// List the pages read lately, the newest first
    Recents(Listing),
    /// List the bookmarks
    Bookmarks(Listing),
    /// List the marks: letter, page and line, what stood there
    Marks(Listing),
    /// What is kept from one start to the next, of pages and for searches, so that the next is fast
    Cache {
        /// What to do with it
        #[command(subcommand)]
        task: CacheTask,
    },
    /// List the keys as they are configured
    Keys(Listing),
    /// Write the sample wiki into a folder and mark that as a wiki; existing files are never touched
    #[command(help_template = PLAIN_HELP, override_usage = "ken init <DIR>")]
    Init {
        /// The folder; it is made if it does not exist
        dir: PathBuf,
    },
    /// Print a completion script
    #[command(help_template = PLAIN_HELP, override_usage = "ken completions <SHELL>")]
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(help_template = MAN_HELP, override_usage = "ken man")]
    Man,
}

/// `ken cache`
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum CacheTask {
    /// Delete what is kept of all wikis
    Clear,
}

/// `ken show`
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Path, name, title or alias of the page; a file anywhere; - for standard input
    pub(crate) page: String,
    /// Width in columns; the terminal's or 80
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) width: Option<u16>,
    /// Plain text as in a mail: no colours, no drawn lines, links as numbers with a list at the end
    #[arg(long)]
    pub(crate) plain: bool,
    /// Only the section of this heading
    #[arg(long, value_name = "HEADING")]
    pub(crate) section: Option<String>,
    /// The page's source as it stands in the file
    #[arg(long, conflicts_with_all = ["plain", "section", "width"])]
    pub(crate) source: bool,
    /// Whether links are links of the terminal's (OSC 8); auto: on a terminal known to have them
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    pub(crate) hyperlinks: When,
    /// Whether to use colours; auto: on a terminal
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    pub(crate) color: When,
}

/// `ken repair`
#[derive(Debug, Args)]
pub(crate) struct Repair {
    /// Path, name, title or alias of the page; a file anywhere; - for standard input
    pub(crate) page: String,
    /// Show what changes, as a unified diff
    #[arg(long)]
    pub(crate) diff: bool,
    /// Replace the file; its text before goes to the trash
    #[arg(long, conflicts_with = "diff")]
    pub(crate) write: bool,
    /// Recover also what looks healthy
    #[arg(long)]
    pub(crate) force: bool,
    /// Whether to use colours; auto: on a terminal
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    pub(crate) color: When,
}

/// When to use what not every output has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// `ken ls`
#[derive(Debug, Args)]
pub(crate) struct Ls {
    /// A query such as: tag:python -kind:people updated<30d
    ///
    /// What the braid (B on the screen) has chosen is one, too: near:ada near:tides lists the pages
    /// that go with both.
    pub(crate) query: Vec<String>,
    /// A saved query by its name; with a query, pages that meet both
    #[arg(long, value_name = "NAME")]
    pub(crate) saved: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

/// `ken links`
#[derive(Debug, Args)]
pub(crate) struct Links {
    /// Path, name, title or alias of a page
    pub(crate) page: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

/// Tasks on one page.
#[derive(Debug, Args)]
pub(crate) struct OnePage {
    /// Path, name, title or alias of the page
    pub(crate) page: String,
    /// One JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

/// `ken properties`
#[derive(Debug, Args)]
pub(crate) struct Properties {
    /// Path, name, title or alias of a page
    pub(crate) page: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

/// `ken check`
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Look for these only; can be given several times or as a comma list
    #[arg(long, value_enum, value_name = "KIND", value_delimiter = ',')]
    pub(crate) only: Vec<CheckKind>,
    /// One JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

/// What `ken check` looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum CheckKind {
    /// Links to pages that do not exist.
    Missing,
    /// Links that several pages could answer.
    Ambiguous,
    /// Links to headings or blocks that are not there.
    Fragments,
    /// Pages that no other page links to.
    Orphans,
    /// Pages that link to no other page.
    #[value(name = "deadends")]
    DeadEnds,
    /// Pages that cannot be read or hold something odd.
    Pages,
    /// Files of which two versions are left: copies made by sync programs, git's conflict marks.
    Conflicts,
    /// Links to images and other files that do not exist.
    Files,
}

impl CheckKind {
    /// Every kind, in the order of the report.
    pub(crate) const ALL: &'static [Self] = &[
        Self::Missing,
        Self::Ambiguous,
        Self::Fragments,
        Self::Orphans,
        Self::DeadEnds,
        Self::Pages,
        Self::Conflicts,
        Self::Files,
    ];

    /// What so many of it are called.
    pub(crate) fn of(self, count: usize) -> &'static str {
        let one = count == 1;
        match self {
            Self::Missing if one => "link to a missing page",
            Self::Missing => "links to missing pages",
            Self::Ambiguous if one => "ambiguous link",
            Self::Ambiguous => "ambiguous links",
            Self::Fragments if one => "broken fragment",
            Self::Fragments => "broken fragments",
            Self::Orphans if one => "orphan",
            Self::Orphans => "orphans",
            Self::DeadEnds if one => "dead end",
            Self::DeadEnds => "dead ends",
            Self::Pages if one => "odd page",
            Self::Pages => "odd pages",
            Self::Conflicts if one => "conflict",
            Self::Conflicts => "conflicts",
            Self::Files if one => "link to a missing file",
            Self::Files => "links to missing files",
        }
    }
}

/// `ken explain`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("asked").required(true).args(["link", "query", "tag"]))]
pub(crate) struct Explain {
    /// A link in any syntax (in quotes, for the shell), or its target alone
    pub(crate) link: Option<String>,
    /// Explain this query, with the number of pages that meet it and each of its parts
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: Option<String>,
    /// Explain this tag
    #[arg(long, value_name = "TAG")]
    pub(crate) tag: Option<String>,
    /// The page on which the link or the tag stands: path, name, title or alias
    #[arg(long, value_name = "PAGE", conflicts_with = "query")]
    pub(crate) from: Option<String>,
    /// One JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// `ken path`
#[derive(Debug, Args)]
pub(crate) struct TwoPages {
    /// Path, name, title or alias of the first page
    pub(crate) from: String,
    /// Path, name, title or alias of the second page
    pub(crate) to: String,
    /// Print at most so many chains; the screen shows as many as come without this
    #[arg(long, value_name = "N", default_value_t = MOST_CHAINS, allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub(crate) limit: u16,
    /// One JSON object a line: one for each chain
    #[arg(long)]
    pub(crate) json: bool,
}

/// `ken graph`
#[derive(Debug, Args)]
pub(crate) struct Graph {
    /// Path, name, title or alias of the page in the middle; without it the whole wiki
    pub(crate) page: Option<String>,
    /// How many links away from the page in the middle
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = clap::value_parser!(u8).range(1..=9))]
    pub(crate) steps: u8,
    /// Only pages that meet this query
    #[arg(long, value_name = "QUERY")]
    pub(crate) query: Option<String>,
    /// One JSON object with nodes and edges (the default)
    #[arg(long)]
    pub(crate) json: bool,
    /// The language of Graphviz
    #[arg(long, conflicts_with = "json")]
    pub(crate) dot: bool,
    #[arg(long, help = "GraphML", conflicts_with_all = ["json", "dot"])]
    pub(crate) graphml: bool,
}

/// What `ken graph` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GraphFormat {
    Json,
    Dot,
    Graphml,
}

impl Graph {
    /// The format that was asked for.
    pub(crate) fn format(&self) -> GraphFormat {
        match (self.dot, self.graphml) {
            (true, _) => GraphFormat::Dot,
            (_, true) => GraphFormat::Graphml,
            _ => GraphFormat::Json,
        }
    }
}

/// Tasks without an argument of their own.
#[derive(Debug, Args)]
pub(crate) struct Listing {
    /// One JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

/// `ken search`
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// What to look for; several arguments are joined by spaces
    #[arg(required = true)]
    pub(crate) query: Vec<String>,
    /// One JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
    /// Print at most so many lines that match
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) limit: Option<usize>,
    /// Print so many lines before and after each
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) context: Option<usize>,
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_declaration_is_sound() {
        <super::Arguments as clap::CommandFactory>::command().debug_assert();
    }
}
