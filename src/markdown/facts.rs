//! Facts: what the index wants to know of a page. As they are kept they are [`super::packed`].

use std::ops::Deref;
use std::sync::Arc;

use super::kept::Text;
use crate::text::date::Date;
use crate::text::span::ByteSpan;

/// Links, tags, headings and properties of one page, in source order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Front matter, footer lines and metadata lists, in the file's order.
    pub properties: Vec<Property>,
    /// What well-known properties mean.
    pub summary: Summary,
    /// Every link, embed, image and property link.
    pub links: Vec<Link>,
    /// Every use of a tag: front matter, inline, `## Tags` sections.
    pub tags: Vec<Tag>,
    /// The outline.
    pub headings: Vec<Heading>,
    /// Block ids (`^id`).
    pub block_ids: Vec<BlockId>,
    /// Words of running text, code excluded (a CJK character counts as a word).
    pub words: u32,
    /// The front matter with its fences; empty where there is none.
    pub front_matter: ByteSpan,
    /// What was odd, for the reader's eyes.
    pub notices: Vec<Notice>,
}

/// Index into [`Facts::links`].
pub type LinkId = u32;

/// What well-known properties and the first heading say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Front matter `title`, else `name`, else the text of the first level 1 heading.
    pub title: Option<String>,
    /// Front matter `aliases` (`alias`).
    pub aliases: Vec<String>,
    /// Front matter `type` or `kind`.
    pub kind: Option<String>,
    /// What the page tells of: front matter `date`, `- **Date**: ...`.
    pub date: Option<Date>,
    /// `created`, `Knowledge domain established`, `Episode logged` and the like.
    pub created: Option<Date>,
    /// `updated`, `Last updated` and the like.
    pub updated: Option<Date>,
    /// `Strength`, `Memory strength`, `Confidence`: 0 to 1.
    pub strength: Option<f32>,
}

/// A property.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// Its name as written.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// Where it was found.
    pub origin: Origin,
    /// Where it stands in the source; of front matter, the lines from its key on.
    pub span: ByteSpan,
}

/// Where a property was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Between the `---` lines at the top.
    FrontMatter,
    /// `*Key: value*` at the end.
    Footer,
    /// `- **Key**: value` under a heading that ends in `Metadata` or `Information`.
    Metadata,
}

/// A property's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// Text.
    Text(String),
    /// A sequence.
    List(Vec<Value>),
    /// A mapping, in the file's order. Keys need not be strings.
    Map(Vec<(Value, Value)>),
}

/// A link as it is written, with its words held or borrowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Link<T = Text> {
    /// Its syntax.
    pub kind: LinkKind,
    /// The whole syntax, brackets included.
    pub span: ByteSpan,
    /// Line of the source, the first being 1.
    pub line: u32,
    /// The leaf block (or front matter line) that holds it, for quoting its sentence.
    pub context: ByteSpan,
    /// Target, fragment and alias, one after the other: a wiki holds more links than anything else,
    /// and one text instead of three halves what they take.
    pub(super) words: T,
    /// Bytes of the target.
    pub(super) target_len: u32,
    /// Bytes of the fragment, if there is one.
    pub(super) fragment_len: Option<std::num::NonZeroU32>,
    pub(super) has_alias: bool,
}

/// Kinds of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `[[target]]`
    Wiki,
    /// `![[target]]`
    Embed,
    /// `[text](target)`, reference links, autolinks and bare addresses.
    Markdown,
    /// `![alt](target)`
    Image,
    /// A front-matter value that is a whole `[[target]]`.
    Property,
}

impl LinkKind {
    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Wiki => "wikilink",
            Self::Embed => "embed",
            Self::Markdown => "markdown",
            Self::Image => "image",
            Self::Property => "property",
        }
    }
}

impl Link {
    /// A link as it is written at `span`, on `line` (the first is 1); its context is set by who knows
    /// the block around it.
    #[must_use]
    pub fn new(
        kind: LinkKind,
        (span, line): (ByteSpan, u32),
        target: &str,
        fragment: Option<&str>,
        alias: Option<&str>,
    ) -> Self {
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX - 1);
        // An empty fragment is kept apart from none by its length plus one.
        let fragment_len = fragment.and_then(|text| (length(text) + 1).try_into().ok());
        let words = match (fragment, alias) {
            (None, None) => target.into(),
            _ => [target, fragment.unwrap_or_default(), alias.unwrap_or_default()].concat().into(),
        };
        Self {
            kind,
            span,
            line,
            context: ByteSpan::default(),
            words,
            target_len: length(target),
            fragment_len,
            has_alias: alias.is_some(),
        }
    }

    /// A wiki-link to `target` that stands nowhere: for asking where a name leads.
    #[must_use]
    pub fn wiki(target: &str) -> Self {
        Self::new(LinkKind::Wiki, (ByteSpan::default(), 1), target, None, None)
    }

    /// The same link within another block.
    #[must_use]
    pub fn within(self, context: ByteSpan) -> Self {
        Self { context, ..self }
    }

    /// The same link with another alias.
    #[must_use]
    pub fn with_alias(&self, alias: &str) -> Self {
        let words = [&self.words[..self.alias_start()], alias].concat().into();
        Self { has_alias: true, ..self.with_words(words) }
    }
}

impl<T: Deref<Target = str>> Link<T> {
    /// The target as written, without fragment and alias, trimmed. Empty for this page itself. Of
    /// external links the whole address.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.words[..self.target_len as usize]
    }

    /// After the first `#`, trimmed: `Heading`, `A#B` or `^block`.
    #[must_use]
    pub fn fragment(&self) -> Option<&str> {
        self.fragment_len?;
        Some(&self.words[self.target_len as usize..self.alias_start()])
    }

    /// The text shown instead of the target, if another was written.
    #[must_use]
    pub fn alias(&self) -> Option<&str> {
        self.has_alias.then(|| &self.words[self.alias_start()..])
    }

    /// The same link with borrowed words.
    #[must_use]
    pub fn borrowed(&self) -> Link<&str> {
        self.with_words(&self.words)
    }

    fn with_words<U>(&self, words: U) -> Link<U> {
        let Self { kind, span, line, context, target_len, fragment_len, has_alias, .. } = *self;
        Link { kind, span, line, context, words, target_len, fragment_len, has_alias }
    }

    fn alias_start(&self) -> usize {
        let fragment = self.fragment_len.map_or(0, |length| length.get() - 1);
        self.target_len as usize + fragment as usize
    }

    /// Whether the target leaves the wiki: it starts with a scheme (`https:`, `mailto:`) or `//`.
    /// Wiki-links never do: `[[https://x]]` is a missing page.
    #[must_use]
    pub fn is_external(&self) -> bool {
        matches!(self.kind, LinkKind::Markdown | LinkKind::Image) && has_scheme(self.target())
    }
}

impl Link<&str> {
    /// The same link with words of its own.
    #[must_use]
    pub fn to_owned(&self) -> Link {
        self.with_words(self.words.into())
    }
}

/// Whether `target` starts with a URI scheme (RFC 3986, 3.1; at least two letters, so that `C:` is none) or `//`.
#[must_use]
pub fn has_scheme(target: &str) -> bool {
    if target.starts_with("//") {
        return true;
    }
    let Some(colon) = target.find(':') else { return false };
    let scheme = &target[..colon];
    scheme.len() >= 2
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// One use of a tag, with its name held or borrowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag<T = Arc<str>> {
    /// As written, without `#`.
    pub name: T,
    /// Where it stands.
    pub span: ByteSpan,
    /// Where it was found.
    pub origin: TagOrigin,
}

impl Tag<&str> {
    /// The same tag with a name of its own.
    #[must_use]
    pub fn to_owned(&self) -> Tag {
        Tag { name: self.name.into(), span: self.span, origin: self.origin }
    }
}

/// Where a tag was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagOrigin {
    /// Front matter `tags` (`tag`).
    FrontMatter,
    /// `#tag` in the text.
    Inline,
    /// Under a heading `Tags`.
    Section,
}

/// A heading in the outline, with its text held or borrowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading<T = Text> {
    /// 1 to 6.
    pub level: u8,
    /// Its text as shown.
    pub text: T,
    /// Line of the source, the first being 1.
    pub line: u32,
    /// The heading's own span; its section reaches to the next heading of its level or a higher one.
    pub span: ByteSpan,
}

impl Heading {
    /// The same heading with a borrowed text.
    #[must_use]
    pub fn borrowed(&self) -> Heading<&str> {
        Heading { level: self.level, text: &self.text, line: self.line, span: self.span }
    }
}

impl Heading<&str> {
    /// The same heading with a text of its own.
    #[must_use]
    pub fn to_owned(&self) -> Heading {
        Heading { level: self.level, text: self.text.into(), line: self.line, span: self.span }
    }
}

/// A block id.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockId {
    /// Without the `^`.
    pub id: String,
    /// The block that carries it.
    pub span: ByteSpan,
}

/// Something odd about a page, said to its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is, in a sentence.
    pub message: String,
    /// Line of the source, the first being 1, if it has a place.
    pub line: Option<u32>,
}
