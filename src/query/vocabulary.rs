//! What a user has added to the language: saved searches, written `@name`, and words that mean the same.
//!
//! Where they are kept is not known here. Words that mean the same only widen what is found: what is excluded is never
//! widened, or a report could be hidden by a word that nobody typed.

use super::Query;
use super::parse::Parsed;

/// A user's own searches and words.
pub trait Vocabulary {
    /// Returns the query saved under a name, with what was taken otherwise than it might have been meant; `None` where
    /// there is none.
    ///
    /// # Errors
    /// One sentence, when it cannot be understood or leads back to itself.
    fn saved(&self, name: &str) -> Result<Option<Parsed>, String>;

    /// Returns the other words that mean the same as a word.
    fn alternatives(&self, word: &str) -> Vec<String>;
}

/// Nothing added.
pub struct Plain;

impl Vocabulary for Plain {
    fn saved(&self, _: &str) -> Result<Option<Parsed>, String> {
        Ok(None)
    }

    fn alternatives(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}

/// How many terms what is saved may come to, all that it leads to included.
pub const MOST_TERMS: usize = 1_024;

/// Returns the name of a saved search that a word means: `@name`, of letters, digits, `-` and `_`.
#[must_use]
pub fn name(word: &str) -> Option<&str> {
    word.strip_prefix(['@', '＠']).filter(|name| is_name(name))
}

/// Returns whether a search can be saved under a name.
#[must_use]
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// Returns a term as itself or any word that means the same, and says so.
pub fn widened(query: Query, vocabulary: &dyn Vocabulary, notices: &mut Vec<String>) -> Query {
    let Query::Term(term) = query else { return query };
    let others = vocabulary.alternatives(&term.text);
    if others.is_empty() {
        return Query::Term(term);
    }
    notices.push(format!("“{}”也找“{}”（dict 里的词，--no-dict 不用）", term.text, others.join("”“")));
    let other = |text: String| super::Term { text, ..term.clone() };
    let others: Vec<Query> = others.into_iter().map(other).map(Query::Term).collect();
    Query::Or([Query::Term(term)].into_iter().chain(others).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse::{parse, parse_with};
    use chrono::NaiveDate;

    struct Own;

    impl Vocabulary for Own {
        fn saved(&self, name: &str) -> Result<Option<Parsed>, String> {
            match name {
                "养老" => parse("养老|托育 -北京", NaiveDate::MIN).map(Some).map_err(|e| e.message),
                "坏" => Err("读不了".to_owned()),
                _ => Ok(None),
            }
        }

        fn alternatives(&self, word: &str) -> Vec<String> {
            if word == "高新区" { vec!["高新技术产业开发区".to_owned()] } else { Vec::new() }
        }
    }

    fn canonical(text: &str) -> String {
        parse_with(text, NaiveDate::MIN, &Own).unwrap().query.to_string()
    }

    #[test]
    fn a_saved_search_stands_as_a_group_and_a_word_beside_its_likes() {
        for (text, same) in [
            ("@养老 社区", "(养老|托育 -北京) 社区"),
            ("社区 | @养老", "社区 | (养老|托育 -北京)"),
            ("-@养老", "-(养老|托育 -北京)"),
            ("＠养老", "养老|托育 -北京"),
            ("高新区", "高新区|高新技术产业开发区"),
            ("标题:高新区", "标题:(高新区|高新技术产业开发区)"),
            ("养老 ~10 高新区", "养老 ~10 (高新区|高新技术产业开发区)"),
        ] {
            assert_eq!(canonical(text), parse(same, NaiveDate::MIN).unwrap().query.to_string(), "{text}");
        }
    }

    #[test]
    fn what_is_quoted_excluded_or_longer_is_as_typed() {
        for text in
            ["“@养老”", "“高新区”", "-高新区", "NOT (社区 高新区)", "高新区领导", "记者:高新区", "@没有", "@", "a@b"]
        {
            assert_eq!(canonical(text), parse(text, NaiveDate::MIN).unwrap().query.to_string(), "{text}");
        }
        let parsed = parse_with("@没有 高新区", NaiveDate::MIN, &Own).unwrap();
        assert_eq!(parsed.notices.len(), 2, "{parsed:?}");
        let error = parse_with("社区 @坏", NaiveDate::MIN, &Own).unwrap_err();
        assert_eq!((error.message.as_str(), error.span), ("读不了", 7..11));
    }
}
