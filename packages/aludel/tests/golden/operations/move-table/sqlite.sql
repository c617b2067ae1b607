-- there
-- refused (unsupported-on-engine): SQLite has no namespaces, so "the 'app'" cannot be used.
-- Leave the namespace out, or put it into the name of the table.

-- and back
-- refused (unsupported-on-engine): SQLite has no namespaces, so "the 'app'" cannot be used.
-- Leave the namespace out, or put it into the name of the table.
