//! Roles: the names of styles. A role says what a piece of the screen *is*; which colour it has
//! is known to the theme alone.

/// Declares [`Role`] with the name that a theme file uses for each.
macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What a piece of the screen is. Themes map every role to a style.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Role { $($(#[$doc])* $variant,)* }

        impl Role {
            /// Every role, in the order of declaration; `Role as usize` indexes it.
            pub const ALL: &'static [Role] = &[$(Role::$variant,)*];

            /// The name in theme files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Role::$variant => $name,)* }
            }
        }
    };
}

roles! {
    /// Running text of a page.
    #[default]
    Text = "text",
    /// Secondary text: counts, paths, dates, explanations.
    Quiet = "quiet",
    /// The one accent colour.
    Accent = "accent",
    /// A level 1 heading.
    Heading1 = "heading1",
    /// A level 2 heading.
    Heading2 = "heading2",
    /// A level 3 heading.
    Heading3 = "heading3",
    /// A level 4 heading.
    Heading4 = "heading4",
    /// A level 5 heading.
    Heading5 = "heading5",
    /// A level 6 heading.
    Heading6 = "heading6",
    /// Strong emphasis; laid over the role of the text.
    Strong = "strong",
    /// Emphasis; laid over the role of the text.
    Emphasis = "emphasis",
    /// Struck-through text; laid over the role of the text.
    Strikethrough = "strikethrough",
    /// `==highlight==`; laid over the role of the text.
    Highlight = "highlight",
    /// An inline code span.
    InlineCode = "inline-code",
    /// Math source or its Unicode form.
    Math = "math",
    /// A link to a page that exists.
    Link = "link",
    /// A link to a page that nobody has written yet.
    LinkMissing = "link-missing",
    /// A link that several pages could answer.
    LinkAmbiguous = "link-ambiguous",
    /// A link out of the wiki.
    LinkExternal = "link-external",
    /// A link to a file that is no page.
    LinkAttachment = "link-attachment",
    /// The selected link; laid over its role.
    LinkSelected = "link-selected",
    /// A tag, inline or as a chip.
    Tag = "tag",
    /// A tag that the active filter names.
    TagActive = "tag-active",
    /// Text in a block quote.
    Quote = "quote",
    /// The bar beside a block quote.
    QuoteBar = "quote-bar",
    /// Bullets and numbers of lists.
    ListMarker = "list-marker",
    /// The box of an open task.
    TaskOpen = "task-open",
    /// The box of a done task.
    TaskDone = "task-done",
    /// A thematic break.
    Rule = "rule",
    /// Lines of a table.
    TableBorder = "table-border",
    /// A table's header row.
    TableHeader = "table-header",
    /// A footnote reference or number.
    Footnote = "footnote",
    /// Raw HTML.
    Html = "html",
    /// The alt text of an image.
    Image = "image",
    /// Callouts: note, info, todo, abstract.
    CalloutNote = "callout-note",
    /// Callouts: tip, success, example.
    CalloutTip = "callout-tip",
    /// Callouts: question, warning, attention.
    CalloutWarning = "callout-warning",
    /// Callouts: danger, failure, bug.
    CalloutDanger = "callout-danger",
    /// Callouts: quote.
    CalloutQuote = "callout-quote",
    /// Code without a more special role; its background is that of the whole block.
    Code = "code",
    /// The language label of a code block.
    CodeLabel = "code-label",
    /// Keywords and storage classes.
    CodeKeyword = "code-keyword",
    /// String literals.
    CodeString = "code-string",
    /// Escapes and interpolation marks inside strings.
    CodeEscape = "code-escape",
    /// Numbers.
    CodeNumber = "code-number",
    /// Language constants such as `None` and `True`.
    CodeConstant = "code-constant",
    /// Comments and docstrings.
    CodeComment = "code-comment",
    /// Functions and methods, at their definition and call.
    CodeFunction = "code-function",
    /// Types and classes.
    CodeType = "code-type",
    /// Variables and parameters.
    CodeVariable = "code-variable",
    /// Operators.
    CodeOperator = "code-operator",
    /// Brackets, commas, colons.
    CodePunctuation = "code-punctuation",
    /// Decorators, attributes, annotations.
    CodeAttribute = "code-attribute",
    /// Markup tags, section names, keys of data files.
    CodeKey = "code-key",
    /// Prompts of a console session.
    CodePrompt = "code-prompt",
    /// Inserted lines of a diff.
    CodeInserted = "code-inserted",
    /// Deleted lines of a diff.
    CodeDeleted = "code-deleted",
    /// What the grammar marks as invalid.
    CodeInvalid = "code-invalid",
    /// The name of a property.
    PropertyKey = "property-key",
    /// The value of a property.
    PropertyValue = "property-value",
    /// The filled part of a strength bar.
    StrengthFull = "strength-full",
    /// The empty part of a strength bar.
    StrengthEmpty = "strength-empty",
    /// A match of a search; laid over the role of the text.
    Match = "match",
    /// The match that the reader stands on.
    MatchCurrent = "match-current",
    /// Selected text.
    Selection = "selection",
    /// The row under the cursor in the pane that has the focus.
    Cursor = "cursor",
    /// The row under the cursor in a pane without the focus.
    CursorUnfocused = "cursor-unfocused",
    /// The page that is open, in a list.
    Current = "current",
    /// A folder in the tree.
    Folder = "folder",
    /// The kind `people`.
    KindPeople = "kind-people",
    /// The kind `topics`.
    KindTopics = "kind-topics",
    /// The kind `episodes`.
    KindEpisodes = "kind-episodes",
    /// Any other kind, first colour.
    KindA = "kind-a",
    /// Any other kind, second colour.
    KindB = "kind-b",
    /// Any other kind, third colour.
    KindC = "kind-c",
    /// The line between two panes.
    PaneBorder = "pane-border",
    /// A pane's title.
    PaneTitle = "pane-title",
    /// The title of the pane that has the focus.
    PaneTitleFocused = "pane-title-focused",
    /// The status line.
    Status = "status",
    /// A key in a hint.
    HintKey = "hint-key",
    /// What the key does.
    HintText = "hint-text",
    /// A notice: something happened.
    Notice = "notice",
    /// A warning: something is odd.
    Warning = "warning",
    /// An error: something failed.
    Error = "error",
    /// Text in an overlay; its background is that of the whole overlay.
    Overlay = "overlay",
    /// An overlay's frame.
    OverlayBorder = "overlay-border",
    /// An overlay's title.
    OverlayTitle = "overlay-title",
    /// Text typed into a field.
    Input = "input",
    /// The prompt before a field.
    InputPrompt = "input-prompt",
    /// The scroll position mark.
    Scrollbar = "scrollbar",
}

/// Marks laid over a role: a set of bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Marks(pub u16);

impl Marks {
    /// No mark.
    pub const NONE: Marks = Marks(0);
    /// `**strong**`.
    pub const STRONG: Marks = Marks(1);
    /// `*emphasis*`.
    pub const EMPHASIS: Marks = Marks(1 << 1);
    /// `~~strikethrough~~`.
    pub const STRIKETHROUGH: Marks = Marks(1 << 2);
    /// `==highlight==`.
    pub const HIGHLIGHT: Marks = Marks(1 << 3);
    /// An inline code span.
    pub const CODE: Marks = Marks(1 << 4);
    /// Inline math.
    pub const MATH: Marks = Marks(1 << 5);
    /// Inline HTML.
    pub const HTML: Marks = Marks(1 << 6);
    /// A footnote reference.
    pub const FOOTNOTE: Marks = Marks(1 << 7);
    /// An inline tag.
    pub const TAG: Marks = Marks(1 << 8);
    /// The alt text of an image.
    pub const IMAGE: Marks = Marks(1 << 9);
    /// A newline of the source inside a paragraph (the run's text is `"\n"`).
    pub const SOFT_BREAK: Marks = Marks(1 << 10);
    /// A keyboard key (`<kbd>`).
    pub const KEYBOARD: Marks = Marks(1 << 11);

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// This set less `other`.
    #[must_use]
    pub const fn without(self, other: Marks) -> Marks {
        Marks(self.0 & !other.0)
    }

    /// Whether all of `other` is in the set.
    #[must_use]
    pub const fn has(self, other: Marks) -> bool {
        self.0 & other.0 == other.0
    }
}
