//! What it looks like: `&Model -> Buffer`, one file a pane or overlay. Reads the model, changes nothing,
//! and says what lies where as a [`HitMap`].

mod braid;
mod check;
mod confirm;
mod connect;
mod context;
mod finder;
mod help;
pub mod hit;
mod input;
mod labels;
mod list;
mod marks;
mod neighbourhood;
mod outline;
mod overlay;
mod page;
mod paint;
mod palette;
mod peek;
mod place;
mod preview;
mod search;
mod selection;
mod sidebar;
mod status;
mod suggest;
mod table;
mod tags;
mod themes;
mod tree;
mod which_key;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::model::{Focus, SidebarList};
use crate::app::{Hit, Model, Panes};
use crate::text::role::Role;

pub use hit::HitMap;
use paint::Canvas;

/// What a frame is beside its cells.
#[derive(Debug)]
pub struct Drawn {
    /// What lies where.
    pub hits: HitMap,
    /// Where the terminal's cursor is to be shown.
    pub cursor: Option<Position>,
}

/// Draws the whole screen on an empty buffer of its size.
pub fn draw(model: &Model, buffer: &mut Buffer) -> Drawn {
    let mut canvas = Canvas::new(buffer, model.themes.theme(), model.themes.ascii);
    let screen = canvas.screen();
    canvas.clear(screen, canvas.theme.style(Role::Text));
    let areas = Areas::of(Panes::of(model), screen);
    match model.sidebar.list {
        _ if areas.sidebar.width == 0 => {}
        SidebarList::Tree => tree::draw(model, areas.sidebar, &mut canvas),
        SidebarList::Tags => tags::draw(model, areas.sidebar, &mut canvas),
    }
    if areas.sidebar.width > 0 && areas.page.width > 0 {
        let border = Rect { x: areas.sidebar.right(), width: 1, ..areas.sidebar };
        canvas.vertical(border.x, border.y, border.height, Role::PaneBorder);
        canvas.hit(border, Hit::SidebarBorder);
    }
    let border = areas.context_border();
    let over_page = !border.is_empty() && border.x < areas.page.right();
    if !border.is_empty() && !over_page {
        canvas.vertical(border.x, border.y, border.height, Role::PaneBorder);
    }
    // After the border: the page marks its place on it.
    page::draw(model, areas.page, &mut canvas);
    if over_page {
        // A column of air parts the text that goes on below.
        let air = Rect { x: border.x.saturating_sub(1), ..border };
        canvas.clear(air.union(areas.context), canvas.theme.style(Role::Text));
        canvas.vertical(border.x, border.y, border.height, Role::PaneBorder);
    }
    context::draw(model, areas.context, &mut canvas);
    status::draw(model, areas.footer, &mut canvas);
    which_key::draw(model, areas.above_footer(), &mut canvas);
    for nth in 0..model.overlays.len() {
        canvas.hit(screen, Hit::OutsideOverlay);
        overlay::draw(model, nth, &mut canvas);
    }
    labels::draw(model, &mut canvas);
    let Canvas { hits, cursor, .. } = canvas;
    Drawn { hits, cursor: cursor.filter(|at| screen.contains(*at)) }
}

/// Where the panes lie on the screen.
struct Areas {
    sidebar: Rect,
    page: Rect,
    context: Rect,
    footer: Rect,
}

impl Areas {
    fn of(panes: Panes, screen: Rect) -> Self {
        let column = |x: u16, width: u16| {
            Rect { x: screen.x + x, y: screen.y, width, height: panes.rows }.intersection(screen)
        };
        let beside_sidebar = if panes.sidebar == 0 { 0 } else { panes.sidebar + 1 };
        let footer = Rect { y: screen.y + panes.rows, height: panes.footer, ..screen };
        Self {
            sidebar: column(0, panes.sidebar),
            page: column(beside_sidebar, panes.page),
            context: column(screen.width - panes.context.min(screen.width), panes.context),
            footer: footer.intersection(screen),
        }
    }

    /// The column between page and context pane; empty unless both are shown.
    fn context_border(&self) -> Rect {
        let both = self.page.width > 0 && self.context.width > 0;
        Rect { x: self.context.x.saturating_sub(1), width: u16::from(both), ..self.context }
    }

    /// The panes together.
    fn above_footer(&self) -> Rect {
        self.sidebar.union(self.page).union(self.context)
    }
}

/// The role of a pane's title.
fn title_role(model: &Model, pane: Focus) -> Role {
    if model.focus == pane && model.overlays.is_empty() {
        Role::PaneTitleFocused
    } else {
        Role::PaneTitle
    }
}
