//! What a key of the braid costs, from the key to the drawn frame: `cargo bench --bench braid [-- FOLDER]`
//! (10,000 made pages, most of which link to one, by default). The figure to reach: 16 ms for every key and for
//! the columns once what goes with what was found; finding that is a worker's.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use kenning::app::model::{Wiki, WikiKind};
use kenning::app::themes::Themes;
use kenning::app::{Effect, Model, Msg, Overlay, prepare, update};
use kenning::command::{Key, Keymap};
use kenning::config::Config;
use kenning::index::{Change, Index, NewPage};
use kenning::markdown;
use kenning::runtime::{scan, settings};
use kenning::search::braid::Web;
use kenning::text::date::Date;
use kenning::theme::Theme;
use kenning::vault::PagePath;
use kenning::view::draw;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const ROUNDS: usize = 9;

fn main() {
    // `cargo bench` itself passes `--bench`.
    let folder = std::env::args_os().skip(1).find(|word| word != "--bench").map(PathBuf::from);
    let index = match folder {
        Some(folder) => {
            let opened = settings::open(Some(&folder), Config::default()).expect("a folder");
            scan::build(&opened.files, &opened.files.list().entries)
        }
        None => made(),
    };
    println!("{} pages", index.len());
    let wiki = Wiki { name: "bench".to_owned(), kind: WikiKind::Folder, greeting: None };
    let keymap = Keymap::new(&BTreeMap::new()).expect("the default keys do not clash");
    let themes = Themes::new(Theme::built_in("dark").expect("it is built in"), false);
    let today = Date::constant(2025, 6, 1);
    let mut model = Model::new(wiki, Config::default(), keymap, themes, today);
    (model.size.columns, model.size.rows) = (120, 40);
    update(&mut model, Msg::Indexed(Arc::new(index)), &mut Vec::new());
    // Each column's first row goes with most pages: choosing it is the hub's case.
    let keys = [
        "B", "space", "space", "tab", "space", "o", "j", "o", "tab", "space", "space", "/", "a",
        "b", "enter", "tab", "space", "G", "X", "esc",
    ];
    let (mut columns, mut found) = (f64::MAX, f64::MAX);
    let mut best = vec![f64::MAX; keys.len()];
    let mut steps = vec![0; keys.len()];
    for _ in 0..ROUNDS {
        for (nth, name) in keys.iter().enumerate() {
            let key: Key = name.parse().expect("a key");
            let mut effects = Vec::new();
            best[nth] = best[nth].min(timed(|| to_frame(&mut model, Msg::Key(key), &mut effects)));
            for effect in effects {
                let Effect::Weave { ticket } = effect else { continue };
                let mut web = Web::default();
                found = found.min(timed(|| web = Web::new(&model.index)));
                let woven = Msg::Woven { ticket, web: Arc::new(web) };
                columns = columns.min(timed(|| to_frame(&mut model, woven, &mut Vec::new())));
            }
            if let Some(Overlay::Braid(braid)) = model.overlays.last() {
                steps[nth] = braid.narrowed.steps;
            }
        }
    }
    println!("found   {found:>8.2} ms on a worker");
    println!("columns {columns:>8.2} ms");
    for ((key, best), steps) in keys.iter().zip(best).zip(steps) {
        println!("{key:<8}{best:>8.2} ms{steps:>10} pairs looked at");
    }
}

/// Gives the program a message and draws a frame.
fn to_frame(model: &mut Model, msg: Msg, effects: &mut Vec<Effect>) {
    update(model, msg, effects);
    prepare(model, effects);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    draw(model, &mut buffer);
}

/// Milliseconds that something takes.
fn timed(job: impl FnOnce()) -> f64 {
    let start = Instant::now();
    job();
    start.elapsed().as_secs_f64() * 1e3
}

/// 10,000 pages: 500 people, 1,000 topics, episodes; nine in ten link to one topic.
fn made() -> Index {
    let mut index = Index::default();
    index.apply_all((0..10_000u32).map(|n| {
        let hub = if n % 10 == 0 { "" } else { "[[topics/500]]" };
        let (folder, text) = match n {
            0..500 => ("people", format!("{hub} [[topics/{}]] #t{}", 500 + n * 7 % 1000, n % 40)),
            500..1500 => {
                ("topics", format!("{hub} [[topics/{}]] #t{}", 500 + n * 3 % 1000, n % 90))
            }
            _ => (
                "episodes",
                format!(
                    "{hub} [[people/{}]] [[people/{}]] [[topics/{}]] #t{} #t{}",
                    n % 500,
                    n * 7 % 500,
                    500 + n * 11 % 1000,
                    n % 40,
                    n % 300
                ),
            ),
        };
        Change::Put(NewPage {
            path: PagePath::new(&format!("{folder}/{n}.md")).expect("a path"),
            modified_ms: i64::from(n) * 1000,
            bytes: 0,
            facts: markdown::facts(&text).into(),
            unreadable: None,
        })
    }));
    index
}
