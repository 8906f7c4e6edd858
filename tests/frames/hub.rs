//! A hub: a page that thousands link to. What is not in sight is not made, and yet all of it is there.

use kenning::app::model::Focus;

use crate::screen::Screen;

/// A page with so many others that link to it, open, with the keys in *Linked from*.
fn hub(sources: usize) -> Screen {
    let pages: Vec<(String, String)> = (0..sources)
        .map(|nth| {
            let text =
                format!("# Reading {nth:04}\n\nThe water stood as [[hub|gauge {nth:04}]] says.\n");
            (format!("readings/r{nth:04}.md"), text)
        })
        .chain([("hub.md".to_owned(), "# Hub\n".to_owned())])
        .collect();
    let pages: Vec<(&str, &str)> =
        pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut screen = Screen::new(120, 30, &pages);
    screen.open("hub.md");
    screen.keys("l 1");
    screen
}

#[test]
fn what_a_key_makes_does_not_grow_with_the_links_to_a_page() {
    let made = |sources: usize| {
        let mut screen = hub(sources);
        let mut all = vec![screen.model.context.built];
        for keys in ["G", "/", "9", "8", "<Enter>", "gg", "5", "1", "<Ctrl-D>"] {
            let before = screen.model.context.built;
            screen.keys(keys);
            all.push(screen.model.context.built - before);
        }
        all
    };
    for sources in [600, 1_800] {
        let made = made(sources);
        // The sentences that are read for a page, once, and what is in sight.
        assert!(made[0] <= 330, "{made:?}");
        assert!(made[1..].iter().all(|made| *made <= 30), "{made:?}");
    }
}

#[test]
fn the_last_of_many_links_stands_there_and_opens_at_its_place() {
    let mut screen = hub(700);
    let text = screen.text();
    assert!(text.contains("as gauge 0000 says"), "{text}");
    screen.keys("G");
    let text = screen.text();
    assert!(text.contains("Reading 0699") && text.contains("gauge 0699"), "{text}");
    assert!(screen.row(0).ends_with(" 700") || screen.row(1).contains("700"), "{text}");
    screen.keys("<Enter>");
    assert_eq!(screen.place().0, "readings/r0699.md");
    assert_eq!(screen.model.focus, Focus::Page);
    assert!(screen.text().contains("The water stood"));
}

#[test]
fn words_find_what_is_far_out_of_sight() {
    let mut screen = hub(700);
    screen.keys("/ gauge <Space> 0654");
    let text = screen.text();
    assert!(text.contains("Reading 0654") && !text.contains("Reading 0653"), "{text}");
    screen.keys("<Enter> <Enter>");
    assert_eq!(screen.place().0, "readings/r0654.md");
}

#[test]
fn the_cursor_stays_on_its_page_when_the_wiki_changes() {
    let mut screen = hub(700);
    screen.keys("/ 0654 <Enter>");
    screen.write("readings/a.md", "# Another\n\nIt names [[hub]], too.\n");
    let text = screen.text();
    assert!(text.contains("Reading 0654"), "{text}");
    screen.keys("<Enter>");
    assert_eq!(screen.place().0, "readings/r0654.md");
}
