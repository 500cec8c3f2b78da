"""The local page of ``coursepack preview``: what a build made, in the browser, built again as its sources change."""
