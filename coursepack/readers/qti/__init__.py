"""QTI: items of 1.2, 2.x and 3.0, alone and in packages, as questions.

``reader`` opens files, ``package`` finds the items and their order, ``items2`` and ``items1`` see what an item asks
(``asked``), ``processing`` and ``conditions`` run its rules, ``key`` finds by them what each answer is worth, and
``made`` builds the question.
"""
