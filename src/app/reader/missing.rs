//! Pages that stand in for one: for a page that nobody has written yet, and for one that cannot be read.
//! They are Markdown like any other page, so that they are read and walked like any other page.

use std::fmt::Write as _; // Into a `String`: what `write!` gives back is never an error.
use std::sync::Arc;

use super::arrival::Page;
use crate::app::model::WikiKind;
use crate::app::msg::{Embedded, Loaded};
use crate::index::{Index, PageId};
use crate::markdown::{self, Link};
use crate::text::scrub::scrub_line;
use crate::vault::PagePath;

/// How many near names are offered.
const MOST_NEAR: usize = 7;

/// The page of a name that no page has: what is nearest to it. Who asks for it stands in the tail.
pub(in crate::app) fn not_written(index: &Index, wiki: WikiKind, target: &str) -> Page {
    let why = match wiki {
        // Nobody knows what stands beside a page that is open alone.
        WikiKind::Single => "Only one page is open. Open its folder to read this one too.",
        WikiKind::Folder | WikiKind::Sample => "Nobody has written this page yet.",
    };
    let mut text = format!("# {}\n\n{why}\n", plain(target));
    let near = index.near(target, MOST_NEAR);
    if !near.is_empty() {
        text.push_str("\n## Near names\n\n");
    }
    for page in near.into_iter().filter_map(|id| index.page(id)) {
        let path = page.path.as_str();
        let label = page.title.replace(['[', ']', '|', '\n'], " ");
        let _ = writeln!(text, "- [[/{path}|{label}]] ({})", plain(path));
    }
    Page::new(loaded(&text))
}

/// The page that now answers to a name which no page had.
pub(super) fn written_since(index: &Index, from: &PagePath, target: &str) -> Option<PageId> {
    let link = Link::wiki(target);
    index.resolve(from, &link).page()
}

/// The page of a file that cannot be read: it says why.
pub(super) fn unreadable(title: &str, reason: &str) -> Loaded {
    loaded(&format!(
        "# {}\n\n> [!failure] This page cannot be read\n> {}\n",
        plain(title),
        plain(reason)
    ))
}

/// A text of the program as a page.
pub(in crate::app) fn loaded(text: &str) -> Loaded {
    let document = Arc::new(markdown::parse(text));
    Loaded {
        source: text.into(),
        document,
        notices: Vec::new(),
        recovery: None,
        embedded: Embedded::default(),
    }
}

/// Text in which nothing is Markdown, on one line.
pub(in crate::app) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in scrub_line(text).chars() {
        if c.is_ascii_punctuation() {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}
