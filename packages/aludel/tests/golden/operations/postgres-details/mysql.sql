-- there
-- refused (unsupported-on-engine): MariaDB numbers only a column that a key begins with, and no key of table "visit" begins with "id".
-- Make "id" the primary key, or put a unique constraint or an index on it in the same place.

-- and back
-- refused (unsupported-on-engine): MariaDB numbers only a column that a key begins with, and no key of table "visit" begins with "id".
-- Make "id" the primary key, or put a unique constraint or an index on it in the same place.
