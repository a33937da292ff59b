"""``make bench``: what can be measured anywhere, with reports that the project makes or ships, and what guards it."""
