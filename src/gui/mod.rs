//! The windows: they ask and show, and decide nothing.
//!
//! A window function takes a view that was worked out beforehand and returns what the user asked
//! for. Each window is a process of its own, started by the daemon and gone with its window.
//!
//! - [`theme`]: every colour, size and duration;
//! - [`fonts`]: the type, and the icons;
//! - [`controls`]: buttons and the like, painted in our own way;
//! - [`choices`]: switches, chips, segments and the field to search in;
//! - [`icon`]: the icon of the windows;
//! - [`stand`]: where a window stands and how large it is;
//! - [`memory`]: the size that a window had last time;
//! - [`bitmap`]: pictures of the user's, from files;
//! - [`notice`]: what was done, with a way to undo it, and what is wrong;
//! - [`picture`]: the same windows as pictures, drawn without a display;
//! - [`gallery`]: the window in which one chooses the stretches;
//! - [`first`]: the window of the first run;
//! - [`history`]: the window that shows what breaks add up to;
//! - [`preview`]: the window in which somebody makes a stretch;
//! - [`settings`]: the window of the settings;
//! - [`shell`]: the process of a window that shows what a thread reads;
//! - [`status`]: the small window with what the program is up to;
//! - [`stretch`]: the window of a break.

pub mod bitmap;
pub mod choices;
pub mod controls;
pub mod field;
pub mod first;
pub mod fonts;
pub mod gallery;
pub mod history;
pub mod icon;
pub mod memory;
pub mod notice;
pub mod picture;
pub mod preview;
pub mod settings;
pub mod shell;
pub mod stand;
pub mod status;
pub mod stretch;
pub mod theme;
