//! `files` and `forget`: what the index knows of files, and taking them out.

use crate::program::Desk;

#[test]
fn a_forgotten_file_is_gone_with_its_reports_and_comes_back_when_read_again() {
    let desk = Desk::ingested();
    let (files, total) = (desk.out(&["files"]), desk.out(&["search", "NOT", "龘龘", "-c"]));
    assert_eq!(files.lines().count(), 10);
    let line = files.lines().find(|line| line.ends_with("\tcorpus/20260312-01.txt")).unwrap();
    let reports: u64 = line.split('\t').next().unwrap().parse().unwrap();
    let ran = desk.run(&["forget", "corpus/20260312-01.txt"]);
    assert!(ran.code == 0 && ran.err.contains(&format!("去掉文件 1 个，报道 {reports} 篇")), "{ran:?}");
    assert_eq!(desk.out(&["files"]).lines().count(), 9);
    let left: u64 = desk.out(&["search", "NOT", "龘龘", "-c"]).trim().parse().unwrap();
    assert_eq!(left + reports, total.trim().parse::<u64>().unwrap());
    assert_eq!(desk.run(&["ingest"]).code, 0);
    assert_eq!((desk.out(&["files"]), desk.out(&["search", "NOT", "龘龘", "-c"])), (files, total));
}

#[test]
fn a_folder_is_forgotten_whole_even_when_it_is_no_longer_there() {
    let desk = Desk::ingested();
    std::fs::remove_dir_all(desk.path("corpus")).unwrap();
    assert_eq!(desk.run(&["forget", "corpus"]).code, 0);
    assert_eq!((desk.run(&["files"]).code, desk.run(&["files"]).out), (1, String::new()));
}

#[test]
fn what_the_index_does_not_hold_cannot_be_forgotten() {
    let desk = Desk::ingested();
    desk.run(&["forget", "corpus/nothing.txt"]).assert_fails(2, "索引里没有这个文件或文件夹");
    desk.run(&["forget", "corpus/2026"]).assert_fails(2, "索引里没有这个文件或文件夹");
    assert_eq!(desk.out(&["files"]).lines().count(), 10);
    Desk::new().run(&["forget", "x"]).assert_fails(5, "没有索引");
}
