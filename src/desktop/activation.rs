//! The right to take the focus, which a desktop gives with the user's click.
//!
//! It comes as a token, in the environment of a program that was started for it or with an answer
//! to a notification, and counts for the first window that is made with it.

/// Keeps it for the next window that this process makes. The toolkit takes it from there, once.
#[cfg(target_os = "linux")]
pub fn keep(token: &str) {
    use winit::{platform::startup_notify::set_activation_token_env, window::ActivationToken};

    set_activation_token_env(ActivationToken::from_raw(token.to_owned()));
}

/// No desktop here asks for it.
#[cfg(not(target_os = "linux"))]
pub fn keep(_token: &str) {}
