//! What an article is: sections, passages, references, and the names that outlive rebuilds.

mod article;
mod fact;
mod id;
mod name;
mod passage;
mod placed;
mod reference;
mod role;
mod section;

pub use article::{Article, Bilingual, Keyword, Metadata, Scalar, Source};
pub use fact::Fact;
pub use id::{ArticleId, InvalidId, PassageId};
pub use name::Name;
pub use passage::{Citation, Mark, MarkStyle, Passage};
pub use placed::{
    ArticleHead, ArticleOutline, CitingPassage, ListedArticle, PassageHead, PlacedPassage, PlacedReference,
};
pub use reference::Reference;
pub use role::SectionRole;
pub use section::{Section, SectionHead, SectionKind};
