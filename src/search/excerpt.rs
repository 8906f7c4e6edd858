//! Excerpts: the sentence that holds a link.
//!
//! The block is read by the one Markdown parser, so that an excerpt shows just the text that the page
//! shows; here is known only where a sentence ends and what is left out of a long one.

use std::ops::Range;

use super::floor_boundary;
use crate::markdown::document::{Inlines, Target};
use crate::markdown::{self, Document, Kept, LeafKind, LinkId};
use crate::text::scrub::scrub_line;
use crate::text::span::ByteSpan;

/// About the most that an excerpt shows, in bytes.
pub const MAX_EXCERPT_BYTES: usize = 300;

/// How much of a longer block is read on either side of the link, in bytes: a paragraph may have
/// megabytes.
const READ_BYTES: usize = 4_000;

/// How far above a row its table's delimiter row is looked for, in bytes.
const TABLE_BYTES: usize = 100_000;

/// A sentence with a marked part.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Excerpt {
    /// The sentence as shown: one line, Markdown marks removed, links by their shown text, scrubbed.
    pub text: String,
    /// Byte range of `text` that is the link.
    pub marked: (u32, u32),
}

/// The sentence of `source` around `link`, within `context` (the block that holds it).
#[must_use]
pub fn sentence(source: &str, context: ByteSpan, link: ByteSpan) -> Excerpt {
    let start = floor_boundary(source, link.range().start);
    let end = floor_boundary(source, link.range().end).max(start);
    let from = floor_boundary(
        source,
        context.range().start.clamp(start.saturating_sub(READ_BYTES), start),
    );
    let to = floor_boundary(source, context.range().end.clamp(end, end + READ_BYTES));
    let block = &source[from..to];
    let link = ByteSpan::new(start - from..end - from);
    let is_row = is_row(source, from..to);
    let document = markdown::parse(&if is_row { table_of_row(block) } else { block.into() });
    let mut shown = shown(&document, link).unwrap_or_else(|| raw(block, link));
    unquote_property(&mut shown);
    cut(&shown)
}

/// The sentence of a text as it is shown, around a part of it.
#[must_use]
pub fn in_shown(text: &str, part: Range<usize>) -> Excerpt {
    let from = floor_boundary(text, part.start.saturating_sub(READ_BYTES));
    let to = floor_boundary(text, part.end.saturating_add(READ_BYTES));
    cut(&Shown {
        before: text[from..part.start].to_owned(),
        marked: text[part.clone()].to_owned(),
        after: text[part.end..to].to_owned(),
    })
}

/// Whether the line at `place` is a row of a table. A pipe at its start says so; other pipes do
/// where a delimiter row (GFM 4.10) stands right under it, or above with nothing but rows between.
fn is_row(source: &str, place: Range<usize>) -> bool {
    let row = &source[place.clone()];
    if row.contains('\n') || !row.contains('|') {
        return false;
    }
    let mut below = source[place.end..].lines().skip(1);
    let far = floor_boundary(source, place.start.saturating_sub(TABLE_BYTES));
    let above = &source[far..place.start];
    // Of the line itself only a prefix can stand there: that of a quote.
    let above = above.lines().rev().skip(usize::from(!above.ends_with('\n')));
    row.starts_with('|')
        || below.next().is_some_and(is_delimiter_row)
        || above.take_while(|line| line.contains('|')).any(is_delimiter_row)
}

fn is_delimiter_row(line: &str) -> bool {
    let fits = |c: char| matches!(c, '|' | '-' | ':' | '>' | ' ' | '\t');
    line.contains('-') && line.contains('|') && line.chars().all(fits)
}

/// A table with `row` as its header: in tables the context is one row, which alone is no table.
fn table_of_row(row: &str) -> String {
    let mut escaped = false;
    let mut pipes = 0;
    for byte in row.trim_start_matches('|').trim_end().trim_end_matches('|').bytes() {
        pipes += usize::from(byte == b'|' && !escaped);
        escaped = byte == b'\\' && !escaped;
    }
    format!("{row}\n|{}", "---|".repeat(pipes + 1))
}

/// A line of text with a marked part, before it is cut to a sentence.
#[derive(Debug)]
struct Shown {
    before: String,
    marked: String,
    after: String,
}

/// The text of the paragraph, heading or table row that holds the link at `span` of the block.
fn shown(document: &Document, span: ByteSpan) -> Option<Shown> {
    let links = &document.facts.links;
    let id = LinkId::try_from(links.iter().position(|link| link.span == span)?).ok()?;
    document.leaves.iter().find_map(|leaf| match &leaf.kind {
        LeafKind::Paragraph(content)
        | LeafKind::Heading { content, .. }
        | LeafKind::CalloutTitle(content)
        | LeafKind::DetailsSummary(content)
        | LeafKind::DefinitionTerm(content) => around(&content.open(), id),
        LeafKind::Table(table) => table.rows().find_map(|row| row_around(row, id)),
        LeafKind::Embed(embed) if *embed == id => {
            let link = links.get(id as usize)?;
            let marked = link.alias().unwrap_or(link.target()).to_owned();
            Some(Shown { before: String::new(), marked, after: String::new() })
        }
        _ => None,
    })
}

/// The runs of the link `id` in `content`, and the text on both sides.
fn around(content: &Inlines, id: LinkId) -> Option<Shown> {
    let mut of_link =
        content.ranges().filter(|(_, run)| run.target == Target::Link(id)).map(|(range, _)| range);
    let first = of_link.next()?;
    let end = of_link.last().map_or(first.end, |last| last.end);
    Some(Shown {
        before: content.text.get(..first.start)?.to_owned(),
        marked: content.text.get(first.start..end)?.to_owned(),
        after: content.text.get(end..)?.to_owned(),
    })
}

/// As [`around`], with the other cells of the row on both sides.
fn row_around(row: &[Kept], id: LinkId) -> Option<Shown> {
    let (column, mut shown) = row
        .iter()
        .enumerate()
        .find_map(|(column, cell)| Some((column, around(&cell.open(), id)?)))?;
    for cell in row[..column].iter().rev().filter(|cell| !cell.is_empty()) {
        shown.before = format!("{} · {}", cell.text(), shown.before);
    }
    for cell in row[column + 1..].iter().filter(|cell| !cell.is_empty()) {
        shown.after.push_str(" · ");
        shown.after.push_str(&cell.text());
    }
    Some(shown)
}

/// Takes the quotes off a property that is a link: `up: "[[x]]"`.
fn unquote_property(shown: &mut Shown) {
    let Some(quote) = shown.before.chars().next_back().filter(|c| matches!(c, '"' | '\'')) else {
        return;
    };
    let key = shown.before[..shown.before.len() - 1].trim_end();
    if (key.is_empty() || key.ends_with(':')) && shown.after.trim().chars().eq([quote]) {
        shown.before.pop();
        shown.after.clear();
    }
}

/// The line of the link as it is written, where the parser does not show the link: in front matter,
/// or by a reference whose definition stands elsewhere.
fn raw(block: &str, link: ByteSpan) -> Shown {
    let (before, rest) = block.split_at(link.range().start);
    let (marked, after) = rest.split_at(link.len());
    let unquoted = |text: &str| text.trim_matches(['"', '\'', ' ']).to_owned();
    let inside = marked.trim_start_matches('!').trim_start_matches('[').trim_end_matches(']');
    let inside = inside.rsplit_once('|').map_or(inside, |(_, alias)| alias);
    let before = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let before = unquoted(before.trim_start().trim_start_matches("- "));
    Shown {
        before: if before.is_empty() { before } else { before + " " },
        marked: inside.to_owned(),
        after: unquoted(after.split(['\n', '\r']).next().unwrap_or_default()),
    }
}

/// The sentence around the marked part: on one line, scrubbed, not too long.
fn cut(shown: &Shown) -> Excerpt {
    let before = &shown.before[last_sentence(&shown.before)..];
    let after =
        if ends_sentence(&shown.marked, &shown.after) { "" } else { first_sentence(&shown.after) };
    let marked = clean(&shown.marked);
    let marked = marked.trim();
    let before = clean(before);
    let before = before.trim_start();
    let after = clean(after);
    let after = after.trim_end();

    let marked = shorten(marked, MAX_EXCERPT_BYTES / 2);
    let room = MAX_EXCERPT_BYTES - marked.len().min(MAX_EXCERPT_BYTES);
    // Each side may use what the other one leaves.
    let before_room = (room / 2).max(room.saturating_sub(after.len()));
    let before = shorten_start(before, before_room);
    let after = shorten(after, room.saturating_sub(before.len()));

    let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let range = (place(before.len()), place(before.len() + marked.len()));
    Excerpt { text: before + &marked + &after, marked: range }
}

/// `text` scrubbed, with every stretch of white space as one space.
fn clean(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            c => line.push(c),
        }
    }
    scrub_line(&line).into_owned()
}

/// The start of `text` in at most about `max` bytes, cut after a word where one ends near by.
fn shorten(text: &str, max: usize) -> String {
    if text.len() <= max {
        return text.to_owned();
    }
    let kept = &text[..floor_boundary(text, max)];
    let word = kept.rfind(' ').filter(|at| kept.len() - at < 30).unwrap_or(kept.len());
    format!("{}…", &kept[..word])
}

/// The end of `text` in at most about `max` bytes, cut before a word where one starts near by.
fn shorten_start(text: &str, max: usize) -> String {
    if text.len() <= max {
        return text.to_owned();
    }
    let kept = &text[floor_boundary(text, text.len() - max)..];
    let word = kept.find(' ').filter(|at| *at < 30).map_or(0, |at| at + 1);
    format!("…{}", &kept[word..])
}

/// Where the sentence starts that is not over at the end of `text`.
fn last_sentence(text: &str) -> usize {
    // A sign at the very end belongs to what follows: `v.[[x]]`.
    let signs = text
        .char_indices()
        .rev()
        .filter(|(at, c)| is_sentence_sign(*c) && at + c.len_utf8() < text.len());
    let mut ends = signs.filter_map(|(at, sign)| sentence_end(text, at, sign));
    ends.next().unwrap_or(0)
}

/// The first sentence of `text`, its sign included.
fn first_sentence(text: &str) -> &str {
    let signs = text.char_indices().filter(|(_, c)| is_sentence_sign(*c));
    let mut ends = signs.filter_map(|(at, sign)| sentence_end(text, at, sign));
    &text[..ends.next().unwrap_or(text.len())]
}

/// Whether the link itself ends its sentence, as in `See [[Who?]] Then ...`.
fn ends_sentence(marked: &str, after: &str) -> bool {
    marked.ends_with(is_sentence_sign)
        && !marked.ends_with('.')
        && after.trim_start().starts_with(char::is_uppercase)
}

fn is_sentence_sign(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '。' | '！' | '？')
}

/// The end of the sentence, closing quotes included, if one ends with the sign at `at`: a CJK sign
/// always ends one; others do before white space and what is no small letter, unless they belong to an
/// abbreviation.
fn sentence_end(text: &str, at: usize, sign: char) -> Option<usize> {
    let rest =
        text[at + sign.len_utf8()..].trim_start_matches(['"', '\'', ')', ']', '”', '’', '」']);
    let next = rest.trim_start();
    let parted = next.len() < rest.len() || rest.is_empty();
    let ends = !sign.is_ascii()
        || parted
            && !next.starts_with(char::is_lowercase)
            && (sign != '.' || !is_abbreviation(&text[..at]));
    ends.then(|| text.len() - rest.len())
}

/// Whether the word at the end of `text` is one that a full stop does not end a sentence after.
fn is_abbreviation(text: &str) -> bool {
    const KNOWN: &[&str] = &[
        "approx", "ca", "cf", "dr", "e.g", "etc", "fig", "i.e", "mr", "mrs", "ms", "prof", "st",
        "vs", "z.b",
    ];
    let start = text
        .rfind(|c: char| !(c.is_alphanumeric() || c == '.'))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let word = text[start..].to_lowercase();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    initial || KNOWN.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The sentence around the first link of a page, the link in `«»`.
    #[track_caller]
    fn check(source: &str, expected: &str) {
        let facts = markdown::facts(source);
        let link = facts.links.last().expect("a link");
        assert_eq!(marked(&sentence(source, link.context, link.span)), expected, "{source:?}");
    }

    fn marked(excerpt: &Excerpt) -> String {
        let (start, end) = (excerpt.marked.0 as usize, excerpt.marked.1 as usize);
        let text = &excerpt.text;
        format!("{}«{}»{}", &text[..start], &text[start..end], &text[end..])
    }

    #[test]
    fn the_sentence_is_cut_out() {
        check("One here. Two [[x]] there! Three.", "Two «x» there!");
        check("One [[x]].", "One «x».");
        check("Is it? [[x]] is. No.", "«x» is.");
        check("第一句。第二句[[x]]在这里。第三句。", "第二句«x»在这里。");
        check(
            "By Dr. Smith, e.g. in [[x]] v. 2.0 of it. End.",
            "By Dr. Smith, e.g. in «x» v. 2.0 of it.",
        );
        check("He said \"No.\" Then [[x]] came.", "Then «x» came.");
        check("Wrapped\nlines [[x]]\nare one.", "Wrapped lines «x» are one.");
    }

    #[test]
    fn marks_are_removed_and_links_shown_by_their_text() {
        check(
            "A **bold** `co*de` [text](u.md) and [[y|why]] [[a/b#c|alias]] end",
            "A bold co*de text and why «alias» end",
        );
        check("# Copy of [[x|y]]", "Copy of «y»");
        check("- [ ] task [[x]] ^id", "task «x»");
        check("> quoted [[x]]", "quoted «x»");
        check("1. one\n2. two [[x]]\n3. three", "two «x»");
        check("See [the *page*](x.md).", "See «the page».");
        check("| a | b |\n|---|---|\n| one | [[x\\|y]] |\n| two | z |", "one · «y»");
        check("| a | b | c |\n|---|---|---|\n| d \\| e | [[x]] | [[z]] |", "d | e · x · «z»");
        check("a | b | c\n-|-|-\nd \\| e | [[x]] | f", "d | e · «x» · f");
        check("a | [[x]]\n:--|--\nb | c", "a · «x»");
        check("> | a | b |\n> |---|---|\n> | one | [[x]] |", "one · «x»");
        check("a | [[x]]\n\n- b | c", "a | «x»");
        check("![[x]]", "«x»");
    }

    #[test]
    fn front_matter_shows_its_line() {
        check("---\nup: \"[[x]]\"\n---\n", "up: «x»");
        check("---\nup:\n  - \"[[x|y]]\"\n---\n", "«y»");
    }

    #[test]
    fn long_sentences_are_cut_around_the_link() {
        let source = format!("{}[[x]] {}", "vor ".repeat(500), "nach ".repeat(500));
        let facts = markdown::facts(&source);
        let excerpt = sentence(&source, facts.links[0].context, facts.links[0].span);
        assert!(excerpt.text.len() <= MAX_EXCERPT_BYTES + 10, "{}", excerpt.text.len());
        assert!(excerpt.text.starts_with("…vor ") && excerpt.text.ends_with("nach…"));
        assert!(marked(&excerpt).contains(" «x» "));
    }

    #[test]
    fn nothing_in_it_acts_on_the_terminal() {
        check("A \u{1b}[31m red [[x\u{202e}y]]\tend", "A ␛[31m red «x\u{fffd}y» end");
    }

    proptest! {
        #[test]
        fn any_spans_of_any_text_are_safe(source in "([a-z.!?]{0,5}|\\[\\[x\\]\\]|é|日。| |\n|\\||>|- |\"){0,30}", a in 0u32..80, b in 0u32..80, c in 0u32..80, d in 0u32..80) {
            let excerpt = sentence(&source, ByteSpan { start: a, end: b }, ByteSpan { start: c, end: d });
            prop_assert!(excerpt.text.get(excerpt.marked.0 as usize..excerpt.marked.1 as usize).is_some());
            prop_assert!(!excerpt.text.contains('\n'));
        }
    }
}
