//! The nouns of the product: a report, its names, dates and origin, and the table of the fields that can be asked.
//!
//! Plain data. Nothing here reads text, opens a file or knows an index.

mod date;
pub mod fields;
mod grouping;
mod id;

pub use date::PartialDate;
pub use grouping::{Grouping, Unit};
pub use id::ReportId;

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A report as it was read: one item of a page, or one record.
///
/// Text is always the original, never folded. What the source does not support is empty, and is left out of the
/// serialised form, which is how an index keeps it (what users are shown as JSON is `render::json`'s business).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// The record's own identifier, as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The source line on which it begins, counted from 1.
    pub line: u32,
    /// The file within an archive that it stands in. What is kept names it with the archive's path.
    #[serde(skip)]
    pub member: Option<Member>,
    /// What sort of item it is.
    pub kind: Kind,
    /// 标题, the headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// 引题, the line above the headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kicker: Option<String>,
    /// 副题, the lines below the headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// 栏目, the column it runs in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The people who made it, by role.
    #[serde(flatten)]
    pub byline: Byline,
    /// 来源: the agency or paper that the text itself names (本报, 新华社).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// 报: the newspaper that printed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
    /// 版次, as printed (`A05`, `3`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// 电头 place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The date of the dateline (新华社北京12月31日电).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dateline_date: Option<PartialDate>,
    /// The date of the event that the lead tells of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_date: Option<PartialDate>,
    /// The date of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<PartialDate>,
    /// The paragraphs of the text, column breaks mended, lead-in included as printed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<Paragraph>,
    /// Lines that belong to the page rather than to the text: headers, editors' lines, bylines and credits that stand
    /// on lines of their own, jump marks, web litter. Found by a literal search, never ranked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub furniture: Vec<String>,
    /// Where each derived value came from, by JSON field name (`published`, `reporters` …).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub basis: BTreeMap<String, Basis>,
    /// Columns of the record that have no field here, as given.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

impl Article {
    /// Returns the one date that filters and sorts: publication, else dateline, else event, with its field's name.
    #[must_use]
    pub fn date(&self) -> Option<(PartialDate, &'static str)> {
        let named =
            [(self.published, "published"), (self.dateline_date, "dateline_date"), (self.event_date, "event_date")];
        named.into_iter().find_map(|(date, field)| Some((date?, field)))
    }

    /// Returns the path of the file that it stands in, which is in an archive where `path` is one.
    #[must_use]
    pub fn file<'a>(&self, path: &'a str) -> Cow<'a, str> {
        in_archive(path, self.member.as_ref().map(|member| member.path.as_str()))
    }

    /// Returns whether it has neither headline nor text, so that it is no report.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.title.is_none() && self.body.is_empty()
    }
}

/// A place in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The path within the archive; of an archive in an archive, both, parted as [`in_archive`] does.
    pub path: String,
    /// The number of the report in that file, from 1.
    pub number: u64,
}

/// Returns the path of a file in an archive, `archive.zip!/a.txt`; without a member, the path itself.
#[must_use]
pub fn in_archive<'a>(path: &'a str, member: Option<&str>) -> Cow<'a, str> {
    member.map_or(Cow::Borrowed(path), |member| Cow::Owned(format!("{path}!/{member}")))
}

/// What sort of item a report is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A report with a headline, or of more than one paragraph.
    #[default]
    Article,
    /// 简讯: a short report without a headline.
    Brief,
    /// 图片说明: the text of a picture.
    Caption,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Article, Self::Brief, Self::Caption];

    /// Returns the name that JSON gives it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Brief => "brief",
            Self::Caption => "caption",
        }
    }

    /// Returns the name shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Article => "报道",
            Self::Brief => "简讯",
            Self::Caption => "图片说明",
        }
    }
}

/// One paragraph and the source lines it was put together from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// The text, without line ends.
    pub text: String,
    /// The first and the last source line, counted from 1, both included.
    pub lines: (u32, u32),
}

/// The people named in a byline or credit, by role, in the order printed, without padding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Byline {
    /// 记者 of every kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reporters: Vec<String>,
    /// 通讯员.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub correspondents: Vec<String>,
    /// 摄, 供图, 图/.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub photographers: Vec<String>,
    /// 作者, and names printed without a role.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// 实习生.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interns: Vec<String>,
    /// 责编, 编辑.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub editors: Vec<String>,
}

impl Byline {
    /// Returns the names of a role.
    #[must_use]
    pub fn of(&self, role: Role) -> &[String] {
        match role {
            Role::Reporter => &self.reporters,
            Role::Correspondent => &self.correspondents,
            Role::Photographer => &self.photographers,
            Role::Author => &self.authors,
            Role::Intern => &self.interns,
            Role::Editor => &self.editors,
        }
    }

    /// Returns the names of a role, to add to.
    pub fn of_mut(&mut self, role: Role) -> &mut Vec<String> {
        match role {
            Role::Reporter => &mut self.reporters,
            Role::Correspondent => &mut self.correspondents,
            Role::Photographer => &mut self.photographers,
            Role::Author => &mut self.authors,
            Role::Intern => &mut self.interns,
            Role::Editor => &mut self.editors,
        }
    }

    /// Adds a name unless the role has it.
    pub fn add(&mut self, role: Role, name: &str) {
        let names = self.of_mut(role);
        if !names.iter().any(|n| n == name) {
            names.push(name.to_owned());
        }
    }

    /// Returns whether nobody is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Role::ALL.iter().all(|&role| self.of(role).is_empty())
    }
}

/// What a person did for a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// 记者.
    Reporter,
    /// 通讯员.
    Correspondent,
    /// 摄影.
    Photographer,
    /// 作者.
    Author,
    /// 实习生.
    Intern,
    /// 编辑.
    Editor,
}

impl Role {
    /// Every role, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Reporter, Self::Correspondent, Self::Photographer, Self::Author, Self::Intern, Self::Editor];

    /// Returns the JSON field that holds its names.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Reporter => "reporters",
            Self::Correspondent => "correspondents",
            Self::Photographer => "photographers",
            Self::Author => "authors",
            Self::Intern => "interns",
            Self::Editor => "editors",
        }
    }
}

/// Where a derived value came from. The JSON form is the name in snake case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Stated by the user on the command line.
    Given,
    /// A field of the record.
    Record,
    /// The front matter or web stamp of the file.
    FrontMatter,
    /// A header or footer of the page.
    PageHeader,
    /// The path of the file.
    Path,
    /// The headline and the lines around it.
    Headline,
    /// The lead-in at the head of the text: 本报讯(记者X).
    LeadIn,
    /// The dateline at the head of the text: 新华社北京12月31日电.
    Dateline,
    /// A byline on a line of its own, or at the end of the text.
    BylineLine,
    /// The credit of a picture.
    Credit,
    /// Words of the text itself.
    Text,
    /// An anniversary or plan year named in the text (成立105周年).
    Anniversary,
    /// The other reports of the same page.
    Neighbours,
}

impl Basis {
    /// Returns the name shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Given => "指定",
            Self::Record => "记录",
            Self::FrontMatter => "文件头",
            Self::PageHeader => "版面头",
            Self::Path => "路径",
            Self::Headline => "标题",
            Self::LeadIn => "讯头",
            Self::Dateline => "电头",
            Self::BylineLine => "署名行",
            Self::Credit => "图片署名",
            Self::Text => "正文",
            Self::Anniversary => "周年推算",
            Self::Neighbours => "同版报道",
        }
    }
}
