//! Pages that are made: the same ones in every run.

use std::path::Path;

use kenning::vault::PagePath;

/// One page in a wiki of `pages`: eleven links of every sort, most to pages that exist.
pub(crate) fn page(page: u32, pages: u32) -> (PagePath, String) {
    let folder = |page: u32| ["people", "topics", "episodes", "notes/deep"][page as usize % 4];
    // Some pages are linked far more often than others.
    let other =
        |salt: u32| page.wrapping_mul(7919).wrapping_add(salt * 104_729) % pages / (1 + salt % 3);
    let prose =
        "The water stood high at the gauge that morning, and *nobody* had written down who \
                 read it last; the clerk kept `two` books and trusted neither. "
            .repeat(6);
    let part = |part: u32| {
        let (a, b) = (other(part * 2 + 1), other(part * 2 + 2));
        let last = match part {
            0 => format!("- [gone](../missing_{}.md) #tag{}", page % 100, page % 20),
            1 => format!("[Nick](../{}/page_{b}.md)", folder(b)),
            2 => format!("> [[Nick {a}]] said so."),
            _ => "```python\nprint(\"[[no link]]\")\n```".to_owned(),
        };
        let see = format!("See [[{}/page_{a}|the other]] and [[page_{b}#Part 1]].", folder(a));
        format!("## Part {part}\n\n{prose}\n\n{see}\n\n{last}\n")
    };
    let matter = format!("tags: [work, a/b{}]\naliases: Nick {page}", page % 50);
    let parts: String = (0..4).map(part).collect();
    let path = format!("{}/page_{page}.md", folder(page));
    let text = format!("---\n{matter}\n---\n# Page {page}\n\n{parts}");
    (PagePath::new(&path).expect("a sound path"), text)
}

/// Writes a wiki of `pages` into a folder, with a start page that leads to some.
#[allow(dead_code, reason = "not every bench wants files")]
pub(crate) fn write(folder: &Path, pages: u32) {
    for name in ["people", "topics", "episodes", "notes/deep"] {
        std::fs::create_dir_all(folder.join(name)).expect("a folder");
    }
    for nth in 0..pages {
        let (path, text) = page(nth, pages);
        std::fs::write(folder.join(path.as_str()), text).expect("a page");
    }
    let text = page(0, pages).1.replace("# Page 0", "# The start of it");
    std::fs::write(folder.join("index.md"), text).expect("a page");
}
