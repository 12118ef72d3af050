//! The desktop that places windows by itself.

use raw_window_handle::HasWindowHandle;

use crate::window::{
    desk::{Change, Desk, First, Standing},
    screen::Screen,
};

/// Knows nothing and moves nothing.
pub struct Nowhere;

impl Desk for Nowhere {
    fn screen(&self) -> Option<Screen> {
        None
    }

    fn prepare(&mut self, _window: &dyn HasWindowHandle, _first: &First) {}

    fn standing(&self) -> Option<Standing> {
        None
    }

    fn put(&self, _corner: (i32, i32), _content: (i32, i32)) {}

    fn full_screen(&self, _full: bool) -> bool {
        false
    }

    fn watch(&self, _tell: Box<dyn Fn(Change) + Send>) {}
}
