//! Inline events become runs of text. Knows the parser's events, not what a block is made of.

use std::borrow::Cow;

use pulldown_cmark::Event;

use super::document::{Code, Target};
use super::html;
use super::inline::{INERT, len};
use super::walk::{OpenKind, Walk};
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

impl Walk<'_> {
    /// Reads an event that is inline content, but for text and elements.
    pub(super) fn inline_event(&mut self, event: Event, span: ByteSpan) {
        self.ensure_leaf(span);
        match event {
            Event::Code(text) => {
                let text = self.window.unmask(self.source, &text, span);
                self.push_read(&text, Marks::CODE, span);
            }
            Event::InlineMath(text) => self.math(&text, span, 1),
            Event::DisplayMath(text) => self.math(&text, span, 2),
            Event::SoftBreak => self.inline.push("\n", Marks::SOFT_BREAK, span),
            Event::HardBreak => self.inline.push("\n", INERT, span),
            Event::InlineHtml(html) => {
                let html = self.window.unmask(self.source, &html, span);
                match html::inline(&html) {
                    html::Inline::Open(marks) => self.inline.html = self.inline.html.with(marks),
                    html::Inline::Close(marks) => {
                        self.inline.html = self.inline.html.without(marks);
                    }
                    html::Inline::Break => self.inline.push("\n", INERT, span),
                    html::Inline::Comment => {}
                    html::Inline::Other => self.push_read(&html, Marks::HTML, span),
                }
            }
            Event::FootnoteReference(label) => {
                let number = self.blocks.refer(&label);
                let outer = std::mem::replace(&mut self.inline.target, Target::Footnote(number));
                self.push_read(&number.to_string(), Marks::FOOTNOTE, span);
                self.inline.target = outer;
            }
            _ => {}
        }
    }

    /// Reads text, be it of a leaf, of code or of HTML.
    pub(super) fn text(&mut self, text: &str, span: ByteSpan) {
        // The parser's text is a piece of the source, but for entities and expanded tabs.
        let source = self.source;
        let starts_entity = |text: &str, at: usize| text.as_bytes().get(at) == Some(&b'&');
        let exact = text.len() == span.len()
            && (starts_entity(text, 0) || !starts_entity(&source.text, span.start as usize));
        if let Some(code) = &mut self.code {
            if !self.blocks.keeps() {
                return;
            }
            push_code(code, if exact { source.slice(span) } else { text }, span.start);
            return;
        }
        if let Some(html) = &mut self.html {
            html.push(if exact { source.slice(span) } else { text }, span.start, exact);
            return;
        }
        self.ensure_leaf(span);
        if exact {
            self.inline_text(span);
        } else {
            self.push_read(text, Marks::NONE, span);
        }
    }

    /// Text that the parser made: it may still hold the line ends of the source.
    fn push_read(&mut self, text: &str, marks: Marks, mut span: ByteSpan) {
        let marks = marks.with(INERT);
        let plain = if text.contains('\r') {
            Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            Cow::Borrowed(text)
        };
        // Equal length means equal text to whoever reads a run: `&acE;` has the length of its sign.
        if plain.len() == span.len() && plain != self.source.slice(span) {
            span.end = span.start;
        }
        self.inline.push(&plain, marks, span);
    }

    /// Text as it stands in the source, with the wiki-links in it.
    fn inline_text(&mut self, span: ByteSpan) {
        let source = self.source;
        let end = span.end as usize;
        let mut at = span.start as usize;
        if self.is_escaped(at) {
            let len = source.text[at..end].chars().next().map_or(0, char::len_utf8);
            self.inline.push(&source.text[at..at + len], INERT, ByteSpan::new(at..at + len));
            at += len;
        }
        while at < end {
            at = self.alias_or_text(at, end);
        }
    }

    /// Whether the character at `at` was escaped: the parser leaves the backslash out.
    fn is_escaped(&self, at: usize) -> bool {
        let Some(leaf) = &self.leaf else { return false };
        // The parser says where a paragraph starts, but not where the text of a tight item does.
        let start = if leaf.kind == OpenKind::Implied { 0 } else { leaf.start };
        let before = self.inline.content.runs.last().map_or(start, |run| run.source.end as usize);
        before < at && at > 0 && self.source.text.as_bytes()[at - 1] == b'\\'
    }

    fn math(&mut self, text: &str, span: ByteSpan, dollars: usize) {
        let range = span.range();
        // `$5 and a-$10`: as in Pandoc and Obsidian, no digit follows the closing dollar.
        if dollars == 1
            && self.source.text.as_bytes().get(range.end).is_some_and(u8::is_ascii_digit)
        {
            let source = self.source;
            let text = source.slice(span);
            // Not one line of the source, as text is.
            if text.contains('\n') {
                self.push_read(text, Marks::NONE, span);
            } else {
                self.inline_text(span);
            }
            return;
        }
        let text = self.window.unmask(self.source, text, span);
        let inner = ByteSpan::new(
            range.start + dollars..range.end.saturating_sub(dollars).max(range.start + dollars),
        );
        self.push_read(&text, Marks::MATH, inner);
    }
}

fn push_code((code, gathered): &mut (Code, String), text: &str, start: u32) {
    let mut at = start;
    for line in text.split_inclusive('\n') {
        if gathered.is_empty() && code.line_starts.is_empty() || gathered.ends_with('\n') {
            code.line_starts.push(at);
        }
        gathered.push_str(line);
        at += len(line);
    }
}
