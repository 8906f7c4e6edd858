//! Effects done: each in the fewest words, on the worker it belongs to.

mod pages;
mod wiki;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::pages::{filter, preview, read_page};
use super::cache::Cache;
use super::check::Checks;
use super::files::Files;
use super::large::Enough;
use super::mentions::Mentions;
use super::of_revision::OfRevision;
use super::watch::Watch;
use super::worker::{Event, Newest, Outbox, Queue};
use super::{clipboard, fulltext, settings, themes};
use crate::app::failed::Job;
use crate::app::model::{Grade, Notice};
use crate::app::{Effect, Msg, find};
use crate::code::{Highlighter, Piece};
use crate::index::{Index, LinkRef, PageId};
use crate::markdown::LeafKind;
use crate::search::braid::Web;
use crate::search::complete::Vocabulary;
use crate::search::connected::{MOST_CHAINS, connected};
use crate::search::finder;
use crate::search::query::Query;
use crate::search::saved::pages_of;
use crate::text::date::Date;

pub use pages::sentences;
pub(super) use wiki::Built;

/// The workers, each with one kind of job.
#[derive(Debug)]
pub struct Workers {
    files: Files,
    /// Whether the index is kept from one start to the next.
    with_cache: bool,
    today: Date,
    outbox: Outbox,
    pages: Newest,
    previews: Newest,
    peeks: Newest,
    sentences: Newest,
    quotes: Newest,
    connection: Newest,
    in_page: Newest,
    mentions: Mentions,
    finder: Newest,
    search: Newest,
    filter: Newest,
    explain: Newest,
    checks: Checks,
    braid: Newest,
    saved: Newest,
    vocabulary: Newest,
    colours: Queue,
    scan: Arc<Queue>,
    watch: Option<Watch>,
    keeping: Newest,
    built: Arc<Mutex<Built>>,
    corpus: Arc<OfRevision<finder::Corpus>>,
    searched: Arc<Mutex<fulltext::Known>>,
    /// Where colouring stopped.
    coloured: Arc<Mutex<Option<Piece>>>,
}

/// Most rows of the finder.
const FINDER_ROWS: usize = 200;

impl Workers {
    /// The workers, without a job yet.
    #[must_use]
    pub fn start(
        files: Files,
        with_cache: bool,
        watched: bool,
        today: Date,
        outbox: &Outbox,
    ) -> Self {
        let scan = Arc::new(Queue::new(Job::Scan, outbox.clone()));
        let built = Arc::default();
        let watch = if watched { Watch::new(&files, &scan, &built) } else { None };
        let newest = |job| Newest::new(job, outbox.clone());
        let cache = Cache::of(&files).filter(|_| with_cache);
        Self {
            files,
            with_cache,
            today,
            outbox: outbox.clone(),
            pages: newest(Job::Page),
            previews: newest(Job::Preview),
            peeks: newest(Job::Peek),
            sentences: newest(Job::Backlinks),
            quotes: newest(Job::Quotes),
            connection: newest(Job::Connection),
            in_page: newest(Job::FindInPage),
            mentions: Mentions::new(outbox),
            finder: newest(Job::Finder),
            search: newest(Job::Search),
            filter: newest(Job::Filter),
            explain: newest(Job::Explain),
            checks: Checks::new(outbox),
            braid: newest(Job::Braid),
            saved: newest(Job::SavedQueries),
            vocabulary: newest(Job::Vocabulary),
            colours: Queue::new(Job::Colours, outbox.clone()),
            scan,
            watch,
            keeping: newest(Job::State),
            built,
            corpus: OfRevision::new(),
            searched: Arc::new(Mutex::new(fulltext::Known::kept_in(cache))),
            coloured: Arc::default(),
        }
    }

    /// Has an effect done by a worker. Gives back what is not a worker's business.
    #[expect(clippy::too_many_lines, reason = "a catalogue: every effect once")]
    pub fn run(&self, effect: Effect, index: &Arc<Index>) -> Option<Effect> {
        let files = self.files.clone();
        match effect {
            Effect::ReadPage { ticket, path } => {
                let index = Arc::clone(index);
                let watch = self.watch.clone();
                self.pages.submit(move |out, overtaken| {
                    if let Some(watch) = watch {
                        watch.opens(&path);
                    }
                    let begun = |begun| {
                        send(out, Msg::PageBegun(begun));
                        if overtaken.yes() { Enough::Yes } else { Enough::No }
                    };
                    if let Some(read) = read_page(&files, &index, ticket, path, begun) {
                        send(out, Msg::PageRead(read));
                    }
                });
            }
            Effect::ReadPreview { ticket, path } => {
                self.previews.submit(move |out, _| preview(&files, ticket, path, out));
            }
            Effect::ReadPeek { ticket, path } => {
                let index = Arc::clone(index);
                self.peeks.submit(move |out, _| {
                    let read = read_page(&files, &index, ticket, path, |_| Enough::No);
                    if let Some(read) = read {
                        send(out, Msg::PeekRead(read));
                    }
                });
            }
            Effect::Measure { ticket, path } => self.peeks.submit(move |out, _| {
                send(out, Msg::Measured { ticket, bytes: files.length(&path) });
            }),
            Effect::Highlight { ticket, document, leaf, lines } => {
                let last = Arc::clone(&self.coloured);
                self.colours.submit(move |out| {
                    let leaf_kind = document.leaves.get(leaf as usize).map(|leaf| &leaf.kind);
                    let Some(LeafKind::Code(code)) = leaf_kind else { return };
                    let (from, code) = (lines.start, (&*code.language, &*code.text));
                    let block = (ticket.0, leaf);
                    let roles = Highlighter::new().piece(&mut lock(&last), block, code, lines);
                    send(out, Msg::Highlighted { ticket, leaf, from, roles });
                });
            }
            Effect::FindInPage { ticket, document, wanted } => {
                self.in_page.submit(move |out, overtaken| {
                    let matches = find::search(&document, &wanted, &|| overtaken.yes());
                    send(out, Msg::TextFound { ticket, matches });
                });
            }
            Effect::ReadSentences { ticket, links } => {
                let index = Arc::clone(index);
                self.sentences.submit(move |out, _| {
                    let sentences = sentences(&files, &index, &links);
                    send(out, Msg::Sentences { ticket, sentences });
                });
            }
            Effect::ReadQuotes { ticket, links } => {
                let index = Arc::clone(index);
                self.quotes.submit(move |out, _| {
                    let sentences = sentences(&files, &index, &links);
                    send(out, Msg::Quotes { ticket, sentences });
                });
            }
            Effect::Connect { ticket, from, to } => {
                let index = Arc::clone(index);
                self.connection.submit(move |out, _| {
                    if let (Some(from), Some(to)) = (index.at(&from), index.at(&to)) {
                        let read = |links: &[LinkRef]| sentences(&files, &index, links);
                        let answer = connected(&index, from.id, to.id, MOST_CHAINS.into(), read);
                        send(out, Msg::Connected { ticket, answer });
                    }
                });
            }
            Effect::FindMentions { ticket, page, source } => {
                self.mentions.find(files, Arc::clone(index), ticket, page, source);
            }
            Effect::StopMentions => self.mentions.stop(),
            Effect::Find { ticket, typed, recent, within } => {
                let (index, today) = (Arc::clone(index), self.today);
                let corpus = Arc::clone(&self.corpus);
                self.finder.submit(move |out, _| {
                    let corpus = corpus.get(&index, finder::Corpus::new);
                    let rows = corpus.find_within(
                        within.as_ref(),
                        &index,
                        &typed,
                        &recent,
                        today,
                        FINDER_ROWS,
                    );
                    send(out, Msg::Found { ticket, rows });
                });
            }
            Effect::PrepareSearch => {
                let (index, today) = (Arc::clone(index), self.today);
                let known = Arc::clone(&self.searched);
                self.search.submit(move |_, _| lock(&known).prepare(&index, today));
            }
            Effect::Search { ticket, typed, within } => {
                let (index, today) = (Arc::clone(index), self.today);
                let known = Arc::clone(&self.searched);
                self.search.submit(move |out, overtaken| {
                    let asked = (typed.as_str(), within.as_ref());
                    let tell = |pages, looked, end| {
                        send(out, Msg::Hits { ticket, pages, looked, end });
                    };
                    let mut known = lock(&known);
                    known.search(&files, &index, asked, today, || overtaken.yes(), tell);
                    known.keep(&index, || overtaken.yes());
                });
            }
            Effect::Filter { ticket, query } => {
                let (index, today) = (Arc::clone(index), self.today);
                self.filter.submit(move |out, overtaken| {
                    if let Some(pages) = filter(&files, &index, &query, today, overtaken) {
                        send(out, Msg::FilterMatched { ticket, pages });
                    }
                });
            }
            Effect::Check { ticket, within } => {
                self.checks.look(Arc::clone(index), ticket, within);
            }
            Effect::Weave { ticket } => {
                let index = Arc::clone(index);
                self.braid.submit(move |out, _| {
                    let web = Arc::new(Web::new(&index));
                    send(out, Msg::Woven { ticket, web });
                });
            }
            Effect::FindNear { ticket, names } => {
                self.checks.near(Arc::clone(index), ticket, names);
            }
            Effect::ExplainQuery { ticket, query } => {
                let (index, today) = (Arc::clone(index), self.today);
                self.explain.submit(move |out, _| {
                    let Ok(query) = Query::parse(&query) else { return };
                    let text = |id: PageId| Some(files.page(&index.page(id)?.path).ok()?.text);
                    let explained = query.explain(&index, today, &text);
                    send(out, Msg::QueryExplained { ticket, explained });
                });
            }
            Effect::GatherVocabulary { ticket } => {
                let index = Arc::clone(index);
                self.vocabulary.submit(move |out, _| {
                    let vocabulary = Arc::new(Vocabulary::new(&index));
                    send(out, Msg::Vocabulary { ticket, vocabulary });
                });
            }
            Effect::FindSaved { ticket, queries } => {
                let (index, today) = (Arc::clone(index), self.today);
                self.saved.submit(move |out, overtaken| {
                    let text = |id: PageId| Some(files.page(&index.page(id)?.path).ok()?.text);
                    let stop = || overtaken.yes();
                    if let Some(pages) = pages_of(&queries, &index, today, &text, &stop) {
                        send(out, Msg::SavedFound { ticket, pages });
                    }
                });
            }
            Effect::Rescan => self.rescan(),
            Effect::ReadThemes => self.previews.submit(move |out, _| {
                send(out, Msg::ThemesRead(themes::all(settings::depth())));
            }),
            Effect::OpenExternal(address) => self.open_outside(address),
            Effect::OpenAttachment(path) => match self.files.on_disk(&path) {
                Some(file) => self.open_outside(file.to_string_lossy().into_owned()),
                None => self.say("the sample's files are inside the program", Grade::Warning),
            },
            other => return Some(other),
        }
        None
    }

    /// A key was pressed.
    pub fn used(&self) {
        if let Some(watch) = &self.watch {
            watch.used();
        }
    }

    /// Has what is remembered kept; of several such jobs that wait only the last is done.
    /// What it gives back is said.
    pub fn keep(&self, keep: impl FnOnce() -> Option<String> + Send + 'static) {
        self.keeping.submit(move |out, _| {
            if let Some(text) = keep() {
                send(out, Msg::Said(Notice { text, grade: Grade::Warning }));
            }
        });
    }

    /// Opens an address or file with the system's opener, away from the loop: some openers are slow.
    fn open_outside(&self, what: String) {
        let outbox = self.outbox.clone();
        let work = move || {
            if let Err(error) = open::that_detached(&what) {
                let text = format!("cannot open {what}: {}", super::read::reason(&error));
                send(&outbox, Msg::Said(Notice { text, grade: Grade::Error }));
            }
        };
        self.away("open it", work);
    }

    /// Gives text to the program that keeps the user's clipboard, away from the loop: it may take its time.
    pub fn copy(&self, program: Vec<String>, text: String) {
        let outbox = self.outbox.clone();
        self.away("copy it", move || {
            if let Err(text) = clipboard::give_to(&program, &text) {
                send(&outbox, Msg::Said(Notice { text, grade: Grade::Error }));
            }
        });
    }

    /// Does work on a thread of its own. A system that has none left ends nothing but that.
    fn away(&self, what: &str, work: impl FnOnce() + Send + 'static) {
        if let Err(error) = std::thread::Builder::new().spawn(work) {
            let reason = super::read::reason(&error);
            self.say(&format!("cannot {what}: {reason}"), Grade::Error);
        }
    }

    fn say(&self, text: &str, grade: Grade) {
        send(&self.outbox, Msg::Said(Notice { text: text.to_owned(), grade }));
    }
}

/// What a panicking job left behind is replaced as a whole, never half changed.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends a message to the loop. When the loop is gone the program is ending, and nobody listens.
pub fn send(outbox: &Outbox, msg: Msg) {
    outbox.send(Event::Msg(msg)).ok();
}

#[cfg(test)]
mod tests;
