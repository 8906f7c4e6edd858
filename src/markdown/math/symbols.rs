//! TeX's names for signs, and the signs. Left out is whatever looks like something else in plain characters.

/// Letters and other signs that stand for themselves.
#[rustfmt::skip]
pub(super) const SYMBOLS: &[(&str, &str)] = &[
    ("alpha", "α"), ("beta", "β"), ("gamma", "γ"), ("delta", "δ"), ("epsilon", "ϵ"),
    ("varepsilon", "ε"), ("zeta", "ζ"), ("eta", "η"), ("theta", "θ"), ("vartheta", "ϑ"),
    ("iota", "ι"), ("kappa", "κ"), ("lambda", "λ"), ("mu", "μ"), ("nu", "ν"), ("xi", "ξ"),
    ("pi", "π"), ("varpi", "ϖ"), ("rho", "ρ"), ("varrho", "ϱ"), ("sigma", "σ"), ("varsigma", "ς"),
    ("tau", "τ"), ("upsilon", "υ"), ("phi", "ϕ"), ("varphi", "φ"), ("chi", "χ"), ("psi", "ψ"),
    ("omega", "ω"), ("Gamma", "Γ"), ("Delta", "Δ"), ("Theta", "Θ"), ("Lambda", "Λ"), ("Xi", "Ξ"),
    ("Pi", "Π"), ("Sigma", "Σ"), ("Upsilon", "Υ"), ("Phi", "Φ"), ("Psi", "Ψ"), ("Omega", "Ω"),
    ("infty", "∞"), ("partial", "∂"), ("nabla", "∇"), ("hbar", "ℏ"), ("ell", "ℓ"), ("Re", "ℜ"),
    ("Im", "ℑ"), ("aleph", "ℵ"), ("emptyset", "∅"), ("varnothing", "∅"), ("forall", "∀"),
    ("exists", "∃"), ("nexists", "∄"), ("neg", "¬"), ("lnot", "¬"), ("angle", "∠"),
    ("triangle", "△"), ("square", "□"), ("top", "⊤"), ("bot", "⊥"), ("prime", "′"),
    ("circ", "∘"), ("degree", "°"), ("ldots", "…"), ("dots", "…"), ("cdots", "⋯"), ("vdots", "⋮"),
    ("dagger", "†"), ("star", "⋆"), ("bullet", "•"),
    ("|", "‖"), ("Vert", "‖"), ("vert", "|"), ("%", "%"), ("$", "$"), ("#", "#"), ("&", "&"),
    ("_", "_"), ("checkmark", "✓"), ("copyright", "©"), ("pounds", "£"),
];

/// Signs before all that they apply to.
#[rustfmt::skip]
pub(super) const LARGE: &[(&str, &str)] = &[
    ("sum", "∑"), ("prod", "∏"), ("coprod", "∐"), ("int", "∫"), ("iint", "∬"), ("oint", "∮"),
    ("bigcup", "⋃"), ("bigcap", "⋂"),
];

/// Signs between two things that are compared or led to.
#[rustfmt::skip]
pub(super) const RELATIONS: &[(&str, &str)] = &[
    ("leq", "≤"), ("le", "≤"), ("geq", "≥"), ("ge", "≥"), ("neq", "≠"), ("ne", "≠"), ("ll", "≪"),
    ("gg", "≫"), ("approx", "≈"), ("equiv", "≡"), ("sim", "∼"), ("simeq", "≃"), ("cong", "≅"),
    ("propto", "∝"), ("in", "∈"), ("notin", "∉"), ("ni", "∋"), ("subset", "⊂"), ("supset", "⊃"),
    ("subseteq", "⊆"), ("supseteq", "⊇"), ("to", "→"), ("rightarrow", "→"), ("leftarrow", "←"),
    ("gets", "←"), ("leftrightarrow", "↔"), ("Rightarrow", "⇒"), ("Leftarrow", "⇐"),
    ("Leftrightarrow", "⇔"), ("implies", "⟹"), ("iff", "⟺"), ("mapsto", "↦"), ("perp", "⊥"),
    ("parallel", "∥"), ("mid", "∣"), ("models", "⊨"), ("vdash", "⊢"), ("uparrow", "↑"),
    ("downarrow", "↓"), ("longrightarrow", "⟶"), ("coloneqq", "≔"), ("lt", "<"), ("gt", ">"),
];

/// Signs between two things that are reckoned with.
#[rustfmt::skip]
pub(super) const OPERATORS: &[(&str, &str)] = &[
    ("pm", "±"), ("mp", "∓"), ("times", "×"), ("cdot", "·"), ("div", "÷"), ("ast", "∗"),
    ("cup", "∪"), ("cap", "∩"), ("setminus", "∖"), ("land", "∧"), ("wedge", "∧"), ("lor", "∨"),
    ("vee", "∨"), ("oplus", "⊕"), ("otimes", "⊗"), ("odot", "⊙"),
];

/// Functions that are written in upright letters under their own name.
#[rustfmt::skip]
pub(super) const FUNCTIONS: &[&str] = &[
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
    "log", "ln", "lg", "exp", "lim", "max", "min", "sup", "inf", "det", "dim", "ker", "arg", "gcd",
    "deg", "Pr",
];

/// Marks over one letter.
#[rustfmt::skip]
pub(super) const ACCENTS: &[(&str, &str)] = &[
    ("hat", "\u{302}"), ("bar", "\u{304}"), ("overline", "\u{304}"), ("vec", "\u{20d7}"),
    ("dot", "\u{307}"), ("ddot", "\u{308}"), ("tilde", "\u{303}"),
];

/// A letter in another script: doubled, bold, or of a calligrapher.
pub(super) fn lettered(script: &str, c: char) -> Option<char> {
    let nth =
        |first: char, of: char| char::from_u32(u32::from(of) + u32::from(c) - u32::from(first));
    match (script, c) {
        ("mathbb", 'C') => Some('ℂ'),
        ("mathbb", 'H') => Some('ℍ'),
        ("mathbb", 'N') => Some('ℕ'),
        ("mathbb", 'P') => Some('ℙ'),
        ("mathbb", 'Q') => Some('ℚ'),
        ("mathbb", 'R') => Some('ℝ'),
        ("mathbb", 'Z') => Some('ℤ'),
        ("mathbb", 'A'..='Z') => nth('A', '𝔸'),
        ("mathcal", 'B') => Some('ℬ'),
        ("mathcal", 'E') => Some('ℰ'),
        ("mathcal", 'F') => Some('ℱ'),
        ("mathcal", 'H') => Some('ℋ'),
        ("mathcal", 'I') => Some('ℐ'),
        ("mathcal", 'L') => Some('ℒ'),
        ("mathcal", 'M') => Some('ℳ'),
        ("mathcal", 'R') => Some('ℛ'),
        ("mathcal", 'A'..='Z') => nth('A', '𝒜'),
        ("mathbf" | "boldsymbol", 'A'..='Z') => nth('A', '𝐀'),
        ("mathbf" | "boldsymbol", 'a'..='z') => nth('a', '𝐚'),
        ("mathbf" | "boldsymbol", '0'..='9') => nth('0', '𝟎'),
        _ => None,
    }
}
