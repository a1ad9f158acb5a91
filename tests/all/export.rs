//! `export`, `cite`, and workbooks: reports on their way out, held against the reports as JSON.

use crate::forms::empty;
use crate::program::Desk;
use calamine::{Data, Reader as _, Xlsx};
use serde_json::Value;
use std::collections::BTreeSet;

fn sheet(path: &std::path::Path) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn ids(lines: &[Value]) -> BTreeSet<String> {
    lines.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_export_is_every_report_of_the_query_as_it_is_kept() {
    let desk = Desk::ingested();
    let exported = desk.json_lines(&["export", "养老"]);
    let hits = desk.json_lines(&["search", "养老", "--all", "--jsonl"]);
    assert!(hits.len() > 5);
    assert_eq!(ids(&exported), ids(&hits));
    for report in &exported {
        assert_eq!(report, &desk.json_lines(&["show", "--json", report["id"].as_str().unwrap()])[0]);
    }
    let all = desk.json_lines(&["search", "--date", "1900..2100", "--all", "--jsonl"]);
    assert_eq!(ids(&desk.json_lines(&["export"])), ids(&all), "every sample has a date");
    assert_eq!(desk.json_lines(&["export", "养老", "-n", "3"]).len(), 3);
    assert_eq!(desk.run(&["export", "没有这样的文字XYZ"]).code, 1);
    assert_eq!(empty().run(&["export"]).code, 1);
}

#[test]
fn what_was_exported_as_json_can_be_ingested_again() {
    let desk = Desk::ingested();
    assert_eq!(desk.run(&["export", "养老服务", "-o", "out.jsonl"]).code, 0);
    let other = Desk::new();
    other.write("out.jsonl", std::fs::read(desk.path("out.jsonl")).unwrap());
    assert_eq!(other.run(&["ingest", "out.jsonl", "--index", "index"]).code, 0);
    let values = |desk: &Desk| {
        let hits = desk.json_lines(&["search", "养老服务", "--all", "--jsonl", "--sort", "oldest"]);
        let kept = ["title", "body", "reporters", "correspondents", "paper", "page", "published"];
        hits.iter().map(|hit| kept.map(|key| hit[key].to_string())).collect::<BTreeSet<_>>()
    };
    assert_eq!(values(&other), values(&desk));
}

#[test]
fn tables_hold_the_text_and_are_never_written_over() {
    let desk = Desk::ingested();
    let reports = desk.json_lines(&["export", "养老服务", "--sort", "oldest"]);
    let args = ["export", "养老服务", "--sort", "oldest"];
    let table = desk.out(&[&args[..], &["--csv", "--fields", "id,body"]].concat());
    let rows: Vec<_> = csv::Reader::from_reader(table.as_bytes()).records().map(Result::unwrap).collect();
    let ran = desk.run(&[&args[..], &["--xlsx", "out.xlsx", "--fields", "编号,正文,date"]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    assert!(ran.err.contains("导出 8 篇，写入 ") && ran.err.contains("out.xlsx"), "{ran:?}");
    let cells = sheet(&desk.path("out.xlsx"));
    assert_eq!(cells[0], ["编号", "正文", "日期"].map(|text| Data::String(text.into())));
    assert_eq!((cells.len() - 1, rows.len()), (reports.len(), reports.len()));
    for ((report, row), cells) in reports.iter().zip(&rows).zip(&cells[1..]) {
        let body: Vec<&str> = report["body"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
        assert_eq!(row, vec![report["id"].as_str().unwrap(), &body.join("\n")]);
        assert_eq!((cells[0].to_string().as_str(), cells[1].to_string()), (&row[0], body.join("\n")));
    }
    for taken in [&["--xlsx", "out.xlsx"][..], &["-o", "out.xlsx"]] {
        desk.run(&[&args[..], taken].concat()).assert_fails(2, "已经有 ");
    }
    desk.run(&["search", "养老", "--xlsx", "out.xlsx"]).assert_fails(2, "已经有 ");
    let ran = desk.run(&["search", "--date", "1900..", "--xlsx", "out.xlsx", "--force"]);
    assert!(ran.code == 0 && ran.err.contains("以上是第 1–10 篇") && ran.err.contains("；写入 "), "{ran:?}");
    assert_eq!((sheet(&desk.path("out.xlsx")).len(), sheet(&desk.path("out.xlsx"))[0].len()), (11, 22));
    desk.run(&["export", "养老", "--xlsx", "nowhere/out.xlsx"]).assert_fails(2, "不能写入");
    desk.run(&["export", "养老", "--csv", "--jsonl"]).assert_fails(2, "不能与");
    desk.run(&["export", "养老", "--fields", "id"]).assert_fails(2, "--fields 是表格的列");
}

#[test]
fn each_report_is_a_text_file_named_by_date_page_and_headline() {
    let desk = Desk::ingested();
    let reports = desk.json_lines(&["export", "养老服务"]);
    assert_eq!(desk.run(&["export", "养老服务", "--text", "out"]).code, 0);
    let names = || -> BTreeSet<String> {
        let entries = std::fs::read_dir(desk.path("out")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names().len(), reports.len());
    for report in &reports {
        let id = report["id"].as_str().unwrap();
        let name = names().into_iter().find(|name| name.ends_with(&format!("_{id}.txt"))).unwrap();
        assert!(name.starts_with(report["date"].as_str().unwrap()), "{name}");
        assert_eq!(std::fs::read_to_string(desk.path("out").join(&name)).unwrap(), desk.out(&["show", id]));
    }
    desk.run(&["export", "养老服务", "--text", "out"]).assert_fails(2, "已经有 ");
    assert_eq!(desk.run(&["export", "养老服务", "--text", "out", "--force"]).code, 0);
    assert_eq!(names().len(), reports.len());
}

#[cfg(unix)]
#[test]
fn a_link_in_the_way_is_replaced_and_never_written_through() {
    let desk = Desk::ingested();
    desk.write("precious.txt", "mine");
    std::os::unix::fs::symlink(desk.path("precious.txt"), desk.path("out.jsonl")).unwrap();
    desk.run(&["export", "养老", "-o", "out.jsonl"]).assert_fails(2, "已经有 ");
    assert_eq!(desk.run(&["export", "养老", "-o", "out.jsonl", "--force"]).code, 0);
    assert_eq!(std::fs::read_to_string(desk.path("precious.txt")).unwrap(), "mine");
}

#[test]
fn references_name_what_they_lack() {
    let desk = Desk::ingested();
    let id = |word: &str| desk.out(&["search", word, "--ids", "-n", "1"]).trim().to_owned();
    let whole = id("社区里来了“养老服务管家”");
    let ran = desk.run(&["cite", &whole]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert_eq!(ran.out, "林晓燕, 云民宣. 社区里来了“养老服务管家”[N]. 云岭日报, 2026-01-15(A03).\n");
    let lacking = id("高新区专题部署养老服务提质增效");
    let ran = desk.run(&["cite", &whole, &lacking[..6]]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 2), "{ran:?}");
    assert!(ran.err.contains(&format!("提示：{lacking} 缺 报纸名、版次、见报日期")), "{ran:?}");
    assert!(desk.out(&["cite", &whole, "--ris"]).starts_with("TY  - NEWS\nAU  - 林晓燕\n"));
    assert!(desk.out(&["cite", &whole, "--bibtex"]).starts_with(&format!("@article{{{whole},\n")));
    desk.run(&["cite", &whole, "zzzzzz"]).assert_fails(2, "没有这个编号的报道");
    desk.run(&["cite"]).assert_fails(2, "缺少");
}

#[test]
fn counts_are_a_workbook_too() {
    let desk = Desk::ingested();
    let ran = desk.run(&["tally", "--by", "记者", "--by", "月", "--xlsx", "out.xlsx"]);
    assert!(ran.code == 0 && ran.out.is_empty() && ran.err.contains("写入 "), "{ran:?}");
    let cells = sheet(&desk.path("out.xlsx"));
    let text = |text: &str| Data::String(text.to_owned());
    let header = ["记者", "合计", "2026-01", "2026-02", "2026-03"].map(text);
    assert_eq!(cells[0], header);
    let row = cells.iter().find(|row| row[0] == text("付凯明")).unwrap();
    assert_eq!(row[1..], [7.0, 0.0, 6.0, 1.0].map(Data::Float));
    desk.run(&["tally", "--by", "记者", "--xlsx", "out.xlsx"]).assert_fails(2, "已经有 ");
    assert_eq!(desk.run(&["tally", "--by", "记者", "--xlsx", "out.xlsx", "--force"]).code, 0);
    let cells = sheet(&desk.path("out.xlsx"));
    assert_eq!(cells[0], ["记者", "篇数"].map(text));
    assert_eq!(desk.run(&["facet", "报", "--xlsx", "papers.xlsx"]).code, 0);
    assert_eq!(sheet(&desk.path("papers.xlsx"))[1][0], text("云岭日报"));
    desk.run(&["tally", "--by", "记者", "--xlsx", "a.xlsx", "--csv"]).assert_fails(2, "不能与");
    // What is put aside while a sheet is filled is gone with it.
    let left = std::fs::read_dir(desk.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.filter_map(|name| name.into_string().ok()).all(|name| !name.starts_with(".tmp")));
}
