//! Every construct that a page can hold, as it is shown: the pages of the sample that are specimen sheets, whole,
//! at several widths and in plain ASCII.

use std::fs;
use std::path::Path;

use crate::screen::Screen;

/// A page of the sample with the whole of the sample around it, on a screen that holds all of it.
fn specimen(columns: u16, page: &str) -> Screen {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut pages = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the sample can be read") {
            let path = entry.expect("the sample can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("it lies in the sample").to_owned();
                let name = name.to_str().expect("names of the sample are UTF-8").to_owned();
                pages.push((name, fs::read_to_string(path).expect("the sample is UTF-8")));
            }
        }
    }
    let pages: Vec<(&str, &str)> =
        pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut screen = Screen::new(columns, 900, &pages);
    screen.open(page);
    screen.keys("Z");
    screen
}

/// The rows of the page, those above and below it left out.
fn page(screen: &Screen) -> String {
    let text = screen.frame();
    let mut rows: Vec<&str> = text.lines().collect();
    // The footer, and the empty rows above it.
    rows.truncate(rows.len() - 2);
    while rows.last().is_some_and(|row| row.trim_end_matches(['|', ' ']).is_empty()) {
        rows.pop();
    }
    rows.join("\n")
}

const HOLDS: &str = "guide/what_a_page_can_hold.md";

#[test]
fn what_a_page_can_hold() {
    for columns in [72, 40] {
        insta::assert_snapshot!(format!("holds_{columns}"), page(&specimen(columns, HOLDS)));
    }
}

#[test]
fn what_a_page_can_hold_in_ascii() {
    let mut screen = specimen(72, HOLDS);
    screen.model.themes.ascii = true;
    screen.keys("j");
    let page = page(&screen);
    let drawn = "─━│▎↳▤▣▸▾•◦▪☐✓◐×▲★✎≡◆¤›“…↗‹⁰¹²³▰▱·";
    let row = page.lines().find(|row| row.contains(|c| drawn.contains(c)));
    assert_eq!(row, None, "no sign of the program's own is beyond ASCII");
    insta::assert_snapshot!(page);
}

#[test]
fn links_and_embeds() {
    insta::assert_snapshot!(page(&specimen(72, "guide/links_and_embeds.md")));
}
