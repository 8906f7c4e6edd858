//! The rows of the pane, made before each frame of what is known by then, and only if that is something
//! else than before. The cursor stays on its item.

use std::sync::Arc;

use super::super::list::ListCursor;
use super::super::model::{Focus, Model, Progress, Ticket};
use super::super::{Effect, Panes, outline, reader};
use super::leads::{Leads, To};
use super::pieces::{Block, Piece};
use super::{Part, linked_from, links_to, list_rows, mentions, related, rows};
use crate::search::unlinked;
use crate::text::fold::fold;

/// Makes the rows that the next frame shows, of what is known by then.
pub fn prepare(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.focus != Focus::Context {
        model.context.typing = false;
    }
    let cells = usize::from(Panes::of(model).context);
    let about = model.reader.open.as_ref().map(|open| About {
        page: open.ticket,
        source: Arc::clone(&open.source),
        revision: model.index.revision(),
        progress: model.progress,
    });
    mentions::follow(model, about.as_ref(), cells > 0, effects);
    if cells == 0 {
        return;
    }
    if model.context.known != about {
        model.context.known.clone_from(&about);
        // What the parts of another page were made of is of no use any more.
        model.context.pieces = Default::default();
        model.context.related = related::of(model);
        model.context.counts = [
            linked_from::count(model),
            Some(links_to::count(model)),
            None,
            (model.progress == Progress::Ready).then_some(model.context.related.len()),
            Some(outline::len(model)),
        ];
    }
    model.context.counts[2] = model.context.mentions.count();
    arrange(model, about, cells);
    follow_page(model);
    build(model, cells);
}

/// Makes those of the rows in sight of which so far only is known what stands there.
fn build(model: &mut Model, cells: usize) {
    let (pane, visible) = (&model.context, list_rows(model));
    let top = pane.list.top(pane.rows.len(), visible);
    for row in top..pane.rows.len().min(top + visible) {
        if let Some(show) = linked_from::show(model, &model.context.rows[row].show, cells) {
            model.context.rows[row].show = show;
            model.context.built += 1;
        }
    }
}

/// Makes the rows, if something they are made of is another; the cursor stays on its item.
fn arrange(model: &mut Model, about: Option<About>, cells: usize) {
    let pane = &model.context;
    let wanted = Made {
        about,
        part: pane.part,
        narrow: pane.narrow.text.clone(),
        cells,
        arrived: match pane.part {
            Part::LinkedFrom => reader::sentences_known(model),
            Part::Mentions => pane.mentions.found.len(),
            _ => 0,
        },
        looking: match pane.part {
            Part::Mentions => pane.mentions.progress,
            _ => unlinked::Progress::default(),
        },
    };
    if pane.made.as_ref() == Some(&wanted) {
        return;
    }
    let is_same_list = pane.made.as_ref().is_some_and(|made| {
        let ticket = |made: &Made| made.about.as_ref().map(|about| about.page);
        made.part == wanted.part && ticket(made) == ticket(&wanted)
    });
    let before = pane.rows.get(pane.list.at).map(|row| row.show.clone());
    let to_before = match &pane.leads {
        Leads::Listed(leads) => leads.get(pane.item()).cloned().unwrap_or_default(),
        Leads::Headings => To::Nowhere,
    };
    let words: Vec<String> = pane.narrow.text.split_whitespace().map(fold).collect();
    // A key of the field narrows what is there already.
    let whole = Some(Made { narrow: String::new(), ..wanted.clone() });
    let part = pane.part as usize;
    if pane.pieces[part].0 != whole {
        let made = |blocks: Vec<Block>| blocks.into_iter().map(Piece::Made).collect();
        let pieces: Vec<Piece> = match pane.part {
            Part::LinkedFrom => linked_from::pieces(model),
            Part::LinksTo => made(links_to::blocks(model)),
            Part::Mentions => made(mentions::blocks(model)),
            Part::Related => made(related::blocks(model)),
            Part::Outline => Vec::new(),
        };
        let is_made = |piece: &&Piece| matches!(piece, Piece::Made(_));
        model.context.built += pieces.iter().filter(is_made).count() as u64;
        model.context.pieces[part] = (whole, pieces);
    }
    let pane = &model.context;
    let (rows, leads) = if pane.part == Part::Outline {
        (outline::rows(model, &words), Leads::Headings)
    } else {
        let (rows, leads) = rows::of(&model.index, &pane.pieces[part].1, &words, cells);
        (rows, Leads::Listed(leads))
    };
    let visible = list_rows(model);
    let pane = &mut model.context;
    pane.rows = rows;
    pane.leads = leads;
    let wanted_part = wanted.part;
    pane.made = Some(wanted);
    let row = match &pane.leads {
        Leads::Headings => pane.rows.iter().position(|row| Some(&row.show) == before.as_ref()),
        Leads::Listed(leads) => leads
            .iter()
            .position(|to| *to != To::Nowhere && *to == to_before)
            .and_then(|item| pane.row_of(item)),
    };
    match row.filter(|_| is_same_list) {
        Some(row) => pane.list.follow(row, pane.rows.len(), visible),
        None if is_same_list => pane.list.put(pane.list.at, pane.rows.len(), visible),
        None => pane.list = ListCursor::default(),
    }
    pane.settle(true, visible);
    if !is_same_list && wanted_part == Part::Outline {
        outline::put_cursor(model);
    }
}

/// Has the cursor of the outline follow the page while that is being read.
fn follow_page(model: &mut Model) {
    if model.focus == Focus::Context || model.context.part != Part::Outline {
        return;
    }
    outline::put_cursor(model);
}

/// The page that is open, in the wiki as it is known.
#[derive(Clone, Debug)]
pub(super) struct About {
    pub(super) page: Ticket,
    pub(super) source: Arc<str>,
    pub(super) revision: u64,
    pub(super) progress: Progress,
}

/// Two requests may bring the same text; it is the same page only if it is the same piece of memory.
impl PartialEq for About {
    fn eq(&self, other: &Self) -> bool {
        self.page == other.page
            && Arc::ptr_eq(&self.source, &other.source)
            && (self.revision, self.progress) == (other.revision, other.progress)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Made {
    about: Option<About>,
    part: Part,
    narrow: String,
    cells: usize,
    /// How many sentences and mentions were known.
    arrived: usize,
    looking: unlinked::Progress,
}
