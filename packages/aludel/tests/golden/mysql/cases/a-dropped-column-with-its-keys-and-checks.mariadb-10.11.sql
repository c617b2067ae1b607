ALTER TABLE `child`
  DROP INDEX `uq_a`,
  DROP CONSTRAINT `ck_a`,
  DROP INDEX `ix_ab`,
  DROP COLUMN `a`;
