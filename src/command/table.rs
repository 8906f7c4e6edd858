//! The table: every command once, with its name, its keys, the place where the keys work, and what it
//! does in words.

/// Where keys work.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Place {
    /// In every pane. A place's own keys go before these.
    Everywhere,
    /// In the page.
    Page,
    /// In every list: tree, tags, context pane.
    List,
    /// In the tree.
    Tree,
    /// In the tags.
    Tags,
    /// In the context pane.
    Context,
    /// In the page, while text is being selected.
    Selection,
    /// In the neighbourhood, which lies over the panes.
    Neighbourhood,
    /// In the braid.
    Braid,
}

impl Place {
    /// Every place, in the order of help.
    pub const ALL: &'static [Place] = &[
        Self::Everywhere,
        Self::Page,
        Self::List,
        Self::Tree,
        Self::Tags,
        Self::Context,
        Self::Selection,
        Self::Neighbourhood,
        Self::Braid,
    ];

    /// The places whose keys work here, the nearest first: this one, then what it falls back to.
    #[must_use]
    pub const fn chain(self) -> &'static [Place] {
        match self {
            Self::Everywhere => &[Self::Everywhere],
            Self::Page => &[Self::Page, Self::Everywhere],
            Self::List => &[Self::List, Self::Everywhere],
            Self::Tree => &[Self::Tree, Self::List, Self::Everywhere],
            Self::Tags => &[Self::Tags, Self::List, Self::Everywhere],
            Self::Context => &[Self::Context, Self::List, Self::Everywhere],
            Self::Selection => &[Self::Selection, Self::Everywhere],
            Self::Neighbourhood => &[Self::Neighbourhood, Self::Everywhere],
            Self::Braid => &[Self::Braid, Self::List, Self::Everywhere],
        }
    }

    /// Where that is, in words: `in the tree`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Page => "in the page",
            Self::List => "in lists",
            Self::Tree => "in the tree",
            Self::Tags => "in the tags",
            Self::Context => "in the context pane",
            Self::Selection => "while selecting",
            Self::Neighbourhood => "in the neighbourhood",
            Self::Braid => "in the braid",
        }
    }

    /// Whether what a key opens here may go away again when the next key makes a longer sequence of the
    /// two (see [`Command::opens_at_once`]). Not while selecting: nothing is laid over a half-typed motion.
    #[must_use]
    pub const fn opens_at_once(self) -> bool {
        !matches!(self, Self::Selection | Self::Neighbourhood)
    }
}

/// What commands are grouped by in help.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the titles in help")]
pub enum Group {
    Reading,
    Links,
    Neighbourhood,
    Finding,
    Tree,
    Tags,
    Lists,
    Panes,
    Copying,
    Selecting,
    Braid,
    Program,
}

impl Group {
    /// Every group, in the order of help.
    pub const ALL: &'static [Group] = &[
        Self::Reading,
        Self::Links,
        Self::Neighbourhood,
        Self::Finding,
        Self::Tree,
        Self::Tags,
        Self::Lists,
        Self::Panes,
        Self::Copying,
        Self::Selecting,
        Self::Braid,
        Self::Program,
    ];

    /// The name that help shows.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Reading => "Reading",
            Self::Links => "Links",
            Self::Neighbourhood => "Neighbourhood",
            Self::Finding => "Finding",
            Self::Tree => "Tree",
            Self::Tags => "Tags",
            Self::Lists => "Lists",
            Self::Panes => "Panes",
            Self::Copying => "Copying and editing",
            Self::Selecting => "Selecting",
            Self::Braid => "Braid",
            Self::Program => "Program",
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The command.
    pub command: Command,
    /// Its name in the config, the palette and `ken keys`.
    pub name: &'static str,
    /// Default keys; a sequence's keys are joined by spaces. The first is shown in hints.
    pub keys: &'static [&'static str],
    /// Where they work.
    pub place: Place,
    /// Where help lists it.
    pub group: Group,
    /// What it does in at most fourteen cells, for the footer: `follow`, `find`.
    pub hint: &'static str,
    /// What it does: a short imperative without a full stop.
    pub help: &'static str,
}

macro_rules! commands {
    ($($command:ident $name:literal [$($key:literal),*] $place:ident $group:ident
        $hint:literal $help:literal,)*) => {
        /// Everything that a key can do.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
        pub enum Command { $(#[doc = $help] $command,)* }

        /// The table, in the order of help.
        pub const TABLE: &[Entry] = &[$(Entry {
            command: Command::$command,
            name: $name,
            keys: &[$($key),*],
            place: Place::$place,
            group: Group::$group,
            hint: $hint,
            help: $help,
        },)*];
    };
}

#[rustfmt::skip]
commands! {
    ScrollDown         "scroll-down"            ["j", "down"]                    Page Reading     "down"             "Scroll down a line",
    ScrollUp           "scroll-up"              ["k", "up"]                      Page Reading     "up"               "Scroll up a line",
    HalfPageDown       "half-page-down"         ["d", "ctrl-d"]                  Page Reading     "half down"        "Scroll down half a screen",
    HalfPageUp         "half-page-up"           ["u", "ctrl-u"]                  Page Reading     "half up"          "Scroll up half a screen",
    PageDown           "page-down"              ["space", "pagedown", "ctrl-f"]  Page Reading     "page down"        "Scroll down a screen",
    PageUp             "page-up"                ["b", "pageup", "ctrl-b"]        Page Reading     "page up"          "Scroll up a screen",
    Top                "top"                    ["g g", "home"]                  Page Reading     "top"              "Go to the beginning",
    Bottom             "bottom"                 ["G", "end"]                     Page Reading     "end"              "Go to the end",
    PanRight           "pan-right"              [">", "shift-right"]             Page Reading     "pan"              "Pan wide tables and long code lines",
    PanLeft            "pan-left"               ["<", "shift-left"]              Page Reading     "pan back"         "Pan back",
    FullTable          "full-table"             ["|"]                            Page Reading     "whole table"      "Show the table in view on the whole screen",
    ToggleCodeWrap     "toggle-code-wrap"       ["W"]                            Page Reading     "wrap code"        "Wrap or cut long lines of code",
    ToggleLineNumbers  "toggle-line-numbers"    ["#"]                            Page Reading     "number code"      "Number the lines of code or do not",
    ToggleProperties   "toggle-properties"      ["P"]                            Page Reading     "properties"       "Fold or unfold the properties",
    ToggleFold         "toggle-fold"            ["z a"]                         Page Reading     "fold"             "Fold or unfold what is selected or at the top",
    FoldHeadings       "fold-headings"          ["z M"]                         Page Reading     "fold all"         "Fold all headings but the title",
    UnfoldAll          "unfold-all"             ["z R"]                         Page Reading     "unfold all"       "Unfold everything",
    FoldToLevel1       "fold-to-level-1"        ["z 1"]                         Page Reading     "to level 1"       "Fold headings from level 1 on, open others",
    FoldToLevel2       "fold-to-level-2"        ["z 2"]                         Page Reading     "to level 2"       "Fold headings from level 2 on, open others",
    FoldToLevel3       "fold-to-level-3"        ["z 3"]                         Page Reading     "to level 3"       "Fold headings from level 3 on, open others",
    FoldToLevel4       "fold-to-level-4"        ["z 4"]                         Page Reading     "to level 4"       "Fold headings from level 4 on, open others",
    FoldToLevel5       "fold-to-level-5"        ["z 5"]                         Page Reading     "to level 5"       "Fold headings from level 5 on, open others",
    FoldToLevel6       "fold-to-level-6"        ["z 6"]                         Page Reading     "to level 6"       "Fold headings of level 6, open others",
    FoldHints          "fold-hints"             ["z f"]                         Page Reading     "choose a fold"    "Put a letter on every fold in sight, to press it",
    ToggleSource       "toggle-source"          ["S"]                            Page Reading     "source"           "Show the page's source, or the page again",
    NextHeading        "next-heading"           ["}", "ctrl-n"]                  Page Reading     "next heading"     "Go to the next heading",
    PreviousHeading    "previous-heading"       ["{"]                            Page Reading     "heading before"   "Go to the previous heading",
    NextLink           "next-link"              ["tab"]                          Page Links       "next link"        "Select the next link, tag, note or folded part",
    PreviousLink       "previous-link"          ["shift-tab"]                    Page Links       "link before"      "Select the link, tag, note or folded part before",
    Follow             "follow"                 ["enter"]                        Page Links       "follow"           "Follow the selected link",
    LinkHints          "link-hints"             ["f"]                            Everywhere Links "links"            "Show letters on all that can be opened",
    Peek               "peek"                   ["p"]                            Everywhere Links "peek"             "Peek at where the selected link leads",
    Explain            "explain"                ["x", "ctrl-x"]                  Everywhere Links "explain"          "Explain the selected link, the tag or the filter",
    Back               "back"                   ["backspace", "H", "alt-left"]   Everywhere Links "back"             "Go back to where you came from",
    Forward            "forward"                ["L", "alt-right"]               Everywhere Links "forward"          "Go forward again",
    GoToBacklinks      "go-to-backlinks"        ["i"]                            Page Links       "linked from"      "Go to who links here",
    RandomPage         "random-page"            []                               Everywhere Links "random"           "Open a page by chance",
    StartPage          "start-page"             ["~", "alt-home"]                Everywhere Links "start"            "Open the start page",
    Neighbourhood      "neighbourhood"          ["g"]                            Everywhere Links "neighbourhood"    "Show what this page is linked with, drawn",
    Connect            "connect"                ["c"]                            Everywhere Links "connect"          "Ask how this page is connected with another",
    NearLeft           "near-left"              ["h", "left"]                  Neighbourhood Neighbourhood "left"   "Move to the page at the left",
    NearDown           "near-down"              ["j", "down"]                  Neighbourhood Neighbourhood "down"   "Move to the page below",
    NearUp             "near-up"                ["k", "up"]                    Neighbourhood Neighbourhood "up"     "Move to the page above",
    NearRight          "near-right"             ["l", "right"]                 Neighbourhood Neighbourhood "right"  "Move to the page at the right",
    NextNear           "next-near"              ["tab"]                        Neighbourhood Neighbourhood "next"   "Move to the next page",
    PreviousNear       "previous-near"          ["shift-tab"]                  Neighbourhood Neighbourhood "before" "Move to the page before",
    OpenNear           "open-near"              ["enter"]                      Neighbourhood Neighbourhood "open"   "Open the selected page",
    CentreNear         "centre-near"            ["space"]                      Neighbourhood Neighbourhood "centre" "Put the selected page in the middle",
    CentreBefore       "centre-before"          ["backspace"]                  Neighbourhood Neighbourhood "back"   "Put back what was in the middle before",
    OneStep            "one-step"               ["1"]                          Neighbourhood Neighbourhood "one step" "Show the pages one link away",
    TwoSteps           "two-steps"              ["2"]                          Neighbourhood Neighbourhood "two steps" "Show the pages up to two links away",
    ThreeSteps         "three-steps"            ["3"]                          Neighbourhood Neighbourhood "three steps" "Show the pages up to three links away",
    MoreSteps          "more-steps"             ["+", "="]                     Neighbourhood Neighbourhood "farther" "Show pages one link farther away",
    FewerSteps         "fewer-steps"            ["-"]                          Neighbourhood Neighbourhood "nearer" "Show pages one link less far away",
    NearAsTree         "near-as-tree"           ["t"]                          Neighbourhood Neighbourhood "tree"   "Show it as an indented tree, or drawn again",
    LeaveNeighbourhood "leave-neighbourhood"    ["q"]                          Neighbourhood Neighbourhood "close"  "Close the neighbourhood",
    SetMark            "set-mark"               ["m"]                            Everywhere Links "mark"             "Mark this place with a letter",
    GoToMark           "go-to-mark"             ["'"]                            Everywhere Links "marks"            "Go to a mark, or back from the last jump",
    ToggleBookmark     "toggle-bookmark"        ["*"]                            Everywhere Links "bookmark"         "Bookmark this page, or no longer",
    FindPage           "find-page"              ["ctrl-p"]                       Everywhere Finding "find"             "Find a page, heading or tag",
    Search             "search"                 ["s"]                            Everywhere Finding "search"           "Search the text of all pages for words and parts of words",
    NextHit            "next-hit"               ["]"]                            Page Finding     "next hit"         "Go to the next hit of the search",
    PreviousHit        "previous-hit"           ["["]                            Page Finding     "hit before"       "Go to the previous hit of the search",
    Check              "check"                  ["C"]                            Everywhere Finding "check"            "Show what is wrong or loose in the wiki",
    FindInPage         "find-in-page"           ["/"]                            Page Finding     "find here"        "Find in this page",
    NextMatch          "next-match"             ["n"]                            Page Finding     "next match"       "Go to the next match",
    PreviousMatch      "previous-match"         ["N"]                            Page Finding     "match before"     "Go to the previous match",
    Outline            "outline"                ["o"]                            Everywhere Finding "outline"          "Go to the outline of this page",
    Down               "down"                   ["j", "down"]                    List Lists       "down"             "Move down",
    Up                 "up"                     ["k", "up"]                      List Lists       "up"               "Move up",
    ListHalfPageDown   "list-half-page-down"    ["d", "ctrl-d"]                  List Lists       "half down"        "Move down half a screen",
    ListHalfPageUp     "list-half-page-up"      ["u", "ctrl-u"]                  List Lists       "half up"          "Move up half a screen",
    ListPageDown       "list-page-down"         ["pagedown", "ctrl-f"]           List Lists       "page down"        "Move down a screen",
    ListPageUp         "list-page-up"           ["pageup", "ctrl-b"]             List Lists       "page up"          "Move up a screen",
    First              "first"                  ["g g", "home"]                  List Lists       "first"            "Move to the first row",
    Last               "last"                   ["G", "end"]                     List Lists       "last"             "Move to the last row",
    OpenNode           "open-node"              ["l", "right", "enter"]          Tree Tree        "open"             "Open the page or unfold the folder",
    CloseNode          "close-node"             ["h", "left"]                    Tree Tree        "fold"             "Fold the folder or move to its parent",
    ToggleNode         "toggle-node"            ["space", "z a"]                 Tree Tree        "fold"             "Fold or unfold the folder",
    CollapseAll        "collapse-all"           ["-", "z M"]                     Tree Tree        "fold all"         "Fold all folders",
    ExpandAll          "expand-all"             ["+", "z R"]                     Tree Tree        "unfold all"       "Unfold all folders",
    FilterTree         "filter-tree"            ["/"]                            Tree Tree        "filter"           "Filter pages by a query",
    CycleSort          "cycle-sort"             ["S"]                            Tree Tree        "sort"             "Sort by name, date or strength",
    ToggleNames        "toggle-names"           ["a"]                            Tree Tree        "names"            "Show titles or file names",
    RevealPage         "reveal-page"            ["r"]                            Everywhere Tree  "this page"        "Show this page in the tree",
    Tags               "tags"                   ["t"]                            Everywhere Tags  "tags"             "Go to the tags",
    RequireTag         "require-tag"            ["enter", "space"]               Tags Tags        "all of"           "All of: pages must carry the tag",
    AllowTag           "allow-tag"              ["o"]                            Tags Tags        "any of"           "Any of: pages may carry this tag or another",
    ExcludeTag         "exclude-tag"            ["-"]                            Tags Tags        "none of"          "None of: pages must not carry the tag",
    OpenTagNode        "open-tag-node"          ["l", "right"]                   Tags Tags        "unfold"           "Unfold the nested tags",
    CloseTagNode       "close-tag-node"         ["h", "left"]                    Tags Tags        "fold"             "Fold the nested tags",
    FilterTags         "filter-tags"            ["/"]                            Tags Tags        "narrow"           "Narrow the list of tags",
    CycleTagSort       "cycle-tag-sort"         ["S"]                            Tags Tags        "sort"             "Sort tags by count or name",
    EditFilter         "edit-filter"            ["F"]                            Everywhere Tags  "filter"           "Type the filter as a query",
    ClearFilter        "clear-filter"           ["X"]                            Everywhere Tags  "clear filter"     "Clear the filter",
    OpenRow            "open-row"               ["enter", "l", "right"]          Context Links "go"               "Go to what the row names",
    ShowLink           "show-link"              ["space"]                        Context Links "on this page"     "Go to where the link stands on this page",
    LeaveContext       "leave-context"          ["h", "left"]                    Context Links "page"             "Go back to the page",
    NextPart           "next-part"              ["tab"]                          Context Links "next part"        "Show the next part of the context pane",
    PreviousPart       "previous-part"          ["shift-tab"]                    Context Links "part before"      "Show the part before it",
    FilterContext      "filter-context"         ["/"]                            Context Links "filter"           "Filter the rows by words",
    ContextLinkedFrom  "context-linked-from"    ["1"]                            Context Links "linked from"      "Show who links to this page",
    ContextLinksTo     "context-links-to"       ["2"]                            Context Links "links to"         "Show what this page links to",
    ContextMentions    "context-mentions"       ["3"]                            Context Links "mentions"         "Show names that stand somewhere unlinked",
    ContextRelated     "context-related"        ["4"]                            Context Links "related"          "Show pages that have much in common with this one",
    ContextOutline     "context-outline"        ["5"]                            Context Links "outline"          "Show the headings of this page",
    FocusLeft          "focus-left"             ["h", "left"]                    Page Panes       "left"             "Move to the pane at the left",
    FocusRight         "focus-right"            ["l", "right"]                   Page Panes       "right"            "Move to the pane at the right",
    FocusPage          "focus-page"             []                               Everywhere Panes "page"             "Move to the page",
    FocusTree          "focus-tree"             ["w"]                            Everywhere Panes "tree"             "Move to the tree",
    ToggleSidebar      "toggle-sidebar"         ["ctrl-t"]                       Everywhere Panes "sidebar"          "Show or hide the tree and tags",
    ToggleContext      "toggle-context"         ["O"]                            Everywhere Panes "context"          "Show or hide the context pane",
    FocusMode          "focus-mode"             ["Z"]                            Everywhere Panes "only the page"    "Show only the page, or all again",
    NarrowPane         "narrow-pane"            ["("]                            Everywhere Panes "narrower"         "Make the tree, or the context while there, narrower",
    WidenPane          "widen-pane"             [")"]                            Everywhere Panes "wider"            "Make the tree, or the context while there, wider",
    CopyPageLink       "copy-page-link"         ["y y"]                          Everywhere Copying "copy link"        "Copy a link to this page",
    CopyCode           "copy-code"              ["y c"]                          Page Copying     "copy code"        "Copy the code block in view",
    CopyLink           "copy-link"              ["y l"]                          Page Copying     "copy target"      "Copy the selected link's target",
    CopySource         "copy-source"            ["y s"]                          Page Copying     "copy block"       "Copy the source of the block in view",
    CopyHeadingLink    "copy-heading-link"      ["y h"]                        Page Copying    "copy heading"     "Copy a link to the heading one is under",
    CopyTable          "copy-table"             ["y t"]                        Page Copying    "copy table"       "Copy the table in view as Markdown",
    CopyTableTsv       "copy-table-tsv"         ["y T"]                        Page Copying    "copy cells"       "Copy the table in view as tab-separated values",
    CopyPage           "copy-page"              ["y p"]                          Everywhere Copying "copy page"        "Copy the whole page's source",
    Edit               "edit"                   ["e"]                            Everywhere Copying "edit"             "Edit the page in your editor, at this line",
    Reload             "reload"                 ["R"]                            Everywhere Copying "reload"           "Read the wiki again",
    Select             "select"                 ["v"]                          Page Selecting  "select"           "Select text",
    SelectLines        "select-lines"           ["V"]                          Page Selecting  "select lines"     "Select lines of text",
    SelectDown         "select-down"            ["j", "down"]                  Selection Selecting "down"             "Move the cursor a row down",
    SelectUp           "select-up"              ["k", "up"]                    Selection Selecting "up"               "Move the cursor a row up",
    SelectLeft         "select-left"            ["h", "left"]                  Selection Selecting "left"             "Move the cursor to the left",
    SelectRight        "select-right"           ["l", "right"]                 Selection Selecting "right"            "Move the cursor to the right",
    SelectNextWord     "select-next-word"       ["w"]                          Selection Selecting "next word"        "Move the cursor to the next word",
    SelectPreviousWord "select-previous-word"   ["b"]                          Selection Selecting "word before"      "Move the cursor to the word before",
    SelectWordEnd      "select-word-end"        ["e"]                          Selection Selecting "end of word"      "Move the cursor to the end of the word",
    SelectLineStart    "select-line-start"      ["0", "home"]                  Selection Selecting "start of row"     "Move the cursor to the start of the row",
    SelectLineText     "select-line-text"       ["^"]                          Selection Selecting "text of row"      "Move the cursor to the first letter of the row",
    SelectLineEnd      "select-line-end"        ["$", "end"]                   Selection Selecting "end of row"       "Move the cursor to the end of the row",
    SelectNextBlock    "select-next-block"      ["}"]                          Selection Selecting "block down"       "Move the cursor to the end of the paragraph",
    SelectPreviousBlock "select-previous-block"  ["{"]                          Selection Selecting "block up"         "Move the cursor to the start of the paragraph",
    SelectHalfDown     "select-half-down"       ["d", "ctrl-d"]                Selection Selecting "half down"        "Move the cursor down half a screen",
    SelectHalfUp       "select-half-up"         ["u", "ctrl-u"]                Selection Selecting "half up"          "Move the cursor up half a screen",
    SelectPageDown     "select-page-down"       ["space", "pagedown", "ctrl-f"] Selection Selecting "page down"        "Move the cursor down a screen",
    SelectPageUp       "select-page-up"         ["pageup", "ctrl-b"]           Selection Selecting "page up"          "Move the cursor up a screen",
    SelectTop          "select-top"             ["g g"]                        Selection Selecting "top"              "Move the cursor to the beginning of the page",
    SelectBottom       "select-bottom"          ["G"]                          Selection Selecting "end"              "Move the cursor to the end of the page",
    SwapEnds           "swap-ends"              ["o"]                          Selection Selecting "other end"        "Move the cursor to the other end of the selection",
    SelectByCharacter  "select-by-character"    ["v"]                          Selection Selecting "characters"       "Select by characters, or leave where that is on",
    SelectByLine       "select-by-line"         ["V"]                          Selection Selecting "lines"            "Select by lines, or leave where that is on",
    CopySelection      "copy-selection"         ["y", "enter"]                 Selection Selecting "copy"             "Copy what is selected, as shown",
    CopySelectionSource "copy-selection-source"  ["Y"]                          Selection Selecting "copy Markdown"    "Copy the Markdown of what is selected",
    LeaveSelection     "leave-selection"        ["esc", "q", "ctrl-c"]         Selection Selecting "leave"            "Leave, back to where selecting began",
    Braid              "braid"                  ["B"]                          Everywhere Braid    "braid"            "See what goes with what, in columns",
    BraidChoose        "braid-choose"           ["space"]                      Braid Braid         "choose"           "Choose only this row of the column, or take it back",
    BraidAlso          "braid-also"             ["o"]                          Braid Braid         "or this"          "Choose this row beside others, or take it back",
    BraidNext          "braid-next"             ["tab", "l", "right"]          Braid Braid         "next"             "Move to the next column, or to the pages left",
    BraidPrevious      "braid-previous"         ["shift-tab", "h", "left"]     Braid Braid         "before"           "Move to the column before",
    BraidOpen          "braid-open"             ["enter"]                      Braid Braid         "open"             "Open the page under the cursor",
    BraidNarrow        "braid-narrow"           ["/"]                          Braid Braid         "type"             "Narrow this column by words",
    BraidKind          "braid-kind"             ["c"]                          Braid Braid         "other kind"       "Show another kind in this column",
    BraidFilter        "braid-filter"           ["F"]                          Braid Braid         "filter tree"      "Make the pages left the filter of the tree",
    BraidClear         "braid-clear"            ["X"]                          Braid Braid         "take all back"    "Take every choice back",
    Help               "help"                   ["?", "f1"]                      Everywhere Program "keys"             "Show the keys that work here",
    Palette            "palette"                [":"]                            Everywhere Program "commands"         "Run a command by name",
    Themes             "themes"                 ["T"]                            Everywhere Program "themes"           "Choose a theme",
    ToggleMouse        "toggle-mouse"           ["M"]                            Everywhere Program "mouse"            "Free the mouse for the terminal's own selection",
    Cancel             "cancel"                 ["esc"]                          Everywhere Program "cancel"           "Step back out of anything",
    Suspend            "suspend"                ["ctrl-z"]                       Everywhere Program "suspend"          "Suspend to the shell",
    Redraw             "redraw"                 ["ctrl-l"]                       Everywhere Program "redraw"           "Draw the screen anew",
    Quit               "quit"                   ["q", "ctrl-c"]                  Everywhere Program "quit"             "Quit",
}

impl Command {
    /// Its row of the table.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        &TABLE[self as usize]
    }

    /// Whether it opens something that goes away again when the next key makes a longer sequence of the keys
    /// that opened it: `g` opens the neighbourhood, and yet `g g` can be typed.
    #[must_use]
    pub const fn opens_at_once(self) -> bool {
        matches!(self, Self::Neighbourhood)
    }

    /// The command of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|entry| entry.name == name).map(|entry| entry.command)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_row_is_in_its_place_and_well_written() {
        let mut names = BTreeSet::new();
        for (at, row) in TABLE.iter().enumerate() {
            let name = row.name;
            assert_eq!(row.command as usize, at, "{name}");
            assert_eq!(Command::named(name), Some(row.command));
            assert!(names.insert(name), "{name} stands twice");
            assert!(
                name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                "{name}"
            );
            assert!(row.help.starts_with(|c: char| c.is_uppercase()), "{name}");
            assert!(!row.help.ends_with('.') && row.help.len() <= 60, "{name}");
            assert!((1..=14).contains(&row.hint.len()), "{name}");
            assert!(Group::ALL.contains(&row.group) && Place::ALL.contains(&row.place), "{name}");
        }
    }

    #[test]
    fn every_place_begins_with_itself_and_ends_everywhere() {
        for place in Place::ALL {
            assert_eq!(place.chain().first(), Some(place));
            assert_eq!(place.chain().last(), Some(&Place::Everywhere));
        }
    }
}
