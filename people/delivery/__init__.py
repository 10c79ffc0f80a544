"""Delivery of the outbox: take a row, ask every rule, send outside the transaction, mark."""
