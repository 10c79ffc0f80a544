"""The ways out: e-mail and sms, how a message looks in each, and what became of the attempt."""
