//! What a typed line means.

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// The next screenful.
    More,
    /// The screenful before.
    Before,
    /// This page again, from its beginning.
    Again,
    /// What stands under a number.
    Number(usize),
    /// Where one came from.
    Back,
    /// Where one went back from.
    Forward,
    /// The links of the page.
    Links,
    /// The headings of the page, or one of them.
    Headings(Option<usize>),
    /// Who links here.
    Backlinks,
    /// All tags, or the pages of one.
    Tags(String),
    /// All pages, or those that a name finds.
    Pages(String),
    /// Words in the text of all pages.
    Search(String),
    /// What can be typed.
    Help,
    /// The end.
    Quit,
}

impl Typed {
    /// Reads a line. What is no command is the name of a page.
    pub(super) fn of(line: &str) -> Self {
        let line = line.trim();
        if let Some(words) = line.strip_prefix('/') {
            return Self::Search(words.trim().to_owned());
        }
        if let Ok(number) = line.parse() {
            return Self::Number(number);
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let heading = |text: &str| text.parse().ok().map(|number| Self::Headings(Some(number)));
        match (word, rest) {
            ("" | "n", "") => Self::More,
            ("u", "") => Self::Before,
            ("p", "") => Self::Again,
            ("b", "") => Self::Back,
            ("f", "") => Self::Forward,
            ("l", "") => Self::Links,
            ("o" | "h", "") => Self::Headings(None),
            ("i", "") => Self::Backlinks,
            ("t", tag) => Self::Tags(tag.trim_start_matches('#').to_owned()),
            ("s", name) => Self::Pages(name.to_owned()),
            ("?" | "help", "") => Self::Help,
            ("q" | "quit" | "exit", "") => Self::Quit,
            ("h", number) => heading(number).unwrap_or_else(|| Self::Pages(line.to_owned())),
            _ => {
                let number = word.strip_prefix('h').filter(|_| rest.is_empty());
                number.and_then(heading).unwrap_or_else(|| Self::Pages(line.to_owned()))
            }
        }
    }
}

/// What can be typed, for `?`.
pub(super) const HELP: &str = "\
What can be typed, each followed by Enter:
  Enter, n   read on: the next screenful
  u          the screenful before
  p          this page again, from its beginning
  a number   open the link, heading or row of that number, as printed last
  b, f       back to where you came from, and forward again
  l          the links of this page
  o, h       the headings of this page; h 3 goes to the third
  i          who links here, each with the sentence
  s          all pages; s NAME or just a NAME finds one
  t          all tags; t NAME lists the pages of one
  /WORDS     search the text of all pages
  ?          this help
  q          quit
Behind a link stands its number in brackets. The full screen: ken --screen
";

#[cfg(test)]
mod tests {
    use super::Typed;

    #[test]
    fn a_line_is_a_number_a_command_or_a_name() {
        let check = |line: &str, expected: Typed| assert_eq!(Typed::of(line), expected, "{line:?}");
        let text = str::to_owned;
        check("\r\n", Typed::More);
        check("n", Typed::More);
        check(" 12 ", Typed::Number(12));
        check("h", Typed::Headings(None));
        check("h 3", Typed::Headings(Some(3)));
        check("h3", Typed::Headings(Some(3)));
        check("harbour", Typed::Pages(text("harbour")));
        check("h of the harbour", Typed::Pages(text("h of the harbour")));
        check("s old pier", Typed::Pages(text("old pier")));
        check("t #sea", Typed::Tags(text("sea")));
        check("t", Typed::Tags(text("")));
        check("/ a b ", Typed::Search(text("a b")));
        check("?", Typed::Help);
        check("q", Typed::Quit);
        check("b 2", Typed::Pages(text("b 2")));
    }
}
