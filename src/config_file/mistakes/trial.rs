//! Repairs tried in memory, of which those are kept that help.

use super::{Repair, candidates, line_of, spot};
use crate::{
    config_file::{
        Loaded, changes,
        edit::draft::{Draft, Splice},
        hook,
        read::Reader,
        reminder, say,
    },
    core::config::{Config, Hook, Reminder, StretchFacts},
    diagnostic::Problem,
};

/// More ways to mend one mistake than this nobody wants to choose from.
const MOST_REPAIRS: usize = 3;
/// So many mistakes on one line are mended together.
const MOST_ROUNDS: usize = 6;
/// So many bytes are read to try repairs. A file of a usual size with a hundred mistakes stays far
/// below; in one that is all mistakes, the last ones are offered nothing.
const MOST_READ: usize = 16 * 1024 * 1024;
/// The longest text that is shown on a button, in characters.
const LONGEST: usize = 40;

/// A change that might mend a mistake.
pub struct Candidate {
    /// What it does.
    pub said: String,
    /// How.
    pub splices: Vec<Splice>,
    /// Whether what is then wrong on the same line is mended along.
    pub goes_on: bool,
    /// Whether it puts right how something is said, so that what is said comes to light: there may
    /// be another mistake in it then, which was there before.
    pub reveals: bool,
    /// Whether it is so rough that it is offered only where nothing else helps.
    pub last: bool,
}

impl Candidate {
    /// A change that mends a mistake by itself, or does not.
    pub fn plain(said: String, splices: Vec<Splice>) -> Self {
        Self {
            said,
            splices,
            goes_on: false,
            reveals: false,
            last: false,
        }
    }

    /// One that may take others with it.
    pub fn going_on(said: String, splices: Vec<Splice>) -> Self {
        let goes_on = true;
        Self {
            goes_on,
            ..Self::plain(said, splices)
        }
    }

    /// One that may bring something to light.
    pub fn revealing(self) -> Self {
        Self {
            reveals: true,
            ..self
        }
    }

    /// One for where nothing else helps.
    pub fn last(self) -> Self {
        Self { last: true, ..self }
    }
}

/// The file as it was read, on which repairs are tried.
pub struct Trial<'a> {
    /// The file.
    pub draft: Draft,
    /// The settings as they are used now.
    pub config: &'a Config,
    /// The reminders that are used, with their numbers in the file.
    pub reminders: Vec<(Reminder, usize)>,
    /// The hooks that are used, with their numbers in the file.
    pub hooks: Vec<(Hook, usize)>,
    problems: &'a [Problem],
    stretches: &'a [StretchFacts],
    read: usize,
}

impl<'a> Trial<'a> {
    /// Nothing has been tried yet.
    pub fn new(loaded: &'a Loaded, stretches: &'a [StretchFacts]) -> Self {
        let document = &loaded.document;
        let source = &document.sources[0];
        let mut reader = Reader::new(&document.sources);
        Self {
            draft: Draft::new(&source.name, &source.text),
            config: &loaded.config,
            reminders: reminder::located(&mut reader, &document.root),
            hooks: hook::located(&mut reader, &document.root),
            problems: &loaded.problems,
            stretches,
            read: 0,
        }
    }

    /// The setting that a problem is about.
    pub fn key(&self, problem: &Problem) -> Option<String> {
        spot::key(self, problem)
    }

    /// Whether this is about the notation, and not about what is said in it.
    pub fn is_notation(&self, problem: &Problem) -> bool {
        self.draft.document().problems.contains(problem)
    }

    /// What mends a problem.
    pub fn repairs(&mut self, problem: &Problem) -> Vec<Repair> {
        let mut repairs: Vec<Repair> = Vec::new();
        let mut outcomes: Vec<String> = Vec::new();
        let mut candidates = candidates::of(self, problem);
        candidates.sort_by_key(|candidate| candidate.last);
        for candidate in candidates {
            let enough = if candidate.last { 1 } else { MOST_REPAIRS };
            if repairs.len() >= enough {
                continue;
            }
            let Some((repair, outcome)) = self.tried(problem, candidate) else {
                continue;
            };
            if !outcomes.contains(&outcome) {
                repairs.push(repair);
                outcomes.push(outcome);
            }
        }
        repairs
    }

    /// The repair and the text that it leads to, if it helps.
    fn tried(&mut self, problem: &Problem, candidate: Candidate) -> Option<(Repair, String)> {
        let mut draft = self.draft.clone();
        self.change(&mut draft, candidate.splices.clone())?;
        let reveals = candidate.reveals;
        let (config, problems) = draft.document().config(self.stretches);
        if self.helps(problem, &config, (draft.text(), &problems)) {
            let repair = Repair {
                said: candidate.said,
                splices: candidate.splices,
            };
            return Some((repair, draft.text().to_owned()));
        }
        let found = reveals && self.is_gone(problem, (draft.text(), &problems));
        let revealing = found.then(|| {
            let repair = Repair {
                said: candidate.said.clone(),
                splices: candidate.splices.clone(),
            };
            (repair, draft.text().to_owned())
        });
        if !candidate.goes_on {
            return revealing;
        }
        self.mended_along(problem, draft, problems).or(revealing)
    }

    /// A change with what is then wrong on the same line mended along.
    fn mended_along(
        &mut self,
        problem: &Problem,
        mut draft: Draft,
        mut problems: Vec<Problem>,
    ) -> Option<(Repair, String)> {
        let text = self.draft.text().to_owned();
        let (line, _) = problem.line_and_column(&text);
        for _ in 0..MOST_ROUNDS {
            let here = |other: &&Problem| other.line_and_column(draft.text()).0 == line;
            let rewrite = problems.iter().find(here)?.rewrites.first()?;
            let splice = Splice::replace(rewrite.span.clone(), rewrite.with.clone());
            self.change(&mut draft, vec![splice])?;
            let (config, now) = draft.document().config(self.stretches);
            problems = now;
            if self.helps(problem, &config, (draft.text(), &problems)) {
                let repair = Repair {
                    said: writes(line_of(draft.text(), line)),
                    splices: vec![Splice::between(&text, draft.text())],
                };
                return Some((repair, draft.text().to_owned()));
            }
        }
        None
    }

    /// Whether a problem is gone, none is new, and no other table says something else.
    fn helps(&self, problem: &Problem, config: &Config, after: (&str, &[Problem])) -> bool {
        if !self.is_gone(problem, after) || !improves(self.problems, after.1) {
            return false;
        }
        if self.is_notation(problem) {
            return true;
        }
        let table = |key: &str| key.split('.').next().map(str::to_owned);
        let Some(own) = self.key(problem).and_then(|key| table(&key)) else {
            return true;
        };
        let changes = changes(self.config, config);
        changes.iter().all(|key| table(key).as_ref() == Some(&own))
    }

    fn is_gone(&self, problem: &Problem, after: (&str, &[Problem])) -> bool {
        let (line, _) = problem.line_and_column(self.draft.text());
        is_gone(self.problems, after, (line, &problem.message))
    }

    /// Changes a draft, unless enough has been read.
    fn change(&mut self, draft: &mut Draft, splices: Vec<Splice>) -> Option<()> {
        self.read += draft.text().len();
        (self.read <= MOST_READ).then(|| draft.apply(splices))
    }
}

/// Whether there are fewer problems than before, and none is new.
fn improves(before: &[Problem], after: &[Problem]) -> bool {
    let known = |other: &Problem| count(after, &other.message) <= count(before, &other.message);
    after.len() < before.len() && after.iter().all(known)
}

/// Whether a problem with these words is gone from this line, and there are not more than before.
pub fn is_gone(
    before: &[Problem],
    (text, after): (&str, &[Problem]),
    (line, message): (usize, &str),
) -> bool {
    // Where lines have moved, others may stand there now; but then there are fewer.
    let is_there =
        |other: &Problem| other.message == message && other.line_and_column(text).0 == line;
    let gone = count(after, message) < count(before, message) || !after.iter().any(is_there);
    after.len() <= before.len() && gone
}

fn count(problems: &[Problem], message: &str) -> usize {
    let same = problems.iter().filter(|other| other.message == message);
    same.count()
}

/// "Write `quiet`".
pub fn writes(what: &str) -> String {
    say("mend-write", &[("what", &short(what))])
}

/// A text as it fits on a button.
pub fn short(text: &str) -> String {
    let text = text.trim();
    let line = text.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
