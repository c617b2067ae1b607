ALTER TABLE `child`
  DROP INDEX `uq_a`,
  DROP CHECK `ck_a`,
  DROP INDEX `ix_ab`,
  DROP COLUMN `a`;
