//! Random use: whatever keys, clicks, sizes, edits and late answers come, the program stands on its feet. The
//! wiki holds every construct a page can have, side by side, where they meet.
//!
//! `PROPTEST_CASES=5000 cargo test --test frames monkey` runs more than the few cases of every day.

use std::time::{Duration, Instant};

use crate::screen::Screen;
use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use kenning::app::model::Focus;
use kenning::app::{Effect, Msg};
use kenning::command::table::TABLE;
use kenning::command::{Command, Key};
use kenning::config::SavedQuery;
use kenning::layout::{Anchor, Folds, TextPlace};
use kenning::runtime::input::Pointer;
use proptest::prelude::*;

/// One thing that happens.
#[derive(Clone, Debug)]
enum Act {
    /// A command's keys, and which of them.
    Keys(Command, usize),
    /// Keys that no row of the table names.
    Typed(&'static str),
    Pasted(&'static str),
    /// The button goes down on one cell and up on another, places in thousandths of the screen.
    Drag((u16, u16), (u16, u16)),
    Click(u16, u16),
    Wheel(u16, u16, bool),
    Resize(u16, u16),
    /// A page is written: which, and its new text.
    Write(usize, usize),
    /// The wiki was read anew.
    Index,
    /// From now on no answers come.
    Hold,
    /// All answers that were held back come, the last asked for first.
    Answers,
}

const TYPED: &[&str] = &[
    "<Enter>",
    "<Esc>",
    "<Tab>",
    "<Down>",
    "<Up>",
    "<Space>",
    "<Backspace>",
    "a",
    "s",
    "d",
    "e",
    "z",
    "gauge",
    "the",
    "\u{6f6e}",
    "1",
    "#",
    "tag:sea",
    "tga:sea",
    "tag:",
    "[",
    "link:\"",
    "(",
    "-",
    "/",
    ":",
    "y",
    "n",
    "<Ctrl-U>",
    "<Ctrl-W>",
    "<F2>",
    "<Delete>",
    "<Left>",
    "<Home>",
    "<Tab> <Enter>",
    "<Tab> p",
    "v j j",
    "f a",
    "/ gauge <Enter>",
    "<Tab> p <Tab>",
    "V G",
    "z f a",
    "| > >",
    "B <Space> l <Space>",
    "B j o / a",
    "B c F",
    "<Alt-Left>",
    "g 3 l j",
    "g t <Space> c",
    "c a <Enter> 1",
];

const PASTED: &[&str] = &["gauge", "", "a\nb\n\u{1b}[31m", "\u{6f6e}\u{4f4d} \u{1f30a}"];

const EMBEDDER: &str = "\
---
tags: [sea, sea/tide]
aliases: [Pegel]
a: 1
b: 2
c: 3
d: 4
e: [[[gauge]], \"[[ada]]\"]
---
# Host

Before, see [[gauge]] and [[nobody]] and [out](https://example.org/x).[^1]

![[gauge]]

## Inside a section

![[gauge#Reading]]

> [!note]- Folded, with ![[table]] inside
> ![[table]]
>
> ![[host]]

- in a list ![[ada]]
  - ![[gauge#^wet]]

| a | b |
|---|---|
| ![[ada]] | [[ada\\|b]] |

![[missing one]]

![[picture.png|300]]

<details>
<summary>More of [[bo]]</summary>

![[gauge#By wire]]

</details>

## Copy of [[gauge|a gauge]]

The end. #sea/tide

[^1]: A note with [[ada]] and ![[ada]].

## Tags

`sea` `tide`

*Strength: 0.7*
";

const GAUGE: &str = "\
# The gauge

It stands in the water, see [[far]]. ^wet

## Reading

Twice a day, ==mark== %%hidden [[x]]%% $a^2$ ~~no~~ `code [[x]]`.

### By hand

1. With [[ada]] in the boat.
   And a lantern.
2. [ ] Task
3. [x] Done

### By wire

```python
import gauge
def read():
    first = gauge.level()
    gauge.wait(10) # a line that is far longer than any screen on which it may be shown, and goes on and on and on
    second = gauge.level()
    if first == second:
        return first
\t\treturn None
def write(level):
    with gauge.book() as book:
        book.add(level)
        book.close()
```

## Faults

> [!warning]- When it lies, see [[ada]]
> The connector is wet, see [[bo]].
>
> > [!tip]+ Dry it
> > With a cloth.

> [!note] Plain

Term
: What it means.

$$
\\sum_{i=0}^n i
$$

<div align=\"center\">raw <b>html</b> [[x]]</div>

***

## End

The last word, with a note.[^n] Again.[^n] Far away: [[host#Inside a section]].

[^n]: The note.

    ```
    code in the note
    ```
";

const TABLE_PAGE: &str = "\
## Wide

| Station | \u{6f6e}\u{4f4d} | A rather long name of a column | Reading at noon | Remarks | Seen by | And more | And yet more |
|:--|--:|:-:|---|---|---|---|---|
| [[gauge]] | 1.25 | the water stood high on the quay and would not go down again | 2 | | [[ada]] | x | `y` |
| \u{1f30a}\u{1f30a} | 3 | b | \u{645}\u{631}\u{62d}\u{628}\u{627} | c | d<br>e | f | g |
| averyveryveryveryveryveryverylongwordthatcannotbebrokenanywhereatall | 1 | 2 | 3 | 4 | 5 | 6 | 7 |

> | a | b |
> |---|---|
> | 1 | 2 |

![[host#Inside a section]]
";

const SCRIPTS: &str = "\
# \u{6f6e}\u{4f4d}\u{8a08} \u{1f30a}

\u{6f6e}\u{4f4d}\u{8a08}\u{306f}\u{6c34}\u{306e}\u{4e2d}\u{306b}\u{7acb}\u{3063}\u{3066}\u{3044}\u{308b}\u{3002}[[gauge|\u{6f6e}]]\u{3092}\u{898b}\u{3088}\u{3002}
\u{6b21}\u{306e}\u{884c}\u{3002}

\u{645}\u{631}\u{62d}\u{628}\u{627} \u{628}\u{643} [[ada]] \u{202e}abc\u{202c} \u{5e9}\u{5dc}\u{5d5}\u{5dd}

\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{2764}\u{fe0f} e\u{301}\u{301}\u{301} \u{200b}\u{feff} \u{1b}[31m a\u{0}b \t tab

## \u{1f30a}

[[\u{6f6e}\u{4f4d}\u{8a08}]] ![[gauge#End]]
";

/// The wiki; the last page is one line of 100 kB.
fn pages(long: &str) -> Vec<(&str, &str)> {
    vec![
        ("host.md", EMBEDDER),
        ("gauge.md", GAUGE),
        ("table.md", TABLE_PAGE),
        (
            "notes/ada.md",
            "---\ntype: person\n---\n## By hand\n\nLong ago. [[gauge#By wire]]\n\n![[bo]]\n",
        ),
        ("notes/bo.md", "![[ada]]\n\n![[bo]]\n\n![[host]]\n"),
        ("scripts.md", SCRIPTS),
        ("empty.md", ""),
        ("picture.png", ""),
        ("long.md", long),
    ]
}

/// What a page is overwritten with.
const TEXTS: &[&str] = &[
    "",
    "# Short\n",
    "![[gauge]]\n",
    EMBEDDER,
    GAUGE,
    TABLE_PAGE,
    "> [!tip]- Only\n> a fold\n",
    "---\na: 1\n---\n",
    "# One\n\n## Two\n\n![[table]]\n\n## Three\n\n![[host]]\n\n[[gauge]] [[table]]\n",
];

fn long_line() -> String {
    "The water stands high at [[gauge]]. \u{6f6e}\u{4f4d} ".repeat(2_000)
}

fn act() -> impl Strategy<Value = Act> {
    let cell = || (0_u16..1000, 0_u16..1000);
    let size = prop_oneof![
        4 => (1_u16..=200, 1_u16..=60),
        1 => (1_u16..=4, 1_u16..=4),
        2 => (60_u16..=120, 20_u16..=40),
    ];
    prop_oneof![
        12 => (0..TABLE.len(), 0_usize..3).prop_map(|(row, nth)| Act::Keys(TABLE[row].command, nth)),
        8 => prop::sample::select(TYPED).prop_map(Act::Typed),
        1 => prop::sample::select(PASTED).prop_map(Act::Pasted),
        2 => (cell(), cell()).prop_map(|(from, to)| Act::Drag(from, to)),
        3 => cell().prop_map(|(x, y)| Act::Click(x, y)),
        2 => (cell(), any::<bool>()).prop_map(|((x, y), down)| Act::Wheel(x, y, down)),
        2 => size.prop_map(|(columns, rows)| Act::Resize(columns, rows)),
        1 => (0_usize..8, 0..TEXTS.len()).prop_map(|(page, text)| Act::Write(page, text)),
        1 => Just(Act::Index),
        1 => Just(Act::Hold),
        1 => Just(Act::Answers),
    ]
}

/// The program with the hand that uses it.
struct User {
    screen: Screen,
    pointer: Pointer,
    now: Instant,
}

impl User {
    fn new(page: usize, is_read: bool, long: &str) -> Self {
        let mut pages = pages(long);
        pages.rotate_left(page);
        let first = pages[0].0;
        let first = if first == "picture.png" { "empty.md" } else { first };
        let mut screen = Screen::unread(100, 30, &pages);
        let saved = [("tagged", "tag:sea"), ("all", "-zzz"), ("none", "zzz"), ("typo", "tga:")];
        screen.model.config.queries =
            saved.map(|(name, query)| SavedQuery { name: name.into(), query: query.into() }).into();
        screen.open(first);
        if is_read {
            screen.index();
        }
        Self { screen, pointer: Pointer::default(), now: Instant::now() }
    }

    fn does(&mut self, act: &Act, long: &str) {
        let size = self.screen.model.size;
        let cell = |(x, y): (u16, u16)| {
            let on = |part: u16, whole: u16| u32::from(part) * u32::from(whole) / 1000;
            let short = |n: u32| u16::try_from(n).expect("less than the screen");
            (short(on(x, size.columns)), short(on(y, size.rows)))
        };
        match act {
            Act::Keys(command, nth) => {
                let entry = command.entry();
                let Some(keys) = entry.keys.get(*nth).or(entry.keys.first()) else {
                    return self.screen.send(Msg::Run(entry.command));
                };
                for key in keys.split(' ') {
                    let key: Key = key.parse().expect("the table's keys can be read");
                    self.screen.send(Msg::Key(key));
                }
            }
            Act::Typed(keys) => {
                self.screen.keys(keys);
            }
            Act::Pasted(text) => self.screen.send(Msg::Paste((*text).to_owned())),
            Act::Drag(from, to) => {
                self.mouse(MouseEventKind::Down(MouseButton::Left), cell(*from));
                self.mouse(MouseEventKind::Drag(MouseButton::Left), cell(*to));
                self.mouse(MouseEventKind::Up(MouseButton::Left), cell(*to));
            }
            Act::Click(x, y) => {
                self.mouse(MouseEventKind::Down(MouseButton::Left), cell((*x, *y)));
                self.mouse(MouseEventKind::Up(MouseButton::Left), cell((*x, *y)));
            }
            Act::Wheel(x, y, true) => self.mouse(MouseEventKind::ScrollDown, cell((*x, *y))),
            Act::Wheel(x, y, false) => self.mouse(MouseEventKind::ScrollUp, cell((*x, *y))),
            Act::Resize(columns, rows) => self.screen.resize(*columns, *rows),
            Act::Write(page, text) => {
                let pages = pages(long);
                let (path, _) = pages[*page];
                if path != "picture.png" {
                    self.screen.write(path, TEXTS[*text]);
                }
            }
            Act::Index => self.screen.index(),
            Act::Hold => self.screen.prompt = false,
            Act::Answers => {
                self.screen.waiting.reverse();
                self.screen.catch_up();
            }
        }
        // The editor is closed again, the shell gives the terminal back.
        for effect in std::mem::take(&mut self.screen.done) {
            match effect {
                Effect::Edit { path, line } => {
                    let lines = self.screen.pages[&path].lines().count().max(1);
                    assert!((1..=lines).contains(&(line as usize)), "{path} has no line {line}");
                    self.screen.send(Msg::Edited(Ok(())));
                }
                Effect::Suspend => self.screen.send(Msg::Resumed),
                _ => {}
            }
        }
    }

    fn mouse(&mut self, kind: MouseEventKind, (column, row): (u16, u16)) {
        self.now += Duration::from_millis(150);
        let modifiers = KeyModifiers::NONE;
        let event = Event::Mouse(MouseEvent { kind, column, row, modifiers });
        if let Some(msg) = self.pointer.translate(event, &self.screen.hits, self.now) {
            self.screen.send(msg);
        }
    }

    /// What is true after whatever was done.
    fn check(&mut self) {
        let size = self.screen.model.size;
        for (column, row) in (0..=size.columns)
            .map(|column| (column, size.rows))
            .chain((0..=size.rows).map(|row| (size.columns, row)))
        {
            assert_eq!(
                self.screen.hits.at(column, row),
                None,
                "outside the screen: {column},{row}"
            );
        }
        let rows = kenning::app::reader::rows(&self.screen.model);
        let Some(open) = &mut self.screen.model.reader.open else { return };
        let (anchor, total) = (open.anchor, open.layout.position(open.anchor).1);
        assert!(total == 0 || !open.layout.lines(anchor, 1).is_empty(), "{anchor:?} is on a line");
        if let Some(nth) = open.selected {
            assert!(!open.layout.hides_stop(nth), "the selected stop is shown");
        }
        assert_eq!(open.layout.options().folds.all(), Folds::of(&open.document).all());
        let texts = open.layout.texts();
        let is_place = |place: TextPlace| match texts.of(place) {
            Some(text) => text.is_char_boundary(place.offset as usize),
            None => place.offset == 0 && (place.leaf as usize) < open.document.leaves.len(),
        };
        if let Some(selection) = &open.selection {
            assert!(is_place(selection.from) && is_place(selection.to), "{selection:?}");
        }
        for found in &self.screen.model.reader.find.matches {
            let end = TextPlace { offset: found.place.offset + found.len, ..found.place };
            assert!(is_place(found.place) && is_place(end), "{found:?}");
        }
        let texts = |lines: Vec<&kenning::layout::Line>| -> Vec<String> {
            let text = |line: &kenning::layout::Line| {
                line.segments.iter().map(|segment| segment.text.as_str()).collect::<String>()
            };
            lines.into_iter().map(text).collect()
        };
        let before = texts(open.layout.lines(anchor, rows));
        open.layout.forget(true, None);
        self.screen.resize(size.columns, size.rows);
        let open = self.screen.model.reader.open.as_ref().expect("it stays open");
        assert_eq!(open.anchor, anchor, "the place stays where nothing has changed");
        assert_eq!(texts(open.layout.lines(anchor, rows)), before, "lines are as if laid out anew");
    }

    /// Esc leads back to the page from anywhere.
    fn leaves(&mut self) {
        self.screen.keys(&"<Esc> ".repeat(24));
        let model = &self.screen.model;
        assert!(model.overlays.is_empty(), "{:?}", model.overlays);
        assert!(model.labels.is_none() && model.pending.is_empty());
        assert_eq!(model.focus, Focus::Page);
        assert!(model.focus_mode.is_none() && model.reader.find.field.is_none());
        if let Some(open) = &model.reader.open {
            assert!(open.selection.is_none() && open.selected.is_none());
        }
        self.screen.catch_up();
        self.screen.keys("q");
        assert!(self.screen.done.contains(&Effect::Quit), "{:?}", self.screen.done);
    }
}

fn config() -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let default = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    ProptestConfig { cases: if asked { default.cases } else { 16 }, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_is_done_the_program_stands(
        page in 0_usize..9,
        is_read in any::<bool>(),
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let long = long_line();
        let mut user = User::new(page, is_read, &long);
        for act in &acts {
            user.does(act, &long);
            user.check();
        }
        user.leaves();
    }
}

#[test]
fn a_page_that_was_never_read_is_left_by_esc_too() {
    let mut user = User::new(0, false, "");
    user.screen.keys("<Ctrl-P> gauge");
    user.leaves();
    assert_eq!(user.screen.place().1, Anchor::default());
}

#[test]
fn a_page_without_headings_is_as_it_was_after_a_look_at_its_outline() {
    let mut screen = Screen::new(20, 8, &[("a.md", "Some words and some more, and more.\n")]);
    let before = screen.text();
    screen.keys("l");
    assert!(screen.text().contains("No headings"), "{}", screen.text());
    screen.keys("h");
    assert_eq!(screen.text(), before);
}
