//! When the next break is due, and what should happen when it is.
//!
//! [`State::step`] is the whole engine: state, one event and the moment it happened go in, the
//! next state and a list of effects come out. Nothing here reads a clock, opens a file or knows
//! that a desktop exists, so a working week runs through it in milliseconds.
//!
//! Where a rule lives:
//!
//! - [`event`] comes in, [`effect`] goes out, [`Rules`] are the settings;
//! - `turn`: how time goes by and in which order things follow from each other, `deadline`: when;
//! - `presence`: input, lock, sleep; `account`: work counted and natural breaks; `hours`, `pause`,
//!   `meeting`: what the user says;
//! - `due`: what makes a break due; `hold`: what holds it; `offer`: lulls, and who leads;
//! - `watch`: when the sensors are asked at all;
//! - `current`: the announcement; `answer`: start, snooze, skip, now; `on_break`: the stretch;
//! - `reload`: changed settings; `restore`: a restart; `status`: what the user can ask, `since`:
//!   why, and for how long.

pub mod effect;
pub mod event;

mod account;
mod answer;
mod current;
mod deadline;
mod due;
mod hold;
mod hours;
mod meeting;
mod offer;
mod on_break;
mod pause;
mod presence;
mod reload;
mod restore;
mod rules;
mod saved;
mod since;
mod state;
mod status;
mod turn;
mod watch;

pub use effect::{Credit, Effect, Prompt, Question, Story, WindowOrder};
pub use event::{Event, Hold, MeetingNews, Notifier, PauseUntil, Sensor, WindowNews};
pub use rules::{EmptyRotation, Rules};
pub use saved::{Saved, SavedBag, SavedBreak, SavedMeeting, SavedPause, SavedReminder};
pub use since::Holding;
pub use state::State;
pub use status::{
    Condition, CurrentBreak, InputStatus, MeetingStatus, PauseStatus, ReminderStatus, Status,
};
