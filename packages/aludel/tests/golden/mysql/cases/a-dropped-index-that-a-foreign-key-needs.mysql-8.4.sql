ALTER TABLE `child`
  DROP INDEX `ix_parent`,
  ADD INDEX `fk_parent` (`parent`);
