ALTER TABLE `child`
  DROP FOREIGN KEY `fk_parent`,
  DROP INDEX IF EXISTS `fk_parent`;
