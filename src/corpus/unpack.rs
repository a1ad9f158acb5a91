//! Packed files: `.gz` and `.zst`, told by their first bytes, unpacked into memory up to a limit.

pub mod stream;

use super::limits;
use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use std::borrow::Cow;
use std::io::Read;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// Why a packed file cannot be unpacked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotUnpacked {
    /// It is damaged, or cut off.
    #[error("压缩文件已损坏，或者不完整")]
    Damaged,
    /// It would become larger than is allowed.
    #[error("解压后超过 {0} MB，可能是压缩炸弹，没有读")]
    TooLarge(u64),
}

/// Returns the content of a packed file, or the bytes themselves where they are not packed. It may become as large as
/// [`limits::largest_of`] says, and no larger than `most`.
///
/// # Errors
/// When the file is damaged, or larger than the limits allow. Nothing of it is read then.
pub fn unpack(bytes: &[u8], most: u64) -> Result<Cow<'_, [u8]>, NotUnpacked> {
    let limit = limits::largest_of(bytes.len()).min(most);
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
        let frame = StreamingDecoder::new(&mut bytes).map_err(|_| NotUnpacked::Damaged)?;
        content = read_up_to(frame, limit, content)?;
    }
    Ok(content)
}

/// Reads a source to its end, adding to what is there, to a limit in bytes in all.
///
/// # Errors
/// When it makes no sense, or is longer.
pub fn read_up_to(source: impl Read, limit: u64, mut content: Vec<u8>) -> Result<Vec<u8>, NotUnpacked> {
    let left = limit.saturating_sub(content.len() as u64);
    // Reading from memory fails only where what is read makes no sense.
    source.take(left + 1).read_to_end(&mut content).map_err(|_| NotUnpacked::Damaged)?;
    if content.len() as u64 > limit { Err(NotUnpacked::TooLarge(limit >> 20)) } else { Ok(content) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::limits::UNSUSPECTED;
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
            assert_eq!(unpack(&pack(&text), u64::MAX).unwrap(), text);
            let twice = [pack(&text), pack(&text)].concat();
            assert_eq!(unpack(&twice, u64::MAX).unwrap(), text.repeat(2));
        }
        assert_eq!(unpack(&text, u64::MAX).unwrap(), text);
    }

    #[test]
    fn a_file_cut_off_is_damaged() {
        let text: Vec<u8> = (0..20_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        for packed in [gzip(&text), zstd(&text)] {
            assert!(matches!(unpack(&packed[..packed.len() / 2], u64::MAX), Err(NotUnpacked::Damaged)));
        }
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bomb = gzip(&vec![b'0'; (UNSUSPECTED + 1_000_000) as usize]);
        assert_eq!(unpack(&bomb, u64::MAX), Err(NotUnpacked::TooLarge(UNSUSPECTED >> 20)));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, which in 0..2) {
            let mark = if which == 0 { &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..] } else { ZSTD };
            let _ = unpack(&[mark, &bytes].concat(), u64::MAX);
        }
    }
}
