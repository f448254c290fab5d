"""What templates may see: one frozen class a page, holding finished text, dates and addresses."""
