//! `.zip`: each file in it is read as if it lay in a folder, and named by the archive and its path within.
//!
//! Nothing is ever written, so that no path can lead anywhere; it is made plain all the same. What cannot be read costs
//! only itself.

use super::{Input, Room, Unreadable, read_within};
use crate::article::{Basis, Member, in_archive};
use crate::corpus::decode::decode;
use crate::corpus::limits::{DEEPEST_ARCHIVE, MOST_MEMBERS};
use crate::corpus::unpack::{NotUnpacked, read_up_to};
use crate::corpus::{Known, Reading, Warning, path, walk};
use std::collections::HashMap;
use std::io::Cursor;
use zip::ZipArchive;
use zip::result::ZipError;

/// The name under which archives stand in the list of what was read.
const NAME: &str = "zip";

/// Returns whether bytes are an archive, be it an empty one.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Reads every file of an archive.
pub fn read(input: Input<'_>, room: &Room) -> Result<Reading, Unreadable> {
    if room.depth >= DEEPEST_ARCHIVE {
        return Err(Unreadable::Malformed(format!("压缩包套了 {DEEPEST_ARCHIVE} 层以上，没有读")));
    }
    let mut archive =
        ZipArchive::new(Cursor::new(input.bytes)).map_err(|error| Unreadable::Malformed(fault(&error)))?;
    if archive.len() > MOST_MEMBERS {
        return Err(Unreadable::Malformed(format!("压缩包里的文件超过 {MOST_MEMBERS} 个，没有读")));
    }
    // What an archive says of itself may be a lie; where it is none, nothing has to be unpacked to know.
    if archive.decompressed_size().is_some_and(|size| size > u128::from(room.left())) {
        return Err(NotUnpacked::TooLarge(room.left() >> 20).into());
    }
    let mut all = Reading { format: Some(NAME), ..Reading::default() };
    if archive.has_duplicate_names() {
        all.warnings.push(Warning::of_file("压缩包里有重名的文件，同名的只读了最后一个"));
    }
    for (number, path) in members(&archive) {
        match member(&mut archive, number, &path, input, room) {
            Ok(reading) => add(&mut all, &path, reading),
            Err(Unreadable::NotUnpacked(NotUnpacked::TooLarge(size))) => {
                return Err(NotUnpacked::TooLarge(size).into());
            }
            Err(reason) => all.failed.push(Warning { member: Some(path), ..Warning::of_file(reason.to_string()) }),
        }
    }
    if all == (Reading { format: Some(NAME), ..Reading::default() }) {
        all.warnings.push(Warning::of_file("压缩包里没有可以读的文件"));
    }
    Ok(all)
}

/// The files to read with their paths, in the order of these, so that the same files make the same archive.
fn members(archive: &ZipArchive<Cursor<&[u8]>>) -> Vec<(usize, String)> {
    let entries =
        (0..archive.len()).filter_map(|number| archive.by_index_data(number).ok().map(|entry| (number, entry)));
    let files: Vec<(usize, Vec<u8>)> = entries
        .filter(|(_, entry)| !entry.is_dir() && !entry.is_symlink())
        .map(|(number, entry)| (number, entry.name_raw().to_vec()))
        .collect();
    // Names are short: only together can their encoding be told.
    let names: Vec<&[u8]> = files.iter().map(|(_, name)| name.as_slice()).collect();
    let others: Vec<&[u8]> = names.iter().copied().filter(|name| std::str::from_utf8(name).is_err()).collect();
    let encoding = decode(&others.join(&b'\n'), None).map_or("gb18030", |decoded| decoded.encoding);
    let text = |name: &[u8]| match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => decode(name, Some(encoding))
            .map_or_else(|_| String::from_utf8_lossy(name).into_owned(), |decoded| decoded.text.into_owned()),
    };
    let mut times = HashMap::<String, usize>::new();
    let mut members: Vec<(usize, String)> = Vec::new();
    for (number, name) in &files {
        let path = plain(&text(name));
        if path.is_empty() || walk::is_passed_over(&path) {
            continue;
        }
        // Two names that differ only in their bytes.
        let time = times.entry(path.clone()).or_default();
        *time += 1;
        members.push((*number, if *time > 1 { format!("{path}~{time}") } else { path }));
    }
    members.sort_by(|(_, one), (_, other)| one.cmp(other));
    members
}

/// A path without anything that leads upward or to a root.
fn plain(name: &str) -> String {
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..") && !part.ends_with(':'));
    parts.map(|part| part.replace(char::is_control, "")).collect::<Vec<_>>().join("/")
}

fn member(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    number: usize,
    path: &str,
    input: Input<'_>,
    room: &Room,
) -> Result<Reading, Unreadable> {
    let malformed = |error: ZipError| Unreadable::Malformed(fault(&error));
    if archive.by_index_data(number).is_ok_and(|entry| entry.encrypted()) {
        return Err(Unreadable::Malformed("加了密码，读不了；请解压后再读".to_owned()));
    }
    let left = room.left();
    let content = read_up_to(archive.by_index(number).map_err(malformed)?, left, Vec::new())?;
    room.take(content.len() as u64);
    if content.is_empty() {
        return Ok(Reading { warnings: vec![Warning::of_file("文件是空的")], ..Reading::default() });
    }
    let known = known(path, input.known);
    let name = path.rsplit('/').next().unwrap_or_default();
    let inner = Room { left: room.left.clone(), depth: room.depth + 1 };
    let reading = read_within(Input { bytes: &content, name, known: &known, ..input }, &inner);
    room.left.set(inner.left());
    reading
}

/// What is known of a file: what was given, what its own path says, and else what that of the archive says.
fn known(path: &str, of_archive: &Known) -> Known {
    fn given<T: Clone>(value: &Option<(T, Basis)>) -> Option<(T, Basis)> {
        value.clone().filter(|(_, basis)| *basis == Basis::Given)
    }
    let Known { paper, issue_date, year, page, map } = of_archive;
    let mut known = Known {
        paper: given(paper),
        issue_date: given(issue_date),
        year: given(year),
        page: given(page),
        map: map.clone(),
    };
    path::read_path(path, &mut known);
    Known {
        paper: known.paper.or_else(|| paper.clone()),
        issue_date: known.issue_date.or(*issue_date),
        year: known.year.or(*year),
        page: known.page.or_else(|| page.clone()),
        map: known.map,
    }
}

/// Adds what a file gave.
fn add(all: &mut Reading, path: &str, reading: Reading) {
    let within = |inner: Option<String>| Some(in_archive(path, inner.as_deref()).into_owned());
    let named = |warning: Warning| Warning { member: within(warning.member.clone()), ..warning };
    for (number, mut article) in (1..).zip(reading.articles.into_iter().filter(|article| !article.is_empty())) {
        let (inner, number) = article.member.map_or((None, number), |inner| (Some(inner.path), inner.number));
        article.member = Some(Member { path: in_archive(path, inner.as_deref()).into_owned(), number });
        all.articles.push(article);
    }
    all.warnings.extend(reading.warnings.into_iter().map(named));
    all.failed.extend(reading.failed.into_iter().map(named));
    all.encoding = all.encoding.or(reading.encoding);
    all.replaced += reading.replaced;
}

fn fault(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            "压缩方法不认识，读不了；请用普通的 zip 重新压缩".to_owned()
        }
        ZipError::InvalidPassword => "加了密码，读不了；请解压后再读".to_owned(),
        _ => NotUnpacked::Damaged.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GB18030;
    use std::io::Write as _;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn read_zip(bytes: &[u8]) -> Result<Reading, Unreadable> {
        let known = Known::default();
        super::super::read(Input { bytes, name: "a.zip", encoding: None, format: None, known: &known })
    }

    fn places(reading: &Reading) -> Vec<(String, u64)> {
        let place = |member: &Member| (member.path.clone(), member.number);
        reading.articles.iter().map(|article| place(article.member.as_ref().unwrap())).collect()
    }

    const PAGE: &[u8] = "河灯会开幕\n\n本报讯(记者陆远)昨日，河灯点亮。\n".as_bytes();

    #[test]
    fn each_file_is_read_by_its_own_kind_and_what_is_bad_costs_only_itself() {
        let inner = zipped(&[("内.txt", PAGE)]);
        let bytes = zipped(&[
            ("b/2031-02-03-A02.txt", PAGE),
            ("a.jsonl", b"{\"id\":\"1\",\"title\":\"x\"}\n{\"id\":\"2\",\"title\":\"y\"}\n{\n"),
            ("../../etc/c.csv", "标题,正文\n乙,二\n".as_bytes()),
            ("pic.png", b"\x89PNG\r\n\x1a\n\0"),
            ("inner.zip", &inner),
            (".hidden", b"x"),
            ("__MACOSX/a.txt", PAGE),
        ]);
        let reading = read_zip(&bytes).unwrap();
        let expected =
            [("a.jsonl", 1), ("a.jsonl", 2), ("b/2031-02-03-A02.txt", 1), ("etc/c.csv", 1), ("inner.zip!/内.txt", 1)];
        assert_eq!(places(&reading), expected.map(|(path, number)| (path.to_owned(), number)));
        assert_eq!(reading.articles[2].published.unwrap().to_string(), "2031-02-03");
        let failed: Vec<_> = reading.failed.iter().map(|bad| (bad.member.as_deref().unwrap(), bad.line)).collect();
        assert_eq!(failed, [("a.jsonl", Some(3)), ("pic.png", None)]);
    }

    #[test]
    fn names_in_gbk_are_read_right() {
        // Every name has the same length in the archive and as it is put in its place.
        let mut bytes = zipped(&[("01234567/01.txt", PAGE), ("0123456789012345.txt", PAGE)]);
        for (name, printed) in [("01234567/", "新河日报/"), ("0123456789012345", "河灯会昨晚开幕了")] {
            let printed = GB18030.encode(printed).0;
            while let Some(at) = bytes.windows(name.len()).position(|window| window == name.as_bytes()) {
                bytes[at..at + name.len()].copy_from_slice(&printed);
            }
        }
        let reading = read_zip(&bytes).unwrap();
        let paths: Vec<_> = places(&reading).into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["新河日报/01.txt", "河灯会昨晚开幕了.txt"]);
    }

    #[test]
    fn bombs_nests_and_ruins_are_refused_in_one_line() {
        let zeros = vec![b'0'; 8 << 20];
        let names: Vec<String> = (0..9).map(|n| format!("{n}.bin")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), zeros.as_slice())).collect();
        assert!(matches!(read_zip(&zipped(&files)), Err(Unreadable::NotUnpacked(NotUnpacked::TooLarge(_)))));
        let mut nest = zipped(&[("a.txt", PAGE)]);
        for _ in 0..5 {
            nest = zipped(&[("a.zip", &nest)]);
        }
        let reading = read_zip(&nest).unwrap();
        assert_eq!((reading.articles.len(), reading.failed.len()), (0, 1));
        let whole = zipped(&[("a.txt", PAGE), ("b.txt", PAGE)]);
        for end in (0..whole.len()).step_by(3) {
            let _ = read_zip(&whole[..end]);
        }
        assert_eq!(read_zip(&zipped(&[])).unwrap().warnings.len(), 1);
    }
}
