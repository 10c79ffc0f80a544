"""What can be done in the groups app: one file per subject, one function per change."""
