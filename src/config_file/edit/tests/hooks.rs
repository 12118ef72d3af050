//! Hooks, which have no names.

use super::*;
use crate::core::config::Hook;

const TWO: &str = "\
# Quiet, please
[[hook]]
on = \"announced\" # before a break
run = [
  'playerctl', # the music
  'pause',
]

# And on again
[[hook]]
run = [\"playerctl\", \"play\"]
timeout = '5s'
on = 'completed'
# retries = 3

[log]
level = \"warn\"
";

fn hook(on: &'static str, run: &[&str]) -> Hook {
    Hook {
        on,
        run: run.iter().map(|word| (*word).to_owned()).collect(),
        timeout: secs(10),
    }
}

#[test]
fn a_value_is_changed_in_its_place() {
    let after = edited(TWO, |config| {
        config.hooks[0].timeout = secs(3);
        config.hooks[0].run.push("--all".to_owned());
        config.hooks[1].on = "abandoned";
    });
    assert_snapshot!(diff(TWO, &after).join("\n"), @r#"
      'pause',
    +  "--all",
    ]
    +timeout = "3s"
    -on = 'completed'
    +on = "abandoned"
    "#);
    let back = edited(TWO, |config| config.hooks[1].timeout = secs(10));
    assert_eq!(back, TWO.replace("'5s'", "\"10s\""));
}

#[test]
fn the_first_one_goes_where_a_reader_would_look_for_it() {
    let text = "[voice]\non = true\n\n# What is written.\n[log]\nlevel = \"warn\"\n";
    let after = edited(text, |config| {
        config.hooks = vec![hook("paused", &["lamp", "off"])];
    });
    assert_snapshot!(after, @r#"
    [voice]
    on = true

    [[hook]]
    on = "paused"
    run = ["lamp", "off"]
    timeout = "10s"

    # What is written.
    [log]
    level = "warn"
    "#);
    assert_eq!(edited(&after, |config| config.hooks.clear()), text);
}

#[test]
fn in_the_file_that_we_ship_it_goes_below_what_is_said_about_hooks() {
    let shipped = include_str!("../../../../config/config.toml");
    let after = edited(shipped, |config| {
        config.hooks = vec![hook("paused", &["lamp"])];
    });
    assert_snapshot!(diff(shipped, &after).join("\n"), @r#"
    # `unhunch config set hook.1.timeout 5s` changes the first of them.
    +[[hook]]
    +on = "paused"
    +run = ["lamp"]
    +timeout = "10s"
    +
    +
    "#);
    assert_eq!(edited(&after, |config| config.hooks.clear()), shipped);
}

#[test]
fn another_one_goes_below_the_last_or_between_its_neighbours() {
    let after = edited(TWO, |config| config.hooks.push(hook("due", &["beep"])));
    assert_snapshot!(diff(TWO, &after).join("\n"), @r#"
    # retries = 3
    +[[hook]]
    +on = "due"
    +run = ["beep"]
    +timeout = "10s"
    +
    "#);
    let after = edited(TWO, |config| config.hooks.insert(1, hook("due", &["beep"])));
    assert_snapshot!(diff(TWO, &after).join("\n"), @r#"
    ]
    +[[hook]]
    +on = "due"
    +run = ["beep"]
    +timeout = "10s"
    +
    "#);
    let after = edited(TWO, |config| config.hooks.insert(0, hook("due", &["beep"])));
    let added = "[[hook]]\non = \"due\"\nrun = [\"beep\"]\ntimeout = \"10s\"\n\n";
    assert_eq!(after, format!("{added}{TWO}"));
}

#[test]
fn one_goes_with_its_comment_and_the_other_stays() {
    let second = TWO.find("# And on again").unwrap();
    let log = TWO.find("[log]").unwrap();
    let after = edited(TWO, |config| drop(config.hooks.remove(0)));
    assert_eq!(after, TWO[second..]);
    let after = edited(TWO, |config| drop(config.hooks.remove(1)));
    assert_eq!(after, format!("{}{}", &TWO[..second], &TWO[log..]));
}

#[test]
fn one_that_goes_while_another_changes_takes_nothing_of_it_along() {
    let after = edited(TWO, |config| {
        config.hooks.remove(0);
        config.hooks[0].timeout = secs(60);
    });
    let second = TWO.find("# And on again").unwrap();
    assert_eq!(after, TWO[second..].replace("'5s'", "\"1min\""));
}

#[test]
fn moving_one_moves_its_comments() {
    let after = edited(TWO, |config| config.hooks.swap(0, 1));
    let (first, rest) = TWO.split_at(TWO.find("# And on again").unwrap());
    let (second, log) = rest.split_at(rest.find("[log]").unwrap());
    assert_eq!(after, format!("{second}{first}{log}"));
}

#[test]
fn twins_are_told_apart_by_their_order() {
    let twins = "[[hook]] # one\non = \"due\"\nrun = [\"a\"]\n\n[[hook]] # two\non = \"due\"\nrun = [\"a\"]\n";
    let after = edited(twins, |config| config.hooks[1].run[0] = "b".to_owned());
    assert_eq!(after.find("\"b\""), twins.rfind("\"a\""));
    let after = edited(twins, |config| {
        config.hooks.insert(1, hook("paused", &["c"]));
    });
    let (one, two) = (after.find("# one"), after.find("# two"));
    assert!(
        one < after.find("\"c\"") && after.find("\"c\"") < two,
        "{after}"
    );
}

#[test]
fn a_list_in_brackets_changes_in_its_place_and_gets_headings_when_it_grows() {
    let text = "hook = [\n  { on = \"due\", run = [\"a\"] }, # beep\n  { on = \"held\", run = ['b'] },\n]\n";
    let after = edited(text, |config| config.hooks[1].timeout = secs(1));
    assert_eq!(
        after,
        text.replace("run = ['b'] }", "run = ['b'], timeout = \"1s\" }")
    );
    let after = edited(text, |config| config.hooks.push(hook("paused", &["c"])));
    assert_snapshot!(after, @r#"
    [[hook]]
    on = "due"
    run = ["a"]
    timeout = "10s"

    [[hook]]
    on = "held"
    run = ["b"]
    timeout = "10s"

    [[hook]]
    on = "paused"
    run = ["c"]
    timeout = "10s"
    "#);
    let single = "[hook] # mine\non = \"due\"\nrun = [\"a\"]\n";
    let after = edited(single, |config| config.hooks.push(hook("held", &["b"])));
    assert!(after.starts_with("[[hook]] # mine\non"), "{after}");
}

#[test]
fn one_with_a_mistake_stays_where_it_is() {
    let bad = "[[hook]]\non = \"dew\"\nrun = [\"a\"]\n\n";
    let text = format!("{bad}{TWO}");
    let after = edited(&text, |config| config.hooks.truncate(1));
    let second = TWO.find("# And on again").unwrap();
    let log = TWO.find("[log]").unwrap();
    assert_eq!(after, format!("{bad}{}{}", &TWO[..second], &TWO[log..]));
    let after = edited(bad, |config| config.hooks.push(hook("due", &["b"])));
    assert!(after.starts_with(bad) && after.contains("\"b\""), "{after}");

    // Under headings it would be lost.
    let list = "hook = [{ on = \"due\", run = [\"a\"] }, { on = \"dew\", run = [\"b\"] }]\n";
    let said = refused(list, |config| config.hooks.clear());
    assert!(said.contains("is in the way"), "{said}");
}

#[test]
fn half_a_hook_is_refused() {
    let said = refused(TWO, |config| config.hooks[0].run.clear());
    assert!(said.contains("a command without a program"), "{said}");
}

#[test]
fn single_keys_are_reached_by_numbers() {
    let home = Home::with(TWO);
    let to = |key: &str, value: &str| {
        set(&home.location(), &[], key, value)
            .map(|_| home.text())
            .map_err(|error| error.to_string())
    };
    let after = to("hook.2.timeout", "'60s'").unwrap();
    assert_eq!(after, TWO.replace("'5s'", "'60s'"));
    let after = to("hook.3", "{ on = \"due\", run = [\"beep\"] }").unwrap();
    assert!(
        after.contains("[[hook]]\non = \"due\"\nrun = [\"beep\"]\n"),
        "{after}"
    );
    assert!(to("hook.3.run", "[\"boop\"]").unwrap().contains("\"boop\""));
    for (key, value, said) in [
        (
            "hook.9.timeout",
            "\"5s\"",
            "there is no hook 9; they are counted from 1",
        ),
        (
            "hook.0.timeout",
            "\"5s\"",
            "there is no hook 0; they are counted from 1",
        ),
        ("hook.first.timeout", "\"5s\"", "there is no hook first"),
        ("hook.4.run", "[\"a\"]", "there is no hook 4"),
        ("hook.1", "\"a\"", "`1` is a hook, not a single value"),
        ("hook.1.timeout", "\"5h\"", "too long"),
        ("hook.1.run", "\"a b\"", "a command is a list of words"),
    ] {
        let before = home.text();
        let error = to(key, value).unwrap_err();
        assert!(error.contains(said), "{key}: {error}");
        assert_eq!(home.text(), before);
    }
}
