//! Where one report ends and the next begins: a walk over the blocks of a page that deals each to a draft.

use super::classify::{Rest, Sort};
use super::draft::{Draft, drop_dangling_heads};
use super::furniture::Furniture;
use super::header::Label;
use super::headline::heading;
use super::page::Page;
use super::signs::ends_in_dateline;

/// Text between headline and byline is hardly longer.
const STANDFIRST_LENGTH: usize = 250;
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
pub(super) enum State {
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

/// A walk over the blocks of a page.
pub(super) struct Walk<'p, 't> {
    /// The page.
    pub(super) page: &'p Page<'t>,
    /// The reports begun so far.
    pub(super) drafts: Vec<Draft>,
    /// The report being read.
    pub(super) current: Option<usize>,
    /// The picture whose credit may follow.
    pub(super) caption: Option<usize>,
    /// The line that names the column of the briefs being read.
    pub(super) column: Option<usize>,
    /// Furniture for the report to come.
    pub(super) loose: Vec<usize>,
    /// What has just been read.
    pub(super) state: State,
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
    pub(super) fn byline(&mut self, at: usize) {
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

    fn lead_in(&mut self, at: usize, rest: Rest) {
        if self.is_inside_lead_in(at) {
            self.put_piece(at);
            return;
        }
        let has_paragraphs = self.has_paragraphs();
        if self.current.is_none() || (has_paragraphs && !self.is_further_dispatch(at)) {
            self.begin();
        }
        self.state = State::Inside;
        match rest {
            Rest::Headline if !self.has_paragraphs() => self.put_furniture(at),
            Rest::News | Rest::Nothing | Rest::Headline => self.put_paragraph(at),
        }
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

    pub(super) fn make_standfirst(&mut self) {
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

    pub(super) fn draft(&self) -> Option<&Draft> {
        self.drafts.get(self.current?)
    }

    pub(super) fn draft_mut(&mut self) -> Option<&mut Draft> {
        self.drafts.get_mut(self.current?)
    }

    pub(super) fn has_paragraphs(&self) -> bool {
        self.draft().is_some_and(|draft| !draft.paragraphs.is_empty())
    }

    pub(super) fn has_headline_only(&self) -> bool {
        self.draft().is_some_and(|draft| !draft.headline.is_empty() && draft.paragraphs.is_empty())
    }

    /// Begins a new report, with the furniture that waits for it.
    pub(super) fn begin(&mut self) {
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

    pub(super) fn put_furniture(&mut self, at: usize) {
        match self.draft_mut() {
            Some(draft) => draft.furniture.push(at),
            None => self.loose.push(at),
        }
    }

    pub(super) fn put_paragraph(&mut self, at: usize) {
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
