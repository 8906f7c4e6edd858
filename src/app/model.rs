//! The model: everything that the screen shows derives from it, and nothing else is kept.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::braid::Kept;
use super::check::Check;
use super::context::ContextPane;
use super::failed::Job;
use super::filter::Filter;
use super::history::History;
use super::labels::Labels;
use super::memory::Memory;
use super::overlay::Overlay;
use super::past::Past;
use super::reader::Reader;
use super::saved::Saved;
use super::search::Search;
use super::suggest::Suggest;
use super::tags::TagPane;
use super::themes::Themes;
use super::tree::TreePane;
use crate::command::{Key, Keymap};
use crate::config::Config;
use crate::index::Index;
use crate::text::date::Date;
use crate::vault::PagePath;

/// The state of the program.
#[derive(Debug)]
pub struct Model {
    /// The terminal's size.
    pub size: Size,
    /// Which wiki is open.
    pub wiki: Wiki,
    /// The user's settings.
    pub config: Config,
    /// The live keys.
    pub keymap: Keymap,
    /// The themes, and the one in use.
    pub themes: Themes,
    /// When the last thing happened, in milliseconds since 1970-01-01 UTC.
    pub now_ms: i64,
    /// The day on which the program was started.
    pub today: Date,
    /// What is known of all pages; empty until the wiki was read.
    pub index: Arc<Index>,
    /// How far reading the wiki has come.
    pub progress: Progress,
    /// The jobs that failed since their answers were asked for last.
    pub failed: BTreeSet<Job>,
    /// The page.
    pub reader: Reader,
    /// The way that led here.
    pub history: History,
    /// The tree of pages.
    pub tree: TreePane,
    /// The tags.
    pub tags: TagPane,
    /// What is around the page: its links both ways, mentions, related pages, its outline.
    pub context: ContextPane,
    /// The query that narrows tree, tags and finder.
    pub filter: Filter,
    /// The pages of the saved queries.
    pub saved: Saved,
    /// What the query that is typed can be completed to.
    pub suggest: Suggest,
    /// Which list stands at the left, whether it is shown, and how wide it is.
    pub sidebar: Sidebar,
    /// The full-text search as it was left, with its hits.
    pub searched: Option<Box<Search>>,
    /// What was searched for before.
    pub past_searches: Past,
    /// Recent pages, marks and bookmarks.
    pub memory: Memory,
    /// What was found wrong or loose the last time, while that is not open.
    pub check: Box<Check>,
    /// What the braid asked for the last time.
    pub last_braid: Kept,
    /// What lies over the panes, the topmost last. Input goes to the topmost first; drawing
    /// goes the other way through the same list.
    pub overlays: Vec<Overlay>,
    /// Labels over what is in sight, while one of them is being typed; they have all keys.
    pub labels: Option<Labels>,
    /// So many files that were changed from outside are being read, if they are many.
    pub catching_up: Option<usize>,
    /// The pane that has the keys.
    pub focus: Focus,
    /// In focus mode, which shows only the page: the pane that had the keys before it.
    pub focus_mode: Option<Focus>,
    /// Keys of a sequence that is not finished.
    pub pending: Vec<Key>,
    /// What was last said to the user; the next key takes it away.
    pub notice: Option<Notice>,
    /// Whether mouse events are asked for.
    pub mouse: bool,
    /// The last ticket given out; see [`Ticket`].
    pub last_ticket: Ticket,
}

/// A number that tells one request to a worker from another. Answers that carry an old one are
/// dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// The terminal's size in cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// Which wiki is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wiki {
    /// What the title bar calls it: the folder's name, `sample`, a file's name.
    pub name: String,
    /// What it is.
    pub kind: WikiKind,
    /// Said in the footer at the start, such as how to open one's own folder.
    pub greeting: Option<String>,
}

/// What kind of wiki is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WikiKind {
    /// A folder.
    Folder,
    /// A single file or standard input: no tree.
    Single,
    /// The sample that comes with the program: cannot be edited.
    Sample,
}

/// How far reading the wiki has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Progress {
    /// Nothing yet.
    #[default]
    Starting,
    /// The files are listed, so many pages; they are being read.
    Listed {
        /// Pages found.
        pages: usize,
    },
    /// All is read.
    Ready,
}

/// The pane at the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sidebar {
    /// Which list it shows.
    pub list: SidebarList,
    /// Whether it is shown where there is room.
    pub shown: bool,
    /// Its width in cells where there is room.
    pub width: u16,
}

/// The lists of the left pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SidebarList {
    /// Folders and pages.
    Tree,
    /// Tags with counts.
    Tags,
}

/// The pane that has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The list at the left.
    Sidebar,
    /// The page.
    Page,
    /// The context pane at the right.
    Context,
}

/// Something said to the user on the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// In one short sentence.
    pub text: String,
    /// How grave it is.
    pub grade: Grade,
}

/// How grave a notice is; each has its own sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Something was done.
    Done,
    /// Something is odd.
    Warning,
    /// Something failed.
    Error,
}

impl Model {
    /// The model at the start: nothing read, the page in focus.
    #[must_use]
    pub fn new(wiki: Wiki, config: Config, keymap: Keymap, themes: Themes, today: Date) -> Self {
        Self {
            size: Size { columns: 80, rows: 24 },
            mouse: config.mouse,
            focus_mode: config.focus.then_some(Focus::Page),
            wiki,
            config,
            keymap,
            themes,
            today,
            now_ms: 0,
            index: Arc::default(),
            progress: Progress::Starting,
            failed: BTreeSet::new(),
            catching_up: None,
            reader: Reader::default(),
            history: History::default(),
            tree: TreePane::default(),
            tags: TagPane::default(),
            context: ContextPane::default(),
            filter: Filter::default(),
            saved: Saved::default(),
            suggest: Suggest::default(),
            sidebar: Sidebar { list: SidebarList::Tree, shown: true, width: 30 },
            searched: None,
            past_searches: Past::default(),
            memory: Memory::default(),
            check: Box::default(),
            last_braid: Kept::default(),
            overlays: Vec::new(),
            labels: None,
            focus: Focus::Page,
            pending: Vec::new(),
            notice: None,
            last_ticket: Ticket::default(),
        }
    }

    /// A ticket that was not given out before.
    pub fn ticket(&mut self) -> Ticket {
        self.last_ticket.0 += 1;
        self.last_ticket
    }

    /// Says that something was done.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), grade: Grade::Done });
    }

    /// Says that something is odd.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), grade: Grade::Warning });
    }

    /// Says that something failed.
    pub fn fail(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), grade: Grade::Error });
    }

    /// The path of the open page, if it is a page of the wiki.
    #[must_use]
    pub fn current_path(&self) -> Option<&PagePath> {
        self.reader.open.as_ref().and_then(|open| open.address.path())
    }
}
