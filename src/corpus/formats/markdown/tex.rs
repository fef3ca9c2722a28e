//! Reads TeX formulas as text: `$\mathrm{CD34}^{+}$`, `$10^{6}$`, `$^{[1]}$`.

use super::inline::Citing;
use super::markers::bare;
use crate::corpus::{Inline, marker_numbers};
use crate::document::MarkStyle;

/// How deep groups may nest.
const DEEPEST: u8 = 8;

const SIGNS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("varepsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("varphi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Sigma", "Σ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
    ("times", "×"),
    ("pm", "±"),
    ("mp", "∓"),
    ("leq", "≤"),
    ("le", "≤"),
    ("leqslant", "≤"),
    ("geq", "≥"),
    ("ge", "≥"),
    ("geqslant", "≥"),
    ("neq", "≠"),
    ("ne", "≠"),
    ("lt", "<"),
    ("gt", ">"),
    ("sim", "~"),
    ("approx", "≈"),
    ("cdot", "·"),
    ("circ", "°"),
    ("rightarrow", "→"),
    ("to", "→"),
    ("leftarrow", "←"),
    ("uparrow", "↑"),
    ("downarrow", "↓"),
    ("infty", "∞"),
    ("div", "÷"),
    ("prime", "′"),
    ("ldots", "…"),
    ("dots", "…"),
    ("cdots", "…"),
    ("quad", " "),
    ("qquad", " "),
    ("sum", "∑"),
    ("partial", "∂"),
    ("sqrt", "√"),
    ("in", "∈"),
    ("notin", "∉"),
    ("subset", "⊂"),
    ("subseteq", "⊆"),
    ("supset", "⊃"),
    ("cup", "∪"),
    ("cap", "∩"),
    ("emptyset", "∅"),
    ("forall", "∀"),
    ("exists", "∃"),
    ("equiv", "≡"),
    ("propto", "∝"),
    ("ll", "≪"),
    ("gg", "≫"),
    ("simeq", "≃"),
    ("cong", "≅"),
    ("int", "∫"),
    ("prod", "∏"),
    ("nabla", "∇"),
    ("otimes", "⊗"),
    ("oplus", "⊕"),
    ("Rightarrow", "⇒"),
    ("Leftrightarrow", "⇔"),
    ("leftrightarrow", "↔"),
    ("mapsto", "↦"),
    ("ell", "ℓ"),
    ("hbar", "ħ"),
    ("Re", "Re"),
    ("Im", "Im"),
    ("degree", "°"),
    ("mid", "|"),
    ("bullet", "•"),
    ("ast", "*"),
];

/// Functions, which are named by words.
const FUNCTIONS: [&str; 18] = [
    "log", "ln", "lg", "exp", "sin", "cos", "tan", "max", "min", "lim", "sup", "inf", "arg", "det", "dim", "ker",
    "gcd", "Pr",
];

/// Reads the formula at the head of `rest`; gives its length, or 0 where `$` is only a sign.
pub fn read(rest: &str, citing: &Citing, out: &mut Inline) -> usize {
    let open = if rest.starts_with("$$") { 2 } else { 1 };
    let Some(inside) = rest.get(open..) else { return 0 };
    let Some(end) = inside.find('$') else { return 0 };
    let content = inside.get(..end).unwrap_or_default();
    let formula =
        content.contains(['\\', '^', '_', '{']) || (!content.contains(char::is_whitespace) && content.is_ascii());
    if content.is_empty() || !formula {
        return 0;
    }
    let after = inside.get(end + open..).unwrap_or_default();
    group(content, citing, out, (after, DEEPEST));
    // Between formula and text the printed space alone counts.
    open + end
        + if inside.get(end..).is_some_and(|tail| tail.starts_with("$$")) {
            2
        } else {
            1
        }
}

/// Reads what a pair of braces, or the whole formula, holds; `after` is the text behind it.
fn group(content: &str, citing: &Citing, out: &mut Inline, (after, depth): (&str, u8)) {
    let mut rest = content;
    while let Some(sign) = rest.chars().next() {
        let tail = rest.get(sign.len_utf8()..).unwrap_or_default();
        rest = match sign {
            '\\' => command(tail, citing, out, depth),
            '^' | '_' => {
                let (inner, tail) = argument(tail);
                let style = if sign == '^' {
                    MarkStyle::Superscript
                } else {
                    MarkStyle::Subscript
                };
                let behind = if tail.is_empty() { after } else { tail };
                script(inner, style, (citing, behind, depth), out);
                tail
            }
            '{' => {
                let (inner, tail) = argument(rest);
                if depth > 0 {
                    group(inner, citing, out, ("", depth - 1));
                }
                tail
            }
            '}' | ' ' => tail,
            '~' => {
                out.push_text(" ");
                tail
            }
            '*' => {
                out.push_text("*");
                tail
            }
            _ => {
                out.push_text(rest.get(..sign.len_utf8()).unwrap_or_default());
                tail
            }
        };
    }
}

fn script(inner: &str, style: MarkStyle, (citing, after, depth): (&Citing, &str, u8), out: &mut Inline) {
    let bare_text: String = inner
        .replace("\\left", "")
        .replace("\\right", "")
        .chars()
        .filter(|sign| !matches!(sign, ' ' | '{' | '}' | '\\'))
        .collect();
    if style == MarkStyle::Superscript {
        let bare_text = bare_text.replace("mathrm", "").replace("text", "");
        if let Some(numbers) = marker_numbers(&bare_text).or_else(|| bare(&bare_text, citing, out, after)) {
            out.push_citation(numbers, &bare_text);
            return;
        }
        if out.push_power(&bare_text) {
            return;
        }
        if bare_text == "circ" {
            out.push_text("°");
            return;
        }
    }
    let start = out.position();
    if depth > 0 {
        group(inner, citing, out, ("", depth - 1));
    }
    out.mark_from(start, style);
}

/// Reads a command, its backslash taken off; gives what follows it.
fn command<'a>(text: &'a str, citing: &Citing, out: &mut Inline, depth: u8) -> &'a str {
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, tail) = text.split_at_checked(length).unwrap_or((text, ""));
    if name.is_empty() {
        let Some(sign) = text.chars().next() else { return "" };
        let tail = text.get(sign.len_utf8()..).unwrap_or_default();
        match sign {
            ',' | ';' | ':' | '!' => {}
            ' ' => out.push_text(" "),
            _ => out.push_text(text.get(..sign.len_utf8()).unwrap_or_default()),
        }
        return tail;
    }
    if let Some((_, sign)) = SIGNS.iter().find(|(known, _)| *known == name) {
        out.push_text(sign);
        return tail;
    }
    if FUNCTIONS.contains(&name) {
        out.push_text(name);
        return tail;
    }
    if matches!(name, "text" | "textbf" | "textit" | "mbox") && tail.trim_start().starts_with('{') {
        let (inner, tail) = argument(tail);
        out.push_text(inner);
        return tail;
    }
    if name == "frac" && depth > 0 {
        let (above, tail) = argument(tail);
        let (below, tail) = argument(tail);
        group(above, citing, out, ("", depth - 1));
        out.push_text("/");
        group(below, citing, out, ("", depth - 1));
        return tail;
    }
    // Fonts and sizes say nothing; what they are put on follows.
    tail
}

/// The argument at the head of `text`, a group in braces or one sign, and what follows it.
fn argument(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let Some(inside) = text.strip_prefix('{') else {
        let length = if text.starts_with('\\') {
            1 + text.bytes().skip(1).take_while(u8::is_ascii_alphabetic).count().max(1)
        } else {
            text.chars().next().map_or(0, char::len_utf8)
        };
        return text.split_at_checked(length).unwrap_or((text, ""));
    };
    let mut open = 1u32;
    for (at, sign) in inside.char_indices() {
        match sign {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return (
                inside.get(..at).unwrap_or_default(),
                inside.get(at + 1..).unwrap_or_default(),
            );
        }
    }
    (inside, "")
}

#[cfg(test)]
mod tests {
    use crate::corpus::formats::markdown::inline::{Citing, parse};
    use crate::document::MarkStyle;

    fn citing() -> Citing {
        Citing {
            listed: (1..=9).collect(),
            ..Citing::default()
        }
    }

    #[test]
    fn formulas_are_read_as_text_with_marks() {
        let inline = parse(
            r"$\mathrm { C D 3 4 } ^ { + }$细胞, $M_1$ 与 $10^{6}$, $37^{\circ}\mathrm{C}$, $P \leq 0.05$, 5\%, cost $5 and $6.",
            &citing(),
        );
        assert_eq!(inline.text(), "CD34+细胞, M1 与 10⁶, 37°C, P≤0.05, 5%, cost $5 and $6.");
        let marks: Vec<(MarkStyle, &str)> = inline
            .marks()
            .iter()
            .map(|mark| (mark.style, mark.span.of(inline.text())))
            .collect();
        assert_eq!(marks, [(MarkStyle::Superscript, "+"), (MarkStyle::Subscript, "1"),]);
    }

    #[test]
    fn functions_and_relations_keep_their_names() {
        let inline = parse(
            r"$L = - \sum _ { i } y _ { i } \log ( p _ { i } )$, $S \subset G$",
            &citing(),
        );
        assert_eq!(inline.text(), "L=-∑iyilog(pi), S⊂G");
    }

    #[test]
    fn raised_markers_are_citations() {
        let inline = parse(
            r"小麦$^{[1]}$喜水$^{[2-3]}$。面包\[4\]、\[5-6\]，盐^[7]^和⁽⁸⁾。",
            &citing(),
        );
        assert_eq!(inline.text(), "小麦喜水。面包、，盐和。");
        let numbers: Vec<&[u32]> = inline
            .citations()
            .iter()
            .map(|citation| citation.numbers.as_slice())
            .collect();
        assert_eq!(numbers, [&[1][..], &[2, 3], &[4], &[5, 6], &[7], &[8]]);
    }

    #[test]
    fn bare_numbers_are_citations_only_in_that_style() {
        let style = Citing {
            bare_raised: true,
            ..citing()
        };
        let inline = parse(
            "bread<sup>1,2</sup> DFU$^{3}$ in 10<sup>6</sup> cm<sup>2</sup>, Ca<sup>2+</sup>, <sup>8</sup>F, oven.⁴",
            &style,
        );
        assert_eq!(inline.text(), "bread DFU in 10⁶ cm2, Ca2+, 8F, oven.");
        assert_eq!(inline.citations().len(), 3);
    }
}
