//! Labels over hits: letters on things of the screen, typed to choose one of them. Knows how letters are
//! given and typed; what is labelled and what choosing does is the business of who asks ([`super::hints`]).
//! The view paints a label where the frame noted its hit.

use super::Hit;
use crate::command::{Key, KeyCode};

/// The letters of labels: the home row first, those that are hard to reach last.
const LETTERS: &str = "asdfghjkleruiowqptyvncmxbz";

/// Labels on the screen, while they are being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// What is labelled, in reading order. Stays as it is while letters are typed.
    pub targets: Vec<Target>,
    /// The letters typed so far, as they were typed.
    pub typed: String,
    /// What choosing does.
    pub purpose: Purpose,
}

/// What choosing a label does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Opens what is labelled; a capital letter peeks at it.
    Open,
    /// Peeks at what is labelled.
    Peek,
    /// Explains what is labelled.
    Explain,
    /// Folds or unfolds what is labelled.
    Fold,
}

/// A thing with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The thing.
    pub hit: Hit,
    /// Its label, in small letters.
    pub label: String,
}

/// What a key did to the labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// More or fewer labels are left.
    Narrowed,
    /// This one was chosen.
    Chosen {
        /// The thing.
        hit: Hit,
        /// Whether any letter of its label was typed as a capital.
        capital: bool,
    },
    /// The labels are left without a choice.
    Left,
}

impl Labels {
    /// Labels for all of `hits`, which are in reading order: the first ones get the shortest.
    #[must_use]
    pub fn new(hits: Vec<Hit>, purpose: Purpose) -> Self {
        let labels = labels(hits.len());
        let targets =
            hits.into_iter().zip(labels).map(|(hit, label)| Target { hit, label }).collect();
        Self { targets, typed: String::new(), purpose }
    }

    /// Takes a key: letters narrow, Backspace steps back, everything else leaves.
    pub fn key(&mut self, key: Key) -> Typed {
        match key.code {
            KeyCode::Backspace => {
                if self.typed.pop().is_none() {
                    return Typed::Left;
                }
            }
            KeyCode::Char(letter) if letter.is_ascii_alphabetic() && !key.ctrl && !key.alt => {
                self.typed.push(letter);
            }
            _ => return Typed::Left,
        }
        let typed = self.typed.to_ascii_lowercase();
        let mut left = self.left();
        match (left.next(), left.next()) {
            (None, _) => Typed::Left,
            (Some(only), None) if only.label == typed => Typed::Chosen {
                hit: only.hit,
                capital: self.typed.contains(|letter: char| letter.is_ascii_uppercase()),
            },
            _ => Typed::Narrowed,
        }
    }

    /// What the typed letters leave.
    pub fn left(&self) -> impl Iterator<Item = &Target> {
        let typed = self.typed.to_ascii_lowercase();
        self.targets.iter().filter(move |target| target.label.starts_with(&typed))
    }
}

/// `count` labels of which none begins another, as short as can be, the shortest first.
fn labels(count: usize) -> Vec<String> {
    let mut labels: Vec<String> = LETTERS.chars().map(String::from).collect();
    // The last of the short ones makes way for as many as there are letters.
    let mut short = labels.len();
    while labels.len() < count {
        if short == 0 {
            short = labels.len();
        }
        short -= 1;
        let prefix = labels.remove(short);
        let longer: Vec<String> =
            LETTERS.chars().map(|letter| format!("{prefix}{letter}")).collect();
        labels.splice(short..short, longer);
    }
    labels.sort_by_key(String::len);
    labels.truncate(count);
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(labels: &mut Labels, keys: &str) -> Typed {
        keys.chars().map(|letter| labels.key(Key::char(letter))).last().unwrap()
    }

    #[test]
    fn labels_are_short_and_none_begins_another() {
        for count in [0, 1, 9, 26, 27, 51, 52, 200, 676, 677, 3_000] {
            let labels = labels(count);
            assert_eq!(labels.len(), count);
            let longest = labels.iter().map(String::len).max().unwrap_or(0);
            let needed = [26, 676].iter().filter(|room| count > **room).count() + 1;
            assert!(longest <= needed, "{count}: {longest}");
            let mut sorted = labels.clone();
            sorted.sort();
            assert!(sorted.windows(2).all(|two| !two[1].starts_with(&two[0])), "{count}");
        }
    }

    #[test]
    fn the_home_row_comes_first() {
        assert_eq!(labels(4), ["a", "s", "d", "f"]);
        let labels = labels(30);
        assert_eq!((labels[0].as_str(), labels[8].as_str()), ("a", "l"));
        assert_eq!(labels[25..], ["za", "zs", "zd", "zf", "zg"]);
    }

    #[test]
    fn letters_narrow_until_one_is_left() {
        let hits: Vec<Hit> = (0..30).map(Hit::Stop).collect();
        let mut labels = Labels::new(hits, Purpose::Open);
        assert_eq!(
            typed(&mut labels.clone(), "s"),
            Typed::Chosen { hit: Hit::Stop(1), capital: false }
        );
        assert_eq!(
            typed(&mut labels.clone(), "S"),
            Typed::Chosen { hit: Hit::Stop(1), capital: true }
        );
        for keys in ["zS", "Zs", "ZS"] {
            let chosen = Typed::Chosen { hit: Hit::Stop(26), capital: true };
            assert_eq!(typed(&mut labels.clone(), keys), chosen, "{keys}");
        }
        assert_eq!(typed(&mut labels, "z"), Typed::Narrowed);
        assert_eq!(labels.left().count(), 5);
        assert_eq!(labels.key(Key::plain(KeyCode::Backspace)), Typed::Narrowed);
        assert_eq!(labels.left().count(), 30);
        assert_eq!(typed(&mut labels.clone(), "zz"), Typed::Left);
        for key in [Key::plain(KeyCode::Esc), Key::plain(KeyCode::Backspace), Key::char('1')] {
            assert_eq!(labels.clone().key(key), Typed::Left, "{key}");
        }
    }
}
