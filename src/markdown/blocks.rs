//! The containers that are open and the leaves that are done. Knows nothing of inline content and
//! of the parser.
//!
//! A container is recorded when its first leaf comes, so that one in which everything is hidden
//! leaves no trace. Footnote definitions are gathered apart and put at the end.

use std::collections::HashMap;

use super::document::{Container, ContainerId, ContainerKind, Document, Footnote, Leaf, LeafKind};
use super::facts::Facts;
use crate::text::span::ByteSpan;

/// From so many bytes on a source is long.
pub(super) const LONG: usize = 1 << 20;
/// A leaf of prose has more bytes, and so has what is in a container.
const BYTES_PER_LEAF: usize = 64;
const BYTES_PER_CONTAINER: usize = 128;

/// Where a leaf or a container is kept: `None` in the body, else in a footnote, by its number.
type Place = Option<u32>;

#[derive(Default)]
pub(super) struct Blocks {
    /// Whether leaves are kept at all.
    keep: bool,
    open: Vec<Frame>,
    /// How many of `open` are recorded.
    recorded: usize,
    place: Place,
    /// What was open around the footnote definitions that are open.
    outer: Vec<(Vec<Frame>, usize, Place)>,
    containers: Vec<Container>,
    places: Vec<Place>,
    leaves: Vec<Leaf>,
    notes: Vec<Note>,
    numbers: HashMap<String, u32>,
}

/// An open container.
struct Frame {
    kind: ContainerKind,
    span: ByteSpan,
    id: ContainerId,
    has_leaf: bool,
    /// Of a list, the number of its next item.
    next_number: u32,
}

/// A footnote: referred to, defined or both.
#[derive(Default)]
struct Note {
    label: String,
    container: Option<ContainerId>,
    referred_from: Option<(Place, u32)>,
    leaves: Vec<Leaf>,
}

/// How far the blocks had come, for taking back what came after.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    leaves: usize,
    containers: usize,
}

impl Blocks {
    /// For a source of so many bytes. A long one gets room for about as many blocks as it may have: what is not used
    /// costs nothing, while a list that grows leaves holes behind that are as large as itself.
    pub(super) fn new(keep: bool, bytes: usize) -> Self {
        let bytes = if keep && bytes >= LONG { bytes } else { 0 };
        let (leaves, containers) = (bytes / BYTES_PER_LEAF, bytes / BYTES_PER_CONTAINER);
        Self {
            keep,
            leaves: Vec::with_capacity(leaves),
            containers: Vec::with_capacity(containers),
            places: Vec::with_capacity(containers),
            ..Self::default()
        }
    }

    /// Whether leaves are kept.
    pub(super) fn keeps(&self) -> bool {
        self.keep
    }

    /// How many containers are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether this is the body and no footnote.
    pub(super) fn in_body(&self) -> bool {
        self.place.is_none()
    }

    /// The innermost container, if nothing stands in it yet.
    pub(super) fn innermost_empty(&mut self) -> Option<&mut ContainerKind> {
        self.open.last_mut().filter(|frame| !frame.has_leaf).map(|frame| &mut frame.kind)
    }

    /// The innermost container.
    pub(super) fn innermost(&self) -> Option<&ContainerKind> {
        self.open.last().map(|frame| &frame.kind)
    }

    pub(super) fn open(&mut self, kind: ContainerKind, span: ByteSpan) {
        let next_number = match kind {
            ContainerKind::List { start: Some(start), .. } => start,
            _ => 0,
        };
        self.open.push(Frame {
            kind,
            span,
            id: ContainerId::new(u32::MAX),
            has_leaf: false,
            next_number,
        });
    }

    /// Opens an item of the innermost list.
    pub(super) fn open_item(&mut self, span: ByteSpan) {
        self.close_details();
        let number = self.open.last_mut().and_then(|list| match list.kind {
            ContainerKind::List { start: Some(_), .. } => {
                let number = list.next_number;
                list.next_number = number.saturating_add(1);
                Some(number)
            }
            _ => None,
        });
        self.open(ContainerKind::Item { number, task: None }, span);
    }

    /// The innermost item is a task.
    pub(super) fn set_task(&mut self, sign: char) {
        if let Some(ContainerKind::Item { task, .. }) =
            self.open.last_mut().map(|frame| &mut frame.kind)
        {
            *task = Some(sign);
        }
    }

    /// A paragraph starts: a list in which items hold paragraphs is not tight.
    pub(super) fn loosen_list(&mut self) {
        let [.., list, item] = &mut self.open[..] else { return };
        if let (ContainerKind::List { tight, .. }, ContainerKind::Item { .. }) =
            (&mut list.kind, &item.kind)
        {
            *tight = false;
            if let Some(container) = self.containers.get_mut(list.id.number() as usize) {
                container.kind = list.kind.clone();
            }
        }
    }

    /// Closes the innermost container that the parser knows; `end` is where it ends.
    pub(super) fn close(&mut self, end: u32) {
        self.close_details();
        self.pop(Some(end));
    }

    /// Closes `<details>`, if that is innermost.
    pub(super) fn end_details(&mut self, end: u32) {
        if matches!(self.innermost(), Some(ContainerKind::Details { .. })) {
            self.pop(Some(end));
        }
    }

    /// `<details>` ends at the latest with the container around it.
    fn close_details(&mut self) {
        while matches!(self.innermost(), Some(ContainerKind::Details { .. })) {
            self.pop(None);
        }
    }

    fn pop(&mut self, end: Option<u32>) {
        let Some(frame) = self.open.pop() else { return };
        if self.recorded <= self.open.len() {
            return;
        }
        self.recorded = self.open.len();
        let last_leaf = self.leaves().len();
        let last_end = self.leaves().last().map_or(0, |leaf| leaf.span.end);
        if let Some(container) = self.containers.get_mut(frame.id.number() as usize) {
            container.leaves.end = u32::try_from(last_leaf).unwrap_or(u32::MAX);
            container.span.end = end.unwrap_or(0).max(last_end);
        }
    }

    /// Opens the definition of a footnote: nothing around it holds it.
    pub(super) fn open_footnote(&mut self, label: &str, span: ByteSpan) {
        let mut number = self.number(label);
        if self.notes[number as usize - 1].container.is_some() || self.is_open(number) {
            self.notes.push(Note { label: label.to_owned(), ..Note::default() });
            number = len_of(&self.notes);
        }
        self.enter(number, span);
    }

    fn is_open(&self, number: u32) -> bool {
        self.place == Some(number) || self.outer.iter().any(|(.., place)| *place == Some(number))
    }

    fn enter(&mut self, number: u32, span: ByteSpan) {
        let outer = (std::mem::take(&mut self.open), self.recorded, self.place);
        self.outer.push(outer);
        self.recorded = 0;
        self.place = Some(number);
        self.open(ContainerKind::Footnote { number }, span);
    }

    /// Closes the footnote that is open.
    pub(super) fn close_footnote(&mut self, end: u32) {
        while !self.open.is_empty() {
            self.pop(Some(end));
        }
        if let Some((open, recorded, place)) = self.outer.pop() {
            (self.open, self.recorded, self.place) = (open, recorded, place);
        }
    }

    /// Adds an inline note with the number that [`Self::next_note`] gave.
    pub(super) fn add_note(&mut self, kind: LeafKind, span: ByteSpan) {
        let referred_from = Some((self.place, len_of(self.leaves())));
        self.notes.push(Note { referred_from, ..Note::default() });
        self.enter(len_of(&self.notes), span);
        self.push(kind, span);
        self.close_footnote(span.end);
    }

    /// The number of the next footnote.
    pub(super) fn next_note(&self) -> u32 {
        len_of(&self.notes) + 1
    }

    /// The number of a footnote that is referred to.
    pub(super) fn refer(&mut self, label: &str) -> u32 {
        let number = self.number(label);
        let from = (self.place, len_of(self.leaves()));
        self.notes[number as usize - 1].referred_from.get_or_insert(from);
        number
    }

    fn number(&mut self, label: &str) -> u32 {
        let key = label.to_lowercase();
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        self.notes.push(Note { label: label.to_owned(), ..Note::default() });
        let number = len_of(&self.notes);
        self.numbers.insert(key, number);
        number
    }

    /// A leaf comes into the innermost container: all that needs to be known of it where leaves are not kept.
    pub(super) fn fill(&mut self) {
        for frame in self.open.iter_mut().rev() {
            if std::mem::replace(&mut frame.has_leaf, true) {
                break;
            }
        }
    }

    /// Adds a leaf to the innermost container.
    pub(super) fn push(&mut self, kind: LeafKind, span: ByteSpan) {
        self.fill();
        if !self.keep {
            return;
        }
        let first = len_of(self.leaves());
        while self.recorded < self.open.len() {
            let parent = self.recorded.checked_sub(1).map(|parent| self.open[parent].id);
            let id = ContainerId::new(len_of(&self.containers));
            let frame = &mut self.open[self.recorded];
            frame.id = id;
            let kind = frame.kind.clone();
            if let ContainerKind::Footnote { number } = kind {
                self.notes[number as usize - 1].container = Some(id);
            }
            self.containers.push(Container {
                kind,
                parent,
                leaves: first..first,
                span: frame.span,
            });
            self.places.push(self.place);
            self.recorded += 1;
        }
        let container = self.open.last().map(|frame| frame.id);
        let leaf = Leaf { kind, container, span };
        match self.place {
            None => self.leaves.push(leaf),
            Some(number) => self.notes[number as usize - 1].leaves.push(leaf),
        }
    }

    fn leaves(&self) -> &Vec<Leaf> {
        match self.place {
            None => &self.leaves,
            Some(number) => &self.notes[number as usize - 1].leaves,
        }
    }

    /// Where the body stands now; only outside of all containers.
    pub(super) fn mark(&self) -> Mark {
        Mark { leaves: self.leaves.len(), containers: self.containers.len() }
    }

    /// Takes back the leaves and containers since `mark`, unless a footnote was defined among them.
    /// Says whether it did.
    pub(super) fn take_back(&mut self, mark: Mark) -> bool {
        if self.places[mark.containers..].iter().any(Option::is_some) {
            return false;
        }
        self.leaves.truncate(mark.leaves);
        self.containers.truncate(mark.containers);
        self.places.truncate(mark.containers);
        true
    }

    /// The document: footnotes behind the body, in the order of their numbers.
    pub(super) fn finish(mut self, facts: Facts) -> Document {
        self.close_details();
        let mut starts = Vec::with_capacity(self.notes.len());
        let mut leaves = self.leaves;
        for note in &mut self.notes {
            starts.push(len_of(&leaves));
            leaves.append(&mut note.leaves);
        }
        leaves.shrink_to_fit();
        self.containers.shrink_to_fit();
        let start = |place: Place| place.map_or(0, |number| starts[number as usize - 1]);
        for (container, place) in self.containers.iter_mut().zip(&self.places) {
            container.leaves.start += start(*place);
            container.leaves.end += start(*place);
        }
        let footnotes = self.notes.into_iter().map(|note| Footnote {
            label: note.label,
            container: note.container,
            referred_from: note.referred_from.map(|(place, leaf)| start(place) + leaf),
        });
        let footnotes = footnotes.collect();
        Document { facts, containers: self.containers, leaves, footnotes, ..Document::default() }
    }
}

fn len_of<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}
