//! The little HTML that a page view understands; all other HTML is shown as it is written.

use super::document::{ContainerKind, Inlines, LeafKind, Run, Target};
use super::inline::len;
use super::walk::Walk;
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

impl Walk<'_> {
    /// Adds what can be seen of an HTML block; `<details>` is a container.
    pub(super) fn push_html(&mut self, html: &str, span: ByteSpan) {
        if span.start < self.hidden_until {
            return;
        }
        let span = self.trimmed(span);
        for part in parts(html) {
            match part {
                Part::Details(open) => self.blocks.open(ContainerKind::Details { open }, span),
                Part::EndDetails => {
                    if matches!(self.blocks.innermost_empty(), Some(ContainerKind::Details { .. }))
                    {
                        self.place(LeafKind::DetailsSummary(Inlines::default()), span);
                    }
                    self.blocks.end_details(span.end);
                }
                Part::Summary(text) => {
                    let run = Run {
                        end: len(&text),
                        marks: Marks::NONE,
                        target: Target::None,
                        source: span,
                    };
                    let runs = if text.is_empty() { Vec::new() } else { vec![run] };
                    let content = Inlines { text, runs };
                    if matches!(self.blocks.innermost_empty(), Some(ContainerKind::Details { .. }))
                    {
                        self.place(LeafKind::DetailsSummary(content), span);
                    } else {
                        self.place(LeafKind::Paragraph(content), span);
                    }
                }
                Part::Other(html) => self.push_leaf(LeafKind::Html(html.to_owned()), span),
            }
        }
        self.last_block = span;
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
    /// Shown as written.
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

/// A part of an HTML block.
#[derive(Debug, PartialEq)]
pub(super) enum Part<'a> {
    /// `<details>`, and whether it starts open.
    Details(bool),
    /// The text of `<summary>`.
    Summary(String),
    /// `</details>`.
    EndDetails,
    /// Anything else that can be seen, as written.
    Other(&'a str),
}

/// The parts of an HTML block. Comments are none.
pub(super) fn parts(html: &str) -> Vec<Part<'_>> {
    let lower = html.to_ascii_lowercase();
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    let last_summary = lower.rfind("</summary>").unwrap_or(0);
    let known = ["<details", "</details", "<summary"].iter().any(|tag| lower.contains(tag));
    while known && let Some(open) = lower[at..].find('<').map(|open| at + open) {
        let Some(close) = lower[open..].find('>').map(|close| open + close + 1) else { break };
        let name_end = |c: char| c == '>' || c.is_ascii_whitespace();
        let name = lower[open + 1..close].split(name_end).next().unwrap_or_default();
        at = close;
        let part = match name {
            "details" => {
                let mut attributes = lower[open..close - 1].split_whitespace();
                Part::Details(attributes.any(|attribute| attribute.starts_with("open")))
            }
            "/details" => Part::EndDetails,
            "summary" if close <= last_summary => {
                let end = lower[close..].find("</summary>").map_or(close, |end| close + end);
                at = end + "</summary>".len();
                Part::Summary(text(&html[close..end]))
            }
            _ => continue,
        };
        push_other(&mut parts, &html[from..open]);
        parts.push(part);
        from = at;
    }
    push_other(&mut parts, &html[from..]);
    parts
}

/// Adds what can be seen.
fn push_other<'a>(parts: &mut Vec<Part<'a>>, html: &'a str) {
    let shown = html.trim_matches(['\n', '\r']);
    let seen = shown.trim();
    let comment =
        seen.starts_with("<!--") && seen.find("-->").is_none_or(|end| end + 3 == seen.len());
    if !seen.is_empty() && !comment {
        parts.push(Part::Other(shown));
    }
}

/// The text of a piece of HTML, without its tags.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        rest = rest[open..].find('>').map_or("", |close| &rest[open + close + 1..]);
    }
    text.push_str(rest);
    let decoded = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    let text = decoded.iter().fold(text, |text, (entity, c)| text.replace(entity, c));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Inline, Part, inline, parts};
    use crate::text::role::Marks;

    #[test]
    fn known_inline_tags_become_marks() {
        assert_eq!(inline("<kbd>"), Inline::Open(Marks::KEYBOARD));
        assert_eq!(inline("</KBD>"), Inline::Close(Marks::KEYBOARD));
        assert_eq!(inline("<br />"), Inline::Break);
        assert_eq!(inline("<!-- x -->"), Inline::Comment);
        assert_eq!(inline("<span class=x>"), Inline::Other);
    }

    #[test]
    fn details_are_taken_apart() {
        assert_eq!(
            parts("<details open>\n<summary>A <b>b</b> &amp; c</summary>\n<p>x</p>\n</details>\n"),
            [
                Part::Details(true),
                Part::Summary("A b & c".to_owned()),
                Part::Other("<p>x</p>"),
                Part::EndDetails
            ]
        );
        assert_eq!(parts("<!-- [[x]] -->\n"), []);
        assert_eq!(parts("<div>\n<!-- x --></div>"), [Part::Other("<div>\n<!-- x --></div>")]);
    }
}
