import os

# Before numpy is loaded. Its products here are small: a second thread is waited for longer than it computes, most of
# all where the processors are busy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
