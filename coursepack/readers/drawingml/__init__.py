"""DrawingML, which all of Office shares: letters of shapes, charts, SmartArt (ECMA-376-1, 20 and 21)."""
