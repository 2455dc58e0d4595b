"""What a sentence tells that a rewrite may neither lose, add nor change."""
