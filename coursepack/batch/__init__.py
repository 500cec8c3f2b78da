"""Many courses, packages or bags: what is to be done (``courses``), what was done before (``ledger``), and who does it
(``engines``): this process, processes beside it, or machines of a cluster.

An engine knows nothing of courses. It is given calls, functions of ours named as ``module:function`` with their
payload as bytes, and gives back an answer for each as it comes; so one engine is exchanged for another, and what was
done is written down by us at once.
"""
