"""The database: engine, transactions, column types, migrations. SQLite by default, PostgreSQL for many processes."""
