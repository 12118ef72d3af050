//! Repairs made in the file.

use super::{Mistake, Repair, line_of, trial::is_gone};
use crate::{
    config_file::{
        Document, EditError, Location, Step,
        edit::{disk::Disk, draft::Draft, step},
        say,
    },
    core::config::{Config, StretchFacts},
    diagnostic::Problem,
};

/// Mends a mistake, if the file still is the one that was read, and says what the settings are
/// then. The step takes it back.
///
/// `stretches` are those that there are, as for [`super::super::load()`].
///
/// # Errors
/// If the file has changed since, cannot be read or written, or the repair would not help any more.
/// The file then is as it was.
pub fn mend(
    location: &Location,
    stretches: &[StretchFacts],
    mistake: &Mistake,
    repair: &Repair,
) -> Result<(Config, Option<Step>), EditError> {
    let opened = Opened::open(location)?;
    if opened.text != *mistake.read {
        return Err(opened.changed());
    }
    let mut draft = Draft::new(&opened.name, &opened.text);
    let (_, before) = draft.document().config(stretches);
    draft.apply(repair.splices.clone());
    let (config, after) = draft.document().config(stretches);
    let place = (mistake.line, mistake.message.as_str());
    if !is_gone(&before, (draft.text(), &after), place) {
        return Err(opened.in_the_way(draft.document(), &after));
    }
    let step = step::replace(opened.disk, draft.text())?;
    Ok((config, step))
}

/// Writes this in place of a line, counted from 1, if that line still says `old`, and says what the
/// settings are then; the mistakes among them may be others than before. All other lines stay as
/// they are. The step takes it back.
///
/// # Errors
/// If the line has changed since, `new` is more than a line, or the file cannot be read or written.
/// The file then is as it was.
pub fn rewrite_line(
    location: &Location,
    stretches: &[StretchFacts],
    line: usize,
    old: &str,
    new: &str,
) -> Result<(Config, Option<Step>), EditError> {
    let opened = Opened::open(location)?;
    let text = &opened.text;
    let mut start = 0;
    let before = text.split_inclusive('\n').take(line.saturating_sub(1));
    let mut lines = 0;
    for one in before {
        start += one.len();
        lines += 1;
    }
    if line == 0 || lines + 1 != line || line_of(text, line) != old {
        return Err(opened.changed());
    }
    if new.contains(['\n', '\r', '\0']) {
        let said = say("config-edit-one-line", &[]);
        return Err(EditError::Refused { said });
    }
    let mut text = text.clone();
    text.replace_range(start..start + old.len(), new);
    let (config, _) = Document::parse(&opened.name, &text).config(stretches);
    let step = step::replace(opened.disk, &text)?;
    Ok((config, step))
}

/// A file that is to be mended.
struct Opened {
    disk: Disk,
    name: String,
    /// What it says, without its byte order mark.
    text: String,
}

impl Opened {
    fn open(location: &Location) -> Result<Self, EditError> {
        let disk = Disk::open(location)?;
        let name = location.path.display().to_string();
        let bytes = disk.bytes.as_deref().unwrap_or_default();
        let document = Document::from_bytes(&name, bytes);
        match std::str::from_utf8(bytes) {
            // A file that could be read, binary ones and those beyond measure apart.
            Ok(text) if bytes.is_empty() || !document.sources[0].text.is_empty() => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
                Ok(Self { disk, name, text })
            }
            _ => Err(EditError::NoSettings {
                file: location.path.clone(),
                said: document.render_all(&document.problems, false),
            }),
        }
    }

    fn changed(&self) -> EditError {
        EditError::Changed {
            file: self.disk.path.clone(),
        }
    }

    fn in_the_way(&self, document: &Document, problems: &[Problem]) -> EditError {
        EditError::InTheWay {
            file: self.disk.path.clone(),
            said: document.render_all(problems, false),
        }
    }
}
