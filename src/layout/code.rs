//! Code: lines as they are, cut where they are too long and panned sideways, or wrapped; colours are laid over
//! when they have arrived. A part holds a bounded number of lines, and of a line that is cut no more is looked
//! at than what stands left of the cut.

use std::borrow::Cow;

use super::block::Content;
use super::diagram;
use super::line::{Line, Look, Segment, TextPlace};
use super::options::{Manner, Options};
use super::page::at;
use super::signs::Signs;
use super::slots::CODE_LINES;
use crate::code::LineRoles;
use crate::markdown::document::Code;
use crate::text::role::Role;
use crate::text::scrub::{acts_on_terminal, scrub_line};
use crate::text::width::{fit, graphemes, width};

/// Columns from one tab stop to the next.
const TAB: usize = 4;
/// Numbers of lines are shown where they leave so many cells to the code.
const BESIDE_NUMBERS: usize = 16;

/// The lines of one part of a code block.
pub(super) fn lay(content: Content<'_>, code: &Code) -> Vec<Line> {
    let part = content.part;
    let signs = content.set.signs;
    let options = content.set.options;
    let is_screen = options.manner == Manner::Screen;
    let room = match options.manner {
        Manner::Screen => Room::of(content.width, options, code),
        // Nothing is cut where nothing can be panned, nor parted where it may be copied.
        Manner::Mail | Manner::Spoken => Room { left: 4, figures: 0, text: usize::MAX / 2 },
    };
    let pan = pan_of(code, options, room);
    let colours = content.set.context.code(part.leaf);
    let mut lines = Vec::new();
    if let Some(amount) = content.amount() {
        return vec![folded(content, code, &amount, room)];
    }
    let wraps = options.wraps_code();
    // Of a line that goes on from the part before, so much is shown there; one that is cut is shown by its first part.
    let mut before = into_line(code, part.offset as usize);
    let mut offset = part.offset as usize - before;
    let until = code.text.len().min(part.until as usize);
    let end = if wraps { until } else { line_end(code, until) };
    let text = code.text.get(offset..end).unwrap_or("");
    for (number, text) in (part.from as usize..).zip(text.split('\n')) {
        let source = code.line_starts.get(number).copied().unwrap_or(content.source);
        let source = source.saturating_add(at(before));
        let roles =
            colours.and_then(|lines| lines.get(number)).map_or(&[][..], LineRoles::as_slice);
        let line = CodeLine { text, offset, roles, leaf: part.leaf };
        let rows =
            if wraps { line.wrapped(room, before) } else { vec![line.cut(pan, room.text, signs)] };
        for (nth, row) in rows.into_iter().enumerate() {
            let mut segments = room.before(number, nth > 0 || before > 0, signs);
            segments.extend(row);
            segments.retain(|segment| !segment.text.is_empty() || segment.at.is_some());
            lines.push(Line { segments, fill: Some(Role::Code), source });
        }
        offset += text.len() + 1;
        before = 0;
    }
    let label = diagram::label(&code.language, content.set.options.ascii);
    if part.is_first() && options.manner == Manner::Spoken {
        let name = if code.language.is_empty() { "Code" } else { &*label };
        let label = Segment::ornament(format!("{}:", scrub_line(name)), Look::of(Role::CodeLabel));
        lines.insert(0, Line { segments: vec![label], fill: None, source: content.source });
    }
    if part.is_first() && is_screen && !code.language.is_empty() {
        put_label(&label, code.text.split('\n').next().unwrap_or(""), room, &mut lines);
    }
    lines
}

/// How many bytes of its line stand before a byte of the code.
pub(super) fn into_line(code: &Code, offset: usize) -> usize {
    let before = code.text.as_bytes().get(..offset).unwrap_or_default();
    memchr::memrchr(b'\n', before).map_or(before.len(), |newline| before.len() - newline - 1)
}

/// The end of the line that holds a byte of the code.
fn line_end(code: &Code, offset: usize) -> usize {
    let rest = code.text.as_bytes().get(offset..).unwrap_or_default();
    offset + memchr::memchr(b'\n', rest).unwrap_or(rest.len())
}

/// The one line of folded code: its sign, as much of the first line as there is room for, how much is hidden.
fn folded(content: Content<'_>, code: &Code, amount: &str, room: Room) -> Line {
    let label = match code.language.as_str() {
        "" => amount.to_owned(),
        language => {
            let language = diagram::label(language, content.set.options.ascii);
            format!("{}  {amount}", scrub_line(&language))
        }
    };
    let label = fit(&label, room.text);
    let text = room.text.saturating_sub(width(label) + 2);
    let first = code.text.split('\n').next().unwrap_or("");
    let colours = content.set.context.code(content.part.leaf);
    let roles = colours.and_then(|lines| lines.first()).map_or(&[][..], Vec::as_slice);
    let line = CodeLine { text: first, offset: 0, roles, leaf: content.part.leaf };
    let look = content.fold_look().unwrap_or_default();
    let mut segments = Vec::new();
    if room.left > 0 {
        let sign = content.set.signs.fold(true);
        segments.push(Segment::ornament(sign, Look { role: Role::CodeLabel, ..look }));
        segments.push(padding(room.left - width(sign)));
    }
    segments.extend(line.cut(0, text, content.set.signs));
    let used: usize = segments.iter().map(|segment| width(&segment.text)).sum();
    segments.push(padding((room.left + room.text).saturating_sub(used + width(label))));
    segments.push(Segment::ornament(label, Look { role: Role::CodeLabel, ..look }));
    segments.retain(|segment| !segment.text.is_empty() || segment.at.is_some());
    let source = code.line_starts.first().copied().unwrap_or(content.source);
    Line { segments, fill: Some(Role::Code), source }
}

/// The cells by which a block is panned: one that is laid out as a whole no further than its longest line goes.
fn pan_of(code: &Code, options: &Options, room: Room) -> usize {
    let pan = options.pan;
    if pan == 0 || code.line_starts.len() > CODE_LINES {
        return pan;
    }
    let lines = code.text.split('\n');
    let longest = lines.map(|line| columns(line, room.text + pan)).max().unwrap_or(0);
    pan.min(longest.saturating_sub(room.text))
}

/// By how many cells the line of code that starts at a byte of the block reaches beyond the room that a
/// block of `width` cells has; no line is measured further than to `enough` cells beyond it.
pub(super) fn overflow(
    code: &Code,
    options: &Options,
    width: usize,
    (offset, enough): (usize, usize),
) -> usize {
    let room = Room::of(width, options, code).text;
    let line = code.text.get(offset..).and_then(|rest| rest.split('\n').next()).unwrap_or("");
    columns(line, room + enough).saturating_sub(room)
}

/// The cells to be panned by so that a byte of the block is seen; `None` where it is.
pub(super) fn pan_to(code: &Code, options: &Options, width: usize, offset: usize) -> Option<usize> {
    let before = code.text.get(..offset).filter(|_| !options.code_wrap)?;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = columns(&before[start..], usize::MAX);
    let room = Room::of(width, options, code);
    // The cells at the edges may hold signs.
    let seen = |pan: usize| column + 1 < pan + room.text && (pan == 0 || column > pan);
    let pan = pan_of(code, options, room);
    (!seen(pan)).then(|| if seen(0) { 0 } else { column.saturating_sub(room.text / 2) })
}

/// The width of a line of code, tabs expanded; measured no further than to where it is `enough`.
fn columns(line: &str, enough: usize) -> usize {
    if line.bytes().take(enough).all(is_plain) {
        return line.len().min(enough);
    }
    let mut column = 0;
    for g in graphemes(line) {
        if column >= enough {
            break;
        }
        column += match g.text {
            "\t" => TAB - column % TAB,
            text if text.chars().any(acts_on_terminal) => width(&scrub_line(text)),
            _ => g.cells,
        };
    }
    column
}

/// Whether a byte is a character of one cell.
fn is_plain(byte: u8) -> bool {
    (0x20..0x7f).contains(&byte)
}

/// The cells of a line of code.
#[derive(Clone, Copy)]
struct Room {
    /// Padding at the left. Two cells, so that code stands out where no background tells it; with the number
    /// of the line in it, more.
    left: usize,
    /// Figures of the numbers, 0 for none.
    figures: usize,
    /// Between the paddings; the one at the right has one cell.
    text: usize,
}

impl Room {
    fn of(width: usize, options: &Options, code: &Code) -> Self {
        let figures = code.line_starts.len().max(1).ilog10() as usize + 1;
        // A space, the number, two spaces; the padding at the right.
        if options.code_line_numbers && width >= figures + 4 + BESIDE_NUMBERS {
            return Self { left: figures + 3, figures, text: width - figures - 4 };
        }
        match width {
            0..=4 => Self { left: 0, figures: 0, text: width },
            5..=24 => Self { left: 1, figures: 0, text: width - 2 },
            _ => Self { left: 2, figures: 0, text: width - 3 },
        }
    }

    /// What stands left of a line: its number, or the sign that it is the rest of the line above.
    fn before(self, number: usize, is_rest: bool, signs: &Signs) -> Vec<Segment> {
        let figures = self.figures;
        let quiet = |text: String| Segment::ornament(text, Look::of(Role::CodeLabel));
        match (is_rest, figures) {
            (false, 0) => vec![padding(self.left)],
            (false, _) => vec![padding(1), quiet(format!("{:>figures$}", number + 1)), padding(2)],
            (true, 0) if self.left == 0 => Vec::new(),
            (true, 0) => vec![quiet(signs.wrapped.to_owned()), padding(self.left - 1)],
            (true, _) => vec![padding(figures), quiet(signs.wrapped.to_owned()), padding(2)],
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
    if columns(first, room.text + 1) + 2 + width(name) <= room.text {
        let free = before.saturating_sub(line.width());
        line.segments.extend([padding(free), label]);
    } else {
        let line = Line { segments: vec![padding(before), label], ..line.clone() };
        lines.insert(0, line);
    }
}

/// A line of code.
struct CodeLine<'a> {
    text: &'a str,
    /// Byte offset of the line in the block.
    offset: usize,
    roles: &'a [(u32, Role)],
    leaf: u32,
}

/// A grapheme of code, as it is painted.
struct Glyph<'a> {
    text: Cow<'a, str>,
    cells: usize,
    role: Role,
    /// Its first byte in the line, and how many it has.
    at: usize,
    bytes: usize,
    /// Whether it is painted as it is written.
    whole: bool,
}

impl<'a> CodeLine<'a> {
    /// The glyphs from the byte `from` on, which is as many cells from the start of the line.
    fn glyphs(&self, from: usize) -> impl Iterator<Item = Glyph<'a>> {
        let mut roles = self.roles.iter();
        let (mut role, mut role_ends) = (Role::Code, 0);
        let mut column = from;
        graphemes(&self.text[from..]).map(move |g| {
            let at = from + g.at;
            while at >= role_ends {
                if let Some(&(length, next)) = roles.next() {
                    role = next;
                    role_ends += length as usize;
                } else {
                    role = Role::Code;
                    role_ends = usize::MAX;
                }
            }
            let (text, whole) = match g.text {
                "\t" => (" ".repeat(TAB - column % TAB).into(), false),
                text if text.chars().any(acts_on_terminal) => (scrub_line(text), false),
                text => (Cow::Borrowed(text), true),
            };
            let cells = if whole { g.cells } else { width(&text) };
            column += cells;
            Glyph { text, cells, role, at, bytes: g.text.len(), whole }
        })
    }

    fn place(&self, byte: usize) -> TextPlace {
        let offset = u32::try_from(self.offset + byte).unwrap_or(u32::MAX);
        TextPlace { leaf: self.leaf, cell: 0, offset }
    }

    /// Segments of neighbouring glyphs with one role. Empty text still has its place, so that every line can
    /// be found by it.
    fn segments(&self, from: usize, glyphs: Vec<Glyph<'_>>) -> Vec<Segment> {
        let at = Some(self.place(from));
        let mut out = vec![Segment { role: Role::Code, at, ..Segment::default() }];
        let mut grows = false;
        for glyph in glyphs {
            let covers = u32::try_from(glyph.bytes).unwrap_or(u32::MAX);
            match out.last_mut() {
                Some(last) if grows && glyph.whole && last.role == glyph.role => {
                    last.text.push_str(&glyph.text);
                    last.covers += covers;
                }
                _ => out.push(Segment {
                    text: glyph.text.into_owned(),
                    role: glyph.role,
                    at: Some(self.place(glyph.at)),
                    covers,
                    ..Segment::default()
                }),
            }
            grows = glyph.whole;
        }
        out
    }

    /// What `room` cells show of the line when it is panned.
    fn cut(&self, pan: usize, room: usize, signs: &Signs) -> Vec<Segment> {
        // Plain text is as wide as it is long; what may join a mark behind it is looked at.
        let plain = self.text.bytes().take(pan).take_while(|byte| is_plain(*byte)).count();
        let from = plain.saturating_sub(1);
        let mut column = from;
        let mut shown = Vec::new();
        let mut is_cut = false;
        for mut glyph in self.glyphs(from) {
            let start = column;
            column += glyph.cells;
            if column > pan + room {
                is_cut = true;
                break;
            }
            if column <= pan && glyph.cells > 0 || start < pan && glyph.cells == 0 {
                continue;
            }
            if start < pan {
                // What the edge of the window cuts in two shows as spaces.
                glyph.text = " ".repeat(column - pan).into();
                glyph.whole = false;
            }
            shown.push(glyph);
        }
        let mut segments = self.segments(0, shown);
        if is_cut {
            cut_end(&mut segments, room, signs.more_right);
        }
        if pan > 0 && !self.text.is_empty() {
            cut_start(&mut segments, signs.more_left);
        }
        segments
    }

    /// The line from the byte `from` on in rows, those after its first indented as the line is. Rows end behind a space or what opens or
    /// parts things, where one stands in their second half; the space behind a full row stands in the padding.
    fn wrapped(&self, Room { left, text: room, .. }: Room, from: usize) -> Vec<Vec<Segment>> {
        let mut rows = Vec::new();
        let mut row: Vec<Glyph<'a>> = Vec::new();
        let mut cells = 0;
        let mut start = from;
        let blank = self.text.len() - self.text.trim_start_matches([' ', '\t']).len();
        let indent = columns(&self.text[..blank], room).min(room / 2);
        let is_first = |rows: &[Vec<Segment>]| from == 0 && rows.is_empty();
        for mut glyph in self.glyphs(from) {
            let limit = if is_first(&rows) { room } else { room - indent };
            let is_at_end = left > 0 && cells == limit && glyph.text == " ";
            if cells + glyph.cells > limit && !row.is_empty() && !is_at_end {
                let rest = row.split_off(end_of_row(&row, limit));
                cells = rest.iter().map(|glyph| glyph.cells).sum();
                let done = std::mem::replace(&mut row, rest);
                rows.push(self.row(start, done, if is_first(&rows) { 0 } else { indent }));
                start = row.first().map_or(glyph.at, |glyph| glyph.at);
            }
            if glyph.cells > limit {
                // No row has room for it.
                glyph =
                    Glyph { text: " ".repeat(limit).into(), cells: limit, whole: false, ..glyph };
            }
            cells += glyph.cells;
            row.push(glyph);
        }
        rows.push(self.row(start, row, if is_first(&rows) { 0 } else { indent }));
        rows
    }

    fn row(&self, from: usize, glyphs: Vec<Glyph<'_>>, indent: usize) -> Vec<Segment> {
        let mut segments = self.segments(from, glyphs);
        if indent > 0 {
            segments.insert(0, padding(indent));
        }
        segments
    }
}

/// How many glyphs a full row keeps: all up to the last good place for its end in its second half, else all.
fn end_of_row(row: &[Glyph<'_>], limit: usize) -> usize {
    let mut cells = 0;
    let mut end = row.len();
    for (nth, glyph) in row.iter().enumerate() {
        cells += glyph.cells;
        if matches!(&*glyph.text, " " | "," | ";" | "(" | "[" | "{") && cells * 2 >= limit {
            end = nth + 1;
        }
    }
    end
}

/// Makes room for the sign of more in the last of `room` cells.
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

/// Replaces the first cell by the sign of more.
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
