//! Front matter: where it stands, what it says, and which links, tags and aliases are in it
//! (`semantics.md`, front matter). Anything may stand there; nothing is ever rejected.

use memchr::memmem;

use super::facts::{Facts, Link, LinkKind, Notice, Origin, Property, Tag, TagOrigin, Value};
use super::source::Source;
use super::yaml::{self, Entry, Yaml};
use super::{tag, wikilink};
use crate::text::span::ByteSpan;

/// Reads the front matter of a page into `facts` and gives the offset where the body starts.
pub(super) fn read(source: &Source, facts: &mut Facts) -> usize {
    let Some((inner, end)) = find(&source.text) else { return 0 };
    let text = &source.text[inner.range()];
    let entries = match yaml::read(text) {
        Ok(Yaml::Entries(entries)) => entries,
        // A page that starts with a rule and words, not with properties.
        Ok(Yaml::Other) => return 0,
        Err((what, line)) => {
            let message =
                format!("front matter is not valid YAML ({what}); read as lines of \"key: value\"");
            let line = u32::try_from(line).ok().map(|line| line + 1);
            facts.notices.push(Notice { message, line });
            lines_as_entries(text)
        }
    };
    facts.front_matter = ByteSpan::new(0..end);
    let starts = line_starts(text, &entries);
    for (nth, entry) in entries.into_iter().enumerate() {
        let until = starts.get(nth + 1).map_or(text.len(), |next| (*next).max(starts[nth]));
        let base = inner.start as usize;
        let span = source.trim_end(base + starts[nth], base + until);
        read_entry(source, base, span, entry, facts);
    }
    end
}

/// The text between the fences, and the offset after the closing one.
pub(super) fn find(text: &str) -> Option<(ByteSpan, usize)> {
    let mut lines = text.split_inclusive('\n');
    let is_fence = |line: &str| line.trim_end() == "---";
    let first = lines.next().filter(|line| is_fence(line))?;
    let start = first.len();
    let mut at = start;
    for line in lines {
        if is_fence(line) {
            return Some((ByteSpan::new(start..at), at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Where the line of each key starts.
fn line_starts(text: &str, entries: &[Entry]) -> Vec<usize> {
    let (mut from, mut line) = (0, 0);
    let starts = entries.iter().map(|entry| {
        let between = text.get(from..entry.key_start).unwrap_or_default();
        line = between.rfind('\n').map_or(line, |newline| from + newline + 1);
        from = from.max(entry.key_start);
        line
    });
    starts.collect()
}

fn read_entry(source: &Source, base: usize, span: ByteSpan, entry: Entry, facts: &mut Facts) {
    let shifted =
        |span: ByteSpan| ByteSpan::new(base + span.start as usize..base + span.end as usize);
    for (text, place) in &entry.scalars {
        facts.links.extend(property_link(source, text, shifted(*place), span));
    }
    // A mapping has no names to give: `tags: {{tags}}` of a template is one.
    let is_mapping = matches!(entry.value, Value::Map(_));
    match entry.key.to_ascii_lowercase().as_str() {
        "tags" | "tag" if !is_mapping => {
            let split = matches!(entry.value, Value::Text(_));
            for (text, place) in &entry.scalars {
                let mut place = shifted(*place);
                let parts = |c: char| split && (c == ',' || c.is_whitespace());
                // A text with escapes does not hold its names, and is searched for the first only.
                let mut as_written = true;
                for name in text.split(parts).map(tag::bare_name).filter(|name| !name.is_empty()) {
                    let span = if as_written { find_in(source, name, place) } else { place };
                    as_written &= span != place;
                    if span != place {
                        place.start = span.end;
                    }
                    let origin = TagOrigin::FrontMatter;
                    facts.tags.push(Tag { name: name.into(), span, origin });
                }
            }
        }
        "aliases" | "alias" if !is_mapping => {
            let split = matches!(entry.value, Value::Text(_));
            let names =
                entry.scalars.iter().flat_map(|(text, _)| text.split(|c| split && c == ','));
            let names = names.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
            facts.summary.aliases.extend(names);
        }
        _ => {}
    }
    let origin = Origin::FrontMatter;
    facts.properties.push(Property { key: entry.key, value: entry.value, origin, span });
}

/// The link that a value is, if the whole of it is one.
fn property_link(source: &Source, text: &str, place: ByteSpan, context: ByteSpan) -> Option<Link> {
    let text = text.trim();
    if !text.starts_with("[[") {
        return None;
    }
    let links = wikilink::scan(text);
    let [link] = &links[..] else { return None };
    if link.start != 0 || link.end != text.len() {
        return None;
    }
    let place = (find_in(source, text, place), source.line(place.start as usize));
    let (target, fragment, alias) = link.parts(text);
    Some(Link::new(LinkKind::Property, place, target, fragment, alias).within(context))
}

/// Where `text` stands within `place`; all of `place` where it is written in another way there.
fn find_in(source: &Source, text: &str, place: ByteSpan) -> ByteSpan {
    let start = place.start as usize;
    let found = memmem::find(source.slice(place).as_bytes(), text.as_bytes())
        .map(|at| start + at..start + at + text.len());
    found.map_or(place, ByteSpan::new)
}

/// The entries of front matter that is no YAML: each line with a key at its start, with the indented
/// lines and list items below it.
fn lines_as_entries(text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let key = line.split_once(':').filter(|(key, rest)| {
            let fits =
                |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.' | '"' | '\'');
            let parted = rest.is_empty() || rest.starts_with(char::is_whitespace);
            parted
                && line.starts_with(|c: char| c.is_alphanumeric() || c == '"')
                && key.chars().all(fits)
        });
        if let Some((key, rest)) = key {
            let key = unquote(key.trim()).to_owned();
            entries.push(Entry { key, key_start: start, value: Value::Null, scalars: Vec::new() });
            add_line(&mut entries, rest, start + line.len() - rest.len());
        } else {
            add_line(&mut entries, line, start);
        }
    }
    entries
}

/// Adds what a line says to the last entry.
fn add_line(entries: &mut [Entry], line: &str, start: usize) {
    let Some(entry) = entries.last_mut() else { return };
    let trimmed = line.trim();
    if trimmed.is_empty() || matches!(trimmed, "|" | ">" | "|-" | ">-" | "|+" | ">+") {
        return;
    }
    let place = |part: &str, from: usize| {
        let at = start + from + line[from..].find(part).unwrap_or(0);
        ByteSpan::new(at..at + part.len())
    };
    let indent = line.len() - line.trim_start().len();
    let flow = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match (&mut entry.value, trimmed.strip_prefix("- "), flow) {
        (Value::List(items), Some(item), _) => {
            let text = unquote(item.trim());
            items.push(yaml::plain_value(text));
            entry.scalars.push((text.to_owned(), place(text, indent + 2)));
        }
        (value @ Value::Null, Some(item), _) => {
            let text = unquote(item.trim());
            *value = Value::List(vec![yaml::plain_value(text)]);
            entry.scalars.push((text.to_owned(), place(text, indent + 2)));
        }
        (value @ Value::Null, None, Some(flow)) if !flow.starts_with('[') => {
            let mut from = indent + 1;
            let mut items = Vec::new();
            for item in flow.split(',') {
                let text = unquote(item.trim());
                if !text.is_empty() {
                    items.push(yaml::plain_value(text));
                    entry.scalars.push((text.to_owned(), place(text, from)));
                }
                from += item.len() + 1;
            }
            *value = Value::List(items);
        }
        (value @ Value::Null, ..) => {
            let text = unquote(trimmed);
            *value = yaml::plain_value(text);
            entry.scalars.push((text.to_owned(), place(text, indent)));
        }
        (Value::Text(text), ..) => {
            text.push('\n');
            text.push_str(trimmed);
            if let Some((scalar, span)) = entry.scalars.last_mut() {
                scalar.push('\n');
                scalar.push_str(trimmed);
                span.end = ByteSpan::new(0..start + line.trim_end().len()).end;
            }
        }
        (Value::List(items), None, _) => items.push(Value::Text(trimmed.to_owned())),
        _ => {}
    }
}

fn unquote(text: &str) -> &str {
    let inner = |quote: char| text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}
