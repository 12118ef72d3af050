//! What a screen reader says by itself: the name once, each cue, the time at a few marks, and what
//! became of a wish.
//!
//! An [`Announcer`] compares what the window shows with what it showed before, so that looking
//! twice says nothing twice. It puts everything that is new at a moment into one sentence after the
//! other, in one place: several live texts would be read in any order.

use std::time::Duration;

use super::{Sheet, wording};
use crate::{
    core::stretch::{
        Side, StretchId,
        session::{State, View},
    },
    text::{text, text_with},
};

/// Phases that are shorter are too quick to be said in every repetition.
const QUICK: Duration = Duration::from_millis(1800);
/// From this length on a countdown has a middle that is worth a word.
const HAS_A_MIDDLE: Duration = Duration::from_secs(30);
/// The last mark before the end.
const NEARLY_OVER: Duration = Duration::from_secs(10);

/// What is to be said, and what was said before.
#[derive(Debug, Default)]
pub struct Announcer {
    seen: Option<Seen>,
    words: String,
    number: u64,
}

/// What the window shows besides the session.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The page that is open.
    pub sheet: Option<Sheet>,
    /// The bar above the buttons.
    pub notice: Option<&'a str>,
    /// Breaks done today, without this one.
    pub done_today: u32,
}

/// As much of the window as makes a difference.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    shown: (Option<StretchId>, usize),
    stage: Stage,
    paused: bool,
    cue: usize,
    left_in_phase: Duration,
    side: Side,
    rep: Option<u32>,
    mark: Mark,
    sheet: Option<Sheet>,
    notice: Option<String>,
}

/// [`State`] without its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Ready,
    SettleIn,
    Running,
    Between,
    Done,
}

/// How far the countdown has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Begun,
    Half,
    NearlyOver,
}

impl Announcer {
    /// What is to be said now, with a number that changes whenever it is something new.
    #[must_use]
    pub fn words(&self) -> (&str, u64) {
        (&self.words, self.number)
    }

    /// Looks at the window. Call it for each picture that somebody hears of.
    pub fn follow(&mut self, view: &View<'_>, around: Around<'_>) {
        let now = Seen::of(view, around);
        let words = news(self.seen.as_ref(), &now, view, around);
        self.seen = Some(now);
        if !words.is_empty() {
            self.words = words.join(" ");
            self.number += 1;
        }
    }

    /// Nobody listens. Whoever comes later hears where things stand.
    pub fn forget(&mut self) {
        self.seen = None;
    }
}

impl Seen {
    fn of(view: &View<'_>, around: Around<'_>) -> Self {
        Self {
            shown: (view.stretch.map(|stretch| stretch.id.clone()), view.place.0),
            stage: match view.state {
                State::Ready => Stage::Ready,
                State::SettleIn(_) => Stage::SettleIn,
                State::Running => Stage::Running,
                State::BetweenStretches(_) => Stage::Between,
                State::Done(_) => Stage::Done,
            },
            paused: view.paused,
            cue: view.cue_number,
            left_in_phase: view.left_in_phase,
            side: view.side,
            rep: view.rep.map(|rep| rep.n),
            mark: mark(view),
            sheet: around.sheet,
            notice: around.notice.map(str::to_owned),
        }
    }
}

fn mark(view: &View<'_>) -> Mark {
    if view.left <= NEARLY_OVER {
        Mark::NearlyOver
    } else if view.left * 2 <= view.length {
        Mark::Half
    } else {
        Mark::Begun
    }
}

/// Everything that is new, sentence by sentence.
fn news(before: Option<&Seen>, now: &Seen, view: &View<'_>, around: Around<'_>) -> Vec<String> {
    let mut words = Vec::new();
    let before_or_now = before.unwrap_or(now);
    if let Some(notice) = around.notice
        && before.is_none_or(|before| before.notice != now.notice)
    {
        words.push(sentence(notice));
    }
    if let Some(sheet) = now.sheet {
        if before.is_none_or(|before| before.sheet != now.sheet) {
            words.extend(page(sheet, view));
        }
        // Whoever reads a page has stopped the countdown with it.
        return words;
    }
    let other = before.is_none_or(|before| before.shown != now.shown);
    let entered = other || before_or_now.stage != now.stage || before.is_none();
    if now.stage == Stage::Done {
        if entered {
            words.extend(the_end(view, around.done_today));
        }
        return words;
    }
    if other {
        words.extend(name(view, now.stage));
    }
    if entered {
        words.extend(beginning(view, now.stage));
    }
    if before_or_now.paused != now.paused {
        let id = if now.paused {
            "window-paused"
        } else {
            "window-goes-on"
        };
        words.push(sentence(&text(id)));
    }
    if now.stage == Stage::Running && !now.paused {
        let resumed = before_or_now.paused || before_or_now.sheet.is_some();
        words.extend(cue(before.filter(|_| !entered && !resumed), now, view));
        words.extend(time(before.filter(|_| !entered), now, view));
    }
    words
}

/// What the page is, and what matters most on it.
fn page(sheet: Sheet, view: &View<'_>) -> Vec<String> {
    match (sheet, view.stretch) {
        (Sheet::Info, Some(stretch)) => {
            let advice = &stretch.advice;
            vec![sentence(&text("window-info")), sentence(&advice.safety)]
        }
        (Sheet::Info, None) | (Sheet::Keys, _) => vec![sentence(&text("window-keys"))],
    }
}

fn the_end(view: &View<'_>, done_today: u32) -> [String; 2] {
    [
        sentence(&wording::done(view)),
        sentence(&wording::today(done_today)),
    ]
}

fn name(view: &View<'_>, stage: Stage) -> Option<String> {
    let Some(stretch) = view.stretch else {
        return view.message.map(sentence);
    };
    let name = stretch.name.as_str();
    let (place, of) = view.place;
    let said = match stage {
        Stage::Between => text_with(
            "window-say-next",
            &[
                ("name", name.into()),
                ("n", (place + 1).into()),
                ("of", of.into()),
            ],
        ),
        Stage::Ready | Stage::SettleIn | Stage::Running | Stage::Done => name.to_owned(),
    };
    Some(sentence(&said))
}

fn beginning(view: &View<'_>, stage: Stage) -> Option<String> {
    match stage {
        Stage::Ready => view
            .stretch
            .map(|stretch| sentence(&wording::facts(view, stretch).join(", "))),
        Stage::SettleIn => Some(sentence(&text("window-get-in-place"))),
        Stage::Running | Stage::Between | Stage::Done => None,
    }
}

/// The cue where a phase begins, with the side where that is another. A phase begins also when
/// the user goes back to its beginning.
fn cue(before: Option<&Seen>, now: &Seen, view: &View<'_>) -> Vec<String> {
    let mut words = Vec::new();
    let Some(cue) = view.stretch.zip(view.cue) else {
        return words;
    };
    let began = before
        .is_none_or(|before| before.cue != now.cue || now.left_in_phase > before.left_in_phase);
    if !began {
        return words;
    }
    if before.is_none_or(|before| before.side != now.side) {
        words.extend(wording::side(now.side).map(|side| sentence(&side)));
    }
    match view.rep {
        Some(rep) if rep.n > 1 && now.left_in_phase < QUICK => {
            if before.is_none_or(|before| before.rep != now.rep) {
                let values = [("n", rep.n.into()), ("of", rep.of.into())];
                words.push(sentence(&text_with("window-rep", &values)));
            }
        }
        Some(_) | None => words.push(sentence(&cue.0.phases[cue.1].cue)),
    }
    words
}

fn time(before: Option<&Seen>, now: &Seen, view: &View<'_>) -> Option<String> {
    let passed = before.is_some_and(|before| before.mark < now.mark);
    if !passed {
        return None;
    }
    match now.mark {
        Mark::Begun => None,
        Mark::Half if view.length < HAS_A_MIDDLE => None,
        Mark::Half => Some(sentence(&text("window-say-half"))),
        Mark::NearlyOver => Some(sentence(&text("window-say-nearly-over"))),
    }
}

/// With a capital and a full stop, so that what follows is not read as one with it.
fn sentence(words: &str) -> String {
    let mut letters = words.trim().chars();
    let mut sentence: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    sentence.extend(letters);
    if !sentence.is_empty() && !sentence.ends_with(['.', '!', '?', '…']) {
        sentence.push('.');
    }
    sentence
}
