//! Mentions: names that stand unlinked. Every page of the wiki may have to be read for them, so they are
//! looked for only while this part is looked at, and no longer once another page is open.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::arrange::About;
use super::leads::{To, place_in};
use super::pieces::{Block, Text, Title, times};
use super::{Model, Part, open_page};
use crate::app::Effect;
use crate::app::model::{Progress as Reading, Ticket};
use crate::app::msg::MentionsTold;
use crate::index::PageId;
use crate::search::unlinked::{Mentioned, Progress};

const HERE: &str = "Named on this page";
const ELSEWHERE: &str = "Named elsewhere";

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// Those that have come.
    pub(super) found: Vec<Mentioned>,
    /// Whether more may come.
    pub(super) progress: Progress,
    /// The request, and for what it was made.
    asked: Option<(Ticket, About)>,
}

impl Mentions {
    /// How many there are, once that is known.
    pub(super) fn count(&self) -> Option<usize> {
        (self.asked.is_some() && self.progress != Progress::Looking).then_some(self.found.len())
    }

    /// They are asked for anew before the next frame.
    pub(super) fn ask_again(&mut self) {
        self.asked = None;
    }
}

/// Asks for the mentions of the open page where they are looked at, and no longer for those of another one.
pub(super) fn follow(
    model: &mut Model,
    about: Option<&About>,
    in_view: bool,
    effects: &mut Vec<Effect>,
) {
    let mentions = &mut model.context.mentions;
    if mentions.asked.as_ref().map(|(_, asked)| asked) == about && about.is_some() {
        return;
    }
    if mentions.asked.take().is_some() && mentions.progress == Progress::Looking {
        effects.push(Effect::StopMentions);
    }
    mentions.found.clear();
    mentions.progress = Progress::Looking;
    let wanted = in_view && model.context.part == Part::Mentions;
    let Some(about) = about.filter(|_| wanted && model.progress == Reading::Ready) else { return };
    let Some(page) = open_page(model).map(|page| page.id) else {
        // No page of the wiki has no name.
        model.context.mentions.progress = Progress::Done;
        model.context.mentions.asked = Some((Ticket::default(), about.clone()));
        return;
    };
    let ticket = model.ticket();
    effects.push(Effect::FindMentions { ticket, page, source: about.source.clone() });
    model.context.mentions.asked = Some((ticket, about.clone()));
}

/// Some were found.
pub fn told(model: &mut Model, told: MentionsTold) {
    let mentions = &mut model.context.mentions;
    if mentions.asked.as_ref().is_some_and(|(ticket, _)| *ticket == told.ticket) {
        mentions.found.extend(told.found);
        mentions.progress = told.progress;
    }
}

/// First the names on this page, by page in the order of their first mention; then this page's elsewhere.
pub(super) fn blocks(model: &Model) -> Vec<Block> {
    let Some(own) = open_page(model).map(|page| page.id) else { return Vec::new() };
    let found = &model.context.mentions.found;
    let mut blocks: Vec<Block> = Vec::new();
    let mut places: HashMap<(&str, PageId), usize> = HashMap::new();
    for mentioned in found {
        let (group, page) = if mentioned.on == own {
            (HERE, mentioned.mention.page)
        } else {
            (ELSEWHERE, mentioned.on)
        };
        let place = match places.entry((group, page)) {
            Entry::Occupied(place) => *place.get(),
            Entry::Vacant(place) => {
                let Some(named) = model.index.page(page) else { continue };
                let (to, title) = (To::Page(page), Title::of(named));
                blocks.push(Block { group, title, to, ..Block::default() });
                *place.insert(blocks.len() - 1)
            }
        };
        let sentence = &mentioned.mention.sentence;
        blocks[place].texts.push(Text {
            words: sentence.text.clone(),
            marked: vec![sentence.marked],
            to: place_in(&model.index, mentioned.on, mentioned.mention.span.start).into(),
            ..Text::default()
        });
    }
    for block in &mut blocks {
        block.title.count = times(block.texts.len());
    }
    blocks
}
