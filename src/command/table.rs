//! The table: every command once, with its name, its keys, the place where the keys work, and what it
//! does in words.

/// Where keys work.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Place {
    /// In every pane. A place's own keys go before these.
    Everywhere,
    /// In the page.
    Page,
    /// In every list: tree, tags, outline.
    List,
    /// In the tree.
    Tree,
    /// In the tags.
    Tags,
    /// In the outline.
    Outline,
}

/// What commands are grouped by in help.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are shown as they are")]
pub enum Group {
    Reading,
    Links,
    Finding,
    Tree,
    Tags,
    Lists,
    Panes,
    Copying,
    Program,
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
    /// What it does: a short imperative without a full stop.
    pub help: &'static str,
}

macro_rules! commands {
    ($($command:ident $name:literal [$($key:literal),*] $place:ident $group:ident $help:literal,)*) => {
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
            help: $help,
        },)*];
    };
}

#[rustfmt::skip]
commands! {
    ScrollDown         "scroll-down"            ["j", "down"] Page Reading "Scroll down a line",
    ScrollUp           "scroll-up"              ["k", "up"] Page Reading "Scroll up a line",
    HalfPageDown       "half-page-down"         ["d", "ctrl-d"] Page Reading "Scroll down half a screen",
    HalfPageUp         "half-page-up"           ["u", "ctrl-u"] Page Reading "Scroll up half a screen",
    PageDown           "page-down"              ["space", "pagedown", "ctrl-f"] Page Reading "Scroll down a screen",
    PageUp             "page-up"                ["b", "pageup", "ctrl-b", "shift-space"] Page Reading "Scroll up a screen",
    Top                "top"                    ["g g", "home"] Page Reading "Go to the beginning",
    Bottom             "bottom"                 ["G", "end"] Page Reading "Go to the end",
    PanRight           "pan-right"              [">", "shift-right"] Page Reading "Move long code lines to the left",
    PanLeft            "pan-left"               ["<", "shift-left"] Page Reading "Move long code lines back",
    ToggleProperties   "toggle-properties"      ["P"] Page Reading "Fold or unfold the properties",
    NextHeading        "next-heading"           ["}", "ctrl-n"] Page Reading "Go to the next heading",
    PreviousHeading    "previous-heading"       ["{"] Page Reading "Go to the previous heading",
    NextLink           "next-link"              ["tab"] Page Links "Select the next link",
    PreviousLink       "previous-link"          ["shift-tab"] Page Links "Select the previous link",
    Follow             "follow"                 ["enter"] Page Links "Follow the selected link",
    Back               "back"                   ["backspace", "H", "alt-left"] Everywhere Links "Go back to where you came from",
    Forward            "forward"                ["L", "alt-right"] Everywhere Links "Go forward again",
    GoToBacklinks      "go-to-backlinks"        ["i"] Page Links "Go to who links here",
    RandomPage         "random-page"            [] Everywhere Links "Open a page by chance",
    StartPage          "start-page"             ["g h"] Everywhere Links "Open the start page",
    FindPage           "find-page"              ["ctrl-p"] Everywhere Finding "Find a page, heading or tag",
    Search             "search"                 ["s"] Everywhere Finding "Search the text of all pages",
    FindInPage         "find-in-page"           ["/"] Page Finding "Find in this page",
    NextMatch          "next-match"             ["n"] Page Finding "Go to the next match",
    PreviousMatch      "previous-match"         ["N"] Page Finding "Go to the previous match",
    Outline            "outline"                ["o"] Everywhere Finding "Go to the outline of this page",
    Down               "down"                   ["j", "down"] List Lists "Move down",
    Up                 "up"                     ["k", "up"] List Lists "Move up",
    ListHalfPageDown   "list-half-page-down"    ["d", "ctrl-d"] List Lists "Move down half a screen",
    ListHalfPageUp     "list-half-page-up"      ["u", "ctrl-u"] List Lists "Move up half a screen",
    ListPageDown       "list-page-down"         ["pagedown", "ctrl-f"] List Lists "Move down a screen",
    ListPageUp         "list-page-up"           ["pageup", "ctrl-b"] List Lists "Move up a screen",
    First              "first"                  ["g g", "home"] List Lists "Move to the first row",
    Last               "last"                   ["G", "end"] List Lists "Move to the last row",
    OpenNode           "open-node"              ["l", "right", "enter"] Tree Tree "Open the page or unfold the folder",
    CloseNode          "close-node"             ["h", "left"] Tree Tree "Fold the folder or move to its parent",
    ToggleNode         "toggle-node"            ["space", "z a"] Tree Tree "Fold or unfold the folder",
    CollapseAll        "collapse-all"           ["-", "z M"] Tree Tree "Fold all folders",
    ExpandAll          "expand-all"             ["+", "z R"] Tree Tree "Unfold all folders",
    FilterTree         "filter-tree"            ["/"] Tree Tree "Filter pages by a query",
    CycleSort          "cycle-sort"             ["S"] Tree Tree "Sort by name, date or strength",
    ToggleNames        "toggle-names"           ["a"] Tree Tree "Show titles or file names",
    RevealPage         "reveal-page"            ["r"] Everywhere Tree "Show this page in the tree",
    Tags               "tags"                   ["t"] Everywhere Tags "Go to the tags",
    RequireTag         "require-tag"            ["enter", "space"] Tags Tags "All of: pages must carry the tag",
    AllowTag           "allow-tag"              ["o"] Tags Tags "Any of: pages may carry this tag or another",
    ExcludeTag         "exclude-tag"            ["x"] Tags Tags "None of: pages must not carry the tag",
    OpenTagNode        "open-tag-node"          ["l", "right"] Tags Tags "Unfold the nested tags",
    CloseTagNode       "close-tag-node"         ["h", "left"] Tags Tags "Fold the nested tags",
    FilterTags         "filter-tags"            ["/"] Tags Tags "Narrow the list of tags",
    EditFilter         "edit-filter"            ["F"] Everywhere Tags "Type the filter as a query",
    ClearFilter        "clear-filter"           ["X"] Everywhere Tags "Clear the filter",
    OpenHeading        "open-heading"           ["enter", "l", "right"] Outline Finding "Go to the heading",
    FocusLeft          "focus-left"             ["h", "left"] Page Panes "Move to the pane at the left",
    FocusRight         "focus-right"            ["l", "right"] Page Panes "Move to the pane at the right",
    FocusPage          "focus-page"             [] Everywhere Panes "Move to the page",
    FocusTree          "focus-tree"             ["w"] Everywhere Panes "Move to the tree",
    ToggleSidebar      "toggle-sidebar"         ["ctrl-t"] Everywhere Panes "Show or hide the tree and tags",
    ToggleOutline      "toggle-outline"         ["O"] Everywhere Panes "Show or hide the outline",
    NarrowSidebar      "narrow-sidebar"         [] Everywhere Panes "Make the tree narrower",
    WidenSidebar       "widen-sidebar"          [] Everywhere Panes "Make the tree wider",
    CopyPageLink       "copy-page-link"         ["y y"] Everywhere Copying "Copy a link to this page",
    CopyCode           "copy-code"              ["y c"] Page Copying "Copy the code block in view",
    CopyLink           "copy-link"              ["y l"] Page Copying "Copy the selected link's target",
    CopySource         "copy-source"            ["y s"] Page Copying "Copy the source of the block in view",
    CopyPage           "copy-page"              ["y p"] Everywhere Copying "Copy the whole page's source",
    Edit               "edit"                   ["e"] Everywhere Copying "Edit the page in your editor, at this line",
    Reload             "reload"                 ["R"] Everywhere Copying "Read the wiki again",
    Help               "help"                   ["?", "f1"] Everywhere Program "Show the keys that work here",
    Palette            "palette"                [":"] Everywhere Program "Run a command by name",
    Themes             "themes"                 ["T"] Everywhere Program "Choose a theme",
    ToggleMouse        "toggle-mouse"           ["M"] Everywhere Program "Free the mouse for the terminal's own selection",
    Cancel             "cancel"                 ["esc"] Everywhere Program "Step back out of anything",
    Suspend            "suspend"                ["ctrl-z"] Everywhere Program "Suspend to the shell",
    Redraw             "redraw"                 ["ctrl-l"] Everywhere Program "Draw the screen anew",
    Quit               "quit"                   ["q", "ctrl-c"] Everywhere Program "Quit",
}

impl Command {
    /// Its row of the table.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        &TABLE[self as usize]
    }

    /// The command of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|entry| entry.name == name).map(|entry| entry.command)
    }
}
