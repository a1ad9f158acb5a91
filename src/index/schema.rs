//! The fields of the index, made from the field table, and a report as a document.

use super::tokens::{is_character, joined};
use super::{IndexError, Report, Result, stored};
use crate::article::fields::{Keyword, TextField};
use crate::article::{Article, ReportId, Role};
use crate::text::fingerprint::{Fingerprint, NUMBERS};
use chrono::{Datelike, NaiveDate};
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema as TantivySchema, TextFieldIndexing, TextOptions,
};

/// What the terms of the text fields are, in the place of Tantivy's tokenizers.
pub const CHARACTERS: &str = "characters";
/// See [`CHARACTERS`].
pub const PAIRS: &str = "pairs";
/// See [`CHARACTERS`].
pub const WORDS: &str = "words";
/// See [`CHARACTERS`].
pub const WHOLE: &str = "whole";
/// See [`CHARACTERS`]. The name is Tantivy's.
pub const RAW: &str = "raw";
/// The column of the kinds of reports.
pub const KIND: &str = "kind";
/// The value of `undated` in reports without a date.
pub const UNDATED: &str = "1";

/// The name of the column of the records' own ids.
pub const KEY: &str = "key";

/// The schema with its fields at hand.
#[derive(Debug, Clone)]
pub struct Schema {
    /// As Tantivy wants it.
    pub tantivy: TantivySchema,
    /// The number of the report's id; the unique key.
    pub id: Field,
    /// The file of the report, whole: the unit of change.
    pub file: Field,
    /// The first day that the report's date can mean, in days since year 1.
    pub first_day: Field,
    /// The last such day.
    pub last_day: Field,
    /// Marks reports without a date.
    pub undated: Field,
    /// The record's own id, as given: a list of millions of hits gives it without reading a stored report.
    pub key: Field,
    fingerprint: [Field; NUMBERS],
    report: Field,
    characters: [(TextField, Field); 4],
    pairs: Field,
    words: [(TextField, Field); 3],
    names: [(Role, Field); 6],
    keywords: [(Keyword, Field); 5],
    kind: Field,
}

impl Schema {
    /// The names of the columns of a report's fingerprint, by which its copies are found.
    pub const FINGERPRINT: [&'static str; NUMBERS] =
        ["fingerprint_0", "fingerprint_1", "fingerprint_2", "fingerprint_3", "fingerprint_4"];

    /// Returns the schema of this version of the program.
    #[must_use]
    pub fn new() -> Self {
        let mut builder = TantivySchema::builder();
        let text = |tokenizer: &str, option, norms| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
            TextOptions::default().set_indexing_options(indexing.set_fieldnorms(norms))
        };
        let characters = || text(CHARACTERS, IndexRecordOption::WithFreqsAndPositions, false);
        let pairs = || text(PAIRS, IndexRecordOption::WithFreqs, false);
        let words = || text(WORDS, IndexRecordOption::WithFreqs, true);
        let exact = || text(RAW, IndexRecordOption::Basic, false);
        // Asked folded, counted as printed: the column keeps the value itself.
        let value = || text(WHOLE, IndexRecordOption::Basic, false).set_fast("raw");
        Self {
            id: builder.add_u64_field("id", FAST | INDEXED),
            file: builder.add_text_field("file", exact()),
            first_day: builder.add_i64_field("first_day", FAST),
            last_day: builder.add_i64_field("last_day", FAST),
            undated: builder.add_text_field("undated", exact()),
            key: builder.add_text_field(KEY, TextOptions::default().set_fast("raw")),
            fingerprint: Self::FINGERPRINT.map(|name| builder.add_u64_field(name, FAST)),
            report: builder.add_bytes_field("report", STORED),
            characters: TextField::ALL
                .map(|part| (part, builder.add_text_field(&format!("characters_{}", part.name()), characters()))),
            pairs: builder.add_text_field("pairs_body", pairs()),
            words: TextField::BARE
                .map(|part| (part, builder.add_text_field(&format!("words_{}", part.name()), words()))),
            names: Role::ALL.map(|role| (role, builder.add_text_field(role.field(), value()))),
            keywords: Keyword::ALL.map(|keyword| (keyword, builder.add_text_field(keyword.name(), value()))),
            kind: builder.add_text_field(KIND, TextOptions::default().set_fast("raw")),
            tantivy: builder.build(),
        }
    }

    /// Returns the character field of a part.
    #[must_use]
    pub fn characters(&self, part: TextField) -> Field {
        of(&self.characters, part).unwrap_or(self.file)
    }

    /// Returns the pair field of a part, where it has one: the other parts are too short to need it.
    #[must_use]
    pub fn pairs(&self, part: TextField) -> Option<Field> {
        (part == TextField::Body).then_some(self.pairs)
    }

    /// Returns the word field of a part, where it has one. It holds no words of one character.
    #[must_use]
    pub fn words(&self, part: TextField) -> Option<Field> {
        of(&self.words, part)
    }

    /// Returns the field that lists the reports with a word in a part, where that part is cut into words.
    #[must_use]
    pub fn word(&self, part: TextField, word: &str) -> Option<Field> {
        self.words(part).map(|words| if is_character(word) { self.characters(part) } else { words })
    }

    /// Returns the field of the names of a role.
    #[must_use]
    pub fn names(&self, role: Role) -> Field {
        of(&self.names, role).unwrap_or(self.file)
    }

    /// Returns the field of a short value.
    #[must_use]
    pub fn keyword(&self, keyword: Keyword) -> Field {
        of(&self.keywords, keyword).unwrap_or(self.file)
    }

    /// Returns a report as a document. Every part of its text is there once, in its character field; `postings` makes
    /// pairs and words of the same.
    #[must_use]
    pub fn document(&self, id: ReportId, file: &str, article: Article) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(self.id, id.to_bits());
        document.add_text(self.file, file);
        match article.date() {
            Some((date, _)) => {
                document.add_i64(self.first_day, day_number(date.first_day()));
                document.add_i64(self.last_day, day_number(date.last_day()));
            }
            None => document.add_text(self.undated, UNDATED),
        }
        let body = article.body.iter().map(|paragraph| paragraph.text.as_str());
        if let Some(fingerprint) = Fingerprint::of(body) {
            for (field, number) in self.fingerprint.into_iter().zip(fingerprint.to_numbers()) {
                document.add_u64(field, number);
            }
        }
        if let Some(key) = &article.key {
            document.add_text(self.key, key);
        }
        for part in TextField::ALL {
            let text = joined(&part.pieces(&article));
            if text.is_empty() {
                continue;
            }
            document.add_text(self.characters(part), &text);
        }
        for role in Role::ALL {
            for name in article.byline.of(role) {
                document.add_text(self.names(role), name);
            }
        }
        for keyword in Keyword::ALL {
            if let Some(value) = keyword.of(&article) {
                document.add_text(self.keyword(keyword), value);
            }
        }
        document.add_text(self.kind, article.kind.name());
        document.add_bytes(self.report, &stored::to_bytes(article.file(file).into_owned(), article));
        document
    }

    /// Returns the report that a document was made of.
    ///
    /// # Errors
    /// When what is stored is no report.
    pub fn report(&self, id: ReportId, document: &TantivyDocument, home: &std::path::Path) -> Result<Report> {
        let damaged = |what| IndexError::Damaged { home: home.to_owned(), what: format!("报道 {id}：{what}") };
        let (file, article) = stored::of_document(document, self.report).map_err(damaged)?;
        Ok(Report { id, file, article })
    }

    /// Returns the file of the report that a document was made of, without the report.
    ///
    /// # Errors
    /// A sentence, when what is stored is no report.
    pub fn file_of(&self, document: &TantivyDocument) -> std::result::Result<String, String> {
        stored::file_of_document(document, self.report)
    }
}

fn of<K: PartialEq + Copy>(fields: &[(K, Field)], key: K) -> Option<Field> {
    fields.iter().find(|(known, _)| *known == key).map(|&(_, field)| field)
}

/// Returns the number that stands for a day: days since 31 December of the year before year 1.
#[must_use]
pub fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

/// Returns the day that a number stands for.
#[must_use]
pub fn day_of_number(number: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)
}
