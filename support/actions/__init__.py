"""What can be done in the support app: one file per subject, one function per change."""
