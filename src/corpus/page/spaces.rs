//! Blanks that a scan or a PDF left between the characters of words.

use super::marks::is_han;
use super::word_test::word_spans;

/// Fewer blanks in a paragraph are the writer's own: 走好自己的路 办好自己的事.
const LEAST: usize = 3;
/// So many blanks are looked at; the rest is like them.
const SAMPLE: usize = 48;

/// Returns a paragraph without the blanks that stand inside words, where it is full of them; else `None`.
///
/// Blanks in brackets, where names are padded, stay.
pub(super) fn without_stray_blanks(text: &str) -> Option<String> {
    let gaps = gaps(text);
    if gaps.len() < LEAST {
        return None;
    }
    let sample = gaps.iter().take(SAMPLE);
    let inside = sample.filter(|&&(start, end)| {
        let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
        word_spans(before, after)
    });
    if inside.count() * 3 < gaps.len().min(SAMPLE) {
        return None;
    }
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end) in gaps {
        kept.push_str(text.get(from..start).unwrap_or_default());
        from = end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    Some(kept)
}

/// Where blanks stand between two Chinese characters, outside brackets (bytes, half-open).
fn gaps(text: &str) -> Vec<(usize, usize)> {
    let mut gaps = Vec::new();
    let (mut depth, mut before, mut start) = (0usize, None, None);
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c.is_whitespace() {
            start = start.or(Some(at));
            continue;
        }
        if let Some(start) = start.take()
            && depth == 0
            && is_han(c)
            && before.is_some_and(is_han)
        {
            gaps.push((start, at));
        }
        before = Some(c);
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_inside_words_are_dropped_where_there_are_many() {
        let scanned = "新河日报讯(记者 陆 远)昨日，河长制工作推进会 议在新河召开，会议要 求各镇把巡河护河放在突 出位置，努力营造良好环 境。";
        let mended = without_stray_blanks(scanned);
        assert_eq!(
            mended.as_deref(),
            Some(
                "新河日报讯(记者 陆 远)昨日，河长制工作推进会议在新河召开，会议要求各镇把巡河护河放在突出位置，努力营造良好环境。"
            )
        );
    }

    #[test]
    fn the_writers_own_blanks_stay() {
        for text in ["会议传达了《走好自己的路 办好自己的事》。", "评出三个奖：陆远 苏帆 沈桥 孟舟。", ""]
        {
            assert_eq!(without_stray_blanks(text), None, "{text}");
        }
    }
}
