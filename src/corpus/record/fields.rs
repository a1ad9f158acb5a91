//! The names by which records call their fields.

use crate::article::Role;
use crate::text::fold::fold;

/// What a value of a record can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The record's own identifier.
    Key,
    /// 标题.
    Title,
    /// 引题.
    Kicker,
    /// 副题.
    Subtitle,
    /// 正文.
    Body,
    /// The day of publication.
    Published,
    /// Names: of this role where the value names no other.
    People(Role),
    /// 来源.
    Source,
    /// 报.
    Paper,
    /// 版次.
    Page,
    /// 栏目.
    Column,
    /// 电头 place.
    Place,
    /// The address it was taken from.
    Link,
}

/// A field with its names, folded and without `_`, `-` and blanks; the likeliest first, since of two columns for one
/// field the earlier name is taken and the other kept as an extra.
struct Row(Field, &'static [&'static str]);

/// To have one more name understood: add it to its row.
const ROWS: &[Row] = &[
    Row(
        Field::Key,
        &[
            "key",
            "id",
            "编号",
            "文章编号",
            "稿件编号",
            "文章id",
            "新闻id",
            "docid",
            "newsid",
            "articleid",
            "uuid",
            "guid",
        ],
    ),
    Row(
        Field::Title,
        &["title", "标题", "headline", "主标题", "文章标题", "新闻标题", "题目", "newstitle", "articletitle", "主题"],
    ),
    Row(Field::Kicker, &["kicker", "引题", "肩题", "眉题"]),
    Row(Field::Subtitle, &["subtitle", "副题", "副标题", "subheadline"]),
    Row(
        Field::Body,
        &[
            "body",
            "正文",
            "content",
            "text",
            "内容",
            "全文",
            "文章内容",
            "新闻内容",
            "文章正文",
            "新闻正文",
            "articlebody",
            "newscontent",
            "articlecontent",
            "fulltext",
            "maintext",
            "文本",
            "article",
        ],
    ),
    Row(
        Field::Published,
        &[
            "published",
            "date",
            "发布日期",
            "发布时间",
            "日期",
            "见报日期",
            "出版日期",
            "刊发日期",
            "发表日期",
            "发表时间",
            "pubdate",
            "pubtime",
            "publishdate",
            "publishtime",
            "publisheddate",
            "publishedtime",
            "publishedat",
            "datepublished",
            "publicationdate",
            "issuedate",
            "newsdate",
            "newstime",
            "datetime",
            "时间",
            "time",
        ],
    ),
    Row(Field::People(Role::Reporter), &["reporters", "reporter", "记者", "本报记者", "journalist"]),
    Row(Field::People(Role::Author), &["authors", "author", "作者", "署名", "byline", "撰稿", "撰文"]),
    Row(Field::People(Role::Correspondent), &["correspondents", "correspondent", "通讯员"]),
    Row(Field::People(Role::Photographer), &["photographers", "photographer", "摄影", "摄影记者"]),
    Row(Field::People(Role::Intern), &["interns", "intern", "实习生", "实习记者"]),
    Row(Field::People(Role::Editor), &["editors", "editor", "编辑", "责编", "责任编辑"]),
    Row(Field::Source, &["source", "来源", "稿源", "新闻来源", "文章来源", "稿件来源", "来源媒体"]),
    Row(Field::Paper, &["paper", "报纸", "报纸名称", "newspaper", "报名"]),
    Row(Field::Page, &["page", "版次", "版面", "版", "版号"]),
    Row(Field::Column, &["column", "栏目", "专栏", "栏目名称"]),
    Row(Field::Place, &["place", "电头地点", "电头"]),
    Row(Field::Link, &["url", "link", "链接", "网址", "原文链接", "新闻链接", "href"]),
];

/// Returns the field that a name stands for, and the place of the name among those of its field.
#[must_use]
pub fn field_of(name: &str) -> Option<(Field, usize)> {
    /// No name in the table is longer.
    const LONGEST: usize = 60;
    if name.len() > LONGEST {
        return None;
    }
    let name = fold(name).replace(['_', '-', '\u{feff}'], "");
    ROWS.iter().find_map(|Row(field, names)| Some((*field, names.iter().position(|n| *n == name)?)))
}

/// Yields the first name of each field.
pub fn names() -> impl Iterator<Item = &'static str> {
    ROWS.iter().filter_map(|Row(_, names)| names.first().copied())
}

/// Returns the JSON fields of a report that a value sets, for their basis. Names set theirs by themselves, and text
/// and identifier are never derived.
pub fn names_of(field: Field) -> &'static [&'static str] {
    match field {
        Field::Key | Field::Body | Field::Link | Field::People(_) => &[],
        Field::Title => &["title"],
        Field::Kicker => &["kicker"],
        Field::Subtitle => &["subtitle"],
        Field::Published => &["published"],
        Field::Source => &["source"],
        Field::Paper => &["paper"],
        Field::Page => &["page"],
        Field::Column => &["column"],
        Field::Place => &["place"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_name_stands_for_two_fields_and_each_is_folded() {
        let names: Vec<_> = ROWS.iter().flat_map(|Row(_, names)| names.iter()).collect();
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
        for name in names {
            assert!(field_of(name).is_some(), "{name}");
        }
    }

    #[test]
    fn names_are_known_however_they_are_spelt() {
        for (name, field) in [
            ("Title", Field::Title),
            ("標題", Field::Title),
            ("publish_time", Field::Published),
            ("发布时间 ", Field::Published),
            ("记者", Field::People(Role::Reporter)),
            ("\u{feff}id", Field::Key),
        ] {
            assert_eq!(field_of(name).map(|(field, _)| field), Some(field), "{name}");
        }
        assert_eq!(field_of("点击量"), None);
    }
}
