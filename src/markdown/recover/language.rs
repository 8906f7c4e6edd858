//! Lines of other languages than Python that give themselves away: shell, SQL, JSON, TOML and
//! JavaScript. Only evident lines are said to be one; a line that could be prose is left alone. YAML is
//! not among them: without its indentation `key: value` is a remark like any other.

/// The language of a run of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Python, with or without `>>>` prompts.
    Python,
    /// POSIX shell and the command lines of common tools.
    Shell,
    /// SQL.
    Sql,
    /// JSON.
    Json,
    /// TOML.
    Toml,
    /// JavaScript and TypeScript.
    JavaScript,
}

impl Language {
    /// The info string of a fence.
    #[must_use]
    pub fn info(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Shell => "shell",
            Self::Sql => "sql",
            Self::Json => "json",
            Self::Toml => "toml",
            Self::JavaScript => "javascript",
        }
    }
}

/// The language that `line` (trimmed, outside any bracket) evidently is, if it is not Python.
pub(super) fn evident(line: &str) -> Option<Language> {
    if is_shell(line) {
        Some(Language::Shell)
    } else if is_sql(line) {
        Some(Language::Sql)
    } else if is_javascript(line) {
        Some(Language::JavaScript)
    } else if is_toml_table(line) {
        Some(Language::Toml)
    } else {
        None
    }
}

/// Whether the line begins as a command does, so that one may be looked for at its start.
pub(super) fn starts_command(line: &str) -> bool {
    let first = line.split_ascii_whitespace().next().unwrap_or_default();
    first == "$" || COMMANDS.contains(&first)
}

/// Programs whose name at the start of a line, followed by an argument in lower case, is a command.
const COMMANDS: [&str; 44] = [
    "pip",
    "pip3",
    "pipx",
    "uv",
    "uvx",
    "poetry",
    "conda",
    "python",
    "python3",
    "pytest",
    "git",
    "docker",
    "docker-compose",
    "kubectl",
    "helm",
    "npm",
    "npx",
    "yarn",
    "pnpm",
    "node",
    "cargo",
    "rustup",
    "go",
    "curl",
    "wget",
    "ssh",
    "scp",
    "sudo",
    "apt",
    "apt-get",
    "brew",
    "cd",
    "mkdir",
    "rm",
    "cp",
    "mv",
    "chmod",
    "export",
    "source",
    "echo",
    "cat",
    "uvicorn",
    "systemctl",
    "make",
];

fn is_shell(line: &str) -> bool {
    if let Some(command) = line.strip_prefix("$ ") {
        return command
            .starts_with(|c: char| c.is_ascii_lowercase() || c == '.' || c == '/' || c == '_');
    }
    if line.starts_with("#!/") {
        return true;
    }
    let mut words = line.split_ascii_whitespace();
    let (Some(program), Some(argument)) = (words.next(), words.next()) else { return false };
    if !COMMANDS.contains(&program)
        || argument.starts_with('=')
        || line.ends_with(['.', ':', '?', '!'])
    {
        return false;
    }
    // `make sure that it works` and `go to the page` are no commands: what follows a program has
    // signs of its own, or is one of the usual verbs.
    let verb = matches!(
        argument,
        "install"
            | "add"
            | "run"
            | "init"
            | "sync"
            | "clone"
            | "build"
            | "up"
            | "test"
            | "commit"
            | "push"
            | "pull"
            | "checkout"
            | "compose"
            | "exec"
            | "update"
            | "upgrade"
            | "uninstall"
            | "apply"
            | "publish"
            | "venv"
            | "create"
    );
    let signed = |word: &str| {
        word.starts_with(['-', '.', '/', '~', '$', '"', '\'', '{'])
            || word.contains(['/', '=', '@'])
            || word.contains('.') && !word.ends_with('.')
    };
    let short = line.split_ascii_whitespace().count() <= 4;
    (verb && (short || line.split_ascii_whitespace().skip(2).any(|w| signed(w) || w.contains('-'))))
        || signed(argument)
}

fn is_sql(line: &str) -> bool {
    let has = |word: &str| line.contains(word);
    match line.split_ascii_whitespace().next().unwrap_or_default() {
        "SELECT" => has(" FROM ") || has("*") || has(",") || has("("),
        "INSERT" => has("INSERT INTO "),
        "CREATE" => ["TABLE", "INDEX", "VIEW", "UNIQUE", "FUNCTION", "SCHEMA"]
            .iter()
            .any(|w| line.split_ascii_whitespace().nth(1) == Some(w)),
        "UPDATE" => has(" SET "),
        "DELETE" => has("DELETE FROM "),
        "ALTER" | "DROP" => has(" TABLE ") || has(" INDEX "),
        "FROM" | "WHERE" | "JOIN" | "VALUES" | "HAVING" => line.len() < 200 && !line.ends_with('.'),
        "LEFT" | "INNER" | "RIGHT" => has(" JOIN "),
        "GROUP" | "ORDER" => has(" BY "),
        "LIMIT" => line
            .split_ascii_whitespace()
            .nth(1)
            .is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit())),
        _ => false,
    }
}

fn is_javascript(line: &str) -> bool {
    let first = line.split_ascii_whitespace().next().unwrap_or_default();
    match first {
        "const" | "let" | "var" => line.contains('='),
        "function" => line.contains('(') && line.ends_with('{'),
        "export" => ["const ", "function ", "default ", "class ", "async "]
            .iter()
            .any(|w| line[6..].trim_start().starts_with(w)),
        "import" => line.ends_with(';') && line.contains(['\'', '"']),
        "//" => line.len() < 200,
        "}" | "})" | "});" | "};" => {
            line.contains("else {") || line.contains("catch") || matches!(line, "});" | "};")
        }
        _ => {
            line.starts_with("console.log(")
                || (line.ends_with('{') && line.contains("=> {"))
                || (line.ends_with(';') && line.contains("=>"))
        }
    }
}

/// `[package]`, `[tool.ruff.lint]`, `[[bin]]`: a list of one name would be an odd statement.
fn is_toml_table(line: &str) -> bool {
    let Some(inner) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) else {
        return false;
    };
    let inner = inner.strip_prefix('[').and_then(|l| l.strip_suffix(']')).unwrap_or(inner);
    inner.len() > 1
        && inner.starts_with(|c: char| c.is_ascii_lowercase())
        && inner
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'"'))
}

/// The language of lines that read as Python or as nothing evident: a literal with `true` or
/// `null` in it, without any statement, is JSON.
pub(super) fn of_block(lines: &[(usize, &str)]) -> Language {
    let literal = |line: &str| {
        line.starts_with(['{', '}', '[', ']', '"'])
            || line.starts_with(|c: char| c.is_ascii_digit())
            || matches!(line.trim_end_matches(','), "true" | "false" | "null")
    };
    let mut texts = lines.iter().map(|(_, l)| l.trim()).filter(|l| !l.is_empty());
    let opens = texts.clone().next().is_some_and(|l| l.starts_with(['{', '[']));
    let closes = texts.clone().next_back().is_some_and(|l| l.ends_with(['}', ']']));
    if opens && closes && lines.len() > 1 && texts.all(literal) {
        Language::Json
    } else {
        Language::Python
    }
}
