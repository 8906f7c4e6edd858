//! Taking something along: what the clipboard gets, and where the editor opens the page.

use super::{OpenPage, place, rows};
use crate::app::model::WikiKind;
use crate::app::{Effect, Model};
use crate::command::Command;
use crate::layout::Action;
use crate::markdown::LeafKind;

use super::Address;

/// Runs a command that copies or edits.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let rows = rows(model);
    let Some(open) = &model.reader.open else {
        return model.say("No page is open yet");
    };
    if command == Command::Edit {
        return edit(model, effects);
    }
    let copied = match command {
        Command::CopyPageLink => Ok(page_link(&open.address)),
        Command::CopyPage => Ok((open.source.to_string(), "the page's source".to_owned())),
        Command::CopySource => block(open),
        Command::CopyCode => code(open, rows),
        _ => target(model, open),
    };
    match copied {
        Ok((text, what)) => {
            effects.push(Effect::Copy(text));
            model.say(format!("Copied {what}"));
        }
        Err(reason) => model.warn(reason),
    }
}

/// What is copied, and what to say about it; or why nothing is.
type Copied = Result<(String, String), &'static str>;

fn page_link(address: &Address) -> (String, String) {
    let target = match address {
        Address::Page(path) => path.as_str().strip_suffix(".md").unwrap_or(path.as_str()),
        Address::Missing { target, .. } => target,
    };
    let link = format!("[[{target}]]");
    (link.clone(), link)
}

/// The source of the block that holds the selected link, else of the first one in view.
fn block(open: &OpenPage) -> Copied {
    let selected = open.selected.and_then(|nth| match open.layout.stop(nth)?.action {
        Action::Link(link) => Some(open.document.facts.links.get(link as usize)?.span.start),
        Action::Tag(tag) => Some(open.document.facts.tags.get(tag as usize)?.span.start),
        _ => None,
    });
    let at = selected.unwrap_or_else(|| open.layout.source_at(open.anchor));
    let leaves = &open.document.leaves;
    // Footnotes stand last whatever their place in the source, so the leaves are not sorted.
    let inside = leaves.iter().find(|leaf| leaf.span.contains(at));
    let after = || leaves.iter().filter(|leaf| leaf.span.start >= at).min_by_key(|l| l.span.start);
    let leaf = inside.or_else(after).ok_or("There is no block in view")?;
    let text = open.source.get(leaf.span.range()).ok_or("There is no block in view")?;
    let text = text.trim_end().to_owned();
    let lines = lines(&text);
    Ok((text, format!("the block's source ({lines})")))
}

fn code(open: &OpenPage, rows: usize) -> Copied {
    for leaf in place::leaves_in_view(&open.layout, open.anchor, rows) {
        if let Some(LeafKind::Code(code)) =
            open.document.leaves.get(leaf as usize).map(|leaf| &leaf.kind)
        {
            let language = if code.language.is_empty() { "code" } else { &code.language };
            return Ok((code.text.clone(), format!("{} of {language}", lines(&code.text))));
        }
    }
    Err("No code block is in view")
}

fn target(model: &Model, open: &OpenPage) -> Copied {
    const NONE: &str = "No link is selected: Tab selects one";
    let nth = open.selected.ok_or(NONE)?;
    let facts = &open.document.facts;
    let text = match open.layout.stop(nth).ok_or(NONE)?.action {
        Action::Link(link) => {
            let link = facts.links.get(link as usize).ok_or(NONE)?;
            let page = model.index.resolve(open.address.base(), link).page();
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
        Action::Footnote(_) | Action::Properties => return Err(NONE),
    };
    Ok((text.clone(), text))
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
    effects.push(Effect::Edit { path: path.clone(), line: 1 + line });
}

fn lines(text: &str) -> String {
    match text.lines().count() {
        1 => "1 line".to_owned(),
        n => format!("{n} lines"),
    }
}
