//! Where two features meet: embeds with folds, copying, selecting, finding, editing and the ways back.

use crate::screen::Screen;
use kenning::app::Effect;

const HOST: &str = "# Host\n\nBefore.\n\n![[gauge]]\n\nAfter, [[ada]].\n";
const GAUGE: &str = "# Gauge\n\nTen bytes.\n\n> [!tip]- Dry it\n> With a cloth.\n\n| a | b |\n|---|---|\n| 1 | [[ada]] |\n\n```sh\nls\n```\n";

fn copied(screen: &mut Screen) -> String {
    let mut copied = screen.done.drain(..).filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text),
        _ => None,
    });
    copied.next_back().unwrap_or_default()
}

fn host(rows: u16) -> Screen {
    let pages = [("host.md", HOST), ("gauge.md", GAUGE), ("ada.md", "# Ada\n")];
    let mut screen = Screen::new(60, rows, &pages);
    screen.done.clear();
    screen
}

#[test]
fn what_is_embedded_is_copied_as_its_embed_and_says_so() {
    let mut screen = host(9);
    screen.keys("j j j j j j j");
    assert!(screen.row(1).contains("Gauge"), "{}", screen.frame());
    for keys in ["v l l Y", "v j j l Y", "V Y", "v e Y"] {
        screen.keys(keys);
        assert_eq!(copied(&mut screen), "![[gauge]]", "{keys}");
    }
    screen.keys("v e y");
    assert_eq!(copied(&mut screen), "Ten");
    screen.said();
    screen.keys("y s");
    assert_eq!(copied(&mut screen), "![[gauge]]");
    assert_eq!(screen.said(), ["Copied the embed's source (1 line)"]);
    screen.keys("j j j j j j j y t");
    assert_eq!(copied(&mut screen), "");
    let said = screen.said().concat();
    assert!(said.contains("y T copies its cells"), "{said}");
    screen.keys("y T");
    assert_eq!(copied(&mut screen), "a\tb\n1\tada");
}

#[test]
fn the_block_of_a_link_in_an_embed_is_the_one_it_stands_in() {
    let table = "| a |\n|---|\n| [[ada]] |\n\nWords.\n\n| c |\n|---|\n| [[ada]] |\n";
    let pages = [("host.md", "![[two]]\n"), ("two.md", table), ("ada.md", "# Ada\n")];
    let mut screen = Screen::new(60, 40, &pages);
    screen.keys("<Tab> <Tab> y T");
    assert_eq!(copied(&mut screen), "a\nada");
    screen.keys("<Tab> y T");
    assert_eq!(copied(&mut screen), "c\nada");
}

#[test]
fn a_note_that_was_embedded_has_no_markdown_here() {
    let pages = [("host.md", "![[note]]\n"), ("note.md", "Words.[^1]\n\n[^1]: The note.\n")];
    let mut screen = Screen::new(60, 40, &pages);
    screen.keys("v G Y");
    assert_eq!(copied(&mut screen), "![[note]]");
    screen.said();
    screen.keys("v G o G Y");
    assert_eq!(copied(&mut screen), "");
    assert!(screen.said().concat().contains("page that is embedded"));
}

#[test]
fn leaving_the_field_folds_again_what_was_folded_before_an_embed_came() {
    let mut screen = host(40);
    screen.keys("/ cloth");
    assert!(screen.text().contains("▾ ★ Dry it"), "{}", screen.text());
    screen.write("gauge.md", &GAUGE.replace("# Gauge", "# Gauge\n\nMore.\n\n> [!note]- x\n> y"));
    screen.keys("<Esc>");
    let text = screen.text();
    assert!(text.contains("▸ ★ Dry it") && text.contains("▸ ✎ x"), "{text}");
}

#[test]
fn what_is_selected_stays_with_its_text_as_embeds_come() {
    let pages = [("host.md", HOST), ("gauge.md", GAUGE), ("ada.md", "# Ada\n")];
    let mut screen = Screen::unread(60, 30, &pages);
    screen.open("host.md");
    screen.keys("v G o w");
    let before = screen.model.reader.open.as_ref().unwrap().selection.clone().unwrap();
    screen.index();
    let after = screen.model.reader.open.as_ref().unwrap().selection.clone().unwrap();
    assert_eq!(after.to, before.to);
    assert!(after.from.leaf > before.from.leaf);
    screen.keys("y");
    let text = copied(&mut screen);
    assert!(text.contains("Ten bytes.") && text.ends_with("After, ada."), "{text}");
}
