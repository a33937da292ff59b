"""Training the span reader that ships with the project.

``examples`` reads the data and ``set_aside`` says what of it is never trained on; ``mixing`` puts the examples of a run
together; ``features`` turns them into token windows; ``network`` is the model; ``fit`` trains it with checkpoints;
``weights`` writes the file that ships. ``python -m rag.training.reader --help`` runs them.
"""
