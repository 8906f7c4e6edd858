//! What a document keeps of a leaf's content, in little memory: a long page has hundreds of thousands of leaves. A text
//! that stands in the source as it is, is not held again; of others the runs are written in a few bytes, with the text
//! of those alone that differ from the source. Whoever reads content opens it ([`Kept::open`]).

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use memchr::memmem;

use super::document::{self, Inlines, Run, Target};
use super::inline;
use crate::text::bytes::{Reader, Writer};
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// Longer texts are kept open: of them parts are read, and opening costs the whole.
const LONGEST_SHORT: usize = 4 << 10;

/// In longer spans words are not looked for: one link may stretch over a page, with few words of its own.
const LONGEST_SEARCHED: usize = 4 << 10;

/// A page's source, and what of its contents does not stand there, in one piece for all leaves; or content that is
/// kept open. Small leaves all point here.
#[derive(Debug)]
enum Held {
    Page { source: Arc<str>, written: OnceLock<Box<[u8]>> },
    Open(Inlines),
}

impl Held {
    fn source(&self) -> &str {
        match self {
            Self::Page { source, .. } => source,
            Self::Open(_) => "",
        }
    }

    fn slice(&self, span: ByteSpan) -> &str {
        self.source().get(span.range()).unwrap_or_default()
    }
}

/// Keeps the contents of a page while it is read. They can be read once all are there ([`Self::finish`]).
#[derive(Debug)]
pub(super) struct Keeper {
    page: Arc<Held>,
    written: RefCell<Writer>,
}

impl Keeper {
    /// For a page with that source.
    pub(super) fn new(source: Arc<str>) -> Self {
        let page = Arc::new(Held::Page { source, written: OnceLock::new() });
        Self { page, written: RefCell::default() }
    }

    /// What was kept can be read from now on.
    pub(super) fn finish(&self) {
        if let Held::Page { written, .. } = &*self.page {
            written.set(self.written.take().bytes.into()).ok();
        }
    }
}

/// Inline content as a document keeps it.
#[derive(Clone, Default)]
pub struct Kept {
    /// Nothing where there is no content.
    held: Option<Arc<Held>>,
    /// Where it stands in the source, or with [`WRITTEN`] among what is written of the page.
    at: u32,
    /// Bytes of the text.
    len: u32,
}

/// The highest bit of a place: no source of half that many bytes is read.
const WRITTEN: u32 = 1 << 31;

/// How content is kept.
enum Form<'a> {
    Empty,
    /// One run without marks whose text is this part of the source.
    Plain(&'a Arc<Held>, ByteSpan),
    /// Runs and texts as [`write()`] puts them.
    Short(&'a Held, &'a [u8]),
    Open(&'a Inlines),
}

impl Kept {
    /// Keeps `text` and the runs that cover it, with what can be read in the keeper's source left there.
    pub(super) fn new(text: String, runs: Vec<Run>, keeper: Option<&Keeper>) -> Self {
        if text.is_empty() && runs.is_empty() {
            return Self::default();
        }
        let Some(keeper) = keeper.filter(|keeper| keeper.page.source().len() < WRITTEN as usize)
        else {
            return Inlines { text: text.into(), runs }.into();
        };
        let len = inline::len(&text);
        if let [run] = &runs[..]
            && is_plain(run)
            && keeper.page.source().get(run.source.range()) == Some(&text)
        {
            return Self { held: Some(Arc::clone(&keeper.page)), at: run.source.start, len };
        }
        let mut written = keeper.written.borrow_mut();
        let at = inline::len_of(written.bytes.len());
        if text.len() > LONGEST_SHORT || at >= WRITTEN {
            return Inlines { text: text.into(), runs }.into();
        }
        write(&mut written, &text, &runs, &keeper.page);
        Self { held: Some(Arc::clone(&keeper.page)), at: at | WRITTEN, len }
    }

    fn form(&self) -> Form<'_> {
        let Some(held) = &self.held else { return Form::Empty };
        match &**held {
            Held::Open(inlines) => Form::Open(inlines),
            Held::Page { .. } if self.at & WRITTEN == 0 => {
                Form::Plain(held, ByteSpan { start: self.at, end: self.at + self.len })
            }
            Held::Page { written, .. } => {
                let bytes = written.get().map_or(&[][..], |bytes| bytes);
                let from = (self.at & !WRITTEN) as usize;
                Form::Short(held, bytes.get(from..).unwrap_or_default())
            }
        }
    }

    /// The content, for reading. Costs its length; nothing where it is long.
    #[must_use]
    pub fn open(&self) -> Cow<'_, Inlines> {
        match self.form() {
            Form::Empty => Cow::Owned(Inlines::default()),
            Form::Open(inlines) => Cow::Borrowed(inlines),
            Form::Plain(page, span) => {
                let text = Text(Place::Part(Arc::clone(page), span));
                let run =
                    Run { end: self.len, marks: Marks::NONE, target: Target::None, source: span };
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
        match self.form() {
            Form::Empty => Cow::Borrowed(""),
            Form::Open(inlines) => Cow::Borrowed(&inlines.text),
            Form::Plain(page, span) => Cow::Borrowed(page.slice(span)),
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
        self.len as usize
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many runs cover the text. In O(1).
    #[must_use]
    pub fn count(&self) -> usize {
        match self.form() {
            Form::Empty => 0,
            Form::Open(inlines) => inlines.runs.len(),
            Form::Plain(..) => 1,
            Form::Short(_, bytes) => Reader::new(bytes).number() as usize,
        }
    }

    /// The first run.
    #[must_use]
    pub fn first(&self) -> Option<Run> {
        match self.form() {
            Form::Open(inlines) => inlines.runs.first().copied(),
            _ => self.open().runs.first().copied(),
        }
    }

    /// Whether no run leads anywhere: then nothing in it can be selected.
    #[must_use]
    pub fn leads_nowhere(&self) -> bool {
        match self.form() {
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
        let source = match self.held.as_deref() {
            Some(Held::Page { source, .. }) => Some(Arc::clone(source)),
            _ => None,
        };
        let mut inlines = self.open().into_owned();
        change(&mut inlines);
        let keeper = source.map(Keeper::new);
        *self = Self::new(inlines.text.to_string(), inlines.runs, keeper.as_ref());
        if let Some(keeper) = keeper {
            keeper.finish();
        }
    }

    /// Calls `each` with the runs and their texts.
    fn each(&self, mut each: impl FnMut(Run, &str)) {
        if let Form::Short(page, bytes) = self.form() {
            read(bytes, page, &mut each);
        }
    }
}

impl From<Inlines> for Kept {
    fn from(inlines: Inlines) -> Self {
        let len = inline::len(&inlines.text);
        Self { held: Some(Arc::new(Held::Open(inlines))), at: 0, len }
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

/// What the first number of a run says: whether its text is written out, whether it has marks, what it leads to.
const WRITTEN_OUT: u32 = 1;
const MARKED: u32 = 2;
const TARGET: u32 = 4;

/// How many runs there are; then of each what it says, how far behind the one before it
/// starts in the source, its length there, and as it says its marks, the number of what it leads to, its text.
fn write(to: &mut Writer, text: &str, runs: &[Run], page: &Held) {
    to.length(runs.len());
    let mut before = 0;
    for (range, run) in document::ranges(runs) {
        let part = text.get(range).unwrap_or_default();
        let written_out = page.slice(run.source) != part;
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
}

/// Calls `each` with every run that [`write()`] wrote, and its text.
fn read(bytes: &[u8], page: &Held, mut each: impl FnMut(Run, &str)) {
    let mut from = Reader::new(bytes);
    let count = from.number();
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
        let part = if says & WRITTEN_OUT == 0 { page.slice(span) } else { from.text() };
        end += inline::len(part);
        let marks = Marks(u16::try_from(marks).unwrap_or_default());
        each(Run { end, marks, target, source: span }, part);
    }
}

/// A text of its own, or a part of the page's source. Reads as a `str`.
#[derive(Clone)]
pub struct Text(Place);

#[derive(Clone)]
enum Place {
    Own(Box<str>),
    /// The pointer to the page takes half the room of a pointer to its source.
    Part(Arc<Held>, ByteSpan),
}

impl Text {
    /// The part of the keeper's source at `span`, if `text` is that.
    pub(super) fn part(keeper: &Keeper, span: ByteSpan, text: &str) -> Option<Self> {
        let is_same = keeper.page.source().get(span.range()) == Some(text);
        is_same.then(|| Self(Place::Part(Arc::clone(&keeper.page), span)))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Place::Own(text) => text,
            Place::Part(page, span) => page.slice(*span),
        }
    }
}

/// Texts that were read one by one, put where they take little memory: a long page has hundreds of thousands.
#[derive(Default)]
pub(super) struct Pool<'t> {
    /// What does not stand in the source, one after the other, and whose it is.
    all: String,
    pooled: Vec<(&'t mut Text, ByteSpan)>,
}

impl<'t> Pool<'t> {
    /// Takes a text that was read at `span` of the keeper's source.
    pub(super) fn take(&mut self, text: &'t mut Text, keeper: &Keeper, span: ByteSpan) {
        let here = keeper.page.slice(span);
        if here.len() <= LONGEST_SEARCHED
            && let Some(at) = memmem::find(here.as_bytes(), text.as_bytes())
        {
            let start = span.start + inline::len_of(at);
            let part = ByteSpan { start, end: start + inline::len(text) };
            *text = Text(Place::Part(Arc::clone(&keeper.page), part));
        } else {
            let start = self.all.len();
            self.all.push_str(text);
            self.pooled.push((text, ByteSpan::new(start..self.all.len())));
        }
    }

    /// Puts what does not stand in the source in one piece.
    pub(super) fn finish(self) {
        let pool = Keeper::new(self.all.into()).page;
        for (text, span) in self.pooled {
            *text = Text(Place::Part(Arc::clone(&pool), span));
        }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Place::Own(text.into()))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Place::Own(text.into()))
    }
}

impl Default for Text {
    fn default() -> Self {
        Self(Place::Own(Box::default()))
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
    use proptest::prelude::*;

    use super::{Form, Keeper, Kept, Place, Text};
    use crate::markdown::document::{Container, Leaf, LeafKind};
    use crate::markdown::{parse, parse_in_windows, parse_shared, parse_shared_in_windows};
    use crate::text::span::ByteSpan;

    #[test]
    fn leaves_are_small() {
        assert_eq!([size_of::<Text>(), size_of::<Kept>()], [24, 16]);
        assert_eq!([size_of::<Leaf>(), size_of::<Container>()], [40, 40]);
    }

    #[test]
    fn what_stands_in_the_source_is_not_held_again() {
        let source = Keeper::new("some words".into());
        let span = ByteSpan { start: 5, end: 10 };
        assert!(Text::part(&source, span, "words").is_some_and(|text| text == "words"));
        assert!(Text::part(&source, span, "other").is_none());

        // Bytes for the whole leaf, however long its words are.
        let check = |text: &str, bytes: Option<usize>| {
            let document = parse_shared(&text.into());
            let LeafKind::Paragraph(kept) = &document.leaves[0].kind else {
                panic!("{text} is a paragraph");
            };
            let own = match kept.form() {
                Form::Plain(..) => Some(0),
                Form::Short(_, own) => Some(own.len()),
                Form::Empty | Form::Open(_) => None,
            };
            assert_eq!(own, bytes, "{text}");
        };
        check("nothing but words, and more of them", Some(0));
        // Of `code` the backticks belong to the run, so that its text is written out.
        check("words with **marks** and `code` among them", Some(1 + 5 * 3 + 2 + 5));
        check("a [link](https://example.org) among them", Some(1 + 3 * 3 + 1));
        check("one &amp; two", Some(1 + 3 * 3 + 2));
        check("\\*one\\* ".repeat(2_000).as_str(), None);
    }

    #[test]
    fn of_code_only_what_is_not_as_in_the_source_is_held() {
        let check = |text: &str, is_part: bool| {
            let document = parse_shared(&text.into());
            let LeafKind::Code(code) = &document.leaves[0].kind else { panic!("{text} is code") };
            assert_eq!(code.text, "one\n\ttwo");
            assert_eq!(matches!(code.text.0, Place::Part(..)), is_part, "{text}");
        };
        check("```\none\n\ttwo\n```\n", true);
        check("> ```\n> one\n> \ttwo\n> ```\n", false);
        check("    one\n    \ttwo\n", false);
    }

    #[test]
    fn words_of_a_long_page_are_held_one_by_one_in_its_last_window_only() {
        let section = "# Tides *today*\n\n[[page]] and [[page|alias]] and [x](y.md)\n\n";
        let own = |sections: usize| {
            let document = parse_shared_in_windows(&section.repeat(sections).into(), 200);
            let links = document.facts.links.iter().map(|link| &link.words);
            let words: Vec<&Text> =
                links.chain(document.facts.headings.iter().map(|heading| &heading.text)).collect();
            assert_eq!(words.len(), 4 * sections);
            let is_own = |text: &&&Text| matches!(text.0, Place::Own(_));
            words.iter().filter(is_own).count()
        };
        assert_eq!(own(3), 4 * 3);
        assert!(own(300) <= 4 * 4, "{}", own(300));
    }

    proptest! {
        #[test]
        fn shared_or_not_a_page_says_the_same(
            parts in prop::collection::vec(0..PARTS.len(), 1..30),
        ) {
            let text: String = parts.into_iter().map(|part| PARTS[part]).collect();
            let source = text.as_str().into();
            prop_assert_eq!(parse_shared(&source), parse(&text));
            prop_assert_eq!(parse_shared_in_windows(&source, 40), parse_in_windows(&text, 40));
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
