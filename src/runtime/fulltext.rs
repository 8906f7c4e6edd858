//! Full text over the files: pages are looked through in the order of their rank, on as many threads as there
//! are cores, and told in that order, but for those that hold only parts of words (`turns`). Keeps no texts: what stays
//! from a search is how the pages rank, and of each page that was read a signature, which saves reading it for a word
//! that it cannot hold. Signatures are kept from one start to the next.

mod turns;

use std::collections::{BTreeMap, HashSet};
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use super::cache::{CLOCK_TICK_MS, Cache, LEAST_KEPT};
use super::files::Files;
use super::{clock, scan, worker};
use crate::app::msg::{Looked, PageHits, SearchEnd};
use crate::index::{Index, Page, PageId};
use crate::markdown::recover::PageText;
use crate::search::edges::Fit;
use crate::search::fulltext::rank::{Candidate, Standing};
use crate::search::fulltext::signature::Signature;
use crate::search::fulltext::signatures::Signatures;
use crate::search::fulltext::{Hit, TextSearch};
use crate::text::date::Date;
use turns::Turns;

/// Most lines of one page that are listed and stepped through.
const LINES_A_PAGE: usize = 50;
/// Most pages that are listed: the best ones. Nobody goes through more, and a common word stands on nearly
/// every page.
const MOST_PAGES: usize = 1_000;
/// With so many pages the first screen is full.
const FIRST_PAGES: usize = 16;
/// After the first screen hits are told in parts, so far apart.
const TOLD_EVERY: Duration = Duration::from_millis(25);
/// Without hits it is told so often how far the search has come.
const PROGRESS_EVERY: Duration = Duration::from_millis(100);
/// Pages that a thread takes at once.
const RUN: usize = 16;

/// What is known from the searches before.
#[derive(Debug, Default)]
pub struct Known {
    /// How all pages stand, for the index of that revision.
    standing: (u64, Standing),
    /// For the same index.
    signatures: Signatures,
    /// Where signatures are kept; `None` where they are not.
    cache: Option<Cache>,
    /// Whether those that were kept were asked for.
    loaded: bool,
    /// Signatures of pages that were last written after this are not kept, milliseconds since 1970-01-01 UTC: they may
    /// have been written again, with the same time, after they were first read.
    until_ms: Option<i64>,
    /// So many are to be kept and are not yet.
    unkept: usize,
}

/// What a page says to a search.
pub struct Found {
    /// The page.
    pub page: PageId,
    /// Its hits in order; why it could not be read.
    pub hits: Result<Vec<Hit>, String>,
}

/// Which text is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// As the program shows the page; lines are those of the file.
    Shown,
    /// As it stands in the file.
    Written,
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// On.
    On,
    /// No more is wanted.
    Stop,
}

/// What is searched for, and where.
pub struct Search<'a> {
    /// The wiki's files.
    pub files: &'a Files,
    /// What is known of the pages.
    pub index: &'a Index,
    /// What is looked for.
    pub search: &'a TextSearch,
    /// The pages to look at, in the order in which they are told; of [`Known::order`] for the same index.
    pub pages: &'a [Candidate],
    /// Which text of them.
    pub face: Face,
    /// Most hits of one page.
    pub lines_a_page: usize,
}

impl Known {
    /// Knows nothing yet. Signatures are kept in `cache`, and asked for there.
    #[must_use]
    pub fn kept_in(cache: Option<Cache>) -> Self {
        Self { cache, ..Self::default() }
    }

    /// Gets to know what a search in that index needs, whatever it looks for.
    pub fn prepare(&mut self, index: &Index, today: Date) {
        if self.standing.0 == index.revision() {
            return;
        }
        self.signatures.settle(index);
        if !std::mem::replace(&mut self.loaded, true)
            && let Some(cache) = self.cache_for(index)
        {
            self.signatures = cache.signatures(index).unwrap_or_default();
        }
        self.standing = (index.revision(), Standing::of(index, today));
    }

    /// The cache, where what is known of that index is kept.
    fn cache_for(&self, index: &Index) -> Option<&Cache> {
        self.cache.as_ref().filter(|_| index.len() >= LEAST_KEPT)
    }

    /// The pages to look through, the best first.
    pub fn order(
        &mut self,
        search: &TextSearch,
        index: &Index,
        today: Date,
        within: Option<&HashSet<PageId>>,
    ) -> Vec<Candidate> {
        self.prepare(index, today);
        search.order(index, today, &self.standing.1, within)
    }

    /// Keeps the signatures for the next start, where many are new. Gives up once `overtaken` says that a search waits.
    pub fn keep(&mut self, index: &Index, overtaken: impl Fn() -> bool) {
        if self.unkept <= index.len() / 100 {
            return;
        }
        if let (Some(cache), Some(until_ms)) = (self.cache_for(index), self.until_ms) {
            let kept = cache.keep_signatures(&self.signatures, index, until_ms, &overtaken);
            // After the search that waits it is tried again; on a full disk it is not.
            if kept.is_ok() || !overtaken() {
                self.unkept = 0;
            }
        }
    }
}

/// What a thread made of a run of pages.
struct Run {
    nth: usize,
    /// With how much of words its hits are; a page that cannot be read does not wait.
    found: Vec<(Found, Fit)>,
    signatures: Vec<(PageId, Signature<'static>)>,
}

impl Search<'_> {
    /// Looks through the pages. Those with hits, and those that cannot be read, are told in the order of `pages`,
    /// parts of words after words: each call of `tell` with what is next, and with nothing where nothing is, so that
    /// it can stop a search that nobody waits for; and with how many pages were looked through.
    pub fn run(&self, known: &mut Known, mut tell: impl FnMut(Vec<Found>, usize) -> Go) {
        let next = AtomicUsize::new(0);
        let enough = AtomicBool::new(false);
        let (send, runs) = channel::<Run>();
        let seen: &Known = known;
        let until_ms = known.until_ms.unwrap_or_else(|| clock::now_ms() - CLOCK_TICK_MS);
        let (mut signatures, mut unkept) = (Signatures::default(), 0);
        std::thread::scope(|scope| {
            let (next, enough) = (&next, &enough);
            let threads: Vec<_> = (0..scan::threads())
                .map(|_| {
                    let send = send.clone();
                    scope.spawn(move || self.work(next, enough, seen, &send))
                })
                .collect();
            drop(send);
            // Whatever happens here, the threads must not go on for nothing.
            let _stop = Stop(enough);
            let mut early = BTreeMap::new();
            let mut awaited = 0;
            let mut turns = Turns::default();
            for run in runs {
                for (page, signature) in run.signatures {
                    let Some(page) = self.index.page(page) else { continue };
                    unkept += usize::from(page.modified_ms <= until_ms);
                    signatures.add(page, &signature);
                }
                early.insert(run.nth, run.found);
                let mut found = Vec::new();
                while let Some(next) = early.remove(&awaited) {
                    found.extend(turns.after(awaited, next));
                    awaited += 1;
                }
                let looked = (awaited * RUN).min(self.pages.len());
                if !enough.load(Ordering::Relaxed) && tell(found, looked) == Go::Stop {
                    enough.store(true, Ordering::Relaxed);
                }
            }
            if !enough.load(Ordering::Relaxed) {
                tell(turns.rest(), self.pages.len());
            }
            for thread in threads {
                thread.join().unwrap_or_else(|panic| resume_unwind(panic));
            }
        });
        known.until_ms = Some(until_ms);
        known.unkept += unkept;
        known.signatures.append(&signatures);
    }

    /// What each thread does: takes the next run of pages until there is none, or enough was found.
    fn work(&self, next: &AtomicUsize, enough: &AtomicBool, known: &Known, send: &Sender<Run>) {
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            let Some(pages) = self.pages.get(nth * RUN..).filter(|pages| !pages.is_empty()) else {
                return;
            };
            let mut run = Run { nth, found: Vec::new(), signatures: Vec::new() };
            for page in pages.iter().take(RUN) {
                if enough.load(Ordering::Relaxed) {
                    return;
                }
                self.look(*page, known, &mut run);
            }
            if send.send(run).is_err() {
                return;
            }
        }
    }

    /// Looks at one page, if it can hold what is looked for.
    fn look(&self, candidate: Candidate, known: &Known, run: &mut Run) {
        let id = candidate.page;
        let signature = known.signatures.of(id);
        if signature.as_ref().is_some_and(|signed| !self.search.may_match(candidate, signed)) {
            return;
        }
        let Some(page) = self.index.page(id) else { return };
        // Who searches files as they are written searches once: signatures are for the next time only.
        let is_of_use = self.face == Face::Shown || known.cache_for(self.index).is_some();
        let sign = signature.is_none() && is_of_use;
        // A fault over one page must not take the others with it.
        let looked = worker::guarded(|| self.hits_on(page, candidate, sign));
        let fault = || Err("a fault in this program keeps it from being searched".to_owned());
        match looked.unwrap_or_else(fault) {
            Ok((hits, fit, new)) => {
                run.signatures.extend(new.map(|signature| (id, signature)));
                if !hits.is_empty() {
                    run.found.push((Found { page: id, hits: Ok(hits) }, fit));
                }
            }
            Err(reason) => run.found.push((Found { page: id, hits: Err(reason) }, Fit::Word)),
        }
    }

    /// The hits on a page, and how much of words they are; its signature where that is wanted.
    fn hits_on(
        &self,
        page: &Page,
        candidate: Candidate,
        sign: bool,
    ) -> Result<(Vec<Hit>, Fit, Option<Signature<'static>>), String> {
        let find = |text: &str| {
            let hits = self.search.find_in(&page.title, text, self.lines_a_page);
            let fit = if hits.is_empty() { Fit::Word } else { self.search.fit(candidate, text) };
            (hits, fit)
        };
        if self.face == Face::Written && !sign {
            let (hits, fit) = find(&self.files.read(&page.path)?.text);
            return Ok((hits, fit, None));
        }
        let PageText { text, recovery } = self.files.page(&page.path)?;
        let Some(recovery) = recovery else {
            let (hits, fit) = find(&text);
            return Ok((hits, fit, sign.then(|| Signature::of(&text))));
        };
        let (hits, fit) = if self.face == Face::Written {
            find(&recovery.written)
        } else {
            let (mut hits, fit) = find(&text);
            for hit in &mut hits {
                hit.line = 1 + recovery.written_line(hit.line.saturating_sub(1));
            }
            (hits, fit)
        };
        // One for both faces.
        Ok((hits, fit, sign.then(|| Signature::of(&(text + "\n" + &recovery.written)))))
    }
}

/// Says that it is enough once it is dropped.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Known {
    /// Searches for the program: the best pages, the first screen of them as soon as it is full, the rest in parts.
    /// `tell` is given the hits, how far the search has come, and with the last ones how it ended; also where it
    /// failed, so that nobody waits for ever.
    pub fn search(
        &mut self,
        files: &Files,
        index: &Index,
        (typed, within): (&str, Option<&HashSet<PageId>>),
        today: Date,
        overtaken: impl Fn() -> bool,
        mut tell: impl FnMut(Vec<PageHits>, Looked, Option<SearchEnd>),
    ) {
        let Ok(search) = TextSearch::new(typed) else { return };
        let mut looked = Looked::default();
        let ended = worker::guarded(|| {
            let pages = self.order(&search, index, today, within);
            looked.of = pages.len();
            let job = Search {
                files,
                index,
                search: &search,
                pages: &pages,
                face: Face::Shown,
                // One more tells whether there are more.
                lines_a_page: LINES_A_PAGE + 1,
            };
            job.tell(self, &mut looked, &overtaken, &mut tell);
        });
        if ended.is_none() {
            // It may be half changed.
            *self = Self::kept_in(self.cache.take());
            tell(Vec::new(), looked, Some(SearchEnd { failed: true, ..SearchEnd::default() }));
        }
    }
}

impl Search<'_> {
    fn tell(
        &self,
        known: &mut Known,
        at: &mut Looked,
        overtaken: &impl Fn() -> bool,
        tell: &mut impl FnMut(Vec<PageHits>, Looked, Option<SearchEnd>),
    ) {
        let mut waiting = Vec::new();
        let mut end = SearchEnd::default();
        let (mut listed, mut told, began) = (0, None::<Instant>, Instant::now());
        self.run(known, |found, looked| {
            if overtaken() {
                return Go::Stop;
            }
            at.pages = looked;
            for Found { page, hits } in found {
                match hits {
                    Ok(_) if listed == MOST_PAGES => {
                        end.cut = true;
                        return Go::Stop;
                    }
                    Ok(mut hits) => {
                        listed += 1;
                        let more = hits.len() > LINES_A_PAGE;
                        hits.truncate(LINES_A_PAGE);
                        if let Some(page) = self.index.page(page) {
                            waiting.push(PageHits { page: page.path.clone(), hits, more });
                        }
                    }
                    Err(_) => end.unread += 1,
                }
            }
            let is_first = told.is_none();
            let since = told.unwrap_or(began).elapsed();
            let due = since >= PROGRESS_EVERY
                || waiting.len() >= FIRST_PAGES && (is_first || since >= TOLD_EVERY);
            if due {
                told = Some(Instant::now());
                tell(std::mem::take(&mut waiting), *at, None);
            }
            Go::On
        });
        if !overtaken() {
            tell(waiting, *at, Some(end));
        }
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_keeping;
