//! From the ordinal of a text back to the text.

use fst::raw::Fst;

/// The text with this ordinal in a table that numbers its texts in their order; nothing where there are not as many.
///
/// The ordinals behind a node's transitions rise with their order, so the one to follow is found by halving: a node of
/// Chinese texts has dozens.
pub fn text_of(table: &Fst<&'static [u8]>, ordinal: u64) -> Option<Vec<u8>> {
    let (mut node, mut left) = (table.root(), ordinal);
    let mut text = Vec::with_capacity(24);
    while left > 0 || !node.is_final() {
        let (mut from, mut to) = (0, node.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            if node.transition(middle).out.value() <= left {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        let transition = node.transition(from.checked_sub(1)?);
        left -= transition.out.value();
        text.push(transition.inp);
        node = table.node(transition.addr);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use fst::raw::Fst;

    use super::text_of;
    use crate::lexicon::Dictionary;

    #[test]
    fn every_text_is_found_by_its_ordinal() {
        let texts = ["a", "ab", "abc", "b", "桥", "桥梁", "血管", "血管内皮"];
        let numbered = texts.iter().map(|text| text.as_bytes()).zip(0..);
        let bytes: &'static [u8] = Fst::from_iter_map(numbered).unwrap().into_inner().leak();
        let table = Fst::new(bytes).unwrap();
        for (ordinal, text) in (0..).zip(texts) {
            assert_eq!(text_of(&table, ordinal).as_deref(), Some(text.as_bytes()));
        }
        assert_eq!(text_of(&table, texts.len() as u64), None);
    }

    #[test]
    fn the_way_back_in_a_dictionary_is_the_one_that_its_table_knows() {
        let dictionary = Dictionary::cedict().unwrap();
        for table in dictionary.tables() {
            for ordinal in (0..table.len() as u64).step_by(101) {
                assert_eq!(text_of(table, ordinal), table.get_key(ordinal), "{ordinal}");
            }
        }
    }
}
