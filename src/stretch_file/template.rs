//! The beginning of a stretch file, to be changed by whoever wants one.

use super::{builtin_candidates, read::NAME};
use crate::config_file::quoted;

const FIGURE: &str = include_str!("../../assets/stretches/template.toml");
const STEPS: &str = include_str!("../../assets/stretches/template-steps.toml");
/// What the templates call their stretch.
const ID: &str = "my_stretch";
const TITLE: &str = "\"My stretch\"";

/// In which form a stretch is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Poses that a figure goes through.
    Figure,
    /// Words, seconds and pictures.
    Steps,
}

/// Why a name cannot be that of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No letter or digit in it can be part of an id.
    NoLetters,
    /// It does not fit on its line: more letters than this.
    TooLong(usize),
    /// A built-in stretch has the id already.
    Builtin,
}

/// The id that a name becomes, and a file with a stretch of that name.
///
/// # Errors
/// When no stretch can have this name.
pub fn template(name: &str, form: Form) -> Result<(String, String), Refused> {
    let name = name.trim();
    if name.chars().count() > NAME || name.chars().any(char::is_control) {
        return Err(Refused::TooLong(NAME));
    }
    let id = id(name).ok_or(Refused::NoLetters)?;
    if (builtin_candidates().iter()).any(|known| known.facts.id.0 == id) {
        return Err(Refused::Builtin);
    }
    let text = match form {
        Form::Figure => FIGURE,
        Form::Steps => STEPS,
    };
    let title = quoted(name);
    Ok((id.clone(), text.replace(ID, &id).replace(TITLE, &title)))
}

/// Small letters and digits, with `_` between the words.
fn id(name: &str) -> Option<String> {
    let words: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    (!words.is_empty()).then(|| words.join("_"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{diagnostic::render_all, stretch_file};

    #[test]
    fn what_is_written_is_fine_as_it_is_whatever_its_name() {
        for form in [Form::Figure, Form::Steps] {
            for (name, id) in [
                ("My stretch", "my_stretch"),
                ("  Reach – far & \"wide\" ", "reach_far_wide"),
                ("Größe 2", "gr_e_2"),
            ] {
                let (found, text) = template(name, form).unwrap();
                assert_eq!(found, id);
                match stretch_file::read(Path::new("new.toml"), &text, &stretch_file::rig()) {
                    Ok(stretches) => {
                        assert_eq!(stretches.len(), 1);
                        assert_eq!(stretches[0].id.0, id);
                        assert_eq!(stretches[0].name, name.trim());
                        assert_eq!(stretches[0].has_figure(), form == Form::Figure);
                    }
                    Err(problems) => panic!("{}", render_all(&problems, &text, false)),
                }
            }
        }
    }

    #[test]
    fn some_names_are_refused() {
        let refused = |name: &str| template(name, Form::Steps).unwrap_err();
        assert_eq!(refused("  "), Refused::NoLetters);
        assert_eq!(refused("…"), Refused::NoLetters);
        assert_eq!(refused("Chin tuck"), Refused::Builtin);
        assert_eq!(refused(&"a".repeat(NAME + 1)), Refused::TooLong(NAME));
    }
}
