//! The daemon's interface on the bus, served anew on every new connection.

use zbus::Connection;

use super::Incoming;
use crate::{
    desktop::{
        bus::{self, Client, Work},
        inbox::Sender,
    },
    ipc::service,
};

/// Serves the interface and passes calls into the inbox.
pub struct Api {
    inbox: Sender<Incoming>,
}

impl Api {
    /// Not on the bus yet.
    pub fn new(inbox: Sender<Incoming>) -> Self {
        Self { inbox }
    }
}

impl Client for Api {
    fn connected(&mut self, connection: Connection) -> Work<'_, zbus::Result<()>> {
        Box::pin(async move {
            let inbox = self.inbox.clone();
            let calls = move |call| inbox.send(Incoming::Call(call));
            let (served, news) = service::serve(&connection, calls).await?;
            bus::spawn(news);
            self.inbox.send(Incoming::Served(served));
            Ok(())
        })
    }

    fn lost(&mut self) {
        self.inbox.send(Incoming::BusLost);
    }
}
