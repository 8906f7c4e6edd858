//! Which lines of a page hold a link that somebody has written as Markdown: such a line is no code,
//! whatever it looks like. A list of `[[names]]` reads as tables of TOML, and `[text](page.md)` as a call in Python.

use std::ops::Range;

use crate::markdown::wikilink;

/// Bytes that the text of a link may be long, and its address: looking for their ends has an end.
const MAX_PART: usize = 400;

/// The lines, by index and in order, that hold a wiki-link or a Markdown link which cannot be code.
pub(super) fn link_lines(source: &str) -> Vec<usize> {
    let markdown = source.match_indices("](").map(|(at, _)| at).filter(|&at| is_link(source, at));
    let mut places: Vec<usize> = wiki_links(source).into_iter().chain(markdown).collect();
    places.sort_unstable();
    let (mut line, mut from) = (0, 0);
    let mut lines = Vec::new();
    for at in places {
        line += source[from..at].matches('\n').count();
        from = at;
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }
    lines
}

fn wiki_links(source: &str) -> Vec<usize> {
    let links = wikilink::scan(source);
    let is_sound = |link: &&wikilink::WikiLink| {
        is_name(&source[link.target.clone()])
            && !follows_code(source, link.start)
            && !is_toml_table(source, link.start..link.end)
    };
    links.iter().filter(is_sound).map(|link| link.start).collect()
}

/// Whether `target` names a page; in code stands a list of lists, a test of the shell.
fn is_name(target: &str) -> bool {
    target.starts_with(char::is_alphanumeric)
        && target.contains(char::is_alphabetic)
        && !target.contains(['"', '[', ']', '$', ',', ';', '{', '}', '='])
}

/// Whether a bracket at `at` belongs to what stands before it: an index, an argument, a value.
fn follows_code(source: &str, at: usize) -> bool {
    let before = &source[..at];
    before
        .ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ')' | ']' | '"' | '\''))
        || before.trim_end_matches(' ').ends_with(['=', '(', '[', '{', ','])
}

/// `[[bin]]` on a line of its own, with a key below it.
fn is_toml_table(source: &str, link: Range<usize>) -> bool {
    let starts = source[..link.start].trim_end_matches([' ', '\t']);
    let mut below = source[link.end..].lines();
    (starts.is_empty() || starts.ends_with('\n'))
        && below.next().is_none_or(|rest| rest.trim().is_empty())
        && below.next().is_some_and(|line| line.contains(" = "))
}

/// Whether the `](` at `middle` stands in the middle of `[text](address)`.
fn is_link(source: &str, middle: usize) -> bool {
    let rest = source.as_bytes()[middle + 2..].iter().take(MAX_PART);
    let end = rest.take_while(|byte| **byte != b')').count() + middle + 2;
    let closed = source.as_bytes().get(end) == Some(&b')');
    let address = if closed { &source[middle + 2..end] } else { "" };
    let is_sound = match address.split_once(char::is_whitespace) {
        Some((_, title)) => title.trim_start().starts_with(['"', '\'']) || address.starts_with('<'),
        None => !address.is_empty(),
    };
    if !is_sound {
        return false;
    }
    let from = middle.saturating_sub(MAX_PART);
    let mut depth = 0;
    let before = source.as_bytes()[from..middle].iter().rev().take_while(|byte| **byte != b'\n');
    let open = before.enumerate().find_map(|(back, byte)| {
        depth += i32::from(*byte == b']') - i32::from(*byte == b'[');
        (depth < 0).then(|| middle - 1 - back)
    });
    let Some(open) = open else { return false };
    let image = source[..open].ends_with('!');
    (image || !source[open + 1..middle].trim().is_empty())
        && !follows_code(source, open - usize::from(image))
}

#[cfg(test)]
mod tests {
    use super::link_lines;

    #[test]
    fn links_are_told_from_code() {
        for page in [
            "[[bin]]\n\n[[daily-note]]\n",
            "[[f(x)]]\n",
            "see [[a]]",
            "中文[[a]]中文",
            "up: [[a]]",
            "key:: [[a]], [[b]]",
            "![[i.png]]",
            "[[日本|語]]",
            "[Foo](foo.md)",
            "[Foo](foo)",
            "- [x [y]](<a b.md>)",
            "![](i.png)",
            "a [x](https://x.org \"t\") [y](z)",
        ] {
            assert!(!link_lines(page).is_empty(), "{page}");
        }
        for page in [
            "[[bin]]\nname = \"ken\"\n",
            "if [[ -f x ]]; then",
            "[[ $a == b ]]",
            "a = [[b]]",
            "x[[0]] y[[b]]",
            "array([[1, 2], [3, 4]])",
            "[[1, 2], [3, 4]]",
            "df[[\"a\", \"b\"]]",
            "handlers[name](event)",
            "f([a](b))",
            "[x](int y) {",
            "[](auto x)",
            "'[a](b)'",
            "x](y) [a]() [b](c",
        ] {
            assert!(link_lines(page).is_empty(), "{page}");
        }
    }

    #[test]
    fn lines_are_told_by_index_and_once() {
        assert_eq!(link_lines("x\n[[a]] [b](c)\n\n\n![](d)\n"), [1, 4]);
    }

    #[test]
    fn many_brackets_take_linear_time() {
        for unit in ["](", "[", "]]", "[a]("] {
            link_lines(&unit.repeat(20_000));
        }
    }
}
