"""Min dag: the admin's first page. What is on the table, why, whom to ring on what number, and what to do in place."""
