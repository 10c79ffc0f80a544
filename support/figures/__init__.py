"""What the offices' figures are counted from: rows in the database, a fixed number of questions, whatever their number.

Counting is by office all through, so that one office, all of them, and each beside the others are the same questions.
"""
