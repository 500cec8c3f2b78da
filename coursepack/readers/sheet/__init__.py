"""Tables of questions (CSV, XLSX) → questions."""
