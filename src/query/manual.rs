//! The manual page of the query language, made from the table of operators, the table of dates and the field table.

use crate::article::fields::FIELDS;
use crate::text::width::{filled, width};
use std::fmt::Write as _;

/// One row of the table of operators.
#[derive(Debug, Clone, Copy)]
pub struct OperatorRow {
    /// An example of its use, which is a query.
    pub example: &'static str,
    /// What it finds.
    pub finds: &'static str,
    /// What it finds, in English.
    pub gloss: &'static str,
}

/// Every way to put a query together.
pub const OPERATORS: &[OperatorRow] = &[
    operator("养老服务", "标题、引题副题、正文里原样有这几个字", "stands as typed"),
    operator("养老 服务", "两个都有；AND 也是这个意思", "both"),
    operator("养老|托育", "有一个就行；OR 也是这个意思", "either"),
    operator("暴雨 -北京", "有前一个，没有后一个；NOT 也是这个意思", "without the second"),
    operator("(养老|托育) 社区", "括号先算", "brackets group"),
    operator("“高 新 区”", "引号里原样找，里面没有运算符；“” 「」 『』 \"\" 都行", "literally"),
    operator("王?萱", "? 是任意一个字，只在两个字之间才是；不跨段", "any one character"),
    operator("养老 ~10 服务", "两个词之间最多隔十个字，谁先谁后都行，不跨段", "within ten characters, in either order"),
    operator("养老 ~句 服务", "在同一句里", "in one sentence"),
    operator("养老 ~段 服务", "在同一段里", "in one paragraph"),
    operator("养老 ~10 (服务|机构)", "两边都可以是几个词里的一个", "near either"),
    operator("养老{3,}", "全篇至少三次；{2} 恰好两次，{2,5} 二到五次", "three times or more"),
    operator("=AI", "英文词和数字要完整：不算 RAID 里的；同 -w", "a whole word"),
    operator(
        "养老 /[0-9]+(万|亿)元/",
        "段落符合正则；文字先折成半角、小写、简体，去掉空白；写法同 Rust 的 regex",
        "a regular expression",
    ),
    operator("标题:养老", "只在一处找，字段见下；冒号后面不空格，全角也行", "a field"),
    operator("标题:(养老|托育)", "一处里找几个词", "a field of several terms"),
    operator("版:1-4", "几个版，按号码的次序；版:(1|3|A02) 是其中之一", "pages"),
    operator("记者:(付凯明|王?亮)", "姓名要写全，? 是任意一个字", "names, whole"),
    operator("日期:2026-02..", "从这一天或这一月起；写法见下", "dates"),
];

/// Ways to write days: an example, and what it means.
pub const DATES: &[(&str, &str)] = &[
    ("2026", "全年；2026-02、2026年2月、202602 是全月"),
    ("2026-02-27", "一天；2026/2/27、2026.2.27、2026年2月27日、20260227 也行"),
    ("2月27日", "今年的；2月、上半年、第一季度 也是今年的；去年12月、2025年下半年"),
    ("2026-02..2026-03", "从头一天到末一天，两端都算；A.. 和 ..B 有一端不限"),
    ("今天", "昨天、前天、本周、上周（周一起算）、本月、上月、今年、去年、前年"),
    ("近7天", "连今天在内的七天；7d、2w、3m、1y、近两周、近三个月、近半年、近一年"),
];

const fn operator(example: &'static str, finds: &'static str, gloss: &'static str) -> OperatorRow {
    OperatorRow { example, finds, gloss }
}

/// Returns the manual page.
#[must_use]
pub fn manual() -> String {
    let mut page = String::from("检索式 · the query language\n\n写法\n");
    let columns = OPERATORS.iter().map(|row| width(row.example)).max().unwrap_or(0) + 2;
    for row in OPERATORS {
        let _ = writeln!(page, "  {}{} · {}", filled(row.example, columns), row.finds, row.gloss);
    }
    page.push_str("\n字段（中文名或英文名，后面加冒号）\n");
    let names = |row: &crate::article::fields::FieldRow| [&[row.name], row.aliases].concat().join(" ");
    let columns = FIELDS.iter().map(|row| width(&names(row))).max().unwrap_or(0) + 2;
    for row in FIELDS {
        let _ = writeln!(page, "  {}{}", filled(&names(row), columns), row.example);
    }
    page.push_str("\n日期（日期: 和 --date 相同）\n");
    let columns = DATES.iter().map(|(example, _)| width(example)).max().unwrap_or(0) + 2;
    for (example, meaning) in DATES {
        let _ = writeln!(page, "  {}{meaning}", filled(example, columns));
    }
    page.push_str(
        "\n\
         全角半角、大小写、无歧义的繁体字和空白不影响；检索不跨段落。\n\
         词头词尾的 ，。！；、 会去掉；不是字段的词后面的冒号、不成对的引号括号，都是普通文字。\n\
         @名字 是用 save 保存的检索，当作一个括号；dict 里的词单独成词、不在引号里、不是要排除的，也找与它同义的词。\n\
         要原样找任何文字，用引号，或者用 -F（没有任何运算符）。\n\
         在命令行里，带空格、引号、括号、| 的检索式要放在单引号里，如 xunwen search '(养老|托育) 社区'。\n",
    );
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{DateRange, Query, parse};
    use chrono::NaiveDate;

    #[test]
    fn every_example_is_read_without_a_notice_and_its_canonical_text_again() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        let examples = OPERATORS.iter().map(|row| row.example).chain(FIELDS.iter().map(|row| row.example));
        for example in examples {
            let parsed = parse(example, today).unwrap();
            assert_eq!(parsed.notices, Vec::<String>::new(), "{example}");
            assert_eq!(parse(&parsed.query.to_string(), today).unwrap().query, parsed.query, "{example}");
        }
        for (example, _) in DATES {
            assert!(DateRange::parse(example, today).is_ok(), "{example}");
            assert!(matches!(parse(&format!("日期:{example}"), today).unwrap().query, Query::Date(_)), "{example}");
        }
    }

    #[test]
    fn no_example_but_the_first_is_one_plain_term() {
        let plain = |row: &&OperatorRow| {
            let query = parse(row.example, NaiveDate::MIN).unwrap().query;
            matches!(&query, Query::Term(term) if term.text == row.example)
        };
        assert_eq!(OPERATORS.iter().filter(plain).count(), 1);
    }
}
