use ratatui::style::{Color, Modifier};

use super::*;

/// A theme made of `text` over one in which every role is the terminal's default.
fn parse(text: &str) -> Result<Theme, String> {
    let find = |name: &str| match name {
        "plain" => {
            let roles = Role::ALL.iter().map(|role| format!("{} = {{}}\n", role.name()));
            let roles: String = roles.collect();
            Some(format!("[palette]\nink = \"#102030\"\n[roles]\n{roles}"))
        }
        "left" => Some("inherits = \"right\"".to_owned()),
        "right" => Some("inherits = \"left\"".to_owned()),
        "broken" => Some("[roles]\n\nlnk = \"red\"".to_owned()),
        _ => None,
    };
    Theme::parse("mine", text, &find).map_err(|error| error.to_string())
}

#[test]
fn a_role_is_a_colour_or_a_table() {
    let theme = parse(
        r##"
        inherits = "plain"
        [palette]
        red = "#ff0000"
        [roles]
        link = "red"
        tag = { fg = "ink", bg = 17, bold = true, underline = false }
        quiet = "bright-black"
        "##,
    )
    .expect("a good theme");
    assert_eq!(theme.style(Role::Link), Style::new().fg(Color::Rgb(255, 0, 0)));
    let tag = Style::new().fg(Color::Rgb(0x10, 0x20, 0x30)).bg(Color::Indexed(17));
    let tag = tag.add_modifier(Modifier::BOLD).remove_modifier(Modifier::UNDERLINED);
    assert_eq!(theme.style(Role::Tag), tag);
    assert_eq!(theme.style(Role::Quiet), Style::new().fg(Color::DarkGray));
    assert_eq!(theme.style(Role::Rule), Style::new());
}

#[test]
fn a_new_palette_recolours_inherited_roles() {
    let base = "inherits = \"plain\"\n[palette]\naccent = \"red\"\n[roles]\nlink = \"accent\"";
    let find = |name: &str| match name {
        "base" => Some(base.to_owned()),
        "plain" => Some(super::MONO.to_owned()),
        _ => None,
    };
    let text = "inherits = \"base\"\n[palette]\naccent = \"blue\"";
    let theme = Theme::parse("mine", text, &find).expect("a good theme");
    assert_eq!(theme.style(Role::Link), Style::new().fg(Color::Blue));
}

#[test]
fn a_mistake_is_told_with_its_theme_line_and_a_proposal() {
    let check = |text: &str, expected: &str| {
        assert_eq!(parse(text), Err(format!("theme {expected}")), "{text}");
    };
    check(
        "inherit = 'dark'",
        r#""mine", line 1: there is no key "inherit"; did you mean "inherits"?"#,
    );
    check(
        "inherits = 'dork'",
        r#""mine", line 1: there is no theme "dork" to inherit; did you mean "dark"?"#,
    );
    check("\ninherits = 'left'", r#""right", line 1: "inherits" goes in a circle at "left""#);
    check("inherits = 'mine'", r#""mine", line 1: "inherits" goes in a circle at "mine""#);
    check(
        "[roles]\n\nheding1 = 'red'",
        r#""mine", line 3: there is no role "heding1"; did you mean "heading1"?"#,
    );
    check(
        "inherits = 'plain'\n[roles]\nlink = 'rde'",
        r#""mine", line 3: there is no colour "rde"; did you mean "red"?"#,
    );
    check(
        "inherits = 'plain'\nroles.link = 'inc'",
        r#""mine", line 2: there is no colour "inc"; did you mean "ink"?"#,
    );
    check("palette.a = '#12345'", r##""mine", line 1: there is no colour "#12345""##);
    check(
        "[roles]\nlink = { bolt = true }",
        r#""mine", line 2: there is no key "bolt"; did you mean "bold"?"#,
    );
    check("[roles]\nlink = { bold = 1 }", r#""mine", line 2: bold must be true or false"#);
    check("[roles]\nlink = [1]", r#""mine", line 2: link must be a text in quotes"#);
    check("roles = 1", r#""mine", line 1: roles must be a table"#);
    // A mistake of an inherited theme names that one.
    check(
        "inherits = 'broken'",
        r#""broken", line 3: there is no role "lnk"; did you mean "link"?"#,
    );
    let error = parse("").expect_err("roles are missing");
    assert!(error.starts_with("theme \"mine\" has no style for text, quiet"), "{error}");
}

#[test]
fn marks_are_laid_over_the_role() {
    let theme = Theme::built_in("dark").expect("a built-in theme");
    let style = |role| theme.style(role);
    let check = |role, marks, expected: Style| assert_eq!(theme.marked(role, marks), expected);
    check(Role::Text, Marks::NONE, style(Role::Text));
    check(Role::Text, Marks::CODE, style(Role::Text).patch(style(Role::InlineCode)));
    check(
        Role::Quote,
        Marks::STRONG.with(Marks::EMPHASIS),
        style(Role::Quote).add_modifier(Modifier::BOLD | Modifier::ITALIC),
    );
    let link = theme.marked(Role::LinkMissing, Marks::CODE.with(Marks::STRONG));
    assert_eq!(link.fg, style(Role::LinkMissing).fg);
    assert!(link.add_modifier.contains(Modifier::BOLD | Modifier::ITALIC));
    assert_eq!(theme.marked(Role::TagActive, Marks::TAG).fg, style(Role::TagActive).fg);
    let highlit = theme.marked(Role::Link, Marks::HIGHLIGHT);
    assert_eq!((highlit.fg, highlit.bg), (style(Role::Highlight).fg, style(Role::Highlight).bg));
}

#[test]
fn a_piece_on_a_ground_has_its_colours_where_it_has_none_of_its_own() {
    let theme = Theme::built_in("dark").expect("a built-in theme");
    let (page, code) = (theme.style(Role::Text), theme.style(Role::Code));
    let keyword = theme.on(Role::Code, Role::CodeKeyword, Marks::NONE);
    assert_eq!((keyword.fg, keyword.bg), (theme.style(Role::CodeKeyword).fg, code.bg));
    assert_eq!(theme.on(Role::Overlay, Role::Text, Marks::NONE), theme.style(Role::Overlay));
    let chip = theme.on(Role::Text, Role::Text, Marks::CODE);
    assert_eq!(chip, page.patch(theme.style(Role::InlineCode)));
    // A link keeps its own colour, and takes the ground of the mark where it has none.
    let link = theme.on(Role::Text, Role::Link, Marks::CODE);
    assert_eq!((link.fg, link.bg), (theme.style(Role::Link).fg, theme.style(Role::InlineCode).bg));
}

#[test]
fn reduction_knows_only_the_colours_of_its_depth() {
    for (name, _) in built_in() {
        let theme = Theme::built_in(name).expect("a built-in theme");
        let colors = |depth| {
            let theme = theme.clone().reduced(depth);
            let pair = |role: &Role| [theme.style(*role).fg, theme.style(*role).bg];
            Role::ALL.iter().flat_map(pair).flatten().collect::<Vec<_>>()
        };
        assert!(colors(Depth::Mono).is_empty(), "{name}");
        let fixed = |color: &Color| matches!(color, Color::Rgb(..) | Color::Indexed(_));
        assert!(!colors(Depth::Sixteen).iter().any(fixed), "{name}");
        assert!(!colors(Depth::Indexed).iter().any(|c| matches!(c, Color::Rgb(..))), "{name}");
    }
}

#[test]
fn the_page_on_themes_names_every_role_and_its_example_is_a_theme() {
    let page = include_str!("../../docs/themes.md");
    for role in Role::ALL {
        assert!(page.contains(&format!("`{}`", role.name())), "{}", role.name());
    }
    let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split_once("```"));
    let find = |name: &str| built_in_text(name).map(str::to_owned);
    let theme = Theme::parse("mine", example.expect("an example").0, &find);
    let theme = theme.expect("a good theme");
    assert_eq!(theme.style(Role::Accent).fg, Some(Color::Rgb(0xff, 0xb8, 0x6b)));
}
