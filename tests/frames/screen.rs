//! A program without a terminal: pages in memory, effects carried out at once, keys as text, frames as text.
//! What a test sees is what a user would: it presses keys and reads the screen.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use kenning::app::check::Found;
use kenning::app::model::{Size, Wiki, WikiKind};
use kenning::app::msg::{ListedPage, Loaded, Looked, MentionsTold, PageHits, PageRead, SearchEnd};
use kenning::app::reader::{self, Address, Goal};
use kenning::app::themes::Themes;
use kenning::app::{Effect, Hit, Model, Msg, prepare, update};
use kenning::command::{Key, Keymap};
use kenning::config::Config;
use kenning::index::embed::Source;
use kenning::index::{Change, Index, LinkRef};
use kenning::markdown::LeafKind;
use kenning::markdown::recover::PageText;
use kenning::search::braid::Web;
use kenning::search::complete::Vocabulary;
use kenning::search::connected::{MOST_CHAINS, connected};
use kenning::search::excerpt::{Excerpt, sentence};
use kenning::search::finder::Corpus;
use kenning::search::fulltext::TextSearch;
use kenning::search::fulltext::rank::Standing;
use kenning::search::mentions::Names;
use kenning::search::query::Query;
use kenning::search::saved;
use kenning::search::unlinked;
use kenning::text::date::Date;
use kenning::text::role::Role;
use kenning::text::scrub::acts_on_terminal;
use kenning::theme::Theme;
use kenning::vault::PagePath;
use kenning::view::{HitMap, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Color;

/// The program with its wiki and its screen.
pub(crate) struct Screen {
    pub(crate) model: Model,
    /// What stands in the wiki.
    pub(crate) pages: BTreeMap<PagePath, Arc<str>>,
    /// Every effect so far that is not about reading.
    pub(crate) done: Vec<Effect>,
    /// Whether reading effects are carried out; else they wait in `waiting`.
    pub(crate) prompt: bool,
    /// Effects that wait while `prompt` is off.
    pub(crate) waiting: Vec<Effect>,
    /// What lies where in the last frame.
    pub(crate) hits: HitMap,
    /// Where the cursor stands in the last frame.
    pub(crate) cursor: Option<Position>,
    terminal: Terminal<TestBackend>,
    notices: Vec<String>,
}

impl Screen {
    /// The pages on a screen, the first of them open and the wiki read.
    pub(crate) fn new(columns: u16, rows: u16, pages: &[(&str, &str)]) -> Self {
        let mut screen = Self::unread(columns, rows, pages);
        if let Some((first, _)) = pages.first() {
            screen.open(first);
        }
        screen.index();
        screen
    }

    /// As [`Self::new`], before anything was read.
    pub(crate) fn unread(columns: u16, rows: u16, pages: &[(&str, &str)]) -> Self {
        let wiki = Wiki { name: "notes".to_owned(), kind: WikiKind::Folder, greeting: None };
        let keymap = Keymap::new(&BTreeMap::new()).expect("the default keys do not clash");
        let themes = Themes::new(roles_as_colours(), false);
        let today = Date::constant(2025, 6, 1);
        let mut model = Model::new(wiki, Config::default(), keymap, themes, today);
        model.size = Size { columns, rows };
        let pages = pages.iter().map(|(path, text)| (page_path(path), Arc::from(*text))).collect();
        let mut screen = Self {
            model,
            pages,
            done: Vec::new(),
            prompt: true,
            waiting: Vec::new(),
            hits: HitMap::default(),
            cursor: None,
            terminal: Terminal::new(TestBackend::new(columns, rows)).expect("tests have memory"),
            notices: Vec::new(),
        };
        screen.draw();
        screen
    }

    /// Reads the whole wiki.
    pub(crate) fn index(&mut self) {
        let mut index = Index::default();
        index.apply_all(self.pages.iter().map(|(path, text)| put(path, text)));
        self.list();
        self.send(Msg::Indexed(Arc::new(index)));
    }

    /// Lists the wiki's pages, each written a millisecond after the one before it.
    pub(crate) fn list(&mut self) {
        let listed =
            |(path, nth): (&PagePath, i64)| ListedPage { path: path.clone(), modified_ms: nth };
        self.send(Msg::Listed(self.pages.keys().zip(0..).map(listed).collect()));
    }

    /// Writes a page as an editor does, and has it noticed.
    pub(crate) fn write(&mut self, path: &str, text: &str) {
        let path = page_path(path);
        self.pages.insert(path.clone(), text.into());
        let mut index = Index::clone(&self.model.index);
        index.apply(put(&path, text));
        self.send(Msg::Indexed(Arc::new(index)));
        if let Some(open) = &self.model.reader.open
            && open.address == Address::Page(path.clone())
        {
            let ticket = open.ticket;
            self.run(Effect::ReadPage { ticket, path });
        }
        self.draw();
    }

    /// Opens a page from outside.
    pub(crate) fn open(&mut self, path: &str) {
        let address = Address::Page(page_path(path));
        let mut effects = Vec::new();
        reader::open(&mut self.model, address, Goal::Top, &mut effects);
        self.settle(effects);
    }

    /// Presses keys: `"j j <Tab> <Ctrl-P>"`; a word without `<>` of several letters is typed letter by letter.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for word in keys.split(' ').filter(|word| !word.is_empty()) {
            match word.strip_prefix('<').and_then(|word| word.strip_suffix('>')) {
                Some(name) if !name.is_empty() => {
                    let key = name.parse::<Key>();
                    self.send(Msg::Key(key.unwrap_or_else(|why| panic!("{why}"))));
                }
                _ => word.chars().for_each(|c| self.send(Msg::Key(Key::char(c)))),
            }
        }
        self
    }

    /// Presses the primary button on a cell.
    pub(crate) fn click(&mut self, column: u16, row: u16) -> &mut Self {
        if let Some(hit) = self.hits.at(column, row) {
            self.send(Msg::Press(hit));
        }
        self
    }

    /// Presses the primary button on the first cell of a text on the screen.
    pub(crate) fn click_on(&mut self, text: &str) -> &mut Self {
        let (column, row) = self.find(text).unwrap_or_else(|| panic!("{text} is on the screen"));
        self.click(column, row)
    }

    /// What lies under the first cell of a text.
    pub(crate) fn hit_on(&self, text: &str) -> Option<Hit> {
        let (column, row) = self.find(text)?;
        self.hits.at(column, row)
    }

    /// Gives the program a message, carries out what follows, and draws.
    pub(crate) fn send(&mut self, msg: Msg) {
        if let Msg::Resize(size) = msg {
            self.terminal.backend_mut().resize(size.columns, size.rows);
        }
        let mut effects = Vec::new();
        update(&mut self.model, msg, &mut effects);
        self.settle(effects);
    }

    /// Gives the screen another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.send(Msg::Resize(Size { columns, rows }));
    }

    /// Carries out what waited.
    pub(crate) fn catch_up(&mut self) {
        self.prompt = true;
        let waiting = std::mem::take(&mut self.waiting);
        self.settle(waiting);
    }

    /// The page, its place and its selected stop.
    pub(crate) fn place(&self) -> (String, kenning::layout::Anchor, Option<u32>) {
        let open = self.model.reader.open.as_ref().expect("a page is open");
        let name = match &open.address {
            Address::Page(path) => path.to_string(),
            Address::Missing { target, .. } => format!("missing {target}"),
        };
        (name, open.anchor, open.selected)
    }

    /// The text of a row, without spaces at its end.
    pub(crate) fn row(&self, row: u16) -> String {
        let buffer = self.buffer();
        let mut text = String::new();
        let mut skip = 0;
        for column in 0..buffer.area.width {
            let symbol = buffer[(column, row)].symbol();
            if skip == 0 {
                text.push_str(symbol);
                skip = kenning::text::width::width(symbol).saturating_sub(1);
            } else {
                skip -= 1;
            }
        }
        text.trim_end().to_owned()
    }

    /// The frame as text.
    pub(crate) fn text(&self) -> String {
        (0..self.buffer().area.height).map(|row| self.row(row) + "\n").collect()
    }

    /// The frame as text in quotes, so that snapshots keep every space.
    pub(crate) fn frame(&self) -> String {
        let rows = (0..self.buffer().area.height).map(|row| format!("|{}\n", self.row(row)));
        rows.collect()
    }

    /// The roles of every row: `12 heading1:4-20 text:22-40`, rows of running text left out.
    pub(crate) fn roles(&self) -> String {
        let buffer = self.buffer();
        let mut all = String::new();
        for row in 0..buffer.area.height {
            let role = |column: u16| role_of(buffer[(column, row)].fg);
            let mut runs = String::new();
            let mut start = 0;
            for column in 1..=buffer.area.width {
                if column == buffer.area.width || role(column) != role(start) {
                    let name = role(start);
                    let blank = (start..column).all(|column| buffer[(column, row)].symbol() == " ");
                    if name != Role::Text && !(blank && name == Role::Status) {
                        let _ = write!(runs, " {}:{start}-{column}", name.name());
                    }
                    start = column;
                }
            }
            if !runs.is_empty() {
                let _ = writeln!(all, "{row}{runs}");
            }
        }
        all
    }

    /// The role of a cell.
    pub(crate) fn role_at(&self, column: u16, row: u16) -> Role {
        role_of(self.buffer()[(column, row)].fg)
    }

    /// The role of the first cell of a text on the screen.
    pub(crate) fn role_on(&self, text: &str) -> Role {
        let (column, row) = self.find(text).unwrap_or_else(|| panic!("{text} is on the screen"));
        self.role_at(column, row)
    }

    /// Where a text stands on the screen first.
    pub(crate) fn find(&self, text: &str) -> Option<(u16, u16)> {
        let buffer = self.buffer();
        (0..buffer.area.height).find_map(|row| {
            let line = self.row(row);
            let at = line.find(text)?;
            let column = kenning::text::width::width(&line[..at]);
            Some((u16::try_from(column).ok()?, row))
        })
    }

    /// What was said since the last call.
    pub(crate) fn said(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }

    pub(crate) fn buffer(&self) -> &Buffer {
        self.terminal.backend().buffer()
    }

    /// Carries out effects, and draws.
    pub(crate) fn settle(&mut self, effects: Vec<Effect>) {
        if let Some(notice) = &self.model.notice
            && self.notices.last() != Some(&notice.text)
        {
            self.notices.push(notice.text.clone());
        }
        for effect in effects {
            self.run(effect);
        }
        self.draw();
    }

    fn draw(&mut self) {
        let mut effects = Vec::new();
        prepare(&mut self.model, &mut effects);
        self.paint();
        if !effects.is_empty() {
            for effect in effects {
                self.run(effect);
            }
            // Colours came: one more frame, as in the program.
            let mut effects = Vec::new();
            prepare(&mut self.model, &mut effects);
            self.paint();
        }
    }

    fn paint(&mut self) {
        let model = &self.model;
        let (mut hits, mut cursor) = (HitMap::default(), None);
        self.terminal.hide_cursor().expect("a test's terminal has no faults");
        let frame = self.terminal.draw(|frame| {
            let drawn = draw(model, frame.buffer_mut());
            hits = drawn.hits;
            if let Some(cursor) = drawn.cursor {
                frame.set_cursor_position(cursor);
            }
        });
        frame.expect("a test's terminal has no faults");
        // Whatever a test shows: a cell holds what is seen and nothing that acts.
        let cells = &self.terminal.backend().buffer().content;
        let acts = |cell: &&ratatui::buffer::Cell| cell.symbol().chars().any(acts_on_terminal);
        assert_eq!(cells.iter().find(acts), None, "it acts on the terminal");
        if self.terminal.backend().cursor_visible() {
            cursor = self.terminal.get_cursor_position().ok();
        }
        self.hits = hits;
        self.cursor = cursor;
    }

    #[expect(clippy::too_many_lines, reason = "a catalogue: every effect once")]
    fn run(&mut self, effect: Effect) {
        if !self.prompt {
            return self.waiting.push(effect);
        }
        let answer = match effect {
            Effect::ReadPage { ticket, path } => {
                let result = self.load(&path, &self.model.index);
                Msg::PageRead(PageRead { ticket, path, result })
            }
            Effect::ReadPreview { ticket, path } => {
                let result = self.load(&path, &Index::default());
                Msg::PreviewRead(PageRead { ticket, path, result })
            }
            Effect::ReadPeek { ticket, path } => {
                let result = self.load(&path, &self.model.index);
                Msg::PeekRead(PageRead { ticket, path, result })
            }
            // Files that are no pages have no contents here.
            Effect::Measure { ticket, .. } => Msg::Measured { ticket, bytes: Ok(12_345) },
            Effect::Highlight { ticket, document, leaf, lines } => {
                let LeafKind::Code(code) = &document.leaves[leaf as usize].kind else {
                    panic!("only code is coloured");
                };
                // The first word of a line counts as its keyword.
                let number = |n: usize| u32::try_from(n).expect("tests are short");
                let text = code.text.split('\n').skip(lines.start).take(lines.len());
                let roles = text.map(|line| {
                    let word = line.find(' ').unwrap_or(line.len());
                    let rest = line.len() - word;
                    vec![(number(word), Role::CodeKeyword), (number(rest), Role::Code)]
                });
                let from = lines.start;
                Msg::Highlighted { ticket, leaf, from, roles: roles.collect() }
            }
            Effect::FindInPage { ticket, document, wanted } => {
                let matches = kenning::app::find::search(&document, &wanted, &|| false);
                Msg::TextFound { ticket, matches }
            }
            Effect::ReadSentences { ticket, links } => {
                let sentences = links.iter().map(|link| self.sentence(*link)).collect();
                Msg::Sentences { ticket, sentences }
            }
            Effect::ReadQuotes { ticket, links } => {
                let sentences = links.iter().map(|link| self.sentence(*link)).collect();
                Msg::Quotes { ticket, sentences }
            }
            Effect::Connect { ticket, from, to } => {
                let index = &self.model.index;
                let (Some(from), Some(to)) = (index.at(&from), index.at(&to)) else { return };
                let read = |links: &[LinkRef]| links.iter().map(|l| self.sentence(*l)).collect();
                let answer = connected(index, from.id, to.id, MOST_CHAINS.into(), read);
                Msg::Connected { ticket, answer }
            }
            Effect::Find { ticket, typed, recent, within } => {
                let (index, today) = (&self.model.index, self.model.today);
                let corpus = Corpus::new(index);
                let rows = corpus.find_within(within.as_ref(), index, &typed, &recent, today, 100);
                Msg::Found { ticket, rows }
            }
            Effect::PrepareSearch => return,
            Effect::Search { ticket, typed, within } => {
                let Ok(search) = TextSearch::new(&typed) else { return };
                let (index, today) = (&self.model.index, self.model.today);
                let standing = Standing::of(index, today);
                let order = search.order(index, today, &standing, within.as_ref());
                let hits = order.into_iter().filter_map(|next| {
                    let page = index.page(next.page)?;
                    let text = PageText::new(self.pages.get(&page.path)?.to_string()).text;
                    let hits = search.find_in(&page.title, &text, 100);
                    (!hits.is_empty()).then_some(PageHits {
                        page: page.path.clone(),
                        hits,
                        more: false,
                    })
                });
                let pages = hits.collect();
                Msg::Hits {
                    ticket,
                    pages,
                    looked: Looked::default(),
                    end: Some(SearchEnd::default()),
                }
            }
            Effect::FindMentions { ticket, page, source } => {
                let mut told = MentionsTold {
                    ticket,
                    found: Vec::new(),
                    progress: unlinked::Progress::Looking,
                };
                let index = &self.model.index;
                let mut read = |path: &PagePath| self.pages.get(path).map(ToString::to_string);
                let names = Names::of_all(index);
                unlinked::find(index, &names, page, &source, &mut read, &mut |found, progress| {
                    told.found.extend(found);
                    told.progress = progress;
                    true
                });
                Msg::Mentions(told)
            }
            Effect::Check { ticket, within } => {
                let found = Arc::new(Found::look(&self.model.index, within.as_ref()));
                Msg::Checked { ticket, found }
            }
            Effect::Weave { ticket } => {
                let web = Arc::new(Web::new(&self.model.index));
                Msg::Woven { ticket, web }
            }
            Effect::FindNear { ticket, names } => {
                let index = &self.model.index;
                let all = index.near_names();
                let near = |name: String| {
                    let near = index.near_among(&all, &name, 3);
                    (name, near)
                };
                Msg::NearFound { ticket, found: names.into_iter().map(near).collect() }
            }
            Effect::ExplainQuery { ticket, query } => {
                let index = &self.model.index;
                let text = |id| {
                    let path = &index.page(id)?.path;
                    self.pages.get(path).map(ToString::to_string)
                };
                let query = Query::parse(&query).expect("only sound queries are explained");
                let explained = query.explain(index, self.model.today, &text);
                Msg::QueryExplained { ticket, explained }
            }
            Effect::GatherVocabulary { ticket } => {
                let vocabulary = Arc::new(Vocabulary::new(&self.model.index));
                Msg::Vocabulary { ticket, vocabulary }
            }
            Effect::FindSaved { ticket, queries } => {
                let (index, today) = (&self.model.index, self.model.today);
                let pages = saved::pages_of(&queries, index, today, &|_| None, &|| false);
                Msg::SavedFound { ticket, pages: pages.unwrap_or_default() }
            }
            Effect::Rescan => return self.index(),
            other => return self.done.push(other),
        };
        let mut effects = Vec::new();
        update(&mut self.model, answer, &mut effects);
        self.settle(effects);
    }

    fn load(&self, path: &PagePath, index: &Index) -> Result<Loaded, String> {
        let source = self.pages.get(path).ok_or(format!("cannot read {path}: no such file"))?;
        Ok(Loaded::new(source.to_string(), Vec::new()).composed(index, path, &Pages(&self.pages)))
    }

    fn sentence(&self, link: LinkRef) -> Excerpt {
        // Of a request that is answered late the link may be gone.
        let found = self.model.index.page(link.source).and_then(|page| {
            let record = page.facts.link(link.link)?;
            let source = PageText::new(self.pages.get(&page.path)?.to_string()).text;
            Some(sentence(&source, record.context, record.span))
        });
        found.unwrap_or_default()
    }
}

/// The pages as files.
struct Pages<'a>(&'a BTreeMap<PagePath, Arc<str>>);

impl Source for Pages<'_> {
    fn text(&self, path: &PagePath) -> Result<String, String> {
        let text = self.0.get(path).map(|text| PageText::new(text.to_string()).text);
        text.ok_or_else(|| "no such file".to_owned())
    }

    fn bytes(&self, path: &PagePath) -> Option<u64> {
        self.0.get(path).map(|text| text.len() as u64)
    }
}

/// A path that a test writes.
pub(crate) fn page_path(path: &str) -> PagePath {
    PagePath::new(path).unwrap_or_else(|| panic!("{path} is a page path"))
}

pub(crate) fn put(path: &PagePath, text: &str) -> Change {
    if !path.is_page() {
        return Change::Attachment(path.clone());
    }
    Change::Put(kenning::index::NewPage {
        path: path.clone(),
        modified_ms: 0,
        bytes: text.len() as u64,
        facts: PageText::new(text.to_owned()).facts().into(),
        unreadable: None,
    })
}

/// A theme in which every role has a colour of its own, so that a frame tells its roles.
fn roles_as_colours() -> Theme {
    let mut text = String::from("about = \"roles\"\n[roles]\n");
    for (nth, role) in Role::ALL.iter().enumerate() {
        let _ = writeln!(text, "{} = \"#0000{:02x}\"", role.name(), nth + 1);
    }
    Theme::parse("roles", &text, &|_| None).unwrap_or_else(|why| panic!("{why}"))
}

fn role_of(colour: Color) -> Role {
    match colour {
        Color::Rgb(0, 0, nth) if nth > 0 => Role::ALL[usize::from(nth) - 1],
        _ => Role::Text,
    }
}
