//! Taking something along: what the clipboard gets, and where the editor opens the page.

use super::{Address, OpenPage, place, rows};
use crate::app::confirm::Confirm;
use crate::app::model::WikiKind;
use crate::app::{Effect, Model, Overlay, confirm, outline, peek};
use crate::code::Highlighter;
use crate::command::Command;
use crate::index::fragment::{self, SpotKind};
use crate::layout::{Action, TextPlace};
use crate::markdown::{Document, LeafKind};
use crate::text::scrub::scrub_line;
use crate::text::slug::slug;

/// Runs a command that copies or edits; what copies takes from the page that has the keys, be it in a peek.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let rows = rows(model);
    let section = match peek::page(model) {
        Some(open) if peek::is_open(model) => outline::section(open),
        _ => outline::current(model),
    };
    if peek::page(model).is_none() {
        return model.say("No page is open yet");
    }
    let copied = match command {
        Command::Edit => return edit(model, effects),
        Command::CopyLink => target(model),
        _ => {
            let (open, rows) = match model.overlays.last_mut() {
                Some(Overlay::Peek(peek)) => match peek.shown() {
                    Some(shown) => shown,
                    None => return,
                },
                _ => match &mut model.reader.open {
                    Some(open) => (open, rows),
                    None => return,
                },
            };
            match command {
                Command::CopyPageLink => Ok(itself(page_link(&open.address, None))),
                Command::CopyHeadingLink => Ok(itself(heading_link(open, section))),
                Command::CopyPage => Ok((open.source.to_string(), "the page's source".to_owned())),
                Command::CopyCode => code(open, rows),
                Command::CopyTable | Command::CopyTableTsv => {
                    table(open, rows, command == Command::CopyTable)
                }
                _ => block(open, rows),
            }
        }
    };
    match copied {
        Ok((text, what)) => {
            effects.push(Effect::Copy(text));
            model.say(format!("Copied {what}"));
        }
        Err(reason) => model.say(reason),
    }
}

/// What is copied, and what to say about it; or why nothing is.
type Copied = Result<(String, String), &'static str>;

/// What is short enough to be said as it is.
fn itself(text: String) -> (String, String) {
    (text.clone(), text)
}

fn page_link(address: &Address, heading: Option<&str>) -> String {
    let target = match address {
        Address::Page(path) => path.as_str().strip_suffix(".md").unwrap_or(path.as_str()),
        Address::Missing { target, .. } => target,
    };
    match heading {
        Some(heading) => format!("[[{target}#{heading}]]"),
        None => format!("[[{target}]]"),
    }
}

/// A link to the heading above the selected link, else to that of the `section` the screen shows. The title
/// stands for the page.
fn heading_link(open: &OpenPage, section: Option<usize>) -> String {
    let headings = &open.document.facts.headings;
    let above = |at: u32| headings.partition_point(|heading| heading.span.start <= at);
    let nth = match open.selected.and_then(|nth| source_of_stop(open, nth)) {
        Some(at) => above(at).checked_sub(1),
        None => section,
    };
    let Some((nth, heading)) = nth.and_then(|nth| Some((nth, headings.get(nth)?))) else {
        return page_link(&open.address, None);
    };
    let starts = open.document.leaves.first().is_some_and(|leaf| leaf.span == heading.span);
    if nth == 0 && heading.level == 1 && starts {
        return page_link(&open.address, None);
    }
    let text = in_link(&heading.text);
    let parent = headings[..nth].iter().rfind(|parent| parent.level < heading.level);
    // Of headings that are called alike a link has to say which.
    let nested = parent.map(|parent| format!("{}#{text}", in_link(&parent.text)));
    let twins = headings[..nth].iter().filter(|other| slug(&other.text) == slug(&heading.text));
    let numbered = format!("{}-{}", slug(&heading.text), twins.count());
    let leads = |name: &String| {
        fragment::locate(&open.document.facts, name)
            .is_some_and(|spot| spot.exact && spot.kind == SpotKind::Heading(nth))
    };
    let names = [Some(text.clone()), nested, Some(numbered)];
    let name = names.into_iter().flatten().find(leads).unwrap_or(text);
    page_link(&open.address, Some(&name))
}

/// A heading's text without what means something in a wiki-link; headings are found without it, too.
fn in_link(heading: &str) -> String {
    let kept = heading.replace(['#', '|', '^', '[', ']'], " ");
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the link or tag of a stop stands in the source.
fn source_of_stop(open: &OpenPage, nth: u32) -> Option<u32> {
    let facts = &open.document.facts;
    match open.layout.stop(nth)?.action {
        Action::Link(link) => Some(facts.links.get(link as usize)?.span.start),
        Action::Tag(tag) => Some(facts.tags.get(tag as usize)?.span.start),
        _ => None,
    }
}

/// The block that is meant of those that fit: that of what is selected, if it is in view; else the first
/// that is wholly on the screen; else the one at its top.
fn meant(open: &mut OpenPage, rows: usize, fits: impl Fn(&LeafKind) -> bool) -> Option<u32> {
    let document = open.document.clone();
    let leaves = &document.leaves;
    let fits = |leaf: &u32| leaves.get(*leaf as usize).is_some_and(|leaf| fits(&leaf.kind));
    if let Some(nth) = open.selected {
        let (layout, context) = open.parts();
        let anchor = layout.anchor_of_stop(&context, nth);
        let leaf = layout.leaf_of_stop(nth).filter(fits);
        if leaf.is_some() && place::is_in_view(open, anchor, rows) {
            return leaf;
        }
    }
    let in_view = place::leaves_in_view(&open.layout, open.anchor, rows);
    let in_view: Vec<u32> = in_view.into_iter().filter(fits).collect();
    let whole = in_view.iter().copied().find(|leaf| {
        [0, u32::MAX].into_iter().all(|end| {
            let anchor = open.anchor_of(end_of(&document, *leaf, end));
            place::is_in_view(open, anchor, rows)
        })
    });
    whole.or_else(|| in_view.first().copied())
}

/// The start (0) or the end of a block.
fn end_of(document: &Document, leaf: u32, end: u32) -> TextPlace {
    let cell = match document.leaves.get(leaf as usize).map(|leaf| &leaf.kind) {
        Some(LeafKind::Table(table)) => {
            u32::try_from(table.rows.len() * table.alignments.len()).unwrap_or(0).saturating_sub(1)
        }
        _ => 0,
    };
    TextPlace { leaf, cell: cell.min(end), offset: end }
}

/// The source of the block that is meant.
fn block(open: &mut OpenPage, rows: usize) -> Copied {
    const NONE: &str = "There is no block in view";
    let nth = meant(open, rows, |_| true).ok_or(NONE)?;
    let leaf = open.document.leaves.get(nth as usize).ok_or(NONE)?;
    let text = open.source.get(leaf.span.range()).ok_or(NONE)?.trim_end().to_owned();
    let name = match leaf.kind {
        _ if text.is_empty() => return Err("This note was written on the page that is embedded"),
        _ if open.document.is_embedded(nth) => "embed",
        LeafKind::Heading { .. } => "heading",
        LeafKind::Paragraph(_) => "paragraph",
        LeafKind::Code(_) => "code block",
        LeafKind::Table(_) => "table",
        _ => "block",
    };
    let lines = lines(&text);
    Ok((text, format!("the {name}'s source ({lines})")))
}

fn code(open: &mut OpenPage, rows: usize) -> Copied {
    const NONE: &str = "No code block is in view";
    let leaf = meant(open, rows, |kind| matches!(kind, LeafKind::Code(_))).ok_or(NONE)?;
    let Some(LeafKind::Code(code)) = open.document.leaves.get(leaf as usize).map(|l| &l.kind)
    else {
        return Err(NONE);
    };
    let language = match code.language.as_str() {
        "" => "code".to_owned(),
        name => Highlighter::new().name(name).unwrap_or_else(|| scrub_line(name).into()),
    };
    Ok((code.text.to_string(), format!("{} of {language}", lines(&code.text))))
}

fn table(open: &mut OpenPage, rows: usize, as_markdown: bool) -> Copied {
    const NONE: &str = "No table is in view";
    let leaf = meant(open, rows, |kind| matches!(kind, LeafKind::Table(_))).ok_or(NONE)?;
    let record = open.document.leaves.get(leaf as usize).ok_or(NONE)?;
    let LeafKind::Table(table) = &record.kind else { return Err(NONE) };
    let count = table.rows.len().saturating_sub(1);
    let count = format!("{count} {}", if count == 1 { "row" } else { "rows" });
    if as_markdown {
        if open.document.is_embedded(leaf) {
            return Err(
                "This table was written on the page that is embedded: y T copies its cells",
            );
        }
        let text = open.source.get(record.span.range()).ok_or(NONE)?.trim_end();
        return Ok((text.to_owned(), format!("a table of {count} as Markdown")));
    }
    let start = TextPlace { leaf, ..TextPlace::default() };
    let range = start..end_of(&open.document, leaf, u32::MAX);
    let text = open.layout.plain(&open.context(), &range, false);
    Ok((text, format!("a table of {count}, parted by tabs")))
}

fn target(model: &Model) -> Copied {
    const NONE: &str = "No link is selected: Tab selects one";
    let open = peek::page(model).ok_or(NONE)?;
    let nth = open.selected.ok_or(NONE)?;
    let facts = &open.document.facts;
    let text = match open.layout.stop(nth).ok_or(NONE)?.action {
        Action::Link(id) => {
            let link = facts.links.get(id as usize).ok_or(NONE)?;
            let page = model.index.resolve(open.base_of(id), link).page();
            match page.and_then(|id| model.index.page(id)) {
                Some(page) => page.path.as_str().to_owned(),
                None => link.target().to_owned(),
            }
        }
        Action::Tag(tag) => format!("#{}", facts.tags.get(tag as usize).ok_or(NONE)?.name),
        Action::Backlink(number) => {
            let source = open.backlinks.get(number as usize).ok_or(NONE)?.source;
            model.index.page(source).ok_or(NONE)?.path.as_str().to_owned()
        }
        Action::Footnote(_) | Action::Properties | Action::Fold(_) => return Err(NONE),
    };
    Ok(itself(text))
}

fn edit(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(open) = &model.reader.open else { return };
    if model.wiki.kind == WikiKind::Sample {
        return model
            .say("The sample cannot be edited: `ken init DIR` writes it to a folder of yours");
    }
    let Address::Page(path) = &open.address else {
        return model.say("Nobody has written this page yet: there is nothing to edit");
    };
    let at = open.layout.source_at(open.anchor) as usize;
    let before = if open.is_written() { open.source.as_bytes().get(..at) } else { None };
    let line = before.map_or(0, |text| memchr::memchr_iter(b'\n', text).count());
    let line = u32::try_from(line).unwrap_or(0);
    // The editor opens the file, which may not be what is shown.
    let line = open.recovery.as_ref().map_or(line, |recovery| recovery.written_line(line));
    if open.is_deleted {
        let answers = vec![
            ('e', "edit a new file".to_owned(), vec![Effect::Edit { path: path.clone(), line: 1 }]),
            ('c', "copy the old text".to_owned(), vec![Effect::Copy(open.source.to_string())]),
        ];
        let question = format!("{} was deleted: begin it anew?", scrub_line(path.as_str()));
        return confirm::ask(model, Confirm { question, answers });
    }
    effects.push(Effect::Edit { path: path.clone(), line: 1 + line });
}

fn lines(text: &str) -> String {
    match text.lines().count() {
        1 => "1 line".to_owned(),
        n => format!("{n} lines"),
    }
}
