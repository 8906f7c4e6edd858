//! What a peek says about things that are no pages: addresses, files, tags, folders; and the text of a note.
//! All of it is Markdown, so that it is shown and walked like any page.

use std::fmt::Write as _; // Into a `String`: what `write!` gives back is never an error.

use super::OpenPage;
use crate::app::reader::plain;
use crate::index::{Index, Page};
use crate::text::fold::fold;
use crate::vault::PagePath;

/// Pages that a list names at most.
const MOST_PAGES: usize = 100;
/// A step of four spaces at most belongs to a note and not to what stands in it (as of list items).
const NOTE_INDENT: usize = 4;

/// An address out of the wiki, in full.
pub(super) fn external(address: &str) -> String {
    plain(address)
}

/// A file that is no page: its name, what it is, how long it is.
pub(super) fn attachment(path: &PagePath, bytes: Result<u64, String>) -> String {
    let name = path.file_name();
    let kind = kind_of(name);
    let size = match bytes {
        Ok(bytes) => size(bytes),
        Err(reason) => format!("its length is not known: {}", plain(&reason)),
    };
    let folder = match path.folder() {
        "" => String::new(),
        folder => format!("\n\nin {}/", plain(folder)),
    };
    format!("**{}**\n\n{kind}, {size}{folder}\n", plain(name))
}

/// The pages that carry a tag or one nested below it.
pub(super) fn tag(index: &Index, tag: &str) -> String {
    let tag = fold(tag);
    let below = |name: &str| {
        fold(name).strip_prefix(&tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    list(index.pages().filter(|page| index.tags_of(page.id).into_iter().any(below)))
}

/// The pages of a folder and of those inside.
pub(super) fn folder(index: &Index, folder: &str) -> String {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    list(index.pages().filter(|page| page.path.as_str().starts_with(&prefix)))
}

/// The text of a page's note.
pub(super) fn note(open: &OpenPage, number: u32) -> String {
    let document = &open.document;
    let container = (number as usize)
        .checked_sub(1)
        .and_then(|nth| document.footnotes.get(nth)?.container)
        .map(|id| document.container(id));
    let text = container.and_then(|container| {
        let whole = open.source.get(container.span.range())?;
        if let Some(inline) = whole.strip_prefix("^[") {
            return Some(inline.strip_suffix(']').unwrap_or(inline));
        }
        let first = document.leaves.get(container.leaves.start as usize)?.span.start;
        open.source.get(first as usize..container.span.end as usize)
    });
    text.map_or_else(|| "Nobody has written this note.\n".to_owned(), dedented)
}

/// A note's text without the indentation that makes its further lines a part of it.
fn dedented(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (nth, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let less = if nth == 0 { 0 } else { indent.min(NOTE_INDENT) };
        let line = if nth > 0 { line.strip_prefix('\t').unwrap_or(&line[less..]) } else { line };
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn list<'a>(pages: impl Iterator<Item = &'a Page>) -> String {
    let mut pages: Vec<&Page> = pages.collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    let mut text = match pages.len() {
        0 => "No pages.\n".to_owned(),
        1 => "1 page\n\n".to_owned(),
        count => format!("{count} pages\n\n"),
    };
    for page in pages.iter().take(MOST_PAGES) {
        let label = page.title.replace(['[', ']', '|', '\n'], " ");
        let _ = writeln!(text, "- [[/{}|{label}]]", page.path);
    }
    if let Some(more) = pages.len().checked_sub(MOST_PAGES).filter(|more| *more > 0) {
        let _ = writeln!(text, "- and {more} more");
    }
    text
}

/// What a file is, by the end of its name.
fn kind_of(name: &str) -> String {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let kind = match extension.to_ascii_lowercase().as_str() {
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" | "bmp" | "avif" | "heic" | "tiff" => {
            "image"
        }
        "mp3" | "wav" | "flac" | "ogg" | "m4a" | "opus" => "sound",
        "mp4" | "mov" | "mkv" | "webm" | "avi" => "film",
        "csv" | "tsv" | "xls" | "xlsx" | "ods" => "table",
        "zip" | "tar" | "gz" | "xz" | "zst" | "7z" => "archive",
        "" => return "file".to_owned(),
        _ => "file",
    };
    format!("{} {kind}", plain(&extension.to_uppercase()))
}

/// A length in the unit that a reader would use: `812 bytes`, `12.3 kB`.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} bytes");
    }
    // Tenths, so that no more than whole numbers is needed.
    let (mut tenths, mut unit) = (bytes / 100, 0);
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1000;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_said_in_fitting_units() {
        let check = |bytes, expected: &str| assert_eq!(size(bytes), expected);
        check(0, "0 bytes");
        check(999, "999 bytes");
        check(1000, "1.0 kB");
        check(12_345, "12.3 kB");
        check(999_999, "999.9 kB");
        check(1_000_000, "1.0 MB");
        check(u64::MAX, "18446744.0 TB");
    }

    #[test]
    fn files_are_told_by_the_end_of_their_names() {
        let check = |name, expected: &str| assert_eq!(kind_of(name), expected);
        check("a.PNG", "PNG image");
        check("a.tar.gz", "GZ archive");
        check("a.weird", "WEIRD file");
        check("Makefile", "file");
    }

    #[test]
    fn a_note_loses_the_indentation_that_made_it_one() {
        let text = "One.\n\n    Two,\n  and more.\n\n        code\n\ttab";
        assert_eq!(dedented(text), "One.\n\nTwo,\nand more.\n\n    code\ntab\n");
    }
}
