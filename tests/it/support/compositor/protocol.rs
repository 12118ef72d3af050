//! The compositor's side of the idle protocols.
//!
//! Generated here and not taken from the crates that the program uses: to switch on their server
//! halves for tests would have the program built with them as well.

use wayland_server::{self, protocol::wl_seat};

pub mod __interfaces {
    use wayland_server::{backend as wayland_backend, protocol::__interfaces::*};

    wayland_scanner::generate_interfaces!("tests/it/support/compositor/idle.xml");
}
use __interfaces::*;

wayland_scanner::generate_server_code!("tests/it/support/compositor/idle.xml");
