//! Workers: a thread with a queue of jobs. A job that panics becomes a notice, not a dead program.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::app::Msg;
use crate::app::failed::Job;
use crate::theme::Ground;

/// What the loop receives: messages for the model, and the loop's own affairs.
#[derive(Debug)]
pub enum Event {
    /// For the model.
    Msg(Msg),
    /// Keys, clicks and sizes, as many as waited; the sender waits until they were taken in.
    Input(Vec<crossterm::event::Event>),
    /// The terminal answered which colour its ground is; `None` if that makes no sense.
    Ground(Option<Ground>),
    /// The terminal cannot be read any more.
    InputLost,
    /// A signal asks for something.
    Signal(i32),
}

/// Where workers send their answers.
pub type Outbox = Sender<Event>;

/// What a job does: its work, and sending its answers.
pub type Work = Box<dyn FnOnce(&Outbox) + Send>;

/// A worker with one waiting place: a new job takes the place of one that has not begun, and the
/// running one can see that it was overtaken. Its thread starts with the first job.
#[derive(Debug, Clone)]
pub struct Newest {
    job: Job,
    outbox: Outbox,
    shared: Arc<Shared>,
}

struct Shared {
    waiting: Mutex<Option<Work>>,
    woken: Condvar,
    latest: AtomicU64,
    has_thread: AtomicBool,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("latest", &self.latest).finish_non_exhaustive()
    }
}

/// Tells a running job whether a newer one waits.
#[derive(Debug, Clone)]
pub struct Overtaken {
    shared: Arc<Shared>,
    mine: u64,
}

impl Overtaken {
    /// Whether a newer job was given to the same worker.
    #[must_use]
    pub fn yes(&self) -> bool {
        self.shared.latest.load(Ordering::Relaxed) != self.mine
    }
}

impl Newest {
    /// A worker without a job yet.
    #[must_use]
    pub fn new(job: Job, outbox: Outbox) -> Self {
        let shared = Arc::new(Shared {
            waiting: Mutex::new(None),
            woken: Condvar::new(),
            latest: AtomicU64::new(0),
            has_thread: AtomicBool::new(false),
        });
        Self { job, outbox, shared }
    }

    fn start(&self) -> io::Result<()> {
        let (job, outbox, shared) = (self.job, self.outbox.clone(), Arc::clone(&self.shared));
        spawn(job.name(), move || {
            loop {
                let mut waiting = shared.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                let work = loop {
                    if let Some(work) = waiting.take() {
                        break work;
                    }
                    waiting = shared.woken.wait(waiting).unwrap_or_else(PoisonError::into_inner);
                };
                drop(waiting);
                run(job, work, &outbox);
            }
        })
    }

    /// Gives it a job in place of the one that waits.
    pub fn submit(&self, job: impl FnOnce(&Outbox, &Overtaken) + Send + 'static) {
        let mine = self.shared.latest.fetch_add(1, Ordering::Relaxed) + 1;
        let overtaken = Overtaken { shared: Arc::clone(&self.shared), mine };
        let work: Work = Box::new(move |outbox| job(outbox, &overtaken));
        let waiting = || self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting() = Some(work);
        if !self.shared.has_thread.swap(true, Ordering::Relaxed) && self.start().is_err() {
            // A system that gives no thread now may give one later.
            self.shared.has_thread.store(false, Ordering::Relaxed);
            *waiting() = None;
            fail(self.job, &self.outbox);
        }
        self.shared.woken.notify_one();
    }
}

/// A worker that does every job in turn.
/// Its thread starts with the first job.
#[derive(Debug)]
pub struct Queue {
    job: Job,
    outbox: Outbox,
    jobs: Mutex<Option<Sender<WorkBox>>>,
}

struct WorkBox(Work);

impl std::fmt::Debug for WorkBox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Work")
    }
}

impl Queue {
    /// A worker without a job yet.
    #[must_use]
    pub fn new(job: Job, outbox: Outbox) -> Self {
        Self { job, outbox, jobs: Mutex::new(None) }
    }

    fn start(&self) -> io::Result<Sender<WorkBox>> {
        let (job, outbox) = (self.job, self.outbox.clone());
        let (jobs, queue): (Sender<WorkBox>, Receiver<WorkBox>) = channel();
        spawn(job.name(), move || {
            for WorkBox(work) in queue {
                run(job, work, &outbox);
            }
        })?;
        Ok(jobs)
    }

    /// Adds a job.
    pub fn submit(&self, job: impl FnOnce(&Outbox) + Send + 'static) {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        if jobs.is_none() {
            *jobs = self.start().ok();
        }
        match &*jobs {
            // The receiver lives as long as the process; if it is gone, so is the screen.
            Some(jobs) => drop(jobs.send(WorkBox(Box::new(job)))),
            None => fail(self.job, &self.outbox),
        }
    }
}

/// The result of `work`; `None` if it panicked.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    // What `work` borrows may be half changed; those who call this throw it away.
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn spawn(name: &'static str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    // The stack has the default size: parsing does not recurse, however deep a page is nested.
    std::thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}

fn run(job: Job, work: Work, outbox: &Outbox) {
    if guarded(|| work(outbox)).is_none() {
        fail(job, outbox);
    }
}

fn fail(job: Job, outbox: &Outbox) {
    // Without a loop there is nobody to tell.
    outbox.send(Event::Msg(Msg::Failed(job))).ok();
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::app::model::{Grade, Notice};

    fn say(text: &str) -> Event {
        Event::Msg(Msg::Said(Notice { text: text.to_owned(), grade: Grade::Warning }))
    }

    fn next(events: &Receiver<Event>) -> String {
        match events.recv().expect("the worker answers") {
            Event::Msg(Msg::Said(notice)) => notice.text,
            Event::Msg(Msg::Failed(job)) => format!("{} failed", job.name()),
            event => panic!("{event:?} was never sent"),
        }
    }

    /// Keeps a job running until it is let go.
    fn gate() -> (Sender<()>, Receiver<()>) {
        channel()
    }

    #[test]
    fn a_job_that_panics_is_told_and_the_next_one_is_done() {
        let (outbox, events) = channel();
        let told = "search failed";
        let queue = Queue::new(Job::Search, outbox.clone());
        queue.submit(|_| panic!("on purpose"));
        queue.submit(|out| out.send(say("next")).expect("the test listens"));
        assert_eq!([next(&events), next(&events)], [told, "next"]);

        let newest = Newest::new(Job::Search, outbox);
        newest.submit(|_, _| panic!("on purpose"));
        assert_eq!(next(&events), told);
        newest.submit(|out, _| out.send(say("next")).expect("the test listens"));
        assert_eq!(next(&events), "next");
    }

    #[test]
    fn a_queue_does_every_job_in_turn() {
        let (outbox, events) = channel();
        let queue = Queue::new(Job::Search, outbox);
        for number in 0..100 {
            queue.submit(move |out| out.send(say(&number.to_string())).expect("the test listens"));
        }
        let done: Vec<String> = (0..100).map(|_| next(&events)).collect();
        assert_eq!(done, (0..100).map(|number| number.to_string()).collect::<Vec<_>>());
    }

    #[test]
    fn a_job_that_waits_is_replaced_and_the_running_one_sees_it() {
        let (outbox, events) = channel();
        let newest = Newest::new(Job::Search, outbox);
        let (let_go, held) = gate();
        newest.submit(move |out, overtaken| {
            out.send(say("begun")).expect("the test listens");
            held.recv().expect("the test lets go");
            out.send(say(&format!("overtaken: {}", overtaken.yes()))).expect("the test listens");
        });
        assert_eq!(next(&events), "begun");
        newest.submit(|out, _| out.send(say("replaced")).expect("the test listens"));
        newest.submit(|out, overtaken| {
            out.send(say(&format!("newest: {}", overtaken.yes()))).expect("the test listens");
        });
        let_go.send(()).expect("the job waits");
        assert_eq!([next(&events), next(&events)], ["overtaken: true", "newest: false"]);
    }
}
