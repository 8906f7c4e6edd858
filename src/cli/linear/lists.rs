//! Lists with numbers: what they hold, not how they are printed.

use super::session::{Place, Session};
use crate::index::{LinkRef, Page};
use crate::markdown::LinkId;
use crate::runtime::effects::sentences;
use crate::search::finder::{self, Goal};
use crate::search::fulltext::TextSearch;
use crate::text::fold::fold;
use crate::vault::PagePath;

/// Rows that the finder gives.
const FOUND: usize = 30;
/// Lines of one page, and lines in all, that a search gives.
const HITS_A_PAGE: usize = 5;
const HITS: usize = 200;

/// What a number opens.
#[derive(Clone, Debug)]
pub(super) enum Choice {
    Link(LinkId),
    /// A heading of the open page, the first being 1.
    Heading(usize),
    Page(PagePath, Place),
    Tag(String),
}

/// A row of a list.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its number, where that is not its place in the list.
    pub(super) number: Option<usize>,
    pub(super) text: String,
    pub(super) choice: Choice,
}

impl Row {
    fn new(text: String, choice: Choice) -> Self {
        Self { number: None, text, choice }
    }

    fn page(page: &Page) -> Self {
        let text = format!("{}, {}", page.label(), page.path);
        Self::new(text, Choice::Page(page.path.clone(), Place::Top))
    }
}

impl Session {
    /// The links of the page, with the numbers that stand behind them.
    pub(super) fn links(&self) -> Vec<Row> {
        let Some(look) = self.look() else { return Vec::new() };
        let row = |(number, link): (usize, &LinkId)| {
            let record = &look.loaded.document.facts.links[*link as usize];
            let place = look.destination(&self.engine.index, *link);
            let text = match record.alias() {
                Some(alias) if !alias.is_empty() => format!("{alias}, {place}"),
                _ => place,
            };
            Row { number: Some(number), text, choice: Choice::Link(*link) }
        };
        (1..).zip(&look.numbered).map(row).collect()
    }

    /// The headings of the page.
    pub(super) fn headings(&self) -> Vec<Row> {
        let Some(look) = self.look() else { return Vec::new() };
        let headings = look.loaded.document.facts.headings.iter();
        (1..)
            .zip(headings)
            .map(|(number, heading)| {
                let text = format!("{} (level {})", heading.text, heading.level);
                Row::new(text, Choice::Heading(number))
            })
            .collect()
    }

    /// Pages that hold these links, each with the sentence.
    pub(super) fn sentences(&self, links: &[LinkRef]) -> Vec<Row> {
        let index = &self.engine.index;
        let sentences = sentences(&self.engine.files, index, links);
        let row = |(link, sentence): (&LinkRef, crate::search::excerpt::Excerpt)| {
            let page = index.page(link.source)?;
            let at = page.facts.link(link.link)?.span.start;
            let text = if sentence.text.is_empty() {
                page.label().to_owned()
            } else {
                format!("{}: {}", page.label(), sentence.text)
            };
            Some(Row::new(text, Choice::Page(page.path.clone(), Place::Source(at))))
        };
        links.iter().zip(sentences).filter_map(row).collect()
    }

    /// All tags.
    pub(super) fn tags(&self) -> Vec<Row> {
        let row = |(tag, pages): (String, u32)| {
            let pages = if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") };
            Row::new(format!("#{tag}, {pages}"), Choice::Tag(tag))
        };
        self.engine.index.tags().into_iter().map(row).collect()
    }

    /// Lists the pages that carry a tag, or one nested in it.
    pub(super) fn tag(&mut self, tag: &str, out: &mut String) {
        let index = &self.engine.index;
        let pages = self.engine.pages().into_iter().filter(|page| index.has_tag(page.id, tag));
        let rows = pages.map(Row::page).collect();
        let none = format!("No page has the tag #{tag}; t lists all tags.");
        self.show_list(&format!("Pages with #{tag}"), rows, &none, out);
    }

    /// All pages by path.
    pub(super) fn pages(&self) -> Vec<Row> {
        self.engine.pages().into_iter().map(Row::page).collect()
    }

    /// Opens the page of that name, or lists what comes near it.
    pub(super) fn find(&mut self, name: &str, out: &mut String) {
        let index = &self.engine.index;
        let found = finder::find(index, name, &[], self.engine.today, FOUND);
        let wanted = fold(name);
        let exact = found.iter().filter(|found| fold(&found.label) == wanted).count();
        let mut rows: Vec<Row> = Vec::new();
        for found in found.into_iter().filter(|row| exact != 1 || fold(&row.label) == wanted) {
            let (page, place) = match found.goal {
                Goal::Page(page) => (page, Place::Top),
                Goal::Heading(page, number) => {
                    let page_of = index.page(page);
                    let at = page_of.and_then(|page| page.facts.heading(number as usize));
                    (page, Place::Source(at.map_or(0, |heading| heading.span.start)))
                }
                Goal::Tag(tag) => {
                    rows.push(Row::new(
                        format!("{}, {}", found.label, found.detail),
                        Choice::Tag(tag),
                    ));
                    continue;
                }
                // The program adds these to the finder; this list does not ask for them.
                Goal::Saved(_) => continue,
            };
            let Some(page) = index.page(page) else { continue };
            let detail =
                if found.detail.is_empty() { String::new() } else { format!(", {}", found.detail) };
            let text = format!("{}{detail}", found.label);
            rows.push(Row::new(text, Choice::Page(page.path.clone(), place)));
        }
        if let [Row { choice: Choice::Page(path, place), .. }] = rows.as_slice() {
            let (path, place) = (path.clone(), place.clone());
            return self.open(&path, &place, out);
        }
        let none = format!("Nothing is called {name}. ? tells what can be typed.");
        self.show_list("Found", rows, &none, out);
    }

    /// Lines of all pages that hold the words.
    pub(super) fn search(&self, words: &str) -> Result<Vec<Row>, String> {
        let search = TextSearch::new(words).map_err(|error| error.message)?;
        let mut rows = Vec::new();
        for page in self.engine.pages() {
            let Ok(text) = self.engine.files.page(&page.path) else { continue };
            for hit in search.find(&text.text, HITS_A_PAGE) {
                let text = format!("{}: {}", page.label(), hit.text.trim());
                rows.push(Row::new(text, Choice::Page(page.path.clone(), Place::Source(hit.at))));
                if rows.len() == HITS {
                    return Ok(rows);
                }
            }
        }
        Ok(rows)
    }
}
