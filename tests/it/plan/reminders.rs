//! The reminders.

use super::*;

fn ids(window: &Window) -> Vec<String> {
    let reminders = window.state().config().reminders.into_iter();
    reminders.map(|reminder| reminder.id).collect()
}

#[test]
fn by_keyboard_alone_a_reminder_is_added_named_and_set_to_45_minutes() {
    let mut window = look(TALL, "[schedule]\nlull = \"5s\" # short\n");
    tab_to(&mut window, "Your own");
    press(&mut window, Key::Enter);
    assert_eq!(focused(&window).as_deref(), Some("Name"));
    // What is typed takes the place of the name.
    window.event(Event::Text("legs".to_owned()));
    window.run_steps(3);
    press(&mut window, Key::Tab);
    assert_eq!(focused(&window).as_deref(), Some("After work"));
    tab_to(&mut window, "Every");
    type_over(&mut window, "45min");
    press(&mut window, Key::Enter);
    assert_eq!(
        window.state().text(),
        "[schedule]\nlull = \"5s\" # short\n\n\
         [[reminder]]\nid = \"upper-back\"\nevery = \"1h\"\nlength = \"standard\"\ncount = 1\n\n\
         [[reminder]]\nid = \"legs\"\nevery = \"45min\"\nlength = \"standard\"\ncount = 1\n"
    );
    window.get_by_label_contains("legs: every 45min · one standard stretch");
}

#[test]
fn a_name_that_cannot_be_is_said_while_one_types() {
    let mut window = look(TALL, THREE);
    click(&mut window, "eyes: every 20min · a message, 20s");
    tab_to(&mut window, "Name");
    for (typed, said) in [
        ("walk", "Another reminder is called walk already."),
        (
            "My eyes!",
            "Only letters (a–z), digits, - and _. How about my-eyes?",
        ),
        ("", "Only letters (a–z), digits, - and _, from 1 to 64."),
        ("ü", "Only letters (a–z), digits, - and _, from 1 to 64."),
    ] {
        type_over(&mut window, typed);
        if typed.is_empty() {
            press(&mut window, Key::Backspace);
        }
        window.get_by_label(said);
    }
    press(&mut window, Key::Enter);
    assert_eq!(
        ids(&window),
        ["upper-back", "eyes", "walk"],
        "nothing is written"
    );
    type_over(&mut window, "far_1");
    assert!(
        window
            .query_by_label_contains("Only letters (a–z), digits, - and _, from")
            .is_none()
    );
    press(&mut window, Key::Enter);
    assert_eq!(ids(&window), ["upper-back", "far_1", "walk"]);
    assert_eq!(window.state().said, ["eyes is now called far_1"]);
    assert_eq!(
        window.state().text(),
        THREE.replace("\"eyes\"", "\"far_1\"")
    );
}

#[test]
fn ready_made_ones_are_added_with_names_of_their_own() {
    let mut window = look(TALL, "");
    click(&mut window, "Eyes, every 20 minutes");
    click(&mut window, "Walk at 11:00 and 15:30");
    click(&mut window, "Upper back, each hour");
    assert_eq!(ids(&window), ["upper-back", "eyes", "walk", "upper-back-2"]);
    let text = window.state().text();
    for line in [
        "every = \"20min\"\nmessage = \"Look at something at least six metres away\"\nlength = \"20s\"\nnatural_break = \"1min\"",
        "at = [\"11:00\", \"15:30\"]\nmessage = \"Stand up and walk a few steps\"\nlength = \"5min\"",
    ] {
        let all = line.split('\n').all(|line| text.contains(line));
        assert!(all, "{line}\n---\n{text}");
    }
}

#[test]
fn reminders_are_duplicated_moved_and_removed_with_undo_and_the_focus_stays_near() {
    let mut window = look(TALL, THREE);
    let label = beginning(&window, "walk: at 11:00, 15:30 · one standard stretch (")
        .accesskit_node()
        .label()
        .unwrap();
    click(&mut window, &label);
    tab_to(&mut window, "Move up");
    press(&mut window, Key::Enter);
    assert_eq!(ids(&window), ["upper-back", "walk", "eyes"]);
    assert_eq!(
        focused(&window).as_deref(),
        Some("Move up"),
        "to go further up"
    );
    press(&mut window, Key::Enter);
    press(&mut window, Key::Enter);
    assert_eq!(
        ids(&window),
        ["walk", "upper-back", "eyes"],
        "there is no further"
    );
    click(&mut window, "Move down");
    click(&mut window, "Duplicate");
    assert_eq!(ids(&window), ["upper-back", "walk", "walk-2", "eyes"]);
    assert_eq!(focused(&window).as_deref(), Some("Name"));
    click(&mut window, "Remove");
    assert_eq!(ids(&window), ["upper-back", "walk", "eyes"]);
    let next = focused(&window).unwrap();
    assert!(next.starts_with("eyes: "), "{next}");
    for _ in 0..5 {
        press_with(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(window.state().text(), THREE);
}

#[test]
fn one_reminder_stays() {
    let window = look(TALL, "");
    assert!(window.query_by_label("Remove").is_none());
    window.get_by_label(
        "One reminder always stays. To have no breaks for a while, pause the program.",
    );
}

#[test]
fn times_of_day_are_added_sorted_and_removed() {
    let mut window = look(TALL, "");
    click(&mut window, "At times of day");
    assert!(window.state().text().contains("at = [\"11:00\"]"));
    assert!(
        window.query_by_label("Remove 11:00").is_none(),
        "one has to stay"
    );
    tab_to(&mut window, "Another time");
    for (typed, times) in [
        ("9:15", "at = [\"09:15\", \"11:00\"]"),
        ("16:00", "at = [\"09:15\", \"11:00\", \"16:00\"]"),
        ("11:00", "at = [\"09:15\", \"11:00\", \"16:00\"]"),
    ] {
        type_over(&mut window, typed);
        press(&mut window, Key::Enter);
        assert!(
            window.state().text().contains(times),
            "{}",
            window.state().text()
        );
    }
    type_over(&mut window, "soon");
    press(&mut window, Key::Enter);
    window.get_by_label("soon is not a time of day; write one such as 11:00");
    click(&mut window, "Remove 11:00");
    assert!(
        window
            .state()
            .text()
            .contains("at = [\"09:15\", \"16:00\"]")
    );
    click(&mut window, "After work");
    assert!(window.state().text().contains("every = \"1h\""));
}

#[test]
fn a_break_becomes_a_message_and_stretches_again() {
    let mut window = look(TALL, "");
    click(&mut window, "A message");
    tab_to(&mut window, "Message");
    type_over(&mut window, &"x".repeat(301));
    press(&mut window, Key::Enter);
    window.get_by_label("At most 300 characters, or notifications cut it off.");
    window.get_by_label("301 of at most 300 characters.");
    type_over(&mut window, "Drink something");
    tab_to(&mut window, "Shown for");
    press(&mut window, Key::ArrowUp);
    let text = window.state().text();
    assert!(text.contains("message = \"Drink something\"\n"), "{text}");
    assert!(text.contains("length = \"25s\"\n"), "{text}");
    choose(&mut window, "Stretches");
    click(&mut window, "long");
    click(&mut window, "More: How many");
    let text = window.state().text();
    assert!(
        text.contains("length = \"long\"\n") && text.contains("count = 2\n"),
        "{text}"
    );
    window.get_by_label_contains("short: ");
}

#[test]
fn what_is_its_own_is_set_and_taken_back() {
    let mut window = look(TALL, "");
    click(&mut window, "More settings");
    click(&mut window, "Its own");
    click(&mut window, "Less: Away for");
    assert!(window.state().text().contains("natural_break = \"4min\""));
    click(&mut window, "As for all");
    assert!(!window.state().text().contains("natural_break"));
}

#[test]
fn a_length_outside_of_its_range_is_refused_with_the_range() {
    let mut window = look(TALL, "");
    tab_to(&mut window, "Every");
    for typed in ["5s", "25h"] {
        type_over(&mut window, typed);
        press(&mut window, Key::Enter);
        window.get_by_label("From 10s to 24h.");
        assert_eq!(window.state().text(), "");
    }
    type_over(&mut window, "45");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().text(), "", "minutes or seconds?");
}
