//! `doctor`: the index examined.

use crate::program::Desk;

#[test]
fn a_whole_index_has_no_faults() {
    let desk = Desk::ingested();
    let ran = desk.run(&["doctor", "--samples", "160", "--hard", "40"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("随机抽取 200 段文字") && ran.out.contains("没有发现问题"), "{ran:?}");
}

#[test]
fn a_flipped_byte_is_found() {
    let desk = Desk::ingested();
    let folder = desk.path("index/v-1");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let positions = files.iter().find(|path| path.extension().is_some_and(|e| e == "pos")).unwrap();
    let mut bytes = std::fs::read(positions).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(positions, bytes).unwrap();
    let ran = desk.run(&["doctor"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("问题：文件损坏"), "{ran:?}");
}

#[test]
fn the_fold_table_lists_pairs_of_single_characters() {
    let table = Desk::new().out(&["doctor", "--fold-table"]);
    for line in table.lines() {
        let pair: Vec<char> = line.chars().collect();
        assert!(matches!(pair.as_slice(), [_, '\t', _]), "{line:?}");
    }
    assert!(table.contains("養\t养\n") && table.contains("Ａ\ta\n") && !table.contains("著\t"));
}
