//! How the screen is divided: the one answer for update and view.

use super::Hit;
use super::model::{Focus, Model, SidebarList, WikiKind};
use crate::command::{Command, Place};

/// Widths and heights of the panes, in cells. From left to right: sidebar, a border column, the page,
/// a border column, the context pane. Where there is no room for three, the context pane comes in the sidebar's place
/// while it has the focus.
/// Below them all the status line (two rows where the screen has 16 or more: a line of state and a line of
/// hints; else one).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Panes {
    /// Width of the left pane without its border; 0 if it is not shown.
    pub sidebar: u16,
    /// Width of the page's pane.
    pub page: u16,
    /// Width of the context pane without its border; 0 if it is not shown.
    pub context: u16,
    /// Rows of the panes, their title rows included.
    pub rows: u16,
    /// Rows of the footer.
    pub footer: u16,
    /// Whether only the page is shown: without a title row, a single quiet row for a footer.
    pub alone: bool,
}

/// Screens narrower than this show one pane at a time.
const ONE_PANE_BELOW: u16 = 64;
/// The context pane stands beside the page from this width on.
const BESIDE_FROM: u16 = 112;
/// The context pane is as wide at least, and at most.
const CONTEXT_WIDTHS: (u16, u16) = (26, 40);
/// It is never narrower, whoever chooses its width.
const CONTEXT_MIN: u16 = 20;
/// Panes of so many rows have a row of air below their titles.
const AIR_FROM: u16 = 16;
/// The left pane is never narrower where it is shown beside the page.
const SIDEBAR_MIN: u16 = 16;
/// The page has so many cells at least beside the other two.
const PAGE_MIN: u16 = 24;
/// By how many cells a key makes a pane wider or narrower.
const WIDTH_STEP: u16 = 4;

impl Panes {
    /// The division of the model's screen.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let columns = model.size.columns;
        let alone = model.focus_mode.is_some() && model.focus == Focus::Page;
        let footer = match model.size.rows {
            0..=3 => 0,
            4..16 => 1,
            _ if alone => 1,
            _ => 2,
        };
        let rows = model.size.rows - footer;
        let single = model.wiki.kind == WikiKind::Single;
        if columns < ONE_PANE_BELOW {
            let (sidebar, page, context) = match model.focus {
                Focus::Sidebar if !single => (columns, 0, 0),
                Focus::Context => (0, 0, columns),
                _ => (0, columns, 0),
            };
            return Self { sidebar, page, context, rows, footer, alone };
        }
        let all = model.focus_mode.is_none();
        let beside = model.context.shown && all && columns >= BESIDE_FROM;
        // Where three have no room, the tree gives way to the context pane while that has the keys.
        let instead = model.focus == Focus::Context && columns < BESIDE_FROM;
        let sidebar_shown = model.sidebar.shown && all && !instead;
        let sidebar = if (sidebar_shown || model.focus == Focus::Sidebar) && !single {
            model.sidebar.width.clamp(SIDEBAR_MIN, columns / 2)
        } else {
            0
        };
        let border = |width: u16| width + u16::from(width > 0);
        // Beside both it takes what the page can spare, instead of the tree what sentences need.
        let wanted = if beside { columns.saturating_sub(16) / 4 } else { columns / 5 * 2 };
        let (least, most) = CONTEXT_WIDTHS;
        let shown = beside || model.focus == Focus::Context;
        let context = match model.context.width {
            _ if !shown => 0,
            0 => wanted.clamp(least, most),
            chosen => chosen.clamp(CONTEXT_MIN, columns / 2),
        };
        let room = columns.saturating_sub(border(sidebar) + 1 + PAGE_MIN);
        let context = context.min(room.max(CONTEXT_MIN));
        let page = columns.saturating_sub(border(sidebar) + border(context));
        Self { sidebar, page, context, rows, footer, alone }
    }

    /// Width of the reading column: the page's pane less a margin, at most `max`. One cell at the right
    /// belongs to the scroll mark, and one parts it from the text where there is room for that.
    #[must_use]
    pub fn text_width(self, max: u16) -> usize {
        let margin = match self.page {
            0..32 => 2,
            32..60 => 3,
            60.. => 4,
        };
        usize::from(self.page.saturating_sub(margin).clamp(1, max))
    }

    /// The column of the screen in which the reading column starts; see [`Self::text_width`].
    #[must_use]
    pub fn text_left(self, max: u16) -> u16 {
        let pane = self.sidebar + u16::from(self.sidebar > 0);
        let text = u16::try_from(self.text_width(max)).unwrap_or(self.page).min(self.page);
        pane + (self.page - text) / 2
    }

    /// Rows of air below the titles of the panes, so that their first rows stand side by side: 0 or 1.
    #[must_use]
    pub fn air(self) -> u16 {
        u16::from(self.rows >= AIR_FROM)
    }

    /// Rows of the page's text: the pane less its title row (which shows where one is), if there is room
    /// for one, and a row of air below it, if there is room for that, too. A page alone has the air.
    #[must_use]
    pub fn text_rows(self) -> usize {
        let head = match self.rows {
            _ if self.alone => self.air(),
            0..=4 => 0,
            5..AIR_FROM => 1,
            AIR_FROM.. => 2,
        };
        usize::from(self.rows - head)
    }
}

/// Moves the focus, or shows and hides panes.
pub fn run(model: &mut Model, command: Command) {
    let has_sidebar = model.wiki.kind != WikiKind::Single;
    match command {
        Command::FocusMode if model.focus_mode.is_some() => show_all(model),
        Command::FocusMode => show_only_the_page(model),
        // What is asked for by name is wanted more than the quiet.
        Command::ToggleSidebar if model.focus_mode.is_some() => {
            show_all(model);
            model.sidebar.shown = true;
        }
        Command::ToggleContext if model.focus_mode.is_some() => {
            show_all(model);
            model.context.shown = true;
        }
        Command::FocusPage => model.focus = Focus::Page,
        Command::FocusLeft if model.focus == Focus::Context => model.focus = Focus::Page,
        Command::FocusRight if model.focus == Focus::Sidebar => model.focus = Focus::Page,
        Command::FocusRight if model.reader.open.is_some() => model.focus = Focus::Context,
        Command::FocusLeft if has_sidebar => model.focus = Focus::Sidebar,
        Command::FocusTree | Command::Tags if has_sidebar => {
            model.sidebar.list = match command {
                Command::Tags => SidebarList::Tags,
                _ => SidebarList::Tree,
            };
            model.focus = Focus::Sidebar;
        }
        Command::FocusLeft | Command::FocusTree | Command::Tags => {
            model.say("This is a single page: it has no tree and no tags");
        }
        Command::ToggleSidebar => {
            model.sidebar.shown = !model.sidebar.shown;
            if !model.sidebar.shown && model.focus == Focus::Sidebar {
                model.focus = Focus::Page;
            }
        }
        Command::ToggleContext if model.size.columns < BESIDE_FROM => {
            if model.focus == Focus::Context {
                model.focus = Focus::Page;
                return;
            }
            let key = model.keymap.shown(Place::Page, Command::Outline);
            model.say(format!(
                "No room for it beside the page: {key} shows the context in the tree's place"
            ));
        }
        Command::ToggleContext => {
            model.context.shown = !model.context.shown;
            if !model.context.shown && model.focus == Focus::Context {
                model.focus = Focus::Page;
            }
        }
        Command::NarrowPane => step(model, |width| width.saturating_sub(WIDTH_STEP)),
        Command::WidenPane => step(model, |width| width.saturating_add(WIDTH_STEP)),
        _ => {}
    }
}

fn show_only_the_page(model: &mut Model) {
    model.focus_mode = Some(model.focus);
    model.focus = Focus::Page;
    say_only_the_page(model);
}

/// Says how to leave the focus mode.
pub(super) fn say_only_the_page(model: &mut Model) {
    let keys = [Command::FocusMode, Command::Cancel];
    let [again, back] = keys.map(|command| model.keymap.shown(Place::Page, command));
    model.say(format!("Only the page; {again} or {back} brings the rest back"));
}

/// Ends the focus mode: all is shown as it was, and the pane that had the keys has them again.
pub fn show_all(model: &mut Model) {
    if let Some(focus) = model.focus_mode.take() {
        model.focus = focus;
    }
}

/// The pointer was dragged from `from` to a column of the screen.
pub fn drag(model: &mut Model, from: Hit, column: u16) {
    if from == Hit::SidebarBorder {
        resize(model, column);
    }
}

/// Changes the width of the pane that has the keys; if that is the page, of the tree, or of what stands there without it.
fn step(model: &mut Model, changed: impl Fn(u16) -> u16) {
    let panes = Panes::of(model);
    if panes.sidebar == model.size.columns || panes.context == model.size.columns {
        return model.say("One pane fills this screen: there is no width to change");
    }
    if model.focus == Focus::Context || panes.sidebar == 0 && panes.context > 0 {
        let most = (model.size.columns / 2).max(CONTEXT_MIN);
        model.context.width = changed(panes.context).clamp(CONTEXT_MIN, most);
    } else if panes.sidebar > 0 {
        resize(model, changed(panes.sidebar));
    } else {
        model.say("No pane is shown whose width could change");
    }
}

fn resize(model: &mut Model, width: u16) {
    model.sidebar.width = width.clamp(SIDEBAR_MIN, (model.size.columns / 2).max(SIDEBAR_MIN));
}
