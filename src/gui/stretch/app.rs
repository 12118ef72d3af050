//! One break in its window: the session, what the daemon says, what the user asks for.
//!
//! Reads no clock, no stream and no window of the desktop: time, lines and sizes are handed in, so
//! a test can play a whole break. `run` connects it with the outside.

use std::time::Duration;

use egui::Ui;

use super::{
    aloud::{Aloud, Voices},
    pictures::Pictures,
    window::{
        self, Announcer, Around, Asked, Sheet, StretchView, Words, cue_text, stretch_ui, title,
    },
};
use crate::{
    core::stretch::{
        Catalogue, Stretch, VariantName,
        catalogue::{PhaseKind, Rig},
        session::{Command, NextChange, Plan, Session, State},
    },
    gui::{
        controls::{announced, name_window},
        theme::{Theme, fade},
    },
    text::text,
    window::wire::{FromWindow, Open, Size, ToWindow},
};

/// Pictures a second while the figure moves.
const MOVING: Duration = Duration::from_millis(33);
/// While it only breathes: the chest moves by less than a pixel between two pictures.
const BREATHING: Duration = Duration::from_millis(400);

/// How long the window waits for one more break before it closes after all.
const ANSWER: Duration = Duration::from_secs(10);

/// Looks up stretches by their ids; those that it does not know are missing from what it gives.
pub type Library = Box<dyn Fn(&[String]) -> Catalogue>;

/// The window of a break.
pub struct StretchApp {
    open: Open,
    theme: Theme,
    library: Library,
    rig: Rig,
    session: Session,
    pictures: Pictures,
    sheet: Option<Sheet>,
    /// How much of the screen the window takes.
    size: Size,
    /// The session was paused for a page, not by the user.
    paused_for_sheet: bool,
    cue: Cue,
    glow: Glow,
    voices: Voices,
    /// Whether the daemon was last told that the countdown runs.
    counting: bool,
    /// How the break ended has been said.
    said_the_end: bool,
    daemon_gone: bool,
    /// What was taken out of the rotation, the last one last.
    taken_out: Vec<TakenOut>,
    /// The daemon was asked for another stretch in place of the one that is shown.
    wants_other: bool,
    notice: Option<Notice>,
    farewell: Farewell,
    announcer: Announcer,
    /// Somebody heard the last picture.
    heard: bool,
    closing: bool,
    outbox: Vec<FromWindow>,
}

/// The words under the figure, and those before them.
#[derive(Default)]
struct Cue {
    now: String,
    before: String,
    since: Duration,
}

/// A stretch that was taken out of the rotation, and where it stood in the break.
struct TakenOut {
    id: String,
    name: String,
    place: usize,
}

/// What the user should know, until it is answered or out of date.
enum Notice {
    Refused(String),
    NoOther,
}

/// Why the window stays open after the end, against its habit.
#[derive(Default)]
struct Farewell {
    /// The user was last busy with it at this moment.
    busy: Duration,
    /// One more was asked for at this moment.
    one_more: Option<Duration>,
}

/// How strongly the part at work glows; it follows its aim slowly.
#[derive(Default)]
struct Glow {
    strength: f32,
    aim: f32,
    seen: Duration,
}

impl StretchApp {
    /// The window for what the daemon wants shown. `None` if there is nothing to show: no message
    /// and no stretch that the library knows.
    #[must_use]
    pub fn new(open: Open, library: Library, now: Duration) -> Option<Self> {
        // Only what is shown first: reading the others would delay the first picture.
        let catalogue = library(&open.stretches);
        let plan = plan(&open, &catalogue)?;
        let look = &open.look;
        Some(Self {
            theme: Theme::new(look.dark, look.high_contrast, look.figure_tone),
            session: Session::new(plan, catalogue.rig.clone(), open.start, now),
            rig: catalogue.rig,
            library,
            pictures: Pictures::default(),
            sheet: None,
            size: open.place.size,
            paused_for_sheet: false,
            cue: Cue::default(),
            glow: Glow::default(),
            voices: Voices::new(&open),
            counting: false,
            said_the_end: false,
            daemon_gone: false,
            taken_out: Vec::new(),
            wants_other: false,
            notice: None,
            farewell: Farewell::default(),
            announcer: Announcer::default(),
            heard: false,
            closing: false,
            outbox: Vec::new(),
            open,
        })
    }

    /// The colours.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// The title of the window.
    #[must_use]
    pub fn title(&self, now: Duration) -> String {
        title(self.session.at(now).stretch)
    }

    /// How much of the screen the window is to take.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// The desktop, or the user by its means, made the window so large.
    pub fn set_size(&mut self, size: Size) {
        self.size = size;
    }

    /// The window should close.
    #[must_use]
    pub fn closing(&self) -> bool {
        self.closing
    }

    /// Waits until all pictures have been read that were asked for: for pictures of the window.
    pub fn wait_for_pictures(&mut self, ctx: &egui::Context) {
        self.pictures.wait(ctx);
    }

    /// What to tell the daemon, in order; each is handed out once.
    pub fn take_outbox(&mut self) -> Vec<FromWindow> {
        std::mem::take(&mut self.outbox)
    }

    /// What is to be heard, in order; each is handed out once.
    pub fn take_aloud(&mut self) -> Vec<Aloud> {
        self.voices.take()
    }

    /// Takes a line of the daemon.
    pub fn receive(&mut self, line: ToWindow, now: Duration) {
        match line {
            ToWindow::Ahead(_) => log::warn!("the daemon prepares a window that is open"),
            ToWindow::Open(open) => self.begin_anew(*open, now),
            ToWindow::Start => self.step(Command::Start, now),
            ToWindow::Show { stretches } => self.show_stretches(stretches, now),
            ToWindow::TakenOut { stretch } => self.note_taken_out(stretch, now),
            ToWindow::Refused { why } => self.notice = Some(Notice::Refused(why)),
            ToWindow::Call { on } => self.voices.call(on),
            ToWindow::Close => self.closing = true,
            ToWindow::Ping => self.outbox.push(FromWindow::Pong),
        }
    }

    /// One more break, in the same window. What the desktop wishes since then is for the next one.
    fn begin_anew(&mut self, open: Open, now: Duration) {
        let catalogue = (self.library)(&open.stretches);
        let Some(plan) = plan(&open, &catalogue) else {
            log::warn!("there is nothing to show, so the window closes");
            self.closing = true;
            return;
        };
        self.session = Session::new(plan, catalogue.rig.clone(), open.start, now);
        self.rig = catalogue.rig;
        self.voices.call(open.call);
        let look = self.open.look.clone();
        self.open = Open { look, ..open };
        self.sheet = None;
        self.paused_for_sheet = false;
        self.counting = false;
        self.said_the_end = false;
        self.taken_out.clear();
        self.notice = None;
        self.farewell = Farewell::default();
    }

    fn show_stretches(&mut self, ids: Vec<String>, now: Duration) {
        let before = self.shown(now);
        let stretches = known(&ids, &(self.library)(&ids));
        self.open.stretches = ids;
        self.notice = None;
        self.show(None, now);
        self.session.step(Command::Show(stretches), now);
        if std::mem::take(&mut self.wants_other) && self.shown(now) == before {
            self.notice = Some(Notice::NoOther);
        }
    }

    fn note_taken_out(&mut self, id: String, now: Duration) {
        let catalogue = (self.library)(std::slice::from_ref(&id));
        let name = (catalogue.find(&id)).map_or_else(|| id.clone(), |stretch| stretch.name.clone());
        let place = self.place(now);
        self.notice = None;
        self.taken_out.retain(|earlier| earlier.id != id);
        self.taken_out.push(TakenOut { id, name, place });
    }

    /// The stretch that is shown, and its place.
    fn shown(&self, now: Duration) -> Option<(String, usize)> {
        let view = self.session.at(now);
        let stretch = view.stretch?;
        Some((stretch.id.0.clone(), view.place.0))
    }

    /// The place of the stretch that is shown in the daemon's list, in which one may stand that
    /// this window does not know.
    fn place(&self, now: Duration) -> usize {
        let Some((id, place)) = self.shown(now) else {
            return 0;
        };
        let listed = self.open.stretches.iter().skip(place);
        place + listed.take_while(|listed| **listed != id).count()
    }

    /// The daemon is gone. A stretch that has begun is finished; nothing else makes sense.
    pub fn daemon_gone(&mut self, now: Duration) {
        self.daemon_gone = true;
        // Before the start, and waiting for one more, there is nothing left to do.
        let waits = self.session.at(now).state == State::Ready || self.farewell.one_more.is_some();
        self.closing |= waits;
    }

    /// Notices what time has brought. Call before each frame, and while no frames are shown.
    pub fn tick(&mut self, now: Duration) {
        self.voices.follow(&self.session, now);
        let view = self.session.at(now);
        if let State::Done(over_for) = view.state {
            let stretched_s = view.stretched.as_secs_f64();
            self.counting = false;
            self.say_the_end(FromWindow::Done { stretched_s });
            self.closing |= self.farewell.left(over_for, now).is_zero();
        } else if view.countdown_running != self.counting {
            self.counting = view.countdown_running;
            let running = self.counting;
            self.outbox.push(FromWindow::Countdown { running });
        }
    }

    /// Does what the user asked for.
    pub fn ask(&mut self, asked: Asked, now: Duration) {
        let stretched_s = self.session.stretched(now).as_secs_f64();
        let ready = self.session.at(now).state == State::Ready;
        // Whoever goes on has read it.
        self.notice = None;
        match asked {
            Asked::Start => self.start(now),
            Asked::StartOrPause if ready => self.start(now),
            Asked::StartOrPause => self.step(Command::StartOrPause, now),
            Asked::Again => self.step(Command::Again, now),
            Asked::OtherSideFirst => self.step(Command::OtherSideFirst, now),
            Asked::PreviousPhase => self.step(Command::PreviousPhase, now),
            Asked::NextPhase => self.step(Command::NextPhase, now),
            Asked::OtherStretch => {
                self.wants_other = true;
                let place = self.place(now);
                self.outbox.push(FromWindow::OtherStretch { place });
            }
            Asked::NotForMe => self.take_out(now),
            Asked::PutBack => self.put_back(now),
            Asked::Dismiss => {}
            Asked::OneMore => self.ask_for_one_more(now),
            Asked::Mute => self.voices.toggle(),
            Asked::Show(sheet) => self.show(sheet, now),
            Asked::Larger => self.size = Size::Normal,
            Asked::FullScreen => {
                self.size = match self.size {
                    Size::Normal | Size::Corner => Size::Full,
                    Size::Full => Size::Normal,
                };
            }
            Asked::Snooze => {
                self.say_the_end(FromWindow::Snooze { stretched_s });
                self.closing = true;
            }
            Asked::Skip => {
                self.say_the_end(FromWindow::Skip { stretched_s });
                self.closing = true;
            }
            Asked::Close => {
                self.say_the_end(FromWindow::Closed { stretched_s });
                self.closing = true;
            }
        }
        self.tick(now);
    }

    fn take_out(&mut self, now: Duration) {
        if let Some((stretch, _)) = self.shown(now) {
            let place = self.place(now);
            self.outbox.push(FromWindow::NotForMe { stretch, place });
        }
    }

    fn put_back(&mut self, now: Duration) {
        let Some(TakenOut { id, place, .. }) = self.taken_out.pop() else {
            return;
        };
        let over = matches!(self.session.at(now).state, State::Done(_));
        let gone_on = over || self.place(now) > place;
        self.outbox.push(FromWindow::PutBack {
            stretch: id,
            place: (!gone_on).then_some(place),
        });
    }

    fn ask_for_one_more(&mut self, now: Duration) {
        if self.farewell.one_more.is_none() {
            self.farewell.one_more = Some(now);
            self.outbox.push(FromWindow::OneMore);
        }
    }

    fn start(&mut self, now: Duration) {
        self.outbox.push(FromWindow::Start);
        self.step(Command::Start, now);
    }

    /// A command for the session; pages close, so that one sees what happens.
    fn step(&mut self, command: Command, now: Duration) {
        let waited = self.paused_for_sheet;
        self.show(None, now);
        // Going on from a page that had stopped the countdown is what closing it has done.
        if !(waited && command == Command::StartOrPause) {
            self.session.step(command, now);
        }
    }

    /// Reading a page takes time: the countdown waits for it.
    fn show(&mut self, sheet: Option<Sheet>, now: Duration) {
        let view = self.session.at(now);
        if sheet.is_some() && view.state != State::Ready && !view.paused {
            self.session.step(Command::Pause, now);
            self.paused_for_sheet = true;
        }
        if sheet.is_none() && self.paused_for_sheet {
            self.session.step(Command::Resume, now);
            self.paused_for_sheet = false;
        }
        self.sheet = sheet;
    }

    fn say_the_end(&mut self, how: FromWindow) {
        if !self.said_the_end {
            self.said_the_end = true;
            self.outbox.push(how);
        }
    }

    /// Shows the window in the whole of `ui`, and does what the user asks for.
    pub fn ui(&mut self, ui: &mut Ui, now: Duration) {
        self.tick(now);
        let reduced = self.open.look.reduced_motion;
        let view = self.session.at(now);
        self.cue.follow(cue_text(&view), now);
        self.glow.follow(aim(&view), now);
        if reduced {
            self.cue.before.clear();
            self.glow.strength = self.glow.aim;
        }
        let moments = if reduced {
            self.session.key_moments(now)
        } else {
            Vec::new()
        };
        let body = self.session.body(now);
        let phases = view.stretch.into_iter().flat_map(|stretch| &stretch.phases);
        let files = phases.filter_map(|phase| phase.picture.as_deref());
        self.pictures.want(ui.ctx(), files);
        // With nobody there to put it back, that is not offered.
        let taken_out = self.taken_out.last().filter(|_| !self.daemon_gone);
        let notice = bar(self.notice.as_ref(), taken_out);
        let said = notice.map(window::notice_words);
        let around = Around {
            sheet: self.sheet,
            notice: said.as_deref(),
            done_today: self.open.done_today,
        };
        // What is there when a screen reader comes is not new to it, so it is told a picture later.
        if self.heard {
            self.announcer.follow(&view, around);
        } else {
            self.announcer.forget();
        }
        name_window(ui, &text("window-title-message"));
        let heard = announced(ui, self.announcer.words());
        let asked = stretch_ui(
            ui,
            &StretchView {
                theme: &self.theme,
                session: &view,
                body: body.as_ref(),
                moments: &moments,
                pictures: &self.pictures,
                rig: &self.rig,
                glow: self.glow.strength,
                words: Words {
                    before: &self.cue.before,
                    shown: self.cue.shown(now),
                },
                snooze: self.snooze(),
                done_today: self.open.done_today,
                hearing: self.voices.hearing(),
                sheet: self.sheet,
                place: self.size,
                notice,
                undo: taken_out.is_some(),
                daemon: !self.daemon_gone,
            },
        );
        if ui.input(|input| !input.events.is_empty()) {
            self.farewell.busy = now;
        }
        if heard != std::mem::replace(&mut self.heard, heard) || asked.is_some() {
            ui.ctx().request_repaint();
        }
        if let Some(asked) = asked {
            self.ask(asked, now);
        }
    }

    /// After how long the picture changes next, without input; `None`: not by itself.
    #[must_use]
    pub fn next_picture(&self, now: Duration) -> Option<Duration> {
        let fading = self.cue.fading(now) || self.glow.moving();
        let seen = match self.session.next_change(now, self.open.look.reduced_motion) {
            NextChange::Moving => Some(MOVING),
            _ if fading => Some(MOVING),
            NextChange::Breathing(next) => Some(next.min(BREATHING)),
            NextChange::After(next) => Some(next),
            NextChange::Never => self.next_told(now),
        };
        let heard = self.voices.next(&self.session, now);
        seen.into_iter().chain(heard).min()
    }

    /// After how long there is something to hear, for the user or the daemon, or the window
    /// closes: to be waited for also while nobody sees the window.
    #[must_use]
    pub fn next_news(&self, now: Duration) -> Option<Duration> {
        let heard = self.voices.next(&self.session, now);
        heard.into_iter().chain(self.next_told(now)).min()
    }

    fn next_told(&self, now: Duration) -> Option<Duration> {
        let view = self.session.at(now);
        match view.state {
            State::Done(over_for) => Some(self.farewell.left(over_for, now)),
            State::Ready => None,
            _ if view.paused => None,
            // Between stretches and at the end the countdown stops.
            State::SettleIn(_) | State::BetweenStretches(_) => Some(Duration::from_millis(500)),
            State::Running => Some(view.left),
        }
    }

    /// With nobody there to wait for the later, there is no later.
    fn snooze(&self) -> Option<Duration> {
        let seconds = self.open.snooze_s.filter(|_| !self.daemon_gone)?;
        Duration::try_from_secs_f64(seconds).ok()
    }
}

/// What the bar above the buttons says.
fn bar<'a>(
    notice: Option<&'a Notice>,
    taken_out: Option<&'a TakenOut>,
) -> Option<window::Notice<'a>> {
    match (notice, taken_out) {
        (Some(Notice::Refused(why)), _) => Some(window::Notice::Refused { why }),
        (Some(Notice::NoOther), _) => Some(window::Notice::NoOther),
        (None, Some(TakenOut { name, .. })) => Some(window::Notice::TakenOut { name }),
        (None, None) => None,
    }
}

impl Farewell {
    /// Until the window closes itself. Somebody who is busy with it is not cut short, and the
    /// daemon has some time to answer.
    fn left(&self, over_for: Duration, now: Duration) -> Duration {
        if let Some(asked) = self.one_more {
            return ANSWER.saturating_sub(now.saturating_sub(asked));
        }
        let rested = over_for.min(now.saturating_sub(self.busy));
        fade::FAREWELL.saturating_sub(rested)
    }
}

impl Cue {
    fn follow(&mut self, cue: String, now: Duration) {
        if cue != self.now {
            self.before = std::mem::replace(&mut self.now, cue);
            self.since = now;
        }
    }

    /// How far the present words have come.
    fn shown(&self, now: Duration) -> f32 {
        if self.before.is_empty() {
            return 1.0;
        }
        let t = now.saturating_sub(self.since).as_secs_f32() / fade::CUE.as_secs_f32();
        t.min(1.0)
    }

    fn fading(&self, now: Duration) -> bool {
        self.shown(now) < 1.0
    }
}

impl Glow {
    fn follow(&mut self, aim: f32, now: Duration) {
        let step = now.saturating_sub(self.seen).as_secs_f32() / fade::GLOW.as_secs_f32();
        self.seen = now;
        self.aim = aim;
        self.strength += (aim - self.strength).clamp(-step, step);
    }

    fn moving(&self) -> bool {
        (self.aim - self.strength).abs() > 0.01
    }
}

/// How strongly the part at work should glow: where it is held, or a little all along where
/// nothing is held.
fn aim(view: &crate::core::stretch::session::View<'_>) -> f32 {
    let (Some(stretch), Some(cue)) = (view.stretch, view.cue) else {
        return 0.0;
    };
    let held = |kind: PhaseKind| kind == PhaseKind::Hold;
    match view.state {
        State::SettleIn(_) | State::BetweenStretches(_) | State::Done(_) => 0.0,
        State::Ready | State::Running if held(stretch.phases[cue].kind) => 1.0,
        State::Ready | State::Running if stretch.phases.iter().any(|phase| held(phase.kind)) => 0.0,
        State::Ready | State::Running => 0.55,
    }
}

fn plan(open: &Open, catalogue: &Catalogue) -> Option<Plan> {
    if let Some(message) = &open.message {
        return Some(Plan::Message {
            text: message.text.clone(),
            length: span(message.length_s).max(Duration::from_secs(1)),
        });
    }
    let stretches = known(&open.stretches, catalogue);
    (!stretches.is_empty()).then(|| Plan::Stretches {
        stretches,
        variant: VariantName::ALL
            .into_iter()
            .find(|variant| variant.word() == open.variant)
            .unwrap_or(VariantName::Standard),
        settle_in: span(open.settle_in_s),
    })
}

fn known(ids: &[String], catalogue: &Catalogue) -> Vec<Stretch> {
    ids.iter()
        .filter_map(|id| {
            let found = catalogue.find(id);
            if found.is_none() {
                log::warn!("there is no stretch {id}");
            }
            found.cloned()
        })
        .collect()
}

/// Seconds of the wire; nonsense counts as none.
fn span(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}
