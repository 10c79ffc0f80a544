"""What lies on someone's table today, asked for in one place: Min dag and the morning's summary say the same."""
