//! What keys mean, besides those that a control with the focus takes for itself.

use egui::{Key, Ui};

use super::{Ask, Doing, Pause, Standing, app::Asked};

/// What the user asked for by a key.
pub fn pressed(ui: &Ui, standing: Option<&Standing>) -> Option<Asked> {
    let (command, key) = ui.input(|input| {
        let keys = [
            Key::Escape,
            Key::W,
            Key::Q,
            Key::N,
            Key::P,
            Key::M,
            Key::S,
            Key::K,
        ];
        let key = keys.into_iter().find(|key| input.key_pressed(*key));
        (input.modifiers.command, key)
    });
    match key? {
        Key::Escape => Some(Asked::Close),
        Key::W | Key::Q => command.then_some(Asked::Close),
        key if !command => meaning(key, standing?).map(Asked::Of),
        _ => None,
    }
}

fn meaning(key: Key, standing: &Standing) -> Option<Ask> {
    let announced = standing.doing == Doing::Announced;
    match key {
        Key::N => match standing.doing {
            Doing::NotRunning => Some(Ask::Run),
            Doing::Announced => Some(Ask::Start),
            Doing::OnBreak => None,
            Doing::Working { .. } | Doing::Held | Doing::Paused => Some(Ask::Now),
        },
        Key::P => match standing.doing {
            Doing::NotRunning => None,
            Doing::Paused => Some(Ask::Resume),
            Doing::Working { .. } | Doing::Held | Doing::Announced | Doing::OnBreak => {
                Some(Ask::Pause(Pause::Resumed))
            }
        },
        Key::M => standing.meeting.map(|on| Ask::Meeting(!on)),
        Key::S => (announced && standing.snooze.is_some()).then_some(Ask::Snooze),
        Key::K => announced.then_some(Ask::Skip),
        _ => None,
    }
}
