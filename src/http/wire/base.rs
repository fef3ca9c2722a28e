//! The address under which a client reaches the API.

/// An absolute `http` or `https` address without trailing slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Base(String);

impl Base {
    /// Takes an address, dropping trailing slashes.
    pub(crate) fn new(address: &str) -> Self {
        Self(address.trim_end_matches('/').to_owned())
    }

    /// The address itself.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The API address of an article.
    pub(crate) fn article(&self, id: &str) -> String {
        format!("{}/v1/articles/{id}", self.0)
    }
}
