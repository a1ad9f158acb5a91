//! The one verifier: whether a report holds what a leaf of a query asks of its text, and where, told from the stored
//! text. It is used where the index alone cannot say, and by snippets, so that what is marked is what matched.

use super::occurrence::Needle;
use crate::article::Article;
use crate::article::fields::TextField;
use crate::query::{Near, Query, Reach, Scope, Times, Wording};
use crate::text::fold::fold_char;
use crate::text::pattern::Pattern;
use crate::text::segment::is_spaced_script;
use std::cell::OnceCell;
use std::ops::Range;

/// A piece of a report, folded: a headline, a paragraph.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// Its folded characters.
    pub characters: Vec<char>,
    /// Of each of them, the place in the original, in characters.
    pub places: Vec<usize>,
    /// Whether white space stands before it in the original.
    after_blank: Vec<bool>,
}

impl Piece {
    /// Folds a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut piece = Self::default();
        let mut blank = false;
        for (place, c) in text.chars().enumerate() {
            let Some(folded) = fold_char(c) else {
                blank |= c.is_whitespace();
                continue;
            };
            piece.characters.push(folded);
            piece.places.push(place);
            piece.after_blank.push(std::mem::take(&mut blank));
        }
        piece
    }

    fn holds_at(&self, at: usize, text: &[char]) -> bool {
        self.characters.get(at..).is_some_and(|rest| rest.starts_with(text))
    }

    /// Returns whether a Latin word or a number goes on across a place.
    fn is_inside_word(&self, at: usize) -> bool {
        let is_word =
            |at: Option<usize>| at.and_then(|at| self.characters.get(at)).is_some_and(|&c| is_spaced_script(c));
        is_word(at.checked_sub(1)) && is_word(Some(at)) && self.after_blank.get(at) == Some(&false)
    }
}

/// A report whose pieces are folded when first looked at.
pub struct FoldedReport<'a> {
    article: &'a Article,
    pieces: Vec<LazyPiece<'a>>,
}

/// A piece with the part that it is of and its place in it.
struct LazyPiece<'a> {
    part: TextField,
    place: usize,
    text: &'a str,
    folded: OnceCell<Piece>,
}

impl<'a> FoldedReport<'a> {
    /// Takes a report; nothing is folded yet.
    #[must_use]
    pub fn new(article: &'a Article) -> Self {
        let of_part = |part: TextField| {
            let texts = part.pieces(article).into_iter().enumerate();
            texts.map(move |(place, text)| LazyPiece { part, place, text, folded: OnceCell::new() })
        };
        Self { article, pieces: TextField::ALL.into_iter().flat_map(of_part).collect() }
    }
}

/// What a leaf of a query asks of the text.
#[derive(Debug, Clone)]
pub struct Verifier(Asked);

#[derive(Debug, Clone)]
enum Asked {
    Text(Sought),
    Near(Vec<Sought>, Vec<Reach>),
    Times(Sought, usize, Option<usize>),
    Pattern(Pattern, Scope),
}

/// A wording, folded.
#[derive(Debug, Clone)]
struct Sought {
    pieces: Vec<Vec<char>>,
    gaps: Vec<usize>,
    scope: Scope,
    whole: bool,
}

impl Sought {
    fn new(wording: &Wording) -> Option<Self> {
        let first = wording.pieces().first()?;
        let folded = wording.pieces().iter().map(|piece| Some(Needle::new(&piece.text)?.characters().to_vec()));
        let (scope, whole) = (first.scope, first.whole);
        Some(Self { pieces: folded.collect::<Option<_>>()?, gaps: wording.gaps().to_vec(), scope, whole })
    }

    /// Returns every occurrence in a piece (folded characters), in order; they may overlap and are of one length.
    fn occurrences(&self, piece: &Piece) -> Vec<Range<usize>> {
        let Some((first, rest)) = self.pieces.split_first() else { return Vec::new() };
        let mut found = Vec::new();
        for start in 0..piece.characters.len() {
            if !piece.holds_at(start, first) {
                continue;
            }
            let mut end = start + first.len();
            let rest_follows = self.gaps.iter().zip(rest).all(|(gap, text)| {
                let holds = piece.holds_at(end + gap, text);
                end += gap + text.len();
                holds
            });
            let is_cut = || self.whole && (piece.is_inside_word(start) || piece.is_inside_word(end));
            if rest_follows && !is_cut() {
                found.push(start..end);
            }
        }
        found
    }
}

impl Verifier {
    /// Takes a leaf; `None` where it asks nothing of the text, or nothing that could be found.
    #[must_use]
    pub fn new(leaf: &Query) -> Option<Self> {
        let asked = match leaf {
            Query::Term(term) => Asked::Text(Sought::new(&term.clone().into())?),
            Query::Wild(wording) => Asked::Text(Sought::new(wording)?),
            Query::Near(Near { wordings, reaches }) => {
                Asked::Near(wordings.iter().map(Sought::new).collect::<Option<_>>()?, reaches.clone())
            }
            Query::Times(Times { wording, least, most }) => Asked::Times(Sought::new(wording)?, *least, *most),
            Query::Pattern(pattern, scope) => Asked::Pattern(pattern.clone(), *scope),
            Query::Name(..)
            | Query::Keyword(..)
            | Query::Pages(_)
            | Query::Id(_)
            | Query::Date(_)
            | Query::And(_)
            | Query::Or(_)
            | Query::Not(_) => return None,
        };
        Some(Self(asked))
    }

    /// Returns whether a report holds what is asked.
    #[must_use]
    pub fn holds(&self, article: &Article) -> bool {
        self.holds_in(&FoldedReport::new(article))
    }

    /// The same for a report that several leaves are held against: it is folded once.
    #[must_use]
    pub fn holds_in(&self, report: &FoldedReport<'_>) -> bool {
        let article = report.article;
        if let Asked::Times(_, least, most) = &self.0 {
            let mut count = 0;
            let enough = most.map_or(*least, |most| most + 1);
            for (part, place, piece) in self.pieces(report) {
                count += self.occurrences(article, part, place, piece).len();
                if count >= enough {
                    break;
                }
            }
            return count >= *least && most.is_none_or(|most| count <= most);
        }
        self.pieces(report).any(|(part, place, piece)| match &self.0 {
            Asked::Pattern(pattern, _) => pattern.is_match(&String::from_iter(&piece.characters)),
            Asked::Text(_) | Asked::Near(..) | Asked::Times(..) => {
                !self.occurrences(article, part, place, piece).is_empty()
            }
        })
    }

    /// Yields the pieces that are looked at, with their part and their place in it.
    fn pieces<'a>(&'a self, report: &'a FoldedReport<'_>) -> impl Iterator<Item = (TextField, usize, &'a Piece)> + 'a {
        let scopes: Vec<Scope> = match &self.0 {
            Asked::Text(sought) | Asked::Times(sought, ..) => vec![sought.scope],
            Asked::Near(soughts, _) => soughts.iter().map(|sought| sought.scope).collect(),
            Asked::Pattern(_, scope) => vec![*scope],
        };
        let all_look = move |part, place| scopes.iter().all(|scope: &Scope| scope.holds(report.article, part, place));
        let looked_at = report.pieces.iter().filter(move |piece| all_look(piece.part, piece.place));
        looked_at.map(|piece| (piece.part, piece.place, piece.folded.get_or_init(|| Piece::new(piece.text))))
    }

    /// Returns where a piece of a report, the one at a place of a part, holds what is asked (folded characters), in
    /// order; of [`Query::Near`] only what stands near enough.
    #[must_use]
    pub fn occurrences(&self, article: &Article, part: TextField, place: usize, piece: &Piece) -> Vec<Range<usize>> {
        let looks = |scope: Scope| scope.holds(article, part, place);
        match &self.0 {
            Asked::Text(sought) if looks(sought.scope) => sought.occurrences(piece),
            Asked::Times(sought, ..) if looks(sought.scope) => apart(sought.occurrences(piece)),
            Asked::Near(soughts, reaches) if soughts.iter().all(|sought| looks(sought.scope)) => {
                near(soughts, reaches, piece)
            }
            Asked::Pattern(pattern, scope) if looks(*scope) => {
                let folded = String::from_iter(&piece.characters);
                let mut characters = Counter { text: &folded, bytes: 0, characters: 0 };
                let matches = pattern.matches(&folded);
                matches.map(|bytes| characters.up_to(bytes.start)..characters.up_to(bytes.end)).collect()
            }
            Asked::Text(_) | Asked::Times(..) | Asked::Near(..) | Asked::Pattern(..) => Vec::new(),
        }
    }
}

/// Counts the characters before ascending places (bytes) of a text.
struct Counter<'a> {
    text: &'a str,
    bytes: usize,
    characters: usize,
}

impl Counter<'_> {
    fn up_to(&mut self, bytes: usize) -> usize {
        self.characters += self.text.get(self.bytes..bytes).map_or(0, |text| text.chars().count());
        self.bytes = bytes;
        self.characters
    }
}

/// Leaves out occurrences that overlap an earlier one.
fn apart(occurrences: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut end = 0;
    let mut is_apart = |range: &Range<usize>| {
        let apart = range.start >= end;
        end = if apart { range.end } else { end };
        apart
    };
    occurrences.into_iter().filter(|range| is_apart(range)).collect()
}

/// Returns the occurrences of wordings that stand near each other as asked, in order.
fn near(soughts: &[Sought], reaches: &[Reach], piece: &Piece) -> Vec<Range<usize>> {
    let mut ends = vec![0_usize];
    for &c in &piece.characters {
        let before = ends.last().copied().unwrap_or(0);
        ends.push(before + usize::from(ends_sentence(c)));
    }
    let is_near = |reach: Reach, from: usize, to: usize| match reach {
        Reach::Characters(most) => to - from <= most,
        Reach::Sentence => ends.get(from) == ends.get(to),
        Reach::Paragraph => true,
    };
    // Of all that stand before another, or after it, the nearest decides.
    let linked = |to: &[Range<usize>], all: &[Range<usize>], reach: Reach| -> Vec<Range<usize>> {
        let has_partner = |one: &&Range<usize>| {
            let before = to.partition_point(|other| other.end <= one.start).checked_sub(1).and_then(|n| to.get(n));
            let after = to.get(to.partition_point(|other| other.start < one.end));
            before.is_some_and(|other| is_near(reach, other.end, one.start))
                || after.is_some_and(|other| is_near(reach, one.end, other.start))
        };
        all.iter().filter(has_partner).cloned().collect()
    };
    let mut kept: Vec<Vec<Range<usize>>> = Vec::new();
    for (n, sought) in soughts.iter().enumerate() {
        let all = sought.occurrences(piece);
        let reach = n.checked_sub(1).and_then(|n| reaches.get(n));
        let linked_on = match (kept.last(), reach) {
            (Some(last), Some(&reach)) => linked(last, &all, reach),
            _ => all,
        };
        if linked_on.is_empty() {
            return Vec::new();
        }
        kept.push(linked_on);
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut later: Option<Vec<Range<usize>>> = None;
    for (n, all) in kept.iter().enumerate().rev() {
        let linked_back = match (&later, reaches.get(n)) {
            (Some(later), Some(&reach)) => linked(later, all, reach),
            _ => all.clone(),
        };
        found.extend_from_slice(&linked_back);
        later = Some(linked_back);
    }
    found.sort_by_key(|range| (range.start, range.end));
    found.dedup();
    found
}

/// Whether a sentence ends with a folded character.
fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Kind, Paragraph};
    use crate::query::parse;
    use chrono::NaiveDate;

    fn article(title: &str, body: &[&str]) -> Article {
        let paragraph = |text: &&str| Paragraph { text: (*text).to_owned(), lines: (1, 1) };
        Article { title: Some(title.to_owned()), body: body.iter().map(paragraph).collect(), ..Article::default() }
    }

    fn holds(query: &str, article: &Article) -> bool {
        Verifier::new(&parse(query, NaiveDate::MIN).unwrap().query).unwrap().holds(article)
    }

    #[test]
    fn a_mark_is_one_character_of_the_same_paragraph() {
        let report = article("王 小萱获奖", &["王大", "萱说"]);
        assert!(holds("王?萱", &report) && holds("王？萱获", &report));
        assert!(!holds("王??萱", &report) && !holds("正文:王?萱", &report));
    }

    #[test]
    fn nearness_is_counted_between_the_two_in_either_order() {
        let report = article("题", &["居家养老，社区服务。机构养老难。", "服务人员"]);
        assert!(holds("养老 ~3 服务", &report) && holds("服务 ~3 养老", &report) && !holds("居家 ~2 服务", &report));
        assert!(holds("居家 ~句 服务", &report) && !holds("社区 ~句 机构", &report) && holds("社区 ~段 机构", &report));
        assert!(!holds("机构 ~段 人员", &report));
        assert!(holds("居家 ~0 养老 ~3 服务", &report) && !holds("居家 ~0 养老 ~2 服务", &report));
        assert!(!holds("养老 ~5 养老", &article("题", &["养老"])), "one occurrence is not near itself");
    }

    #[test]
    fn occurrences_are_counted_over_the_whole_report_and_overlaps_once() {
        let report = article("哈哈哈哈", &["养老养老", "养老"]);
        assert!(holds("养老{3,}", &report) && holds("养老{3}", &report) && !holds("养老{4,}", &report));
        assert!(holds("哈哈{2}", &report) && holds("养老{2,5}", &report) && !holds("养老{1,2}", &report));
        assert!(holds("正文:养老{3}", &report) && !holds("标题:养老{1,}", &report));
    }

    #[test]
    fn whole_words_are_told_from_parts_by_the_original() {
        for (query, text, expected) in [
            ("=AI", "用AI写稿", true),
            ("=AI", "RAID阵列", false),
            ("=AI", "open ai", true),
            ("=AI", "AI2发布", false),
            ("=26", "2026年", false),
            ("=26", "2月26日", true),
            ("=大AI", "强大AI芯片", true),
            ("=A?I", "A+I B", true),
        ] {
            assert_eq!(holds(query, &article("题", &[text])), expected, "{query} {text}");
        }
    }

    #[test]
    fn narrow_parts_are_told_by_the_stored_report() {
        let mut report = article("题", &["开工", "完工"]);
        (report.kicker, report.subtitle) = (Some("引子".into()), Some("副手".into()));
        assert!(holds("导语:开工", &report) && !holds("导语:完工", &report) && !holds("图说:开工", &report));
        assert!(holds("引题:引子", &report) && !holds("副题:引子", &report) && holds("副题:副手", &report));
        report.kind = Kind::Caption;
        assert!(!holds("导语:开工", &report) && holds("图说:完工", &report));
    }

    #[test]
    fn expressions_meet_one_paragraph() {
        let report = article("题", &["投资１.2亿元", "三期"]);
        assert!(holds(r"/\d\.\d亿/", &report) && holds("/^三期$/", &report) && !holds("/亿.*三/", &report));
        assert!(holds("正文:/三期/", &report) && !holds("标题:/三期/", &report));
    }

    #[test]
    fn what_is_marked_is_what_matched() {
        let report = article("题", &["养老。养老服务，𨟠服务"]);
        let marked = |query: &str| {
            let verifier = Verifier::new(&parse(query, NaiveDate::MIN).unwrap().query).unwrap();
            verifier.occurrences(&report, TextField::Body, 0, &Piece::new(&report.body[0].text))
        };
        assert_eq!(marked("养老 ~0 服务"), [3..5, 5..7]);
        assert_eq!(marked("/𨟠(服)/").first(), Some(&(8..10)));
        assert_eq!(marked("养老"), [0..2, 3..5]);
    }
}
