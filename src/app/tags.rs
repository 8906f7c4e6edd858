//! The tag pane: all tags as a tree with counts of pages under the active filter, and what the
//! filter asks of each. Choosing a tag edits the filter's text; the counts follow.

use std::collections::{HashMap, HashSet};

use super::input::Input;
use super::list::ListCursor;
use super::model::{Focus, Model, SidebarList};
use super::narrow::{self, Took};
use super::{Effect, Panes, filter, panes};
use crate::command::{Command, Key};
use crate::index::{Index, PageId};
use crate::search::tagfilter::{self, TagState};
use crate::text::fold::fold;

/// The tag pane's state.
#[derive(Debug, Default)]
pub struct TagPane {
    /// The rows, as folds and the narrow field have it.
    pub rows: Vec<Row>,
    /// Where one is in `rows`.
    pub list: ListCursor,
    /// What comes first.
    pub sort: Sort,
    /// What narrows the list; empty for nothing.
    pub narrow: Input,
    /// Whether the narrow field is typed into.
    pub typing: bool,
    /// How many tags there are.
    pub total: usize,
    /// The largest count of a tag: all counts have room for it.
    pub most: u32,
    /// All tags, parents before children; parents that no page carries by themselves included.
    tags: Vec<Tag>,
    /// Revision of the index from which `tags` were made.
    revision: Option<u64>,
    /// Unfolded tags, by key.
    expanded: HashSet<String>,
    /// What the tags were sorted by when the first of them was chosen, by key: while one chooses, no row moves.
    held: HashMap<String, Weight>,
    /// The key of the tag that the cursor is on, also while it is out of sight.
    item: Option<String>,
}

/// What comes first among the tags below one parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sort {
    /// Those that the filter asks something of, then the most used under it.
    #[default]
    Count,
    /// By name.
    Name,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The whole tag, as first seen.
    pub tag: String,
    /// Its last part.
    pub label: String,
    /// How many tags are around it.
    pub depth: usize,
    /// Pages under the active filter that carry it or a tag nested below it.
    pub pages: u32,
    /// Whether tags are nested below it, and whether they are shown.
    pub nested: Option<bool>,
    /// What the filter asks of it.
    pub state: TagState,
}

/// What tags are sorted by: whether the filter asks something of it, pages under the filter, all pages.
type Weight = (bool, u32, u32);

/// A tag, as counted.
#[derive(Debug)]
struct Tag {
    name: String,
    key: String,
    parent: Option<usize>,
    /// Pages under the filter.
    pages: u32,
    /// All pages.
    all_pages: u32,
}

/// Gives the pane's field a key while it is typed; whether it took it.
pub fn key(model: &mut Model, key: Key) -> bool {
    let rows = list_rows(model);
    let pane = &mut model.tags;
    let extent = (pane.rows.len(), rows);
    match narrow::key(&mut pane.narrow, &mut pane.typing, &mut pane.list, extent, key) {
        Took::Nothing => return false,
        Took::Moved => pane.settle(),
        Took::Typed => arrange(model),
        Took::Left => {}
    }
    true
}

/// Gives pasted text to the pane's field while it is typed.
pub fn paste(model: &mut Model, text: &str) {
    if model.tags.typing {
        model.tags.narrow.insert(text);
        arrange(model);
    }
}

/// Runs a command of this pane, or one of lists while the pane has the focus.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let rows = list_rows(model);
    let pane = &mut model.tags;
    match command {
        Command::RequireTag => choose(model, TagState::Required, effects),
        Command::AllowTag => choose(model, TagState::Allowed, effects),
        Command::ExcludeTag => choose(model, TagState::Excluded, effects),
        Command::OpenTagNode => fold_node(model, true),
        Command::CloseTagNode => fold_node(model, false),
        Command::CycleTagSort => {
            let (next, words) = match pane.sort {
                Sort::Count => (Sort::Name, "name"),
                Sort::Name => (Sort::Count, "number of pages"),
            };
            pane.sort = next;
            pane.held.clear();
            arrange(model);
            model.say(format!("Tags are sorted by {words}"));
        }
        Command::FilterTags => {
            panes::run(model, Command::Tags);
            model.tags.typing = model.focus == Focus::Sidebar;
        }
        _ if pane.list.run(command, pane.rows.len(), rows) => pane.settle(),
        _ => {}
    }
}

/// A row was pressed; the pane has the focus already. The tag is required, or no longer.
pub fn press(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    let rows = list_rows(model);
    let pane = &mut model.tags;
    if row < pane.rows.len() {
        pane.list.put(row, pane.rows.len(), rows);
        pane.settle();
        choose(model, TagState::Required, effects);
    }
}

/// The wheel was turned by so many rows.
pub fn wheel(model: &mut Model, rows: i32) {
    let visible = list_rows(model);
    let pane = &mut model.tags;
    pane.list.wheel(rows, pane.rows.len(), visible);
    pane.settle();
}

/// Shows all tags again; whether the list was narrowed.
pub fn widen(model: &mut Model) -> bool {
    let was_narrowed = !model.tags.narrow.text.is_empty();
    if was_narrowed {
        model.tags.narrow.clear();
        arrange(model);
    }
    was_narrowed
}

/// The index is another one.
pub fn indexed(model: &mut Model) {
    refresh(model);
}

/// The filter has another text or other pages.
pub(super) fn filtered(model: &mut Model) {
    model.tags.revision = None;
    refresh(model);
}

/// Counts anew where the pane is looked at for the first time since something changed; called
/// before each frame.
pub fn prepare(model: &mut Model) {
    if model.focus != Focus::Sidebar || model.sidebar.list != SidebarList::Tags {
        model.tags.typing = false;
        if !model.tags.held.is_empty() {
            model.tags.held.clear();
            model.tags.revision = None;
        }
    }
    refresh(model);
}

/// Rows of the pane's list: what its title and its field leave.
#[must_use]
pub fn list_rows(model: &Model) -> usize {
    let (title, field) = head_rows(model);
    usize::from(Panes::of(model).rows.saturating_sub(title + field))
}

/// Rows above the list: of the title, with the air below it where there is no field, and of the narrow
/// field.
#[must_use]
pub fn head_rows(model: &Model) -> (u16, u16) {
    let panes = Panes::of(model);
    let has_title = panes.rows > 3;
    let field = model.tags.typing || (has_title && !model.tags.narrow.text.is_empty());
    let air = if field { 0 } else { panes.air() };
    (u16::from(has_title) + air, u16::from(field))
}

impl Tag {
    /// What it is sorted by. An excluded tag has no pages left: among the unused ones it would be out of sight.
    fn weight(&self, states: &HashMap<String, TagState>) -> Weight {
        (states.contains_key(&self.key), self.pages, self.all_pages)
    }
}

impl TagPane {
    /// Takes the row under the cursor as the item that the cursor is on from now on.
    fn settle(&mut self) {
        self.item = self.rows.get(self.list.at).map(|row| fold(&row.tag));
    }
}

/// Has the filter ask this of the tag under the cursor, or nothing where it did so already.
fn choose(model: &mut Model, wanted: TagState, effects: &mut Vec<Effect>) {
    let Some(row) = model.tags.rows.get(model.tags.list.at) else { return };
    let wanted = if row.state == wanted { TagState::Unset } else { wanted };
    match tagfilter::set(&model.filter.text, &row.tag, wanted) {
        Ok(text) => {
            hold(model);
            model.tags.settle();
            filter::set(model, &text, effects);
        }
        Err(error) => model.warn(format!("The filter has a mistake: {error}")),
    }
}

/// Keeps the order of the tags until the pane is left or sorted otherwise.
fn hold(model: &mut Model) {
    if model.tags.held.is_empty() {
        let states = states(model);
        let weight = |tag: &Tag| (tag.key.clone(), tag.weight(&states));
        model.tags.held = model.tags.tags.iter().map(weight).collect();
    }
}

/// What the filter asks of each tag; of several things the first.
fn states(model: &Model) -> HashMap<String, TagState> {
    tagfilter::states(&model.filter.text).into_iter().rev().collect()
}

/// Unfolds the tag under the cursor, or folds it; where there is nothing to fold, moves to the
/// parent.
fn fold_node(model: &mut Model, open: bool) {
    let rows = list_rows(model);
    let pane = &mut model.tags;
    let Some(row) = pane.rows.get(pane.list.at) else { return };
    let (key, depth, at) = (fold(&row.tag), row.depth, pane.list.at);
    match row.nested {
        Some(shown) if shown != open => {
            if open {
                pane.expanded.insert(key);
            } else {
                pane.expanded.remove(&key);
            }
            pane.settle();
            arrange(model);
        }
        _ if !open => {
            if let Some(parent) = (0..at).rev().find(|&row| pane.rows[row].depth < depth) {
                pane.list.put(parent, pane.rows.len(), rows);
                pane.settle();
            }
        }
        _ => {}
    }
}

/// Counts the tags if the pane is shown and something has changed.
fn refresh(model: &mut Model) {
    let revision = Some(model.index.revision());
    if model.sidebar.list == SidebarList::Tags && model.tags.revision != revision {
        let named = model.index.tags();
        let tags = count(&model.index, &named, model.filter.pages.as_ref());
        model.tags.total = named.len();
        model.tags.most = tags.iter().map(|tag| tag.all_pages).max().unwrap_or(0);
        model.tags.tags = tags;
        model.tags.revision = revision;
        arrange(model);
    }
}

/// Parts of a nested tag that become rows of their own; what is nested deeper stays one row.
const MAX_DEPTH: usize = 16;

/// The tags `named` by `index`, and all around them, with the number of pages among `within` (all
/// if `None`) that carry each.
fn count(index: &Index, named: &[(String, u32)], within: Option<&HashSet<PageId>>) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::with_capacity(named.len());
    let mut by_key: HashMap<String, usize> = HashMap::with_capacity(named.len());
    let mut by_name: HashMap<&str, usize> = HashMap::with_capacity(named.len());
    for (name, _) in named {
        let mut parent = None;
        let ends = name.match_indices('/').map(|(at, _)| at).take(MAX_DEPTH - 1);
        for end in ends.chain([name.len()]) {
            let key = fold(&name[..end]);
            let node = *by_key.entry(key.clone()).or_insert_with(|| {
                let name = name[..end].to_owned();
                tags.push(Tag { name, key, parent, pages: 0, all_pages: 0 });
                tags.len() - 1
            });
            parent = Some(node);
        }
        // A tag that is used by itself is shown as it is used.
        if let Some(node) = parent {
            name.clone_into(&mut tags[node].name);
            by_name.insert(name, node);
        }
    }
    // The last page that was counted for a tag: a page counts once, however many tags below it has.
    let mut counted = vec![None; tags.len()];
    for page in index.pages() {
        let passes = within.is_none_or(|within| within.contains(&page.id));
        for name in index.tags_of(page.id) {
            let mut next = by_name.get(name).copied();
            while let Some(node) = next.filter(|&node| counted[node] != Some(page.id)) {
                counted[node] = Some(page.id);
                tags[node].all_pages += 1;
                tags[node].pages += u32::from(passes);
                next = tags[node].parent;
            }
        }
    }
    tags
}

/// Makes the rows for the folds and the narrow field, and has the cursor follow its item.
fn arrange(model: &mut Model) {
    let states = states(model);
    let visible = list_rows(model);
    let pane = &mut model.tags;
    let narrow = fold(pane.narrow.text.trim().trim_start_matches('#'));
    let kept = matching(&pane.tags, &narrow);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); pane.tags.len()];
    let mut roots = Vec::new();
    for (at, tag) in pane.tags.iter().enumerate().filter(|(at, _)| kept[*at]) {
        tag.parent.map_or(&mut roots, |parent| &mut children[parent]).push(at);
    }
    // The first to be shown comes last, for the rows are taken from the end.
    let sort = |list: &mut Vec<usize>| {
        let tags = &pane.tags;
        let weight = |at: usize| {
            let held = pane.held.get(&tags[at].key).copied();
            held.unwrap_or_else(|| tags[at].weight(&states))
        };
        list.sort_unstable_by(|&a, &b| match pane.sort {
            Sort::Count => weight(a).cmp(&weight(b)).then_with(|| tags[b].key.cmp(&tags[a].key)),
            Sort::Name => tags[b].key.cmp(&tags[a].key),
        });
    };
    sort(&mut roots);
    let mut rows = Vec::new();
    let mut keys: HashMap<&str, usize> = HashMap::new();
    let mut waiting: Vec<(usize, usize)> = roots.into_iter().map(|at| (at, 0)).collect();
    while let Some((at, depth)) = waiting.pop() {
        let tag = &pane.tags[at];
        let inside = &mut children[at];
        let shown = !narrow.is_empty() || pane.expanded.contains(&tag.key);
        keys.insert(&tag.key, rows.len());
        rows.push(Row {
            tag: tag.name.clone(),
            label: tag.name.splitn(depth + 1, '/').nth(depth).unwrap_or(&tag.name).to_owned(),
            depth,
            pages: tag.pages,
            nested: (!inside.is_empty()).then_some(shown),
            state: states.get(&tag.key).copied().unwrap_or_default(),
        });
        if shown {
            sort(inside);
            waiting.extend(inside.iter().map(|&at| (at, depth + 1)));
        }
    }
    let at = nearest(&keys, pane.item.as_deref()).unwrap_or(pane.list.at);
    pane.rows = rows;
    pane.list.follow(at, pane.rows.len(), visible);
}

/// Which tags the narrow field leaves: those that hold its text, and all around them.
fn matching(tags: &[Tag], narrow: &str) -> Vec<bool> {
    let mut kept: Vec<bool> = tags.iter().map(|tag| tag.key.contains(narrow)).collect();
    // Parents come before children.
    for at in (0..tags.len()).rev().filter(|_| !narrow.is_empty()) {
        if let (true, Some(parent)) = (kept[at], tags[at].parent) {
            kept[parent] = true;
        }
    }
    kept
}

/// The row of the item, or of the innermost tag around it that is shown.
fn nearest(keys: &HashMap<&str, usize>, item: Option<&str>) -> Option<usize> {
    fn around<'a>(key: &&'a str) -> Option<&'a str> {
        key.rsplit_once('/').map(|(parent, _)| parent)
    }
    std::iter::successors(item, around).find_map(|key| keys.get(key).copied())
}
