"""How Alembic runs a migration here: on the writer's engine, in one transaction."""

from alembic import context

import companion.models  # noqa: F401 - every table must be known
from companion.db import Model

engine = context.config.attributes["engine"]
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
