//! A folder as newsrooms have them: every format, encoding and fault in one place, and what is said of each file.

use crate::program::Desk;
use serde_json::json;
use std::io::Write as _;

const PAGE: &str = "街道食堂开张\n\n本报讯(记者付凯明)3月2日,柳溪街道食堂开张,六十位老人来吃了第一顿饭。\n";
const TRADITIONAL: &str =
    "社區食堂開張\n\n【本報訊】社區食堂昨日開張，六十位長者前來用餐，區公所人員到場說明服務內容。\n";

const WORD: &str = "<w:document><w:p><w:r><w:t>茶馆说书</w:t></w:r></w:p>\
    <w:p><w:r><w:t>柳溪茶馆每晚说书，座无虚席。</w:t></w:r></w:p></w:document>";
const SHEET: &str = "<worksheet><sheetData>\
    <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>标题</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>版次</t></is></c></row>\
    <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>渡口通航</t></is></c><c r=\"B2\" t=\"inlineStr\"><is><t>A3</t></is></c></row>\
    <row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>A4</t></is></c></row></sheetData></worksheet>";
const WORKBOOK: &str =
    "<workbook xmlns:r=\"x\"><sheets><sheet name=\"甲\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn excel_file() -> Vec<u8> {
    let link = |kind: &str, target: &str| {
        format!("<Relationships><Relationship Id=\"r1\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    zipped(&[
        ("_rels/.rels", link("officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", link("worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", SHEET.as_bytes()),
    ])
}

/// A name as archives made under Chinese Windows hold it: in GBK, which `zip` does not write.
fn with_gbk_name(archive: &[u8], name: &str, of_same_length: &str) -> Vec<u8> {
    let (gbk, _, _) = encoding_rs::GBK.encode(name);
    assert_eq!(gbk.len(), of_same_length.len());
    let mut bytes = archive.to_vec();
    for at in 0..bytes.len() - gbk.len() {
        if bytes[at..].starts_with(of_same_length.as_bytes()) {
            bytes[at..at + gbk.len()].copy_from_slice(&gbk);
        }
    }
    bytes
}

/// Makes the folder.
fn mixed() -> Desk {
    let desk = Desk::new();
    let record = |id: &str, title: &str| json!({"id": id, "title": title, "date": "2026-03-02", "点击": 8}).to_string();
    desk.write("news/01.txt", PAGE);
    desk.write("news/02-gbk.txt", encoding_rs::GBK.encode(PAGE).0);
    desk.write("news/03-big5.txt", encoding_rs::BIG5.encode(TRADITIONAL).0);
    let utf_16: Vec<u8> = [0xff, 0xfe].into_iter().chain(PAGE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    desk.write("news/04-utf16.txt", utf_16);
    desk.write("news/05-bom.txt", ["\u{feff}", PAGE].concat());
    desk.write("news/06.json", format!("[{},{}]", record("a", "夜校开课"), record("b", "书屋开门")));
    desk.write(
        "news/07.jsonl",
        format!("{}\n{{\"id\": \"d\", \"title\": \n{}\n", record("c", "澡堂关门"), record("c", "灯会")),
    );
    desk.write("news/08.csv", "标题,正文\n=1+1,甲\n乙,二,三\n,\n");
    desk.write("news/09.tsv", "标题\t正文\n灯市\t河灯点亮。\n");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(record("e", "桥通车").as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    desk.write("news/10.json.gz", &gzip);
    desk.write("news/11-cut.json.gz", &gzip[..gzip.len() / 2]);
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    desk.write(
        "news/12.jsonl.zst",
        ruzstd::encoding::compress_to_vec(format!("{0}\n{0}\n", record("f", "路修好")).as_bytes(), level),
    );
    desk.write("news/13-empty.txt", "");
    desk.write("news/14-binary.txt", b"\x7fELF\x02\0\0\x01");
    desk.write("news/15-broken.txt", [PAGE.repeat(20).as_bytes(), b"\xff\xfe\n"].concat());
    desk.write(
        "news/16.html",
        "<!DOCTYPE html><html><head><title>花市迎客-柳溪新闻网</title></head><body><nav><a href=/>首页</a></nav>\
         <h1>花市迎客</h1><p>三月四日，柳溪花市迎来第一批客人，摊位比去年多了两成，花农说今年暖得早。</p>\
         <p>市场管理方在入口增设了两处休息区，并开通了到火车站的摆渡车。</p></body></html>",
    );
    desk.write("news/17.md", "---\ntitle: 剧社招新\ndate: 2026-03-06\n---\n\n**柳溪剧社**招新，零基础也可以报名。\n");
    desk.write("news/18.docx", zipped(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", WORD.as_bytes())]));
    desk.write("news/19.xlsx", excel_file());
    desk.write(
        "news/20.xml",
        "<rss><channel><item><title>鱼苗入河</title><description>十万尾鱼苗放入柳溪。</description></item></channel></rss>",
    );
    let cut = "{\"id\": \"g\", \"title\": \"桥灯亮了\"}\n{\"id\": ";
    let archive = zipped(&[("xxxx.txt", PAGE.as_bytes()), ("b.jsonl", cut.as_bytes()), ("../c.txt", PAGE.as_bytes())]);
    desk.write("news/21.zip", with_gbk_name(&archive, "柳溪.txt", "xxxx.txt"));
    desk.write("news/22.pdf", b"%PDF-1.7\n%\xe2\xe3\n");
    desk.write("news/=cmd.txt", PAGE);
    desk.write("news/.hidden.txt", PAGE);
    desk.write("news/draft.bak", PAGE);
    desk.write("news/.xunwenignore", "*.bak\n");
    desk
}

/// The rows of the report, without the columns that only tell of the page reader.
fn rows(desk: &Desk, name: &str) -> Vec<Vec<String>> {
    let bytes = std::fs::read(desk.path(name)).unwrap();
    let text = std::str::from_utf8(&bytes).unwrap().strip_prefix('\u{feff}').unwrap(); // spreadsheets want the mark
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let folder = desk.path("news").canonicalize().unwrap().display().to_string();
    let here = |cell: &str| cell.replace(&format!("{folder}/"), "");
    reader.records().map(|row| row.unwrap().iter().map(here).collect()).collect()
}

#[test]
fn every_file_of_a_mixed_folder_has_its_row_and_every_fault_its_place() {
    let desk = mixed();
    let ran = desk.run(&["ingest", "news", "--index", "index", "--report", "report.csv"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let rows = rows(&desk, "report.csv");
    assert_eq!(
        rows[0],
        ["file", "status", "format", "encoding", "replaced", "reports", "failed", "warnings", "fields", "notes"]
    );
    let told: Vec<String> = rows[1..].iter().map(|row| [&row[..8], &row[9..]].concat().join("; ")).collect();
    let golden = [
        "01.txt; read; text; UTF-8; 0; 1; 0; 0; ",
        "02-gbk.txt; read; text; gb18030; 0; 1; 0; 0; ",
        "03-big5.txt; read; text; Big5; 0; 1; 0; 0; ",
        "04-utf16.txt; read; text; UTF-16LE; 0; 1; 0; 0; ",
        "05-bom.txt; read; text; UTF-8; 0; 1; 0; 0; ",
        "06.json; read; json; UTF-8; 0; 2; 0; 0; ",
        "07.jsonl; read; jsonl; UTF-8; 0; 2; 1; 1; 07.jsonl:2：JSON 没有写完 | 07.jsonl:3：编号 c 不止一次出现，这一条记作 c~2",
        "08.csv; read; csv; UTF-8; 0; 1; 2; 0; 08.csv:3：有 3 列，第一行只有 2 列 | 08.csv:4：既没有标题也没有正文",
        "09.tsv; read; tsv; UTF-8; 0; 1; 0; 0; ",
        "10.json.gz; read; json; UTF-8; 0; 1; 0; 0; ",
        "11-cut.json.gz; failed; ; ; 0; 0; 0; 0; 压缩文件已损坏，或者不完整",
        "12.jsonl.zst; read; jsonl; UTF-8; 0; 2; 0; 1; 12.jsonl.zst:2：编号 f 不止一次出现，这一条记作 f~2",
        "13-empty.txt; read; ; ; 0; 0; 0; 1; 13-empty.txt：文件是空的",
        "14-binary.txt; failed; ; ; 0; 0; 0; 0; 是程序，不是文本",
        "15-broken.txt; read; text; UTF-8; 2; 20; 0; 1; 15-broken.txt：按 UTF-8 解码时有 2 处无法识别，已用 \u{fffd} 代替",
        "16.html; read; html; UTF-8; 0; 1; 0; 0; ",
        "17.md; read; markdown; UTF-8; 0; 1; 0; 0; ",
        "18.docx; read; docx; ; 0; 1; 0; 0; ",
        "19.xlsx; read; xlsx; ; 0; 1; 1; 0; 19.xlsx:3：既没有标题也没有正文",
        "20.xml; read; rss; UTF-8; 0; 1; 0; 0; ",
        "21.zip; read; zip; UTF-8; 0; 3; 1; 0; 21.zip!/b.jsonl:2：JSON 没有写完",
        "22.pdf; failed; ; ; 0; 0; 0; 0; 是 PDF，不能直接读；请先转成文本，例如 pdftotext -layout",
        "=cmd.txt; read; text; UTF-8; 0; 1; 0; 0; ",
    ];
    let numbers = |line: &String| line.split("; ").take(8).map(str::to_owned).collect::<Vec<_>>();
    for (row, golden) in told.iter().zip(golden) {
        if golden.starts_with("15-") {
            // How many reports a page repeated makes is the page reader's business.
            assert_eq!(numbers(row)[..5], numbers(&golden.to_owned())[..5]);
            assert!(row.contains("解码时有 2 处无法识别"), "{row}");
        } else {
            assert_eq!(row, golden);
        }
    }
    assert_eq!(told.len(), golden.len());
    assert_eq!(rows[6][8], "extra=2 key=2 published=2 title=2");
    for line in [
        "07.jsonl:2：JSON 没有写完",
        "08.csv:3：有 3 列",
        "08.csv:4：既没有标题",
        "11-cut.json.gz：压缩文件已损坏",
        "21.zip!/b.jsonl:2：JSON 没有写完",
        "22.pdf：是 PDF",
    ] {
        assert!(ran.err.lines().any(|said| said.starts_with("警告：") && said.contains(line)), "{line}: {}", ran.err);
    }
    for (word, times) in [
        ("街道食堂开张", 7),
        ("社區食堂", 1),
        ("夜校", 1),
        ("书屋", 1),
        ("澡堂", 1),
        ("灯会", 1),
        ("灯市", 1),
        ("桥通车", 1),
        ("路修好", 2),
        ("花市", 1),
        ("剧社", 1),
        ("说书", 1),
        ("渡口", 1),
        ("鱼苗", 1),
        ("桥灯", 1),
    ] {
        let count: usize = desk.run(&["search", "-F", "-c", word, "--index", "index"]).out.trim().parse().unwrap();
        assert!(count >= times, "{word}: {count}");
    }
}

#[test]
fn a_second_run_changes_nothing_and_then_exactly_what_was_changed() {
    let desk = mixed();
    let run = || desk.run(&["ingest", "news", "--index", "index", "--report", "report.csv", "--prune"]);
    let commit = || std::fs::read(desk.path("index/v-1/meta.json")).unwrap();
    let ids = |word: &str| desk.out(&["search", "-F", word, "--ids", "--index", "index"]);
    run();
    let (first, others) = (commit(), ids("书屋开门"));
    let again = run();
    assert_eq!((again.code, commit() == first), (3, true), "{again:?}");
    let unchanged = rows(&desk, "report.csv").iter().filter(|row| row[1] == "unchanged").count();
    assert_eq!(unchanged, 20, "{again:?}");
    // Touch one, change one, remove one.
    let touched = std::fs::File::options().append(true).open(desk.path("news/06.json")).unwrap();
    touched.set_modified(std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000)).unwrap();
    desk.write("news/09.tsv", "标题\t正文\n庙会\t河灯点亮。\n");
    std::fs::remove_file(desk.path("news/01.txt")).unwrap();
    let ran = run();
    let changed: Vec<_> =
        rows(&desk, "report.csv").into_iter().filter(|row| row[1] == "read").map(|row| row[0].clone()).collect();
    assert_eq!(changed, ["09.tsv"], "{ran:?}");
    assert!(ran.err.contains("去掉 1") && ran.err.contains("读入报道 1 篇"), "{ran:?}");
    assert_eq!(ids("书屋开门"), others);
    assert_eq!(desk.run(&["search", "-F", "-c", "灯市", "--index", "index"]).out, "0\n");
    assert_eq!(run().code, 3);
}

#[test]
fn a_map_names_the_columns_of_others_and_the_rest_is_kept() {
    let desk = Desk::new();
    desk.write("news/a.csv", "稿件名,内文,撰稿人,签发日,部门\n夜校开课,面点班报满。,付凯明,2026-03-04,要闻部\n");
    desk.write("map.toml", "# 我们的稿库\n\"稿件名\" = \"title\"\n\"内文\" = \"body\"\n\"撰稿人\" = \"reporters\"\n\"签发日\" = \"published\"\n");
    let ran = desk.run(&["ingest", "news", "--index", "index", "--map", "map.toml"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let hit = &desk.json_lines(&["search", "夜校", "--reporter", "付凯明", "--jsonl", "--index", "index"])[0];
    assert_eq!((hit["published"].as_str(), hit["basis"]["published"].as_str()), (Some("2026-03-04"), Some("record")));
    assert_eq!(hit["extra"], json!({"部门": "要闻部"}));
    let shown = desk.out(&["show", hit["id"].as_str().unwrap(), "--index", "index"]);
    assert!(shown.contains("部门") && shown.contains("要闻部"), "{shown}");
    desk.write("map.toml", "\"稿件名\" = \"title\"\n\"内文\" = \"bodi\"\n");
    let ran = desk.run(&["ingest", "news", "--index", "index", "--map", "map.toml"]);
    ran.assert_fails(2, "map.toml:2：没有“bodi”这个字段");
    desk.run(&["ingest", "news", "--index", "index", "--map", "no.toml"]).assert_fails(2, "no.toml：没有这个文件");
}

#[test]
fn a_rule_tells_what_the_parts_of_a_path_mean() {
    let desk = Desk::new();
    desk.write("news/河口/2026/3/5/A7.txt", PAGE);
    desk.write(
        "news/河口/2026/3/5/A8.jsonl",
        "{\"title\":\"夜校开课\",\"date\":\"2026-03-04\"}\n{\"title\":\"书屋\"}\n",
    );
    desk.write("news/别处.txt", PAGE);
    let rule = ["--path-rule", "{paper}/{year}/{month}/{day}/{page}"];
    let wrong = desk.run(&["ingest", "news", "--index", "index", "--path-rule", "{paper}/{tome}"]);
    wrong.assert_fails(2, "没有 {tome} 这一种");
    let ran = desk.run(&[&["ingest", "news", "--index", "index"], &rule[..]].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("日期 2026-03-04 与路径里的 2026-03-05 不一致"), "{ran:?}");
    assert!(ran.err.contains("有 1 个文件的路径不合 --path-rule"), "{ran:?}");
    let hit = &desk.json_lines(&["search", "食堂", "--page", "A7", "--jsonl", "--index", "index"])[0];
    assert_eq!((hit["paper"].as_str(), hit["published"].as_str()), (Some("河口"), Some("2026-03-05")));
    assert_eq!(hit["basis"]["published"], "path");
}
