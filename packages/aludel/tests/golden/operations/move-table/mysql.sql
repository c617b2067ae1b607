-- there
-- refused (unsupported-on-engine): MariaDB has no namespaces, which table "the 'app'.user" needs.
-- Keep all tables in the database of the connection, or give another database an address of its own.

-- and back
-- refused (unsupported-on-engine): MariaDB has no namespaces, which table "the 'app'.user" needs.
-- Keep all tables in the database of the connection, or give another database an address of its own.
