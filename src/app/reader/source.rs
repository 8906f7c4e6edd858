//! The two faces of a page: as it is shown, and its source as it stands in the file. Turning from one
//! to the other keeps the reader's place; what is opened from elsewhere shows the first face.

use std::sync::Arc;

use super::arrival::{self, Page};
use super::left::Left;
use super::{embeds, place, rows, tail};
use crate::app::msg::{Embedded, Loaded};
use crate::app::{Effect, Model};
use crate::command::{Command, Place, key};
use crate::layout::Anchor;
use crate::markdown::document::{Code, Leaf};
use crate::markdown::recover::Recovery;
use crate::markdown::{Document, Facts, LeafKind};
use crate::text::span::ByteSpan;

/// Turns the open page over.
pub fn run(model: &mut Model, effects: &mut Vec<Effect>) {
    match &model.reader.open {
        None => model.say("No page is open yet"),
        Some(open) if !open.is_written() => model.say("There is no file behind this page"),
        Some(_) => turn(model, effects),
    }
}

fn turn(model: &mut Model, effects: &mut Vec<Effect>) {
    super::scroll::stay(model, effects);
    let rows = rows(model);
    let Some(mut old) = model.reader.open.take() else { return };
    model.reader.folds.keep(&old);
    let left = Left::of(&old);
    let back = old.other_face.take().filter(|(_, anchor)| *anchor == old.anchor);
    let at = old.layout.source_at(old.anchor);
    let above = place::rows_above_source(&mut old, at);
    let body = old.document.leaves.first().map_or(0, |leaf| leaf.span.start);
    let is_top = old.anchor == Anchor::default() || at < body;
    let loaded = Loaded {
        source: Arc::clone(&old.source),
        document: Arc::clone(&old.document),
        notices: old.notices.clone(),
        recovery: old.recovery.clone(),
        embedded: old.embedded.clone(),
    };
    let (page, at) = if let Some(shown) = old.rendered.take() {
        let recovery = shown.recovery.as_ref();
        let at = recovery.map_or(at, |recovery| recovery.to_text(&shown.source, at));
        (Page::new(*shown), at)
    } else {
        let recovery = loaded.recovery.as_ref();
        let at = recovery.map_or(at, |recovery| recovery.to_written(&loaded.source, at));
        (Page::new(loaded).turned(), at)
    };
    let options = arrival::recalled(model, &old.address, &page);
    let mut open = arrival::lay_out(model, old.address, Page { turns: true, ..page }, options);
    if let Some((left, _)) = back {
        // Nobody moved meanwhile: of what is not said in the source, as a tail, the place is known all the same.
        open.later = Some(left.go(&mut open, rows));
    } else if !is_top {
        place::to_source(&mut open, at, rows);
        place::move_by(&mut open, -above, rows);
    }
    open.other_face = Some((left, open.anchor));
    model.reader.open = Some(open);
    tail::refresh(model, effects);
    crate::app::find::again(model, &old.document, effects);
    embeds::refresh(model, effects);
}

/// What the head says of the face that is shown: how it came to be, and the key that turns it over if it
/// `turns` here.
pub(super) fn remarks(
    model: &Model,
    recovery: Option<&Recovery>,
    is_source: bool,
    turns: bool,
) -> Vec<String> {
    let (said, other) = match (recovery, is_source) {
        (Some(recovery), _) => (recovery.remark(), "the source"),
        (None, true) => ("the source, as it stands in the file".to_owned(), "the page"),
        (None, false) => return Vec::new(),
    };
    if !turns {
        return vec![said];
    }
    let keys = model.keymap.keys_of(Place::Page, Command::ToggleSource);
    let key = keys.first().map(|keys| format!("{} shows {other}", key::show(keys)));
    [said].into_iter().chain(key).collect()
}

/// The file of a page as a document: one block of code with the page's headings.
pub(super) fn as_written(shown: &Loaded) -> Loaded {
    let recovery = shown.recovery.as_deref();
    let source: Arc<str> = match recovery {
        Some(recovery) => recovery.written.as_str().into(),
        None => Arc::clone(&shown.source),
    };
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let text = source.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_end_matches('\n').to_owned();
    let line_starts = std::iter::once(0).chain(line_ends(&source)).map(number);
    let code = Code {
        language: "markdown".to_owned(),
        info: "markdown".to_owned(),
        line_starts: line_starts.take(1 + text.matches('\n').count()).collect(),
        text: text.into(),
    };
    let known = &shown.document.facts;
    let mut facts = Facts {
        summary: known.summary.clone(),
        headings: known.headings.clone(),
        block_ids: known.block_ids.clone(),
        words: known.words,
        ..Facts::default()
    };
    if let Some(recovery) = recovery {
        let spans = facts.headings.iter_mut().map(|heading| &mut heading.span);
        for span in spans.chain(facts.block_ids.iter_mut().map(|block| &mut block.span)) {
            let start = recovery.to_written(&shown.source, span.start) as usize;
            let length = source[start..].find('\n').unwrap_or(source.len() - start);
            *span = ByteSpan::new(start..start + length);
        }
    }
    let span = ByteSpan::new(0..source.len());
    let leaves = if code.text.is_empty() {
        Vec::new()
    } else {
        vec![Leaf { kind: LeafKind::Code(Box::new(code)), container: None, span }]
    };
    let document = Document { facts, leaves, ..Document::default() };
    let notices = shown.notices.clone();
    Loaded {
        source,
        document: Arc::new(document),
        notices,
        recovery: None,
        embedded: Embedded::default(),
    }
}

/// Where each line but the first starts: after `\n`, `\r\n` or a lone `\r`.
fn line_ends(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
        .map(|at| at + 1)
}
