//! What is packed comes out as it was, whatever a page says; damaged bytes give something.

use proptest::prelude::*;

use super::*;
use crate::markdown::facts;

const PAGE: &str = "---\ntitle: \"A: b\"\naliases: [x, \"y z\"]\nkind: people\ncreated: 2024-02-29\nlevel: 3\ndone: true\n\
    nothing:\nmany: [1, [a, {b: c}]]\nup: \"[[Up#H|over]]\"\n---\n# A: b #tag\n\nSee [[a]], [[a#h|b]], ![[c^d]] and \
    [t](u%20v.md#w). ^id\n\n## Second\n\n[[#]] #tag/sub\n\n---\n*Last updated: 2023-01-02*\n*Strength: 0.25*\n";

#[track_caller]
fn check(facts: &Facts) {
    let packed = Packed::from(facts);
    assert_eq!(packed.unpack(), *facts);
    assert_eq!(packed.words(), facts.words);
    assert_eq!(packed.link_count(), facts.links.len());
    for (number, link) in (0..).zip(&facts.links) {
        assert_eq!(packed.link(number), Some(link.borrowed()));
    }
    assert_eq!(packed.link(LinkId::try_from(facts.links.len()).expect("few")), None);
    let summary = packed.summary();
    assert_eq!(
        (packed.date(), packed.created(), packed.updated(), packed.strength()),
        (summary.date, summary.created, summary.updated, summary.strength)
    );
}

#[test]
fn facts_come_out_as_they_went_in() {
    check(&Facts::default());
    check(&facts(PAGE));
    check(&facts("---\n- @broken\nkey: value\n---\n"));
    check(&facts(&"[[one]] and [two](three.md#four).\n\n".repeat(100)));
}

#[test]
fn pages_that_are_packed_together_share_their_texts() {
    let mut packer = Packer::default();
    let facts = facts(PAGE);
    let pages: Vec<_> = (0..100).map(|_| packer.pack(&facts)).collect();
    let texts = packer.finish();
    assert!(pages.iter().all(|page| page.len() < PAGE.len()));
    let alone = Packed::from(&facts);
    assert_eq!(texts, *alone.texts());
    for page in pages {
        assert_eq!(Packed::new(page, Arc::clone(&texts)), alone);
    }
}

proptest! {
    #[test]
    fn any_page_comes_out_as_it_went_in(
        parts in prop::collection::vec(
            prop_oneof![
                "\\[\\[[a-c#|^é\\[\\] ]{0,8}\\]\\]",
                "#[a-z/é]{1,5}",
                "\n\n#{1,3} [a-zA-Z *]{0,9}\n\n",
                "\n---\n",
                "[a-z]{1,9}: [^\n]{0,9}\n",
                "\\PC{0,12}",
            ],
            0..40,
        ),
        has_front_matter: bool,
    ) {
        let text = [if has_front_matter { "---\n" } else { "" }, &parts.concat()].concat();
        check(&facts(&text));
    }

    #[test]
    fn damaged_bytes_give_other_facts_and_no_fault(
        at in 0..400_usize,
        byte: u8,
        length in 0..400_usize,
    ) {
        let sound = Packed::from(facts(PAGE));
        let mut bytes = sound.bytes().to_vec();
        if let Some(one) = bytes.get_mut(at) {
            *one = byte;
        }
        bytes.truncate(length);
        let damaged = Packed::new(bytes.into(), Arc::clone(sound.texts()));
        drop(damaged.unpack());
        for number in 0..9 {
            drop(damaged.link(number));
        }
    }
}
