# Texts of the window of the history.

past-window-title = History – Unhunch
past-title = History
past-picture-about = Draw the window of the history, with made-up breaks
past-times-about = Measure how long the window of the history takes from a click to its frame
past-no-window = The history could not be shown
past-loading = Reading the history
past-empty = No breaks yet. The first one will be here when you have taken it.

past-reach-week = This week
past-reach-a-week = Week
past-reach-weeks = 12 weeks
past-reach-year = Year

# The way back in time.
past-earlier = Earlier
past-later = Later
past-to-today = Back to today
past-span-month = { $day } to { $last } { $last_year }
past-span-year = { $first } to { $last } { $last_year }
past-span-years = { $first } { $first_year } to { $last } { $last_year }

# What can be done with it.
past-menu = Save and delete
past-save-csv = Save as a table (CSV)
past-save-json = Save for programs (JSON)
past-save-month = Save the month as a picture
past-import = Take in a file…
past-delete-days = Delete some days…
past-delete-all = Delete everything…
past-delete-day = Delete this day…
past-sure-day = Delete the breaks of { $day }?
past-sure-days = Delete the breaks of { $days }?
past-sure-all = Delete all breaks?
past-sure-hint = You can undo it for as long as this window is open.
past-sure-yes = Delete
past-sure-no = Keep
past-said-saved = Saved as { $file }
past-said-not-saved = It could not be saved: { $why }
past-said-deleted = { $count ->
    [one] One break deleted
   *[other] { $count } breaks deleted
}
past-said-undone = As it was before
past-said-nothing = There was nothing to delete
past-said-done = Done. It stands in your settings.
past-mend-first = Your settings have a mistake; mend it first, so that nothing you meant is lost.

# A file to take in, days to delete.
strip-close = Close
strip-file = File to take in
strip-file-hint = Path of a CSV or JSON file
strip-choose = Choose…
strip-choose-title = A history to take in
strip-no-chooser = This desktop has no window to choose files. Type the path, or drop the file onto this window.
strip-import = Take it in
strip-import-hint = As saved by Unhunch. Or drop the file onto this window.
strip-from = From
strip-to = to
strip-date-hint = 2026-03-01
strip-date = Write both days like 2026-03-01
strip-backwards = The last day is before the first
strip-delete = Delete…
strip-count = { $count ->
    [0] No breaks in these days
    [one] One break in these days
   *[other] { $count } breaks in these days
}

# Figures in large.
past-tile-breaks = { $count ->
    [one] break, or time away
   *[other] breaks, time away included
}
past-tile-stretched = of stretching
past-tile-good-days = { $count ->
    [one] day with { $breaks } breaks or more
   *[other] days with { $breaks } breaks or more
}
past-tile-sitting = longest without a break
past-none = none

# The calendar, and one day of it.
past-calendar = Breaks in { $weeks } weeks
past-breaks = breaks
past-or-more = { $count } or more
past-one-day = One day
past-choose-day = Choose a day in the calendar to see its breaks.
past-day-sum = { $figures }; { $stretched } of stretching
past-day-sitting = Longest without a break: { $sitting }
past-day-no-sitting = Not known how long you sat without a break
past-outcome-length = { $outcome }, { $length }

# Charts.
past-breaks-a-day = Breaks a day
past-breaks-a-week = Breaks a week
past-stretched-a-day = Stretching a day
past-stretched-a-week = Stretching a week
past-stretched = Stretching
past-answers = Answers through the day
past-areas = Parts of the body
past-stretches = Stretches
past-as-table = Table
past-as-chart = Chart
past-of = { $what }: { $title }
past-chart-keys = Left and right go from bar to bar
past-bar = { $name }: { $figures }
past-in-all = In all: { $figures }
past-from-to = { $from } to { $to }
past-week-of = Week of { $day }
past-times = { $times }×
past-neglected = not yet
past-nothing = nothing
past-nothing-yet = Nothing in this time.
past-month-title = { $month } { $year }

past-completed = done
past-natural = away
past-abandoned = ended early
past-skipped = skipped
past-missed = missed
past-absorbed = taken with another
past-answer-started = started
past-answer-snoozed = snoozed
past-answer-skipped = skipped
past-answer-missed = missed
past-counted = { $count } { $what }

# Lengths and days.
past-seconds = { $large } s
past-minutes = { $large } min
past-minutes-seconds = { $large } min { $small } s
past-hours = { $large } h
past-hours-minutes = { $large } h { $small } min
past-sitting = { $length }, from { $from } to { $to }
past-day = { $weekday }, { $day } { $month }
past-short-day = { $day } { $month }
past-months = January February March April May June July August September October November December
past-weekdays-short = Mon Tue Wed Thu Fri Sat Sun
past-monday = Monday
past-tuesday = Tuesday
past-wednesday = Wednesday
past-thursday = Thursday
past-friday = Friday
past-saturday = Saturday
past-sunday = Sunday

# Suggestions, one at a time.
past-suggest-no = No, thanks
past-suggest-end-earlier = Most breaks around { $hour } are not taken. End them at { $at }?
past-suggest-end-earlier-yes = End at { $at }
past-suggest-leave-out = { $name } was skipped { $times } times. Leave it out?
past-suggest-leave-out-yes = Leave it out
past-suggest-neglected = Nothing for your { $area } in four weeks. Look for a stretch?
past-suggest-neglected-yes = Show stretches

# The page about history and privacy in the settings.
kept-stored = What is stored
kept-private = Nothing leaves this computer: the program opens no connection to any network. All that it keeps is in these files, for you alone.
kept-place-history = Your breaks
kept-place-state = Where you were, and windows
kept-place-days = Records of days
kept-place-settings = Settings
kept-place-stretches = Your own stretches
kept-breaks = { $count ->
    [one] One break, on { $first } { $year }
   *[other] { $count } breaks, since { $first } { $year }
}
kept-none = nothing yet
kept-bytes = { $size } bytes
kept-kilobytes = { $size } KB
kept-megabytes = { $size } MB
kept-open = What breaks add up to
kept-open-about = Calendar, charts, days, in a window of its own.
kept-open-yes = Open the history…
kept-along = Take it along
kept-along-about = Saved in your documents, and taken in again on this or another computer.
kept-save = Save
kept-save-csv = As a table (CSV)
kept-save-csv-about = For spreadsheets.
kept-save-json = For programs (JSON)
kept-save-json-about = The same, with the same names.
kept-save-month = A month as a picture
kept-save-month-about = A page to print.
kept-month-before = The month before
kept-month-after = The month after
kept-import = Take in a file
kept-delete = Delete
kept-delete-about = After a question. You can undo it for as long as this window is open.
kept-delete-days = A day, or some days
kept-delete-all = Everything
kept-delete-all-about = All breaks there are. Settings and stretches stay.
kept-undo = Undo it
