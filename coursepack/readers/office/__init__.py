"""What the readers of Word, PowerPoint and OpenDocument share: names of styles and fonts, numbers."""
