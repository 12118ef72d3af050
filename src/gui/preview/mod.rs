//! The window in which somebody makes a stretch of their own.
//!
//! - [`app`]: what is shown, at which time, and what keys and buttons do, without a file or a clock;
//! - [`run`]: the process around it: a real window, a clock, and the file that is watched;
//! - `numbers`: the pose at a time, as text that can be written into the file.

pub mod app;
mod numbers;
mod parts;
pub mod run;
