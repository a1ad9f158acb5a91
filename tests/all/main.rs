//! The one integration binary: the wiring of the commands, through the program that cargo built, and what must hold
//! over the whole house.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

mod architecture;
mod batch;
mod browse;
mod configuration;
mod copies;
mod counts;
mod dependencies;
mod doctor;
mod export;
mod files;
mod folder;
mod forms;
mod generated;
mod holdings;
mod imports;
mod info;
mod ingest;
mod language;
mod long;
mod newcomer;
mod phrases;
mod program;
mod prune;
mod ranking;
mod read;
mod readme;
mod records;
mod schema;
mod screen;
mod search;
mod shelf;
mod show;
mod similar;
mod surroundings;
mod svg;
mod tour;
mod upkeep;
