//! What was typed into a field before, to be brought back by key.

/// So many texts are kept.
pub const MOST: usize = 50;

/// The texts, the latest last, none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Past {
    texts: Vec<String>,
}

/// Where in the past one is while a field shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// So many texts back; 0 is the present.
    back: usize,
    /// What was typed before one went back.
    present: String,
}

impl Past {
    /// Keeps a text as the latest one.
    pub fn keep(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.texts.retain(|old| old != text);
        self.texts.push(text.to_owned());
        let over = self.texts.len().saturating_sub(MOST);
        self.texts.drain(..over);
    }

    /// As it came from a file that others may have written: no more than is kept, none twice.
    #[must_use]
    pub fn bounded(self) -> Self {
        let mut past = Self::default();
        self.texts.iter().for_each(|text| past.keep(text));
        past
    }

    /// The texts of two programs: what this one typed is the latest.
    #[must_use]
    pub fn merged(self, mut theirs: Self) -> Self {
        theirs.texts.extend(self.texts);
        theirs.bounded()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

impl Walk {
    /// The text before the one that is `shown`; none where there is no older one.
    pub fn older<'a>(&mut self, past: &'a Past, shown: &str) -> Option<&'a str> {
        if self.back == 0 {
            shown.clone_into(&mut self.present);
        }
        // What is shown already would look as if nothing had happened.
        let steps = self.back + 1..=past.texts.len();
        let back = steps.into_iter().find(|back| past.texts[past.texts.len() - back] != shown)?;
        self.back = back;
        Some(&past.texts[past.texts.len() - back])
    }

    /// The text after it, at last what was typed before one went back; none where one is there.
    pub fn newer<'a>(&'a mut self, past: &'a Past) -> Option<&'a str> {
        self.back = self.back.checked_sub(1)?;
        match self.back {
            0 => Some(&self.present),
            back => past.texts.len().checked_sub(back).map(|at| past.texts[at].as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(texts: &[&str]) -> Past {
        let mut past = Past::default();
        for text in texts {
            past.keep(text);
        }
        past
    }

    #[test]
    fn the_latest_fifty_are_kept_and_none_twice() {
        assert_eq!(past(&["a", "b", " a ", ""]).texts, ["b", "a"]);
        let many: Vec<String> = (0..60).map(|nth| nth.to_string()).collect();
        let kept = Past { texts: many }.bounded();
        assert_eq!((kept.texts.len(), kept.texts[0].as_str()), (MOST, "10"));
    }

    #[test]
    fn what_two_programs_typed_is_kept_each_once() {
        let merged = past(&["a", "b", "c"]).merged(past(&["a", "x", "b"]));
        assert_eq!(merged.texts, ["x", "a", "b", "c"]);
        assert_eq!(merged.clone().merged(merged.clone()), merged);
    }

    #[test]
    fn one_walks_back_and_forth_to_what_was_typed() {
        let past = past(&["a", "b", "c"]);
        let mut walk = Walk::default();
        assert_eq!(walk.older(&past, "new"), Some("c"));
        assert_eq!(walk.older(&past, "c"), Some("b"));
        assert_eq!(walk.older(&past, "b"), Some("a"));
        assert_eq!(walk.older(&past, "a"), None);
        assert_eq!(walk.newer(&past), Some("b"));
        assert_eq!(walk.newer(&past), Some("c"));
        assert_eq!(walk.newer(&past), Some("new"));
        assert_eq!(walk.newer(&past), None);
        assert_eq!(Walk::default().older(&past, "c"), Some("b"), "c is shown already");
    }
}
