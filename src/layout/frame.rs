//! Frames: what stands left of a leaf because of the containers around it (bars, bullets, numbers, indents),
//! and how many empty rows part it from the leaf before it.

use std::collections::HashMap;

use super::callout::callout_role;
use super::inline::Setting;
use super::line::{Action, Line, Look, Segment};
use crate::markdown::document::{Container, ContainerId, ContainerKind, Document, LeafKind};
use crate::text::role::Role;
use crate::text::width::width;

/// No more containers than these take room at the left.
const MAX_LEVELS: usize = 8;

/// What stands left of the lines of a leaf.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    /// Before its first line.
    pub(super) first: Vec<Segment>,
    /// Before the others; as wide.
    pub(super) rest: Vec<Segment>,
    pub(super) cells: usize,
}

/// The widths of the numbers of ordered lists, in figures.
pub(super) type Figures = HashMap<ContainerId, usize>;

/// Measures the numbers of all ordered lists: one look at each container.
pub(super) fn figures(document: &Document) -> Figures {
    let mut figures = Figures::new();
    for container in &document.containers {
        if let (ContainerKind::Item { number: Some(number), .. }, Some(list)) =
            (&container.kind, container.parent)
        {
            let length = number.checked_ilog10().unwrap_or(0) as usize + 1;
            let widest = figures.entry(list).or_insert(length);
            *widest = length.max(*widest);
        }
    }
    figures
}

/// The frame of `leaf`. `starts`: whether its first line is wanted, with bullets and numbers. The marks
/// of footnotes take their stop from `stop`.
pub(super) fn frame(set: Setting<'_>, figures: &Figures, leaf: u32, stop: u32) -> Frame {
    let Some(record) = set.document.leaves.get(leaf as usize) else { return Frame::default() };
    let around: Vec<ContainerId> = set.document.ancestors(record.container).collect();
    build(set, figures, &around, Some(leaf), stop)
}

/// The frame of the containers `around` (innermost first), for `leaf` or for no leaf in particular.
fn build(
    set: Setting<'_>,
    figures: &Figures,
    around: &[ContainerId],
    leaf: Option<u32>,
    stop: u32,
) -> Frame {
    let room = set.options.width.max(1) / 2;
    let is_list =
        |id: &ContainerId| matches!(set.document.container(*id).kind, ContainerKind::List { .. });
    let level_of = |id: ContainerId, depth: usize| {
        let container = set.document.container(id);
        let starts = leaf == Some(container.leaves.start);
        level(set, container, figures, depth, starts.then_some(stop))
    };
    // The innermost level says what the leaf is; of those around it the outermost stay. Levels are
    // built only where they show: there may be thousands around a leaf.
    let Some(inner) = around.iter().position(|id| !is_list(id)) else { return Frame::default() };
    let bullets = |id: &&ContainerId| {
        matches!(set.document.container(**id).kind, ContainerKind::List { start: None, .. })
    };
    let (first, rest) = level_of(around[inner], around.iter().filter(bullets).count());
    let reserved = first.cells();
    let mut frame = Frame::default();
    let mut depth = 0;
    let mut levels = 1;
    for id in around[inner + 1..].iter().rev() {
        depth += usize::from(bullets(&id));
        if is_list(id) {
            continue;
        }
        let (first, rest) = level_of(*id, depth);
        levels += 1;
        if levels > MAX_LEVELS || frame.cells + first.cells() + reserved > room {
            break;
        }
        frame.push(first, rest);
    }
    if frame.cells + reserved <= room {
        frame.push(first, rest);
    }
    frame
}

/// The segments of one container at a line.
#[derive(Clone, Debug, Default)]
struct Level(Vec<Segment>);

impl Level {
    fn cells(&self) -> usize {
        self.0.iter().map(|segment| width(&segment.text)).sum()
    }

    fn of(text: impl Into<String>, role: Role) -> Self {
        Self(vec![Segment::ornament(text, Look::of(role))])
    }

    fn indent(cells: usize) -> Self {
        Self::of(" ".repeat(cells), Role::Text)
    }
}

impl Frame {
    fn push(&mut self, first: Level, rest: Level) {
        self.cells += first.cells();
        self.first.extend(first.0);
        self.rest.extend(rest.0);
    }
}

/// What one container puts before the first and the other lines. `stop` is given where the leaf is the
/// container's first.
fn level(
    set: Setting<'_>,
    container: &Container,
    figures: &Figures,
    depth: usize,
    stop: Option<u32>,
) -> (Level, Level) {
    let bar = |role| Level::of(format!("{} ", set.signs.bar), role);
    match &container.kind {
        ContainerKind::List { .. } => (Level::default(), Level::default()),
        ContainerKind::Quote => (bar(Role::QuoteBar), bar(Role::QuoteBar)),
        ContainerKind::Callout { kind, .. } => (bar(callout_role(kind)), bar(callout_role(kind))),
        ContainerKind::Embed { .. } => {
            let bar = Level::of(format!("{} ", set.signs.inset), Role::Rule);
            (bar.clone(), bar)
        }
        ContainerKind::Definition => (Level::indent(4), Level::indent(4)),
        // The summary brings its own sign.
        ContainerKind::Details { .. } if stop.is_some() => (Level::default(), Level::default()),
        ContainerKind::Details { .. } => (Level::indent(2), Level::indent(2)),
        ContainerKind::Footnote { number } => {
            let mark = set.signs.footnote(*number);
            let cells = width(&mark) + 1;
            let look = note_look(*number, stop.unwrap_or_default());
            let first = Level(vec![
                Segment::ornament(mark, look),
                Segment::ornament(" ", Look::of(Role::Text)),
            ]);
            (if stop.is_some() { first } else { Level::indent(cells) }, Level::indent(cells))
        }
        ContainerKind::Item { number, task } => {
            let mut sign = match number {
                Some(number) => {
                    let figures =
                        container.parent.and_then(|list| figures.get(&list)).copied().unwrap_or(1);
                    Level::of(format!("{number:>figures$}. "), Role::ListMarker)
                }
                None if task.is_some() => Level::default(),
                None => {
                    let bullets = &set.signs.bullets;
                    let bullet = bullets[depth.saturating_sub(1).min(bullets.len() - 1)];
                    Level::of(format!("{bullet} "), Role::ListMarker)
                }
            };
            match task {
                None => {}
                Some(' ') => {
                    sign.0.extend(Level::of(format!("{} ", set.signs.task_open), Role::TaskOpen).0);
                }
                Some('x' | 'X') => {
                    sign.0.extend(Level::of(format!("{} ", set.signs.task_done), Role::TaskDone).0);
                }
                Some(other) => {
                    let other = set.signs.task(*other);
                    sign.0.extend(Level::of(format!("{other} "), Role::TaskDone).0);
                }
            }
            let indent = Level::indent(sign.cells());
            (if stop.is_some() { sign } else { indent.clone() }, indent)
        }
    }
}

/// The look of the mark before a note.
pub(super) fn note_look(number: u32, stop: u32) -> Look {
    let action = Some(Action::Footnote(number));
    Look { role: Role::Footnote, action, stop: Some(stop), ..Look::default() }
}

/// Columns so wide, in cells, stand on screens that have rows to spare.
const SPACIOUS: usize = 60;

/// The empty rows before `leaf`, with the bars that run through them.
pub(super) fn gap(set: Setting<'_>, figures: &Figures, leaf: u32) -> Vec<Line> {
    let document = set.document;
    let (Some(record), Some(before)) = (
        document.leaves.get(leaf as usize),
        leaf.checked_sub(1).and_then(|before| document.leaves.get(before as usize)),
    ) else {
        return Vec::new();
    };
    // The innermost container that holds the leaf before, too.
    let around: Vec<ContainerId> = document.ancestors(record.container).collect();
    let inner =
        around.iter().take_while(|id| document.container(**id).leaves.start == leaf).count();
    let common = &around[inner..];
    let source = record.span.start;
    let empty = || {
        let frame = build(set, figures, common, None, 0);
        let mut line = Line { segments: frame.rest, fill: None, source };
        line.trim();
        line
    };
    let is_note = |id: Option<&ContainerId>| {
        id.is_some_and(|id| matches!(document.container(*id).kind, ContainerKind::Footnote { .. }))
    };
    if is_note(around[..inner].last()) && common.is_empty() {
        let after_note = document.ancestors(before.container).last();
        if is_note(after_note.as_ref()) {
            return Vec::new();
        }
        let rule = set.signs.rule.repeat(set.options.width.clamp(1, 12));
        let rule = Segment::ornament(rule, Look::of(Role::Rule));
        return vec![empty(), Line { segments: vec![rule], fill: None, source }, empty()];
    }
    let kind_of = |id: Option<&ContainerId>| id.map(|id| &document.container(*id).kind);
    let tight = match kind_of(common.first()) {
        Some(ContainerKind::List { tight, .. }) => *tight,
        Some(ContainerKind::Item { .. }) => {
            matches!(kind_of(common.get(1)), Some(ContainerKind::List { tight: true, .. }))
                && !matches!(record.kind, LeafKind::Table(_))
        }
        // Below the line of an embed, air is only where a heading wants it.
        Some(ContainerKind::Embed { .. })
            if common
                .first()
                .is_some_and(|id| document.container(*id).leaves.start + 1 == leaf) =>
        {
            !matches!(record.kind, LeafKind::Heading { .. })
        }
        _ => {
            // What stands right below a title is its own, unless that is all there is.
            let below = before.container.is_some_and(|id| around.contains(&id));
            (below
                && matches!(before.kind, LeafKind::CalloutTitle(_) | LeafKind::DetailsSummary(_)))
                || (matches!(before.kind, LeafKind::DefinitionTerm(_))
                    && (matches!(record.kind, LeafKind::DefinitionTerm(_))
                        || matches!(
                            kind_of(around[..inner].last()),
                            Some(ContainerKind::Definition)
                        )))
        }
    };
    // No air parts a heading from its text; a title stands above all of its page.
    let headed = matches!(before.kind, LeafKind::Heading { level: 2.., .. })
        && !matches!(record.kind, LeafKind::Heading { .. });
    // Neither does a line that leads a list, if its writer saw it so. What is embedded has lost its places.
    let in_embed =
        |id: &ContainerId| matches!(document.container(*id).kind, ContainerKind::Embed { .. });
    let led = matches!(before.kind, LeafKind::Paragraph(_))
        && !common.iter().any(in_embed)
        && document.ancestors(before.container).next().as_ref() == common.first()
        && around[..inner].last().is_some_and(|id| {
            let list = document.container(*id);
            matches!(list.kind, ContainerKind::List { .. })
                && list.span.start.saturating_sub(before.span.end) <= 1
        });
    // A section begins with more air than a paragraph, where rows are not scarce.
    // Right below the heading of the section around it, it does not need it.
    let begins = matches!(record.kind, LeafKind::Heading { level: own @ ..=2, .. }
        if !matches!(before.kind, LeafKind::Heading { level, .. } if level <= own))
        && around.is_empty()
        && set.options.width >= SPACIOUS;
    match (tight || headed || led, begins) {
        (true, _) => Vec::new(),
        (false, true) => vec![empty(), empty()],
        (false, false) => vec![empty()],
    }
}
