//! Where one is in the page and how long it still takes: `2 min left · 37 %`.

use super::paint::Canvas;
use crate::app::reader::OpenPage;
use crate::app::{Model, Panes};
use crate::text::width::width;

/// Words that a reader reads in a minute. (Of scripts without spaces each character counts as a word.)
const WORDS_A_MINUTE: usize = 220;

/// The place in the open page, as long as there is room for it.
pub(super) struct Place {
    /// `2 min left · 37 %`.
    whole: String,
    /// Where in `whole` the place without the time begins.
    bare: usize,
}

impl Place {
    /// As much of it as fits into `cells`; without the time the place stays whatever the room is.
    pub(super) fn within(&self, cells: usize) -> &str {
        if width(&self.whole) <= cells { &self.whole } else { &self.whole[self.bare..] }
    }
}

/// How long the rest takes, and the place. Empty where no page is.
pub(super) fn of(model: &Model, canvas: &Canvas<'_>) -> Place {
    let Some(open) = &model.reader.open else {
        return Place { whole: String::new(), bare: 0 };
    };
    let rows = Panes::of(model).text_rows();
    let (above, total) = open.layout.position(open.anchor);
    let place = bare(open, rows);
    let mut whole = match minutes(open, above, total) {
        Some(all) if above == 0 => format!("{all} min"),
        Some(left) if above + rows < total => format!("{left} min left"),
        _ => String::new(),
    };
    if !whole.is_empty() {
        whole.push_str(canvas.sign(" · ", " - "));
    }
    let bare = whole.len();
    // Beside the time the place needs no more room than it takes.
    whole.push_str(if bare > 0 { place.trim_start() } else { &place });
    Place { whole, bare }
}

/// How far down the last visible row is: `top`, `37 %`, `end`, or `all`, each as wide as the others; of a long page
/// that is still being read nobody knows.
pub(super) fn bare(open: &OpenPage, rows: usize) -> String {
    if open.more_to_come {
        return "reading on".to_owned();
    }
    let (above, total) = open.layout.position(open.anchor);
    let percent = (above + rows).min(total) * 100 / total.max(1);
    match above {
        _ if total <= rows => "  all".to_owned(),
        0 => "  top".to_owned(),
        _ if percent == 100 => "  end".to_owned(),
        _ => format!("{percent:>3} %"),
    }
}

/// Minutes for what is not yet above the screen, of a page that is written.
fn minutes(open: &OpenPage, above: usize, total: usize) -> Option<usize> {
    let words = open.document.facts.words as usize;
    let left = words * (total - above.min(total)) / total.max(1);
    (open.is_written() && !open.more_to_come).then(|| left.div_ceil(WORDS_A_MINUTE).max(1))
}
