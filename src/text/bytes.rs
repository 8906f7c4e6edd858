//! Numbers and texts as bytes: seven bits of a number in each byte, the lowest first (LEB128). Reading never
//! fails: past the end, and where bytes make no sense, it gives zeros and empty texts, for these bytes
//! may come from a damaged file.

/// Writes numbers and texts one after the other.
#[derive(Debug, Default)]
pub struct Writer {
    /// What was written so far.
    pub bytes: Vec<u8>,
}

impl Writer {
    /// A number, in one to five bytes.
    pub fn number(&mut self, mut number: u32) {
        loop {
            let [low, ..] = (number & 0x7f).to_le_bytes();
            number >>= 7;
            if number == 0 {
                return self.bytes.push(low);
            }
            self.bytes.push(low | 0x80);
        }
    }

    /// A length; one past `u32::MAX` is cut to that.
    pub fn length(&mut self, length: usize) {
        self.number(u32::try_from(length).unwrap_or(u32::MAX));
    }

    /// A number near to `base`, on either side of it.
    pub fn near(&mut self, number: u32, base: u32) {
        let distance = number.wrapping_sub(base).cast_signed();
        self.number(((distance << 1) ^ (distance >> 31)).cast_unsigned());
    }

    /// A byte as it is.
    pub fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// A number of 64 bits, in eight bytes.
    pub fn wide(&mut self, number: u64) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    /// A slice, with its length.
    pub fn slice(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.bytes.extend_from_slice(bytes);
    }

    /// A text, with its length.
    pub fn text(&mut self, text: &str) {
        self.slice(text.as_bytes());
    }
}

/// Reads what a [`Writer`] wrote.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads `bytes` from their beginning.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        first
    }

    /// The next number.
    pub fn number(&mut self) -> u32 {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte();
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        number
    }

    /// Passes over so many numbers.
    pub fn skip_numbers(&mut self, count: usize) {
        for _ in 0..count {
            self.number();
        }
    }

    /// A count of things of at least a byte each: never more than can follow.
    pub fn count(&mut self) -> usize {
        let count = self.number() as usize;
        self.at_most(count)
    }

    /// `count`, or how many bytes are left if that is less.
    #[must_use]
    pub fn at_most(&self, count: usize) -> usize {
        count.min(self.bytes.len())
    }

    /// The next number, which was written near to `base`.
    pub fn near(&mut self, base: u32) -> u32 {
        let number = self.number();
        let distance = (number >> 1).cast_signed() ^ -(number & 1).cast_signed();
        base.wrapping_add(distance.cast_unsigned())
    }

    /// The next number of 64 bits.
    pub fn wide(&mut self) -> u64 {
        let bytes = self.take(8);
        bytes.try_into().map_or(0, u64::from_le_bytes)
    }

    /// The next slice that was written with its length.
    pub fn slice(&mut self) -> &'a [u8] {
        let length = self.number() as usize;
        self.take(length)
    }

    /// The next so many bytes, or as many as there are.
    pub fn take(&mut self, length: usize) -> &'a [u8] {
        let (slice, rest) = self.bytes.split_at(length.min(self.bytes.len()));
        self.bytes = rest;
        slice
    }

    /// The next text.
    pub fn text(&mut self) -> &'a str {
        std::str::from_utf8(self.slice()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(number: u32, base: u32, near: u32, text: String) {
            let mut writer = Writer::default();
            writer.number(number);
            writer.near(near, base);
            writer.text(&text);
            writer.wide(u64::from(number) << 30);
            writer.byte(7);
            let mut reader = Reader::new(&writer.bytes);
            prop_assert_eq!(reader.number(), number);
            prop_assert_eq!(reader.near(base), near);
            prop_assert_eq!(reader.text(), text);
            prop_assert_eq!(reader.wide(), u64::from(number) << 30);
            prop_assert_eq!((reader.byte(), reader.byte(), reader.number()), (7, 0, 0));
        }
    }
}
