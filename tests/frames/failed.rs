//! Jobs that end by a fault of the program: that is said, nobody is left waiting, and the rest goes on.

use kenning::app::failed::Job;
use kenning::app::{Effect, Msg};

use crate::screen::Screen;

const PAGES: &[(&str, &str)] =
    &[("index.md", "# Harbour\n\nAsk [[ada]].\n"), ("ada.md", "# Ada\n\nKeeps the light.\n")];

const FAILS: &str = "This failed by a fault";

#[test]
fn a_view_that_waits_is_told_that_nothing_comes() {
    for (keys, job, waits, fails) in [
        ("s light", Job::Search, "Searching ...", FAILS),
        ("C", Job::Check, "Looking ...", FAILS),
        ("o 3", Job::Mentions, "Looking ...", FAILS),
        ("F text:light <Enter>", Job::Filter, "reading ...", "failed"),
    ] {
        let mut screen = Screen::new(120, 24, PAGES);
        screen.prompt = false;
        screen.keys(keys);
        assert!(screen.find(waits).is_some(), "{keys}: {}", screen.text());
        // What was asked for is lost.
        screen.waiting.clear();
        screen.send(Msg::Failed(job));
        assert!(screen.find(waits).is_none(), "{keys}: {}", screen.text());
        assert!(screen.find(fails).is_some(), "{keys}: {}", screen.text());
        let notice = screen.model.notice.clone().expect("it is said");
        assert!(notice.text.contains(&format!("inside ({})", job.name())), "{}", notice.text);
    }
}

#[test]
fn who_asks_again_waits_again_and_gets_the_answer() {
    let mut screen = Screen::new(120, 24, PAGES);
    screen.prompt = false;
    screen.keys("s light");
    screen.waiting.clear();
    screen.send(Msg::Failed(Job::Search));
    screen.prompt = true;
    screen.keys("<Backspace>");
    assert!(screen.find(FAILS).is_none(), "{}", screen.text());
    assert!(screen.find("Keeps the ligh").is_some(), "{}", screen.text());
}

#[test]
fn a_wiki_that_could_not_be_read_is_said_until_it_is() {
    let mut screen = Screen::unread(100, 24, PAGES);
    screen.open("index.md");
    screen.list();
    assert!(screen.find("reading 2 pages").is_some());
    screen.send(Msg::Failed(Job::Scan));
    assert!(screen.find("reading 2 pages").is_none());
    assert!(screen.find("the wiki is not read").is_some(), "{}", screen.text());
    screen.index();
    assert!(screen.find("not read").is_none());
}

#[test]
fn a_view_that_failed_asks_again_when_it_is_opened_again() {
    for (keys, again, job) in [
        ("s light", "<Esc> s", Job::Search),
        ("C", "<Esc> C", Job::Check),
        ("o 3", "1 3", Job::Mentions),
        ("F text:light <Enter>", "F <Backspace> t", Job::Filter),
    ] {
        let mut screen = Screen::new(120, 24, PAGES);
        screen.prompt = false;
        screen.keys(keys);
        screen.waiting.clear();
        screen.send(Msg::Failed(job));
        screen.prompt = true;
        screen.keys(again);
        assert!(!screen.model.failed.contains(&job), "{}: {}", job.name(), screen.text());
    }
}

#[test]
fn a_page_whose_reading_failed_can_be_opened_again() {
    let mut screen = Screen::new(100, 24, PAGES);
    screen.prompt = false;
    screen.keys("<Tab> <Enter>");
    screen.waiting.clear();
    screen.send(Msg::Failed(Job::Page));
    screen.prompt = true;
    screen.keys("<Enter>");
    assert_eq!(screen.place().0, "ada.md");
}

#[test]
fn an_answer_to_what_was_asked_later_is_no_failure() {
    let mut screen = Screen::new(120, 24, PAGES);
    screen.prompt = false;
    screen.keys("F text:light <Enter>");
    let asked = screen.waiting.iter().rev().find_map(|effect| match effect {
        Effect::Filter { ticket, .. } => Some(*ticket),
        _ => None,
    });
    // The job that it took the place of ended badly.
    screen.send(Msg::Failed(Job::Filter));
    assert!(screen.find("failed").is_some(), "{}", screen.text());
    screen.send(Msg::FilterMatched { ticket: asked.expect("it was asked"), pages: Vec::new() });
    assert!(screen.find("failed").is_none(), "{}", screen.text());
}
