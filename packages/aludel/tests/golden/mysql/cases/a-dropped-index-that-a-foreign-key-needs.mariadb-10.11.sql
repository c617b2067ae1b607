ALTER TABLE `child`
  DROP INDEX `ix_parent`,
  ADD INDEX IF NOT EXISTS `fk_parent` (`parent`);
