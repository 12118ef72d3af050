//! Does what the pages "When to hold back", "Hooks" and "About" ask: watches sensors, tries hooks,
//! asks the doctor.
//!
//! Lives on a thread of its own beside the keeper of the file, which may be busy; it ends with the
//! window, and nothing that it has started outlives it.

use std::{
    io,
    sync::{Arc, mpsc},
    thread::{self, JoinHandle},
};

use super::{facts, lookout::Lookout, trier::Trier};
use crate::{
    config_file::{self, Location},
    gui::settings::{Ask, News, Said, run::Tell},
};

/// Starts the thread; it ends when what is asked has no sender any more.
///
/// # Errors
/// When the system refuses a thread.
pub fn start(settings: Location, tell: Tell) -> io::Result<(mpsc::Sender<Ask>, JoinHandle<()>)> {
    let (asks, waiting) = mpsc::channel();
    let thread = thread::Builder::new()
        .name("pages".to_owned())
        .spawn(move || {
            let mut pages = Pages::new(settings, &tell);
            for ask in waiting {
                pages.do_it(ask);
            }
        })?;
    Ok((asks, thread))
}

/// What the pages need.
struct Pages {
    settings: Location,
    lookout: Lookout,
    trier: Trier,
    about: facts::Tell,
    failed: facts::Failed,
}

impl Pages {
    fn new(settings: Location, tell: &Tell) -> Self {
        let (hold, hooks) = (Arc::clone(tell), Arc::clone(tell));
        let (about, said) = (Arc::clone(tell), Arc::clone(tell));
        Self {
            settings,
            lookout: Lookout::new(Arc::new(move |news| hold(News::Hold(news)))),
            trier: Trier::new(Arc::new(move |news| hooks(News::Hooks(news)))),
            about: Arc::new(move |news| about(News::About(news))),
            failed: Arc::new(move |words| said(News::Said(Said { words, undo: false }))),
        }
    }

    fn do_it(&mut self, ask: Ask) {
        match ask {
            Ask::Hold(ask) => {
                if let Err(error) = self.lookout.do_it(ask) {
                    log::warn!("the sensors are not watched: {error}");
                    (self.failed)(error.to_string());
                }
            }
            Ask::Hooks(ask) => {
                let config = config_file::load(&self.settings, &[]).config;
                self.trier.do_it(ask, &config);
            }
            Ask::About(ask) => facts::do_it(ask, &self.settings, &self.about, &self.failed),
            // That is for the keeper of the file.
            Ask::Change(..)
            | Ask::Undo
            | Ask::Redo
            | Ask::Mend(..)
            | Ask::Rewrite(..)
            | Ask::OpenFile
            | Ask::PlaySound
            | Ask::Speak
            | Ask::Gallery(_)
            | Ask::History(_)
            | Ask::LookAgain => {}
        }
    }
}
