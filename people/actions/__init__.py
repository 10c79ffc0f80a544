"""What can be done to the people app's rows. One file per noun; every change and every side effect stands here."""
