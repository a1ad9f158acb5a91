//! How much is borne of one file, all in one place: what is larger, deeper or more is no newspaper but a fault or a
//! bomb. Where a limit is met the file, or the part of it, is refused with one line; nothing is cut off in silence.

/// No file may be larger when unpacked, nor all files of an archive together: 4 GiB.
pub const LARGEST: u64 = 4 << 30;
/// A file larger than [`UNSUSPECTED`] may not be so many times larger than it was packed. News packs to a fifth, the
/// most regular text to a hundredth; bombs to a thousandth and less.
pub const LARGEST_RATIO: u64 = 250;
/// Up to this size (64 MiB) any ratio is borne.
pub const UNSUSPECTED: u64 = 64 << 20;
/// Archives within archives are opened to this depth: an archive, one in it, and one in that.
pub const DEEPEST_ARCHIVE: usize = 3;
/// More files than this are not read from one archive.
pub const MOST_MEMBERS: usize = 200_000;
/// Elements of HTML and XML nested deeper than this count as lying in the last that is not.
pub const DEEPEST_MARKUP: usize = 256;
/// More rows than a sheet of Excel can have are not read.
pub const MOST_ROWS: usize = 1 << 20;
/// More columns than this are no table of reports.
pub const MOST_COLUMNS: usize = 1024;
/// More cells than this are not read from one sheet; between two cells of a row all are counted.
pub const MOST_CELLS: usize = 1 << 24;

/// Returns how large what is packed in so many bytes may become.
#[must_use]
pub fn largest_of(packed: usize) -> u64 {
    LARGEST.min((packed as u64).saturating_mul(LARGEST_RATIO).max(UNSUSPECTED))
}
