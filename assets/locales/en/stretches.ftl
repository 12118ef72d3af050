# Texts of the part "stretches".
