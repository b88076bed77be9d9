"""Text as a terminal shows it: colours, widths, what must not get through."""
