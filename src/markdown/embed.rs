//! Embeds put in place, in two steps that are pure: [`cut`] takes the part that an embed asks for out of
//! its page's document, [`splice`] puts such parts into the document that embeds them. The result is one
//! document like any other, so that links, stops and search need not know of embeds.
//!
//! What was written on another page takes the place of its embed in the source: all its spans are those
//! of the embed. Which page an embed means, and which of its headings, is decided elsewhere
//! (`index::embed`).

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::Arc;

use super::document::{
    Container, ContainerId, ContainerKind, Document, Footnote, Inlines, Leaf, LeafKind, Target,
};
use super::facts::{LinkId, LinkKind};
use crate::text::span::ByteSpan;

/// The [`LeafKind::Heading::outline`] of a heading that stands in an embed: the outline is that of the page
/// itself.
pub const NOT_IN_OUTLINE: u32 = u32::MAX;

/// A stretch of a composed document's links that was written on another page than the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inset {
    /// Which page, by the number that whoever composed the document gave it.
    pub page: u32,
    /// Indices into [`super::Facts::links`].
    pub links: Range<LinkId>,
}

/// A leaf that consists of embeds and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index into [`Document::leaves`].
    pub leaf: u32,
    /// Its embeds in order: indices into [`super::Facts::links`].
    pub links: Vec<LinkId>,
}

/// What is asked of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it but properties and footer.
    Whole,
    /// The section of a heading (index into [`super::Facts::headings`]), the heading included.
    Section(usize),
    /// The block that stands there; of a list item all that it holds.
    Block(ByteSpan),
}

/// A part of a page as a document of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// Its blocks, with the links, tags and notes that they use and no others. Spans are still those
    /// of its own page.
    pub document: Document,
    /// Where it stands in its page.
    pub span: ByteSpan,
}

/// What comes to stand at an embed.
#[derive(Clone, Debug, PartialEq)]
pub struct Fill {
    /// The embed: index into the [`super::Facts::links`] of the document that holds it.
    pub link: LinkId,
    /// The part that is shown, and the number of its page; `None` leaves a reference.
    pub part: Option<(u32, Document)>,
}

/// The leaves of `document` that consist of embeds only. Images are among them: `![](page.md)` embeds
/// that page.
#[must_use]
pub fn places(document: &Document) -> Vec<Place> {
    let embeds = |inlines: &Inlines| {
        let mut links: Vec<LinkId> = Vec::new();
        for (range, run) in inlines.ranges() {
            match run.target {
                Target::Link(link) if links.last() == Some(&link) => {}
                Target::Link(link) if is_embed(document, link) => links.push(link),
                Target::None if inlines.text[range].trim().is_empty() => {}
                _ => return None,
            }
        }
        Some(links)
    };
    let of_leaf = |leaf: &Leaf| match &leaf.kind {
        LeafKind::Embed(link) => Some(vec![*link]),
        LeafKind::Paragraph(kept) => embeds(&kept.open()),
        _ => None,
    };
    let places = (0..).zip(&document.leaves).filter_map(|(leaf, record)| {
        let links = of_leaf(record).filter(|links| !links.is_empty())?;
        Some(Place { leaf, links })
    });
    places.collect()
}

fn is_embed(document: &Document, link: LinkId) -> bool {
    let link = document.facts.links.get(link as usize);
    link.is_some_and(|link| {
        matches!(link.kind, LinkKind::Embed | LinkKind::Image) && !link.is_external()
    })
}

/// The asked part of a page as it was parsed; `None` where it holds no block.
#[must_use]
pub fn cut(document: &Document, part: Part) -> Option<Cut> {
    let range = match part {
        Part::Whole => 0..document.body(),
        Part::Section(heading) => section(document, heading)?,
        Part::Block(span) => block(document, span)?,
    };
    let leaves = document.leaves.get(range.start as usize..range.end as usize)?;
    let span = ByteSpan {
        start: leaves.iter().map(|leaf| leaf.span.start).min()?,
        end: leaves.iter().map(|leaf| leaf.span.end).max()?,
    };
    Some(Cut { document: Cutting::new(document, range).run(), span })
}

/// The leaves of a heading's section. In a container it does not reach past that one's end.
fn section(document: &Document, heading: usize) -> Option<Range<u32>> {
    let starts = |leaf: &Leaf| matches!(leaf.kind, LeafKind::Heading { outline, .. } if outline as usize == heading);
    let start = document.leaves.iter().position(starts)?;
    let level = document.facts.headings.get(heading)?.level;
    let ends =
        |leaf: &Leaf| matches!(leaf.kind, LeafKind::Heading { level: next, .. } if next <= level);
    let next = document.leaves[start + 1..].iter().position(ends);
    let end = next.map_or(document.leaves.len(), |next| start + 1 + next);
    Some(within(document, number(start)..number(end)))
}

/// The leaves of the block at `span`.
fn block(document: &Document, span: ByteSpan) -> Option<Range<u32>> {
    let inside = |leaf: &Leaf| leaf.span.start >= span.start && leaf.span.end <= span.end;
    let start = document.leaves.iter().position(inside)?;
    let count = document.leaves[start..].iter().take_while(|leaf| inside(leaf)).count();
    let (start, mut end) = (number(start), number(start + count));
    // The first paragraph of an item speaks for the item.
    let container = document.leaves[start as usize].container.map(|id| document.container(id));
    if let Some(item) = container
        && matches!(item.kind, ContainerKind::Item { .. })
        && item.leaves.start == start
    {
        end = end.max(item.leaves.end);
    }
    Some(within(document, start..end))
}

/// `range` cut off where a container ends that began before it, and where the notes begin.
fn within(document: &Document, range: Range<u32>) -> Range<u32> {
    let container = document.leaves.get(range.start as usize).and_then(|leaf| leaf.container);
    let around = document.ancestors(container).map(|id| document.container(id));
    let body = Some(document.body()).filter(|body| range.start < *body);
    let ends = around.filter(|container| container.leaves.start < range.start);
    let end = ends.map(|container| container.leaves.end).chain(body).min();
    range.start..range.end.min(end.unwrap_or(range.end))
}

/// A part of a document while it is taken out.
struct Cutting<'a> {
    from: &'a Document,
    /// The leaves of the part, its notes not counted.
    range: Range<u32>,
    cut: Document,
    links: HashMap<u32, u32>,
    tags: HashMap<u32, u32>,
    /// The footnotes of the part, by their numbers on the page.
    notes: Vec<u32>,
    numbers: HashMap<u32, u32>,
    /// Which leaf of the page each one of the part was.
    taken: Vec<u32>,
}

impl<'a> Cutting<'a> {
    fn new(from: &'a Document, range: Range<u32>) -> Self {
        Self {
            from,
            range,
            cut: Document::default(),
            links: HashMap::new(),
            tags: HashMap::new(),
            notes: Vec::new(),
            numbers: HashMap::new(),
            taken: Vec::new(),
        }
    }

    fn run(mut self) -> Document {
        self.take(self.range.clone());
        let mut next = 0;
        while let Some(note) = self.notes.get(next).copied() {
            next += 1;
            let leaves = self.definition(note).map(|id| self.from.container(id).leaves.clone());
            // A note of which a part is shown as the part itself is none any more.
            let apart = |leaves: &Range<u32>| {
                leaves.end <= self.range.start || self.range.end <= leaves.start
            };
            if let Some(leaves) = leaves.filter(apart) {
                self.take(leaves);
            }
        }
        self.take_containers();
        self.cut
    }

    /// The container of a footnote, by its number on the page.
    fn definition(&self, note: u32) -> Option<ContainerId> {
        self.from.footnotes.get(note.checked_sub(1)? as usize)?.container
    }

    /// Takes leaves; what they lead to gets its numbers.
    fn take(&mut self, leaves: Range<u32>) {
        for at in leaves {
            let Some(mut leaf) = self.from.leaves.get(at as usize).cloned() else { continue };
            if let LeafKind::Heading { outline, .. } = &mut leaf.kind {
                *outline = NOT_IN_OUTLINE;
            }
            let new = number(self.cut.leaves.len());
            renumber(&mut leaf.kind, |target| self.target(target, new));
            self.cut.leaves.push(leaf);
            self.taken.push(at);
        }
    }

    /// The new number of what a run in the part's leaf `leaf` leads to.
    fn target(&mut self, target: Target, leaf: u32) -> Target {
        let facts = &self.from.facts;
        match target {
            Target::None => Target::None,
            Target::Link(old) => {
                copied(&mut self.links, old, &facts.links, &mut self.cut.facts.links)
                    .map_or(Target::None, Target::Link)
            }
            Target::Tag(old) => copied(&mut self.tags, old, &facts.tags, &mut self.cut.facts.tags)
                .map_or(Target::None, Target::Tag),
            Target::Footnote(old) => Target::Footnote(match self.numbers.entry(old) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    self.notes.push(old);
                    let note =
                        old.checked_sub(1).and_then(|at| self.from.footnotes.get(at as usize));
                    let label = note.map(|note| note.label.clone()).unwrap_or_default();
                    let referred_from = Some(leaf);
                    self.cut.footnotes.push(Footnote { label, container: None, referred_from });
                    *new.insert(number(self.notes.len()))
                }
            }),
        }
    }

    /// Takes the containers that begin in the part, cut off where it ends, and those of its notes.
    fn take_containers(&mut self) {
        let new: HashMap<u32, u32> = self.taken.iter().copied().zip(0..).collect();
        let list = self.list_of_first();
        let mut ids: HashMap<ContainerId, ContainerId> = HashMap::new();
        for (id, container) in (0..).map(ContainerId::new).zip(&self.from.containers) {
            let leaves = if Some(id) == list {
                self.range.start..container.leaves.end
            } else {
                container.leaves.clone()
            };
            let Some(&start) = new.get(&leaves.start) else { continue };
            let in_part = self.range.contains(&leaves.start);
            let end = if in_part { leaves.end.min(self.range.end) } else { leaves.end };
            let kind = match &container.kind {
                ContainerKind::Footnote { .. } if in_part => continue,
                ContainerKind::Footnote { number } => match self.numbers.get(number) {
                    Some(number) => ContainerKind::Footnote { number: *number },
                    None => continue,
                },
                ContainerKind::Embed { link } => match self.links.get(link) {
                    Some(link) => ContainerKind::Embed { link: *link },
                    None => continue,
                },
                kind => kind.clone(),
            };
            let to = ContainerId::new(number(self.cut.containers.len()));
            if let ContainerKind::Footnote { number } = kind {
                self.cut.footnotes[number as usize - 1].container = Some(to);
            }
            let parent = self.from.ancestors(container.parent).find_map(|id| ids.get(&id)).copied();
            let leaves = start..start + (end - leaves.start);
            self.cut.containers.push(Container { kind, parent, leaves, span: container.span });
            ids.insert(id, to);
        }
        for leaf in &mut self.cut.leaves {
            let kept = self.from.ancestors(leaf.container).find_map(|id| ids.get(&id));
            leaf.container = kept.copied();
        }
    }

    /// The list around the first item, where that is not the list's first: without it the item would be
    /// none of any list.
    fn list_of_first(&self) -> Option<ContainerId> {
        let first = self.from.leaves.get(self.range.start as usize)?;
        let mut around = self.from.ancestors(first.container);
        let outside = |id: &ContainerId| self.from.container(*id).leaves.start < self.range.start;
        let outer = around.find(outside)?;
        let starts = matches!(self.from.container(outer).kind, ContainerKind::List { .. });
        starts.then_some(outer)
    }
}

/// The number of a copied record in its new list; copies it when it is first asked for.
fn copied<T: Clone>(
    known: &mut HashMap<u32, u32>,
    old: u32,
    from: &[T],
    to: &mut Vec<T>,
) -> Option<u32> {
    if let Some(new) = known.get(&old) {
        return Some(*new);
    }
    let new = number(to.len());
    to.push(from.get(old as usize)?.clone());
    known.insert(old, new);
    Some(new)
}

/// Puts parts into `host`, at leaves that [`places`] gave, in their order. Each embed becomes a leaf of its
/// own; one with a part becomes the first leaf of a [`ContainerKind::Embed`] that holds the part.
#[must_use]
pub fn splice(host: Document, fills: Vec<(u32, Vec<Fill>)>) -> Document {
    if fills.is_empty() {
        return host;
    }
    Splicing::new(host, &fills).run(fills)
}

/// A host while parts are put into it.
struct Splicing {
    host: Document,
    /// Each place, and how many leaves were added up to its end.
    added: Vec<(u32, u32)>,
    /// Leaves of the new body and of the host's own notes.
    before_notes: u32,
    leaves: Vec<Leaf>,
    /// Leaves of the notes of the parts.
    notes: Vec<Leaf>,
}

impl Splicing {
    fn new(host: Document, fills: &[(u32, Vec<Fill>)]) -> Self {
        let mut sum = 0;
        let added: Vec<(u32, u32)> = fills
            .iter()
            .map(|(leaf, fills)| {
                let leaves =
                    |fill: &Fill| 1 + fill.part.as_ref().map_or(0, |(_, part)| part.body());
                sum += fills.iter().map(leaves).sum::<u32>() - 1;
                (*leaf, sum)
            })
            .collect();
        let before_notes = number(host.leaves.len()) + sum;
        Self { host, added, before_notes, leaves: Vec::new(), notes: Vec::new() }
    }

    fn run(mut self, fills: Vec<(u32, Vec<Fill>)>) -> Document {
        let leaves = std::mem::take(&mut self.host.leaves);
        self.move_host();
        self.leaves.reserve_exact(self.before_notes as usize);
        let mut fills = fills.into_iter().peekable();
        for (at, leaf) in (0..).zip(leaves) {
            let Some((_, fills)) = fills.next_if(|(place, _)| *place == at) else {
                self.leaves.push(leaf);
                continue;
            };
            let alone = fills.len() == 1;
            for fill in fills {
                let own = self.host.facts.links.get(fill.link as usize).map(|link| link.span);
                let span = if alone { leaf.span } else { own.unwrap_or(leaf.span) };
                self.put(fill, leaf.container, span);
            }
        }
        self.leaves.append(&mut self.notes);
        Document { leaves: self.leaves, ..self.host }
    }

    /// Where a leaf of the host comes to stand.
    fn moved(&self, leaf: u32) -> u32 {
        let before = self.added.partition_point(|(place, _)| *place < leaf);
        leaf + before.checked_sub(1).map_or(0, |last| self.added[last].1)
    }

    fn move_host(&mut self) {
        let mut containers = std::mem::take(&mut self.host.containers);
        for container in &mut containers {
            container.leaves = self.moved(container.leaves.start)..self.moved(container.leaves.end);
        }
        let mut footnotes = std::mem::take(&mut self.host.footnotes);
        for note in &mut footnotes {
            note.referred_from = note.referred_from.map(|leaf| self.moved(leaf));
        }
        (self.host.containers, self.host.footnotes) = (containers, footnotes);
    }

    fn put(&mut self, fill: Fill, around: Option<ContainerId>, span: ByteSpan) {
        let Fill { link, part } = fill;
        let Some((page, part)) = part else {
            self.leaves.push(Leaf { kind: LeafKind::Embed(link), container: around, span });
            return;
        };
        let frame = ContainerId::new(number(self.host.containers.len()));
        let first = number(self.leaves.len());
        let body = part.body();
        self.leaves.push(Leaf { kind: LeafKind::Embed(link), container: Some(frame), span });
        self.host.containers.push(Container {
            kind: ContainerKind::Embed { link },
            parent: around,
            leaves: first..first + 1 + body,
            span,
        });
        let offsets = Offsets {
            links: number(self.host.facts.links.len()),
            tags: number(self.host.facts.tags.len()),
            footnotes: number(self.host.footnotes.len()),
            containers: frame.number() + 1,
            frame,
            body,
            first_leaf: first + 1,
            first_note: self.before_notes + number(self.notes.len()),
        };
        let line = self.host.facts.links.get(link as usize).map_or(1, |link| link.line);
        self.put_facts(page, &part, offsets, span, line);
        self.put_blocks(part, offsets, span);
    }

    /// Adds the part's links and tags to the host's.
    fn put_facts(&mut self, page: u32, part: &Document, by: Offsets, span: ByteSpan, line: u32) {
        let facts = &mut self.host.facts;
        let moved = |range: &Range<LinkId>| range.start + by.links..range.end + by.links;
        let own =
            part.insets.first().map_or(number(part.facts.links.len()), |next| next.links.start);
        if own > 0 {
            self.host.insets.push(Inset { page, links: moved(&(0..own)) });
        }
        let deeper = part.insets.iter();
        self.host.insets.extend(deeper.map(|i| Inset { page: i.page, links: moved(&i.links) }));
        let said = part.said.iter().map(|(link, said)| (link + by.links, said.clone()));
        self.host.said.extend(said);
        facts.links.extend(part.facts.links.iter().cloned().map(|mut link| {
            (link.span, link.context, link.line) = (span, span, line);
            link
        }));
        facts.tags.extend(part.facts.tags.iter().cloned().map(|mut tag| {
            tag.span = span;
            tag
        }));
    }

    /// Adds the part's containers, leaves and notes to the host's.
    fn put_blocks(&mut self, part: Document, by: Offsets, span: ByteSpan) {
        let containers = part.containers.into_iter().map(|container| Container {
            kind: match container.kind {
                ContainerKind::Footnote { number } => {
                    ContainerKind::Footnote { number: number + by.footnotes }
                }
                ContainerKind::Embed { link } => ContainerKind::Embed { link: link + by.links },
                kind => kind,
            },
            parent: match (container.parent, container.leaves.start < by.body) {
                (Some(parent), _) => Some(by.container(parent)),
                (None, in_body) => in_body.then_some(by.frame),
            },
            leaves: by.leaf(container.leaves.start)..by.leaf(container.leaves.end - 1) + 1,
            span,
        });
        self.host.containers.extend(containers);
        let footnotes = part.footnotes.into_iter().map(|note| Footnote {
            label: note.label,
            container: note.container.map(|id| by.container(id)),
            referred_from: note.referred_from.map(|leaf| by.leaf(leaf)),
        });
        self.host.footnotes.extend(footnotes);
        // Notes stand behind all bodies, and no place of the source leads to them.
        let end = ByteSpan { start: span.end, end: span.end };
        for (at, mut leaf) in (0..).zip(part.leaves) {
            let in_body = at < by.body;
            leaf.span = if in_body { span } else { end };
            displace(&mut leaf.kind, leaf.span.start);
            renumber(&mut leaf.kind, |target| match target {
                Target::None => Target::None,
                Target::Link(link) => Target::Link(link + by.links),
                Target::Tag(tag) => Target::Tag(tag + by.tags),
                Target::Footnote(note) => Target::Footnote(note + by.footnotes),
            });
            let container = leaf.container.map(|id| by.container(id));
            leaf.container = container.or(in_body.then_some(by.frame));
            if in_body { self.leaves.push(leaf) } else { self.notes.push(leaf) }
        }
    }
}

/// What the numbers of a part become in its host.
#[derive(Clone, Copy)]
struct Offsets {
    links: u32,
    tags: u32,
    footnotes: u32,
    containers: u32,
    /// The container that holds the part.
    frame: ContainerId,
    /// Leaves of the part before its notes.
    body: u32,
    first_leaf: u32,
    first_note: u32,
}

impl Offsets {
    fn container(self, id: ContainerId) -> ContainerId {
        ContainerId::new(id.number() + self.containers)
    }

    fn leaf(self, leaf: u32) -> u32 {
        match leaf.checked_sub(self.body) {
            None => self.first_leaf + leaf,
            Some(note) => self.first_note + note,
        }
    }
}

/// Gives everything in a leaf that leads somewhere another number.
fn renumber(kind: &mut LeafKind, mut new: impl FnMut(Target) -> Target) {
    match kind {
        LeafKind::Tags(tags) => tags.iter_mut().for_each(|tag| {
            if let Target::Tag(number) = new(Target::Tag(*tag)) {
                *tag = number;
            }
        }),
        LeafKind::Embed(link) => {
            if let Target::Link(number) = new(Target::Link(*link)) {
                *link = number;
            }
        }
        kind => each_inlines(kind, |inlines| {
            inlines.runs.iter_mut().for_each(|run| run.target = new(run.target));
        }),
    }
}

/// Has everything in a leaf stand at byte `at` of the source.
fn displace(kind: &mut LeafKind, at: u32) {
    if let LeafKind::Code(code) = kind {
        code.line_starts.fill(at);
    }
    let nowhere = ByteSpan { start: at, end: at };
    each_inlines(kind, |inlines| {
        inlines.runs.iter_mut().for_each(|run| run.source = nowhere);
    });
}

fn each_inlines(kind: &mut LeafKind, mut each: impl FnMut(&mut Inlines)) {
    match kind {
        LeafKind::Paragraph(inlines)
        | LeafKind::Heading { content: inlines, .. }
        | LeafKind::CalloutTitle(inlines)
        | LeafKind::DetailsSummary(inlines)
        | LeafKind::DefinitionTerm(inlines) => inlines.change(each),
        LeafKind::Table(table) => {
            let cells = Arc::make_mut(table).cells.iter_mut();
            cells.for_each(|cell| cell.change(&mut each));
        }
        LeafKind::Code(_)
        | LeafKind::Rule
        | LeafKind::Html(_)
        | LeafKind::Math(_)
        | LeafKind::Tags(_)
        | LeafKind::Embed(_) => {}
    }
}

/// Counts as a document counts; a page is below 4 GiB.
fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
