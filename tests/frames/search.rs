//! Full-text search on the screen: what comes first, the list that stays, stepping through the hits.

use kenning::app::model::Ticket;
use kenning::app::msg::{Looked, PageHits, SearchEnd};
use kenning::app::search::{Row, Search};
use kenning::app::{Effect, Msg, Overlay};
use kenning::search::fulltext::TextSearch;
use kenning::text::role::Role;

use crate::screen::{Screen, page_path};

const PAGES: &[(&str, &str)] = &[
    ("index.md", "# Harbour\n\nSee [[Tides]], [[people/ada]] and [[Log]].\n"),
    ("Tides.md", "Water comes and goes.\n\nTwice a day.\n"),
    (
        "Log.md",
        "---\ntags: [log]\n---\n# Log\n\n## Monday\n\nThe tides were low.\n\n## Tides of the week\n\n\
         One tides line.\n\nTwo tides lines.\n\nThree tides lines.\n\nThe low tides again.\n",
    ),
    ("people/ada.md", "---\ntags: [keeper]\n---\n# Ada\n\nShe writes down the tides.\n"),
    ("people/bo.md", "# Bo\n\nHe has seen no tides and no [[Log]].\n"),
];

fn screen() -> Screen {
    Screen::new(120, 30, PAGES)
}

fn search(screen: &Screen) -> &Search {
    match screen.model.overlays.last() {
        Some(Overlay::Search(search)) => search,
        other => panic!("the search is open, not {other:?}"),
    }
}

/// What is listed: page titles, and below them lines with their numbers.
fn rows(screen: &Screen) -> Vec<String> {
    let search = search(screen);
    let title = |nth: usize| screen.model.index.at(&search.pages[nth].page).unwrap().title.clone();
    let row = |row: &Row| match *row {
        Row::Page(nth) => title(nth),
        Row::Hit(nth, hit) => {
            let hit = &search.pages[nth].hits[hit];
            format!("{} {}", hit.line, hit.text)
        }
        Row::More(nth) => format!("{} more", search.folded(nth)),
    };
    search.rows.iter().map(row).collect()
}

/// The row under the cursor.
fn under_cursor(screen: &Screen) -> String {
    rows(screen)[search(screen).list.at].clone()
}

fn typed(query: &str) -> Screen {
    let mut screen = screen();
    screen.keys("s").send(Msg::Paste(query.to_owned()));
    screen
}

#[test]
fn a_title_comes_before_a_heading_and_a_linked_page_before_others() {
    let expected = [
        "Tides",
        "1 Water comes and goes.",
        "Log",
        "8 The tides were low.",
        "10 ## Tides of the week",
        "12 One tides line.",
        "3 more",
        "Ada",
        "6 She writes down the tides.",
        "Harbour",
        "3 See [[Tides]], [[people/ada]] and [[Log]].",
        "Bo",
        "3 He has seen no tides and no [[Log]].",
    ];
    assert_eq!(rows(&typed("tides")), expected);
}

#[test]
fn conditions_of_the_query_language_say_on_which_pages() {
    let check = |query: &str, expected: &[&str]| {
        let screen = typed(query);
        let search = search(&screen);
        let path = |page: &PageHits| page.page.to_string();
        assert_eq!(search.pages.iter().map(path).collect::<Vec<_>>(), expected, "{query}");
    };
    check("tides tag:keeper", &["people/ada.md"]);
    check("tides #keeper", &["people/ada.md"]);
    check("tides -tag:log path:\"people/\"", &["people/ada.md", "people/bo.md"]);
    check("tides link:log -path:people", &["index.md"]);
    check("text:\"low tides\"", &["Log.md"]);
    check("tides -text:low -path:people", &["Tides.md", "index.md"]);
    check("tides [tags:log]", &["Log.md"]);
    check("line:(low again) tag:log", &["Log.md"]);
    check("## tides", &["Log.md"]);
    check("Date: tides", &[]);
}

#[test]
fn a_condition_that_is_none_is_explained_at_its_place() {
    let error = |query: &str| {
        let error = TextSearch::new(query).unwrap_err();
        (error.message, error.span.range())
    };
    assert_eq!(error("tides tag<3"), ("tag has no order: write tag:3".to_owned(), 6..11));
    let nothing = "nothing to look for on these pages: add a word, a \"phrase\" or a /pattern/";
    assert_eq!(error("tag:log"), (nothing.to_owned(), 0..7));
}

#[test]
fn the_filter_narrows_the_search_and_one_key_lifts_it() {
    let mut screen = screen();
    screen.keys("F path:people <Enter> s tides");
    assert!(screen.find("Search within path:people").is_some(), "{}", screen.text());
    assert!(screen.find("Ctrl-O all pages").is_some());
    assert_eq!(search(&screen).pages.len(), 2);
    screen.keys("<Ctrl-O>");
    assert!(screen.find("the filter lifted").is_some(), "{}", screen.text());
    assert_eq!(search(&screen).pages.len(), 5);
    screen.keys("<Ctrl-O>");
    assert_eq!(search(&screen).pages.len(), 2);
    screen.keys("<Ctrl-U> twice");
    assert!(screen.find("No page that the filter shows holds this.").is_some());
}

#[test]
fn the_lines_that_are_not_listed_are_a_row_away() {
    let mut screen = typed("tides");
    screen.keys("<Down> <Down> <Down> <Down>");
    assert_eq!(under_cursor(&screen), "3 more");
    assert!(screen.find("Enter list them").is_some(), "{}", screen.text());
    screen.keys("<Enter>");
    assert_eq!(under_cursor(&screen), "14 Two tides lines.");
    assert_eq!(rows(&screen)[8], "18 The low tides again.");
}

#[test]
fn hits_that_come_later_stand_below_and_the_cursor_stays() {
    let mut screen = screen();
    screen.prompt = false;
    screen.keys("s tides");
    let Some(Effect::Search { ticket, .. }) = screen.waiting.pop() else { panic!("it is asked") };
    let compiled = TextSearch::new("tides").unwrap();
    let hits = |path: &str| {
        let hits = compiled.find(&screen.pages[&page_path(path)], 10);
        PageHits { page: page_path(path), hits, more: false }
    };
    let (first, second) = (hits("Log.md"), hits("people/ada.md"));
    screen.send(Msg::Hits {
        ticket,
        pages: vec![first],
        looked: Looked { pages: 16, of: 40 },
        end: None,
    });
    screen.keys("<Down> <Down>");
    let (before, row) = (rows(&screen), under_cursor(&screen));
    assert!(screen.find("6 lines on 1 page ...").is_some(), "{}", screen.text());
    screen.send(Msg::Hits {
        ticket,
        pages: vec![second],
        looked: Looked { pages: 16, of: 40 },
        end: None,
    });
    assert_eq!(rows(&screen)[..before.len()], before);
    assert_eq!(under_cursor(&screen), row);
    let end = Some(SearchEnd { cut: true, unread: 2, failed: false });
    screen.send(Msg::Hits { ticket, pages: Vec::new(), looked: Looked::default(), end });
    assert!(screen.find("7+ lines on 2+ pages (2 cannot be read)").is_some(), "{}", screen.text());
}

#[test]
fn one_steps_through_the_hits_from_the_page() {
    let mut screen = typed("tides");
    screen.keys("<Down> <Enter>");
    assert_eq!(screen.place().0, "Log.md");
    assert!(screen.find("2 of 10 · tides").is_some(), "{}", screen.text());
    assert_eq!(screen.role_on("tides were low"), Role::MatchCurrent);
    screen.keys("] ]");
    assert!(screen.find("4 of 10 · tides").is_some());
    assert_eq!(screen.role_on("tides line."), Role::MatchCurrent);
    assert_eq!(screen.role_on("tides were low"), Role::Match);
    screen.keys("] ] ] ]");
    assert_eq!(screen.place().0, "people/ada.md");
    screen.keys("] ]");
    assert_eq!(screen.place().0, "people/bo.md");
    screen.said();
    screen.keys("]");
    assert_eq!(screen.said(), ["This was the last hit: s opens the list"]);
    assert_eq!(screen.place().0, "people/bo.md");
    screen.keys("[ [");
    assert_eq!(screen.place().0, "people/ada.md");
    screen.keys("<Backspace>");
    assert_eq!(screen.place().0, "index.md", "each step is a visit");
    assert_eq!(screen.role_on("Tides, people"), Role::Match);
    screen.keys("s");
    assert_eq!(under_cursor(&screen), "6 She writes down the tides.");
    screen.keys("<Esc> <Esc>");
    assert!(screen.find(" of 10").is_none(), "{}", screen.text());
    assert_ne!(screen.role_on("Tides, people"), Role::Match);
    screen.keys("]");
    assert_eq!(screen.place().0, "index.md", "it goes on where it was");
    assert!(screen.find("9 of 10").is_some(), "{}", screen.text());
}

#[test]
fn steps_on_one_page_are_one_visit() {
    let mut screen = typed("tides");
    screen.keys("<Enter> ] ] ] ]");
    assert_eq!(screen.place().0, "Log.md");
    assert!(screen.text().contains("← Harbour › Tides › Log "), "{}", screen.text());
    assert!(screen.find("5 of 10 · tides").is_some(), "{}", screen.text());
    screen.keys("<Backspace>");
    assert_eq!(screen.place().0, "Tides.md");
    screen.keys("<Backspace>");
    assert_eq!(screen.place().0, "index.md");
}

#[test]
fn who_went_to_another_page_stands_on_no_hit() {
    let mut screen = typed("comes");
    screen.keys("<Enter>");
    assert!(screen.find("1 of 1 · comes").is_some(), "{}", screen.text());
    screen.keys("<Backspace>");
    assert!(screen.find("1 of 1").is_none(), "{}", screen.text());
    assert!(screen.find("1/1").is_none(), "{}", screen.text());
    screen.keys("<Tab> <Esc>");
    assert_eq!(screen.place().2, None, "nothing out of sight takes the key");
}

#[test]
fn without_a_search_there_is_nothing_to_step_through() {
    let mut screen = screen();
    screen.keys("]");
    assert_eq!(screen.said(), ["There are no hits to step through: s searches all pages"]);
}

#[test]
fn the_list_is_left_and_found_again_as_it_was() {
    let mut screen = typed("tides");
    screen.keys("<Down> <Down> <Esc> s");
    assert_eq!(under_cursor(&screen), "10 ## Tides of the week");
    screen.keys("<Esc>").write("people/cy.md", "# Cy\n\nTides, tides.\n");
    screen.keys("s");
    assert_eq!(under_cursor(&screen), "10 ## Tides of the week", "the wiki changed meanwhile");
    assert!(rows(&screen).contains(&"Cy".to_owned()));
}

#[test]
fn searches_of_the_past_come_back() {
    let mut screen = typed("tides");
    screen.keys("<Enter> s <Ctrl-U> keeper <Esc> s <Ctrl-U> low <Enter> s <Ctrl-U> x <Ctrl-U>");
    assert!(screen.find("Up brings back earlier").is_some(), "{}", screen.text());
    let field = |screen: &Screen| search(screen).input.text.clone();
    screen.keys("<Up>");
    assert_eq!(field(&screen), "low");
    screen.keys("<Up> <Up>");
    assert_eq!(field(&screen), "tides");
    screen.keys("<Up>");
    assert_eq!(field(&screen), "tides", "there is none before");
    screen.keys("<Down> <Alt-Up> <Alt-Down>");
    assert_eq!(field(&screen), "keeper");
    screen.keys("<Alt-Down> <Alt-Down> <Alt-Down>");
    assert_eq!(field(&screen), "");
}

/// The ticket of the search that waits to be carried out.
fn asked(screen: &mut Screen) -> Ticket {
    match screen.waiting.pop() {
        Some(Effect::Search { ticket, .. }) => ticket,
        other => panic!("a search waits, not {other:?}"),
    }
}

#[test]
fn what_is_typed_while_the_wiki_is_read_is_searched_for_after_that() {
    let mut screen = Screen::unread(80, 24, PAGES);
    screen.open("index.md");
    screen.keys("s tides");
    assert!(screen.find("The wiki is being read: the search begins after that.").is_some());
    screen.list();
    let text = "The wiki's 5 pages are being read: the search begins after that.";
    assert!(screen.find(text).is_some(), "{}", screen.text());
    assert!(screen.find("No page holds this").is_none());
    assert!(screen.find("Enter").is_none(), "there is nothing to open");
    screen.index();
    assert_eq!(rows(&screen)[0], "Tides");
    assert!(screen.find("Enter open").is_some());
}

#[test]
fn enter_that_was_typed_while_the_wiki_is_read_opens_the_first_hit() {
    let mut screen = Screen::unread(80, 24, PAGES);
    screen.open("index.md");
    screen.keys("s tides <Enter>");
    assert_eq!(screen.place().0, "index.md");
    screen.index();
    assert_eq!(screen.place().0, "Tides.md");
    assert!(screen.model.overlays.is_empty());
}

#[test]
fn a_search_without_hits_offers_nothing_to_open() {
    let mut screen = typed("zebra");
    assert!(screen.find("No page holds this.").is_some());
    assert!(screen.find("Enter").is_none(), "{}", screen.text());
    screen.keys("<Ctrl-U>");
    assert!(screen.find("Enter").is_none(), "{}", screen.text());
    screen.keys("tides");
    assert!(screen.find("Enter open").is_some());
}

#[test]
fn a_search_says_how_far_it_has_come_and_that_it_failed() {
    let mut screen = screen();
    screen.prompt = false;
    screen.keys("s tides");
    let ticket = asked(&mut screen);
    assert!(screen.find("Searching ...").is_some());
    let looked = Looked { pages: 1_600, of: 40_000 };
    screen.send(Msg::Hits { ticket, pages: Vec::new(), looked, end: None });
    let far = "Searching ... 1,600 of 40,000 pages looked through";
    assert!(screen.find(far).is_some(), "{}", screen.text());
    let end = Some(SearchEnd { failed: true, ..SearchEnd::default() });
    screen.send(Msg::Hits { ticket, pages: Vec::new(), looked, end });
    assert!(screen.find("The search failed: a fault in this program.").is_some());
    assert!(screen.find("Searching").is_none());
    screen.keys("u");
    assert!(screen.find("failed").is_none(), "the next one has not");
    assert!(screen.find("Searching ...").is_some());
}

#[test]
fn files_that_change_all_the_time_do_not_keep_a_search_from_ending() {
    let mut screen = screen();
    screen.prompt = false;
    screen.keys("s zebra");
    let ticket = asked(&mut screen);
    screen.waiting.clear();
    let searches = |screen: &Screen| {
        screen.waiting.iter().filter(|effect| matches!(effect, Effect::Search { .. })).count()
    };
    for text in ["One.\n", "Two.\n", "A zebra.\n"] {
        screen.write("new.md", text);
    }
    assert_eq!(searches(&screen), 0, "the one under way goes on");
    let end = Some(SearchEnd::default());
    screen.send(Msg::Hits { ticket, pages: Vec::new(), looked: Looked::default(), end });
    assert_eq!(searches(&screen), 1, "what was written since may hold it");
    screen.catch_up();
    assert_eq!(rows(&screen), ["new", "1 A zebra."]);
}

/// What stands in the search's field.
fn field(screen: &Screen) -> &str {
    &search(screen).input.text
}

#[test]
fn conditions_are_completed_in_the_search_and_words_are_not() {
    let mut screen = screen();
    screen.keys("s tides");
    assert!(screen.model.suggest.rows.is_empty());
    screen.keys("<Space> tag:");
    insta::assert_snapshot!("completion", screen.frame());
    screen.keys("ke <Tab>");
    assert_eq!(field(&screen), "tides tag:keeper");
    assert_eq!(rows(&screen), ["Ada", "6 She writes down the tides."]);
    // Esc closes the list first, then the search.
    screen.keys("<Space> kind: <Esc>");
    assert!(screen.model.suggest.rows.is_empty());
    assert_eq!(field(&screen), "tides tag:keeper kind:");
    screen.keys("<Esc>");
    assert!(screen.model.overlays.is_empty());
}

#[test]
fn tab_offers_what_a_search_can_ask_for() {
    let mut screen = screen();
    screen.keys("s <Tab>");
    let text = screen.text();
    assert!(text.contains("tag:") && text.contains("title:"), "{text}");
    screen.keys("<Esc> li <Tab>");
    // `link:` comes first; what only a search knows stands behind the fields.
    screen.keys("<Esc> <Ctrl-U> lin <Tab>");
    assert_eq!(field(&screen), "link:");
    screen.keys("<Esc> <Ctrl-U> line <Tab> tides <Space> low )");
    assert_eq!(field(&screen), "line:(tides low)");
    assert!(rows(&screen).contains(&"8 The tides were low.".to_owned()), "{:?}", rows(&screen));
    // A half-typed group is no mistake that Tab puts right.
    screen.keys("<Ctrl-U> sec <Tab> <Tab>");
    assert!(field(&screen).starts_with("section:("), "{}", field(&screen));
}

#[test]
fn a_search_of_the_past_offers_nothing() {
    let mut screen = screen();
    screen.keys("s tides <Space> kind:people <Esc>");
    screen.keys("s <Ctrl-U> <Alt-Up>");
    assert_eq!(field(&screen), "tides kind:people");
    assert!(screen.model.suggest.rows.is_empty());
}

#[test]
fn a_completion_is_pressed() {
    let mut screen = screen();
    screen.keys("s tides <Space> tag:");
    screen.click_on("keeper");
    assert_eq!(field(&screen), "tides tag:keeper");
    assert_eq!(rows(&screen)[0], "Ada");
}

#[test]
fn hits_stay_with_their_pages_when_the_wiki_is_read_anew() {
    let mut screen = screen();
    screen.keys("s tides");
    assert_eq!(rows(&screen)[0], "Tides");
    screen.keys("<Esc>");
    // It takes the first number of all pages.
    screen.pages.insert(page_path("AAA.md"), "# Another\n".into());
    screen.list();
    screen.index();
    screen.keys("]");
    assert_eq!(screen.place().0, "Tides.md");
    screen.keys("s");
    assert_eq!(rows(&screen)[0], "Tides");
}
