"""How Swedes write days: the day stands before the month, and the year is never left out.

Django's own reads 3/12 as the 12th of March. What is not named here stays as it has it.
"""

# The first is what browsers send and what fields are filled with.
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m %Y", "%d.%m.%Y"]
DATETIME_INPUT_FORMATS = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d %H:%M",
    "%d/%m/%Y %H:%M",
    "%d/%m %Y %H:%M",
    "%d.%m.%Y %H:%M",
]
