//! The map of a frame: which thing lies under which cell.

use ratatui::layout::{Position, Rect};

use crate::app::Hit;
use crate::app::reader::select::PageCell;

/// Areas and what they are; later ones lie over earlier ones.
#[derive(Clone, Debug, Default)]
pub struct HitMap {
    areas: Vec<(Rect, Hit)>,
    /// Where the text of the page lies: its first row and cell, and how far it may reach.
    pub text: Rect,
}

impl HitMap {
    /// Notes that `hit` lies at `area`.
    pub fn add(&mut self, area: Rect, hit: Hit) {
        self.areas.push((area, hit));
    }

    /// Where a thing of the topmost layer lies: the first of its areas.
    #[must_use]
    pub fn topmost(&self, hit: Hit) -> Option<Rect> {
        let layer = self.areas.iter().rposition(|(_, hit)| *hit == Hit::OutsideOverlay);
        let (area, _) = self.areas[layer.unwrap_or(0)..].iter().find(|(_, found)| *found == hit)?;
        (!area.is_empty()).then_some(*area)
    }

    /// A cell as the page's text counts it.
    #[must_use]
    pub fn page_cell(&self, column: u16, row: u16) -> PageCell {
        PageCell {
            row: i32::from(row) - i32::from(self.text.y),
            cell: i32::from(column) - i32::from(self.text.x),
        }
    }

    /// What lies at a cell.
    #[must_use]
    pub fn at(&self, column: u16, row: u16) -> Option<Hit> {
        let position = Position::new(column, row);
        self.areas.iter().rev().find(|(area, _)| area.contains(position)).map(|(_, hit)| *hit)
    }
}
