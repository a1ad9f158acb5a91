//! xunwen 寻闻: full-text search for Chinese news.
#![warn(missing_docs)]

pub mod article;
pub mod corpus;
pub mod index;
pub mod query;
pub mod text;
