-- there
-- refused (unsupported-on-engine): MariaDB has no other place for nulls than its own, which index "ix_said" of table "task" needs.
-- Take `nulls` away, or add a generated column that says whether the value is NULL and index that before it.

-- and back
DROP TABLE `other`;
ALTER TABLE `task` DROP INDEX `ix_said`;
ALTER TABLE `task` DROP INDEX `ix_open`;
