-- there
-- refused (unsupported-on-engine): MariaDB has no deferrable constraints, which constraint "fk_team" of table "user" needs.
-- Take `deferrable` away and order the statements of a transaction so that each of them keeps the constraint.

-- and back
