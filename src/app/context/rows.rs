//! Rows: blocks as what stands on the rows of the pane, sentences broken and cut around what they mark.

use std::borrow::Cow;

use super::leads::To;
use super::linked_from;
use super::pieces::{Block, Piece, Source, Text, Title};
use crate::index::{Index, LinkRef, PageId};
use crate::text::fold::fold;
use crate::text::lines::lines;

/// Cells of a row that are no text: the cursor's column, an indent, the pane's edge.
pub(super) const EDGES: usize = 4;
/// A sentence has so many rows at most: the cursor keeps as many in view below it.
const MOST_ROWS: usize = 3;

/// One row; an outline has as many as a page has headings.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The item it belongs to.
    pub item: usize,
    /// What stands on it.
    pub show: Show,
}

/// What stands on a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Show {
    /// A heading of the page, by its number.
    Heading(usize),
    /// The title of a group, and how much it holds.
    Group(&'static str, u32),
    /// A page or another target.
    Title(Box<Title>),
    /// The title of a page with so many links to here, not in sight so far.
    Page(PageId, usize),
    /// A link alone, not in sight so far.
    Link(LinkRef),
    /// A row of a sentence.
    Text(Box<Sentence>),
}

/// What a row shows of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// The text.
    pub text: String,
    /// The stretches that are meant, in bytes.
    pub marked: Vec<(u32, u32)>,
    /// Whether something was left out before it, and behind it.
    pub cut: (bool, bool),
}

/// The rows of the pieces that hold all of `words` (folded), on a pane of so many cells; and where each item
/// leads. What is worked out of a piece on the way stays with it: pieces are kept for one width.
pub(super) fn of(
    index: &Index,
    pieces: &[Piece],
    words: &[String],
    cells: usize,
) -> (Vec<Row>, Vec<To>) {
    let kept = pieces.iter().filter_map(|piece| match piece {
        Piece::Made(block) => Some(Kept::Block(block, narrow(block, words)?)),
        Piece::Source(source) => {
            Some(Kept::Source(source, linked_from::narrow(index, source, words)?))
        }
    });
    let kept: Vec<Kept<'_>> = kept.collect();
    let mut rows = Vec::new();
    let mut leads = Vec::new();
    let room = cells.saturating_sub(EDGES).max(1);
    for group in kept.chunk_by(|a, b| a.group() == b.group()) {
        let name = group[0].group();
        if !name.is_empty() {
            let count: usize = group.iter().map(Kept::len).sum();
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            rows.push(Row { item: leads.len(), show: Show::Group(name, count) });
            leads.push(To::Nowhere);
        }
        for kept in group {
            let item = leads.len();
            match kept {
                Kept::Block(block, texts) => {
                    rows.push(Row { item, show: Show::Title(Box::new(block.title.clone())) });
                    leads.push(block.to.clone());
                    for text in texts {
                        if text.to != To::Nowhere {
                            leads.push(text.to.clone());
                        }
                        let item = leads.len() - 1;
                        let shown = text.shown.get_or_init(|| sentence(text, room));
                        rows.extend(shown.iter().map(|show| Row { item, show: show.clone() }));
                    }
                }
                Kept::Source(source, links) => {
                    let show = Show::Page(source.page, source.links.len());
                    rows.push(Row { item, show });
                    leads.push(To::Page(source.page));
                    for (link, item) in links.iter().zip(item + 1..) {
                        rows.push(Row { item, show: Show::Link(*link) });
                        leads.push(To::Link(*link));
                    }
                }
            }
        }
    }
    (rows, leads)
}

/// What is left of a piece.
enum Kept<'a> {
    Block(&'a Block, Vec<&'a Text>),
    Source(&'a Source, Cow<'a, [LinkRef]>),
}

impl Kept<'_> {
    fn group(&self) -> &'static str {
        match self {
            Self::Block(block, _) => block.group,
            Self::Source(..) => "",
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Block(_, texts) => texts.len(),
            Self::Source(_, links) => links.len(),
        }
    }
}

/// The sentences of a block that holds all words: all of them if its title does, else those that do; `None`
/// if there are none.
fn narrow<'a>(block: &'a Block, words: &[String]) -> Option<Vec<&'a Text>> {
    let all = || block.texts.iter();
    if words.is_empty() {
        return Some(all().collect());
    }
    let Title { name, detail, .. } = &block.title;
    let title = block.folded.get_or_init(|| fold(&format!("{name} {detail}")));
    if words.iter().all(|word| title.contains(word.as_str())) {
        return Some(all().collect());
    }
    let holds = |text: &&Text| {
        let text = text.folded.get_or_init(|| fold(&text.words));
        words.iter().all(|word| title.contains(word.as_str()) || text.contains(word.as_str()))
    };
    let texts: Vec<&Text> = all().filter(holds).collect();
    (!texts.is_empty()).then_some(texts)
}

/// The rows of a sentence; of a long one those around what it marks.
fn sentence(text: &Text, cells: usize) -> Vec<Show> {
    let lines = lines(&text.words, cells);
    let start = text.marked.first().map_or(0, |&(start, _)| start as usize);
    let marked = lines.iter().rposition(|line| line.start <= start).unwrap_or(0);
    let first = marked.saturating_sub(1).min(lines.len().saturating_sub(MOST_ROWS));
    let shown = lines.iter().enumerate().skip(first).take(MOST_ROWS);
    shown
        .map(|(nth, line)| {
            let within = |at: u32| {
                let at = (at as usize).clamp(line.start, line.end) - line.start;
                u32::try_from(at).unwrap_or(u32::MAX)
            };
            let marked = text.marked.iter().map(|&(from, to)| (within(from), within(to)));
            Show::Text(Box::new(Sentence {
                text: text.words[line.clone()].to_owned(),
                marked: marked.filter(|(from, to)| from < to).collect(),
                cut: (
                    nth == first && first > 0,
                    nth + 1 == first + MOST_ROWS && nth + 1 < lines.len(),
                ),
            }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_small() {
        assert_eq!(size_of::<Row>(), 32);
    }

    #[test]
    fn a_long_sentence_is_cut_around_its_mark() {
        let text = format!("{}needle {}", "hay ".repeat(20), "hay ".repeat(20));
        let at = u32::try_from(text.find("needle").unwrap()).unwrap();
        let text = Text { words: text, marked: vec![(at, at + 6)], ..Text::default() };
        let shown = sentence(&text, 11);
        let rows: Vec<String> = shown
            .iter()
            .map(|show| match show {
                Show::Text(part) => format!("{} {:?} {:?}", part.text, part.marked, part.cut),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            rows,
            [
                "hay hay [] (true, false)",
                "needle hay [(0, 6)] (false, false)",
                "hay hay hay [] (false, true)",
            ]
        );
    }
}
