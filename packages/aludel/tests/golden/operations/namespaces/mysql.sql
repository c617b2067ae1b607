-- there
-- refused (unsupported-on-engine): MariaDB has no namespaces, which namespace "app" needs.
-- Give another database an address and a configuration of its own.

-- and back
-- refused (unsupported-on-engine): MariaDB has no namespaces, which namespace "old app" needs.
-- Give another database an address and a configuration of its own.
