//! The walk: the parser's events, in order, become blocks and facts. The one place that names the
//! parser and its options.
//!
//! It keeps a stack of its own for what is open and never calls itself, so that depth costs memory
//! and no stack. What is read off the events is handed on: inline content to `text` and `link`,
//! finished blocks to [`Blocks`], their meaning to `leaf`.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::blocks::{Blocks, LONG};
use super::cuts::Scratch;
use super::document::{Alignment, Code, ContainerKind, LeafKind, Table};
use super::facts::Facts;
use super::html;
use super::inline::{Inline, len};
use super::kept::{Kept, Pool, Text};
use super::link::OpenLinks;
use super::section::Section;
use super::source::{Source, Window};
use super::windows;
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// Everything that is read beyond `CommonMark`. Not listed, for a reason: wiki-links (`wikilink`
/// reads them), front matter (the parser takes a `---` pair in the middle of a page for it), GFM
/// alerts (callouts are more), smart punctuation (it breaks offsets), heading attributes, super-
/// and subscript (Obsidian knows none).
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_DEFINITION_LIST
}

/// How many events the bare parser sends for `text`.
pub(super) fn events(text: &str) -> usize {
    Parser::new_ext(text, options()).into_offset_iter().count()
}

/// The sign that the entity at the start of `text` stands for, and the entity's length.
pub(super) fn decode(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('&')?;
    let length = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'))?;
    if length == 0 || length > 32 || !inner[length..].starts_with(';') {
        return None;
    }
    let entity = &text[..length + 2];
    let mut sign = String::new();
    for event in Parser::new(entity) {
        if let Event::Text(text) = event {
            sign.push_str(&text);
        }
    }
    (sign != entity).then_some((sign, entity.len()))
}

/// `text` with signs in the place of its entities.
pub(super) fn decode_all(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let (sign, length) = decode(&rest[at..]).unwrap_or_else(|| ("&".to_owned(), 1));
        decoded.push_str(&sign);
        rest = &rest[at + length..];
    }
    decoded + rest
}

/// Of prose no more links and headings are read than one in so many bytes.
const BYTES_PER_FACT: usize = 256;

/// The state of reading one page.
pub(super) struct Walk<'s> {
    pub(super) source: &'s Source<'s>,
    /// The part of the source that the parser reads.
    pub(super) window: Rc<Window<'s>>,
    /// How many bytes a window of the source holds.
    pub(super) window_bytes: usize,
    pub(super) facts: Facts,
    pub(super) blocks: Blocks,
    pub(super) section: Section,
    /// The inline content of the open leaf.
    pub(super) inline: Inline,
    /// Memory for finding what the parser does not know.
    pub(super) scratch: Scratch,
    /// Whether the leaf that was finished last may hold what the parser does not know.
    pub(super) may_hold: bool,
    /// The leaf that is open.
    pub(super) leaf: Option<OpenLeaf>,
    /// Before this byte of the source everything is hidden by a comment.
    pub(super) hidden_until: u32,
    /// Where the block before this one stands: a block id on a line of its own names it.
    pub(super) last_block: ByteSpan,
    /// Whether what is read is a line of the page's footer.
    pub(super) in_footer: bool,
    /// Of how many links and headings the words are where they are to stay.
    pooled: (usize, usize),
    table: Option<(Table, Vec<Kept>)>,
    row: ByteSpan,
    /// The code block that is open, and its text so far.
    pub(super) code: Option<(Code, String)>,
    /// The HTML block that is open.
    pub(super) html: Option<html::Block>,
    pub(super) links: OpenLinks,
}

/// A leaf block whose end has not come.
pub(super) struct OpenLeaf {
    pub(super) kind: OpenKind,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) first_link: usize,
}

/// Leaf blocks with inline content.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum OpenKind {
    Paragraph,
    /// The text of a tight list's item, for which the parser sends no paragraph.
    Implied,
    Heading(u8),
    Term,
    Cell,
}

impl<'s> Walk<'s> {
    /// A walk that keeps blocks only if asked to: the index wants facts alone.
    pub(super) fn new(source: &'s Source<'s>, keep_blocks: bool) -> Self {
        let mut facts = Facts::default();
        if keep_blocks && source.text.len() >= LONG {
            // As for blocks: what is not used costs nothing.
            facts.links.reserve(source.text.len() / BYTES_PER_FACT);
            facts.headings.reserve(source.text.len() / BYTES_PER_FACT);
        }
        Self {
            source,
            window: Rc::default(),
            window_bytes: windows::WINDOW_BYTES,
            facts,
            blocks: Blocks::new(keep_blocks, source.text.len()),
            section: Section::default(),
            inline: Inline::new(),
            scratch: Scratch::default(),
            may_hold: false,
            leaf: None,
            hidden_until: 0,
            last_block: ByteSpan::default(),
            in_footer: false,
            pooled: (0, 0),
            table: None,
            row: ByteSpan::default(),
            code: None,
            html: None,
            links: OpenLinks::default(),
        }
    }

    /// Reads the blocks of a part of the source.
    pub(super) fn read(&mut self, start: usize, end: usize) {
        windows::read(self.source, start..end, self.window_bytes, |window, event, range| {
            if !Rc::ptr_eq(window, &self.window) {
                // No leaf of the window before is open any more, unless it is read again as a whole.
                if self.leaf.is_none() {
                    self.pool_words();
                }
                self.window = Rc::clone(window);
                self.links.restart();
            }
            self.event(event, range);
        });
        self.close_implied();
    }

    /// Puts the words of the links and headings of a long page that were read since the last time where they take
    /// little memory.
    fn pool_words(&mut self) {
        let Some(keeper) = &self.source.keeper else { return };
        if !self.blocks.keeps() || self.source.text.len() <= self.window_bytes {
            return;
        }
        let Facts { links, headings, .. } = &mut self.facts;
        let (first_link, first_heading) = self.pooled;
        self.pooled = (links.len(), headings.len());
        let mut pool = Pool::default();
        for link in links.get_mut(first_link..).unwrap_or_default() {
            pool.take(&mut link.words, keeper, link.span);
        }
        for heading in headings.get_mut(first_heading..).unwrap_or_default() {
            pool.take(&mut heading.text, keeper, heading.span);
        }
        pool.finish();
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        let is_end = matches!(event, Event::End(_));
        self.close_wiki(if is_end { range.end } else { range.start });
        let span = ByteSpan::new(range);
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => self.text(&text, span),
            Event::Html(html) => self.text(&html, span),
            Event::Rule => {
                self.close_implied();
                self.push_leaf(LeafKind::Rule, span);
            }
            Event::TaskListMarker(done) => {
                self.blocks.set_task(if done { self.task_sign(span) } else { ' ' });
            }
            inline => self.inline_event(inline, span),
        }
    }

    fn start(&mut self, tag: Tag, span: ByteSpan) {
        match tag {
            Tag::Emphasis => self.open_mark(Marks::EMPHASIS, span),
            Tag::Strong => self.open_mark(Marks::STRONG, span),
            Tag::Strikethrough => self.open_mark(Marks::STRIKETHROUGH, span),
            Tag::Link { link_type, dest_url, .. } => self.open_link(link_type, &dest_url, span),
            Tag::Image { dest_url, .. } => self.open_image(&dest_url, span),
            block => {
                self.close_implied();
                self.start_block(block, span);
            }
        }
    }

    fn start_block(&mut self, tag: Tag, span: ByteSpan) {
        match tag {
            Tag::Paragraph => {
                self.blocks.loosen_list();
                self.open_leaf(OpenKind::Paragraph, span);
            }
            Tag::Heading { level, .. } => self.open_leaf(OpenKind::Heading(level as u8), span),
            Tag::DefinitionListTitle => self.open_leaf(OpenKind::Term, span),
            Tag::BlockQuote(_) => self.blocks.open(ContainerKind::Quote, span),
            Tag::List(start) => {
                self.start_list();
                let start = start.map(|start| u32::try_from(start).unwrap_or(u32::MAX));
                self.blocks.open(ContainerKind::List { start, tight: true }, span);
            }
            Tag::Item => self.blocks.open_item(span),
            Tag::DefinitionListDefinition => self.blocks.open(ContainerKind::Definition, span),
            Tag::FootnoteDefinition(label) => {
                let span = self.source.trim_end(span.start as usize, span.end as usize);
                self.blocks.open_footnote(&label, span);
            }
            Tag::CodeBlock(kind) => {
                let mut code = Code::default();
                if let CodeBlockKind::Fenced(info) = kind {
                    code.info.push_str(self.window.unmask(self.source, &info, span).trim());
                    code.language = language(&code.info);
                }
                self.code = Some((code, String::new()));
            }
            Tag::HtmlBlock => self.html = Some(html::Block::default()),
            Tag::Table(alignments) => {
                let alignments = alignments.into_iter().map(alignment).collect();
                self.table = Some((Table { alignments, cells: Vec::new() }, Vec::new()));
            }
            Tag::TableHead | Tag::TableRow => self.row = self.trimmed(span),
            Tag::TableCell => self.open_leaf(OpenKind::Cell, span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: ByteSpan) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.inline.close(),
            TagEnd::Link => self.close_link(),
            TagEnd::Image => {
                self.close_link();
                self.inline.close();
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::DefinitionListTitle => {
                self.close_leaf();
            }
            TagEnd::TableCell => {
                let cell = self.close_cell(self.row);
                if let Some((_, row)) = &mut self.table {
                    row.push(cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some((table, row)) = &mut self.table {
                    // The parser stops filling up short rows when a table has a great many.
                    row.resize_with(table.alignments.len(), Kept::default);
                    table.cells.append(row);
                }
            }
            TagEnd::Table => {
                if let Some((mut table, _)) = self.table.take() {
                    table.cells.shrink_to_fit();
                    self.push_leaf(LeafKind::Table(Arc::new(table)), span);
                }
            }
            TagEnd::CodeBlock => {
                if let Some((mut code, mut text)) = self.code.take() {
                    if text.ends_with('\n') {
                        text.pop();
                    }
                    let start = code.line_starts.first().copied().unwrap_or(span.end);
                    let place = ByteSpan { start, end: start.saturating_add(len(&text)) };
                    let keeper = self.source.keeper.as_ref();
                    let part = keeper.and_then(|keeper| Text::part(keeper, place, &text));
                    code.text = part.unwrap_or_else(|| text.into());
                    code.line_starts.shrink_to_fit();
                    self.push_leaf(LeafKind::Code(Box::new(code)), span);
                }
            }
            TagEnd::HtmlBlock => {
                self.close_implied();
                let html = self.html.take().unwrap_or_default();
                self.push_html(&html, span);
            }
            TagEnd::Item => {
                self.close_implied();
                self.end_item(span);
            }
            TagEnd::List(_) => {
                self.close_container(span);
                self.end_list(span);
            }
            TagEnd::BlockQuote(_) | TagEnd::DefinitionListDefinition => {
                self.close_implied();
                self.close_container(span);
            }
            TagEnd::FootnoteDefinition => {
                self.close_implied();
                self.end_footnote(span);
            }
            _ => {}
        }
    }

    /// Closes the innermost container and what stands in it.
    pub(super) fn close_container(&mut self, span: ByteSpan) {
        self.last_block = self.trimmed(span);
        self.blocks.close(self.last_block.end);
    }

    fn open_leaf(&mut self, kind: OpenKind, span: ByteSpan) {
        self.inline.clear();
        self.links.clear();
        let first_link = self.facts.links.len();
        let (start, end) = (span.start as usize, span.end as usize);
        self.leaf = Some(OpenLeaf { kind, start, end, first_link });
    }

    /// Inline content may come without a block of its own: in tight lists.
    pub(super) fn ensure_leaf(&mut self, span: ByteSpan) {
        match &mut self.leaf {
            None => self.open_leaf(OpenKind::Implied, span),
            Some(leaf) if leaf.kind == OpenKind::Implied => {
                leaf.end = leaf.end.max(span.end as usize);
            }
            Some(_) => {}
        }
    }

    fn close_implied(&mut self) {
        if matches!(self.leaf, Some(OpenLeaf { kind: OpenKind::Implied, .. })) {
            self.close_leaf();
        }
    }

    fn open_mark(&mut self, marks: Marks, span: ByteSpan) {
        self.ensure_leaf(span);
        self.inline.open(marks);
    }

    /// The character in the brackets of a done task.
    fn task_sign(&self, span: ByteSpan) -> char {
        self.source.slice(span).trim_start_matches([' ', '\t', '[']).chars().next().unwrap_or('x')
    }

    pub(super) fn trimmed(&self, span: ByteSpan) -> ByteSpan {
        self.source.trim_end(span.start as usize, span.end as usize)
    }
}

/// The language that an info string names: its first word.
fn language(info: &str) -> String {
    let word = info.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or_default();
    word.trim_matches(['{', '}', '.']).to_lowercase()
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}
