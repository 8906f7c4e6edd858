//! The last hand on a block's content before it is shown: HTML tags become what they mean, formulas are said in
//! plain characters. Facts are read before and never see it.

use super::document::{Run, Target};
use super::element::{Element, Piece, Tag, pieces};
use super::inline::{self, Gathered, push_run};
use super::{math, scripts, walk};
use crate::text::role::Marks;
use crate::text::span::ByteSpan;
use crate::text::width::ellipsize;

/// An address behind the words of a link or image takes no more cells than this.
const ADDRESS_CELLS: usize = 48;
/// Elements nested deeper than this have no effect.
const MOST_OPEN: usize = 64;

/// `content` as it is shown.
pub(super) fn dress(content: Gathered) -> Gathered {
    let dressed = |run: &Run| run.marks.has(Marks::HTML) || run.marks.has(Marks::MATH);
    if !content.runs.iter().any(dressed) && !content.text.contains("  ") {
        return content;
    }
    let mut writer = Writer::default();
    for (range, run) in content.ranges() {
        let text = &content.text[range];
        if run.marks.has(Marks::HTML) {
            for (_, piece) in pieces(text) {
                match piece {
                    Piece::Tag(tag) => writer.tag(tag),
                    Piece::Text(text) => writer.push(text, *run),
                    Piece::Hidden => {}
                }
            }
        } else if run.marks.has(Marks::MATH)
            && let Some(said) = math::unicode(text)
        {
            writer.push(&said, Run { source: nowhere(run.source.start), ..*run });
        } else if writer.ends_in_space() && text.starts_with(' ') && !run.marks.has(Marks::CODE) {
            // What stood between the two is hidden.
            writer.push(&text[1..], after_first_byte(*run, text.len()));
        } else {
            push_spaced(&mut writer, text, *run);
        }
    }
    writer.take()
}

/// A formula as it is shown.
pub(super) fn said(tex: &str) -> String {
    math::unicode(tex).unwrap_or_else(|| tex.to_owned())
}

/// Writes the text of `run`, two spaces between words as one: they are a slip of the hand or a habit of the
/// typewriter. More than two were put there to align something, and stay.
fn push_spaced(writer: &mut Writer, text: &str, run: Run) {
    let exact = run.source.len() == text.len();
    if !exact || run.marks.has(Marks::CODE) || run.marks.has(Marks::MATH) {
        return writer.push(text, run);
    }
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| !byte.is_ascii_whitespace());
    let mut from = 0;
    let mut push = |range: std::ops::Range<usize>| {
        let start = run.source.start + len(range.start);
        let source = ByteSpan { start, end: run.source.start + len(range.end) };
        writer.push(&text[range], Run { source, ..run });
    };
    for (at, _) in text.match_indices("  ") {
        let bytes = text.as_bytes();
        if is_word(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && is_word(bytes.get(at + 2))
        {
            push(from..at + 1);
            from = at + 2;
        }
    }
    push(from..text.len());
}

/// The run of a text of `length` bytes without its first byte.
fn after_first_byte(run: Run, length: usize) -> Run {
    let exact = run.source.len() == length;
    let source = ByteSpan { start: run.source.start + u32::from(exact), ..run.source };
    Run { source: if exact { source } else { nowhere(run.source.start) }, ..run }
}

/// Writes content out of texts and tags.
#[derive(Debug, Default)]
pub(super) struct Writer {
    out: Gathered,
    open: Vec<Open>,
    /// Where the source has come to.
    at: u32,
    /// White space was met that shows as one space before the next word; where such a space stands.
    space: Option<ByteSpan>,
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    tag: String,
    element: Element,
    /// Where its text starts.
    start: usize,
    /// Where it leads.
    address: String,
}

impl Writer {
    /// Text of HTML that stands at `source`, byte for byte if it is `exact`: white space is one space,
    /// entities are signs.
    pub(super) fn html(&mut self, text: &str, source: u32, exact: bool) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            self.at = if exact { source + len(text.len() - rest.len()) } else { source };
            let length = if first.is_ascii_whitespace() {
                let word = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
                let length = rest.len() - word.len();
                let one = exact && length == 1 && first == ' ';
                self.space
                    .get_or_insert(ByteSpan { start: self.at, end: self.at + u32::from(one) });
                length
            } else if let Some((sign, length)) = walk::decode(rest) {
                self.word(&sign, nowhere(self.at));
                length
            } else {
                let end = rest[first.len_utf8()..]
                    .find(|c: char| c.is_ascii_whitespace() || c == '&')
                    .map_or(rest.len(), |end| end + first.len_utf8());
                let length = if exact { len(end) } else { 0 };
                self.word(&rest[..end], ByteSpan { start: self.at, end: self.at + length });
                end
            };
            rest = &rest[length..];
        }
        self.at = if exact { source + len(text.len()) } else { source };
    }

    /// Text that is written as it is.
    pub(super) fn push(&mut self, text: &str, run: Run) {
        if text.is_empty() {
            return;
        }
        self.out.text.push_str(text);
        let marks = run.marks.with(self.marks());
        push_run(&mut self.out, Run { marks, ..run });
        self.at = run.source.end;
    }

    /// A tag.
    pub(super) fn tag(&mut self, tag: Tag) {
        match tag.element() {
            Element::Break => {
                self.space = None;
                self.ornament("\n", Marks::NONE);
            }
            Element::Block | Element::Row | Element::Rule | Element::Details => self.new_line(),
            Element::Heading => {
                self.new_line();
                self.turn(tag);
            }
            Element::Item => {
                self.new_line();
                if !tag.closes {
                    self.ornament("\u{2022} ", Marks::NONE);
                }
            }
            Element::Cell if !tag.closes && !self.is_at_line_start() => {
                self.ornament(" \u{b7} ", Marks::NONE);
                self.space = None;
            }
            Element::Image if !tag.closes => self.image(tag),
            Element::Marks(_) | Element::Raised | Element::Lowered | Element::Link => {
                self.turn(tag);
            }
            Element::Unknown | Element::Raw => {
                self.flush_space();
                self.ornament(tag.text, Marks::HTML);
            }
            Element::Plain | Element::Summary | Element::Cell | Element::Image => {}
        }
    }

    /// What was written; what is open stays so for what follows.
    pub(super) fn take(&mut self) -> Gathered {
        for open in &mut self.open {
            open.start = 0;
        }
        self.space = None;
        std::mem::take(&mut self.out)
    }

    /// Opens an element, or closes the innermost of its name.
    fn turn(&mut self, tag: Tag) {
        if !tag.closes {
            if self.open.len() >= MOST_OPEN {
                return;
            }
            self.flush_space();
            let address = tag.attribute("href").filter(|href| !href.starts_with('#'));
            self.open.push(Open {
                tag: tag.text.to_owned(),
                element: tag.element(),
                start: self.out.text.len(),
                address: walk::decode_all(address.unwrap_or_default()),
            });
            return;
        }
        let Some(nth) = self.open.iter().rposition(|open| tag.ends(&Tag::new(&open.tag))) else {
            return;
        };
        let open = self.open.remove(nth);
        match open.element {
            Element::Raised => self.script(open.start, '^', scripts::raised),
            Element::Lowered => self.script(open.start, '_', scripts::lowered),
            Element::Link => {
                let words = self.out.text.get(open.start..).unwrap_or_default();
                if !open.address.is_empty() && words.trim() != open.address {
                    self.address(&open.address);
                }
            }
            _ => {}
        }
    }

    /// Raises or lowers what was written since `start`; what has no such form is marked by a sign.
    fn script(&mut self, start: usize, sign: char, form: fn(&str) -> Option<String>) {
        if start >= self.out.text.len() {
            return;
        }
        let tail = self.split_off(start);
        let plain = tail.runs.iter().all(|run| run.target == Target::None);
        let first = tail.runs.first().copied();
        if let (Some(text), Some(run), true) = (form(&tail.text), first, plain) {
            self.push(&text, Run { source: nowhere(run.source.start), ..run });
            return;
        }
        let one = tail.text.chars().all(char::is_alphanumeric);
        let (open, close) = if one { ("", "") } else { ("(", ")") };
        self.ornament(&format!("{sign}{open}"), Marks::NONE);
        for (range, run) in tail.ranges() {
            self.push(&tail.text[range], *run);
        }
        self.ornament(close, Marks::NONE);
    }

    /// Takes off what was written since `start`, at the cost of no more than that.
    fn split_off(&mut self, start: usize) -> Gathered {
        let nth = self.out.runs.partition_point(|run| run.end as usize <= start);
        let starts_run =
            nth.checked_sub(1).map_or(0, |nth| self.out.runs[nth].end as usize) == start;
        if !starts_run {
            return inline::split_off(&mut self.out, start);
        }
        let mut runs = self.out.runs.split_off(nth);
        for run in &mut runs {
            run.end -= len(start);
        }
        Gathered { text: self.out.text.split_off(start), runs }
    }

    /// An image or what else is shown by a file: what it shows in words, and where it lies.
    fn image(&mut self, tag: Tag) {
        let source = walk::decode_all(tag.attribute("src").unwrap_or_default());
        let alt = tag.attribute("alt").or_else(|| tag.attribute("title"));
        let alt = walk::decode_all(alt.unwrap_or_default());
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        if alt.is_empty() && source.is_empty() {
            return;
        }
        self.flush_space();
        if self.out.runs.last().is_some_and(|run| run.marks.has(Marks::IMAGE)) {
            self.ornament(" ", Marks::NONE);
        }
        if alt.is_empty() {
            self.ornament(&ellipsize(&source, ADDRESS_CELLS), Marks::IMAGE);
            return;
        }
        self.ornament(&alt, Marks::IMAGE);
        // In a link it is the link's address that matters.
        if !source.is_empty() && self.open.iter().all(|open| open.address.is_empty()) {
            self.address(&source);
        }
    }

    fn address(&mut self, address: &str) {
        self.ornament(&format!(" ({})", ellipsize(address, ADDRESS_CELLS)), Marks::HTML);
    }

    fn word(&mut self, text: &str, source: ByteSpan) {
        self.flush_space();
        self.push(text, Run { end: 0, marks: Marks::NONE, target: Target::None, source });
    }

    fn flush_space(&mut self) {
        if let Some(source) = self.space.take().filter(|_| !self.is_at_line_start()) {
            self.push(" ", Run { end: 0, marks: Marks::NONE, target: Target::None, source });
        }
    }

    fn new_line(&mut self) {
        self.space = None;
        if !self.is_at_line_start() {
            self.ornament("\n", Marks::NONE);
        }
    }

    fn ends_in_space(&self) -> bool {
        self.out.text.ends_with(' ')
    }

    fn is_at_line_start(&self) -> bool {
        self.out.text.is_empty() || self.out.text.ends_with('\n')
    }

    /// Text that does not stand in the source.
    fn ornament(&mut self, text: &str, marks: Marks) {
        let source = nowhere(self.at);
        self.push(text, Run { end: 0, marks, target: Target::None, source });
    }

    fn marks(&self) -> Marks {
        self.open.iter().fold(Marks::NONE, |marks, open| match open.element {
            Element::Marks(more) => marks.with(more),
            Element::Heading => marks.with(Marks::STRONG),
            _ => marks,
        })
    }
}

/// The span of text that does not stand in the source as it is shown.
fn nowhere(at: u32) -> ByteSpan {
    ByteSpan { start: at, end: at }
}

fn len(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
