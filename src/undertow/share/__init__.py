"""share: writes what leaves the house: reports with their evidence."""
