//! Which short lines are headings, and of what level.
//!
//! A pasted page has lost what told a heading from an item of a list: both are short lines without
//! a full stop. What remains is how a line looks (titles are capitalised, items run on), and where
//! it stands (a heading stands before a paragraph or between two blocks of code, an item among
//! other short lines). Each sign has a weight; the weights were fitted by logistic regression to
//! flattened documentation whose headings are known, and rounded.

use super::blocks::Block;
use super::given::is_heading;
use super::nesting::Nesting;
use super::weigh::starts_upper;

/// Longer lines are sentences: cells for a line in Latin script, where others count double.
const MAX_LENGTH: usize = 100;
const MAX_WORDS: usize = 12;

/// A line that reaches this sum is a heading.
const THRESHOLD: i32 = -2;

/// What stands before or after a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// The beginning or the end of the page.
    Edge,
    Code,
    Table,
    /// Prose that ends with a colon.
    Intro,
    /// A short line without a full stop.
    Short,
    /// Any other prose, with its length in bytes.
    Long(usize),
}

/// For each block, 1 to 6 for a heading, else 0. A page that has headings of its own, with air
/// around them, gets no others.
pub(super) fn levels(blocks: &[Block<'_>]) -> Vec<u8> {
    let is_blank = |at: Option<usize>| {
        at.and_then(|i| blocks.get(i)).is_none_or(|b| matches!(b, Block::Blank { .. }))
    };
    let is_marked = |(at, b): (usize, &Block<'_>)| {
        matches!(b, Block::Prose { text, .. } if is_heading(text))
            && is_blank(at.checked_sub(1))
            && is_blank(Some(at + 1))
    };
    if blocks.iter().enumerate().any(is_marked) {
        return vec![0; blocks.len()];
    }
    let solid: Vec<usize> =
        (0..blocks.len()).filter(|i| !matches!(blocks[*i], Block::Blank { .. })).collect();
    let shapes: Vec<Shape> = solid.iter().map(|i| shape(&blocks[*i])).collect();
    let mut levels = vec![0; blocks.len()];
    let mut nesting = Nesting::default();
    for (place, &index) in solid.iter().enumerate() {
        let Block::Prose { text, .. } = &blocks[index] else {
            nesting.body();
            continue;
        };
        let together =
            |a: usize, b: usize| b < solid.len() && flows(&blocks[solid[a]], &blocks[solid[b]]);
        let flowing = place > 0 && together(place - 1, place) || together(place, place + 1);
        let numbered = |at: Option<usize>| {
            at.and_then(|p| solid.get(p)).is_some_and(
                |i| matches!(&blocks[*i], Block::Prose { text, .. } if is_numbered(text)),
            )
        };
        // `1.`, `2.`, `3.` on lines that follow each other count the items of a list.
        let counted =
            is_numbered(text) && (numbered(place.checked_sub(1)) || numbered(Some(place + 1)));
        let title =
            place == 0 && text.len() <= MAX_LENGTH && !text.trim_end().ends_with(['.', ',', ';']);
        let heading = shapes[place] == Shape::Short
            && !flowing
            && !counted
            && may_be_heading(text)
            && (title || weight(bare(text), &solid, &shapes, place, blocks) >= THRESHOLD);
        if heading {
            levels[index] = nesting.heading(text.trim(), place == 0);
        } else {
            nesting.body();
        }
    }
    levels
}

/// Whether `here` goes on with the paragraph or list that `before` belongs to, so that no blank
/// line comes between them.
pub(super) fn flows(before: &Block<'_>, here: &Block<'_>) -> bool {
    let (Block::Prose { text: above, .. }, Block::Prose { text: below, glued: false, .. }) =
        (before, here)
    else {
        return matches!((before, here), (Block::Blank { .. } | Block::Kept { .. }, _));
    };
    if is_item(above) {
        return is_item(below) || below.starts_with("  ");
    }
    let wrapped = above.len() > 40
        && !above.trim_end().ends_with(['.', ':', '!', '?', ';', '。', '：', ')'])
        && below.starts_with(char::is_lowercase);
    wrapped
        || above.ends_with("  ")
        || above.ends_with('\\')
        || (above.starts_with('>') && below.starts_with('>'))
}

fn shape(block: &Block<'_>) -> Shape {
    let Block::Prose { text, .. } = block else {
        return if matches!(block, Block::Row { .. }) { Shape::Table } else { Shape::Code };
    };
    let text = bare(text);
    let length = text
        .chars()
        .map(|c| if c.len_utf8() > 2 { 2 } else { 1 })
        .take(MAX_LENGTH + 1)
        .sum::<usize>();
    if text.ends_with([':', '：']) {
        Shape::Intro
    } else if length > MAX_LENGTH
        || words(text).count() > MAX_WORDS
        || text.ends_with(['.', ',', ';', '。'])
        || text.starts_with('#')
    {
        Shape::Long(text.len())
    } else {
        Shape::Short
    }
}

/// A heading begins with a letter or a digit (or a picture), and no item of a list is one.
fn may_be_heading(text: &str) -> bool {
    let text = text.trim();
    !is_item(text)
        && (text.contains(char::is_alphabetic) || is_version(bare(text)))
        && (text.starts_with(|c: char| c.is_alphanumeric() || !c.is_ascii()) || is_version(text))
}

/// Whether the line carries the mark of a list.
fn is_item(text: &str) -> bool {
    let text = text.trim_start();
    ["- ", "* ", "+ ", "• "].iter().any(|m| text.starts_with(m))
}

fn is_numbered(text: &str) -> bool {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && (text[digits..].starts_with(". ") || text[digits..].starts_with(") "))
}

pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

/// The line without an identifier for links at its end: `{#anchor}`.
fn bare(text: &str) -> &str {
    let text = text.trim();
    match text.rfind("{#") {
        Some(at) if at > 0 && text.ends_with('}') => text[..at].trim_end(),
        _ => text,
    }
}

fn weight(
    text: &str,
    solid: &[usize],
    shapes: &[Shape],
    place: usize,
    blocks: &[Block<'_>],
) -> i32 {
    let at =
        |place: Option<usize>| place.and_then(|p| shapes.get(p)).copied().unwrap_or(Shape::Edge);
    let (above, above_that) = (at(place.checked_sub(1)), at(place.checked_sub(2)));
    let (below, below_that) = (at(Some(place + 1)), at(Some(place + 2)));
    let mut sum = look(text);
    sum += match above {
        Shape::Edge | Shape::Code => 11,
        Shape::Long(_) => 10,
        Shape::Table => 8,
        // After `The parts are:` short lines are its items.
        Shape::Intro => -13,
        Shape::Short if matches!(above_that, Shape::Short | Shape::Intro) => -24,
        Shape::Short => -14,
    };
    sum += match below {
        Shape::Edge => -6,
        Shape::Intro => 17,
        Shape::Long(length) if length > 100 => 15,
        Shape::Long(_) => 5,
        Shape::Code | Shape::Table => 1,
        Shape::Short if below_that == Shape::Short => -14,
        // A heading and the first of those below it.
        Shape::Short if matches!(above, Shape::Edge | Shape::Code | Shape::Long(_)) => -8,
        Shape::Short => -11,
    };
    // Behind an item in running lower case a title stands out.
    if let (Shape::Short, Some(Block::Prose { text, .. })) =
        (above, place.checked_sub(1).map(|p| &blocks[solid[p]]))
        && capitals(text.trim()) == Capitals::Few
    {
        sum += 9;
    }
    sum
}

/// What the line itself says.
fn look(text: &str) -> i32 {
    if is_version(text) {
        return 35;
    }
    let count = words(text).count();
    let first = words(text).next().unwrap_or_default();
    let mut sum = 6;
    sum += match capitals(text) {
        Capitals::All => 7,
        Capitals::Few => -15,
        Capitals::Some => 0,
    };
    sum += match count {
        1 => 15,
        2..=4 => 16,
        8.. => -18,
        _ => 0,
    };
    let mut sign = |yes: bool, weight: i32| {
        if yes {
            sum += weight;
        }
    };
    sign(text.starts_with(char::is_lowercase), -19);
    sign([" - ", " – ", " — "].iter().any(|d| text.contains(d)), -8);
    sign(text.contains(": "), -7);
    // `Date: 2024-03-01`, `Issue: #12`.
    let value = text.split_once(": ").map_or("", |(_, value)| value);
    sign(value.starts_with(|c: char| c.is_ascii_digit() || c == '#'), -15);
    // `Signature: Lamp(name, lit=False)`.
    sign(text.contains(": ") && is_signature(text), -15);
    // `No more than one lamp is lit. (#12)`: what was changed, and where that is told.
    sign(ends_with_number(text), -35);
    sign(text.ends_with('!'), -10);
    sign(
        text.contains(['=', '[', ']', '{', '}', '"', '/', '<', '>'])
            || text.contains("()")
            || is_signature(text),
        -18,
    );
    sign(first.ends_with("ing"), 7);
    sign(first.starts_with(|c: char| c.is_ascii_digit()) && first.ends_with(['.', ')']), 9);
    // Words are not parted there, so that a sentence counts as one of them.
    sign(text.chars().filter(|c| *c >= '\u{2e80}').count() > 2, -7);
    sign(is_usual(text), 15);
    sum
}

/// `... (#2495)`, `... (Pull #857)`.
fn ends_with_number(text: &str) -> bool {
    let number = text.strip_suffix(')').and_then(|text| text.rsplit_once('#'));
    number.is_some_and(|(before, number)| {
        before.contains('(') && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// `0.21.2 (5th January, 2022)`, `[v1.4.0] - 2024-03-01`: what changelogs are divided by.
fn is_version(text: &str) -> bool {
    let number = text.trim_start_matches(['[', 'v']);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0
        && number[digits..].starts_with('.')
        && number[digits + 1..].starts_with(|c: char| c.is_ascii_digit())
}

/// `name(argument`: an opening bracket right behind a word.
fn is_signature(text: &str) -> bool {
    text.as_bytes()
        .windows(2)
        .any(|w| w[1] == b'(' && (w[0].is_ascii_alphanumeric() || w[0] == b'_'))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Capitals {
    /// Every word of weight behind the first has one, and there is such a word.
    All,
    Some,
    /// Fewer than half have one.
    Few,
}

/// How many words of weight behind the first are capitalised.
fn capitals(text: &str) -> Capitals {
    let weighty =
        words(text).skip(1).filter(|w| w.starts_with(char::is_alphabetic) && !is_small(w));
    let (mut all, mut upper) = (0, 0);
    for word in weighty {
        all += 1;
        upper += usize::from(starts_upper(word));
    }
    match (all, upper) {
        (0, _) => Capitals::Some,
        (a, u) if a == u => Capitals::All,
        (a, u) if u * 2 < a => Capitals::Few,
        _ => Capitals::Some,
    }
}

/// Words that titles write small.
pub(super) fn is_small(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "a" | "an"
            | "the"
            | "of"
            | "in"
            | "on"
            | "for"
            | "to"
            | "with"
            | "and"
            | "or"
            | "vs"
            | "vs."
            | "from"
            | "by"
            | "at"
            | "as"
            | "is"
            | "your"
            | "via"
            | "into"
            | "not"
            | "using"
    )
}

/// Headings that stand in every other article.
pub(super) fn is_usual(text: &str) -> bool {
    matches!(
        text.trim_end_matches(['?', '!']).to_lowercase().as_str(),
        "see also"
            | "next steps"
            | "usage"
            | "basic usage"
            | "advanced usage"
            | "installation"
            | "install"
            | "example"
            | "examples"
            | "overview"
            | "introduction"
            | "summary"
            | "conclusion"
            | "conclusions"
            | "related resources"
            | "references"
            | "reference"
            | "limitations"
            | "prerequisites"
            | "quick start"
            | "quickstart"
            | "faq"
            | "troubleshooting"
            | "configuration"
            | "recap"
            | "setup"
            | "getting started"
            | "features"
            | "key features"
            | "requirements"
            | "dependencies"
            | "license"
            | "contributing"
            | "best practices"
            | "background"
            | "motivation"
            | "how it works"
            | "notes"
            | "further reading"
            | "resources"
            | "acknowledgements"
            | "changelog"
            | "key takeaways"
            | "added"
            | "changed"
            | "deprecated"
            | "removed"
            | "fixed"
            | "security"
            | "breaking changes"
    )
}
