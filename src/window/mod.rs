//! What the daemon and the window of a break say to each other, and what a window needs of the
//! desktop: [`screen`] is where it stands, [`desk`] how it gets there, [`sizes`] how large it was.
//! [`list`] names those that can be opened at any time.
//!
//! The window is a process of its own. Each side writes one JSON object per line: the daemon to
//! the window's standard input, the window to its standard output. The end of a stream means that
//! the other side is gone.

pub mod desk;
pub mod list;
pub mod screen;
pub mod settings;
pub mod sizes;
pub mod wire;
