"""Opens a finished export for those who use it: training and evaluation never open the database."""
