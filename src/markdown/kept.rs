//! What a document keeps of a leaf's content, in little memory: a long page has hundreds of thousands of leaves. A text
//! that stands in the source as it is, is not held again; of others the runs are written in a few bytes, with the text
//! of those alone that differ from the source. Whoever reads content opens it ([`Kept::open`]).

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::document::{self, Inlines, Run, Target};
use super::inline;
use crate::text::bytes::{Reader, Writer};
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// Longer texts are kept open: of them parts are read, and opening costs the whole.
const LONGEST_SHORT: usize = 4 << 10;

/// Inline content as a document keeps it.
#[derive(Clone, Default)]
pub struct Kept(Form);

#[derive(Clone, Default)]
enum Form {
    #[default]
    Empty,
    /// One run without marks whose text is this part of the source.
    Plain(Shared, ByteSpan),
    /// Runs and texts as [`write()`] puts them.
    Short(Shared, Box<[u8]>),
    Open(Box<Inlines>),
}

impl Kept {
    /// Keeps `text` and the runs that cover it, with what can be read in `source` left there.
    pub(super) fn new(text: String, runs: Vec<Run>, source: Option<&Shared>) -> Self {
        let form = match (source, &runs[..]) {
            (_, []) if text.is_empty() => Form::Empty,
            (Some(source), [run])
                if is_plain(run) && source.get(run.source.range()) == Some(&text) =>
            {
                Form::Plain(Arc::clone(source), run.source)
            }
            (Some(source), runs) if text.len() <= LONGEST_SHORT => {
                Form::Short(Arc::clone(source), write(&text, runs, source))
            }
            _ => Form::Open(Box::new(Inlines { text: text.into(), runs })),
        };
        Self(form)
    }

    /// The content, for reading. Costs its length; nothing where it is long.
    #[must_use]
    pub fn open(&self) -> Cow<'_, Inlines> {
        match &self.0 {
            Form::Empty => Cow::Owned(Inlines::default()),
            Form::Open(inlines) => Cow::Borrowed(inlines),
            Form::Plain(source, span) => {
                let text = Text(Held::Part(Arc::clone(source), *span));
                let end = inline::len(&text);
                let run = Run { end, marks: Marks::NONE, target: Target::None, source: *span };
                Cow::Owned(Inlines { text, runs: vec![run] })
            }
            Form::Short(..) => {
                let mut text = String::with_capacity(self.len());
                let mut runs = Vec::with_capacity(self.count());
                self.each(|run, part| {
                    text.push_str(part);
                    runs.push(run);
                });
                Cow::Owned(Inlines { text: text.into(), runs })
            }
        }
    }

    /// The text as shown.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Form::Empty => Cow::Borrowed(""),
            Form::Open(inlines) => Cow::Borrowed(&inlines.text),
            Form::Plain(source, span) => Cow::Borrowed(slice(source, *span)),
            Form::Short(..) => {
                let mut text = String::with_capacity(self.len());
                self.each(|_, part| text.push_str(part));
                Cow::Owned(text)
            }
        }
    }

    /// Bytes of the text. In O(1).
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Empty => 0,
            Form::Open(inlines) => inlines.text.len(),
            Form::Plain(_, span) => span.len(),
            Form::Short(_, bytes) => Reader::new(bytes).number() as usize,
        }
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many runs cover the text. In O(1).
    #[must_use]
    pub fn count(&self) -> usize {
        match &self.0 {
            Form::Empty => 0,
            Form::Open(inlines) => inlines.runs.len(),
            Form::Plain(..) => 1,
            Form::Short(_, bytes) => {
                let mut from = Reader::new(bytes);
                from.skip_numbers(1);
                from.number() as usize
            }
        }
    }

    /// The first run.
    #[must_use]
    pub fn first(&self) -> Option<Run> {
        match &self.0 {
            Form::Open(inlines) => inlines.runs.first().copied(),
            _ => self.open().runs.first().copied(),
        }
    }

    /// Whether no run leads anywhere: then nothing in it can be selected.
    #[must_use]
    pub fn leads_nowhere(&self) -> bool {
        match &self.0 {
            Form::Empty | Form::Plain(..) => true,
            Form::Open(inlines) => inlines.runs.iter().all(|run| run.target == Target::None),
            Form::Short(..) => {
                let mut nowhere = true;
                self.each(|run, _| nowhere &= run.target == Target::None);
                nowhere
            }
        }
    }

    /// Changes the content.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Inlines)) {
        let source = match &self.0 {
            Form::Plain(source, _) | Form::Short(source, _) => Some(Arc::clone(source)),
            Form::Empty | Form::Open(_) => None,
        };
        let mut inlines = self.open().into_owned();
        change(&mut inlines);
        *self = Self::new(inlines.text.to_string(), inlines.runs, source.as_ref());
    }

    /// Calls `each` with the runs and their texts.
    fn each(&self, mut each: impl FnMut(Run, &str)) {
        if let Form::Short(source, bytes) = &self.0 {
            read(bytes, source, &mut each);
        }
    }
}

impl From<Inlines> for Kept {
    fn from(inlines: Inlines) -> Self {
        Self(Form::Open(Box::new(inlines)))
    }
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        self.open() == other.open()
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.open().fmt(f)
    }
}

fn is_plain(run: &Run) -> bool {
    run.marks == Marks::NONE && run.target == Target::None
}

fn slice(source: &Shared, span: ByteSpan) -> &str {
    source.get(span.range()).unwrap_or_default()
}

/// What the first number of a run says: whether its text is written out, whether it has marks, what it leads to.
const WRITTEN_OUT: u32 = 1;
const MARKED: u32 = 2;
const TARGET: u32 = 4;

/// How many bytes the text has and how many runs; then of each run what it says, how far behind the one before it
/// starts in the source, its length there, and as it says its marks, the number of what it leads to, its text.
fn write(text: &str, runs: &[Run], source: &Shared) -> Box<[u8]> {
    let mut to = Writer::default();
    to.length(text.len());
    to.length(runs.len());
    let mut before = 0;
    for (range, run) in document::ranges(runs) {
        let part = text.get(range).unwrap_or_default();
        let written_out = slice(source, run.source) != part;
        let (target, number) = match run.target {
            Target::None => (0, None),
            Target::Link(link) => (1, Some(link)),
            Target::Tag(tag) => (2, Some(tag)),
            Target::Footnote(note) => (3, Some(note)),
        };
        let marked = run.marks != Marks::NONE;
        let says = [(written_out, WRITTEN_OUT), (marked, MARKED)];
        let says: u32 = says.iter().map(|(yes, bit)| u32::from(*yes) * bit).sum();
        to.number(says + target * TARGET);
        to.near(run.source.start, before);
        to.number(run.source.end.wrapping_sub(run.source.start));
        before = run.source.end;
        if marked {
            to.number(u32::from(run.marks.0));
        }
        if let Some(number) = number {
            to.number(number);
        }
        if written_out {
            to.text(part);
        }
    }
    to.bytes.into()
}

/// Calls `each` with every run that [`write()`] wrote, and its text.
fn read(bytes: &[u8], source: &Shared, mut each: impl FnMut(Run, &str)) {
    let mut from = Reader::new(bytes);
    let (_, count) = (from.number(), from.number());
    let (mut before, mut end) = (0, 0);
    for _ in 0..count {
        let says = from.number();
        let start = from.near(before);
        let span = ByteSpan { start, end: start.wrapping_add(from.number()) };
        before = span.end;
        let marks = if says & MARKED == 0 { 0 } else { from.number() };
        let mut leads = |target: fn(u32) -> Target| target(from.number());
        let target = match says / TARGET {
            0 => Target::None,
            1 => leads(Target::Link),
            2 => leads(Target::Tag),
            _ => leads(Target::Footnote),
        };
        let part = if says & WRITTEN_OUT == 0 { slice(source, span) } else { from.text() };
        end += inline::len(part);
        let marks = Marks(u16::try_from(marks).unwrap_or_default());
        each(Run { end, marks, target, source: span }, part);
    }
}

/// A text of its own, or a part of the page's source. Reads as a `str`.
#[derive(Clone)]
pub struct Text(Held);

#[derive(Clone)]
enum Held {
    Own(Box<str>),
    /// The pointer to a pointer takes half the room of the pointer that it points to.
    Part(Shared, ByteSpan),
}

/// A source that texts may be parts of.
pub(super) type Shared = Arc<Arc<str>>;

impl Text {
    /// The part of `source` at `span`, if `text` is that.
    pub(super) fn part(source: &Shared, span: ByteSpan, text: &str) -> Option<Self> {
        let is_same = source.get(span.range()) == Some(text);
        is_same.then(|| Self(Held::Part(Arc::clone(source), span)))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Held::Own(text) => text,
            Held::Part(source, span) => source.get(span.range()).unwrap_or_default(),
        }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Held::Own(text.into()))
    }
}

impl Default for Text {
    fn default() -> Self {
        Self(Held::Own(Box::default()))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::{Form, Kept, Text};
    use crate::markdown::document::{Leaf, LeafKind};
    use crate::markdown::{parse, parse_shared};
    use crate::text::span::ByteSpan;

    #[test]
    fn leaves_are_small() {
        assert_eq!([size_of::<Text>(), size_of::<Kept>(), size_of::<Leaf>()], [24, 32, 56]);
    }

    #[test]
    fn what_stands_in_the_source_is_not_held_again() {
        let source = Arc::new(Arc::from("some words"));
        let span = ByteSpan { start: 5, end: 10 };
        assert!(Text::part(&source, span, "words").is_some_and(|text| text == "words"));
        assert!(Text::part(&source, span, "other").is_none());

        // Bytes for the whole leaf, however long its words are.
        let check = |text: &str, bytes: Option<usize>| {
            let document = parse_shared(&text.into());
            let LeafKind::Paragraph(Kept(form)) = &document.leaves[0].kind else {
                panic!("{text} is a paragraph");
            };
            let own = match form {
                Form::Plain(..) => Some(0),
                Form::Short(_, own) => Some(own.len()),
                Form::Empty | Form::Open(_) => None,
            };
            assert_eq!(own, bytes, "{text}");
        };
        check("nothing but words, and more of them", Some(0));
        // Of `code` the backticks belong to the run, so that its text is written out.
        check("words with **marks** and `code` among them", Some(2 + 5 * 3 + 2 + 5));
        check("a [link](https://example.org) among them", Some(2 + 3 * 3 + 1));
        check("one &amp; two", Some(2 + 3 * 3 + 2));
        check("\\*one\\* ".repeat(2_000).as_str(), None);
    }

    #[test]
    fn of_code_only_what_is_not_as_in_the_source_is_held() {
        let check = |text: &str, is_part: bool| {
            let document = parse_shared(&text.into());
            let LeafKind::Code(code) = &document.leaves[0].kind else { panic!("{text} is code") };
            assert_eq!(code.text, "one\n\ttwo");
            assert_eq!(matches!(code.text.0, super::Held::Part(..)), is_part, "{text}");
        };
        check("```\none\n\ttwo\n```\n", true);
        check("> ```\n> one\n> \ttwo\n> ```\n", false);
        check("    one\n    \ttwo\n", false);
    }

    proptest! {
        #[test]
        fn shared_or_not_a_page_says_the_same(
            parts in prop::collection::vec(0..PARTS.len(), 1..30),
        ) {
            let text: String = parts.into_iter().map(|part| PARTS[part]).collect();
            prop_assert_eq!(parse_shared(&text.as_str().into()), parse(&text));
        }
    }

    const PARTS: [&str; 20] = [
        "word ",
        "*em* ",
        "**strong *both* ** ",
        "`code` ",
        "[[page|alias]] ",
        "[t](u) ",
        "#tag ",
        "note[^1] ",
        "\n",
        "\n\n",
        "- ",
        "> ",
        "> [!note] title\n",
        "| a | *b* |\n|---|---|\n| c |\n",
        "&amp; ",
        "\\* ",
        "==mark== ",
        "![[x]] ",
        "\r\n",
        "[^1]: a *note*\n",
    ];
}
