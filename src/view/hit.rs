//! The map of a frame: which thing lies under which cell.

use ratatui::layout::{Position, Rect};

use crate::app::Hit;

/// Areas and what they are; later ones lie over earlier ones.
#[derive(Clone, Debug, Default)]
pub struct HitMap {
    areas: Vec<(Rect, Hit)>,
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

    /// What lies at a cell.
    #[must_use]
    pub fn at(&self, column: u16, row: u16) -> Option<Hit> {
        let position = Position::new(column, row);
        self.areas.iter().rev().find(|(area, _)| area.contains(position)).map(|(_, hit)| *hit)
    }
}
