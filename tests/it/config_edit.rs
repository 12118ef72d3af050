//! The settings file changed by the program: on the disk, and with random files and changes.

use std::{collections::BTreeMap, fs, path::Path};

use proptest::{collection::vec, prelude::*};
use unhunch::{
    config_file::{self, Document, EditError, Location, Step, Undone, edit, edit_step, take_back},
    core::config::{Config, Hook, Reminder},
};

use crate::config_file::{any_config, any_piece, stretches};

fn quieter(file: &Path) -> Result<Config, EditError> {
    edit(&Location::chosen(file), &[], |config| {
        config.sound.volume = 10;
    })
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_what_they_are() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let names = |folder: &Path| {
        let names = fs::read_dir(folder).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    };
    let home = tempfile::tempdir().unwrap();
    let dotfiles = home.path().join("dotfiles");
    fs::create_dir(&dotfiles).unwrap();
    let target = dotfiles.join("unhunch.toml");
    fs::write(&target, "# mine\n").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    let link = home.path().join("config.toml");
    symlink("dotfiles/unhunch.toml", &link).unwrap();

    quieter(&link).unwrap();
    assert!(link.symlink_metadata().unwrap().is_symlink());
    let text = fs::read_to_string(&target).unwrap();
    assert_eq!(text, "# mine\n\n[sound]\nvolume = 10\n");
    assert_eq!(
        target.metadata().unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert_eq!(names(home.path()), ["config.toml", "dotfiles"]);
    assert_eq!(names(&dotfiles), ["unhunch.toml"]);

    let nowhere = home.path().join("nowhere.toml");
    symlink("gone.toml", &nowhere).unwrap();
    let error = quieter(&nowhere).unwrap_err();
    assert!(matches!(error, EditError::Unreadable { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn a_new_file_that_was_moved_behind_a_link_is_not_removed() {
    let home = tempfile::tempdir().unwrap();
    let location = Location::chosen(home.path().join("config.toml"));
    let made = edit_step(&location, &[], |config| config.sound.volume = 10);
    let step = made.unwrap().1.unwrap();
    let elsewhere = home.path().join("dotfiles.toml");
    fs::rename(&location.path, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &location.path).unwrap();
    let taken = take_back(&location, &step).unwrap();
    assert_eq!(taken, Undone::ChangedElsewhere);
    assert_eq!(fs::read(&elsewhere).unwrap(), step.after().unwrap());
}

/// What stands around the settings of a random file.
#[derive(Clone, Debug)]
struct Clutter {
    comment: bool,
    blank: bool,
    indent: &'static str,
    behind: bool,
}

fn any_clutter() -> impl Strategy<Value = Clutter> {
    let indent = prop_oneof![3 => Just(""), 1 => Just("  "), 1 => Just("\t")];
    (any::<bool>(), any::<bool>(), indent, any::<bool>()).prop_map(
        |(comment, blank, indent, behind)| Clutter {
            comment,
            blank,
            indent,
            behind,
        },
    )
}

/// A settings file as somebody might have it, without some of its tables.
fn any_file() -> impl Strategy<Value = String> {
    let cluttered = vec(any_clutter(), 1..100);
    let tables = vec(any::<bool>(), 20);
    (any_config(), cluttered, tables, any::<bool>()).prop_map(|(config, clutter, tables, crlf)| {
        let mut clutter = clutter.iter().cycle();
        let mut text = String::new();
        let printed = config_file::print(&config);
        for (number, line) in (printed.split("\n\n").zip(tables.iter().cycle()))
            .filter(|(_, keep)| **keep)
            .flat_map(|(table, _)| table.lines())
            .enumerate()
        {
            let around = clutter.next().unwrap();
            if around.blank || line.starts_with('[') {
                text.push('\n');
            }
            if around.comment {
                text.push_str(&format!("# above {number}\n"));
            }
            let behind = match around.behind {
                true => format!(" # behind {number}"),
                false => String::new(),
            };
            text.push_str(&format!("{}{line}{behind}\n", around.indent));
        }
        match crlf {
            true => text.replace('\n', "\r\n"),
            false => text,
        }
    })
}

/// Other settings, which share reminders and hooks with these.
fn mixed(config: &Config, other: &Config, keep: &[bool], turn: usize) -> Config {
    let kept = config.reminders.iter().zip(keep.iter().cycle());
    let mut reminders: Vec<Reminder> = kept
        .filter(|(_, keep)| **keep)
        .map(|(reminder, _)| reminder.clone())
        .collect();
    if let Some(first) = reminders.first_mut() {
        first.when = other.reminders[0].when.clone();
        first.open = other.reminders[0].open;
    }
    let known = |reminder: &&Reminder| config.reminders.iter().all(|old| old.id != reminder.id);
    reminders.extend(other.reminders.iter().filter(known).cloned());
    if reminders.is_empty() {
        reminders.clone_from(&config.reminders);
    }
    let turn = turn % reminders.len();
    reminders.rotate_left(turn);
    let kept = config.hooks.iter().zip(keep.iter().rev().cycle());
    let mut hooks: Vec<Hook> = kept
        .filter(|(_, keep)| **keep)
        .map(|(hook, _)| hook.clone())
        .collect();
    if let (Some(first), Some(other)) = (hooks.first_mut(), other.hooks.first()) {
        first.timeout = other.timeout;
        first.run.clone_from(&other.run);
    }
    hooks.extend(other.hooks.iter().skip(1).cloned());
    let turn = turn % hooks.len().max(1);
    hooks.rotate_left(turn);
    Config {
        reminders,
        hooks,
        ..other.clone()
    }
}

/// The lines of a file with the heading that they are under; reminders have their own number.
fn under_headings(text: &str) -> Vec<(String, &str)> {
    let mut heading = String::new();
    let mut number = 0;
    text.lines()
        .map(|line| {
            if line.trim_start().starts_with('[') {
                number += 1;
                heading = line.split('#').next().unwrap().trim().to_owned();
                if heading == "[[reminder]]" {
                    heading = format!("[[reminder]] {number}");
                }
            }
            (heading.clone(), line)
        })
        .collect()
}

/// The values of a table that comes once, by key.
fn values(config: &Config, heading: &str) -> BTreeMap<String, String> {
    let printed = config_file::print(config);
    let table = printed
        .split("\n\n")
        .find(|table| table.starts_with(heading));
    let lines = table.into_iter().flat_map(|table| table.lines().skip(1));
    lines
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

/// Whether every line is in the text, in this order.
fn in_order<'a>(lines: impl IntoIterator<Item = &'a str>, text: &str) -> Result<(), String> {
    let mut rest = text.lines();
    for line in lines {
        if !rest.any(|other| other == line) {
            return Err(format!("{line:?} is gone from\n{text}"));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_change_of_any_file_is_made_and_touches_nothing_else(
        text in any_file(),
        other in any_config(),
        keep in vec(any::<bool>(), 1..6),
        turn in any::<usize>(),
    ) {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("config.toml");
        fs::write(&file, &text).unwrap();
        let facts = stretches();
        let read = |text: &str| Document::parse("file", text).config(&facts);
        let (before, problems) = read(&text);
        prop_assert_eq!(problems, vec![]);
        let wanted = mixed(&before, &other, &keep, turn);

        let location = Location::chosen(&file);
        let made = edit(&location, &facts, |config| *config = wanted.clone());
        let made = made.map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        let after = fs::read_to_string(&file).unwrap();
        prop_assert_eq!(&made, &wanted);
        prop_assert_eq!(read(&after), (wanted.clone(), vec![]), "{}", after);

        for heading in ["[schedule]", "[hold]", "[rotation]", "[look]", "[sound]", "[voice]", "[log]"] {
            let (old, new) = (values(&before, heading), values(&wanted, heading));
            let stays = |line: &str| match line.split_once(" = ") {
                Some((key, _)) => old.get(key.trim()) == new.get(key.trim()),
                None => line.trim_start().starts_with("# above"),
            };
            let lines = under_headings(&text).into_iter();
            let lines: Vec<&str> = lines
                .filter(|(under, line)| under == heading && stays(line))
                .map(|(_, line)| line)
                .collect();
            // The comment above the next heading goes where that goes.
            let own = lines.iter().rev().skip_while(|line| !line.contains(" = ")).copied();
            let own: Vec<&str> = own.collect();
            in_order(own.into_iter().rev(), &after).map_err(TestCaseError::fail)?;
        }

        let back = edit(&location, &facts, |config| *config = before.clone());
        let back = back.map_err(|error| TestCaseError::fail(format!("{error}\n{after}")))?;
        prop_assert_eq!(back, before);
    }

    #[test]
    fn hooks_that_stay_keep_what_stands_around_them(
        count in 1..7_usize,
        moved in Just((0..7_usize).collect::<Vec<_>>()).prop_shuffle(),
        keep in vec(any::<bool>(), 7),
        new in vec(0..8_usize, 0..3),
        twins in any::<bool>(),
    ) {
        let run = |number: usize| format!("program-{}", if twins { number / 2 } else { number });
        let block = |number: usize| {
            format!("# above {number}\n[[hook]] # {number}\nrun = ['{}']\n  on='due'\n", run(number))
        };
        let blocks: Vec<String> = (0..count).map(block).collect();
        let (head, tail) = ("# mine\n\n[voice]\non = true\n\n", "\n[log]\nlevel = 'warn'\n");
        let text = format!("{head}{}{tail}", blocks.join("\n"));
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("config.toml");
        fs::write(&file, &text).unwrap();
        let stay: Vec<usize> = moved.into_iter().filter(|n| *n < count && keep[*n]).collect();
        let made = edit(&Location::chosen(&file), &[], |config| {
            let mut hooks: Vec<Hook> = stay.iter().map(|n| config.hooks[*n].clone()).collect();
            for (number, at) in new.iter().enumerate() {
                let mut hook = config.hooks[0].clone();
                hook.run = vec![format!("new-{number}")];
                hooks.insert(at % (hooks.len() + 1), hook);
            }
            config.hooks = hooks;
        });
        prop_assert!(made.is_ok(), "{:?}\n{text}", made);
        let after = fs::read_to_string(&file).unwrap();
        prop_assert!(after.starts_with(head) && after.ends_with(tail), "{after}");
        // What is new may take over the place of one that is gone, but not of one that stays.
        let whole = |number: usize| after.contains(&blocks[number]);
        let found = (0..count).filter(|number| whole(*number)).count();
        prop_assert!(found >= stay.len(), "{stay:?} of\n{text}\n{after}");
        if !twins {
            prop_assert!(stay.iter().all(|number| whole(*number)), "{stay:?} of\n{text}\n{after}");
        }
        let gone = count.saturating_sub(stay.len() + new.len());
        prop_assert!(after.matches("# above").count() <= count - gone, "{after}");
    }

    #[test]
    fn a_change_of_a_damaged_file_is_made_or_refused_and_nothing_else(
        pieces in vec(any_piece(), 0..40),
        other in any_config(),
    ) {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("config.toml");
        let text = pieces.concat();
        fs::write(&file, &text).unwrap();
        let facts = stretches();
        let made = edit(&Location::chosen(&file), &facts, |config| *config = other.clone());
        let after = fs::read_to_string(&file).unwrap();
        match made {
            Ok(config) => {
                prop_assert_eq!(&config, &other);
                let (read, _) = Document::parse("file", &after).config(&facts);
                prop_assert_eq!(read, other, "{}", after);
            }
            Err(error) => {
                prop_assert!(!error.to_string().is_empty());
                prop_assert_eq!(after, text);
            }
        }
    }

    #[test]
    fn any_edits_of_any_file_are_taken_back_and_made_again_to_the_byte(
        text in proptest::option::of(prop_oneof![
            any_file(),
            vec(any_piece(), 0..40).prop_map(|pieces| pieces.concat()),
        ]),
        others in vec(any_config(), 1..5),
        keep in vec(any::<bool>(), 1..6),
    ) {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("config.toml");
        if let Some(text) = &text {
            fs::write(&file, text).unwrap();
        }
        let (location, facts) = (Location::chosen(&file), stretches());
        let bytes = || fs::read(&file).ok();
        let mut steps: Vec<Step> = Vec::new();
        for (turn, other) in others.iter().enumerate() {
            let before = bytes();
            let made = edit_step(&location, &facts, |config| {
                *config = mixed(config, other, &keep, turn);
            });
            match made {
                Ok((_, Some(step))) => {
                    prop_assert_eq!(step.before(), before.as_deref());
                    prop_assert_eq!(step.after().map(<[u8]>::to_vec), bytes());
                    steps.push(step);
                }
                Ok((_, None)) | Err(_) => prop_assert_eq!(bytes(), before),
            }
        }
        let last = bytes();
        for step in steps.iter().rev() {
            prop_assert_eq!(take_back(&location, step).unwrap(), Undone::Done);
        }
        prop_assert_eq!(bytes(), text.map(String::into_bytes));
        for step in &steps {
            prop_assert_eq!(take_back(&location, &step.reversed()).unwrap(), Undone::Done);
        }
        prop_assert_eq!(bytes(), last);
        let joined = steps.into_iter().reduce(|all, step| Step::joined(&all, &step).unwrap());
        if let Some(all) = joined {
            let first = all.before().map(<[u8]>::to_vec);
            prop_assert_eq!(take_back(&location, &all).unwrap(), Undone::Done);
            prop_assert_eq!(bytes(), first);
        }
    }

    #[test]
    fn any_mistake_of_any_file_is_mended_by_all_that_is_offered(
        pieces in vec(any_piece(), 0..25),
        good in any_file(),
        place in any::<proptest::sample::Index>(),
    ) {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("config.toml");
        let lines: Vec<&str> = good.split_inclusive('\n').collect();
        let (above, below) = lines.split_at(place.index(lines.len() + 1));
        let text = [above.concat(), pieces.concat(), below.concat()].concat();
        fs::write(&file, &text).unwrap();
        let (location, facts) = (Location::chosen(&file), stretches());
        let before = config_file::load(&location, &facts);
        let mistakes = config_file::mistakes(&before, &facts);
        prop_assert_eq!(mistakes.len(), before.problems.len());
        // The first ones say enough about the others.
        for mistake in mistakes.iter().take(4) {
            for repair in &mistake.repairs {
                let mended = config_file::mend(&location, &facts, mistake, repair);
                let (config, step) = mended.map_err(|error| {
                    TestCaseError::fail(format!("{}: {error}\n{text}", repair.said()))
                })?;
                let after = config_file::load(&location, &facts);
                prop_assert_eq!(after.config, config);
                prop_assert!(after.problems.len() <= before.problems.len(), "{}", text);
                let undone = take_back(&location, &step.unwrap()).unwrap();
                prop_assert_eq!(undone, Undone::Done);
            }
        }
        prop_assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }

    #[test]
    fn a_single_key_is_set_or_refused_and_nothing_else(
        text in any_file(),
        key in prop_oneof![
            proptest::sample::select(vec![
                "schedule.lull", "look.window", "sound.volume", "hours.mon", "rotation.except",
                "reminder.upper-back.every", "hold", "reminder.new.every",
            ]).prop_map(str::to_owned),
            "[a-z.\"-]{0,12}",
        ],
        value in prop_oneof![
            proptest::sample::select(vec![
                "\"5s\"", "\"full\"", "12", "[\"09:00-12:00\"]", "[\"chin_tuck\"]", "{ away = false }",
            ]).prop_map(str::to_owned),
            any_piece(),
        ],
    ) {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("config.toml");
        fs::write(&file, &text).unwrap();
        let facts = stretches();
        let mut expected = Document::parse("file", &text);
        let fits = expected.set(&key, &value, &facts).is_ok();
        let made = config_file::set(&Location::chosen(&file), &facts, &key, &value);
        let after = fs::read_to_string(&file).unwrap();
        match made {
            Ok(_) => {
                prop_assert!(fits);
                let found = Document::parse("file", &after).config(&facts);
                prop_assert_eq!(found, (expected.config(&facts).0, vec![]), "{}", after);
            }
            Err(error) => {
                prop_assert!(!fits, "{} = {}: {}\n{}", key, value, error, text);
                prop_assert_eq!(after, text);
            }
        }
    }
}
