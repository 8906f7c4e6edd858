//! Code: lines as they are, cut where they are too long and panned sideways; colours are laid over when
//! they have arrived. A part holds a bounded number of lines, and of a line no more is looked at
//! than what stands left of the cut.

use super::block::Content;
use super::line::{Line, Look, Segment, TextPlace};
use super::slots::{CODE_LINES, Part};
use crate::markdown::document::Code;
use crate::text::role::Role;
use crate::text::scrub::{acts_on_terminal, scrub_line};
use crate::text::width::{fit, graphemes, width};

/// Columns from one tab stop to the next.
const TAB: usize = 4;

/// The lines of one part of a code block.
pub(super) fn lay(content: Content<'_>, code: &Code) -> Vec<Line> {
    let part = content.part;
    let room = Room::of(content.width);
    let colours = content.set.context.code(part.leaf);
    let mut lines = Vec::new();
    let mut offset = part.offset as usize;
    let text = code.text.get(offset..).unwrap_or("");
    for (number, line) in (part.from as usize..).zip(text.split('\n')).take(CODE_LINES) {
        let source = code.line_starts.get(number).copied().unwrap_or(content.source);
        let roles = colours.and_then(|lines| lines.get(number)).map_or(&[][..], Vec::as_slice);
        let pan = content.set.options.pan;
        let cut = Cut { text: line, offset, roles, pan, room: room.text };
        let mut segments = vec![padding(room.left)];
        segments.extend(cut.segments(part.leaf, content.set.signs.cut));
        segments.retain(|segment| !segment.text.is_empty() || segment.at.is_some());
        lines.push(Line { segments, fill: Some(Role::Code), source });
        offset += line.len() + 1;
    }
    if part.from == 0 && !code.language.is_empty() {
        put_label(&code.language, code.text.split('\n').next().unwrap_or(""), room, &mut lines);
    }
    lines
}

/// By how many cells the longest line of a part reaches beyond `width`: what panning can bring into view.
pub(super) fn overflow(code: &Code, part: Part, width_cells: usize) -> usize {
    let text = code.text.get(part.offset as usize..).unwrap_or("");
    let widest = text.split('\n').take(CODE_LINES).map(columns).max().unwrap_or(0);
    widest.saturating_sub(Room::of(width_cells).text)
}

/// The pan at which the byte `at` of a line of code is seen; `pan` if it is seen already. `rest` goes on from
/// the start of that line.
pub(super) fn pan_to(rest: &str, at: usize, pan: usize, width_cells: usize) -> usize {
    let room = Room::of(width_cells).text;
    let column = columns(&rest[..at]);
    // The first and the last cell may hold the signs of a cut.
    let seen = pan + usize::from(pan > 0)..(pan + room).saturating_sub(1).max(pan + 1);
    if seen.contains(&column) {
        return pan;
    }
    let line = rest.split('\n').next().unwrap_or("");
    let fits = |line: &str| fit(line, pan + room).len() == line.len();
    if column >= seen.start && line.len() <= pan + room && fits(line) && columns(line) <= pan + room
    {
        return pan;
    }
    let margin = room / 4;
    if column < seen.start {
        column.saturating_sub(margin)
    } else {
        (column + 1 + margin).saturating_sub(room)
    }
}

/// The width of a line of code, tabs expanded.
fn columns(line: &str) -> usize {
    graphemes(line).fold(0, |column, g| match g.text {
        "\t" => column + TAB - column % TAB,
        text if text.chars().any(acts_on_terminal) => column + width(&scrub_line(text)),
        _ => column + g.cells,
    })
}

/// The cells of a line of code.
#[derive(Clone, Copy)]
struct Room {
    /// Padding at the left. Two cells, so that code stands out where no background tells it.
    left: usize,
    /// Between the paddings; the one at the right has one cell.
    text: usize,
}

impl Room {
    fn of(width: usize) -> Self {
        match width {
            0..=4 => Self { left: 0, text: width },
            5..=24 => Self { left: 1, text: width - 2 },
            _ => Self { left: 2, text: width - 3 },
        }
    }
}

fn padding(cells: usize) -> Segment {
    Segment::ornament(" ".repeat(cells), Look::of(Role::Code))
}

/// The language, quiet, at the right: on the first line if there is room beside the code, whatever it is
/// panned by, else on a line of its own.
fn put_label(language: &str, first: &str, room: Room, lines: &mut Vec<Line>) {
    let name = scrub_line(language);
    let name = fit(&name, room.text);
    let label = Segment::ornament(name, Look::of(Role::CodeLabel));
    let before = room.left + room.text - width(name);
    let Some(line) = lines.first_mut() else { return };
    if columns(first) + 2 + width(name) <= room.text {
        let free = before.saturating_sub(line.width());
        line.segments.extend([padding(free), label]);
    } else {
        let line = Line { segments: vec![padding(before), label], ..line.clone() };
        lines.insert(0, line);
    }
}

/// A line of code and the window through which it is seen.
struct Cut<'a> {
    text: &'a str,
    /// Byte offset of the line in the block.
    offset: usize,
    roles: &'a [(u32, Role)],
    pan: usize,
    room: usize,
}

impl Cut<'_> {
    fn segments(&self, leaf: u32, sign: &str) -> Vec<Segment> {
        let at = |byte: usize| TextPlace {
            leaf,
            cell: 0,
            offset: u32::try_from(self.offset + byte).unwrap_or(u32::MAX),
        };
        // Empty text still has its place, so that every line can be found by it.
        let mut out = vec![Segment { role: Role::Code, at: Some(at(0)), ..Segment::default() }];
        let mut column = 0;
        let mut roles = self.roles.iter();
        let (mut role, mut role_ends) = (Role::Code, 0);
        let mut grows = false;
        let end = self.pan + self.room;
        for g in graphemes(self.text) {
            while g.at >= role_ends {
                if let Some(&(length, next)) = roles.next() {
                    role = next;
                    role_ends += length as usize;
                } else {
                    role = Role::Code;
                    role_ends = usize::MAX;
                }
            }
            let special = g.text == "\t" || g.text.chars().any(acts_on_terminal);
            let text = match g.text {
                "\t" => " ".repeat(TAB - column % TAB).into(),
                text => scrub_line(text),
            };
            let cells = if special { width(&text) } else { g.cells };
            let from = column;
            column += cells;
            if column > end {
                cut_end(&mut out, end - self.pan, sign);
                return self.panned(out, sign);
            }
            if column <= self.pan && cells > 0 || from < self.pan && cells == 0 {
                grows = false;
                continue;
            }
            // What the edge of the window cuts in two shows as spaces.
            let text = if from < self.pan { " ".repeat(column - self.pan).into() } else { text };
            let whole = !special && from >= self.pan;
            let covers = u32::try_from(g.text.len()).unwrap_or(u32::MAX);
            match out.last_mut() {
                Some(last) if grows && whole && last.role == role => {
                    last.text.push_str(&text);
                    last.covers += covers;
                }
                _ => out.push(Segment {
                    text: text.into_owned(),
                    role,
                    at: Some(at(g.at)),
                    covers,
                    ..Segment::default()
                }),
            }
            grows = whole;
        }
        self.panned(out, sign)
    }

    /// Marks at the left that something stands there.
    fn panned(&self, mut out: Vec<Segment>, sign: &str) -> Vec<Segment> {
        if self.pan > 0 && !self.text.is_empty() {
            cut_start(&mut out, sign);
        }
        out
    }
}

/// Makes room for the sign of a cut in the last of `room` cells.
fn cut_end(segments: &mut Vec<Segment>, room: usize, sign: &str) {
    let mut used: usize = segments.iter().map(|segment| width(&segment.text)).sum();
    while used + 1 > room {
        let Some(last) = segments.last_mut() else { break };
        let Some(g) = graphemes(&last.text).next_back() else {
            if segments.len() == 1 {
                break;
            }
            segments.pop();
            continue;
        };
        let (at, cells) = (g.at, g.cells);
        if last.covers as usize == last.text.len() {
            last.covers = u32::try_from(at).unwrap_or(0);
        }
        last.text.truncate(at);
        used -= cells;
    }
    let gap = " ".repeat((room).saturating_sub(used + 1));
    segments.push(Segment::ornament(gap + sign, Look::of(Role::Quiet)));
}

/// Replaces the first cell by the sign of a cut.
fn cut_start(segments: &mut Vec<Segment>, sign: &str) {
    let mut gap = 0;
    let shown = |segment: &&mut Segment| !segment.text.is_empty() && segment.at.is_some();
    if let Some(first) = segments.iter_mut().find(shown) {
        let grapheme = graphemes(&first.text).find(|g| g.cells > 0);
        let (end, cells) =
            grapheme.map_or((first.text.len(), 1), |g| (g.at + g.text.len(), g.cells));
        gap = cells - 1;
        if first.covers as usize == first.text.len() {
            let bytes = u32::try_from(end).unwrap_or(0);
            first.covers -= bytes;
            if let Some(at) = &mut first.at {
                at.offset += bytes;
            }
        }
        first.text.drain(..end);
    }
    segments
        .insert(0, Segment::ornament(format!("{sign}{}", " ".repeat(gap)), Look::of(Role::Quiet)));
}
