//! Where one was: marks, bookmarks, recent pages, and the session over a restart.

use insta::assert_snapshot;
use kenning::app::memory::{Recent, State, session};
use kenning::app::model::SidebarList;
use kenning::app::{Msg, context};
use kenning::vault::PagePath;

use crate::screen::{Screen, page_path};

/// A page with so many sections of several lines each.
fn long(title: &str, sections: usize) -> String {
    let section = |n: usize| {
        let lines: Vec<String> =
            (0..6).map(|line| format!("Line {line} of part {n}, see [[bo]].\n\n")).collect();
        format!("## Part {n}\n\n{}", lines.concat())
    };
    format!("# {title}\n\n{}", (1..=sections).map(section).collect::<String>())
}

fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("index.md", "# Index\n\n[[ada]] [[bo]] [[nobody]]\n".to_owned()),
        ("people/ada.md", long("Ada Lind", 12)),
        ("people/bo.md", long("Bo Vik", 12)),
        ("topics/datum.md", "# Datum\n\n#levels\n".to_owned()),
    ]
}

fn screen(columns: u16, rows: u16) -> Screen {
    let pages = pages();
    let pages: Vec<_> = pages.iter().map(|(path, text)| (*path, text.as_str())).collect();
    Screen::new(columns, rows, &pages)
}

/// The program left and started again on a screen of that size, `page` named or not; through the text that is kept.
fn restarted(before: &Screen, columns: u16, rows: u16, page: Option<&str>) -> Screen {
    let state = session::take_down(&before.model, &State::default());
    let text = serde_json::to_string(&state).expect("it is plain data");
    let state: State = serde_json::from_str(&text).expect("what was written is read");
    let pages: Vec<_> =
        before.pages.iter().map(|(path, text)| (path.as_str(), text.as_ref())).collect();
    let mut screen = Screen::unread(columns, rows, &pages);
    screen.model.memory = state.memory;
    screen.model.reader.folds = state.folds;
    let mut left = state.session;
    let here = left.here.take();
    let last = state.last_page.as_deref().and_then(PagePath::new);
    let first = page.map(page_path).or(last).expect("a page was open");
    let mut effects = Vec::new();
    session::put_up(&mut screen.model, left, &mut effects);
    session::begin(&mut screen.model, first, here, page.is_some(), &mut effects);
    screen.settle(effects);
    screen.index();
    screen
}

fn first_line(screen: &Screen) -> String {
    let row = (2..8).map(|row| screen.row(row)).find(|row| row.contains("Line"));
    row.map(|row| row[row.find("Line").unwrap_or(0)..].to_owned()).unwrap_or_default()
}

#[test]
fn a_mark_leads_back_to_its_place_and_two_quotes_to_where_one_was() {
    let mut screen = screen(100, 24);
    screen.open("people/ada.md");
    screen.keys("d d m a");
    let marked = screen.place();
    assert_eq!(screen.said(), ["Mark a is here: ' a comes back"]);
    screen.open("topics/datum.md");
    screen.keys("' a");
    assert_eq!(screen.place(), marked);
    screen.keys("' '");
    assert_eq!(screen.place().0, "topics/datum.md");
    screen.keys("' '");
    assert_eq!(screen.place(), marked);
    // Back knows the jumps, too.
    screen.keys("H H");
    assert_eq!(screen.place(), marked);
    screen.keys("H");
    assert_eq!(screen.place().0, "topics/datum.md");
}

#[test]
fn a_mark_on_the_same_page_leads_back_and_opens_what_hides_it() {
    let mut screen = screen(100, 24);
    screen.open("people/ada.md");
    screen.keys("d d m A");
    let line = first_line(&screen);
    screen.keys("g g z M ' A");
    assert_eq!(first_line(&screen), line);
}

#[test]
fn the_list_of_marks() {
    let mut screen = screen(100, 24);
    screen.keys("m i");
    screen.open("people/ada.md");
    screen.keys("d d m a m Z");
    screen.open("topics/datum.md");
    screen.keys("m d");
    screen.pages.remove(&page_path("topics/datum.md"));
    screen.index();
    screen.keys("'");
    assert_snapshot!("marks", screen.frame());
    screen.keys("<Esc> m");
    assert_snapshot!("marks_set", screen.frame());
    screen.keys("7");
    assert!(screen.text().contains("A mark is a letter"), "{}", screen.text());
    screen.keys("<Esc> '");
    screen.resize(40, 12);
    assert_snapshot!("marks_narrow", screen.frame());
}

#[test]
fn marks_are_replaced_deleted_and_missed() {
    let mut screen = screen(100, 24);
    screen.keys("m a");
    screen.open("people/ada.md");
    screen.said();
    screen.keys("m a");
    assert_eq!(screen.said(), ["Mark a is here now; it was on Index"]);
    screen.keys("' x");
    assert_eq!(screen.said(), ["There is no mark x: m x sets it"]);
    screen.pages.remove(&page_path("people/ada.md"));
    screen.open("index.md");
    screen.index();
    screen.said();
    screen.keys("' a");
    assert_eq!(screen.said(), ["Mark a: Ada Lind is gone; ' lists it, Del forgets it"]);
    assert_eq!(screen.place().0, "index.md");
    screen.keys("' <Delete>");
    assert_eq!(screen.said(), ["Mark a is deleted; it was on Ada Lind"]);
    screen.keys("<Esc> ' <Delete>");
    assert_eq!(screen.said(), ["There are no marks yet"]);
    screen.keys("<Esc>");
    screen.open("people/bo.md");
    screen.click_on("Index");
    screen.said();
}

#[test]
fn what_is_not_written_can_be_neither_marked_nor_bookmarked() {
    let mut screen = screen(100, 24);
    screen.keys("<Tab> <Tab> <Tab> <Enter> m");
    assert_eq!(
        screen.said().last().map(String::as_str),
        Some("This page is not written yet: it cannot be marked")
    );
    screen.keys("*");
    assert_eq!(screen.said(), ["This page is not written yet: it cannot be bookmarked"]);
}

#[test]
fn bookmarks_stand_at_the_top_of_the_tree() {
    let mut screen = screen(100, 24);
    screen.open("people/ada.md");
    screen.keys("*");
    assert_eq!(screen.said(), ["Bookmarked: Ada Lind (* takes it away again)"]);
    screen.open("topics/datum.md");
    screen.keys("*");
    screen.pages.remove(&page_path("topics/datum.md"));
    screen.open("people/ada.md");
    screen.index();
    screen.keys("w g g");
    assert_snapshot!("bookmarks", screen.frame());
    screen.model.themes.ascii = true;
    screen.keys("j j");
    assert_snapshot!("bookmarks_ascii", screen.frame());
    // What is gone is forgotten by the same key, and by the open page's row the open page.
    screen.said();
    screen.keys("<Enter> *");
    assert_eq!(
        screen.said(),
        ["Moved or deleted: * forgets the bookmark", "No longer bookmarked: Datum"]
    );
    screen.keys("g g j *");
    assert_eq!(screen.said(), ["No longer bookmarked: Ada Lind"]);
    assert!(!screen.text().contains("Bookmarks"), "{}", screen.text());
    screen.keys("g g j *");
    assert_eq!(screen.said(), ["Only pages can be bookmarked: move to one"]);
}

#[test]
fn the_finder_lists_recent_pages_with_when() {
    let mut screen = screen(100, 24);
    let hour = 3_600_000;
    screen.model.now_ms = 1_000 * hour;
    screen.model.memory.recents = vec![
        Recent::new("people/bo.md", 998 * hour),
        Recent::new("gone.md", 997 * hour),
        Recent::new("people/ada.md", 970 * hour),
    ];
    screen.keys("<Ctrl-P>");
    assert_snapshot!("recents", screen.frame());
    screen.keys("a");
    assert!(!screen.text().contains("ago"), "{}", screen.text());
}

#[test]
fn pages_are_recent_in_the_order_in_which_they_were_read() {
    let mut screen = screen(100, 24);
    screen.open("people/bo.md");
    screen.open("topics/datum.md");
    screen.open("people/bo.md");
    let recent = |screen: &Screen| -> Vec<String> {
        screen.model.memory.recents.iter().map(|recent| recent.page.clone()).collect()
    };
    assert_eq!(recent(&screen), ["people/bo.md", "topics/datum.md", "index.md"]);
    // What is only glanced at in the tree was not read, until one stays.
    screen.keys("w g g");
    assert_eq!(screen.place().0, "index.md");
    screen.keys("j j");
    assert_eq!(screen.place().0, "people/ada.md");
    assert_eq!(recent(&screen)[0], "people/bo.md");
    screen.keys("<Enter>");
    screen.keys("j");
    assert_eq!(recent(&screen)[0], "people/ada.md");
}

#[test]
fn a_restart_restores_what_was_on_the_screen() {
    let mut screen = screen(120, 30);
    screen.open("people/ada.md");
    screen.keys("d d <Tab> <Enter> d d d");
    screen.keys("w S - F path:people <Enter> <Esc> O 4 <Esc>");
    screen.keys("<Esc>");
    let before = screen.text();
    let mut again = restarted(&screen, 120, 30, None);
    assert_eq!(again.place(), screen.place());
    assert!(again.row(28).contains("Resumed where you were; ken --fresh starts anew"));
    again.model.notice = None;
    again.send(Msg::Resize(again.model.size));
    assert_eq!(again.text(), before);
    // Taken down again it is the same.
    let state = |screen: &Screen| session::take_down(&screen.model, &State::default()).session;
    assert_eq!(state(&again), state(&screen));
}

#[test]
fn the_way_back_and_forward_survives_a_restart() {
    let mut screen = screen(100, 24);
    screen.open("people/ada.md");
    screen.keys("d d");
    let ada = screen.place();
    screen.open("people/bo.md");
    screen.keys("d d d");
    let bo = screen.place();
    screen.open("topics/datum.md");
    screen.keys("H");
    assert_eq!(screen.place(), bo);
    let mut again = restarted(&screen, 100, 24, None);
    assert_eq!(again.place(), bo);
    again.keys("H");
    assert_eq!(again.place(), ada);
    again.keys("L L");
    assert_eq!(again.place().0, "topics/datum.md");
    again.keys("H");
    assert_eq!(again.place(), bo);
}

#[test]
fn places_survive_edits_and_other_widths() {
    let mut screen = screen(100, 24);
    screen.open("people/bo.md");
    screen.keys("d d d m b");
    let bo = first_line(&screen);
    screen.open("people/ada.md");
    screen.keys("d d");
    let ada = first_line(&screen);
    // While the program is not running much is written above both places, and a like section before.
    for page in ["people/ada.md", "people/bo.md"] {
        let text = screen.pages[&page_path(page)].to_string();
        let more = "New words.\n\n".repeat(30);
        let text = text.replacen("\n\n", &format!("\n\n{more}\n\n"), 1);
        screen.pages.insert(page_path(page), text.into());
    }
    let mut again = restarted(&screen, 60, 20, None);
    assert_eq!(first_line(&again), ada);
    again.keys("' b");
    assert_eq!(first_line(&again), bo);
    again.keys("H");
    assert_eq!(first_line(&again), ada);
}

#[test]
fn a_page_that_is_named_opens_and_the_rest_is_restored() {
    let mut screen = screen(100, 24);
    screen.open("people/ada.md");
    screen.keys("d d t");
    let ada = screen.place();
    let mut again = restarted(&screen, 100, 24, Some("topics/datum.md"));
    assert_eq!(again.place().0, "topics/datum.md");
    assert_eq!(again.model.sidebar.list, SidebarList::Tags);
    again.keys("H");
    assert_eq!(again.place(), ada);
}

#[test]
fn only_the_page_is_restored_with_the_way_out() {
    let mut screen = screen(100, 24);
    screen.keys("Z");
    let mut again = restarted(&screen, 100, 24, None);
    assert!(again.model.focus_mode.is_some());
    assert_eq!(again.said(), ["Only the page; Z or Esc brings the rest back"]);
}

#[test]
fn a_tree_that_was_never_shown_forgets_nothing() {
    let mut screen = screen(100, 24);
    screen.keys("w -");
    let before = session::take_down(&screen.model, &State::default());
    let mut quick = Screen::unread(100, 24, &[("index.md", "# Index\n")]);
    let mut effects = Vec::new();
    session::put_up(&mut quick.model, before.session.clone(), &mut effects);
    let after = session::take_down(&quick.model, &before).session;
    assert_eq!((after.tree, after.here), (before.session.tree, before.session.here));
    assert_eq!(quick.model.context.part, context::Part::Outline);
    quick.send(Msg::Resumed);
}

#[test]
fn a_page_with_embeds_opens_where_it_was_left() {
    let text = format!("# Host\n\n![[ada]]\n\n{}", long("Rest", 10));
    let mut pages = pages();
    pages.push(("host.md", text));
    let pages: Vec<_> = pages.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let mut screen = Screen::new(100, 24, &pages);
    screen.open("host.md");
    screen.keys("G u u");
    let line = first_line(&screen);
    assert!(!line.is_empty());
    let again = restarted(&screen, 100, 24, None);
    assert_eq!(first_line(&again), line);
}

#[test]
fn leaving_what_the_filter_shows_is_said_once() {
    let mut screen = screen(100, 24);
    screen.open("people/ada.md");
    screen.keys("F path:people <Enter> <Esc>");
    screen.said();
    screen.open("people/bo.md");
    assert!(screen.said().is_empty());
    screen.open("topics/datum.md");
    let said = "The filter hides this page in the tree; X clears the filter";
    assert_eq!(screen.said(), [said]);
    screen.keys("j");
    screen.open("index.md");
    assert!(screen.said().is_empty());
}

#[test]
fn a_question_says_which_keys_answer_it() {
    let pages = [("a.md", "[out](https://example.org/a/rather/long/address)\n")];
    let mut screen = Screen::new(40, 12, &pages);
    screen.keys("<Tab> <Enter> x");
    assert_snapshot!("question_narrow", screen.frame());
    let mut screen = Screen::new(100, 24, &pages);
    screen.keys("<Tab> <Enter> <Down>");
    assert_snapshot!("question", screen.frame());
    screen.keys("C");
    assert!(screen.model.overlays.is_empty());
}
