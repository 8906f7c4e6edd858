//! What Markdown holds beyond `CommonMark` and GFM, as a reader sees it.

use crate::screen::Screen;

/// The page as it stands on a screen wide enough for it alone, every space kept.
fn shown(columns: u16, rows: u16, text: &str) -> String {
    Screen::new(columns, rows, &[("page.md", text), ("ada.md", "# Ada\n"), ("tide.csv", "1\n")])
        .frame()
}

const CALLOUTS: &str = "\
> [!abstract] Abstract, summary, tldr
> See [[ada]].

> [!info]
> Without a title.

> [!todo]+ Open
> One.
>
> > [!tip]- Hint, important: folded
> > Not seen.

> [!SUCCESS] Check, done
> [!help] No second title.

> [!question] Faq
> [!warning] x

> [!failure|right] Missing
> > [!danger] Error
> > > [!bug] In the wall
> > > > [!example] Deep
> > > > `code`

> [!cite] Quote
> ==marked==

> [!harbour] A kind of its own
";

#[test]
fn callouts_have_a_sign_a_title_and_a_bar() {
    insta::assert_snapshot!(shown(46, 52, CALLOUTS));
}

const WORDS: &str = "\
A ==marked **strong** word== and a %%hidden%% remark, a note[^n] and another.^[Said *here*, #tagged.]

%%
A hidden block with [[ada]].
%%

A paragraph with an id. ^pier

- [x] done
- [X] done
- [ ] open
- [/] begun
- [-] dropped
- [>] handed on
- [<] planned
- [!] urgent
- [?] asked
- [*] loved
- [\"] quoted
- [b] marked

Two lines  
and a third\\
and a fourth.

Datum
: The zero of *everything*.
: A second meaning.

Staff
: A ruler in the sea.

[^n]: The first.
";

#[test]
fn words_tasks_notes_and_definitions() {
    insta::assert_snapshot!(shown(60, 50, WORDS));
}

const FORMULAS: &str = "\
In a line $h = Z_0 + A\\cos(\\omega t - \\varphi)$, a limit $\\lim_{n \\to \\infty} \\frac{a_n}{2n} = 0$ and $a and b$.

$$
\\begin{aligned}
x^2 &= \\frac{1}{2} y \\\\
\\sqrt{x + 1} &\\le \\sum_{i=1}^{n} x_i
\\end{aligned}
$$

$$
\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}
$$
";

#[test]
fn formulas_are_plain_characters_where_that_is_certain() {
    insta::assert_snapshot!(shown(60, 22, FORMULAS));
}

const HTML: &str = "\
<!-- hidden -->

<div align=\"center\">
  <h1>The <em>Gauge</em></h1>
  <p>Read twice &amp; written once,<br>by <b>everyone</b>.</p>
  <a href=\"https://example.org\"><img src=\"badge.svg\" alt=\"tide\"></a>
</div>

Water is H<sub>2</sub>O, see <a href=\"https://example.org/w\">there</a>; <u>x</u><sup>2</sup>, <blink>no</blink>.
<img src=\"pier.png\" alt=\"The pier\" width=300> <kbd>Tab</kbd> <span class=\"x\">plain</span>

<hr>

<ul>
<li>one</li>
<li>two</li>
</ul>

<details>
<summary>More <code>text</code></summary>

Hidden at first.

</details>

<details open><summary>Open</summary>
<p>Seen.</p>
</details>

<!-- hidden

[[ada]] too
-->

<pre>
as   it
  stands &lt;
</pre>

<video controls width=\"100%\">
  <source src=\"https://example.org/tide.webm\">
</video>
";

#[test]
fn html_is_the_text_it_holds() {
    insta::assert_snapshot!(shown(66, 50, HTML));
}

const DIAGRAMS: &str = "\
```mermaid
graph LR
  a --> b
```

```dot
digraph { a -> b }
```

```python
print(1)
```
";

#[test]
fn diagrams_say_that_they_are_some() {
    insta::assert_snapshot!(shown(46, 20, DIAGRAMS));
    let mut screen = Screen::new(46, 20, &[("page.md", DIAGRAMS)]);
    screen.model.themes.ascii = true;
    screen.keys("j");
    assert!(screen.text().contains("diagram - mermaid"));
}

const PRINT: &str = "\
---
date: {{date}}
cover: []
note:
---
Two  spaces are one, three   stay; in `code  two` are two.

![[ada]] and ![[tide.csv]]
beside words.

#### Deep

## A section after it

## One below the other

> [!tip]

> [!bug] A title alone
> > [!tip]
> > Below it.

After it.
";

#[test]
fn air_spaces_and_templates_are_as_in_print() {
    insta::assert_snapshot!(shown(60, 32, PRINT));
}

#[test]
fn a_notice_is_said_once() {
    let text = Screen::new(80, 12, &[("page.md", "---\n- @name\na: b: c\n---\nText.\n")]).text();
    assert_eq!(text.matches("front matter is not").count(), 1, "{text}");
}
