//! The explanations as Markdown, so that they are shown and walked like any page.

use std::fmt::Write as _; // Into a `String`: what `write!` gives back is never an error.

use crate::app::reader::plain;
use crate::index::explain::{Explanation, Tagged};
use crate::index::{Index, PageId};
use crate::markdown::{Link, TagOrigin};
use crate::search::query::{Explained, Part, Query};
use crate::vault::PagePath;

/// Pages and candidates that a list names at most.
const MOST: usize = 50;

/// A link: what it says, the answer, the candidates with what became of them, the looks that were taken.
pub(super) fn link(index: &Index, from: &PagePath, link: &Link, told: &Explanation) -> String {
    let mut text = format!("{}\n\n**{}**\n", plain(&told.says), plain(&told.answer));
    if let Some(fragment) = &told.fragment {
        let _ = write!(text, "\n{}\n", plain(fragment));
    }
    match told.candidates.len() {
        0 | 1 => {}
        count => {
            let _ = write!(text, "\n{count} could be meant, in this order:\n\n");
        }
    }
    if told.candidates.len() > 1 {
        for candidate in told.candidates.iter().take(MOST) {
            let path = named(&candidate.path);
            let lost = candidate.lost.map_or("**chosen**".to_owned(), |lost| format!("no: {lost}"));
            let _ = writeln!(text, "1. {path}: {}; {lost}", candidate.why);
        }
        more(told.candidates.len(), &mut text);
    }
    if !told.near.is_empty() {
        text.push_str("\nNames near to it:\n\n");
        for page in told.near.iter().filter_map(|id| index.page(*id)) {
            let _ = writeln!(
                text,
                "- {} ({})",
                titled(&page.path, page.label()),
                plain(page.path.as_str())
            );
        }
    }
    if !told.looks.is_empty() {
        text.push_str("\nLooked for, one after the other:\n\n");
        for look in &told.looks {
            let _ = writeln!(text, "1. {}", plain(look));
        }
    }
    if link.line > 0 && index.at(from).is_some() {
        let _ = write!(text, "\nIt stands on {}, line {}.\n", named(from), link.line);
    }
    text
}

/// What the list of the finder shows beside the pages that a query with words counts.
pub(super) const LETTERS: &str = "\nCounted are pages whose title, alias or path holds each word as it stands. \
     The list also finds names, headings and tags that hold its letters one after the other.\n";

/// A query whose pages are still being counted.
pub(super) fn counting(query: &Query) -> String {
    format!("**{}**\n\nCounting ...\n", plain(&sentence(&query.in_words())))
}

/// A query in words, with the counts of the whole and of its parts.
pub(super) fn query(told: &Explained) -> String {
    let Explained { words, met, all, parts } = told;
    let pages = if *all == 1 { "page" } else { "pages" };
    let mut text = format!("**{}**: {met} of {all} {pages}.\n\n", plain(&sentence(words)));
    list(parts, 0, &mut text);
    text
}

fn list(parts: &[Part], depth: usize, text: &mut String) {
    for part in parts {
        let indent = "    ".repeat(depth);
        let left = part.left.map_or(String::new(), |left| format!(", which leaves **{left}**"));
        let _ = writeln!(text, "{indent}- {}: {}{left}", plain(&part.words), part.met);
        list(&part.parts, depth + 1, text);
    }
}

/// A tag: who carries it, how it was written, what is nested below it.
pub(super) fn tag(index: &Index, told: &Tagged, on_page: bool) -> String {
    let Tagged { tag, own, nested, below, origins, here } = told;
    let mut text = match own.len() {
        0 => format!("**{}** stands on no page by itself", plain(&format!("#{tag}"))),
        1 => format!("**{}** stands on 1 page", plain(&format!("#{tag}"))),
        count => format!("**{}** stands on {count} pages", plain(&format!("#{tag}"))),
    };
    match nested.len() {
        0 => text.push_str(".\n"),
        1 => text.push_str(", and 1 more page carries a tag below it.\n"),
        count => {
            let _ = writeln!(text, ", and {count} more carry a tag below it.");
        }
    }
    if on_page && !here.is_empty() {
        let places: Vec<String> =
            here.iter().map(|(origin, times)| place(*origin, *times)).collect();
        let _ = write!(text, "\nOn this page it stands {}.\n", places.join(", "));
    }
    if !origins.is_empty() {
        text.push_str("\nWhere it was written:\n\n");
        for (origin, pages) in origins {
            let pages = if *pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") };
            let _ = writeln!(text, "- {}: {pages}", place(*origin, 1));
        }
    }
    if !below.is_empty() {
        text.push_str("\nTags below it:\n\n");
        for (tag, count) in below.iter().take(MOST) {
            let _ = writeln!(text, "- {}: {count}", plain(&format!("#{tag}")));
        }
        more(below.len(), &mut text);
    }
    if !own.is_empty() || !nested.is_empty() {
        text.push_str("\nPages:\n\n");
        let pages = own.iter().chain(nested);
        for page in pages.take(MOST).filter_map(|id: &PageId| index.page(*id)) {
            let _ = writeln!(text, "- {}", titled(&page.path, page.label()));
        }
        more(own.len() + nested.len(), &mut text);
    }
    text
}

fn place(origin: TagOrigin, times: usize) -> String {
    let place = match origin {
        TagOrigin::FrontMatter => "in the front matter",
        TagOrigin::Inline => "in the text",
        TagOrigin::Section => "under a heading Tags",
    };
    if times > 1 { format!("{times} times {place}") } else { place.to_owned() }
}

fn more(count: usize, text: &mut String) {
    if let Some(more) = count.checked_sub(MOST).filter(|more| *more > 0) {
        let _ = writeln!(text, "- and {more} more");
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A link to a file, by its path.
fn named(path: &PagePath) -> String {
    titled(path, path.as_str())
}

fn titled(path: &PagePath, label: &str) -> String {
    let label = label.replace(['[', ']', '|', '\n'], " ");
    format!("[[/{path}|{label}]]")
}
