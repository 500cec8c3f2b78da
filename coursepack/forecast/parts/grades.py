"""The shares of a mark that Moodle knows, per cent (``question_bank::fraction_options_full``)."""

GRADES: tuple[float, ...] = (
    *(100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5),
    *(11.11111, 10, 5, 0),
)
NEAR = 0.01
"""How far a share may be from one of these: per cent of a mark."""
