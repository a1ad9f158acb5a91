//! The index on disk: the only room that knows Tantivy.
//!
//! Writing goes through [`Session`], which alone needs the whole dictionary; reading through [`Snapshot`], which
//! cannot get at it. Characters decide which reports match (`compile`), words decide their order (`rank`).

mod bands;
mod best;
mod browse;
mod compile;
mod copies;
mod directory;
mod distinctive;
mod doctor;
mod error;
mod explain;
mod file_names;
mod folding;
mod inventory;
mod keys;
pub mod layout;
pub mod ledger;
mod lock;
mod loose;
mod occurrence;
mod phrase;
mod placed;
mod postings;
mod rank;
mod rebuild;
mod recheck;
mod results;
mod samples;
mod schema;
mod seal;
mod search;
mod segments;
mod session;
mod similar;
mod snapshot;
mod snippet;
mod steady;
mod stored;
mod tally;
mod timeline;
mod tokens;
mod verified;
mod verify;

pub use browse::{Concordance, Coverage, DayHeld, HeldDay, Place};
pub use distinctive::{Distinctive, DistinctiveWord};
pub use doctor::{Examination, changed_files};
pub use error::{IndexError, Result};
pub use explain::{Explanation, ScoreExplained};
pub use inventory::{Inventory, Root};
pub use keys::{Keys, Listed};
pub use layout::Layout;
pub use rank::{Step, Weights};
pub use rebuild::{Rebuilt, rebuild};
pub use results::{Found, Hit, Mark, MarkKind, Note, Report, Snippet, Source};
pub use search::{Loosen, Ranking, Request, Sort};
pub use session::{LEAST_MEMORY_PER_THREAD, Session, SessionOptions, files_known};
pub use snapshot::{Lookup, Snapshot};
pub use snippet::{Wanted, snippets};
pub use tally::{CrossRow, CrossTally, Tally};
pub use timeline::{Period, Timeline};
