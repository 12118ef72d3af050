//! A backend that lives on the bus's thread.

use std::{
    future::{Future, pending},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_channel::{Receiver, Sender, unbounded};
use futures_lite::{Stream, StreamExt as _, future};
use zbus::Message;

use super::{
    WhyNot,
    chooser::{Backend, Order, Said, Standing, Voice},
    track::Flood,
};
use crate::{
    core::schedule::Sensor,
    desktop::{bus, clock, inbox::Post, sense::Why},
};

/// The longest that a service is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// The handle of the chooser. Dropping it ends the watching.
pub struct OnBus {
    orders: Sender<Order>,
}

/// What the watching on the bus's thread knows of the chooser.
pub struct Chooser {
    voice: Mutex<Voice>,
    orders: Receiver<Order>,
}

impl OnBus {
    /// A handle, and its other end.
    pub fn new(post: Post<Said>) -> (Self, Arc<Chooser>) {
        let (sender, orders) = unbounded();
        let voice = Mutex::new(Voice::new(post));
        (Self { orders: sender }, Arc::new(Chooser { voice, orders }))
    }
}

impl Backend for OnBus {
    fn order(&mut self, order: Order) {
        // Nobody is left to order about once the bus's thread has ended.
        self.orders.try_send(order).ok();
    }
}

impl Chooser {
    /// What the backend can offer now.
    pub fn stands(&self, standing: Standing) {
        self.voice().stands(standing);
    }

    /// What there is to report of the input.
    pub fn says(&self, sensors: impl IntoIterator<Item = Sensor>) {
        let voice = self.voice();
        sensors.into_iter().for_each(|sensor| voice.says(sensor));
    }

    /// The next order; does not end when nobody gives any more.
    pub async fn order(&self) -> Order {
        match self.orders.recv().await {
            Ok(order) => order,
            Err(_) => pending().await,
        }
    }

    /// Forgets orders that were meant for what is no more.
    pub fn forget_orders(&self) {
        while self.orders.try_recv().is_ok() {}
    }

    /// Whether nobody wants to know any more.
    pub fn is_gone(&self) -> bool {
        self.orders.is_closed()
    }

    fn voice(&self) -> std::sync::MutexGuard<'_, Voice> {
        self.voice.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a service that sensors would call unavailable offers nothing.
pub fn why_not(why: Why) -> WhyNot {
    match why {
        Why::NobodyToAsk => WhyNot::Absent,
        Why::Silent => WhyNot::Silent,
        Why::Failed(error) => WhyNot::Failed(error),
        other => WhyNot::Failed(format!("{other:?}")),
    }
}

/// Waits for an answer, but not without end.
pub async fn answer<T>(call: impl Future<Output = zbus::Result<T>>) -> Result<T, WhyNot> {
    match bus::within(PATIENCE, call).await {
        Some(Ok(answer)) => Ok(answer),
        Some(Err(error)) => Err(WhyNot::Failed(error.to_string())),
        None => Err(WhyNot::Silent),
    }
}

/// Does something while the messages of a stream are heard; those that mean something are handed
/// on. Ends early when there are far too many of them, since work that waits for answers could
/// not keep up.
pub async fn while_hearing<N, W: Future<Output = WhyNot>>(
    stream: impl Stream<Item = zbus::Result<Message>>,
    means: impl Fn(&Message) -> Option<N>,
    work: impl FnOnce(Receiver<N>) -> W,
) -> WhyNot {
    let mut stream = std::pin::pin!(stream);
    let (sender, news) = unbounded();
    let hearing = async {
        let mut flood = Flood::default();
        while let Some(Ok(message)) = stream.next().await {
            if flood.rises(1, clock::boot()) {
                return WhyNot::Floods;
            }
            if let Some(news) = means(&message) {
                // The other end is there as long as the work goes on.
                sender.try_send(news).ok();
            }
        }
        // Whoever follows the connection knows of its end.
        pending().await
    };
    future::or(hearing, work(news)).await
}

/// Lets time pass until then, on the boot clock; without a time, for ever.
pub async fn until(then: Option<Duration>) {
    match then {
        Some(then) => bus::pause(then.saturating_sub(clock::boot())).await,
        None => pending().await,
    }
}
