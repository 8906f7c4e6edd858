//! Embeds as their reader sees them: in place, followed, changing under the eyes.

use std::sync::Arc;

use crate::screen::{Screen, page_path};
use kenning::app::reader::OpenPage;
use kenning::app::{Effect, Msg};
use kenning::index::embed::{Composed, Source, compose};
use kenning::index::{Change, Index, NewPage};
use kenning::layout::{self, Context, Head, LinkLook, Options, PageLayout};
use kenning::markdown::{self, LinkId};
use kenning::text::role::Role;
use kenning::vault::PagePath;
use proptest::prelude::*;

const INDEX: &str = "\
# Harbour notes

The watch of the week:

![[people/ada]]

What the staff said:

> ![[tides#^rule]]

- ![[tides#Code]]
- ![[nobody]]

![[chart.png|300]]

See ![[tides]] in a line, and [[tides]].

| in a cell |
|---|
| ![[tides]] |

![[index]]
";

const ADA: &str = "\
---
tags: [keeper]
---
# Ada Lind

Keeps the [[./lamp]] and the #light.[^1]

## Watch

- [ ] oil
- [x] wick, see [[#Watch]]

[^1]: Since 1952, says [[bo]].
";

const TIDES: &str = "\
# Tides

## Rule

Twelve steps make a day. ^rule

## Code

```python
import moon
```
";

fn pages() -> Vec<(&'static str, String)> {
    let long: Vec<String> = (1..=40).map(|n| format!("Paragraph {n}.")).collect();
    vec![
        ("index.md", INDEX.to_owned()),
        ("people/ada.md", ADA.to_owned()),
        ("people/lamp.md", "# The lamp of Ada\n".to_owned()),
        ("lamp.md", "# Another lamp\n".to_owned()),
        ("tides.md", TIDES.to_owned()),
        ("chart.png", "no picture".to_owned()),
        (
            "long.md",
            format!(
                "# Long\n\n![[people/ada]]\n\n{}\n\n## The end\n\nSee [[tides]].\n",
                long.join("\n\n")
            ),
        ),
    ]
}

fn screen(columns: u16, rows: u16) -> Screen {
    let pages = pages();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (*path, &**text)).collect();
    Screen::new(columns, rows, &pages)
}

/// The wiki before it was read, its first page open.
fn unread(columns: u16, rows: u16, page: &str) -> Screen {
    let pages = pages();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (*path, &**text)).collect();
    let mut screen = Screen::unread(columns, rows, &pages);
    screen.open(page);
    screen
}

fn open(screen: &Screen) -> &OpenPage {
    screen.model.reader.open.as_ref().expect("a page is open")
}

/// The text of the page in view, without what tells how far down it is.
fn page(screen: &Screen) -> Vec<String> {
    let text = screen.text();
    let rows = text.lines().count() - 3;
    let text = text.lines().skip(1).take(rows);
    text.map(|line| line.trim_end_matches(['▐', ' ']).to_owned()).collect()
}

#[test]
fn embeds_stand_in_place() {
    for (columns, rows) in [(40, 60), (100, 60)] {
        let screen = screen(columns, rows);
        let shown = format!("{}{}", screen.frame(), screen.roles());
        insta::assert_snapshot!(format!("embeds_{columns}"), shown);
    }
}

#[test]
fn embeds_in_ascii() {
    let mut screen = screen(60, 50);
    screen.model.themes.ascii = true;
    screen.resize(60, 51);
    assert!(screen.find(": -> people/ada").is_some(), "{}", screen.text());
    assert!(screen.find("@ chart.png - PNG image, 10 bytes").is_some(), "{}", screen.text());
}

#[test]
fn before_the_wiki_is_known_embeds_are_references() {
    let mut screen = unread(80, 60, "index.md");
    assert!(screen.find("↳ people/ada").is_some());
    assert!(screen.find("Ada Lind").is_none());
    screen.index();
    assert!(screen.find("│ Ada Lind").is_some(), "{}", screen.text());
}

#[test]
fn a_page_asked_for_while_the_wiki_was_read_shows_its_embeds() {
    let mut screen = unread(80, 60, "tides.md");
    screen.prompt = false;
    screen.open("index.md");
    screen.index();
    screen.catch_up();
    assert!(screen.find("│ Ada Lind").is_some(), "{}", screen.text());
}

#[test]
fn nothing_moves_when_the_embeds_arrive() {
    let mut screen = unread(60, 12, "long.md");
    screen.keys("/ 9. <Enter>");
    let (before, back) = (page(&screen), screen.model.history.back.len());
    let at = open(&screen).anchor;
    assert!(before.iter().any(|line| line.contains("Paragraph 9.")), "{before:?}");
    screen.index();
    assert!(open(&screen).layout.stops() > 3, "the embed is there");
    assert!(open(&screen).anchor > at);
    assert_eq!(page(&screen), before);
    assert_eq!(screen.model.history.back.len(), back);
    assert_eq!(screen.role_on("9."), Role::MatchCurrent);
}

#[test]
fn the_selected_link_stays_selected_when_the_embeds_arrive() {
    let mut screen = unread(60, 12, "long.md");
    screen.keys("G <Shift-Tab>");
    assert_eq!(screen.role_on("tides"), Role::LinkSelected);
    screen.index();
    assert_eq!(screen.role_on("tides"), Role::LinkSelected);
    screen.keys("<Home> <Tab>");
    assert_eq!(screen.role_on("people/ada"), Role::LinkSelected);
    screen.write("people/ada.md", "# Ada\n\nKeeps [[lamp]].\n");
    assert_eq!(screen.role_on("people/ada"), Role::LinkSelected);
    assert!(screen.find("│ Keeps lamp").is_some(), "{}", screen.text());
}

#[test]
fn the_way_back_on_the_page_leads_to_its_text_when_the_embeds_came_meanwhile() {
    let mut screen = unread(60, 12, "long.md");
    screen.keys("/ 20. <Enter> <Esc>");
    let before = page(&screen);
    screen.keys("o G <Enter>");
    assert!(screen.find("Paragraph 20.").is_none() && screen.find("The end").is_some());
    screen.index();
    screen.keys("<Backspace>");
    assert_eq!(page(&screen), before);
}

#[test]
fn an_embedded_page_that_changes_changes_in_place() {
    let mut screen = screen(60, 14);
    screen.open("long.md");
    screen.keys("/ 20. <Enter>");
    let before = page(&screen);
    screen.write("people/ada.md", "# Ada\n\nOne\n\nTwo\n\nThree\n\nFour\n\nFive\n\nSix\n\nSeven\n");
    assert_eq!(page(&screen), before);
    screen.keys("<Esc> <Home>");
    assert!(screen.find("│ One").is_some(), "{}", screen.text());
    screen.pages.remove(&page_path("people/ada.md"));
    screen.index();
    assert!(
        screen.find("↳ people/ada? · nobody has written it yet").is_some(),
        "{}",
        screen.text()
    );
}

#[test]
fn an_edit_of_the_page_leaves_one_inside_what_it_embeds() {
    let mut screen = screen(60, 12);
    let text = format!("# Short\n\n![[long]]\n\n{}\n", "More.\n\n".repeat(20));
    screen.write("short.md", &text);
    screen.open("short.md");
    screen.keys("/ 20. <Enter>");
    let before = page(&screen);
    assert!(before[0..9].iter().any(|line| line.contains("│ Paragraph 20.")), "{before:?}");
    screen.write("short.md", &text.replace("# Short", "# Short\n\nA line before it."));
    assert_eq!(page(&screen), before);
}

#[test]
fn links_lead_where_they_lead_on_their_own_page() {
    let mut screen = screen(60, 60);
    screen.click_on("./lamp");
    assert_eq!(screen.place().0, "people/lamp.md");
    screen.keys("<Backspace>");
    // To a heading of the embedded page, not of the one that embeds it.
    let (_, row) = screen.find("wick, see").expect("it is embedded");
    let column = screen.row(row).chars().count() - 1;
    screen.click(u16::try_from(column).expect("a column"), row);
    assert_eq!(screen.place().0, "people/ada.md");
}

#[test]
fn the_line_of_an_embed_leads_to_its_source() {
    let mut screen = screen(80, 60);
    screen.click_on("tides > ^rule");
    assert_eq!(screen.place().0, "tides.md");
    screen.keys("<Backspace>");
    screen.click_on("chart.png");
    assert!(screen.find("Open chart.png with the system?").is_some(), "{}", screen.text());
    screen.keys("o");
    assert_eq!(screen.done.last(), Some(&Effect::OpenAttachment(page_path("chart.png"))));
}

#[test]
fn notes_tags_code_and_search_work_inside() {
    let mut screen = screen(60, 60);
    assert_eq!(screen.role_on("import"), Role::CodeKeyword);
    screen.keys("/ moon <Enter>");
    assert_eq!(screen.role_on("moon"), Role::MatchCurrent);
    screen.keys("<Esc>");
    screen.click_on("¹");
    assert!(screen.find("Since 1952").is_some(), "{}", screen.text());
    screen.keys("<Enter>");
    screen.click_on("#light");
    assert_eq!(screen.model.filter.text, "tag:light");
}

#[test]
fn the_outline_is_that_of_the_page_alone() {
    let screen = screen(120, 60);
    let headings = &open(&screen).document.facts.headings;
    let headings: Vec<&str> = headings.iter().map(|heading| &*heading.text).collect();
    assert_eq!(headings, ["Harbour notes"]);
}

#[test]
fn the_source_of_what_is_embedded_is_the_embed() {
    let mut screen = screen(80, 60);
    screen.keys("<Tab> <Tab> ys");
    let Some(Effect::Copy(text)) = screen.done.last() else { panic!("copies") };
    assert_eq!(text, "![[people/ada]]");
}

// Anything at all.

struct Pages(Vec<(PagePath, String)>);

impl Source for Pages {
    fn text(&self, path: &PagePath) -> Result<String, String> {
        let page = self.0.iter().find(|(page, _)| page == path);
        page.map(|(_, text)| text.clone()).ok_or_else(|| "no such file".to_owned())
    }

    fn bytes(&self, _path: &PagePath) -> Option<u64> {
        None
    }
}

struct Plain;

impl Context for Plain {
    fn link(&self, _link: LinkId) -> LinkLook {
        LinkLook::Page
    }

    fn code(&self, _leaf: u32) -> Option<&[kenning::code::LineRoles]> {
        None
    }
}

const PIECES: &[&str] = &[
    "![[a]]\n\n",
    "![[b#H]]\n\n",
    "![[c#^id]]\n\n",
    "- ![[b]]\n",
    "> ![[a#H]]\n\n",
    "> [!note] t\n> ![[c]]\n\n",
    "![[a]] ![[b]]\n\n",
    "# H\n\n",
    "## I\n\n",
    "text [[x]] #tag[^1]\n\n",
    "1. item ^id\n   - below [[y]]\n\n",
    "[^1]: note [[z]]\n\n",
    "| [[a]] | b |\n|-|-|\n| ![[b]] | #u |\n\n",
    "```\ncode\n```\n\n",
    "## Tags\n`t` `u`\n\n",
    "paragraph ^id\n\n",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_stop_of_a_composed_page_is_on_it(a in text(), b in text(), c in text(), width in 12_usize..100) {
        let named = [("a.md", a), ("b.md", b), ("c.md", c)];
        let pages = named.map(|(path, text)| (page_path(path), text));
        let mut index = Index::default();
        index.apply_all(pages.iter().map(|(path, text)| Change::Put(NewPage {
            path: path.clone(),
            modified_ms: 0,
            bytes: text.len() as u64,
            facts: markdown::facts(text).into(),
            unreadable: None,
        })));
        let (path, text) = pages[0].clone();
        let Composed { document, .. } =
            compose(&index, &path, markdown::parse(&text), &Pages(pages.to_vec()));
        let options = Options { width, properties_folded: false, ..Options::default() };
        let mut page = PageLayout::new(Arc::new(document), Head::default(), options);
        let mut seen = Vec::new();
        let shown: Result<(), ()> = layout::show(&mut page, &Plain, |line| {
            assert!(line.width() <= width);
            seen.extend(line.segments.iter().filter_map(|segment| segment.stop));
            Ok(())
        });
        assert_eq!(shown, Ok(()));
        seen.dedup();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen, (0..page.stops()).collect::<Vec<_>>());
    }

    #[test]
    fn places_stay_when_embeds_come_and_change(host in text(), other in text(), newer in text(), down in 0_usize..30) {
        let host = format!("start\n\n{host}\n\nmiddle\n\n{host}\n\nend\n");
        let mut screen = Screen::unread(50, 12, &[("page.md", &host), ("b.md", &other)]);
        screen.open("page.md");
        screen.keys(&"j".repeat(down));
        screen.index();
        screen.write("b.md", &newer);
        screen.send(Msg::Resize(screen.model.size));
        let open = open(&screen);
        prop_assert!(open.selected.is_none_or(|nth| nth < open.layout.stops()));
        prop_assert_eq!(open.looks.len(), open.document.facts.links.len());
    }
}

#[test]
fn a_page_too_long_for_a_second_document_keeps_its_embeds_as_references() {
    let embed = "![[other]]\n\n";
    let check = |filler: usize, expected: bool| {
        let text = format!("{embed}{}", "x".repeat(filler));
        assert_eq!(
            kenning::index::embed::holds_embeds(&markdown::parse(&text)),
            expected,
            "{filler}"
        );
    };
    let most = kenning::index::embed::LONGEST_HOST_BYTES as usize;
    check(10, true);
    check(most - embed.len(), true);
    check(most, false);
}
