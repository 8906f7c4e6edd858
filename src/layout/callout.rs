//! Callouts: Obsidian's types and their synonyms, each with its name, sign and role. Unknown types look like
//! notes and keep their own name.

use crate::text::role::Role;

/// The role of a callout's bar, sign and title. `kind` is in lower case.
pub(super) fn callout_role(kind: &str) -> Role {
    match kind {
        "tip" | "hint" | "important" | "success" | "check" | "done" | "example" => Role::CalloutTip,
        "question" | "help" | "faq" | "warning" | "caution" | "attention" => Role::CalloutWarning,
        "failure" | "fail" | "missing" | "danger" | "error" | "bug" => Role::CalloutDanger,
        "quote" | "cite" => Role::CalloutQuote,
        _ => Role::CalloutNote,
    }
}

/// The sign before a callout's title; plain letters in ASCII.
pub(super) fn callout_sign(kind: &str, ascii: bool) -> &'static str {
    let (sign, plain) = match kind {
        "abstract" | "summary" | "tldr" => ("≡", "="),
        "info" => ("i", "i"),
        "todo" => ("☐", "[ ]"),
        "tip" | "hint" | "important" => ("★", "*"),
        "success" | "check" | "done" => ("✓", "v"),
        "question" | "help" | "faq" => ("?", "?"),
        "warning" | "caution" | "attention" => ("▲", "!"),
        "failure" | "fail" | "missing" => ("×", "x"),
        "danger" | "error" => ("◆", "!!"),
        "bug" => ("¤", "#"),
        "example" => ("›", ">"),
        "quote" | "cite" => ("“", "\""),
        _ => ("✎", "i"),
    };
    if ascii { plain } else { sign }
}

/// The name shown where the callout has no title: its type, as a title.
pub(super) fn callout_name(kind: &str) -> String {
    let mut chars = kind.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synonyms_share_a_look_and_unknown_types_are_notes() {
        for (kind, like) in
            [("faq", "question"), ("tldr", "abstract"), ("cite", "quote"), ("recipe", "note")]
        {
            assert_eq!(callout_role(kind), callout_role(like), "{kind}");
            assert_eq!(callout_sign(kind, false), callout_sign(like, false), "{kind}");
        }
        assert_eq!(callout_name("recipe"), "Recipe");
        assert_eq!(callout_name(""), "");
    }
}
