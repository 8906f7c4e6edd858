//! HTML taken apart: text, tags, comments; and what the elements mean that a page view knows. Not a parser of
//! HTML: nothing nests here, and nothing is an error.

use crate::text::role::Marks;

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// Text between tags, with its entities.
    Text(&'a str),
    /// A tag, from `<` to `>`.
    Tag(Tag<'a>),
    /// What nobody is to see: comments, declarations, instructions.
    Hidden,
}

/// A tag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tag<'a> {
    /// All of it.
    pub(super) text: &'a str,
    /// Whether it ends its element.
    pub(super) closes: bool,
    name: &'a str,
}

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// Lays marks over it.
    Marks(Marks),
    /// `<sup>`
    Raised,
    /// `<sub>`
    Lowered,
    /// `<a>`: may lead somewhere.
    Link,
    /// `<img>`, or another file that stands in the page: `<video>`.
    Image,
    /// `<br>`
    Break,
    /// `<hr>`
    Rule,
    /// Stands as a block of its own.
    Block,
    /// A block in bold letters: `<h1>`.
    Heading,
    /// Stands on a line of its own: the row of a table.
    Row,
    /// An item of a list.
    Item,
    /// The cell of a table.
    Cell,
    /// `<details>`
    Details,
    /// `<summary>`
    Summary,
    /// What stands in it is no text: shown as it is written.
    Raw,
    /// Nothing that could be seen here.
    Plain,
    /// Not known: its tags are shown.
    Unknown,
}

impl<'a> Tag<'a> {
    /// Reads the tag that `text` is.
    pub(super) fn new(text: &'a str) -> Self {
        let inner = text.trim_start_matches('<').trim_end_matches('>');
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
        let end = inner.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inner.len());
        Self { text, closes, name: &inner[..end] }
    }

    /// Its element.
    pub(super) fn element(&self) -> Element {
        use Element as E;
        match self.name.to_ascii_lowercase().as_str() {
            "b" | "strong" => E::Marks(Marks::STRONG),
            "i" | "em" | "u" | "ins" | "cite" | "dfn" | "var" => E::Marks(Marks::EMPHASIS),
            "s" | "del" | "strike" => E::Marks(Marks::STRIKETHROUGH),
            "mark" => E::Marks(Marks::HIGHLIGHT),
            "kbd" => E::Marks(Marks::KEYBOARD),
            "code" | "samp" | "tt" => E::Marks(Marks::CODE),
            "sup" => E::Raised,
            "sub" => E::Lowered,
            "a" => E::Link,
            // The `<source>` of a video says where it lies, that of a `<picture>` has no `src`.
            "img" | "video" | "audio" | "iframe" | "source" => E::Image,
            "br" => E::Break,
            "hr" => E::Rule,
            "p" | "div" | "center" | "section" | "article" | "header" | "footer" | "main"
            | "nav" | "aside" | "figure" | "figcaption" | "blockquote" | "ul" | "ol" | "dl"
            | "table" | "caption" => E::Block,
            "tr" | "dt" | "dd" => E::Row,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => E::Heading,
            "li" => E::Item,
            "td" | "th" => E::Cell,
            "details" => E::Details,
            "summary" => E::Summary,
            "script" | "style" | "svg" | "math" | "pre" | "textarea" => E::Raw,
            "span" | "small" | "big" | "font" | "q" | "abbr" | "time" | "label" | "bdi" | "bdo"
            | "wbr" | "nobr" | "picture" | "track" | "thead" | "tbody" | "tfoot" | "colgroup"
            | "col" | "ruby" | "html" | "body" => E::Plain,
            _ => E::Unknown,
        }
    }

    /// Whether it is of the element `name`.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether it ends the element of `other`.
    pub(super) fn ends(&self, other: &Tag) -> bool {
        self.closes && self.name.eq_ignore_ascii_case(other.name)
    }

    /// The value of an attribute; empty where it has none, `None` where it is not there.
    pub(super) fn attribute(&self, wanted: &str) -> Option<&'a str> {
        let start = 1 + usize::from(self.closes) + self.name.len();
        let mut rest = self.text.get(start..)?.trim_end_matches('>').trim_end_matches('/');
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            let (name, after) = rest.split_at(end.max(1));
            let after = after.trim_start();
            let (value, after) = match after.strip_prefix('=').map(str::trim_start) {
                None => ("", after),
                Some(after) => match after.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                    Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                    None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
                },
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(value);
            }
            rest = after;
        }
    }
}

/// The pieces of `html` and where each starts, in order; together they are all of it.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = (usize, Piece<'_>)> {
    // Behind the last `>` there is no tag: who looked for one at each `<` would look for long.
    let tags_end = html.rfind('>').unwrap_or(0);
    let mut at = 0;
    std::iter::from_fn(move || {
        let (piece, length) = next(&html[at..], at < tags_end)?;
        let start = at;
        at += length;
        Some((start, piece))
    })
}

fn next(html: &str, may_be_tag: bool) -> Option<(Piece<'_>, usize)> {
    if html.is_empty() {
        return None;
    }
    let hidden = |close: &str| html.find(close).map_or(html.len(), |end| end + close.len());
    if html.starts_with("<!--") {
        // `<!-->` and `<!--->` are comments, too (CommonMark 6.6).
        let short = ["<!-->", "<!--->"].into_iter().find(|short| html.starts_with(short));
        return Some((Piece::Hidden, short.map_or_else(|| hidden("-->"), str::len)));
    }
    if html.starts_with("<![CDATA[") {
        return Some((Piece::Hidden, hidden("]]>")));
    }
    if html.starts_with("<?") {
        return Some((Piece::Hidden, hidden("?>")));
    }
    if html.starts_with("<!") {
        return Some((Piece::Hidden, hidden(">")));
    }
    if let Some(length) = may_be_tag.then(|| tag_length(html)).flatten() {
        return Some((Piece::Tag(Tag::new(&html[..length])), length));
    }
    let skipped = usize::from(html.starts_with('<'));
    let length = html[skipped..].find('<').map_or(html.len(), |at| at + skipped);
    Some((Piece::Text(&html[..length]), length))
}

/// The length of the tag that `html` starts with: quotes in it may hold `>`.
fn tag_length(html: &str) -> Option<usize> {
    let inner = html.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    // A quote that nobody closed is none.
    html.find('>').map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::{Element, Piece, Tag, pieces};
    use crate::text::role::Marks;

    #[test]
    fn html_is_taken_apart_without_losing_a_byte() {
        let html =
            "a <b title='x > y'>c</b><!-- <i> --> < d <!-- -- --></p ><?php ?>&amp;<!---> e <br";
        let texts: Vec<&str> = pieces(html)
            .map(|(_, piece)| match piece {
                Piece::Text(text) => text,
                Piece::Tag(tag) => tag.text,
                Piece::Hidden => "",
            })
            .collect();
        let expected = [
            "a ",
            "<b title='x > y'>",
            "c",
            "</b>",
            "",
            " ",
            "< d ",
            "",
            "</p >",
            "",
            "&amp;",
            "",
            " e ",
            "<br",
        ];
        assert_eq!(texts, expected);
    }

    #[test]
    fn tags_say_their_element_and_attributes() {
        let tag = Tag::new("<IMG alt=\"a > b\" src=x.png hidden/>");
        assert_eq!(tag.element(), Element::Image);
        assert_eq!(tag.attribute("alt"), Some("a > b"));
        assert_eq!(tag.attribute("SRC"), Some("x.png"));
        assert_eq!(tag.attribute("hidden"), Some(""));
        assert_eq!(tag.attribute("width"), None);
        assert_eq!(Tag::new("</KBD >").element(), Element::Marks(Marks::KEYBOARD));
        assert!(Tag::new("</KBD >").ends(&Tag::new("<kbd>")));
        assert_eq!(Tag::new("<br/>").element(), Element::Break);
        assert_eq!(Tag::new("<x-y z>").element(), Element::Unknown);
        assert_eq!(Tag::new("<a href='\u{e9}' ===>").attribute("href"), Some("\u{e9}"));
    }
}
