//! What outlives the program: the history of breaks and the saved state of the schedule.
//!
//! [`History`] writes and reads one row for each break in an SQLite file; [`saved`] keeps the
//! schedule's state in a small JSON file. Both may fail at any time (a full disk, a damaged file)
//! without harm to the schedule: what the user should know comes back as a [`Notice`]. Nothing
//! here reads a clock or knows when something is worth writing.

mod aged;
mod aside;
mod database;
pub mod days;
mod excerpt;
mod forget;
mod history;
mod notice;
mod paths;
mod rows;
pub mod saved;
mod take_in;

pub use aged::{Aged, forget_aged};
pub use excerpt::{Excerpt, Reads};
pub use forget::{count, forget, put_back};
pub use history::{History, Reader};
pub use notice::Notice;
pub use paths::{data_folder, history_file, state_file, state_folder, story_beside};
pub use rows::{COLUMN_NAMES, instant, outcome_name, outcome_named, shown};
pub use take_in::{take_in, take_out};
