//! Writing the inverted index of a segment in bulk: the terms of every field, their posting lists, and the lengths of
//! the fields, in the files and the form that Tantivy's own writer gives them, at a third of its cost. Reading and
//! merging are Tantivy's, and know nothing of it.
//!
//! Tantivy's writer runs all the same, with tokenizers that find nothing. Its files are deleted when a segment ends, and
//! written again, complete: Tantivy has no other place for a writer of the same files.

mod characters;
mod lists;
mod pairs;
mod terms;

use super::schema::{CHARACTERS, PAIRS, RAW, Schema, WHOLE, WORDS};
use super::tokens::{for_each_word, pairs, whole};
use crate::article::fields::TextField;
use crate::text::segment::CorpusSegmenter;
use characters::Characters;
use lists::{Kept, Lists};
use pairs::Pairs;
use std::any::Any;
use std::sync::Arc;
use tantivy::directory::error::DeleteError;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent;
use tantivy::indexer::DocIdMapping;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::document::{Document as _, ErasedDocument, Value as _};
use tantivy::schema::{Field, FieldType, IndexRecordOption, Schema as TantivySchema, Term as TantivyTerm};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{
    Directory as _, DocId, Index, PluginMergeContext, PluginWriter, PluginWriterContext, Segment, SegmentPlugin,
    TantivyDocument, TantivyError,
};
use terms::{Term, Terms};

/// Makes an index write its segments in bulk.
pub fn write_in_bulk(index: &mut Index, schema: &Schema) {
    let silent = TokenizerManager::new();
    for name in [CHARACTERS, PAIRS, WORDS, WHOLE, RAW, "default"] {
        silent.register(name, TextAnalyzer::default());
    }
    index.set_tokenizers(silent);
    index.register_plugin(Arc::new(Bulk { schema: schema.clone(), segmenter: CorpusSegmenter::for_writing() }));
}

/// What Tantivy asks for a writer.
struct Bulk {
    schema: Schema,
    segmenter: CorpusSegmenter,
}

impl SegmentPlugin for Bulk {
    fn extensions(&self) -> &[&str] {
        &[] // No files of its own: an index can be read, and merged, without it.
    }

    fn create_writer(&self, context: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        let tantivy = context.segment.schema();
        Ok(Box::new(Writer {
            fields: tantivy
                .fields()
                .map(|(field, entry)| Filing::of(field, entry.field_type(), &self.schema))
                .collect(),
            lists: tantivy.fields().map(|_| Lists::default()).collect(),
            lengths: FieldNormsWriter::for_schema(&tantivy),
            schema: self.schema.clone(),
            segmenter: self.segmenter.clone(),
            characters: Characters::default(),
            pairs: Pairs::new(),
            words: Terms::default(),
            values: Terms::default(),
            numbers: Vec::new(),
            documents: 0,
        }))
    }

    fn merge(&self, _: PluginMergeContext) -> tantivy::Result<()> {
        Ok(())
    }
}

/// What the terms of a field are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filing {
    /// The field has none.
    None,
    Characters,
    Pairs,
    Words,
    /// Its values: texts as they are, folded texts, numbers.
    Values {
        is_folded: bool,
    },
}

impl Filing {
    fn of(field: Field, kind: &FieldType, schema: &Schema) -> Self {
        let is = |of: fn(&Schema, TextField) -> Option<Field>| {
            TextField::ALL.iter().any(|&part| of(schema, part) == Some(field))
        };
        if !kind.is_indexed() {
            Self::None
        } else if is(|schema, part| Some(schema.characters(part))) {
            Self::Characters
        } else if is(Schema::pairs) {
            Self::Pairs
        } else if is(Schema::words) {
            Self::Words
        } else {
            let indexing = if let FieldType::Str(text) = kind { text.get_indexing_options() } else { None };
            Self::Values { is_folded: indexing.is_some_and(|indexing| indexing.tokenizer() == WHOLE) }
        }
    }
}

/// Writes one segment.
struct Writer {
    schema: Schema,
    segmenter: CorpusSegmenter,
    /// What the terms of each field are.
    fields: Vec<Filing>,
    /// The lists of each field.
    lists: Vec<Lists>,
    lengths: FieldNormsWriter,
    characters: Characters,
    pairs: Pairs,
    words: Terms,
    values: Terms,
    /// Put here for one text after the other.
    numbers: Vec<u32>,
    documents: DocId,
}

impl Writer {
    fn add_text(&mut self, document: DocId, part: TextField, text: &str) {
        let Self { schema, lists, numbers, .. } = self;
        let Some(own) = lists.get_mut(schema.characters(part).field_id() as usize) else { return };
        let characters = self.characters.file(text, own);
        own.close(document);
        if let Some(lists) = schema.pairs(part).and_then(|field| lists.get_mut(field.field_id() as usize)) {
            numbers.clear();
            numbers.extend(pairs(characters).filter_map(|pair| self.pairs.number(pair)));
            lists.add_all(numbers);
            lists.close(document);
        }
        if let Some(field) = schema.words(part) {
            numbers.clear();
            for_each_word(&self.segmenter, text, |word| numbers.extend(self.words.number(word.as_bytes())));
            self.lengths.record(document, field, u32::try_from(numbers.len()).unwrap_or(u32::MAX));
            if let Some(lists) = lists.get_mut(field.field_id() as usize) {
                lists.add_all(numbers);
                lists.close(document);
            }
        }
    }
}

impl PluginWriter for Writer {
    fn add_document(&mut self, id: DocId, document: &dyn ErasedDocument, _: &TantivySchema) -> tantivy::Result<()> {
        let document = document.as_any().downcast_ref::<TantivyDocument>();
        let document = document.ok_or_else(|| TantivyError::InternalError("not a report".to_owned()))?;
        for part in TextField::ALL {
            let value = document.get_first(self.schema.characters(part));
            if let Some(text) = value.as_ref().and_then(|value| value.as_str()) {
                self.add_text(id, part, text);
            }
        }
        let mut filed: Vec<(Field, u32)> = Vec::new();
        for (field, value) in document.iter_fields_and_values() {
            let Some(&Filing::Values { is_folded }) = self.fields.get(field.field_id() as usize) else { continue };
            let number = match (value.as_str(), value.as_u64()) {
                (Some(text), _) if is_folded => match whole(text) {
                    folded if folded.is_empty() => continue,
                    folded => self.values.number(folded.as_bytes()),
                },
                (Some(text), _) => self.values.number(text.as_bytes()),
                (None, Some(number)) => {
                    self.values.number(TantivyTerm::from_field_u64(field, number).serialized_value_bytes())
                }
                (None, None) => return Err(TantivyError::SchemaError(format!("field {}", field.field_id()))),
            };
            filed.extend(number.map(|number| (field, number)));
        }
        filed.sort_unstable();
        for same in filed.chunk_by(|a, b| a.0 == b.0) {
            let Some(lists) = same.first().and_then(|(field, _)| self.lists.get_mut(field.field_id() as usize)) else {
                continue;
            };
            self.numbers.clear();
            self.numbers.extend(same.iter().map(|&(_, number)| number));
            lists.add_all(&mut self.numbers);
            lists.close(id);
        }
        self.documents = id + 1;
        Ok(())
    }

    fn serialize(mut self: Box<Self>, segment: &Segment, _: Option<&DocIdMapping>) -> tantivy::Result<()> {
        use SegmentComponent::{FieldNorms, Positions, Postings, Terms};
        for component in [FieldNorms, Terms, Postings, Positions] {
            match segment.index().directory().delete(&segment.relative_path(component)) {
                Ok(()) | Err(DeleteError::FileDoesNotExist(_)) => {}
                Err(error) => return Err(TantivyError::SystemError(error.to_string())),
            }
        }
        self.lengths.fill_up_to_max_doc(self.documents);
        self.lengths.serialize(FieldNormsSerializer::from_write(segment.open_write(FieldNorms)?)?, None)?;
        let lengths = FieldNormReaders::open(segment.open_read(FieldNorms)?)?;
        let tantivy = segment.schema();
        let mut serializer = InvertedIndexSerializer::open(segment)?;
        let Self { fields, lists, characters, pairs, words, values, .. } = *self;
        let (characters, pairs) = (characters.sorted(), pairs.sorted());
        let [words, values] = [words, values].map(terms::Terms::into_sorted);
        for (((field, entry), filing), lists) in tantivy.fields().zip(fields).zip(lists) {
            let terms: &[Term] = match filing {
                Filing::None => continue,
                Filing::Characters => &characters,
                Filing::Pairs => &pairs,
                Filing::Words => &words,
                Filing::Values { .. } => &values,
            };
            // Where Tantivy leaves out a field that no document has, a merge of Tantivy's does not, and for a field left
            // out every reader makes an empty dictionary of its own first, which takes longer than to search one.
            let kept = match entry.field_type().index_record_option() {
                Some(IndexRecordOption::WithFreqsAndPositions) => Kept::Positions,
                Some(IndexRecordOption::WithFreqs) => Kept::Frequencies,
                Some(IndexRecordOption::Basic) | None => Kept::Documents,
            };
            let mut to = serializer.new_field(field, lists.tokens(), lengths.get_field(field)?)?;
            lists.write(terms, kept, &mut to)?;
            to.close()?;
        }
        Ok(serializer.close()?)
    }

    fn mem_usage(&self) -> usize {
        let terms: usize = [&self.words, &self.values].map(Terms::memory).iter().sum();
        let lists: usize = self.lists.iter().map(Lists::memory).sum();
        let to_write = self.lists.iter().map(Lists::memory_to_write).max().unwrap_or(0);
        terms + self.characters.memory() + lists + to_write
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Byline, Paragraph, ReportId};
    use crate::index::tokens::{characters, joined};
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::sync::LazyLock;
    use tantivy::postings::Postings as _;
    use tantivy::{DocSet as _, IndexWriter, TERMINATED};

    static SEGMENTER: LazyLock<CorpusSegmenter> = LazyLock::new(CorpusSegmenter::for_writing);

    /// The lists of a field: by term, each report with how often and where.
    type Read = BTreeMap<Vec<u8>, Vec<(DocId, u32, Vec<u32>)>>;

    fn read(index: &Index, field: Field) -> Read {
        let searcher = index.reader().unwrap().searcher();
        let option = index.schema().get_field_entry(field).field_type().index_record_option().unwrap();
        let mut lists = Read::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(field).unwrap();
            let mut terms = inverted.terms().stream().unwrap();
            while terms.advance() {
                let mut postings = inverted.read_postings_from_terminfo(terms.value(), option).unwrap();
                assert_eq!(terms.value().doc_freq, postings.doc_freq());
                let list = lists.entry(terms.key().to_vec()).or_default();
                while postings.doc() != TERMINATED {
                    let mut positions = Vec::new();
                    postings.positions(&mut positions);
                    list.push((postings.doc(), postings.term_freq(), positions));
                    postings.advance();
                }
            }
        }
        lists
    }

    /// The lists that the tokens of texts make, one text a report.
    fn wanted(texts: impl IntoIterator<Item = Vec<(String, u32)>>, kept: Kept) -> Read {
        let mut lists = Read::new();
        for (doc, tokens) in (0..).zip(texts) {
            let mut places = BTreeMap::<String, Vec<u32>>::new();
            tokens.into_iter().for_each(|(token, at)| places.entry(token).or_default().push(at));
            for (token, at) in places {
                let frequency = if kept == Kept::Documents { 1 } else { u32::try_from(at.len()).unwrap() };
                let at = if kept == Kept::Positions { at } else { Vec::new() };
                lists.entry(token.into_bytes()).or_default().push((doc, frequency, at));
            }
        }
        lists
    }

    fn report(title: &str, paragraphs: &[String], name: &str) -> Article {
        let paragraph = |text: &String| Paragraph { text: text.clone(), lines: (1, 1) };
        let byline = Byline { reporters: vec![name.to_owned(), name.to_owned()], ..Byline::default() };
        let (title, body) = (Some(title.to_owned()), paragraphs.iter().map(paragraph).collect());
        Article { title, body, byline, ..Article::default() }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn the_lists_are_those_of_the_tokens_also_when_merged(
            reports in prop::collection::vec(
                ("[的一中国养老服务ＡB ，0]{0,20}", prop::collection::vec("[的一养老服务𨟠 。x]{0,300}", 0..3), "[付凯明Ａ]{1,6}"),
                1..8,
            ),
            commit_behind in 0_usize..8,
        ) {
            let schema = Schema::new();
            let mut index = Index::create_in_ram(schema.tantivy.clone());
            write_in_bulk(&mut index, &schema);
            let mut writer: IndexWriter = index.writer_with_num_threads(1, 20 << 20).unwrap();
            for (number, (title, paragraphs, name)) in reports.iter().enumerate() {
                let article = report(title, paragraphs, name);
                let id = ReportId::of("r", "f", None, number as u64);
                writer.add_document(schema.document(id, "f", article)).unwrap();
                if number == commit_behind {
                    writer.commit().unwrap();
                }
            }
            writer.commit().unwrap();
            let segments = index.searchable_segment_ids().unwrap();
            if segments.len() > 1 {
                // In the order of their commits or not; the reports of a segment stay together.
                writer.merge(&segments).wait().unwrap();
            }
            let searcher = index.reader().unwrap().searcher();
            let ids = searcher.segment_reader(0).fast_fields().u64("id").unwrap();
            let order: Vec<u64> = (0..searcher.segment_reader(0).max_doc()).filter_map(|doc| ids.first(doc)).collect();
            let mut sorted: Vec<_> = reports.iter().enumerate().collect();
            sorted.sort_by_key(|(number, _)| {
                let id = ReportId::of("r", "f", None, *number as u64).to_bits();
                order.iter().position(|&one| one == id)
            });
            let each = |tokens: fn(&str) -> Vec<(String, u32)>, part: TextField| -> Vec<Vec<(String, u32)>> {
                let text = |(title, paragraphs, name): &(String, Vec<String>, String)| {
                    joined(&part.pieces(&report(title, paragraphs, name)))
                };
                sorted.iter().map(|(_, report)| tokens(&text(report))).collect()
            };
            for part in [TextField::Title, TextField::Body] {
                let tokens = each(|text| characters(text).map(|(c, at)| (c.to_string(), at)).collect(), part);
                prop_assert_eq!(read(&index, schema.characters(part)), wanted(tokens, Kept::Positions));
                let words = |text: &str| {
                    let mut words = Vec::new();
                    for_each_word(&SEGMENTER, text, |word| words.push((word.to_owned(), 0)));
                    words
                };
                let tokens = each(words, part);
                let lengths = searcher.segment_reader(0).get_fieldnorms_reader(schema.words(part).unwrap()).unwrap();
                for (doc, tokens) in (0..).zip(&tokens) {
                    let length = u32::try_from(tokens.len()).unwrap();
                    prop_assert_eq!(lengths.fieldnorm_id(doc), tantivy::fieldnorm::FieldNormReader::fieldnorm_to_id(length));
                }
                prop_assert_eq!(read(&index, schema.words(part).unwrap()), wanted(tokens, Kept::Frequencies));
            }
            let pairs = |text: &str| -> Vec<_> {
                let characters: Vec<_> = characters(text).collect();
                pairs(&characters).map(|pair| (String::from_iter(pair), 0)).collect()
            };
            let tokens = each(pairs, TextField::Body);
            prop_assert_eq!(read(&index, schema.pairs(TextField::Body).unwrap()), wanted(tokens, Kept::Frequencies));
            let names = sorted.iter().map(|(_, (_, _, name))| vec![(whole(name), 0)]);
            prop_assert_eq!(read(&index, schema.names(crate::article::Role::Reporter)), wanted(names, Kept::Documents));
            let ids = read(&index, schema.id);
            prop_assert_eq!(ids.len(), reports.len());
            prop_assert!(ids.keys().all(|id| order.iter().any(|one| id[..] == one.to_be_bytes())));
        }
    }
}
