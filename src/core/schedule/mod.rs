//! When the next break is due, and what should happen when it is.
//!
//! [`State::step`] is the whole engine: state, one event and the moment it happened go in, the
//! next state and a list of effects come out. Nothing here reads a clock, opens a file or knows
//! that a desktop exists, so a working week runs through it in milliseconds.

pub mod effect;
pub mod event;
mod rules;
mod saved;
mod state;
mod status;

pub use effect::{Credit, Effect, Prompt, Story, WindowOrder};
pub use event::{Event, Hold, Notifier, PauseUntil, Sensor, WindowNews};
pub use rules::{EmptyRotation, Rules};
pub use saved::{Saved, SavedBag, SavedBreak, SavedPause, SavedReminder};
pub use state::State;
pub use status::{Condition, CurrentBreak, InputStatus, PauseStatus, ReminderStatus, Status};
