"""HeadingBench: whether the words of a heading alone tell what stands under it."""
