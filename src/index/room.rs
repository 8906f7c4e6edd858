//! How much room the index takes, table by table: for those who measure. What an allocator adds to each piece
//! (some 16 bytes) is not counted.

use super::Index;
use super::files::Record;
use crate::markdown::packed::Texts;

/// Two counters stand before what is shared.
const SHARED: usize = 2 * size_of::<usize>();

impl Index {
    /// What each table takes, in bytes.
    #[must_use]
    pub fn room(&self) -> Vec<(&'static str, usize)> {
        let sum = |of: &dyn Fn(&Record) -> usize| -> usize {
            self.files.records().map(|(_, record)| of(record)).sum()
        };
        vec![
            ("facts, packed", sum(&|record| SHARED + record.page.facts.bytes().len())),
            (
                "texts that pages share",
                self.tables().values().map(|(texts, _)| Texts::room(texts)).sum(),
            ),
            (
                "pages: title, kind, times",
                sum(&|record| {
                    let page = &record.page;
                    let reason = page.unreadable.as_ref().map_or(0, |reason| reason.len());
                    let texts = page.title.capacity() + reason;
                    SHARED + size_of::<Record>() + size_of_val(&*record.tags) + texts
                }),
            ),
            ("paths", self.files.paths_room()),
            ("where links lead", sum(&|record| record.leads.room())),
            ("who links here", sum(&|record| record.inbound.bytes().len())),
            ("what links ask for", self.asks.room()),
            ("names of files, aliases, titles", self.files.names_room() + self.called.room()),
        ]
    }
}
