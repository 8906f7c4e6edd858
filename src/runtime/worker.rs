//! Workers: a thread with a queue of jobs. A job that panics becomes a notice, not a dead program.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::app::Msg;
use crate::app::model::{Grade, Notice};

/// What the loop receives: messages for the model, and the loop's own affairs.
#[derive(Debug)]
pub enum Event {
    /// For the model.
    Msg(Msg),
    /// Keys, clicks and sizes, as many as waited; the sender waits until they were taken in.
    Input(Vec<crossterm::event::Event>),
    /// The terminal cannot be read any more.
    InputLost,
    /// A signal asks for something.
    Signal(i32),
}

/// Where workers send their answers.
pub type Outbox = Sender<Event>;

/// A job: does its work and sends its answers.
pub type Job = Box<dyn FnOnce(&Outbox) + Send>;

/// A worker with one waiting place: a new job takes the place of one that has not begun, and the
/// running one can see that it was overtaken. Its thread starts with the first job.
#[derive(Debug, Clone)]
pub struct Newest {
    name: &'static str,
    outbox: Outbox,
    shared: Arc<Shared>,
}

struct Shared {
    waiting: Mutex<Option<Job>>,
    woken: Condvar,
    latest: AtomicU64,
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
    pub fn new(name: &'static str, outbox: Outbox) -> Self {
        let shared = Arc::new(Shared {
            waiting: Mutex::new(None),
            woken: Condvar::new(),
            latest: AtomicU64::new(0),
        });
        Self { name, outbox, shared }
    }

    fn start(&self) {
        let (name, outbox, shared) = (self.name, self.outbox.clone(), Arc::clone(&self.shared));
        spawn(name, move || {
            loop {
                let mut waiting = shared.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                let job = loop {
                    if let Some(job) = waiting.take() {
                        break job;
                    }
                    waiting = shared.woken.wait(waiting).unwrap_or_else(PoisonError::into_inner);
                };
                drop(waiting);
                run(name, job, &outbox);
            }
        });
    }

    /// Gives it a job in place of the one that waits.
    pub fn submit(&self, job: impl FnOnce(&Outbox, &Overtaken) + Send + 'static) {
        let mine = self.shared.latest.fetch_add(1, Ordering::Relaxed) + 1;
        if mine == 1 {
            self.start();
        }
        let overtaken = Overtaken { shared: Arc::clone(&self.shared), mine };
        let job: Job = Box::new(move |outbox| job(outbox, &overtaken));
        *self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some(job);
        self.shared.woken.notify_one();
    }
}

/// A worker that does every job in turn.
#[derive(Debug, Clone)]
pub struct Queue {
    jobs: Sender<JobBox>,
}

struct JobBox(Job);

impl std::fmt::Debug for JobBox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Job")
    }
}

impl Queue {
    /// Starts the thread. It sleeps until there is a job.
    #[must_use]
    pub fn start(name: &'static str, outbox: Outbox) -> Self {
        let (jobs, queue): (Sender<JobBox>, Receiver<JobBox>) = channel();
        spawn(name, move || {
            for JobBox(job) in queue {
                run(name, job, &outbox);
            }
        });
        Self { jobs }
    }

    /// Adds a job.
    pub fn submit(&self, job: impl FnOnce(&Outbox) + Send + 'static) {
        // The receiver lives as long as the process; if it is gone, so is the screen.
        self.jobs.send(JobBox(Box::new(job))).ok();
    }
}

fn spawn(name: &'static str, work: impl FnOnce() + Send + 'static) {
    // Deeply nested pages are parsed here; the default of 2 MiB is kept, parsing does not recurse.
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .expect("the system gives a thread at the start");
}

fn run(name: &str, job: Job, outbox: &Outbox) {
    if catch_unwind(AssertUnwindSafe(|| job(outbox))).is_err() {
        let text = format!("something went wrong inside ({name}); nothing was changed");
        outbox.send(Event::Msg(Msg::Said(Notice { text, grade: Grade::Error }))).ok();
    }
}
