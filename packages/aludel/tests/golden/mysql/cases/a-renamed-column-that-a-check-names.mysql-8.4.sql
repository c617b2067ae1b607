ALTER TABLE `child`
  DROP CHECK `ck_a`,
  RENAME COLUMN `a` TO `amount`,
  ADD CONSTRAINT `ck_a` CHECK (amount > 0);
