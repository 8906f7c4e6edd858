//! Many notices as one batch: the first wakes, the others are waited for until it is quiet. Sleeps without a clock
//! while nothing happens, unless somebody asked to be woken.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvError, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::system::Seen;

/// After so long without a notice a batch is whole: longer than an editor takes between the steps of one save.
const QUIET: Duration = Duration::from_millis(15);

/// A batch is not gathered for longer: who writes for minutes is shown meanwhile.
const LONGEST: Duration = Duration::from_millis(120);

/// Where to look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dirty {
    /// Places that were named.
    pub(super) paths: BTreeSet<PathBuf>,
    /// The whole wiki is to be compared.
    pub(super) all: bool,
    /// Notices were lost: as [`Self::all`], and what was written lately is read.
    pub(super) lost: bool,
}

impl Dirty {
    /// Whether there is nothing to look at.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what another one names.
    pub(super) fn add(&mut self, more: Self) {
        let Self { paths, all, lost } = more;
        self.paths.extend(paths);
        self.all |= all;
        self.lost |= lost;
    }

    /// Adds what was noticed.
    fn see(&mut self, seen: Seen, due: &mut Option<Instant>) {
        match seen {
            Seen::At(path) => drop(self.paths.insert(path)),
            Seen::Lost => self.lost = true,
            Seen::Due(at) => *due = Some(at),
        }
    }
}

/// Gives each batch to `whole`, on a thread of its own, until nobody notices anything any more.
pub(super) fn start(notices: Receiver<Seen>, whole: impl Fn(Dirty) + Send + 'static) {
    let gather = move || {
        let mut due = None;
        while let Some(dirty) = next(&notices, &mut due, QUIET, LONGEST) {
            whole(dirty);
        }
    };
    // Without that thread the wiki is as one that is not watched.
    std::thread::Builder::new().name("gather".to_owned()).spawn(gather).ok();
}

/// Waits for the next batch, or until all is `due`; `None` at the end.
fn next(
    notices: &Receiver<Seen>,
    due: &mut Option<Instant>,
    quiet: Duration,
    longest: Duration,
) -> Option<Dirty> {
    let mut dirty = Dirty::default();
    while dirty.is_empty() {
        match wait(notices, *due) {
            Ok(seen) => dirty.see(seen, due),
            Err(RecvTimeoutError::Timeout) => {
                *due = None;
                return Some(Dirty { all: true, ..dirty });
            }
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    let end = Instant::now() + longest;
    loop {
        let wait = quiet.min(end.saturating_duration_since(Instant::now()));
        match notices.recv_timeout(wait) {
            Ok(seen) => dirty.see(seen, due),
            // The end is told of when the next batch is asked for.
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Some(dirty),
        }
        if wait.is_zero() {
            return Some(dirty);
        }
    }
}

/// The next notice, if it comes before `end`.
fn wait(notices: &Receiver<Seen>, end: Option<Instant>) -> Result<Seen, RecvTimeoutError> {
    match end {
        Some(end) => notices.recv_timeout(end.saturating_duration_since(Instant::now())),
        None => notices.recv().map_err(|RecvError| RecvTimeoutError::Disconnected),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    const HOUR: Duration = Duration::from_secs(3_600);

    fn at(path: &str) -> Seen {
        Seen::At(path.into())
    }

    #[test]
    fn what_comes_before_it_is_quiet_is_one_batch() {
        let check = |seen: &[Seen], paths: &[&str], lost: bool| {
            let (sender, notices) = channel();
            for seen in seen {
                sender.send(seen.clone()).expect("it is read below");
            }
            // The end of all notices is as quiet as it gets.
            drop(sender);
            let batch = next(&notices, &mut None, HOUR, HOUR).expect("there is a batch");
            let paths = paths.iter().map(PathBuf::from).collect();
            assert_eq!(batch, Dirty { paths, lost, ..Dirty::default() });
            assert_eq!(next(&notices, &mut None, HOUR, HOUR), None);
        };
        check(&[at("/w/a.md")], &["/w/a.md"], false);
        check(&[at("/w/a.md"), at("/w/b"), at("/w/a.md")], &["/w/a.md", "/w/b"], false);
        check(&[at("/w/a.md"), Seen::Lost], &["/w/a.md"], true);
    }

    #[test]
    fn a_stream_of_notices_without_end_is_cut_into_batches() {
        let (sender, notices) = channel();
        for nth in 0..3 {
            sender.send(at(&nth.to_string())).expect("it is read below");
        }
        let paths = |batch: Option<Dirty>| batch.expect("there is a batch").paths.len();
        // The time for a batch is over with its first notice, so that it holds one more at most.
        let all = [(); 2].map(|()| paths(next(&notices, &mut None, HOUR, Duration::ZERO)));
        assert_eq!(all, [2, 1]);
    }

    #[test]
    fn what_is_due_is_compared_once_and_the_last_word_counts() {
        let (sender, notices) = channel();
        let send = |seen| sender.send(seen).expect("it is read below");
        let now = Instant::now();
        send(Seen::Due(now + HOUR));
        send(at("/w/a.md"));
        let mut due = None;
        let mut batch = || next(&notices, &mut due, Duration::ZERO, Duration::ZERO);
        let paths = [PathBuf::from("/w/a.md")].into();
        assert_eq!(batch(), Some(Dirty { paths, ..Dirty::default() }));
        send(Seen::Due(now));
        assert_eq!(batch(), Some(Dirty { all: true, ..Dirty::default() }));
        drop(sender);
        assert_eq!(batch(), None, "no more of it");
    }
}
