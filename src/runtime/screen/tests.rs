use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::style::Style;
use vt100::Parser;

use super::*;

/// Symbols that frames are made of; the rarer ones take two cells or several characters.
const SYMBOLS: [&str; 12] =
    ["a", "b", "c", " ", " ", " ", "│", "é", "e\u{301}", "漢", "🙂", "\u{301}"];

const STYLES: [Style; 8] = [
    Style::new(),
    Style::new().fg(Color::Rgb(1, 2, 3)),
    Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
    Style::new().bg(Color::Indexed(200)),
    Style::new().add_modifier(Modifier::UNDERLINED.union(Modifier::DIM)),
    Style::new().fg(Color::LightBlue).bg(Color::DarkGray).add_modifier(Modifier::REVERSED),
    Style::new().add_modifier(Modifier::BOLD.union(Modifier::ITALIC)),
    Style::new().add_modifier(Modifier::CROSSED_OUT),
];

/// What happens from one frame to the next.
#[derive(Clone, Debug)]
enum Act {
    /// Rows from the first to the second move by so many.
    Shift(usize, usize, i8),
    /// A stretch of cells gets a symbol and a style.
    Put {
        at: usize,
        cells: usize,
        symbol: usize,
        style: usize,
    },
    /// Everything changes.
    Scramble(usize),
    Resize(u16, u16),
    Forget,
    Cursor(Option<(u16, u16)>),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..12_usize, 0..12_usize, -4..5_i8).prop_map(|(a, b, by)| Act::Shift(a, b, by)),
        6 => (0..400_usize, 1..30_usize, 0..SYMBOLS.len(), 0..STYLES.len())
            .prop_map(|(at, cells, symbol, style)| Act::Put { at, cells, symbol, style }),
        2 => (0..1000_usize).prop_map(Act::Scramble),
        1 => (1..40_u16, 1..13_u16).prop_map(|(columns, rows)| Act::Resize(columns, rows)),
        1 => Just(Act::Forget),
        1 => prop::option::of((0..40_u16, 0..12_u16)).prop_map(Act::Cursor),
    ]
}

/// A screen, the terminal that it writes to, and what is painted on it.
struct Stage {
    screen: Screen<Vec<u8>>,
    terminal: Parser,
    frame: Buffer,
    cursor: Option<Position>,
}

impl Stage {
    fn new(columns: u16, rows: u16) -> Self {
        Self::erasing(columns, rows, Erased::Plain)
    }

    fn erasing(columns: u16, rows: u16, erased: Erased) -> Self {
        Self {
            screen: Screen::new(Vec::new(), columns, rows, true, erased),
            terminal: Parser::new(cells(rows), cells(columns), 0),
            frame: Buffer::empty(Rect::new(0, 0, columns, rows)),
            cursor: None,
        }
    }

    fn act(&mut self, act: &Act) {
        let area = self.frame.area;
        let (columns, rows) = (usize::from(area.width), usize::from(area.height));
        match *act {
            Act::Shift(a, b, by) => {
                let (top, bottom) = (a.min(b).min(rows), a.max(b).min(rows));
                let band = &mut self.frame.content[top * columns..bottom * columns];
                let cells = (usize::from(by.unsigned_abs()) * columns).min(band.len());
                if by < 0 { band.rotate_left(cells) } else { band.rotate_right(cells) }
            }
            Act::Put { at, cells, symbol, style } => {
                let end = self.frame.content.len();
                for cell in &mut self.frame.content[at.min(end)..(at + cells).min(end)] {
                    cell.reset();
                    cell.set_symbol(SYMBOLS[symbol]).set_style(STYLES[style]);
                }
            }
            Act::Scramble(seed) => {
                for (nth, cell) in self.frame.content.iter_mut().enumerate() {
                    let mixed = (nth + seed).wrapping_mul(2_654_435_761) >> 7;
                    cell.reset();
                    cell.set_symbol(SYMBOLS[mixed % SYMBOLS.len()])
                        .set_style(STYLES[mixed / 64 % STYLES.len()]);
                }
            }
            Act::Resize(columns, rows) => {
                self.frame = Buffer::empty(Rect::new(0, 0, columns, rows));
                self.screen.resize(columns, rows);
                self.terminal.screen_mut().set_size(cells(rows), cells(columns));
                self.cursor = None;
            }
            Act::Forget => {
                self.terminal.process(b"\x1b[?25h\x1b[Hsomebody else's text");
                self.screen.forget();
            }
            Act::Cursor(at) => {
                let at = at.map(|(column, row)| Position::new(column, row));
                self.cursor = at.filter(|at| area.contains(*at));
            }
        }
    }

    /// Draws the frame; gives how many bytes that took.
    fn draw(&mut self) -> usize {
        self.screen.out.clear();
        let frame = &self.frame;
        let cursor = self.cursor;
        let paint = |buffer: &mut Buffer| {
            buffer.clone_from(frame);
            cursor
        };
        self.screen.draw(paint).expect("memory takes all");
        self.terminal.process(&self.screen.out);
        self.screen.out.len()
    }

    /// What of the terminal is not as the frame is.
    fn problems(&self) -> Vec<String> {
        let mut wanted = self.frame.clone();
        settle(&mut wanted);
        let shown = self.terminal.screen();
        let mut problems = Vec::new();
        for at in wanted.area.positions() {
            let (cell, found) = (&wanted[at], shown.cell(at.y, at.x).expect("of one size"));
            let text = if found.contents().is_empty() && !found.is_wide_continuation() {
                " "
            } else {
                found.contents()
            };
            let inked = !is_blank(cell) && !cell.symbol().is_empty();
            let attributes = (
                found.bold(),
                found.dim(),
                found.italic(),
                found.underline(),
                found.inverse(),
                found.fgcolor(),
            );
            let has = |modifier| cell.modifier.contains(modifier);
            let expected = (
                has(Modifier::BOLD),
                has(Modifier::DIM),
                has(Modifier::ITALIC),
                has(Modifier::UNDERLINED),
                has(Modifier::REVERSED),
                colour(cell.fg),
            );
            if text != cell.symbol()
                || found.bgcolor() != colour(cell.bg) && !cell.symbol().is_empty()
                || inked && attributes != expected
            {
                problems.push(format!("{at:?}: wanted {cell:?}, found {found:?}"));
            }
        }
        let cursor = shown.cursor_position();
        let cursor = (!shown.hide_cursor()).then(|| Position::new(cursor.1, cursor.0));
        if cursor != self.cursor {
            problems.push(format!("cursor: wanted {:?}, found {cursor:?}", self.cursor));
        }
        problems
    }
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Reset => vt100::Color::Default,
        Color::Red => vt100::Color::Idx(1),
        Color::DarkGray => vt100::Color::Idx(8),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(nth) => vt100::Color::Idx(nth),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        other => panic!("no frame of these tests has {other}"),
    }
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("a size is not zero")
}

proptest! {
    #[test]
    fn after_any_frames_the_terminal_shows_the_last_one(
        acts in prop::collection::vec(prop::collection::vec(act(), 1..4), 1..12),
        in_ground in any::<bool>(),
    ) {
        let erased = if in_ground { Erased::InGround } else { Erased::Plain };
        let mut stage = Stage::erasing(30, 12, erased);
        for acts in acts {
            for act in &acts {
                stage.act(act);
            }
            stage.draw();
            prop_assert_eq!(stage.problems(), Vec::<String>::new(), "after {:?}", acts);
        }
    }
}

/// A page of words between two panes that stand still, scrolled by so many lines.
fn page(stage: &mut Stage, scrolled: usize) {
    let area = stage.frame.area;
    stage.frame.reset();
    for row in 0..area.height {
        let line =
            usize::from(row) + if (1..area.height - 1).contains(&row) { scrolled } else { 0 };
        let words = (0..12).map(|nth| ((line * 31 + nth * 17) % 997).to_string());
        let text = words.collect::<Vec<_>>().join(" ");
        let style = STYLES[1 + line / 3 % 2];
        stage.frame.set_string(0, row, format!("pane {row}"), STYLES[6]);
        stage.frame.set_stringn(20, row, text, usize::from(area.width) - 40, style);
        stage.frame.set_string(area.width - 12, row, "outline", Style::new());
    }
}

#[test]
fn a_page_that_scrolls_is_moved_and_not_written_again() {
    let mut stage = Stage::new(100, 40);
    page(&mut stage, 0);
    stage.draw();
    for scrolled in [1, 2, 1, 6, 3, 40, 2] {
        page(&mut stage, scrolled);
        let bytes = stage.draw();
        assert_eq!(stage.problems(), Vec::<String>::new());
        let sequence = String::from_utf8_lossy(&stage.screen.out).into_owned();
        let moves = sequence.contains('M') && sequence.contains('L');
        let far = scrolled == 40 || bytes > 1_500;
        assert!(moves != far, "{scrolled}: {bytes} bytes {sequence:?}");
        assert!(far || bytes < 1_200, "{scrolled}: {bytes} bytes");
    }
}

#[test]
fn rows_are_not_moved_where_the_terminal_may_not_be_told_to() {
    let mut stage = Stage::new(100, 40);
    stage.screen.moves_rows = false;
    for scrolled in 0..3 {
        page(&mut stage, scrolled);
        stage.draw();
        assert_eq!(stage.problems(), Vec::<String>::new());
        assert!(!stage.screen.out.contains(&b'M'));
    }
}

#[test]
fn a_frame_like_the_one_before_writes_nothing() {
    let mut stage = Stage::new(30, 5);
    stage.act(&Act::Scramble(1));
    assert!(stage.draw() > 100);
    assert_eq!(stage.draw(), 0);
    stage.act(&Act::Cursor(Some((3, 2))));
    assert_eq!(stage.draw(), BEGIN.len() + "\x1b[3;4H\x1b[?25h".len() + END.len());
    assert_eq!(stage.draw(), 0);
}

#[test]
fn changes_are_written_in_few_bytes() {
    let check = |before: &str, after: &str, style: Style, expected: &str| {
        let mut stage = Stage::new(20, 1);
        stage.frame.set_string(0, 0, before, Style::new());
        stage.draw();
        stage.frame.reset();
        stage.frame.set_string(0, 0, after, style);
        stage.draw();
        let written = String::from_utf8_lossy(&stage.screen.out).into_owned();
        let cells = written.trim_start_matches("\x1b[?2026h").trim_end_matches("\x1b[?2026l");
        assert_eq!(cells.replace('\x1b', "^"), expected, "{before} -> {after}");
        assert_eq!(stage.problems(), Vec::<String>::new());
    };
    let plain = Style::new();
    check("abc", "abd", plain, "^[1;3Hd");
    check("a-bcd-e", "x-bcd-y", plain, "^[1Hx^[7Gy");
    check("a-b", "x-y", plain, "^[1Hx-y");
    check("some words here", "", plain, "^[1H^[K");
    check("some words here|", "x              |", plain, "^[1Hx^[14X");
    check("a", "b", STYLES[1], "^[1H^[38;2;1;2;3mb^[m");
    check("a", "b", STYLES[2], "^[1H^[1;31mb^[m");
    check("漢", "a", plain, "^[1Ha ");
    check("漢a", "漢b", plain, "^[1;3Hb");
}

#[test]
fn blanks_on_a_ground_are_erased_where_that_keeps_the_ground() {
    let ground = STYLES[3];
    let check = |erased: Erased, before: &str, after: &str, expected: &str| {
        let mut stage = Stage::erasing(20, 2, erased);
        for text in [before, after] {
            stage.frame.reset();
            stage.frame.set_string(0, 0, format!("{text:20}"), ground);
            stage.frame.set_string(0, 1, format!("{text:20}"), ground);
            stage.draw();
        }
        let written = String::from_utf8_lossy(&stage.screen.out).into_owned();
        let cells = written.trim_start_matches("\x1b[?2026h").trim_end_matches("\x1b[?2026l");
        assert_eq!(cells.replace('\x1b', "^"), expected, "{before} -> {after}");
        assert_eq!(stage.problems(), Vec::<String>::new());
    };
    let (plain, in_ground) = (Erased::Plain, Erased::InGround);
    check(plain, "a    b", "a", "^[1;6H^[48;5;200m ^[D\n ^[m");
    check(plain, "abcdefgh", "abc", "^[1;4H^[48;5;200m     ^[4G\n     ^[m");
    check(in_ground, "abcdefgh", "abc", "^[1;4H^[48;5;200m^[K\n^[K^[m");
    check(in_ground, "abcdefghijklmno", "a             o", "^[1;2H^[48;5;200m^[13X\n^[13X^[m");
}

#[test]
fn nothing_is_written_of_a_frame_that_was_not_painted_to_its_end() {
    let mut screen = Screen::new(Vec::new(), 10, 1, true, Erased::Plain);
    let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        screen.draw(|buffer| {
            buffer.set_string(0, 0, "half a fr", Style::new());
            panic!("on purpose")
        })
    }));
    assert!(broken.is_err());
    assert!(screen.out.is_empty());
}
