"""The handbook on paper: chosen texts are gathered (`book.py`), their markup becomes a tree (`tree.py`), and it is
printed (`printing.py`).

Nothing that anyone has written becomes part of a program: `book.typ` gets the whole book as JSON and shows it.
"""
