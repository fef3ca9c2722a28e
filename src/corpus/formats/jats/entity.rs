//! The named characters of HTML 4 and of the ISO sets that JATS files use.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Name and character in turn.
const NAMED: &str = "\
    AElig Æ Aacute Á Abreve Ă Acirc Â Agrave À Alpha Α Amacr Ā Aogon Ą Aring Å Atilde Ã Auml Ä Beta Β Cacute Ć \
    Ccaron Č Ccedil Ç Ccirc Ĉ Cdot Ċ Chi Χ Dagger ‡ Dcaron Ď Delta Δ Dstrok Đ ENG Ŋ ETH Ð Eacute É Ecaron Ě Ecirc Ê \
    Edot Ė Egrave È Emacr Ē Eogon Ę Epsilon Ε Eta Η Euml Ë Gamma Γ Gammad Ϝ Gbreve Ğ Gcedil Ģ Gcirc Ĝ Gdot Ġ Gt ≫ \
    Hcirc Ĥ Hstrok Ħ IJlig Ĳ Iacute Í Icirc Î Idot İ Igrave Ì Imacr Ī Iogon Į Iota Ι Itilde Ĩ Iuml Ï Jcirc Ĵ \
    Kappa Κ Kcedil Ķ Lacute Ĺ Lambda Λ Lcaron Ľ Lcedil Ļ Lmidot Ŀ Lstrok Ł Lt ≪ Mu Μ Nacute Ń Ncaron Ň Ncedil Ņ \
    Ntilde Ñ Nu Ν OElig Œ Oacute Ó Ocirc Ô Odblac Ő Ograve Ò Omacr Ō Omega Ω Omicron Ο Oslash Ø Otilde Õ Ouml Ö \
    Phi Φ Pi Π Prime ″ Psi Ψ Racute Ŕ Rcaron Ř Rcedil Ŗ Rho Ρ Sacute Ś Scaron Š Scedil Ş Scirc Ŝ Sigma Σ THORN Þ \
    Tau Τ Tcaron Ť Tcedil Ţ Theta Θ Tstrok Ŧ Uacute Ú Ubreve Ŭ Ucirc Û Udblac Ű Ugrave Ù Umacr Ū Uogon Ų Upsi ϒ \
    Upsilon Υ Uring Ů Utilde Ũ Uuml Ü Vert ‖ Wcirc Ŵ Xi Ξ Yacute Ý Ycirc Ŷ Yuml Ÿ Zacute Ź Zcaron Ž Zdot Ż Zeta Ζ \
    aacute á abreve ă acirc â acute ´ aelig æ agrave à alefsym ℵ alpha α amacr ā amp & and ∧ ang ∠ angst Å aogon ą \
    ap ≈ apos ' approx ≈ aring å ast * asymp ≈ atilde ã auml ä bdquo „ becaus ∵ because ∵ beta β blk14 ░ breve ˘ \
    brvbar ¦ bsol \\ bull • bullet • bump ≎ cacute ć cap ∩ caret ⁁ caron ˇ ccaron č ccedil ç ccirc ĉ cdot ċ cedil ¸ \
    cent ¢ centerdot · check ✓ chi χ cir ○ circ ˆ clubs ♣ colon : comma , commat @ compfn ∘ cong ≅ copy © copysr ℗ \
    crarr ↵ cross ✗ cup ∪ curren ¤ dArr ⇓ dagger † darr ↓ dash ‐ dblac ˝ dcaron ď deg ° delta δ diams ♦ divide ÷ \
    dollar $ dot ˙ dstrok đ dtri ▿ dtrif ▾ eacute é ecaron ě ecirc ê edot ė egrave è ell ℓ emacr ē empty ∅ eng ŋ \
    eogon ę epsi ε epsilon ε epsiv ϵ equals = equiv ≡ esdot ≐ eta η eth ð euml ë euro € excl ! exist ∃ female ♀ \
    ffilig ﬃ fflig ﬀ ffllig ﬄ filig ﬁ flat ♭ fllig ﬂ fnof ƒ forall ∀ frac12 ½ frac13 ⅓ frac14 ¼ frac15 ⅕ frac16 ⅙ \
    frac18 ⅛ frac23 ⅔ frac25 ⅖ frac34 ¾ frac35 ⅗ frac38 ⅜ frac45 ⅘ frac56 ⅚ frac58 ⅝ frac78 ⅞ frasl ⁄ gamma γ \
    gbreve ğ gcirc ĝ gdot ġ ge ≥ geq ≥ ges ⩾ gg ≫ gsim ≳ gt > hArr ⇔ half ½ harr ↔ hbar ℏ hcirc ĥ hearts ♥ hellip … \
    horbar ― hslash ℏ hstrok ħ hyphen ‐ iacute í icirc î iexcl ¡ igrave ì ijlig ĳ imacr ī image ℑ imath ı incare ℅ \
    infin ∞ inodot ı int ∫ iogon į iota ι iquest ¿ isin ∈ itilde ĩ iuml ï jcirc ĵ kappa κ kappav ϰ kcedil ķ \
    kgreen ĸ lArr ⇐ lacute ĺ lambda λ lang 〈 laquo « larr ← lcaron ľ lcedil ļ lceil ⌈ lcub { ldquo “ ldquor „ le ≤ \
    leq ≤ les ⩽ lfloor ⌊ ll ≪ lmidot ŀ lowast ∗ lowbar _ loz ◊ lozf ⧫ lpar ( lrarr ⇆ lrhar ⇋ lsaquo ‹ lsim ≲ lsqb [ \
    lsquo ‘ lsquor ‚ lstrok ł lt < ltri ◃ ltrif ◂ macr ¯ male ♂ map ↦ mdash — micro µ middot · minus − mldr … mp ∓ \
    mu μ nabla ∇ nacute ń napos ŉ natural ♮ ncaron ň ncedil ņ ncong ≇ ndash – ne ≠ nge ≱ ngt ≯ ni ∋ nldr ‥ nle ≰ \
    nlt ≮ not ¬ notin ∉ nsub ⊄ ntilde ñ nu ν num # oacute ó ocirc ô odblac ő oelig œ ogon ˛ ograve ò ohm Ω oline ‾ \
    omacr ō omega ω omicron ο oplus ⊕ or ∨ ordf ª ordm º oslash ø otilde õ otimes ⊗ ouml ö par ∥ para ¶ part ∂ \
    percnt % period . permil ‰ perp ⊥ phi φ phiv ϕ phone ☎ pi π piv ϖ planck ℏ plus + plusmn ± pm ± pound £ prime ′ \
    prod ∏ prop ∝ propto ∝ psi ψ quest ? quot \" rArr ⇒ racute ŕ radic √ rang 〉 raquo » rarr → rcaron ř rcedil ŗ \
    rceil ⌉ rcub } rdquo ” rdquor ” real ℜ reg ® rfloor ⌋ rho ρ rhov ϱ ring ˚ rlarr ⇄ rlhar ⇌ rpar ) rsaquo › \
    rsqb ] rsquo ’ rsquor ’ rtri ▹ rtrif ▸ rx ℞ sacute ś sbquo ‚ scaron š scedil ş scirc ŝ sdot ⋅ sect § semi ; \
    sharp ♯ sigma σ sigmaf ς sigmav ς sim ∼ sime ≃ simeq ≃ sol / spades ♠ squ □ squf ▪ star ☆ starf ★ sub ⊂ sube ⊆ \
    sum ∑ sung ♪ sup ⊃ sup1 ¹ sup2 ² sup3 ³ supe ⊇ szlig ß tau τ tcaron ť tcedil ţ telrec ⌕ there4 ∴ therefore ∴ \
    theta θ thetasym ϑ thetav ϑ thorn þ tilde ˜ times × trade ™ tstrok ŧ uArr ⇑ uacute ú uarr ↑ ubreve ŭ ucirc û \
    udblac ű ugrave ù umacr ū uml ¨ uogon ų upsi υ upsih ϒ upsilon υ uring ů utilde ũ utri ▵ utrif ▴ uuml ü \
    varepsilon ϵ varphi ϕ vellip ⋮ verbar | vert | wcirc ŵ weierp ℘ xharr ⟷ xi ξ xlarr ⟵ xrarr ⟶ yacute ý ycirc ŷ \
    yen ¥ yuml ÿ zacute ź zcaron ž zdot ż zeta ζ\
";

static BY_NAME: LazyLock<HashMap<&'static str, char>> = LazyLock::new(|| {
    let mut words = NAMED.split(' ').filter(|word| !word.is_empty());
    let mut table = HashMap::new();
    while let (Some(name), Some(character)) = (words.next(), words.next().and_then(|word| word.chars().next())) {
        table.insert(name, character);
    }
    table
});

/// The character that `name` (without `&` and `;`), `#223` or `#xdf` stands for.
pub(super) fn named(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    match name {
        "Tab" => Some('\u{9}'),
        "NewLine" => Some('\u{a}'),
        "nbsp" => Some('\u{a0}'),
        "shy" => Some('\u{ad}'),
        "ensp" => Some('\u{2002}'),
        "emsp" => Some('\u{2003}'),
        "emsp13" => Some('\u{2004}'),
        "emsp14" => Some('\u{2005}'),
        "numsp" => Some('\u{2007}'),
        "puncsp" => Some('\u{2008}'),
        "thinsp" => Some('\u{2009}'),
        "hairsp" => Some('\u{200a}'),
        "zwnj" => Some('\u{200c}'),
        "zwj" => Some('\u{200d}'),
        "lrm" => Some('\u{200e}'),
        "rlm" => Some('\u{200f}'),
        _ => BY_NAME.get(name).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn names_and_numbers_stand_for_characters() {
        for (name, character) in [
            ("amp", '&'),
            ("mu", 'μ'),
            ("alpha", 'α'),
            ("le", '≤'),
            ("nbsp", '\u{a0}'),
            ("quot", '"'),
            ("bsol", '\\'),
            ("AElig", 'Æ'),
            ("Scaron", 'Š'),
            ("zcaron", 'ž'),
            ("#223", 'ß'),
            ("#xdf", 'ß'),
            ("rarr", '→'),
            ("zwj", '\u{200d}'),
        ] {
            assert_eq!(named(name), Some(character), "{name}");
        }
        for name in ["", "nothing", "#", "#x", "#xd800", "#99999999999"] {
            assert_eq!(named(name), None, "{name}");
        }
    }
}
