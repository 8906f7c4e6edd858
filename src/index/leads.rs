//! Where the links of a page lead, in four bytes each: a number of 27 bits, and in the others what it is the number of.

use super::files::Number;
use super::resolution::Via;

/// Where a link leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Lead {
    Missing,
    External,
    File {
        to: Number,
        via: Via,
        /// Whether other pages could be meant; they are found again when asked for.
        ambiguous: bool,
    },
    Folder {
        to: u32,
        via: Via,
    },
}

const NUMBER_BITS: u32 = 27;
const MOST: u32 = 1 << NUMBER_BITS;

const VIAS: [Via; 8] = [
    Via::Itself,
    Via::Relative,
    Via::Path,
    Via::Folder,
    Via::Below,
    Via::Shortest,
    Via::Alias,
    Via::Title,
];

const AMBIGUOUS: u32 = 8;
const FOLDER: u32 = 16;
const EXTERNAL: u32 = 24;
const MISSING: u32 = 25;

/// Where each link of a page leads, in their order; empty until settled.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Leads(Box<[u32]>);

impl Leads {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Where the link of that number leads.
    pub(super) fn get(&self, link: u32) -> Option<Lead> {
        self.0.get(link as usize).copied().map(Lead::unpacked)
    }

    /// All, in order.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = Lead> {
        self.0.iter().copied().map(Lead::unpacked)
    }

    /// Has the link of that number lead elsewhere.
    pub(super) fn set(&mut self, link: u32, lead: Lead) {
        self.0[link as usize] = lead.packed();
    }

    /// What they take, in bytes.
    pub(super) fn room(&self) -> usize {
        size_of_val(&*self.0)
    }
}

impl FromIterator<Lead> for Leads {
    fn from_iter<I: IntoIterator<Item = Lead>>(leads: I) -> Self {
        Self(leads.into_iter().map(Lead::packed).collect())
    }
}

impl Lead {
    fn packed(self) -> u32 {
        let (what, number) = match self {
            Self::Missing => (MISSING, 0),
            Self::External => (EXTERNAL, 0),
            Self::Folder { to, via } => (FOLDER | u32::from(via_number(via)), to),
            Self::File { to, via, ambiguous } => {
                (u32::from(via_number(via)) | if ambiguous { AMBIGUOUS } else { 0 }, to)
            }
        };
        what << NUMBER_BITS | number
    }

    #[expect(clippy::cast_possible_truncation, reason = "three bits are left of it")]
    fn unpacked(packed: u32) -> Self {
        let (what, to) = (packed >> NUMBER_BITS, packed % MOST);
        let via = || via_of(what as u8 & 7);
        match what {
            MISSING.. => Self::Missing,
            EXTERNAL => Self::External,
            FOLDER.. => Self::Folder { to, via: via() },
            _ => Self::File { to, via: via(), ambiguous: what & AMBIGUOUS > 0 },
        }
    }
}

/// The number of the next file or folder.
pub(super) fn number(before: usize) -> u32 {
    let number = u32::try_from(before).ok().filter(|number| *number < MOST);
    number.expect("fewer than 2^27 paths in one run")
}

/// The number of a rule, in three bits.
pub(super) fn via_number(via: Via) -> u8 {
    let place = VIAS.iter().position(|other| *other == via).unwrap_or_default();
    u8::try_from(place).unwrap_or_default()
}

/// The rule of that number.
pub(super) fn via_of(number: u8) -> Via {
    VIAS.get(usize::from(number)).copied().unwrap_or(Via::Shortest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_is_told_by_four_bytes() {
        let mut all = vec![Lead::Missing, Lead::External];
        for via in VIAS {
            for to in [0, 1, MOST - 1] {
                all.extend([true, false].map(|ambiguous| Lead::File { to, via, ambiguous }));
                all.push(Lead::Folder { to, via });
            }
        }
        let mut leads: Leads = all.iter().copied().collect();
        assert_eq!(leads.iter().collect::<Vec<_>>(), all);
        assert_eq!(leads.room(), 4 * all.len());
        leads.set(1, all[5]);
        assert_eq!([0, 1, 2].map(|link| leads.get(link)), [0, 5, 2].map(|nth| Some(all[nth])));
        assert_eq!(leads.get(1_000), None);
    }
}
