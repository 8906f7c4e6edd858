//! Neighbouring bytes of a text, looked at many at once: what is done with each pair of so many is the same, and
//! written so that the compiler has the processor do it in few steps. Every page of a wiki comes through here.

/// So many pairs at once.
pub(super) const PAIRS: usize = 32;

/// Calls `each` with the bytes of `text` that another follows and with those that follow them, in order, until it
/// says that it has seen enough. The last ones are filled up with `filler`.
#[inline]
pub(super) fn each(
    text: &[u8],
    filler: u8,
    mut each: impl FnMut(&[u8; PAIRS], &[u8; PAIRS]) -> bool,
) {
    let Some(next) = text.get(1..) else { return };
    let ((firsts, first), (seconds, second)) =
        (text[..next.len()].as_chunks::<PAIRS>(), next.as_chunks::<PAIRS>());
    for (first, second) in firsts.iter().zip(seconds) {
        if each(first, second) {
            return;
        }
    }
    if !first.is_empty() {
        let filled = |bytes: &[u8]| {
            let mut all = [filler; PAIRS];
            all[..bytes.len()].copy_from_slice(bytes);
            all
        };
        each(&filled(first), &filled(second));
    }
}

#[cfg(test)]
mod tests {
    use super::{PAIRS, each};

    #[test]
    fn every_byte_comes_with_the_one_behind_it() {
        for length in [0, 1, 2, PAIRS, PAIRS + 1, PAIRS + 2, 3 * PAIRS + 7] {
            let text: Vec<u8> = (1..=255).cycle().take(length).collect();
            let mut pairs = Vec::new();
            each(&text, 0, |first, second| {
                pairs.extend(first.iter().copied().zip(*second).filter(|pair| *pair != (0, 0)));
                false
            });
            let expected: Vec<(u8, u8)> = text.windows(2).map(|two| (two[0], two[1])).collect();
            assert_eq!(pairs, expected, "{length}");
        }
    }
}
