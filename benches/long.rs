//! What very long and very odd pages cost, each against pulldown-cmark reading the same text in the same run. Run
//! with `cargo bench --bench long [-- NAME]`; `-- --write DIR` writes the pages to a folder instead, for trying
//! them by hand.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kenning::code::LineRoles;
use kenning::layout::{Anchor, Context, Head, LinkLook, Options, PageLayout};
use kenning::markdown::{LinkId, events, facts, parse};

const MIB: usize = 1 << 20;
/// Rows of the screen.
const ROWS: usize = 50;

struct Plain;

impl Context for Plain {
    fn link(&self, _link: LinkId) -> LinkLook {
        LinkLook::Page
    }

    fn code(&self, _leaf: u32) -> Option<&[LineRoles]> {
        None
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let wanted = arguments.next();
    if wanted.as_deref() == Some("--write") {
        let folder = std::path::PathBuf::from(arguments.next().expect("the folder to write to"));
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, text) in pages() {
            std::fs::write(folder.join(format!("{name}.md")), text()).expect("a page");
        }
        return;
    }
    println!(
        "{:<16} {:>7} {:>9} {:>7} {:>7} {:>9} {:>9} {:>9}",
        "page", "kB", "parser ms", "facts x", "parse x", "open ms", "key ms", "resize ms"
    );
    for (name, text) in pages() {
        if wanted.as_ref().is_none_or(|wanted| name.contains(wanted.as_str())) {
            page(name, &text());
        }
    }
}

fn page(name: &str, text: &str) {
    let parser = time(|| events(text)).1;
    let facts = time(|| facts(text)).1;
    let (document, parsing) = time(|| parse(text));
    let document = Arc::new(document);
    let times = |time: Duration| time.as_secs_f64() / parser.as_secs_f64();
    let (mut page, opening) = time(|| {
        let mut page = PageLayout::new(Arc::clone(&document), Head::default(), options(80));
        page.ensure(&Plain, Anchor::default(), ROWS);
        page
    });
    let mut slowest = Duration::ZERO;
    let mut anchor = Anchor::default();
    let mut key = |page: &mut PageLayout, press: &dyn Fn(&mut PageLayout, Anchor) -> Anchor| {
        let pressed = || {
            let to = press(page, anchor);
            let to = page.scroll(&Plain, to, 0, ROWS);
            page.ensure(&Plain, to, ROWS);
            black_box(page.lines(to, ROWS).len());
            to
        };
        let (to, taken) = time(pressed);
        anchor = to;
        slowest = slowest.max(taken);
    };
    for delta in [1, 1, 25, 50, 50, -1, -50] {
        key(&mut page, &|page, at| page.scroll(&Plain, at, delta, ROWS));
    }
    key(&mut page, &|page, _| page.end(&Plain, ROWS));
    key(&mut page, &|page, at| page.scroll(&Plain, at, -1, ROWS));
    key(&mut page, &|page, at| page.scroll(&Plain, at, -50, ROWS));
    key(&mut page, &|page, _| {
        let row = page.position(Anchor::default()).1 / 2;
        page.anchor_of_row(&Plain, row)
    });
    key(&mut page, &|page, at| match page.stop_from(at) {
        Some(stop) => page.anchor_of_stop(&Plain, stop),
        None => at,
    });
    key(&mut page, &|page, _| page.anchor_of_source(&Plain, 1_000));
    key(&mut page, &|page, _| page.anchor_of_source(&Plain, u32::MAX / 2));
    let middle = Anchor { slot: anchor.slot / 2, line: 0 };
    let resizing = time(|| {
        let at = page.set_options(options(61), &Plain, middle);
        page.ensure(&Plain, at, ROWS);
    });
    println!(
        "{name:<16} {:>7} {:>9.2} {:>7.2} {:>7.2} {:>9.2} {:>9.2} {:>9.2}",
        text.len() / 1000,
        milliseconds(parser),
        times(facts),
        times(parsing),
        milliseconds(opening),
        milliseconds(slowest),
        milliseconds(resizing.1),
    );
}

fn options(width: usize) -> Options {
    Options { width, ..Options::default() }
}

fn time<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = black_box(work());
    (result, start.elapsed())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

type Page = (&'static str, Box<dyn Fn() -> String>);

/// Pages that are long, and pages that are made to take long.
fn pages() -> Vec<Page> {
    let many = |count: usize, line: fn(usize) -> String| {
        Box::new(move || (0..count).map(line).collect::<Vec<_>>().concat())
            as Box<dyn Fn() -> String>
    };
    let mut pages: Vec<Page> = vec![
        ("sections 2 kB", many(8, section)),
        ("sections 50 MB", many(85_000, section)),
        ("million lines", many(1_000_000, |nth| format!("line {nth} of a million\n"))),
        ("line of 10 MB", repeated(SENTENCE, 10 * MIB)),
        ("word of 10 MB", repeated("x", 10 * MIB)),
        ("nested quotes", repeated(">", 5_000)),
        ("nested lists", repeated("- ", 10_000)),
        ("deeper lists", many(1_500, |nth| format!("{}- level {nth}\n", "  ".repeat(nth)))),
        ("links, one block", many(100_000, |nth| format!("[[page {nth}]] "))),
        ("links, in items", many(100_000, |nth| format!("- [[page {nth}]] here\n"))),
        ("links, Markdown", many(100_000, |nth| format!("[l{nth}](https://x.org/{nth}) "))),
        ("tags", many(100_000, |nth| format!("#tag{nth} "))),
        ("headings", many(200_000, |nth| format!("# H {nth}\n\ntext\n\n"))),
        ("footnotes", many(50_000, |nth| format!("text[^{nth}]\n\n[^{nth}]: note {nth}\n\n"))),
        (
            "code",
            many(20_000, |nth| match nth {
                0 => "```python\n".to_owned(),
                nth => format!("value_{nth} = {nth}\n"),
            }),
        ),
        (
            "table",
            many(10_000, |nth| match nth {
                0 => "| a | b |\n|---|---|\n".to_owned(),
                nth => format!("| row {nth} | [[p{nth}]] and words |\n"),
            }),
        ),
        (
            "comment",
            many(25_000, |nth| match nth {
                0 => "Text\n\n%%\n".to_owned(),
                nth => format!("  {{\"key\": {nth}, \"link\": \"[[x]]\"}},\n"),
            }),
        ),
    ];
    // What quadratic readers choke on.
    let traps = [
        "[[", "*", "_", "`", "<", "%%", "*a ", "_a ", "`a``", "<a ", "[a](", "[a](<b", "![", "$",
        "==", "~~", "^[", "[^a]", "&", "> ", "%%a\n\n", "<div>", "[[a|", "$$a",
    ];
    pages.extend(traps.map(|trap| (trap.trim_end(), repeated(trap, MIB))));
    pages
}

const SENTENCE: &str =
    "The river takes what it is given, and the town by the river remembers little of it. ";

fn section(nth: usize) -> String {
    format!(
        "## Section {nth}\n\n{}\n\nSee [[page {nth}|a page]] and *this* or `that`.\n\n- one\n- two\n\n",
        SENTENCE.repeat(6)
    )
}

fn repeated(text: &'static str, bytes: usize) -> Box<dyn Fn() -> String> {
    Box::new(move || text.repeat(bytes / text.len()))
}
