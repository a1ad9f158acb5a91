//! Results to bytes. Every function writes to a given writer, takes plain data, and knows neither an index nor a
//! terminal: whether there is one, and how wide, comes in as a [`Style`].

pub mod hits;
pub mod json;
pub mod report;
mod style;
mod wrap;

pub use style::{Paint, Style};
