//! The session: the page and the place on it, the way back and forward, the tree, the filter, the panes. Taken
//! down as plain data, and put up again in a program that has shown nothing yet.

use serde::{Deserialize, Serialize};

use super::State;
use crate::app::context::Part;
use crate::app::history::{History, MOST_VISITS, Visit};
use crate::app::model::{Focus, Sidebar, SidebarList};
use crate::app::reader::left::Left;
use crate::app::reader::{self, Address, Goal, folds, travel};
use crate::app::tree::TreeLeft;
use crate::app::{Effect, Model, filter, panes, tree};
use crate::vault::PagePath;

/// A session as it was left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// The page that was open.
    pub here: Option<Past>,
    /// Where one came from, the latest last.
    pub back: Vec<Past>,
    /// Where one went back from, the nearest last.
    pub forward: Vec<Past>,
    /// The tree.
    pub tree: Option<TreeLeft>,
    /// The filter as typed.
    pub filter: String,
    /// The panes.
    pub panes: Option<PanesLeft>,
}

/// A visit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Past {
    /// The page; of a missing one the page on which its link was followed.
    pub page: String,
    /// The link's target, of a missing page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// Its title, for the trail.
    pub title: String,
    /// The place.
    pub left: Left,
}

/// Which panes were shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanesLeft {
    /// The list of the left pane.
    list: SidebarList,
    /// Whether that is shown.
    sidebar: bool,
    /// Its width in cells.
    width: u16,
    /// Whether the context pane is shown.
    context: bool,
    /// The width that was chosen for it; 0 for none.
    #[serde(default)]
    context_width: u16,
    /// Its part.
    part: Part,
    /// Whether only the page is shown.
    focus_mode: bool,
}

impl Past {
    fn of(visit: Visit) -> Self {
        let (page, missing) = match visit.address {
            Address::Page(path) => (path, None),
            Address::Missing { target, from } => (from, Some(target)),
        };
        Self { page: page.to_string(), missing, title: visit.title, left: visit.left }
    }

    fn visit(self) -> Option<Visit> {
        let path = PagePath::new(&self.page)?;
        let address = match self.missing {
            Some(target) => Address::Missing { target, from: path },
            None => Address::Page(path),
        };
        Some(Visit { address, title: self.title, left: self.left })
    }
}

/// Takes down all that is remembered. `before`: what was taken down the last time.
#[must_use]
pub fn take_down(model: &Model, before: &State) -> State {
    let visits = |visits: &[Visit]| {
        let skipped = visits.len().saturating_sub(MOST_VISITS);
        visits[skipped..].iter().cloned().map(Past::of).collect::<Vec<_>>()
    };
    let back = visits(&model.history.back);
    // A page that is not written is no place to start from.
    let here = travel::visit(model).map(Past::of);
    let is_page = |past: &&Past| past.missing.is_none();
    let here =
        here.filter(|here| is_page(&here)).or_else(|| back.iter().rev().find(is_page).cloned());
    let here = here.or_else(|| before.session.here.clone());
    let Sidebar { list, shown: sidebar, width } = model.sidebar;
    State {
        last_page: here.as_ref().map(|here| here.page.clone()),
        folds: folds::memory(model),
        memory: model.memory.clone(),
        searches: model.past_searches.clone(),
        session: Session {
            here,
            back,
            forward: visits(&model.history.forward),
            tree: tree::left(model).or_else(|| before.session.tree.clone()),
            filter: model.filter.text.clone(),
            panes: Some(PanesLeft {
                list,
                sidebar,
                width,
                context: model.context.shown,
                context_width: model.context.width,
                part: model.context.part,
                focus_mode: model.focus_mode.is_some(),
            }),
        },
    }
}

/// Puts up a session in a program that has shown nothing yet, but for its page.
pub fn put_up(model: &mut Model, session: Session, effects: &mut Vec<Effect>) {
    let visits = |past: Vec<Past>| {
        let skipped = past.len().saturating_sub(MOST_VISITS);
        past.into_iter().skip(skipped).filter_map(Past::visit).collect()
    };
    model.history = History { back: visits(session.back), forward: visits(session.forward) };
    if let Some(left) = session.tree {
        tree::put_up(model, left);
    }
    if let Some(left) = session.panes {
        model.sidebar = Sidebar { list: left.list, shown: left.sidebar, width: left.width };
        model.context.shown = left.context;
        model.context.width = left.context_width;
        model.context.part = left.part;
        if left.focus_mode && model.focus_mode.is_none() {
            model.focus_mode = Some(Focus::Page);
            panes::say_only_the_page(model);
        }
    }
    if !session.filter.is_empty() {
        filter::set(model, &session.filter, effects);
    }
}

/// Opens the first page: the one that was left, where it was left, else another one, with that on the way back
/// if the page was `named` by the user.
pub fn begin(
    model: &mut Model,
    page: PagePath,
    here: Option<Past>,
    named: bool,
    effects: &mut Vec<Effect>,
) {
    let address = Address::Page(page);
    let mut goal = Goal::Top;
    if let Some(visit) = here.and_then(Past::visit) {
        if visit.address == address {
            let is_anew = visit.left.is_top() && model.history.back.is_empty();
            if !named && (!is_anew || !model.filter.text.is_empty()) && model.notice.is_none() {
                model.say("Resumed where you were; ken --fresh starts anew");
            }
            // What is opened at its top may be shown before all of it was read.
            goal = if visit.left.is_top() { goal } else { Goal::Left(Box::new(visit.left)) };
        } else if named {
            model.history.leave(visit);
        }
    }
    reader::open(model, address, goal, effects);
}
