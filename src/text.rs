//! Every word that the user reads, from the Fluent files under `assets/locales/`.
//!
//! English is built in. Names and cues of the built-in stretches are English in the catalogue
//! itself; a locale may override them under `stretch-<id>-…`.

use std::cell::OnceCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// The English files, one for each part of the program.
const ENGLISH: &[&str] = &[
    include_str!("../assets/locales/en/about.ftl"),
    include_str!("../assets/locales/en/autostart.ftl"),
    include_str!("../assets/locales/en/cli.ftl"),
    include_str!("../assets/locales/en/config.ftl"),
    include_str!("../assets/locales/en/doctor.ftl"),
    include_str!("../assets/locales/en/first.ftl"),
    include_str!("../assets/locales/en/gallery.ftl"),
    include_str!("../assets/locales/en/glance.ftl"),
    include_str!("../assets/locales/en/history.ftl"),
    include_str!("../assets/locales/en/hold.ftl"),
    include_str!("../assets/locales/en/hooks.ftl"),
    include_str!("../assets/locales/en/notify.ftl"),
    include_str!("../assets/locales/en/past.ftl"),
    include_str!("../assets/locales/en/plan.ftl"),
    include_str!("../assets/locales/en/reasons.ftl"),
    include_str!("../assets/locales/en/schedule.ftl"),
    include_str!("../assets/locales/en/set.ftl"),
    include_str!("../assets/locales/en/sound.ftl"),
    include_str!("../assets/locales/en/stretches.ftl"),
    include_str!("../assets/locales/en/why.ftl"),
    include_str!("../assets/locales/en/tray.ftl"),
    include_str!("../assets/locales/en/window.ftl"),
];

thread_local! {
    // A bundle is not `Sync`, and two of the program's threads ever need text.
    static BUNDLE: OnceCell<FluentBundle<FluentResource>> = const { OnceCell::new() };
}

/// The text with this id.
#[must_use]
pub fn text(id: &str) -> String {
    format(id, None)
}

/// The text with this id, its `{ $name }` places filled in.
#[must_use]
pub fn text_with<'a>(id: &str, values: &[(&'a str, FluentValue<'a>)]) -> String {
    let args = values
        .iter()
        .map(|(name, value)| (*name, value.clone()))
        .collect();
    format(id, Some(&args))
}

/// Whether there is a text with this id.
#[must_use]
pub fn has(id: &str) -> bool {
    with_bundle(|bundle| bundle.has_message(id))
}

fn format(id: &str, args: Option<&FluentArgs<'_>>) -> String {
    with_bundle(|bundle| {
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            // A test looks for ids without a text; if one slips through, its id is still a hint.
            log::error!("no text with the id {id}");
            return id.to_owned();
        };
        let mut problems = Vec::new();
        let text = bundle
            .format_pattern(pattern, args, &mut problems)
            .into_owned();
        for problem in problems {
            log::error!("text {id}: {problem}");
        }
        text
    })
}

/// The language of the texts, as desktops and speech services call it.
#[must_use]
pub fn language() -> String {
    english_id().to_string()
}

fn with_bundle<T>(read: impl FnOnce(&FluentBundle<FluentResource>) -> T) -> T {
    BUNDLE.with(|bundle| read(bundle.get_or_init(english)))
}

fn english() -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![english_id()]);
    // The isolation marks are for right-to-left text; terminals and notifications show them raw.
    bundle.set_use_isolating(false);
    for file in ENGLISH {
        let resource =
            FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(read, errors)| {
                log::error!("a text file has errors: {errors:?}");
                read
            });
        if let Err(errors) = bundle.add_resource(resource) {
            log::error!("texts with the same id: {errors:?}");
        }
    }
    bundle
}

fn english_id() -> LanguageIdentifier {
    LanguageIdentifier::from_parts("en".parse().expect("a language subtag"), None, None, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_file_is_read_without_an_error_and_no_id_comes_twice() {
        let mut bundle = FluentBundle::new(vec![english_id()]);
        for file in ENGLISH {
            let resource = FluentResource::try_new((*file).to_owned()).expect("a readable file");
            bundle.add_resource(resource).expect("ids of its own");
        }
    }
}
