//! Tests of the whole way from a source to its document. A document is compared in a short form
//! ([`sketch`]), so that a test reads as source and expectation.

mod blocks;
mod embeds;
mod inlines;
mod pages;
mod properties;
mod traps;

use super::document::{ContainerKind, Document, LeafKind, Target};
use super::kept::Kept;
use super::parse;
use crate::text::role::Marks;

/// Compares the sketch of a source, line by line.
fn check(source: &str, expected: &[&str]) {
    let sketch = sketch(&parse(source));
    assert_eq!(sketch, expected, "{source}");
}

/// One line a leaf: the containers around it, its kind, its text.
fn sketch(document: &Document) -> Vec<String> {
    let leaves = document.leaves.iter().map(|leaf| {
        let mut line: Vec<String> = document
            .ancestors(leaf.container)
            .filter_map(|id| container(&document.container(id).kind))
            .collect();
        line.reverse();
        line.push(self::leaf(&leaf.kind));
        line.join(" ")
    });
    leaves.collect()
}

fn container(kind: &ContainerKind) -> Option<String> {
    Some(match kind {
        ContainerKind::Quote => ">".to_owned(),
        ContainerKind::Callout { kind, folded } => {
            let sign = folded.map_or("", |folded| if folded { "-" } else { "+" });
            format!("[!{kind}]{sign}")
        }
        ContainerKind::List { tight: true, .. } => return None,
        ContainerKind::List { tight: false, .. } => "loose".to_owned(),
        ContainerKind::Item { number, task } => {
            let mark = number.map_or("-".to_owned(), |number| format!("{number}."));
            task.map_or(mark.clone(), |sign| format!("{mark}[{sign}]"))
        }
        ContainerKind::Footnote { number } => format!("[^{number}]:"),
        ContainerKind::Definition => ":".to_owned(),
        ContainerKind::Embed { link } => format!("!{link}:"),
        ContainerKind::Details { open } => format!("details{}", if *open { "+" } else { "" }),
    })
}

fn leaf(kind: &LeafKind) -> String {
    match kind {
        LeafKind::Paragraph(content) => format!("'{}'", inlines(content)),
        LeafKind::Heading { level, content, .. } => format!("h{level} '{}'", inlines(content)),
        LeafKind::Code(code) => format!("code:{} '{}'", code.language, code.text),
        LeafKind::Table(table) => {
            let row = |row: &[Kept]| row.iter().map(inlines).collect::<Vec<_>>().join(",");
            format!("table {}", table.rows().map(row).collect::<Vec<_>>().join(";"))
        }
        LeafKind::Rule => "rule".to_owned(),
        LeafKind::Html(html) => format!("html '{html}'"),
        LeafKind::Math(math) => format!("math '{math}'"),
        LeafKind::Tags(tags) => format!("tags {tags:?}"),
        LeafKind::Embed(link) => format!("embed {link}"),
        LeafKind::CalloutTitle(content) => format!("title '{}'", inlines(content)),
        LeafKind::DetailsSummary(content) => format!("summary '{}'", inlines(content)),
        LeafKind::DefinitionTerm(content) => format!("term '{}'", inlines(content)),
    }
}

/// The text; what has a look or a target in braces: `{b:strong}`, `{@0:link}`, soft breaks as `/`,
/// other newlines as `//`.
fn inlines(kept: &Kept) -> String {
    const SIGNS: [(Marks, char); 11] = [
        (Marks::STRONG, 'b'),
        (Marks::EMPHASIS, 'i'),
        (Marks::STRIKETHROUGH, 's'),
        (Marks::HIGHLIGHT, '='),
        (Marks::CODE, '`'),
        (Marks::MATH, '$'),
        (Marks::HTML, '<'),
        (Marks::FOOTNOTE, '^'),
        (Marks::TAG, '#'),
        (Marks::IMAGE, '!'),
        (Marks::KEYBOARD, 'k'),
    ];
    let content = kept.open();
    let mut sketch = String::new();
    for (range, run) in content.ranges() {
        let newline = if run.marks.has(Marks::SOFT_BREAK) { "/" } else { "//" };
        let text = content.text[range].replace('\n', newline);
        let signs = SIGNS.iter().filter(|(mark, _)| run.marks.has(*mark)).map(|(_, sign)| *sign);
        let target = match run.target {
            Target::None => String::new(),
            Target::Link(link) => format!("@{link}"),
            Target::Tag(tag) => format!("t{tag}"),
            Target::Footnote(number) => format!("n{number}"),
        };
        let look = signs.collect::<String>() + &target;
        let part = if look.is_empty() { text } else { format!("{{{look}:{text}}}") };
        sketch.push_str(&part);
    }
    sketch
}
