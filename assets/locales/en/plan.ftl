# Texts of the page "Schedule" of the settings: the strip of a day, working hours, reminders.

plan-today = Today
plan-on-today = today
plan-on-day = on { $day }
plan-short-mon = Mon
plan-short-tue = Tue
plan-short-wed = Wed
plan-short-thu = Thu
plan-short-fri = Fri
plan-short-sat = Sat
plan-short-sun = Sun

# The strip.
plan-strip = When breaks would come
plan-strip-about = A day with these settings, if nothing holds breaks back and you take each as it comes.
plan-strip-waiting = Working it out …
plan-strip-day = Day
plan-strip-never = There are no working hours in the next seven days.
plan-strip-off = No working hours { $day }. This is how it goes { $next }:
plan-strip-breaks = { $count ->
    [one] One break { $day }, at { $first }
   *[other] { $count } breaks { $day }, from { $first } to { $last }
}
plan-strip-none = No breaks { $day }
plan-strip-aloud = { $count ->
    [one] One break { $day }: { $times }
   *[other] { $count } breaks { $day }: { $times }
}
plan-strip-how = Point at a mark to see what it is, or walk along with the arrow keys.
plan-strip-break = { $time } – { $reminder }: { $what }
plan-strip-together = { $break }; together with { $others }
plan-strip-assumed = No working hours are set, so this is a day of eight hours from 9:00, with lunch from 12:30 to 13:15.
plan-strip-cut = Only the first { $most } are shown.
plan-strip-outside-hours = Outside of these hours, so there is no break: { $times }
plan-strip-outside = Not in the hours shown; they come if you are there: { $times }
plan-strip-copy = Copy as a day for “unhunch simulate”
plan-strip-copied = Copied
plan-strip-head = A day as it would go with the settings of { $date }. Run it: unhunch simulate --config FILE DAY

# What a break consists of.
plan-what-stretches = { $count ->
    [one] one { $length } stretch
   *[other] { $count } { $length } stretches
}
plan-what-message = “{ $words }”
plan-about-message = a message, { $length }
plan-length-short = short
plan-length-standard = standard
plan-length-long = long
plan-seconds = { $seconds } s
plan-seconds-range = { $least }–{ $most } s
plan-when-every = every { $every }
plan-when-at = at { $times }

# Working hours.
plan-hours = Breaks only in working hours
plan-hours-about = Outside of them there are no breaks, and nothing is counted.
plan-hours-said-on = Breaks only in working hours
plan-hours-said-off = Breaks at any hour
plan-week-how = Drag to paint hours, from a painted one to erase. Keys: arrows move, Shift selects, Space fills or clears.
plan-week-days = { $first } to { $last }
plan-week-fills = Work: { $days }, { $hours }
plan-week-clears = No work: { $days }, { $hours }
plan-week-at-filled = { $day } { $hours }, working hours
plan-week-at-free = { $day } { $hours }, free
plan-week-said = { $day }: { $hours }
plan-week-none = none
plan-week-typed = Hours on { $day }
plan-week-hint = none
plan-week-clear = Clear { $day }
plan-week-copy = Copy Monday to Tuesday–Friday
plan-week-said-copied = Tuesday to Friday: as on Monday
plan-week-empty = Without any hours there would never be a break, so this is not kept until you paint some. For breaks at any hour, turn the switch off.

# Reminders.
plan-reminders-about = Each counts on its own. What is due within two minutes of each other becomes one break.
plan-add = Add a reminder
plan-add-upper-back = Upper back, each hour
plan-add-eyes = Eyes, every 20 minutes
plan-add-walk = Walk at 11:00 and 15:30
plan-add-own = Your own
plan-message-eyes = Look at something at least six metres away
plan-message-walk = Stand up and walk a few steps
plan-full = There are { $most } reminders; more are not possible.
plan-last = One reminder always stays. To have no breaks for a while, pause the program.
plan-name = Name
plan-name-about = Letters (a–z), digits, - and _, at most 64.
plan-name-taken = Another reminder is called { $id } already.
plan-name-likely = Only letters (a–z), digits, - and _. How about { $id }?
plan-name-wrong = Only letters (a–z), digits, - and _, from 1 to 64.
plan-comes = Comes
plan-comes-about = After so much work, or by the clock.
plan-by-work = After work
plan-by-clock = At times of day
plan-every = Every
plan-every-about = Work between two breaks.
plan-at = At these times
plan-at-about = Each day on which you are there.
plan-at-another = Another time
plan-at-hint = 11:00
plan-at-add = Add
plan-at-remove = Remove { $time }
plan-at-wrong = { $found } is not a time of day; write one such as 11:00
plan-what = A break is
plan-what-about = Stretches from those that you have chosen, or a sentence to read.
plan-of-stretches = Stretches
plan-of-message = A message
plan-length = Length
plan-count = How many
plan-count-about = Stretches in one break. From 1 to 5.
plan-count-wrong = Write a number from 1 to 5.
plan-sentence = Message
plan-sentence-about = { $count } of at most { $most } characters.
plan-sentence-empty = Write a sentence.
plan-sentence-long = At most { $most } characters, or notifications cut it off.
plan-shown = Shown for
plan-shown-about = How long the message stands there.
plan-usual = As for all
plan-own = Its own
plan-rest = Away counts as a break
plan-rest-about = How long you have to be away. For all: { $usual }.
plan-rest-own = Away for
plan-open-about = For all: { $usual }.
plan-more = More settings
plan-less = Fewer settings
plan-up = Move up
plan-down = Move down
plan-duplicate = Duplicate
plan-remove = Remove
plan-said = { $id }: { $what }
plan-said-at = { $id }: at { $times }
plan-said-added = { $id } added
plan-said-removed = { $id } removed
plan-said-renamed = { $id } is now called { $to }
plan-said-up = { $id } moved up
plan-said-down = { $id } moved down
