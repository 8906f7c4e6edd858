//! Tables of small cases, one for each rule. Whole pages are in `tests/recover.rs`.

use super::classify::classify;
use super::given::Given;
use super::glue::{Split, in_command, split};
use super::language::{Language, evident};
use super::marks;
use super::names::Names;
use super::python::grammar::read;
use super::python::indent::indent;
use super::python::lexer::{Carry, tokens};
use super::{ChangeKind, needs_recovery, recover};

/// Whether `line` by itself can be Python.
fn reads(line: &str) -> bool {
    let mut carry = Carry::default();
    read(line, &tokens(line, &mut carry), &Carry::default()).error.is_none()
}

#[test]
fn python_reads_as_python() {
    let lines = [
        "import asyncio",
        "from .a.b import c as d, e",
        "x: dict[str, int] = {}",
        "a, *b = c[1:], d[::2, :]",
        "def f(a, /, b: int = 1, *args, c=None, **kw) -> list[str]:",
        "async def f(): ...",
        "class A(B, metaclass=C):",
        "@app.get(\"/x\", status=201)",
        "if not x and y is not None:",
        "elif x not in y:",
        "except (A, B) as e:",
        "with open(p) as f, g() as h:",
        "for i, (a, b) in enumerate(x):",
        "return",
        "raise X from e",
        "x = y if z else lambda a, b=1: a",
        "print(*[a async for a in b], sep=\"\")",
        "f\"{a['b']}\" 'joined' rb'too'",
        "while chunk := f.read(8):",
        "match x:",
        "type X = int | str",
        "x = 0x1f + 1_000.5e-3j",
        "assert a @ b == c, \"m\"",
        "foo(",
        "pass  # nothing",
    ];
    for line in lines {
        assert!(reads(line), "{line}");
    }
}

#[test]
fn prose_does_not_read_as_python() {
    let lines = [
        "The lamps are lit.",
        "if you can, do",
        "for example the mole",
        "with care",
        "Two words",
        "Note that x = 1",
        "don't",
        "wait...what",
        "x = = y",
        "Ein Satz für alle",
        "日本語の行です",
        "@tool, @other and more",
        "is it so?",
    ];
    for line in lines {
        assert!(!reads(line), "{line}");
    }
}

fn parted<'a>(line: &'a str, known: &[&'static str]) -> Option<(&'a str, &'a str)> {
    let mut names = Names::default();
    for name in known {
        names.learn(name, &tokens(name, &mut Carry::default()));
    }
    let found = tokens(line, &mut Carry::default());
    let reading = read(line, &found, &Carry::default());
    split(line, &found, reading, &names).map(|s| line.split_at(s.at))
}

#[test]
fn glued_lines_are_parted_where_the_prose_begins() {
    let cases: [(&str, &[&str], &str, &str); 25] = [
        ("f(x)The next step is", &[], "f(x)", "The next step is"),
        ("return lampLighting the mole", &["lamp"], "return lamp", "Lighting the mole"),
        ("return lampChecking", &["lamp"], "return lamp", "Checking"),
        ("return lampOn/Off", &["lamp"], "return lamp", "On/Off"),
        ("passA Title with Words", &[], "pass", "A Title with Words"),
        ("passLamp.light/Lamp.dim", &[], "pass", "Lamp.light/Lamp.dim"),
        ("str | LampValid:", &["Lamp"], "str | Lamp", "Valid:"),
        ("from lamps import LampMethods:", &["Lamp"], "from lamps import Lamp", "Methods:"),
        ("# raises TypeErrorKinds of Lamps", &[], "# raises TypeError", "Kinds of Lamps"),
        (
            "# Asks the lamp.Use one for each of the posts.",
            &["lamp"],
            "# Asks the lamp.",
            "Use one for each of the posts.",
        ),
        ("from lamps import *Now light them", &[], "from lamps import *", "Now light them"),
        ("return lampThat's all", &[], "return lamp", "That's all"),
        ("x = NoneDon't touch it:", &[], "x = None", "Don't touch it:"),
        ("# from LampPost.light here2. Light it", &[], "# from LampPost.light here", "2. Light it"),
        ("x = NoneNow it is dark", &[], "x = None", "Now it is dark"),
        ("x = 5Then we wait for it", &[], "x = 5", "Then we wait for it"),
        ("s = \"a\"Strings are easy to", &[], "s = \"a\"", "Strings are easy to"),
        ("n = MAX_LAMPSNext we count them", &[], "n = MAX_LAMPS", "Next we count them"),
        ("f(x)次の手順です", &[], "f(x)", "次の手順です"),
        ("x = lamp4. Light the Mole", &["lamp"], "x = lamp", "4. Light the Mole"),
        (
            "f(x)  # Returns a lamp3. Count the Lamps",
            &[],
            "f(x)  # Returns a lamp",
            "3. Count the Lamps",
        ),
        (
            "# Every lamp is lit automaticallyOil Lamps",
            &[],
            "# Every lamp is lit automatically",
            "Oil Lamps",
        ),
        ("# la mar creció.Counting the Lamps", &[], "# la mar creció.", "Counting the Lamps"),
        ("# all are lit.Now count them", &[], "# all are lit.", "Now count them"),
        (
            "f()  # it's doneNow we count what is left:",
            &[],
            "f()  # it's done",
            "Now we count what is left:",
        ),
    ];
    for (line, known, head, tail) in cases {
        assert_eq!(parted(line, known), Some((head, tail)), "{line}");
    }
}

#[test]
fn what_is_not_glued_stays_together() {
    let lines = [
        "client = FastAPI()",
        "x = myLamp",
        "return lampSwitch.state",
        "# uses `TokenEmbedding` of the library",
        "# see openai.AsyncClient() for more",
        "#> name='Ada' age=3",
        "# the \"Big One\" is dark",
        "x = f(\"The end\")",
        "# see figure 2. It shows the mole",
        "# la mar creció",
        "# Asks the lamp.Post",
        "passPhrase = lamp",
        "password",
        "password_hash",
        "passport_no",
        "passport()",
        "...to:",
    ];
    for line in lines {
        assert_eq!(parted(line, &["x", "lamp"]), None, "{line}");
    }
}

#[test]
fn commands_are_parted_too() {
    let cases = [
        ("pip install lamps", "After that, run it"),
        ("pip install lamps", "Usage"),
        ("uv add lamps", "Basic Lamps"),
        ("export LAMP=on-the-mole", "Switching Between Lamps"),
        ("pip install \"lamps[oil]\"", "2. Lamp Selection"),
        ("pip install \"lamps[oil]\"", "⚠️ Mind the flame."),
        ("export KEY=<your-key>", "Once it is set, the lamps are lit"),
    ];
    for (head, tail) in cases {
        let split = in_command(&format!("{head}{tail}"));
        assert_eq!(split, Some(Split { at: head.len(), certain: true }), "{head}{tail}");
    }
    for line in [
        "pip install lamps",
        "git commit -m \"a Word or two\"",
        "git clone https://example.org/myLamps/x y",
        "export LAMP_KEY=AbC",
        "kubectl get lampPost -o wide",
    ] {
        assert_eq!(in_command(line), None, "{line}");
    }
}

/// Where every place of a line asked for the rest of it, this would take minutes.
#[test]
fn long_lines_take_linear_time() {
    let lines = [
        format!("curl https://example.org/?q={}", "aA".repeat(500_000)),
        format!("pip install {}a", "aA ".repeat(300_000)),
        "aA".repeat(500_000),
        "a".repeat(1_000_000),
    ];
    for line in lines {
        let page = format!(
            "The Mole\nimport lamps\nfrom lamps import light\nlamp = light(1)\nprint(lamp)\n\
             {line}\nThe lamps are lit.\nSo is the mole.\nThat is all of it.\n"
        );
        assert_eq!(page.lines().count(), 9);
        assert!(needs_recovery(&page), "{}", &line[..30]);
        assert!(recover(&page).markdown.contains(&line), "{}", &line[..30]);
    }
}

#[test]
fn what_a_prompt_began_ends_with_any_other_line() {
    let is_session = |between: &str| {
        let lines = [">>> for lamp in lamps:", between, "... and so on"];
        let given = [Given::Unknown; 3];
        classify(&lines, &given).last().is_some_and(|unit| unit.code)
    };
    assert!(is_session("...     light(lamp)"));
    assert!(!is_session(""));
    assert!(!is_session("The lamps are lit now."));
}

#[test]
fn marks_of_blocks_are_parted_from_any_line() {
    let cases = [
        ("#> name='Ada' age=3", "!!! note"),
        ("return lamps", ":::{important} Mind the flame."),
        ("light(1)", ":::"),
        ("$ lamps --all", "=== \"Tab\""),
        ("light(1)", "(the-mole)="),
        ("light(1)", "[!TIP]"),
    ];
    for (head, tail) in cases {
        assert_eq!(marks::glued(&format!("{head}{tail}")), Some(head.len()), "{head}{tail}");
    }
    for line in ["!!! note", "say !!! now", "x[a:::b]", "a === \"b\"", "(the-mole)=", "f(x) == y"] {
        assert_eq!(marks::glued(line), None, "{line}");
    }
}

#[test]
fn other_languages_are_told_when_they_are_evident() {
    use Language::{JavaScript, Shell, Sql, Toml};
    let cases = [
        ("$ ls -l", Some(Shell)),
        ("pip install httpx", Some(Shell)),
        ("git clone https://example.org/x.git", Some(Shell)),
        ("docker run -it --rm image", Some(Shell)),
        ("make sure that it works", None),
        ("go to the harbour", None),
        ("SELECT name FROM lamps", Some(Sql)),
        ("CREATE TABLE lamps (", Some(Sql)),
        ("SELECT what you need", None),
        ("const lamp = require('lamp');", Some(JavaScript)),
        ("let us begin", None),
        ("[tool.ruff]", Some(Toml)),
        ("[link]", Some(Toml)),
        ("x = 1", None),
    ];
    for (line, language) in cases {
        assert_eq!(evident(line), language, "{line}");
    }
}

/// Flattens `code` and indents it again.
fn indents(code: &str) {
    let flat: Vec<&str> = code.lines().map(str::trim).collect();
    let got: Vec<String> = flat
        .iter()
        .zip(indent(&flat))
        .map(|(line, placed)| format!("{:1$}{line}", "", placed.spaces.unwrap_or(0)))
        .collect();
    assert_eq!(got.join("\n"), code.trim_end());
}

#[test]
fn indentation_is_put_back() {
    let cases = [
        // What leaves a block ends it.
        "def f(x):\n    if x:\n        return 1\n    return 2\nprint(f(1))",
        // Clauses go on with the block that can have them.
        "try:\n    f()\nexcept A:\n    pass\nelse:\n    g()\nfinally:\n    h()",
        "for a in b:\n    if a:\n        continue\n    elif b:\n        break\n    g(a)\nelse:\n    h()",
        // Methods stand in their class, and decorators where the method stands.
        "class A:\n    x: int\n    def f(self):\n        return 1\n    @property\n    def g(self):\n        return 2\nclass B:\n    pass",
        "class A:\n    class Meta:\n        x = [1]\n    def f(self):\n        return 1",
        // A function that is handed on stands in the one that hands it on.
        "def d(f):\n    @wraps(f)\n    def w(*a):\n        r = f(*a)\n        return r\n    return w\n@d\ndef g():\n    pass",
        "def outer(scale):\n    rate = scale\n    def inner(x):\n        y = x\n    return inner(rate)",
        // Imports, classes and the main guard stand outside.
        "def f():\n    g()\nimport x\nif __name__ == \"__main__\":\n    f()",
        // What uses the name of a function is outside of it, and what that needs as well.
        "def f(x):\n    print(x)\nvalue = 3\nf(value)",
        // A local may have the function's name; what is called is the function.
        "def pack(xs):\n    pack = []\n    for x in xs:\n        pack.append(x)\nfor p in pack([1]):\n    print(p)",
        // What uses a loop's variable is in the loop, what does not is behind it.
        "for a in b:\n    c = a\n    print(c)\nprint(\"done\")",
        "def f(b):\n    out = []\n    for a in b:\n        out.append(a)\n    return out",
        // Nothing but `except` and `finally` ends a `try`.
        "def f():\n    try:\n        a = 1\n        b = 2\n        return a\n    except E:\n        raise",
        // An assignment behind annotated fields is no field.
        "class A(Base):\n    x: int\n    y: str = \"\"\nclient = make()",
        "class E(Enum):\n    ONE = 1\n    TWO = 2\nclient = make()",
        // Lines within brackets hang four spaces in from the line that opened them.
        "x = f(\n    [\n        1,\n        2,\n    ],\n    g({\n        \"a\": 1,\n    }),\n)",
        // White space within a string is the string's own, except in a docstring.
        "def f():\n    \"\"\"One.\n    Two.\n    \"\"\"\n    x = \"\"\"\none\n\"\"\"\n    return x",
        // A comment is about what follows it; output is of what precedes it.
        "def f():\n    # one\n    return 1\n# two\nprint(f())\n#> 1\n# three\nx = 2",
        "match x:\n    case 1:\n        f()\n    case _:\n        g()",
        "with a as b:\n    b.c()\n    b.d()",
        "async def f():\n    async with a() as b:\n        c = await b.c()\n        return c\nasyncio.run(f())",
        "if a:\n    return\nelse:\n    b()",
        "x = a + \\\n    b\ny = 1",
    ];
    for code in cases {
        indents(code);
    }
}

#[test]
fn code_that_kept_its_indentation_keeps_it() {
    let lines = ["def f():", "  return 1", "f()"];
    assert!(indent(&lines).iter().all(|p| p.spaces.is_none()));
    let session = [">>> for a in b:", "...   print(a)", "1"];
    assert!(indent(&session).iter().all(|p| p.spaces.is_none()));
}

#[test]
fn a_choice_of_indentations_is_marked() {
    let source = "import a\nfrom b import c\nfor x in a.y():\nx.z()\na.done()\n";
    let restored = recover(source);
    let doubtful: Vec<u32> = restored
        .changes
        .iter()
        .filter(|c| c.kind == ChangeKind::Uncertain)
        .map(|c| c.source)
        .collect();
    assert_eq!(doubtful, [4]);
}

fn headings(source: &str) -> Vec<String> {
    recover(source).markdown.lines().filter(|l| l.starts_with('#')).map(str::to_owned).collect()
}

const LONG: &str = "This sentence goes on for so long that nobody would take it for a heading, not even in a hurry.";

#[test]
fn short_titles_become_headings() {
    let page = format!("The Mole\n{LONG}\nLamps and Posts\n{LONG}\nHow are they lit?\n{LONG}\n");
    assert_eq!(headings(&page), ["# The Mole", "## Lamps and Posts", "## How are they lit?"]);
}

#[test]
fn a_heading_below_a_heading_is_a_level_deeper() {
    let page = format!(
        "The Mole\n{LONG}\nKinds of Lamps\nOil Lamps\n{LONG}\nGas Lamps\n{LONG}\nPosts\n{LONG}\n"
    );
    assert_eq!(
        headings(&page),
        ["# The Mole", "## Kinds of Lamps", "### Oil Lamps", "### Gas Lamps", "## Posts"]
    );
}

#[test]
fn items_of_a_list_are_no_headings() {
    let page = format!(
        "The Mole\n{LONG}\nIt has these parts:\nstones from the quarry\ntwo lamps on posts\nan old crane\n{LONG}\n"
    );
    assert_eq!(headings(&page), ["# The Mole"]);
    let counted = format!("The Mole\n{LONG}\n1. Lay the Stones\n2. Light the Lamps\n{LONG}\n");
    assert_eq!(headings(&counted), ["# The Mole"]);
}

#[test]
fn tables_get_their_pipes() {
    let cases = [
        ("| a | b |\n|---|---|\n1 | 2 |\n", "| a | b |\n|---|---|\n| 1 | 2 |\n"),
        ("| a | b |\n|---|---|\n2 |\n", "| a | b |\n|---|---|\n| | 2 |\n"),
        ("| a | b |\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 1 | 2 |\n"),
        ("a\tb\n1\t2\n", "| a | b |\n|---|---|\n| 1 | 2 |\n"),
        ("| a \\| b | c |\n|---|---|\nx | y |\n", "| a \\| b | c |\n|---|---|\n| x | y |\n"),
    ];
    for (source, expected) in cases {
        assert_eq!(recover(source).markdown, expected);
    }
}

#[test]
fn runs_of_two_languages_get_a_fence_each() {
    let source = "pip install lamps\nimport lamps\nlamps.light(1)\n";
    let expected =
        "```shell\npip install lamps\n```\n\n```python\nimport lamps\nlamps.light(1)\n```\n";
    assert_eq!(recover(source).markdown, expected);
}

#[test]
fn a_literal_is_json() {
    let source = "{\n\"lit\": true,\n\"names\": [\n\"a\"\n]\n}\n";
    assert!(recover(source).markdown.starts_with("```json\n"));
}
