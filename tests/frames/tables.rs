//! Tables as their reader sees them: in the page, panned, alone on the screen; and what holds for every table.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::screen::Screen;
use kenning::app::Overlay;
use kenning::code::LineRoles;
use kenning::layout::{
    self, Anchor, Context, Head, Line, LinkLook, Options, PageLayout, TextPlace, WideTables,
};
use kenning::markdown::document::{Document, LeafKind, Table};
use kenning::markdown::{self, LinkId};
use kenning::text::role::Role;
use kenning::text::scrub::{acts_on_terminal, scrub_line};
use kenning::text::width::width;
use proptest::prelude::*;

const STATIONS: &str = "\
# Stations

| Station | Latitude | Longitude | Datum | Owner | Remarks | Last visit | Instrument |
|---|--:|--:|:-:|---|---|---|---|
| Brimsund harbour | 58.9712 | 5.7331 | NN2000 | The harbour office | Moved twice; the pole was replaced after the storm of 1987 | 2024-11-03 | [[gauge]], vented |
| 潮位観測所 | 35.1 | 139.2 | TP | 気象庁 | 👩\u{200d}👩\u{200d}👧 family day 🇯🇵, `code` and **strong** | 2023-01-30 | float |
| Old pier | 58.1 | 5.1 | unknown | #harbour/tides | e\u{301} combining; שלום עולם | 1999-12-31 | none, see [[nobody]] |

After the table.
";

fn screen(columns: u16, rows: u16) -> Screen {
    Screen::new(columns, rows, &[("stations.md", STATIONS), ("gauge.md", "# Gauge\n")])
}

// In the page.

#[test]
fn a_wide_table_keeps_readable_columns_and_says_that_there_is_more() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 24)] {
        let screen = screen(columns, rows);
        let shown = format!("{}{}", screen.frame(), screen.roles());
        insta::assert_snapshot!(format!("wide_table_{columns}x{rows}"), shown);
    }
}

#[test]
fn panning_goes_from_column_to_column_and_ends_with_the_last() {
    let mut screen = screen(80, 24);
    screen.keys(">");
    insta::assert_snapshot!("wide_table_panned", screen.frame());
    screen.keys(">>>>>>>>");
    insta::assert_snapshot!("wide_table_at_its_end", screen.frame());
    assert_eq!(screen.said(), ["Nothing in view reaches further right"]);
    screen.keys("<<> <<> <<> <<> <<> <<> <<> <<>");
    assert_eq!(screen.said(), ["Lines start here"]);
    assert!(screen.text().contains("Latitude"));
}

#[test]
fn a_link_in_a_column_out_of_view_comes_into_view_when_it_is_selected() {
    let mut screen = screen(80, 24);
    assert!(!screen.text().contains("Instrument"));
    screen.keys("<Tab>");
    // The first link of the table stands in its last column.
    assert_eq!(screen.role_on("gauge"), Role::LinkSelected);
    screen.keys("<Enter>");
    assert_eq!(screen.place().0, "gauge.md");
}

#[test]
fn what_is_found_in_a_column_out_of_view_comes_into_view() {
    let mut screen = screen(80, 24);
    screen.keys("/ combining");
    assert_eq!(screen.role_on("combining"), Role::MatchCurrent);
}

#[test]
fn a_row_stays_at_the_top_while_one_pans() {
    let mut text = String::from("| A | B | C | D | E | F |\n|---|---|---|---|---|---|\n");
    for n in 0..60 {
        let cells = (1..6).map(|column| "word ".repeat((n * column) % 17 + 1));
        let cells = cells.collect::<Vec<_>>().join(" | ");
        writeln!(text, "| row{n} | {cells} |").expect("memory");
    }
    let mut screen = Screen::new(60, 20, &[("a.md", &text)]);
    let first = |screen: &Screen| {
        let rows = (1..18).map(|row| screen.row(row));
        let named = rows.filter_map(|row| row.split_whitespace().next().map(str::to_owned));
        named.filter(|name| name.starts_with("row")).collect::<Vec<_>>()
    };
    screen.keys("d d d j j");
    let before = first(&screen);
    assert!(before[0] != "row0", "{before:?}");
    screen.keys(">");
    assert!(screen.text().contains('‹'));
    assert_eq!(first(&screen)[0], before[0]);
    screen.keys("<<>");
    assert_eq!(first(&screen), before);
}

#[test]
fn a_row_stays_near_the_top_through_every_width() {
    let mut text = String::from("| A long name | B | C | D | E | F |\n|---|---|---|---|---|---|\n");
    for n in 0..200 {
        let cells = (1..6).map(|column| format!("{n} {}", "word ".repeat((n + column) % 9)));
        let cells = cells.collect::<Vec<_>>().join(" | ");
        writeln!(text, "| row{n} of the table | {cells} |").expect("memory");
    }
    let mut screen = Screen::new(100, 20, &[("a.md", &text)]);
    screen.keys("> > d d d d d d d d d");
    let row = |screen: &Screen| {
        let open = screen.model.reader.open.as_ref().expect("a page is open");
        open.layout.table_rows_in_view(open.anchor, 18, 0).expect("the table is in view").0
    };
    let before = row(&screen);
    assert!(before > 30, "{before}");
    for width in [70, 40, 55, 120, 33, 100] {
        screen.resize(width, 20);
        assert!(row(&screen).abs_diff(before) <= 1, "{} at {width}, {before} before", row(&screen));
    }
}

// On the whole screen.

#[test]
fn the_table_in_view_has_the_screen_and_gives_it_back() {
    let mut screen = screen(80, 24);
    let before = screen.frame();
    screen.keys("|");
    insta::assert_snapshot!("whole_table_80x24", format!("{}{}", screen.frame(), screen.roles()));
    screen.keys("l l j");
    insta::assert_snapshot!("whole_table_panned", screen.frame());
    screen.keys("<Esc>");
    assert_eq!(screen.frame(), before);
    for (columns, rows) in [(40, 12), (20, 5), (3, 2), (1, 1)] {
        screen.resize(columns, rows);
        screen.keys("|");
        if columns == 40 {
            insta::assert_snapshot!("whole_table_40x12", screen.frame());
        }
        screen.keys("j l G g g <Esc>");
        assert!(screen.model.overlays.is_empty());
    }
}

#[test]
fn the_header_stays_above_the_rows_of_a_long_table() {
    let screen = &mut long_table(80, 12);
    screen.keys("|");
    insta::assert_snapshot!("whole_table_long", screen.frame());
    screen.keys("G");
    assert!(screen.row(1).contains("Number"), "{}", screen.frame());
    assert!(screen.row(10).starts_with(" n9999"), "{}", screen.frame());
    assert!(screen.row(0).ends_with("of 9,999"), "{}", screen.frame());
    screen.keys("g g");
    assert!(screen.row(3).starts_with(" n1 "), "{}", screen.frame());
    // One `g` begins a sequence, which Esc drops; the next one leaves.
    screen.keys("g <Esc>");
    assert!(!screen.model.overlays.is_empty() && screen.model.pending.is_empty());
    screen.keys("<Esc>");
    assert!(screen.model.overlays.is_empty());
}

#[test]
fn the_header_stays_however_far_one_reads() {
    let screen = &mut long_table(80, 120);
    screen.keys("|");
    for _ in 0..45 {
        screen.keys("<Space>");
    }
    assert!(screen.row(1).contains("Number"), "{}", screen.row(1));
    assert!(screen.row(3).starts_with(" n5"), "{}", screen.row(3));
}

#[test]
fn a_table_opens_at_the_row_that_is_in_view() {
    let mut screen = long_table(60, 12);
    screen.keys("d d d d");
    let row = screen.row(1);
    screen.keys("|");
    assert_eq!(screen.row(3).trim(), row.trim());
}

#[test]
fn links_of_the_whole_table_are_walked_and_followed() {
    let mut screen = screen(60, 16);
    screen.keys("| <Tab>");
    assert_eq!(screen.role_on("gauge"), Role::LinkSelected);
    screen.keys("<Tab> <Tab> <Tab>");
    assert_eq!(screen.role_on("gauge"), Role::LinkSelected);
    screen.keys("<Shift-Tab>");
    assert_eq!(screen.role_on("nobody"), Role::LinkSelected);
    screen.keys("<Tab> <Enter>");
    assert_eq!(screen.place().0, "gauge.md");
    screen.keys("<Backspace>");
    assert_eq!(screen.place().0, "stations.md");
    screen.keys("|");
    screen.click_on("Brimsund");
    assert!(matches!(screen.model.overlays[..], [Overlay::Table(_)]));
    screen.keys("l l l l l l").click_on("gauge");
    assert_eq!(screen.place().0, "gauge.md");
    screen.keys("|");
    assert_eq!(screen.said().last().map(String::as_str), Some("No table is in view"));
    let whole = screen.model.notice.clone();
    screen.keys("y t");
    assert_eq!(screen.model.notice, whole, "every key says it alike");
}

#[test]
fn a_table_whose_page_changes_shows_the_change_and_closes_with_it() {
    let mut screen = screen(80, 24);
    screen.keys("|");
    screen.write("stations.md", &STATIONS.replace("Old pier", "New pier"));
    assert!(screen.text().contains("New pier"));
    screen.write("stations.md", "# Stations\n\nNone.\n");
    assert!(screen.model.overlays.is_empty());
}

fn long_table(columns: u16, rows: u16) -> Screen {
    let mut text = String::from("| Number | Square |\n|---|--:|\n");
    for n in 1_u32..10_000 {
        writeln!(text, "| n{n} | {} |", n * n).expect("memory");
    }
    Screen::new(columns, rows, &[("a.md", &text)])
}

// Cost.

#[test]
fn a_table_of_any_size_is_laid_out_as_far_as_it_is_looked_at() {
    let mut text = format!("|{}\n|{}\n", " head |".repeat(200), "---|".repeat(200));
    for n in 0..2_000 {
        writeln!(text, "|{}", format!(" a cell {n} |").repeat(200)).expect("memory");
    }
    let mut page = layout_of(&text, 100, WideTables::Panned);
    let anchor = Anchor::default();
    page.ensure(&Plain, anchor, 40);
    let first = page.laid_out();
    assert!(first <= 6, "{first}");
    let anchor = page.scroll(&Plain, anchor, 10_000, 40);
    page.ensure(&Plain, anchor, 40);
    assert!(page.laid_out() <= first + 10, "{}", page.laid_out());
}

// What holds for every table.

struct Plain;

impl Context for Plain {
    fn link(&self, link: LinkId) -> LinkLook {
        if link.is_multiple_of(2) { LinkLook::Page } else { LinkLook::Missing }
    }

    fn code(&self, _leaf: u32) -> Option<&[LineRoles]> {
        None
    }
}

fn layout_of(text: &str, width: usize, wide_tables: WideTables) -> PageLayout {
    let options = Options { width, wide_tables, ..Options::default() };
    PageLayout::new(Arc::new(markdown::parse(text)), Head::default(), options)
}

/// Text of a cell: what tables have to bear.
fn cell() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,12}",
        "[0-9]{1,4}([.,][0-9]{1,3})?",
        Just("日本語の表".to_owned()),
        Just("👩\u{200d}👩\u{200d}👧\u{200d}👦".to_owned()),
        Just("🇳🇴🇯🇵".to_owned()),
        Just("❤\u{fe0f}".to_owned()),
        Just("e\u{301}\u{302}a\u{308}".to_owned()),
        Just("שלום עולם".to_owned()),
        Just("a\tb".to_owned()),
        Just("\u{202e}acts\u{7}".to_owned()),
        Just("`code span`".to_owned()),
        Just("**strong words**".to_owned()),
        Just("[[page\\|a link]]".to_owned()),
        Just("[[missing]]".to_owned()),
        Just("#tag/one".to_owned()),
        Just("https://example.org/a/long/path/to/a/page".to_owned()),
        Just("one<br>two".to_owned()),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.join(" "))
}

fn table() -> impl Strategy<Value = String> {
    (1_usize..9, 0_usize..30).prop_flat_map(|(columns, rows)| {
        let row = prop::collection::vec(cell(), columns);
        let marks = prop::sample::select(&["---", ":--", "--:", ":-:"][..]);
        let marks = prop::collection::vec(marks, columns);
        (prop::collection::vec(row, rows + 1), marks).prop_map(|(rows, marks)| {
            let mut text = String::new();
            for (number, row) in rows.iter().enumerate() {
                writeln!(text, "| {} |", row.join(" | ")).expect("memory");
                if number == 0 {
                    writeln!(text, "|{}|", marks.join("|")).expect("memory");
                }
            }
            text
        })
    })
}

fn the_table(document: &Document) -> Option<&Table> {
    document.leaves.iter().find_map(|leaf| match &leaf.kind {
        LeafKind::Table(table) => Some(&**table),
        _ => None,
    })
}

fn without_space(text: &str) -> String {
    scrub_line(text).chars().filter(|c| !c.is_whitespace() && *c != '␉' && *c != '␊').collect()
}

/// The lines of the page as it is panned.
fn lines(page: &mut PageLayout) -> Vec<Line> {
    let mut lines = Vec::new();
    let each = |line: &Line| -> Result<(), ()> {
        lines.push(line.clone());
        Ok(())
    };
    layout::show(page, &Plain, each).expect("nothing fails");
    lines
}

/// Lines that are too wide, act on the terminal, or do not start their columns where the others do.
fn check_lines(lines: &[Line], room: usize, table: &Table) -> Result<(), TestCaseError> {
    let columns = u32::try_from(table.alignments.len()).expect("tables are narrow");
    let is_wide = lines.iter().any(|line| line.text().ends_with('›'));
    let (mut starts, mut ends) = (BTreeMap::new(), BTreeMap::new());
    for line in lines {
        let text = line.text();
        prop_assert!(line.width() <= room, "{text:?} is {} wide of {room}", line.width());
        prop_assert!(!text.chars().any(acts_on_terminal), "{text:?}");
        prop_assert!(!is_wide || !text.contains('›') || line.width() == room, "{text:?}");
        let mut at = 0;
        let mut seen = Vec::new();
        for segment in &line.segments {
            if let Some(place) = segment.at
                && !segment.text.trim().is_empty()
            {
                let column = place.cell % columns;
                if !seen.contains(&column) {
                    seen.push(column);
                    let start = starts.entry(column).or_insert(at);
                    *start = at.min(*start);
                }
                let end = ends.entry(column).or_insert(at);
                *end = (at + width(&segment.text)).max(*end);
            }
            at += width(&segment.text);
        }
    }
    // No column reaches into the next one. Stacked rows have no line under their header.
    let side_by_side = lines.iter().any(|line| line.text().contains('─'));
    if side_by_side {
        let columns: Vec<u32> = starts.keys().copied().collect();
        for pair in columns.windows(2) {
            prop_assert!(ends[&pair[0]] < starts[&pair[1]], "{lines:#?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 64 } else { 512 }))]

    #[test]
    fn no_table_breaks_at_any_width_and_every_cell_can_be_read(
        text in table(),
        room in 1_usize..=200,
        panned: bool,
    ) {
        let wide_tables = if panned { WideTables::Panned } else { WideTables::Stacked };
        let mut page = layout_of(&text, room, wide_tables);
        let document = Arc::clone(page.document());
        let Some(table) = the_table(&document) else { return Ok(()) };
        let mut read: BTreeMap<u32, String> = BTreeMap::new();
        loop {
            let lines = lines(&mut page);
            check_lines(&lines, room, table)?;
            let mut now: BTreeMap<u32, String> = BTreeMap::new();
            let mut offsets: BTreeMap<u32, u32> = BTreeMap::new();
            for segment in lines.iter().flat_map(|line| &line.segments) {
                let Some(TextPlace { cell, offset, .. }) = segment.at else { continue };
                let before = offsets.insert(cell, offset);
                prop_assert!(before.is_none_or(|before| before <= offset), "out of order");
                now.entry(cell).or_default().push_str(&segment.text);
            }
            for (cell, text) in now {
                let first = read.entry(cell).or_insert_with(|| text.clone());
                prop_assert_eq!(without_space(first), without_space(&text));
            }
            page.ensure(&Plain, Anchor::default(), 10_000);
            match page.panned(&Plain, Anchor::default(), 10_000, true) {
                Some(options) => page.set_options(options, &Plain, Anchor::default()),
                None => break,
            };
        }
        // What is narrower than a character shows a sign in its place.
        if room > 4 {
            for (cell, inlines) in (0_u32..).zip(table.cells.iter()) {
                let shown = read.get(&cell).map_or("", String::as_str);
                prop_assert_eq!(without_space(shown), without_space(&inlines.text()));
            }
        }
    }

    #[test]
    fn columns_stay_where_they_are_while_one_scrolls(text in table(), room in 30_usize..=120) {
        let text = text.clone() + &"| x |\n".repeat(100);
        let mut page = layout_of(&text, room, WideTables::Panned);
        let whole: Vec<String> = lines(&mut page).iter().map(Line::text).collect();
        let mut page = layout_of(&text, room, WideTables::Panned);
        let end = page.end(&Plain, 20);
        page.ensure(&Plain, end, 20);
        let last: Vec<String> = page.lines(end, 20).iter().map(|line| line.text()).collect();
        prop_assert!(whole.ends_with(&last));
    }
}
