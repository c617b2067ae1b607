-- there
-- refused (unsupported-on-engine): MariaDB has no indexes on expressions, which index "ix_lower" of table "user" needs.
-- Add a generated column with the expression and index that.

-- and back
ALTER TABLE `user` DROP INDEX `ix_live`;
ALTER TABLE `user` DROP INDEX `ix_lower`;
