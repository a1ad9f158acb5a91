//! Which of the known names was meant by one that is not known.

/// Returns the known name that a mistyped one is most like, if any is like it at all: by the fewest characters to
/// insert, delete or replace, at most two in five of the longer.
#[must_use]
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = typed.to_lowercase().chars().collect();
    let far = |name: &str| {
        let name: Vec<char> = name.to_lowercase().chars().collect();
        let steps = distance(&typed, &name);
        (steps * 5 <= typed.len().max(name.len()) * 2).then_some(steps)
    };
    let near = known.into_iter().filter_map(|name| Some((far(name)?, name)));
    near.min_by_key(|&(steps, _)| steps).map(|(_, name)| name)
}

/// Levenshtein's distance, a row at a time.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (n, from) in a.iter().enumerate() {
        let mut next = vec![n + 1];
        for ((to, &replaced), &deleted) in b.iter().zip(&row).zip(row.iter().skip(1)) {
            let inserted = next.last().copied().unwrap_or_default();
            next.push((replaced + usize::from(from != to)).min(deleted + 1).min(inserted + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_name_leads_to_the_one_that_was_meant() {
        let known = ["title", "reporters", "date", "报纸"];
        assert_eq!(nearest("titel", known), Some("title"));
        assert_eq!(nearest("reporter", known), Some("reporters"));
        assert_eq!(nearest("Dates", known), Some("date"));
        assert_eq!(nearest("xyz", known), None);
        assert_eq!(nearest("", known), None);
    }
}
