"""A finished paper (our WordprocessingML) as a tagged PDF for the archive, by Typst."""
