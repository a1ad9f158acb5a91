//! Passages of a report that show why it was found, cut from the stored text, with every match in them marked.
//!
//! Matches are found by walking the folded text, whose characters remember their place in the original; so a mark is
//! right to the character also where blanks were dropped or a character lies beyond the first plane.

use super::results::{Mark, MarkKind, Snippet};
use super::verify::{Piece, Verifier};
use crate::article::Article;
use crate::article::fields::TextField;
use crate::query::Query;

/// How long a passage is at most, in characters: two lines of a terminal of 80 columns.
const LENGTH: usize = 76;
/// How much of it stands before its first match at most, where the sentence began earlier.
const LEAD: usize = 24;
/// How many passages of the text are shown.
const PASSAGES: usize = 2;

/// What to mark.
pub struct Wanted {
    typed: Vec<Verifier>,
    words: Vec<Vec<char>>,
}

impl Wanted {
    /// Marks what a query asks of the text and, where a search was loosened, words.
    #[must_use]
    pub fn new(query: &Query, words: &[String]) -> Self {
        let mut typed = Vec::new();
        collect(query, &mut typed);
        // A one-character word would be marked all over the text.
        let words = words.iter().map(|word| word.chars().collect::<Vec<_>>()).filter(|word| word.len() > 1);
        Self { typed, words: words.collect() }
    }

    /// Returns every match in a piece of a report, the one at a place, from 0, of a part, in order.
    #[must_use]
    pub fn marks(&self, article: &Article, part: TextField, place: usize) -> Vec<Mark> {
        marks(article, part, place, self)
    }
}

/// Collects what a query wants of the text; what it excludes stands nowhere in a hit.
fn collect(query: &Query, typed: &mut Vec<Verifier>) {
    match query {
        Query::Term(_) | Query::Wild(_) | Query::Near(_) | Query::Times(_) | Query::Pattern(..) => {
            typed.extend(Verifier::new(query));
        }
        Query::And(parts) | Query::Or(parts) => parts.iter().for_each(|part| collect(part, typed)),
        Query::Name(..) | Query::Keyword(..) | Query::Pages(_) | Query::Id(_) | Query::Date(_) | Query::Not(_) => {}
    }
}

/// Returns the headline and up to two passages, with their matches. Where nothing in the text matches, its beginning.
#[must_use]
pub fn snippets(article: &Article, wanted: &Wanted) -> Vec<Snippet> {
    let mut snippets = Vec::new();
    for part in [TextField::Title, TextField::Deck] {
        for (place, piece) in part.pieces(article).into_iter().enumerate() {
            let marks = marks(article, part, place, wanted);
            if !marks.is_empty() {
                snippets.push(Snippet { field: part.name(), text: piece.to_owned(), marks, cut: (false, false) });
            }
        }
    }
    let mut passages = Vec::new();
    for part in [TextField::Body, TextField::Furniture] {
        for (place, piece) in part.pieces(article).into_iter().enumerate() {
            let marks = marks(article, part, place, wanted);
            if let Some((worth, passage)) = best_passage(part, piece, &marks) {
                passages.push((worth, passages.len(), passage));
            }
        }
    }
    passages.sort_by_key(|&(worth, place, _)| (std::cmp::Reverse(worth), place));
    passages.truncate(PASSAGES);
    passages.sort_by_key(|&(_, place, _)| place);
    snippets.extend(passages.into_iter().map(|(_, _, snippet)| snippet));
    if !snippets.iter().any(|snippet| snippet.field == "body")
        && let Some(first) = article.body.first()
    {
        snippets.push(passage(TextField::Body, &first.text, &[], 0));
    }
    snippets
}

/// Returns every match in a piece, the one at a place of a part, in order; where two overlap, the longer, then the
/// exact one, stays.
pub fn marks(article: &Article, part: TextField, place: usize, wanted: &Wanted) -> Vec<Mark> {
    let Some(&text) = part.pieces(article).get(place) else { return Vec::new() };
    let piece = Piece::new(text);
    let mut found = Vec::new();
    for verifier in &wanted.typed {
        let occurrences = verifier.occurrences(article, part, place, &piece);
        found.extend(occurrences.into_iter().map(|range| (range.start, range.end, MarkKind::Exact)));
    }
    for word in wanted.words.iter().filter(|_| TextField::BARE.contains(&part)) {
        for (at, window) in piece.characters.windows(word.len()).enumerate() {
            if window == word {
                found.push((at, at + word.len(), MarkKind::Word));
            }
        }
    }
    found.sort_by_key(|&(start, end, kind)| (std::cmp::Reverse(end - start), kind == MarkKind::Word, start));
    let mut taken = vec![false; piece.characters.len()];
    let mut kept = Vec::new();
    for (start, end, kind) in found {
        let Some(span) = taken.get_mut(start..end) else { continue };
        if !span.contains(&true) {
            span.fill(true);
            kept.push((start, end, kind));
        }
    }
    kept.sort_by_key(|&(start, ..)| start);
    let mut offsets = Offsets::new(text);
    let place = |at: usize| piece.places.get(at).copied();
    let marks = kept.into_iter().filter_map(|(start, end, kind)| {
        let (start, end) = (place(start)?, place(end.checked_sub(1)?)? + 1);
        Some(Mark { start, end, byte_start: offsets.byte(start), byte_end: offsets.byte(end), kind })
    });
    marks.collect()
}

/// Turns ascending character offsets into byte offsets.
struct Offsets<'a> {
    rest: std::iter::Peekable<std::iter::Enumerate<std::str::CharIndices<'a>>>,
    end: usize,
}

impl<'a> Offsets<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text.char_indices().enumerate().peekable(), end: text.len() }
    }

    fn byte(&mut self, character: usize) -> usize {
        while self.rest.next_if(|&(n, _)| n < character).is_some() {}
        self.rest.peek().map_or(self.end, |&(_, (byte, _))| byte)
    }
}

/// Returns the passage of a piece that shows most of what was wanted, with its worth; `None` where nothing matches.
fn best_passage(part: TextField, piece: &str, marks: &[Mark]) -> Option<(usize, Snippet)> {
    let worth_from = |n: usize| -> usize {
        let first = marks.get(n).map_or(0, |mark| mark.start);
        let within = marks.iter().skip(n).take_while(|mark| mark.end <= first + LENGTH - LEAD);
        within.map(|mark| (mark.end - mark.start) * if mark.kind == MarkKind::Exact { 3 } else { 1 }).sum()
    };
    let best = (0..marks.len()).max_by_key(|&n| (worth_from(n), std::cmp::Reverse(n)))?;
    Some((worth_from(best), passage(part, piece, marks, best)))
}

/// Cuts the passage around a match: from the head of its sentence, if that is near, to the end of a sentence or to
/// the full length.
fn passage(part: TextField, piece: &str, marks: &[Mark], anchor: usize) -> Snippet {
    let characters: Vec<char> = piece.chars().collect();
    let anchor = marks.get(anchor);
    let from = anchor.map_or(0, |mark| mark.start);
    let before = characters.get(..from).unwrap_or_default();
    let sentence = before.iter().rposition(|&c| ends_sentence(c)).map_or(0, |at| at + 1);
    let mut start = if from - sentence <= LEAD { sentence } else { clause_start(&characters, from) };
    while start < from && characters.get(start).is_some_and(|c| c.is_whitespace() || is_closing(*c)) {
        start += 1;
    }
    // A match longer than a passage is shown whole.
    let least = anchor.map_or(start, |mark| mark.end);
    let full = (start + LENGTH).max(least).min(characters.len());
    let sentence_end = characters.get(least..full).and_then(|rest| rest.iter().rposition(|&c| ends_sentence(c)));
    let mut end = match sentence_end {
        Some(at) if full < characters.len() && least + at + 1 >= start + LENGTH / 2 => least + at + 1,
        _ => full,
    };
    while end < characters.len() && characters.get(end).is_some_and(|c| is_closing(*c)) {
        end += 1;
    }
    let text: String = characters.get(start..end).unwrap_or_default().iter().collect();
    let bytes: usize = characters.get(..start).unwrap_or_default().iter().map(|c| c.len_utf8()).sum();
    let inside = marks.iter().filter(|mark| mark.start >= start && mark.end <= end).map(|mark| Mark {
        start: mark.start - start,
        end: mark.end - start,
        byte_start: mark.byte_start - bytes,
        byte_end: mark.byte_end - bytes,
        kind: mark.kind,
    });
    Snippet { field: part.name(), marks: inside.collect(), text, cut: (start > 0, end < characters.len()) }
}

/// Returns where the clause begins that leads to a match, at most [`LEAD`] characters before it.
fn clause_start(characters: &[char], from: usize) -> usize {
    let earliest = from.saturating_sub(LEAD);
    let lead = characters.get(earliest..from).unwrap_or_default();
    let clause = lead.iter().position(|c| matches!(c, '，' | ',' | '；' | ';' | '：' | ':' | '、'));
    earliest + clause.map_or(0, |at| at + 1)
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…')
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Paragraph;
    use crate::query::{Scope, Term, parse};
    use proptest::prelude::*;

    fn article(title: &str, body: &[&str]) -> Article {
        let paragraph = |text: &&str| Paragraph { text: (*text).to_owned(), lines: (1, 1) };
        Article { title: Some(title.to_owned()), body: body.iter().map(paragraph).collect(), ..Article::default() }
    }

    fn term(text: &str) -> Query {
        Query::Term(Term::new(text, Scope::Bare))
    }

    #[test]
    fn a_match_is_marked_over_dropped_blanks_and_astral_characters() {
        let article = article("𨟠村的養\u{200b}老 服務", &["没有"]);
        let snippets = snippets(&article, &Wanted::new(&term("养老服务"), &[]));
        let title = &snippets[0];
        let mark = title.marks[0];
        assert_eq!(&title.text[mark.byte_start..mark.byte_end], "養\u{200b}老 服務");
        assert_eq!((mark.start, mark.end), (3, 9));
    }

    #[test]
    fn the_passage_begins_with_its_sentence() {
        let body = format!("{}。吕沛说，养老服务是民生工程。{}", "甲".repeat(60), "乙".repeat(90));
        let found = snippets(&article("题", &[&body]), &Wanted::new(&term("养老服务"), &[]));
        assert!(found[0].text.starts_with("吕沛说，养老服务是民生工程。"), "{}", found[0].text);
        assert_eq!(found[0].cut, (true, true));
    }

    #[test]
    fn where_nothing_matches_the_text_begins() {
        let found = snippets(&article("养老", &["开头。"]), &Wanted::new(&term("养老"), &[]));
        assert_eq!((found[0].field, found[1].field, found[1].text.as_str()), ("title", "body", "开头。"));
    }

    #[test]
    fn what_a_verified_operator_found_is_marked_and_nothing_else() {
        let article = article("题", &["养老。王 小萱说养老服务，服务好。"]);
        let query = parse("养老 ~0 服务 王?萱 /服务好/ -题外", chrono::NaiveDate::MIN).unwrap().query;
        let found = snippets(&article, &Wanted::new(&query, &[]));
        let marked: Vec<&str> = found[0].marks.iter().map(|m| &found[0].text[m.byte_start..m.byte_end]).collect();
        assert_eq!(marked, ["王 小萱", "养老", "服务", "服务好"]);
    }

    #[test]
    fn of_overlapping_matches_the_longer_is_marked() {
        let found =
            snippets(&article("题", &["养老服务"]), &Wanted::new(&term("养老"), &["养老服务".into(), "服务".into()]));
        assert_eq!(found[0].marks.len(), 1);
        assert_eq!(found[0].marks[0].kind, MarkKind::Word);
    }

    proptest! {
        #[test]
        fn every_mark_folds_to_what_was_wanted(
            body in "[养老服务，。\u{200b} a\u{2819f}“”]{0,200}", needle in "[养老服务a]{1,4}"
        ) {
            let article = article("题", &[&body]);
            for snippet in snippets(&article, &Wanted::new(&term(&needle), &[])) {
                for mark in &snippet.marks {
                    let by_bytes = &snippet.text[mark.byte_start..mark.byte_end];
                    let by_characters: String = snippet.text.chars().take(mark.end).skip(mark.start).collect();
                    prop_assert_eq!(by_bytes, &by_characters);
                    prop_assert_eq!(crate::text::fold::fold(by_bytes), needle.clone());
                }
            }
        }
    }
}
