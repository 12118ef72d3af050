# Texts of the part "notify".
