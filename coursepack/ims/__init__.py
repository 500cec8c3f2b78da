"""What cartridges and SCORM packages share: IMS Content Packaging, LOM metadata, the QTI 1.2 profile of cartridges."""
