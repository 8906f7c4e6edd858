//! Full text: words, `"phrases"`, `/regex/`, `line:(...)` and `section:(...)` in the text of pages, line by
//! line.
//!
//! A page is first asked as a whole whether it holds every part; its lines are looked at only then,
//! and only where something was found. Knows no files: a worker hands in the texts.
//!
//! | room | what it knows |
//! |---|---|
//! | [`doubt`] | what is not finished, and what may have been meant as more than a word |
//! | `fields` | which pieces are conditions of the query language |
//! | `lines` | where lines begin and end |
//! | `scope` | `line:(...)` and `section:(...)` |
//! | `passage` | what is looked for on one page alone |
//! | `names` | titles, aliases and headings of all pages, asked at once |
//! | [`rank`] | which pages come first, before any text was read |
//! | [`signature`] | what tells of a page that it cannot hold a text, without reading it |
//! | [`signatures`] | those of all pages, in memory and as bytes |

pub mod doubt;
mod fields;
mod lines;
mod names;
mod passage;
pub mod rank;
mod scope;
pub mod signature;
pub mod signatures;

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;

pub use passage::passage;

use super::edges::{self, Fit};
use super::floor_boundary;
use super::query::{Query, QueryError, bad_pattern};
use crate::text::span::ByteSpan;
use lines::{after_line_end, count_lines, line_end, line_start, lines, lines_with_places};
use rank::Candidate;
use scope::Group;
use signature::Signature;

/// The most of a line that a hit shows, in bytes: some lines have megabytes.
pub const MAX_HIT_BYTES: usize = 400;

/// How much of a longer line is shown before its first match, in bytes.
const BEFORE_MATCH_BYTES: usize = 80;

/// A compiled search: all parts must occur in a page; lines that hold any part are hits.
#[derive(Clone, Debug)]
pub struct TextSearch {
    /// Each must occur.
    wanted: Vec<Part>,
    /// None may occur.
    excluded: Vec<Part>,
    /// Each must occur somewhere.
    groups: Vec<Group>,
    /// All words of it as one phrase, where it is several words and nothing else: a title may be that.
    whole: Option<Part>,
    /// Any of `wanted`, for the places of the hits; `None` where there are only groups.
    any: Option<Regex>,
    /// Whether `any` may match across line ends, so that lines must be looked at one by one.
    by_line: bool,
    /// What pages must meet beside: `tag:x`, `-path:y`, `updated<30d`.
    pub fields: Query,
    /// The most of a line that a hit holds, in bytes; [`MAX_HIT_BYTES`] where nobody says otherwise.
    pub line_bytes: usize,
}

/// One thing to look for.
#[derive(Clone, Debug)]
struct Part {
    pattern: Regex,
    /// A pattern as typed may match across line ends; words and phrases cannot.
    typed: bool,
    /// Three-letter sequences of which a text that holds the part has all of at least one list. None
    /// where that is not known.
    grams: Vec<Vec<u32>>,
}

/// A line that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The first line is 1.
    pub line: u32,
    /// Place of the first match in its line, in characters, the first being 1.
    pub column: u32,
    /// Byte offset of the first match in the page's text.
    pub at: u32,
    /// The line without its end; of a long line at most [`TextSearch::line_bytes`] around the first match,
    /// with `…` where it was cut.
    pub text: String,
    /// Byte ranges of `text` that match; none where only the page's title does.
    pub matched: Vec<(u32, u32)>,
    /// How much the line tells of the page beside its other hits: more for a heading, for several
    /// parts on one line, and for words rather than parts of words.
    pub weight: u8,
}

impl TextSearch {
    /// Compiles `text`. Smart case: an upper case letter in a part makes that part case-sensitive.
    /// A leading `-` excludes pages that hold the part. An accent is found whether a page writes it
    /// composed or decomposed; in a phrase any blanks stand for any others on the line. Conditions of the
    /// query language (`tag:x`) say on which pages.
    ///
    /// # Errors
    /// An invalid pattern, a condition that is none, or nothing to look for.
    pub fn new(text: &str) -> Result<Self, QueryError> {
        let (fields, pieces) = fields::parted(text)?;
        let mut groups = Vec::new();
        let mut rest = Vec::new();
        for (piece, span) in &pieces {
            match Group::new(piece, *span)? {
                Some(group) => groups.push(group),
                None => rest.push((piece.as_str(), *span)),
            }
        }
        let words: Vec<_> = rest.iter().map(|(piece, _)| *piece).collect();
        let (wanted, excluded) = parts(rest)?;
        let words_alone = wanted.len() > 1 && groups.is_empty() && excluded.is_empty();
        let whole = words_alone.then(|| Part::words(&words.join(" ")));
        let all = ByteSpan::new(0..text.len());
        if wanted.is_empty() && groups.is_empty() {
            let message = if excluded.is_empty() && fields.expression.is_some() {
                "nothing to look for on these pages: add a word, a \"phrase\" or a /pattern/"
            } else if excluded.is_empty() {
                "nothing to look for: write a word, a \"phrase\" or a /pattern/"
            } else {
                "nothing to look for beside what is excluded: add a word that the page must hold"
            };
            return Err(QueryError { message: message.to_owned(), span: all });
        }
        let any = (!wanted.is_empty()).then(|| any_of(&wanted, all)).transpose()?;
        let by_line = !groups.is_empty() || wanted.iter().any(|part| part.typed);
        Ok(Self {
            wanted,
            excluded,
            groups,
            whole,
            any,
            by_line,
            fields,
            line_bytes: MAX_HIT_BYTES,
        })
    }

    /// Whether the page's text holds every part and nothing excluded.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.matches("", text)
    }

    /// Whether every part stands in the title or the text, and nothing excluded.
    fn matches(&self, title: &str, text: &str) -> bool {
        let occurs = |part: &Part| part.occurs(text) || part.occurs(title);
        self.wanted.iter().all(occurs)
            && !self.excluded.iter().any(occurs)
            && self.groups.iter().all(|group| !group.places(text).is_empty())
    }

    /// Whether a page may match, as far as the signature of its text tells.
    #[must_use]
    pub fn may_match(&self, page: Candidate, signature: &Signature<'_>) -> bool {
        let may = |part: &Part| part.may_occur(signature);
        // Of further parts nothing is known: they may stand in the title.
        let in_title = |nth: u32| page.titled.checked_shr(nth).is_none_or(|bits| bits & 1 == 1);
        (0..).zip(&self.wanted).all(|(nth, part)| may(part) || in_title(nth))
            && self.groups.iter().flat_map(|group| &group.wanted).all(may)
    }

    /// What is to be marked where the pages are shown: any part, in any place.
    #[must_use]
    pub fn marks(&self) -> Option<Regex> {
        let groups = self.groups.iter().map(|group| &group.any);
        let sources: Vec<_> =
            self.any.iter().chain(groups).map(|any| format!("(?:{})", any.as_str())).collect();
        compile(&sources.join("|")).ok()
    }

    /// The hits in one page's text, in order; at most `max`.
    #[must_use]
    pub fn find(&self, text: &str, max: usize) -> Vec<Hit> {
        self.find_in("", text, max)
    }

    /// As [`Self::find`], of a page of that title: what stands there need not stand in the text. Where
    /// nothing does, the first line with text stands for the page.
    #[must_use]
    pub fn find_in(&self, title: &str, text: &str, max: usize) -> Vec<Hit> {
        let mut hits = Vec::new();
        if !self.matches(title, text) {
            return hits;
        }
        let places: Vec<_> = self.groups.iter().map(|group| group.places(text)).collect();
        let mut number = 1;
        let mut at = 0;
        while hits.len() < max && at <= text.len() {
            // Without patterns, all lines up to the next match are skipped at once.
            let next = match &self.any {
                Some(any) if !self.by_line => any.find_at(text, at).map(|found| found.start()),
                _ => Some(at),
            };
            let Some(next) = next else { break };
            let start = line_start(text, at, next);
            number += count_lines(&text.as_bytes()[at..start]);
            let end = line_end(text, start);
            let within = |places: &Vec<Range<usize>>| {
                let nth = places.partition_point(|place| place.end <= start);
                places.get(nth).is_some_and(|place| place.start <= start)
            };
            let groups = self.groups.iter().zip(&places).filter(|(_, places)| within(places));
            let patterns: Vec<&Regex> =
                self.any.iter().chain(groups.map(|(group, _)| &group.any)).collect();
            if let Some(mut hit) = hit(&patterns, &text[start..end], start, number, self.line_bytes)
            {
                hit.weight = self.weight(&text[start..end]);
                hits.push(hit);
            }
            at = after_line_end(text, end);
            number += 1;
        }
        if hits.is_empty() && max > 0 {
            hits.extend(first_line(text, self.line_bytes));
        }
        hits
    }

    /// How much of words the parts are that stand on a page: as the one that fits worst. What a name of the page
    /// begins a word with counts as one there.
    #[must_use]
    pub fn fit(&self, page: Candidate, text: &str) -> Fit {
        let grouped = self.groups.iter().flat_map(|group| &group.wanted);
        let fit = |(nth, part): (u32, &Part)| {
            let named = page.named.checked_shr(nth).is_some_and(|bits| bits & 1 == 1);
            if named { Fit::Word } else { part.fit(text).unwrap_or(Fit::Inside) }
        };
        (0..).zip(self.wanted.iter().chain(grouped)).map(fit).min().unwrap_or(Fit::Word)
    }

    fn weight(&self, line: &str) -> u8 {
        let heading = if scope::is_heading(line) { 12 } else { 0 };
        let held = self.wanted.iter().take(8).map(|part| match part.fit(line) {
            Some(Fit::Word) => 3,
            Some(Fit::Start) => 2,
            Some(Fit::Inside) => 1,
            None => 0,
        });
        heading + held.sum::<u8>()
    }
}

/// The first line with text, with nothing in it marked.
fn first_line(text: &str, line_bytes: usize) -> Option<Hit> {
    let lines = (1..).zip(lines_with_places(text));
    let mut written = lines.filter(|(_, (line, _))| !line.trim().is_empty() && *line != "---");
    let (number, (line, place)) = written.next()?;
    let shown = window(line, 0, line_bytes);
    let text = line[shown].to_owned();
    Some(Hit { line: number, column: 1, at: small(place.start), text, matched: vec![], weight: 0 })
}

/// The hit in one line that starts at `start`, if it has a match that is not empty.
fn hit(
    patterns: &[&Regex],
    line: &str,
    start: usize,
    number: u32,
    line_bytes: usize,
) -> Option<Hit> {
    let all = patterns.iter().flat_map(|pattern| pattern.find_iter(line));
    let mut found: Vec<Range<usize>> =
        all.map(|found| found.range()).filter(|found| !found.is_empty()).collect();
    if patterns.len() > 1 {
        // What several patterns match is marked once.
        found.sort_unstable_by_key(|found| (found.start, std::cmp::Reverse(found.end)));
        let mut end = 0;
        found.retain(|found| {
            let free = found.start >= end;
            end = end.max(found.end);
            free
        });
    }
    let first = found.first()?.clone();
    let shown = window(line, first.start, line_bytes);
    let mut text = String::with_capacity(shown.len() + 6);
    if shown.start > 0 {
        text.push('…');
    }
    let shift = text.len();
    text.push_str(&line[shown.clone()]);
    if shown.end < line.len() {
        text.push('…');
    }
    let place = |byte: usize| small(byte.clamp(shown.start, shown.end) - shown.start + shift);
    let matched = found
        .iter()
        .take_while(|found| found.start < shown.end)
        .map(|found| (place(found.start), place(found.end)))
        .collect();
    let column = small(line[..first.start].chars().count() + 1);
    Some(Hit { line: number, column, at: small(start + first.start), text, matched, weight: 0 })
}

/// The parts of a list of words: those that must occur, and those that must not.
fn parts(pieces: Vec<(&str, ByteSpan)>) -> Result<(Vec<Part>, Vec<Part>), QueryError> {
    let mut wanted = Vec::new();
    let mut excluded = Vec::new();
    for (piece, span) in pieces {
        let (list, source) = match piece.strip_prefix('-') {
            Some(rest) if !rest.is_empty() => (&mut excluded, rest),
            _ => (&mut wanted, piece),
        };
        list.extend(Part::new(source, span)?);
    }
    Ok((wanted, excluded))
}

/// The parts that `text` lists, which starts at byte `start` of what was typed.
fn list(text: &str, start: usize) -> Result<(Vec<Part>, Vec<Part>), QueryError> {
    let shifted = |(piece, span): (_, ByteSpan)| {
        (piece, ByteSpan::new(span.range().start + start..span.range().end + start))
    };
    parts(pieces(text).into_iter().map(shifted).collect())
}

/// Matches what any of the parts matches.
fn any_of(parts: &[Part], span: ByteSpan) -> Result<Regex, QueryError> {
    let sources: Vec<_> =
        parts.iter().map(|part| format!("(?:{})", part.pattern.as_str())).collect();
    let message = "too many patterns at once: leave some out".to_owned();
    compile(&sources.join("|")).map_err(|_| QueryError { message, span })
}

impl Part {
    /// The part that `source` writes; none if it has no text yet.
    fn new(source: &str, span: ByteSpan) -> Result<Option<Self>, QueryError> {
        if let Some(pattern) = as_pattern(source) {
            let pattern = compiled(pattern)
                .map_err(|error| QueryError { message: bad_pattern(pattern, &error), span })?;
            return Ok(pattern.map(|pattern| Self { pattern, typed: true, grams: Vec::new() }));
        }
        let words =
            source.strip_prefix('"').map_or(source, |rest| rest.strip_suffix('"').unwrap_or(rest));
        Ok((!words.trim().is_empty()).then(|| Self::words(words)))
    }

    /// What stands there, taken literally.
    fn words(words: &str) -> Self {
        let forms = [words.nfc().collect::<String>(), words.nfd().collect()];
        let grams = forms.iter().map(|form| signature::grams(form)).collect();
        Self { pattern: literal(words), typed: false, grams }
    }

    /// The best fit of it in `text`; `None` where it does not stand there. A pattern as typed says itself what it
    /// is about.
    fn fit(&self, text: &str) -> Option<Fit> {
        if self.typed {
            return self.pattern.is_match(text).then_some(Fit::Word);
        }
        let mut best = None;
        for found in self.pattern.find_iter(text) {
            best = best.max(Some(edges::fit(text, &found.range())));
            if best == Some(Fit::Word) {
                break;
            }
        }
        best
    }

    /// Whether it may stand in the text of that signature.
    fn may_occur(&self, signature: &Signature<'_>) -> bool {
        self.grams.is_empty() || self.grams.iter().any(|grams| signature.may_hold(grams))
    }

    /// Whether it occurs on a line of `text`.
    fn occurs(&self, text: &str) -> bool {
        if !self.pattern.is_match(text) {
            return false;
        }
        !self.typed
            || lines(text).any(|line| self.pattern.find_iter(line).any(|found| !found.is_empty()))
    }
}

/// The pattern for `text` taken literally: smart case, composed or decomposed, blanks as they come.
pub(super) fn literal(text: &str) -> Regex {
    let case = if text.chars().any(char::is_uppercase) { "" } else { "(?i)" };
    let composed: String = text.nfc().collect();
    let decomposed: String = text.nfd().collect();
    let mut source = format!("{case}{}", literal_source(&composed));
    if composed != decomposed {
        source = format!("{case}(?:{}|{})", literal_source(&composed), literal_source(&decomposed));
    }
    compile(&source).unwrap_or_else(|_| never())
}

/// Matches nothing: stands in for a text too long to be compiled, which no line holds either.
fn never() -> Regex {
    Regex::new("[a&&b]").expect("an empty class is a sound pattern")
}

fn literal_source(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().map(regex::escape).collect();
    words.join(r"[\s--\n\r]+")
}

fn compile(source: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(source).multi_line(true).crlf(true).build()
}

/// A pattern as it was typed, with smart case; `None` while that is nothing.
fn compiled(pattern: &str) -> Result<Option<Regex>, regex::Error> {
    let case = if has_upper_literal(pattern) { "" } else { "(?i)" };
    if pattern.is_empty() {
        return Ok(None);
    }
    // Compiled alone first: a `)` too many must not pass once it stands within a group.
    compile(pattern).and_then(|_| compile(&format!("{case}{pattern}"))).map(Some)
}

/// Whether a pattern asks for an upper case letter: escapes such as `\W` and `\p{Lu}` do not.
fn has_upper_literal(pattern: &str) -> bool {
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            let class = matches!(chars.next(), Some('p' | 'P' | 'x' | 'u' | 'U'));
            if class && chars.as_str().starts_with('{') {
                chars.by_ref().find(|c| *c == '}');
            }
        } else if c.is_uppercase() {
            return true;
        }
    }
    false
}

/// What stands between the slashes of `/pattern/`. While it is typed, the second slash is missing
/// and the text is taken literally.
fn as_pattern(source: &str) -> Option<&str> {
    source.strip_prefix('/')?.strip_suffix('/')
}

/// The parts of `text` with their places: split at blanks outside quotes and patterns.
fn pieces(text: &str) -> Vec<(&str, ByteSpan)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(skip) = text[at..].find(|c: char| !c.is_whitespace()) {
        at += skip;
        let rest = &text[at..];
        let bytes = piece_end(rest);
        pieces.push((&rest[..bytes], ByteSpan::new(at..at + bytes)));
        at += bytes;
    }
    pieces
}

fn piece_end(text: &str) -> usize {
    if let Some(length) = scope::length(text) {
        return length;
    }
    let sign = usize::from(text.starts_with('-'));
    let rest = &text[sign..];
    if let Some(length) = fields::length(rest) {
        return sign + length;
    }
    let blank = |text: &str| text.find(char::is_whitespace).unwrap_or(text.len());
    let inside = match rest.as_bytes().first() {
        Some(b'"') => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
        Some(b'/') => pattern_end(rest).unwrap_or_else(|| blank(rest)),
        _ => blank(rest),
    };
    // A lone `-` is a word.
    (sign + inside).max(1)
}

/// The end of a pattern in slashes: after the first slash that a blank or the end follows.
fn pattern_end(text: &str) -> Option<usize> {
    let ends = memchr::memchr_iter(b'/', &text.as_bytes()[1..]).map(|at| at + 2);
    ends.into_iter().find(|end| {
        text[*end..].chars().next().is_none_or(char::is_whitespace)
            && !text[..*end - 1].ends_with('\\')
    })
}

/// The part of a line that is shown: all of it, or so many bytes around the match at `at`.
fn window(line: &str, at: usize, most: usize) -> Range<usize> {
    if line.len() <= most {
        return 0..line.len();
    }
    let last = line.len() - most;
    let start = floor_boundary(line, at.saturating_sub(BEFORE_MATCH_BYTES).min(last));
    start..floor_boundary(line, start + most)
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
