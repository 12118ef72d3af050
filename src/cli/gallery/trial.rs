//! A stretch to try while no daemon runs: the window of a break, which this time does not count.

use std::time::Duration;

use anyhow::Context as _;

use super::keeper::Places;
use crate::{
    core::{
        config::{Config, What},
        stretch::{StretchId, VariantName},
    },
    desktop::{
        child::{Child, Event, Program},
        inbox::Post,
    },
    window::{
        settings,
        wire::{FromWindow, Look, Open, ToWindow, VERSION},
    },
};

/// Time to read and get in place, at least: whoever tries a stretch does not know it yet.
const SETTLE_IN: Duration = Duration::from_secs(3);

/// What the user asks for in that window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Another stretch than this one.
    Another(StretchId),
    /// One more, after this one.
    OneMore(StretchId),
    /// This one never again.
    NotForMe(StretchId),
    /// This one after all.
    PutBack {
        /// Which.
        stretch: StretchId,
        /// There is still a place for it in the window.
        show: bool,
    },
    /// There was no window.
    Failed,
}

/// The window, if one is open.
pub struct Trial {
    post: Post<Event>,
    open: Option<Window>,
}

struct Window {
    child: Child,
    shows: StretchId,
}

impl Trial {
    /// No window yet; news of it go to `post`.
    pub fn new(post: Post<Event>) -> Self {
        Self { post, open: None }
    }

    /// Opens a window with this stretch, in place of one that is open.
    pub fn show(
        &mut self,
        stretch: &StretchId,
        config: &Config,
        look: &Look,
        places: &Places,
    ) -> anyhow::Result<()> {
        self.tell(&ToWindow::Close);
        let program = Program::window().context("finding this program")?;
        let mut child =
            Child::start(&program, None, self.post.clone()).context("starting the window")?;
        let open = ToWindow::Open(Box::new(contents(stretch, config, look, places)));
        child
            .send(&serde_json::to_string(&open)?)
            .context("telling the window what to show")?;
        self.open = Some(Window {
            child,
            shows: stretch.clone(),
        });
        Ok(())
    }

    /// One more, with this stretch, in the window that is open.
    pub fn one_more(&mut self, stretch: &StretchId, config: &Config, look: &Look, places: &Places) {
        let open = contents(stretch, config, look, places);
        self.tell(&ToWindow::Open(Box::new(open)));
        if let Some(window) = &mut self.open {
            window.shows = stretch.clone();
        }
    }

    /// Shows this stretch instead, in the window that is open.
    pub fn instead(&mut self, stretch: &StretchId) {
        self.tell(&ToWindow::Show {
            stretches: vec![stretch.to_string()],
        });
        if let Some(window) = &mut self.open {
            window.shows = stretch.clone();
        }
    }

    /// A stretch was taken out, as asked for in the window; it shows another one.
    pub fn taken_out(&mut self, stretch: &StretchId, next: Option<&StretchId>) {
        if let Some(next) = next {
            self.instead(next);
        }
        self.tell(&ToWindow::TakenOut {
            stretch: stretch.to_string(),
        });
    }

    /// What was asked for in the window was not done.
    pub fn refused(&mut self, why: &str) {
        self.tell(&ToWindow::Refused {
            why: why.to_owned(),
        });
    }

    /// Takes news of the window.
    pub fn hear(&mut self, event: Event) -> Option<Wish> {
        match event {
            Event::Line(line) => match serde_json::from_str(&line) {
                Ok(said) => self.wish(said),
                Err(error) => {
                    log::warn!("the window said what cannot be read ({error}): {line}");
                    None
                }
            },
            Event::Broken(why) => {
                log::warn!("the window did what no window does: {why}");
                None
            }
            Event::Ended { success: true, .. } => None,
            Event::Ended { how, .. } => {
                log::warn!("the window in which a stretch is tried ended: {how}");
                Some(Wish::Failed)
            }
        }
    }

    fn wish(&self, said: FromWindow) -> Option<Wish> {
        let shows = || self.open.as_ref().map(|window| window.shows.clone());
        match said {
            FromWindow::OtherStretch { .. } => shows().map(Wish::Another),
            FromWindow::OneMore => shows().map(Wish::OneMore),
            FromWindow::NotForMe { stretch, .. } => Some(Wish::NotForMe(StretchId(stretch))),
            FromWindow::PutBack { stretch, place } => Some(Wish::PutBack {
                stretch: StretchId(stretch),
                show: place.is_some(),
            }),
            // Nothing of it counts.
            FromWindow::Opened { .. }
            | FromWindow::Start
            | FromWindow::Snooze { .. }
            | FromWindow::Skip { .. }
            | FromWindow::Countdown { .. }
            | FromWindow::Done { .. }
            | FromWindow::Closed { .. }
            | FromWindow::Pong => None,
        }
    }

    fn tell(&mut self, what: &ToWindow) {
        let Some(window) = &mut self.open else {
            return;
        };
        let sent = serde_json::to_string(what)
            .map_err(std::io::Error::from)
            .and_then(|line| window.child.send(&line));
        if let Err(error) = sent {
            log::debug!("the window is gone: {error}");
            self.open = None;
        }
    }
}

fn contents(stretch: &StretchId, config: &Config, look: &Look, places: &Places) -> Open {
    Open {
        v: VERSION,
        stretches: vec![stretch.to_string()],
        variant: variant(config).word().to_owned(),
        message: None,
        settle_in_s: config.schedule.settle_in.max(SETTLE_IN).as_secs_f64(),
        start: false,
        snooze_s: None,
        done_today: 0,
        look: look.clone(),
        place: settings::place(&config.look),
        volume: settings::volume(&config.sound),
        voice: settings::voice(&config.voice),
        call: false,
        stretches_folder: Some(places.stretches.display().to_string()),
        memory_file: Some(places.memory.display().to_string()),
        token: None,
    }
}

/// As long as the first reminder with stretches has it.
fn variant(config: &Config) -> VariantName {
    let variants = config
        .reminders
        .iter()
        .find_map(|reminder| match reminder.what {
            What::Stretches { variant, .. } => Some(variant),
            What::Message { .. } => None,
        });
    variants.unwrap_or(VariantName::Standard)
}
