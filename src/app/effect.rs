//! Effects: what has to happen outside. `update` asks, the runtime does, the answer comes as a [`super::Msg`].

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::find::Wanted;
use super::model::Ticket;
use crate::index::{LinkRef, PageId};
use crate::markdown::Document;
use crate::vault::PagePath;

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Reads a page for the reader; the newest request wins. Answer: [`super::Msg::PageRead`].
    ReadPage {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Which page.
        path: PagePath,
    },
    /// Reads a page for a preview; the newest request wins. Answer: [`super::Msg::PreviewRead`].
    ReadPreview {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Which page.
        path: PagePath,
    },
    /// Reads a page for a peek; the newest request wins. Answer: [`super::Msg::PeekRead`].
    ReadPeek {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Which page.
        path: PagePath,
    },
    /// Looks up how long a file of the wiki is; the newest request wins. Answer: [`super::Msg::Measured`].
    Measure {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Which file.
        path: PagePath,
    },
    /// Colours lines of a code block. Answer: [`super::Msg::Highlighted`].
    Highlight {
        /// The ticket of the page.
        ticket: Ticket,
        /// The page.
        document: Arc<Document>,
        /// The leaf that holds the code.
        leaf: u32,
        /// The lines, the first being 0.
        lines: Range<usize>,
    },
    /// Looks for a text on a very long page; the newest request wins. Answer: [`super::Msg::TextFound`].
    FindInPage {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The page.
        document: Arc<Document>,
        /// What is looked for.
        wanted: Wanted,
    },
    /// Reads the sentences around links. Answer: [`super::Msg::Sentences`].
    ReadSentences {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The links.
        links: Vec<LinkRef>,
    },
    /// Reads the sentences around links that are looked at elsewhere than under the page; the newest request
    /// wins. Answer: [`super::Msg::Quotes`].
    ReadQuotes {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The links.
        links: Vec<LinkRef>,
    },
    /// Finds the shortest chains of links between two pages; the newest request wins. Answer:
    /// [`super::Msg::Connected`].
    Connect {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The page where they start.
        from: PagePath,
        /// The page where they end.
        to: PagePath,
    },
    /// Finds the names that stand unlinked, of other pages on a page and of that page on others; the newest
    /// request wins. Answers: [`super::Msg::Mentions`].
    FindMentions {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Which page.
        page: PageId,
        /// The page's text.
        source: Arc<str>,
    },
    /// Ends the search for mentions: nobody waits for them any more.
    StopMentions,
    /// Runs the finder; the newest request wins. Answer: [`super::Msg::Found`].
    Find {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What was typed.
        typed: String,
        /// Recently read pages, newest first.
        recent: Vec<PageId>,
        /// The pages that meet the active filter; all if `None`.
        within: Option<HashSet<PageId>>,
    },
    /// Makes ready for searching all texts: the field is open, and nothing is typed. No answer.
    PrepareSearch,
    /// Searches all texts; the newest request wins. Answers: [`super::Msg::Hits`].
    Search {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What was typed.
        typed: String,
        /// The pages to search; all if `None`.
        within: Option<HashSet<PageId>>,
    },
    /// Finds the pages that meet a query which needs their texts. Answer: [`super::Msg::FilterMatched`].
    Filter {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The query.
        query: String,
    },
    /// Looks for what is wrong or loose; the newest request wins. Answer: [`super::Msg::Checked`].
    Check {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The pages that meet the active filter; all if `None`.
        within: Option<HashSet<PageId>>,
    },
    /// Finds what goes with what, for the braid; the newest request wins. Answer: [`super::Msg::Woven`].
    Weave {
        /// Comes back with the answer.
        ticket: Ticket,
    },
    /// Looks up the pages with names near to missing ones; the newest request wins. Answer:
    /// [`super::Msg::NearFound`].
    FindNear {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The missing names.
        names: Vec<String>,
    },
    /// Counts the pages that meet a query and each of its parts; the newest request wins. Answer:
    /// [`super::Msg::QueryExplained`].
    ExplainQuery {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The query.
        query: String,
    },
    /// Gathers what pages can be asked for, to complete queries by; the newest request wins. Answer:
    /// [`super::Msg::Vocabulary`].
    GatherVocabulary {
        /// Comes back with the answer.
        ticket: Ticket,
    },
    /// Finds the pages of all saved queries; the newest request wins. Answer: [`super::Msg::SavedFound`].
    FindSaved {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The queries.
        queries: Vec<String>,
    },
    /// Puts text on the clipboard (OSC 52).
    Copy(String),
    /// Opens an address with the system's opener.
    OpenExternal(String),
    /// Opens a file of the wiki that is no page with the system's opener.
    OpenAttachment(PagePath),
    /// Opens the page in the user's editor at a line (the first is 1). Answer: [`super::Msg::Edited`].
    Edit {
        /// Which page.
        path: PagePath,
        /// At which line.
        line: u32,
    },
    /// Reads the whole wiki again. Answers: [`super::Msg::Listed`], [`super::Msg::Indexed`].
    Rescan,
    /// What is remembered of the wiki has changed: keeps it, soon.
    Remember,
    /// Reads all themes, for choosing among them. Answer: [`super::Msg::ThemesRead`].
    ReadThemes,
    /// Asks for mouse events, or stops to.
    Mouse(bool),
    /// Clears the terminal and draws everything.
    Redraw,
    /// Suspends the program (Ctrl-Z). Answer: [`super::Msg::Resumed`].
    Suspend,
    /// Ends the program.
    Quit,
}
