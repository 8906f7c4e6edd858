//! The pen: the cells that differ become bytes. Looks are changed by their difference, the cursor is moved by the
//! shortest move, blanks are erased where that is shorter. Of the sequences only those are used that
//! every terminal since the VT220 knows.

use std::io::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::{SHOWN_ON_BLANKS, cells_of, is_blank};

/// From so many blanks on the rest of a row is erased.
const SHORT_BLANK: usize = 4;
/// From so many blanks on they are erased and not written.
const LONG_BLANK: usize = 10;

/// The bytes that turn a screen that shows `front` into one that shows `back`, both settled and of one size.
/// They expect a plain pen and leave one behind.
pub(super) fn write(front: &Buffer, back: &Buffer, erased: Erased) -> Vec<u8> {
    let mut pen = Pen { erased, ..Pen::default() };
    let columns = usize::from(back.area.width).max(1);
    let rows = front.content.chunks(columns).zip(back.content.chunks(columns));
    for (nth, (old, new)) in rows.enumerate() {
        if old != new {
            pen.row(nth, old, new);
        }
    }
    pen.take(Look::default());
    pen.out
}

/// Moves the cursor to a cell.
pub(super) fn move_to(out: &mut Vec<u8>, column: u16, row: u16) {
    put(out, format_args!("\x1b[{};{}H", row + 1, column + 1));
}

/// What ground cells take that are erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Erased {
    /// The terminal's own, as far as is known.
    #[default]
    Plain,
    /// The ground that is set (terminfo's `bce`).
    InGround,
}

#[derive(Default)]
struct Pen {
    erased: Erased,
    out: Vec<u8>,
    look: Look,
    /// Where the cursor certainly is: terminals differ in the width of some characters.
    at: Option<(usize, usize)>,
}

#[derive(Clone, Copy, Default, PartialEq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Pen {
    fn row(&mut self, row: usize, old: &[Cell], new: &[Cell]) {
        let in_ground = self.erased == Erased::InGround;
        let erasable = |ground: Color| ground == Color::Reset || in_ground;
        let blank = |cell: &Cell, ground: Color| is_blank(cell) && cell.bg == ground;
        let last = new.last().map_or(Color::Reset, |cell| cell.bg);
        let ends_blank = new.iter().rev().take_while(|cell| erasable(last) && blank(cell, last));
        let text_ends = new.len() - ends_blank.count();
        let mut column = 0;
        while column < new.len() {
            let cell = &new[column];
            // A cell that a wide character covers is written with that.
            if *cell == old[column] || cell.symbol().is_empty() {
                column += 1;
                continue;
            }
            self.go(column, row, new);
            // Blanks, up to the last of them that differs.
            let alike = new[column..].iter().take_while(|next| blank(next, cell.bg));
            let blanks = if erasable(cell.bg) { alike.count() } else { 0 };
            let last = (column..column + blanks).rev().find(|&at| old[at] != new[at]);
            let blanks = last.map_or(0, |last| last + 1 - column);
            if column >= text_ends && blanks >= SHORT_BLANK {
                self.take_ground(cell);
                self.out.extend_from_slice(b"\x1b[K");
                return;
            }
            if blanks >= LONG_BLANK {
                self.take_ground(cell);
                put(&mut self.out, format_args!("\x1b[{blanks}X"));
                column += blanks;
                continue;
            }
            self.cell(cell, new.len());
            column += 1;
        }
    }

    /// Brings the cursor to a cell of `row`, which is to look as `new`.
    fn go(&mut self, column: usize, row: usize, new: &[Cell]) {
        match self.at {
            Some(at) if at == (column, row) => {}
            Some((from, same)) if same == row && from < column => {
                // What did not change is rather written again than stepped over, where that is no longer.
                let between = &new[from..column];
                let fits = |cell| self.look_for(cell) == self.look && cell.symbol().len() == 1;
                let step = along(from, column);
                if between.len() <= step.len() && between.iter().all(fits) {
                    for cell in between {
                        self.out.extend_from_slice(cell.symbol().as_bytes());
                    }
                } else {
                    self.out.extend_from_slice(step.as_bytes());
                }
            }
            // In raw mode a line feed goes straight down; there is a row to go to.
            Some((from, above)) if above < row => {
                let across = match column {
                    0 => "\r".to_owned(),
                    _ if column == from => String::new(),
                    _ => along(from, column),
                };
                let (down, absolute) = (row - above, to(column, row));
                if across.len() + down <= absolute.len() {
                    self.out.extend_from_slice(across.as_bytes());
                    self.out.extend(std::iter::repeat_n(b'\n', down));
                } else {
                    self.out.extend_from_slice(absolute.as_bytes());
                }
            }
            _ => self.out.extend_from_slice(to(column, row).as_bytes()),
        }
        self.at = Some((column, row));
    }

    fn cell(&mut self, cell: &Cell, columns: usize) {
        self.take(self.look_for(cell));
        let symbol = cell.symbol();
        self.out.extend_from_slice(symbol.as_bytes());
        let sure = symbol.chars().nth(1).is_none() && cells_of(symbol) == 1;
        // Behind the last column terminals differ, too.
        self.at = self
            .at
            .map(|(column, row)| (column + 1, row))
            .filter(|(column, _)| sure && *column < columns);
    }

    /// The look in which a cell is written: of a blank only the ground is seen.
    fn look_for(&self, cell: &Cell) -> Look {
        if is_blank(cell) && self.look.is_quiet() {
            Look { bg: cell.bg, ..self.look }
        } else {
            Look { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
        }
    }

    /// For erasing blanks like this one: what is erased takes the ground.
    fn take_ground(&mut self, blank: &Cell) {
        if blank.bg != Color::Reset {
            self.take(self.look_for(blank));
        } else if self.look.bg != Color::Reset || !self.look.is_quiet() {
            self.take(Look::default());
        }
    }

    fn take(&mut self, look: Look) {
        if look == self.look {
            return;
        }
        let codes = if look == Look::default() {
            Vec::new()
        } else {
            let anew = ["0;".as_bytes(), &look.codes_after(Look::default())].concat();
            let changed = look.codes_after(self.look);
            if changed.len() <= anew.len() { changed } else { anew }
        };
        self.out.extend_from_slice(b"\x1b[");
        self.out.extend_from_slice(codes.strip_suffix(b";").unwrap_or(&codes));
        self.out.push(b'm');
        self.look = look;
    }
}

/// To a cell, wherever the cursor is.
fn to(column: usize, row: usize) -> String {
    match column {
        0 => format!("\x1b[{}H", row + 1),
        _ => format!("\x1b[{};{}H", row + 1, column + 1),
    }
}

/// The shortest move from one column to another: to its number, or by the distance. (A backspace is shorter
/// still, but then one out of a page would not stand out.)
fn along(from: usize, to: usize) -> String {
    let absolute = format!("\x1b[{}G", to + 1);
    let relative = match (from.abs_diff(to), from < to) {
        (1, true) => "\x1b[C".to_owned(),
        (by, true) => format!("\x1b[{by}C"),
        (1, false) => "\x1b[D".to_owned(),
        (by, false) => format!("\x1b[{by}D"),
    };
    if relative.len() < absolute.len() { relative } else { absolute }
}

impl Look {
    /// Whether a blank in this look shows nothing but its ground.
    fn is_quiet(self) -> bool {
        !self.modifier.intersects(SHOWN_ON_BLANKS)
    }

    /// The codes that lead here from another look, each with a semicolon behind it.
    fn codes_after(self, before: Self) -> Vec<u8> {
        let mut codes = Vec::new();
        let (had, has) = (before.modifier, self.modifier);
        let mut off = Modifier::empty();
        for (modifiers, code) in OFF {
            if (had - has).intersects(modifiers) {
                put(&mut codes, format_args!("{code};"));
                off |= modifiers;
            }
        }
        for (modifier, code) in ON {
            if (has - (had - off)).contains(modifier) {
                put(&mut codes, format_args!("{code};"));
            }
        }
        if self.fg != before.fg {
            colour(&mut codes, self.fg, Ground::Ink);
        }
        if self.bg != before.bg {
            colour(&mut codes, self.bg, Ground::Paper);
        }
        codes
    }
}

const ON: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// What each code switches off; some switch off two.
const OFF: [(Modifier, u8); 7] = [
    (Modifier::BOLD.union(Modifier::DIM), 22),
    (Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 24),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), 25),
    (Modifier::REVERSED, 27),
    (Modifier::HIDDEN, 28),
    (Modifier::CROSSED_OUT, 29),
];

/// Which of the two colours of a cell.
#[derive(Clone, Copy)]
enum Ground {
    Ink,
    Paper,
}

/// The code of a colour (ECMA-48, aixterm's bright ones, ISO 8613-6's others), with a semicolon behind it.
fn colour(codes: &mut Vec<u8>, colour: Color, ground: Ground) {
    let base = match ground {
        Ground::Ink => 30,
        Ground::Paper => 40,
    };
    let code = match colour {
        Color::Rgb(r, g, b) => {
            return put(codes, format_args!("{};2;{r};{g};{b};", base + 8));
        }
        Color::Indexed(nth) => return put(codes, format_args!("{};5;{nth};", base + 8)),
        Color::Reset => 9,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
    };
    put(codes, format_args!("{};", base + code));
}

fn put(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("memory takes all");
}
