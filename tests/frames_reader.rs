//! The reader as its user sees it: text and keys in, frames out.

mod common;

use common::Screen;

#[test]
fn first_look() {
    let mut screen = Screen::new(80, 24, &[
        ("index.md", "# Index\n\nRead [[topics/python|Python]] and [[nobody]].\n\n## More\n\n```python\nimport os\n```\n"),
        ("topics/python.md", "# Python\n\nA *language*. See [[index]].\n"),
    ]);
    println!("{}", screen.frame());
    println!("{}", screen.roles());
    screen.keys("<Tab> <Enter>");
    println!("{}", screen.frame());
    screen.keys("<Backspace> <Tab>");
    println!("{}", screen.frame());
    panic!();
}
