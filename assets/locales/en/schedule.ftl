# Texts of the part "schedule".

simulate-about = Run a written day through the schedule and print what would happen
simulate-file = The day: one step per line, the first is: start 2026-03-02T09:00 Europe/Berlin
simulate-config = The settings to begin with; without it, the built-in ones and not your own
simulate-seed = Where the order of the stretches begins; the same number gives the same order
simulate-unreadable = { $file } cannot be read: { $why }
simulate-not-text = { $file } is not a text in UTF-8
simulate-found = expected { $expected }, found `{ $found }`
simulate-missing = expected { $expected }, found nothing
simulate-meant = did you mean `{ $meant }`?
simulate-expected-start = a first line such as `start 2026-03-02T09:00 Europe/Berlin`
simulate-expected-date-time = a local date and time such as `2026-03-02T09:00`
simulate-expected-zone = a time zone such as `Europe/Berlin`
simulate-expected-step = a step: { $steps }
simulate-expected-span = a length of time such as `90s`, `25min` or `1h30min`
simulate-expected-app = the name of a program, then `on` or `off`
simulate-expected-pause = nothing, a length of time such as `1h`, or `until 06:00`
simulate-expected-meeting = nothing, a length of time such as `1h`, `off` or `more`
simulate-expected-time = a time of day such as `06:00`
simulate-expected-setting = a key and a value such as `schedule.lull = "0s"`
simulate-expected-shift = `+` or `-` and a length of time, such as `+3h`
simulate-expected-nothing = the end of the line
simulate-expected-reminder = a reminder: { $known }
refused-reminder = there is no reminder "{ $found }"; the nearest is "{ $nearest }"
refused-stretch = there is no stretch "{ $found }"; the nearest is "{ $nearest }"
refused-last-one = It is the only stretch in your rotation. Add another one first.
refused-does-not-rotate = It is not in your rotation anyway.
refused-settings = Your settings could not be changed: { $why }
refused-on-break = a break is under way already
refused-nothing-announced = no break is announced
refused-meeting-off = meetings hold no breaks by your settings. Change that with: unhunch config set hold.meeting true
refused-no-snooze = this break was snoozed as often as the settings allow
