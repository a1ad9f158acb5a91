//! Regular expressions over folded text. The only module that names the library, whose matching is linear in the text
//! whatever the expression.

use super::fold::fold_char;
use regex::RegexBuilder;
use regex_syntax::hir::{Hir, HirKind};
use std::ops::Range;

/// How large a compiled expression may be, in bytes, to be read forward and backward. The time it takes grows with it:
/// `.{0,40}` and `\p{Han}{1,5}` fit, `\p{Han}{200}` does not.
const LARGEST: usize = 1 << 18;
/// How deep an expression may nest.
const DEEPEST: u32 = 64;

/// An expression that is matched against folded text: blanks in it are dropped and its characters folded, as those of
/// the text are, and letters match in either case. `^` and `$` are the ends of a paragraph.
#[derive(Debug, Clone)]
pub struct Pattern {
    source: String,
    compiled: regex::Regex,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Pattern {}

impl Pattern {
    /// Compiles an expression.
    ///
    /// # Errors
    /// One sentence of what is wrong with it.
    pub fn new(source: &str) -> Result<Self, String> {
        let source = with_plain_slashes(source);
        let folded = folded(&source);
        if folded.is_empty() {
            return Err("正则是空的".to_owned());
        }
        let compiled = RegexBuilder::new(&folded)
            .case_insensitive(true)
            .size_limit(LARGEST)
            .dfa_size_limit(LARGEST)
            .nest_limit(DEEPEST)
            .build();
        let compiled = compiled.map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => "正则展开后太大".to_owned(),
            _ => "正则的写法不对".to_owned(),
        })?;
        Ok(Self { source, compiled })
    }

    /// Returns it as typed; a slash stands in it without a backslash.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns whether a folded text holds a match. One of nothing at all counts.
    #[must_use]
    pub fn is_match(&self, folded: &str) -> bool {
        self.compiled.is_match(folded)
    }

    /// Yields the matches in a folded text (bytes), apart from each other; those of nothing at all are left out.
    pub fn matches<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.compiled.find_iter(folded).map(|found| found.range()).filter(|range| !range.is_empty())
    }

    /// Returns folded texts that every match holds, as far as they are easily known.
    #[must_use]
    pub fn required(&self) -> Vec<String> {
        let mut texts = Vec::new();
        if let Ok(hir) = regex_syntax::Parser::new().parse(&folded(&self.source)) {
            collect_required(&hir, &mut texts);
        }
        // The expression matches letters in either case, and the text is folded; beyond ASCII that is no simple matter
        // (ς is a σ), so only what has no case is required there.
        let has_case = |c: char| !c.is_ascii() && (c.is_lowercase() || c.is_uppercase());
        let texts = texts.iter().flat_map(|text| text.split(has_case)).map(super::fold::fold);
        texts.filter(|text| !text.is_empty()).collect()
    }
}

/// Takes away the `\` before slashes: it says nothing, and makes two texts of one expression.
fn with_plain_slashes(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut characters = source.chars();
    while let Some(c) = characters.next() {
        match (c, if c == '\\' { characters.next() } else { None }) {
            (_, Some('/')) => out.push('/'),
            (c, escaped) => {
                out.push(c);
                out.extend(escaped);
            }
        }
    }
    out
}

fn collect_required(hir: &Hir, texts: &mut Vec<String>) {
    match hir.kind() {
        HirKind::Literal(literal) => texts.extend(String::from_utf8(literal.0.to_vec())),
        HirKind::Capture(capture) => collect_required(&capture.sub, texts),
        HirKind::Repetition(repetition) if repetition.min > 0 => collect_required(&repetition.sub, texts),
        HirKind::Concat(parts) => parts.iter().for_each(|part| collect_required(part, texts)),
        HirKind::Repetition(_) | HirKind::Alternation(_) | HirKind::Class(_) | HirKind::Look(_) | HirKind::Empty => {}
    }
}

/// Folds the characters of an expression beyond ASCII, and drops its blanks. What would fold to an operator of the
/// expression is made plain: a full-width bracket is a bracket of the text.
fn folded(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    for c in source.chars() {
        match fold_char(c) {
            _ if c.is_ascii() && !c.is_ascii_whitespace() => out.push(c),
            Some(f) if f.is_ascii_punctuation() => {
                out.push('\\');
                out.push(f);
            }
            Some(f) => out.push(f),
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_match(source: &str, folded: &str) -> bool {
        Pattern::new(source).unwrap().is_match(folded)
    }

    #[test]
    fn an_expression_meets_the_text_folded() {
        assert!(is_match("5G 基站", "建成5g基站"));
        assert!(is_match("養老（.+）", "养老(社区)"));
        assert!(is_match(r"\d{4}年[、，]", "2026年,"));
        assert!(is_match("^记者", "记者说") && !is_match("^者", "记者说"));
    }

    #[test]
    fn what_is_wrong_or_too_large_is_said() {
        for source in ["(", "a{9999999}", r"\p{Han}{200}", " "] {
            assert!(Pattern::new(source).is_err(), "{source}");
        }
        assert!(Pattern::new(&"(".repeat(10_000)).is_err());
        assert!(is_match(r"(a+)+$", &"a".repeat(10_000)), "no expression explodes");
    }

    #[test]
    fn usual_expressions_are_not_too_large() {
        for source in
            [".{0,40}", r"\p{Han}{1,5}", r"\d{4}年\d{1,2}月\d{1,2}日", r"(.+)第\w{1,3}(届|次|期)", "[一-龥]{2,4}"]
        {
            assert!(Pattern::new(source).is_ok(), "{source}");
        }
    }

    #[test]
    fn every_match_holds_what_is_required() {
        let required = |source| Pattern::new(source).unwrap().required();
        assert_eq!(required("王.{1,3}萱"), ["王", "萱"]);
        assert_eq!(required("(养老)+(服务|机构)?AI"), ["养老", "ai"]);
        assert!(required("养老|托育").is_empty());
    }

    proptest! {
        #[test]
        fn no_expression_makes_it_panic(source in "\\PC{0,30}", text in "\\PC{0,40}") {
            if let Ok(regex) = Pattern::new(&source) {
                let text = crate::text::fold::fold(&text);
                if regex.is_match(&text) {
                    for required in regex.required() {
                        prop_assert!(text.contains(&required), "{} {}", text, required);
                    }
                }
            }
        }
    }
}
