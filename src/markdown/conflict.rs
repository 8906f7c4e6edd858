//! Git's conflict marks: two versions of a text, both left on the page for somebody to choose from.

use memchr::memmem;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::facts::Notice;

/// What is said of a page that holds conflict marks.
const MESSAGE: &str = "git's conflict marks: two versions stand here, and one is to be chosen";

impl Notice {
    /// Whether it is about conflict marks.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.message == MESSAGE
    }
}

/// A notice for each conflict on a page, at its first line. What stands in code is an example.
pub(super) fn notices(source: &str) -> Vec<Notice> {
    let starts = places(source);
    if starts.is_empty() {
        return Vec::new();
    }
    // Only now is it worth knowing what is code.
    let codes: Vec<_> = Parser::new_ext(source, Options::empty())
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
        .collect();
    let starts = starts.into_iter().filter(|at| !codes.iter().any(|code| code.contains(at)));
    let line = |at: usize| u32::try_from(source[..at].matches('\n').count() + 1).ok();
    starts.map(|at| Notice { message: MESSAGE.to_owned(), line: line(at) }).collect()
}

/// Where conflicts begin: all three marks in their order, each at the start of a line.
fn places(source: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(start) = mark(source, from, "<<<<<<< ") {
        let middle = mark(source, start, "=======");
        let Some(end) = middle.and_then(|middle| mark(source, middle, ">>>>>>> ")) else { break };
        places.push(start);
        from = end;
    }
    places
}

/// Where a line begins with `mark`, at `from` or later.
fn mark(source: &str, from: usize, mark: &str) -> Option<usize> {
    let found = memmem::find_iter(&source.as_bytes()[from..], mark).map(|at| from + at);
    found.into_iter().find(|&at| at == 0 || source.as_bytes()[at - 1] == b'\n')
}

#[cfg(test)]
mod tests {
    use super::super::facts;

    #[test]
    fn a_conflict_is_told_at_its_first_line_unless_it_is_code() {
        let check = |text: &str, lines: &[u32]| {
            let notices = facts(text).notices;
            let told = notices.iter().filter(|notice| notice.is_conflict());
            assert_eq!(told.filter_map(|notice| notice.line).collect::<Vec<_>>(), lines, "{text}");
        };
        let marks = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n";
        check(&format!("# A\n\n{marks}\nmore\n\n{marks}"), &[3, 11]);
        check(marks, &[1]);
        check(&format!("---\ntags: [a]\n---\n{marks}"), &[4]);
        check(&marks.replace('\n', "\r\n"), &[1]);
        check(&format!("```text\n{marks}```\n"), &[]);
        check(&format!("    {}", marks.replace('\n', "\n    ")), &[]);
        check(&marks.replace(">>>>>>> ", "> "), &[]);
        check("Title\n=======\n\n<<<<<<< and no more\n", &[]);
        check("text <<<<<<< HEAD\n=======\n>>>>>>> x\n", &[]);
    }
}
