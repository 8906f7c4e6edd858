//! What a frame costs, from the key to the bytes for the terminal, beside a bare ratatui program that scrolls a list
//! and a paragraph on a screen of the same size: `cargo bench --bench frame`. The bytes go nowhere.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kenning::app::model::{Wiki, WikiKind};
use kenning::app::msg::{Loaded, PageRead};
use kenning::app::reader::{self, Address, Goal};
use kenning::app::themes::Themes;
use kenning::app::{Effect, Model, Msg, prepare, update};
use kenning::command::{Key, Keymap};
use kenning::config::Config;
use kenning::index::{Change, Index, NewPage};
use kenning::markdown;
use kenning::runtime::screen::{Erased, Screen};
use kenning::text::date::Date;
use kenning::theme::Theme;
use kenning::vault::PagePath;
use kenning::view::draw;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{List, ListState, Paragraph};
use ratatui::{Terminal, TerminalOptions, Viewport};

/// Pages of the wiki, and frames of which the middle one counts.
const PAGES: u32 = 10_000;
const FRAMES: usize = 201;

fn main() {
    println!("{PAGES} pages; µs a frame, the middle one of {FRAMES}; ratio to the bare frame");
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
        let (floor, floor_bytes) = bare(columns, rows);
        let mut ken = Ken::new(columns, rows);
        show(&format!("{columns}x{rows}  bare ratatui, a scroll"), floor, floor_bytes, floor);
        for (what, before, keys) in [
            ("scroll", "", &["j"][..]),
            ("half a page and back", "", &["ctrl-d", "ctrl-u"]),
            ("next link", "", &["tab"]),
            ("nothing changed", "", &[]),
            ("tree, the page follows", "h + g g", &["j"]),
            ("help", "l", &["?", "esc"]),
        ] {
            for key in before.split_whitespace() {
                ken.frame(Some(key));
            }
            let (time, bytes) = ken.middle(keys);
            show(&format!("{columns}x{rows}  {what}"), time, bytes, floor);
        }
    }
}

fn show(what: &str, time: Duration, bytes: usize, floor: Duration) {
    let (time, floor) = (time.as_secs_f64() * 1e6, floor.as_secs_f64() * 1e6);
    println!("{what:<34}{time:>10.1} µs{:>8.2} x{bytes:>8} bytes", time / floor);
}

/// The middle one of several frames, and of what they wrote.
fn middle(mut frames: Vec<(Duration, usize)>) -> (Duration, usize) {
    let half = frames.len() / 2;
    frames.sort_unstable();
    let time = frames[half].0;
    frames.sort_unstable_by_key(|(_, bytes)| *bytes);
    (time, frames[half].1)
}

/// Takes what is written and counts it.
#[derive(Clone, Default)]
struct Counted(Rc<Cell<usize>>);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A list of names at the left, a page's lines at the right, scrolled by one.
fn bare(columns: u16, rows: u16) -> (Duration, usize) {
    let lines: Vec<String> = page(0).lines().map(str::to_owned).collect();
    let names: Vec<String> = (0..usize::from(rows)).map(|n| format!("Page {n}")).collect();
    let area = Rect::new(0, 0, columns, rows);
    let out = Counted::default();
    let backend = CrosstermBackend::new(out.clone());
    let options = TerminalOptions { viewport: Viewport::Fixed(area) };
    let mut terminal = Terminal::with_options(backend, options).expect("a sink has no faults");
    let mut frames = Vec::new();
    for scrolled in 0..FRAMES {
        let (start, before) = (Instant::now(), out.0.get());
        let draw = |frame: &mut ratatui::Frame<'_>| {
            let parts = Layout::horizontal([Constraint::Length(30), Constraint::Fill(1)]);
            let [left, right] = parts.areas(frame.area());
            let marked = Style::new().add_modifier(Modifier::REVERSED);
            let list = List::new(names.iter().map(String::as_str)).highlight_style(marked);
            let mut state = ListState::default().with_selected(Some(3));
            frame.render_stateful_widget(list, left, &mut state);
            let shown = lines.iter().cycle().skip(scrolled).take(60);
            let shown: Vec<Line<'_>> = shown.map(|line| line.as_str().into()).collect();
            frame.render_widget(Paragraph::new(shown), right);
        };
        terminal.draw(draw).expect("a sink has no faults");
        frames.push((start.elapsed(), out.0.get() - before));
    }
    middle(frames)
}

/// The program without its threads: pages are read at once.
struct Ken {
    model: Model,
    out: Counted,
    screen: Screen<Counted>,
}

impl Ken {
    fn new(columns: u16, rows: u16) -> Self {
        let wiki = Wiki { name: "bench".to_owned(), kind: WikiKind::Folder, greeting: None };
        let keymap = Keymap::new(&BTreeMap::new()).expect("the default keys do not clash");
        let themes = Themes::new(Theme::built_in("dark").expect("it is built in"), false);
        let today = Date::constant(2025, 6, 1);
        let mut model = Model::new(wiki, Config::default(), keymap, themes, today);
        (model.size.columns, model.size.rows) = (columns, rows);
        let mut index = Index::default();
        index.apply_all((0..PAGES).map(|nth| {
            let text = page(nth);
            Change::Put(NewPage {
                path: path(nth),
                modified_ms: 0,
                bytes: text.len() as u64,
                facts: markdown::facts(&text).into(),
                unreadable: None,
            })
        }));
        let out = Counted::default();
        let screen = Screen::new(out.clone(), columns, rows, true, Erased::InGround);
        let mut ken = Self { model, out, screen };
        let mut effects = Vec::new();
        update(&mut ken.model, Msg::Indexed(Arc::new(index)), &mut effects);
        reader::open(&mut ken.model, Address::Page(path(0)), Goal::Top, &mut effects);
        ken.settle(effects);
        ken.frame(None);
        ken
    }
    /// The middle frame of many after these keys in turn; after none, drawn again.
    fn middle(&mut self, keys: &[&str]) -> (Duration, usize) {
        let mut keys = keys.iter().cycle();
        middle((0..FRAMES).map(|_| self.frame(keys.next().copied())).collect())
    }

    /// A key and its frame: how long both take together, and the bytes that were written.
    fn frame(&mut self, key: Option<&str>) -> (Duration, usize) {
        let key: Option<Key> = key.map(|name| name.parse().expect("a key"));
        let (start, before) = (Instant::now(), self.out.0.get());
        let mut effects = Vec::new();
        if let Some(key) = key {
            update(&mut self.model, Msg::Key(key), &mut effects);
            self.settle(std::mem::take(&mut effects));
        }
        prepare(&mut self.model, &mut effects);
        let model = &self.model;
        self.screen.draw(|buffer| draw(model, buffer).cursor).expect("a sink has no faults");
        (start.elapsed(), self.out.0.get() - before)
    }

    /// Reads the pages that are asked for. What else there is to do is left undone.
    fn settle(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::ReadPage { ticket, path } = effect {
                let nth = path.stem().parse().expect("a page of ours");
                let read =
                    PageRead { ticket, path, result: Ok(Loaded::new(page(nth), Vec::new())) };
                let mut more = Vec::new();
                update(&mut self.model, Msg::PageRead(read), &mut more);
                self.settle(more);
            }
        }
    }
}

fn path(nth: u32) -> PagePath {
    let folder = ["people", "topics", "episodes", "notes"][nth as usize % 4];
    PagePath::new(&format!("{folder}/{nth}.md")).expect("a path")
}

/// A page of two hundred lines with a bit of everything.
fn page(nth: u32) -> String {
    let prose = "The water stood high at the gauge that morning, and *nobody* had written down \
                 who read it last; the clerk kept `two` books. ";
    let part = |part: u32| {
        let (a, b) = ((nth * 7 + part * 31) % PAGES, (nth + part * 97) % PAGES);
        format!(
            "## Part {part}\n\n{prose}{prose}\n\nSee [[{a}|the other]] and [[{b}#Part 1]].\n\n\
             - read it once #work\n- [x] then read it again\n\n> [!note] Mind\n> The tide.\n\n\
             | Station | Level |\n|---|---:|\n| Old Pier | 1843 |\n| [[{b}]] | 12 |\n\n"
        )
    };
    let parts: Vec<String> = (0..12).map(part).collect();
    format!("# Page {nth}\n\n{}", parts.concat())
}
