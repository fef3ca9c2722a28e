//! One entry in any style: what a list of references prints, or what a reference manager reads.
//!
//! `entry` says what is cited and `find` where it comes from; every style and export is a file of its own.

mod bibtex;
mod coins;
mod csl;
mod entry;
mod find;
mod gbt7714;
mod ris;
#[cfg(test)]
mod tests;
mod vancouver;

pub use coins::context_object;
pub use entry::{Entry, EntryKind, Place};

/// A style of citation, or a form of export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// GB/T 7714-2015, numeric, without the number.
    #[default]
    Gbt2015,
    /// GB/T 7714-2025, numeric, without the number.
    Gbt2025,
    /// Vancouver, as the National Library of Medicine has it.
    Vancouver,
    /// RIS, for reference managers.
    Ris,
    /// BibTeX.
    Bibtex,
    /// CSL-JSON: an array of one item.
    CslJson,
    /// COinS: a `span` that reference managers find in a page.
    Coins,
}

impl Style {
    /// Every style, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::Gbt2015,
        Self::Gbt2025,
        Self::Vancouver,
        Self::Ris,
        Self::Bibtex,
        Self::CslJson,
        Self::Coins,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gbt2015 => "gbt7714-2015",
            Self::Gbt2025 => "gbt7714-2025",
            Self::Vancouver => "vancouver",
            Self::Ris => "ris",
            Self::Bibtex => "bibtex",
            Self::CslJson => "csl-json",
            Self::Coins => "coins",
        }
    }

    /// The style with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.name() == name)
    }

    /// What kind of text it gives.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Gbt2015 | Self::Gbt2025 | Self::Vancouver => "text/plain",
            Self::Ris => "application/x-research-info-systems",
            Self::Bibtex => "application/x-bibtex",
            Self::CslJson => "application/vnd.citationstyles.csl+json",
            Self::Coins => "text/html",
        }
    }

    /// The entry in this style. What the entry does not say is left out, never made up.
    pub fn write(self, entry: &Entry) -> String {
        match self {
            Self::Gbt2015 => gbt7714::write(entry, gbt7714::Edition::Y2015),
            Self::Gbt2025 => gbt7714::write(entry, gbt7714::Edition::Y2025),
            Self::Vancouver => vancouver::write(entry),
            Self::Ris => ris::write(entry),
            Self::Bibtex => bibtex::write(entry),
            Self::CslJson => csl::write(entry),
            Self::Coins => coins::span(entry),
        }
    }
}
