"""Believable data in any amount, for measuring: made from a seed and written straight into the tables with COPY."""
