//! Which of the known names was meant by one that is not known.

/// Returns the known name that is most like another, where one is like enough: one character wrong of two is.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LEAST: f64 = 0.65;
    let alike = known.into_iter().map(|known| (strsim::jaro(name, known), known)).filter(|(alike, _)| *alike > LEAST);
    alike.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_mended_and_another_word_is_not() {
        assert_eq!(nearest("limt", ["sort", "limit", "list"]), Some("limit"));
        assert_eq!(nearest("旧抱纸", ["新报", "旧报纸"]), Some("旧报纸"));
        assert_eq!(nearest("search", ["sort", "limit"]), None);
        assert_eq!(nearest("titel", ["kind", "title", "line"]), Some("title"));
    }
}
