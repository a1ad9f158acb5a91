//! The part of the walk that knows pictures: which text is a picture's, and which headline.

use super::boundaries::{State, Walk};
use super::classify::{Sort, begins_as_caption};
use super::draft::Draft;
use super::headline::{Before, heading};
use super::layout::Blanks;
use crate::article::Kind;

/// A report of a titled picture has no more paragraphs than this.
const CAPTION_PARAGRAPHS: usize = 3;
/// Nor more characters.
const CAPTION_LENGTH: usize = 450;
/// A paragraph that breaks off is at least so long; what is shorter is a section head.
const PIECE: usize = 18;

impl Walk<'_, '_> {
    pub(super) fn credit(&mut self, at: usize, caption: Option<usize>) {
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

    /// The text of a picture is an item of its own, unless the headline over it is the picture's too.
    pub(super) fn picture(&mut self, at: usize) {
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

    /// Whether the text over a credit is a picture's rather than the last paragraph of a report: it looks out of place
    /// among the paragraphs, or begins as captions do.
    pub(super) fn is_picture_text(&self, at: usize) -> bool {
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
    pub(super) fn is_titled_picture(&self) -> bool {
        let Some(draft) = self.draft() else { return false };
        let length: usize =
            draft.paragraphs.iter().flatten().filter_map(|&at| self.page.block(at)).map(|b| b.length).sum();
        !draft.headline.is_empty()
            && draft.paragraphs.len() <= CAPTION_PARAGRAPHS
            && length <= CAPTION_LENGTH
            && !self.begins_with_lead_in()
    }
}
