//! Mentions: places where a page is called by its title, an alias or its file name without being linked.
//!
//! Names are looked for in the text as shown, never in code, math, links or tags; the longest name wins
//! (`Alex Chen` before `Alex`). A name begins and ends where words do; scripts that write no spaces between
//! words have no such edges. Knows no files: whoever asks brings the document.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::edges::{self, Fit};
use super::excerpt::{self, Excerpt};
use crate::index::{Index, Page, PageId};
use crate::markdown::document::{Inlines, Target};
use crate::markdown::{Document, Kept, LeafKind};
use crate::text::fold::nfc;
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// A place where a page is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The page that goes by the name; of several the first by path.
    pub page: PageId,
    /// The name as it stands there.
    pub name: String,
    /// Where it stands in the source. Where marks stand inside the name, they are included.
    pub span: ByteSpan,
    /// The sentence that holds it, the name marked.
    pub sentence: Excerpt,
}

/// Names of pages, ready to be looked for.
#[derive(Debug)]
pub struct Names {
    finder: AhoCorasick,
    /// Of each name, in the finder's order.
    pages: Vec<PageId>,
}

/// Shorter names in scripts with spaces between words are no names: `Go` would stand everywhere.
const SHORTEST: usize = 3;

/// The same in scripts without: `水` stands in every other word that has to do with water.
const SHORTEST_UNSPACED: usize = 2;

impl Names {
    /// The names of all pages.
    #[must_use]
    pub fn of_all(index: &Index) -> Self {
        let mut pages: Vec<&Page> = index.pages().collect();
        pages.sort_unstable_by_key(|page| &page.path);
        Self::of(pages)
    }

    /// The names of one page.
    #[must_use]
    pub fn of_page(page: &Page) -> Self {
        Self::of([page])
    }

    fn of<'a>(pages: impl IntoIterator<Item = &'a Page>) -> Self {
        let mut names: BTreeMap<String, PageId> = BTreeMap::new();
        for page in pages {
            for name in called(page) {
                names.entry(name).or_insert(page.id);
            }
        }
        let finder = AhoCorasick::new(names.keys()).unwrap_or_else(|_| {
            // More names than the finder can number: none is found, which is better than to stop.
            AhoCorasick::new([""; 0]).expect("no pattern is not too many")
        });
        Self { finder, pages: names.into_values().collect() }
    }

    /// Whether there is no name to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Whether `text` may name one of the pages: a quick look at a whole file, before it is parsed.
    #[must_use]
    pub fn may_stand_in(&self, text: &str) -> bool {
        !self.is_empty() && self.finder.is_match(Folded::new(text).text.as_str())
    }

    /// The mentions in a page, in reading order. `own` is the page itself, whose own names are none.
    #[must_use]
    pub fn find(&self, document: &Document, own: PageId) -> Vec<Mention> {
        let mut found = Vec::new();
        if self.is_empty() {
            return found;
        }
        for leaf in &document.leaves {
            let mut look = |kept: &Kept| {
                found.extend(self.in_text(&kept.open()).filter(|mention| mention.page != own));
            };
            match &leaf.kind {
                LeafKind::Paragraph(kept)
                | LeafKind::Heading { content: kept, .. }
                | LeafKind::CalloutTitle(kept)
                | LeafKind::DetailsSummary(kept)
                | LeafKind::DefinitionTerm(kept) => look(kept),
                LeafKind::Table(table) => table.cells.iter().for_each(look),
                _ => {}
            }
        }
        found
    }

    fn in_text<'a>(&self, inlines: &'a Inlines) -> impl Iterator<Item = Mention> + use<'a> {
        let folded = Folded::new(&readable(inlines));
        let text = inlines.text.as_str();
        let mut matches: Vec<(Range<usize>, PageId)> = self
            .finder
            .find_overlapping_iter(&folded.text)
            .filter_map(|found| {
                let range = folded.origin(found.range())?;
                let page = self.pages[found.pattern().as_usize()];
                (edges::fit(text, &range) == Fit::Word).then_some((range, page))
            })
            .collect();
        // The first, of those that begin alike the longest; what overlaps one that was taken is left.
        matches.sort_unstable_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        matches.retain(|(range, _)| {
            let free = range.start >= end;
            if free {
                end = range.end;
            }
            free
        });
        matches.into_iter().filter_map(move |(range, page)| {
            let name = inlines.text.get(range.clone())?.to_owned();
            let span = source_of(inlines, &range)?;
            Some(Mention { page, name, span, sentence: excerpt::in_shown(text, range) })
        })
    }
}

/// What a page is called, folded: its title, its aliases, its file name with spaces.
fn called(page: &Page) -> impl Iterator<Item = String> {
    let stem = page.path.stem().replace(['_', '-'], " ");
    // Every folder may have its README: that names nothing.
    let own = [page.label().to_owned(), stem].into_iter();
    let own = own.filter(|name| !matches!(&*name.to_lowercase(), "readme" | "index"));
    let all = own.chain(page.facts.aliases().map(str::to_owned));
    all.map(|name| Folded::new(&nfc(name.trim())).text).filter(|name| {
        let shortest =
            if name.chars().all(edges::is_unspaced) { SHORTEST_UNSPACED } else { SHORTEST };
        name.chars().count() >= shortest && name.chars().any(char::is_alphabetic)
    })
}

/// The text with NUL in place of every byte in which no name is looked for.
fn readable(inlines: &Inlines) -> String {
    const CLOSED: [Marks; 5] = [Marks::CODE, Marks::MATH, Marks::HTML, Marks::TAG, Marks::IMAGE];
    let mut text = String::with_capacity(inlines.text.len());
    for (range, run) in inlines.ranges() {
        let closed = run.target != Target::None || CLOSED.iter().any(|mark| run.marks.has(*mark));
        let part = inlines.text.get(range.clone()).unwrap_or_default();
        if closed {
            text.extend(std::iter::repeat_n('\0', range.len()));
        } else {
            text.push_str(part);
        }
    }
    text
}

/// Where a stretch of the shown text stands in the source.
fn source_of(inlines: &Inlines, range: &Range<usize>) -> Option<ByteSpan> {
    let place = |at: usize, is_end: bool| {
        let within = |run: &Range<usize>| {
            if is_end { run.start < at && at <= run.end } else { run.contains(&at) }
        };
        let (shown, run) = inlines.ranges().find(|(shown, _)| within(shown))?;
        let source = run.source.range();
        // Text and source agree byte for byte where they are as long; else the run as a whole.
        if source.len() == shown.len() {
            return Some(source.start + at - shown.start);
        }
        Some(if is_end { source.end } else { source.start })
    };
    let (start, end) = (place(range.start, false)?, place(range.end, true)?);
    (start <= end).then(|| ByteSpan::new(start..end))
}

/// Text in lower case with plain spaces, and where each byte of it comes from.
struct Folded {
    text: String,
    /// Where a folded byte stands in the text and where it is folded from, for every character that is
    /// not one ASCII byte in both; in between they go in step.
    steps: Vec<(usize, usize)>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), steps: Vec::new() };
        for (at, c) in text.char_indices() {
            match c {
                c if c.is_ascii_whitespace() => folded.text.push(' '),
                c if c.is_ascii() => folded.text.push(c.to_ascii_lowercase()),
                c => {
                    folded.steps.push((folded.text.len(), at));
                    match c {
                        '\u{a0}' | '\u{3000}' => folded.text.push(' '),
                        'ς' => folded.text.push('σ'),
                        c => folded.text.extend(c.to_lowercase()),
                    }
                    folded.steps.push((folded.text.len(), at + c.len_utf8()));
                }
            }
        }
        folded
    }

    /// The bytes of the text from which `range` was folded; `None` if it cuts a character.
    fn origin(&self, range: Range<usize>) -> Option<Range<usize>> {
        let place = |at: usize| {
            let nth = self.steps.partition_point(|(folded, _)| *folded <= at);
            let Some((folded, from)) = nth.checked_sub(1).map(|nth| self.steps[nth]) else {
                return Some(at);
            };
            let inside = nth % 2 == 1 && folded != at;
            (!inside).then_some(from + at - folded)
        };
        Some(place(range.start)?..place(range.end)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::read;
    use crate::markdown;
    use crate::vault::PagePath;

    fn wiki() -> Index {
        let pages = [
            ("people/alex_chen.md", "---\naliases: [Lex, 陳さん, 陳]\n---\n# Alex Chen\n"),
            ("people/alex.md", "# Alex\n"),
            ("topics/python.md", "# Python\n"),
            ("topics/go.md", "# Go\n"),
            ("topics/日記.md", "# 日記\n"),
            ("topics/view.md", "# ビュー\n"),
            ("topics/등대.md", "# 등대\n"),
            ("topics/strasse.md", "# Große Straße\n"),
            ("README.md", "no heading"),
            ("1984.md", ""),
        ];
        read(&pages)
    }

    fn check(text: &str, expected: &[&str]) {
        let index = wiki();
        let own = index.at(&PagePath::new("topics/python.md").unwrap()).unwrap().id;
        let names = Names::of_all(&index);
        let said: Vec<String> = names
            .find(&markdown::parse(text), own)
            .iter()
            .map(|mention| {
                let page = index.page(mention.page).unwrap().path.stem().to_owned();
                format!("{page}={}", &text[mention.span.range()])
            })
            .collect();
        assert_eq!(said, expected, "{text}");
        assert!(expected.is_empty() || names.may_stand_in(text), "{text}");
    }

    #[test]
    fn the_longest_name_wins_in_whatever_case() {
        check("Ask alex chen, then ALEX.", &["alex_chen=alex chen", "alex=ALEX"]);
        check("Alex\nChen", &["alex_chen=Alex\nChen"]);
        check("Lex and Alex **Chen**", &["alex_chen=Lex", "alex_chen=Alex **Chen"]);
        check("In der GROSSEN Stadt, große straße", &["strasse=große straße"]);
    }

    #[test]
    fn names_are_whole_words_where_words_have_edges() {
        check("Alexander, alex_c, xalex, Alex's", &["alex=Alex"]);
        check("今日の日記を読む。陳さん", &["日記=日記", "alex_chen=陳さん"]);
        check("陳水 日", &[]);
        check("このビューと、レビュー、ビューア、「ビュー」", &["view=ビュー", "view=ビュー"]);
        check("등대는 신등대에서 보인다. 큰 등대.", &["등대=등대", "등대=등대"]);
        check("Go to the readme of 1984", &[]);
    }

    #[test]
    fn links_code_tags_and_the_page_itself_hold_none() {
        check("[[Alex]] `Alex` #Alex [Alex](x.md) $Alex$ Python ![Alex](a.png)", &[]);
        check("```\nAlex\n```\n\n| Alex |\n|---|\n| `Alex` |\n", &["alex=Alex"]);
        check("x <!-- Alex --> %%Alex%% Alex", &["alex=Alex"]);
    }

    #[test]
    fn folding_knows_where_each_byte_comes_from() {
        let folded = Folded::new("aİb\u{a0}ß");
        assert_eq!(folded.text, "ai\u{307}b ß");
        let check = |range: Range<usize>, expected: Option<Range<usize>>| {
            assert_eq!(folded.origin(range.clone()), expected, "{range:?}");
        };
        check(0..1, Some(0..1));
        check(1..4, Some(1..3));
        check(1..2, None);
        check(4..5, Some(3..4));
        check(5..6, Some(4..6));
        check(6..8, Some(6..8));
    }
}
