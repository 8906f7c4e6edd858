//! The notices of the operating system. On Linux inotify itself: `notify` asks there to be told of every opening of
//! a file too, and a search that reads all pages would fill the queue. Elsewhere `notify`.

use std::path::{Path, PathBuf};
use std::time::Instant;

/// What the system noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// Something happened there.
    At(PathBuf),
    /// Notices were lost.
    Lost,
    /// Nothing yet, but then the whole wiki is to be compared; in place of an earlier one.
    Due(Instant),
}

/// Why a folder is not watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// The system's limit is reached.
    TooMany,
    /// Anything else.
    Other,
}

/// Where notices come from: the system, or a test.
pub(super) trait Notices: Send + std::fmt::Debug {
    /// Watches a folder, but not those in it. One that is watched already may be another one by now.
    ///
    /// # Errors
    /// Why it is not watched. A folder that is not there is no error: it has nothing to tell.
    fn watch(&mut self, folder: &Path) -> Result<(), Refused>;

    /// Watches no more what is at or below `places`, but for what was asked for since this was called last.
    fn forget_gone(&mut self, places: &[&Path]);
}

#[cfg(target_os = "linux")]
pub(super) use linux::System;
#[cfg(not(target_os = "linux"))]
pub(super) use other::System;

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::{BTreeMap, BTreeSet, HashMap};
    use std::io::{self, ErrorKind};
    use std::path::{Path, PathBuf};
    use std::sync::mpsc::Sender;
    use std::sync::{Arc, Mutex};

    use inotify::{EventMask, Inotify, WatchDescriptor, WatchMask, Watches};

    use super::{Notices, Refused, Seen};
    use crate::runtime::effects::lock;

    /// Notices are read in parts of so many bytes.
    const BUFFER: usize = 64 * 1024;

    /// `ENOSPC`: the user watches as many folders as the system allows.
    const NO_SPACE: i32 = 28;

    type Paths = Arc<Mutex<HashMap<WatchDescriptor, PathBuf>>>;

    /// The folders that are watched.
    pub(crate) struct System {
        watches: Watches,
        folders: BTreeMap<PathBuf, WatchDescriptor>,
        /// Those that were asked for since the last [`Self::forget_gone`].
        asked: BTreeSet<PathBuf>,
        /// Where each folder was last seen, for the thread that reads. A folder that was renamed keeps its number.
        paths: Paths,
    }

    impl std::fmt::Debug for System {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("System").field("folders", &self.folders.len()).finish_non_exhaustive()
        }
    }

    impl System {
        /// Watches nothing yet; what is noticed goes to `seen`.
        ///
        /// # Errors
        /// The system gives no notices, or the user has too many programs that ask for them.
        pub(crate) fn new(seen: Sender<Seen>) -> io::Result<Self> {
            let inotify = Inotify::init()?;
            let watches = inotify.watches();
            let paths = Paths::default();
            let mine = Arc::clone(&paths);
            let name = "notices".to_owned();
            std::thread::Builder::new().name(name).spawn(move || read(inotify, &mine, &seen))?;
            Ok(Self { watches, folders: BTreeMap::new(), asked: BTreeSet::new(), paths })
        }

        /// Ends a watch, unless its folder has another path now.
        fn end(&mut self, number: WatchDescriptor, folder: &Path) {
            let mut paths = lock(&self.paths);
            if paths.get(&number).is_some_and(|path| path == folder) {
                paths.remove(&number);
                // It has ended by itself where the folder is no more.
                self.watches.remove(number).ok();
            }
        }
    }

    impl Notices for System {
        fn watch(&mut self, folder: &Path) -> Result<(), Refused> {
            let mask = WatchMask::CREATE
                | WatchMask::DELETE
                | WatchMask::MODIFY
                | WatchMask::CLOSE_WRITE
                | WatchMask::MOVE
                | WatchMask::ATTRIB
                | WatchMask::DELETE_SELF
                | WatchMask::MOVE_SELF
                | WatchMask::ONLYDIR
                | WatchMask::DONT_FOLLOW;
            // Held until the number is known, for its first notice may come at once.
            let mut paths = lock(&self.paths);
            let number = match self.watches.add(folder, mask) {
                Ok(number) => number,
                // A folder that is gone again, or that nobody may look into, has nothing to tell.
                Err(error)
                    if matches!(
                        error.kind(),
                        ErrorKind::NotFound
                            | ErrorKind::NotADirectory
                            | ErrorKind::PermissionDenied
                    ) =>
                {
                    return Ok(());
                }
                Err(error) if error.raw_os_error() == Some(NO_SPACE) => {
                    return Err(Refused::TooMany);
                }
                Err(_) => return Err(Refused::Other),
            };
            paths.insert(number.clone(), folder.to_owned());
            drop(paths);
            self.asked.insert(folder.to_owned());
            if let Some(old) = self.folders.insert(folder.to_owned(), number.clone())
                && old != number
            {
                self.end(old, folder);
            }
            Ok(())
        }

        fn forget_gone(&mut self, places: &[&Path]) {
            let asked = std::mem::take(&mut self.asked);
            for place in places {
                let below = self.folders.range(place.to_path_buf()..).map(|(folder, _)| folder);
                let below = below.take_while(|folder| folder.starts_with(place));
                let gone: Vec<_> =
                    below.filter(|folder| !asked.contains(*folder)).cloned().collect();
                for folder in gone {
                    if let Some(number) = self.folders.remove(&folder) {
                        self.end(number, &folder);
                    }
                }
            }
        }
    }

    /// Reads notices for ever: it sleeps in the system until there are some.
    fn read(mut inotify: Inotify, paths: &Paths, seen: &Sender<Seen>) {
        let mut buffer = vec![0; BUFFER];
        loop {
            let events = match inotify.read_events_blocking(&mut buffer) {
                Ok(events) => events,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(_) => return,
            };
            let mut paths = lock(paths);
            for event in events {
                let what = if event.mask.contains(EventMask::Q_OVERFLOW) {
                    Seen::Lost
                } else {
                    // What has no path was watched until a moment ago.
                    let Some(folder) = paths.get(&event.wd) else { continue };
                    Seen::At(event.name.map_or_else(|| folder.clone(), |name| folder.join(name)))
                };
                if event.mask.contains(EventMask::IGNORED) {
                    paths.remove(&event.wd);
                }
                if seen.send(what).is_err() {
                    return;
                }
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod other {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};
    use std::sync::mpsc::Sender;

    use notify::event::{AccessKind, EventKind};
    use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};

    use super::{Notices, Refused, Seen};

    /// The folders that are watched. These systems watch a whole tree as easily as a folder: the first folder that
    /// is asked for, which is the wiki's, stands for all in it.
    #[derive(Debug)]
    pub(crate) struct System {
        watcher: RecommendedWatcher,
        roots: BTreeSet<PathBuf>,
        asked: BTreeSet<PathBuf>,
    }

    impl System {
        /// As on Linux.
        ///
        /// # Errors
        /// As on Linux.
        pub(crate) fn new(seen: Sender<Seen>) -> notify::Result<Self> {
            let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
                // Nobody listens once the program ends.
                match event {
                    Ok(event) if event.need_rescan() => drop(seen.send(Seen::Lost)),
                    Ok(event) => {
                        let is_reading = matches!(
                            event.kind,
                            EventKind::Access(AccessKind::Open(_) | AccessKind::Read)
                        );
                        for path in event.paths.into_iter().filter(|_| !is_reading) {
                            seen.send(Seen::At(path)).ok();
                        }
                    }
                    Err(_) => drop(seen.send(Seen::Lost)),
                }
            })?;
            Ok(Self { watcher, roots: BTreeSet::new(), asked: BTreeSet::new() })
        }
    }

    impl Notices for System {
        fn watch(&mut self, folder: &Path) -> Result<(), Refused> {
            self.asked.insert(folder.to_owned());
            if self.roots.iter().any(|root| folder.starts_with(root)) {
                return Ok(());
            }
            match self.watcher.watch(folder, RecursiveMode::Recursive) {
                Ok(()) => {
                    self.roots.insert(folder.to_owned());
                    Ok(())
                }
                Err(error) => match error.kind {
                    ErrorKind::MaxFilesWatch => Err(Refused::TooMany),
                    ErrorKind::PathNotFound => Ok(()),
                    _ => Err(Refused::Other),
                },
            }
        }

        fn forget_gone(&mut self, places: &[&Path]) {
            let asked = std::mem::take(&mut self.asked);
            for place in places {
                let gone = |root: &&PathBuf| root.starts_with(place) && !asked.contains(*root);
                let gone: Vec<_> = self.roots.iter().filter(gone).cloned().collect();
                for root in gone {
                    self.watcher.unwatch(&root).ok();
                    self.roots.remove(&root);
                }
            }
        }
    }
}
