# Texts of the part "tray": the icon in the panel, and the names of the windows.

tray-title = Unhunch
tray-next = Next break in { $time } of work
tray-snoozed = Snoozed: you are asked again in { $time }
tray-waits-for-lull = A break is due and waits for a moment without typing
tray-nothing = No break is coming up
tray-announced = A break is announced
tray-on-break = A break is under way
tray-paused = Paused until you resume
tray-paused-until = Paused until { $until }
tray-held = A break waits: { $reasons }
tray-outside-hours = It is outside your working hours
tray-minutes = { $minutes } min
tray-hours = { $hours } h
tray-hours-minutes = { $hours } h { $minutes } min
tray-now = Stretch now
tray-now-next = The next one in turn
tray-snooze = Snooze { $time }
tray-skip = Skip
tray-pause = Pause
tray-pause-tomorrow = Until tomorrow
tray-pause-resumed = Until I resume
tray-resume = Resume
tray-meeting = In a meeting
tray-quit = Quit

window-list-status = Status
window-list-stretches = Stretches
window-list-settings = Settings
window-list-history = History
