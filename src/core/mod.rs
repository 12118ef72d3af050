//! The pure heart of the program: values in, values out.
//!
//! Nothing under this module reads a clock, a file or randomness, starts a thread, or knows that a
//! desktop, a window or a bus exists. Time enters as a [`time::Moment`], randomness as a seed,
//! settings as a checked [`config::Config`], the stretches as a [`stretch::Catalogue`].

pub mod calendar;
pub mod chronicle;
pub mod config;
pub mod day;
pub mod keep;
pub mod outlook;
pub mod rotation;
// A wildcard over an enum of ours would hide its next variant from the rules.
#[warn(clippy::wildcard_enum_match_arm)]
pub mod schedule;
pub mod sound;
pub mod span;
pub mod stats;
pub mod stretch;
pub mod time;
pub mod week;
