//! What a finished leaf means: its links and tags become facts, its text a paragraph, a callout's
//! title, a task, an embed, a property.

use memchr::memmem;

use super::comment;
use super::document::{ContainerKind, LeafKind, Run, Target};
use super::dress::{dress, said};
use super::extend::{self, Numbers};
use super::facts::{BlockId, Heading, Link, LinkKind, Tag, TagOrigin};
use super::footer;
use super::glance::{Glance, glance};
use super::inline::{self, Gathered, INERT, len};
use super::kept::{Kept, Text};
use super::walk::{OpenKind, OpenLeaf, Walk};
use super::words;
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// From so many bytes on the text of a leaf is taken out of the memory in which it was gathered, and not copied.
const LONG_LEAF: usize = 1 << 20;

impl Walk<'_> {
    /// Adds a leaf that is no paragraph and no heading.
    pub(super) fn push_leaf(&mut self, kind: LeafKind, span: ByteSpan) {
        if span.start < self.hidden_until {
            return;
        }
        let span = self.trimmed(span);
        self.section_meets_other();
        self.place(kind, span);
        self.last_block = span;
    }

    pub(super) fn place(&mut self, kind: LeafKind, span: ByteSpan) {
        let summary = matches!(kind, LeafKind::DetailsSummary(_));
        if !summary && matches!(self.blocks.innermost_empty(), Some(ContainerKind::Details { .. }))
        {
            let start = ByteSpan { start: span.start, end: span.start };
            self.blocks.push(LeafKind::DetailsSummary(Kept::default()), start);
        }
        self.blocks.push(kind, span);
    }

    /// Closes the leaf that is open and adds it.
    pub(super) fn close_leaf(&mut self) {
        let Some(leaf) = self.leaf.take() else { return };
        let mut span = self.source.trim_end(leaf.start, leaf.end);
        if leaf.kind == OpenKind::Paragraph
            && let Some(formula) = self.formula_beyond(span)
        {
            self.facts.links.truncate(leaf.first_link);
            self.hidden_until = formula.end;
            self.add_formula(formula);
            return;
        }
        if leaf.kind == OpenKind::Paragraph || leaf.kind == OpenKind::Implied {
            self.finish(&leaf, span);
            self.add_paragraph(span);
            return;
        }
        if span.start < self.hidden_until {
            self.facts.links.truncate(leaf.first_link);
            return;
        }
        self.finish(&leaf, span);
        if matches!(leaf.kind, OpenKind::Heading(_))
            && let Some(rule) = self.rule_under(span)
            && self.take_callout(&mut span)
            && self.inline.content.is_empty()
        {
            self.push_leaf(LeafKind::Rule, rule);
            return;
        }
        if let Some(id) = self.take_block_id() {
            self.facts.block_ids.push(BlockId { id, span });
        }
        inline::trim(&mut self.inline.content);
        if let OpenKind::Heading(level) = leaf.kind {
            self.add_heading(level, span);
        } else {
            self.section_meets_other();
            let content = self.take_content();
            self.place(LeafKind::DefinitionTerm(self.kept(content)), span);
        }
        self.last_block = span;
    }

    /// Closes the cell of a table that is open; `row` is where its row stands.
    pub(super) fn close_cell(&mut self, row: ByteSpan) -> Kept {
        let Some(leaf) = self.leaf.take() else { return Kept::default() };
        self.finish(&leaf, row);
        inline::trim(&mut self.inline.content);
        let cell = self.take_content();
        self.kept(cell)
    }

    /// Content as the document keeps it.
    pub(super) fn kept(&self, content: Gathered) -> Kept {
        content.done(self.source.keeper.as_ref())
    }

    /// The content of the leaf, in memory of its own size; nothing where blocks are not kept.
    fn take_content(&mut self) -> Gathered {
        if !self.blocks.keeps() {
            return Gathered::default();
        }
        if self.inline.content.text.len() < LONG_LEAF {
            shown(self.inline.content.clone())
        } else {
            // Not held twice; what comes after it is shorter.
            let mut content = std::mem::take(&mut self.inline.content);
            content.text.shrink_to_fit();
            content.runs.shrink_to_fit();
            shown(content)
        }
    }

    /// Reads what the parser did not know out of the leaf's text, and records its links and tags.
    fn finish(&mut self, leaf: &OpenLeaf, around: ByteSpan) {
        let content = &mut self.inline.content;
        let first_link = leaf.first_link;
        let Glance { words, may_hold } = glance(&content.text);
        self.may_hold = may_hold;
        if self.hidden_until > around.start
            || may_hold && memmem::find(content.text.as_bytes(), b"%%").is_some()
        {
            let after = around.end as usize;
            let rest = self.source.text.as_bytes().get(after..).unwrap_or_default();
            let mut until = None;
            let closes = || {
                until = memmem::find(rest, b"%%").map(|at| len_of(after + at + 2));
                until.is_some()
            };
            let from = self.hidden_until;
            let hidden = comment::hide(content, from, closes, &mut self.scratch);
            let is_hidden = |link: &Link| {
                let next = hidden.partition_point(|span| span.end <= link.span.start);
                hidden.get(next).is_some_and(|span| span.start <= link.span.start)
            };
            let keep = |link: &Link| !is_hidden(link) && link.span.start >= self.hidden_until;
            renumber(&mut self.facts.links, first_link, &mut [&mut *content], keep);
            self.hidden_until = until.unwrap_or(0).max(self.hidden_until);
        }
        if may_hold {
            self.extend(first_link, around);
        }
        for link in &mut self.facts.links[first_link..] {
            link.context = around;
        }
        if !self.in_footer {
            // Nothing was taken away or put in where the text holds nothing.
            let words = words.filter(|_| !may_hold && self.hidden_until <= around.start);
            let count = || words::count(&self.inline.content.text);
            self.facts.words += words.unwrap_or_else(count);
        }
    }

    /// Records the tags and addresses in the leaf's text, and adds its inline notes.
    fn extend(&mut self, first_link: usize, around: ByteSpan) {
        let content = &mut self.inline.content;
        let numbers = Numbers {
            tag: len_of(self.facts.tags.len()),
            link: len_of(self.facts.links.len()),
            note: self.blocks.next_note(),
        };
        let runs_matter = self.blocks.keeps() || !self.section.is_plain();
        let mut found = extend::extend(content, numbers, runs_matter, &mut self.scratch);
        for (name, span) in found.tags {
            self.facts.tags.push(Tag { name: name.into(), span, origin: TagOrigin::Inline });
        }
        if !found.addresses.is_empty() {
            for (target, span) in found.addresses {
                let place = (span, self.source.line(span.start as usize));
                let link = Link::new(LinkKind::Markdown, place, &target, None, None);
                self.facts.links.push(link.within(around));
            }
            let mut contents: Vec<&mut Gathered> = found.notes.iter_mut().collect();
            contents.push(content);
            renumber(&mut self.facts.links, first_link, &mut contents, |_| true);
        }
        for mut note in found.notes {
            self.facts.words += words::count(&note.text);
            inline::trim(&mut note);
            let note = shown(note);
            let span = match (note.runs.first(), note.runs.last()) {
                (Some(first), Some(last)) => {
                    ByteSpan { start: first.source.start, end: last.source.end }
                }
                _ => around,
            };
            let note = self.kept(note);
            self.blocks.add_note(LeafKind::Paragraph(note), span);
        }
    }

    fn add_heading(&mut self, level: u8, span: ByteSpan) {
        let content = &self.inline.content;
        let is_note = |run: &Run| run.marks.has(Marks::FOOTNOTE);
        let text: Text = if content.runs.iter().any(is_note) || content.text.contains('\n') {
            let shown = content.ranges().filter(|(_, run)| !is_note(run));
            let text: String = shown.map(|(range, _)| &content.text[range]).collect();
            text.replace('\n', " ").into()
        } else {
            content.text.as_str().into()
        };
        self.section_starts(&text);
        let line = self.source.line(span.start as usize);
        let outline = len_of(self.facts.headings.len());
        self.facts.headings.push(Heading { level, text, line, span });
        if !self.blocks.keeps() {
            return self.blocks.fill();
        }
        let content = self.take_content();
        let content = self.kept(content);
        self.place(LeafKind::Heading { level, outline, content }, span);
    }

    fn add_paragraph(&mut self, mut span: ByteSpan) {
        if self.in_footer {
            let text = std::mem::take(&mut self.inline.content.text);
            self.add_footer_text(&text, span);
            return;
        }
        let had_text = !self.inline.content.text.trim().is_empty();
        let id = self.take_block_id();
        inline::trim_paragraph(&mut self.inline.content);
        if self.inline.content.is_empty() {
            // A block id on a line of its own; a hidden comment; an item that holds nothing.
            if let Some(id) = id {
                self.facts.block_ids.push(BlockId { id, span: self.last_block });
            } else if !had_text
                && !matches!(self.blocks.innermost(), Some(ContainerKind::Item { .. }))
            {
                self.last_block = span;
            }
            return;
        }
        if let Some(id) = id {
            self.facts.block_ids.push(BlockId { id, span });
        }
        self.last_block = span;
        if let Some(ContainerKind::Item { task, .. }) = self.blocks.innermost_empty() {
            if task.is_none()
                && let Some(sign) = take_task(&mut self.inline.content)
            {
                *task = Some(sign);
            }
        } else if self.take_callout(&mut span) && self.inline.content.is_empty() {
            return;
        }
        if self.section_takes(span) {
            return;
        }
        if !self.blocks.keeps() {
            return self.blocks.fill();
        }
        let embed = self.lone_embed();
        let math = self.is_lone_math(span);
        let content = self.take_content();
        let kind = match embed {
            Some(link) => LeafKind::Embed(link),
            None if math => LeafKind::Math(content.text.into()),
            None => LeafKind::Paragraph(self.kept(content)),
        };
        self.place(kind, span);
    }

    /// The rule at the end of a heading: `---` right under a text makes that one, and it is none
    /// where the text is no more than the title of a callout.
    fn rule_under(&self, span: ByteSpan) -> Option<ByteSpan> {
        let (_, line) = self.source.slice(span).rsplit_once('\n')?;
        let rule = line.trim_start_matches([' ', '\t', '>']);
        footer::is_rule(rule).then(|| ByteSpan { start: span.end - len(rule), end: span.end })
    }

    /// Makes a callout of the quote that starts with the leaf, if its first line says so: the line
    /// becomes the title, the rest stays in the leaf. Says whether it did.
    fn take_callout(&mut self, span: &mut ByteSpan) -> bool {
        let Some(container @ ContainerKind::Quote) = self.blocks.innermost_empty() else {
            return false;
        };
        let content = &mut self.inline.content;
        let Some((callout, title)) = take_callout(content) else { return false };
        *container = callout;
        let title_end = title.runs.last().map_or(span.start, |run| run.source.end);
        let title_span = ByteSpan { start: span.start, end: title_end.max(span.start) };
        span.start = content.runs.first().map_or(span.end, |run| run.source.start);
        self.place(LeafKind::CalloutTitle(self.kept(shown(title))), title_span);
        true
    }

    fn take_block_id(&mut self) -> Option<String> {
        if self.may_hold { extend::take_block_id(&mut self.inline.content) } else { None }
    }

    /// The embed that is all of the leaf.
    fn lone_embed(&self) -> Option<u32> {
        let runs = &self.inline.content.runs;
        let Target::Link(link) = runs.first()?.target else { return None };
        let alone = runs.iter().all(|run| run.target == Target::Link(link));
        let is_embed = self.facts.links.get(link as usize)?.kind == LinkKind::Embed;
        (alone && is_embed).then_some(link)
    }

    /// Where the formula between two `$$` stands of which the paragraph at `span` holds the first only: one with
    /// blank lines in it, which for the parser is no formula. Only outside of lists and quotes: it would have their
    /// signs between its lines.
    fn formula_beyond(&self, span: ByteSpan) -> Option<ByteSpan> {
        if self.blocks.depth() > 0 || self.in_footer || span.start < self.hidden_until {
            return None;
        }
        let body = self.source.slice(span).strip_prefix("$$")?;
        let after = span.end as usize;
        let rest = self.source.text.get(after..).unwrap_or_default();
        let close = memmem::find(rest.as_bytes(), b"$$")?;
        // Money and shells have such signs, too: the second ends its line as the first starts one.
        let line = rest[close + 2..].split('\n').next().unwrap_or_default();
        let ends = !body.contains("$$") && line.trim().is_empty();
        ends.then(|| ByteSpan { start: span.start, end: len_of(after + close + 2) })
    }

    fn add_formula(&mut self, span: ByteSpan) {
        self.section_meets_other();
        let inner = ByteSpan { start: span.start + 2, end: span.end - 2 };
        let text = self.source.slice(inner).replace('\r', "");
        if self.blocks.keeps() {
            self.place(LeafKind::Math(said(text.trim_matches('\n')).into()), span);
        }
        self.facts.words += words::count(&text);
        self.last_block = span;
    }

    fn is_lone_math(&self, span: ByteSpan) -> bool {
        let [run] = &self.inline.content.runs[..] else { return false };
        run.marks.has(Marks::MATH) && self.source.slice(span).starts_with("$$")
    }

    /// An item without a leaf holds an empty paragraph.
    pub(super) fn end_item(&mut self, span: ByteSpan) {
        let span = self.trimmed(span);
        if span.start >= self.hidden_until
            && matches!(self.blocks.innermost_empty(), Some(ContainerKind::Item { .. }))
        {
            self.section_meets_other();
            let end = ByteSpan { start: span.end, end: span.end };
            self.place(LeafKind::Paragraph(Kept::default()), end);
        }
        self.blocks.close(span.end);
    }

    /// A footnote without text holds an empty paragraph.
    pub(super) fn end_footnote(&mut self, span: ByteSpan) {
        let span = self.trimmed(span);
        if matches!(self.blocks.innermost_empty(), Some(ContainerKind::Footnote { .. })) {
            let end = ByteSpan { start: span.end, end: span.end };
            self.place(LeafKind::Paragraph(Kept::default()), end);
        }
        self.blocks.close_footnote(span.end);
        self.last_block = span;
    }
}

/// Content as it is shown, once everything is read off it.
fn shown(mut content: Gathered) -> Gathered {
    content.runs.iter_mut().for_each(|run| run.marks = run.marks.without(INERT));
    dress(content)
}

/// Drops the links from `first` on that are not to be kept and puts the others in the order of the
/// source; `contents` get their new numbers.
fn renumber(
    links: &mut Vec<Link>,
    first: usize,
    contents: &mut [&mut Gathered],
    keep: impl Fn(&Link) -> bool,
) {
    let added = &links[first..];
    if added.is_sorted_by_key(|link| link.span.start) && added.iter().all(&keep) {
        return;
    }
    let mut kept: Vec<(usize, Link)> = (first..).zip(links.drain(first..)).collect();
    let mut new = vec![None; kept.len()];
    kept.retain(|(_, link)| keep(link));
    kept.sort_by_key(|(_, link)| link.span.start);
    for (number, (old, link)) in (first..).zip(kept) {
        new[old - first] = Some(len_of(number));
        links.push(link);
    }
    for run in contents.iter_mut().flat_map(|content| &mut content.runs) {
        if let Target::Link(old) = run.target
            && let Some(number) = (old as usize).checked_sub(first).and_then(|at| new.get(at))
        {
            run.target = number.map_or(Target::None, Target::Link);
        }
    }
}

/// Takes `[?] ` off the start of an item's text; gives the character in the brackets.
fn take_task(content: &mut Gathered) -> Option<char> {
    let mut chars = content.text.chars();
    let (Some('['), Some(sign), Some(']')) = (chars.next(), chars.next(), chars.next()) else {
        return None;
    };
    let parted = match chars.next() {
        Some(c) => c.is_whitespace(),
        None => matches!(sign, ' ' | 'x' | 'X'),
    };
    let brackets = sign.len_utf8() + 2;
    let run = content.runs.first()?;
    let plain = !run.marks.has(INERT) && run.target == Target::None && run.end as usize >= brackets;
    if !parted || !plain || matches!(sign, '[' | ']') {
        return None;
    }
    *content = inline::split_off(content, brackets);
    inline::trim(content);
    Some(sign)
}

/// Takes the first line `[!kind]± title` off a quote's text.
fn take_callout(content: &mut Gathered) -> Option<(ContainerKind, Gathered)> {
    let rest = content.text.strip_prefix("[!")?;
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let (kind, after) = line.split_once(']')?;
    let kind = kind.split('|').next().unwrap_or_default().trim().to_lowercase();
    if kind.is_empty() || content.runs.first()?.marks.has(INERT) {
        return None;
    }
    let folded = match after.bytes().next() {
        Some(b'-') => Some(true),
        Some(b'+') => Some(false),
        _ => None,
    };
    let line_end = 2 + line.len();
    let title_start = line_end - after.len() + usize::from(folded.is_some());
    let mut body = inline::split_off(content, line_end);
    let mut title = inline::split_off(content, title_start);
    inline::trim(&mut title);
    inline::trim(&mut body);
    *content = body;
    Some((ContainerKind::Callout { kind: Box::new(kind), folded }, title))
}

fn len_of(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
