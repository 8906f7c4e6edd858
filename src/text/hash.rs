//! A hash that is the same in every version of the program and on every machine, which the standard
//! library's hasher does not promise: for names in files that are kept. And a hasher for what is hashed already.

use std::hash::Hasher;

/// FNV-1a, 64 bit.
#[must_use]
pub fn fnv_1a(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

/// A hash for tables in memory, eight bytes at a step, for those that come through no harm when a text is made to
/// hash as another does.
#[must_use]
pub fn quick(bytes: &[u8]) -> u64 {
    #[expect(clippy::cast_possible_truncation, reason = "the two halves of a product are mixed")]
    let step = |hash: u64, word: u64| {
        let product = u128::from(hash ^ word) * 0x9e37_79b9_7f4a_7c15;
        (product >> 64) as u64 ^ product as u64
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let hash =
        words.iter().fold(bytes.len() as u64, |hash, word| step(hash, u64::from_le_bytes(*word)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    step(step(hash, u64::from_le_bytes(last)), 0)
}

/// Passes a number on that is a hash already.
#[derive(Clone, Default, Debug)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only keys are hashed, and they write one number");
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn texts_that_differ_anywhere_hash_to_other_numbers_and_bits() {
        let texts = ["", "a", "b", "aa", "12345678", "12345678a", "12345678b", "a2345678", "a\0"];
        let mut hashes: Vec<u64> = texts.map(|text| super::quick(text.as_bytes())).to_vec();
        let many = (0..10_000).map(|number| super::quick(format!("page {number}").as_bytes()));
        hashes.extend(many);
        for shift in [0, 32] {
            let mut bits: Vec<u64> =
                hashes.iter().map(|hash| hash >> shift & 0xffff_ffff).collect();
            bits.sort_unstable();
            bits.dedup();
            assert!(bits.len() + 3 > hashes.len(), "{} of {}", bits.len(), hashes.len());
        }
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(super::fnv_1a(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
