//! Languages: which syntax an info string's first word names. The table below holds what people
//! write and the syntax set does not answer by itself.

use std::sync::OnceLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

use super::session::Prompts;

/// What is known of a language.
#[derive(Clone, Copy)]
pub(super) struct Language {
    /// Its grammar.
    pub(super) syntax: &'static SyntaxReference,
    /// The prompts of its interactive sessions, if the name asks for one.
    pub(super) session: Option<Prompts>,
    /// Whether it is Python, which gets more care.
    pub(super) python: bool,
    /// Whether lines that begin with `+` and `-` came and went.
    pub(super) diff: bool,
}

/// The 213 syntaxes, loaded by the first call.
pub(super) fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

/// Names beside those of the syntax set, each with the token that the set knows.
const ALIASES: &[(&str, &[&str])] = &[
    ("py", &["python3", "python2", "py2", "cython", "starlark", "bazel", "sage", "gyp"]),
    ("sh", &["shell", "shell-script", "ksh", "posix", "bashrc", "zshrc", "dash"]),
    ("js", &["node", "nodejs", "mjs", "cjs", "ecmascript"]),
    // The set has no JSX; its TypeScriptReact reads it.
    ("tsx", &["jsx", "javascriptreact"]),
    ("ts", &["deno"]),
    ("json", &["jsonc", "json5", "jsonl", "ndjson", "geojson", "webmanifest"]),
    ("yaml", &["yml", "eyaml"]),
    ("dockerfile", &["docker", "containerfile"]),
    ("make", &["mf", "gnumake"]),
    ("cs", &["csharp", "c#", "dotnet"]),
    ("fsx", &["fsharp", "f#"]),
    ("cpp", &["c++17", "c++20", "arduino", "ino", "cuda", "cu"]),
    ("go", &["golang"]),
    ("kt", &["kotlinscript"]),
    ("m", &["objc", "obj-c", "objectivec"]),
    ("mm", &["objcpp", "obj-c++", "objectivecpp"]),
    ("tex", &["texinfo"]),
    ("ltx", &["latex", "katex"]),
    ("lisp", &["elisp", "emacs-lisp", "emacs", "common-lisp", "scheme", "guile"]),
    (
        "sql",
        &[
            "postgresql",
            "postgres",
            "psql",
            "mysql",
            "sqlite",
            "plsql",
            "tsql",
            "pgsql",
            "bigquery",
        ],
    ),
    ("ini", &["dosini", "systemd", "desktop", "editorconfig"]),
    (".env", &["env", "dotenv"]),
    ("xml", &["svg", "plist", "rss", "atom", "xsl", "wsdl"]),
    ("html", &["htm", "xhtml", "html5"]),
    ("re", &["regex", "regexp"]),
    ("tf", &["terraform", "tofu"]),
    ("vim", &["vimscript", "viml", "nvim"]),
    ("bat", &["batch", "dos", "cmd"]),
    ("proto", &["protobuf3", "proto3"]),
    ("asm", &["assembly", "nasm", "x86asm"]),
    ("f90", &["fortran"]),
    ("rb", &["jruby", "irb", "rake", "gemfile"]),
    ("pl", &["perl5"]),
    ("hs", &["ghci", "ghc"]),
    ("jinja2", &["django", "htmldjango", "liquid", "nunjucks"]),
    ("glsl", &["shader", "hlsl"]),
    ("vs", &["opengl"]),
    ("conf", &["nginxconf"]),
    ("diff", &["udiff"]),
    ("adoc", &["asciidoctor"]),
    ("ssh_config", &["ssh-config", "sshconfig"]),
];

/// Names that ask for an interactive session, each with its language and prompts.
const SESSIONS: &[(&str, Prompts, &[&str])] = &[
    (
        "py",
        Prompts::Python,
        &["pycon", "ipython", "ipython3", "python-repl", "python-console", "doctest"],
    ),
    (
        "sh",
        Prompts::Shell,
        &["console", "shell-session", "shellsession", "sh-session", "terminal", "bash-session"],
    ),
];

/// The language of `name`: an alias, a token, a file extension or the grammar's own name, in any
/// case; also as written by other programs (`{.python}`, `python:title`, `language-python`).
pub(super) fn find(name: &str) -> Option<Language> {
    let name = name.trim().to_lowercase();
    let name = name.trim_start_matches(['{', '.']);
    let name = name.strip_prefix("language-").unwrap_or(name);
    let end = name.find(['{', '}', ',', ':', ';', '=', '[', ' ', '\t']).unwrap_or(name.len());
    by_name(&name[..end]).or_else(|| by_name(name)).or_else(|| {
        // `diff-python`, `diff_python`: code with its changes marked.
        let of = name[..end].strip_prefix("diff")?.strip_prefix(['-', '_'])?;
        by_name(of).map(|language| Language { diff: true, session: None, ..language })
    })
}

fn by_name(name: &str) -> Option<Language> {
    // Section numbers of manual pages are extensions, too; as a language they are none.
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let session = SESSIONS.iter().find(|(_, _, names)| names.contains(&name));
    let alias = ALIASES.iter().find(|(_, names)| names.contains(&name));
    let token = session.map(|row| row.0).or(alias.map(|row| row.0)).unwrap_or(name);
    let syntax = syntaxes().find_syntax_by_token(token)?;
    // Text is plain, and a grammar that paints blanks is for editors.
    if matches!(syntax.name.as_str(), "Plain Text" | "Highlight non-printables") {
        return None;
    }
    let python = syntax.name == "Python";
    Some(Language { syntax, session: session.map(|row| row.1), python, diff: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], expected: &str) {
        for name in names {
            let found = find(name).map_or("", |language| language.syntax.name.as_str());
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn names_aliases_and_extensions_find_their_syntax_in_any_case() {
        check(
            &["python", "Python", "py", "PY3", "python3", "pycon", "ipython", "python-repl"],
            "Python",
        );
        check(&["{.python}", "language-python", "python:app.py", "python{1,3}"], "Python");
        check(&["sh", "shell", "bash", "zsh", "console"], "Bourne Again Shell (bash)");
        check(&["js", "javascript", "node"], "JavaScript");
        check(&["ts", "typescript"], "TypeScript");
        check(&["tsx", "jsx"], "TypeScriptReact");
        check(&["yml", "yaml", "YAML"], "YAML");
        check(&["rs", "rust"], "Rust");
        check(&["c++", "cpp", "cxx"], "C++");
        check(&["c"], "C");
        check(&["c#", "csharp"], "C#");
        check(&["diff", "patch"], "Diff");
        check(&["dockerfile", "Dockerfile", "docker"], "Dockerfile");
        check(&["toml"], "TOML");
        check(&["json", "jsonc"], "JSON");
        check(&["sql", "postgresql"], "SQL");
        check(&["go", "golang"], "Go");
        check(&["html"], "HTML");
        check(&["ini", "systemd"], "INI");
        check(&["env"], "DotENV");
        check(&["latex"], "LaTeX");
        check(&["regex"], "Regular Expression");
        check(&["", "text", "txt", "plain", "mermaid", "1", "no such thing", "日本語"], "");
    }

    #[test]
    fn every_alias_leads_to_a_syntax() {
        for names in ALIASES.iter().map(|row| row.1).chain(SESSIONS.iter().map(|row| row.2)) {
            for name in names {
                assert!(find(name).is_some(), "{name}");
            }
        }
    }
}
