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
    let is_code = |at: &usize| {
        let before = codes.partition_point(|code| code.start <= *at);
        before.checked_sub(1).is_some_and(|nth| codes[nth].contains(at))
    };
    // Counted from one to the next: a page may be nothing but conflicts.
    let (mut line, mut counted) = (1, 0);
    let notice = |at: usize| {
        line += memchr::memchr_iter(b'\n', &source.as_bytes()[counted..at]).count();
        counted = at;
        Notice { message: MESSAGE.to_owned(), line: u32::try_from(line).ok() }
    };
    starts.into_iter().filter(|at| !is_code(at)).map(notice).collect()
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
        check(&format!("```text\n{marks}```\n\n{marks}\n```text\n{marks}```\n"), &[9]);
        // Takes minutes where each is counted from the top.
        let (marks, every) = (marks.repeat(50_000), (0..50_000).map(|nth| nth * 5 + 1));
        check(&marks, &every.collect::<Vec<_>>());
    }
}
