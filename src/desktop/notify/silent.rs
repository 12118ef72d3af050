//! No announcements at all: the window takes their place. Plain notices are still tried.

use super::{Announcement, Event, Notice, Notify, Question, plain};
use crate::{core::schedule::Notifier, desktop::inbox::Post};

/// Says once that there is nothing, and again whenever it is asked for something.
pub struct Silent {
    post: Post<Event>,
}

impl Silent {
    /// Reports that there is no server.
    #[must_use]
    pub fn start(post: Post<Event>) -> Self {
        post(Event::Server(Notifier::Gone));
        Self { post }
    }
}

impl Notify for Silent {
    fn announce(&mut self, announcement: Announcement) {
        (self.post)(Event::Failed {
            prompt: announcement.prompt,
            why: "there is no notification server with buttons here".to_owned(),
        });
    }

    fn ask(&mut self, question: Question) {
        (self.post)(Event::Failed {
            prompt: question.prompt,
            why: "there is no notification server with buttons here".to_owned(),
        });
    }

    fn withdraw(&mut self, _prompt: u64) {}

    fn notice(&mut self, notice: Notice) {
        plain::show(notice);
    }
}
