//! Who keeps a machine awake without anybody looking at its screen.
//!
//! Three kinds: switches by which a user keeps the screen on all day, transfers and updates that
//! only must not be cut off, and sound that plays beside the work. Neither is a film, and counting
//! them as one would keep breaks away for hours.

use super::Inhibitor;

/// Programs, by a part of what they call themselves, in small letters.
const PROGRAMS: &[&str] = &[
    // Switches.
    "caffeine",
    "espresso",
    "inhibit-applet",
    "inhibit@cinnamon.org",
    "keep-presence",
    "wakelock",
    // Transfers and updates.
    "deja-dup",
    "dejadup",
    "deluge",
    "filezilla",
    "fragments",
    "gnome-software",
    "ktorrent",
    "nautilus",
    "packagekit",
    "qbittorrent",
    "syncthing",
    "transmission",
    "unattended-upgrades",
    // Sound.
    "amberol",
    "elisa",
    "lollypop",
    "rhythmbox",
    "spotify",
    "strawberry",
];

/// Reasons, by a part of what is said, in small letters.
const REASONS: &[&str] = &[
    // Browsers, for sound without a picture.
    "audio-playing",
    "playing audio",
    // The session manager of GNOME repeats to logind what programs have told it, without names;
    // it is asked itself.
    "user session inhibited",
];

/// Whether this one is known to say nothing of somebody who looks at the screen.
pub fn knows(inhibitor: &Inhibitor) -> bool {
    let has = |text: &str, parts: &[&str]| {
        let text = text.to_lowercase();
        parts.iter().any(|part| text.contains(part))
    };
    has(&inhibitor.who, PROGRAMS) || has(&inhibitor.why, REASONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(who: &str, why: &str) -> bool {
        knows(&Inhibitor {
            who: who.to_owned(),
            why: why.to_owned(),
        })
    }

    #[test]
    fn films_and_talks_are_told_from_what_runs_beside_the_work() {
        assert!(!known("mpv", "Playing video"));
        assert!(!known("firefox", "video-playing"));
        assert!(!known("org.libreoffice.LibreOffice", "Presentation"));
        assert!(known("firefox", "audio-playing"));
        assert!(known("com.transmissionbt.Transmission", "Downloading"));
        assert!(known("Caffeine", "the user wants it"));
        assert!(known("ada", "user session inhibited"));
    }
}
