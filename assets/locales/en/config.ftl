# Texts of the part "config": what is wrong with the settings file, and what to write instead.
# A problem is made of a title, "-label" beside the caret, and "-help" below.

## Lengths of time, also used by the command line and the day language

span-empty = nothing stands here
span-no-unit = { $number } what? A number needs its unit: `h`, `min` or `s`
span-no-number = `{ $found }` is not a number with a unit
span-unknown-unit = `{ $unit }` is not a unit: there are `h`, `min` and `s`
span-signed = a length of time has no sign
span-fraction = `{ $number }` is not a whole number
span-order = the larger unit comes first, and each unit once
span-too-long = no length of time may be longer than 366 days

## The file as a whole

config-unreadable = cannot read the settings in { $file }: { $why }
config-unreadable-note = until this is fixed, the defaults are used
config-file-missing = there is no such file
config-file-forbidden = no permission to read it
config-file-folder = this is a folder, not a file
config-not-a-file = this is not a plain file
config-binary = it is not a text
config-too-large = larger than 256 KiB, which no settings file is
config-utf16 = the text is UTF-16; save it as UTF-8 and it can be read
config-not-utf8 = the file is not all UTF-8
config-not-utf8-label = a byte here belongs to another encoding
config-not-utf8-note = until this is fixed, a � stands in its place
config-not-utf8-help = save the file as UTF-8 in your editor

config-more = { $number } more problems follow

## The notation

config-unquoted = a text needs quotation marks
config-unquoted-label = no quotation marks around this
config-curly-quotes = typographic quotation marks do not count
config-curly-quotes-label = only the straight ones do
config-value-missing = a value is missing
config-value-missing-label = nothing stands after the `=`
config-value-missing-help = write a value, or put a `#` before the line to use the default
config-unclosed-heading = a heading is not closed
config-unclosed-heading-label = a `]` is missing
config-unclosed-heading-help = headings look like `[schedule]`, those of reminders like `[[reminder]]`
config-unclosed-list = a list is not closed
config-unclosed-list-label = the `]` that belongs to this is missing
config-unclosed-list-help = lists look like `["5min", "10min"]`
config-missing-comma = a comma is missing
config-missing-comma-label = between the values
config-missing-comma-help = lists look like `["5min", "10min"]`
config-unclosed-table = a table in braces is not closed
config-unclosed-table-label = a `{"}"}` is missing before this
config-unclosed-table-help = easier to read: the heading `[hold]`, and `quiet = false` on a line below it
config-key-twice = `{ $key }` is set twice
config-key-twice-label = for the second time
config-key-twice-help = keep one of the two; for now the first one counts
config-heading-twice = `[{ $key }]` stands here twice
config-heading-twice-label = for the second time
config-heading-twice-help = move the keys below under the first `[{ $key }]`; they are used anyway
config-mixed-heading = single and double brackets for the same table
config-mixed-heading-label = further up it has single ones
config-mixed-heading-help = double brackets belong around `reminder` and `hook` only
config-no-value = a key without a value
config-no-value-label = a `=` is missing
config-no-value-help = settings look like `lull = "10s"`; comments begin with `#`
config-bad-key = this cannot be a key
config-bad-key-label = keys have letters, digits, `-` and `_`
config-bad-key-help = settings look like `lull = "10s"`; comments begin with `#`
config-unclosed-text = a text is not closed
config-unclosed-text-label = the closing quotation mark is missing
config-unclosed-text-help = texts look like `"10s"` and end on the line on which they begin
config-unclosed-long-text = a text is not closed
config-unclosed-long-text-label = three closing quotation marks are missing
config-unclosed-long-text-help = texts look like `"10s"` and end on the line on which they begin
config-backslash = a backslash with nothing to escape
config-backslash-label = after a backslash
config-backslash-help = write `\\` for a backslash, or put the text into single quotation marks: 'C:\folder'
config-too-much = too much on one line
config-too-much-label = this belongs neither to the value nor to a comment
config-too-much-help = one setting for each line; several values go into brackets: `["5min", "10min"]`
config-extra-equals = one `=` too many
config-extra-equals-label = remove this
config-extra-equals-help = settings look like `lull = "10s"`
config-switch-word = a switch is `true` or `false`
config-switch-word-label = neither of the two
config-colon = a `:` where a `=` belongs
config-colon-label = here
config-colon-help = settings look like `lull = "10s"`
config-space-in-key = a key is one word
config-space-in-key-label = the second word
config-other-comment = comments begin with `#`
config-other-comment-label = another kind of comment
config-other-comment-help = write a `#` instead
config-leading-zero = a number with a zero in front
config-leading-zero-label = remove the zero
config-not-toml = this cannot be read

## Tables and keys

config-unknown-table = there is no table `{ $key }`
config-unknown-table-label = unknown table
config-no-table = `{ $key }` stands outside of all tables
config-no-table-label = settings stand below a heading
config-not-a-table = `{ $table }` is a table, not a single value
config-not-a-table-label = found { $found }
config-not-a-table-help = write `[{ $table }]` on a line of its own and its keys below
config-double = `[{ $table }]` has single brackets
config-double-label = double brackets are for reminders only
config-double-help = write `[{ $table }]`; for now the keys below the first one are used
config-unknown-key = `{ $table }` has no key `{ $key }`
config-unknown-key-label = unknown key
config-other-table = `{ $key }` belongs under `{ $table }`
config-one-day = one line for each day: `mon = ["09:00-17:00"]`, `tue = …`
config-did-you-mean-of = did you mean `{ $meant }`? The choices are { $choices }
config-many-choices-label = unknown word
config-many-choices-help = the choices are { $choices }
config-did-you-mean = did you mean `{ $meant }`?
config-keys = expected { $keys }
config-tables = expected { $tables }

## Values

config-write = write `{ $instead }`
config-write-one = write { $choices }
config-until-then = until this is fixed, `{ $key } = { $value }` is used
config-until-then-schedule = until this is fixed, `{ $key }` of `[schedule]` is used
config-wrong-type = { $found } does not fit here
config-wrong-type-label = expected { $want }
config-kind-text = a text
config-kind-integer = a whole number
config-kind-float = a number
config-kind-bool = true or false
config-kind-time = a date or time
config-kind-list = a list
config-kind-table = a table
config-want-span = a length of time such as `"20s"` or `"1h 30min"`
config-want-spans = a list of lengths such as `["5min", "10min"]`
config-want-bool = `true` or `false`
config-want-toggle = `true`, `false` or `"desktop"`
config-want-whole = a whole number from { $from } to { $to }
config-want-time = a time of day such as `"09:30"`
config-want-times = a list of times such as `["11:00", "15:30"]`
config-want-apps = a list of program names such as `["mpv"]`
config-want-app = the name of a program in quotation marks
config-want-command = a list: the program, then its arguments, such as `["playerctl", "pause"]`
config-want-word = a text in quotation marks
config-want-scale = `"desktop"` or a factor such as `1.25`
config-want-ranges = a list of ranges such as `["09:00-12:30", "13:15-18:00"]`
config-want-range = a range such as `"09:00-17:30"`
config-want-id = a name such as `"upper-back"`
config-want-message = a sentence in quotation marks
config-want-stretches = a list of names such as `["shoulder_roll", "chin_tuck"]`
config-want-stretch = the name of a stretch in quotation marks
config-want-words = a list of { $choices }
config-want-needs = a list of things such as `["chair", "wall"]`
config-want-need = a thing in quotation marks
config-range = from { $from } to { $to }
config-span = `"{ $found }"` is not a length of time
config-span-forms = lengths look like `"20s"`, `"5min"` or `"1h 30min"`; here { $range }
config-span-number = { $number } without a unit
config-span-number-label = hours, minutes or seconds?
config-span-number-help = lengths look like `"20s"`, `"5min"` or `"1h 30min"`
config-span-too-short = `"{ $found }"` is too short
config-span-too-short-label = allowed: { $range }
config-span-too-long = `"{ $found }"` is too long
config-span-too-long-label = allowed: { $range }
config-whole-range = a number out of range
config-whole-range-label = allowed: { $from } to { $to }
config-not-a-choice = `{ $found }` is not one of the choices
config-not-a-choice-label = expected { $choices }
config-time = `{ $found }` is not a time of day
config-time-label = times look like `"09:30"`, from 00:00 to 23:59

## [schedule]

config-no-snooze = the list of snoozes is empty
config-no-snooze-label = at least one length
config-no-snooze-help = to allow no snooze at all, write `max_snoozes = 0`
config-open = `{ $found }` does not say when the window opens
config-open-label = expected `"after 20s"`, `"on start"` or `"at once"`
config-open-forms = `"after 20s"`, `"on start"` or `"at once"`

## [hours]

config-no-hours = `[hours]` has no hours, so there would never be a break
config-no-hours-label = no ranges below this
config-no-hours-help = remove `[hours]` for breaks at any time (that is how it is until then), or write `mon = ["09:00-17:00"]`
config-hours-range = `{ $found }` is not a range
config-hours-range-label = expected a range such as `"09:00-17:30"`
config-hours-time = `{ $part }` is not a time of day
config-hours-time-label = ranges look like `"09:00-17:30"`
config-hours-time-help = times go from 00:00 to 23:59; a range may end at 24:00, or on the next day: `"22:00-06:00"`
config-hours-empty = `{ $found }` begins and ends at the same time
config-hours-empty-label = nothing lies between
config-hours-empty-help = for a whole day write `"00:00-24:00"`
config-hours-overlap = two ranges of this day overlap
config-hours-overlap-label = part of this is in another range already
config-hours-overlap-help = they count as one range

## [hold]

config-empty-app = a program without a name
config-empty-app-label = nothing stands here
config-empty-app-help = write the name of the program as its window or its file has it, or remove this
config-app-manner = `{ $manner }:` says nothing about a program
config-app-manner-label = only `front:` can stand before its name
config-app-manner-help = write { $instead }
config-app-twice = { $name } stands here twice, once for whenever it runs and once for in front
config-app-twice-label = the second time
config-app-twice-help = whenever it runs includes in front; remove the one that you do not mean

## [[reminder]]

config-reminder-not-a-table = a reminder is a table with keys
config-reminder-not-a-table-label = found something else
config-reminder-not-a-table-help = write `[[reminder]]` on a line of its own, and below `id = "upper-back"` and `every = "60min"`
config-single-heading = a reminder has double brackets
config-single-heading-label = single brackets
config-single-heading-help = write `[[reminder]]`; it is used anyway
config-named-heading = the name of a reminder does not go into the heading
config-named-heading-label = a name in the heading
config-named-heading-help = write `[[reminder]]`, and below it `id = { $id }`; it is used anyway
config-no-reminders = the list of reminders is empty
config-no-reminders-label = no reminder in it
config-no-reminders-help = remove the line for the built-in reminder, or write `[[reminder]]` with its keys below
config-too-many-reminders = more than { $most } reminders
config-too-many-reminders-label = this one and all that follow are left out
config-no-id = a reminder without a name
config-no-id-label = `id` is missing
config-no-id-help = write for example `id = "upper-back"`
config-bad-id = `{ $found }` cannot be the name of a reminder
config-bad-id-label = allowed: 1 to 64 letters (a to z), digits, `-` and `_`
config-same-id = two reminders with the name `{ $id }`
config-same-id-label = this reminder is left out
config-same-id-help = give each reminder a name of its own
config-same-id-first = the first one
config-no-when = a reminder without `every` and `at`
config-no-when-label = when is it due?
config-no-when-help = write for example `every = "60min"` or `at = ["11:00", "15:30"]`
config-every-and-at = a reminder with both `every` and `at`
config-every-and-at-label = either this …
config-every-and-at-every = … or this
config-every-and-at-help = keep one of the two; for now `every` counts
config-no-times = the list of times is empty
config-no-times-label = at least one time
config-no-times-help = write for example `at = ["11:00", "15:30"]`, or `every = "60min"` (which is used until then)
config-message-note = until this is fixed, it is a reminder for a stretch
config-empty-message = the message is empty
config-empty-message-label = nothing to read
config-empty-message-help = write a sentence, or remove the line for a reminder with stretches
config-long-message = the message has { $length } characters
config-long-message-label = at most { $most }, or notifications cut it off
config-message-without-length = a message without `length`
config-message-without-length-label = shown for how long?
config-message-without-length-help = write for example `length = "20s"`
config-word-for-message = `{ $found }` is a length for stretches
config-word-for-message-label = a message has a length of time
config-word-for-message-help = write for example `length = "20s"`
config-length-of-stretch = `{ $found }` is a length for messages
config-length-of-stretch-label = stretches are `"short"`, `"standard"` or `"long"`
config-length-of-stretch-help = `unhunch stretches` shows how long each of them takes
config-count-of-message = `count` is for stretches
config-count-of-message-label = it does nothing for a message

## [rotation]

config-default-stretches = until this is fixed, the stretches that are on from the start are used
config-no-stretches = the list of stretches is empty
config-no-stretches-label = no stretch to rotate
config-no-stretches-help = `unhunch stretches` shows all names; to use those that are on from the start, remove the line
config-no-such-stretch = there is no stretch `{ $found }`
config-no-such-stretch-label = unknown name
config-no-such-stretch-help = `unhunch stretches` shows all names
config-stretch-twice = `{ $id }` stands here twice
config-stretch-twice-label = once is enough: each stretch comes once in a round
config-idle-filter = `{ $key }` does nothing here
config-idle-filter-label = `stretches` names the stretches already
config-idle-filter-help = remove one of the two
config-nothing-passes = no stretch passes these filters
config-nothing-passes-label = together with the others below
config-nothing-passes-help = allow more; `unhunch stretches` shows what each stretch needs
config-until-then-left-out = until this is fixed, `{ $key }` is left out
config-nothing-left = nothing is left to rotate
config-nothing-left-label = takes out every stretch that is chosen
config-nothing-left-help = leave at least one in; `unhunch pause` stops all breaks for a while
config-also-and-except = `{ $id }` is in `also` and in `except`
config-also-and-except-label = it does not come: `except` counts
config-also-and-except-there = taken out here
config-also-and-except-help = remove it from one of the two
config-more-and-less = `{ $id }` is in `more_often` and in `less_often`
config-more-and-less-label = it comes as often as the others
config-more-and-less-there = and here
config-more-and-less-help = remove it from one of the two
config-idle-weight = `{ $id }` does not rotate
config-idle-weight-label = so it comes neither more nor less often
config-idle-weight-help = add it to `also`, or remove it here
config-empty-filter = an empty list lets nothing through
config-empty-filter-label = no word in it
config-empty-filter-help = remove the line to let everything through
config-no-such-need = no stretch needs `{ $found }`
config-no-such-need-label = unknown thing
config-no-such-need-help = stretches need { $choices }

## [look]

config-scale-range = the factor is out of range
config-scale-range-label = allowed: 0.5 to 3
config-figure = not a tone of the figure
config-figure-label = expected `"neutral"` or a whole number from 1 (light) to 6 (dark)

config-monitor = `{ $found }` is not a monitor
config-monitor-label = expected `"pointer"`, `"primary"` or a name such as `"HDMI-1"`
config-tray = not a choice for the icon in the panel
config-tray-label = expected `"auto"` or `false`
config-want-monitor = `"pointer"`, `"primary"` or a name such as `"HDMI-1"`

## [voice]

config-want-voice = the name of a voice in quotation marks
config-want-rate = a whole number from -100 (slowest) to 100 (fastest)
config-rate-range = a number out of range
config-rate-range-label = allowed: -100 (slowest) to 100 (fastest)

## [history]

config-want-keep = `"forever"`, or a length such as `"1 year"`, `"6 months"` or `"90 days"`
config-keep = `{ $found }` does not say how long breaks are kept
config-keep-label = expected `"forever"`, or a length such as `"1 year"`, `"6 months"` or `"90 days"`
config-keep-help = a number of `days`, `weeks`, `months` or `years`, from `"7 days"` to `"100 years"`
config-keep-number = { $found } without a unit
config-keep-number-label = days, weeks, months or years?
config-keep-number-help = lengths here look like `"90 days"` or `"1 year"`
config-keep-too-short = `{ $found }` is too short
config-keep-too-short-label = allowed: from `"7 days"` to `"100 years"`
config-keep-too-long = `{ $found }` is too long
config-keep-too-long-label = allowed: from `"7 days"` to `"100 years"`

## set

config-set-name = set { $key }
config-set-reminder = `{ $id }` is a reminder, not a single value
config-set-reminder-label = which of its keys?
config-set-reminder-help = write for example `reminder.{ $id }.every = "30min"`
config-no-such-reminder = there is no reminder `{ $id }`
config-no-such-reminder-label = unknown name
config-no-such-reminder-help = a new one begins with `every` or `at`

## Hooks

config-hook-not-a-table = a hook is a table with keys
config-hook-not-a-table-label = found something else
config-hook-not-a-table-help = write `[[hook]]` on a line of its own, and below `on = "announced"` and `run = ["playerctl", "pause"]`
config-hook-single-heading = a hook has double brackets
config-hook-single-heading-label = single brackets
config-hook-single-heading-help = write `[[hook]]`; it is used anyway
config-too-many-hooks = more than { $most } hooks
config-too-many-hooks-label = this one and all that follow are left out
config-hook-without-on = a hook that waits for nothing
config-hook-without-on-label = `on` is missing
config-hook-without-on-help = write for example `on = "announced"`
config-hook-without-run = a hook that runs nothing
config-hook-without-run-label = `run` is missing
config-hook-without-run-help = write for example `run = ["playerctl", "pause"]`
config-hook-left-out = until this is fixed, the hook is left out
config-hook-one-text = a command is a list of words
config-hook-one-text-label = one text; no shell takes it apart
config-hook-many-words = more than { $most } words in a command
config-hook-many-words-label = too many
config-hook-bad-word = a word of a command with more than { $most } bytes, or with a zero byte in it
config-hook-bad-word-label = cannot be passed to a program
config-hook-empty = a command without a program
config-hook-empty-label = no program
config-hook-empty-help = the first word is the program: `run = ["playerctl", "pause"]`
config-hook-relative = { $found } is a path that begins somewhere
config-hook-relative-label = from which folder?
config-hook-relative-help = write the whole path, from `/` or from `~/`; or a name without `/`, which is looked for where programs are
config-no-such-hook = there is no hook { $number }; they are counted from 1
config-no-such-hook-label = unknown number
config-no-such-hook-help = a new one gets the next number, and all its keys at once: `{"{"} on = "announced", run = ["playerctl", "pause"] {"}"}`
config-set-hook = `{ $number }` is a hook, not a single value
config-set-hook-label = which of its keys?
config-set-hook-help = write for example `hook.{ $number }.timeout = "5s"`

## What mends a mistake

mend-write = Write `{ $what }`
mend-default = Use the default, `{ $value }`
mend-take = Take `{ $what }` out
mend-take-other = Take `{ $what }` in line { $line } out
mend-take-line = Take the line out
mend-take-table = Take `{ $table }` and all below it out
mend-take-hook = Take the hook out
mend-take-reminder = Take the reminder out
mend-move = Move it under `{ $table }`
mend-join = Move all below it under the first `{ $table }`
mend-each-day = Write a line for each day
mend-comment = Keep the line as a comment

## Changes by the program

config-edit-head = The settings of Unhunch. What is not in here has its default; `unhunch config print` shows everything.
config-edit-name = the new settings
config-edit-changed = { $file } has been changed by somebody else since it was read, so nothing was changed in it
config-edit-one-line = this is more than a line
config-edit-unreadable = { $file } cannot be read ({ $why }), so nothing was changed
config-edit-unwritable = { $file } cannot be written ({ $why }), so nothing was changed
config-edit-forbidden = no permission to write in its folder
config-edit-protected = it is write-protected
config-edit-no-settings = { $file } does not look like settings, so nothing was changed in it
config-edit-in-the-way = a mistake in { $file } is in the way, so nothing was changed
config-edit-tangled = this cannot be changed without changing what stands around it
config-edit-tangled-label = written another way than settings are

## The command

config-open-about = Open the settings file in an editor; if there is none, one with every key explained
config-open-failed = The settings are in { $file }, but nothing could be started to show them: { $why }
config-about = Look at the settings file
config-check-about = Say what is wrong with the settings, and what to write instead
config-check-file = The file to check, instead of the one that is in use
config-check-good = { $file }: everything is fine
config-check-no-file = There is no { $file }, so the defaults are used. That is fine.
config-check-warnings = { $file }: { $warnings ->
    [one] one warning; everything is used
   *[other] { $warnings } warnings; everything is used
}
config-check-errors = { $file }: { $errors ->
    [one] one error; the rest is used
   *[other] { $errors } errors; the rest is used
}
config-path-about = Print where the settings file is, or would be
config-print-about = Print the settings that are in use, defaults included
config-print-file = The file to read, instead of the one that is in use
config-key = The setting, such as look.window or reminder.upper-back.every
config-get-about = Print one setting, as it is in use
config-get-none = { $key } is not set, and has no default
config-set-about = Change one setting in the file; its comments stay
config-set-value = What to set it to; several values make a list
config-set-examples =
    Examples:
      unhunch config set look.window corner
      unhunch config set reminder.upper-back.every 50min
      unhunch config set hours.mon 09:00-12:30 13:15-18:00
config-print-head = The settings of { $file }, and defaults for the rest
config-print-head-defaults = The defaults; { $file } does not say anything
