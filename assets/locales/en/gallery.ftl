# Texts of the part "gallery".

gallery-title = Stretches
gallery-window-title = Stretches – Unhunch
gallery-window-title-one = { $name } – Stretches – Unhunch
gallery-count-on = { $on } of { $all } are on
gallery-search = Search the stretches
gallery-search-hint = Search
gallery-clear-search = Clear the search
gallery-presets = Turn on
gallery-preset-desk = At my desk
gallery-preset-open-plan = Open-plan, discreet
gallery-preset-home = Home with a mat
gallery-preset-article = Only the article’s nine
gallery-filters = Show
gallery-chip-seated = Seated
gallery-chip-standing = Standing
gallery-chip-floor = Floor
gallery-chip-neck = Neck
gallery-chip-shoulders = Shoulders
gallery-chip-upper-back = Upper back
gallery-chip-chest = Chest
gallery-chip-sides = Sides
gallery-chip-arms = Arms and wrists
gallery-chip-lower = Lower back and legs
gallery-chip-nothing = Needs nothing
gallery-chip-on = Only those that are on
gallery-shown-all = { $count ->
    [one] One stretch
   *[other] { $count } stretches
}
gallery-shown = { $shown } of { $all } stretches
gallery-show-all = Show all
gallery-none = No stretch is like that
gallery-none-help = Try fewer words or fewer filters.
gallery-loading = One moment …

# On a card.
gallery-seconds = { $seconds } s
gallery-and = { $a } · { $b }
gallery-areas-more = { $areas } +{ $count }
gallery-needs = needs { $needs }
gallery-switch = { $name } in breaks
gallery-own = your own
gallery-more-often = more often
gallery-less-often = less often
gallery-done-never = Not done yet
gallery-done-last = Last done { $ago }
gallery-done-week = { $times ->
    [one] Once this week, { $ago }
   *[other] { $times }× this week, last { $ago }
}
gallery-ago-today = today
gallery-ago-yesterday = yesterday
gallery-ago-mon = on Monday
gallery-ago-tue = on Tuesday
gallery-ago-wed = on Wednesday
gallery-ago-thu = on Thursday
gallery-ago-fri = on Friday
gallery-ago-sat = on Saturday
gallery-ago-sun = on Sunday
gallery-ago-days = { $days } days ago

# The page of one stretch.
gallery-back = All stretches
gallery-before = The stretch before
gallery-after = The next stretch
gallery-place = { $n } of { $of }
gallery-try = Try it now
gallery-on = In breaks
gallery-often = How often
gallery-often-less = Less often
gallery-often-usual = Usual
gallery-often-more = More often
gallery-figure = Figure: { $summary }
gallery-figure-poses = The key poses side by side: { $summary }
gallery-facts-length = Length
gallery-facts-length-of = { $short } s short · { $standard } s standard · { $long } s long
gallery-facts-where = Where
gallery-facts-needs = Needs
gallery-facts-areas = Works on
gallery-facts-seen = At work
gallery-facts-done = Done
gallery-facts-also = Also called
gallery-steps = Steps
gallery-steps-first = First
gallery-steps-once = Then
gallery-steps-times = Then, { $short } / { $standard } / { $long } times
gallery-steps-end = At the end
gallery-hold = { $short } / { $standard } / { $long } s
gallery-breath = Breath
gallery-mind = Mind
gallery-note = Note
gallery-doses = How long, as others say

# What was done, and what was not.
gallery-said-on = { $name } comes in your breaks
gallery-said-off = { $name } does not come any more
gallery-said-weight-less = { $name } comes less often
gallery-said-weight-usual = { $name } comes as often as the others
gallery-said-weight-more = { $name } comes more often
gallery-said-preset-desk = On are the stretches for a desk
gallery-said-preset-open-plan = On are those that nobody notices
gallery-said-preset-home = On are those for a desk and a mat
gallery-said-preset-article = On are the article’s nine
gallery-said-undone = As it was before
gallery-said-later = Written; it counts from the next start of Unhunch
gallery-last-one = One stretch has to stay on
gallery-no-trial = The window to try it in could not be opened
gallery-no-window = the window could not be shown
gallery-mend-first = Nothing was changed: the settings file has a mistake
gallery-mistakes = The settings file has a mistake. Nothing can be changed here until it is mended.
gallery-mistake = { $file }, line { $line }: { $what }
gallery-broken = { $file } has a mistake, so its stretches are missing here. See it with: unhunch stretch check { $file }

# For looking at the window.
cli-gallery-picture-about = Draw the gallery into a picture
