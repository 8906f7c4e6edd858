//! What is chosen in a braid, and the query that says the same. The text is what is kept of a braid: it is
//! written from the choices, and the choices are read from it, whoever typed it.

use super::{Strand, Web};
use crate::index::Index;
use crate::search::query::{Conjunct, Expression, Query, Term, conjuncts, named};
use crate::search::tagfilter;
use crate::text::fold::fold;

/// A column and what is chosen in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it lists.
    pub strand: Strand,
    /// All of it, by name.
    pub items: Vec<u32>,
    /// The items of which a page has to go with one, in the order in which they were chosen.
    pub chosen: Vec<u32>,
}

/// The columns, and what else a query asked for.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The part of the query that is no choice of a column: what the braid was opened within.
    pub base: String,
    /// The columns.
    pub columns: Vec<Column>,
}

impl Choices {
    /// The columns for `strands`, with what the query `text` chooses of them. Whatever it asks besides is the
    /// base; all of it is, if it has a mistake.
    #[must_use]
    pub fn read(text: &str, strands: Vec<Strand>, web: &Web, index: &Index) -> Self {
        let column = |strand| Column { items: web.items(&strand), strand, chosen: Vec::new() };
        let mut columns: Vec<Column> = strands.into_iter().map(column).collect();
        let Ok(parts) = conjuncts(text) else { return Self { base: text.to_owned(), columns } };
        let mut base = Vec::new();
        for part in parts {
            match chosen(&part, &columns, web, index) {
                Some((column, chosen)) => columns[column].chosen = chosen,
                None => base.push(tagfilter::kept(text, &part)),
            }
        }
        Self { base: base.join(" "), columns }
    }

    /// The query that asks for the same; empty for all pages.
    #[must_use]
    pub fn query(&self, web: &Web, index: &Index) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend((!self.base.is_empty()).then(|| self.base.clone()));
        for column in &self.columns {
            let terms = column.chosen.iter().filter_map(|&item| column.term(item, web, index));
            let terms: Vec<String> = terms.collect();
            match terms.as_slice() {
                [] => {}
                [term] => parts.push(term.clone()),
                terms => parts.push(format!("({})", terms.join(" OR "))),
            }
        }
        parts.join(" ")
    }

    /// Whether anything is chosen in a column.
    #[must_use]
    pub fn any(&self) -> bool {
        self.columns.iter().any(|column| !column.chosen.is_empty())
    }
}

impl Column {
    /// Chooses `item` in the place of what was chosen here, or beside it; takes it back if it was chosen.
    pub fn choose(&mut self, item: u32, beside: bool) {
        if let Some(at) = self.chosen.iter().position(|&chosen| chosen == item) {
            self.chosen.remove(at);
            return;
        }
        if !beside {
            self.chosen.clear();
        }
        self.chosen.push(item);
    }

    /// The term of the query language that asks for what goes with an item; `None` where it cannot be
    /// typed.
    #[must_use]
    pub fn term(&self, item: u32, web: &Web, index: &Index) -> Option<String> {
        match &self.strand {
            Strand::Kind(_) => near_term(item, web, index),
            Strand::Tags => {
                let name = &web.tags.get(item as usize)?.folded;
                let term = tagfilter::term(name);
                matches!(single(&term)?, Term::Tag(tag) if tag == *name).then_some(term)
            }
        }
    }
}

/// `near:page` with the shortest name that means this page alone. What is said last cannot be typed: a path
/// that holds a quotation mark, of a page without a name of its own.
fn near_term(page: u32, web: &Web, index: &Index) -> Option<String> {
    let page = index.page(web.id(page)?)?;
    let path = page.path.as_str();
    let short = path.strip_suffix(".md").unwrap_or(path);
    let names = [page.path.stem(), short, path, &page.title];
    names.into_iter().map(quoted).find(|name| {
        let Some(Term::Near(name)) = single(name) else { return false };
        named(index, &name) == [page.id]
    })
}

/// `near:` a name, in quotes where it needs them.
fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.');
    if name.chars().all(plain) { format!("near:{name}") } else { format!("near:\"{name}\"") }
}

/// The one term of a query.
fn single(text: &str) -> Option<Term> {
    match Query::parse(text).ok()?.expression {
        Some(Expression::Term(term, _)) => Some(term),
        _ => None,
    }
}

/// The column in which a part of a query chooses, and what; `None` if it is no choice of one column, or
/// one has been made there.
fn chosen(
    part: &Conjunct,
    columns: &[Column],
    web: &Web,
    index: &Index,
) -> Option<(usize, Vec<u32>)> {
    let parts = match &part.expression {
        Expression::Or(parts) => parts.as_slice(),
        part => std::slice::from_ref(part),
    };
    let mut found: Option<(usize, Vec<u32>)> = None;
    for part in parts {
        let Expression::Term(term, _) = part else { return None };
        let (column, item) = choice(term, columns, web, index)?;
        let (in_column, chosen) = found.get_or_insert((column, Vec::new()));
        if *in_column != column {
            return None;
        }
        if !chosen.contains(&item) {
            chosen.push(item);
        }
    }
    found.filter(|(column, _)| columns[*column].chosen.is_empty())
}

/// The column and the item that a term names.
fn choice(term: &Term, columns: &[Column], web: &Web, index: &Index) -> Option<(usize, u32)> {
    let column = |wanted: &Strand| columns.iter().position(|column| column.strand == *wanted);
    match term {
        Term::Near(name) => {
            let [id] = named(index, name)[..] else { return None };
            let place = web.place(id)?;
            let kind = web.pages[place as usize].kind.clone();
            Some((column(&Strand::Kind(kind))?, place))
        }
        Term::Tag(tag) => Some((column(&Strand::Tags)?, web.tag(&fold(tag))?)),
        _ => None,
    }
}
