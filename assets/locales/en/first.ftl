# Texts of the window of the first run.

first-window-title = Welcome – Unhunch
first-no-window = The welcome could not be shown
first-picture-about = Draw the window of the first run
first-about = Show the welcome of the first run again
first-loading = A moment
first-place = Page { $page } of { $of }
first-skip = Skip
first-back = Back
first-next = Next
first-read = I have read it. Next
first-try = Try a first stretch
first-done = Done

first-hello = One stretch an hour
first-does-count = It counts how long you have worked. Time away counts as a break.
first-does-wait = It waits for a moment that does not hurt: never in a call, a presentation or a film.
first-does-lead = A notification asks. A small window leads you through, and is gone.
first-safety = Before you stretch
first-safety-ask = If you have had an injury or an operation, or are pregnant, ask a doctor or physiotherapist first.
first-acknowledged = Read on { $day }

first-habits = As often as suits you
first-every = A break after so much work
first-minutes = { $minutes } min
first-length = A stretch takes
first-length-short = about half a minute
first-length-standard = about 45 seconds
first-length-long = one to two minutes
first-stretches = Which stretches
first-stretches-more = Single ones are chosen at any time with: unhunch stretches --window
first-autostart = Start when I log in
first-autostart-said = It is small and sleeps until something happens.

first-moment = At the right moment
first-moment-said = A break waits while one of these is so, and comes once when it is over.
first-wait-meeting = I am in a call
first-wait-meeting-said = The microphone or the camera is in use, or the screen is shared.
first-wait-fullscreen = A window fills the screen
first-wait-fullscreen-said = A film, a presentation, a game.
first-wait-quiet = Do not disturb is on
first-wait-quiet-said = On your desktop, where it can be told.
first-looking = Looking …
first-found = Found here: { $said }
first-found-one = { $about }: { $said }
first-moment-more = Programs, working hours and more are in your settings. To see what works on this desktop: unhunch doctor
first-not-tried = No stretch could be shown: { $why }
first-not-changed = Nothing was changed: { $why }
