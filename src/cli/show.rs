//! `ken show`: a page as it is shown, on standard output.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Result, anyhow};

use super::args::{Arguments, Show, When};
use super::engine::Engine;
use super::look::Look;
use super::output::Out;
use crate::config::Config;
use crate::index::{Status, fragment};
use crate::layout::{self, Action, Head, Line, Manner, Options, PageLayout};
use crate::markdown::LinkId;
use crate::runtime::{ansi, hyperlink, settings, themes};
use crate::text::scrub::scrub_line;
use crate::theme::{Depth, Theme};
use crate::vault::PagePath;

/// Width where the output is no terminal.
const WIDTH: u16 = 80;

pub(crate) fn show(arguments: &Arguments, wanted: &Show, out: &mut Out) -> Result<bool> {
    let (engine, path) = Engine::with_page(arguments, &wanted.page)?;
    if wanted.source {
        let text = engine.files.read(&path);
        let text = text.map_err(|reason| anyhow!("cannot read {path}: {reason}"))?;
        out.exact(&text.text)?;
        return Ok(true);
    }
    let mut look = Look::read(&engine, &path)?;
    let theme = if wanted.plain { None } else { theme(arguments, &engine.config, wanted.color)? };
    if wanted.plain {
        look.number_links();
    }
    if theme.is_some() {
        look.colour();
    }
    let terminal = Out::is_terminal().then(crossterm::terminal::size);
    let columns = terminal.and_then(Result::ok).map_or(WIDTH, |(columns, _)| columns);
    let width = usize::from(wanted.width.unwrap_or(columns.min(engine.config.page_width)));
    let options = Options {
        width,
        breaks: engine.config.breaks,
        ascii: engine.config.ascii || arguments.ascii,
        manner: if wanted.plain { Manner::Mail } else { Manner::Screen },
        // Nothing can be panned to here.
        code_wrap: true,
        code_line_numbers: engine.config.code_line_numbers,
        ..Options::default()
    };
    let section = wanted.section.as_ref().map(|name| section(&look, &path, name)).transpose()?;
    let remarks = match &look.loaded.recovery {
        Some(recovery) => vec![recovery.remark(), "--source prints it as written".to_owned()],
        None => Vec::new(),
    };
    let title = engine.index.at(&path).map(|page| page.title.clone()).unwrap_or_default();
    let notices = look.loaded.notices.clone();
    let head = Head { title, kind: None, notices, remarks };
    let mut page = PageLayout::new(look.loaded.document.clone(), head, options);
    let links = links(&engine, &path, &look, wanted);
    let mut printed = vec![false; look.numbered.len()];
    layout::show(&mut page, &look, |line| {
        let (from, to) = section.unwrap_or((0, None));
        if line.source < from || to.is_some_and(|to| line.source >= to) {
            return Ok(());
        }
        note_numbers(line, &look, &mut printed);
        print(out, line, theme.as_ref(), width, &links)
    })?;
    references(&engine, &look, &printed, out)?;
    Ok(true)
}

/// The part of the page below a heading: its first byte, and where the next one begins.
fn section(look: &Look, path: &PagePath, name: &str) -> Result<(u32, Option<u32>)> {
    let facts = &look.loaded.document.facts;
    let spot = fragment::locate(facts, name).filter(|spot| spot.exact);
    let heading = match spot.map(|spot| spot.kind) {
        Some(fragment::SpotKind::Heading(heading)) => fragment::section(facts, heading),
        _ => None,
    };
    heading.ok_or_else(|| {
        anyhow!("there is no heading {name:?} in {path}; `ken outline {path}` lists them")
    })
}

/// The look of what is printed; `None` for plain text.
///
/// `NO_COLOR` goes before `CLICOLOR_FORCE` and that before the question whether it is a terminal
/// (<https://bixense.com/clicolors>); who says `--color` goes before all of them.
pub(crate) fn theme(arguments: &Arguments, config: &Config, color: When) -> Result<Option<Theme>> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|v| !v.is_empty() && v != "0");
    let always = color == When::Always || forced && !is_set("NO_COLOR");
    let depth = match (color, settings::depth()) {
        (When::Never, _) => return Ok(None),
        (_, Depth::Mono) if always => Depth::Sixteen,
        (When::Auto, Depth::Mono) => return Ok(None),
        (When::Auto, _) if !always && !Out::is_terminal() => return Ok(None),
        (_, depth) => depth,
    };
    ansi::colours(always);
    let name = arguments.theme.as_ref().unwrap_or(&config.theme);
    Ok(Some(themes::chosen(name, depth)?))
}

/// The address that each link is a hyperlink to; empty where there are no hyperlinks.
fn links(engine: &Engine, path: &PagePath, look: &Look, wanted: &Show) -> Vec<Option<String>> {
    let is_wanted = match wanted.hyperlinks {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            let value = |name: &str| std::env::var(name).ok();
            !wanted.plain && Out::is_terminal() && hyperlink::understood(&value)
        }
    };
    if !is_wanted {
        return Vec::new();
    }
    let on_disk = |path: &PagePath| -> Option<String> {
        let file: PathBuf = engine.files.on_disk(path)?;
        hyperlink::file(&std::path::absolute(file).ok()?)
    };
    let address = |(link, resolution): (&crate::markdown::Link, &crate::index::Resolution)| {
        match &resolution.status {
            Status::External => hyperlink::external(link.target()),
            Status::Attachment(file) => on_disk(file),
            // To a place in the page itself no file can lead.
            _ => engine
                .index
                .page(resolution.page()?)
                .filter(|page| page.path != *path)
                .and_then(|page| on_disk(&page.path)),
        }
    };
    look.loaded.document.facts.links.iter().zip(&look.resolutions).map(address).collect()
}

fn print(
    out: &mut Out,
    line: &Line,
    theme: Option<&Theme>,
    width: usize,
    addresses: &[Option<String>],
) -> Result<()> {
    let ground = line.fill.unwrap_or_default();
    let mut used = 0;
    // No blanks at the end of plain lines.
    let last = line.segments.iter().rposition(|segment| !segment.text.trim_end().is_empty());
    let mut open: Option<LinkId> = None;
    for (number, segment) in line.segments.iter().enumerate() {
        let uri = |id: LinkId| Some((id, addresses.get(id as usize)?.as_deref()?));
        let wanted = match segment.action {
            Some(Action::Link(id)) => uri(id),
            _ => None,
        };
        if wanted.map(|(id, _)| id) != open {
            if open.take().is_some() {
                hyperlink::end(out.raw())?;
            }
            if let Some((id, uri)) = wanted {
                hyperlink::begin(out.raw(), uri, id)?;
                open = Some(id);
            }
        }
        let text = segment.text.as_str();
        if let Some(theme) = theme {
            ansi::write(out.raw(), text, theme.on(ground, segment.role, segment.marks))?;
            used += crate::text::width::width(text);
        } else if last.is_some_and(|last| number < last) {
            write!(out.raw(), "{text}")?;
        } else if last == Some(number) {
            write!(out.raw(), "{}", text.trim_end())?;
        }
    }
    if open.is_some() {
        hyperlink::end(out.raw())?;
    }
    if let Some(theme) = theme {
        ansi::fill(out.raw(), width.saturating_sub(used), theme.style(ground))?;
    }
    writeln!(out.raw())?;
    Ok(())
}

/// Remembers which numbers of links stand on the line.
fn note_numbers(line: &Line, look: &Look, printed: &mut [bool]) {
    use crate::layout::Context;
    if printed.is_empty() {
        return;
    }
    for segment in &line.segments {
        if let Some(Action::Link(link)) = segment.action
            && let Some(number) = look.reference(link)
        {
            printed[number as usize - 1] = true;
        }
    }
}

/// Where the numbered links lead, under the text.
fn references(engine: &Engine, look: &Look, printed: &[bool], out: &mut Out) -> Result<()> {
    let shown = (1..).zip(&look.numbered).zip(printed).filter(|(_, printed)| **printed);
    for (nth, ((number, id), _)) in shown.enumerate() {
        if nth == 0 {
            writeln!(out.raw())?;
        }
        let place = look.destination(&engine.index, *id);
        out.line(&format!("[{number}] {}", scrub_line(&place)))?;
    }
    Ok(())
}
