//! Folding: what the commands fold, what a jump opens, and how the folds of each page are remembered.
//! What can be folded is known to `layout`, where the memory is kept to the runtime.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{OpenPage, links, relay, rows, scroll};
use crate::app::{Effect, Model};
use crate::command::Command;
use crate::layout::{Action, Fold, FoldKind, Folds, Options, Remembered, TextPlace};
use crate::markdown::LeafKind;

/// The folds of no more pages than these are remembered; those left longest ago are forgotten first.
const MOST_PAGES: usize = 1_000;
/// No more folds than these are remembered of all pages together, and none of a page that has more: to name them
/// would take longer than a key may, and those of all other pages would be forgotten for them.
const MOST_FOLDS: usize = 20_000;

/// How the folds of pages were left, the page left last at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Memory {
    pages: Vec<Left>,
}

/// How the folds of one page were left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Left {
    page: String,
    #[serde(flatten)]
    folds: Remembered,
    /// Whether the properties are shown whole.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    properties: bool,
}

impl Memory {
    /// The same memory within its bounds, whoever wrote it.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        let mut pages = 0;
        let mut left = MOST_FOLDS;
        let kept = self.pages.iter().rev().take_while(|page| {
            let folds = page.folds.closed.len() + page.folds.open.len();
            pages += 1;
            let fits = pages <= MOST_PAGES && folds <= left;
            left = left.saturating_sub(folds);
            fits
        });
        let kept = kept.count();
        self.pages.drain(..self.pages.len() - kept);
        self
    }

    /// This memory with what another program has come to know since both knew `base`: pages whose folds are others
    /// here than they were are as they are here, all others as there.
    #[must_use]
    pub fn merged(self, base: &Self, theirs: Self) -> Self {
        let pages = |memory: &Self| -> HashSet<String> {
            memory.pages.iter().map(|left| left.page.clone()).collect()
        };
        let was: HashMap<&str, &Left> =
            base.pages.iter().map(|left| (left.page.as_str(), left)).collect();
        let mine = pages(&self);
        let changed: Vec<Left> = self
            .pages
            .into_iter()
            .filter(|left| was.get(left.page.as_str()) != Some(&left))
            .collect();
        let gone = was.keys().filter(|page| !mine.contains(**page)).map(|page| (*page).to_owned());
        let ours: HashSet<String> =
            changed.iter().map(|left| left.page.clone()).chain(gone).collect();
        let mut merged = theirs;
        merged.pages.retain(|left| !ours.contains(&left.page));
        merged.pages.extend(changed);
        merged.bounded()
    }

    /// Keeps how the open page's folds are, if it is a page of the wiki.
    pub(super) fn keep(&mut self, open: &OpenPage) {
        // A source has no folds of its own, and those of the page stay as they were left.
        let is_page = open.unreadable.is_none() && !open.is_source();
        let Some(path) = open.address.path().filter(|_| is_page) else { return };
        let page = path.to_string();
        self.pages.retain(|left| left.page != page);
        let options = open.layout.options();
        let folds = if options.folds.all().len() <= MOST_FOLDS {
            options.folds.remembered(&open.document)
        } else {
            Remembered::default()
        };
        let left = Left { page, folds, properties: !options.properties_folded };
        if left.properties || left.folds != Remembered::default() {
            self.pages.push(left);
            *self = std::mem::take(self).bounded();
        }
    }

    /// The options of the page at `path`, its folds as they were left.
    pub(super) fn recall(
        &self,
        path: Option<&str>,
        document: &crate::markdown::Document,
        options: &Options,
    ) -> Options {
        let mut folds = Folds::of(document);
        let left = self.pages.iter().find(|left| Some(left.page.as_str()) == path);
        if let Some(left) = left {
            folds.recall(document, &left.folds);
        }
        let properties_folded = left.is_none_or(|left| !left.properties);
        Options { folds: Arc::new(folds), properties_folded, ..options.clone() }
    }
}

/// The memory with what is open now.
#[must_use]
pub fn memory(model: &Model) -> Memory {
    let mut memory = model.reader.folds.clone();
    if let Some(open) = &model.reader.open {
        memory.keep(open);
    }
    memory
}

/// Runs a command that folds.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    scroll::stay(model, effects);
    let rows = rows(model);
    let Some(open) = &mut model.reader.open else { return };
    if let Some(notice) = over(open, command, rows) {
        model.say(notice);
    }
}

/// Folds on a page of which `rows` rows are shown, wherever it is shown. What there is to say.
pub(in crate::app) fn over(
    open: &mut OpenPage,
    command: Command,
    rows: usize,
) -> Option<&'static str> {
    let selected = links::selected_in_view(open, rows);
    let folds = &open.layout.options().folds;
    if folds.all().is_empty() && command != Command::ToggleFold && command != Command::UnfoldAll {
        return Some("Nothing on this page can be folded");
    }
    match command {
        Command::ToggleFold => match target(open, selected, rows) {
            Some(Target::Properties) => toggle_properties(open, rows),
            Some(Target::Fold(head)) => toggle(open, head, rows),
            None => return Some("Nothing to fold here"),
        },
        Command::FoldHeadings => {
            let title = title(folds);
            let folded = |fold: &Fold, _| Some(fold.head) != title;
            change(open, rows, |folds| folds.fold_headings(folded));
        }
        Command::UnfoldAll => {
            if open.layout.options().properties_folded {
                toggle_properties(open, rows);
            }
            change(open, rows, Folds::open_all);
        }
        _ => {
            let most = level(command)?;
            change(open, rows, |folds| folds.fold_headings(|_, level| level >= most));
        }
    }
    None
}

/// The sign of a fold was pressed.
pub fn press(model: &mut Model, head: u32, effects: &mut Vec<Effect>) {
    scroll::stay(model, effects);
    let rows = rows(model);
    if let Some(open) = &mut model.reader.open {
        toggle(open, head, rows);
    }
}

/// Folds or unfolds the properties.
pub(in crate::app) fn toggle_properties(open: &mut OpenPage, rows: usize) {
    let options = open.layout.options().clone();
    let properties_folded = !options.properties_folded;
    relay(open, Options { properties_folded, ..options }, rows);
}

/// Opens what hides the byte of the source that one goes to, so that it can be seen. `whole`: goes to all that
/// starts there, so that a heading's section or a callout is opened, too.
pub(super) fn reveal_source(open: &mut OpenPage, offset: u32, whole: bool, rows: usize) {
    let Some(leaf) = open.layout.leaf_at(offset) else { return };
    let beyond = match open.document.leaves.get(leaf as usize).map(|leaf| &leaf.kind) {
        Some(LeafKind::Code(code)) => code.line_starts.get(1).is_some_and(|&line| line <= offset),
        _ => false,
    };
    reveal(open, leaf, whole || beyond, rows);
}

/// Opens what hides a place in the text.
pub(in crate::app) fn reveal_text(open: &mut OpenPage, place: TextPlace, rows: usize) {
    let beyond = match open.document.leaves.get(place.leaf as usize).map(|leaf| &leaf.kind) {
        Some(LeafKind::Code(code)) => {
            code.text.find('\n').is_some_and(|end| end < place.offset as usize)
        }
        _ => false,
    };
    reveal(open, place.leaf, beyond, rows);
}

/// Opens what hides a leaf; with `own` what it is the head of, too.
pub(super) fn reveal(open: &mut OpenPage, leaf: u32, own: bool, rows: usize) {
    change(open, rows, |folds| {
        folds.open_around(leaf, own);
    });
}

/// Puts the folds as they were.
pub(in crate::app) fn put(open: &mut OpenPage, folds: &Arc<Folds>, rows: usize) {
    if open.layout.options().folds != *folds {
        let options = Options { folds: Arc::clone(folds), ..open.layout.options().clone() };
        relay(open, options, rows);
    }
}

/// What a command on the fold at hand means.
enum Target {
    Properties,
    Fold(u32),
}

/// The selected stop if that folds something, else the innermost fold around the first text in view.
fn target(open: &OpenPage, selected: Option<u32>, rows: usize) -> Option<Target> {
    match selected.and_then(|nth| open.layout.stop(nth)).map(|stop| stop.action) {
        Some(Action::Fold(head)) => return Some(Target::Fold(head)),
        Some(Action::Properties) => return Some(Target::Properties),
        _ => {}
    }
    let lines = open.layout.lines(open.anchor, rows);
    let first = lines.iter().flat_map(|line| &line.segments).find_map(|segment| {
        match (segment.action, segment.at) {
            (Some(Action::Properties), _) => Some(None),
            (_, at) => at.map(Some),
        }
    });
    match first? {
        None => Some(Target::Properties),
        Some(at) => open.layout.options().folds.around(at.leaf).map(|fold| Target::Fold(fold.head)),
    }
}

/// Folds or unfolds what has that head.
pub(in crate::app) fn toggle(open: &mut OpenPage, head: u32, rows: usize) {
    let closed = open.layout.options().folds.is_closed(head);
    change(open, rows, |folds| folds.set(head, !closed));
}

fn change(open: &mut OpenPage, rows: usize, change: impl FnOnce(&mut Folds)) {
    let mut folds = Arc::clone(&open.layout.options().folds);
    change(Arc::make_mut(&mut folds));
    put(open, &folds, rows);
}

/// The page's title among its folds: its one heading of the first level. Folding all headings leaves it
/// open, for behind it there would be no heading to see.
fn title(folds: &Folds) -> Option<u32> {
    let is_first = |fold: &&Fold| matches!(fold.kind, FoldKind::Heading { level: 1, .. });
    let mut firsts = folds.all().iter().filter(is_first);
    match (firsts.next(), firsts.next()) {
        (Some(title), None) => Some(title.head),
        _ => None,
    }
}

/// The level down to which a command shows headings.
fn level(command: Command) -> Option<u8> {
    match command {
        Command::FoldToLevel1 => Some(1),
        Command::FoldToLevel2 => Some(2),
        Command::FoldToLevel3 => Some(3),
        Command::FoldToLevel4 => Some(4),
        Command::FoldToLevel5 => Some(5),
        Command::FoldToLevel6 => Some(6),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(page: usize, folds: usize) -> Left {
        let closed = (0..folds as u64).collect();
        Left {
            page: format!("{page}.md"),
            folds: Remembered { closed, open: Vec::new() },
            properties: false,
        }
    }

    #[test]
    fn of_two_memories_each_keeps_what_it_alone_knows() {
        let memory = |pages: &[(usize, usize)]| Memory {
            pages: pages.iter().map(|(page, folds)| left(*page, *folds)).collect(),
        };
        let base = memory(&[(0, 1), (1, 1), (2, 1)]);
        // Here page 0 has other folds, 1 has none any more, 3 is new; there 2 has others, 4 is new.
        let mine = memory(&[(2, 1), (0, 3), (3, 1)]);
        let theirs = memory(&[(0, 1), (1, 1), (2, 5), (4, 1)]);
        let merged = memory(&[(2, 5), (4, 1), (0, 3), (3, 1)]);
        assert_eq!(mine.merged(&base, theirs), merged);
    }

    #[test]
    fn the_memory_is_bounded_and_forgets_what_was_left_longest_ago() {
        let check = |pages: Vec<Left>, kept: std::ops::Range<usize>| {
            let names = pages[kept].iter().map(|left| left.page.clone()).collect::<Vec<_>>();
            let memory = Memory { pages }.bounded();
            let left = memory.pages.into_iter().map(|left| left.page).collect::<Vec<_>>();
            assert_eq!(left, names);
        };
        check((0..3).map(|page| left(page, 2)).collect(), 0..3);
        check((0..MOST_PAGES + 5).map(|page| left(page, 1)).collect(), 5..MOST_PAGES + 5);
        check((0..3).map(|page| left(page, MOST_FOLDS / 2)).collect(), 1..3);
        check(vec![left(0, 1), left(1, MOST_FOLDS + 1), left(2, 1)], 2..3);
    }
}
