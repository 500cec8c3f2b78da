"""Packaging, LOM and QTI shared by cartridge and SCORM."""
