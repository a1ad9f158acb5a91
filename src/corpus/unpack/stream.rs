//! Packed files too long to be held, unpacked as they are read.

use super::{GZIP, NotUnpacked, ZSTD, limits};
use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use std::io::{self, BufRead, Read};

/// Returns whether a file that begins so is packed.
#[must_use]
pub fn is_packed(head: &[u8]) -> bool {
    head.starts_with(GZIP) || head.starts_with(ZSTD)
}

/// Returns the content of a file of `size` bytes, packed or not, under the limits of [`super::unpack`].
///
/// # Errors
/// When the file cannot be read. Reading may fail with a [`NotUnpacked`] within.
pub fn reader<'a>(mut source: impl BufRead + 'a, size: u64) -> io::Result<Box<dyn Read + 'a>> {
    let left = limits::largest_of(usize::try_from(size).unwrap_or(usize::MAX));
    let head = source.fill_buf()?;
    Ok(if head.starts_with(GZIP) {
        Box::new(Limited { source: MultiGzDecoder::new(source), left, limit: left })
    } else if head.starts_with(ZSTD) {
        Box::new(Limited { source: Frames { state: Some(State::Between(source)) }, left, limit: left })
    } else {
        Box::new(source)
    })
}

/// The frames of a zstd file, one after the other.
struct Frames<R: BufRead> {
    /// `None` after a fault.
    state: Option<State<R>>,
}

enum State<R: BufRead> {
    Between(R),
    Within(Box<StreamingDecoder<R, FrameDecoder>>),
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.state.take() {
                None => return Err(damaged()),
                Some(State::Between(mut source)) => {
                    if source.fill_buf()?.is_empty() {
                        self.state = Some(State::Between(source));
                        return Ok(0);
                    }
                    let frame = StreamingDecoder::new(source).map_err(|_| damaged())?;
                    self.state = Some(State::Within(Box::new(frame)));
                }
                Some(State::Within(mut frame)) => {
                    let length = frame.read(buffer)?;
                    if length > 0 || buffer.is_empty() {
                        self.state = Some(State::Within(frame));
                        return Ok(length);
                    }
                    self.state = Some(State::Between(frame.into_inner()));
                }
            }
        }
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, NotUnpacked::Damaged)
}

/// Fails where a file becomes larger than is allowed. What cannot be unpacked is damaged, whatever the library calls it.
struct Limited<R> {
    source: R,
    left: u64,
    limit: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(buffer).map_err(|_| damaged())?;
        match self.left.checked_sub(length as u64) {
            Some(left) => self.left = left,
            None => {
                let bomb = NotUnpacked::TooLarge(self.limit >> 20);
                return Err(io::Error::new(io::ErrorKind::InvalidData, bomb));
            }
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::super::unpack;
    use super::limits::UNSUSPECTED;
    use super::*;
    use proptest::prelude::*;
    use std::io::Write as _;

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(content: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(content, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn streamed(bytes: &[u8]) -> Result<Vec<u8>, NotUnpacked> {
        let mut content = Vec::new();
        let read = reader(bytes, bytes.len() as u64).and_then(|mut reader| reader.read_to_end(&mut content));
        read.map_err(|error| error.get_ref().unwrap().downcast_ref::<NotUnpacked>().unwrap().clone())?;
        Ok(content)
    }

    fn assert_alike(bytes: &[u8]) {
        assert_eq!(streamed(bytes), unpack(bytes, u64::MAX).map(std::borrow::Cow::into_owned));
    }

    #[test]
    fn a_packed_stream_is_what_the_packed_file_is() {
        let text: Vec<u8> = (0..50_000_u32).flat_map(|n| (n.wrapping_mul(2_654_435_761) >> 12).to_le_bytes()).collect();
        for pack in [gzip, zstd] {
            let packed = pack(&text);
            assert_eq!(streamed(&packed).unwrap(), text);
            assert_alike(&[pack(&text), pack(&text)].concat());
            assert_eq!(streamed(&packed[..packed.len() / 2]), Err(NotUnpacked::Damaged));
        }
        assert_eq!(streamed(&text).unwrap(), text);
        let bomb = gzip(&vec![b'0'; (UNSUSPECTED + 1_000_000) as usize]);
        assert_eq!(streamed(&bomb), Err(NotUnpacked::TooLarge(UNSUSPECTED >> 20)));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, which in 0..2) {
            let mark = if which == 0 { &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..] } else { ZSTD };
            let _ = streamed(&[mark, &bytes].concat());
        }
    }
}
