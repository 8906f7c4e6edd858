//! Overlays: what lies over the panes, on one stack used for input and drawing alike. Here stand the
//! stack, the size of each overlay, and the way from an input to the topmost one; what an overlay
//! does with it stands in the file of its feature.

use std::sync::Arc;

use super::braid::Braid;
use super::check::Check;
pub use super::confirm::Confirm;
use super::connect::Connect;
use super::finder::Finder;
use super::help::Help;
use super::marks::Marks;
use super::model::{Model, Size};
use super::neighbourhood::Neighbourhood;
use super::palette::Palette;
use super::peek::Peek;
use super::preview::Preview;
use super::reader::OpenPage;
use super::search::Search;
use super::table::FullTable;
use super::themes::ThemePicker;
use super::{
    Effect, braid, check, confirm, connect, finder, help, marks, neighbourhood, palette, peek,
    reader, search, suggest, table, themes,
};
use crate::command::{Command, Key, KeyCode};
use crate::layout::{Options, WideTables};
use crate::text::width::width;

/// One overlay.
#[derive(Debug)]
pub enum Overlay {
    /// Finds pages, headings, tags.
    Finder(Finder),
    /// Searches all texts.
    Search(Box<Search>),
    /// What is wrong or loose in the wiki.
    Check(Box<Check>),
    /// The keys that work here.
    Help(Help),
    /// Commands by name.
    Palette(Palette),
    /// Themes, with preview.
    Themes(ThemePicker),
    /// The marks, while one is chosen or set.
    Marks(Marks),
    /// A question to be answered with a key.
    Confirm(Confirm),
    /// A table on the whole screen.
    Table(Box<FullTable>),
    /// Columns that narrow one another.
    Braid(Box<Braid>),
    /// A page or a note, looked at without going there.
    Peek(Peek),
    /// A page and what it is linked with, drawn.
    Neighbourhood(Box<Neighbourhood>),
    /// How two pages are connected.
    Connect(Connect),
}

/// Where an overlay stands on the screen, in cells: the one answer for update and view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Frame {
    /// First column.
    pub left: u16,
    /// First row.
    pub top: u16,
    /// Width, the border included.
    pub columns: u16,
    /// Height, the border included.
    pub rows: u16,
    /// Whether there is room for a border.
    pub bordered: bool,
}

/// Screens smaller than this are filled by an overlay.
const FULL_BELOW: Size = Size { columns: 64, rows: 16 };
/// So many cells of what lies under a box are seen at either side of it, or none.
const STRIP: u16 = 8;
/// Screens smaller than this have no room for a border.
const BARE_BELOW: Size = Size { columns: 20, rows: 7 };
/// A preview stands at the right of a list from this inner width on.
const PREVIEW_FROM: u16 = 84;

impl Frame {
    /// The frame of a box of at most `columns` by `rows`, centred.
    #[must_use]
    pub fn centred(screen: Size, columns: u16, rows: u16) -> Self {
        let bordered = screen.columns >= BARE_BELOW.columns && screen.rows >= BARE_BELOW.rows;
        if screen.columns < FULL_BELOW.columns || screen.rows < FULL_BELOW.rows {
            return Self { left: 0, top: 0, columns: screen.columns, rows: screen.rows, bordered };
        }
        // A strip of the page too narrow to be read at the sides only looks cut.
        let columns = if screen.columns < columns.saturating_add(2 * STRIP) {
            screen.columns
        } else {
            columns
        };
        let rows = rows.min(screen.rows - 4);
        let (left, top) = ((screen.columns - columns) / 2, (screen.rows - rows) / 2);
        Self { left, top, columns, rows, bordered }
    }

    /// Cells between the border and its padding.
    #[must_use]
    pub fn inner_columns(&self) -> u16 {
        self.columns.saturating_sub(if self.bordered { 4 } else { 0 })
    }

    /// Rows inside the border.
    #[must_use]
    pub fn inner_rows(&self) -> u16 {
        self.rows.saturating_sub(if self.bordered { 2 } else { 0 })
    }

    /// Rows for a list below the field and the line under it; without room for both, the line goes first.
    #[must_use]
    pub fn list_rows(&self) -> usize {
        usize::from(self.inner_rows().saturating_sub(self.field_rows()))
    }

    /// Rows that the field and the line under it take.
    #[must_use]
    pub fn field_rows(&self) -> u16 {
        if self.inner_rows() >= 5 { 2 } else { 1 }
    }

    /// Width of the preview at the right of the list, if there is room for one.
    #[must_use]
    pub fn preview_columns(&self) -> Option<u16> {
        let inner = self.inner_columns();
        (inner >= PREVIEW_FROM && self.inner_rows() >= 8).then(|| inner - inner * 45 / 100 - 3)
    }
}

impl Overlay {
    /// Where it stands on a screen of that size.
    #[must_use]
    pub fn frame(&self, screen: Size) -> Frame {
        match self {
            Self::Finder(_) | Self::Search(_) | Self::Check(_) => Frame::centred(screen, 128, 36),
            Self::Help(_) => Frame::centred(screen, 84, 48),
            Self::Palette(_) => Frame::centred(screen, 76, 22),
            Self::Themes(_) => Frame::centred(screen, 64, 10),
            Self::Marks(marks) => Frame::centred(screen, 84, marks.rows.saturating_add(3)),
            Self::Peek(peek) => peek.frame,
            Self::Confirm(confirm) => {
                // The question, air, the answers, the border.
                let lines = 1 + width(&confirm.question) / 50;
                let rows = lines.saturating_add(confirm.answers.len()).saturating_add(3);
                Frame::centred(screen, 64, u16::try_from(rows).unwrap_or(u16::MAX))
            }
            Self::Connect(connect) => {
                Frame::centred(screen, connect::COLUMNS, connect.lines(screen).saturating_add(2))
            }
            Self::Table(_) | Self::Neighbourhood(_) | Self::Braid(_) => {
                let Size { columns, rows } = screen;
                Frame { columns, rows, ..Frame::default() }
            }
        }
    }

    /// The braid, if it is one.
    pub(super) fn braid_mut(&mut self) -> Option<&mut Braid> {
        match self {
            Self::Braid(braid) => Some(braid),
            _ => None,
        }
    }

    /// The page that it shows, in a preview or as a peek.
    pub(super) fn page_mut(&mut self) -> Option<&mut OpenPage> {
        match self {
            Self::Peek(peek) => peek.open.as_mut(),
            _ => Some(&mut self.preview_mut()?.shown.as_mut()?.open),
        }
    }

    /// The preview beside its list, if it has one.
    pub(super) fn preview(&self) -> Option<&Preview> {
        match self {
            Self::Finder(finder) => Some(&finder.preview),
            Self::Search(search) => Some(&search.preview),
            Self::Check(check) => Some(&check.preview),
            _ => None,
        }
    }

    /// As [`Self::preview`], to be changed.
    pub(super) fn preview_mut(&mut self) -> Option<&mut Preview> {
        match self {
            Self::Finder(finder) => Some(&mut finder.preview),
            Self::Search(search) => Some(&mut search.preview),
            Self::Check(check) => Some(&mut check.preview),
            _ => None,
        }
    }
}

/// Opens the overlay that the command names, over whatever is open.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    match command {
        Command::FindPage => finder::open(model, effects),
        Command::Search => search::open(model, effects),
        Command::Check => check::open(model, effects),
        Command::Help => help::open(model),
        Command::Palette => palette::open(model),
        Command::Themes => themes::open(model, effects),
        Command::FullTable => table::open(model),
        Command::Braid => braid::open(model, effects),
        _ => {}
    }
}

/// Gives a key to the topmost overlay; whether it took it.
pub fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    if braid::field_key(model, key) {
        return true;
    }
    if key.code == KeyCode::Esc {
        if suggest::key(model, key, effects) {
            return true;
        }
        if model.pending.is_empty() && !check::widen(model, effects) {
            close(model);
        }
        model.pending.clear();
        return true;
    }
    match model.overlays.last() {
        Some(Overlay::Finder(_)) => finder::key(model, key, effects),
        Some(Overlay::Search(_)) => search::key(model, key, effects),
        Some(Overlay::Check(_)) => check::key(model, key, effects),
        Some(Overlay::Help(_)) => help::key(model, key),
        Some(Overlay::Palette(_)) => palette::key(model, key, effects),
        Some(Overlay::Themes(_)) => themes::key(model, key),
        Some(Overlay::Marks(_)) => marks::key(model, key, effects),
        Some(Overlay::Confirm(_)) => confirm::key(model, key, effects),
        Some(Overlay::Table(_)) => table::key(model, key, effects),
        Some(Overlay::Braid(_)) => braid::key(model, key, effects),
        Some(Overlay::Peek(_)) => peek::key(model, key, effects),
        Some(Overlay::Neighbourhood(_)) => neighbourhood::key(model, key, effects),
        Some(Overlay::Connect(_)) => connect::key(model, key, effects),
        None => false,
    }
}

/// Gives pasted text to the topmost overlay's field.
pub fn paste(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    match model.overlays.last_mut() {
        Some(Overlay::Finder(finder)) => {
            finder.input.insert(text);
            finder::typed(model, effects);
        }
        Some(Overlay::Search(search)) => {
            search.input.insert(text);
            search::typed(model, effects);
        }
        Some(Overlay::Check(check)) if check.typing => {
            check.narrow.insert(text);
            check::typed(model, effects);
        }
        Some(Overlay::Help(help)) => {
            help.input.insert(text);
            help.typed();
        }
        Some(Overlay::Palette(palette)) => {
            palette.input.insert(text);
            palette.typed();
        }
        Some(Overlay::Braid(_)) => braid::paste(model, text),
        _ => {}
    }
}

/// Closes the topmost overlay and undoes what it only previewed.
pub fn close(model: &mut Model) {
    match model.overlays.pop() {
        Some(Overlay::Themes(picker)) => model.themes.current = picker.before,
        Some(Overlay::Search(search)) => search::closed(model, search),
        Some(Overlay::Check(mut check)) => {
            check.typing = false;
            model.check = check;
        }
        Some(Overlay::Braid(braid)) => model.last_braid = braid.kept(),
        _ => {}
    }
}

/// A row of the topmost overlay was pressed.
pub fn press(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    match model.overlays.last() {
        Some(Overlay::Finder(_)) => finder::press(model, row, effects),
        Some(Overlay::Search(_)) => search::press(model, row, effects),
        Some(Overlay::Check(_)) => check::press(model, row, effects),
        Some(Overlay::Palette(_)) => palette::press(model, row, effects),
        Some(Overlay::Themes(_)) => themes::press(model, row),
        Some(Overlay::Marks(_)) => marks::press(model, row, effects),
        Some(Overlay::Confirm(_)) => confirm::answer(model, row, effects),
        Some(Overlay::Table(_)) => {
            table::press(model, u32::try_from(row).unwrap_or(u32::MAX), effects);
        }
        Some(Overlay::Neighbourhood(_)) => neighbourhood::press(model, row, effects),
        Some(Overlay::Connect(_)) => connect::press(model, row, effects),
        Some(Overlay::Help(_) | Overlay::Peek(_) | Overlay::Braid(_)) | None => {}
    }
}

/// The wheel was turned over the topmost overlay.
pub fn wheel(model: &mut Model, rows: i32, effects: &mut Vec<Effect>) {
    let screen = model.size;
    let Some(top) = model.overlays.last_mut() else { return };
    let visible = top.frame(screen).list_rows();
    match top {
        Overlay::Finder(finder) => {
            finder.list.wheel(rows, finder.rows.len(), visible);
            finder::follow(model, effects);
        }
        Overlay::Search(_) => search::wheel(model, rows, effects),
        Overlay::Check(_) => check::wheel(model, rows, effects),
        Overlay::Help(help) => help.scroll(isize::try_from(rows).unwrap_or(0), visible),
        Overlay::Palette(palette) => palette.list.wheel(rows, palette.rows.len(), visible),
        Overlay::Marks(_) => marks::wheel(model, rows),
        Overlay::Table(_) => table::wheel(model, rows),
        Overlay::Peek(_) => peek::wheel(model, rows),
        Overlay::Neighbourhood(_) => neighbourhood::wheel(model, rows),
        Overlay::Connect(_) => connect::wheel(model, rows),
        Overlay::Braid(braid) => {
            let part = braid.part;
            braid::wheel(model, part, rows);
        }
        Overlay::Themes(_) | Overlay::Confirm(_) => {}
    }
}

/// The index is another one.
pub fn indexed(model: &mut Model, effects: &mut Vec<Effect>) {
    let index = Arc::clone(&model.index);
    let wiki = (&*index, model.wiki.kind);
    for page in model.overlays.iter_mut().filter_map(Overlay::page_mut) {
        reader::refresh_looks(wiki, page);
    }
    braid::indexed(model, effects);
    match model.overlays.last() {
        Some(Overlay::Finder(_)) => finder::indexed(model, effects),
        Some(Overlay::Search(_)) => search::indexed(model, effects),
        _ => {}
    }
}

/// Fits peeks and the topmost overlay's preview to the screen; called before each frame.
pub fn prepare(model: &mut Model, effects: &mut Vec<Effect>) {
    check::prepare(model, effects);
    peek::prepare(model, effects);
    table::prepare(model);
    neighbourhood::prepare(model, effects);
    connect::prepare(model);
    let screen = model.size;
    let options = reader::options(model);
    let Some(top) = model.overlays.last_mut() else { return };
    let frame = top.frame(screen);
    if let (Some(columns), Some(preview)) = (frame.preview_columns(), top.preview_mut()) {
        let options = Options {
            width: columns.into(),
            properties_folded: true,
            // Nobody pans a preview.
            wide_tables: WideTables::Stacked,
            ..options
        };
        preview.prepare(&options, &model.filter, usize::from(frame.inner_rows()));
    }
}
