//! Facts: what the index keeps of a page.

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

impl Facts {
    /// Gives back the room that growing lists held in reserve, for facts that stay as long as the
    /// program runs. Best called by the thread that read the page, whose next page takes that room.
    pub fn shrink_to_fit(&mut self) {
        self.properties.shrink_to_fit();
        self.links.shrink_to_fit();
        self.tags.shrink_to_fit();
        self.headings.shrink_to_fit();
        self.block_ids.shrink_to_fit();
        self.notices.shrink_to_fit();
    }
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

/// A link as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its syntax.
    pub kind: LinkKind,
    /// The whole syntax, brackets included.
    pub span: ByteSpan,
    /// Line of the source, the first being 1.
    pub line: u32,
    /// The target as written, without fragment and alias, trimmed. Empty for this page itself. Of
    /// external links the whole address.
    pub target: String,
    /// After the first `#`, trimmed: `Heading`, `A#B` or `^block`.
    pub fragment: Option<String>,
    /// The text shown instead of the target, if another was written.
    pub alias: Option<String>,
    /// The leaf block (or front matter line) that holds it, for quoting its sentence.
    pub context: ByteSpan,
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
    /// Whether the target leaves the wiki: it starts with a scheme (`https:`, `mailto:`) or `//`.
    /// Wiki-links never do: `[[https://x]]` is a missing page.
    #[must_use]
    pub fn is_external(&self) -> bool {
        matches!(self.kind, LinkKind::Markdown | LinkKind::Image) && has_scheme(&self.target)
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

/// One use of a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// As written, without `#`.
    pub name: String,
    /// Where it stands.
    pub span: ByteSpan,
    /// Where it was found.
    pub origin: TagOrigin,
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

/// A heading in the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text as shown.
    pub text: String,
    /// Line of the source, the first being 1.
    pub line: u32,
    /// The heading's own span; its section reaches to the next heading of its level or a higher one.
    pub span: ByteSpan,
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
