//! The field table: every field that can be asked, with its Chinese name, its ASCII alias and its kind.
//!
//! One row a field. The index's schema, the query language, the filters of the command line and the help are made from
//! these rows; a new field begins here.

use super::{Article, Kind, Role};

/// A field of a report that a query can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Every part of the text, with what belongs to the page.
    Everything,
    /// A part of the text, searched by characters.
    Text(TextField),
    /// Some pieces of a part of the text.
    Narrow(Narrow),
    /// The names of one role, asked whole.
    Name(Role),
    /// The names of every role.
    AnyName,
    /// A short value, asked whole.
    Keyword(Keyword),
    /// The one date that filters and sorts.
    Date,
    /// The report's own name, or its beginning.
    Id,
}

/// A part of the text of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextField {
    /// The headline.
    Title,
    /// The lines above and below the headline.
    Deck,
    /// The paragraphs of an article, a brief or a caption.
    Body,
    /// What belongs to the page, not to the report.
    Furniture,
}

impl TextField {
    /// The parts that a bare term is looked for in.
    pub const BARE: [Self; 3] = [Self::Title, Self::Deck, Self::Body];
    /// Every part: what a literal search looks through.
    pub const ALL: [Self; 4] = [Self::Title, Self::Deck, Self::Body, Self::Furniture];

    /// Returns the pieces of the part; nothing is ever matched across two of them.
    #[must_use]
    pub fn pieces(self, article: &Article) -> Vec<&str> {
        match self {
            Self::Title => article.title.iter().map(String::as_str).collect(),
            Self::Deck => article.kicker.iter().chain(&article.subtitle).map(String::as_str).collect(),
            Self::Body => article.body.iter().map(|paragraph| paragraph.text.as_str()).collect(),
            Self::Furniture => article.furniture.iter().map(String::as_str).collect(),
        }
    }

    /// Returns the name that results give it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Deck => "deck",
            Self::Body => "body",
            Self::Furniture => "furniture",
        }
    }
}

/// Some pieces of one part of the text. They have no index of their own: the part that they belong to is searched, and
/// the stored text then says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Narrow {
    /// The line above the headline.
    Kicker,
    /// The lines below the headline.
    Subtitle,
    /// The first paragraph of an article or a brief.
    Lead,
    /// The text of a picture.
    Caption,
}

impl Narrow {
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::Kicker, Self::Subtitle, Self::Lead, Self::Caption];

    /// Returns the part that its pieces belong to.
    #[must_use]
    pub fn part(self) -> TextField {
        match self {
            Self::Kicker | Self::Subtitle => TextField::Deck,
            Self::Lead | Self::Caption => TextField::Body,
        }
    }

    /// Returns whether a piece of the part belongs to it: the one at a place, from 0, in [`TextField::pieces`].
    #[must_use]
    pub fn holds(self, article: &Article, place: usize) -> bool {
        let is_caption = article.kind == Kind::Caption;
        match self {
            Self::Kicker => article.kicker.is_some() && place == 0,
            Self::Subtitle => place == usize::from(article.kicker.is_some()),
            Self::Lead => !is_caption && place == 0,
            Self::Caption => is_caption,
        }
    }
}

/// A short value that is asked whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keyword {
    /// The newspaper.
    Paper,
    /// The page.
    Page,
    /// The column.
    Column,
    /// The agency or paper that the text names.
    Source,
    /// The place of the dateline.
    Place,
}

impl Keyword {
    /// Every keyword field.
    pub const ALL: [Self; 5] = [Self::Paper, Self::Page, Self::Column, Self::Source, Self::Place];

    /// Returns a report's value.
    #[must_use]
    pub fn of(self, article: &Article) -> Option<&str> {
        match self {
            Self::Paper => article.paper.as_deref(),
            Self::Page => article.page.as_deref(),
            Self::Column => article.column.as_deref(),
            Self::Source => article.source.as_deref(),
            Self::Place => article.place.as_deref(),
        }
    }

    /// Returns its JSON key.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Page => "page",
            Self::Column => "column",
            Self::Source => "source",
            Self::Place => "place",
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct FieldRow {
    /// The field.
    pub field: Field,
    /// The Chinese name, which canonical queries use.
    pub name: &'static str,
    /// Other names; the first is the ASCII one.
    pub aliases: &'static [&'static str],
    /// An example of its use in a query.
    pub example: &'static str,
}

/// The table.
pub const FIELDS: &[FieldRow] = &[
    row(Field::Text(TextField::Title), "标题", &["title"], "标题:养老"),
    row(Field::Text(TextField::Deck), "辅题", &["deck"], "辅题:改革"),
    row(Field::Narrow(Narrow::Kicker), "引题", &["kicker"], "引题:两会"),
    row(Field::Narrow(Narrow::Subtitle), "副题", &["subtitle"], "副题:改革"),
    row(Field::Text(TextField::Body), "正文", &["body"], "正文:营商环境"),
    row(Field::Narrow(Narrow::Lead), "导语", &["lead"], "导语:开工"),
    row(Field::Narrow(Narrow::Caption), "图说", &["caption"], "图说:油菜花"),
    row(Field::Text(TextField::Furniture), "版面", &["furniture"], "版面:责编"),
    row(Field::Everything, "全文", &["all"], "全文:责编"),
    row(Field::Name(Role::Reporter), "记者", &["reporter"], "记者:付凯明"),
    row(Field::Name(Role::Correspondent), "通讯员", &["correspondent"], "通讯员:王亮"),
    row(Field::Name(Role::Photographer), "摄影", &["photographer"], "摄影:周子昂"),
    row(Field::Name(Role::Author), "作者", &["author"], "作者:林晓燕"),
    row(Field::Name(Role::Intern), "实习生", &["intern"], "实习生:于露"),
    row(Field::Name(Role::Editor), "编辑", &["editor"], "编辑:孙兵"),
    row(Field::AnyName, "署名", &["byline"], "署名:付凯明"),
    row(Field::Keyword(Keyword::Paper), "报", &["paper"], "报:云岭日报"),
    row(Field::Keyword(Keyword::Page), "版", &["page"], "版:A02-A04"),
    row(Field::Keyword(Keyword::Column), "栏目", &["column"], "栏目:新春走基层"),
    row(Field::Keyword(Keyword::Source), "来源", &["source"], "来源:新华社"),
    row(Field::Keyword(Keyword::Place), "电头", &["place", "地点"], "电头:北京"),
    row(Field::Date, "日期", &["date"], "日期:2026-02"),
    row(Field::Id, "编号", &["id"], "编号:k3vd"),
];

const fn row(field: Field, name: &'static str, aliases: &'static [&'static str], example: &'static str) -> FieldRow {
    FieldRow { field, name, aliases, example }
}

/// Returns the row that a name or an alias stands for. Names are compared as typed, aliases without regard to case.
#[must_use]
pub fn named(name: &str) -> Option<&'static FieldRow> {
    FIELDS.iter().find(|row| row.name == name || row.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name)))
}

/// Returns the row of a field.
#[must_use]
pub fn row_of(field: Field) -> Option<&'static FieldRow> {
    FIELDS.iter().find(|row| row.field == field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_name_stands_for_two_fields() {
        let names: Vec<_> = FIELDS.iter().flat_map(|row| row.aliases.iter().chain([&row.name])).collect();
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    }

    #[test]
    fn every_row_is_found_by_each_of_its_names_and_opens_its_example() {
        for row in FIELDS {
            assert_eq!(named(row.name).map(|r| r.field), Some(row.field));
            assert!(row.example.starts_with(&format!("{}:", row.name)), "{}", row.name);
            assert!(row.aliases.first().is_some_and(|alias| alias.is_ascii()), "{}", row.name);
        }
    }
}
