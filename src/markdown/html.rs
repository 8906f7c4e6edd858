//! HTML as the text it holds: blocks of it become paragraphs, `<details>` a container; tags that a page view
//! knows become marks and breaks, others are shown quietly as they are written. No facts are read here: a
//! link in HTML is text with its address.

use super::document::{ContainerKind, LeafKind};
use super::dress::Writer;
use super::element::{Element, Piece, Tag, pieces};
use super::inline;
use super::kept::Kept;
use super::walk::{self, Walk};
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// An HTML block that is being read.
#[derive(Debug, Default)]
pub(super) struct Block {
    text: String,
    /// In the order of the text.
    parts: Vec<Part>,
}

/// A part of the text that stands in the source as a whole.
#[derive(Clone, Copy, Debug)]
struct Part {
    /// Where it starts in the text.
    at: usize,
    /// Where it starts in the source.
    source: u32,
    /// Whether it stands there byte for byte.
    exact: bool,
}

impl Block {
    /// Adds a part that stands at `source`, byte for byte if it is `exact`.
    pub(super) fn push(&mut self, text: &str, source: u32, exact: bool) {
        self.parts.push(Part { at: self.text.len(), source, exact });
        self.text.push_str(text);
    }

    /// Where the byte of the text stands in the source.
    fn source(&self, at: usize) -> u32 {
        let nth = self.parts.partition_point(|part| part.at <= at);
        let part = nth.checked_sub(1).map(|nth| self.parts[nth]);
        part.map_or(0, |part| {
            let within = if part.exact { at - part.at } else { 0 };
            part.source + u32::try_from(within).unwrap_or(u32::MAX)
        })
    }

    /// Writes the text of the block from byte `at` on.
    fn write(&self, at: usize, text: &str, writer: &mut Writer) {
        let (mut from, end) = (at, at + text.len());
        let mut nth = self.parts.partition_point(|part| part.at <= at);
        while from < end {
            let part_end = self.parts.get(nth).map_or(end, |part| part.at.min(end));
            let exact = nth.checked_sub(1).is_some_and(|nth| self.parts[nth].exact);
            writer.html(&self.text[from..part_end], self.source(from), exact);
            (from, nth) = (part_end, nth + 1);
        }
    }
}

impl Walk<'_> {
    /// Adds what can be seen of an HTML block.
    pub(super) fn push_html(&mut self, block: &Block, span: ByteSpan) {
        if span.start < self.hidden_until {
            return;
        }
        let span = self.trimmed(span);
        let mut writer = Writer::default();
        let mut raw: Option<(usize, Tag)> = None;
        let mut in_summary = false;
        // Where the paragraph that is being written starts.
        let mut from = 0;
        for (at, piece) in pieces(&block.text) {
            if let Some((start, open)) = raw {
                if let Piece::Tag(tag) = piece
                    && tag.ends(&open)
                {
                    from = at + tag.text.len();
                    self.push_raw(block, start..from, open, span);
                    raw = None;
                }
                continue;
            }
            let tag = match piece {
                Piece::Hidden => continue,
                Piece::Text(text) => {
                    if !in_summary && !text.trim().is_empty() {
                        self.section_meets_other();
                    }
                    block.write(at, text, &mut writer);
                    continue;
                }
                Piece::Tag(tag) => tag,
            };
            let element = tag.element();
            if !in_summary && !matches!(element, Element::Details | Element::Summary) {
                self.section_meets_other();
            }
            match element {
                Element::Details
                | Element::Summary
                | Element::Rule
                | Element::Raw
                | Element::Block
                | Element::Heading => {}
                _ => {
                    writer.tag(tag);
                    continue;
                }
            }
            let paragraph = ByteSpan { start: block.source(from), end: block.source(at) };
            self.push_written(&mut writer, paragraph, in_summary);
            from = at;
            match (element, tag.closes) {
                (Element::Details, false) => {
                    let open = tag.attribute("open").is_some();
                    self.blocks.open(ContainerKind::Details { open }, span);
                }
                (Element::Details, true) => {
                    if self.is_in_empty_details() {
                        self.place(LeafKind::DetailsSummary(Kept::default()), paragraph);
                    }
                    self.blocks.end_details(block.source(at));
                }
                (Element::Summary, closes) => in_summary = !closes,
                (Element::Rule, _) => {
                    let end = block.source(at + tag.text.len());
                    self.place(LeafKind::Rule, ByteSpan { start: paragraph.end, end });
                }
                (Element::Raw, false) => raw = Some((at, tag)),
                _ => writer.tag(tag),
            }
        }
        if let Some((start, open)) = raw {
            self.push_raw(block, start..block.text.len(), open, span);
        } else {
            let paragraph = ByteSpan { start: block.source(from), end: span.end };
            self.push_written(&mut writer, paragraph, in_summary);
        }
        self.last_block = span;
    }

    /// Adds the paragraph that was written, if it holds anything.
    fn push_written(&mut self, writer: &mut Writer, mut span: ByteSpan, is_summary: bool) {
        let mut content = writer.take();
        inline::trim(&mut content);
        let summary = is_summary && self.is_in_empty_details();
        if content.is_empty() && !summary {
            return;
        }
        if let Some(run) = content.runs.iter().find(|run| !run.source.is_empty()) {
            span.start = run.source.start;
        }
        span.end = span.end.max(span.start);
        let content = self.kept(content);
        self.place(
            if summary { LeafKind::DetailsSummary(content) } else { LeafKind::Paragraph(content) },
            span,
        );
    }

    /// Adds what is no running text, `at` the bytes from its opening tag to its closing one: of what is
    /// preformatted the text as it is, of drawings and styles all of the source.
    fn push_raw(&mut self, block: &Block, at: std::ops::Range<usize>, open: Tag, span: ByteSpan) {
        let text = &block.text[at.clone()];
        let source = ByteSpan { start: block.source(at.start), end: span.end };
        let is_text = open.is("pre") || open.is("textarea");
        let shown: String = if is_text {
            pieces(text)
                .filter_map(|(_, piece)| match piece {
                    Piece::Text(text) => Some(walk::decode_all(text)),
                    _ => None,
                })
                .collect()
        } else {
            text.to_owned()
        };
        let shown = shown.trim_matches(['\n', '\r']).trim_end();
        if !shown.is_empty() {
            let end = block.source(at.end).clamp(source.start, source.end);
            self.place(LeafKind::Html(shown.into()), ByteSpan { end, ..source });
        }
    }

    fn is_in_empty_details(&mut self) -> bool {
        matches!(self.blocks.innermost_empty(), Some(ContainerKind::Details { .. }))
    }
}

/// What an inline tag does.
#[derive(Debug, PartialEq)]
pub(super) enum Inline {
    /// Adds marks until the same element is closed.
    Open(Marks),
    /// Ends them.
    Close(Marks),
    /// Breaks the line.
    Break,
    /// A comment: nothing.
    Comment,
    /// Seen to later, by `dress`: until then it stands in the text as it is written.
    Other,
}

/// Reads one inline tag or comment.
pub(super) fn inline(html: &str) -> Inline {
    if html.starts_with("<!--") {
        return Inline::Comment;
    }
    let inner = html.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    let (closes, name) = match inner.strip_prefix('/') {
        Some(name) => (true, name),
        None => (false, inner),
    };
    let marks = match name.to_ascii_lowercase().as_str() {
        "br" => return Inline::Break,
        "kbd" => Marks::KEYBOARD,
        "mark" => Marks::HIGHLIGHT,
        "b" | "strong" => Marks::STRONG,
        "i" | "em" => Marks::EMPHASIS,
        "s" | "del" | "strike" => Marks::STRIKETHROUGH,
        _ => return Inline::Other,
    };
    if closes { Inline::Close(marks) } else { Inline::Open(marks) }
}

#[cfg(test)]
mod tests {
    use super::{Inline, inline};
    use crate::text::role::Marks;

    #[test]
    fn known_inline_tags_become_marks() {
        assert_eq!(inline("<kbd>"), Inline::Open(Marks::KEYBOARD));
        assert_eq!(inline("</KBD>"), Inline::Close(Marks::KEYBOARD));
        assert_eq!(inline("<br />"), Inline::Break);
        assert_eq!(inline("<!-- x -->"), Inline::Comment);
        assert_eq!(inline("<span class=x>"), Inline::Other);
    }
}
