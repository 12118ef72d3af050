//! Programs that use microphone, camera or screen without anybody being in a meeting.
//!
//! Some are known; the user names others. A program is meant by any of the names that it has: what
//! it calls itself, its id, its file.

use std::sync::{Arc, PoisonError, RwLock};

/// Programs that are never in a meeting. Those that record what others play need not be here: a
/// monitor of a loudspeaker is no microphone.
const KNOWN: [&str; 27] = [
    // Volume controls: they show how loud it is.
    "pavucontrol",
    "org.pulseaudio.pavucontrol",
    "pwvucontrol",
    "com.saivert.pwvucontrol",
    "pavucontrol-qt",
    "gnome-control-center",
    "org.gnome.settings",
    "org.gnome.volumecontrol",
    "org.kde.plasma-pa",
    "org.kde.plasma_pa",
    "mate-volume-control",
    "cinnamon-settings",
    "pulsemixer",
    "ncpamixer",
    // Programs that improve the sound for others: whoever is in a call records from them.
    "easyeffects",
    "com.github.wwmm.easyeffects",
    "pulseeffects",
    "com.github.wwmm.pulseeffects",
    "noisetorch",
    "cadmus",
    "jamesdsp",
    // Programs that draw what they hear.
    "cava",
    "glava",
    // The shell of Plasma: it shows small pictures of windows, and how loud it is.
    "plasmashell",
    // Plasma's dialogue in which a screen is chosen shows small pictures of them.
    "xdg-desktop-portal-kde",
    // These look which cameras there are, and hand them on to those that use them.
    "wireplumber",
    "pipewire-media-session",
];

/// Programs that are left out. All copies are the same list.
#[derive(Clone, Debug, Default)]
pub struct Except(Arc<RwLock<Vec<String>>>);

impl Except {
    /// From now on these as well as the known ones; whether they are others than before.
    pub fn set(&self, programs: &[String]) -> bool {
        let plain: Vec<String> = programs.iter().map(|name| plain(name)).collect();
        let mut list = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let others = *list != plain;
        *list = plain;
        others
    }

    /// Whether the program with these names is left out.
    #[must_use]
    pub fn has<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> bool {
        let list = self.0.read().unwrap_or_else(PoisonError::into_inner);
        names
            .into_iter()
            .map(plain)
            .any(|name| KNOWN.contains(&name.as_str()) || list.contains(&name))
    }
}

/// Names differ in nothing but capital letters, and in the folder where a file lies.
fn plain(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_meant_by_any_of_its_names_however_it_is_written() {
        let except = Except::default();
        assert!(!except.has(["OBS Studio", "obs"]));
        assert!(except.set(&["OBS".to_owned()]));
        assert!(except.has(["OBS Studio", "obs"]));
        assert!(except.has(["/usr/bin/obs"]));
        assert!(!except.has(["obsidian"]));
        assert!(except.has(["org.PulseAudio.pavucontrol"]));
        assert!(!except.set(&["obs".to_owned()]), "the same as before");
        assert!(except.set(&[]));
        assert!(!except.has(["obs"]));
    }

    #[test]
    fn what_is_known_can_be_found() {
        for name in KNOWN {
            assert_eq!(plain(name), name);
        }
    }
}
