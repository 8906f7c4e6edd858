//! What the query that is being typed can be completed to: a small list under its field. One such list
//! serves every field of queries, since only one is typed into at a time.
//!
//! The list has no key of its own but `Tab`, which takes, and `Esc`, which closes it. Arrows choose in it
//! while the term names what it asks for (`tag:`, `[`); words leave them to the list of pages.

use std::ops::Range;
use std::sync::Arc;

use super::input::Input;
use super::model::{Model, Ticket};
use super::{Effect, Overlay, finder, search, tree};
use crate::command::{Key, KeyCode};
use crate::search::complete::{Completion, Vocabulary, is_field_term, places, term_at};
use crate::search::query::Query;

/// Most rows that are found.
const MOST: usize = 50;
/// Most rows that are shown at once.
const SHOWN: usize = 6;

/// The list under the field, and what it is made of.
#[derive(Clone, Debug, Default)]
pub struct Suggest {
    /// What the term can become, best first; empty while the list is closed.
    pub rows: Vec<Completion>,
    /// The row that is taken by `Tab`.
    pub at: usize,
    /// Whether arrows choose among the rows.
    pub has_arrows: bool,
    /// Whether a row was chosen by arrows: then `Enter` takes it.
    is_chosen: bool,
    /// Where the term starts for which the list was closed, or which was just taken.
    closed_at: Option<usize>,
    /// What pages can be asked for; of an older index until the next one is there.
    vocabulary: Arc<Vocabulary>,
    /// The request under way, and the revision of the index that it is about.
    asked: (Ticket, u64),
}

impl Suggest {
    /// The rows that are shown, with the one that is chosen among them.
    #[must_use]
    pub fn visible(&self) -> Range<usize> {
        let first = (self.at + 1).saturating_sub(SHOWN);
        first..self.rows.len().min(first + SHOWN)
    }

    /// What the term at the cursor can become; `in_texts` in the search, which knows parts of a page, too.
    fn find(&self, input: &Input, in_texts: bool) -> Vec<Completion> {
        let mut rows = self.vocabulary.complete(&input.text, input.cursor, MOST);
        let term = &input.text[term_at(&input.text, input.cursor)];
        if in_texts && !term.is_empty() {
            rows.extend(places(term));
        }
        rows
    }

    /// Closes the list; it opens again for another term.
    fn close(&mut self, term: Option<usize>) {
        self.rows.clear();
        (self.at, self.is_chosen, self.closed_at) = (0, false, term);
    }
}

/// What became of a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Taken {
    /// The list has no use for it.
    No,
    /// It did something with the list.
    Yes,
    /// It changed the text of the field.
    Changed,
}

/// What is typed into the field has changed: completes the term at its cursor.
pub(super) fn typed(model: &mut Model, effects: &mut Vec<Effect>) {
    want(model, effects);
    let Some(input) = field(model).cloned() else { return model.suggest.close(None) };
    let start = term_at(&input.text, input.cursor).start;
    let has_arrows = is_field_term(&input.text, input.cursor);
    // In the finder words are names, which complete themselves; in the search they are what is looked for.
    let is_quiet = !has_arrows && !model.overlays.is_empty();
    let in_texts = is_search(model);
    let suggest = &mut model.suggest;
    suggest.has_arrows = has_arrows;
    if is_quiet || suggest.closed_at == Some(start) {
        return suggest.close(Some(start).filter(|_| !is_quiet));
    }
    suggest.close(None);
    suggest.rows = suggest.find(&input, in_texts);
}

/// The field was opened. What stands in it already is not offered to be completed.
pub(super) fn opened(model: &mut Model, effects: &mut Vec<Effect>) {
    want(model, effects);
    if field(model).is_some_and(|input| input.text.is_empty()) {
        model.suggest.close(None);
    } else {
        dismiss(model);
    }
}

/// The field is left.
pub(super) fn close(model: &mut Model) {
    model.suggest.close(None);
}

/// Gives the list a key before the field and its other list have it; whether it took it.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    let taken = take(model, key, effects);
    if taken == Taken::Changed {
        changed(model, effects);
    }
    taken != Taken::No
}

fn take(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> Taken {
    let suggest = &mut model.suggest;
    let len = suggest.rows.len();
    match key.code {
        KeyCode::Tab => return complete(model, effects),
        KeyCode::Esc if len > 0 => dismiss(model),
        KeyCode::Enter if len > 0 && suggest.is_chosen => return complete(model, effects),
        KeyCode::Down if len > 0 && suggest.has_arrows && !key.ctrl && !key.alt => {
            // The first row is the one that Tab takes already.
            suggest.at = (suggest.at + 1) % len;
            suggest.is_chosen = true;
        }
        KeyCode::Up if len > 0 && suggest.has_arrows && !key.ctrl && !key.alt => {
            suggest.at = (suggest.at + len - 1) % len;
            suggest.is_chosen = true;
        }
        _ => return Taken::No,
    }
    Taken::Yes
}

/// A row was pressed.
pub(super) fn press(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    if row < model.suggest.rows.len() {
        model.suggest.at = row;
        if complete(model, effects) == Taken::Changed {
            changed(model, effects);
        }
    }
}

/// Another text stands in the field: tells whose it is.
fn changed(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.overlays.last() {
        Some(Overlay::Search(_)) => search::typed(model, effects),
        Some(_) => finder::typed(model, effects),
        None => tree::typed(model, effects),
    }
}

/// Tab: takes the row; without rows, puts right what is wrong or ends what is not ended, or shows what
/// there is to ask for.
fn complete(model: &mut Model, effects: &mut Vec<Effect>) -> Taken {
    let Some(input) = field(model).cloned() else { return Taken::No };
    let term = term_at(&input.text, input.cursor);
    let in_texts = is_search(model);
    let suggest = &mut model.suggest;
    if suggest.rows.is_empty() {
        suggest.rows = suggest.find(&input, in_texts);
        suggest.has_arrows = true;
        let is_quiet = !suggest.rows.is_empty() && !is_field_term(&input.text, input.cursor);
        if suggest.rows.is_empty() {
            // A search is no query as a whole: what is odd in one may be meant so.
            let mended = if in_texts { None } else { Query::mended(&input.text) };
            if let Some((text, place)) = mended {
                suggest.close(None);
                // A cursor behind what was changed stays behind what it stood behind.
                let tail = input.text.len() - input.cursor;
                let is_behind = tail <= text.len() - place;
                let cursor = if is_behind { text.len() - tail } else { place };
                return put(model, text, cursor);
            }
            if term.is_empty() {
                suggest.rows = Vocabulary::fields();
                suggest.rows.extend(in_texts.then(|| places("")).into_iter().flatten());
            }
        }
        if !is_quiet {
            return Taken::Yes;
        }
    }
    let Some(row) = suggest.rows.get(suggest.at) else { return Taken::Yes };
    let mut text = input.text.clone();
    let (new, goes_on) = (row.term.clone(), row.goes_on);
    text.replace_range(term.clone(), &new);
    suggest.close(Some(term.start).filter(|_| !goes_on));
    want(model, effects);
    put(model, text, term.start + new.len())
}

fn put(model: &mut Model, text: String, cursor: usize) -> Taken {
    if let Some(input) = field_mut(model) {
        *input = Input::at(text, cursor);
    }
    Taken::Changed
}

fn dismiss(model: &mut Model) {
    let start = field(model).map(|input| term_at(&input.text, input.cursor).start);
    model.suggest.close(start);
}

/// Asks for what pages can be asked for, once for every index.
fn want(model: &mut Model, effects: &mut Vec<Effect>) {
    let revision = model.index.revision();
    if model.index.is_empty() || model.suggest.asked.1 == revision {
        return;
    }
    let ticket = model.ticket();
    model.suggest.asked = (ticket, revision);
    effects.push(Effect::GatherVocabulary { ticket });
}

/// What pages can be asked for.
pub(super) fn gathered(
    model: &mut Model,
    ticket: Ticket,
    vocabulary: Arc<Vocabulary>,
    effects: &mut Vec<Effect>,
) {
    if model.suggest.asked.0 == ticket {
        model.suggest.vocabulary = vocabulary;
        if field(model).is_some() && !model.suggest.is_chosen {
            typed(model, effects);
        }
    }
}

/// The field of a query that is typed into.
#[must_use]
pub fn field(model: &Model) -> Option<&Input> {
    match model.overlays.last() {
        Some(Overlay::Finder(finder)) => Some(&finder.input),
        Some(Overlay::Search(search)) => Some(&search.input),
        Some(_) => None,
        None => model.tree.typing.as_ref(),
    }
}

/// Whether that is the field of the search in texts.
fn is_search(model: &Model) -> bool {
    matches!(model.overlays.last(), Some(Overlay::Search(_)))
}

fn field_mut(model: &mut Model) -> Option<&mut Input> {
    match model.overlays.last_mut() {
        Some(Overlay::Finder(finder)) => Some(&mut finder.input),
        Some(Overlay::Search(search)) => Some(&mut search.input),
        Some(_) => None,
        None => model.tree.typing.as_mut(),
    }
}
