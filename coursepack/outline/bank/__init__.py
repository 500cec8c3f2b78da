"""Banks of questions as people write them: lines → questions with their parts → keys → questions of the model.

A question is everything between its beginning and the next one's. What stands under it as answers is told by what
repeats in the whole bank, not by one form of letters.
"""
