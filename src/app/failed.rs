//! Jobs that failed by a fault of the program: that is said, whoever waits for the answer is told that none comes, and
//! asking again is another job. What a job does is not known here.

use super::{Effect, Model, Msg};

/// What stands where an answer was waited for.
pub const FAILED: &str = "This failed by a fault of the program. Asking again may help.";

/// What a worker does, one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named by what it does; its effect says more")]
pub enum Job {
    Page,
    Preview,
    Peek,
    Backlinks,
    Quotes,
    Connection,
    FindInPage,
    Mentions,
    Finder,
    Search,
    Filter,
    Explain,
    Braid,
    Check,
    NearNames,
    SavedQueries,
    Vocabulary,
    Colours,
    Scan,
    State,
}

impl Job {
    /// Its name in messages, and that of its thread.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Preview => "preview",
            Self::Peek => "peek",
            Self::Backlinks => "backlinks",
            Self::Quotes => "quotes",
            Self::Connection => "connection",
            Self::FindInPage => "find in page",
            Self::Mentions => "mentions",
            Self::Finder => "finder",
            Self::Search => "search",
            Self::Filter => "filter",
            Self::Explain => "explain",
            Self::Braid => "braid",
            Self::Check => "check",
            Self::NearNames => "near names",
            Self::SavedQueries => "saved queries",
            Self::Vocabulary => "vocabulary",
            Self::Colours => "colours",
            Self::Scan => "scan",
            Self::State => "state",
        }
    }

    /// The job whose answer a view shows as waited for.
    fn awaited(effect: &Effect) -> Option<Self> {
        match effect {
            Effect::Connect { .. } => Some(Self::Connection),
            Effect::FindInPage { .. } => Some(Self::FindInPage),
            Effect::FindMentions { .. } => Some(Self::Mentions),
            Effect::Search { .. } => Some(Self::Search),
            Effect::Filter { .. } => Some(Self::Filter),
            Effect::Check { .. } => Some(Self::Check),
            Effect::Weave { .. } => Some(Self::Braid),
            Effect::Rescan => Some(Self::Scan),
            _ => None,
        }
    }

    /// The job whose answer it is that a view waited for, be it asked for before or after one of its kind failed.
    fn answered(msg: &Msg) -> Option<Self> {
        match msg {
            Msg::Connected { .. } => Some(Self::Connection),
            Msg::TextFound { .. } => Some(Self::FindInPage),
            Msg::Mentions(_) => Some(Self::Mentions),
            Msg::Hits { .. } => Some(Self::Search),
            Msg::FilterMatched { .. } => Some(Self::Filter),
            Msg::Checked { .. } => Some(Self::Check),
            Msg::Woven { .. } => Some(Self::Braid),
            Msg::Indexed(_) => Some(Self::Scan),
            _ => None,
        }
    }
}

/// A job ended without an answer.
pub(super) fn failed(model: &mut Model, job: Job) {
    model.failed.insert(job);
    match job {
        Job::Scan => model.catching_up = None,
        // The page can be asked for again.
        Job::Page => model.reader.awaited = None,
        _ => {}
    }
    model.fail(format!("Something went wrong inside ({}); nothing was changed", job.name()));
}

/// What is answered did not fail.
pub(super) fn answered(model: &mut Model, msg: &Msg) {
    if let Some(job) = Job::answered(msg) {
        model.failed.remove(&job);
    }
}

/// What is asked for again is waited for again.
pub(super) fn asked(model: &mut Model, effects: &[Effect]) {
    if model.failed.is_empty() {
        return;
    }
    for job in effects.iter().filter_map(Job::awaited) {
        model.failed.remove(&job);
    }
}
