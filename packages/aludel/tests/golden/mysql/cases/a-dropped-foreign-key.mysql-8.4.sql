ALTER TABLE `child`
  DROP FOREIGN KEY `fk_parent`,
  DROP INDEX `fk_parent`;
