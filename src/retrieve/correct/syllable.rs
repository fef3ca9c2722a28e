//! The syllables of Mandarin in pinyin without tones.

use std::collections::HashSet;
use std::sync::LazyLock;

/// By initial, the finals it is said with. `v` stands for ü.
const TABLE: [(&str, &str); 24] = [
    (
        "",
        "a ai an ang ao e ei en eng er o ou yi ya ye yao you yan yin yang ying yong yo wu wa wo wai wei wan wen wang weng yu yue yuan yun",
    ),
    ("b", "a ai an ang ao ei en eng i ian iao ie in ing o u"),
    ("p", "a ai an ang ao ei en eng i ian iao ie in ing o ou u"),
    ("m", "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u"),
    ("f", "a an ang ei en eng o ou u"),
    (
        "d",
        "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    ),
    ("t", "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo"),
    (
        "n",
        "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo un v ve",
    ),
    (
        "l",
        "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve",
    ),
    ("g", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("k", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("h", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("j", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("q", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("x", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("zh", "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo"),
    ("ch", "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo"),
    ("sh", "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo"),
    ("r", "an ang ao e en eng i ong ou u ua uan ui un uo"),
    ("z", "a ai an ang ao e ei en eng i ong ou u uan ui un uo"),
    ("c", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("s", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    // Other spellings in use.
    ("ny", "u"),
    ("ly", "u"),
];

/// The longest syllable: zhuang, chuang, shuang.
pub const LONGEST: usize = 6;

static SYLLABLES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    TABLE
        .iter()
        .flat_map(|(initial, finals)| finals.split(' ').map(move |end| format!("{initial}{end}")))
        .collect()
});

/// The syllable that letters spell, in the dictionary's spelling; none where they spell no syllable.
pub fn syllable(letters: &str) -> Option<&str> {
    match letters {
        "nyu" => Some("nv"),
        "lyu" => Some("lv"),
        "nue" => Some("nve"),
        "lue" => Some("lve"),
        _ => SYLLABLES.contains(letters).then_some(letters),
    }
}

/// The syllables that speakers of many regions do not tell from this one, without it: zh and z, ch and c, sh and s,
/// n and l, an and ang, en and eng, in and ing.
pub fn near(of: &str) -> Vec<String> {
    let mut starts = vec![of.to_owned()];
    for (one, other) in [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l")] {
        if let Some(rest) = of.strip_prefix(one) {
            starts.push(format!("{other}{rest}"));
            break;
        }
        if let Some(rest) = of.strip_prefix(other) {
            starts.push(format!("{one}{rest}"));
            break;
        }
    }
    let mut variants = starts.clone();
    for start in &starts {
        match start.strip_suffix('g') {
            Some(short) if start.ends_with("ang") || start.ends_with("eng") || start.ends_with("ing") => {
                variants.push(short.to_owned());
            }
            _ if start.ends_with("an") || start.ends_with("en") || start.ends_with("in") => {
                variants.push(format!("{start}g"));
            }
            _ => {}
        }
    }
    variants.retain(|variant| variant != of && syllable(variant).is_some());
    variants
}

#[cfg(test)]
mod tests {
    use super::{SYLLABLES, near, syllable};

    #[test]
    fn syllables_are_those_of_mandarin() {
        for known in ["xi", "zhuang", "lv", "er", "a", "xiong", "nve"] {
            assert_eq!(syllable(known), Some(known));
        }
        assert_eq!(syllable("lyu"), Some("lv"));
        for unknown in ["", "b", "vi", "tion", "bua", "zhv", "ing"] {
            assert_eq!(syllable(unknown), None, "{unknown}");
        }
        assert!((395..420).contains(&SYLLABLES.len()), "{} syllables", SYLLABLES.len());
    }

    #[test]
    fn near_syllables_are_often_confused() {
        assert_eq!(near("zhen"), ["zen", "zheng", "zeng"]);
        assert_eq!(near("si"), ["shi"]);
        assert_eq!(near("liang"), ["niang", "lian", "nian"]);
        assert!(near("bao").is_empty());
        assert_eq!(near("bin"), ["bing"]);
    }
}
