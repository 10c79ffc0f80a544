"""The certificate on paper: its check code (`codes.py`), what it says (`content.py`) and the page itself
(`certificate.typ`), which gets the content as JSON and shows it.
"""
