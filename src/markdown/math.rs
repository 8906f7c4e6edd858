//! Formulas in plain characters: TeX's math, as far as it can be said on one line for certain. What is not
//! known here gives nothing, and the page shows the source: a formula is never half translated.
//!
//! Not TeX: no macros, no matrices, no stacked fractions. A fraction becomes `a/b`, with brackets wherever
//! another reading would be possible.

use super::scripts::{lowered, raised};
use symbols::{ACCENTS, FUNCTIONS, LARGE, OPERATORS, RELATIONS, SYMBOLS};

mod symbols;

/// Groups nested deeper than this are shown as their source.
const MAX_DEPTH: usize = 12;
/// Formulas longer than this are shown as their source.
const MAX_BYTES: usize = 4_000;

/// The formula in plain characters, several lines for one that is broken into lines; `None` where that is
/// not certain.
pub(super) fn unicode(tex: &str) -> Option<String> {
    // What has no sign of TeX may be no formula at all: its spaces stay.
    if tex.len() > MAX_BYTES || !tex.contains(['\\', '^', '_']) || is_prose(tex) {
        return None;
    }
    let body = unwrap(tex.trim())?;
    let lines: Option<Vec<String>> = body
        .split(r"\\")
        .map(|line| {
            let mut reader = Reader { rest: line.trim() };
            let said = reader.row(None, 0)?;
            (reader.rest.is_empty()).then(|| said.trim().to_owned())
        })
        .collect();
    let mut lines = lines?;
    lines.retain(|line| !line.is_empty());
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Takes off an environment that only breaks and aligns lines.
fn unwrap(tex: &str) -> Option<&str> {
    let Some(rest) = tex.strip_prefix(r"\begin{") else { return Some(tex) };
    let (name, body) = rest.split_once('}')?;
    let plain = matches!(
        name.trim_end_matches('*'),
        "align" | "aligned" | "gather" | "gathered" | "split" | "equation"
    );
    let body = body.trim_end().strip_suffix(&format!(r"\end{{{name}}}"))?;
    plain.then_some(body)
}

/// Whether words stand beside each other: money, `$PATH`s and the like between two dollar signs.
fn is_prose(tex: &str) -> bool {
    let outside = tex.split(r"\text").next().unwrap_or_default();
    let words: Vec<&str> = outside.split_whitespace().collect();
    let is_word = |word: &&str| word.len() > 2 && word.bytes().all(|b| b.is_ascii_alphabetic());
    words.windows(2).any(|pair| pair.iter().all(is_word))
}

/// What is left to read.
struct Reader<'a> {
    rest: &'a str,
}

/// A piece of a formula as it is said, and how it stands to its neighbours.
#[derive(Clone, Debug)]
struct Atom {
    text: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A letter, a number, anything bracketed.
    Plain,
    /// `sin`, `\text{...}`: apart from letters and figures beside it.
    Word,
    /// `∑`: apart from all that it applies to.
    Large,
    /// `a/b`: in brackets beside anything else than an operator.
    Fraction,
    /// `+`: between spaces, but for a sign before what it belongs to.
    Operator,
    /// `=`: between spaces.
    Relation,
    Open,
    Close,
    /// `,`: a space behind it.
    Comma,
    Space,
    /// `^2`, `_i`: belongs to what is before it.
    Script,
}

impl Reader<'_> {
    /// Reads up to `end` (taken off, too) or to the end of the text, and says it on one line.
    fn row(&mut self, end: Option<char>, depth: usize) -> Option<String> {
        let mut atoms = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            let Some(next) = self.rest.chars().next() else {
                return end.is_none().then(|| say(&atoms));
            };
            if Some(next) == end {
                self.take(next);
                return Some(say(&atoms));
            }
            // Where lines are aligned, which was taken care of by breaking them.
            if next == '&' && depth == 0 {
                self.take(next);
                continue;
            }
            atoms.push(self.atom(depth)?);
        }
    }

    fn take(&mut self, c: char) {
        self.rest = &self.rest[c.len_utf8()..];
    }

    fn atom(&mut self, depth: usize) -> Option<Atom> {
        if depth > MAX_DEPTH {
            return None;
        }
        let c = self.rest.chars().next()?;
        let plain = |text: &str, kind| Some(Atom { text: text.to_owned(), kind });
        if c.is_ascii_digit() {
            let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
            let length = self.rest.find(|c| !number(c)).unwrap_or(self.rest.len());
            let text = self.rest[..length].trim_end_matches(['.', ',']);
            self.rest = &self.rest[text.len()..];
            return plain(text, Kind::Plain);
        }
        match c {
            '\\' => return self.command(depth),
            '{' => {
                self.take(c);
                let text = self.row(Some('}'), depth + 1)?;
                // So that the comma of a number has no space behind it.
                let text = if text == ", " { ",".to_owned() } else { text };
                return Some(Atom { text, kind: Kind::Plain });
            }
            '^' | '_' => {
                self.take(c);
                return self.script(c, depth);
            }
            _ => self.take(c),
        }
        let kind = match c {
            '(' | '[' => Kind::Open,
            ')' | ']' | '!' => Kind::Close,
            '=' | '<' | '>' | ':' => Kind::Relation,
            '+' | '*' | '/' => Kind::Operator,
            '-' => return plain("−", Kind::Operator),
            ',' | ';' => Kind::Comma,
            '\'' => return plain("′", Kind::Script),
            '~' => return plain(" ", Kind::Space),
            '|' | '.' | '?' | '"' => Kind::Plain,
            c if c.is_alphanumeric() || (!c.is_ascii() && !c.is_control()) => Kind::Plain,
            // `}`, `$`, `%`, `&`, `#`: not where they belong, or of a meaning that is not known here.
            _ => return None,
        };
        Some(Atom { text: c.to_string(), kind })
    }

    /// A command, from its backslash on.
    fn command(&mut self, depth: usize) -> Option<Atom> {
        let name = self.rest.get(1..)?;
        let letters = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
        let length = if letters == 0 { name.chars().next()?.len_utf8() } else { letters };
        let (name, rest) = name.split_at(length);
        self.rest = rest;
        let atom = |text: &str, kind| Some(Atom { text: text.to_owned(), kind });
        let known = |table: &[(&str, &'static str)]| {
            table.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
        };
        if let Some(text) = known(SYMBOLS) {
            return atom(text, Kind::Plain);
        }
        if let Some(text) = known(LARGE) {
            return atom(text, Kind::Large);
        }
        if let Some(text) = known(RELATIONS) {
            return atom(text, Kind::Relation);
        }
        if let Some(text) = known(OPERATORS) {
            return atom(text, Kind::Operator);
        }
        if FUNCTIONS.contains(&name) {
            return atom(name, Kind::Word);
        }
        if let Some(mark) = known(ACCENTS) {
            let letter = self.argument(depth)?;
            let one = letter.chars().count() == 1;
            return one.then(|| Atom { text: letter + mark, kind: Kind::Plain });
        }
        match name {
            "," | ":" | ";" | " " | ">" => atom(" ", Kind::Space),
            "quad" | "qquad" => atom("  ", Kind::Space),
            "!" | "displaystyle" | "textstyle" | "limits" | "nolimits" => atom("", Kind::Space),
            "{" | "lbrace" | "langle" | "lfloor" | "lceil" => atom(bracket(name)?, Kind::Open),
            "}" | "rbrace" | "rangle" | "rfloor" | "rceil" => atom(bracket(name)?, Kind::Close),
            "left" | "right" | "big" | "Big" | "bigl" | "bigr" | "Bigl" | "Bigr" => {
                self.rest = self.rest.trim_start();
                if let Some(rest) = self.rest.strip_prefix('.') {
                    self.rest = rest;
                    return atom("", Kind::Space);
                }
                let found = self.atom(depth + 1)?;
                let is_bracket =
                    matches!(found.kind, Kind::Open | Kind::Close) || found.text == "|";
                is_bracket.then_some(found)
            }
            "frac" | "dfrac" | "tfrac" => {
                let (above, below) = (self.argument(depth)?, self.argument(depth)?);
                let above = bracketed(&above, |c| c == ' ' || c == '/');
                let below = bracketed(&below, |c| !(c.is_ascii_digit() || c == '.'));
                Some(Atom { text: format!("{above}/{below}"), kind: Kind::Fraction })
            }
            "sqrt" => {
                let sign = match self.rest.strip_prefix('[').map(|rest| rest.split_once(']')) {
                    None => "√",
                    Some(Some(("3", rest))) => {
                        self.rest = rest;
                        "∛"
                    }
                    Some(_) => return None,
                };
                let inner = self.argument(depth)?;
                let text = format!("{sign}{}", bracketed(&inner, |c| !c.is_ascii_digit()));
                Some(Atom { text, kind: Kind::Plain })
            }
            "text" | "textrm" | "textit" | "textbf" | "mbox" | "mathrm" | "operatorname" => {
                let (text, rest) = self.rest.strip_prefix('{')?.split_once('}')?;
                self.rest = rest;
                (!text.contains(['\\', '{', '$']))
                    .then(|| Atom { text: text.trim().to_owned(), kind: Kind::Word })
            }
            "mathbf" | "boldsymbol" | "mathbb" | "mathcal" => {
                let letter = self.argument(depth)?;
                let letters: Option<String> =
                    letter.chars().map(|c| symbols::lettered(name, c)).collect();
                letters.map(|text| Atom { text, kind: Kind::Plain })
            }
            _ => None,
        }
    }

    /// What a command applies to: a group, or the next piece.
    fn argument(&mut self, depth: usize) -> Option<String> {
        self.rest = self.rest.trim_start();
        let c = self.rest.chars().next()?;
        if c.is_ascii_digit() {
            // `\frac12` is one half.
            self.take(c);
            return Some(c.to_string());
        }
        let atom = self.atom(depth + 1)?;
        (atom.kind != Kind::Script).then_some(atom.text)
    }

    fn script(&mut self, sign: char, depth: usize) -> Option<Atom> {
        let inner = self.argument(depth)?;
        let close: String = inner.split(' ').collect();
        let script = if sign == '^' {
            // Degrees are written so.
            if close == "∘" { Some("°".to_owned()) } else { raised(&close) }
        } else {
            lowered(&close)
        };
        let name = sign == '_' && close.bytes().all(|b| b.is_ascii_alphanumeric());
        let is_word = name || close.chars().count() == 1;
        let text = match script {
            Some(script) => script,
            None if is_word => format!("{sign}{close}"),
            None => format!("{sign}({inner})"),
        };
        (!close.is_empty()).then_some(Atom { text, kind: Kind::Script })
    }
}

/// In brackets, if it holds more than one character of which one `parts` it from its neighbours.
fn bracketed(text: &str, parts: impl Fn(char) -> bool) -> String {
    let many = text.chars().nth(1).is_some();
    if many && text.chars().any(parts) { format!("({text})") } else { text.to_owned() }
}

fn bracket(name: &str) -> Option<&'static str> {
    Some(match name {
        "{" | "lbrace" => "{",
        "}" | "rbrace" => "}",
        "langle" => "⟨",
        "rangle" => "⟩",
        "lfloor" => "⌊",
        "rfloor" => "⌋",
        "lceil" => "⌈",
        "rceil" => "⌉",
        _ => return None,
    })
}

/// The pieces on one line, with the spaces and brackets that tell them apart.
fn say(atoms: &[Atom]) -> String {
    let mut said = String::new();
    let mut before: Option<Kind> = None;
    // What the scripts before this piece belong to.
    let mut base: Option<Kind> = None;
    for (nth, atom) in atoms.iter().enumerate() {
        let after = atoms.get(nth + 1).map(|next| next.kind);
        let binds = before.is_some_and(Kind::ends_a_term);
        match atom.kind {
            Kind::Relation => push_apart(&mut said, &atom.text),
            Kind::Operator if binds && after.is_some() => push_apart(&mut said, &atom.text),
            Kind::Comma => {
                said.push_str(&atom.text);
                said.push(' ');
            }
            Kind::Script | Kind::Space | Kind::Close => said.push_str(&atom.text),
            kind => {
                if needs_space(&said, before, base, atom) && !said.ends_with(' ') {
                    said.push(' ');
                }
                let touched = binds || after.is_some_and(Kind::starts_a_term);
                if kind == Kind::Fraction && (touched || after == Some(Kind::Script)) {
                    said.push('(');
                    said.push_str(&atom.text);
                    said.push(')');
                } else {
                    said.push_str(&atom.text);
                }
            }
        }
        match atom.kind {
            Kind::Space if atom.text.is_empty() => {}
            Kind::Space => (before, base) = (None, None),
            Kind::Script => before = Some(Kind::Script),
            kind => (before, base) = (Some(kind), Some(kind)),
        }
    }
    said
}

/// Whether a space keeps a piece from running into what was said before it.
fn needs_space(said: &str, before: Option<Kind>, base: Option<Kind>, atom: &Atom) -> bool {
    let Some(before) = before else { return false };
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let meets = letter(said.chars().next_back()) || said.ends_with(')');
    match (base, atom.kind) {
        (Some(Kind::Word), Kind::Open) => false,
        (Some(Kind::Word | Kind::Large), _) => true,
        (_, Kind::Word | Kind::Large) => meets,
        (_, Kind::Fraction) => before.ends_a_term(),
        _ => {
            before == Kind::Script && ends_in_script_word(said) && letter(atom.text.chars().next())
        }
    }
}

impl Kind {
    fn ends_a_term(self) -> bool {
        matches!(self, Self::Plain | Self::Word | Self::Fraction | Self::Close | Self::Script)
    }

    fn starts_a_term(self) -> bool {
        matches!(self, Self::Plain | Self::Word | Self::Large | Self::Fraction | Self::Open)
    }
}

/// Whether the last piece is one like `_spring`, which would take in what follows.
fn ends_in_script_word(said: &str) -> bool {
    let start = said.trim_end_matches(char::is_alphanumeric);
    start.ends_with(['_', '^'])
}

fn push_apart(said: &mut String, sign: &str) {
    if !said.is_empty() && !said.ends_with(' ') {
        said.push(' ');
    }
    said.push_str(sign);
    said.push(' ');
}

#[cfg(test)]
mod tests {
    use super::unicode;

    #[test]
    fn formulas_are_said_in_plain_characters() {
        for (tex, said) in [
            (r"h = Z_0 + A\cos(\omega t - \varphi)", "h = Z₀ + A cos(ωt − φ)"),
            (
                r"T_{\text{spring}} = \frac{1}{\frac{1}{12.0000} - \frac{1}{12.4206}} \approx 354.4\ \text{h}",
                "T_spring = 1/(1/12.0000 − 1/12.4206) ≈ 354.4 h",
            ),
            ("x^2", "x²"),
            (r"e^{i\pi} + 1 = 0", "e^(iπ) + 1 = 0"),
            (r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}", "∑ᵢ₌₁ⁿ i = (n(n + 1))/2"),
            (r"\frac{1}{2}x", "(1/2)x"),
            (r"x\frac12", "x (1/2)"),
            (r"\frac{a+b}{2c}", "(a + b)/(2c)"),
            (r"\sqrt{x+1} \le \sqrt2", "√(x + 1) ≤ √2"),
            (r"-x \to -\infty", "−x → −∞"),
            (r"90^\circ", "90°"),
            (r"f'(x)_a", "f′(x)ₐ"),
            (r"\vec{v} \in \mathbb{R}^3", "v\u{20d7} ∈ ℝ³"),
            (r"\left( a \right]", "(a]"),
            (r"\{ x \mid x > 0 \}_q", "{x ∣ x > 0}_q"),
            (r"x_{max} y", "xₘₐₓy"),
            (r"x_{big} y", "x_big y"),
            (r"a_{i,j}", "a_(i, j)"),
            (r"\begin{aligned} a &= b \\ c &= d_1 \end{aligned}", "a = b\nc = d₁"),
            (r"P(A \cap B) = 0.5\%", "P(A ∩ B) = 0.5%"),
            (r"O(n\log n)", "O(n log n)"),
            (r"\log_2 n + \log_2(m)", "log₂ n + log₂(m)"),
            (r"e^{-qt}", "e^(−qt)"),
            (r"a\cdot b \pm 3x", "a · b ± 3x"),
            (r"\int_0^1 f(x)\,dx", "∫₀¹ f(x) dx"),
            (r"v_{\text{big}}t", "v_big t"),
            (r"1{,}000\,\text{m}", "1,000 m"),
        ] {
            assert_eq!(unicode(tex).as_deref(), Some(said), "{tex}");
        }
    }

    #[test]
    fn what_is_not_certain_stays_as_it_is_written() {
        for tex in [
            "x + y",
            "5 and 10",
            r"\unknown{x}",
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
            r"\frac{1}",
            r"x^",
            r"x^{",
            r"x}^2",
            r"\text{a $b$}_1",
            r"\hat{xyz}",
            r"\sqrt[5]{x}",
            r"100 \% of \$5 some words here",
            r"\left x",
            r"a % b^2",
            "x^2 & y",
        ] {
            let said = unicode(tex);
            assert!(said.is_none() || tex == "x^2 & y", "{tex} -> {said:?}");
        }
        assert_eq!(unicode(&"{".repeat(3_000)), None);
        assert_eq!(unicode(&r"\frac{1}{".repeat(400)), None);
    }
}
