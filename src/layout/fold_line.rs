//! The line of a fold: its sign, and quietly how much it hides. Headings and code carry a sign only while
//! they are folded; callouts with a fold mark and `<details>` always.

use super::block::Content;
use super::folds::{has_stop, is_marked};
use super::inline::{Place, flow};
use super::line::{Action, Line, Look, Segment};
use super::options::Manner;
use super::wrap::Wrap;
use crate::markdown::Inlines;
use crate::text::role::{Marks, Role};

/// The room of a sign and the space behind it.
const SIGN_CELLS: usize = 2;
/// Below this width nothing is indented.
const NARROW: usize = 12;

impl<'a> Content<'a> {
    /// Whether this is the first part of something folded.
    pub(super) fn is_folded(self) -> bool {
        self.part.is_first() && self.set.options.folds.is_closed(self.part.leaf)
    }

    /// What pressing the fold's sign does; nothing where there is no sign.
    pub(super) fn fold_look(self) -> Option<Look> {
        let document = self.set.document;
        (is_marked(document, self.part.leaf) || self.is_folded()).then(|| Look {
            action: Some(Action::Fold(self.part.leaf)),
            stop: has_stop(document, self.part.leaf).then_some(self.place.stop),
            ..Look::of(Role::Quiet)
        })
    }

    /// Whether a sign is of use: not where nothing can be pressed.
    fn has_sign(self) -> bool {
        let options = self.set.options;
        options.manner == Manner::Screen && options.folds.at(self.part.leaf).is_some()
    }

    /// Puts the sign, where there is one.
    pub(super) fn fold_sign(self, wrap: &mut Wrap<'_>) {
        if let Some(look) = self.fold_look().filter(|_| self.has_sign()) {
            wrap.glued(self.set.signs.fold(self.is_folded()), look);
            wrap.ornament(" ", Look::default());
        }
    }

    /// Puts how much is hidden, where something is.
    pub(super) fn fold_amount(self, wrap: &mut Wrap<'_>) {
        if let (Some(amount), Some(look)) = (self.amount(), self.fold_look()) {
            wrap.ornament("  ", Look::default());
            wrap.chip(&amount, look);
        }
    }

    /// `… 24 lines`, if it is folded.
    pub(super) fn amount(self) -> Option<String> {
        let fold = self.set.options.folds.at(self.part.leaf).filter(|_| self.is_folded())?;
        Some(format!("{} {}", self.set.signs.cut, fold.amount(self.set.document)))
    }

    /// The place of a title whose plain text presses the fold too, where it has a sign for that. One that was
    /// opened by its stop still shows that it is selected.
    pub(super) fn fold_title(self, base: Look) -> Place {
        if !has_stop(self.set.document, self.part.leaf) {
            return Place { base, ..self.place };
        }
        let action = self.fold_look().and_then(|look| look.action);
        let base = Look { action, stop: Some(self.place.stop), ..base };
        Place { base, stop: self.place.stop + 1, ..self.place }
    }

    /// The summary of `<details>`, its further lines indented as far as its sign.
    pub(super) fn summary(self, inlines: &'a Inlines) -> Vec<Line> {
        let hangs = self.width >= NARROW && self.has_sign();
        let mut wrap = Wrap::new(if hangs { self.width - SIGN_CELLS } else { self.width });
        if !hangs {
            self.fold_sign(&mut wrap);
        }
        let place = self.fold_title(Look { marks: Marks::STRONG, ..self.place.base });
        if inlines.text.trim().is_empty() {
            // What browsers call a disclosure without a summary.
            wrap.ornament("Details", place.base);
        } else {
            flow(self.set, inlines, place, &mut wrap);
        }
        self.fold_amount(&mut wrap);
        let mut lines = self.rows(wrap.finish());
        let indent = || Segment::ornament(" ".repeat(SIGN_CELLS), Look::default());
        for (nth, line) in lines.iter_mut().enumerate().filter(|_| hangs) {
            match self.fold_look().filter(|_| nth == 0) {
                Some(look) => {
                    let sign = Segment::ornament(self.set.signs.fold(self.is_folded()), look);
                    let space = Segment::ornament(" ", Look::default());
                    line.segments.splice(0..0, [sign, space]);
                }
                None => line.segments.insert(0, indent()),
            }
        }
        lines
    }
}
