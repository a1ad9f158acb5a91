//! Searching: match, rank, take the page asked for, say what should be said.

use super::best::{Kept, Ranked};
use super::folding::{Folded, Folding};
use super::rank::{CANDIDATES, SegmentRanker, Signals, recency};
use super::recheck::contradicts;
use super::results::{Found, Hit, Note};
use super::schema::day_number;
use super::snippet::{self, Wanted};
use super::{Result, Snapshot, compile};
use crate::query::{DateRange, Query, Scope, Term};
use chrono::NaiveDate;
use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, EnableScoring, Query as TantivyQuery};
use tantivy::{DocAddress, DocSet as _, SegmentReader, TERMINATED};

/// In which order hits come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Relevance, raised a little by recency.
    #[default]
    Best,
    /// Relevance alone.
    Relevance,
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
}

/// Whether words are looked for where nothing holds the text as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Loosen {
    /// Only then.
    #[default]
    Auto,
    /// Not even then.
    Never,
    /// In any case.
    Always,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Request {
    /// What reports must be or hold.
    pub query: Query,
    /// Their order. Where the query has no text, `Best` and `Relevance` mean the newest first.
    pub sort: Sort,
    /// How many hits to skip.
    pub offset: usize,
    /// How many hits to give; `None`: all.
    pub limit: Option<usize>,
    /// Whether to look for words instead.
    pub loosen: Loosen,
    /// Whether reports that are copies of one text are one hit.
    pub fold: bool,
    /// The day that ages count from; `None`: the newest day held.
    pub now: Option<NaiveDate>,
}

/// So many hits, the first, are held against the stored reports: as many as anybody reads.
pub(super) const RECHECKED: u64 = 100;

/// What a search found, its reports not yet read.
pub struct Ranking {
    /// All but the hits.
    pub outline: Found,
    page: Vec<Ranked>,
    folded: Folded,
    offset: usize,
    wanted: Wanted,
    /// What the reports must bear out when they are read.
    recheck: Option<Query>,
}

impl Ranking {
    /// Puts what was found in order, and takes the page asked for.
    pub(super) fn new(outline: Found, best: Vec<Ranked>, folded: Folded, order: Order, wanted: Wanted) -> Self {
        let mut best = best;
        best.sort_unstable_by(|a, b| a.order(b, order.sort));
        best.truncate(order.end.unwrap_or(usize::MAX));
        let page = best.split_off(order.offset.min(best.len()));
        Self { outline, page, folded, offset: order.offset, wanted, recheck: None }
    }

    /// Yields the hits of the page with their places in the whole result.
    pub(super) fn ranked(&self) -> impl ExactSizeIterator<Item = (u64, &Ranked)> {
        self.page.iter().enumerate().map(|(place, ranked)| ((self.offset + place) as u64 + 1, ranked))
    }
}

/// How hits are put in order, and how many of them are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Order {
    pub sort: Sort,
    /// The day that ages count from.
    pub now: Option<i64>,
    /// How many of the first are not wanted.
    pub offset: usize,
    /// The place after the last wanted; `None`: all are.
    pub end: Option<usize>,
}

impl Order {
    /// Whether the order is that of scores.
    pub fn is_by_relevance(&self) -> bool {
        match self.sort {
            Sort::Best | Sort::Relevance => true,
            Sort::Newest | Sort::Oldest => false,
        }
    }

    /// Returns how many of the best have to be kept for those wanted to be right: the best by scores are looked at more
    /// closely, which changes their order.
    pub fn end_closer(&self) -> Option<usize> {
        self.end.map(|end| if self.is_by_relevance() && end > 0 { end.max(CANDIDATES) } else { end })
    }

    /// Returns the most by which recency raises the relevance of a report.
    pub fn most_lift(&self) -> f64 {
        self.lift(self.now)
    }

    /// Returns by what recency raises the relevance of a report of a day.
    pub fn lift(&self, day: Option<i64>) -> f64 {
        match (self.sort, self.now, day) {
            (Sort::Best, Some(now), Some(day)) => recency(now - day),
            (Sort::Best | Sort::Relevance | Sort::Newest | Sort::Oldest, ..) => 1.0,
        }
    }
}

/// Of how many terms an empty result names the longest part that occurs.
const MOST_EXPLAINED: usize = 5;

impl Snapshot {
    /// Searches, and reads the hits.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, request: &Request) -> Result<Found> {
        self.found(&self.rank(request)?)
    }

    /// Reads all the hits of a ranking.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn found(&self, ranking: &Ranking) -> Result<Found> {
        let ranked: Vec<_> = ranking.ranked().collect();
        let hits = self.in_parts(&ranked, |&(rank, ranked)| self.hit(ranking, rank, ranked))?;
        Ok(Found { hits, ..ranking.outline.clone() })
    }

    /// Reads the hits of a ranking, one after the other.
    pub fn hits<'a>(&'a self, ranking: &'a Ranking) -> impl Iterator<Item = Result<Hit>> + 'a {
        ranking.ranked().map(|(rank, ranked)| self.hit(ranking, rank, ranked))
    }

    fn hit(&self, ranking: &Ranking, rank: u64, ranked: &Ranked) -> Result<Hit> {
        let report = self.report(ranked.at)?;
        let recheck = ranking.recheck.as_ref().filter(|_| rank <= RECHECKED);
        if recheck.is_some_and(|query| contradicts(query, &report)) {
            return Err(self.damaged(format!("报道 {} 与检索的结果不符", report.id)));
        }
        let snippets = snippet::snippets(&report.article, &ranking.wanted);
        let copies = ranking.folded.copies_of(ranked.id);
        Ok(Hit { rank, score: ranked.score, report, copies, snippets })
    }

    /// Searches without reading any report.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn rank(&self, request: &Request) -> Result<Ranking> {
        let query = &request.query;
        let terms = query.terms();
        let signals = Signals::new(&terms, &self.searcher, &self.schema)?;
        let order = self.order(request)?;
        let (mut loosened, mut notes) = (None, Vec::new());
        let mut folding = self.folding(request)?;
        let is_count = order.end == Some(0) && !request.fold;
        let (mut total, mut best) = match request.loosen {
            Loosen::Auto | Loosen::Never if !is_count => self.matches(query, &signals, order, &mut folding)?,
            Loosen::Auto | Loosen::Never | Loosen::Always => {
                (self.count(compile::matching(query, &self.schema).as_ref())?, Vec::new())
            }
        };
        if total == 0 || request.loosen == Loosen::Always {
            let (text, filters) = parted(query);
            let text_hits = self.count(compile::matching(&text, &self.schema).as_ref())?;
            if may_loosen(request.loosen, text_hits) && !terms.is_empty() {
                let loose = self.loosely(&signals, &filters.and(exclusions(&text)), order, &mut folding)?;
                if loose.total > 0 {
                    loosened = Some(signals.words().map(str::to_owned).collect());
                    (total, best) = (loose.total, loose.best);
                }
            }
            if total == 0 {
                notes = self.why_nothing(query, text_hits)?;
            }
        }
        if request.loosen == Loosen::Always && loosened.is_none() && !is_count {
            (total, best) = self.matches(query, &signals, order, &mut folding)?;
        }
        let folded = folding.end();
        let wanted = Wanted::new(query, loosened.as_deref().unwrap_or_default());
        // What is matched by words need not hold what was typed.
        let recheck = loosened.is_none().then(|| query.clone());
        let dates = dates_asked(query);
        let undated = if dates.is_some() && loosened.is_none() { self.undated(query)? } else { 0 };
        let groups = total.saturating_sub(folded.others());
        let outline = Found { hits: Vec::new(), total, groups, loosened, dates, undated, notes };
        Ok(Ranking { recheck, ..Ranking::new(outline, best, folded, order, wanted) })
    }

    /// Returns the order asked for.
    pub(super) fn order(&self, request: &Request) -> Result<Order> {
        let sort = match request.sort {
            Sort::Best | Sort::Relevance if request.query.terms().is_empty() => Sort::Newest,
            sort => sort,
        };
        let now = match request.now {
            Some(now) => Some(now),
            None => self.last_day()?,
        };
        let end = request.limit.map(|limit| if limit == 0 { 0 } else { limit.saturating_add(request.offset) });
        Ok(Order { sort, now: now.map(day_number), offset: request.offset, end })
    }

    /// Returns what takes the copies of one text together, where that is asked.
    pub(super) fn folding(&self, request: &Request) -> Result<Folding<'_>> {
        Ok(Folding::new(if request.fold { Some(self.copies()?) } else { None }))
    }

    /// Counts the reports that a query's days alone leave out, since they have no date.
    fn undated(&self, query: &Query) -> Result<u64> {
        self.count(&BooleanQuery::intersection(vec![
            compile::matching(&without_dates(query), &self.schema),
            compile::undated(&self.schema),
        ]))
    }

    pub(super) fn count(&self, query: &dyn TantivyQuery) -> Result<u64> {
        Ok(self.searcher.search(query, &Count)? as u64)
    }

    /// Returns how many reports match, and the best of them, in no order: more than are wanted, or all. What has copies is
    /// folded.
    fn matches<'a>(
        &'a self,
        query: &Query,
        signals: &Signals,
        order: Order,
        folding: &mut Folding<'a>,
    ) -> Result<(u64, Vec<Ranked>)> {
        let end = order.end_closer();
        let matching = compile::matching(query, &self.schema);
        let is_one_text = compile::is_one_text(query);
        let weight = matching.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        let new = || Kept::new(order.sort, end, folding.another());
        let look = |ordinal, segment: &SegmentReader, kept: &mut Kept| {
            let (days, ids) = (segment.fast_fields().i64("first_day")?, segment.fast_fields().u64("id")?);
            let alive = segment.alive_bitset();
            let mut take = |ranker: &mut SegmentRanker, doc| {
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    let (id, by_words) = (ids.first(doc).unwrap_or_default(), ranker.by_words(doc));
                    let at_most = ranker.at_most(by_words);
                    if kept.only_counts(id, at_most * order.most_lift()) {
                        return;
                    }
                    let day = days.first(doc);
                    let (lift, at) = (order.lift(day), DocAddress::new(ordinal, doc));
                    let at_most = Ranked { score: at_most * lift, day, id, at };
                    kept.take_at_most(at_most, || ranker.relevance(doc, by_words) * lift);
                }
            };
            if is_one_text {
                let mut ranker = signals.open(segment, &self.schema)?;
                let mut doc = ranker.first_typed(0);
                while doc != TERMINATED {
                    take(&mut ranker, doc);
                    doc = ranker.first_typed(doc + 1);
                }
                return Ok(());
            }
            let mut docs = weight.scorer(segment, 1.0)?;
            if docs.doc() == TERMINATED {
                return Ok(());
            }
            let mut ranker = signals.open(segment, &self.schema)?;
            while docs.doc() != TERMINATED {
                take(&mut ranker, docs.doc());
                docs.advance();
            }
            Ok(())
        };
        let (total, mut best) = self.over_segments(new, look, Kept::join)?.end(folding);
        if order.is_by_relevance() && order.end != Some(0) {
            self.raise_by_places(signals, order.sort, &mut best)?;
        }
        Ok((total, best))
    }

    /// Raises the scores of the best [`CANDIDATES`] by where in them the texts stand. It only ever adds: so the order of
    /// all is one, whatever page of it is asked for.
    fn raise_by_places(&self, signals: &Signals, sort: Sort, best: &mut [Ranked]) -> Result<()> {
        best.sort_unstable_by(|a, b| a.order(b, sort));
        let closer = best.len().min(CANDIDATES);
        let Some(closer) = best.get_mut(..closer) else { return Ok(()) };
        closer.sort_unstable_by_key(|ranked| ranked.at);
        for reports in closer.chunk_by_mut(|a, b| a.at.segment_ord == b.at.segment_ord) {
            let Some(segment) = reports.first().map(|ranked| self.searcher.segment_reader(ranked.at.segment_ord))
            else {
                continue;
            };
            let mut places = signals.open_places(segment, &self.schema)?;
            for ranked in reports {
                ranked.score *= 1.0 + places.shares(ranked.at.doc_id).iter().map(|part| part.worth).sum::<f64>();
            }
        }
        Ok(())
    }

    /// Returns what explains an empty result.
    fn why_nothing(&self, query: &Query, text_hits: u64) -> Result<Vec<Note>> {
        let mut notes = Vec::new();
        if query.has_text() && text_hits > 0 {
            notes.push(Note::Filtered { text_hits });
        } else if !query.has_text() {
            notes.push(Note::FiltersExclude);
        } else {
            for term in query.terms().into_iter().take(MOST_EXPLAINED) {
                notes.extend(self.longest_part(term)?);
            }
        }
        notes.push(Note::Held { reports: self.reports(), days: self.days()? });
        Ok(notes)
    }

    /// Returns the longest part of a term that occurs, where the term itself does not.
    fn longest_part(&self, term: &Term) -> Result<Option<Note>> {
        /// Longer terms are looked at only up to here: the work grows with the square.
        const MOST: usize = 24;
        let folded: Vec<char> = crate::text::fold::fold(&term.text).chars().take(MOST).collect();
        for length in (1..=folded.len()).rev() {
            for part in folded.windows(length) {
                let part: String = part.iter().collect();
                // What must be verified would be verified hundreds of times: any place in the part will do.
                let scope = match term.scope {
                    Scope::Narrow(narrow) => Scope::Part(narrow.part()),
                    scope @ (Scope::Bare | Scope::Part(_) | Scope::Everywhere) => scope,
                };
                let query = Query::Term(Term { text: part.clone(), scope, whole: false });
                let hits = self.count(compile::matching(&query, &self.schema).as_ref())?;
                if hits > 0 {
                    let whole = length == folded.len();
                    return Ok((!whole).then(|| Note::LongestPart { term: term.text.clone(), part, hits }));
                }
            }
        }
        Ok(None)
    }
}

fn may_loosen(loosen: Loosen, text_hits: u64) -> bool {
    match loosen {
        Loosen::Auto => text_hits == 0,
        Loosen::Never => false,
        Loosen::Always => true,
    }
}

/// Parts a query into what it asks of text and what it filters by. Only the outermost conjunction is parted; anything
/// else that mixes both counts as text.
pub(super) fn parted(query: &Query) -> (Query, Query) {
    let nothing = || Query::And(Vec::new());
    match query {
        Query::And(parts) => {
            let (text, filters): (Vec<_>, Vec<_>) = parts.iter().cloned().partition(Query::has_text);
            (Query::And(text), Query::And(filters))
        }
        one @ (Query::Term(_)
        | Query::Wild(_)
        | Query::Near(_)
        | Query::Times(_)
        | Query::Pattern(..)
        | Query::Name(..)
        | Query::Keyword(..)
        | Query::Pages(_)
        | Query::Id(_)
        | Query::Date(_)
        | Query::Or(_)
        | Query::Not(_)) => {
            if one.has_text() {
                (one.clone(), nothing())
            } else {
                (nothing(), one.clone())
            }
        }
    }
}

/// Returns the exclusions of the outermost conjunction, which are never loosened.
pub(super) fn exclusions(text: &Query) -> Query {
    match text {
        Query::And(parts) => Query::And(parts.iter().filter(|part| matches!(part, Query::Not(_))).cloned().collect()),
        Query::Not(_) => Query::And(vec![text.clone()]),
        Query::Term(_)
        | Query::Wild(_)
        | Query::Near(_)
        | Query::Times(_)
        | Query::Pattern(..)
        | Query::Name(..)
        | Query::Keyword(..)
        | Query::Pages(_)
        | Query::Id(_)
        | Query::Date(_)
        | Query::Or(_) => Query::And(Vec::new()),
    }
}

/// Returns the days that the outermost conjunction asks for, where it asks for any.
pub(super) fn dates_asked(query: &Query) -> Option<DateRange> {
    match query {
        Query::Date(range) => Some(*range),
        Query::And(parts) => parts.iter().filter_map(dates_asked).reduce(DateRange::intersect),
        Query::Term(_)
        | Query::Wild(_)
        | Query::Near(_)
        | Query::Times(_)
        | Query::Pattern(..)
        | Query::Name(..)
        | Query::Keyword(..)
        | Query::Pages(_)
        | Query::Id(_)
        | Query::Or(_)
        | Query::Not(_) => None,
    }
}

fn without_dates(query: &Query) -> Query {
    match query {
        Query::Date(_) => Query::And(Vec::new()),
        Query::And(parts) => Query::And(parts.iter().filter(|part| !matches!(part, Query::Date(_))).cloned().collect()),
        Query::Term(_)
        | Query::Wild(_)
        | Query::Near(_)
        | Query::Times(_)
        | Query::Pattern(..)
        | Query::Name(..)
        | Query::Keyword(..)
        | Query::Pages(_)
        | Query::Id(_)
        | Query::Or(_)
        | Query::Not(_) => query.clone(),
    }
}
