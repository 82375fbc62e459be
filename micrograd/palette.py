"""The colours of all pictures, chosen to be told apart by colour-blind readers.

After Okabe and Ito (2008), darkened until text in them is legible on white.
"""

BLUE = "#0072b2"
ORANGE = "#d55e00"
RUST = "#a34700"  # orange letters on a pale ground
GREEN = "#007a5a"
PURPLE = "#8f3b76"
GREY = "#595959"

PALE_BLUE = "#f3f8fc"
PALE_ORANGE = "#fdf3e7"
PALE_GREY = "#e3e3e3"
MIDDLE_GREY = "#767676"
INK = "#1a1a1a"
