//! Writing the restored Markdown: fences around code, signs before headings, blank lines between
//! blocks, and for every line the line of the source it came from.

use std::borrow::Cow;

use super::blocks::Block;
use super::given::{fence, is_broken_fence};
use super::language::Language;
use super::python::indent;
use super::{Change, ChangeKind, Recovered, headings, tables};

/// The restored text being written.
pub(super) struct Writer {
    out: String,
    line_map: Vec<u32>,
    changes: Vec<Change>,
    /// Whether the last line written is blank, or none has been written.
    fresh: bool,
    /// Whether the last line is blank and was added here.
    parted: bool,
}

impl Writer {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            out: String::with_capacity(capacity),
            line_map: Vec::new(),
            changes: Vec::new(),
            fresh: true,
            parted: false,
        }
    }

    fn line(&mut self, text: &str, source: usize) {
        self.out.push_str(text);
        self.out.push('\n');
        self.line_map.push(u32::try_from(source).unwrap_or(u32::MAX));
        self.fresh = text.trim().is_empty();
        self.parted = false;
    }

    /// A blank line of the source; where one has just been added, it is the same.
    fn blank(&mut self, text: &str, source: usize) {
        if !self.parted {
            self.line(text, source);
        }
    }

    /// Parts what follows from what came before by a blank line.
    fn part(&mut self, source: usize) {
        if !self.fresh {
            self.line("", source);
            self.parted = true;
        }
    }

    fn change(&mut self, kind: ChangeKind, source: usize) {
        let restored = u32::try_from(self.line_map.len()).unwrap_or(u32::MAX);
        self.changes.push(Change {
            kind,
            line: restored,
            source: u32::try_from(source).unwrap_or(u32::MAX),
        });
    }

    pub(super) fn finish(mut self, final_newline: bool) -> Recovered {
        if self.parted {
            self.out.pop();
            self.line_map.pop();
        }
        if !final_newline && self.out.ends_with('\n') {
            self.out.pop();
        }
        Recovered { markdown: self.out, line_map: self.line_map, changes: self.changes }
    }
}

/// Writes `blocks` of a page whose lines are `lines`.
pub(super) fn write(writer: &mut Writer, lines: &[&str], blocks: &[Block<'_>], levels: &[u8]) {
    // A page that parts its own paragraphs by blank lines means lines without one to be together.
    let airy = blocks
        .windows(3)
        .any(|w| matches!(w, [Block::Prose { .. }, Block::Blank { .. }, Block::Prose { .. }]));
    let broken = lines.iter().any(|line| is_broken_fence(line));
    for (index, block) in blocks.iter().enumerate() {
        let before = index.checked_sub(1).map(|i| &blocks[i]);
        match block {
            Block::Blank { line } => writer.blank(lines[*line], *line),
            Block::Kept { line } => writer.line(lines[*line], *line),
            Block::Prose { line, text, glued } => {
                if *glued {
                    writer.part(*line);
                    writer.change(ChangeKind::Parted, *line);
                }
                match levels[index] {
                    0 => {
                        let beside = airy && matches!(before, Some(Block::Prose { .. }));
                        if before.is_some_and(|b| !beside && !headings::flows(b, block)) {
                            writer.part(*line);
                        }
                        let text = if *glued { text.trim_start() } else { text };
                        writer.line(&opening_nothing(text, broken), *line);
                    }
                    level => {
                        writer.part(*line);
                        writer.change(ChangeKind::Heading { level }, *line);
                        let signs = "#".repeat(usize::from(level));
                        writer.line(&format!("{signs} {}", text.trim()), *line);
                    }
                }
            }
            Block::Row { line, row } => {
                if !matches!(before, Some(Block::Row { .. }))
                    || matches!(row, tables::Row::Header { .. })
                {
                    writer.part(*line);
                }
                let text = tables::restored(lines[*line], *row);
                if text != lines[*line].trim_end() {
                    writer.change(ChangeKind::Row, *line);
                }
                writer.line(&text, *line);
                if let tables::Row::Header { columns, delimited: false } = row {
                    writer.change(ChangeKind::Row, *line);
                    writer.line(&tables::delimiter(*columns), *line);
                }
            }
            Block::Code { language, lines: code } => fenced(writer, *language, code),
        }
    }
}

/// The text, with a sign before it where it begins as a fence does and is none: everything behind it would be code.
/// A fence that is only never closed is left as it is, unless others on the page have lost their line breaks.
fn opening_nothing(text: &str, broken: bool) -> Cow<'_, str> {
    if fence(text).is_none() {
        return text.into();
    }
    let info = text.trim_start().trim_start_matches(['`', '~']).trim_start();
    // `~~~~^^^^` points at a place in the line above it.
    let is_drawn = info.starts_with(|c: char| c.is_ascii_punctuation() && !matches!(c, '{' | '.'));
    if broken || is_drawn || info.split_whitespace().nth(1).is_some() {
        return format!("\\{}", text.trim_start()).into();
    }
    text.into()
}

fn fenced(writer: &mut Writer, language: Language, code: &[(usize, &str)]) {
    let (Some(first), Some(last)) = (code.first(), code.last()) else { return };
    writer.part(first.0);
    writer.change(ChangeKind::Code { language }, first.0);
    // A fence must be longer than any run of its sign in the code.
    let own = code.iter().filter_map(|(_, l)| fence(l.trim_start()));
    let longest = own.filter(|(sign, ..)| *sign == b'`').map(|(_, length, _)| length).max();
    let fence = "`".repeat(longest.map_or(3, |n| n + 1).max(3));
    writer.line(&format!("{fence}{}", language.info()), first.0);
    if language == Language::Python {
        let texts: Vec<&str> = code.iter().map(|(_, t)| *t).collect();
        for ((line, text), placed) in code.iter().zip(indent::indent(&texts)) {
            if placed.uncertain {
                writer.change(ChangeKind::Uncertain, *line);
            }
            match placed.spaces {
                Some(spaces) => writer.line(&format!("{:spaces$}{}", "", text.trim_start()), *line),
                None => writer.line(text, *line),
            }
        }
    } else {
        for (line, text) in code {
            writer.line(text, *line);
        }
    }
    writer.line(&fence, last.0);
    writer.part(last.0);
}
