# Why a break waits, and what sensors say. Sentences begin small: they stand behind a colon.

reason-quiet = do-not-disturb is on
reason-meeting = you are in a call
reason-meeting-told = you are in a meeting, as you said
reason-fullscreen = a window fills the screen
reason-locked = the screen is locked
reason-away = you are away
reason-paused = you paused it
reason-hours = it is outside your working hours, or a break would not fit before their end
reason-app = a program on your list is in use
reason-app-named = { $name } is in use, which is on your list

release-quiet = when do-not-disturb is switched off
release-meeting = when the call is over
release-meeting-told = when it ends, or when you say: unhunch meeting off
release-fullscreen = when no window fills the screen
release-locked = when the screen is unlocked
release-away = when you are back
release-paused = when you resume
release-hours = when your working hours begin
release-app = when { $name } is no longer in use

sense-quiet = Do-not-disturb
sense-microphone = Microphone
sense-camera = Camera
sense-screen-share = Shared screen
sense-fullscreen = Full screen
sense-app = Programs on your list

sense-by = { $said } ({ $by })
sense-quiet-yes = do-not-disturb is on
sense-quiet-no = do-not-disturb is off
sense-microphone-yes = { $count ->
    [0] a program uses the microphone
    [one] { $programs } uses the microphone
   *[other] { $programs } use the microphone
}
sense-microphone-no = no program uses the microphone
sense-camera-yes = { $count ->
    [0] a program uses the camera
    [one] { $programs } uses the camera
   *[other] { $programs } use the camera
}
sense-camera-no = no program uses the camera
sense-screen-share-yes = { $count ->
    [0] a program sees your screen
    [one] { $programs } sees your screen
   *[other] { $programs } see your screen
}
sense-screen-share-no = no program sees your screen
sense-fullscreen-yes = { $count ->
    [0] a window fills the screen
    [one] { $programs } fills the screen
   *[other] { $programs } fill the screen
}
sense-fullscreen-no = no window fills the screen
sense-app-yes = { $count ->
    [0] a program on your list is in use
    [one] { $programs } is in use
   *[other] { $programs } are in use
}
sense-app-no = no program on your list is in use

unknown-plain = that cannot be told
unknown-nobody = nothing on this desktop can tell
unknown-does-not-tell = this one does not tell
unknown-failed = asking went wrong: { $error }
unknown-silent = asked, and got no answer
