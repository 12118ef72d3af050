//! What the user should know about files that could not be used as they are.

use std::{fmt, path::PathBuf};

use crate::text::text_with;

/// Something about a file of ours that the user should hear once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The file was damaged. It was set aside, and a new one begun.
    Damaged {
        /// Where it is now.
        kept_as: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A newer version of the program has written the file; it is left alone.
    Newer {
        /// The file.
        file: PathBuf,
    },
    /// The file can be neither read nor written just now.
    Unavailable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
}

impl Notice {
    /// The sentence for the user.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Damaged { kept_as, why } => text_with(
                "store-damaged",
                &[
                    ("kept_as", kept_as.display().to_string().into()),
                    ("why", why.as_str().into()),
                ],
            ),
            Self::Newer { file } => text_with(
                "store-newer",
                &[("file", file.display().to_string().into())],
            ),
            Self::Unavailable { file, why } => text_with(
                "store-unavailable",
                &[
                    ("file", file.display().to_string().into()),
                    ("why", why.as_str().into()),
                ],
            ),
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl std::error::Error for Notice {}
