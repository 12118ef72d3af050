//! Unhunch: about once an hour of real work, at a moment that does not hurt, one short
//! upper-back stretch.
//!
//! A daemon that loads no GUI library counts work and decides when a break is due; for each
//! window it starts this same binary once more, and the memory is gone when the window is.
//! `ARCHITECTURE.md` has the map and the rules between the modules:
//!
//! - [`core`]: pure rules, values in and values out;
//! - [`config_file`]: TOML text to checked settings, with errors that say what to write instead;
//! - [`diagnostic`]: what is wrong with a file, shown with line, column and caret;
//! - [`desktop`]: what the desktop offers, one folder for each concern;
//! - [`history_file`]: the history as CSV and JSON, and back;
//! - [`stretch_file`]: TOML text to checked stretches;
//! - [`autostart_text`]: whether it starts with the session, in words;
//! - [`sense_text`]: why a break waits, in words;
//! - [`stretch_text`]: stretches in the words that the user reads;
//! - [`store`]: the history and the saved state;
//! - `ipc`: the bus interface and its client;
//! - `daemon`: the loop that turns effects into deeds;
//! - [`gui`]: the windows, and [`window`]: the lines daemon and window exchange;
//! - `cli`: one file for each command;
//! - [`text`]: every word that the user reads.

pub mod autostart_text;
pub mod cli;
pub mod config_file;
pub mod core;
pub mod daemon;
pub mod desktop;
pub mod diagnostic;
pub mod gui;
pub mod history_file;
pub mod ipc;
pub mod sense_text;
pub mod store;
pub mod stretch_file;
pub mod stretch_text;
pub mod text;
pub mod window;
