//! Hands for the parts of a change that do not depend on one another. The index knows no threads: whoever
//! has some lends them.

/// Does jobs, at once if it can.
pub trait Crew {
    /// How many jobs are done at once.
    fn hands(&self) -> usize;

    /// The results of `job` for each number below `jobs`, in their order.
    fn each<T: Send>(&self, jobs: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T>;
}

/// Does one job after the other.
#[derive(Clone, Copy, Debug)]
pub struct Alone;

impl Crew for Alone {
    fn hands(&self) -> usize {
        1
    }

    fn each<T: Send>(&self, jobs: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
        (0..jobs).map(job).collect()
    }
}

/// The results of `work` for all of `items`, in their order, shared out among `crew` in runs of `run`.
pub(super) fn shared_out<I: Sync, T: Send>(
    crew: &impl Crew,
    items: &[I],
    run: usize,
    work: impl Fn(&I) -> T + Sync,
) -> Vec<T> {
    if crew.hands() < 2 || items.len() <= run {
        return items.iter().map(work).collect();
    }
    let runs: Vec<&[I]> = items.chunks(run).collect();
    let job = |at: usize| runs[at].iter().map(&work).collect::<Vec<T>>();
    crew.each(runs.len(), job).into_iter().flatten().collect()
}
