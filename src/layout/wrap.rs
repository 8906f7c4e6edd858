//! Wrapping: text arrives piece by piece, rows of at most so many cells leave. By grapheme, in linear time,
//! holding no more than one row and one word. Where a row may end is known to `breaks`; a word that is longer than
//! a row is cut where the row ends. Knows looks, no documents.

use std::borrow::Cow;

use super::breaks::{End, PLAIN_WORD, is_space, is_wide, last_char, may_end};
use super::line::{Look, Segment, TextPlace};
use crate::text::role::Role;
use crate::text::scrub::{acts_on_terminal, scrub_line};
use crate::text::width::{Grapheme, graphemes, width};

/// From this many cells on a word may break after its own punctuation.
const LONG_WORD: usize = 20;

/// A row of wrapped text.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) segments: Vec<Segment>,
    pub(super) cells: usize,
    /// Byte offset in the source of its first text.
    pub(super) source: Option<u32>,
}

/// Where a piece of text comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct From {
    /// Place of its first byte in the document's shown text.
    pub(super) at: TextPlace,
    /// Byte offset of its first byte in the source.
    pub(super) source: u32,
    /// Whether source and text agree byte for byte.
    pub(super) exact: bool,
}

/// Collects pieces, gives rows.
#[derive(Debug)]
pub(super) struct Wrap<'a> {
    width: usize,
    rows: Vec<Row>,
    row: Row,
    /// The piece that the row's last segment belongs to, if it may grow.
    open_piece: Option<u32>,
    /// Spaces between the row and the word; they vanish where the row ends.
    spaces: Vec<Glyph<'a>>,
    space_cells: usize,
    /// The spaces come from a newline of the source and vanish between CJK characters, too.
    space_is_newline: bool,
    word: Vec<Glyph<'a>>,
    word_cells: usize,
    piece: u32,
}

/// One grapheme, or one plain word, with all that painting it needs.
#[derive(Clone, Debug)]
struct Glyph<'a> {
    text: Cow<'a, str>,
    cells: usize,
    look: Look,
    piece: u32,
    at: Option<TextPlace>,
    covers: u32,
    source: Option<u32>,
    /// Whether the row may end behind it.
    may_end: End,
}

impl Row {
    fn paint(&mut self, glyph: Glyph<'_>, open_piece: &mut Option<u32>) {
        self.cells += glyph.cells;
        if self.source.is_none() {
            self.source = glyph.source;
        }
        if *open_piece == Some(glyph.piece)
            && let Some(last) = self.segments.last_mut()
        {
            last.text.push_str(&glyph.text);
            last.covers += glyph.covers;
            return;
        }
        *open_piece = Some(glyph.piece);
        self.segments.push(Segment {
            text: glyph.text.into_owned(),
            role: glyph.look.role,
            marks: glyph.look.marks,
            action: glyph.look.action,
            stop: glyph.look.stop,
            at: glyph.at,
            in_head: None,
            covers: glyph.covers,
        });
    }
}

impl<'a> Wrap<'a> {
    /// Rows of at most `width` cells (at least one).
    pub(super) fn new(width: usize) -> Self {
        Self {
            width: width.max(1),
            rows: Vec::new(),
            row: Row::default(),
            open_piece: None,
            spaces: Vec::new(),
            space_cells: 0,
            space_is_newline: false,
            word: Vec::new(),
            word_cells: 0,
            piece: 0,
        }
    }

    /// Text of the document; a newline in it ends the row.
    pub(super) fn text(&mut self, text: &'a str, look: Look, from: From) {
        self.piece += 1;
        let mut at = 0;
        while at < text.len() {
            let plain = plain_run(&text.as_bytes()[at..]);
            if plain == 0 {
                at += self.until_plain(&text[at..], at, look, from);
                continue;
            }
            // A plain word is one glyph: nothing breaks inside it, and most text is made of them.
            let step = if plain <= PLAIN_WORD.min(self.width) { plain } else { 1 };
            for start in (at..at + plain).step_by(step) {
                let word = Grapheme { at: start, text: &text[start..start + step], cells: step };
                self.grapheme(word, look, from);
            }
            at += plain;
        }
    }

    /// Takes in graphemes until a plain word starts; gives the bytes they had. `at` is the place of
    /// `rest` in its piece.
    fn until_plain(&mut self, rest: &'a str, at: usize, look: Look, from: From) -> usize {
        for g in graphemes(rest) {
            if g.at > 0 && plain_run(&rest.as_bytes()[g.at..]) > 0 {
                return g.at;
            }
            self.grapheme(Grapheme { at: at + g.at, ..g }, look, from);
        }
        rest.len()
    }

    /// Text that stands for `covers` bytes of the document's.
    pub(super) fn substitute(&mut self, text: String, look: Look, from: From, covers: u32) {
        self.piece += 1;
        let cells = width(&text);
        let glyph = Glyph {
            text: text.into(),
            cells,
            look,
            piece: self.piece,
            at: Some(from.at),
            covers,
            source: Some(from.source),
            may_end: End::No,
        };
        self.piece += 1;
        self.push(glyph);
    }

    /// Text that is not the document's; wraps as any other, newlines being spaces.
    pub(super) fn ornament(&mut self, text: &str, look: Look) {
        self.piece += 1;
        for g in graphemes(text) {
            if g.text == "\n" || g.text.chars().all(is_space) {
                let glyph = self.of_ornament(" ", look);
                self.space(glyph);
            } else {
                let glyph = self.of_ornament(g.text, look);
                self.link_word(g.text);
                self.push(glyph);
            }
        }
    }

    /// An ornament that belongs to the word before it: no row ends inside it or starts with it.
    pub(super) fn glued(&mut self, text: &str, look: Look) {
        self.piece += 1;
        for g in graphemes(text) {
            let glyph = self.of_ornament(g.text, look);
            self.push(glyph);
        }
    }

    /// A chip: an ornament that is kept whole where it fits in a row.
    pub(super) fn chip(&mut self, text: &str, look: Look) {
        self.end_word();
        self.glued(text, look);
        self.end_word();
    }

    /// Text with a place that belongs to the word before it: no row ends inside it.
    pub(super) fn whole(&mut self, text: &'a str, look: Look, from: From) {
        self.piece += 1;
        for g in graphemes(text) {
            let glyph = self.of_text(g, look, from);
            self.push(glyph);
        }
    }

    /// A chip whose text has a place, behind a sign that has none.
    pub(super) fn placed_chip(&mut self, sign: &str, text: &'a str, look: Look, from: From) {
        self.end_word();
        self.glued(sign, look);
        self.whole(text, look, from);
        self.end_word();
    }

    /// A newline of the source that is shown as a space.
    pub(super) fn soft_newline(&mut self, look: Look, from: From) {
        self.piece += 1;
        self.space(Glyph {
            text: " ".into(),
            cells: 1,
            look,
            piece: self.piece,
            at: Some(from.at),
            covers: 1,
            source: Some(from.source),
            may_end: End::No,
        });
        self.space_is_newline = self.spaces.len() == 1;
    }

    /// Ends the row.
    pub(super) fn newline(&mut self) {
        self.end_word();
        self.end_row();
    }

    /// The rows. There is always one, be it empty.
    pub(super) fn finish(mut self) -> Vec<Row> {
        self.end_word();
        if !self.row.segments.is_empty() || self.rows.is_empty() {
            self.end_row();
        }
        self.rows
    }

    fn of_ornament(&self, grapheme: &str, look: Look) -> Glyph<'a> {
        let text = scrub_line(grapheme).into_owned();
        Glyph {
            cells: width(&text),
            text: text.into(),
            look,
            piece: self.piece,
            at: None,
            covers: 0,
            source: None,
            may_end: End::No,
        }
    }

    fn grapheme(&mut self, g: Grapheme<'a>, look: Look, from: From) {
        if matches!(g.text, "\n" | "\r\n" | "\r") {
            self.newline();
            return;
        }
        let is_blank = g.text.chars().all(is_space);
        if !is_blank {
            self.link_word(g.text);
        }
        let glyph = self.of_text(g, look, from);
        if is_blank { self.space(glyph) } else { self.push(glyph) }
    }

    /// A grapheme with its place.
    fn of_text(&mut self, g: Grapheme<'a>, look: Look, from: From) -> Glyph<'a> {
        let offset = u32::try_from(g.at).unwrap_or(u32::MAX);
        let at = Some(TextPlace { offset: from.at.offset.saturating_add(offset), ..from.at });
        let source = Some(from.source.saturating_add(if from.exact { offset } else { 0 }));
        let covers = u32::try_from(g.text.len()).unwrap_or(u32::MAX);
        let mut glyph = Glyph {
            text: g.text.into(),
            cells: g.cells,
            look,
            piece: self.piece,
            at,
            covers,
            source,
            may_end: End::No,
        };
        if g.text == "\t" {
            glyph.text = " ".into();
            glyph.cells = 1;
        } else if g.text.chars().any(acts_on_terminal) {
            // Signs differ in length from what they stand for: each gets a segment of its own.
            glyph.text = scrub_line(g.text).into_owned().into();
            glyph.cells = width(&glyph.text);
            self.piece += 1;
            glyph.piece = self.piece;
            self.piece += 1;
        }
        glyph
    }

    /// Settles whether a row may end between the word so far and the grapheme that follows.
    fn link_word(&mut self, next: &str) {
        let before = self.word.len().checked_sub(2).map(|i| last_char(&self.word[i].text));
        let next_wide = is_wide(next);
        if let Some(last) = self.word.last_mut() {
            let first = next.chars().next().unwrap_or(' ');
            let wide = next_wide || is_wide(&last.text);
            last.may_end = may_end(before, last_char(&last.text), first, wide);
        } else if self.space_is_newline && next_wide {
            // No space between CJK characters that a newline parted; but a tag ends where its line does.
            let last = self
                .row
                .segments
                .last()
                .filter(|last| !matches!(last.role, Role::Tag | Role::TagActive));
            let row_ends = last.and_then(|s| graphemes(&s.text).next_back());
            if row_ends.is_some_and(|g| g.cells == 2) {
                self.drop_spaces();
            }
        }
    }

    fn push(&mut self, mut glyph: Glyph<'a>) {
        if glyph.cells > self.width {
            // Nothing that wide can be shown here; the sign keeps the place.
            glyph.text = "?".into();
            glyph.cells = 1;
            self.piece += 1;
            glyph.piece = self.piece;
            self.piece += 1;
        }
        self.word_cells += glyph.cells;
        self.word.push(glyph);
        if self.word_cells > self.width {
            self.place_word(true);
        }
    }

    fn space(&mut self, glyph: Glyph<'a>) {
        self.end_word();
        self.space_is_newline = false;
        // Past the end of the row spaces are of no use, be there megabytes of them.
        if self.row.cells + self.space_cells < self.width {
            self.space_cells += glyph.cells;
            self.spaces.push(glyph);
        } else {
            self.space_cells = self.space_cells.max(self.width);
        }
    }

    fn end_word(&mut self) {
        self.place_word(false);
    }

    /// Puts the word into rows. While it still `grows` its tail stays back as soon as it fits in a row.
    fn place_word(&mut self, grows: bool) {
        while !self.word.is_empty() {
            if grows && self.word_cells <= self.width {
                return;
            }
            let taken = self.row.cells + self.space_cells;
            if taken > self.width {
                // Spaces ran over the end of the row.
                if self.row.segments.is_empty() {
                    self.drop_spaces();
                } else {
                    self.end_row();
                }
                continue;
            }
            let room = self.width - taken;
            if self.word_cells <= room {
                self.take(self.word.len());
                return;
            }
            let prefix = self.breakable_prefix(room);
            if prefix > 0 {
                self.take(prefix);
                self.end_row();
            } else if self.row.segments.is_empty() && self.space_cells > 0 {
                self.drop_spaces();
            } else if self.row.segments.is_empty()
                || (self.word_cells > self.width && room * 2 >= self.width)
            {
                let cut = fitting(&self.word, room);
                if cut == 0 && self.row.segments.is_empty() {
                    // One glyph of no more than the row's width always fits in an empty row.
                    self.take(1);
                } else if cut > 0 {
                    self.take(cut);
                }
                self.end_row();
            } else {
                self.end_row();
            }
        }
    }

    /// How many glyphs of the word may stay on a row with `room` cells left, by its break opportunities.
    fn breakable_prefix(&self, room: usize) -> usize {
        let fits = fitting(&self.word, room);
        let long = self.word_cells >= LONG_WORD || self.word_cells > self.width;
        // A short stub of an address is no gain.
        let stub = (self.width / 3).min(8);
        let mut cells: usize = self.word[..fits].iter().map(|glyph| glyph.cells).sum();
        for i in (0..fits).rev() {
            match self.word[i].may_end {
                End::Always => return i + 1,
                End::InLongWords if long && cells * 2 >= room && cells >= stub => return i + 1,
                _ => cells -= self.word[i].cells,
            }
        }
        0
    }

    /// Moves the first `count` glyphs of the word, after the spaces before them, to the row.
    fn take(&mut self, count: usize) {
        self.space_cells = 0;
        for glyph in self.spaces.drain(..).chain(self.word.drain(..count)) {
            self.row.paint(glyph, &mut self.open_piece);
        }
        self.word_cells = self.word.iter().map(|glyph| glyph.cells).sum();
    }

    fn end_row(&mut self) {
        self.drop_spaces();
        self.open_piece = None;
        self.rows.push(std::mem::take(&mut self.row));
    }

    fn drop_spaces(&mut self) {
        self.spaces.clear();
        self.space_cells = 0;
        self.space_is_newline = false;
    }
}

/// How many of the glyphs fit in `room` cells. Signs of no width stay with what they follow.
fn fitting(word: &[Glyph<'_>], room: usize) -> usize {
    let mut cells = 0;
    word.iter()
        .take_while(|glyph| {
            cells += glyph.cells;
            cells <= room
        })
        .count()
}

/// How many ASCII letters and figures the bytes start with. The last is left out where what follows
/// might be a combining mark.
fn plain_run(bytes: &[u8]) -> usize {
    let run = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if bytes.get(run).is_none_or(u8::is_ascii) { run } else { run.saturating_sub(1) }
}
