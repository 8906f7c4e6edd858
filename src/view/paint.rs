//! Painting: text to cells, by grapheme and clipped to its area. Nothing here trusts text to fit, an area
//! to lie on the screen, or a name to be free of control characters.

use std::borrow::Cow;
use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier, Style};

use super::HitMap;
use crate::app::Hit;
use crate::layout::Line;
use crate::text::fold::nfc;
use crate::text::role::Role;
use crate::text::scrub::scrub_line;
use crate::text::width::{
    Grapheme, ellipsize_start_with, ellipsize_with, graphemes, unjoined_excess, width,
    without_selector,
};
use crate::theme::Theme;

/// What a frame is painted on.
pub(super) struct Canvas<'a> {
    /// The theme in use.
    pub(super) theme: &'a Theme,
    /// Plain ASCII signs and borders.
    pub(super) ascii: bool,
    /// What lies where, so far.
    pub(super) hits: HitMap,
    /// Where the terminal's cursor stands: in the field that is being typed.
    pub(super) cursor: Option<Position>,
    buffer: &'a mut Buffer,
}

impl<'a> Canvas<'a> {
    /// A canvas over `buffer`.
    pub(super) fn new(buffer: &'a mut Buffer, theme: &'a Theme, ascii: bool) -> Self {
        Self { theme, ascii, hits: HitMap::default(), cursor: None, buffer }
    }

    /// The whole screen.
    pub(super) fn screen(&self) -> Rect {
        self.buffer.area
    }

    /// Paints one line of text from a cell on, never at or beyond column `right`; gives the column after it.
    /// A wide grapheme that would be cut in half is left out.
    pub(super) fn text(
        &mut self,
        column: u16,
        row: u16,
        right: u16,
        text: &str,
        style: Style,
    ) -> u16 {
        let area = self.buffer.area;
        let right = right.min(area.right());
        let mut column = column;
        if row < area.top() || row >= area.bottom() || column < area.left() {
            return column;
        }
        for grapheme in graphemes(&self.dots(&scrub_line(text))) {
            let cells = u16::try_from(grapheme.cells).unwrap_or(0);
            if cells == 0 {
                continue;
            }
            if column.saturating_add(cells) > right {
                break;
            }
            self.grapheme(column, row, &grapheme, style);
            column += cells;
        }
        column
    }

    /// Paints a cluster that fits. Terminals do not agree on how wide an emoji of several characters is.
    fn grapheme(&mut self, column: u16, row: u16, grapheme: &Grapheme<'_>, style: Style) {
        if let Some(plain) = without_selector(grapheme) {
            self.cell(column, row, plain, 1, style);
            self.cell(column + 1, row, " ", 1, style);
            return;
        }
        // Many terminals show a letter without the marks that follow it, but have the letter with its mark.
        let composed = composed(grapheme);
        self.cell(column, row, &composed, grapheme.cells, style);
        let Some(excess) = NonZeroU16::new(unjoined_excess(grapheme)) else { return };
        let cells = u16::try_from(grapheme.cells).ok().and_then(NonZeroU16::new);
        if let Some(cells) = cells {
            // The next cell is then looked up by its place instead of following on.
            self.buffer[(column, row)].set_diff_option(CellDiffOption::ForcedWidth(cells));
            // What a terminal that does not join them shows too much is painted over, or it would stay.
            let next = column + cells.get();
            for stray in next..next.saturating_add(excess.get()).min(self.buffer.area.right()) {
                self.buffer[(stray, row)].set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
    }

    /// Puts a symbol that fits into its cells. The width is ours: the buffer's own measure counts the sound marks
    /// of half-width kana twice.
    fn cell(&mut self, column: u16, row: u16, symbol: &str, cells: usize, style: Style) {
        let cell = self.buffer[(column, row)].set_symbol(symbol).set_style(style);
        if usize::from(symbol.cell_width()) != cells
            && let Some(cells) = u16::try_from(cells).ok().and_then(NonZeroU16::new)
        {
            cell.set_diff_option(CellDiffOption::ForcedWidth(cells));
        }
        for covered in (column..).take(cells).skip(1) {
            self.buffer[(covered, row)].reset();
        }
    }

    /// As [`Self::text`], with a role's style.
    pub(super) fn role(
        &mut self,
        column: u16,
        row: u16,
        right: u16,
        text: &str,
        role: Role,
    ) -> u16 {
        self.text(column, row, right, text, self.theme.style(role))
    }

    /// Paints text so that it ends before column `right`, and not left of `left`; gives the column it starts at.
    pub(super) fn text_right(
        &mut self,
        left: u16,
        row: u16,
        right: u16,
        text: &str,
        role: Role,
    ) -> u16 {
        let cells = u16::try_from(width(&scrub_line(text))).unwrap_or(u16::MAX);
        let start = right.saturating_sub(cells).max(left);
        self.role(start, row, right, text, role);
        start
    }

    /// Blanks an area and gives it a style. A wide character that would reach into it from the left goes.
    pub(super) fn clear(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        if area.left() > self.buffer.area.left() {
            for row in area.top()..area.bottom() {
                let cell = &mut self.buffer[(area.left() - 1, row)];
                if width(cell.symbol()) > 1 {
                    cell.set_symbol(" ");
                }
            }
        }
        for position in area.positions() {
            self.buffer[position].reset();
        }
        self.buffer.set_style(area, style);
    }

    /// Fills the row of a page's line with the ground that it asks for, less the bars and bullets before
    /// its text; gives the number of the segments that are those.
    pub(super) fn fill(&mut self, row: Rect, line: &Line) -> usize {
        let Some(fill) = line.fill else { return line.segments.len() };
        let frame = line.segments.iter().take_while(|segment| segment.role != fill).count();
        let cells: usize = line.segments[..frame].iter().map(|segment| width(&segment.text)).sum();
        let cells = u16::try_from(cells).unwrap_or(row.width).min(row.width);
        let filled = Rect { x: row.x + cells, width: row.width - cells, ..row };
        self.clear(filled, self.theme.style(fill));
        frame
    }

    /// Lays a style over what stands in an area. A reversed one would make every cell's own colour its
    /// ground: the area then takes the colour of running text first.
    pub(super) fn overlay(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        if style.add_modifier.contains(Modifier::REVERSED) {
            let ink = self.theme.style(Role::Text).fg.unwrap_or(Color::Reset);
            let plain = Style::new().fg(ink).remove_modifier(Modifier::DIM);
            self.buffer.set_style(area, plain);
        }
        self.buffer.set_style(area, style);
    }

    /// Lays the style of `role` over a row with matches. What is marked on a ground of its own stays so, underlined where
    /// that is the row's too; what is marked by reversing it is turned back in a row that is reversed as a whole.
    pub(super) fn marked_row(&mut self, row: Rect, role: Role) {
        let style = self.theme.style(role);
        let mark = self.theme.style(Role::Match);
        let ground = mark.fg.zip(mark.bg);
        let reversed = Modifier::REVERSED;
        let turns = mark.add_modifier.contains(reversed) && style.add_modifier.contains(reversed);
        if ground.is_none() && !turns {
            return self.overlay(row, style);
        }
        let row = row.intersection(self.buffer.area);
        for position in row.positions() {
            let cell = &mut self.buffer[position];
            if turns && cell.modifier.contains(reversed) {
                cell.modifier.remove(reversed);
                // A name that is marked as a whole would look like one beside the cursor.
                cell.modifier.insert(Modifier::UNDERLINED);
            } else if ground == Some((cell.fg, cell.bg)) {
                if style.bg == mark.bg {
                    cell.modifier.insert(Modifier::UNDERLINED);
                }
            } else {
                self.overlay(Rect::from((position, Size::new(1, 1))), style);
            }
        }
    }

    /// Gives what stands in an area exactly this style, whatever it had.
    pub(super) fn restyle(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        self.buffer.set_style(area, Style::reset());
        self.buffer.set_style(area, style);
    }

    /// A vertical line of `height` rows.
    pub(super) fn vertical(&mut self, column: u16, top: u16, height: u16, role: Role) {
        let sign = self.sign("│", "|");
        for row in top..top.saturating_add(height) {
            self.role(column, row, column.saturating_add(1), sign, role);
        }
    }

    /// A frame around `area` with a title in its upper edge; gives what is inside. The area is blanked.
    pub(super) fn frame(&mut self, area: Rect, title: &str, border: Role, inside: Role) -> Rect {
        let area = area.intersection(self.buffer.area);
        self.clear(area, self.theme.style(inside));
        if area.width < 2 || area.height < 2 {
            return area;
        }
        let [corner, across] = [["╭", "╮", "╰", "╯"], ["─", "─", "─", "─"]];
        let [corner, across] = if self.ascii { [["+"; 4], ["-"; 4]] } else { [corner, across] };
        let (top, bottom) = (area.top(), area.bottom() - 1);
        let (left, right) = (area.left(), area.right() - 1);
        let line = across[0].repeat(usize::from(area.width - 2));
        for (row, [from, to]) in [(top, [corner[0], corner[1]]), (bottom, [corner[2], corner[3]])] {
            self.role(left, row, right, from, border);
            self.role(left + 1, row, right, &line, border);
            self.role(right, row, right + 1, to, border);
        }
        self.vertical(left, top + 1, area.height - 2, border);
        self.vertical(right, top + 1, area.height - 2, border);
        if !title.is_empty() && area.width > 4 {
            let title = self.cut(&scrub_line(title), usize::from(area.width - 4));
            self.role(left + 1, top, right, &format!(" {title} "), Role::OverlayTitle);
        }
        Rect::new(left + 1, top + 1, area.width - 2, area.height - 2)
    }

    /// `text` cut at its end where it is wider than `cells`.
    pub(super) fn cut(&self, text: &str, cells: usize) -> String {
        ellipsize_with(text, cells, self.sign("…", "..."))
    }

    /// `text` cut at its start where it is wider than `cells`.
    pub(super) fn cut_start(&self, text: &str, cells: usize) -> String {
        ellipsize_start_with(text, cells, self.sign("…", "..."))
    }

    /// The dots of texts that were cut before they came here, as this terminal shows them.
    fn dots<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.ascii && text.contains('…') {
            text.replace('…', "...").into()
        } else {
            text.into()
        }
    }

    /// Whether nothing is seen at a cell, be it out of the screen; a wide character also fills the cell after
    /// it.
    pub(super) fn is_blank(&self, column: u16, row: u16) -> bool {
        let cell = |column| self.buffer.cell((column, row));
        let reaches = |column: u16| cell(column).is_some_and(|cell| width(cell.symbol()) > 1);
        cell(column).is_none_or(|cell| cell.symbol() == " ")
            && !column.checked_sub(1).is_some_and(reaches)
    }

    /// The sign for this terminal.
    pub(super) fn sign(&self, typographic: &'static str, ascii: &'static str) -> &'static str {
        if self.ascii { ascii } else { typographic }
    }

    /// Notes what lies at an area.
    pub(super) fn hit(&mut self, area: Rect, hit: Hit) {
        self.hits.add(area.intersection(self.buffer.area), hit);
    }
}

/// The cluster in Unicode's composed form, where that takes the same cells.
fn composed<'t>(grapheme: &Grapheme<'t>) -> Cow<'t, str> {
    if grapheme.text.chars().nth(1).is_none() {
        return grapheme.text.into();
    }
    let composed = nfc(grapheme.text);
    if width(&composed) == grapheme.cells { composed } else { grapheme.text.into() }
}
