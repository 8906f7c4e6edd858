//! Meeting a query: everything that does not depend on the page is worked out once, so that ten
//! thousand pages are asked in a few milliseconds.

use std::collections::HashSet;

use jiff::tz::TimeZone;
use memchr::memmem::Finder;

use super::{Amount, Comparison, DateBound, DateField, Expression, Query, Term};
use crate::index::{Index, LinkRef, Page, PageId, Status};
use crate::markdown::{Link, Value};
use crate::search::fulltext;
use crate::text::date::Date;
use crate::text::fold::fold;
use crate::vault::PagePath;
use crate::vault::kind::is_episode;

/// A query made ready for one index on one day.
#[derive(Debug)]
pub struct Matcher<'a> {
    test: Option<Test>,
    index: &'a Index,
    today: Date,
    /// The name being looked at in lower case; kept for its memory.
    folded: Vec<u8>,
}

/// A condition made ready.
#[derive(Debug)]
enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Word(Needle),
    Tag(String),
    Kind(String),
    Path(Needle),
    Title(Needle),
    Text(regex::Regex),
    Pattern(regex::Regex),
    OneOf(HashSet<PageId>),
    Strength(Comparison, f32),
    Date(DateField, Comparison, DateBound),
    Orphan,
    Missing,
    Ambiguous,
    Property(String, Option<Held>),
    PropertyCompared(String, Comparison, Amount),
}

/// What the value of a property is to hold.
#[derive(Debug)]
struct Held {
    needle: Needle,
    /// Of a number: 4 is not held by 14.
    number: Option<f64>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(query: &Query, index: &'a Index, today: Date) -> Self {
        Self {
            test: query.expression.as_ref().map(|e| prepare(e, index)),
            index,
            today,
            folded: Vec::new(),
        }
    }

    /// Whether the page meets the query. `text` gives its text and is called only by terms that
    /// need it; where there is none, they are not met.
    pub fn matches(&mut self, page: &Page, text: &dyn Fn(PageId) -> Option<String>) -> bool {
        let Self { test, index, today, folded } = self;
        test.as_ref()
            .is_none_or(|test| meets(test, &mut Asked { index, today: *today, page, text, folded }))
    }
}

/// Recursion here and below is bounded by the parser's limit on nesting.
fn prepare(expression: &Expression, index: &Index) -> Test {
    let all = |parts: &[Expression]| {
        let mut tests: Vec<_> = parts.iter().map(|part| prepare(part, index)).collect();
        tests.sort_by_key(cost);
        tests
    };
    match expression {
        Expression::And(parts) => Test::All(all(parts)),
        Expression::Or(parts) => Test::Any(all(parts)),
        Expression::Not(part) => Test::Not(Box::new(prepare(part, index))),
        Expression::Term(term, _) => match term {
            Term::Word(word) => Test::Word(Needle::new(word)),
            Term::Tag(tag) => Test::Tag(tag.clone()),
            Term::Kind(kind) => Test::Kind(kind.clone()),
            Term::Path(path) => Test::Path(Needle::new(path)),
            Term::Title(title) => Test::Title(Needle::new(title)),
            Term::Text(text) => Test::Text(fulltext::literal(text)),
            Term::Regex(pattern) => Test::Pattern(pattern.0.clone()),
            Term::LinksTo(page) => Test::OneOf(linking_to(index, page)),
            Term::LinkedBy(page) => Test::OneOf(linked_by(index, page)),
            Term::Near(page) => Test::OneOf(near(index, page)),
            Term::Strength(comparison, bound) => Test::Strength(*comparison, *bound),
            Term::Date(field, comparison, bound) => Test::Date(*field, *comparison, *bound),
            Term::Orphan => Test::Orphan,
            Term::Missing => Test::Missing,
            Term::Ambiguous => Test::Ambiguous,
            Term::Property(name, value) => {
                let held =
                    |value: &str| Held { needle: Needle::new(value), number: value.parse().ok() };
                Test::Property(name.clone(), value.as_deref().map(held))
            }
            Term::PropertyCompared(name, comparison, amount) => {
                Test::PropertyCompared(name.clone(), *comparison, amount.clone())
            }
        },
    }
}

/// Cheap tests are asked first, texts last.
fn cost(test: &Test) -> u8 {
    match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().map(cost).max().unwrap_or(0),
        Test::Not(test) => cost(test),
        Test::Text(_) => 3,
        Test::Orphan | Test::Missing | Test::Ambiguous => 2,
        Test::Word(_)
        | Test::Path(_)
        | Test::Title(_)
        | Test::Pattern(_)
        | Test::Property(..)
        | Test::PropertyCompared(..) => 1,
        _ => 0,
    }
}

/// The pages that link to the one named; where it is missing, those that ask for it.
fn linking_to(index: &Index, name: &str) -> HashSet<PageId> {
    let pages = named(index, name);
    let links = match pages.as_slice() {
        [] => index.wanted_by(name),
        pages => pages.iter().flat_map(|page| index.backlinks(*page)).collect(),
    };
    links.into_iter().map(|link| link.source).collect()
}

/// The pages that the one named links to.
fn linked_by(index: &Index, name: &str) -> HashSet<PageId> {
    named(index, name)
        .into_iter()
        .filter_map(|id| index.page(id))
        .flat_map(|page| links(page).filter_map(|link| index.resolution(link).page()))
        .collect()
}

/// The page named and all that are linked with it, whichever way; where it is missing, those that
/// ask for it.
fn near(index: &Index, name: &str) -> HashSet<PageId> {
    let mut pages = linking_to(index, name);
    pages.extend(linked_by(index, name));
    pages.extend(named(index, name));
    pages
}

/// The pages that a path, name, title or alias can mean. A whole path means the page at it and no other;
/// anything else is resolved as a wiki-link at the root.
pub(in crate::search) fn named(index: &Index, name: &str) -> Vec<PageId> {
    if let Some(page) = PagePath::new(name).and_then(|path| index.at(&path)) {
        return vec![page.id];
    }
    let Some(root) = PagePath::new("query") else { return Vec::new() };
    let link = Link::wiki(name.trim_start_matches("[[").trim_end_matches("]]"));
    match index.resolve(&root, &link).status {
        Status::Page(id) => vec![id],
        Status::Ambiguous { chosen, mut others } => {
            others.push(chosen);
            others
        }
        Status::Missing | Status::Attachment(_) | Status::Folder(_) | Status::External => {
            Vec::new()
        }
    }
}

fn links(page: &Page) -> impl Iterator<Item = LinkRef> {
    (0..).zip(page.facts.links()).map(|(link, _)| LinkRef { source: page.id, link })
}

/// One page that is asked, and what it is asked with.
struct Asked<'a> {
    index: &'a Index,
    today: Date,
    page: &'a Page,
    text: &'a dyn Fn(PageId) -> Option<String>,
    folded: &'a mut Vec<u8>,
}

fn meets(test: &Test, asked: &mut Asked<'_>) -> bool {
    let page = asked.page;
    match test {
        Test::All(tests) => tests.iter().all(|test| meets(test, asked)),
        Test::Any(tests) => tests.iter().any(|test| meets(test, asked)),
        Test::Not(test) => !meets(test, asked),
        Test::Word(needle) => names(page).any(|name| needle.is_in(name, asked.folded)),
        Test::Title(needle) => titles(page).any(|name| needle.is_in(name, asked.folded)),
        Test::Path(needle) => needle.is_in(page.path.as_str(), asked.folded),
        Test::Pattern(pattern) => names(page).any(|name| pattern.is_match(name)),
        Test::Tag(tag) => asked.index.has_tag(page.id, tag),
        Test::Kind(kind) => page.kind.as_deref() == Some(kind),
        Test::Text(pattern) => (asked.text)(page.id).is_some_and(|text| pattern.is_match(&text)),
        Test::OneOf(pages) => pages.contains(&page.id),
        Test::Strength(comparison, bound) => {
            page.facts.strength().is_some_and(|strength| comparison.holds(&strength, bound))
        }
        Test::Date(field, comparison, bound) => date_of(page, *field)
            .is_some_and(|date| date_meets(date, *comparison, bound, asked.today)),
        Test::Orphan => asked.index.backlink_count(page.id) == 0,
        Test::Missing => {
            links(page).any(|link| asked.index.resolution(link).status == Status::Missing)
        }
        Test::Ambiguous => links(page)
            .any(|link| matches!(asked.index.resolution(link).status, Status::Ambiguous { .. })),
        Test::Property(name, value) => page.facts.properties().any(|property| {
            is_called(&property.key, name)
                && value.as_ref().is_none_or(|held| {
                    any_scalar(&property.value, &mut |value| held.by(value, asked.folded))
                })
        }),
        Test::PropertyCompared(name, comparison, amount) => {
            page.facts.properties().any(|property| {
                is_called(&property.key, name)
                    && any_scalar(&property.value, &mut |value| {
                        stands(value, *comparison, amount, asked.today)
                    })
            })
        }
    }
}

fn titles(page: &Page) -> impl Iterator<Item = &str> {
    std::iter::once(page.title.as_str()).chain(page.facts.aliases())
}

fn names(page: &Page) -> impl Iterator<Item = &str> {
    titles(page).chain([page.path.as_str()])
}

/// The day by which lists put pages: an episode's is the one it tells of, any other page's the one on
/// which it was updated.
pub(in crate::search) fn day_of(page: &Page) -> Option<Date> {
    let told = page.day().filter(|_| is_episode(page.kind.as_deref()));
    told.or(page.facts.date()).or_else(|| date_of(page, DateField::Updated))
}

/// The date of that kind, if the page has one.
pub(in crate::search) fn date_of(page: &Page, field: DateField) -> Option<Date> {
    match field {
        DateField::Created => page.facts.created(),
        DateField::Updated => page.facts.updated().or_else(|| {
            let known = Some(page.modified_ms).filter(|&written| written != 0)?;
            let written = jiff::Timestamp::from_millisecond(known).ok()?;
            Some(written.to_zoned(TimeZone::UTC).date())
        }),
        DateField::Date => page.day(),
    }
}

fn date_meets(date: Date, comparison: Comparison, bound: &DateBound, today: Date) -> bool {
    match bound {
        DateBound::AgeDays(days) => {
            let age = (today - date).get_days();
            comparison.holds(&i64::from(age), &i64::from(*days))
        }
        DateBound::Period { first, last } => match comparison {
            Comparison::Less => date < *first,
            Comparison::LessOrEqual => date <= *last,
            Comparison::Equal => *first <= date && date <= *last,
            Comparison::GreaterOrEqual => date >= *first,
            Comparison::Greater => date > *last,
        },
    }
}

/// Whether a property's name is `name`, which is folded. Nearly all are ASCII and cost no allocation.
fn is_called(key: &str, name: &str) -> bool {
    if key.is_ascii() { key.eq_ignore_ascii_case(name) } else { fold(key) == name }
}

/// Whether `test` holds for a value or for one within it. A list of our own in place of recursion: front
/// matter may nest as deep as it likes.
fn any_scalar(value: &Value, test: &mut dyn FnMut(&Value) -> bool) -> bool {
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        match value {
            Value::List(values) => left.extend(values),
            Value::Map(pairs) => left.extend(pairs.iter().flat_map(|(key, value)| [key, value])),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
                if test(value) {
                    return true;
                }
            }
        }
    }
    false
}

impl Held {
    fn by(&self, value: &Value, folded: &mut Vec<u8>) -> bool {
        match (value, self.number) {
            (Value::Number(text), Some(number)) if text.parse::<f64>().is_ok() => {
                text.parse() == Ok(number)
            }
            (value, _) => self.needle.is_in(said(value), folded),
        }
    }
}

/// A single value as it is written.
fn said(value: &Value) -> &str {
    match value {
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Number(text) | Value::Text(text) => text,
        Value::Null | Value::List(_) | Value::Map(_) => "",
    }
}

/// Whether a single value stands so to the amount.
fn stands(value: &Value, comparison: Comparison, amount: &Amount, today: Date) -> bool {
    let text = said(value).trim();
    if let (Some(bound), Ok(number)) = (amount.number, text.parse::<f64>()) {
        return comparison.holds(&number, &bound);
    }
    // `2024-05-01T10:00` is of that day.
    let day = text.get(..10).and_then(|day| day.parse::<Date>().ok());
    if let (Some(bound), Some(date)) = (&amount.date, day) {
        return date_meets(date, comparison, bound, today);
    }
    comparison == Comparison::Equal && fold(text) == amount.text
}

/// A folded text to look for in names.
#[derive(Debug)]
struct Needle {
    finder: Finder<'static>,
}

impl Needle {
    fn new(folded: &str) -> Self {
        Self { finder: Finder::new(folded.as_bytes()).into_owned() }
    }

    /// Whether it occurs in `name`, folded. `folded` lends its memory: nearly all names are ASCII
    /// and cost no allocation.
    fn is_in(&self, name: &str, folded: &mut Vec<u8>) -> bool {
        if !name.is_ascii() {
            return self.finder.find(fold(name).as_bytes()).is_some();
        }
        folded.clear();
        folded.extend(name.bytes().map(|byte| byte.to_ascii_lowercase()));
        self.finder.find(folded).is_some()
    }
}
