//! What every theme that comes with the program must hold: it names every role, its text can be read on
//! what is behind it, and what must be told apart differs, on terminals of every depth.

use std::collections::BTreeSet;

use kenning::text::role::Role;
use kenning::theme::color::{self, Rgb};
use kenning::theme::{Depth, Theme, built_in};
use ratatui::style::{Color, Style};

const DEPTHS: [Depth; 4] = [Depth::True, Depth::Indexed, Depth::Sixteen, Depth::Mono];

#[test]
fn there_are_six_themes_and_the_terminals_own_is_the_first() {
    let names: Vec<&str> = built_in().iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["terminal", "dark", "light", "high-contrast", "foolscap", "fjord"]);
    let find = |name: &str| {
        built_in().iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned())
    };
    for (name, text) in built_in() {
        // A role that nothing names is an error.
        let theme = Theme::parse(name, text, &find).unwrap_or_else(|error| panic!("{error}"));
        assert!(!theme.about.is_empty(), "{name}");
    }
}

#[test]
fn the_default_theme_writes_only_what_any_terminal_can_show() {
    let theme = theme("terminal", Depth::True);
    // The hues that can be read on dark and on light grounds with every common palette.
    let hues = [Color::Red, Color::Magenta];
    // Kinds colour a sign before a name.
    let read = Role::ALL.iter().filter(|role| !role.name().starts_with("kind-"));
    for &role in read {
        let style = theme.style(role);
        let on_a_hue = style.bg.is_some_and(|bg| bg != Color::Reset);
        let readable = match style.fg {
            None | Some(Color::Reset) => !on_a_hue,
            Some(Color::Black) => on_a_hue,
            Some(fg) => hues.contains(&fg) && !on_a_hue,
        };
        assert!(readable, "{}: {style:?}", role.name());
    }
}

#[test]
fn text_can_be_read_on_what_is_behind_it() {
    let mut problems = Vec::new();
    for (name, least) in
        [("dark", 4.5), ("light", 4.5), ("high-contrast", 7.0), ("foolscap", 4.5), ("fjord", 4.5)]
    {
        // The fixed palette is coarse, and none of xterm's blues reaches more than 4.5 on black.
        for (depth, least) in
            [(Depth::True, least), (Depth::Indexed, least * 0.9), (Depth::Sixteen, 3.0)]
        {
            let theme = theme(name, depth);
            for &role in Role::ALL {
                // WCAG asks 3 of ornaments where it asks 4.5 of text.
                let wanted = if ORNAMENTS.contains(&role) { least / 1.5 } else { least };
                for &ground in grounds(role) {
                    let (fg, bg) = colors(&theme, role, ground);
                    let contrast = color::contrast(fg, bg);
                    if contrast < wanted {
                        let (role, ground) = (role.name(), ground.name());
                        problems
                            .push(format!("{name} {depth:?}: {role} on {ground}: {contrast:.2}"));
                    }
                }
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn what_must_be_told_apart_differs_on_every_terminal() {
    for (name, _) in built_in() {
        for depth in DEPTHS {
            let theme = theme(name, depth);
            for (a, b) in APART {
                let differs = over_text(&theme, *a) != over_text(&theme, *b);
                assert!(differs, "{name} {depth:?}: {} and {}", a.name(), b.name());
            }
        }
    }
}

#[test]
fn links_of_different_status_differ_in_more_than_colour() {
    const LOOKS: [Role; 6] = [
        Role::Text,
        Role::Link,
        Role::LinkMissing,
        Role::LinkAmbiguous,
        Role::LinkExternal,
        Role::LinkAttachment,
    ];
    for (name, _) in built_in() {
        for depth in DEPTHS {
            let theme = theme(name, depth);
            let looks: BTreeSet<u16> =
                LOOKS.iter().map(|role| theme.style(*role).add_modifier.bits()).collect();
            assert_eq!(looks.len(), LOOKS.len(), "{name} {depth:?}");
        }
    }
}

#[test]
fn the_cursor_stands_out_from_the_page() {
    for (name, _) in &built_in()[1..] {
        let theme = theme(name, Depth::True);
        for role in [Role::Cursor, Role::Selection, Role::Match, Role::MatchCurrent] {
            let (page, bar) = (theme.style(Role::Text).bg, theme.style(role).bg);
            let (page, bar) = (page.and_then(color::rgb), bar.and_then(color::rgb));
            let contrast = color::contrast(page.expect("a colour"), bar.expect("a colour"));
            assert!(contrast >= 1.25, "{name}: {}: {contrast:.2}", role.name());
        }
    }
}

/// Lines and marks that nobody reads.
const ORNAMENTS: [Role; 7] = [
    Role::QuoteBar,
    Role::Rule,
    Role::TableBorder,
    Role::PaneBorder,
    Role::OverlayBorder,
    Role::StrengthEmpty,
    Role::Scrollbar,
];

const APART: &[(Role, Role)] = &[
    (Role::Text, Role::Quiet),
    (Role::Text, Role::Accent),
    (Role::Text, Role::Strong),
    (Role::Text, Role::Emphasis),
    (Role::Text, Role::Strikethrough),
    (Role::Text, Role::Highlight),
    (Role::Text, Role::InlineCode),
    (Role::Text, Role::Heading1),
    (Role::Text, Role::Heading2),
    (Role::Text, Role::Heading3),
    (Role::Heading1, Role::Heading2),
    (Role::Heading2, Role::Heading3),
    (Role::Text, Role::Tag),
    (Role::Tag, Role::TagActive),
    (Role::Link, Role::LinkSelected),
    (Role::LinkMissing, Role::LinkSelected),
    (Role::TaskOpen, Role::TaskDone),
    (Role::Text, Role::Match),
    (Role::Match, Role::MatchCurrent),
    (Role::Text, Role::Selection),
    (Role::Text, Role::Cursor),
    (Role::Text, Role::CursorUnfocused),
    (Role::Cursor, Role::CursorUnfocused),
    (Role::Text, Role::Current),
    (Role::PaneTitle, Role::PaneTitleFocused),
    (Role::StrengthFull, Role::StrengthEmpty),
    (Role::HintKey, Role::HintText),
    (Role::Text, Role::Error),
    (Role::Code, Role::CodeKeyword),
    (Role::Code, Role::CodeString),
    (Role::Code, Role::CodeComment),
    (Role::CodeString, Role::CodeComment),
    (Role::CodeInserted, Role::CodeDeleted),
    (Role::CalloutNote, Role::CalloutDanger),
];

/// The roles whose ground a role may stand on.
fn grounds(role: Role) -> &'static [Role] {
    let name = role.name();
    match role {
        Role::HintKey | Role::HintText | Role::Notice | Role::Warning | Role::Error => {
            &[Role::Text, Role::Status, Role::Overlay]
        }
        // Rows of lists stand in panes and in overlays.
        Role::Quiet
        | Role::Accent
        | Role::Tag
        | Role::TagActive
        | Role::Match
        | Role::MatchCurrent
        | Role::Current
        | Role::Folder
        | Role::Input
        | Role::InputPrompt
        | Role::Scrollbar
        | Role::PropertyKey
        | Role::PropertyValue
        | Role::Link
        | Role::Emphasis => &[Role::Text, Role::Overlay],
        _ if name.starts_with("kind-") => &[Role::Text, Role::Overlay],
        _ if name.starts_with("overlay") => &[Role::Overlay],
        _ if name.starts_with("code") => &[Role::Code],
        _ => &[Role::Text],
    }
}

fn theme(name: &str, depth: Depth) -> Theme {
    Theme::built_in(name).expect("a built-in theme").reduced(depth)
}

fn over_text(theme: &Theme, role: Role) -> Style {
    theme.style(Role::Text).patch(theme.style(role))
}

fn colors(theme: &Theme, role: Role, ground: Role) -> (Rgb, Rgb) {
    let style = over_text(theme, ground).patch(theme.style(role));
    let rgb = |color: Option<Color>| color.and_then(color::rgb);
    let (fg, bg) = (rgb(style.fg), rgb(style.bg));
    let (fg, bg) = (fg.expect("the ink is known"), bg.expect("the ground is known"));
    let reverse = style.add_modifier.contains(ratatui::style::Modifier::REVERSED);
    if reverse { (bg, fg) } else { (fg, bg) }
}
