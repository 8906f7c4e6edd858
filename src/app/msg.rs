//! Messages: what happened outside.

use std::collections::HashSet;
use std::sync::Arc;

use super::failed::Job;
use super::find::TextMatch;
use super::hit::Hit;
use super::model::{Size, Ticket};
use crate::code::LineRoles;
use crate::command::{Command, Key};
use crate::index::embed::{Composed, Source, compose};
use crate::index::{Index, PageId};
use crate::markdown::Document;
use crate::markdown::recover::{self, PageText, Recovery};
use crate::search::braid::Web;
use crate::search::complete::Vocabulary;
use crate::search::connected::Connected;
use crate::search::excerpt::Excerpt;
use crate::search::finder::Found;
use crate::search::fulltext::Hit as TextHit;
use crate::search::query::Explained;
use crate::search::unlinked::{Mentioned, Progress};
use crate::theme::Theme;
use crate::vault::PagePath;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key was pressed (or repeated).
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The primary button was pressed on something.
    Press(Hit),
    /// The pointer was dragged, after a press on `from`, to this column (from the screen's left).
    Drag {
        /// Where the button was pressed.
        from: Hit,
        /// The column it is at now.
        column: u16,
    },
    /// The pointer was dragged over the text of the page, or pressed there twice.
    Select(super::reader::select::Drag),
    /// The wheel was turned over something, by so many rows (down is positive).
    Wheel(Hit, i32),
    /// The terminal has another size.
    Resize(Size),
    /// A command from the palette, a hint that was clicked, or the start.
    Run(Command),
    /// A page was read for the reader.
    PageRead(PageRead),
    /// The beginning of a long page was read for the reader; the whole page follows.
    PageBegun(PageRead),
    /// A page was read for a preview.
    PreviewRead(PageRead),
    /// A page was read for a peek.
    PeekRead(PageRead),
    /// The length of a file was looked up.
    Measured {
        /// The ticket of the request.
        ticket: Ticket,
        /// In bytes, or why it is not known.
        bytes: Result<u64, String>,
    },
    /// Lines of a code block have their colours.
    Highlighted {
        /// The ticket of the page.
        ticket: Ticket,
        /// The leaf that holds the code.
        leaf: u32,
        /// The first of the lines.
        from: usize,
        /// Their roles.
        roles: Vec<LineRoles>,
    },
    /// Where a text stands on a very long page.
    TextFound {
        /// The ticket of the request.
        ticket: Ticket,
        /// The matches in reading order.
        matches: Vec<TextMatch>,
    },
    /// The sentences around links were read, in the order in which they were asked for.
    Sentences {
        /// The ticket of the request.
        ticket: Ticket,
        /// One a link; empty where the page could not be read.
        sentences: Vec<Excerpt>,
    },
    /// The sentences around links were read, in the order in which they were asked for.
    Quotes {
        /// The ticket of the request.
        ticket: Ticket,
        /// One a link; empty where the page could not be read.
        sentences: Vec<Excerpt>,
    },
    /// How two pages are connected.
    Connected {
        /// The ticket of the request.
        ticket: Ticket,
        /// The answer.
        answer: Connected,
    },
    /// The wiki's pages were listed; titles are not known yet.
    Listed(Vec<ListedPage>),
    /// The index was built or changed.
    Indexed(Arc<Index>),
    /// Files of the wiki were changed from outside.
    Changed(Changes),
    /// So many files that were changed from outside are being read.
    Reading(usize),
    /// The finder's answer.
    Found {
        /// The ticket of the request.
        ticket: Ticket,
        /// The best rows first.
        rows: Vec<Found>,
    },
    /// Some of a full-text search's hits.
    Hits {
        /// The ticket of the request.
        ticket: Ticket,
        /// Hits by page, the best page first; they stand below those that came before.
        pages: Vec<PageHits>,
        /// How far it has come.
        looked: Looked,
        /// How the search ended, with the last ones.
        end: Option<SearchEnd>,
    },
    /// The pages that meet a filter which needs their texts.
    FilterMatched {
        /// The ticket of the request.
        ticket: Ticket,
        /// The pages.
        pages: Vec<PageId>,
    },
    /// What is wrong or loose in the wiki was looked for.
    Checked {
        /// The ticket of the request.
        ticket: Ticket,
        /// What was found.
        found: Arc<super::check::Found>,
    },
    /// What goes with what was found.
    Woven {
        /// The ticket of the request.
        ticket: Ticket,
        /// What goes with what.
        web: Arc<Web>,
    },
    /// Near names were looked up.
    NearFound {
        /// The ticket of the request.
        ticket: Ticket,
        /// The missing names, each with the pages nearest to it, the nearest first.
        found: Vec<(String, Vec<PageId>)>,
    },
    /// The pages that a query and its parts meet were counted.
    QueryExplained {
        /// The ticket of the request.
        ticket: Ticket,
        /// The counts.
        explained: Explained,
    },
    /// What pages can be asked for.
    Vocabulary {
        /// The ticket of the request.
        ticket: Ticket,
        /// Tags, kinds, pages, properties.
        vocabulary: Arc<Vocabulary>,
    },
    /// The pages of the saved queries, in the order in which they were asked for.
    SavedFound {
        /// The ticket of the request.
        ticket: Ticket,
        /// The pages of each.
        pages: Vec<Vec<PagePath>>,
    },
    /// Some of the names that stand unlinked.
    Mentions(MentionsTold),
    /// The editor was closed; the open page is read again.
    Edited(Result<(), String>),
    /// All themes were read.
    ThemesRead(Vec<Theme>),
    /// The terminal said how dark its ground is; the theme made for that.
    ThemeFits(Theme),
    /// A worker's job failed by a fault of the program: no answer comes.
    Failed(Job),
    /// An effect failed or has something to say.
    Said(super::model::Notice),
    /// The terminal was resumed after a suspension: everything is drawn anew.
    Resumed,
}

/// What was changed from outside.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The index with the changes.
    pub index: Arc<Index>,
    /// The files that were written, came or went.
    pub paths: HashSet<PagePath>,
    /// Pages that have another path now: the one before and the one now.
    pub renamed: Vec<(PagePath, PagePath)>,
}

/// A page of which no more is known than its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPage {
    /// Which page.
    pub path: PagePath,
    /// When its file was last written, milliseconds since 1970-01-01 UTC.
    pub modified_ms: i64,
}

/// Some of the names that stand unlinked, in the order in which they are shown.
#[derive(Clone, Debug)]
pub struct MentionsTold {
    /// The ticket of the request.
    pub ticket: Ticket,
    /// The mentions; those on the page itself come first.
    pub found: Vec<Mentioned>,
    /// Whether more may come.
    pub progress: Progress,
}

/// A page as it was read.
#[derive(Clone, Debug)]
pub struct PageRead {
    /// The ticket of the request.
    pub ticket: Ticket,
    /// Which page.
    pub path: PagePath,
    /// What stands in it, or why it cannot be read.
    pub result: Result<Loaded, String>,
}

/// A page's content.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The text that spans refer to: decoded, without a byte order mark, recovered if it was pasted
    /// without its marks.
    pub source: Arc<str>,
    /// The text parsed, with its embeds in place if the wiki was known.
    pub document: Arc<Document>,
    /// What was odd about its bytes, such as invalid UTF-8.
    pub notices: Vec<String>,
    /// What stands in the file, where that is not `source`.
    pub recovery: Option<Arc<Recovery>>,
    /// What was embedded, if the wiki was known.
    pub embedded: Embedded,
}

impl Loaded {
    /// A page of which `written` stands in the file, nothing embedded in it.
    #[must_use]
    pub fn new(written: String, notices: Vec<String>) -> Self {
        let PageText { text, recovery } = PageText::new(written);
        // Before parsing, so that the text is not held twice meanwhile: a page may have many megabytes.
        let source: Arc<str> = text.into();
        let document = Arc::new(recover::document_shared(&source, recovery.as_ref()));
        let recovery = recovery.map(Arc::new);
        Self { source, document, notices, recovery, embedded: Embedded::default() }
    }

    /// The page at `path` with its embeds in place, if the wiki is known.
    #[must_use]
    pub fn composed(self, index: &Index, path: &PagePath, source: &dyn Source) -> Self {
        let revision = index.revision();
        if revision == 0 {
            return self;
        }
        let document = Arc::unwrap_or_clone(self.document);
        let Composed { document, pages } = compose(index, path, document, source);
        Self { document: Arc::new(document), embedded: Embedded { pages, revision }, ..self }
    }
}

/// What a page shows of other pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embedded {
    /// The pages, as the document's insets count them: from these their links are resolved.
    pub pages: Vec<PagePath>,
    /// The revision of the index that said what to embed; 0 is none.
    pub revision: u64,
}

/// A page's hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageHits {
    /// Where the page is: hits outlive the index that they were found with.
    pub page: PagePath,
    /// Its hits, in order.
    pub hits: Vec<TextHit>,
    /// Whether it has more than these.
    pub more: bool,
}

/// How far a full-text search has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// So many pages were looked through,
    pub pages: usize,
    /// of so many that may hold what is looked for.
    pub of: usize,
}

/// How a full-text search ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SearchEnd {
    /// Whether more pages match than were told; those that were are the best.
    pub cut: bool,
    /// Pages that could not be read.
    pub unread: usize,
    /// Whether a fault in the program ended it.
    pub failed: bool,
}
