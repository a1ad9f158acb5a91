//! Packed files: `.gz` and `.zst`, told by their first bytes, unpacked into memory up to a limit.

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use std::borrow::Cow;
use std::io::Read;

/// No file may be larger when unpacked: 4 GiB.
pub const LARGEST: u64 = 4 << 30;
/// A file larger than [`UNSUSPECTED`] may not be so many times larger than it was packed. News packs to a fifth, the
/// most regular text to a hundredth; bombs to a thousandth and less.
pub const LARGEST_RATIO: u64 = 250;
/// Up to this size (64 MiB) any ratio is borne.
pub const UNSUSPECTED: u64 = 64 << 20;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// Why a packed file cannot be unpacked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotUnpacked {
    /// It is damaged, or cut off.
    #[error("压缩文件已损坏：{0}")]
    Damaged(String),
    /// It would become larger than is allowed.
    #[error("解压后超过 {0} MB，可能是压缩炸弹，没有读")]
    TooLarge(u64),
}

/// Returns the content of a packed file, or the bytes themselves where they are not packed.
///
/// # Errors
/// When the file is damaged, or larger than the limits allow. Nothing of it is read then.
pub fn unpack(bytes: &[u8]) -> Result<Cow<'_, [u8]>, NotUnpacked> {
    let limit = LARGEST.min((bytes.len() as u64).saturating_mul(LARGEST_RATIO).max(UNSUSPECTED));
    if bytes.starts_with(GZIP) {
        read_up_to(MultiGzDecoder::new(bytes), limit, Vec::new()).map(Cow::Owned)
    } else if bytes.starts_with(ZSTD) {
        frames(bytes, limit).map(Cow::Owned)
    } else {
        Ok(Cow::Borrowed(bytes))
    }
}

/// Unpacks the frames of a zstd file, one after the other.
fn frames(mut bytes: &[u8], limit: u64) -> Result<Vec<u8>, NotUnpacked> {
    let mut content = Vec::new();
    while !bytes.is_empty() {
        let frame = StreamingDecoder::new(&mut bytes).map_err(|e| NotUnpacked::Damaged(e.to_string()))?;
        content = read_up_to(frame, limit, content)?;
    }
    Ok(content)
}

fn read_up_to(source: impl Read, limit: u64, mut content: Vec<u8>) -> Result<Vec<u8>, NotUnpacked> {
    let left = limit.saturating_sub(content.len() as u64);
    let damaged = |e: std::io::Error| NotUnpacked::Damaged(e.to_string());
    source.take(left + 1).read_to_end(&mut content).map_err(damaged)?;
    if content.len() as u64 > limit { Err(NotUnpacked::TooLarge(limit >> 20)) } else { Ok(content) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;
    use std::io::Write as _;

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(content: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(content, ruzstd::encoding::CompressionLevel::Fastest)
    }

    #[test]
    fn packed_files_come_out_whole_also_in_several_parts() {
        let text = "河灯会开幕\n".repeat(1000).into_bytes();
        for pack in [gzip, zstd] {
            assert_eq!(unpack(&pack(&text)).unwrap(), text);
            let twice = [pack(&text), pack(&text)].concat();
            assert_eq!(unpack(&twice).unwrap(), text.repeat(2));
        }
        assert_eq!(unpack(&text).unwrap(), text);
    }

    #[test]
    fn a_file_cut_off_is_damaged() {
        let text: Vec<u8> = (0..20_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        for packed in [gzip(&text), zstd(&text)] {
            assert!(matches!(unpack(&packed[..packed.len() / 2]), Err(NotUnpacked::Damaged(_))));
        }
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bomb = gzip(&vec![b'0'; (UNSUSPECTED + 1_000_000) as usize]);
        assert_eq!(unpack(&bomb), Err(NotUnpacked::TooLarge(UNSUSPECTED >> 20)));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, which in 0..2) {
            let mark = if which == 0 { &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..] } else { ZSTD };
            let _ = unpack(&[mark, &bytes].concat());
        }
    }
}
