//! A reading: the open page as lines, the way that led to it, the list that numbers refer to.

use std::fmt::Write; // Into a `String`: what `write!` gives back is never an error.

use super::lists::{Choice, Row};
use super::typed::{HELP, Typed};
use crate::cli::engine::Engine;
use crate::cli::look::Look;
use crate::index::{Status, fragment};
use crate::layout::{self, Head, Line, Manner, Options, PageLayout};
use crate::markdown::LinkId;
use crate::markdown::recover::Recovery;
use crate::text::scrub::scrub_line;
use crate::vault::PagePath;

/// Rows of a screenful that what is said below it takes.
const KEPT_ROWS: usize = 3;
/// So many visits are kept.
const MOST_VISITS: usize = 500;

/// Where to begin to read a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Top,
    Fragment(String),
    /// At a byte of its text.
    Source(u32),
    /// At a line as it was printed.
    Line(usize),
}

/// What is being read.
pub(super) struct Session {
    pub(super) engine: Engine,
    width: usize,
    /// Rows of a screenful; everything at once if `None`.
    rows: Option<usize>,
    ascii: bool,
    open: Option<Open>,
    back: Vec<Visit>,
    forward: Vec<Visit>,
    /// A list that is being read; the page waits behind it.
    list: Option<List>,
}

/// The open page.
struct Open {
    path: PagePath,
    title: String,
    look: Look,
    lines: Vec<Text>,
    /// The first line of the screenful that was printed last, and the first one after it.
    shown: (usize, usize),
}

/// A line of a page.
struct Text {
    text: String,
    source: u32,
}

/// A page as it was left.
struct Visit {
    path: PagePath,
    line: usize,
}

struct List {
    rows: Vec<Row>,
    next: usize,
}

impl Session {
    pub(super) fn new(engine: Engine, width: usize, rows: Option<usize>, ascii: bool) -> Self {
        let rows = rows.map(|rows| rows.saturating_sub(KEPT_ROWS).max(1));
        let (back, forward) = (Vec::new(), Vec::new());
        Self { engine, width, rows, ascii, open: None, back, forward, list: None }
    }

    /// Does what was typed; what there is to say goes to `out`.
    pub(super) fn run(&mut self, typed: Typed, out: &mut String) {
        match typed {
            Typed::More => self.more(out),
            Typed::Before => self.before(out),
            Typed::Again => self.again(out),
            Typed::Number(number) => self.choose(number, out),
            Typed::Back => self.step(true, out),
            Typed::Forward => self.step(false, out),
            Typed::Links => {
                let rows = self.links();
                self.show_list("Links", rows, "This page has no links.", out);
            }
            Typed::Headings(None) => {
                let rows = self.headings();
                self.show_list("Headings", rows, "This page has no headings.", out);
            }
            Typed::Headings(Some(number)) => self.heading(number, out),
            Typed::Backlinks => {
                let page = self.open.as_ref().and_then(|open| self.engine.index.at(&open.path));
                let links = page.map(|page| self.engine.index.backlinks(page.id));
                let rows = self.sentences(&links.unwrap_or_default());
                self.show_list("Linked from", rows, "No page links here.", out);
            }
            Typed::Tags(tag) if tag.is_empty() => {
                let rows = self.tags();
                self.show_list("Tags", rows, "No page has a tag.", out);
            }
            Typed::Tags(tag) => self.tag(&tag, out),
            Typed::Pages(name) if name.is_empty() => {
                let rows = self.pages();
                self.show_list("Pages", rows, "There is no page here yet.", out);
            }
            Typed::Pages(name) => self.find(&name, out),
            Typed::Search(words) => match self.search(&words) {
                Ok(rows) => {
                    let none = format!("No page holds {words}.");
                    self.show_list("Found", rows, &none, out);
                }
                Err(reason) => line(out, &format!("Cannot search: {reason}.")),
            },
            Typed::Help => out.push_str(HELP),
            Typed::Quit => {}
        }
    }

    /// Opens a page and prints its first screenful. The page before stays behind on the way back.
    pub(super) fn open(&mut self, path: &PagePath, place: &Place, out: &mut String) {
        let left = self.visit();
        if !self.load(path, place, out) {
            return;
        }
        if let Some(left) = left {
            self.forward.clear();
            if self.back.len() == MOST_VISITS {
                self.back.remove(0);
            }
            self.back.push(left);
        }
    }

    /// What the links of the page lead to, by their numbers.
    pub(super) fn look(&self) -> Option<&Look> {
        self.open.as_ref().map(|open| &open.look)
    }

    fn visit(&self) -> Option<Visit> {
        let open = self.open.as_ref()?;
        Some(Visit { path: open.path.clone(), line: open.shown.0 })
    }

    /// Makes the page the open one; says why where that cannot be.
    fn load(&mut self, path: &PagePath, place: &Place, out: &mut String) -> bool {
        let mut look = match Look::read(&self.engine, path) {
            Ok(look) => look,
            Err(error) => {
                put(out, &format!("{error}."), self.ascii);
                return false;
            }
        };
        look.number_links();
        let title = self.engine.index.at(path).map_or(path.as_str(), |page| page.label());
        let title = title.to_owned();
        let lines = self.lay_out(&look, &title);
        let (start, said) = start(&look, &lines, place);
        self.open = Some(Open { path: path.clone(), title, look, lines, shown: (start, start) });
        self.list = None;
        if let Some(said) = said {
            line(out, &said);
        }
        self.screenful(out);
        true
    }

    fn lay_out(&self, look: &Look, title: &str) -> Vec<Text> {
        let options = Options {
            width: self.width,
            breaks: self.engine.config.breaks,
            ascii: true,
            manner: Manner::Spoken,
            ..Options::default()
        };
        let recovery = look.loaded.recovery.as_deref();
        let head = Head {
            title: title.to_owned(),
            kind: None,
            notices: look.loaded.notices.clone(),
            remarks: recovery.map(Recovery::remark).into_iter().collect(),
        };
        let mut page = PageLayout::new(look.loaded.document.clone(), head, options);
        let mut lines: Vec<Text> = Vec::new();
        let each = |line: &Line| {
            let text = line.text().trim_end().to_owned();
            // One empty line says as much as two.
            if !text.is_empty() || lines.last().is_some_and(|before| !before.text.is_empty()) {
                lines.push(Text { text, source: line.source });
            }
            Ok::<(), std::convert::Infallible>(())
        };
        layout::show(&mut page, look, each).unwrap_or_else(|never| match never {});
        while lines.last().is_some_and(|line| line.text.is_empty()) {
            lines.pop();
        }
        lines
    }

    /// Reads on: in the list that is open, else in the page.
    fn more(&mut self, out: &mut String) {
        match &self.list {
            Some(list) if list.next < list.rows.len() => self.list_screenful(out),
            Some(_) => {
                self.list = None;
                self.screenful(out);
            }
            None => self.screenful(out),
        }
    }

    fn before(&mut self, out: &mut String) {
        self.list = None;
        if let Some(open) = &mut self.open {
            let rows = self.rows.unwrap_or(usize::MAX);
            open.shown.1 = open.shown.0.saturating_sub(rows);
        }
        self.screenful(out);
    }

    fn again(&mut self, out: &mut String) {
        self.list = None;
        if let Some(open) = &mut self.open {
            open.shown = (0, 0);
        }
        self.screenful(out);
    }

    /// Prints the page from where it was left.
    fn screenful(&mut self, out: &mut String) {
        let Some(open) = &mut self.open else { return line(out, "No page is open.") };
        let (from, all) = (open.shown.1, open.lines.len());
        if from >= all && all > 0 {
            return line(out, &format!("This is the end of {}.", open.title));
        }
        let to = all.min(from.saturating_add(self.rows.unwrap_or(usize::MAX)));
        open.shown = (from, to);
        for text in &open.lines[from..to] {
            put(out, &text.text, self.ascii);
        }
        let title = &open.title;
        if all == 0 {
            line(out, &format!("{title} is empty."));
        } else if to < all {
            let (from, percent) = (from + 1, to * 100 / all);
            let place = format!("({title}, lines {from} to {to} of {all}, {percent} %; ");
            put(out, &(place + "Enter reads on, ? helps)"), self.ascii);
        } else {
            put(out, &format!("(End of {title}; ? helps)"), self.ascii);
        }
    }

    /// Prints a list; its numbers can be typed from now on.
    pub(super) fn show_list(&mut self, name: &str, rows: Vec<Row>, none: &str, out: &mut String) {
        if rows.is_empty() {
            return put(out, none, self.ascii);
        }
        line(out, &format!("{name}: {}", rows.len()));
        self.list = Some(List { rows, next: 0 });
        self.list_screenful(out);
    }

    fn list_screenful(&mut self, out: &mut String) {
        let Some(list) = &mut self.list else { return };
        let all = list.rows.len();
        let to = all.min(list.next.saturating_add(self.rows.unwrap_or(usize::MAX)));
        for (number, row) in (1..).zip(&list.rows).take(to).skip(list.next) {
            put(out, &format!("{}. {}", row.number.unwrap_or(number), row.text), self.ascii);
        }
        list.next = to;
        if to < all {
            line(out, &format!("({to} of {all}; Enter reads on, a number opens)"));
        } else {
            line(out, "(A number opens; Enter goes back to the page)");
        }
    }

    /// Opens what stands under a number: in the list printed last, else a link of the page.
    fn choose(&mut self, number: usize, out: &mut String) {
        let nothing =
            |out: &mut String| line(out, &format!("Nothing has the number {number} here."));
        let choice = match &self.list {
            Some(list) => {
                let row = |(nth, row): &(usize, &Row)| row.number.unwrap_or(*nth) == number;
                (1..).zip(&list.rows).find(row).map(|(_, row)| row.choice.clone())
            }
            None => self.look().and_then(|look| {
                let link = look.numbered.get(number.checked_sub(1)?)?;
                Some(Choice::Link(*link))
            }),
        };
        match choice {
            None => nothing(out),
            Some(Choice::Link(link)) => self.follow(link, out),
            Some(Choice::Heading(number)) => self.heading(number, out),
            Some(Choice::Page(path, place)) => self.open(&path, &place, out),
            Some(Choice::Tag(tag)) => self.tag(&tag, out),
        }
    }

    /// Goes to the heading of that number, the first being 1.
    fn heading(&mut self, number: usize, out: &mut String) {
        self.list = None;
        let Some(open) = &mut self.open else { return line(out, "No page is open.") };
        let headings = &open.look.loaded.document.facts.headings;
        let Some(heading) = number.checked_sub(1).and_then(|nth| headings.get(nth)) else {
            return line(out, &format!("There is no heading {number} here; h lists them."));
        };
        let at = line_of(&open.lines, heading.span.start);
        open.shown = (at, at);
        self.screenful(out);
    }

    fn follow(&mut self, link: LinkId, out: &mut String) {
        let Some(open) = &self.open else { return };
        let look = &open.look;
        let record = &look.loaded.document.facts.links[link as usize];
        let resolution = &look.resolutions[link as usize];
        let index = &self.engine.index;
        let named = look.destination(index, link);
        let page = match &resolution.status {
            Status::Folder(folder) => index.folder_page(folder),
            _ => resolution.page(),
        };
        let place = match fragment::written(record) {
            Some(fragment) => Place::Fragment(fragment.into_owned()),
            None => Place::Top,
        };
        if let Some(page) = page.and_then(|id| index.page(id)) {
            if matches!(resolution.status, Status::Ambiguous { .. }) {
                put(out, &format!("Several pages could be meant: {named}."), self.ascii);
            }
            let path = page.path.clone();
            return self.open(&path, &place, out);
        }
        match &resolution.status {
            Status::Missing if look.is_alone => {
                let said = format!("Only this page is open; open its folder to read {named} too.");
                put(out, &said, self.ascii);
            }
            Status::Missing => {
                let target = record.target().to_owned();
                put(out, &format!("Nobody has written {target} yet."), self.ascii);
                let rows = self.sentences(&self.engine.index.wanted_by(&target));
                self.show_list("Asked for by", rows, "", out);
            }
            Status::Attachment(_) => put(out, &format!("A file, no page: {named}"), self.ascii),
            Status::Folder(_) => put(out, &format!("A folder without a page: {named}"), self.ascii),
            _ => put(out, &format!("Outside of the wiki: {named}"), self.ascii),
        }
    }

    fn step(&mut self, is_back: bool, out: &mut String) {
        let (from, none) = if is_back {
            (&mut self.back, "This is where you started.")
        } else {
            (&mut self.forward, "There is nothing further on.")
        };
        let Some(visit) = from.pop() else { return line(out, none) };
        let left = self.visit();
        if self.load(&visit.path, &Place::Line(visit.line), out)
            && let Some(left) = left
        {
            if is_back { self.forward.push(left) } else { self.back.push(left) }
        }
    }
}

/// The line with which to begin, and what there is to say about that.
fn start(look: &Look, lines: &[Text], place: &Place) -> (usize, Option<String>) {
    match place {
        Place::Top => (0, None),
        Place::Source(at) => (line_of(lines, *at), None),
        Place::Line(line) => ((*line).min(lines.len().saturating_sub(1)), None),
        Place::Fragment(name) => match fragment::locate(&look.loaded.document.facts, name) {
            Some(spot) => {
                let said =
                    (!spot.exact).then(|| format!("No {name:?} here: this is nearest to it."));
                (line_of(lines, spot.span.start), said)
            }
            None => (0, Some(format!("No {name:?} on this page."))),
        },
    }
}

/// The line that shows a byte of the page's text. Lines do not all stand in the order of the text: the
/// head may stand below the title, and notes stand last.
fn line_of(lines: &[Text], at: u32) -> usize {
    if lines.first().is_none_or(|first| at <= first.source) {
        return 0;
    }
    let before = lines.iter().map(|line| line.source).filter(|source| *source <= at).max();
    let first = lines.iter().position(|line| Some(line.source) == before).unwrap_or(0);
    let text = lines[first..].iter().position(|line| !line.text.is_empty());
    first + text.unwrap_or(0)
}

/// A line that the program says.
fn line(out: &mut String, text: &str) {
    put(out, text, false);
}

/// A line of text from pages: nothing in it acts on a terminal.
fn put(out: &mut String, text: &str, ascii: bool) {
    let text = scrub_line(text);
    let text = if ascii { text.replace('\u{2026}', "...").into() } else { text };
    let _ = writeln!(out, "{text}");
}
