use proptest::prelude::*;

use super::*;
use crate::text::role::Role::*;

/// The pieces of `code` that are not plain, line after line.
fn pieces<'a>(language: &str, code: &'a str) -> Vec<(&'a str, Role)> {
    let roles = Highlighter::new().highlight(language, code);
    let mut found = Vec::new();
    for (line, roles) in code.split('\n').zip(roles) {
        let mut at = 0;
        for (bytes, role) in roles {
            let end = at + bytes as usize;
            found.push((&line[at..end], role));
            at = end;
        }
    }
    found
}

/// The named pieces occur in this order with these roles; others may stand between.
#[track_caller]
fn check(language: &str, code: &str, expected: &[(&str, Role)]) {
    let all = pieces(language, code);
    let mut left = all.iter();
    for want in expected {
        assert!(
            left.any(|piece| (piece.0.trim(), piece.1) == *want),
            "{want:?} not found in {all:#?}"
        );
    }
}

#[test]
fn python_definitions_hints_and_defaults() {
    check(
        "python",
        "async def f(self, x: int, y: List[str] = None, *args: Path) -> Optional[Foo]:",
        &[
            ("async", CodeKeyword),
            ("def", CodeKeyword),
            ("f", CodeFunction),
            ("(", CodePunctuation),
            ("self", CodeVariable),
            ("x", CodeVariable),
            ("int", CodeType),
            ("List", CodeType),
            ("str", CodeType),
            ("=", CodeOperator),
            ("None", CodeConstant),
            ("*", CodeOperator),
            ("args", CodeVariable),
            ("Path", CodeType),
            ("->", CodeOperator),
            ("Optional", CodeType),
            ("Foo", CodeType),
        ],
    );
    check(
        "py",
        "class Foo(Base, metaclass=M):",
        &[("class", CodeKeyword), ("Foo", CodeType), ("Base", CodeType)],
    );
    check(
        "py",
        "x: Foo = MAX_SIZE",
        &[("Foo", CodeType), ("=", CodeOperator), ("MAX_SIZE", CodeConstant)],
    );
}

#[test]
fn python_decorators_are_attributes() {
    check(
        "python",
        "@app.route(\"/x\", n=1)\n@property\ndef f(): pass",
        &[
            ("@app.route", CodeAttribute),
            ("\"/x\"", CodeString),
            ("1", CodeNumber),
            ("@property", CodeAttribute),
            ("def", CodeKeyword),
            ("pass", CodeKeyword),
        ],
    );
}

#[test]
fn python_docstrings_strings_and_f_strings() {
    check(
        "python",
        "def f():\n    \"\"\"Doc.\n\n    def no(): x\n    \"\"\"\n    s = f\"a {x!r:>10} {{}}\\n\" + r\"\\d\"",
        &[
            ("\"\"\"Doc.", CodeComment),
            ("def no(): x", CodeComment),
            ("\"\"\"", CodeComment),
            ("f\"a", CodeString),
            ("{", CodeEscape),
            ("x", Code),
            ("!r:>10}", CodeEscape),
            ("{{}}\\n", CodeEscape),
            ("\"", CodeString),
            ("+", CodeOperator),
        ],
    );
}

#[test]
fn python_statements_numbers_constants_and_builtins() {
    check(
        "python",
        "return not x and 3.14e5 + 0xff // 2 if True else lambda z: z ** 2  # why",
        &[
            ("return", CodeKeyword),
            ("not", CodeKeyword),
            ("and", CodeKeyword),
            ("3.14e5", CodeNumber),
            ("+", CodeOperator),
            ("0xff", CodeNumber),
            ("//", CodeOperator),
            ("2", CodeNumber),
            ("if", CodeKeyword),
            ("True", CodeConstant),
            ("else", CodeKeyword),
            ("lambda", CodeKeyword),
            ("z", CodeVariable),
            ("**", CodeOperator),
            ("# why", CodeComment),
        ],
    );
    check(
        "python",
        "from a.b import c, D\nprint(len(self.x))\nraise ValueError(1)\nPath(1).read()\n1_000 + 2j",
        &[
            ("from", CodeKeyword),
            ("import", CodeKeyword),
            ("D", CodeType),
            ("print", CodeFunction),
            ("len", CodeFunction),
            ("self", CodeVariable),
            ("raise", CodeKeyword),
            ("ValueError", CodeType),
            ("Path", CodeType),
            ("read", CodeFunction),
            ("1_000", CodeNumber),
            ("2j", CodeNumber),
        ],
    );
}

#[test]
fn python_match_and_case_are_keywords_only_as_statements() {
    check(
        "python",
        "match point:\n    case Point(x=0):\n        match = re.match(p)",
        &[
            ("match", CodeKeyword),
            ("case", CodeKeyword),
            ("Point", CodeType),
            ("=", CodeOperator),
            ("match", CodeFunction),
        ],
    );
    assert!(!pieces("python", "match = 1").contains(&("match", CodeKeyword)));
}

#[test]
fn a_session_keeps_its_state_over_continuation_lines_and_its_output_plain() {
    let code = ">>> s = \"\"\"a\n... def b\n... \"\"\"\n>>> def f():\n...     return 1\n...\n>>> f()\nNone for you";
    let expected = [
        (">>>", CodePrompt),
        ("\"\"\"a", CodeString),
        ("...", CodePrompt),
        ("def b", CodeString),
        ("...", CodePrompt),
        ("\"\"\"", CodeString),
        (">>>", CodePrompt),
        ("def", CodeKeyword),
        ("f", CodeFunction),
        ("...", CodePrompt),
        ("return", CodeKeyword),
        ("1", CodeNumber),
        ("...", CodePrompt),
        (">>>", CodePrompt),
        ("f", CodeFunction),
        ("None for you", Code),
    ];
    for language in ["pycon", "python", "ipython", "python-repl"] {
        check(language, code, &expected);
    }
    check(
        "ipython",
        "In [1]: def f():\n   ...:     pass\nOut[1]: None",
        &[
            ("In [1]:", CodePrompt),
            ("def", CodeKeyword),
            ("...:", CodePrompt),
            ("pass", CodeKeyword),
            ("Out[1]:", CodePrompt),
            ("None", Code),
        ],
    );
    check(
        "console",
        "$ echo hi  # c\nhi",
        &[("$", CodePrompt), ("echo", CodeFunction), ("# c", CodeComment), ("hi", Code)],
    );
    // Without a prompt it is plain code of the language; a lone `...` is Python's constant.
    check("pycon", "def f(): ...", &[("def", CodeKeyword), ("...", CodeConstant)]);
    check("python", "...\n>>> x", &[("...", CodeConstant)]);
}

#[test]
fn diffs_show_what_came_and_went() {
    check(
        "diff",
        "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n same\n-old\n+new",
        &[
            ("--- a/x", CodeKey),
            ("+++ b/x", CodeKey),
            ("@@ -1,2 +1,2 @@", CodeNumber),
            ("same", Code),
            ("-old", CodeDeleted),
            ("+new", CodeInserted),
        ],
    );
}

#[test]
fn a_diff_of_a_language_shows_both() {
    let code = "@@ -1 +1 @@\n def f():\n-    \"\"\"old\n+    return 1\n     pass\n";
    let expected = [
        ("@@ -1 +1 @@", CodeNumber),
        ("def", CodeKeyword),
        ("f", CodeFunction),
        ("-    \"\"\"old", CodeDeleted),
        ("+    return 1", CodeInserted),
        ("pass", CodeKeyword),
    ];
    for language in ["diff-python", "diff_py", "diff-Python:app.py"] {
        check(language, code, &expected);
    }
    check("diff-nothing", code, &[("@@ -1 +1 @@", Code), ("-    \"\"\"old", Code)]);
    check("python", "-1", &[("-", CodeOperator), ("1", CodeNumber)]);
}

#[test]
fn pieces_that_follow_each_other_are_as_the_whole() {
    let code =
        "def f():\n    \"\"\"Doc\n\n    more\n    \"\"\"\n    return f\"{x}\"\n\n".repeat(60);
    let whole = Highlighter::new().highlight("python", &code);
    let lines = whole.len();
    let mut last = None;
    let mut pieces = Vec::new();
    for from in (0..lines).step_by(50) {
        let range = from..lines.min(from + 50);
        pieces.extend(Highlighter::new().piece(&mut last, (1, 1), ("python", &code), range));
    }
    assert_eq!(pieces, whole);
}

#[test]
fn a_piece_far_into_a_block_begins_where_something_begins() {
    let code = "x = 1\n".repeat(998) + "\ndef f():\n    return 1\n" + &"y = 2\n".repeat(200);
    let whole = Highlighter::new().highlight("python", &code);
    let piece = |last: &mut Option<Piece>, block, lines: std::ops::Range<usize>| {
        Highlighter::new().piece(last, block, ("python", &code), lines)
    };
    for from in [0, 64, 999, 1_000, 1_100, 1_200, whole.len() - 1] {
        let lines = from..whole.len().min(from + 20);
        assert_eq!(piece(&mut None, (1, 1), lines.clone()), whole[lines], "{from}");
    }
    // What is kept of another block, or of a place behind, is of no use.
    let mut last = None;
    piece(&mut last, (1, 1), 1_000..1_020);
    assert_eq!(piece(&mut last, (1, 1), 0..20), whole[0..20]);
    assert_eq!(piece(&mut last, (2, 1), 20..40), whole[20..40]);
    // Beyond the end there is nothing, and a language that nobody knows is plain.
    assert!(piece(&mut None, (1, 1), 9_000..9_010).is_empty());
    let plain = Highlighter::new().piece(&mut None, (1, 1), ("nothing", "a\nb"), 1..2);
    assert_eq!(plain, [[(1, Code)]]);
}

#[test]
fn languages_are_called_as_people_call_them() {
    let name = |name| Highlighter::new().name(name);
    assert_eq!(name("py").as_deref(), Some("Python"));
    assert_eq!(name("pycon").as_deref(), Some("Python"));
    assert_eq!(name("sh").as_deref(), Some("bash"));
    assert_eq!(name("tidelog"), None);
}

#[test]
fn data_and_markup_have_their_roles() {
    check(
        "json",
        "{\"a\": [1, true, \"x\\n\"]}",
        &[
            ("\"a\"", CodeKey),
            ("1", CodeNumber),
            ("true", CodeConstant),
            ("\"x", CodeString),
            ("\\n", CodeEscape),
        ],
    );
    check(
        "toml",
        "[a.b]\nk = \"v\" # c",
        &[("a", CodeKey), ("k", CodeKey), ("\"v\"", CodeString), ("# c", CodeComment)],
    );
    check(
        "yaml",
        "a: true\nb: x # c",
        &[
            ("a", CodeKey),
            (":", CodePunctuation),
            ("true", CodeConstant),
            ("b", CodeKey),
            ("x", CodeString),
            ("# c", CodeComment),
        ],
    );
}

#[test]
fn other_languages_have_their_roles_too() {
    check(
        "rust",
        "let x: u32 = foo(5u8);",
        &[("let", CodeKeyword), ("u32", CodeType), ("foo", CodeFunction), ("5u8", CodeNumber)],
    );
    check(
        "js",
        "const f = async (a) => new Foo(`x ${a}`)",
        &[
            ("const", CodeKeyword),
            ("f", CodeFunction),
            ("async", CodeKeyword),
            ("a", CodeVariable),
            ("=>", CodeOperator),
            ("new", CodeKeyword),
            ("Foo", CodeType),
            ("`x", CodeString),
            ("${", CodeEscape),
            ("a", Code),
            ("}", CodeEscape),
            ("`", CodeString),
        ],
    );
    check(
        "ts",
        "const y: Foo = null; interface A { b: string }",
        &[
            ("const", CodeKeyword),
            ("Foo", CodeType),
            ("interface", CodeKeyword),
            ("A", CodeType),
            ("string", CodeType),
        ],
    );
    check(
        "c",
        "static int f(struct foo *p);",
        &[("static", CodeKeyword), ("int", CodeType), ("f", CodeFunction), ("struct", CodeKeyword)],
    );
    check(
        "bash",
        "export A=\"$B\" && ls -l",
        &[
            ("export", CodeKeyword),
            ("A", CodeVariable),
            ("\"", CodeString),
            ("$B", CodeVariable),
            ("&&", CodeOperator),
            ("ls", CodeFunction),
            ("-l", CodeVariable),
        ],
    );
    check(
        "sql",
        "SELECT a FROM b WHERE c = 'y' AND d > 3",
        &[
            ("SELECT", CodeKeyword),
            ("FROM", CodeKeyword),
            ("WHERE", CodeKeyword),
            ("'y'", CodeString),
            ("AND", CodeKeyword),
            ("3", CodeNumber),
        ],
    );
    check(
        "html",
        "<a href=\"x\">&amp;</a>",
        &[
            ("<", CodePunctuation),
            ("a", CodeKey),
            ("href", CodeAttribute),
            ("\"x\"", CodeString),
            ("&amp;", CodeEscape),
        ],
    );
    check(
        "css",
        ".a { color: #fff; margin: 1px }",
        &[(".a", CodeAttribute), ("color", CodeKey), ("#", CodeConstant), ("1px", CodeNumber)],
    );
    check("dockerfile", "FROM python:3\nRUN pip", &[("FROM", CodeKeyword), ("RUN", CodeKeyword)]);
}

#[test]
fn unknown_languages_long_lines_and_long_blocks_stay_plain() {
    assert_eq!(pieces("mermaid", "graph TD; if"), [("graph TD; if", Code)]);
    let long = format!("if x:\n{}\nif y:", "if ".repeat(1_000));
    check(
        "python",
        &long,
        &[
            ("if", CodeKeyword),
            (long.split('\n').nth(1).unwrap().trim(), Code),
            ("if", CodeKeyword),
        ],
    );
    let block = "if x: pass\n".repeat(MAX_LINES + 2);
    let roles = Highlighter::new().highlight("python", &block);
    assert_eq!(roles.len(), MAX_LINES + 3);
    assert!(roles[MAX_LINES - 1].len() > 1);
    assert_eq!(roles[MAX_LINES], [(10, Code)]);
    assert!(roles[MAX_LINES + 2].is_empty());
    let wide = format!("{}\n", "if x ".repeat(200)).repeat(MAX_BYTES / 1_000 + 1);
    let roles = Highlighter::new().highlight("python", &wide);
    assert!(roles[0].len() > 1 && roles[MAX_BYTES / 1_000] == [(1_000, Code)]);
}

#[test]
fn no_syntax_fails_on_a_line_of_everything() {
    let code = "def f(x): \"{a}\" <b c='d'>${e}</b> /* #{g} */ // `h` [[i]] --- +++ é日本\u{301} \\\n\t@k: 'l\n%m = {n} | !o;\n\r\n\"\"\"\nEND";
    for syntax in language::syntaxes().syntaxes() {
        let roles = Highlighter::new().highlight(&syntax.name, code);
        assert_lengths(code, &roles);
    }
}

#[track_caller]
fn assert_lengths(code: &str, roles: &[LineRoles]) {
    let lines: Vec<_> = code.split('\n').collect();
    assert_eq!(lines.len(), roles.len());
    for (line, roles) in lines.iter().zip(roles) {
        assert_eq!(
            roles.iter().map(|(bytes, _)| *bytes as usize).sum::<usize>(),
            line.len(),
            "{line:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_roles_of_a_line_sum_to_its_length(
        language in prop_oneof![Just("python"), Just("pycon"), Just("console"), Just("diff"), Just("json"), Just("nothing")],
        code in "(>>> |\\.\\.\\. |\\$ |[a-z(){}\"'#@:= é日\\\\]{0,6}|\n|\t|def |f\"){0,40}",
    ) {
        assert_lengths(&code, &Highlighter::new().highlight(language, &code));
    }
}
