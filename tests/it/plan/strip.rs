//! The strip of a day.

use super::*;

fn value(window: &Window) -> Option<String> {
    let strip = window.root().children_recursive().find(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        node.accesskit_node().role() == Role::Figure && label.contains("break")
    });
    strip.unwrap().accesskit_node().value()
}

#[test]
fn the_breaks_of_today_are_told_in_words() {
    let window = look(TALL, "");
    window.get_by_label("7 breaks today, from 10:00 to 17:18");
    window.get_by_label("7 breaks today: 10:00, 11:01, 12:02, 14:15, 15:16, 16:17, 17:18");
    beginning(
        &window,
        "No working hours are set, so this is a day of eight hours",
    );
}

#[test]
fn several_reminders_are_told_apart() {
    let window = look(TALL, THREE);
    let strip = beginning(
        &window,
        "26 breaks today: 09:20 eyes, 09:40 eyes, 10:00 upper-back + eyes",
    );
    let label = strip.accesskit_node().label().unwrap();
    assert!(label.contains("walk"), "{label}");
}

#[test]
fn arrows_walk_from_break_to_break() {
    let mut window = look(TALL, "");
    beginning(&window, "7 breaks today: ").focus();
    window.run_steps(2);
    press(&mut window, Key::ArrowRight);
    let first = "10:00 – upper-back: one standard stretch";
    assert_eq!(value(&window).as_deref(), Some(first));
    window.get_by_label(first);
    press(&mut window, Key::ArrowRight);
    window.get_by_label("11:01 – upper-back: one standard stretch");
    press(&mut window, Key::End);
    press(&mut window, Key::ArrowRight);
    window.get_by_label("17:18 – upper-back: one standard stretch");
    press(&mut window, Key::Home);
    press(&mut window, Key::ArrowLeft);
    window.get_by_label(first);
}

#[test]
fn the_pointer_tells_what_a_mark_is() {
    let mut window = look(TALL, "");
    let band = beginning(&window, "7 breaks today: ").rect();
    // From 9:00 to 18:00, so 10:00 is a ninth along.
    let mark = egui::pos2(band.left() + band.width() / 9.0 + 4.0, band.center().y);
    window.hover_at(mark);
    window.run_steps(3);
    window.get_by_label("10:00 – upper-back: one standard stretch");
    window.hover_at(mark + vec2(60.0, 0.0));
    window.run_steps(3);
    beginning(&window, "Point at a mark");
}

#[test]
fn a_day_off_shows_the_next_day_with_hours() {
    let mut window = look(TALL, "[hours]\nwed = [\"09:00-12:00\"]\n");
    window.get_by_label("No working hours today. This is how it goes on Wednesday:");
    window.get_by_label("2 breaks on Wednesday: 10:00, 11:01");
    window.get_by_label("Wed");
    choose(&mut window, "Thu");
    window.get_by_label("No working hours on Thursday. This is how it goes on Wednesday:");
    choose(&mut window, "Wed");
    assert!(window.query_by_label_contains("No working hours").is_none());
}

#[test]
fn a_change_shows_in_the_strip() {
    let mut window = look(TALL, "");
    click(&mut window, "More: Every");
    beginning(&window, "5 breaks today, from 10:15 to ");
}

#[test]
fn the_day_is_copied_as_a_text_that_simulate_reads() {
    let mut window = look(TALL, THREE);
    click(&mut window, "Copy as a day for “unhunch simulate”");
    window.get_by_label("Copied");
    let copied = window.state().copied.clone().unwrap();
    let day = unhunch::core::day::Day::parse(&copied).unwrap();
    assert!(day.steps.len() > 30, "{copied}");
    assert!(copied.starts_with("# A day as it would go with the settings of 2026-03-02."));
    assert!(copied.contains("\nstart 2026-03-02T09:00"), "{copied}");
}

#[test]
fn a_time_of_day_that_is_not_in_the_hours_is_named() {
    let evening = "[[reminder]]\nid = \"walk\"\nat = [\"11:00\", \"20:00\"]\n";
    let window = look(TALL, evening);
    window.get_by_label("Not in the hours shown; they come if you are there: 20:00 walk");
    let window = look(
        TALL,
        &format!("[hours]\nmon = [\"09:00-12:00\"]\n\n{evening}"),
    );
    window.get_by_label("Outside of these hours, so there is no break: 20:00 walk");
}
