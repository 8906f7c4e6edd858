//! The walk: the parser's events, in order, become blocks and facts. The one place that names the
//! parser and its options.
//!
//! It keeps a stack of its own for what is open and never calls itself, so that depth costs memory
//! and no stack. What is read off the events is handed on: inline content to [`Inline`], finished
//! blocks to [`Blocks`], their meaning to `leaf`.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::blocks::Blocks;
use super::document::{Alignment, Code, ContainerKind, Inlines, LeafKind, Table, Target};
use super::extend::Scratch;
use super::facts::{Facts, Link, LinkId, LinkKind};
use super::html;
use super::inline::{INERT, Inline};
use super::section::Section;
use super::source::Source;
use super::wikilink::WikiLink;
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// Everything that is read beyond `CommonMark`. Not listed, for a reason: wiki-links (`wikilink`
/// reads them), front matter (the parser takes a `---` pair in the middle of a page for it), GFM
/// alerts (callouts are more), smart punctuation (it breaks offsets), heading attributes, super-
/// and subscript (Obsidian knows none).
fn options() -> Options {
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

/// The state of reading one page.
pub(super) struct Walk<'s> {
    pub(super) source: &'s Source<'s>,
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
    table: Option<(Table, Vec<Inlines>)>,
    row: ByteSpan,
    code: Option<Code>,
    html: Option<String>,
    /// Links and images that are open: number, where the text shown for it starts.
    links: Vec<(LinkId, usize)>,
    next_wiki: usize,
    wiki: Option<OpenWiki>,
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

/// A wiki-link whose alias is being read.
struct OpenWiki {
    link: LinkId,
    shown: std::ops::Range<usize>,
    end: usize,
}

impl<'s> Walk<'s> {
    /// A walk that keeps blocks only if asked to: the index wants facts alone.
    pub(super) fn new(source: &'s Source<'s>, keep_blocks: bool) -> Self {
        Self {
            source,
            facts: Facts::default(),
            blocks: Blocks::new(keep_blocks),
            section: Section::default(),
            inline: Inline::default(),
            scratch: Scratch::default(),
            may_hold: false,
            leaf: None,
            hidden_until: 0,
            last_block: ByteSpan::default(),
            in_footer: false,
            table: None,
            row: ByteSpan::default(),
            code: None,
            html: None,
            links: Vec::new(),
            next_wiki: 0,
            wiki: None,
        }
    }

    /// Reads the blocks of a part of the source.
    pub(super) fn read(&mut self, start: usize, end: usize) {
        let Some(text) = self.source.masked.get(start..end) else { return };
        for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
            let span = ByteSpan::new(start + range.start..start + range.end);
            match event {
                Event::Start(tag) => self.start(tag, span),
                Event::End(tag) => self.end(tag, span),
                Event::Text(text) => self.text(&text, span),
                Event::Html(html) => self.block_html(&html, span),
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
        self.close_implied();
    }

    fn inline_event(&mut self, event: Event, span: ByteSpan) {
        self.ensure_leaf(span);
        match event {
            Event::Code(text) => {
                let text = self.source.unmask(&text, span);
                self.push_read(&text, Marks::CODE, span);
            }
            Event::InlineMath(text) => self.math(&text, span, 1),
            Event::DisplayMath(text) => self.math(&text, span, 2),
            Event::SoftBreak => self.inline.push("\n", Marks::SOFT_BREAK, span),
            Event::HardBreak => self.inline.push("\n", Marks::NONE, span),
            Event::InlineHtml(html) => {
                let html = self.source.unmask(&html, span);
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
                self.inline.push(&number.to_string(), Marks::FOOTNOTE.with(INERT), span);
                self.inline.target = outer;
            }
            _ => {}
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
                    code.info.push_str(self.source.unmask(&info, span).trim());
                    code.language = language(&code.info);
                }
                self.code = Some(code);
            }
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::Table(alignments) => {
                let alignments = alignments.into_iter().map(alignment).collect();
                self.table = Some((Table { alignments, rows: Vec::new() }, Vec::new()));
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
                    row.resize_with(table.alignments.len(), Inlines::default);
                    table.rows.push(std::mem::take(row));
                }
            }
            TagEnd::Table => {
                if let Some((table, _)) = self.table.take() {
                    self.push_leaf(LeafKind::Table(table), span);
                }
            }
            TagEnd::CodeBlock => {
                if let Some(mut code) = self.code.take() {
                    if code.text.ends_with('\n') {
                        code.text.pop();
                    }
                    self.push_leaf(LeafKind::Code(code), span);
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
        self.wiki = None;
        self.links.clear();
        let first_link = self.facts.links.len();
        let (start, end) = (span.start as usize, span.end as usize);
        self.leaf = Some(OpenLeaf { kind, start, end, first_link });
    }

    /// Inline content may come without a block of its own: in tight lists.
    fn ensure_leaf(&mut self, span: ByteSpan) {
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

    fn open_link(&mut self, link_type: LinkType, address: &str, span: ByteSpan) {
        self.ensure_leaf(span);
        let address = match link_type {
            LinkType::Email => format!("mailto:{address}"),
            _ => address.to_owned(),
        };
        let link = self.add_link(LinkKind::Markdown, address, span);
        self.inline.target = Target::Link(link);
        // The address of `<https://...>` is no alias of itself.
        let shown = match link_type {
            LinkType::Email | LinkType::Autolink => usize::MAX,
            _ => self.inline.content.text.len(),
        };
        self.links.push((link, shown));
    }

    fn open_image(&mut self, address: &str, span: ByteSpan) {
        self.ensure_leaf(span);
        let link = self.add_link(LinkKind::Image, address.to_owned(), span);
        // An image in a link leads where the link does.
        if self.inline.target == Target::None {
            self.inline.target = Target::Link(link);
        }
        self.inline.open(Marks::IMAGE);
        self.links.push((link, self.inline.content.text.len()));
    }

    fn close_link(&mut self) {
        let Some((link, shown)) = self.links.pop() else { return };
        let text = self.inline.content.text.get(shown..).unwrap_or_default().trim();
        let record = &mut self.facts.links[link as usize];
        if !text.is_empty() {
            record.alias = Some(text.replace('\n', " "));
        } else if record.kind == LinkKind::Image {
            let (path, span) = (record.target.clone(), record.span);
            self.inline.push(&path, INERT, span);
        }
        let outer = self.links.first().map(|(link, _)| Target::Link(*link));
        self.inline.target = outer.unwrap_or_default();
    }

    fn add_link(&mut self, kind: LinkKind, address: String, span: ByteSpan) -> LinkId {
        let mut link = Link {
            kind,
            span,
            line: self.source.line(span.start as usize),
            target: address,
            fragment: None,
            alias: None,
            context: ByteSpan::default(),
        };
        if !link.is_external()
            && let Some((target, fragment)) = link.target.split_once('#')
        {
            link.fragment = Some(fragment.trim().to_owned());
            let end = target.trim_end().len();
            link.target.truncate(end);
        }
        self.push_link(link)
    }

    fn push_link(&mut self, link: Link) -> LinkId {
        self.facts.links.push(link);
        u32::try_from(self.facts.links.len() - 1).unwrap_or(u32::MAX)
    }

    fn text(&mut self, text: &str, span: ByteSpan) {
        // The parser's text is a piece of the source, but for entities and expanded tabs.
        let source = self.source;
        let exact = text.len() == span.len();
        if let Some(code) = &mut self.code {
            if !self.blocks.keeps() {
                return;
            }
            push_code(code, if exact { source.slice(span) } else { text }, span.start);
            return;
        }
        if let Some(html) = &mut self.html {
            html.push_str(if exact { source.slice(span) } else { text });
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
    fn push_read(&mut self, text: &str, marks: Marks, span: ByteSpan) {
        let marks = marks.with(INERT);
        if text.contains('\r') {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            self.inline.push(&text, marks, span);
        } else {
            self.inline.push(text, marks, span);
        }
    }

    fn block_html(&mut self, text: &str, span: ByteSpan) {
        self.text(text, span);
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
            if let Some(wiki) = &self.wiki {
                let (link, shown, past) = (wiki.link, wiki.shown.clone(), wiki.end);
                let from = at.max(shown.start);
                let to = end.min(shown.end);
                if from < to {
                    let outer = std::mem::replace(&mut self.inline.target, Target::Link(link));
                    self.inline.push(&source.text[from..to], INERT, ByteSpan::new(from..to));
                    self.inline.target = outer;
                }
                at = at.max(end.min(past));
                if at >= past {
                    self.wiki = None;
                }
                continue;
            }
            let next = self.wiki_from(at).filter(|link| link.start < end);
            let to = next.map_or(end, |link| link.start);
            self.inline.push(&source.text[at..to], Marks::NONE, ByteSpan::new(at..to));
            at = to;
            if let Some(link) = next {
                self.open_wiki(link);
            }
        }
    }

    /// The next wiki-link that starts at `at` or after it.
    fn wiki_from(&mut self, at: usize) -> Option<&'s WikiLink> {
        let links = &self.source.links;
        while links.get(self.next_wiki).is_some_and(|link| link.start < at) {
            self.next_wiki += 1;
        }
        links.get(self.next_wiki)
    }

    fn open_wiki(&mut self, wiki: &WikiLink) {
        let source = &*self.source.text;
        let part = |range: &std::ops::Range<usize>| source[range.clone()].to_owned();
        let link = self.push_link(Link {
            kind: if wiki.embed { LinkKind::Embed } else { LinkKind::Wiki },
            span: ByteSpan::new(wiki.start..wiki.end),
            line: self.source.line(wiki.start),
            target: part(&wiki.target),
            fragment: wiki.fragment.as_ref().map(part),
            alias: Some(part(&wiki.shown)).filter(|alias| !alias.is_empty()),
            context: ByteSpan::default(),
        });
        let alias = &source[wiki.shown.clone()];
        // `![[image.png|300x200]]` says a size and no alias.
        let is_size =
            wiki.embed && alias.bytes().all(|b| b.is_ascii_digit() || b == b'x' || b == b'X');
        let shown =
            if alias.is_empty() || is_size { wiki.end..wiki.end } else { wiki.shown.clone() };
        if shown.is_empty() {
            self.push_target(link, wiki);
        }
        self.wiki = Some(OpenWiki { link, shown, end: wiki.end });
    }

    /// Shows the target itself: `page > Heading` for `page#Heading`.
    fn push_target(&mut self, link: LinkId, wiki: &WikiLink) {
        let source = &*self.source.text;
        let outer = std::mem::replace(&mut self.inline.target, Target::Link(link));
        let marks = if is_image(&source[wiki.target.clone()]) && wiki.embed {
            Marks::IMAGE
        } else {
            Marks::NONE
        };
        let marks = marks.with(INERT);
        let mut parts = vec![wiki.target.clone()];
        if let Some(fragment) = &wiki.fragment {
            let mut at = fragment.start;
            for part in source[fragment.clone()].split('#') {
                parts.push(at..at + part.len());
                at += part.len() + 1;
            }
        }
        parts.retain(|part| !part.is_empty());
        for (nth, part) in parts.iter().enumerate() {
            if nth > 0 {
                self.inline.push(" > ", marks, ByteSpan::new(part.start - 1..part.start));
            }
            self.inline.push(&source[part.clone()], marks, ByteSpan::new(part.clone()));
        }
        self.inline.target = outer;
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
            self.inline_text(span);
            return;
        }
        let text = self.source.unmask(text, span);
        let inner = ByteSpan::new(
            range.start + dollars..range.end.saturating_sub(dollars).max(range.start + dollars),
        );
        self.push_read(&text, Marks::MATH, inner);
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

fn push_code(code: &mut Code, text: &str, start: u32) {
    let mut at = start;
    for line in text.split_inclusive('\n') {
        if code.text.is_empty() && code.line_starts.is_empty() || code.text.ends_with('\n') {
            code.line_starts.push(at);
        }
        code.text.push_str(line);
        at += super::inline::len(line);
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

/// Whether a path names an image, by its ending.
fn is_image(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| {
        matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "bmp" | "avif")
    })
}
