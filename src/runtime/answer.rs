//! The terminal's answer to the one question that is asked of it (OSC 11: which colour is the ground?),
//! picked out of the keys. Crossterm knows no such answer and reads it as if it had been typed: `Alt-]`,
//! `1`, `1`, `;`, the colour letter by letter, then `Ctrl-G` (BEL) or `Alt-\` (ST). Where an escape
//! character is the last byte of a read, as the `Esc` key with the next byte after it. Decision 15 says
//! why no other way is open. Knows no clock: whoever reads keys says when nothing came for a while.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// The question. It ends in BEL, and so does the answer then: one byte that no read can part (some
/// versions of rxvt forget the second one of ST).
pub const QUESTION: &str = "\x1b]11;?\x07";

/// A key that could begin the answer is held back so long; it is the user's if nothing follows it.
const HOLD: Duration = Duration::from_millis(40);
/// An answer that stops in the middle is given up after so long.
const STALLED: Duration = Duration::from_millis(500);
/// What stands between the escape and the colour.
const INTRODUCER: &str = "11;";
/// No terminal takes more characters to name a colour.
const LONGEST: usize = 64;

/// Looks out for the answer.
#[derive(Debug)]
pub struct Lookout {
    state: State,
    /// Keys that may turn out to be the user's.
    held: Vec<Event>,
    /// Whether a lone `Esc` may still be the first byte of the answer.
    early: bool,
}

#[derive(Debug)]
enum State {
    /// Nothing of it came yet.
    Silent,
    /// An `Esc`.
    Escape,
    /// An escape and `]`, then so many characters of the introducer.
    Begun(usize),
    /// The colour so far.
    Colour(String),
    /// The colour, and the first half of ST.
    Ending(String),
    /// It came, or it is not waited for.
    Over,
}

impl Lookout {
    /// Looks out for the answer if the question was asked.
    #[must_use]
    pub fn new(asked: bool) -> Self {
        let state = if asked { State::Silent } else { State::Over };
        Self { state, held: Vec::new(), early: true }
    }

    /// Takes an event in. What is no part of the answer goes to `out`, in the order in which it came.
    /// Gives the answer with its last character: what it says of the colour, which may be nonsense.
    pub fn take(&mut self, event: Event, out: &mut Vec<Event>) -> Option<String> {
        let Some(key) = typed(&event) else {
            // Sizes and clicks come between; they are not held up.
            out.push(event);
            return None;
        };
        match (std::mem::replace(&mut self.state, State::Silent), key) {
            (State::Over, _) => {
                self.state = State::Over;
                out.push(event);
            }
            (State::Silent | State::Escape, Typed::Escape) => {
                out.append(&mut self.held);
                self.state = State::Escape;
                if self.early { &mut self.held } else { out }.push(event);
            }
            (State::Silent, Typed::Alt(']')) | (State::Escape, Typed::Plain(']')) => {
                self.state = State::Begun(0);
                self.held.push(event);
            }
            (State::Begun(done), Typed::Plain(c)) if INTRODUCER[done..].starts_with(c) => {
                self.state = State::Begun(done + 1);
                self.held.push(event);
                if done + 1 == INTRODUCER.len() {
                    self.held.clear();
                    self.state = State::Colour(String::new());
                }
            }
            (State::Colour(colour), Typed::Bell | Typed::Alt('\\'))
            | (State::Ending(colour), Typed::Plain('\\')) => {
                self.state = State::Over;
                return Some(colour);
            }
            (State::Colour(colour), Typed::Escape) => self.state = State::Ending(colour),
            (State::Colour(mut colour), Typed::Plain(c)) if colour.len() < LONGEST => {
                colour.push(c);
                self.state = State::Colour(colour);
            }
            // Whatever this is, it is an answer no more.
            (State::Colour(colour) | State::Ending(colour), _) => {
                out.push(event);
                self.state = State::Over;
                return Some(colour);
            }
            (State::Silent | State::Escape | State::Begun(_), _) => {
                out.append(&mut self.held);
                out.push(event);
            }
        }
        None
    }

    /// How long to wait for the next event before [`Self::stalled`]; `None` for ever.
    #[must_use]
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Colour(_) | State::Ending(_) => Some(STALLED),
            _ if self.held.is_empty() => None,
            _ => Some(HOLD),
        }
    }

    /// Nothing came for a while: keys that were held back are the user's, an answer that broke off is over.
    pub fn stalled(&mut self, out: &mut Vec<Event>) -> Option<String> {
        out.append(&mut self.held);
        match std::mem::replace(&mut self.state, State::Silent) {
            State::Colour(colour) | State::Ending(colour) => {
                self.state = State::Over;
                Some(colour)
            }
            State::Over => {
                self.state = State::Over;
                None
            }
            _ => None,
        }
    }

    /// The time in which terminals answer has passed: a lone `Esc` is a key again, at once.
    pub fn late(&mut self) {
        self.early = false;
    }
}

/// What of a key matters here.
enum Typed {
    Escape,
    Bell,
    Plain(char),
    Alt(char),
    Other,
}

/// `None` for what is no key.
fn typed(event: &Event) -> Option<Typed> {
    let Event::Key(KeyEvent { code, modifiers, kind: KeyEventKind::Press, .. }) = event else {
        return None;
    };
    let modifiers = modifiers.difference(KeyModifiers::SHIFT);
    Some(match code {
        KeyCode::Esc if modifiers.is_empty() => Typed::Escape,
        KeyCode::Char('g') if modifiers == KeyModifiers::CONTROL => Typed::Bell,
        KeyCode::Char(c) if modifiers.is_empty() => Typed::Plain(*c),
        KeyCode::Char(c) if modifiers == KeyModifiers::ALT => Typed::Alt(*c),
        _ => Typed::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events that crossterm 0.29 makes of the bytes of one read: an escape before another byte is
    /// `Alt` with it, the last one is the key.
    fn events(bytes: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut bytes = bytes.chars();
        while let Some(byte) = bytes.next() {
            let (code, modifiers) = match byte {
                '\x1b' => match bytes.next() {
                    Some(next) => (KeyCode::Char(next), KeyModifiers::ALT),
                    None => (KeyCode::Esc, KeyModifiers::NONE),
                },
                '\x07' => (KeyCode::Char('g'), KeyModifiers::CONTROL),
                '\r' => (KeyCode::Enter, KeyModifiers::NONE),
                c => (KeyCode::Char(c), KeyModifiers::NONE),
            };
            events.push(Event::Key(KeyEvent::new(code, modifiers)));
        }
        events
    }

    /// What came of reads: the answer, and the events that went on.
    fn heard(lookout: &mut Lookout, reads: &[&str]) -> (Option<String>, Vec<Event>) {
        let (mut answer, mut out) = (None, Vec::new());
        for event in reads.iter().flat_map(|read| events(read)) {
            answer = lookout.take(event, &mut out).or(answer);
        }
        (answer, out)
    }

    #[test]
    fn the_answer_is_heard_and_no_letter_of_it_is_a_key() {
        let check = |reads: &[&str], answer: Option<&str>, keys: &str| {
            let (heard, out) = heard(&mut Lookout::new(true), reads);
            assert_eq!((heard.as_deref(), out), (answer, events(keys)), "{reads:?}");
        };
        let dark = Some("rgb:1515/1818/1d1d");
        check(&["\x1b]11;rgb:1515/1818/1d1d\x07"], dark, "");
        check(&["\x1b]11;rgb:1515/1818/1d1d\x1b\\"], dark, "");
        // Parted at every place where it can be.
        check(&["\x1b", "]11;rgb:1515/1818/1d1d\x07"], dark, "");
        check(&["\x1b]", "11;rgb:1515/1818/1d1d\x07"], dark, "");
        check(&["\x1b]1", "1", ";rgb:1515", "/1818/1d1d\x1b", "\\"], dark, "");
        // Among keys, before and after.
        check(&["jj\x1b]11;rgb:1515/1818/1d1d\x07k"], dark, "jjk");
        // An answer without sense is an answer.
        check(&["\x1b]11;what?\x07q"], Some("what?"), "q");
        check(&["\x1b]11;\x07"], Some(""), "");
        // Keys that only begin like it.
        check(&["\x1bj"], None, "\x1bj");
        let (answer, out) = heard(&mut Lookout::new(true), &["\x1b", "q"]);
        assert_eq!((answer, out), (None, [events("\x1b"), events("q")].concat()));
    }

    #[test]
    fn keys_that_only_begin_like_the_answer_are_the_users() {
        let mut lookout = Lookout::new(true);
        let (answer, mut out) = heard(&mut lookout, &["\x1b]", "1"]);
        assert_eq!((answer, out.len()), (None, 0));
        assert_eq!(lookout.patience(), Some(HOLD));
        assert_eq!(lookout.stalled(&mut out), None);
        assert_eq!(out, [events("\x1b]"), events("1")].concat());
        assert_eq!(lookout.patience(), None);
        // And it is still waited for.
        let (answer, out) = heard(&mut lookout, &["\x1b]11;rgb:f/f/f\x07"]);
        assert_eq!((answer.as_deref(), out.len()), (Some("rgb:f/f/f"), 0));
    }

    #[test]
    fn an_escape_is_held_only_while_it_may_be_the_answers() {
        let mut lookout = Lookout::new(true);
        assert_eq!(heard(&mut lookout, &["\x1b"]).1.len(), 0);
        let mut out = Vec::new();
        lookout.stalled(&mut out);
        assert_eq!(out, events("\x1b"));
        lookout.late();
        assert_eq!(heard(&mut lookout, &["\x1b"]).1, events("\x1b"));
        assert_eq!(lookout.patience(), None);
        // The rest of an answer that was parted there is no keys all the same.
        let (answer, out) = heard(&mut lookout, &["]11;rgb:f/f/f\x07"]);
        assert_eq!((answer.as_deref(), out.len()), (Some("rgb:f/f/f"), 0));
    }

    #[test]
    fn an_answer_that_breaks_off_or_never_ends_is_given_up() {
        let mut lookout = Lookout::new(true);
        let (_, mut out) = heard(&mut lookout, &["\x1b]11;rgb:15"]);
        assert_eq!(lookout.patience(), Some(STALLED));
        assert_eq!(lookout.stalled(&mut out).as_deref(), Some("rgb:15"));
        assert_eq!(out.len(), 0);
        assert_eq!(heard(&mut lookout, &["jk"]).1, events("jk"));

        let endless = format!("\x1b]11;{}", "x".repeat(LONGEST + 2));
        let (answer, out) = heard(&mut Lookout::new(true), &[&endless]);
        assert_eq!((answer.map(|text| text.len()), out), (Some(LONGEST), events("xx")));
    }

    #[test]
    fn without_the_question_every_key_goes_on() {
        let (answer, out) = heard(&mut Lookout::new(false), &["\x1b]11;rgb:f/f/f\x07"]);
        assert_eq!((answer, out), (None, events("\x1b]11;rgb:f/f/f\x07")));
    }

    #[test]
    fn sizes_pass_while_keys_are_held() {
        let mut lookout = Lookout::new(true);
        let (_, mut out) = heard(&mut lookout, &["\x1b]1"]);
        lookout.take(Event::Resize(80, 24), &mut out);
        assert_eq!(out, [Event::Resize(80, 24)]);
    }
}
