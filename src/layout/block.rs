//! Blocks: one part of a leaf becomes lines. Each kind of leaf gives its own content, as wide as the frame
//! around it leaves; the frame is put before it here.

use super::callout::{callout_name, callout_role, callout_sign};
use super::code;
use super::frame::{Figures, Frame, frame, gap, note_look};
use super::inline::{Place, Setting, flow, flow_part, link_look, link_sign, short_path, tag_role};
use super::line::{Action, Line, Look, Segment, TextPlace};
use super::options::{LinkLook, Manner};
use super::slots::{Part, note_started_by};
use super::table;
use super::widths::Shapes;
use super::wrap::{From, Row, Wrap};
use crate::markdown::document::{ContainerKind, Leaf, LeafKind};
use crate::markdown::{Inlines, Link, LinkId};
use crate::text::role::{Marks, Role};

/// What was measured once and serves every part.
#[derive(Debug, Default)]
pub(super) struct Measured {
    pub(super) figures: Figures,
    pub(super) tables: Shapes,
}

/// The lines of a part. `stop` is the number of its first stop.
pub(super) fn lay(set: Setting<'_>, measured: &mut Measured, part: Part, stop: u32) -> Vec<Line> {
    let leaf = &set.document.leaves[part.leaf as usize];
    let starts = part.is_first();
    let mut lines = if starts { gap(set, &measured.figures, part.leaf) } else { Vec::new() };
    let frame = frame(set, &measured.figures, part.leaf, stop);
    let note = note_started_by(set.document, part.leaf).filter(|_| starts);
    let content = Content {
        set,
        width: room(set, &frame),
        part,
        place: Place {
            leaf: part.leaf,
            cell: 0,
            stop: stop + u32::from(note.is_some()),
            base: Look::of(base_role(set, leaf)),
        },
        source: leaf.span.start,
    };
    let body = content.lines(leaf, &mut measured.tables);
    if let Some(number) = note.filter(|_| frame.first.iter().all(|segment| segment.stop.is_none()))
    {
        // No room beside the note: its mark stands above it.
        let mut wrap = Wrap::new(content.width);
        wrap.glued(&set.signs.footnote(number), note_look(number, stop));
        lines.extend(content.rows(wrap.finish()));
    }
    let gaps = lines.len();
    lines.extend(body);
    for (i, line) in lines[gaps..].iter_mut().enumerate() {
        put_frame(line, &frame, starts && i == 0);
    }
    lines
}

/// The cells that `frame` leaves to the text.
pub(super) fn room(set: Setting<'_>, frame: &Frame) -> usize {
    set.options.width.saturating_sub(frame.cells).max(1)
}

fn put_frame(line: &mut Line, frame: &Frame, first: bool) {
    let before = if first { &frame.first } else { &frame.rest };
    if !before.is_empty() {
        line.segments.splice(0..0, before.iter().cloned());
    }
    if line.fill.is_none() {
        line.trim();
    }
}

/// The role of a leaf's unmarked text.
fn base_role(set: Setting<'_>, leaf: &Leaf) -> Role {
    match &leaf.kind {
        LeafKind::Heading { level, .. } => heading_role(*level),
        LeafKind::Html(_) => Role::Html,
        LeafKind::Math(_) => Role::Math,
        LeafKind::CalloutTitle(_) => role_of_callout(set, leaf),
        _ => set
            .document
            .ancestors(leaf.container)
            .find_map(|id| match &set.document.container(id).kind {
                ContainerKind::Quote => Some(Role::Quote),
                ContainerKind::Callout { .. } => Some(Role::Text),
                _ => None,
            })
            .unwrap_or(Role::Text),
    }
}

pub(super) fn callout_kind<'a>(set: Setting<'a>, leaf: &Leaf) -> &'a str {
    set.document
        .ancestors(leaf.container)
        .find_map(|id| match &set.document.container(id).kind {
            ContainerKind::Callout { kind, .. } => Some(kind.as_str()),
            _ => None,
        })
        .unwrap_or("note")
}

fn role_of_callout(set: Setting<'_>, leaf: &Leaf) -> Role {
    callout_role(callout_kind(set, leaf))
}

pub(super) fn heading_role(level: u8) -> Role {
    match level {
        0 | 1 => Role::Heading1,
        2 => Role::Heading2,
        3 => Role::Heading3,
        4 => Role::Heading4,
        5 => Role::Heading5,
        _ => Role::Heading6,
    }
}

/// One leaf's content, and the room it has.
#[derive(Clone, Copy)]
pub(super) struct Content<'a> {
    pub(super) set: Setting<'a>,
    pub(super) width: usize,
    pub(super) part: Part,
    pub(super) place: Place,
    /// Where the leaf starts in the source: for lines that have no text of their own.
    pub(super) source: u32,
}

impl<'a> Content<'a> {
    fn lines(self, leaf: &'a Leaf, tables: &mut Shapes) -> Vec<Line> {
        match &leaf.kind {
            LeafKind::Paragraph(kept) => self.paragraph(&kept.open()),
            LeafKind::DetailsSummary(kept) => self.summary(&kept.open()),
            LeafKind::DefinitionTerm(kept) => {
                let base = Look { marks: Marks::STRONG, ..self.place.base };
                self.inlines(&kept.open(), Place { base, ..self.place })
            }
            LeafKind::Heading { level, content, .. } => self.heading(*level, &content.open()),
            LeafKind::CalloutTitle(kept) => {
                self.callout_title(&kept.open(), callout_kind(self.set, leaf))
            }
            LeafKind::Code(code) => code::lay(self, code),
            LeafKind::Table(table) => table::lay(self, table, tables),
            LeafKind::Rule => {
                self.ornament_line(self.set.signs.rule.repeat(self.width), Role::Rule)
            }
            LeafKind::Html(text) => self.verbatim(text, 0),
            LeafKind::Math(text) => self.verbatim(text, if self.width > 20 { 2 } else { 0 }),
            LeafKind::Tags(tags) => self.tags(tags),
            LeafKind::Embed(link) => self.embed(*link),
        }
    }

    /// The rows as lines of this leaf.
    pub(super) fn rows(self, rows: Vec<Row>) -> Vec<Line> {
        let mut source = self.source;
        rows.into_iter()
            .map(|row| {
                source = row.source.unwrap_or(source);
                Line { segments: row.segments, fill: None, source }
            })
            .collect()
    }

    fn ornament_line(self, text: String, role: Role) -> Vec<Line> {
        let segments = vec![Segment::ornament(text, Look::of(role))];
        vec![Line { segments, fill: None, source: self.source }]
    }

    /// The part of a paragraph.
    fn paragraph(self, inlines: &'a Inlines) -> Vec<Line> {
        let Part { offset, until, .. } = self.part;
        let mut wrap = Wrap::new(self.width);
        flow_part(self.set, inlines, offset..until, self.place, &mut wrap);
        self.rows(wrap.finish())
    }

    fn inlines(self, inlines: &'a Inlines, place: Place) -> Vec<Line> {
        let mut wrap = Wrap::new(self.width);
        flow(self.set, inlines, place, &mut wrap);
        self.rows(wrap.finish())
    }

    /// Hierarchy without size: the first two levels are underlined, heavy and thin. Folded they are one
    /// line, whatever their level.
    fn heading(self, level: u8, content: &'a Inlines) -> Vec<Line> {
        let signs = self.set.signs;
        let mut wrap = Wrap::new(self.width);
        let folded = self.is_folded();
        if folded {
            self.fold_sign(&mut wrap);
        }
        let mark = signs.headings[usize::from(level.clamp(1, 6)) - 1];
        wrap.ornament(mark, Look::of(Role::Quiet));
        flow(self.set, content, self.fold_title(self.place.base), &mut wrap);
        self.fold_amount(&mut wrap);
        let mut lines = self.rows(wrap.finish());
        if !folded {
            lines.extend(self.heading_rule(level, &lines));
        }
        lines
    }

    fn heading_rule(self, level: u8, lines: &[Line]) -> Option<Line> {
        let cells = lines.iter().map(Line::width).max().unwrap_or(0).clamp(1, self.width);
        let (stroke, cells, role) = match level {
            1 => (self.set.signs.heavy, cells, Role::Heading1),
            2 if self.set.options.manner == Manner::Mail => {
                (self.set.signs.rule, cells, Role::Rule)
            }
            2 => (self.set.signs.rule, self.width, Role::Rule),
            _ => return None,
        };
        if stroke.is_empty() {
            return None;
        }
        let source = lines.last().map_or(self.source, |line| line.source);
        let line = Segment::ornament(stroke.repeat(cells), Look::of(role));
        Some(Line { segments: vec![line], fill: None, source })
    }

    fn callout_title(self, title: &'a Inlines, kind: &str) -> Vec<Line> {
        let place = self.fold_title(Look { marks: Marks::STRONG, ..self.place.base });
        let mut wrap = Wrap::new(self.width);
        self.fold_sign(&mut wrap);
        match self.set.options.manner {
            Manner::Screen => {
                wrap.ornament(callout_sign(kind, self.set.options.ascii), place.base);
                wrap.ornament(" ", place.base);
            }
            Manner::Mail | Manner::Spoken if title.text.trim().is_empty() => {}
            Manner::Mail | Manner::Spoken => {
                wrap.ornament(&format!("{}: ", callout_name(kind)), place.base);
            }
        }
        if title.text.trim().is_empty() {
            wrap.ornament(&callout_name(kind), place.base);
        } else {
            flow(self.set, title, place, &mut wrap);
        }
        self.fold_amount(&mut wrap);
        self.rows(wrap.finish())
    }

    /// The part of a text as written, its lines kept, wrapped where they are too long.
    fn verbatim(self, text: &'a str, indent: usize) -> Vec<Line> {
        let Part { leaf, offset, until, .. } = self.part;
        let text = &text[offset as usize..text.len().min(until as usize)];
        let mut wrap = Wrap::new(self.width - indent);
        let at = TextPlace { leaf, cell: 0, offset };
        let from = From { at, source: self.source + offset, exact: false };
        wrap.text(text.trim_end_matches('\n'), self.place.base, from);
        let mut lines = self.rows(wrap.finish());
        if indent > 0 {
            for line in &mut lines {
                line.segments
                    .insert(0, Segment::ornament(" ".repeat(indent), Look::of(Role::Text)));
            }
        }
        lines
    }

    fn tags(self, tags: &[u32]) -> Vec<Line> {
        let mut wrap = Wrap::new(self.width);
        for (stop, &tag) in (self.place.stop..).zip(tags) {
            tag_chip(self.set, tag, stop, &mut wrap);
            wrap.ornament("  ", Look::default());
        }
        self.rows(wrap.finish())
    }

    /// An embed: the line above what it shows, or all there is of it.
    fn embed(self, link: LinkId) -> Vec<Line> {
        let Setting { signs, context, document, .. } = self.set;
        let look = link_look(context, link, self.place.stop);
        let quiet = Look { role: Role::Quiet, ..look };
        let mut wrap = Wrap::new(self.width);
        let is_file = context.link(link) == LinkLook::Attachment;
        let sign = if is_file { signs.attachment } else { signs.embed };
        if !sign.is_empty() {
            wrap.glued(&format!("{sign} "), quiet);
        }
        if let Some(record) = document.facts.links.get(link as usize) {
            wrap.ornament(&reference(self.set, record), look);
        }
        // The sign before it says that it is a file.
        let numbered = context.reference(link).is_some();
        if !is_file || numbered {
            wrap.glued(&link_sign(self.set, link), quiet);
        }
        if let Some(said) = document.said.get(&link) {
            wrap.ornament(&format!(" {} {said}", signs.between), quiet);
        }
        self.rows(wrap.finish())
    }
}

/// What an embed calls what it shows: its alias, else page and heading.
fn reference(set: Setting<'_>, link: &Link) -> String {
    // `|300x200` is the size of an image.
    let is_size =
        |alias: &str| alias.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'x' | b'X'));
    if let Some(alias) = link.alias().filter(|alias| !is_size(alias)) {
        return alias.to_owned();
    }
    let headings = link.fragment().into_iter().flat_map(|fragment| fragment.split('#'));
    let parts = std::iter::once(short_path(set, link.target())).chain(headings.map(str::to_owned));
    let parts: Vec<String> = parts.filter(|part| !part.trim().is_empty()).collect();
    parts.join(" > ")
}

/// A tag as a chip.
pub(super) fn tag_chip(set: Setting<'_>, tag: u32, stop: u32, wrap: &mut Wrap<'_>) {
    let Some(record) = set.document.facts.tags.get(tag as usize) else { return };
    wrap.chip(&format!("#{}", record.name), tag_look(set, tag, stop));
}

/// How a tag looks.
pub(super) fn tag_look(set: Setting<'_>, tag: u32, stop: u32) -> Look {
    Look {
        role: tag_role(set.context, tag),
        action: Some(Action::Tag(tag)),
        stop: Some(stop),
        ..Look::default()
    }
}
