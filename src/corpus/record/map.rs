//! A user's own names of columns: `--map FILE.toml`, their column = our field.
//!
//! ```toml
//! "稿件名" = "title"
//! "撰稿人" = "reporters"
//! "备注" = "extra"        # kept as it is, whatever its name would be taken for
//! ```

use super::fields::{self, Field};
use crate::text::fold::fold;
use toml::de::{DeTable, DeValue};

/// Leaves a column to `extra`.
const EXTRA: &str = "extra";
/// The table that the columns may stand in.
const TABLE: &str = "columns";

/// Which columns are which fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldMap {
    /// Their name, folded, and our field; `None` for what stays an extra.
    columns: Vec<(String, Option<Field>)>,
}

/// What is wrong with a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapFault {
    /// The line, from 1.
    pub line: usize,
    /// One sentence.
    pub message: String,
}

impl FieldMap {
    /// Reads a map.
    ///
    /// # Errors
    /// When it is no TOML, or names a field that is none.
    pub fn parse(text: &str) -> Result<Self, MapFault> {
        let line = |at: usize| text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1;
        let fault = |at: usize, message: String| MapFault { line: line(at), message };
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            fault(at, format!("不是正确的 TOML（{}）", error.message()))
        })?;
        let mut columns = Vec::new();
        for (name, value) in table.get_ref() {
            match value.get_ref() {
                DeValue::Table(inner) if name.get_ref() == TABLE => {
                    columns.extend(inner.iter());
                }
                _ => columns.push((name, value)),
            }
        }
        let mut map = Self { columns: Vec::new() };
        for (name, value) in columns {
            let DeValue::String(field) = value.get_ref() else {
                return Err(fault(value.span().start, format!("“{}”要写成 \"列名\" = \"字段\"", name.get_ref())));
            };
            let ours = match field.as_ref() {
                EXTRA => None,
                field => match fields::field_of(field) {
                    Some((field, _)) => Some(field),
                    None => {
                        let names = fields::names().collect::<Vec<_>>().join("、");
                        let message = format!("没有“{field}”这个字段；可以是 {names}、{EXTRA}");
                        return Err(fault(value.span().start, message));
                    }
                },
            };
            map.columns.push((fold(name.get_ref()), ours));
        }
        Ok(map)
    }

    /// Returns what a column is; the outer `None` where the map does not name it.
    #[must_use]
    pub fn field_of(&self, name: &str) -> Option<Option<Field>> {
        let name = fold(name);
        self.columns.iter().find(|(column, _)| *column == name).map(|&(_, field)| field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_the_fields_that_the_map_says() {
        let map = FieldMap::parse("# 甲\n\"稿件名\" = \"title\"\n[columns]\n\"撰 稿\" = \"记者\"\ndate = \"extra\"\n")
            .unwrap();
        assert_eq!(map.field_of("稿件名"), Some(Some(Field::Title)));
        assert_eq!(map.field_of("撰稿"), Some(Some(Field::People(crate::article::Role::Reporter))));
        assert_eq!(map.field_of("DATE"), Some(None));
        assert_eq!(map.field_of("title"), None);
    }

    #[test]
    fn a_fault_names_its_line() {
        for (text, line, what) in [
            ("\n\"甲\" = \"标体\"\n", 2, "没有“标体”这个字段；可以是 key、title"),
            ("\"甲\" = 3\n", 1, "要写成"),
            ("\"甲\" = \"title\"\n乙\n", 2, "不是正确的 TOML"),
            ("[other]\nx = \"title\"\n", 1, "要写成"),
        ] {
            let fault = FieldMap::parse(text).unwrap_err();
            assert!(fault.line == line && fault.message.contains(what), "{fault:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[\\[\\]\"=a稿 \ntitle#.]{0,40}") {
            let _ = FieldMap::parse(&text);
        }
    }
}
