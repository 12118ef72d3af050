//! Connecting to a compositor that may have stopped taking connections.

use std::{io, os::unix::net::UnixStream, path::Path};

use rustix::net::{
    AddressFamily, SocketAddrUnix, SocketFlags, SocketType, connect as join, socket_with,
};

/// Connects, or fails at once: a compositor that hangs has a queue in front of its socket, and
/// waiting there would have no end.
pub fn connect(path: &Path) -> io::Result<UnixStream> {
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    let socket = socket_with(AddressFamily::UNIX, SocketType::STREAM, flags, None)?;
    join(&socket, &SocketAddrUnix::new(path)?)?;
    Ok(UnixStream::from(socket))
}
