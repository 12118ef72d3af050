//! Tries hooks out for the window, with the daemon's own way to run them.

use std::{collections::BTreeMap, sync::Arc};

use chrono::TimeDelta;

use crate::{
    core::{
        config::{Config, Hook},
        day::example::Example,
        span,
    },
    daemon::{hooks::order, story},
    desktop::{
        clock,
        hook::{End, EndedBy, Hear, Hooks, Obstacle, obstacle},
    },
    gui::settings::hooks::{Ask, News, Tried},
    text::{text, text_with},
};

/// So many lines of what a program wrote are shown.
const LINES: usize = 12;

/// So long may one of them be, in letters.
const LONGEST: usize = 300;

/// Where what is found is told.
pub type Tell = Arc<dyn Fn(News) + Send + Sync>;

/// Runs hooks when it is asked to. Those that run when it is dropped are ended.
pub struct Trier {
    hooks: Hooks,
    tell: Tell,
}

impl Trier {
    /// Nothing runs.
    #[must_use]
    pub fn new(tell: Tell) -> Self {
        Self {
            hooks: Hooks::default(),
            tell,
        }
    }

    /// Does what the page asks; `config` are the settings that count.
    pub fn do_it(&self, ask: Ask, config: &Config) {
        match ask {
            Ask::Look(programs) => {
                let looked = programs.into_iter().map(|program| {
                    let why = obstacle(&program).map(|why| said(&program, why));
                    (program, why)
                });
                (self.tell)(News::Looked(looked.collect::<BTreeMap<_, _>>()));
            }
            Ask::Try(hook) => self.run(&hook, config),
            Ask::Stop => self.hooks.ask_to_end(),
        }
    }

    fn run(&self, hook: &Hook, config: &Config) {
        let example = Example {
            until: (clock::now().local()) + TimeDelta::hours(1),
            ..Example::with(config)
        };
        let tell = |tried| (self.tell)(News::Tried(Box::new(hook.clone()), tried));
        let Some(story) = example.of(hook.on) else {
            return tell(Tried::NotStarted(hook.on.to_owned()));
        };
        let (_, details) = story::line(&story);
        // It may have ended before there is anything else to tell.
        tell(Tried::Runs);
        let (ended, of) = (Arc::clone(&self.tell), hook.clone());
        let run = self.hooks.run(
            &order(hook, &story, &details),
            Hear::Everything,
            move |end| ended(News::Tried(Box::new(of), outcome(&end))),
        );
        if let Err(error) = run {
            tell(Tried::NotStarted(error.to_string()));
        }
    }
}

impl Drop for Trier {
    fn drop(&mut self) {
        self.hooks.ask_to_end();
        self.hooks.end();
    }
}

fn said(program: &str, why: Obstacle) -> String {
    let id = match why {
        Obstacle::NotInPath => "hooks-not-in-path",
        Obstacle::NoSuchFile => "hooks-no-such-file",
        Obstacle::IsAFolder => "hooks-is-a-folder",
        Obstacle::NotExecutable => "hooks-not-executable",
    };
    text_with(id, &[("program", program.to_owned().into())])
}

/// How a program ended, in words.
fn outcome(end: &End) -> Tried {
    let how = match (&end.late, &end.by) {
        (Some(time), _) => text_with("hooks-ended-late", &[("time", span::format(*time).into())]),
        (None, EndedBy::Itself(0)) => text("hooks-ended-well"),
        (None, EndedBy::Itself(code)) => {
            text_with("hooks-ended-code", &[("code", code.to_string().into())])
        }
        (None, EndedBy::Signal(number)) => text_with(
            "hooks-ended-signal",
            &[("number", number.to_string().into())],
        ),
        (None, EndedBy::Unknown(why)) => {
            text_with("hooks-ended-unknown", &[("why", why.clone().into())])
        }
    };
    Tried::Ended {
        well: end.well(),
        how,
        lines: last_lines(&end.said),
    }
}

/// The last lines, none of them too long, and nothing in them that is no letter.
fn last_lines(said: &str) -> Vec<String> {
    let all: Vec<&str> = said.lines().collect();
    let first = all.len().saturating_sub(LINES);
    let plain = |line: &&str| -> String {
        let spaces = line.replace('\t', "    ");
        let letters = spaces.chars().filter(|letter| !letter.is_control());
        letters.take(LONGEST).collect()
    };
    all[first..].iter().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, time::Duration};

    use super::*;

    fn tried(run: &[&str], timeout: u64) -> Vec<Tried> {
        let (sender, news) = mpsc::channel();
        let trier = Trier::new(Arc::new(move |news| drop(sender.send(news))));
        let hook = Hook {
            on: "snoozed",
            run: run.iter().map(ToString::to_string).collect(),
            timeout: Duration::from_secs(timeout),
        };
        trier.do_it(Ask::Try(Box::new(hook.clone())), &Config::default());
        let mut told = Vec::new();
        while told.last().is_none_or(|last| *last == Tried::Runs) {
            match news.recv_timeout(Duration::from_secs(30)).unwrap() {
                News::Tried(of, tried) => {
                    assert_eq!(*of, hook);
                    told.push(tried);
                }
                News::Looked(_) => panic!("nothing was looked for"),
            }
        }
        told
    }

    fn ended(well: bool, how: &str, lines: &[&str]) -> Tried {
        Tried::Ended {
            well,
            how: how.to_owned(),
            lines: lines.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn a_hook_that_is_tried_gets_an_example_of_its_event() {
        let script = "echo $UNHUNCH_EVENT $UNHUNCH_REMINDER $UNHUNCH_FOR_S; \
                      echo $UNHUNCH_DETAILS >&2";
        let details = "{\"by\":\"user\",\"for_s\":300,\"reminder\":\"upper-back\",\"snoozes\":1}";
        assert_eq!(
            tried(&["sh", "-c", script], 30),
            [
                Tried::Runs,
                ended(
                    true,
                    "It ended well (code 0).",
                    &["snoozed upper-back 300", details]
                ),
            ]
        );
    }

    #[test]
    fn what_went_wrong_is_told_in_words() {
        let code = tried(&["sh", "-c", "exit 7"], 30).pop().unwrap();
        assert!(matches!(code, Tried::Ended { well: false, how, .. } if how.contains("code 7")));
        let late = tried(&["sleep", "600"], 1).pop().unwrap();
        assert!(matches!(late, Tried::Ended { well: false, how, .. } if how.contains("1s")));
        let none = tried(&["no-such-program-anywhere"], 1).pop().unwrap();
        assert!(matches!(none, Tried::NotStarted(why) if why.contains("No such file")));
    }

    #[test]
    fn the_last_lines_are_shown_without_what_is_no_letter() {
        let many: String = (0..40).map(|n| format!("line {n}\n")).collect();
        let lines = last_lines(&many);
        assert_eq!(lines.len(), LINES);
        assert_eq!(lines.last().map(String::as_str), Some("line 39"));
        assert_eq!(last_lines("\u{1b}[1mred\ttape"), ["[1mred    tape"]);
    }

    #[test]
    fn what_speaks_against_a_program_is_told_in_words() {
        let (sender, news) = mpsc::channel();
        let trier = Trier::new(Arc::new(move |news| drop(sender.send(news))));
        let programs = ["sh", "/no/such/file"].map(str::to_owned).to_vec();
        trier.do_it(Ask::Look(programs), &Config::default());
        let News::Looked(looked) = news.recv().unwrap() else {
            panic!("nothing was tried");
        };
        assert_eq!(looked["sh"], None);
        let why = looked["/no/such/file"].as_deref();
        assert!(why.is_some_and(|why| why.starts_with("There is no file /no/such/file")));
    }
}
