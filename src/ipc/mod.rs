//! The program on the session bus: names, the interface it serves, and a client for the command
//! line.
//!
//! The interface asks and answers; it decides nothing. Every call goes into the daemon's inbox
//! together with a place for the reply, so that only the loop ever changes the schedule.

mod check;
pub mod client;
pub mod follow;
pub mod news;
pub mod service;
mod signals;
pub mod tales;
pub mod watch;
pub mod wire;

/// The name on the bus. Owning it is what makes an instance the only one.
pub const BUS_NAME: &str = "org.unhunch.Unhunch";

/// The object that serves [`INTERFACE`].
pub const OBJECT_PATH: &str = "/org/unhunch/Unhunch";

/// The interface; its number rises when something that callers rely on changes.
pub const INTERFACE: &str = "org.unhunch.Unhunch1";
