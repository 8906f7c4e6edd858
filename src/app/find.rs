//! Find in page: a field in the status line, matches as one types, `n` and `N` around the page. What is typed is a
//! phrase or a `/pattern/`, as the search has it. The text is
//! searched once per change of the pattern, that of a very long page by a worker; where the matches lie on the
//! screen is known to the layout.

use std::ops::Range;
use std::sync::Arc;

use regex::Regex;

use super::Effect;
use super::input::Input;
use super::model::{Focus, Model, Ticket};
use super::reader::{self, OpenPage};
use crate::command::{Command, Key, KeyCode};
use crate::layout::{self, Anchor, Folds, Segment, TextPlace};
use crate::markdown::Document;
use crate::search::fulltext::{TextSearch, passage};

/// From so many bytes of source on a page is searched by a worker: it takes longer than a key may.
const LONG_PAGE: usize = 1 << 20;

/// Most matches that are kept.
pub const MOST_MATCHES: usize = 1_000_000;

/// The state of find in page.
#[derive(Debug, Default)]
pub struct Find {
    /// The field, while it is typed.
    pub field: Option<Input>,
    /// What was looked for last; stays when the page changes, so that `n` looks for it again.
    pub wanted: Wanted,
    /// The matches in the open page, in reading order; empty when nothing is marked.
    pub matches: Vec<TextMatch>,
    /// The match that the reader stands on: index into `matches`.
    pub current: Option<usize>,
    /// What is wrong with what is typed, if that is a `/pattern/` and a wrong one.
    pub mistake: Option<String>,
    /// What a worker was asked for, and what is done when it answers.
    awaited: Option<(Ticket, Then)>,
    /// Where the page was when the field was opened, and how it was folded.
    origin: Anchor,
    folded: Arc<Folds>,
}

/// What is looked for on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// As it was typed.
    pub text: String,
    /// Whether it was typed into the full-text search, whose parts are looked for one by one.
    pub is_search: bool,
}

/// What is done with matches that a worker found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// The first from where the field was opened is shown.
    Show,
    /// The next one is gone to, or the one before.
    Step {
        /// Which.
        forward: bool,
    },
    /// They are marked.
    Mark,
    /// They are marked, and the reader stands on the first one from a byte of the source on.
    Stand(u32),
}

/// A match in the shown text of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextMatch {
    /// Where it starts.
    pub place: TextPlace,
    /// Its length in bytes.
    pub len: u32,
}

impl Find {
    /// The marks of what is typed into the full-text search, on a page that is shown beside its hits. A very
    /// long page stays without them.
    pub(super) fn in_search(open: &OpenPage, typed: String) -> Self {
        let wanted = Wanted { text: typed, is_search: true };
        let matches = if open.source.len() < LONG_PAGE {
            search(&open.document, &wanted, &|| false)
        } else {
            Vec::new()
        };
        Self { wanted, matches, ..Self::default() }
    }

    /// Whether matches are being looked for.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        self.awaited.is_some()
    }

    /// The parts of a segment's text that match, and whether each belongs to the match that the reader
    /// stands on. Costs a binary search and what is found.
    pub fn in_segment<'a>(
        &'a self,
        segment: &'a Segment,
    ) -> impl Iterator<Item = (Range<usize>, bool)> + 'a {
        let start = segment.at.unwrap_or_default();
        let end = TextPlace { offset: start.offset.saturating_add(segment.covers), ..start };
        let first = self.matches.partition_point(|found| found.end() <= start);
        let first = if segment.at.is_some() { first } else { self.matches.len() };
        let met = self.matches[first..].iter().take_while(move |found| found.place < end);
        (first..).zip(met).filter_map(|(nth, found)| {
            let part = segment.part(found.place.offset..found.end().offset)?;
            Some((part, self.current == Some(nth)))
        })
    }

    /// Takes marks and field away; what was looked for is remembered.
    pub(super) fn clear(&mut self) {
        self.field = None;
        self.mistake = None;
        self.matches = Vec::new();
        self.current = None;
        self.awaited = None;
    }
}

impl TextMatch {
    /// One past its end.
    fn end(self) -> TextPlace {
        TextPlace { offset: self.place.offset.saturating_add(self.len), ..self.place }
    }
}

/// Runs a command of find in page.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let Some(open) = &model.reader.open else { return };
    match command {
        Command::FindInPage => {
            let find = &mut model.reader.find;
            find.field = Some(Input::default());
            find.origin = open.anchor;
            find.folded = Arc::clone(&open.layout.options().folds);
            model.focus = Focus::Page;
        }
        Command::NextMatch => step(model, true, effects),
        Command::PreviousMatch => step(model, false, effects),
        _ => {}
    }
}

/// Gives the field a key while it is typed; whether it took it.
pub fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    let Some(field) = &mut model.reader.find.field else { return false };
    match key.code {
        KeyCode::Enter => {
            let empty = field.text.is_empty();
            model.reader.find.field = None;
            let find = &model.reader.find;
            if !empty && find.matches.is_empty() && find.awaited.is_none() {
                say_none(model);
            }
        }
        KeyCode::Esc => {
            model.reader.find.field = None;
            return_to_origin(model);
        }
        KeyCode::Backspace if field.text.is_empty() => {
            model.reader.find.field = None;
            return_to_origin(model);
        }
        KeyCode::Down | KeyCode::Tab => step(model, true, effects),
        KeyCode::Up => step(model, false, effects),
        KeyCode::Char('n') if key.ctrl => step(model, true, effects),
        KeyCode::Char('p') if key.ctrl => step(model, false, effects),
        _ => {
            let before = field.text.clone();
            field.key(key);
            if field.text != before {
                typed(model, effects);
            }
        }
    }
    true
}

/// Gives pasted text to the field while it is typed.
pub fn paste(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    if let Some(field) = &mut model.reader.find.field {
        field.insert(text);
        typed(model, effects);
    }
}

/// Takes the marks away; whether there were any.
pub fn clear(model: &mut Model) -> bool {
    let find = &mut model.reader.find;
    let had = !find.matches.is_empty();
    find.clear();
    had
}

/// The open page, which was `old`, has another text: what is marked is found anew. Leaving the field goes back
/// to the folds as they were then, and to the place where the page is now.
pub(super) fn again(model: &mut Model, old: &Document, effects: &mut Vec<Effect>) {
    let (Some(open), find) = (&model.reader.open, &mut model.reader.find) else { return };
    if find.field.is_some() {
        find.origin = open.anchor;
        find.folded = Arc::new(find.folded.carried(old, &open.document));
    }
    let awaited = find.awaited.map(|(_, then)| then);
    let nothing = find.matches.is_empty() && awaited.is_none();
    if nothing || look(model, awaited.unwrap_or(Then::Mark), effects) {
        return;
    }
    let find = &mut model.reader.find;
    find.current = find.current.filter(|nth| *nth < find.matches.len());
}

/// Looks for the text: at once, or on a very long page by a worker. Whether that is still to answer; until then
/// nothing is marked.
fn look(model: &mut Model, then: Then, effects: &mut Vec<Effect>) -> bool {
    let ticket = model.ticket();
    let (Some(open), find) = (&model.reader.open, &mut model.reader.find) else { return false };
    find.matches = Vec::new();
    find.awaited = None;
    if open.source.len() < LONG_PAGE || find.wanted.text.is_empty() {
        find.matches = search(&open.document, &find.wanted, &|| false);
        return false;
    }
    find.awaited = Some((ticket, then));
    let document = Arc::clone(&open.document);
    effects.push(Effect::FindInPage { ticket, document, wanted: find.wanted.clone() });
    true
}

/// A worker found the matches.
pub fn found(
    model: &mut Model,
    ticket: Ticket,
    matches: Vec<TextMatch>,
    effects: &mut Vec<Effect>,
) {
    let find = &mut model.reader.find;
    let Some((_, then)) = find.awaited.take_if(|(awaited, _)| *awaited == ticket) else { return };
    find.matches = matches;
    match then {
        Then::Show => show_first(model),
        Then::Step { .. } if find.matches.is_empty() => say_none(model),
        Then::Step { forward } => step(model, forward, effects),
        Then::Mark => find.current = find.current.filter(|nth| *nth < find.matches.len()),
        Then::Stand(at) => stand(model, at),
    }
}

/// Marks what a full-text search found on the open page. With a hit's place in the source the reader stands
/// on the first match from there on.
pub(super) fn mark(model: &mut Model, typed: &str, hit: Option<u32>, effects: &mut Vec<Effect>) {
    model.reader.find.clear();
    model.reader.find.wanted = Wanted { text: typed.to_owned(), is_search: true };
    let waits = look(model, hit.map_or(Then::Mark, Then::Stand), effects);
    if let (Some(at), false) = (hit, waits) {
        stand(model, at);
    }
}

fn stand(model: &mut Model, at: u32) {
    let (Some(open), find) = (&mut model.reader.open, &mut model.reader.find) else { return };
    if !open.is_source() {
        let line = open.anchor_of_source(at);
        let nth = find.matches.partition_point(|found| open.anchor_of(found.place) < line);
        find.current = (nth < find.matches.len()).then_some(nth);
    }
}

fn say_none(model: &mut Model) {
    let find = &model.reader.find;
    let text = find.wanted.text.clone();
    match &find.mistake {
        Some(mistake) => model.warn(format!("{text} is {mistake}")),
        None => model.say(format!("\u{201c}{text}\u{201d} is not on this page")),
    }
}

/// The field holds another text: the matches are found, and the first from the place where the field was
/// opened is shown.
fn typed(model: &mut Model, effects: &mut Vec<Effect>) {
    let rows = reader::rows(model);
    let (Some(open), find) = (&mut model.reader.open, &mut model.reader.find) else { return };
    let Some(field) = &find.field else { return };
    find.mistake = passage(&field.text).err();
    find.wanted = Wanted { text: field.text.clone(), is_search: false };
    find.current = None;
    reader::put_folds(open, &find.folded, rows);
    open.anchor = find.origin;
    if !look(model, Then::Show, effects) {
        show_first(model);
    }
}

/// Shows the first match from the place where the field was opened.
fn show_first(model: &mut Model) {
    let rows = reader::rows(model);
    let (Some(open), find) = (&mut model.reader.open, &mut model.reader.find) else { return };
    if let Some(nth) = from_view(open, &find.matches, rows) {
        find.current = Some(nth % find.matches.len());
        show(open, find, rows);
    }
}

/// Goes to the next or the previous match: from the current one if it is in view, else from the screen.
fn step(model: &mut Model, forward: bool, effects: &mut Vec<Effect>) {
    let rows = reader::rows(model);
    if model.reader.find.wanted.text.is_empty() {
        return model.say("Nothing was looked for yet");
    }
    if model.reader.find.matches.is_empty() {
        model.reader.find.current = None;
        if look(model, Then::Step { forward }, effects) {
            return;
        }
    }
    let (Some(open), find) = (&mut model.reader.open, &mut model.reader.find) else { return };
    let count = find.matches.len();
    if count == 0 {
        return say_none(model);
    }
    let current = find.current.filter(|nth| is_in_view(open, find.matches[*nth], rows));
    let target = match (current, forward) {
        (Some(nth), true) => nth + 1,
        (Some(nth), false) => nth.wrapping_sub(1),
        (None, true) => from_view(open, &find.matches, rows).unwrap_or(0),
        (None, false) => from_view(open, &find.matches, rows).unwrap_or(0).wrapping_sub(1),
    };
    let around = target >= count;
    find.current = Some(match (around, forward) {
        (false, _) => target,
        (true, true) => 0,
        (true, false) => count - 1,
    });
    show(open, find, rows);
    if around {
        model.say(if forward {
            "Past the last match: around to the first"
        } else {
            "Before the first match: around to the last"
        });
    }
}

fn return_to_origin(model: &mut Model) {
    let rows = reader::rows(model);
    let find = &mut model.reader.find;
    find.awaited = None;
    if let Some(open) = &mut model.reader.open {
        reader::put_folds(open, &find.folded, rows);
        open.anchor = find.origin;
    }
}

/// Brings the current match into view, out of what is folded.
fn show(open: &mut OpenPage, find: &Find, rows: usize) {
    if let Some(found) = find.current.and_then(|nth| find.matches.get(nth)) {
        reader::reveal_text(open, found.place, rows);
        open.pan_to(found.place);
        let anchor = open.anchor_of(found.place);
        reader::show_line(open, anchor, rows);
    }
}

fn is_in_view(open: &mut OpenPage, found: TextMatch, rows: usize) -> bool {
    let anchor = open.anchor_of(found.place);
    reader::is_in_view(open, anchor, rows)
}

/// The first match at or after the first text on the screen; one past the last if all are above.
/// `None` where there are none.
fn from_view(open: &mut OpenPage, matches: &[TextMatch], rows: usize) -> Option<usize> {
    let first = open.first_text(rows);
    (!matches.is_empty()).then(|| matches.partition_point(|found| found.place < first))
}

/// All matches of what is wanted in a document, up to [`MOST_MATCHES`]. Gives up where `enough` says so.
#[must_use]
pub fn search(document: &Document, wanted: &Wanted, enough: &dyn Fn() -> bool) -> Vec<TextMatch> {
    let Some(pattern) = pattern(wanted) else { return Vec::new() };
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    layout::texts(document)
        .take_while(|_| !enough())
        .flat_map(|(place, text)| {
            let base = place.offset;
            let found = pattern.find_iter(&text).filter(|found| !found.is_empty());
            let found = found.map(|found| TextMatch {
                place: TextPlace { offset: base + number(found.start()), ..place },
                len: number(found.len()),
            });
            found.take(MOST_MATCHES).collect::<Vec<_>>()
        })
        .take(MOST_MATCHES)
        .collect()
}

fn pattern(wanted: &Wanted) -> Option<Regex> {
    let text = &wanted.text;
    if text.is_empty() {
        return None;
    }
    if wanted.is_search {
        return TextSearch::new(text).ok()?.marks();
    }
    passage(text).ok()?
}
