//! Workers whose jobs panic: who waits is told, and all go on.

use std::sync::mpsc::channel;

use super::super::scan;
use super::*;
use crate::app::model::Ticket;
use crate::app::msg::PageRead;
use crate::vault::PagePath;

#[test]
fn a_worker_whose_job_panics_says_so_and_all_go_on() {
    let (out, events) = channel();
    let today = Date::constant(2025, 6, 1);
    let workers = Workers::start(Files::Sample, false, false, today, &out);
    let index = Arc::new(scan::build(&Files::Sample, &Files::Sample.list().entries));
    let next = || match events.recv().expect("a worker answers") {
        Event::Msg(msg) => msg,
        event => panic!("{event:?} was never sent"),
    };
    workers.search.submit(|_, _| panic!("on purpose"));
    assert!(matches!(next(), Msg::Failed(Job::Search)));
    workers.scan.submit(|_| panic!("on purpose"));
    assert!(matches!(next(), Msg::Failed(Job::Scan)));

    let path = PagePath::new("index.md").expect("a path");
    workers.run(Effect::ReadPage { ticket: Ticket(1), path }, &index);
    assert!(matches!(next(), Msg::PageRead(PageRead { result: Ok(_), .. })));
    let typed = "tide".to_owned();
    workers.run(Effect::Search { ticket: Ticket(2), typed, within: None }, &index);
    assert!(matches!(next(), Msg::Hits { .. }));
    workers.run(Effect::Rescan, &index);
    while !matches!(next(), Msg::Indexed(_)) {}
}

#[test]
fn a_page_that_reading_panics_on_is_one_that_cannot_be_read() {
    let path = PagePath::new("index.md").expect("a path");
    let begun = |_| panic!("on purpose");
    let index = Index::default();
    // So long that its beginning comes first.
    let text = "word\n".repeat(1 << 18);
    let files = Files::Text {
        path: path.clone(),
        text: Arc::new(crate::runtime::read::Text { text, notices: Vec::new() }),
    };
    let read = read_page(&files, &index, Ticket(1), path, begun).expect("an answer");
    assert_eq!(read.result.err().as_deref(), Some(scan::FAULT));
}
