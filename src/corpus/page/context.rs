//! The part of the walk that asks: what a block means after what has been read.

use super::boundaries::{State, Walk};
use super::classify::{Rest, Sort};
use super::headline::{Before, heading};
use super::layout::{Blanks, Indents};
use super::marks::Ending;
use super::rejoin::{Paragraph, carries_on};
use super::signs::{closes_report, names_source};
use super::title::names_brief_column;

/// An item of a list that is this long can be broken by a column, on a page where columns break text.
const LONG_ITEM: usize = 30;

impl Walk<'_, '_> {
    /// Whether a lead-in in the middle of a report belongs to it: one headline over dispatches from one place, or over
    /// several places where it has several lines. Any other lead-in begins a report, if only a brief.
    pub(super) fn is_further_dispatch(&self, at: usize) -> bool {
        let Some(draft) = self.draft().filter(|draft| !draft.headline.is_empty()) else { return false };
        let is_set_off = self.page.block(at).is_some_and(|block| match self.page.layout.blanks {
            Blanks::None => false,
            Blanks::Between => block.blanks > 0,
            Blanks::Everywhere => block.blanks > 1,
        });
        if matches!(self.state, State::Ended | State::Closed | State::AmongBriefs) || is_set_off {
            return false;
        }
        // Where white space parts the reports, what it does not part is one; and 记者X alone names no new source.
        let layout = self.page.layout;
        let is_parted = layout.indents == Indents::Paragraphs && layout.blanks == Blanks::Between;
        if is_parted || self.page.block(at).is_some_and(|block| !names_source(&block.text)) {
            return true;
        }
        let first = draft.paragraphs.first().and_then(|pieces| pieces.first());
        match (first.and_then(|&first| self.page.dateline_place(first)), self.page.dateline_place(at)) {
            (Some(first), Some(place)) => first == place || draft.headline.len() > 1,
            _ => false,
        }
    }

    /// Whether a headline is the name of a column of briefs: 简讯, with items or lead-ins right under it.
    pub(super) fn heads_briefs(&self, at: usize, end: usize) -> bool {
        const ITEM: usize = 20;
        let is_item = self.follows(end, |sort| matches!(sort, Sort::LeadIn(_) | Sort::ListItem))
            && self.page.block(end).is_some_and(|block| block.length >= ITEM);
        end == at + 1 && is_item && self.page.block(at).is_some_and(|block| names_brief_column(&block.text))
    }

    /// Whether a lead-in is only the second half of one: its dateline, or its bracket, was cut off on the line before.
    pub(super) fn is_inside_lead_in(&self, at: usize) -> bool {
        let Some([last]) = self.draft().and_then(|draft| draft.paragraphs.last()).map(Vec::as_slice) else {
            return false;
        };
        let (Some(before), Some(block)) = (self.page.block(*last), self.page.block(at)) else { return false };
        let is_alone =
            self.page.sort(*last) == Some(&Sort::LeadIn(Rest::Nothing)) && block.text.starts_with(['（', '(']);
        is_alone || (before.ending == Ending::Opener && self.state == State::Inside)
    }

    /// Whether the page has one report, of which only headline and deck have been read: what looks like another
    /// headline is a line under the first.
    pub(super) fn is_below_deck(&self) -> bool {
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

    /// What stands before the block that is read now.
    pub(super) fn before(&self) -> Before {
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
    pub(super) fn carries_on(&self, at: usize) -> bool {
        if matches!(self.state, State::Ended | State::Closed | State::Start) || self.page.is_caption_text(at) {
            return false;
        }
        let Some(pieces) = self.draft().and_then(|draft| draft.paragraphs.last()) else { return false };
        let blocks = || pieces.iter().filter_map(|&piece| self.page.block(piece));
        let (Some(last_at), Some(last), Some(next)) = (pieces.last(), blocks().next_back(), self.page.block(at)) else {
            return false;
        };
        let is_item = self.page.sort(*last_at) == Some(&Sort::ListItem);
        if self.page.sort(at) == Some(&Sort::ListItem)
            || (is_item && !(self.page.layout.is_broken && last.length >= LONG_ITEM))
        {
            return false;
        }
        let paragraph = Paragraph {
            last,
            length: blocks().map(|block| block.length).sum(),
            is_bare_dateline: self.page.sort(*last_at) == Some(&Sort::LeadIn(Rest::Nothing)),
            is_lead_in: matches!(self.page.sort(*last_at), Some(Sort::LeadIn(_))),
            is_in_list: self.page.is_in_list(*last_at),
        };
        carries_on(paragraph, next, self.page.layout)
    }

    pub(super) fn follows(&self, at: usize, wanted: impl Fn(&Sort) -> bool) -> bool {
        self.page.sort(at).is_some_and(wanted)
    }

    pub(super) fn is_followed_by_text(&self, at: usize) -> bool {
        self.follows(at, |sort| matches!(sort, Sort::Text | Sort::LeadIn(_)))
            && heading(self.page, at, || Before::End).is_none()
    }

    pub(super) fn begins_with_lead_in(&self) -> bool {
        let first = self.draft().and_then(|draft| draft.paragraphs.first()).and_then(|pieces| pieces.first());
        first.is_some_and(|&at| matches!(self.page.sort(at), Some(Sort::LeadIn(_))))
    }
}
