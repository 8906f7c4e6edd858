//! `ken show`: a page as it is shown, on standard output.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Result, anyhow};

use super::args::{Arguments, Show, When};
use super::engine::Engine;
use super::output::Out;
use crate::code::{Highlighter, LineRoles};
use crate::index::embed::{self, Composed};
use crate::index::{LinkRef, Page, Status};
use crate::layout::{self, Context, Head, LinkLook, Options, PageLayout};
use crate::markdown::{self, Document, LeafKind, LinkId};
use crate::runtime::{ansi, settings, themes};
use crate::theme::{Depth, Theme};
use crate::vault::PagePath;

/// Width where the output is no terminal.
const WIDTH: u16 = 80;

pub(crate) fn show(arguments: &Arguments, wanted: &Show, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    let page = engine.page(&wanted.page)?;
    let text = engine
        .files
        .read(&page.path)
        .map_err(|reason| anyhow!("cannot read {}: {reason}", page.path))?;
    let parsed = markdown::parse(&text.text);
    let Composed { document, pages } =
        embed::compose(&engine.index, &page.path, parsed, &engine.files);
    let document = Arc::new(document);
    let theme = theme(arguments, &engine, wanted.color)?;
    ansi::colours(wanted.color == When::Always);
    let code = match theme {
        Some(_) => colours(&document),
        None => HashMap::new(),
    };
    let looks = Looks { engine: &engine, page, document: &document, pages, code };
    let terminal = Out::is_terminal().then(crossterm::terminal::size);
    let columns = terminal.and_then(Result::ok).map_or(WIDTH, |(columns, _)| columns);
    let width = wanted.width.unwrap_or(columns.min(engine.config.page_width));
    let options = Options {
        width: width.into(),
        breaks: engine.config.breaks,
        ascii: engine.config.ascii || arguments.ascii,
        // Nothing can be panned to here.
        code_wrap: true,
        code_line_numbers: engine.config.code_line_numbers,
        ..Options::default()
    };
    let head = Head { title: page.title.clone(), kind: None, notices: text.notices };
    let mut page = PageLayout::new(Arc::clone(&document), head, options);
    layout::show(&mut page, &looks, |line| print(out, line, theme.as_ref(), width.into()))?;
    Ok(true)
}

fn theme(arguments: &Arguments, engine: &Engine, color: When) -> Result<Option<Theme>> {
    let depth = match (color, settings::depth()) {
        (When::Never, _) => return Ok(None),
        (When::Auto, depth) if !Out::is_terminal() || depth == Depth::Mono => return Ok(None),
        (When::Always, Depth::Mono) => Depth::Sixteen,
        (_, depth) => depth,
    };
    let name = arguments.theme.as_ref().unwrap_or(&engine.config.theme);
    Ok(Some(themes::chosen(name, depth)?))
}

fn colours(document: &Document) -> HashMap<u32, Vec<LineRoles>> {
    let highlighter = Highlighter::new();
    (0..)
        .zip(&document.leaves)
        .filter_map(|(number, leaf)| match &leaf.kind {
            LeafKind::Code(code) => {
                Some((number, highlighter.highlight(&code.language, &code.text)))
            }
            _ => None,
        })
        .collect()
}

fn print(
    out: &mut Out,
    line: &crate::layout::Line,
    theme: Option<&Theme>,
    width: usize,
) -> Result<()> {
    use std::io::Write;
    let Some(theme) = theme else {
        let text: String = line.segments.iter().map(|segment| segment.text.as_str()).collect();
        writeln!(out.raw(), "{}", text.trim_end())?;
        return Ok(());
    };
    let ground = line.fill.unwrap_or_default();
    let mut used = 0;
    for segment in &line.segments {
        let style = theme.on(ground, segment.role, segment.marks);
        ansi::write(out.raw(), &segment.text, style)?;
        used += crate::text::width::width(&segment.text);
    }
    ansi::fill(out.raw(), width.saturating_sub(used), theme.style(ground))?;
    writeln!(out.raw())?;
    Ok(())
}

struct Looks<'a> {
    engine: &'a Engine,
    page: &'a Page,
    document: &'a Document,
    /// The pages of which it shows parts.
    pages: Vec<PagePath>,
    code: HashMap<u32, Vec<LineRoles>>,
}

impl Context for Looks<'_> {
    fn link(&self, link: LinkId) -> LinkLook {
        let index = &self.engine.index;
        let written = self.document.facts.links.get(link as usize);
        let page = self.document.page_of(link).and_then(|page| self.pages.get(page as usize));
        let resolution = match (page, written) {
            (Some(page), Some(written)) => index.resolve(page, written),
            _ => index.resolution(LinkRef { source: self.page.id, link }),
        };
        match resolution.status {
            Status::Page(_) | Status::Folder(_) => LinkLook::Page,
            Status::Ambiguous { .. } => LinkLook::Ambiguous,
            Status::Missing => LinkLook::Missing,
            Status::Attachment(_) => LinkLook::Attachment,
            Status::External => LinkLook::External,
        }
    }

    fn code(&self, leaf: u32) -> Option<&[LineRoles]> {
        self.code.get(&leaf).map(Vec::as_slice)
    }
}
