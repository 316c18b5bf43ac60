"""`get` and `post` for handlers that are plain functions: they run in a worker thread."""

from functools import partial

import litestar

get = partial(litestar.get, sync_to_thread=True)
post = partial(litestar.post, sync_to_thread=True, status_code=200)
