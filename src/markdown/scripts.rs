//! Raised and lowered text in plain characters, as far as Unicode has them.

/// `text` raised, if each of its characters has a raised form.
pub(super) fn raised(text: &str) -> Option<String> {
    text.chars().map(|c| pair(c, RAISED)).collect()
}

/// `text` lowered, if each of its characters has a lowered form.
pub(super) fn lowered(text: &str) -> Option<String> {
    text.chars().map(|c| pair(c, LOWERED)).collect()
}

fn pair(c: char, pairs: &str) -> Option<char> {
    let mut chars = pairs.chars();
    while let (Some(plain), Some(script)) = (chars.next(), chars.next()) {
        if plain == c {
            return Some(script);
        }
    }
    None
}

/// Each character before its raised form. Not all letters have one.
const RAISED: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ\
    AᴬBᴮDᴰEᴱGᴳHᴴIᴵJᴶKᴷLᴸMᴹNᴺOᴼPᴾRᴿTᵀUᵁWᵂβᵝγᵞδᵟθᶿφᵠχᵡ′′°°";

/// Each character before its lowered form. Few letters have one.
const LOWERED: &str =
    "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓβᵦγᵧρᵨφᵩχᵪ";

#[cfg(test)]
mod tests {
    use super::{lowered, raised};

    #[test]
    fn what_has_no_form_of_its_own_is_left_alone() {
        assert_eq!(raised("10n").as_deref(), Some("¹⁰ⁿ"));
        assert_eq!(raised("q"), None);
        assert_eq!(lowered("i=1").as_deref(), Some("ᵢ₌₁"));
        assert_eq!(lowered("2q"), None);
    }
}
