# Texts of the page "About" of the settings.

about-version = Unhunch { $version }
about-what = Once an hour, at a moment that does not hurt, one short stretch for the upper back.
about-privacy = It speaks with nobody but the desktop it runs on: there is no network code in it, no account, and nothing is counted anywhere but here.
about-copy = Copy: { $name }
about-copied = Copied: { $name }
about-open = Open the folder: { $name }

about-not-opened = The folder { $folder } could not be opened: { $why }

about-autostart = Start when I log in
about-autostart-off = It does not now. It is small, and sleeps until something happens.

about-doctor = What works here
about-doctor-about = Looks at everything on this desktop that Unhunch uses. It takes two seconds.
about-doctor-ask = Look
about-doctor-again = Look again
about-doctor-looking = Looking …
about-doctor-copy = Copy the report
about-doctor-copied = Copied
about-doctor-well = All that your settings ask for can work here.
about-doctor-trouble = { $count ->
    [one] One thing that your settings ask for cannot work here.
   *[other] { $count } things that your settings ask for cannot work here.
}
about-doctor-failed = Nothing could be looked at: { $why }
about-works = works
about-spare = not used, or not there
about-missing = missing

about-kept = Where things are
about-kept-about = Everything that Unhunch keeps. All of it is yours alone, and on this computer.
about-kept-settings = Settings
about-kept-stretches = Stretches of your own
about-kept-history = History
about-kept-state = Where it stands, and sizes of windows
about-kept-days = Days that were written down
about-kept-log = Log, by a command in a terminal
about-log = journalctl --user -t unhunch

about-licences = Licences
about-licence = Unhunch is free software: MIT or Apache 2.0, as you like. Its letters are Inter, its icons Phosphor.
about-licence-mit = MIT
about-licence-apache = Apache 2.0
about-licence-inter = Inter: SIL Open Font License 1.1
about-licence-phosphor = Phosphor: MIT
about-crates = It is made with { $count } libraries in Rust. Their licences stand in full in the packages of these names and versions on crates.io:
about-crates-under = { $count } under { $licence }
about-crates-all = All of them
