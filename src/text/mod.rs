//! What is done to text whatever it says: folding, segmenting, measuring its width, making it safe for a terminal,
//! reading the dates in it, regular expressions, names that were meant. The only room that knows jieba.

pub mod common;
pub mod dates;
pub mod fingerprint;
pub mod first;
pub mod fold;
pub mod nearest;
pub mod pattern;
pub mod segment;
pub mod terminal;
pub mod width;
