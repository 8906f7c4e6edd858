//! Many texts in one piece: two allocations, four bytes a text beside its own. For tables with an entry a page or
//! more, where a `String` each would take several times the room of what it says.

/// Texts by number, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strings {
    all: String,
    /// Where each one ends.
    ends: Vec<u32>,
}

impl Strings {
    /// The number that `text` gets; `None` where there is no room for it, at four gigabytes of text.
    pub fn push(&mut self, text: &str) -> Option<u32> {
        let end = u32::try_from(self.all.len() + text.len()).ok()?;
        let number = u32::try_from(self.ends.len()).ok()?;
        self.all.push_str(text);
        self.ends.push(end);
        Some(number)
    }

    /// The text of that number; empty where there is none.
    #[must_use]
    pub fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let Some(&end) = self.ends.get(number) else { return "" };
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.all.get(start as usize..end as usize).unwrap_or_default()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// What they take, in bytes.
    #[must_use]
    pub fn room(&self) -> usize {
        self.all.capacity() + self.ends.capacity() * size_of::<u32>()
    }

    /// Gives back the room that is held in reserve.
    pub fn shrink_to_fit(&mut self) {
        self.all.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::Strings;

    #[test]
    fn texts_are_found_by_number() {
        let mut strings = Strings::default();
        assert!(strings.is_empty());
        let numbers = ["a", "", "höhe"].map(|text| strings.push(text));
        assert_eq!(numbers, [Some(0), Some(1), Some(2)]);
        strings.shrink_to_fit();
        assert_eq!([0, 1, 2, 3].map(|number| strings.get(number)), ["a", "", "höhe", ""]);
        assert_eq!((strings.len(), strings.room()), (3, 6 + 3 * 4));
    }
}
