//! Which encoding a text is in that is too long to be held: the same question as of a file, asked of all of it, in one
//! or two passes.

use super::plausible::Plausibility;
use super::{NotText, Read, STRAY_ZEROS, best, candidates, guessed, named};
use chardetng::{EncodingDetector, Iso2022JpDetection};
use encoding_rs::{BIG5, Decoder, Encoding, UTF_8};
use std::io::{self, Read as _};

/// As much is looked at in one piece, in bytes.
const PIECE: usize = 1 << 20;
/// After so many pieces, only every [`STEP`]th is judged by its words: they are many enough.
const ALL_JUDGED: usize = 16;
const STEP: usize = 8;

/// What a whole text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Survey {
    encoding: &'static Encoding,
    /// How many places cannot be read and will stand as U+FFFD.
    pub replaced: usize,
    /// As in [`super::Decoded::doubtful`].
    pub doubtful: bool,
}

impl Survey {
    /// Returns the name of the encoding.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// Returns the text of the bytes surveyed, as UTF-8 and without a byte order mark.
    pub fn decoded(&self, bytes: impl io::Read) -> impl io::BufRead {
        let decoder = self.encoding.new_decoder_with_bom_removal();
        let decoding =
            Decoding { bytes, decoder, piece: vec![0; 1 << 16], text: String::new(), at: 0, has_ended: false };
        io::BufReader::with_capacity(1 << 16, decoding)
    }

    /// Returns whether two signs of the text are other characters than are meant; see [`super::decode`].
    #[must_use]
    pub fn is_big5(&self) -> bool {
        self.encoding == BIG5
    }
}

/// Bytes as text, piece by piece.
struct Decoding<R> {
    bytes: R,
    decoder: Decoder,
    piece: Vec<u8>,
    /// What was decoded last, given out up to `at`.
    text: String,
    at: usize,
    has_ended: bool,
}

impl<R: io::Read> io::Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() && !self.has_ended {
            let length = self.bytes.read(&mut self.piece)?;
            self.text.clear();
            self.at = 0;
            self.text.reserve(self.decoder.max_utf8_buffer_length(length).unwrap_or(0));
            self.has_ended = length == 0;
            let piece = self.piece.get(..length).unwrap_or_default();
            let _ = self.decoder.decode_to_string(piece, &mut self.text, self.has_ended);
        }
        let length = self.text.as_bytes().get(self.at..).unwrap_or_default().read(buffer)?;
        self.at += length;
        Ok(length)
    }
}

/// What can be read more than once.
pub trait Again {
    /// Returns the bytes from the beginning.
    ///
    /// # Errors
    /// When they cannot be read.
    fn again(&mut self) -> io::Result<Box<dyn io::Read + '_>>;
}

impl Again for &[u8] {
    fn again(&mut self) -> io::Result<Box<dyn io::Read + '_>> {
        Ok(Box::new(*self))
    }
}

/// Surveys a text.
///
/// # Errors
/// Outer: when it cannot be read to its end. Inner: when it is no text, or in an encoding not known here.
pub fn survey(mut bytes: impl Again, stated: Option<&str>) -> io::Result<Result<Survey, NotText>> {
    let mut head = Vec::new();
    bytes.again()?.take(4).read_to_end(&mut head)?;
    let told = match stated {
        Some(label) => match named(label) {
            None => return Ok(Err(NotText::NoSuchEncoding(label.to_owned()))),
            told => told,
        },
        None => Encoding::for_bom(&head).map(|(encoding, _)| encoding),
    };
    let encoding = told.unwrap_or(UTF_8);
    let mut trials = [Trial::new(encoding)];
    let counts = run(bytes.again()?, &mut trials, None)?;
    let [trial] = trials;
    let has_zeros = counts.zeros * STRAY_ZEROS as u64 > counts.length;
    if told.is_some() || !(has_zeros || trial.has_errors) {
        return Ok(Ok(trial.survey()));
    }
    let mut trials: Vec<_> = candidates(counts.length, has_zeros).map(Trial::new).collect();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    run(bytes.again()?, &mut trials, Some(&mut detector))?;
    let reads: Vec<Read> = trials.iter().map(Trial::read).collect();
    let reads: Vec<&Read> = reads.iter().collect();
    let best = best(&reads, guessed(&detector)).and_then(|at| trials.into_iter().nth(at));
    Ok(best.map(Trial::survey).ok_or(match counts.first_zero {
        Some(at) => NotText::Binary(usize::try_from(at).unwrap_or(usize::MAX)),
        None => NotText::UnknownEncoding,
    }))
}

/// What a pass saw of the bytes.
#[derive(Default)]
struct Counts {
    length: u64,
    zeros: u64,
    /// Counted from 1.
    first_zero: Option<u64>,
}

fn run(
    mut bytes: Box<dyn io::Read + '_>,
    trials: &mut [Trial],
    mut detector: Option<&mut EncodingDetector>,
) -> io::Result<Counts> {
    let mut counts = Counts::default();
    let mut piece = Vec::with_capacity(PIECE);
    for number in 0_usize.. {
        piece.clear();
        let length = bytes.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        let is_last = length < PIECE;
        let is_judged = number < ALL_JUDGED || number.is_multiple_of(STEP);
        trials.iter_mut().for_each(|trial| trial.feed(&piece, is_last, is_judged));
        if let Some(detector) = detector.as_mut() {
            detector.feed(&piece, is_last);
        }
        let zero = piece.iter().position(|&byte| byte == 0).map(|at| counts.length + at as u64 + 1);
        counts.first_zero = counts.first_zero.or(zero);
        counts.zeros += piece.iter().filter(|&&byte| byte == 0).count() as u64;
        counts.length += length as u64;
        if is_last {
            break;
        }
    }
    Ok(counts)
}

/// One encoding tried on the whole of a text, piece by piece.
struct Trial {
    encoding: &'static Encoding,
    decoder: Decoder,
    text: String,
    marks: usize,
    has_errors: bool,
    characters: usize,
    plausibility: Plausibility,
}

impl Trial {
    fn new(encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        let (text, plausibility) = (String::new(), Plausibility::default());
        Self { encoding, decoder, text, marks: 0, has_errors: false, characters: 0, plausibility }
    }

    fn feed(&mut self, piece: &[u8], is_last: bool, is_judged: bool) {
        self.text.clear();
        self.text.reserve(self.decoder.max_utf8_buffer_length(piece.len()).unwrap_or(0));
        let (_, _, has_errors) = self.decoder.decode_to_string(piece, &mut self.text, is_last);
        self.has_errors |= has_errors;
        self.marks += self.text.matches('\u{fffd}').count();
        self.characters += self.text.chars().count();
        if is_judged {
            self.plausibility.add(&Plausibility::of(&self.text));
        }
    }

    /// In a text without an error, a replacement character is its own.
    fn replaced(&self) -> usize {
        if self.has_errors { self.marks } else { 0 }
    }

    fn read(&self) -> Read {
        let Self { encoding, characters, plausibility, .. } = *self;
        Read { encoding, replaced: self.replaced(), characters, plausibility }
    }

    fn survey(self) -> Survey {
        let (replaced, doubtful) = (self.replaced(), self.plausibility.is_doubtful());
        Survey { encoding: self.encoding, replaced, doubtful }
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode;
    use super::*;
    use encoding_rs::{GB18030, UTF_16LE};
    use proptest::prelude::*;

    /// What is surveyed is what a whole file is decoded as.
    fn assert_alike(bytes: &[u8], stated: Option<&str>) {
        let whole = decode(bytes, stated);
        let surveyed = survey(bytes, stated).unwrap();
        match (whole, surveyed) {
            (Ok(whole), Ok(survey)) => {
                let mut text = String::new();
                survey.decoded(bytes).read_to_string(&mut text).unwrap();
                let text = if survey.is_big5() { super::super::everyday(text.into()).into_owned() } else { text };
                let described = (survey.encoding(), survey.replaced, survey.doubtful);
                assert_eq!(described, (whole.encoding, whole.replaced, whole.doubtful));
                assert_eq!(text, whole.text);
            }
            (whole, surveyed) => assert_eq!(whole.map(|_| ()), surveyed.map(|_| ())),
        }
    }

    #[test]
    fn a_long_text_is_decoded_as_if_it_were_held_whole() {
        let text = "柳溪街道食堂开张，六十位老人来吃了第一顿饭；區公所人員到場說明服務內容。\n".repeat(16_000);
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = ["\u{feff}", &text].concat();
        let broken = [text.as_bytes(), b"\xff\xfe\n", text.as_bytes()].concat();
        let late = [&b"news\n".repeat(250_000)[..], &GB18030.encode(&text).0].concat();
        for bytes in [
            text.as_bytes(),
            marked.as_bytes(),
            &GB18030.encode(&text).0,
            &BIG5.encode(&text).0,
            &utf_16,
            &broken,
            &late,
        ] {
            assert!(bytes.len() > PIECE);
            assert_alike(bytes, None);
        }
        assert_alike(&utf_16, Some(UTF_16LE.name()));
        assert_alike(b"\x7fELF\0\0\x01", None);
        assert_alike(b"", Some("klingon"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_bytes_are_surveyed_as_they_are_decoded(bytes: Vec<u8>, text in "[\u{1}-\u{d7ff}]{0,40}") {
            assert_alike(&bytes, None);
            assert_alike(text.as_bytes(), None);
        }
    }
}
