//! A rule that says what the parts of a path mean: `{paper}/{year}/{month}/{day}/{page}.txt`.

use crate::article::{Basis, PartialDate};
use crate::corpus::Known;

/// What may stand in braces, with what it takes.
const HOLES: &[(&str, Hole)] = &[
    ("paper", Hole::Paper),
    ("year", Hole::Year),
    ("month", Hole::Month),
    ("day", Hole::Day),
    ("date", Hole::Date),
    ("page", Hole::Page),
    ("column", Hole::Column),
    ("number", Hole::Number),
    ("*", Hole::Any),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hole {
    Paper,
    /// Four digits.
    Year,
    /// One or two digits.
    Month,
    /// One or two digits.
    Day,
    /// `20260227`, `2026-02-27`, `2026_2_27`.
    Date,
    Page,
    Column,
    /// The number of the report on its page, or the like: digits that mean nothing here.
    Number,
    Any,
}

impl Hole {
    /// Whether it takes any text, so that another such hole beside it could not be told from it.
    fn is_free(self) -> bool {
        matches!(self, Self::Paper | Self::Page | Self::Column | Self::Any)
    }

    fn takes(self, text: &str) -> bool {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Self::Paper | Self::Page | Self::Column | Self::Any => !text.is_empty(),
            Self::Year => is_number && text.len() == 4,
            Self::Month | Self::Day => is_number && text.len() <= 2,
            Self::Date => date(text).is_some(),
            Self::Number => is_number,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Text(String),
    Hole(Hole),
}

/// A rule for paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathRule {
    /// The parts of the path from its end, in order.
    parts: Vec<Vec<Token>>,
    /// Whether the name of the file stands in it without its extension.
    bare_name: bool,
}

/// What a path says by a rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PathFound {
    /// The day of the issue.
    pub date: Option<PartialDate>,
    /// 栏目.
    pub column: Option<String>,
    year: Option<i32>,
    paper: Option<String>,
    page: Option<String>,
}

impl PathFound {
    /// Adds what was found to what is known, where that is not known yet.
    pub fn add_to(&self, known: &mut Known) {
        if let Some(date) = self.date {
            known.issue_date.get_or_insert((date, Basis::Path));
        }
        if let Some(year) = self.year {
            known.year.get_or_insert((year, Basis::Path));
        }
        for (slot, value) in [(&mut known.paper, &self.paper), (&mut known.page, &self.page)] {
            if let Some(value) = value {
                slot.get_or_insert_with(|| (value.clone(), Basis::Path));
            }
        }
    }
}

impl PathRule {
    /// Reads a rule.
    ///
    /// # Errors
    /// One sentence.
    pub fn parse(rule: &str) -> Result<Self, String> {
        let parts: Result<Vec<_>, _> = rule.trim_matches('/').split('/').map(tokens).collect();
        let parts = parts?;
        let is_hole = |token: &Token| matches!(token, Token::Hole(_));
        if !parts.iter().flatten().any(is_hole) {
            return Err("里面没有一个 {…}".to_owned());
        }
        let dot = |token: &Token| matches!(token, Token::Text(text) if text.contains('.'));
        let bare_name = !parts.last().is_some_and(|name| name.iter().any(dot));
        Ok(Self { parts, bare_name })
    }

    /// Returns what a path says; `None` where it does not fit the rule. `path` has `/` between its parts.
    #[must_use]
    pub fn read(&self, path: &str) -> Option<PathFound> {
        let names: Vec<&str> = path.split('/').collect();
        let names = names.get(names.len().checked_sub(self.parts.len())?..)?;
        let mut taken = Vec::new();
        for (number, (part, name)) in self.parts.iter().zip(names).enumerate() {
            let is_last = number + 1 == self.parts.len();
            let stem = name.rsplit_once('.').map_or(*name, |(stem, _)| stem);
            let name = if is_last && self.bare_name { stem } else { name };
            if !fits(part, name, &mut taken) {
                return None;
            }
        }
        let text = |hole| taken.iter().find(|(of, _)| *of == hole).map(|(_, text)| (*text).to_owned());
        let number = |hole| text(hole).and_then(|text| text.parse::<u32>().ok());
        let year = number(Hole::Year).and_then(|year| i32::try_from(year).ok());
        let parted = || PartialDate::day_of(year?, number(Hole::Month)?, number(Hole::Day)?);
        Some(PathFound {
            date: text(Hole::Date).and_then(|text| date(&text)).or_else(parted),
            column: text(Hole::Column),
            year,
            paper: text(Hole::Paper),
            page: text(Hole::Page),
        })
    }
}

fn tokens(part: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = part;
    while let Some(start) = rest.find('{') {
        let (before, after) = rest.split_at(start);
        let Some((name, behind)) = after.get(1..).and_then(|after| after.split_once('}')) else {
            return Err(format!("括号没有写完：{after}"));
        };
        if !before.is_empty() {
            tokens.push(Token::Text(before.to_owned()));
        }
        let Some(&(_, hole)) = HOLES.iter().find(|(known, _)| *known == name) else {
            let names: Vec<_> = HOLES.iter().map(|(name, _)| format!("{{{name}}}")).collect();
            return Err(format!("没有 {{{name}}} 这一种；可以是 {}", names.join("、")));
        };
        if let Some(Token::Hole(last)) = tokens.last()
            && last.is_free()
            && hole.is_free()
        {
            return Err(format!("{{{name}}} 和前一个之间要有别的字，否则分不开"));
        }
        tokens.push(Token::Hole(hole));
        rest = behind;
    }
    if !rest.is_empty() {
        tokens.push(Token::Text(rest.to_owned()));
    }
    Ok(tokens)
}

/// Whether a name fits; adds what its holes take. Each takes as little as it can.
fn fits<'t>(tokens: &[Token], name: &'t str, taken: &mut Vec<(Hole, &'t str)>) -> bool {
    match tokens.split_first() {
        None => name.is_empty(),
        Some((Token::Text(text), rest)) => name.strip_prefix(text.as_str()).is_some_and(|name| fits(rest, name, taken)),
        Some((&Token::Hole(hole), rest)) => {
            let ends = name.char_indices().map(|(at, c)| at + c.len_utf8());
            for end in ends {
                let Some((text, behind)) = name.split_at_checked(end) else { continue };
                if !hole.takes(text) {
                    continue;
                }
                let before = taken.len();
                taken.push((hole, text));
                if fits(rest, behind, taken) {
                    return true;
                }
                taken.truncate(before);
            }
            false
        }
    }
}

fn date(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = text.split(['-', '_', '.']).collect();
    let (year, month, day) = match parts.as_slice() {
        [all] if all.len() == 8 => (all.get(..4)?, all.get(4..6)?, all.get(6..)?),
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => (*year, *month, *day),
        _ => return None,
    };
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok())?;
    PartialDate::day_of(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Date, paper, page and column of a path.
    fn read(rule: &str, path: &str) -> Option<[Option<String>; 4]> {
        let found = PathRule::parse(rule).unwrap().read(path)?;
        Some([found.date.map(|date| date.to_string()), found.paper, found.page, found.column])
    }

    #[test]
    fn the_parts_of_a_path_mean_what_the_rule_says() {
        let some = |text: &str| Some(text.to_owned());
        for (rule, path, expected) in [
            (
                "{paper}/{year}/{month}/{day}/{page}.txt",
                "/data/云岭日报/2026/2/7/A01.txt",
                Some([some("2026-02-07"), some("云岭日报"), some("A01"), None]),
            ),
            ("{paper}_{date}", "x/河口晚报_2026-02-27.html", Some([some("2026-02-27"), some("河口晚报"), None, None])),
            ("{column}-{number}.txt", "民生-12.txt", Some([None, None, None, some("民生")])),
            ("{date}{page}-{number}.txt", "20260227A3-1.txt", Some([some("2026-02-27"), None, some("A3"), None])),
            ("{paper}/{*}/{page}.txt", "报/无关/3.txt", Some([None, some("报"), some("3"), None])),
            ("{paper}/{year}/{page}.txt", "报/二〇二六/3.txt", None),
            ("{date}.txt", "20260231.txt", None),
            ("{paper}/{page}.txt", "3.txt", None),
        ] {
            assert_eq!(read(rule, path), expected, "{rule} {path}");
        }
    }

    #[test]
    fn a_rule_that_is_none_says_why() {
        for (rule, why) in [
            ("{paper/{page}", "括号没有写完"),
            ("{title}.txt", "没有 {title} 这一种；可以是 {paper}"),
            ("{paper}{page}", "分不开"),
            ("a/b.txt", "没有一个"),
            ("", "没有一个"),
        ] {
            assert!(PathRule::parse(rule).unwrap_err().contains(why), "{rule}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_rule_and_no_path_make_it_panic(rule in "(\\{(paper|date|page|year|number)\\}|[-_/a.0]|报){0,8}", path in "[-_/a.0-9报]{0,30}") {
            if let Ok(rule) = PathRule::parse(&rule) {
                let _ = rule.read(&path);
            }
        }
    }
}
