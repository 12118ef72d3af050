# Texts of the part "config".
