//! Results to bytes. Every function writes to a given writer, takes plain data, and knows neither an index nor a
//! terminal: whether there is one, and how wide, comes in as a [`Style`].

pub mod brief;
pub mod cite;
pub mod columns;
pub mod counts;
pub mod coverage;
pub mod cross;
pub mod csv;
pub mod explain;
pub mod first;
pub mod hits;
pub mod info;
pub mod issue;
pub mod json;
pub mod kwic;
mod links;
pub mod markdown;
pub mod report;
mod style;
pub mod svg;
pub mod table;
pub mod template;
pub mod terms;
pub mod timeline;
pub mod who;
mod wrap;
pub mod xlsx;

pub use links::Links;
pub use style::{Paint, Style};
pub use wrap::hanging;

#[cfg(test)]
mod samples;
