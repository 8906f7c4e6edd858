//! Selecting on the page, by keyboard and by pointer, and copying what is selected. A selection lies between two
//! places of the document's text, so that no resize, no late colour and no late layout moves it.

use std::ops::Range;

use super::{OpenPage, motion, place, rows, scroll};
use crate::app::model::Focus;
use crate::app::{Effect, Model};
use crate::command::Command;
use crate::layout::{Anchor, Options, Spot, TextPlace, Texts};

/// Selections of more bytes are not counted line by line for the status line.
const COUNTED_BYTES: usize = 100_000;

/// What is being selected.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// Where it was begun.
    pub from: TextPlace,
    /// Where the cursor stands; the grapheme there is selected, too.
    pub to: TextPlace,
    /// What it is made of.
    pub by: By,
    /// The cell to which going up and down keeps.
    cell: Option<usize>,
    /// Whether the pointer holds it.
    held: bool,
    left: Left,
}

/// What a selection is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Graphemes.
    Character,
    /// Words.
    Word,
    /// Lines of the text, rows of a table; not of the screen.
    Line,
}

/// The reader's place before selecting.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Left {
    anchor: Anchor,
    place: TextPlace,
    /// The width at which the anchor was taken; `None` once other text was put in place.
    width: Option<usize>,
    pans: (usize, usize),
}

/// How much is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Counted.
    Counted {
        /// Lines of the text as it will be copied, empty ones not counted.
        lines: usize,
        /// Characters of it.
        characters: usize,
    },
    /// Too much to be counted at every key.
    Bytes(usize),
}

/// A cell of the screen, counted from the first row and the first cell of the page's text; outside it negative
/// or beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageCell {
    /// Rows below the first.
    pub row: i32,
    /// Cells right of the first.
    pub cell: i32,
}

/// The pointer was dragged over the page, or pressed there twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drag {
    /// Where the button was pressed.
    pub from: PageCell,
    /// Where the pointer is.
    pub to: PageCell,
    /// What it selects.
    pub by: By,
    /// Whether the button was released.
    pub done: bool,
}

impl Selection {
    /// The same selection on a page where each place in the text is another one now; `None` if an end of it is
    /// gone.
    pub(super) fn moved(mut self, now: impl Fn(TextPlace) -> Option<TextPlace>) -> Option<Self> {
        (self.from, self.to) = (now(self.from)?, now(self.to)?);
        self.left.place = now(self.left.place).unwrap_or(self.from);
        self.left.width = None;
        Some(self)
    }

    /// What is selected, from its first byte to one past its last.
    #[must_use]
    pub fn range(&self, open: &OpenPage) -> Range<TextPlace> {
        let (first, last) = (self.from.min(self.to), self.from.max(self.to));
        let texts = &open.layout.texts();
        match self.by {
            By::Character => first..motion::past(texts, last),
            By::Word => motion::word(texts, first).start..motion::word(texts, last).end,
            By::Line => open.layout.text_line(first).start..open.layout.text_line(last).end,
        }
    }
}

/// How much of a page is selected; `None` while nothing is.
#[must_use]
pub fn extent(open: &OpenPage) -> Option<Extent> {
    let range = open.selection.as_ref()?.range(open);
    let bytes = open.layout.text_bytes(&range);
    Some(if bytes > COUNTED_BYTES { Extent::Bytes(bytes) } else { count(&shown(open)?) })
}

/// Whether something is being selected on the page that has the keys.
#[must_use]
pub fn is_on(model: &Model) -> bool {
    model.focus == Focus::Page
        && model.reader.open.as_ref().is_some_and(|open| open.selection.is_some())
}

/// Runs a command that selects.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let rows = rows(model);
    let by = match command {
        Command::Select | Command::SelectByCharacter => Some(By::Character),
        Command::SelectLines | Command::SelectByLine => Some(By::Line),
        _ => None,
    };
    let Some(open) = &mut model.reader.open else { return };
    let Some(selection) = &mut open.selection else {
        return match by {
            Some(by) => begin(model, by, effects),
            None => model.say("Nothing is being selected"),
        };
    };
    match command {
        Command::CopySelection | Command::CopySelectionSource => {
            copy(model, command == Command::CopySelection, effects);
        }
        Command::LeaveSelection => leave(model),
        Command::SwapEnds => {
            std::mem::swap(&mut selection.from, &mut selection.to);
            selection.cell = None;
            follow(open, rows);
        }
        _ => match by {
            Some(by) if by == selection.by => leave(model),
            Some(by) => selection.by = by,
            None => go(open, command, rows),
        },
    }
}

/// Takes the selection away and gives the page its place back.
fn leave(model: &mut Model) {
    let rows = rows(model);
    let Some(open) = &mut model.reader.open else { return };
    let Some(Selection { left, .. }) = open.selection.take() else { return };
    pan(open, left.pans);
    if Some(open.layout.options().width) == left.width {
        open.anchor = left.anchor;
    } else {
        let anchor = open.anchor_of(left.place);
        place::place(open, anchor, rows);
    }
}

/// Takes the selection away where the page stands.
pub fn let_go(model: &mut Model) {
    if let Some(open) = &mut model.reader.open {
        open.selection = None;
    }
}

/// Begins at the selected link, if it is in view, else at the first text on the screen.
fn begin(model: &mut Model, by: By, effects: &mut Vec<Effect>) {
    scroll::stay(model, effects);
    let rows = rows(model);
    let Some(open) = &mut model.reader.open else { return };
    let top = open.anchor;
    let selected = open.selected;
    let (layout, context) = open.parts();
    layout.ensure(&context, top, rows);
    let lines = layout.lines(top, rows);
    let segments = || lines.iter().flat_map(|line| &line.segments);
    let of_link = segments().find(|s| s.at.is_some() && s.stop.is_some() && s.stop == selected);
    let first = lines.iter().find_map(|line| line.spots().first().map(|spot| spot.place));
    match of_link.and_then(|segment| segment.at).or(first) {
        Some(place) => {
            model.focus = Focus::Page;
            start(model, place, by, rows);
        }
        None => model.say("Nothing in sight can be selected"),
    }
}

fn start(model: &mut Model, at: TextPlace, by: By, rows: usize) {
    let Some(open) = &mut model.reader.open else { return };
    let options = open.layout.options();
    let (width, pans) = (Some(options.width), (options.pan, options.table_pan));
    let left = Left { anchor: open.anchor, place: open.first_text(rows), width, pans };
    open.selection = Some(Selection { from: at, to: at, by, cell: None, held: false, left });
}

/// Moves the cursor, and the page with it.
fn go(open: &mut OpenPage, command: Command, rows: usize) {
    use Command as C;
    let Some(Selection { to, cell, .. }) = open.selection else { return };
    let texts = open.layout.texts();
    let screen = rows.saturating_sub(2).max(1);
    let mut kept = None;
    let mut vertical = |open: &mut OpenPage, by: usize, down: bool| {
        let (place, cell) = rows_away(open, to, cell, by, down);
        kept = Some(cell);
        Some(place)
    };
    let target = match command {
        C::SelectDown => vertical(open, 1, true),
        C::SelectUp => vertical(open, 1, false),
        C::SelectHalfDown => vertical(open, rows.div_ceil(2), true),
        C::SelectHalfUp => vertical(open, rows.div_ceil(2), false),
        C::SelectPageDown => vertical(open, screen, true),
        C::SelectPageUp => vertical(open, screen, false),
        C::SelectRight => step(open, to, motion::next),
        C::SelectLeft => step(open, to, motion::previous),
        C::SelectNextWord => beyond_folds(open, to, motion::next_word),
        C::SelectWordEnd => beyond_folds(open, to, motion::word_end),
        C::SelectPreviousWord => beyond_folds(open, to, motion::previous_word),
        C::SelectNextBlock => beyond_folds(open, to, motion::block_end),
        C::SelectPreviousBlock => beyond_folds(open, to, motion::block_start),
        C::SelectTop => motion::first(&texts),
        C::SelectBottom => motion::end(&texts),
        C::SelectLineStart => Some(line_ends(open, to, false)),
        C::SelectLineText => Some(line_text(open, to)),
        C::SelectLineEnd => Some(line_ends(open, to, true)),
        _ => None,
    };
    let Some(selection) = &mut open.selection else { return };
    selection.cell = kept;
    selection.to = target.unwrap_or(to);
    follow(open, rows);
}

/// Brings the cursor into view.
fn follow(open: &mut OpenPage, rows: usize) {
    let Some(Selection { to, .. }) = open.selection else { return };
    open.pan_to(to);
    let anchor = open.anchor_of(to);
    place::show(open, anchor, rows);
}

fn pan(open: &mut OpenPage, (pan, table_pan): (usize, usize)) {
    let anchor = open.anchor;
    let (layout, context) = open.parts();
    let now = layout.options();
    if (now.pan, now.table_pan) != (pan, table_pan) {
        let options = Options { pan, table_pan, ..now.clone() };
        open.anchor = layout.set_options(options, &context, anchor);
    }
}

/// The spots of the line that shows a place.
fn line_of(open: &mut OpenPage, place: TextPlace) -> Vec<Spot> {
    let anchor = open.anchor_of(place);
    let (layout, context) = open.parts();
    layout.spots(&context, anchor)
}

/// The next place by `motion` that no fold hides.
fn beyond_folds(
    open: &OpenPage,
    from: TextPlace,
    motion: fn(&Texts, TextPlace) -> Option<TextPlace>,
) -> Option<TextPlace> {
    let folds = &open.layout.options().folds;
    let texts = open.layout.texts();
    let next = |place: &TextPlace| motion(&texts, *place);
    std::iter::successors(next(&from), next).find(|place| !folds.hides(place.leaf))
}

/// The next grapheme by `motion` that can be seen: spaces at which a line was wrapped cannot. What is cut off
/// from a line of code can be panned to.
fn step(
    open: &mut OpenPage,
    from: TextPlace,
    motion: fn(&Texts, TextPlace) -> Option<TextPlace>,
) -> Option<TextPlace> {
    let texts = open.layout.texts();
    let mut place = motion(&texts, from)?;
    loop {
        if open.layout.options().folds.hides(place.leaf) {
            place = motion(&texts, place)?;
            continue;
        }
        let text = texts.of(place)?;
        let blank = text[place.offset as usize..].chars().next().is_none_or(char::is_whitespace);
        let is_code = open.layout.is_code_at(place);
        let newline = text[place.offset as usize..].starts_with('\n');
        let seen = if is_code {
            // An empty line can be stood on, the end of another one cannot.
            let before = &text[..place.offset as usize];
            !newline || before.is_empty() || before.ends_with('\n')
        } else {
            // What a folded property does not show is passed over, as are spaces at which text was wrapped.
            (!blank && texts.in_head(place).is_none())
                || line_of(open, place).iter().any(|spot| spot.place == place)
        };
        if seen {
            return Some(place);
        }
        place = motion(&texts, place)?;
    }
}

/// The place `count` rows away in the cell that going up and down keeps to, and that cell.
fn rows_away(
    open: &mut OpenPage,
    from: TextPlace,
    cell: Option<usize>,
    count: usize,
    down: bool,
) -> (TextPlace, usize) {
    let start = open.anchor_of(from);
    let (layout, context) = open.parts();
    let spots = layout.spots(&context, start);
    let own = spots.iter().rfind(|spot| spot.place <= from).map_or(0, |spot| spot.cell);
    let cell = cell.unwrap_or(own);
    let first = layout.position(start).0;
    let (mut at, mut place) = (start, from);
    while let Some((next, spots)) = layout.line_with_text(&context, at, down) {
        place = spot_at(&spots, cell).map_or(place, |spot| spot.place);
        at = next;
        if layout.position(at).0.abs_diff(first) >= count {
            break;
        }
    }
    (place, cell)
}

/// The first or the last place on the line; of code that is cut off there, of the whole line.
fn line_ends(open: &mut OpenPage, from: TextPlace, last: bool) -> TextPlace {
    if open.layout.is_code_at(from) {
        let line = open.layout.text_line(from);
        let before =
            motion::previous(&open.layout.texts(), line.end).filter(|place| *place >= line.start);
        return if last { before.unwrap_or(line.start) } else { line.start };
    }
    let spots = line_of(open, from);
    let spot = if last { spots.last() } else { spots.first() };
    spot.map_or(from, |spot| spot.place)
}

/// The first place on the line that is no space.
fn line_text(open: &mut OpenPage, from: TextPlace) -> TextPlace {
    let start = line_ends(open, from, false);
    let texts = open.layout.texts();
    let text = texts.of(start).unwrap_or_default();
    let rest = text.get(start.offset as usize..).unwrap_or("").split('\n').next().unwrap_or("");
    let spaces = rest.find(|c| c != ' ' && c != '\t').unwrap_or(0);
    TextPlace { offset: start.offset + u32::try_from(spaces).unwrap_or(0), ..start }
}

/// The spot over a cell, or the nearest on its line.
fn spot_at(spots: &[Spot], cell: usize) -> Option<&Spot> {
    let behind = spots.partition_point(|spot| spot.cell <= cell);
    spots.get(behind.saturating_sub(1))
}

/// The pointer selects.
pub fn dragged(model: &mut Model, drag: Drag, effects: &mut Vec<Effect>) {
    let rows = rows(model);
    scroll::stay(model, effects);
    let Some(open) = &mut model.reader.open else { return };
    let goes_down = (drag.to.row, drag.to.cell) >= (drag.from.row, drag.from.cell);
    if !open.selection.as_ref().is_some_and(|selection| selection.held) {
        let Some(place) = under(open, drag.from, rows, goes_down) else { return };
        // What was selected before gives way; the place to come back to stays.
        let left = open.selection.take().map(|selection| selection.left);
        model.focus = Focus::Page;
        start(model, place, drag.by, rows);
        let Some(selection) = model.reader.open.as_mut().and_then(|o| o.selection.as_mut()) else {
            return;
        };
        selection.held = true;
        selection.left = left.unwrap_or(selection.left);
    }
    let Some(open) = &mut model.reader.open else { return };
    let last = i32::try_from(rows).unwrap_or(i32::MAX) - 1;
    let beyond = drag.to.row - drag.to.row.clamp(0, last);
    if beyond != 0 {
        place::move_by(open, beyond as isize, rows);
    }
    let place = under(open, drag.to, rows, !goes_down);
    let Some(selection) = &mut open.selection else { return };
    selection.to = place.unwrap_or(selection.to);
    selection.cell = None;
    if drag.done {
        selection.held = false;
        copy_held(model, effects);
    }
}

/// The text under a cell. Where a row has none, that of the nearest row above, or `below`, which has.
fn under(open: &mut OpenPage, at: PageCell, rows: usize, below: bool) -> Option<TextPlace> {
    let top = open.anchor;
    let (layout, context) = open.parts();
    layout.ensure(&context, top, rows);
    let lines: Vec<Vec<Spot>> = layout.lines(top, rows).iter().map(|line| line.spots()).collect();
    let row = usize::try_from(at.row).unwrap_or(0).min(lines.len().checked_sub(1)?);
    let cell = usize::try_from(at.cell).unwrap_or(0);
    if let Some(spot) = spot_at(&lines[row], cell) {
        return Some(spot.place);
    }
    let above = || lines[..row].iter().rev().find_map(|spots| spots.last());
    let under = || lines[row..].iter().find_map(|spots| spots.first());
    let spot = if below { under().or_else(above) } else { above().or_else(under) };
    spot.map(|spot| spot.place)
}

/// What would be copied as shown.
fn shown(open: &OpenPage) -> Option<String> {
    let selection = open.selection.as_ref()?;
    let range = selection.range(open);
    Some(open.layout.plain(&open.context(), &range, selection.by == By::Line))
}

fn count(text: &str) -> Extent {
    let lines = text.lines().filter(|line| !line.is_empty()).count();
    Extent::Counted { lines: lines.max(1), characters: text.chars().count() }
}

/// Copies and leaves; the page stays where it is.
fn copy(model: &mut Model, as_shown: bool, effects: &mut Vec<Effect>) {
    let Some(open) = &mut model.reader.open else { return };
    let text = if as_shown {
        shown(open)
    } else {
        open.selection.as_ref().map(|selection| {
            let range = selection.range(open);
            open.layout.origin(&open.source, &range, selection.by == By::Line)
        })
    };
    let Some(text) = text else { return };
    if text.is_empty() {
        let from = open.selection.as_ref().map(|selection| selection.from);
        let in_head = from.is_some_and(|from| open.layout.texts().in_head(from).is_some());
        return model.warn(if in_head {
            "This is not written on the page: y copies it as shown"
        } else {
            "The Markdown of this stands on the page that is embedded"
        });
    }
    open.selection = None;
    let kind = if as_shown { "" } else { " of Markdown" };
    model.say(format!("Copied {}{kind}", say(count(&text))));
    effects.push(Effect::Copy(text));
}

/// Copies what the pointer has selected; it stays selected.
fn copy_held(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(text) = model.reader.open.as_ref().and_then(shown) else { return };
    model.say(format!("Copied {} \u{b7} Y copies the Markdown, Esc leaves", say(count(&text))));
    effects.push(Effect::Copy(text));
}

/// `3 lines, 142 characters`.
#[must_use]
pub fn say(extent: Extent) -> String {
    let many = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    match extent {
        Extent::Counted { lines: 1, characters } => many(characters, "character"),
        Extent::Counted { lines, characters } => {
            format!("{}, {}", many(lines, "line"), many(characters, "character"))
        }
        Extent::Bytes(bytes) => format!("{} kB", bytes.div_ceil(1000)),
    }
}
