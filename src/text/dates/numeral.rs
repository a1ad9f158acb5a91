//! Numbers as dates write them: 11, １１, 十一, 二十一, 廿一, and years digit by digit (二〇二六, 二00二).

/// Returns the digit that a folded character stands for.
pub fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '〇' | '○' | '零' | 'o' => Some(0),
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

/// Returns the number that folded characters write, up to 99, and `None` for anything else.
pub fn small(chars: &[char]) -> Option<u32> {
    match *chars {
        [a @ '0'..='9'] => digit(a),
        [a @ '0'..='9', b @ '0'..='9'] => Some(digit(a)? * 10 + digit(b)?),
        ['十'] => Some(10),
        ['十', b] => unit(b).map(|b| 10 + b),
        ['廿'] => Some(20),
        ['廿', b] => unit(b).map(|b| 20 + b),
        ['卅'] => Some(30),
        ['卅', b] => unit(b).map(|b| 30 + b),
        [a, '十'] => unit(a).map(|a| a * 10),
        [a, '十', b] => Some(unit(a)? * 10 + unit(b)?),
        [a] => unit(a),
        // 二一日, 三〇日: digit by digit, the tens first.
        [a @ ('一' | '二' | '三'), b] if !b.is_ascii_digit() => Some(digit(a)? * 10 + digit(b)?),
        _ => None,
    }
}

fn unit(c: char) -> Option<u32> {
    digit(c).filter(|&n| n > 0 && !c.is_ascii_digit())
}

/// Returns the year that four digits write, of whatever kind.
pub fn year(chars: &[char]) -> Option<i32> {
    let &[a, b, c, d] = chars else { return None };
    let number = digit(a)? * 1000 + digit(b)? * 100 + digit(c)? * 10 + digit(d)?;
    i32::try_from(number).ok().filter(|year| (1000..=2999).contains(year))
}

/// Returns whether a folded character can be part of a number.
pub fn is_numeral(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '廿' | '卅')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_script() {
        let read = |text: &str| small(&text.chars().collect::<Vec<_>>());
        for (text, number) in [
            ("1", 1),
            ("31", 31),
            ("十", 10),
            ("十一", 11),
            ("二十", 20),
            ("三十一", 31),
            ("廿九", 29),
            ("卅", 30),
            ("九", 9),
            ("二一", 21),
            ("三〇", 30),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        for text in ["", "百", "123", "十十", "一2", "〇"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn years_are_read_digit_by_digit() {
        for text in ["2026", "二〇二六", "二○二六", "二零二六", "二o二六", "二02六"] {
            assert_eq!(year(&text.chars().collect::<Vec<_>>()), Some(2026), "{text}");
        }
        assert_eq!(year(&['0', '0', '1', '2']), None);
    }
}
