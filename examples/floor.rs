//! The floor for measurements: what a bare ratatui program costs. A list of the files beside the given
//! page at the left, the first 60 lines of one at the right; `j`/`k` scroll, `J`/`K` move in the list,
//! `q` quits. It knows nothing of wikis, and no program that shows a page can be faster.
//!
//! `cargo run --release --example floor -- seeds/index.md`

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use crossterm::event::{self, Event, KeyCode, KeyEventKind};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{List, ListState, Paragraph};

const LINES: usize = 60;

/// The page is the last argument.
pub fn main() -> io::Result<()> {
    let page = std::env::args_os().skip(1).last().map(PathBuf::from);
    let page = page.ok_or_else(|| io::Error::other("usage: floor PAGE"))?;
    let mut floor = Floor::open(&page)?;
    let mut terminal = ratatui::init();
    let result = loop {
        let event = terminal.draw(|frame| floor.draw(frame)).and_then(|_| event::read());
        match event {
            Err(error) => break Err(error),
            Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => match key.code {
                KeyCode::Char('q') => break Ok(()),
                KeyCode::Char('j') => floor.scroll = (floor.scroll + 1).min(floor.text.len()),
                KeyCode::Char('k') => floor.scroll = floor.scroll.saturating_sub(1),
                KeyCode::Char('J') => floor.select(floor.selected + 1),
                KeyCode::Char('K') => floor.select(floor.selected.saturating_sub(1)),
                _ => {}
            },
            Ok(_) => {}
        }
    };
    ratatui::restore();
    result
}

struct Floor {
    files: Vec<PathBuf>,
    selected: usize,
    text: Vec<String>,
    scroll: usize,
}

impl Floor {
    fn open(page: &Path) -> io::Result<Self> {
        let folder = page.parent().filter(|folder| !folder.as_os_str().is_empty());
        let entries = fs::read_dir(folder.unwrap_or(Path::new(".")))?;
        let mut files: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.is_file())
            .collect();
        files.sort();
        let same = |file: &PathBuf| file.file_name() == page.file_name();
        let selected = files.iter().position(same).unwrap_or(0);
        Ok(Self { files, selected, text: first_lines(page)?, scroll: 0 })
    }

    fn select(&mut self, wanted: usize) {
        if let Some(file) = self.files.get(wanted) {
            self.text = first_lines(file).unwrap_or_default();
            (self.selected, self.scroll) = (wanted, 0);
        }
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let columns = Layout::horizontal([Constraint::Length(30), Constraint::Fill(1)]);
        let [left, right] = columns.areas(frame.area());
        let names = self.files.iter().filter_map(|file| file.file_name()?.to_str());
        let list = List::new(names).highlight_style(Style::new().add_modifier(Modifier::REVERSED));
        let mut state = ListState::default().with_selected(Some(self.selected));
        frame.render_stateful_widget(list, left, &mut state);
        let shown: Vec<_> =
            self.text.iter().skip(self.scroll).map(|line| line.as_str().into()).collect();
        frame.render_widget(Paragraph::new(shown), right);
    }
}

fn first_lines(file: &Path) -> io::Result<Vec<String>> {
    BufReader::new(fs::File::open(file)?).lines().take(LINES).collect()
}
