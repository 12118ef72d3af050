# Texts of the part "glance": the small window with the status.

glance-window-title = Unhunch
glance-next = Next break in { $time } of work
glance-snoozed = Snoozed: you are asked again in { $time }
glance-waits-for-lull = A break is due and waits for a moment without typing
glance-nothing = No break is coming up
glance-held = A break waits
glance-because = Because { $why }
glance-which = It is the reminder “{ $name }”
glance-announced = Time for a break
glance-on-break = A break is under way
glance-paused = Paused until you resume
glance-paused-until = Paused until { $until }
glance-outside-hours = It is outside your working hours
glance-meeting-until = You are in a meeting until { $until }
glance-idle-unknown = This desktop does not tell whether you are at the keyboard: all time counts as work
glance-not-running = Unhunch is not running
glance-not-running-details = Nobody counts your work, and no break will come
glance-no-start = Unhunch could not be started

glance-dial-minutes = { $minutes ->
    [one] { $minutes } minute to the next break
   *[other] { $minutes } minutes to the next break
}
glance-dial-unit = min
glance-dial-nothing = Nothing is coming up
glance-dial-held = A break waits
glance-dial-announced = A break is announced
glance-dial-on-break = A break is under way
glance-dial-paused = Paused
glance-dial-off = Not running

glance-run = Start Unhunch
glance-now = Stretch now
glance-start = Start
glance-snooze = Snooze { $time }
glance-skip = Skip
glance-resume = Resume
glance-pause = Pause
glance-pause-half = 30 min
glance-pause-hour = 1 h
glance-pause-hours = 2 h
glance-pause-tomorrow = until tomorrow
glance-pause-resumed = until I resume
glance-meeting = In a meeting
glance-meeting-hint = breaks wait until it is over

glance-week = The last seven days
glance-week-said = { $count ->
    [one] { $count } break, { $time } stretched
   *[other] { $count } breaks, { $time } stretched
}
glance-week-empty = no stretch yet
glance-day = { $day }: { $what }
glance-today = Today
glance-no-breaks = no breaks
glance-done = { $count } done
glance-away = { $count } taken away from the desk
glance-refused = { $count } not taken
glance-mon = Mon
glance-tue = Tue
glance-wed = Wed
glance-thu = Thu
glance-fri = Fri
glance-sat = Sat
glance-sun = Sun
glance-day-mon = Monday
glance-day-tue = Tuesday
glance-day-wed = Wednesday
glance-day-thu = Thursday
glance-day-fri = Friday
glance-day-sat = Saturday
glance-day-sun = Sunday
