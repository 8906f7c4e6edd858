//! Very long pages as frames: their beginning is shown while the rest is read, what is laid out is what is looked
//! at, and text is found on them by a worker.

use crate::screen::{Screen, page_path};
use kenning::app::msg::{Loaded, PageRead};
use kenning::app::reader::{self, Address, Goal};
use kenning::app::{Effect, Msg, update};
use kenning::markdown;

/// A page of so many sections.
fn long(sections: usize) -> String {
    let section = |nth| {
        format!("## Tide {nth}\n\nThe gauge at the pier said {nth}.\n\nSee [[page {nth}]].\n\n")
    };
    let sections: Vec<String> = (0..sections).map(section).collect();
    "# The long book\n\n".to_owned() + &sections.concat()
}

fn loaded(text: &str) -> Loaded {
    Loaded::new(text.to_owned(), Vec::new())
}

/// A screen on which a long page is awaited at a goal, and the request for it.
fn awaiting(text: &str, goal: Goal) -> (Screen, Effect) {
    let mut screen = Screen::unread(60, 12, &[("book.md", text)]);
    let mut effects = Vec::new();
    reader::open(&mut screen.model, Address::Page(page_path("book.md")), goal, &mut effects);
    let request = effects.into_iter().find(|effect| matches!(effect, Effect::ReadPage { .. }));
    (screen, request.expect("the page is asked for"))
}

fn read(request: &Effect, text: &str) -> PageRead {
    let Effect::ReadPage { ticket, path } = request else { panic!("{request:?} reads no page") };
    PageRead { ticket: *ticket, path: path.clone(), result: Ok(loaded(text)) }
}

#[test]
fn the_beginning_is_shown_and_the_place_stays_when_the_rest_has_come() {
    let text = long(100);
    let beginning = markdown::beginning(&text, 2_000).expect("the page is longer");
    let (mut screen, request) = awaiting(&text, Goal::Top);
    screen.send(Msg::PageBegun(read(&request, beginning)));
    insta::assert_snapshot!(screen.frame(), @"
    | The long book                                   reading on
    |  The long book                                            ▐
    |  ━━━━━━━━━━━━━
    |
    |  Tide 0
    |  ────────────────────────────────────────────────────────
    |  The gauge at the pier said 0.
    |
    |  See page 0.
    |
    |  Tide 1
    | Tab next link   f links   Ctrl-P find   ? keys
    ");
    screen.keys("j j j j <Tab>");
    let before = screen.frame();
    let place = screen.place();
    screen.send(Msg::PageRead(read(&request, &text)));
    assert_eq!(screen.place(), place);
    let page = |frame: &str| frame.lines().skip(1).take(9).collect::<Vec<_>>().join("\n");
    assert_eq!(page(&screen.frame()), page(&before));
    screen.keys("G");
    assert!(screen.text().contains("page 99"), "{}", screen.text());
}

#[test]
fn the_beginning_is_not_shown_where_the_goal_may_lie_behind_it() {
    let text = long(100);
    let beginning = markdown::beginning(&text, 2_000).expect("the page is longer");
    let (mut screen, request) = awaiting(&text, Goal::Fragment("Tide 90".to_owned()));
    screen.send(Msg::PageBegun(read(&request, beginning)));
    assert!(!screen.text().contains("The gauge"), "{}", screen.text());
    screen.send(Msg::PageRead(read(&request, &text)));
    assert!(screen.text().contains("said 90."), "{}", screen.text());
    // Read again, it never becomes its beginning.
    screen.send(Msg::PageBegun(read(&request, beginning)));
    assert!(screen.text().contains("said 90."), "{}", screen.text());
}

#[test]
fn what_the_beginning_embeds_has_the_page_asked_for_only_once_it_is_there() {
    let text = format!("![[other]]\n\n{}", long(100));
    let beginning = markdown::beginning(&text, 2_000).expect("the page is longer");
    let index = Screen::new(60, 12, &[("book.md", &text)]).model.index;
    let (mut screen, request) = awaiting(&text, Goal::Top);
    let mut asks = |msg: Msg| {
        let mut effects = Vec::new();
        update(&mut screen.model, msg, &mut effects);
        effects.iter().any(|effect| matches!(effect, Effect::ReadPage { .. }))
    };
    assert!(!asks(Msg::PageBegun(read(&request, beginning))));
    assert!(!asks(Msg::Indexed(index)));
    assert!(asks(Msg::PageRead(read(&request, &text))));
}

#[test]
fn a_key_on_a_long_page_lays_out_no_more_than_it_shows() {
    let mut screen = Screen::new(60, 12, &[("book.md", &long(20_000))]);
    let mut before = 0;
    for keys in ["j", "j", "<Ctrl-D>", "<Tab>", "}", "G", "k", "g g", "5 0 <Tab>"] {
        screen.keys(keys);
        let laid_out = screen.model.reader.open.as_ref().map_or(0, |open| open.layout.laid_out());
        assert!(laid_out - before <= 60, "{keys}: {}", laid_out - before);
        before = laid_out;
    }
}

#[test]
fn text_on_a_very_long_page_is_found_by_a_worker() {
    let mut screen = Screen::new(60, 12, &[("book.md", &long(20_000))]);
    screen.prompt = false;
    screen.keys("/ 19990.");
    assert!(screen.text().contains("searching"), "{}", screen.text());
    let asked: Vec<Effect> = screen.waiting.clone();
    assert!(asked.iter().any(|effect| matches!(effect, Effect::FindInPage { .. })), "{asked:?}");
    screen.catch_up();
    assert!(screen.text().contains("said 19990."), "{}", screen.text());
    assert!(screen.text().contains("1/2"), "{}", screen.text());
    screen.keys("<Enter> g g n");
    assert!(screen.text().contains("said 19990."), "{}", screen.text());
    // What was not answered yet is not waited for after Esc.
    screen.keys("g g");
    screen.prompt = false;
    screen.keys("/ Tide <Esc>");
    screen.catch_up();
    assert!(screen.text().contains("The long book"), "{}", screen.text());
}
