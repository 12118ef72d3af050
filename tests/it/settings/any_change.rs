//! Any file, any setting: the window changes what was changed and nothing else.

use proptest::prelude::*;
use unhunch::{
    config_file::{self, Document},
    core::{config::Config, span},
    gui::settings::{
        Page,
        list::{Kind, SETTINGS, Setting},
    },
};

use super::Desk;

/// Another value of a setting, by a number.
fn value(setting: &Setting, n: u64) -> Option<String> {
    let span = |seconds: u64| span::format(std::time::Duration::from_secs(seconds));
    let one_of = |values: &[&str]| {
        let place = usize::try_from(n).unwrap_or(0) % values.len();
        values[place].to_owned()
    };
    Some(match setting.kind {
        Kind::Switch => one_of(&["true", "false"]),
        Kind::Span(least, most) => format!("\"{}\"", span(least + n % (most - least + 1))),
        Kind::Spans(least, most) => {
            let each =
                [n, n / 7, n / 3].map(|n| format!("\"{}\"", span(least + n % (most - least))));
            format!("[{}]", each.join(", "))
        }
        Kind::Whole(least, most) => (u64::from(least) + n % u64::from(most - least)).to_string(),
        Kind::Slider(least, most, _) => {
            let wide = u64::try_from(most - least).unwrap() + 1;
            (i64::from(least) + i64::try_from(n % wide).unwrap()).to_string()
        }
        Kind::Time => format!("\"{:02}:{:02}\"", n % 24, n % 60),
        Kind::Choice(values) | Kind::List(values) => one_of(values),
        Kind::Open => one_of(&[
            "\"on start\"",
            "\"at once\"",
            "\"after 7s\"",
            "\"after 1h\"",
        ]),
        Kind::Scale => one_of(&["\"desktop\"", "1.25", "0.5", "3.0"]),
        Kind::Monitor => one_of(&["\"pointer\"", "\"primary\"", "\"HDMI-1\""]),
        Kind::Keep => one_of(&["\"forever\"", "\"90 days\"", "\"14 months\""]),
        Kind::Voice => one_of(&["\"\"", "\"Alice\""]),
        Kind::Part => return None,
    })
}

/// A file in which some settings are set, each with a comment beside it.
fn file(values: &[(usize, u64)]) -> String {
    let mut text = String::from("# The first line.\n");
    for table in ["schedule", "look", "sound", "voice", "history", "log"] {
        let mut seen = std::collections::BTreeSet::new();
        let here: Vec<String> = values
            .iter()
            .filter_map(|(place, n)| {
                let setting = &SETTINGS[place % SETTINGS.len()];
                let key = setting.key.strip_prefix(&format!("{table}."))?;
                let value = value(setting, *n)?;
                seen.insert(key)
                    .then(|| format!("{key}  =  {value}  # why {n}\n"))
            })
            .collect();
        if !here.is_empty() {
            text += &format!("\n# About {table}:\n[ {table} ]\n{}", here.concat());
        }
    }
    text
}

/// The lines of a text that are in no way about a key.
fn others<'t>(text: &'t str, key: &str) -> Vec<&'t str> {
    let key = key.rsplit('.').next().unwrap_or_default();
    let about = |line: &str| {
        line.trim_start()
            .split('=')
            .next()
            .unwrap_or_default()
            .trim()
            == key
    };
    text.lines()
        .filter(|line| !about(line) && !line.trim_start().starts_with('[') && !line.is_empty())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_the_window_changes_is_all_that_changes(
        set in prop::collection::vec((any::<usize>(), any::<u64>()), 0..20),
        place in any::<usize>(),
        n in any::<u64>(),
    ) {
        let text = file(&set);
        let plain: Vec<&Setting> =
            SETTINGS.iter().filter(|setting| setting.kind != Kind::Part).collect();
        let setting = plain[place % plain.len()];
        let wanted = value(setting, n).unwrap();
        let before = Document::parse("", &text).config(&[]).0;
        let after: Config = config_file::with(&before, setting.key, &wanted).unwrap();

        let mut desk = Desk::new(&text, Page::Schedule);
        desk.settings.set(setting, &wanted);
        desk.pass_on();
        desk.pass_on();

        prop_assert_eq!(desk.config(), &after);
        let now = desk.text();
        let read = Document::parse("", &now).config(&[]);
        prop_assert_eq!(&read.0, &after);
        prop_assert!(read.1.is_empty(), "{}", now);
        prop_assert_eq!(others(&now, setting.key), others(&text, setting.key));
        if before == after {
            prop_assert_eq!(&now, &text);
        }

        desk.settings.undo();
        desk.pass_on();
        prop_assert_eq!(desk.text(), text);
    }
}
