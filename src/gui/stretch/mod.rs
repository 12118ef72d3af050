//! The window of a break.
//!
//! - [`figure`]: draws the body that `core::stretch::pose` has placed.
//! - [`run`]: the process: streams, clock and a real window around
//! - [`ahead`]: what can be done before it is wanted; [`inbox`]: the daemon's lines;
//! - [`app`]: one break in its window, without any of them;
//! - [`aloud`]: what of it is to be heard;
//! - [`window`]: what the window shows: a view in, what the user asked for out;
//! - [`pictures`]: the pictures of a stretch without a figure, loaded beside the frames;
//! - [`sheet`]: many moments of it on one picture; [`states`]: the window in each of its states.

pub mod ahead;
pub mod aloud;
pub mod app;
pub mod figure;
pub mod inbox;
pub mod pictures;
pub mod run;
pub mod sheet;
pub mod states;
pub mod window;
