//! What is no text and not read here, told by its first bytes, with what to do about it.

/// First bytes (from a place on), and the sentence.
const SIGNS: &[(usize, &[u8], &str)] = &[
    (0, b"%PDF-", "是 PDF，不能直接读；请先转成文本，例如 pdftotext -layout"),
    (
        0,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "是旧版 Office 文件（.doc、.xls、.ppt），或者加了密码，不能直接读；请另存为 .docx 或 .xlsx",
    ),
    (0, b"{\\rtf", "是 RTF，不能直接读；请另存为 .txt"),
    (0, b"SQLite format 3\0", "是 SQLite 数据库，不能直接读；请先导出为 CSV 或 JSON"),
    (0, b"\x89PNG\r\n", "是图片，没有文字可读；请先用文字识别（OCR）转成文本"),
    (0, b"\xff\xd8\xff", "是图片，没有文字可读；请先用文字识别（OCR）转成文本"),
    (0, b"GIF8", "是图片，没有文字可读；请先用文字识别（OCR）转成文本"),
    (0, b"II*\0", "是图片，没有文字可读；请先用文字识别（OCR）转成文本"),
    (0, b"MM\0*", "是图片，没有文字可读；请先用文字识别（OCR）转成文本"),
    (8, b"WEBP", "是图片，没有文字可读；请先用文字识别（OCR）转成文本"),
    (0, b"AT&TFORM", "是 DjVu，不能直接读；请先转成文本，例如 djvutxt"),
    (0, b"7z\xbc\xaf\x27\x1c", "是 7z 压缩包，不能直接读；请先解压，或改用 .zip"),
    (0, b"Rar!\x1a\x07", "是 RAR 压缩包，不能直接读；请先解压，或改用 .zip"),
    (0, b"\xfd7zXZ\0", "是 xz 压缩文件，不能直接读；请先解压，或改用 .gz、.zst"),
    (0, b"BZh", "是 bzip2 压缩文件，不能直接读；请先解压，或改用 .gz、.zst"),
    (257, b"ustar", "是 tar 包，不能直接读；请先解开，或改用 .zip"),
    (0, b"\x7fELF", "是程序，不是文本"),
    (0, b"MZ\x90\0", "是程序，不是文本"),
    (0, b"ID3", "是音频，没有文字可读"),
    (0, b"RIFF", "是音频或视频，没有文字可读"),
    (4, b"ftyp", "是音频或视频，没有文字可读"),
    (0, b"\x1aE\xdf\xa3", "是音频或视频，没有文字可读"),
    (0, b"PAR1", "是 Parquet 表格，不能直接读；请先导出为 CSV 或 JSON"),
];

/// Returns what bytes are that are no text, as one sentence.
pub fn what(bytes: &[u8]) -> Option<&'static str> {
    // Letters alone are also how a text can begin: those signs count only where no text can be.
    let is_text =
        |sign: &[u8]| sign.is_ascii() && !sign.contains(&0) && !sign.starts_with(b"%PDF") && !sign.starts_with(b"{");
    let has_controls = || bytes.iter().take(512).any(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31));
    SIGNS
        .iter()
        .find(|(at, sign, _)| {
            bytes.get(*at..).is_some_and(|rest| rest.starts_with(sign)) && (!is_text(sign) || has_controls())
        })
        .map(|(.., what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_named_with_what_to_do() {
        assert!(what(b"%PDF-1.7\n%\xe2\xe3").is_some_and(|what| what.contains("pdftotext")));
        assert!(what(b"\x89PNG\r\n\x1a\n\0\0").is_some_and(|what| what.contains("OCR")));
        assert!(what(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0").is_some_and(|what| what.contains(".doc")));
        assert!(what(b"BZh91AY&SY\0\x01").is_some());
        for text in ["BZh 是一个代号", "GIF8 是什么", "RIFF 乐队来了", "河灯会开幕", ""] {
            assert_eq!(what(text.as_bytes()), None, "{text}");
        }
    }
}
