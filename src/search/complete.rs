//! Completing a query while it is typed: what the term before the cursor can become, the best first.
//!
//! A [`Vocabulary`] holds what the pages of one state of the index can be asked for, with how many have
//! it. It is made once a revision, away from the keys; completing looks through its names only.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::query::{Field, STATES};
use super::{floor_boundary, tagfilter};
use crate::index::{Index, LinkRef, PageId};
use crate::markdown::Value;
use crate::text::fold::fold;

/// Longest value of a property that is offered, in bytes: longer ones are no choices but texts.
const LONGEST_VALUE: usize = 80;
/// So many of a property's values are kept, those of most pages first.
const MOST_VALUES: usize = 500;

/// What the pages of a wiki can be asked for.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    revision: u64,
    tags: Vec<Known>,
    kinds: Vec<Known>,
    /// Folders with a `/` at their end, and pages.
    paths: Vec<Known>,
    titles: Vec<Known>,
    /// Titles, aliases and file names, each written as the page's shortest name: by who links there...
    linked_to: Vec<Known>,
    /// ... and by how many pages it links to.
    linked_by: Vec<Known>,
    properties: Vec<Known>,
    /// The values of each property, by its folded name.
    values: HashMap<String, Vec<Known>>,
    states: [u32; STATES.len()],
}

/// A name, and how many pages a query for it finds.
#[derive(Clone, Debug)]
struct Known {
    folded: Box<str>,
    shown: Box<str>,
    /// What a query calls it, where that is not what is shown.
    written: Option<Box<str>>,
    pages: u32,
}

impl Known {
    fn new(shown: &str, pages: u32) -> Self {
        Self { folded: fold(shown).into(), shown: shown.into(), written: None, pages }
    }

    fn written(&self) -> &str {
        self.written.as_deref().unwrap_or(&self.shown)
    }
}

/// What a term can become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The whole term.
    pub term: String,
    /// What a list shows for it.
    pub shown: String,
    /// What there is to say about it.
    pub note: Note,
    /// Whether a value is to follow: it was not completed to its end.
    pub goes_on: bool,
}

/// What is said beside a completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// So many pages have it.
    Pages(u32),
    /// What it asks for.
    Means(&'static str),
}

/// The byte range of the term that the cursor stands in or behind: what a completion replaces. A leading
/// `-` or `(` stays. Quotes and brackets hold a term together; one that is not closed ends at the cursor.
#[must_use]
pub fn term_at(text: &str, cursor: usize) -> Range<usize> {
    let cursor = floor_boundary(text, cursor);
    let mut start = 0;
    let (mut quoted, mut bracketed) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            ']' => bracketed = false,
            _ if bracketed => {}
            '[' if at == start => bracketed = true,
            '-' if at == start && at < cursor => start = at + 1,
            _ if c.is_whitespace() || matches!(c, '(' | ')' | '|') => {
                if at >= cursor {
                    return start..at;
                }
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    let end = if quoted || bracketed { cursor } else { text.len() };
    start..end.max(start)
}

/// Whether the term before the cursor names what it asks for (`tag:x`, `#x`, `[x]`), rather than being a
/// word that may become a field.
#[must_use]
pub fn is_field_term(text: &str, cursor: usize) -> bool {
    let typed = typed_term(text, cursor);
    typed.starts_with(['#', '[']) || sign(typed).is_some_and(|(name, ..)| !name.is_empty())
}

fn typed_term(text: &str, cursor: usize) -> &str {
    let term = term_at(text, cursor);
    &text[term.start..floor_boundary(text, cursor).clamp(term.start, term.end)]
}

impl Vocabulary {
    /// What can be asked for in this state of the index.
    #[must_use]
    pub fn new(index: &Index) -> Self {
        let mut made = Self { revision: index.revision(), ..Self::default() };
        made.tags =
            index.tags().into_iter().map(|(name, pages)| Known::new(&name, pages)).collect();
        made.kinds = counted(index.pages().filter_map(|page| page.kind.as_deref()));
        made.paths = paths(index);
        made.titles = counted(index.pages().map(|page| page.title.as_str()));
        made.add_pages(index);
        made.add_properties(index);
        made
    }

    /// The revision of the index that it was made of.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// At most `max` terms that what stands before the cursor can become, best first: what starts so before
    /// what has a word that starts so, and of these what most pages have. Each replaces [`term_at`]. None
    /// for a word that starts no field, and for a term that is complete.
    #[must_use]
    pub fn complete(&self, text: &str, cursor: usize, max: usize) -> Vec<Completion> {
        let term = term_at(text, cursor);
        let typed = typed_term(text, cursor);
        let mut found = self.candidates(typed, max);
        if found.len() == 1 && found[0].term == text[term] {
            found.clear();
        }
        found
    }

    /// Every field, for a place where nothing is typed yet.
    #[must_use]
    pub fn fields() -> Vec<Completion> {
        fields("")
    }

    fn candidates(&self, typed: &str, max: usize) -> Vec<Completion> {
        if typed.is_empty() || typed.starts_with("[[") {
            return Vec::new();
        }
        if let Some(part) = typed.strip_prefix('#') {
            return best(&self.tags, part, max, |known| tagfilter::term(known.written()));
        }
        if let Some(inside) = typed.strip_prefix('[') {
            return self.property(inside, max);
        }
        let Some((name, sign, part)) = sign(typed) else {
            let name = typed.to_ascii_lowercase();
            match Field::named(&name) {
                Some(Field::Strength) => return given(&name, ":", "", STRENGTHS),
                Some(field) if field.is_ordered() => return given(&name, ":", "", AGES),
                _ => {}
            }
            let mut found = fields(typed);
            found.extend(self.properties_called(typed, max).into_iter().take(3));
            return found;
        };
        let name = name.to_ascii_lowercase();
        let Some(field) = Field::named(&name) else { return Vec::new() };
        let part = part.trim_start_matches('"');
        let valued = |known: &Known| format!("{name}:{}", quoted(known.written()));
        match field {
            Field::Tag => {
                let part = part.trim_start_matches('#');
                best(&self.tags, part, max, |known| tagfilter::term(known.written()))
            }
            Field::Kind => best(&self.kinds, part, max, valued),
            Field::Path => best(&self.paths, part, max, valued),
            Field::Title => best(&self.titles, part, max, valued),
            Field::Link | Field::Near => best(&self.linked_to, part, max, valued),
            Field::By => best(&self.linked_by, part, max, valued),
            Field::Is => {
                let part = part.to_lowercase();
                let states = STATES.iter().zip(self.states);
                let states = states.filter(|((state, _), _)| state.starts_with(&part));
                states
                    .map(|((state, _), pages)| Completion {
                        term: format!("is:{state}"),
                        shown: (*state).to_owned(),
                        note: Note::Pages(pages),
                        goes_on: false,
                    })
                    .collect()
            }
            Field::Strength => given(&name, sign, part, STRENGTHS),
            Field::Created | Field::Updated | Field::Date => given(&name, sign, part, AGES),
            Field::Text => Vec::new(),
        }
    }

    /// What stands behind a `[`: the name of a property, or one of its values.
    fn property(&self, inside: &str, max: usize) -> Vec<Completion> {
        let at = inside.find([':', '=', '<', '>']);
        let Some(at) = at else {
            return self.properties_called(inside.trim_start_matches('"'), max);
        };
        let name = inside[..at].trim().trim_matches('"');
        let sign = &inside[at..];
        let signs = sign.len() - sign.trim_start_matches([':', '=', '<', '>']).len();
        let (sign, part) = sign.split_at(signs);
        let Some(values) = self.values.get(&fold(name)) else { return Vec::new() };
        let part = part.trim_start().trim_start_matches('"');
        let name = &inside[..at];
        best(values, part, max, |known| {
            let value = known.written();
            if value.contains(['[', ']', '"']) {
                format!("[{name}{sign}\"{}\"]", value.replace('"', ""))
            } else {
                format!("[{name}{sign}{value}]")
            }
        })
    }

    fn properties_called(&self, part: &str, max: usize) -> Vec<Completion> {
        let mut found = best(&self.properties, part, max, |known| {
            let name = known.written();
            if name.contains([':', '=', '<', '>', '[', ']']) {
                format!("[\"{}\":", name.replace('"', ""))
            } else {
                format!("[{name}:")
            }
        });
        for completion in &mut found {
            completion.shown = format!("[{}]", completion.shown);
            completion.goes_on = true;
        }
        found
    }

    /// Names of pages, by how many pages link there and how many they link to; and the states.
    fn add_pages(&mut self, index: &Index) {
        let mut stems: HashMap<String, u32> = HashMap::new();
        for page in index.pages() {
            *stems.entry(fold(page.path.stem())).or_default() += 1;
        }
        let mut linked: HashMap<PageId, u32> = HashMap::new();
        let mut links: HashMap<PageId, u32> = HashMap::new();
        let (mut missing, mut ambiguous) = (0, 0);
        for page in index.pages() {
            let mut targets = HashSet::new();
            let (mut is_missing, mut is_ambiguous) = (false, false);
            for (link, _) in (0..).zip(page.facts.links()) {
                let resolution = index.resolution(LinkRef { source: page.id, link });
                targets.extend(resolution.page());
                match resolution.status {
                    crate::index::Status::Missing => is_missing = true,
                    crate::index::Status::Ambiguous { .. } => is_ambiguous = true,
                    _ => {}
                }
            }
            missing += u32::from(is_missing);
            ambiguous += u32::from(is_ambiguous);
            links.insert(page.id, u32::try_from(targets.len()).unwrap_or(u32::MAX));
            for target in targets {
                *linked.entry(target).or_default() += 1;
            }
        }
        let mut orphans = 0;
        for page in index.pages() {
            let stem = page.path.stem();
            let path = page.path.as_str();
            let written = if stems.get(&fold(stem)) == Some(&1) {
                stem
            } else {
                &path[..path.len() - (page.path.file_name().len() - stem.len())]
            };
            let aliases = page.facts.aliases();
            let mut names: Vec<&str> = [page.title.as_str()].into_iter().chain(aliases).collect();
            if !names.iter().any(|name| fold(name) == fold(stem)) {
                names.push(stem);
            }
            let of = |counts: &HashMap<PageId, u32>| counts.get(&page.id).copied().unwrap_or(0);
            let (to, by) = (of(&linked), of(&links));
            orphans += u32::from(index.backlink_count(page.id) == 0);
            for name in names {
                let known = Known { written: Some(written.into()), ..Known::new(name, to) };
                self.linked_by.push(Known { pages: by, ..known.clone() });
                self.linked_to.push(known);
            }
        }
        self.states = [orphans, missing, ambiguous];
    }

    fn add_properties(&mut self, index: &Index) {
        let mut names: BTreeMap<String, (String, u32)> = BTreeMap::new();
        let mut values: HashMap<String, HashMap<String, (String, u32)>> = HashMap::new();
        for page in index.pages() {
            let mut seen = HashSet::new();
            for property in page.facts.properties() {
                let name = fold(&property.key);
                if seen.insert((name.clone(), String::new())) {
                    names.entry(name.clone()).or_insert_with(|| (property.key.clone(), 0)).1 += 1;
                }
                let of_name = values.entry(name.clone()).or_default();
                for value in scalars(&property.value) {
                    let folded = fold(value);
                    if seen.insert((name.clone(), folded.clone())) {
                        of_name.entry(folded).or_insert_with(|| (value.to_owned(), 0)).1 += 1;
                    }
                }
            }
        }
        let known = |(folded, (shown, pages)): (String, (String, u32))| Known {
            folded: folded.into(),
            shown: shown.into(),
            written: None,
            pages,
        };
        self.properties = names.into_iter().map(known).collect();
        self.values = values
            .into_iter()
            .map(|(name, values)| {
                let mut values: Vec<Known> = values.into_iter().map(known).collect();
                values.sort_unstable_by(|a, b| {
                    b.pages.cmp(&a.pages).then_with(|| a.folded.cmp(&b.folded))
                });
                values.truncate(MOST_VALUES);
                (name, values)
            })
            .collect();
    }
}

/// The single values of a property that can be chosen from: its own, or those of its list.
fn scalars(value: &Value) -> impl Iterator<Item = &str> {
    let items = if let Value::List(items) = value { items } else { std::slice::from_ref(value) };
    items.iter().filter_map(|item| match item {
        Value::Bool(value) => Some(if *value { "true" } else { "false" }),
        Value::Number(text) | Value::Text(text) => {
            let text = text.trim();
            (!text.is_empty() && text.len() <= LONGEST_VALUE && !text.contains('\n'))
                .then_some(text)
        }
        Value::Null | Value::List(_) | Value::Map(_) => None,
    })
}

fn counted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Known> {
    let mut pages: BTreeMap<&str, u32> = BTreeMap::new();
    for name in names {
        *pages.entry(name).or_default() += 1;
    }
    pages.into_iter().map(|(name, pages)| Known::new(name, pages)).collect()
}

fn paths(index: &Index) -> Vec<Known> {
    let mut folders: BTreeMap<&str, u32> = BTreeMap::new();
    for page in index.pages() {
        let mut folder = page.path.folder();
        while !folder.is_empty() {
            *folders.entry(folder).or_default() += 1;
            folder = folder.rsplit_once('/').map_or("", |(around, _)| around);
        }
    }
    let folders =
        folders.into_iter().map(|(folder, pages)| Known::new(&format!("{folder}/"), pages));
    folders.chain(index.pages().map(|page| Known::new(page.path.as_str(), 1))).collect()
}

/// A term taken apart at the sign of its field: name, sign, value.
fn sign(typed: &str) -> Option<(&str, &str, &str)> {
    let letters = typed.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = typed.split_at(letters);
    let signs = rest.len() - rest.trim_start_matches([':', '<', '>', '=']).len();
    let (sign, value) = rest.split_at(signs);
    (!sign.is_empty() && !value.starts_with("//")).then_some((name, sign, value))
}

const STRENGTHS: &[(&str, &str)] =
    &[("<0.5", "weaker"), (">0.5", "stronger"), ("<0.3", "weak"), (">0.8", "strong")];
const AGES: &[(&str, &str)] = &[
    ("<1d", "today"),
    ("<7d", "within a week"),
    ("<30d", "within a month"),
    ("<1y", "within a year"),
    (">30d", "before that"),
    (">1y", "before that"),
];

/// Bounds that are often asked for.
fn given(
    name: &str,
    sign: &str,
    part: &str,
    bounds: &'static [(&'static str, &'static str)],
) -> Vec<Completion> {
    let typed = if sign == ":" { part.to_owned() } else { format!("{sign}{part}") };
    let fits = |bound: &str| {
        if sign == ":" { bound[1..].starts_with(part) } else { bound.starts_with(&typed) }
    };
    let bounds = bounds.iter().filter(|(bound, _)| fits(bound));
    bounds
        .map(|(bound, means)| Completion {
            term: format!("{name}{bound}"),
            shown: format!("{name}{bound}"),
            note: Note::Means(means),
            goes_on: false,
        })
        .collect()
}

/// What the fields ask for, in a word or two, in the order of [`Field::ALL`].
fn means(field: Field) -> &'static str {
    match field {
        Field::Tag => "carries it",
        Field::Kind => "people, topics ...",
        Field::Path => "in the path",
        Field::Title => "in the title",
        Field::Text => "in the text",
        Field::Link => "links to it",
        Field::By => "linked from it",
        Field::Near => "either way",
        Field::Is => "orphan, missing ...",
        Field::Strength => "0 to 1",
        Field::Created | Field::Updated | Field::Date => "a date, an age",
    }
}

fn fields(typed: &str) -> Vec<Completion> {
    let typed = typed.to_ascii_lowercase();
    let matching = Field::ALL.iter().filter(|(name, _)| name.starts_with(&typed));
    matching
        .map(|(name, field)| {
            let term = format!("{name}{}", if field.is_ordered() { "" } else { ":" });
            Completion {
                shown: term.clone(),
                term,
                note: Note::Means(means(*field)),
                goes_on: true,
            }
        })
        .collect()
}

/// The parts of a page in which a search in texts can look (`search::fulltext`), of those that start with what
/// is typed.
#[must_use]
pub fn places(typed: &str) -> Vec<Completion> {
    let all = [("line:(", "all on one line"), ("section:(", "all in one section")];
    let matching = all.into_iter().filter(|(term, _)| term.starts_with(typed) && *term != typed);
    let completion = |(term, means): (&str, &'static str)| Completion {
        term: term.to_owned(),
        shown: format!("{term}...)"),
        note: Note::Means(means),
        goes_on: true,
    };
    matching.map(completion).collect()
}

/// How well a name fits what is typed; the least is best.
fn fit(folded: &str, part: &str) -> Option<u8> {
    if folded.starts_with(part) {
        return Some(0);
    }
    let mut from = 0;
    while let Some(at) = folded[from..].find(part) {
        let before = folded[..from + at].chars().next_back();
        if before.is_some_and(|c| !c.is_alphanumeric()) {
            return Some(1);
        }
        from += at + part.chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// The best of what is known for what is typed, each as the term that `term` makes of it, once.
fn best(all: &[Known], part: &str, max: usize, term: impl Fn(&Known) -> String) -> Vec<Completion> {
    let part = fold(part);
    let fitting = all.iter().filter_map(|known| Some((fit(&known.folded, &part)?, known)));
    // Of the names of a page its title is the one that people know.
    let is_file_name = |known: &Known| known.written.as_ref() == Some(&known.shown);
    let rank = |&(fit, known): &(u8, &Known)| (fit, Reverse(known.pages), is_file_name(known));
    let mut found: Vec<(u8, &Known)> = fitting.collect();
    let order = |a: &(u8, &Known), b: &(u8, &Known)| {
        rank(a).cmp(&rank(b)).then_with(|| a.1.folded.cmp(&b.1.folded))
    };
    // A page may fit by several names.
    let most = max.saturating_mul(4);
    if found.len() > most {
        found.select_nth_unstable_by(most, order);
        found.truncate(most);
    }
    found.sort_unstable_by(order);
    let mut completions: Vec<Completion> = Vec::new();
    for (_, known) in found {
        let term = term(known);
        if completions.len() < max && completions.iter().all(|other| other.term != term) {
            completions.push(Completion {
                term,
                shown: known.shown.to_string(),
                note: Note::Pages(known.pages),
                goes_on: false,
            });
        }
    }
    completions
}

/// A value as it is typed: in quotes where it needs them. A quote cannot be written within quotes.
fn quoted(value: &str) -> String {
    let special = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|' | '"');
    let signs = value.starts_with([':', '<', '>', '=']);
    if signs || value.contains(special) {
        format!("\"{}\"", value.replace('"', ""))
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Change, NewPage};
    use crate::search::query::Query;
    use crate::vault::PagePath;

    #[test]
    fn the_term_around_the_cursor_is_completed() {
        let check = |text: &str, expected: &str| {
            let cursor = text.find('^').unwrap();
            let text = text.replace('^', "");
            assert_eq!(&text[term_at(&text, cursor)], expected, "{text}");
        };
        check("tag:a ki^", "ki");
        check("tag:^a ki", "tag:a");
        check("tag:a^bc kind:x", "tag:abc");
        check("-(tag:é^", "tag:é");
        check("-ta^", "ta");
        check("a\u{3000}b^", "b");
        check("^", "");
        check("a ^ b", "");
        check("tag:\"two wo^", "tag:\"two wo");
        check("x tag:\"two w^ords\" y", "tag:\"two words\"");
        check("tag:\"two ^kind:x", "tag:\"two ");
        check("[status:in pr^ogress] x", "[status:in progress]");
        check("a -[sta^", "[sta");
    }

    fn vocabulary() -> (Index, Vocabulary) {
        let pages = [
            ("people/a.md", "---\nstatus: in progress\n---\n# Ada Lind\n#py #work/py #x [[b]]"),
            ("topics/b.md", "---\nstatus: [done, 3]\n---\n# Bees\n#Python #py [[nobody]]"),
            ("topics/deep/b.md", "---\nStatus: done\n---\n# Other bees\n[[people/a]]"),
            ("my notes/c.md", "---\naliases: [Lind's list]\n---\n[[a]] [[b]]"),
        ];
        let mut index = Index::default();
        index.apply_all(pages.map(|(path, source)| {
            Change::Put(NewPage {
                path: PagePath::new(path).unwrap(),
                modified_ms: 0,
                bytes: 0,
                facts: crate::markdown::facts(source).into(),
                unreadable: None,
            })
        }));
        let vocabulary = Vocabulary::new(&index);
        (index, vocabulary)
    }

    /// Terms with the number of their pages; what a number of pages is said of is found by the query.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (index, vocabulary) = vocabulary();
        let cursor = text.find('^').unwrap_or(text.len());
        let text = text.replace('^', "");
        let found = vocabulary.complete(&text, cursor, 20);
        let shown: Vec<String> = found
            .iter()
            .map(|completion| match completion.note {
                Note::Pages(pages) => format!("{} {pages}", completion.term),
                Note::Means(_) => completion.term.clone(),
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
        for completion in found {
            let Note::Pages(pages) = completion.note else { continue };
            let term = if completion.goes_on { completion.term + "]" } else { completion.term };
            let query = Query::parse(&term).unwrap();
            let today = crate::text::date::Date::constant(2024, 1, 1);
            let met = query.select(&index, today, &|_| None).len();
            // A path or title is found in others too.
            assert!(met >= pages as usize, "{term}: {met} pages, not {pages}");
        }
    }

    #[test]
    fn values_come_from_the_pages_with_their_number() {
        check("tag:p", &["tag:py 2", "tag:Python 1", "tag:work/py 1"]);
        check("a -#PY", &["tag:py 2", "tag:Python 1", "tag:work/py 1"]);
        check("kind:", &["kind:topics 2", "kind:\"my notes\" 1", "kind:people 1"]);
        check("kind:P", &["kind:people 1"]);
        check("kind:\"my", &["kind:\"my notes\" 1"]);
        check("tag:zz", &[]);
        check(
            "path:to",
            &[
                "path:topics/ 2",
                "path:topics/b.md 1",
                "path:topics/deep/ 1",
                "path:topics/deep/b.md 1",
            ],
        );
        check("path:deep", &["path:topics/deep/ 1", "path:topics/deep/b.md 1"]);
        check("title:oth", &["title:\"Other bees\" 1"]);
        check("is:", &["is:orphan 2", "is:missing 1", "is:ambiguous 2"]);
        check("(is:m", &["is:missing 1"]);
    }

    #[test]
    fn pages_are_named_shortly_and_found_by_any_name() {
        check("link:ada", &["link:a 2"]);
        check("link:lind", &["link:c 0", "link:a 2"]);
        check("by:bees", &["by:topics/b 0", "by:topics/deep/b 1"]);
        check("link:topics", &[]);
    }

    #[test]
    fn properties_are_completed_by_name_and_by_value() {
        check("[st", &["[status: 3"]);
        check("x [", &["[status: 3", "[aliases: 1"]);
        check("[status:", &["[status:done] 2", "[status:3] 1", "[status:in progress] 1"]);
        check("[status:pro", &["[status:in progress] 1"]);
        check("[status:i^n] x", &["[status:in progress] 1"]);
        check("[status=d", &["[status=done] 2"]);
        check("[nothing:", &[]);
        check("sta", &["[status: 3"]);
    }

    #[test]
    fn fields_complete_without_any_page() {
        let check = |text: &str, expected: &[&str]| {
            let found = Vocabulary::default().complete(text, text.len(), 9);
            let found: Vec<_> = found.into_iter().map(|found| found.term).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("t", &["tag:", "title:", "text:"]);
        check("-u", &["updated"]);
        check("updated<3", &["updated<30d"]);
        check("ne", &["near:"]);
        check("zebra", &[]);
        check("https://x", &[]);
        check("", &[]);
        assert_eq!(Vocabulary::fields().len(), Field::ALL.len());
    }

    #[test]
    fn what_is_complete_is_not_offered_again() {
        check("kind:people", &[]);
        check("[status:in progress]", &[]);
        check("tag:py", &["tag:py 2", "tag:Python 1", "tag:work/py 1"]);
    }
}
