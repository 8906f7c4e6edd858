//! Watching a wiki: what others change in its folder is on the screen a moment later, at the cost of what changed.
//! Notices of the system only name places where to look; what is there now is asked of the disk, so that neither
//! their order nor the loss of one matters. Knows nothing of the screen: it tells the model once a batch.
//!
//! | file | subject |
//! |---|---|
//! | `system` | the notices of the operating system |
//! | `gather` | many notices as one batch |
//! | `rules` | whether a file belongs to the wiki, by its path |
//! | `links` | which links lead to a file that was written |
//! | `look` | what became of the places that were named |
//! | `renames` | which of the pages that are gone have another path now |
//! | `mounts` | whether the system notices what happens there at all |
//! | `poll` | when to look where it does not |

mod gather;
mod links;
mod look;
mod mounts;
mod poll;
mod renames;
mod rules;
mod system;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;

use super::effects::{Built, lock, send};
use super::files::{FileEntry, Files};
use super::worker::{Outbox, Queue};
use super::{clock, scan, settings};
use crate::app::Msg;
use crate::app::model::{Grade, Notice};
use crate::app::msg::Changes;
use crate::index::{Change, Index};
use crate::vault::PagePath;
use gather::Dirty;
use links::Links;
use look::Look;
use poll::Poll;
use system::{Notices, Refused, Seen, System};

/// From so many files on their reading is told on the status line.
const MANY: usize = 500;

/// What was written so long before a notice was lost may have been missed, in milliseconds.
const LOST_MS: i64 = 10_000;

const GONE: &str = "The wiki's folder is not there (moved or unmounted?): what was read stays";
const BACK: &str = "The wiki's folder is there again";
const LOST: &str = "Too much changed at once to be told of: the wiki was compared with the disk";
const TOO_MANY: &str = "The system watches no more folders (fs.inotify.max_user_watches): \
                        changes are looked for now and then";
const UNWATCHED: &str = "This wiki cannot be watched: changes are looked for now and then";
const SETTINGS: &str = "The wiki's own settings changed: they count from the next start on";

/// Watches one wiki. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Watch(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    files: Files,
    /// The wiki's folder, or that of its only file.
    folder: PathBuf,
    scan: Arc<Queue>,
    built: Arc<Mutex<Built>>,
    dirty: Mutex<Dirty>,
    state: Mutex<State>,
    /// The page that was opened last, as it was before that.
    opened: Mutex<Option<FileEntry>>,
    /// When to look; `None` where the system tells of changes.
    poll: Mutex<Option<Poll>>,
    /// To whoever gathers notices; empty before the beginning.
    seen: OnceLock<Sender<Seen>>,
}

/// What only the scanning worker touches.
#[derive(Debug, Default)]
struct State {
    /// `None` before the beginning, and where the system gives no notices.
    system: Option<Box<dyn Notices>>,
    begun: bool,
    /// Whether some folders, or all, are not watched.
    is_partial: bool,
    /// Whether the folder was not there when it was last looked at.
    gone: bool,
    /// What was said and is not said again.
    told: BTreeSet<&'static str>,
    /// What is watched above the folder while that is gone.
    above: Option<PathBuf>,
    links: Links,
    /// What could not be looked at when all was compared; `None` before that.
    problems: Option<Vec<String>>,
}

impl Watch {
    /// A watch that has not begun; `None` where nothing can change.
    #[must_use]
    pub(super) fn new(files: &Files, scan: &Arc<Queue>, built: &Arc<Mutex<Built>>) -> Option<Self> {
        let folder = match files {
            Files::Folder { root, .. } => root.clone(),
            Files::Single { file, .. } => file.parent()?.to_owned(),
            Files::Text { .. } | Files::Sample => return None,
        };
        Some(Self(Arc::new(Shared {
            files: files.clone(),
            folder,
            scan: Arc::clone(scan),
            built: Arc::clone(built),
            dirty: Mutex::default(),
            state: Mutex::default(),
            opened: Mutex::default(),
            poll: Mutex::default(),
            seen: OnceLock::new(),
        })))
    }

    /// Begins to watch, and compares the wiki with what was read before that. On the scanning worker.
    pub(super) fn begin(&self, out: &Outbox) {
        lock(&self.0.dirty).all = true;
        self.look(out);
    }

    /// A page is about to be read for the screen.
    pub(super) fn opens(&self, path: &PagePath) {
        *lock(&self.0.opened) = self.on_disk(path);
    }

    fn on_disk(&self, path: &PagePath) -> Option<FileEntry> {
        Some(scan::entry(&self.0.files.on_disk(path)?, path.clone()))
    }

    /// The page that was opened last, if it was written since: the index may have been told of that before anybody
    /// looked after the page. It is told once, be it read again or not.
    fn overlooked(&self) -> Option<PagePath> {
        let mut opened = lock(&self.0.opened);
        let opened = opened.as_mut()?;
        let now = self.on_disk(&opened.path)?;
        if now == *opened {
            return None;
        }
        *opened = now;
        Some(opened.path.clone())
    }

    /// A key was pressed: where the system does not tell of changes, this is a time to look for them.
    pub(super) fn used(&self) {
        let due = lock(&self.0.poll).as_mut().and_then(|poll| poll.key(Instant::now()));
        self.later(due);
    }

    /// Has the wiki compared with the disk at that time.
    fn later(&self, due: Option<Instant>) {
        if let Some((due, seen)) = due.zip(self.0.seen.get()) {
            // Nobody gathers where the system gave no thread: `R` reads everything.
            seen.send(Seen::Due(due)).ok();
        }
    }

    /// Has the scanning worker look at what may have changed.
    fn dirty(&self, more: Dirty) {
        let mut dirty = lock(&self.0.dirty);
        let is_first = dirty.is_empty();
        dirty.add(more);
        drop(dirty);
        // A job that waits takes all.
        if is_first {
            let watch = self.clone();
            self.0.scan.submit(move |out| watch.look(out));
        }
    }

    /// Looks at what may have changed, and tells the model.
    fn look(&self, out: &Outbox) {
        let shared = &*self.0;
        let mut dirty = std::mem::take(&mut *lock(&shared.dirty));
        // Without an index the whole wiki is about to be read.
        let Some(index) = lock(&shared.built).index.clone() else { return };
        let mut state = lock(&shared.state);
        if dirty.is_empty() && state.begun {
            return;
        }
        let started = Instant::now();
        if !state.begun {
            self.start(&mut state, out);
            dirty.all = true;
        }
        dirty.all |= state.gone;
        let mut changed = false;
        if self.is_there() {
            changed = self.compare(&mut state, &index, &dirty, out);
        } else {
            self.lose(&mut state, out);
            // It may have come back before that was watched for.
            if self.is_there() {
                self.dirty(Dirty { all: true, ..Dirty::default() });
            }
        }
        let mut poll = lock(&shared.poll);
        if !(state.is_partial || state.gone) {
            *poll = None;
        } else if poll.is_none() || dirty.all || dirty.lost {
            let now = Instant::now();
            let poll = poll.get_or_insert_with(|| Poll::new(now));
            self.later(Some(poll.done(now, now - started, changed)));
        }
    }

    /// Has the system tell of changes from now on.
    fn start(&self, state: &mut State, out: &Outbox) {
        state.begun = true;
        let (seen, notices) = channel();
        self.0.seen.set(seen.clone()).ok();
        let watch = self.clone();
        gather::start(notices, move |dirty| watch.dirty(dirty));
        if let Ok(system) = System::new(seen.clone()) {
            state.system = Some(Box::new(system));
            state.is_partial = mounts::is_network(&self.0.folder);
            let folder = self.0.folder.clone();
            // Of what is mounted over a folder no other notice tells.
            mounts::watch(self.0.folder.clone(), move || {
                seen.send(Seen::At(folder.clone())).is_ok()
            });
        } else {
            state.is_partial = true;
            state.say_once(UNWATCHED, out);
        }
    }

    /// Compares what may have changed with the disk; whether something had.
    fn compare(&self, state: &mut State, index: &Arc<Index>, dirty: &Dirty, out: &Outbox) -> bool {
        if dirty.paths.contains(&self.0.folder.join(settings::WIKI_CONFIG)) {
            say(out, SETTINGS, Grade::Warning);
        }
        let mut refused = None;
        let mut problems = None;
        let changes = {
            let State { system, links, .. } = state;
            let mut on_folder = |folder: &Path| {
                let Some(system) = system else { return };
                if refused.is_none()
                    && let Err(why) = system.watch(folder)
                {
                    refused = Some(why);
                }
            };
            let reading = |files: usize| {
                if files >= MANY {
                    send(out, Msg::Reading(files));
                }
            };
            let mut look = Look {
                files: &self.0.files,
                index,
                on_folder: &mut on_folder,
                reading: &reading,
                trusted_ms: if dirty.lost { clock::now_ms() - LOST_MS } else { i64::MAX },
                links,
                problems: &mut problems,
            };
            look.at(dirty)
        };
        // Another file system may have been mounted there.
        state.is_partial |= dirty.all && mounts::is_network(&self.0.folder);
        if let Some(system) = &mut state.system {
            let above = if dirty.all { state.above.take() } else { None };
            let all = dirty.all.then_some(&self.0.folder);
            let places = dirty.paths.iter().chain(all).chain(&above);
            system.forget_gone(&places.map(PathBuf::as_path).collect::<Vec<_>>());
        }
        match refused {
            Some(Refused::TooMany) => {
                state.is_partial = true;
                state.say_once(TOO_MANY, out);
            }
            Some(Refused::Other) => {
                state.is_partial = true;
                state.say_once(UNWATCHED, out);
            }
            None => {}
        }
        if dirty.lost {
            state.say_once(LOST, out);
        }
        state.say_problems(problems, out);
        let overlooked = if dirty.all { self.overlooked() } else { None };
        if changes.is_empty() && overlooked.is_none() {
            state.find(out);
            return false;
        }
        let renamed = renames::find(index, &changes);
        let paths = changes.iter().map(path_of).cloned().chain(overlooked).collect();
        let mut newer = Index::clone(index);
        newer.apply_all_by(changes, &scan::Threads);
        if newer.paths().next().is_none() {
            // Whoever deletes every file, or unmounts what was there, does not want to lose what is on the screen.
            send(out, Msg::Reading(0));
            self.lose(state, out);
            return false;
        }
        state.find(out);
        let newer = Arc::new(newer);
        let mut built = lock(&self.0.built);
        // Who asked for all anew meanwhile gets that.
        if built.index.is_some() {
            built.index = Some(Arc::clone(&newer));
        }
        drop(built);
        send(out, Msg::Changed(Changes { index: newer, paths, renamed }));
        true
    }

    /// The folder is gone, or without a file: nothing is changed, and what comes there has it looked for.
    fn lose(&self, state: &mut State, out: &Outbox) {
        if let Some(system) = &mut state.system {
            // Another folder may be there next time.
            system.forget_gone(&[&self.0.folder]);
            let above = self.0.folder.ancestors().skip(1).find(|above| above.is_dir());
            state.above = above.map(Path::to_owned);
            for folder in above.into_iter().chain([&*self.0.folder]) {
                // Where it is not watched it is looked for now and then.
                system.watch(folder).ok();
            }
            // From the next look on these are as old as any.
            system.forget_gone(&[]);
        }
        if !std::mem::replace(&mut state.gone, true) {
            say(out, GONE, Grade::Warning);
        }
    }

    fn is_there(&self) -> bool {
        match &self.0.files {
            Files::Single { file, .. } => file.is_file(),
            _ => std::fs::read_dir(&self.0.folder).is_ok(),
        }
    }
}

impl State {
    /// The folder is there.
    fn find(&mut self, out: &Outbox) {
        if std::mem::take(&mut self.gone) {
            say(out, BACK, Grade::Done);
        }
    }

    /// Says what could not be looked at and could before. What it was at the start was said when the wiki was listed.
    fn say_problems(&mut self, problems: Option<Vec<String>>, out: &Outbox) {
        let Some(problems) = problems else { return };
        if let Some(before) = self.problems.replace(problems.clone())
            && let Some(new) = problems.iter().find(|problem| !before.contains(problem))
        {
            say(out, new, Grade::Warning);
        }
    }

    /// Says what is no news a second time.
    fn say_once(&mut self, text: &'static str, out: &Outbox) {
        if self.told.insert(text) {
            say(out, text, Grade::Warning);
        }
    }
}

fn path_of(change: &Change) -> &PagePath {
    match change {
        Change::Put(page) => &page.path,
        Change::Remove(path) | Change::Attachment(path) => path,
    }
}

fn say(out: &Outbox, text: &str, grade: Grade) {
    send(out, Msg::Said(Notice { text: text.to_owned(), grade }));
}

#[cfg(all(test, unix))]
mod tests;
