//! Names as records state them: 记者 = 张三、李四, 作者 = 本报记者 张三 通讯员 李四.

use crate::article::{Article, Basis, Byline, Role};
use crate::corpus::byline::{read_byline_line, read_editor_line, read_photo_credit};
use std::borrow::Cow;

/// A name of another language can be long, but hardly longer.
const LONGEST: usize = 40;

/// Adds the names in the values of a column; those said to have another role go there. Returns whether all were read.
pub fn read(article: &mut Article, role: Role, values: &[Cow<'_, str>]) -> bool {
    let mut all = Byline::default();
    for value in values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()) {
        let Some(named) = names(value, role) else { return false };
        for of in Role::ALL {
            named.of(of).iter().for_each(|name| all.add(of, name));
        }
    }
    for of in Role::ALL {
        for name in all.of(of) {
            article.byline.add(of, name);
            article.basis.insert(of.field().to_owned(), Basis::Record);
        }
    }
    !all.is_empty()
}

fn names(value: &str, role: Role) -> Option<Byline> {
    let credit = match role {
        Role::Photographer => read_photo_credit(value).or_else(|| read_byline_line(value)),
        Role::Editor => read_editor_line(value).or_else(|| read_byline_line(value)),
        Role::Reporter | Role::Correspondent | Role::Author | Role::Intern => {
            read_byline_line(value).or_else(|| read_editor_line(value)).or_else(|| read_photo_credit(value))
        }
    };
    if let Some(mut byline) = credit.map(|credit| credit.byline).filter(|byline| !byline.is_empty()) {
        // Names without a role have that of their column.
        for name in std::mem::take(&mut byline.authors) {
            byline.add(role, &name);
        }
        return Some(byline);
    }
    let mut byline = Byline::default();
    for part in value.split(['、', '，', ',', ';', '；', '|', '/', '／', '\t', '\n']) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let is_chinese = |word: &&str| word.chars().all(|c| ('\u{3400}'..='\u{9fff}').contains(&c)) && word.len() > 3;
        if words.len() > 1 && words.iter().all(is_chinese) {
            words.iter().for_each(|name| byline.add(role, name));
        } else if !words.is_empty() {
            // A Chinese name is padded, one of another language has its blanks.
            let is_padded = words.iter().all(|word| !word.is_ascii());
            byline.add(role, &words.join(if is_padded { "" } else { " " }));
        }
    }
    let is_plausible = |name: &String| name.chars().count() <= LONGEST;
    (!byline.is_empty() && byline.of(role).iter().all(is_plausible)).then_some(byline)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(role: Role, value: &str) -> Byline {
        let mut article = Article::default();
        read(&mut article, role, &[value.into()]);
        article.byline
    }

    #[test]
    fn names_have_the_role_of_their_column_or_the_one_they_say() {
        let byline = read_one(Role::Reporter, "付凯明、王亮");
        assert_eq!(byline.reporters, ["付凯明", "王亮"]);
        let byline = read_one(Role::Author, "本报记者 付凯明 通讯员 王亮");
        assert_eq!((byline.reporters, byline.correspondents), (vec!["付凯明".into()], vec!["王亮".into()]));
        assert_eq!(read_one(Role::Author, "付凯明").authors, ["付凯明"]);
        assert_eq!(read_one(Role::Editor, "付凯明").editors, ["付凯明"]);
        assert_eq!(read_one(Role::Author, "John Smith").authors, ["John Smith"]);
        assert_eq!(read_one(Role::Reporter, "孙  兵").reporters, ["孙兵"]);
    }

    proptest::proptest! {
        #[test]
        fn no_value_makes_it_panic(value in "[记者付王亮、 ,摄:（）a]{0,20}|\\PC{0,30}") {
            read_one(Role::Reporter, &value);
            read_one(Role::Editor, &value);
        }
    }
}
