//! Pictures of neighbourhoods of many sizes: where the names stand, and where one walks from them.

use super::*;
use crate::index::PageId;
use crate::vault::PagePath;

/// Pages of which each names its parent, its steps and how long its name is.
fn around(all: &[(usize, usize, usize)]) -> Around {
    let mut around = Around::default();
    for (nth, &(parent, steps, cells)) in all.iter().enumerate() {
        let path = PagePath::new(&format!("{nth:03}.md")).unwrap();
        around.nodes.push(Node {
            page: PageId(0),
            path,
            title: "x".repeat(cells),
            kind: None,
            steps,
            parent,
            children: Vec::new(),
            way: [Way::In, Way::Out, Way::Both][nth % 3],
        });
        if nth > 0 {
            around.nodes[parent].children.push(nth);
        }
    }
    around
}

/// A hub with as many neighbours, each with `more` further ones, and these too.
fn hub(neighbours: usize, more: usize, steps: usize) -> Around {
    let mut all = vec![(0, 0, 12)];
    let mut begin = 0;
    for step in 1..=steps {
        let end = all.len();
        for parent in begin..end {
            let count = if step == 1 { neighbours } else { more };
            all.extend((0..count).map(|nth| (parent, step, 3 + nth * 7 % 40)));
        }
        begin = end;
    }
    around(&all)
}

#[test]
fn no_name_lies_over_another_and_all_lie_on_the_screen() {
    for (columns, rows) in [(500, 200), (200, 60), (120, 35), (80, 19), (60, 11)] {
        for (neighbours, more, steps) in
            [(0, 0, 1), (3, 0, 1), (90, 0, 1), (5, 4, 2), (30, 9, 2), (4, 3, 3), (20, 5, 3)]
        {
            let around = hub(neighbours, more, steps);
            let picture = Picture::of(&around, columns, rows);
            let mut taken = vec![false; usize::from(columns) * usize::from(rows)];
            for spot in picture.spots.iter().flatten() {
                assert!(spot.left + spot.cells <= columns && spot.row < rows, "{spot:?}");
                for cell in spot.left..spot.left + spot.cells {
                    let cell = usize::from(spot.row) * usize::from(columns) + usize::from(cell);
                    assert!(!taken[cell], "{columns}x{rows} {neighbours} {more} {spot:?}");
                    taken[cell] = true;
                }
            }
            let is_few = neighbours < 9 && steps == 1;
            assert!(!is_few || picture.hidden() == 0, "{columns}x{rows} {neighbours}");
        }
    }
}

#[test]
fn one_walks_to_every_page_that_has_a_place() {
    use Toward::{Down, Left, Right, Up};
    let around = hub(6, 3, 3);
    let picture = Picture::of(&around, 160, 50);
    let mut reached = vec![0];
    let mut next = 0;
    while let Some(&from) = reached.get(next) {
        next += 1;
        for toward in [Left, Right, Up, Down] {
            let to = picture.walk(&around.nodes, from, toward);
            reached.extend(to.filter(|to| !reached.contains(to)));
        }
    }
    assert_eq!(reached.len(), picture.spots.iter().flatten().count());
}

#[test]
fn who_links_here_stands_at_the_left_and_what_is_linked_at_the_right() {
    // By number: out, both, in, out, both, in ...
    let around = hub(6, 0, 1);
    let picture = Picture::of(&around, 80, 20);
    let columns: Vec<i16> = picture.spots.iter().flatten().map(|spot| spot.column).collect();
    assert_eq!(columns, [0, 1, 1, -1, 1, -1, -1]);
}
