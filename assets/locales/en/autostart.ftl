# Texts of the part "autostart": starting with the session.

autostart-about = Start with your session, or not
autostart-enable-about = From now on, start when you log in
autostart-systemd = By the unit of systemd, where it is installed, instead of the desktop's own way
autostart-replace = Also in place of a file that somebody else made
autostart-disable-about = Do not start when you log in any more
autostart-status-about = Say whether it starts when you log in, and by what
autostart-comment = Counts work, and announces breaks
autostart-off = Unhunch does not start when you log in. To change that: unhunch autostart enable
autostart-on-desktop = Unhunch starts when you log in: { $file } starts { $program }
autostart-on-systemd = Unhunch starts when you log in: systemd has { $file }, which starts { $program }
autostart-other = That is another copy than this one.
autostart-twice = { $file } starts it as well. One is enough: unhunch autostart disable, and then enable
autostart-gone = Unhunch will not start when you log in: { $file } starts { $program }, which is not there any more. To mend that: unhunch autostart enable
autostart-foreign = { $file } does not start Unhunch: somebody else made it.
autostart-unreadable = { $file } cannot be read: { $why }
autostart-before = Until now it started { $before }.
autostart-not-ours = Nothing was changed: somebody else made { $file }. Look at it, and if it may go: unhunch autostart enable --replace
autostart-bad-path = Nothing was changed: { $path } cannot be written into a file of this kind. Move the program to a folder with a plainer name.
autostart-failed = Nothing was changed: { $why }
