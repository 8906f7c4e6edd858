//! A hash that is the same in every version of the program and on every machine, which the standard
//! library's hasher does not promise: for names in files that are kept. And a hasher for what is hashed already.

use std::hash::Hasher;

/// FNV-1a, 64 bit.
#[must_use]
pub fn fnv_1a(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
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
    fn the_hash_is_the_published_one() {
        assert_eq!(super::fnv_1a(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
