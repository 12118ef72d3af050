# Texts of the part "stretches".

# What holds for all stretches.
safety-gently = Go gently: a light pull is enough, pain never is. Move slowly, do not bounce, and keep breathing.
safety-stop = Stop at once if you feel a sharp or shooting pain, numbness, tingling or weakness, dizziness or faintness, blurred sight, sickness, pain in the chest, or if you are short of breath.
safety-ask-first = Ask a doctor or physiotherapist first if you have had an injury, an operation or a broken bone lately; if you have osteoporosis, trouble that runs into an arm or a leg, rheumatism in the neck, a loose or frozen shoulder, blood pressure that is not under control, fainting or vertigo, or glaucoma (nothing with the head down then); or if you are pregnant (nothing lying face down, nothing that squeezes the belly).
safety-doctor = Pain between the shoulder blades that is new, is worse at night, or comes with fever, loss of weight, a cough or pain in the chest belongs to a doctor, not to stretching.
safety-chair = Use a firm chair that cannot roll, with both feet flat on the floor.
safety-no-advice = This program gives no medical advice and treats nothing.

# Words for the figure and its stretches.
stretches-or = { " or " }
posture-seated = seated
posture-standing = standing
posture-floor = floor
area-neck = neck
area-upper_trapezius = upper trapezius
area-shoulders = shoulders
area-rhomboids = between the shoulder blades
area-thoracic_spine = upper back
area-chest = chest
area-lats = sides of the back
area-side_body = sides
area-triceps = back of the arms
area-lower_back = lower back
area-hips = hips
area-hamstrings = back of the thighs
area-legs = legs
area-wrists = wrists
side-right = your right side
side-left = your left side
breath-in = breathe in
breath-out = breathe out
breath-easy = breathe easily
needs-nothing = nothing
need-chair = chair
need-chair-with-a-low-firm-back = chair with a low, firm back
need-chair-without-wheels = chair without wheels
need-chair-or-desk-to-hold = chair or desk to hold
need-mat = mat
need-space = free floor
need-wall = wall
need-doorway = doorway
noticeability-1 = others hardly notice
noticeability-2 = others may notice
noticeability-3 = others see it

# Commands.
stretches-about = List the stretches there are, or say more about one
stretches-posture = Only those for this posture; may be given several times
stretches-area = Only those for this part of the body; may be given several times
stretches-needs-nothing = Only those for which you need nothing
stretches-max-noticeability = Only those that others notice no more than this: 1 hardly, 2 perhaps, 3 clearly
stretches-on = Only those that your settings have in rotation
stretches-window = Show them in a window: see how they move, switch them on and off
stretches-none = No stretch passes these filters.
stretches-count = { $shown ->
    [one] One stretch.
   *[other] { $shown } stretches.
} { "*" } marks what your settings have in rotation, { "+" } what comes more often, { "-" } what comes less often. Seconds are those of short / standard / long.
stretches-settings-problems = Your settings have mistakes, so the marks may be wrong. See them with: unhunch config check
stretches-broken = { $file } has mistakes, so what is wrong in it is left out. See them with: unhunch stretch check { $file }
stretches-head-id = id
stretches-head-where = where
stretches-head-lengths = seconds
stretches-head-needs = needs
stretches-head-areas = for
stretches-unknown = There is no stretch "{ $name }".
stretches-unknown-meant = There is no stretch "{ $name }". Did you mean { $meant }?
stretches-unknown-list = The command "unhunch stretches" lists all of them.
stretches-choose-id = The stretches, by id or name
stretches-on-about = Take stretches into the rotation
stretches-off-about = Take stretches out of the rotation
stretches-more-about = Let stretches come more often: twice in each round
stretches-less-about = Let stretches come less often: in every second round
stretches-usual-about = Let stretches come as often as the others again
stretches-preset-about = Take a choice that comes ready-made, or say which one is in effect
stretches-preset-name = The choice; without it, the one in effect is printed
stretches-preset-list =
    desk       what is on from the start, for a desk
    open-plan  hardly noticed by others, with nothing but a chair
    home       what suits a desk, and the floor with a mat
    article    the nine exercises of the article that it began with
stretches-preset-none = a choice of your own
stretches-now-on = { $id } comes in your breaks.
stretches-now-off = { $id } does not come any more.
stretches-now-more = { $id } comes more often than the others.
stretches-now-less = { $id } comes less often than the others.
stretches-as-before = Nothing to change: it is like that already.
stretches-last-one = { $id } is the last one that comes, and cannot be taken out. Take another one in first: unhunch stretches on STRETCH
stretches-weigh-off = { $id } does not come at all. Take it in first: unhunch stretches on { $id }
stretches-head-week = week
stretches-head-last = last
stretches-show-about = Say everything about one stretch: steps, breath, safety
stretches-show-id = The stretch, such as shoulder_roll
stretches-also-called = Also called: { $names }
stretches-facts-where = Where: { $where }
stretches-facts-needs = Needs: { $needs }
stretches-facts-areas = For: { $areas }
stretches-facts-lengths = Length: { $short } s short, { $standard } s standard, { $long } s long
stretches-facts-seen = At work: { $seen }
stretches-steps = Steps
stretches-steps-prepare = First
stretches-steps-cycle = Then, { $short } / { $standard } / { $long } times
stretches-steps-cycle-once = Then
stretches-steps-finish = At the end
stretches-step = { $seconds } s  { $cue }
stretches-step-side = { $seconds } s  { $cue } ({ $side })
stretches-hold = { $short } / { $standard } / { $long }
stretches-breath = Breath: { $text }
stretches-safety = Mind: { $text }
stretches-also = Note: { $text }
stretches-doses = Elsewhere: { $text }
stretch-about = Make a stretch of your own, or look into one
stretch-check-about = Say what is wrong with files of your own stretches, and what to write instead
stretch-check-file = A file with one or more stretches
stretch-check-fine = { $file } is fine.
stretch-check-mistakes = { $file } has { $count ->
    [one] one mistake.
   *[other] { $count } mistakes.
}
stretch-check-stretch = {"  "}{ $name } ({ $id }): { $short } / { $standard } / { $long } s, { $sides }, { $form }
stretch-check-both-sides = right and left
stretch-check-right-only = right side only
stretch-check-left-only = left side only
stretch-check-no-sides = no sides
stretch-check-figure = with a figure
stretch-check-pictures = in steps with pictures
stretch-check-words = in steps
stretch-new-about = Write the beginning of a stretch of your own, with comments
stretch-new-name = What it is called, such as "Door reach"
stretch-new-steps = In steps with words and pictures, without a figure
stretch-new-next =
    Change it as you like. Then
      unhunch stretch preview { $file }   shows it, and again whenever you save it;
      unhunch stretch check { $file }   says what is wrong with it, if anything is;
      unhunch reload   takes it into the rotation;
      unhunch now { $id }   opens it right away.
stretch-new-taken = you have a stretch { $id } already. Give this one another name.
stretch-new-there = { $file } is there already and stays as it is. Give the stretch another name.
stretch-new-no-letters = "{ $name }" has no letter from which an id could be made. Use some of a to z, or digits.
stretch-new-too-long = the name has to fit on its line: at most { $most } letters, and no line break.
stretch-new-builtin = there is a built-in stretch called "{ $name }". Give yours another name.
stretch-pose-no-figure = { $stretch } is told in steps; there is no figure to look at.
stretch-preview-about = Show a stretch of your own in a window, and again whenever you save its file
stretch-preview-file = The file with the stretch
stretch-preview-id = Which stretch of the file; without it, the first
preview-title = { $file } – Unhunch preview
preview-no-such = there is no stretch { $id } in { $file }
preview-figure = The figure at this time
preview-play = Play
preview-stand = Stand still
preview-slider = Time in seconds
preview-time = { $t } / { $total } s
preview-phase = part { $n } of { $of }, { $kind }, { $seconds } s
preview-poses = { $from } → { $to }
preview-variant = { $variant }, { $seconds } s
preview-variant-short = Short
preview-variant-standard = Standard
preview-variant-long = Long
preview-copy = Copy these numbers
preview-positions = Show where the joints are
preview-pose = Show the pose as it is written
preview-onion = Let the key poses shine through
preview-no-onion = Show the figure alone
preview-keys = Space play · ←→ phase · Shift ←→ frame · 1 2 3 length · C copy
preview-mistakes = { $count ->
    [one] A mistake in the file. This is the last good version.
   *[other] { $count } mistakes in the file. This is the last good version.
}
stretch-pose-about = Say where the joints of the figure are at some times of a stretch
stretch-pose-name = The stretch, such as shoulder_roll
stretch-pose-variant = Which length of it
stretch-pose-at = Times in seconds from its beginning, such as 0.5,3,6.5
stretch-pose-bad-time = "{ $found }" is not a number of seconds. Write for example: --at 0.5,3
stretch-pose-late = { $stretch } lasts { $total } s in the { $variant } variant, so there is nothing to see at { $found } s.

sheet-about = Draw the figure as a picture (PNG): all stretches at a glance, or some of them closely
sheet-file = Where to write the picture
sheet-stretch = Show the key poses of these stretches instead of one pose of each
sheet-poses = Show the key poses of all stretches
sheet-every = Show a picture for every so many milliseconds, from beginning to end
sheet-dark = On a dark ground
sheet-contrast = In high contrast
sheet-tone = Skin and hair of this tone, 1 to 6, instead of the neutral figure
sheet-scale = Pixels to the point: 2 is right for sharp screens
sheet-title = { $count ->
    [one] One stretch
   *[other] { $count } stretches
}
sheet-subtitle = The warm tint shows where each is felt.
sheet-time = { NUMBER($seconds, minimumFractionDigits: 1) } s
sheet-no-figure = { $name } has steps and no figure, so there is nothing to draw.
sheet-too-large = That would be a picture of { $megapixels } megapixels. Name fewer stretches, take larger steps with --every, or a smaller --scale.

# What is wrong with a stretch file.
stretch-file-syntax = this is not valid TOML: { $what }
stretch-file-unreadable = cannot read { $file }: { $why }
stretch-file-missing = there is no such file
stretch-file-forbidden = no permission to read it
stretch-file-folder = this is a folder, not a file
stretch-file-no-plain-file = this is not a plain file
stretch-file-too-large = larger than 1 MiB, which no stretch file is
stretch-file-utf16 = the text is UTF-16; save it as UTF-8 and it can be read
stretch-file-binary = it is not a text
stretch-file-not-utf8 = the file is not all UTF-8
stretch-file-not-utf8-label = a byte here belongs to another encoding
stretch-file-not-utf8-help = save the file as UTF-8 in your editor
stretch-file-id-of-builtin = there is a built-in stretch `{ $id }`
stretch-file-id-of-builtin-help = give yours another id, such as `my_{ $id }`
stretch-file-id-twice = a stretch `{ $id }` was read already
stretch-file-id-twice-help = give this one another id; until then it is left out
stretch-file-none = there is no stretch in this file
stretch-file-none-help = begin one with `[stretch.my_stretch]`
stretch-file-unknown-key = `{ $table }` has no key `{ $key }`
stretch-file-unknown-key-label = unknown key
stretch-file-unknown-table = stretches stand under `[stretch.…]`, not under `{ $key }`
stretch-file-format = this program reads `format = { $known }`
stretch-file-format-help = leave the key out, or use a newer program
stretch-file-missing-key = `{ $table }` needs the key `{ $key }`
stretch-file-missing-key-label = add `{ $key } = …` here
stretch-file-kind = `{ $path }` must be { $wanted }
stretch-file-kind-label = found { $found }
stretch-file-empty = `{ $path }` must not be empty
stretch-file-range = `{ $path }` must lie between { $least } and { $most }
stretch-file-range-label = outside that range
stretch-file-count = `{ $path }` must be a list of { $wanted } numbers
stretch-file-count-label = found { $found }
stretch-file-word = `{ $path }` must be { $allowed }
stretch-file-word-label = found "{ $found }"
stretch-file-id = `{ $id }` cannot be the name of a stretch
stretch-file-id-help = use small letters, digits and `_`, such as `my_stretch`
stretch-file-frame-empty = `{ $path }` must be [left, bottom, right, top] with left < right and bottom < top
stretch-file-frame = the figure of `{ $stretch }` leaves its frame
stretch-file-frame-label = `{ $joint }` is outside after { $t } s
stretch-file-frame-help = write `frame = [{ $around }]`, or leave the frame out: then it is worked out
stretch-file-like = there is no pose `{ $pose }` above this one
stretch-file-like-help = name a pose that stands above, or one of a built-in stretch, such as `wall_angels.low`
stretch-file-like-pose = that stretch has no pose `{ $pose }`
stretch-file-like-builtin = there is no built-in stretch `{ $stretch }`
stretch-file-like-builtin-help = the command "unhunch stretches" lists all of them
stretch-file-like-view = `{ $stretch }` is seen from another side
stretch-file-like-view-help = write `view = "{ $view }"`, or begin with a pose that is seen from the side you chose
stretch-file-long = `{ $path }` is too long: it has to fit on one line
stretch-file-long-label = { $found } letters, at most { $most } fit
stretch-file-lines = `{ $path }` must be a single line
stretch-file-too-many = `{ $path }` must have between 1 and { $most } entries
stretch-file-too-many-label = found { $found }
stretch-file-no-steps = `{ $stretch }` has nothing to do
stretch-file-no-steps-help = give it steps: step = [{"{"} seconds = 10, cue = "Reach up" {"}"}]
stretch-file-holds-differ = all holds of a stretch last equally long
stretch-file-holds-differ-help = write `seconds = { $first }`, or name this phase `rest`
stretch-file-total-range = the `{ $variant }` variant lasts { $total } s; it must be between 1 second and 1 hour
stretch-file-too-fast = from `{ $from }` to `{ $to }` the figure jumps: `{ $key }` turns by { $speed } degrees a second
stretch-file-too-fast-help = give it `seconds = { $needed }` or more, or bring the two poses closer
stretch-file-too-fast-long-way = from `{ $from }` to `{ $to }` the figure jumps: `{ $key }` turns the long way round, by { $speed } degrees a second
stretch-file-too-fast-long-way-help = numbers are blended as they are written, { $at_from } to { $at_to }; for the short way write { $short_way } in place of { $at_to }
stretch-file-too-far = from `{ $from }` to `{ $to }` the figure jumps: its hips travel too fast
stretch-file-too-far-help = give it `seconds = { $needed }` or more, or bring the two poses closer
stretch-file-picture-elsewhere = the picture `{ $picture }` is not beside this file
stretch-file-picture-elsewhere-help = put it into the folder of this file, or into one below, and write its name as seen from there
stretch-file-picture-kind = `{ $picture }` is neither a PNG nor an SVG picture
stretch-file-picture-kind-help = save it as `.png` or `.svg`
stretch-file-picture-missing = there is no picture `{ $picture }` beside this file
stretch-file-picture-no-file = `{ $picture }` is not a plain file
stretch-file-picture-large = the picture `{ $picture }` is too large
stretch-file-picture-large-help = at most 8 MiB, and 4096 pixels wide and high
stretch-file-picture-not-png = `{ $picture }` is not a PNG picture, whatever its name says
stretch-file-picture-not-svg = `{ $picture }` is not an SVG picture, whatever its name says
stretch-file-pose = there is no pose `{ $pose }`
stretch-file-pose-label = no `[… .pose.{ $pose }]` in this stretch
stretch-file-stage-order = a `{ $stage }` phase cannot come after a `{ $before }` phase
stretch-file-stage-order-help = first all `prepare` phases, then all `cycle` phases, then all `finish` phases
stretch-file-hold-moves = a `hold` phase stays in one pose
stretch-file-hold-moves-help = give it the same `from_pose` and `to_pose`, or name it `move`
stretch-file-no-cycle = a stretch needs at least one phase with `stage = "cycle"`
stretch-file-jump = this phase begins in `{ $from }`, but the one before it ends in `{ $to }`
stretch-file-jump-help = let it begin in `{ $to }`, so that the figure does not jump
stretch-file-jump-back = each repetition begins in `{ $from }`, but ends in `{ $to }`
stretch-file-jump-back-help = let the last phase of the group end in `{ $from }`, so that the figure does not jump
stretch-file-total = the `{ $variant }` variant lasts { $sum } s, not { $written } s
stretch-file-total-help = write `total = { $sum }`, or change `reps`, `hold` or the phases
stretch-file-did-you-mean = did you mean `{ $meant }`?
stretch-file-allowed = use { $allowed }
stretch-file-a-table = a table
stretch-file-a-list = a list
stretch-file-a-text = a text
stretch-file-a-truth = `true` or `false`
stretch-file-a-number = a number
stretch-file-a-whole-number = a whole number
stretch-file-found-text = the text "{ $text }"
stretch-file-found-number = the number { $number }
stretch-file-found-date = a date or time
