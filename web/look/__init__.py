"""The look of the pages: which version of Det Fælles Designsystem, and how set-up gets it."""
