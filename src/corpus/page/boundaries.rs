//! Where one report ends and the next begins: a walk over the blocks of a page that deals each to a draft.

use super::classify::{Rest, Sort, begins_as_caption, closes_report, ends_in_dateline};
use super::furniture::Furniture;
use super::header::Label;
use super::headline::{Before, heading};
use super::layout::{Blanks, Indents};
use super::marks::Ending;
use super::page::Page;
use super::rejoin::{Paragraph, carries_on};
use super::title::names_brief_column;
use crate::article::Kind;

/// A report as the numbers of its blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// What sort of item it is.
    pub(super) kind: Kind,
    /// The line that names the column of a brief.
    pub(super) column: Option<usize>,
    /// The lines of the headline.
    pub(super) headline: Vec<usize>,
    /// Text between headline and byline that sums the report up.
    pub(super) standfirst: Vec<usize>,
    /// The paragraphs, each as the blocks it was broken into.
    pub(super) paragraphs: Vec<Vec<usize>>,
    /// What belongs to the page.
    pub(super) furniture: Vec<usize>,
}

impl Draft {
    fn is_empty(&self) -> bool {
        self.headline.is_empty() && self.standfirst.is_empty() && self.paragraphs.is_empty()
    }
}

/// A report of a titled picture has no more paragraphs than this.
const CAPTION_PARAGRAPHS: usize = 3;
/// Nor more characters.
const CAPTION_LENGTH: usize = 450;
/// Text between headline and byline is hardly longer.
const STANDFIRST_LENGTH: usize = 250;
/// A paragraph that breaks off is at least so long; what is shorter is a section head.
const PIECE: usize = 18;
/// A headline under a label of front matter has at most so many lines.
const LABELLED_LINES: usize = 4;

/// Deals the blocks of a page to the reports on it, in the order in which they begin.
pub(super) fn reports(page: &Page<'_>) -> Vec<Draft> {
    let mut walk = Walk {
        page,
        drafts: Vec::new(),
        current: None,
        caption: None,
        column: None,
        loose: Vec::new(),
        state: State::Start,
    };
    let mut at = 0;
    while at < page.len() {
        at = walk.step(at).max(at + 1);
    }
    walk.finish()
}

/// What the walk has just read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing yet.
    Start,
    /// The label that announces a headline.
    Labelled,
    /// A report is being read.
    Inside,
    /// A brief without a headline, one of several.
    AmongBriefs,
    /// A sign that the report is over.
    Ended,
    /// The report is over.
    Closed,
}

struct Walk<'p, 't> {
    page: &'p Page<'t>,
    drafts: Vec<Draft>,
    /// The report being read.
    current: Option<usize>,
    /// The picture whose credit may follow.
    caption: Option<usize>,
    /// The line that names the column of the briefs being read.
    column: Option<usize>,
    /// Furniture for the report to come.
    loose: Vec<usize>,
    state: State,
}

impl Walk<'_, '_> {
    /// Deals one block, or a whole headline; returns the number of the next block.
    fn step(&mut self, at: usize) -> usize {
        let Some(sort) = self.page.sort(at) else { return at + 1 };
        let caption = self.caption.take();
        match sort {
            Sort::Label(label) => self.label(at, *label),
            Sort::Issue(issue) => self.issue(at, issue.is_header),
            Sort::Furniture(furniture) => {
                self.caption = caption.filter(|_| *furniture == Furniture::PictureNote);
                self.furniture(at, *furniture);
            }
            Sort::SignOff => {
                self.put_furniture(at);
                self.state = State::Ended;
            }
            Sort::Byline => self.byline(at),
            Sort::Credit => self.credit(at, caption),
            Sort::LeadIn(rest) => self.lead_in(at, *rest),
            Sort::Text | Sort::ListItem | Sort::Caption => return self.text(at),
        }
        at + 1
    }

    fn finish(mut self) -> Vec<Draft> {
        let loose = std::mem::take(&mut self.loose);
        match self.drafts.last_mut() {
            Some(last) => last.furniture.extend(loose),
            None if !loose.is_empty() => self.drafts.push(Draft { furniture: loose, ..Draft::default() }),
            None => {}
        }
        for draft in &mut self.drafts {
            drop_dangling_heads(self.page, draft);
        }
        self.drafts
    }

    fn label(&mut self, at: usize, label: Label) {
        match label {
            Label::Link => {
                self.loose.push(at);
                self.close();
            }
            Label::Title => {
                self.close();
                self.loose.push(at);
                self.begin();
                self.state = State::Labelled;
            }
            Label::Content => {
                self.put_furniture(at);
                self.state = if self.current.is_some() { State::Inside } else { State::Start };
            }
            Label::Date | Label::Page | Label::Paper | Label::Column => self.put_furniture(at),
        }
    }

    fn issue(&mut self, at: usize, is_header: bool) {
        if is_header && self.has_paragraphs() {
            self.loose.push(at);
            self.state = State::Ended;
        } else {
            self.put_furniture(at);
        }
    }

    fn furniture(&mut self, at: usize, furniture: Furniture) {
        match furniture {
            Furniture::ReadingTime => {
                self.make_standfirst();
                self.put_furniture(at);
            }
            Furniture::Staff | Furniture::Jump => {
                self.put_furniture(at);
                let line = |at: usize| self.page.block(at).map(|block| block.lines.0);
                let is_inside_line = furniture == Furniture::Jump && line(at) == line(at + 1);
                if self.has_paragraphs() && !is_inside_line {
                    self.state = State::Ended;
                }
            }
            Furniture::Origin | Furniture::Litter | Furniture::PictureNote => self.put_furniture(at),
        }
    }

    /// A byline stands under the headline, under a standfirst, or at the end.
    fn byline(&mut self, at: usize) {
        let is_sole_paragraph = self.draft().is_some_and(|draft| draft.paragraphs.len() == 1);
        if is_sole_paragraph && !self.begins_with_lead_in() && self.is_followed_by_text(at + 1) {
            self.make_standfirst();
        }
        let has_paragraphs = self.has_paragraphs();
        self.put_furniture(at);
        if has_paragraphs {
            self.state = State::Ended;
        }
    }

    fn credit(&mut self, at: usize, caption: Option<usize>) {
        let target = caption.and_then(|caption| self.drafts.get_mut(caption));
        if let Some(draft) = target {
            draft.furniture.push(at);
            return;
        }
        if self.page.signs_report(at) {
            self.byline(at);
            return;
        }
        let is_picture = self.is_titled_picture();
        let is_before_lead_in = self.follows(at + 1, |sort| matches!(sort, Sort::LeadIn(_)));
        match self.current.and_then(|current| self.drafts.get_mut(current)) {
            Some(draft) if is_picture && is_before_lead_in => {
                let paragraphs = std::mem::take(&mut draft.paragraphs);
                self.drafts.push(Draft { kind: Kind::Caption, paragraphs, furniture: vec![at], ..Draft::default() });
            }
            Some(draft) if is_picture => {
                draft.kind = Kind::Caption;
                draft.furniture.push(at);
                self.state = State::Ended;
            }
            _ => self.put_furniture(at),
        }
    }

    fn lead_in(&mut self, at: usize, rest: Rest) {
        if self.is_inside_lead_in(at) {
            self.put_piece(at);
            return;
        }
        let has_paragraphs = self.has_paragraphs();
        let is_apart = self.page.block(at).is_some_and(|block| block.blanks > 1);
        let is_among_briefs = self.draft().is_some_and(|draft| draft.headline.is_empty()) && self.begins_with_lead_in();
        let is_over =
            matches!(self.state, State::Ended | State::Closed | State::AmongBriefs) || is_apart || is_among_briefs;
        if self.current.is_none() || (has_paragraphs && is_over) {
            self.begin();
        }
        self.state = State::Inside;
        match rest {
            Rest::Headline if !self.has_paragraphs() => self.put_furniture(at),
            Rest::News | Rest::Nothing | Rest::Headline => self.put_paragraph(at),
        }
    }

    /// Whether a headline is the name of a column of briefs: 简讯, with items or lead-ins right under it.
    fn heads_briefs(&self, at: usize, end: usize) -> bool {
        const ITEM: usize = 20;
        let is_item = self.follows(end, |sort| matches!(sort, Sort::LeadIn(_) | Sort::ListItem))
            && self.page.block(end).is_some_and(|block| block.length >= ITEM);
        end == at + 1 && is_item && self.page.block(at).is_some_and(|block| names_brief_column(&block.text))
    }

    /// Whether a lead-in is only the second half of one: its dateline, or its bracket, was cut off on the line before.
    fn is_inside_lead_in(&self, at: usize) -> bool {
        let Some([last]) = self.draft().and_then(|draft| draft.paragraphs.last()).map(Vec::as_slice) else {
            return false;
        };
        let (Some(before), Some(block)) = (self.page.block(*last), self.page.block(at)) else { return false };
        let is_alone =
            self.page.sort(*last) == Some(&Sort::LeadIn(Rest::Nothing)) && block.text.starts_with(['（', '(']);
        is_alone || (before.ending == Ending::Opener && self.state == State::Inside)
    }

    fn text(&mut self, at: usize) -> usize {
        if self.state == State::Labelled {
            let has_room = self.draft().is_some_and(|draft| draft.headline.len() < LABELLED_LINES);
            if has_room && let Some(draft) = self.draft_mut() {
                draft.headline.push(at);
                return at + 1;
            }
            self.state = State::Inside;
        }
        if self.page.is_name_line(at) && self.has_headline_only() {
            self.put_furniture(at);
            return at + 1;
        }
        let is_caption = self.page.is_caption_text(at);
        if !is_caption && let Some(heading) = heading(self.page, at, || self.before()) {
            if self.is_below_deck() {
                self.make_standfirst();
                let lines = (at..heading.end).filter(|&line| !self.page.is_picture_note(line)).collect::<Vec<_>>();
                let notes = (at..heading.end).filter(|&line| self.page.is_picture_note(line)).collect::<Vec<_>>();
                if let Some(draft) = self.draft_mut() {
                    draft.standfirst.extend(lines);
                    draft.furniture.extend(notes);
                }
                return heading.end;
            }
            self.close();
            self.column = None;
            if self.heads_briefs(at, heading.end) {
                self.column = Some(at);
                self.loose.push(at);
                return heading.end;
            }
            self.begin();
            for line in at..heading.end {
                if self.page.is_picture_note(line) {
                    self.put_furniture(line);
                } else if let Some(draft) = self.draft_mut() {
                    draft.headline.push(line);
                }
            }
            return heading.end;
        }
        if is_caption && self.is_picture_text(at) && !self.carries_on(at) {
            self.picture(at);
        } else if self.carries_on(at) {
            self.put_piece(at);
        } else {
            // A report has one dateline: the paragraph that ends in a second one is a brief, and so are those after it.
            let is_dated = self.page.block(at).is_some_and(|block| ends_in_dateline(&block.text));
            let is_item = self.column.is_some() && self.page.sort(at) == Some(&Sort::ListItem);
            let is_brief = is_item || is_dated && self.begins_with_lead_in() || self.state == State::AmongBriefs;
            if is_brief || self.current.is_none() || self.state == State::Closed {
                self.begin();
            }
            self.state = if is_brief { State::AmongBriefs } else { State::Inside };
            self.put_paragraph(at);
        }
        at + 1
    }

    /// The text of a picture is an item of its own, unless the headline over it is the picture's too.
    fn picture(&mut self, at: usize) {
        let mut behind = at + 1;
        while self.page.sort(behind).is_some_and(|s| matches!(s, Sort::Credit | Sort::Furniture(_))) {
            behind += 1;
        }
        let is_before_text = match self.page.sort(behind) {
            Some(Sort::LeadIn(_) | Sort::Byline | Sort::Caption | Sort::ListItem) => true,
            Some(Sort::Text) => {
                heading(self.page, behind, || Before::End).is_none() && !self.page.is_caption_text(behind)
            }
            _ => false,
        };
        let is_titled = self.is_titled_picture() && !is_before_text && self.state != State::Ended;
        match self.current {
            Some(current) if is_titled => {
                self.put_paragraph(at);
                if let Some(draft) = self.drafts.get_mut(current) {
                    draft.kind = Kind::Caption;
                }
                self.caption = Some(current);
                self.state = State::Ended;
            }
            _ => {
                // What stands between a headline and a picture's credit, with a lead-in behind it, is the picture's.
                let is_before_lead_in = self.follows(behind, |sort| matches!(sort, Sort::LeadIn(_)));
                let is_headed = self.is_titled_picture() && is_before_lead_in;
                let earlier = self.draft_mut().filter(|_| is_headed).map(|draft| std::mem::take(&mut draft.paragraphs));
                let mut paragraphs = earlier.unwrap_or_default();
                paragraphs.push(vec![at]);
                self.drafts.push(Draft { kind: Kind::Caption, paragraphs, ..Draft::default() });
                self.caption = Some(self.drafts.len() - 1);
                let loose = if self.current.is_none() { std::mem::take(&mut self.loose) } else { Vec::new() };
                if let Some(draft) = self.drafts.last_mut() {
                    draft.furniture.extend(loose);
                }
            }
        }
    }

    /// Whether the page has one report, of which only headline and deck have been read: what looks like another
    /// headline is a line under the first.
    fn is_below_deck(&self) -> bool {
        const DECK: usize = 60;
        let layout = self.page.layout;
        let is_one_report = layout.lead_ins <= 1 && layout.indents == Indents::None && layout.blanks == Blanks::None;
        let Some(draft) = self.draft().filter(|_| is_one_report && self.state == State::Inside) else { return false };
        let [paragraph] = draft.paragraphs.as_slice() else { return false };
        let [deck] = paragraph.as_slice() else { return false };
        !draft.headline.is_empty()
            && self.page.sort(*deck) == Some(&Sort::Text)
            && self.page.block(*deck).is_some_and(|block| block.length <= DECK)
    }

    /// Whether the text over a credit is a picture's rather than the last paragraph of a report: it looks out of place
    /// among the paragraphs, or begins as captions do.
    fn is_picture_text(&self, at: usize) -> bool {
        let Some(block) = self.page.block(at) else { return false };
        let is_marked = self.page.sort(at) == Some(&Sort::Caption);
        let is_set_off = match self.page.layout.blanks {
            Blanks::Between => block.blanks > 0,
            Blanks::Everywhere => block.blanks > 1,
            Blanks::None => false,
        };
        let last = self.draft().and_then(|draft| draft.paragraphs.last()).and_then(|pieces| pieces.last());
        let is_after_open =
            last.and_then(|&at| self.page.block(at)).is_some_and(|last| last.ending.is_open() && last.length >= PIECE);
        let is_first = self.draft().is_none_or(|draft| draft.paragraphs.len() < CAPTION_PARAGRAPHS);
        is_marked
            || is_set_off
            || is_after_open
            || is_first
            || begins_as_caption(&block.text)
            || self.begins_with_lead_in()
    }

    /// Whether the report so far can be no more than a picture with its headline.
    fn is_titled_picture(&self) -> bool {
        let Some(draft) = self.draft() else { return false };
        let length: usize =
            draft.paragraphs.iter().flatten().filter_map(|&at| self.page.block(at)).map(|b| b.length).sum();
        !draft.headline.is_empty()
            && draft.paragraphs.len() <= CAPTION_PARAGRAPHS
            && length <= CAPTION_LENGTH
            && !self.begins_with_lead_in()
    }

    /// What stands before the block that is read now.
    fn before(&self) -> Before {
        let Some(draft) = self.draft() else {
            return if self.state == State::Start { Before::Nothing } else { Before::End };
        };
        if matches!(self.state, State::Ended | State::Closed) {
            return Before::End;
        }
        match draft.paragraphs.last().and_then(|pieces| pieces.last()).and_then(|&at| self.page.block(at)) {
            None if draft.headline.is_empty() => Before::Nothing,
            None => Before::Headline,
            Some(last) if closes_report(&last.text) => Before::End,
            Some(last) if last.ending.is_open() => Before::OpenText,
            Some(_) => Before::Text,
        }
    }

    /// Whether a block carries on the last paragraph of the report being read.
    fn carries_on(&self, at: usize) -> bool {
        if matches!(self.state, State::Ended | State::Closed | State::Start) || self.page.is_caption_text(at) {
            return false;
        }
        let Some(pieces) = self.draft().and_then(|draft| draft.paragraphs.last()) else { return false };
        let blocks = || pieces.iter().filter_map(|&piece| self.page.block(piece));
        let (Some(last_at), Some(last), Some(next)) = (pieces.last(), blocks().next_back(), self.page.block(at)) else {
            return false;
        };
        if self.page.sort(at) == Some(&Sort::ListItem) || self.page.sort(*last_at) == Some(&Sort::ListItem) {
            return false;
        }
        let paragraph = Paragraph {
            last,
            length: blocks().map(|block| block.length).sum(),
            is_bare_dateline: self.page.sort(*last_at) == Some(&Sort::LeadIn(Rest::Nothing)),
            is_in_list: self.page.is_in_list(*last_at),
        };
        carries_on(paragraph, next, self.page.layout)
    }

    fn follows(&self, at: usize, wanted: impl Fn(&Sort) -> bool) -> bool {
        self.page.sort(at).is_some_and(wanted)
    }

    fn is_followed_by_text(&self, at: usize) -> bool {
        self.follows(at, |sort| matches!(sort, Sort::Text | Sort::LeadIn(_)))
            && heading(self.page, at, || Before::End).is_none()
    }

    fn begins_with_lead_in(&self) -> bool {
        let first = self.draft().and_then(|draft| draft.paragraphs.first()).and_then(|pieces| pieces.first());
        first.is_some_and(|&at| matches!(self.page.sort(at), Some(Sort::LeadIn(_))))
    }

    fn make_standfirst(&mut self) {
        let page = self.page;
        if let Some(draft) = self.draft_mut()
            && draft.paragraphs.len() <= 2
            && draft.paragraphs.iter().flatten().filter_map(|&at| page.block(at)).map(|b| b.length).sum::<usize>()
                <= STANDFIRST_LENGTH
        {
            let paragraphs = std::mem::take(&mut draft.paragraphs);
            draft.standfirst.extend(paragraphs.into_iter().flatten());
        }
    }

    fn draft(&self) -> Option<&Draft> {
        self.drafts.get(self.current?)
    }

    fn draft_mut(&mut self) -> Option<&mut Draft> {
        self.drafts.get_mut(self.current?)
    }

    fn has_paragraphs(&self) -> bool {
        self.draft().is_some_and(|draft| !draft.paragraphs.is_empty())
    }

    fn has_headline_only(&self) -> bool {
        self.draft().is_some_and(|draft| !draft.headline.is_empty() && draft.paragraphs.is_empty())
    }

    /// Begins a new report, with the furniture that waits for it.
    fn begin(&mut self) {
        let furniture = std::mem::take(&mut self.loose);
        self.drafts.push(Draft { furniture, column: self.column, ..Draft::default() });
        self.current = Some(self.drafts.len() - 1);
        self.state = State::Inside;
    }

    /// Ends the report being read.
    fn close(&mut self) {
        if self.draft().is_some_and(Draft::is_empty) && self.current.is_some_and(|c| c + 1 == self.drafts.len()) {
            // A report of furniture alone is none: what it holds goes to the next one.
            if let Some(draft) = self.drafts.pop() {
                self.loose.splice(0..0, draft.furniture);
            }
        }
        self.current = None;
        self.state = State::Closed;
    }

    fn put_furniture(&mut self, at: usize) {
        match self.draft_mut() {
            Some(draft) => draft.furniture.push(at),
            None => self.loose.push(at),
        }
    }

    fn put_paragraph(&mut self, at: usize) {
        if let Some(draft) = self.draft_mut() {
            draft.paragraphs.push(vec![at]);
        }
    }

    fn put_piece(&mut self, at: usize) {
        if let Some(pieces) = self.draft_mut().and_then(|draft| draft.paragraphs.last_mut()) {
            pieces.push(at);
        }
    }
}

/// A section head with no text below it is none: the last short line of a report goes to its furniture.
fn drop_dangling_heads(page: &Page<'_>, draft: &mut Draft) {
    const HEAD: usize = 16;
    if page.layout.indents == Indents::Paragraphs || draft.kind != Kind::Article {
        return;
    }
    while draft.paragraphs.len() > 1 {
        let Some([last]) = draft.paragraphs.last().map(Vec::as_slice) else { return };
        let is_head = page.block(*last).is_some_and(|block| block.length <= HEAD && block.ending == Ending::Word)
            && page.sort(*last) == Some(&Sort::Text)
            && !page.is_in_list(*last);
        if !is_head {
            return;
        }
        draft.furniture.push(*last);
        draft.paragraphs.pop();
    }
}
