//! Which lines are code: every line is weighed by itself, then the cheapest division of the page
//! into stretches of code and prose is chosen, where going over from one to the other has a price.
//! So a bare name between two statements stays code, and a title between two blocks stays prose.
//!
//! Brackets and triple quotes are carried from line to line: whatever stands within them is code,
//! prose or not.

use super::given::Given;
use super::glue;
use super::language::{self, Language};
use super::marks;
use super::names::Names;
use super::python::grammar::{Reading, Statement, read};
use super::python::lexer::{Carry, Token, tokens};
use super::weigh::{self, CERTAIN, LEANS, LIKELY};

/// The price of going over from code to prose or back.
pub(super) const SWITCH: i32 = 2;

/// Brackets and strings that are open for more lines than this were none.
const MAX_OPEN_LINES: usize = 400;

/// So many comments in a row, with nothing between them, are code without any other line.
const MIN_COMMENTS: usize = 3;

/// A line, or a part of a glued line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Unit {
    /// Index of the line in the source.
    pub line: usize,
    /// Bytes of the line.
    pub start: usize,
    pub end: usize,
    pub code: bool,
    /// The evident language, if it is not Python.
    pub language: Option<Language>,
    weight: i32,
}

/// The units of `lines`, in order. `given` has one entry per line.
pub(super) fn classify(lines: &[&str], given: &[Given]) -> Vec<Unit> {
    let mut units = Weigher::new(lines).units(given);
    decide(&mut units);
    demote(lines, &mut units);
    join(units)
}

struct Weigher<'a> {
    lines: &'a [&'a str],
    names: Names<'a>,
    carry: Carry,
    /// Whether the line before began with a prompt, so that `...` goes on with it.
    prompted: bool,
    /// Line on which the carry was opened.
    since: usize,
    /// For every line, the next line at or after it with `"""`, and with `'''`.
    quotes: [Vec<u32>; 2],
}

impl<'a> Weigher<'a> {
    fn new(lines: &'a [&'a str]) -> Self {
        let quotes = [next_with(lines, "\"\"\""), next_with(lines, "'''")];
        Self {
            lines,
            names: Names::default(),
            carry: Carry::default(),
            prompted: false,
            since: 0,
            quotes,
        }
    }

    fn units(mut self, given: &[Given]) -> Vec<Unit> {
        let mut units = Vec::with_capacity(self.lines.len());
        for (index, &given) in given.iter().enumerate() {
            let whole =
                Unit { line: index, start: 0, end: self.lines[index].len(), ..Unit::default() };
            if given != Given::Unknown && self.carry.quote.is_none() {
                self.carry = Carry::default();
                self.prompted = false;
                units.push(Unit { weight: -1000, ..whole });
            } else if let Some(mark) = self.block_mark(whole) {
                self.weigh(Unit { end: mark, ..whole }, &mut units);
                self.carry = Carry::default();
                self.prompted = false;
                units.push(Unit { start: mark, weight: -CERTAIN, ..whole });
            } else {
                self.weigh(whole, &mut units);
            }
        }
        units
    }

    /// The part of its line that `unit` is.
    fn text(&self, unit: Unit) -> &'a str {
        &self.lines[unit.line][unit.start..unit.end]
    }

    /// Where the mark of a block begins within a line.
    fn block_mark(&self, whole: Unit) -> Option<usize> {
        if self.carry.quote.is_some() { None } else { marks::glued(self.text(whole)) }
    }

    /// Weighs a line, or the beginning of one.
    fn weigh(&mut self, unit: Unit, units: &mut Vec<Unit>) {
        let index = unit.line;
        let text = self.text(unit).trim();
        // Every line without a prompt ends a session, a blank one too.
        let prompted = std::mem::take(&mut self.prompted);
        if text.is_empty() {
            units.push(unit);
            return;
        }
        if self.carry.is_open() && index - self.since > MAX_OPEN_LINES {
            self.carry = Carry::default();
        }
        if !self.carry.is_open() {
            if let Some(prompt) = prompt(text, prompted) {
                self.prompted = true;
                self.session(unit, prompt, units);
                return;
            }
            let language = language::evident(text).or_else(|| glued_command(text));
            if language.is_some() || is_notebook(text) {
                self.evident(Unit { language, ..unit }, units);
                return;
            }
            if marks::is_marked_prose(text) {
                units.push(Unit { weight: -CERTAIN, ..unit });
                return;
            }
        }
        let mut carry = self.carry.clone();
        let mut found = tokens(text, &mut carry);
        let mut reading = read(text, &found, &self.carry);
        if let Some(split) = glue::split(text, &found, reading, &self.names)
            && self.push_split(unit, split, units)
        {
            return;
        }
        if self.carry.is_open() && reading.error.is_some() && weigh::prose(text, &found) <= -LIKELY
        {
            // A bracket that was never closed: this is prose, and what was open is forgotten.
            self.carry = Carry::default();
            carry = Carry::default();
            found = tokens(text, &mut carry);
            reading = read(text, &found, &self.carry);
        }
        let weight = match reading.error {
            None => self.code(text, &found, reading),
            Some(_) => weigh::prose(text, &found),
        };
        if weight >= LIKELY && reading.error.is_none() {
            self.names.learn(text, &found);
        }
        if reading.error.is_some() && !self.carry.is_open() {
            carry = Carry::default();
        }
        self.move_to(carry, index);
        units.push(Unit { weight, ..unit });
    }

    /// Pushes a line that is code by its first word, and what is glued to its end.
    fn evident(&self, unit: Unit, units: &mut Vec<Unit>) {
        let text = self.text(unit);
        let split = match unit.language {
            None | Some(Language::Shell) => glue::in_command(text),
            Some(Language::JavaScript) if text.trim_start().starts_with("//") => {
                glue::in_remark(text, &self.names)
            }
            Some(_) => glue::in_statement(text),
        };
        push_parts(Unit { weight: CERTAIN, ..unit }, split, units);
    }

    /// Pushes a line of a Python session, and what is glued to its end. `prompt` is the length of
    /// its prompt.
    fn session(&mut self, unit: Unit, prompt: usize, units: &mut Vec<Unit>) {
        let line = self.text(unit);
        let from = line.len() - line.trim_start().len() + prompt;
        let text = line[from..].trim();
        let found = tokens(text, &mut Carry::default());
        let reading = read(text, &found, &Carry::default());
        let split = glue::split(text, &found, reading, &self.names).filter(|split| split.certain);
        let from = line.len() - line[from..].trim_start().len();
        let split = split.map(|split| glue::Split { at: from + split.at, ..split });
        if split.is_none() && reading.error.is_none() {
            self.names.learn(text, &found);
        }
        push_parts(Unit { weight: CERTAIN, ..unit }, split, units);
    }

    fn code(&self, text: &str, found: &[Token], reading: Reading) -> i32 {
        // Within brackets anything that fits is code, and a string may hold prose.
        if reading.statement == Statement::Inside {
            CERTAIN
        } else {
            weigh::code(text, found, reading, &self.names)
        }
    }

    /// Takes over what is open after line `index`, unless it cannot be meant.
    fn move_to(&mut self, mut carry: Carry, index: usize) {
        if let Some(quote) = carry.quote {
            let next = &self.quotes[usize::from(quote == b'\'')];
            let closes = next.get(index + 1).map_or(usize::MAX, |&n| n as usize);
            if closes.saturating_sub(index) > MAX_OPEN_LINES {
                carry.quote = None;
            }
        }
        if carry.is_open() && !self.carry.is_open() {
            self.since = index;
        }
        self.carry = carry;
    }

    /// Pushes the two halves of a glued line, when the first really is code.
    fn push_split(&mut self, unit: Unit, split: glue::Split, units: &mut Vec<Unit>) -> bool {
        let line = self.text(unit);
        let (head, tail) = line.trim().split_at(split.at);
        let mut carry = self.carry.clone();
        let found = tokens(head, &mut carry);
        let reading = read(head, &found, &self.carry);
        if reading.error.is_some() || carry.is_open() {
            return false;
        }
        let weight = self.code(head, &found, reading);
        if weight < 0 {
            return false;
        }
        let words = weigh::prose(tail, &tokens(tail, &mut Carry::default())).min(0);
        let tail_weight =
            if split.certain { words - LIKELY } else { (words / 2).clamp(-2 * SWITCH, -1) };
        self.names.learn(head, &found);
        self.carry = Carry::default();
        let at = unit.start + line.len() - line.trim_start().len() + split.at;
        // Only what was a block of code is glued to what follows it. But where no spaces are
        // written, a sentence may begin with a name or a call.
        let called = head.ends_with(')') && tail.starts_with(|c: char| c.is_ascii());
        let bonus = if split.certain && called { LIKELY } else { LEANS };
        units.push(Unit { end: at, weight: weight + bonus, ..unit });
        units.push(Unit { start: at, weight: tail_weight, ..unit });
        true
    }
}

/// Pushes `unit`, in two parts where something is glued to its end.
fn push_parts(unit: Unit, split: Option<glue::Split>, units: &mut Vec<Unit>) {
    let Some(split) = split else {
        units.push(unit);
        return;
    };
    let at = unit.start + split.at;
    let weight = if split.certain { -CERTAIN } else { -LEANS };
    units.push(Unit { end: at, ..unit });
    units.push(Unit { start: at, weight, language: None, ..unit });
}

/// The length of the prompt of a line in a Python session. What begins with `...` is a sentence,
/// or Python's own placeholder, unless it follows another prompt.
fn prompt(text: &str, prompted: bool) -> Option<usize> {
    let next = prompted && (text.starts_with("... ") || text == "...");
    (next || text.starts_with(">>> ") || text == ">>>").then_some(3)
}

/// Shell, where a sentence is glued to a command, so that the line does not end as one.
fn glued_command(text: &str) -> Option<Language> {
    let split = language::starts_command(text).then(|| glue::in_command(text)).flatten()?;
    split.certain.then(|| language::evident(&text[..split.at])).flatten()
}

/// Whether the line is a command of a notebook: `%time`, `!ls`.
fn is_notebook(text: &str) -> bool {
    text.strip_prefix(['%', '!'])
        .map(|t| t.strip_prefix(' ').filter(|t| language::evident(t).is_some()).unwrap_or(t))
        .is_some_and(|t| t.starts_with(|c: char| c.is_ascii_lowercase()))
}

fn next_with(lines: &[&str], quote: &str) -> Vec<u32> {
    let mut next = u32::MAX;
    let mut out = vec![next; lines.len()];
    for (index, line) in lines.iter().enumerate().rev() {
        if line.contains(quote) {
            next = u32::try_from(index).unwrap_or(u32::MAX);
        }
        out[index] = next;
    }
    out
}

/// Chooses the cheapest division into code and prose: a shortest path over two states.
fn decide(units: &mut [Unit]) {
    let mut costs = [SWITCH, 0];
    // For each unit, whether the cheapest way to (code, prose) came from the other side.
    let mut crossed: Vec<[bool; 2]> = Vec::with_capacity(units.len());
    for unit in units.iter() {
        let [code, prose] = costs;
        let from = [prose + SWITCH < code, code + SWITCH < prose];
        let best = [code.min(prose + SWITCH), prose.min(code + SWITCH)];
        costs = [best[0] + (-unit.weight).max(0), best[1] + unit.weight.max(0)];
        let least = costs[0].min(costs[1]);
        costs = [costs[0] - least, costs[1] - least];
        crossed.push(from);
    }
    let mut code = costs[0] < costs[1];
    for (unit, from) in units.iter_mut().zip(crossed).rev() {
        unit.code = code;
        if from[usize::from(!code)] {
            code = !code;
        }
    }
}

/// A stretch without one line that is likely code is none: remarks alone, or names alone. Code
/// that is commented out as a whole is code: nobody writes so many headings with nothing below.
fn demote(lines: &[&str], units: &mut [Unit]) {
    for run in units.chunk_by_mut(|a, b| a.code == b.code) {
        let comment = |u: &&Unit| lines[u.line][u.start..u.end].trim_start().starts_with('#');
        let commented =
            run.len() >= MIN_COMMENTS && run.iter().filter(comment).count() == run.len();
        if run[0].code && !commented && run.iter().all(|u| u.weight < LIKELY) {
            for unit in run {
                unit.code = false;
            }
        }
    }
}

/// Puts the halves of a line together again that turned out to be of one kind.
fn join(units: Vec<Unit>) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units {
        match out.last_mut() {
            Some(last) if last.line == unit.line && last.code == unit.code => last.end = unit.end,
            _ => out.push(unit),
        }
    }
    out
}
