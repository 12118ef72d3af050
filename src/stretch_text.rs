//! Stretches in the words that the user reads.
//!
//! Names and cues stand in the catalogue in English; a locale overrides them with
//! `stretch-<id>-name`, `stretch-<id>-cue-<n>` (phases counted from 1) and
//! `stretch-<id>-summary`, `-breath`, `-safety`, `-also`, `-doses`. What stretches have in common,
//! such as areas and postures, has ids of its own.

use crate::{
    core::stretch::{Area, Breath, Posture, Side, Stretch, catalogue::Advice},
    text::{has, text, text_with},
};

/// The name of a stretch.
#[must_use]
pub fn name(stretch: &Stretch) -> String {
    overridden(stretch, "name", &stretch.name)
}

/// What the user is told in a phase, by its place in [`Stretch::phases`]. Empty for a place that
/// there is not.
#[must_use]
pub fn cue(stretch: &Stretch, phase: usize) -> String {
    let Some(found) = stretch.phases.get(phase) else {
        return String::new();
    };
    overridden(stretch, &format!("cue-{}", phase + 1), &found.cue)
}

/// What the user should know. Texts that there are not are empty.
#[must_use]
pub fn advice(stretch: &Stretch) -> Advice {
    let advice = &stretch.advice;
    Advice {
        summary: overridden(stretch, "summary", &advice.summary),
        breath: overridden(stretch, "breath", &advice.breath),
        safety: overridden(stretch, "safety", &advice.safety),
        also: overridden(stretch, "also", &advice.also),
        doses: overridden(stretch, "doses", &advice.doses),
        sources: advice.sources.clone(),
    }
}

/// Where one can do it: "seated or standing".
#[must_use]
pub fn postures(postures: &[Posture]) -> String {
    let words: Vec<String> = postures
        .iter()
        .map(|posture| self::posture(*posture))
        .collect();
    words.join(&text("stretches-or"))
}

/// Where one has to be.
#[must_use]
pub fn posture(posture: Posture) -> String {
    text(&format!("posture-{}", posture.word()))
}

/// A part of the body.
#[must_use]
pub fn area(area: Area) -> String {
    text(&format!("area-{}", area.word()))
}

/// Parts of the body, the main one first: "neck, shoulders".
#[must_use]
pub fn areas(areas: &[Area]) -> String {
    let words: Vec<String> = areas.iter().map(|area| self::area(*area)).collect();
    words.join(", ")
}

/// Whose turn it is: "your right side". Nothing where both work.
#[must_use]
pub fn side(side: Side) -> Option<String> {
    match side {
        Side::Right => Some(text("side-right")),
        Side::Left => Some(text("side-left")),
        Side::Both => None,
    }
}

/// "breathe in" and so on.
#[must_use]
pub fn breath(breath: Breath) -> String {
    text(&format!("breath-{}", breath.word()))
}

/// What one needs: "chair", "nothing".
#[must_use]
pub fn needs(stretch: &Stretch) -> String {
    if stretch.needs.is_empty() {
        return text("needs-nothing");
    }
    let words: Vec<String> = stretch.needs.iter().map(|need| self::need(need)).collect();
    words.join(", ")
}

/// One thing that one needs, by the word of the catalogue.
#[must_use]
pub fn need(need: &str) -> String {
    let letters = need
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == ' ');
    let id = format!("need-{}", letters.collect::<String>().replace(' ', "-"));
    if has(&id) { text(&id) } else { need.to_owned() }
}

/// How much others see of it.
#[must_use]
pub fn noticeability(stretch: &Stretch) -> String {
    text(&format!("noticeability-{}", stretch.noticeability))
}

/// What holds for all stretches, paragraph by paragraph: shown once at the beginning, and kept in
/// the help.
#[must_use]
pub fn general_safety() -> Vec<String> {
    [
        "safety-gently",
        "safety-stop",
        "safety-ask-first",
        "safety-doctor",
        "safety-chair",
        "safety-no-advice",
    ]
    .map(text)
    .to_vec()
}

fn overridden(stretch: &Stretch, part: &str, english: &str) -> String {
    let id = format!("stretch-{}-{part}", stretch.id);
    if has(&id) {
        text_with(&id, &[])
    } else {
        english.to_owned()
    }
}
