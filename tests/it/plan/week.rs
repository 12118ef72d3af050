//! Working hours as a week.

use egui::{Pos2, pos2};

use super::*;

/// Where a time is on the band of a day.
fn at(window: &Window, day: &str, hour: f32) -> Pos2 {
    let band = beginning(window, &format!("{day}: ")).rect();
    pos2(band.left() + hour / 24.0 * band.width(), band.center().y)
}

/// Draws with the mouse from one place to the other.
fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.run_steps(1);
    window.drag_at(from);
    window.run_steps(2);
    window.hover_at(from + 0.5 * (to - from));
    window.run_steps(2);
    window.hover_at(to);
    window.run_steps(2);
    window.drop_at(to);
    window.run_steps(4);
}

fn hours(window: &Window) -> String {
    let text = window.state().text();
    let hours = text.lines().filter(|line| {
        let key = line.split(' ').next().unwrap_or_default();
        unhunch::core::config::DayOfWeek::from_key(key).is_some()
    });
    hours.collect::<Vec<_>>().join("\n")
}

#[test]
fn hours_are_painted_and_erased_with_the_mouse_and_each_stroke_is_one_change() {
    let mut window = look(
        TALL,
        "# mine\n[hours] # when I am there\nmon = [\"09:00-12:00\"]\n",
    );
    let (from, to) = (at(&window, "Monday", 13.05), at(&window, "Monday", 17.9));
    drag(&mut window, from, to);
    assert_eq!(hours(&window), "mon = [\"09:00-12:00\", \"13:00-18:00\"]");
    assert_eq!(window.state().said, ["Monday: 09:00–12:00, 13:00–18:00"]);

    // From a painted hour on it is erased, also where nothing was.
    let (from, to) = (at(&window, "Monday", 16.05), at(&window, "Monday", 20.0));
    drag(&mut window, from, to);
    assert_eq!(hours(&window), "mon = [\"09:00-12:00\", \"13:00-16:00\"]");

    for left in [
        "mon = [\"09:00-12:00\", \"13:00-18:00\"]",
        "mon = [\"09:00-12:00\"]",
    ] {
        press_with(&mut window, Modifiers::COMMAND, Key::Z);
        assert_eq!(hours(&window), left);
    }
    assert!(
        window
            .state()
            .text()
            .starts_with("# mine\n[hours] # when I am there\n")
    );
}

#[test]
fn a_stroke_goes_over_several_days() {
    let mut window = look(TALL, "[hours]\nmon = [\"09:00-12:00\"]\n");
    let (from, to) = (at(&window, "Tuesday", 9.05), at(&window, "Thursday", 11.9));
    drag(&mut window, from, to);
    let expected = ["mon", "tue", "wed", "thu"].map(|day| format!("{day} = [\"09:00-12:00\"]"));
    assert_eq!(hours(&window), expected.join("\n"));
    assert_eq!(
        window.state().said,
        ["Work: Tuesday to Thursday, 09:00–12:00"]
    );
}

#[test]
fn what_is_painted_shows_while_it_is_painted() {
    let mut window = look(TALL, HOURS);
    let (from, to) = (at(&window, "Tuesday", 9.05), at(&window, "Tuesday", 11.9));
    window.hover_at(from);
    window.run_steps(1);
    window.drag_at(from);
    window.run_steps(2);
    let before = window.render().unwrap();
    window.hover_at(to);
    window.run_steps(3);
    window.get_by_label("Work: Tuesday, 09:00–12:00");
    let after = window.render().unwrap();
    let middle = at(&window, "Tuesday", 10.6);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a pixel"
    )]
    let (x, y) = (middle.x as u32, middle.y as u32);
    assert_ne!(before.get_pixel(x, y), after.get_pixel(x, y));
    assert!(
        window.state().steps.is_empty(),
        "not written before the end"
    );
    window.drop_at(to);
    window.run_steps(4);
    assert_eq!(window.state().steps.len(), 1);
}

#[test]
fn the_morning_after_a_night_shift_is_seen_and_erased_on_its_day() {
    let mut window = look(TALL, "[hours]\nfri = [\"22:00-06:00\"]\n");
    let (from, to) = (at(&window, "Saturday", 3.05), at(&window, "Saturday", 5.9));
    drag(&mut window, from, to);
    assert_eq!(hours(&window), "fri = [\"22:00-03:00\"]");
    let (from, to) = (at(&window, "Friday", 22.05), at(&window, "Friday", 22.9));
    drag(&mut window, from, to);
    assert_eq!(hours(&window), "fri = [\"23:00-03:00\"]");
}

#[test]
fn hours_are_painted_by_keyboard_and_said() {
    let mut window = look(TALL, "[hours]\nmon = [\"09:00-12:00\"]\n");
    tab_to(&mut window, "Monday: 09:00–12:00");
    let value = |window: &Window| {
        focused_node(window)
            .unwrap()
            .accesskit_node()
            .value()
            .unwrap()
    };
    assert_eq!(value(&window), "Monday 00:00–00:15, free");
    for _ in 0..36 {
        press(&mut window, Key::ArrowRight);
    }
    assert_eq!(value(&window), "Monday 09:00–09:15, working hours");
    let is_said = window
        .get_all_by_label("Monday 09:00–09:15, working hours")
        .any(|node| node.accesskit_node().role() == Role::Status);
    assert!(is_said, "by itself");
    for _ in 0..3 {
        press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    }
    assert_eq!(value(&window), "Monday 09:00–10:00, working hours");
    press(&mut window, Key::Space);
    assert_eq!(hours(&window), "mon = [\"10:00-12:00\"]");
    assert_eq!(focused(&window).unwrap(), "Monday: 10:00–12:00");

    press(&mut window, Key::ArrowDown);
    assert_eq!(focused(&window).unwrap(), "Tuesday: none");
    press(&mut window, Key::End);
    press_with(&mut window, Modifiers::SHIFT, Key::Home);
    assert_eq!(value(&window), "Tuesday 00:00–24:00, free");
    press(&mut window, Key::Enter);
    assert_eq!(
        hours(&window),
        "mon = [\"10:00-12:00\"]\ntue = [\"00:00-24:00\"]"
    );
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowUp);
    assert_eq!(focused(&window).unwrap(), "Sunday: none");
}

#[test]
fn hours_are_typed_and_what_is_wrong_stands_below() {
    let mut window = look(TALL, "[hours]\nmon = [\"09:00-12:00\"]\n");
    tab_to(&mut window, "Hours on Tuesday");
    type_over(&mut window, "9:00-12:30, 13:15-18");
    press(&mut window, Key::Enter);
    let wrong = beginning(&window, "18 is not a time of day: write 13:15-18:00");
    let field = place(&window, "Hours on Tuesday");
    assert!(
        wrong.rect().top() >= field.bottom(),
        "{:?} {field:?}",
        wrong.rect()
    );
    assert_eq!(
        hours(&window),
        "mon = [\"09:00-12:00\"]",
        "nothing is written"
    );
    type_over(&mut window, "9:00-12:30, 13:15-18:00");
    press(&mut window, Key::Enter);
    assert!(window.query_by_label_contains("is not a time").is_none());
    let both = "mon = [\"09:00-12:00\"]\ntue = [\"09:00-12:30\", \"13:15-18:00\"]";
    assert_eq!(hours(&window), both);
    window.get_by_label("Tuesday: 09:00–12:30, 13:15–18:00");
}

#[test]
fn monday_is_copied_and_a_day_is_cleared() {
    let mut window = look(TALL, HOURS);
    click(&mut window, "Copy Monday to Tuesday–Friday");
    let line = |day: &str| format!("{day} = [\"09:00-12:30\", \"13:15-18:00\"]");
    let week = ["mon", "tue", "wed", "thu", "fri"].map(line);
    assert_eq!(hours(&window), week.join("\n"));
    click(&mut window, "Clear Wednesday");
    let left = ["mon", "tue", "thu", "fri"].map(line);
    assert_eq!(hours(&window), left.join("\n"));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(window.state().text(), HOURS);
}

#[test]
fn the_switch_is_the_table_and_remembers_the_hours() {
    let mut window = look(TALL, HOURS);
    click(&mut window, "Breaks only in working hours");
    assert_eq!(window.state().config().hours, None);
    assert!(window.query_by_label("Hours on Monday").is_none());
    click(&mut window, "Breaks only in working hours");
    assert_eq!(hours(&window), HOURS.trim_start_matches("[hours]\n").trim());

    let mut window = look(TALL, "");
    click(&mut window, "Breaks only in working hours");
    let usual = ["mon", "tue", "wed", "thu", "fri"].map(|day| format!("{day} = [\"09:00-17:00\"]"));
    assert_eq!(hours(&window), usual.join("\n"));
}

#[test]
fn a_week_without_hours_is_not_kept() {
    let before = "[hours]\nmon = [\"09:00-12:00\"]\n";
    let mut window = look(TALL, before);
    click(&mut window, "Clear Monday");
    window.get_by_label("Monday: none");
    assert!(
        window
            .query_all_by_label_contains("Without any hours")
            .count()
            > 0
    );
    assert_eq!(window.state().text(), before, "for breaks would never come");
    let (from, to) = (at(&window, "Tuesday", 9.05), at(&window, "Tuesday", 11.9));
    drag(&mut window, from, to);
    assert_eq!(hours(&window), "tue = [\"09:00-12:00\"]");
    assert!(
        beginning(&window, "Monday: none")
            .accesskit_node()
            .label()
            .is_some()
    );
    click(&mut window, "Clear Tuesday");
    click(&mut window, "Breaks only in working hours");
    assert_eq!(window.state().config().hours, None);
}
