//! Large pages: shown by their beginning while the rest is parsed, parsed one at a time, and not twice where the
//! screen and the index both want them. Two at once would double the memory that the largest page of a wiki needs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use super::files::Files;
use super::read::Text;
use crate::app::msg::Loaded;
use crate::index::Index;
use crate::markdown::facts::Notice;
use crate::markdown::recover::PageText;
use crate::markdown::{self, Document, Facts};
use crate::vault::PagePath;

/// From so many bytes on a page is large: it takes longer to parse than a key may take.
const LARGE_BYTES: usize = 1 << 20;
/// So much of a large page is shown before the rest is parsed: many screens, and a matter of a millisecond.
const BEGINNING_BYTES: usize = 64 << 10;

/// The large page that was parsed last (for an index that does not know the wiki yet, so that nothing of other
/// pages is in it), as long as somebody holds its document.
#[derive(Debug)]
struct Last {
    path: PagePath,
    bytes: u64,
    /// What was odd about its bytes.
    notices: Vec<String>,
    document: Weak<Document>,
}

/// Whose turn it is to read and parse a large page, and what the one before left.
static TURN: Mutex<Option<Last>> = Mutex::new(None);

fn turn() -> MutexGuard<'static, Option<Last>> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads and parses a page for the screen, and puts in place what it embeds if `index` knows the wiki. Gives the
/// beginning of a large one to `begun` first, before the rest is read; nothing where that is enough.
pub(super) fn load(
    files: &Files,
    index: &Index,
    path: &PagePath,
    begun: impl FnOnce(Loaded) -> Enough,
) -> Option<Result<Loaded, String>> {
    // Before anybody knows of the page, so that the index waits for what is parsed here. Where it has its turn
    // already, the beginning need not wait for it.
    let mut held = TURN.try_lock().ok();
    if let Some(beginning) = beginning(files, path) {
        if begun(beginning) == Enough::Yes {
            return None;
        }
        held = held.or_else(|| Some(turn()));
    } else {
        held = None;
    }
    Some(files.read(path).map(|text| whole(files, index, path, text, held)))
}

/// The beginning of a large page, read and parsed without the rest; `None` of other pages.
fn beginning(files: &Files, path: &PagePath) -> Option<Loaded> {
    let most = 2 * BEGINNING_BYTES as u64;
    let Text { text, notices } = files.beginning(path, LARGE_BYTES as u64, most)?;
    let beginning = markdown::beginning(&text, BEGINNING_BYTES)?;
    Some(Loaded::new(beginning.to_owned(), notices))
}

fn whole(
    files: &Files,
    index: &Index,
    path: &PagePath,
    Text { text, notices }: Text,
    held: Option<MutexGuard<'_, Option<Last>>>,
) -> Loaded {
    let bytes = text.len();
    let turn = held.or_else(|| (bytes >= LARGE_BYTES).then(turn));
    let loaded = Loaded::new(text, notices.clone());
    if index.revision() > 0 {
        return loaded.composed(index, path, files);
    }
    if let Some(mut last) = turn {
        let document = Arc::downgrade(&loaded.document);
        *last = Some(Last { path: path.clone(), bytes: bytes as u64, notices, document });
    }
    loaded
}

/// Whether the beginning of a page is all that is wanted of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Enough {
    /// Another page is wanted by now.
    Yes,
    /// The rest is to follow.
    No,
}

/// What the index keeps of a page of `bytes` bytes. Of the page that was parsed last for the screen, its facts are
/// taken: once, so that whoever asks again reads the file again.
///
/// Gives them to `pack`; those of a page on the screen are not copied for that.
///
/// # Errors
/// A clause that says why the page cannot be read.
pub(super) fn facts<T>(
    files: &Files,
    path: &PagePath,
    bytes: u64,
    pack: impl FnOnce(&Facts) -> T,
) -> Result<T, String> {
    let mut turn = (bytes >= LARGE_BYTES as u64).then(turn);
    let last = turn.as_mut().and_then(|turn| turn.take());
    if let Some(last) = last.filter(|last| last.path == *path && last.bytes == bytes)
        && let Some(document) = last.document.upgrade()
    {
        return Ok(match last.notices {
            none if none.is_empty() => pack(&document.facts),
            notices => pack(&with(document.facts.clone(), notices)),
        });
    }
    let Text { text, notices } = files.read(path)?;
    Ok(pack(&with(PageText::new(text).facts(), notices)))
}

/// The facts of a page, and what was odd about its bytes.
fn with(mut facts: Facts, notices: Vec<String>) -> Facts {
    facts.notices.extend(notices.into_iter().map(|message| Notice { message, line: None }));
    facts
}
