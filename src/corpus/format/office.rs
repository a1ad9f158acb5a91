//! Office files of today (`.docx`, `.xlsx`): archives of XML parts, told by which parts they have.

use super::Unreadable;
use crate::corpus::limits;
use crate::corpus::unpack::{NotUnpacked, read_up_to};
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Returns whether an archive has a part.
pub fn has(bytes: &[u8], name: &str) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| archive.index_for_name(name).is_some())
}

/// Returns the text of a part; `None` where there is none of the name.
pub fn part(bytes: &[u8], name: &str) -> Result<Option<String>, Unreadable> {
    let damaged = || Unreadable::from(NotUnpacked::Damaged);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let Some(number) = archive.index_for_name(name) else { return Ok(None) };
    let file = archive.by_index(number).map_err(|_| damaged())?;
    let content = read_up_to(file, limits::largest_of(bytes.len()), Vec::new())?;
    Ok(Some(String::from_utf8_lossy(&content).into_owned()))
}

/// Checks, without keeping anything, that all parts together are no larger than is allowed, whatever they say.
pub fn check_size(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NotUnpacked::Damaged)?;
    let mut left = limits::largest_of(bytes.len());
    let most = left;
    for number in 0..archive.len() {
        let Ok(file) = archive.by_index(number) else { continue };
        // A part that is damaged is found to be so when it is read.
        let size = std::io::copy(&mut file.take(left + 1), &mut std::io::sink()).unwrap_or(0);
        left = left.checked_sub(size).ok_or(NotUnpacked::TooLarge(most >> 20))?;
    }
    Ok(())
}

/// Parts that only files of other kinds have, and what to say of those.
const OTHERS: &[(&str, &str)] = &[
    ("ppt/presentation.xml", "是 PowerPoint 文件，不能直接读；请另存为文本"),
    ("xl/workbook.bin", "是 Excel 的二进制文件（.xlsb），不能直接读；请另存为 .xlsx"),
    ("META-INF/manifest.xml", "是 OpenDocument 文件，不能直接读；请另存为 .docx 或 .xlsx"),
    ("META-INF/container.xml", "是 EPUB，不能直接读；请先转成 HTML 或文本"),
    ("META-INF/MANIFEST.MF", "是 Java 程序，不是文本"),
];

/// Returns what an archive is that is the file of another program, as one sentence.
pub fn foreign(bytes: &[u8]) -> Option<&'static str> {
    OTHERS.iter().find(|(part, _)| has(bytes, part)).map(|(_, what)| *what)
}
