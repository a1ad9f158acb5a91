//! A bar chart as an SVG picture: one file, no script, no font of its own, the same bytes for the same numbers.

use std::fmt::Write as _;

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// How high it is; `None`: nothing is known, which is shown as a grey stripe and not as zero.
    pub value: Option<f64>,
    /// What is shown when the pointer rests on it.
    pub told: String,
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 56.0;
const BOTTOM: f64 = 48.0;
/// The least room of a label under the axis, in pixels.
const LABEL: f64 = 84.0;

/// Draws bars under a headline and a line that says what is counted.
#[must_use]
pub fn bars(title: &str, told: &str, bars: &[Bar]) -> String {
    let mut out = String::new();
    let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
    let (title, told) = (escaped(title), escaped(told));
    let most = bars.iter().filter_map(|bar| bar.value).fold(0.0, f64::max);
    let top_value = nice(most);
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         font-family=\"sans-serif\" font-size=\"12\" fill=\"#444\">\n<title>{title}</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
         <text x=\"{LEFT}\" y=\"24\" font-size=\"16\" fill=\"#111\">{title}</text>\n\
         <text x=\"{LEFT}\" y=\"42\">{told}</text>\n"
    );
    for quarter in 0..=4 {
        let share = f64::from(quarter) / 4.0;
        let y = bottom - share * (bottom - TOP);
        let _ = write!(
            out,
            "<path d=\"M{LEFT} {y:.1}H{right}\" stroke=\"#{}\"/>\n<text x=\"{:.1}\" y=\"{:.1}\" \
             text-anchor=\"end\">{}</text>\n",
            if quarter == 0 { "444" } else { "e4e4e4" },
            LEFT - 6.0,
            y + 4.0,
            number(share * top_value),
        );
    }
    #[allow(clippy::cast_precision_loss)] // there are far fewer bars than 2^52
    let step = (right - LEFT) / (bars.len().max(1) as f64);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let every = (LABEL / step).ceil().max(1.0) as usize;
    let mut x = LEFT;
    for (n, bar) in bars.iter().enumerate() {
        let (fill, height) = match bar.value {
            Some(value) if top_value > 0.0 => ("3b6ea5", value / top_value * (bottom - TOP)),
            Some(_) => ("3b6ea5", 0.0),
            None => ("eeeeee", bottom - TOP),
        };
        let gap = if bar.value.is_some() { (step * 0.15).min(4.0) } else { 0.0 };
        let _ = writeln!(
            out,
            "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{height:.2}\" fill=\"#{fill}\"><title>{}</title></rect>",
            x + gap / 2.0,
            bottom - height,
            step - gap,
            escaped(&bar.told),
        );
        if n % every == 0 {
            let _ = writeln!(out, "<text x=\"{x:.1}\" y=\"{:.1}\">{}</text>", bottom + 18.0, escaped(&bar.label));
        }
        x += step;
    }
    out.push_str("</svg>\n");
    out
}

/// Returns the least number of 1, 2, 4, 8 times a power of ten that is not below a number, for an axis in quarters.
fn nice(most: f64) -> f64 {
    if most <= 0.0 {
        return 0.0;
    }
    let power = 10_f64.powf(most.log10().floor());
    [1.0, 2.0, 4.0, 8.0, 10.0].into_iter().map(|factor| factor * power).find(|top| *top >= most).unwrap_or(most)
}

fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Returns a text as it may stand in XML: marks escaped, characters that XML cannot hold replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_axis_ends_at_a_round_number() {
        assert_eq!([0.0, 0.3, 1.0, 7.0, 9.0, 130.0].map(nice), [0.0, 0.4, 1.0, 8.0, 10.0, 200.0]);
        assert_eq!([0.0, 2.5, 200.0, 0.25].map(number), ["0", "2.5", "200", "0.25"]);
    }

    #[test]
    fn a_gap_is_no_zero() {
        let bar = |value| Bar { label: "2026-01".into(), value, told: "x".into() };
        let picture = bars("养老", "每月篇数", &[bar(Some(0.0)), bar(None), bar(Some(3.0))]);
        assert!(picture.contains("height=\"0.00\"") && picture.contains("#eeeeee"), "{picture}");
    }

    proptest! {
        #[test]
        fn text_of_others_stays_text(text in any::<String>()) {
            let picture = bars(&text, &text, &[Bar { label: text.clone(), value: Some(1.0), told: text.clone() }]);
            prop_assert_eq!(picture.matches('<').count(), picture.matches('>').count());
            prop_assert_eq!(picture.matches("<text").count(), picture.matches("</text>").count());
            prop_assert!(!picture.chars().any(|c| c.is_control() && c != '\n'));
        }
    }
}
