//! The keywords of Python.

/// Keywords that stand nowhere but at the start of a statement.
pub(in crate::markdown::recover) fn is_statement_word(text: &str) -> bool {
    matches!(
        text,
        "def"
            | "class"
            | "elif"
            | "except"
            | "finally"
            | "try"
            | "while"
            | "with"
            | "return"
            | "raise"
            | "pass"
            | "break"
            | "continue"
            | "assert"
            | "del"
            | "global"
            | "nonlocal"
    )
}

/// Every word that cannot be a name.
pub(in crate::markdown::recover) fn is_keyword(text: &str) -> bool {
    is_statement_word(text)
        || matches!(
            text,
            "and"
                | "or"
                | "is"
                | "else"
                | "if"
                | "in"
                | "not"
                | "await"
                | "lambda"
                | "yield"
                | "for"
                | "async"
                | "from"
                | "as"
                | "import"
                | "None"
                | "True"
                | "False"
        )
}
