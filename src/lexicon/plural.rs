//! English plurals that are not made with an s, and the singulars they belong to.

/// Plural and singular, in the order of the plurals. Words that are as often singular themselves (media, data) are left
/// out.
const IRREGULAR: [(&str, &str); 76] = [
    ("algae", "alga"),
    ("alveoli", "alveolus"),
    ("amoebae", "amoeba"),
    ("analyses", "analysis"),
    ("anastomoses", "anastomosis"),
    ("antennae", "antenna"),
    ("apices", "apex"),
    ("appendices", "appendix"),
    ("atria", "atrium"),
    ("bacilli", "bacillus"),
    ("bacteria", "bacterium"),
    ("biopsies", "biopsy"),
    ("bronchi", "bronchus"),
    ("bursae", "bursa"),
    ("calculi", "calculus"),
    ("catalyses", "catalysis"),
    ("cervices", "cervix"),
    ("children", "child"),
    ("cilia", "cilium"),
    ("cocci", "coccus"),
    ("cortices", "cortex"),
    ("crises", "crisis"),
    ("criteria", "criterion"),
    ("diagnoses", "diagnosis"),
    ("diverticula", "diverticulum"),
    ("emboli", "embolus"),
    ("emphases", "emphasis"),
    ("endothelia", "endothelium"),
    ("epithelia", "epithelium"),
    ("feet", "foot"),
    ("fibulae", "fibula"),
    ("fistulae", "fistula"),
    ("flagella", "flagellum"),
    ("foci", "focus"),
    ("formulae", "formula"),
    ("fungi", "fungus"),
    ("ganglia", "ganglion"),
    ("geese", "goose"),
    ("genera", "genus"),
    ("hypotheses", "hypothesis"),
    ("indices", "index"),
    ("knives", "knife"),
    ("larvae", "larva"),
    ("leaves", "leaf"),
    ("lice", "louse"),
    ("loci", "locus"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("metastases", "metastasis"),
    ("mice", "mouse"),
    ("mitochondria", "mitochondrion"),
    ("nuclei", "nucleus"),
    ("oases", "oasis"),
    ("ova", "ovum"),
    ("oxen", "ox"),
    ("phenomena", "phenomenon"),
    ("pleurae", "pleura"),
    ("prognoses", "prognosis"),
    ("prostheses", "prosthesis"),
    ("psychoses", "psychosis"),
    ("radii", "radius"),
    ("septa", "septum"),
    ("sera", "serum"),
    ("spectra", "spectrum"),
    ("stenoses", "stenosis"),
    ("stimuli", "stimulus"),
    ("strata", "stratum"),
    ("symposia", "symposium"),
    ("syntheses", "synthesis"),
    ("teeth", "tooth"),
    ("theses", "thesis"),
    ("thrombi", "thrombus"),
    ("vertebrae", "vertebra"),
    ("vertices", "vertex"),
    ("villi", "villus"),
    ("women", "woman"),
];

/// The singular of an irregular plural in lower case.
pub fn irregular_singular(word: &str) -> Option<&'static str> {
    let place = IRREGULAR.binary_search_by(|(plural, _)| (*plural).cmp(word)).ok()?;
    IRREGULAR.get(place).map(|(_, singular)| *singular)
}

#[cfg(test)]
mod tests {
    use super::irregular_singular;

    #[test]
    fn irregular_plurals_have_singulars_and_other_words_none() {
        assert_eq!(irregular_singular("mice"), Some("mouse"));
        assert_eq!(irregular_singular("mouse"), None);
        assert_eq!(irregular_singular("cells"), None);
    }
}
