//! From the printed translation of an English entry to the Chinese terms somebody might search for.

/// A Chinese term of an entry.
pub struct Term {
    /// As printed, without labels, notes and marks.
    pub text: String,
    /// How good a translation it is, above 0 to 1: by place, label and form.
    pub weight: f32,
}

/// Labels of family and given names.
const NAMES: &[&str] = &["人名", "姓氏", "男子名", "女子名", "男名", "女名"];
/// Ends of a line that names an inflected form instead of translating it.
const FORMS: &[&str] = &[
    "复数",
    "过去式",
    "过去分词",
    "现在分词",
    "ing形式",
    "单三形式",
    "比较级",
    "最高级",
    "变形",
];
/// Words an explanation begins with.
const EXPLAINING: &[&str] = &["一种", "指", "表示", "用于", "关于", "等于", "同"];
/// The most characters of a term.
const LONGEST: usize = 10;

/// The terms of a translation whose lines are separated by a written `\n`, in printed order, and whether one of its
/// lines has a field label such as `[医]`.
pub fn terms(translation: &str) -> (Vec<Term>, bool) {
    let mut found: Vec<Term> = Vec::new();
    let mut labelled = false;
    for (row, line) in translation.split("\\n").enumerate() {
        let (line, mut factor) = unlabelled(line);
        labelled |= line.field;
        let mut place = 0;
        for piece in pieces(&without_notes(line.text)) {
            let (piece, own) = unlabelled(&piece);
            labelled |= piece.field;
            if NAMES.contains(&piece.text.trim()) {
                factor = 0.3;
                continue;
            }
            let mut any = false;
            for (form, share) in forms(piece.text) {
                let Some(quality) = quality(&form) else { continue };
                any = true;
                // The first word of a later line is another sense, not a rare synonym.
                let rank = found.len().min(place + 2 * row) as f32;
                let weight = factor * own * share * quality / (1.0 + 0.3 * rank);
                match found.iter_mut().find(|term| term.text == form) {
                    Some(term) => term.weight = term.weight.max(weight),
                    None => found.push(Term { text: form, weight }),
                }
            }
            place += usize::from(any);
        }
    }
    (found, labelled)
}

/// What is left of a line or piece when its labels are off.
struct Bare<'a> {
    text: &'a str,
    field: bool,
}

/// Takes labels off the front: `n.`, `vt. & vi.`, `[医]`, `<古>`; and what the labels leave of the weight.
fn unlabelled(line: &str) -> (Bare<'_>, f32) {
    let mut text = line.trim();
    let (mut factor, mut field) = (1.0f32, false);
    loop {
        let before = text;
        text = text.trim_start_matches([' ', '&', ',', '，', ':', '：', '=']);
        if let Some((label, rest)) = bracketed(text) {
            let net = label == "网络";
            factor = factor.min(match label {
                "网络" => 0.6,
                _ if label.contains("古") || label.contains("罕") || label.contains("俚") || label.contains("废") => {
                    0.3
                }
                _ if NAMES.iter().any(|name| label.ends_with(name)) => 0.3,
                _ => 1.0,
            });
            field |= !net;
            text = rest;
        }
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        if (1..=7).contains(&letters)
            && let Some(rest) = text.get(letters..).and_then(|rest| rest.strip_prefix('.'))
        {
            text = rest;
        }
        if text == before {
            return (Bare { text, field }, factor);
        }
    }
}

/// The label a text begins with, and what follows.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    for (open, close) in [
        ('[', ']'),
        ('［', '］'),
        ('【', '】'),
        ('<', '>'),
        ('〈', '〉'),
        ('＜', '＞'),
    ] {
        if let Some(rest) = text.strip_prefix(open)
            && let Some((label, rest)) = rest.split_once(close)
        {
            return (label.chars().count() <= 8).then_some((label.trim(), rest));
        }
    }
    None
}

/// Without what stands in round or angled brackets.
fn without_notes(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut depth = 0usize;
    for character in line.chars() {
        match character {
            '(' | '（' | '<' | '〈' | '＜' | '{' => depth += 1,
            ')' | '）' | '>' | '〉' | '＞' | '}' => depth = depth.saturating_sub(1),
            '"' | '“' | '”' | '《' | '》' | '‘' | '’' => {}
            _ if depth == 0 => plain.push(character),
            _ => {}
        }
    }
    plain
}

/// A line at its commas and semicolons, those in square brackets left out.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut depth = 0usize;
    for character in line.chars() {
        match character {
            '[' | '［' => depth += 1,
            ']' | '］' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && ['，', ',', ';', '；', '、', '/', '。'].contains(&character) {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(match character {
                '［' => '[',
                '］' => ']',
                other => other,
            });
        }
    }
    pieces
}

/// `间[充]质的` as `间充质`, `间质`. The ending 的 of an adjective goes: a text with it has the bare form too.
fn forms(piece: &str) -> Vec<(String, f32)> {
    let piece: String = piece.chars().filter(|character| !character.is_whitespace()).collect();
    let full = piece.replace(['[', ']'], "");
    let mut short = String::new();
    let mut depth = 0usize;
    for character in piece.chars() {
        match character {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => short.push(character),
            _ => {}
        }
    }
    let mut forms = vec![without_ending(full)];
    if piece.contains('[') && short.chars().count() >= 2 {
        let (short, share) = without_ending(short);
        forms.push((short, share * 0.9));
    }
    forms
}

fn without_ending(term: String) -> (String, f32) {
    let noun = ["目的", "标的", "的的"].iter().any(|end| term.ends_with(end));
    match term.strip_suffix('的') {
        Some(bare) if !noun && bare.chars().count() >= 2 => (bare.to_owned(), 0.9),
        _ => (term, 1.0),
    }
}

/// How much a term is a term: none for what is not Chinese, too long or an explanation.
fn quality(term: &str) -> Option<f32> {
    let length = term.chars().count();
    let han = term.chars().filter(|character| is_han(*character)).count();
    let others = term
        .chars()
        .filter(|&character| !is_han(character) && !"·-".contains(character))
        .count();
    let strange = term.chars().any(|character| {
        !is_han(character) && !character.is_ascii_alphanumeric() && !"·-".contains(character) && !is_greek(character)
    });
    if han == 0 || strange || others > 2 || others > han || length > LONGEST {
        return None;
    }
    if FORMS.iter().any(|form| term.ends_with(form)) && length > 3
        || EXPLAINING.iter().any(|start| term.starts_with(start)) && length > 4
    {
        return None;
    }
    let inner = term.trim_end_matches('的').replace("目的", "").contains('的');
    match length {
        9.. if inner => None,
        _ if inner => Some(0.3),
        1 => Some(0.5),
        2..=7 => Some(1.0),
        _ => Some(0.7),
    }
}

fn is_han(character: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&character) || character == '〇'
}

fn is_greek(character: char) -> bool {
    ('α'..='ω').contains(&character)
}
