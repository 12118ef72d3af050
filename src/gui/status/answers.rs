//! What the user can tell the program now: begin, answer, pause, in a meeting.

use egui::{Id, Rect, Ui, accesskit::Role, pos2, vec2};

use super::{Ask, Doing, Pause, Standing, app::Asked};
use crate::{
    gui::{
        choices::{CHIP, Chip, SWITCH, switch_ui},
        controls::{Button, Weight, layout, name_key},
        fonts::{self, icon},
        theme::{Theme, size, space},
    },
    text::text,
};

/// A button: what it says, what it asks for, the key that does the same.
struct Answer {
    id: &'static str,
    label: String,
    icon: char,
    weight: Weight,
    ask: Ask,
    key: &'static str,
}

/// Shows them from the top of `area` downwards; returns where they end.
pub fn answers_ui(
    ui: &mut Ui,
    theme: &Theme,
    standing: &Standing,
    area: Rect,
    asked: &mut Vec<Asked>,
) -> f32 {
    let mut top = area.top();
    let answers = answers(standing);
    if !answers.is_empty() {
        buttons_ui(ui, theme, &answers, area, asked);
        top += space::BUTTON + space::MEDIUM;
    }
    if standing.doing == Doing::NotRunning {
        return top;
    }
    let row = |top: f32| Rect::from_min_max(pos2(area.left(), top), area.max);
    top = pauses_ui(ui, theme, row(top), asked) + space::MEDIUM;
    if let Some(meeting) = standing.meeting {
        meeting_ui(ui, theme, meeting, row(top), asked);
        top += SWITCH.y + space::MEDIUM;
    }
    top + space::TIGHT
}

fn answers(standing: &Standing) -> Vec<Answer> {
    let answer = |id, label: String, icon, weight, ask, key| Answer {
        id,
        label,
        icon,
        weight,
        ask,
        key,
    };
    let filled = Weight::Filled;
    let outlined = Weight::Outlined;
    let now = || answer("now", text("glance-now"), icon::PLAY, filled, Ask::Now, "N");
    match standing.doing {
        Doing::NotRunning => {
            let label = text("glance-run");
            vec![answer("run", label, icon::PLAY, filled, Ask::Run, "N")]
        }
        Doing::Working { .. } | Doing::Held => vec![now()],
        Doing::Paused => {
            let label = text("glance-resume");
            let resume = answer("resume", label, icon::PLAY, filled, Ask::Resume, "P");
            let now = Answer {
                weight: outlined,
                icon: icon::BODY,
                ..now()
            };
            vec![resume, now]
        }
        Doing::Announced => {
            let label = text("glance-start");
            let start = answer("start", label, icon::PLAY, filled, Ask::Start, "N");
            let snooze = standing.snooze.clone().map(|label| {
                let snooze = icon::SNOOZE;
                answer("snooze", label, snooze, outlined, Ask::Snooze, "S")
            });
            let label = text("glance-skip");
            let skip = answer("skip", label, icon::SKIP, outlined, Ask::Skip, "K");
            [start].into_iter().chain(snooze).chain([skip]).collect()
        }
        Doing::OnBreak => Vec::new(),
    }
}

fn buttons_ui(ui: &mut Ui, theme: &Theme, answers: &[Answer], area: Rect, asked: &mut Vec<Asked>) {
    let mut at = area.min;
    for answer in answers {
        let button = Button {
            weight: answer.weight,
            icon: Some(answer.icon),
            label: &answer.label,
            shows_label: true,
        };
        let place = Rect::from_min_size(at, vec2(button.width(ui), space::BUTTON));
        let id = format!("glance-{}", answer.id);
        let response = button.ui(ui, theme, place, &id);
        name_key(&response, answer.key);
        if response.clicked() {
            asked.push(Asked::Of(answer.ask));
        }
        at.x = place.right() + space::SMALL;
    }
}

/// The pauses that are offered, in as many lines as they need; returns where they end.
fn pauses_ui(ui: &mut Ui, theme: &Theme, area: Rect, asked: &mut Vec<Asked>) -> f32 {
    let label = text("glance-pause");
    let laid = layout(ui, &label, fonts::regular(size::BODY), theme.text);
    let left = area.left() + laid.size().x + 12.0;
    let at = pos2(area.left(), area.top() + 0.5 * (CHIP - laid.size().y));
    ui.painter().galley(at, laid, theme.text);
    let mut at = pos2(left, area.top());
    for pause in Pause::OFFERED {
        let label = text(pause.text_id());
        let chip = Chip {
            label: &label,
            icon: None,
            chosen: false,
            role: Role::Button,
        };
        let width = chip.width(ui);
        if at.x > left && at.x + width > area.right() {
            at = pos2(left, at.y + CHIP + space::SMALL);
        }
        let place = Rect::from_min_size(at, vec2(width, CHIP));
        let id = Id::unique(("glance-pause", pause.text_id()));
        let response = chip.ui(ui, theme, place, id);
        // Without its row, "30 min" alone would tell nobody anything.
        response.widget_info(|| {
            let name = format!("{} {label}", text("glance-pause"));
            egui::WidgetInfo::labeled(Role::Button, true, name)
        });
        if response.clicked() {
            asked.push(Asked::Of(Ask::Pause(pause)));
        }
        at.x += width + 6.0;
    }
    at.y + CHIP
}

fn meeting_ui(ui: &mut Ui, theme: &Theme, on: bool, area: Rect, asked: &mut Vec<Asked>) {
    let label = text("glance-meeting");
    let switch = Rect::from_min_size(pos2(area.right() - SWITCH.x, area.top()), SWITCH);
    let id = Id::unique("glance-meeting");
    let response = switch_ui(ui, theme, switch, id, &label, on);
    name_key(&response, "M");
    if response.clicked() {
        asked.push(Asked::Of(Ask::Meeting(!on)));
    }
    let middle = switch.center().y;
    let name = layout(ui, &label, fonts::regular(size::BODY), theme.text);
    let hint = text("glance-meeting-hint");
    let room = switch.left() - area.left() - name.size().x - 24.0;
    let at = pos2(area.left(), middle - 0.5 * name.size().y);
    let right = at.x + name.size().x + 10.0;
    ui.painter().galley(at, name, theme.text);
    let hint = layout(ui, &hint, fonts::regular(size::FAINT), theme.faint);
    if hint.size().x <= room {
        let at = pos2(right, middle - 0.5 * hint.size().y);
        ui.painter().galley(at, hint, theme.faint);
    }
}
